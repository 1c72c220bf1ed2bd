//! What comes in and what goes out: what happened to the reader, and what the binary is to do about it.

use super::{Mouse, correct::Remembered, export::Preview};
use crate::{
    annotation::Annotations,
    text::{Document, Span},
    tui::{action::Action, keymap::Key},
};
use std::sync::Arc;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has so many columns and rows.
    Resize(u16, u16),
    /// An action was chosen without a key: by tests.
    #[cfg_attr(not(feature = "internals"), allow(dead_code, reason = "tests send it"))]
    Act(Action),
    /// Only the beginning of a document is there yet.
    Loading(usize),
    /// A document is complete.
    Loaded(usize, Arc<Document>),
    /// Found so far in a document, of which so many of a hundred are done.
    Found(usize, Annotations, u8),
    /// A document is too long to be looked through: what is found is of this part of it, which is empty where
    /// nobody asked yet.
    Partly(usize, Span),
    /// The search for names and quotes in a document is so many of a hundred along.
    Progress(usize, u8),
    /// A document could not be read, and why.
    Unread(usize, String),
    /// What is remembered of a document.
    Remembered(usize, Box<Remembered>),
    /// A name for the exported file that no file has.
    Name(String),
    /// What a file will look like.
    Preview(Box<Preview>),
    /// An export would write over this file.
    Taken(String),
    /// A file was written.
    Exported(String),
    /// A file could not be written, and why.
    NotExported(String),
    /// A message: done, or gone wrong.
    Notice(Notice),
}

/// Something for the binary to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Stop, as Ctrl-Z does.
    Suspend,
    /// Put this on the clipboard.
    Copy(String),
    /// Look for names and quotes around this byte of the document.
    Look(usize, usize),
    /// Save what a person decided about the document.
    Save(usize),
    /// Say what the document looks like in the format of that name.
    Preview(usize, String),
    /// Export a document.
    Export {
        /// Its number.
        document: usize,
        /// The name of the format.
        format: String,
        /// Where to.
        path: String,
        /// Whether a file that is there may go.
        over: bool,
    },
}

/// A message in the status line, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub fault: bool,
}
