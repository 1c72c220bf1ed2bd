//! Annotations in the formats of other tools, one file a format: bytes out, and where a tool gives its results back,
//! bytes in.
//!
//! Each file opens with what its format cannot carry. A writer counts that too and returns it as a [`Report`], so that
//! a reader is told what is not in the file. Offsets are in the unit that the format's own readers count in.

pub mod json;
mod report;

use crate::annotation::Annotations;
use crate::text::Document;
use std::io;

pub use report::{Loss, Report};

/// A format that annotations can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// rawi's own JSON, indented.
    Json,
    /// rawi's own JSON, a document a line.
    Jsonl,
}

impl Format {
    /// Every format, in the order of the dialog.
    pub const ALL: &[Self] = &[Self::Json, Self::Jsonl];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// The ending of its files, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Writes the document's annotations, and says what the format could not carry.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
        match self {
            Self::Json => json::write(document, annotations, json::Options { pretty: true, explain: false }, out),
            Self::Jsonl => json::write(document, annotations, json::Options::default(), out),
        }
    }
}

/// Why a file could not be read as annotations of a document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not JSON, or not of the shape that the format has.
    #[error("not the expected JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// An offset that is outside the text, or inside a letter.
    #[error("{item}: {start}..{end} is not a place in the text")]
    Place {
        /// Which item, as the file names it.
        item: String,
        /// Its start, in the format's unit.
        start: usize,
        /// Its end.
        end: usize,
    },
    /// The file was made for another text.
    #[error("{item}: the text there is “{found}”, the file has “{expected}”")]
    Text {
        /// Which item, as the file names it.
        item: String,
        /// What the document has.
        found: String,
        /// What the file says.
        expected: String,
    },
    /// Something names an item that the file does not have.
    #[error("{item} names {target}, which the file does not have")]
    Reference {
        /// Which item.
        item: String,
        /// What it names.
        target: String,
    },
    /// Anything else that the format forbids.
    #[error("{0}")]
    Syntax(String),
}
