//! What is written beside a span in tools that have no field for it: a key and words on one line. brat has them as
//! notes, Label Studio as the text beside a region.

use super::{decided, one_line, time};
use crate::annotation::{Annotations, Mention, Quote, Role};
use crate::text::Document;

/// One thing beside a span. Those of an entity stand beside its first mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Which entity the mention names, where the tool does not group mentions.
    Entity(String),
    /// The entity's name.
    Name(String),
    /// Another form of it.
    Alias(String),
    /// What the text says it is, where that has no place in the text.
    Role(String),
    /// A line of the entity's note.
    EntityNote(String),
    /// When a person decided about the entity.
    EntityDecided(u64),
    /// A line of the item's own note.
    Note(String),
    /// When a person decided about the item.
    Decided(u64),
}

impl Fact {
    /// Its key and its words.
    pub(super) fn written(&self) -> (&'static str, String) {
        match self {
            Self::Entity(words) => ("Entity", words.clone()),
            Self::Name(words) => ("Name", one_line(words)),
            Self::Alias(words) => ("Alias", one_line(words)),
            Self::Role(words) => ("Role", one_line(words)),
            Self::EntityNote(words) => ("EntityNote", one_line(words)),
            Self::EntityDecided(at) => ("EntityDecided", time::written(*at)),
            Self::Note(words) => ("Note", one_line(words)),
            Self::Decided(at) => ("Decided", time::written(*at)),
        }
    }

    /// What a key and words say; none for a key of somebody else's.
    pub(super) fn read(key: &str, words: &str) -> Option<Self> {
        let owned = || words.to_owned();
        Some(match key {
            "Entity" => Self::Entity(owned()),
            "Name" => Self::Name(owned()),
            "Alias" => Self::Alias(owned()),
            "Role" => Self::Role(owned()),
            "EntityNote" => Self::EntityNote(owned()),
            "EntityDecided" => Self::EntityDecided(time::read(words)?),
            "Note" => Self::Note(owned()),
            "Decided" => Self::Decided(time::read(words)?),
            _ => return None,
        })
    }
}

/// Beside a mention; with what is said of its entity where it is the entity's first.
pub(super) fn of_mention(document: &Document, annotations: &Annotations, mention: &Mention) -> Vec<Fact> {
    let mut facts = Vec::new();
    let first = annotations.mentions_of(mention.entity).next().is_some_and(|first| first.id == mention.id);
    if let Some(entity) = annotations.entity(mention.entity).filter(|_| first) {
        facts.push(Fact::Name(entity.name.clone()));
        facts.extend(entity.aliases.iter().cloned().map(Fact::Alias));
        let placeless = entity.roles.iter().filter(|role| !has_place(document, role));
        facts.extend(placeless.map(|role| Fact::Role(role.text.clone())));
        facts.extend(lines(entity.note.as_deref()).map(Fact::EntityNote));
        facts.extend(decided(entity.provenance).map(Fact::EntityDecided));
    }
    facts.extend(lines(mention.note.as_deref()).map(Fact::Note));
    facts.extend(decided(mention.provenance).map(Fact::Decided));
    facts
}

/// Beside a quote.
pub(super) fn of_quote(quote: &Quote) -> Vec<Fact> {
    lines(quote.note.as_deref()).map(Fact::Note).chain(decided(quote.provenance).map(Fact::Decided)).collect()
}

/// Whether a role's words are those at its place, so that the place says all.
pub(super) fn has_place(document: &Document, role: &Role) -> bool {
    !role.span.is_empty() && one_line(document.slice(role.span)) == role.text
}

fn lines(note: Option<&str>) -> impl Iterator<Item = String> {
    note.unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}
