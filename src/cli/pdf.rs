//! What is asked about PDFs: the password of an encrypted one, and whether doubtful pages are given.

use super::tell;
use crate::{
    source::{self, Error, Password, Reason},
    terminal::{Parser, Sent},
    text::Document,
};
use anyhow::{Context, ensure};
use crossterm::event::{Event, KeyCode, KeyModifiers};
use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
};

/// PDFs.
#[derive(clap::Args, Clone, Default)]
// The subcommands' own arguments are a group of this name.
#[group(skip)]
pub struct Args {
    /// A file whose first line is the password of an encrypted PDF; - for standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Give pages of a PDF whose font names their letters wrongly, as far as can be told
    #[arg(long)]
    anyway: bool,
}

/// A password of more bytes is none.
const LONGEST: u64 = 4096;

impl Args {
    /// Adds what was asked to how sources are read.
    pub fn apply(&self, options: &mut source::Options) -> anyhow::Result<()> {
        options.anyway = self.anyway;
        if let Some(path) = &self.password_file {
            let shown = || path.display().to_string();
            let mut content = String::new();
            if path == Path::new("-") {
                io::stdin().take(LONGEST).read_to_string(&mut content).with_context(shown)?;
            } else {
                File::open(path).with_context(shown)?.take(LONGEST).read_to_string(&mut content).with_context(shown)?;
            }
            let line = content.lines().next().unwrap_or_default();
            ensure!(!line.is_empty(), "{}: no password in there", shown());
            options.password = Some(Password::new(line.to_owned()));
        }
        Ok(())
    }
}

/// Reads a source, and asks whoever sits at the terminal for the password where it has one.
pub fn with_password<T>(
    options: &mut source::Options,
    mut read: impl FnMut(&source::Options) -> Result<T, Error>,
) -> anyhow::Result<T> {
    for _ in 0..3 {
        match read(options) {
            Err(Error { name, reason: Reason::Password }) if io::stdin().is_terminal() && tell::is_read() => {
                match ask(&name)? {
                    Some(password) => options.password = Some(password),
                    None => return Err(Error { name, reason: Reason::Password }.into()),
                }
            }
            done => return Ok(done?),
        }
    }
    Ok(read(options)?)
}

/// Asks for a password, which is not shown; none where the question is broken off.
fn ask(name: &str) -> io::Result<Option<Password>> {
    tell::ask(&format!("{name}: password: "));
    crossterm::terminal::enable_raw_mode()?;
    let typed = typed();
    crossterm::terminal::disable_raw_mode()?;
    tell::lines("\n");
    Ok(typed?.map(Password::new))
}

fn typed() -> io::Result<Option<String>> {
    let mut letters = String::new();
    let mut parser = Parser::default();
    let mut buffer = [0; 1024];
    loop {
        let count = io::stdin().read(&mut buffer)?;
        if count == 0 {
            return Ok(None);
        }
        let bytes = buffer.get(..count).unwrap_or_default();
        let sent = parser.take(bytes);
        // Esc alone is the key; the beginning of a letter is not all of it.
        let esc = if bytes.last() == Some(&0x1b) { parser.rest() } else { None };
        for sent in sent.into_iter().chain(esc) {
            let Sent::Event(Event::Key(key)) = sent else { continue };
            match key.code {
                KeyCode::Enter => return Ok(Some(letters)),
                KeyCode::Esc => return Ok(None),
                KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(None),
                KeyCode::Backspace => drop(letters.pop()),
                KeyCode::Char(letter) if (letters.len() as u64) < LONGEST => letters.push(letter),
                _ => {}
            }
        }
    }
}

/// Says on standard error what has to be said of pages.
pub fn remark(name: &str, document: &Document) {
    for line in document.remarks() {
        tell::note(&format!("{name}: {line}"));
    }
}
