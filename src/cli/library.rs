//! What the commands on a library share: where it is, and how their text looks on a terminal and in a pipe.

pub mod desk;

use super::{TerminalArgs, pager, print};
use crate::{
    library::{Error, Library},
    store,
    terminal::negotiate,
    text::{Document, Origin, Span},
};
use ratatui::style::{Modifier, Style};
use std::{
    env,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

/// Which library.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Place {
    /// The library's file [default: RAWI_LIBRARY, else library.sqlite in rawi's data directory]
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
}

impl Place {
    /// The library's path.
    pub fn path(&self) -> anyhow::Result<PathBuf> {
        let named = self
            .library
            .clone()
            .or_else(|| env::var_os("RAWI_LIBRARY").filter(|name| !name.is_empty()).map(PathBuf::from));
        match named {
            Some(path) => Ok(path),
            None => Ok(store::Home::platform(false)?.data.join("library.sqlite")),
        }
    }

    /// Opens the library to ask it. What was added since it was linked is linked first; where another program writes,
    /// it is asked as it is.
    pub fn open(&self) -> anyhow::Result<Library> {
        let mut library = Library::open(&self.path()?)?;
        match library.link() {
            Ok(_) | Err(Error::Busy { .. }) => Ok(library),
            Err(error) if library.is_readonly() => {
                drop(error);
                Ok(library)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Text that is being put together, with what is marked in it.
#[derive(Default)]
pub struct Sheet {
    text: String,
    marks: Vec<(Span, Style)>,
}

/// A count with its noun.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

impl Sheet {
    /// Adds a line.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a line that stands out.
    pub fn head(&mut self, line: &str) {
        self.marked(line, &[Span::new(0, line.len())], Style::new().add_modifier(Modifier::BOLD));
    }

    /// Adds a line in which spans, in bytes of the line, stand out.
    pub fn marked(&mut self, line: &str, spans: &[Span], style: Style) {
        let base = self.text.len();
        self.marks.extend(spans.iter().map(|span| (span.shifted(base), style)));
        self.line(line);
    }

    /// Writes it: laid out as the reader does it where a terminal shows it, else as it is.
    pub fn write(self, terminal: &TerminalArgs) -> anyhow::Result<()> {
        if io::stdout().is_terminal() {
            // Terminals that reorder by themselves would turn visual order round again.
            let decision = negotiate(&terminal.overrides(false)).decision;
            let width = crossterm::terminal::size().map_or(80, |size| usize::from(size.0).clamp(20, 200));
            let document = Document::new("", self.text, Origin::default());
            let mut page = Vec::new();
            print::page(&document, width, &self.marks, Some(&decision), &mut page)?;
            pager::print(&page, &decision)?;
        } else {
            let mut out = super::output();
            out.write_all(self.text.as_bytes())?;
            out.flush()?;
        }
        Ok(())
    }
}

/// A value as a line of JSON.
pub fn json_line(out: &mut impl Write, value: &impl serde::Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
