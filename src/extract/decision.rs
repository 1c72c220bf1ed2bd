//! A ranking of a speaker, laid open: what was true of the place and of everybody who could have spoken.

use crate::annotation::{EntityId, QuoteId};
use crate::extract::speakers::ranking::{Ranking, context_name, feature_name};
use crate::text::Span;

/// One ranking.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The quotes whose speaker it is.
    pub quotes: Vec<QuoteId>,
    /// What is true of the place, by the names of `assets/speakers.txt`.
    pub contexts: Vec<&'static str>,
    /// Everybody who was ranked, the chosen one first.
    pub candidates: Vec<RankedCandidate>,
}

/// One who was ranked.
#[derive(Clone, Debug)]
pub struct RankedCandidate {
    /// The entity; none for a nominal.
    pub entity: Option<EntityId>,
    /// The words that say so.
    pub span: Span,
    /// What is true of it.
    pub features: Vec<&'static str>,
    /// The sum of its weights.
    pub sum: f32,
}

/// The number of an id: ids count from one.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

impl Decision {
    pub(super) fn new(ranking: &Ranking) -> Self {
        let candidates = ranking.candidates.iter().map(|candidate| RankedCandidate {
            entity: candidate.source.cluster.map(|cluster| EntityId(number(cluster))),
            span: candidate.source.span,
            features: candidate.features.bits().map(feature_name).collect(),
            sum: candidate.sum,
        });
        let candidates = candidates.collect();
        Self { quotes: Vec::new(), contexts: ranking.contexts.bits().map(context_name).collect(), candidates }
    }
}
