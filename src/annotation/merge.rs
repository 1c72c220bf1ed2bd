//! What a person decided, over what the extractor finds when it runs again.

use super::{Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

impl Annotations {
    /// The part that does not come from the extractor: what a person decided or wrote a note beside, the entities that
    /// it names, and what a person took away.
    #[must_use]
    pub fn decided(&self) -> Self {
        let own = |by: Provenance, note: &Option<String>| by != Provenance::Model || note.is_some();
        let mentions: Vec<Mention> = self.mentions.iter().filter(|m| own(m.provenance, &m.note)).cloned().collect();
        let quotes = self.quotes.iter().filter(|q| own(q.provenance, &q.note));
        let quotes: Vec<Quote> = quotes.map(|quote| Quote { candidates: Vec::new(), ..quote.clone() }).collect();
        let speakers = quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.entity);
        let named: BTreeSet<EntityId> = mentions.iter().map(|mention| mention.entity).chain(speakers).collect();
        let entities = self.entities.iter().filter(|e| own(e.provenance, &e.note) || named.contains(&e.id));
        Self { entities: entities.cloned().collect(), mentions, quotes, rejected: self.rejected.clone() }
    }

    /// These annotations after the extractor has run again and `found` that. What a person decided stands; where
    /// `found` overlaps it, or was rejected, it gives way. Ids stay where the same thing is found again.
    #[must_use]
    pub fn merge_over(&self, found: Self) -> Self {
        let mut merged = self.decided();
        let ids = Ids::new(self, &merged);
        let entities = merged.adopt(&found, ids.entities);
        let own: Vec<Span> = merged.mentions.iter().map(|mention| mention.span).collect();
        let mut numbers = ids.mentions;
        for mention in found.mentions {
            let rejected = merged.rejected.iter().any(|item| item.span == mention.span && item.kind.is_some());
            let Some(&entity) = entities.get(&mention.entity) else { continue };
            if !rejected && !own.iter().any(|span| span.overlaps(mention.span)) {
                let id = MentionId(numbers.take(&mention.span, mention.id.0));
                merged.mentions.push(Mention { id, entity, ..mention });
            }
        }
        merged.adopt_quotes(found.quotes, &entities, ids.quotes);
        merged.drop_unused();
        merged.sort();
        merged
    }

    /// Takes the found entities in, and returns under which id each is known here.
    fn adopt(&mut self, found: &Self, mut numbers: Numbers<(Kind, String)>) -> BTreeMap<EntityId, EntityId> {
        let mut known = BTreeMap::new();
        for entity in &found.entities {
            if let Some(own) = self.same(found, entity).and_then(|id| self.entities.iter_mut().find(|e| e.id == id)) {
                known.insert(entity.id, own.id);
                own.update(entity);
            } else {
                let id = EntityId(numbers.take(&(entity.kind, entity.name.clone()), entity.id.0));
                known.insert(entity.id, id);
                self.entities.push(Entity { id, ..entity.clone() });
            }
        }
        known
    }

    /// The entity here that is the found one: known by its name, else the one that its mentions belong to.
    fn same(&self, found: &Self, entity: &Entity) -> Option<EntityId> {
        let alike = || self.entities.iter().filter(|own| own.kind == entity.kind);
        let named = alike().find(|own| own.name == entity.name);
        let named = named.or_else(|| alike().find(|own| own.aliases.contains(&entity.name)));
        named.map(|own| own.id).or_else(|| {
            let places: BTreeSet<Span> = found.mentions_of(entity.id).map(|mention| mention.span).collect();
            let mut votes: BTreeMap<EntityId, usize> = BTreeMap::new();
            let same = self.mentions.iter().filter(|mention| places.contains(&mention.span));
            same.for_each(|mention| *votes.entry(mention.entity).or_default() += 1);
            votes.into_iter().max_by_key(|vote| (vote.1, std::cmp::Reverse(vote.0))).map(|vote| vote.0)
        })
    }

    fn adopt_quotes(&mut self, found: Vec<Quote>, entities: &BTreeMap<EntityId, EntityId>, mut numbers: Numbers<Span>) {
        let own: Vec<(Span, QuoteKind)> = self.quotes.iter().map(|quote| (quote.span, quote.kind)).collect();
        for mut quote in found {
            let rejected = self.rejected.iter().any(|item| item.span == quote.span && item.kind.is_none());
            if rejected || own.iter().any(|&(span, kind)| quote.is_like(span, kind)) {
                continue;
            }
            if let Some(speaker) = &mut quote.speaker {
                speaker.entity = speaker.entity.and_then(|id| entities.get(&id).copied());
            }
            for candidate in &mut quote.candidates {
                candidate.entity = candidate.entity.and_then(|id| entities.get(&id).copied());
            }
            quote.id = QuoteId(numbers.take(&quote.span, quote.id.0));
            self.quotes.push(quote);
        }
    }

    /// Drops the extractor's entities that nothing names any more.
    fn drop_unused(&mut self) {
        let speakers = self.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.entity);
        let named: BTreeSet<EntityId> = self.mentions.iter().map(|mention| mention.entity).chain(speakers).collect();
        let own = |entity: &Entity| entity.provenance != Provenance::Model || entity.note.is_some();
        self.entities.retain(|entity| own(entity) || named.contains(&entity.id));
    }
}

