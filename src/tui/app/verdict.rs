//! What became of a quote that was checked against the library: a sign and a word, so that no colour is needed.

use crate::{
    annotation::{QuoteId, QuoteKind},
    check::{Change, Checked, Source, SpeakerCheck, Verdict},
    tui::strings::Phrase,
};
use std::collections::BTreeMap;

/// What became of the quotes of a document that were checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts(BTreeMap<QuoteId, Checked>);

impl Verdicts {
    /// Those of these quotes.
    #[must_use]
    pub fn new(checked: impl Iterator<Item = (QuoteId, Checked)>) -> Self {
        Self(checked.collect())
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// What became of a quote.
    #[must_use]
    pub fn of(&self, id: QuoteId) -> Option<&Checked> {
        self.0.get(&id)
    }

    /// Where it was said.
    #[must_use]
    pub fn source(&self, id: QuoteId) -> Option<&Source> {
        self.of(id)?.source.as_ref()
    }
}

/// The sign in the margin, one column wide.
#[must_use]
pub const fn sign(checked: &Checked) -> &'static str {
    match (checked.verdict, checked.speaker_check) {
        (Verdict::NotFound, _) => "✗",
        (_, SpeakerCheck::Other) => "!",
        (Verdict::Verbatim, _) => "✓",
        (Verdict::Altered, _) => "≠",
        (Verdict::Unsure, _) => "?",
    }
}

/// The verdict on the words.
#[must_use]
pub const fn word(checked: &Checked) -> Phrase<'static> {
    match checked.verdict {
        Verdict::Verbatim => Phrase::VerdictVerbatim,
        Verdict::Altered if checked.spliced_with.is_some() => Phrase::VerdictJoined,
        Verdict::Altered => Phrase::VerdictAltered,
        Verdict::NotFound => Phrase::VerdictNotFound,
        Verdict::Unsure if matches!(checked.kind, QuoteKind::Indirect) && checked.source.is_some() => {
            Phrase::VerdictReported
        }
        Verdict::Unsure => Phrase::VerdictUnsure,
    }
}

/// The one word for which there is room: that the speaker is another says more than that the words are right.
#[must_use]
pub const fn short(checked: &Checked) -> Phrase<'static> {
    match (checked.verdict, checked.speaker_check) {
        (Verdict::NotFound, _) => Phrase::VerdictNotFound,
        (_, SpeakerCheck::Other) => Phrase::VerdictOther,
        _ => word(checked),
    }
}

/// A change in words.
#[must_use]
pub const fn change(change: &Change) -> Phrase<'_> {
    match (change.draft.as_bytes(), change.source.as_bytes()) {
        ([], _) => Phrase::ChangeLeft { words: change.source.as_str() },
        (_, []) => Phrase::ChangePut { words: change.draft.as_str() },
        _ => Phrase::ChangeWords { draft: change.draft.as_str(), source: change.source.as_str() },
    }
}
