//! A long page on a terminal goes through a pager, as `git` and `bat` do it: `RAWI_PAGER`, `PAGER` or `less`.

use crate::terminal::{Decision, Mode};
use std::{
    env,
    io::{self, Write},
    process::{Command, Stdio},
};

/// Shows a page on the terminal: through the pager where it has more rows than the terminal.
pub fn show(page: &[u8], decision: &Decision) -> io::Result<()> {
    let rows = crossterm::terminal::size().map_or(24, |size| usize::from(size.1));
    let lines = page.split(|byte| *byte == b'\n').count();
    // Where the order rests on invisible characters, a pager would show them as codes.
    let passes = matches!(decision.mode, Mode::Visual | Mode::Explicit | Mode::Mlterm);
    if lines <= rows || !passes {
        return print(page, decision);
    }
    let (before, after) = decision.around();
    let mut out = io::stdout();
    write!(out, "{before}")?;
    out.flush()?;
    let Ok(mut pager) = command().stdin(Stdio::piped()).spawn() else { return print(page, decision) };
    if let Some(mut input) = pager.stdin.take() {
        match input.write_all(page) {
            // Whoever has read enough closes the pager.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            done => done?,
        }
    }
    pager.wait()?;
    write!(out, "{after}")?;
    out.flush()
}

/// Writes a page to the terminal as it is.
pub fn print(page: &[u8], decision: &Decision) -> io::Result<()> {
    let (before, after) = decision.around();
    let mut out = io::stdout().lock();
    for line in page.split_inclusive(|byte| *byte == b'\n') {
        out.write_all(before.as_bytes())?;
        out.write_all(line)?;
    }
    out.write_all(after.as_bytes())?;
    out.flush()
}

/// The pager. `less` is asked to pass colours, and to end at once where the page fits after all.
fn command() -> Command {
    let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let wanted = set("RAWI_PAGER").or_else(|| set("PAGER")).unwrap_or_else(|| "less".to_owned());
    let mut words = wanted.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("less"));
    command.args(words);
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    if env::var_os("LESSCHARSET").is_none() {
        command.env("LESSCHARSET", "utf-8");
    }
    command
}