impl Entity {
    /// Learns what the extractor says now; a person's name for it stands.
    fn update(&mut self, found: &Self) {
        if self.provenance == Provenance::Model {
            self.name.clone_from(&found.name);
            self.aliases.clone_from(&found.aliases);
            self.roles.clone_from(&found.roles);
            return;
        }
        for role in &found.roles {
            if !self.roles.iter().any(|own| own.span == role.span) {
                self.roles.push(role.clone());
            }
        }
    }
}

impl Quote {
    /// Whether a quote of that span and kind is about the same as this one, so that only one of them stands.
    pub(super) fn is_like(&self, span: Span, kind: QuoteKind) -> bool {
        span == self.span || (kind == self.kind && mostly_same(span, self.span))
    }
}

/// Whether they share more than half of what they cover together.
const fn mostly_same(one: Span, two: Span) -> bool {
    let (start, end) =
        (if one.start > two.start { one.start } else { two.start }, if one.end < two.end { one.end } else { two.end });
    let shared = end.saturating_sub(start);
    2 * shared > one.len() + two.len() - shared
}

/// Hands out numbers: the one that the same thing had before, else the extractor's where it is free, else a new one.
struct Numbers<K> {
    old: BTreeMap<K, u32>,
    used: BTreeSet<u32>,
}

impl<K: Ord> Numbers<K> {
    /// From all that was there before, with its number and whether it stays.
    fn new(items: impl Iterator<Item = (K, u32, bool)>) -> Self {
        let (mut old, mut used) = (BTreeMap::new(), BTreeSet::new());
        for (key, number, stays) in items {
            used.insert(number);
            if !stays {
                old.insert(key, number);
            }
        }
        Self { old, used }
    }

    fn take(&mut self, key: &K, found: u32) -> u32 {
        let new = || if self.used.contains(&found) { self.used.last().map_or(1, |top| top + 1) } else { found };
        let number = self.old.remove(key).unwrap_or_else(new);
        self.used.insert(number);
        number
    }
}

struct Ids {
    entities: Numbers<(Kind, String)>,
    mentions: Numbers<Span>,
    quotes: Numbers<Span>,
}

impl Ids {
    fn new(before: &Annotations, own: &Annotations) -> Self {
        let mentions: BTreeSet<MentionId> = own.mentions.iter().map(|mention| mention.id).collect();
        let entity = |e: &Entity| ((e.kind, e.name.clone()), e.id.0, own.entity(e.id).is_some());
        Self {
            entities: Numbers::new(before.entities.iter().map(entity)),
            mentions: Numbers::new(before.mentions.iter().map(|m| (m.span, m.id.0, mentions.contains(&m.id)))),
            quotes: Numbers::new(before.quotes.iter().map(|q| (q.span, q.id.0, own.quote(q.id).is_some()))),
        }
    }
}
