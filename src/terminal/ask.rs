//! The question and the wait for its answer, on `/dev/tty`.

use std::{
    fs::File,
    io::{Read, Write},
    time::{Duration, Instant},
};

use rustix::{
    process::getpgrp,
    termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr},
};

use super::{
    protocols::QUESTIONS,
    replies::{GROUND, LAST, QUESTION, Replies},
};

/// One wait of the terminal driver (`VTIME` counts tenths of a second).
const STEP: Duration = Duration::from_millis(100);

/// The most bytes that are read. Replies and keys are some hundred; whoever sends more is no terminal that answers.
const MOST: usize = 1 << 14;

/// Sends the question, of the background too if wanted, and reads until the last reply, at most `limit`. Gives all bytes
/// read and the time it took, or why there is nobody to ask.
pub fn ask(limit: Duration, ground: bool) -> Result<(Vec<u8>, Duration), String> {
    let terminal =
        File::options().read(true).write(true).open("/dev/tty").map_err(|error| format!("/dev/tty: {error}"))?;
    // Setting the terminal from the background would stop the process.
    if tcgetpgrp(&terminal).is_ok_and(|group| group != getpgrp()) {
        return Err("rawi runs in the background".to_owned());
    }
    let raw = Raw::set(&terminal).map_err(|error| format!("/dev/tty: {error}"))?;
    let mut terminal = &terminal;
    let start = Instant::now();
    let mut bytes = Vec::new();
    let question = [if ground { GROUND } else { &[] }, QUESTION, QUESTIONS, LAST].concat();
    if terminal.write_all(&question).is_ok() {
        let mut buffer = [0; 512];
        while start.elapsed() + STEP <= limit {
            // Nothing comes within a step: the driver answers 0. A signal in between is no reason to stop asking.
            match terminal.read(&mut buffer) {
                Ok(count) => bytes.extend(buffer.iter().take(count)),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
            if bytes.len() > MOST || Replies::read(&bytes).complete() {
                break;
            }
        }
    }
    let elapsed = start.elapsed();
    drop(raw);
    Ok((bytes, elapsed))
}

/// The terminal in raw mode with reads that wait one [`STEP`] at most; as before when dropped.
struct Raw<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Raw<'a> {
    fn set(terminal: &'a File) -> rustix::io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut raw = before.clone();
        raw.make_raw();
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = 1;
        // `Now` and not `Flush`: what was typed ahead stays.
        tcsetattr(terminal, OptionalActions::Now, &raw)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Raw<'_> {
    fn drop(&mut self) {
        // Where this fails the terminal is gone.
        let _ = tcsetattr(self.terminal, OptionalActions::Now, &self.before);
    }
}
