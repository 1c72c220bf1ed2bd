//! Doubt about who speaks: a speaker who is not sure enough is not said.
//!
//! The extractor names the likeliest speaker of every quote, however unsure, and beside it [`Quote::candidates`]: the
//! likeliest few with their chances, itself first. A program that shows annotations has a threshold, [`THRESHOLD`] by
//! default and 0 for none, and asks each quote:
//!
//! - [`Quote::is_doubtful`]: whether its speaker is left open, so that «?» stands in the speaker's place;
//! - [`Quote::said_by`]: the speaker where it is not;
//! - [`Quote::candidates`]: who else to offer in the dialog of corrections, with their chances.
//!
//! What is written for others goes through [`Annotations::withhold`] first: then a speaker in doubt is taken away, and the
//! candidates that stay beside the quote say why (that is how rawi's JSON carries it; the two methods above see it there
//! too, whatever the threshold). What a person decided is never in doubt.

use super::{Annotations, EntityId, Provenance, Quote, Speaker};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// The threshold where nobody chooses another, a chance from 0 to 1. Chosen on sources that the table was not fitted to:
/// with the names given, 80 of 100 quotes there have a speaker over it, and 92 of 100 of those are right (docs/QUOTES.md).
pub const THRESHOLD: f32 = 0.65;

/// One who may have said a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The entity; none for a nominal speaker (متحدث باسم الشرطة).
    pub entity: Option<EntityId>,
    /// The words that say so, as in [`Speaker::span`].
    pub span: Span,
    /// How likely, 0 to 1; those of one quote add up to 1 at most.
    pub chance: f32,
}

impl From<&Speaker> for Candidate {
    fn from(speaker: &Speaker) -> Self {
        Self { entity: speaker.entity, span: speaker.span, chance: speaker.confidence }
    }
}

impl From<&Candidate> for Speaker {
    fn from(candidate: &Candidate) -> Self {
        Self { entity: candidate.entity, span: candidate.span, confidence: candidate.chance }
    }
}

impl Quote {
    /// Whether nobody is said to speak for want of certainty: the chance of its speaker is under `threshold` (0 to 1), or
    /// was when the file was written that it comes from. A quote that names nobody at all is not in doubt, nor is one that
    /// a person or another tool decided.
    #[must_use]
    pub fn is_doubtful(&self, threshold: f32) -> bool {
        self.provenance == Provenance::Model
            && match &self.speaker {
                Some(speaker) => speaker.confidence < threshold,
                None => !self.candidates.is_empty(),
            }
    }

    /// Who said it; none where that is in doubt, or nobody is named.
    #[must_use]
    pub fn said_by(&self, threshold: f32) -> Option<&Speaker> {
        self.speaker.as_ref().filter(|_| !self.is_doubtful(threshold))
    }
}

impl Annotations {
    /// Takes away the speakers that are in doubt at this threshold (0 to 1); those who may have spoken stay beside the
    /// quote as its candidates. At 0 nothing changes.
    pub fn withhold(&mut self, threshold: f32) {
        for quote in &mut self.quotes {
            if !quote.is_doubtful(threshold) {
                continue;
            }
            if let Some(speaker) = quote.speaker.take()
                && quote.candidates.is_empty()
            {
                quote.candidates.push(Candidate::from(&speaker));
            }
        }
    }

    /// Says the likeliest speaker where [`Annotations::withhold`] took it away.
    pub fn reveal(&mut self) {
        for quote in self.quotes.iter_mut().filter(|quote| quote.is_doubtful(0.0)) {
            quote.speaker = quote.candidates.first().map(Speaker::from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{QuoteId, QuoteKind};

    fn quote(confidence: f32, provenance: Provenance) -> Quote {
        let speaker = Speaker { entity: Some(EntityId(1)), span: Span::new(0, 4), confidence };
        let other = Candidate { entity: Some(EntityId(2)), span: Span::new(9, 12), chance: 0.3 };
        Quote {
            id: QuoteId(1),
            kind: QuoteKind::Direct,
            span: Span::new(5, 8),
            candidates: vec![Candidate::from(&speaker), other],
            speaker: Some(speaker),
            cue: None,
            confidence: 1.0,
            why: String::new(),
            provenance,
            note: None,
        }
    }

    #[test]
    fn a_speaker_under_the_threshold_is_not_said_and_comes_back() {
        let sure = quote(0.9, Provenance::Model);
        let unsure = quote(0.5, Provenance::Model);
        let decided = quote(0.5, Provenance::Person(1));
        assert!(!sure.is_doubtful(0.6) && unsure.is_doubtful(0.6) && !decided.is_doubtful(0.6));
        assert!(!unsure.is_doubtful(0.0) && unsure.said_by(0.6).is_none() && sure.said_by(0.6).is_some());
        let all = Annotations { quotes: vec![sure, unsure, decided], ..Annotations::default() };
        let mut written = all.clone();
        written.withhold(0.6);
        let said: Vec<bool> = written.quotes.iter().map(|quote| quote.speaker.is_some()).collect();
        assert_eq!(said, [true, false, true]);
        assert!(written.quotes[1].is_doubtful(0.0), "a file that was written so says it at any threshold");
        written.reveal();
        assert_eq!(written, all);
        written.withhold(0.0);
        assert_eq!(written, all);
    }
}
