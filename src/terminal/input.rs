//! What the terminal sends: keys, the mouse, pasted text, and its answers.
//!
//! The bytes are read here and not by `crossterm`, whose events are only the words for them: version 0.29 takes an answer
//! that it does not know (`CSI ? 997 ; 1 n`, the report of a changed theme) for the beginning of one, and keeps it with
//! all keys behind it; takes the text of an answer that comes late for keys; and spins once the terminal is gone.

mod key;
mod sequence;

use super::{Background, Replies};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use sequence::Piece;
use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    mem,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

/// What the terminal sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// A key, the mouse, pasted text, the focus.
    Event(Event),
    /// The background that it was asked for.
    Background(Background),
    /// It has another theme now (mode 2031).
    Theme,
}

/// The longest silence inside a key that sends several bytes, of which the first is Esc. Programs that press keys leave
/// 30 ms between Esc and the next, and mean no Alt.
const ESCAPE: Duration = Duration::from_millis(20);

/// The longest silence between Esc and the rest of an answer, where both could be one key with Alt.
const ALT: Duration = Duration::from_millis(100);

/// The longest silence in what can only be an answer, or in a letter, over a slow line.
const ANSWER: Duration = Duration::from_secs(2);

/// The longest silence inside a pasted text. Its end can get lost: while the reader is suspended, the line discipline of
/// the terminal takes what is typed for lines to be edited, and Backspace or Ctrl-U takes the end away.
const PASTE: Duration = Duration::from_secs(2);

/// The longest sequence in bytes. An answer has some twenty; what is longer is none.
const LONGEST: usize = 1 << 12;

/// The most bytes of a pasted text that are kept: it goes into one line.
const PASTED: usize = 1 << 20;

/// The end of a pasted text, and its beginning.
const END: &[u8] = b"\x1b[201~";
const BEGIN: &str = "200";

/// Takes the bytes of a terminal apart, however they are cut up.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    /// The beginning of something.
    pending: Vec<u8>,
    /// The pasted text that has not come to its end.
    paste: Option<Vec<u8>>,
}

impl Parser {
    /// Takes bytes in, and gives what they bring to its end.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Sent> {
        let mut all = mem::take(&mut self.pending);
        all.extend_from_slice(bytes);
        let mut rest = all.as_slice();
        let mut sent = Vec::new();
        loop {
            if self.paste.is_some() {
                let Some((&byte, after)) = rest.split_first() else { break };
                rest = after;
                sent.extend(self.pasted(byte).map(Sent::Event));
                continue;
            }
            let Some((length, piece)) = sequence::cut(rest) else { break };
            rest = rest.get(length..).unwrap_or_default();
            match piece {
                Piece::Control(BEGIN, b'~') => self.paste = Some(Vec::new()),
                piece => sent.extend(meaning(piece)),
            }
        }
        if rest.len() <= LONGEST {
            rest.clone_into(&mut self.pending);
        }
        sent
    }

    fn pasted(&mut self, byte: u8) -> Option<Event> {
        let text = self.paste.as_mut()?;
        text.push(byte);
        if text.ends_with(END) {
            let text = self.paste.take()?;
            let text = text.get(..text.len() - END.len()).unwrap_or_default();
            return Some(Event::Paste(String::from_utf8_lossy(text).into_owned()));
        }
        if text.len() >= PASTED + END.len() {
            text.remove(PASTED);
        }
        None
    }

    /// How long to wait for the next byte before [`Parser::rest`]; none where nothing is open.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.pending.as_slice() {
            [] if self.paste.is_some() => Some(PASTE),
            [] => None,
            [0x1b] => Some(ESCAPE),
            [0x1b, _] => Some(ALT),
            _ => Some(ANSWER),
        }
    }

    /// What has begun and does not go on: Esc, a letter with Alt, a pasted text without its end. The beginning of anything
    /// else is dropped.
    pub fn rest(&mut self) -> Option<Sent> {
        if let Some(text) = self.paste.take() {
            return Some(Sent::Event(Event::Paste(String::from_utf8_lossy(&text).into_owned())));
        }
        let key = match mem::take(&mut self.pending).as_slice() {
            [0x1b] => KeyEvent::from(KeyCode::Esc),
            [0x1b, letter] if letter.is_ascii() => KeyEvent::new(KeyCode::Char(char::from(*letter)), KeyModifiers::ALT),
            _ => return None,
        };
        Some(Sent::Event(Event::Key(key)))
    }
}

fn meaning(piece: Piece<'_>) -> Option<Sent> {
    match piece {
        Piece::Letter(letter, held) => Some(Sent::Event(Event::Key(key::typed(letter, held)))),
        Piece::Control("?997;1" | "?997;2", b'n') => Some(Sent::Theme),
        Piece::Control(marks, last) => key::event(marks, last).map(Sent::Event),
        Piece::Mouse(three) => key::x10(three).map(Sent::Event),
        Piece::Text(b']', text) => Replies::of_colour(&String::from_utf8_lossy(text)).ground().map(Sent::Background),
        Piece::Text(..) | Piece::Nothing => None,
    }
}

/// Reads the terminal on threads of their own, and hands over what comes, until `take` answers false. The last that is
/// handed over is why nothing can be read any more.
///
/// # Errors
/// Where there is no terminal, or no thread can be started.
pub fn listen(take: impl FnMut(io::Result<Sent>) -> bool + Send + 'static) -> io::Result<()> {
    // Where the article came through a pipe, the keys come from elsewhere.
    let source: Box<dyn Read + Send> =
        if io::stdin().is_terminal() { Box::new(io::stdin()) } else { Box::new(File::open("/dev/tty")?) };
    let (sender, receiver) = channel();
    thread::Builder::new().name("terminal".to_owned()).spawn(move || read(source, &sender))?;
    thread::Builder::new().name("keys".to_owned()).spawn(move || hand_over(&receiver, take)).map(drop)
}

fn read(mut source: impl Read, sender: &Sender<io::Result<Vec<u8>>>) {
    /// The signal of a terminal that went away says more than the end of its bytes, and comes with it.
    const SIGNAL: Duration = Duration::from_millis(500);
    let mut buffer = [0; 1024];
    loop {
        let result = match source.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => Ok(buffer.get(..count).unwrap_or_default().to_vec()),
            Err(error) => Err(error),
        };
        let over = result.is_err();
        if over {
            thread::sleep(SIGNAL);
        }
        if sender.send(result).is_err() || over {
            break;
        }
    }
}

fn hand_over(receiver: &Receiver<io::Result<Vec<u8>>>, mut take: impl FnMut(io::Result<Sent>) -> bool) {
    let mut parser = Parser::default();
    loop {
        let next = match parser.patience() {
            Some(patience) => receiver.recv_timeout(patience),
            None => receiver.recv().map_err(RecvTimeoutError::from),
        };
        let sent = match next {
            Ok(Ok(bytes)) => parser.take(&bytes),
            Ok(Err(error)) => {
                take(Err(error));
                break;
            }
            Err(RecvTimeoutError::Timeout) => parser.rest().into_iter().collect(),
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if !sent.into_iter().all(|sent| take(Ok(sent))) {
            break;
        }
    }
}

#[cfg(test)]
mod tests;
