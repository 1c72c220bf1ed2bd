//! How long it takes until something can be read: from the start of the process in a pseudo-terminal to the first word
//! of the text on the screen, next to `less` in the same run. A text of some 400 words, and one of 100 MiB; of that one
//! also the jump to its end, once all of it is read, and the most memory that the process had (`VmHWM`, on Linux).
//!
//! `cargo bench --bench first_frame`

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where it cannot go on, and prints")]

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::{
    fs,
    io::{Read, Write},
    num::NonZero,
    path::Path,
    time::{Duration, Instant},
};

const RUNS: usize = 15;

/// The first and the last line of each text: the same in every order of letters.
const FIRST: &str = "1618033988";
const LAST: &str = "2718281828";

/// A program and its screen.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    screen: vt100::Parser,
    started: Instant,
}

impl Running {
    fn start(program: &str, path: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut builder = CommandBuilder::new(program);
        builder.arg(path);
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("LESSCHARSET", "utf-8")] {
            builder.env(name, value);
        }
        // Where it was left is remembered, and would not be the first line.
        builder.env("HOME", Path::new(path).parent().unwrap());
        let (reader, writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let started = Instant::now();
        let child = pair.slave.spawn_command(builder).unwrap();
        let screen = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        Self { child, reader, writer, screen, started }
    }

    /// From now until the screen is as it should be.
    fn wait(&mut self, done: impl Fn(&str) -> bool) -> Duration {
        let start = Instant::now();
        let mut bytes = [0; 1 << 16];
        while !done(&self.screen.screen().contents()) {
            let count = self.reader.read(&mut bytes).unwrap();
            let part = bytes.get(..count).unwrap();
            assert!(count > 0, "it ended: {}", self.screen.screen().contents());
            // A terminal says what it is when it is asked.
            if part.windows(3).any(|three| three == b"\x1b[c") {
                self.writer.write_all(b"\x1b[?62c").unwrap();
            }
            self.screen.process(part);
        }
        start.elapsed()
    }

    fn press(&mut self, key: &str) {
        self.writer.write_all(key.as_bytes()).unwrap();
    }

    /// The most memory it had, in MiB.
    fn peak(&self) -> f64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

const PROGRAMS: [(&str, &str); 2] = [("rawi", env!("CARGO_BIN_EXE_rawi")), ("less", "less")];

fn first_frame(what: &str, path: &str) {
    for (name, program) in PROGRAMS {
        let once = || {
            let mut running = Running::start(program, path);
            running.wait(|screen| screen.contains(FIRST));
            running.started.elapsed()
        };
        once();
        let mut times: Vec<Duration> = (0..RUNS).map(|_| once()).collect();
        times.sort_unstable();
        let milliseconds = |at: usize| times.get(at).unwrap().as_secs_f64() * 1000.0;
        let (median, worst) = (milliseconds(RUNS / 2), milliseconds(RUNS - 1));
        println!("{what:<12} {name:<5} first frame: median {median:>6.1} ms, worst {worst:>6.1} ms");
    }
}

fn jump(what: &str, path: &str) {
    for (name, program) in PROGRAMS {
        let mut running = Running::start(program, path);
        running.wait(|screen| screen.contains(FIRST));
        // less reads what it shows; rawi says in its last row, which is drawn last, when it has read the rest.
        running.wait(|screen| name == "less" || (screen.contains("min left") && !screen.contains("Reading the rest")));
        running.press("G");
        let end = running.wait(|screen| screen.contains(LAST)).as_secs_f64() * 1000.0;
        running.press("g");
        let back = running.wait(|screen| screen.contains(FIRST)).as_secs_f64() * 1000.0;
        let peak = running.peak();
        println!("{what:<12} {name:<5} to the end: {end:>6.1} ms, and back: {back:>6.1} ms; {peak:.0} MiB");
        if name == "rawi" {
            running.press("X");
            running.wait(|screen| screen.contains("% of this text"));
            println!("{what:<12} {name:<5} with the names of 2 MiB of it: {:.0} MiB", running.peak());
        }
    }
}

fn write(path: &Path, least: usize) -> usize {
    let article = include_str!("../assets/sample.txt");
    let text = format!("{FIRST}\n{}{LAST}\n", article.repeat(least / article.len() + 1));
    fs::write(path, &text).unwrap();
    text.len()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.txt");
    write(&path, 1);
    first_frame("400 words", path.to_str().unwrap());
    let size = write(&path, 100 << 20);
    println!("a text of {} MiB", size >> 20);
    first_frame("100 MiB", path.to_str().unwrap());
    jump("100 MiB", path.to_str().unwrap());
}
