//! Why a source gave no document.

use super::limits::LIMIT;
use crate::text::Escaped;
use std::{fmt, io};

/// Why a source gave no document. It displays as one line that names the source first and cannot carry a control
/// character.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", Escaped(name))]
pub struct Error {
    /// The path as the user gave it; "standard input" for `-`.
    pub name: String,
    /// What was wrong.
    pub reason: Reason,
}

/// What was wrong with a source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing is there.
    #[error("no such file")]
    Missing,
    /// A directory where a file was wanted.
    #[error("is a directory, not a file")]
    Directory,
    /// The operating system said no.
    #[error("cannot be read: {}", Excerpt(&.0.to_string()))]
    Unreadable(#[source] io::Error),
    /// No text in there; with what it is instead.
    #[error("is not text: {0}")]
    Binary(&'static str),
    /// An encoding that nobody knows.
    #[error("unknown encoding '{}' (try utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-6)", Escaped(.0))]
    Encoding(String),
    /// A line of JSON Lines that has no text for us.
    #[error("is not a JSON object with a text: {}", Excerpt(&.0.to_string()))]
    Json(#[source] serde_json::Error),
    /// A file of that format that cannot be made sense of; with what is wrong with it.
    #[error("cannot be read as {}: {}", .0, Excerpt(.1))]
    Format(&'static str, String),
    /// An encrypted document, of which the password is not known.
    #[error("has a password, which is not the one given (--password-file)")]
    Password,
    /// An archive that unpacks to more than anyone reads: too many bytes, or too many entries.
    #[error("unpacks to more than {}", Escaped(.0))]
    Expansion(String),
    /// Records of which none has a field that is known for the text; with the names that they have.
    #[error("no field in it is known for a text; say which with --text-field: {}", Excerpt(.0))]
    NoTextField(String),
    /// A page in which nothing is to be read.
    #[error("no text in it")]
    Empty,
    /// A format that this build leaves out.
    #[error("is in a format that this build of rawi does not read: {0}")]
    Unsupported(&'static str),
    /// An address that gave nothing; with the reason.
    #[error("cannot be fetched: {}", Excerpt(.0))]
    Fetch(String),
    /// More bytes than this.
    #[error("is larger than {} MiB, the most that is read at once", .0 >> 20)]
    Large(u64),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            io::ErrorKind::FileTooLarge => Self::Large(LIMIT),
            _ => Self::Unreadable(error),
        }
    }
}

/// What another library says of a document, in whose words it may speak: the beginning, shown.
struct Excerpt<'a>(&'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LETTERS: usize = 200;
        match self.0.char_indices().nth(LETTERS) {
            Some((at, _)) => write!(f, "{}…", Escaped(self.0.get(..at).unwrap_or_default())),
            None => Escaped(self.0).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by fuzzing: parsers quote the document in their messages.
    #[test]
    fn a_message_has_one_short_line_and_no_commands() {
        let format =
            Reason::Format("a feed", format!("expected `</a>`, found `</\u{1b}[2J\n\u{202e}{}>`", "ب".repeat(9999)));
        for reason in [format, Reason::Fetch("\u{9b}2J".to_owned())] {
            let said = Error { name: "a\nb".to_owned(), reason }.to_string();
            assert!(!said.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{said}");
            assert!(said.chars().count() < 300);
        }
    }
}
