//! What a group of the panel shows.

use crate::{
    annotation::{Entity, EntityId, Quote},
    arabic::{collation::sort_key, transliteration::NameQuery},
    tui::{
        app::{
            cross_document::Cluster,
            document::OpenDocument,
            documents::Documents,
            selection::{Group, Selection},
        },
        settings::Sort,
    },
};
use std::{cmp::Reverse, collections::HashMap};

/// What was found, as the panel wants it.
pub struct Findings<'a> {
    /// Where.
    pub documents: &'a Documents,
    /// What is wanted of it.
    pub query: &'a NameQuery,
    /// In which order.
    pub sort: Sort,
}

impl Findings<'_> {
    /// What a group shows of the document that is read, and how many there are.
    pub fn of_document(&self, group: Group, opened: &OpenDocument) -> (Vec<Selection>, usize) {
        let wanted = self.query;
        match group {
            Group::Kind(kind) => {
                let all = opened.annotations.entities.iter().filter(|entity| entity.kind == kind);
                let total = all.clone().count();
                let mut found: Vec<&Entity> = all.filter(|entity| named(entity, wanted)).collect();
                match self.sort {
                    Sort::Appearance => {}
                    Sort::Number => {
                        found.sort_by_key(|entity| Reverse(opened.places(Selection::Entity(entity.id)).len()));
                    }
                    Sort::Alphabet => found.sort_by_cached_key(|entity| sort_key(&entity.name)),
                }
                (found.into_iter().map(|entity| Selection::Entity(entity.id)).collect(), total)
            }
            Group::Quotes => {
                let all = &opened.annotations.quotes;
                let mut speakers = HashMap::new();
                let found =
                    all.iter().filter(|quote| wanted.is_empty() || spoken(quote, opened, (wanted, &mut speakers)));
                (found.map(|quote| Selection::Quote(quote.id)).collect(), all.len())
            }
        }
    }

    /// What a group shows of all documents, and how many there are. Those of the document that is read stand for
    /// themselves; the others say where they are.
    pub fn of_all(&self, group: Group) -> (Vec<Selection>, usize) {
        let (documents, wanted) = (self.documents, self.query);
        let all = documents.clusters().iter().filter(|cluster| cluster.group == group);
        let total = all.clone().count();
        let is_wanted = |cluster: &&Cluster| {
            wanted.is_empty()
                || cluster.members.iter().any(|(number, target)| {
                    let Some(opened) = documents.all().get(*number) else { return false };
                    match target {
                        Selection::Entity(id) => opened.entity(*id).is_some_and(|entity| named(entity, wanted)),
                        Selection::Quote(id) => {
                            opened.quote(*id).is_some_and(|quote| spoken(quote, opened, (wanted, &mut HashMap::new())))
                        }
                        _ => false,
                    }
                })
        };
        let mut found: Vec<&Cluster> = all.filter(is_wanted).collect();
        match self.sort {
            Sort::Appearance => found.sort_by_key(|cluster| Reverse(cluster.members.len())),
            Sort::Number => found.sort_by_key(|cluster| Reverse(cluster.mentions)),
            Sort::Alphabet => {
                let name = |cluster: &&Cluster| cluster.first().and_then(|first| documents.name(first)).map(sort_key);
                found.sort_by_cached_key(name);
            }
        }
        let current = documents.current();
        let target = |cluster: &Cluster| {
            let here = cluster.members.iter().find(|member| member.0 == current);
            here.map(|member| member.1).or_else(|| {
                Some(match cluster.first()? {
                    (number, Selection::Entity(id)) => Selection::EntityOf(number, id),
                    (number, Selection::Quote(id)) => Selection::QuoteOf(number, id),
                    (_, other) => other,
                })
            })
        };
        (found.into_iter().filter_map(target).collect(), total)
    }
}

/// Whether an entity is meant, by a name or a role.
fn named(entity: &Entity, wanted: &NameQuery) -> bool {
    let roles = || entity.roles.iter().any(|role| wanted.finds(&role.text));
    wanted.is_empty() || names(entity).any(|name| wanted.finds(name)) || roles()
}

fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

/// Whether a quote's speaker or words are meant. Few speak often: what is known of them is kept in `speakers`.
fn spoken(
    quote: &Quote,
    opened: &OpenDocument,
    (wanted, speakers): (&NameQuery, &mut HashMap<EntityId, bool>),
) -> bool {
    let speaker = quote.speaker.as_ref();
    let by = speaker.and_then(|speaker| opened.entity(speaker.entity?));
    by.is_some_and(|entity| *speakers.entry(entity.id).or_insert_with(|| names(entity).any(|name| wanted.finds(name))))
        || speaker.is_some_and(|speaker| wanted.finds(opened.document.slice(speaker.span)))
        || wanted.spells(opened.document.slice(quote.span))
}
