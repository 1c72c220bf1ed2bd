//! What a correction is about, and what is asked on the way to it.

use crate::{
    annotation::{EntityId, Item, Mention, MentionId, QuoteId},
    text::Span,
    tui::app::{
        context::Context,
        selection::{Focus, Selection},
    },
};

/// What a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Words of the text that are marked.
    Words(Span),
    /// Something that was found.
    Item(Item),
}

impl Subject {
    /// What a correction would be about now: marked words; in the panel what is selected; in the text the mention under
    /// the cursor, else what is selected.
    #[must_use]
    pub fn of(context: &Context<'_>) -> Option<Self> {
        if let Some(marked) = context.marked.filter(|span| !span.is_empty()) {
            return Some(Self::Words(marked));
        }
        let here = context.here();
        let selected = match here.selected {
            Some(Selection::Entity(id)) => Some(Item::Entity(id)),
            Some(Selection::Quote(id)) => Some(Item::Quote(id)),
            _ => None,
        };
        let own = |mention: &&Mention| !matches!(selected, Some(Item::Quote(_))) && mention.span == here.cursor;
        let mention = here.mentions_in(here.cursor).find(own).map(|mention| Item::Mention(mention.id));
        let item = if context.focus == Focus::Text { mention.or(selected) } else { selected };
        item.map(Self::Item)
    }
}

/// A line that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Another name.
    Name(EntityId),
    /// A note.
    Note(Item),
}

/// What words are marked for, letter by letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPurpose {
    /// For whatever is done with them.
    Any,
    /// To be the span of a mention or a quote.
    Span(Item),
    /// To be the words that say who speaks.
    Speaker(QuoteId),
}

/// What an entity is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Marked words name it.
    Name(Span),
    /// A mention names it.
    Link(MentionId),
    /// Another entity is the same.
    Merge(EntityId),
    /// It says a quote.
    Speaker(QuoteId),
}
