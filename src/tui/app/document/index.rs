//! The index of what was found in a document.

use crate::{
    annotation::{Annotations, EntityId, Provenance, QuoteId},
    text::Span,
    tui::app::selection::{Group, Selection},
};
use std::collections::{HashMap, HashSet};

/// Answers from the annotations that would take a walk through all of them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The places of each target, by position.
    pub(super) places: HashMap<Selection, Vec<Span>>,
    /// The number of each entity in [`Annotations::entities`].
    pub entities: HashMap<EntityId, usize>,
    /// The number of each quote in [`Annotations::quotes`].
    pub quotes: HashMap<QuoteId, usize>,
    /// What each entity said.
    pub said: HashMap<EntityId, Vec<QuoteId>>,
    /// In what others said each entity is named.
    pub named: HashMap<EntityId, Vec<QuoteId>>,
    /// The entities with a mention that nobody has decided.
    open: HashSet<EntityId>,
    /// How sure the surest mention of each entity is.
    sure: HashMap<EntityId, f32>,
    /// In bytes.
    pub(super) longest_mention: usize,
    /// In bytes.
    pub(super) longest_quote: usize,
}

impl Index {
    pub(super) fn new(annotations: &Annotations, doubt: f32) -> Self {
        let mut index = Self::default();
        for (number, entity) in annotations.entities.iter().enumerate() {
            index.entities.insert(entity.id, number);
        }
        for mention in &annotations.mentions {
            let kind = index.entities.get(&mention.entity).and_then(|&number| annotations.entities.get(number));
            let group = kind.map(|entity| Selection::Group(Group::Kind(entity.kind)));
            for target in [Some(Selection::Entity(mention.entity)), group].into_iter().flatten() {
                index.places.entry(target).or_default().push(mention.span);
            }
            if !matches!(mention.provenance, Provenance::Person(_)) {
                index.open.insert(mention.entity);
            }
            let sure = index.sure.entry(mention.entity).or_default();
            *sure = sure.max(mention.confidence);
            index.longest_mention = index.longest_mention.max(mention.span.len());
        }
        for (number, quote) in annotations.quotes.iter().enumerate() {
            index.quotes.insert(quote.id, number);
            for target in [Selection::Quote(quote.id), Selection::Group(Group::Quotes)] {
                index.places.entry(target).or_default().push(quote.span);
            }
            let speaker = quote.said_by(doubt).and_then(|speaker| speaker.entity);
            if let Some(speaker) = speaker {
                index.said.entry(speaker).or_default().push(quote.id);
            }
            let first = annotations.mentions.partition_point(|mention| mention.span.start < quote.span.start);
            let after = annotations.mentions.get(first..).unwrap_or_default().iter();
            for mention in after.take_while(|mention| mention.span.start < quote.span.end) {
                let named = index.named.entry(mention.entity).or_default();
                if speaker != Some(mention.entity) && named.last() != Some(&quote.id) {
                    named.push(quote.id);
                }
            }
            index.longest_quote = index.longest_quote.max(quote.span.len());
        }
        index
    }

    /// Whether every mention of an entity was decided by somebody.
    #[must_use]
    pub fn is_settled(&self, id: EntityId) -> bool {
        !self.open.contains(&id) && self.sure.contains_key(&id)
    }

    /// How sure it is that an entity is there at all, 0 to 1: as sure as its surest mention.
    #[must_use]
    pub fn sureness(&self, id: EntityId) -> f32 {
        self.sure.get(&id).copied().unwrap_or(1.0)
    }
}
