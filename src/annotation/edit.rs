//! What a person can do to annotations. An [`Edit`] is planned as a [`Change`] (which items are in which state
//! afterwards), and putting a change in place gives the change back; so every edit can be undone in one way.

mod plan;

use super::{Annotations, Entity, EntityId, Kind, Mention, MentionId, Quote, QuoteId, QuoteKind, Rejected};
use crate::text::{Document, Span};
use serde::{Deserialize, Serialize};

/// One thing of a document that can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Item {
    /// An entity with all its mentions.
    Entity(EntityId),
    /// One mention.
    Mention(MentionId),
    /// One quote.
    Quote(QuoteId),
}

/// Whom a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An entity that is there.
    Entity(EntityId),
    /// A new one of this kind, named by the mention.
    New(Kind),
}

/// Who is made the speaker of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpeakerRef {
    /// An entity; its mention nearest before the quote becomes the words that say so.
    Entity(EntityId),
    /// Words of the text that name nobody by name.
    Words(Span),
}

/// One correction. Each marks what it touches as decided by a person, except [`Edit::Note`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// It is right as it is; an entity with all its mentions.
    Accept(Item),
    /// It is wrong: away with it, and extraction shall not bring it back.
    Reject(Item),
    /// Away with it; extraction may find it again.
    Remove(Item),
    /// The entity is of another kind.
    Relabel(EntityId, Kind),
    /// The mention names somebody else. With [`Target::New`] it is split off into an entity of its own.
    Link(MentionId, Target),
    /// A mention or quote (not an entity) stands elsewhere: grown, shrunk or moved.
    Respan(Item, Span),
    /// A name that was missed.
    AddMention(Span, Target),
    /// A quote that was missed.
    AddQuote(Span, QuoteKind, Option<SpeakerRef>),
    /// The entity's name as the panel shows it; the old one becomes an alias.
    Rename(EntityId, String),
    /// Both are one; the first goes into the second.
    Merge(EntityId, EntityId),
    /// Who said it; none for nobody.
    Speaker(QuoteId, Option<SpeakerRef>),
    /// Direct or indirect.
    QuoteKind(QuoteId, QuoteKind),
    /// What a person writes beside an item; none takes it away.
    Note(Item, Option<String>),
}

/// Why an edit was not made. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The item is not there (any more).
    #[error("there is no such entity, mention or quote")]
    Missing,
    /// The span is empty, outside the text, or cuts a letter.
    #[error("there is no text at that place")]
    Place,
    /// A person's mention stands there.
    #[error("another mention that you decided stands there")]
    Overlap(MentionId),
    /// A name without letters.
    #[error("a name needs letters")]
    Name,
    /// An entity and itself.
    #[error("an entity cannot be merged with itself")]
    Itself,
    /// An entity has no span of its own.
    #[error("an entity has no span of its own; its mentions have")]
    Entity,
}

/// The states that some items are in after a change; none for an item that is not there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    entities: Vec<(EntityId, Option<Entity>)>,
    mentions: Vec<(MentionId, Option<Mention>)>,
    quotes: Vec<(QuoteId, Option<Quote>)>,
    rejected: Option<Vec<Rejected>>,
}

impl Annotations {
    /// Makes an edit at a time (seconds since 1970, UTC) and returns what undoes it.
    ///
    /// # Errors
    /// [`Refused`], with the annotations as they were.
    pub fn apply(&mut self, document: &Document, edit: &Edit, at: u64) -> Result<Change, Refused> {
        let after = plan::after(self, document, edit, at)?;
        let change = difference(self, &after);
        Ok(self.put(change))
    }

    /// Puts items in the states of a change, and returns the change back.
    pub fn put(&mut self, change: Change) -> Change {
        let back = Change {
            entities: swap(&mut self.entities, change.entities, |entity| entity.id),
            mentions: swap(&mut self.mentions, change.mentions, |mention| mention.id),
            quotes: swap(&mut self.quotes, change.quotes, |quote| quote.id),
            rejected: change.rejected.map(|rejected| std::mem::replace(&mut self.rejected, rejected)),
        };
        self.sort();
        back
    }
}

/// Sets the items named in `states`, and returns their states before.
fn swap<I: Copy + PartialEq, T>(
    items: &mut Vec<T>,
    states: Vec<(I, Option<T>)>,
    id: impl Fn(&T) -> I,
) -> Vec<(I, Option<T>)> {
    let mut before = Vec::with_capacity(states.len());
    for (name, state) in states {
        let at = items.iter().position(|item| id(item) == name);
        before.push((name, at.map(|at| items.swap_remove(at))));
        items.extend(state);
    }
    before
}

/// The change that makes `before` into `after`.
fn difference(before: &Annotations, after: &Annotations) -> Change {
    Change {
        entities: changed(&before.entities, &after.entities, |entity| entity.id),
        mentions: changed(&before.mentions, &after.mentions, |mention| mention.id),
        quotes: changed(&before.quotes, &after.quotes, |quote| quote.id),
        rejected: (before.rejected != after.rejected).then(|| after.rejected.clone()),
    }
}

fn changed<I: Copy + Ord, T: Clone + PartialEq>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> I,
) -> Vec<(I, Option<T>)> {
    let old: std::collections::BTreeMap<I, &T> = before.iter().map(|item| (id(item), item)).collect();
    let new: std::collections::BTreeMap<I, &T> = after.iter().map(|item| (id(item), item)).collect();
    let gone = old.keys().filter(|name| !new.contains_key(name)).map(|&name| (name, None));
    let set = new.iter().filter(|(name, item)| old.get(name) != Some(item));
    gone.chain(set.map(|(&name, &item)| (name, Some(item.clone())))).collect()
}
