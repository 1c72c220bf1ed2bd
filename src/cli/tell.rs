//! Standard error: what is said there is one line, escaped. No other file of the program writes to it (tests/architecture.rs
//! holds that), so that no document, file name or server can speak to the terminal.

use super::arabic::{self, errors};
use crate::text::{Escaped, one_line};
use std::io::{self, IsTerminal, Write};

/// Tells of an error in one line: in Arabic where the interface is and a person reads.
pub fn tell(error: &anyhow::Error) {
    let mut out = io::stderr();
    // Nothing is left to tell it to when standard error is closed too; so in all of these.
    drop(if arabic::wanted(&out) {
        arabic::print(&format!("rawi: {}", errors::line(error)), &mut out)
    } else {
        writeln!(out, "rawi: {}", one_line(&format!("{error:#}")))
    });
}

/// Says something that is no error, in one line.
pub fn note(message: &str) {
    drop(writeln!(io::stderr(), "rawi: {}", one_line(message)));
}

/// Says it in Arabic, where the interface is and a person reads; none elsewhere. The values in it are
/// [`arabic::isolated`] already.
pub fn in_arabic(text: impl FnOnce() -> String) -> Option<io::Result<()>> {
    let out = io::stderr();
    arabic::wanted(&out).then(|| arabic::print(&text(), &mut out.lock()))
}

/// Several lines as they are, each escaped.
pub fn lines(text: &str) {
    let lines = text.lines().map(|line| format!("{}\n", Escaped(line))).collect::<String>();
    drop(io::stderr().write_all(lines.as_bytes()));
}

/// Asks something: the answer is typed behind it, in the same line, which `lines("\n")` ends.
pub fn ask(question: &str) {
    let mut out = io::stderr();
    drop(write!(out, "{}", Escaped(question)).and_then(|()| out.flush()));
}

/// Draws a bar of progress in the place of the last one; none takes it away.
pub fn bar(line: Option<&str>) {
    drop(write!(io::stderr(), "\r{}\x1b[K", Escaped(line.unwrap_or_default())));
}

/// Whether a person reads it.
pub fn is_read() -> bool {
    io::stderr().is_terminal()
}
