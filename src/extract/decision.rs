//! A choice of a speaker, laid open: what was true of the place and of everybody who could have spoken.

use crate::annotation::{EntityId, QuoteId};
use crate::extract::number;
use crate::extract::speakers::choice::{Choice, context_name, trait_name};
use crate::text::Span;

/// One choice.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The quotes whose speaker it is.
    pub quotes: Vec<QuoteId>,
    /// What is true of the place, by the names of `assets/speakers.txt`.
    pub contexts: Vec<&'static str>,
    /// Everybody who was weighed, the chosen one first.
    pub candidates: Vec<Weighed>,
}

/// One who was weighed.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The entity; none for a nominal.
    pub entity: Option<EntityId>,
    /// The words that say so.
    pub span: Span,
    /// What is true of it.
    pub traits: Vec<&'static str>,
    /// The sum of its weights.
    pub sum: f32,
}

impl Decision {
    pub(super) fn new(choice: &Choice) -> Self {
        let candidates = choice.candidates.iter().map(|candidate| Weighed {
            entity: candidate.source.cluster.map(|cluster| EntityId(number(cluster))),
            span: candidate.source.span,
            traits: candidate.traits.bits().map(trait_name).collect(),
            sum: candidate.sum,
        });
        let candidates = candidates.collect();
        Self { quotes: Vec::new(), contexts: choice.contexts.bits().map(context_name).collect(), candidates }
    }
}
