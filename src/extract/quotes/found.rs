//! A quote before it has an id.

use crate::annotation::QuoteKind;
use crate::extract::speakers::Source;
use crate::text::Span;
use std::ops::Range;

/// A quote before it has an id.
#[derive(Clone, Debug)]
pub struct FoundQuote {
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The words, without their marks.
    pub words: Range<usize>,
    /// Their place in the text.
    pub span: Span,
    /// The word that says that somebody speaks.
    pub cue: Option<Span>,
    /// Whose words.
    pub source: Option<Source>,
    /// The ranking that its speaker comes from.
    pub ranking: Option<usize>,
    /// How sure that it is speech.
    pub confidence: f32,
    /// The rule that found it and how the speaker was reached.
    pub why: String,
}
