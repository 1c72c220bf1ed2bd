//! What is said of a quote.

use crate::annotation::QuoteKind;
use serde::Serialize;

/// Whether the words are what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Word for word.
    Verbatim,
    /// Found, with words changed, put in, left out, or joined from two places.
    Altered,
    /// Nothing like it is in the library.
    NotFound,
    /// Too short or too common to say.
    Unsure,
}

impl Verdict {
    /// As JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::NotFound => "not-found",
            Self::Unsure => "unsure",
        }
    }
}

impl SpeakerCheck {
    /// As JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether who speaks in the draft is who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerCheck {
    /// The same.
    Same,
    /// Another, and rawi is sure of both.
    Other,
    /// It cannot be said.
    Unknown,
}

/// Where it was said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// The document's name.
    pub document: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// Who speaks there.
    pub speaker: Option<String>,
    /// The document's headline.
    pub title: Option<String>,
    /// The document's date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The sentence that the words stand in.
    pub context: String,
}

/// Words of the draft and what stands in their place in the source; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The draft's words.
    pub draft: String,
    /// The source's.
    pub source: String,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// First code point in the draft.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `direct` or `indirect`.
    pub kind: QuoteKind,
    /// Who says it in the draft.
    pub speaker: Option<String>,
    /// Whether the words are what was said.
    pub verdict: Verdict,
    /// Whether the speaker is who said it.
    pub speaker_check: SpeakerCheck,
    /// The earliest place where it was said.
    pub source: Option<Source>,
    /// What differs there.
    pub changes: Vec<Change>,
    /// In how many documents it was found as well.
    pub sources: usize,
    /// The other place where the draft joins two; then the verdict is `altered`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spliced_with: Option<Source>,
}

impl Checked {
    /// Whether a draft with it is not to be published as it is: a direct quote that is not verbatim, or another's.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.kind == QuoteKind::Direct
            && (self.verdict != Verdict::Verbatim || self.speaker_check == SpeakerCheck::Other)
    }
}
