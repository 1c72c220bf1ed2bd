//! What is remembered of a document from one time to the next.

use crate::{
    annotation::{Annotations, Past},
    text::Span,
    tui::{app::selection::Group, strings::Phrase},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether corrections are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// It is not known yet.
    #[default]
    Pending,
    /// They are.
    Saved,
    /// They last as long as the reader runs.
    Session,
    /// Somebody else's are shown, and cannot be changed here.
    ReadOnly,
}

impl Persistence {
    /// Why nothing can be corrected.
    #[must_use]
    pub const fn refusal(self) -> Option<Phrase<'static>> {
        match self {
            Self::Pending => Some(Phrase::Loading),
            Self::ReadOnly => Some(Phrase::ReadOnly),
            Self::Saved | Self::Session => None,
        }
    }
}

/// What is remembered of a document when it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// What a person decided.
    pub annotations: Annotations,
    /// Their last corrections, to be taken back.
    pub past: Past,
    /// What they decided about words that the text no longer has.
    pub orphans: Vec<Orphan>,
    /// The first byte of the topmost row.
    pub top: usize,
    /// What the cursor was on.
    pub cursor: Option<Span>,
    /// Remembered places.
    pub marks: BTreeMap<char, usize>,
    /// The last searches, newest last.
    pub searches: Vec<String>,
    /// Groups of the panel of which only the heading is shown.
    pub folded: BTreeSet<Group>,
    /// Whether more is kept.
    pub persistence: Persistence,
}

/// A correction that found no place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// What it was.
    pub what: Phrase<'static>,
    /// The words that it was about.
    pub words: String,
}
