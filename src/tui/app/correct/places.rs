//! The other places of a name that was added, to add them too.

use crate::{
    annotation::{EntityId, Item},
    arabic::normalize::Folded,
    text::{Document, Span},
    tui::{
        action::{Action, Command, Control},
        app::{
            context::Context,
            outcome::{Outcome, Request},
            overlay::list::{List, ListLine, moved},
        },
        strings::Phrase,
    },
};

/// Bytes of a text that is looked through for more places of a name.
const ENOUGH: usize = 4 << 20;

/// The other places of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceList {
    entity: EntityId,
    places: Vec<Span>,
    choice: usize,
}

impl PlaceList {
    /// The places of the words of a span that nothing was found in; none where there are none.
    #[must_use]
    pub fn of(span: Span, context: &Context<'_>) -> Option<Self> {
        let here = context.here();
        let entity = here.mentions_in(span).find(|mention| mention.span == span)?.entity;
        let mut places = occurrences(&here.document, here.document.slice(span));
        places.retain(|place| here.mentions_in(*place).next().is_none());
        (!places.is_empty()).then_some(Self { entity, places, choice: 0 })
    }

    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        Some(match action {
            Action::Motion(motion) => {
                self.choice = moved(self.choice, motion, self.places.len(), context)?;
                self.places.get(self.choice).map(|place| Request::Reveal(*place)).into()
            }
            Action::Control(Control::Enter) => {
                [Request::Close, Request::AddMentions(self.entity, self.places.clone())].into()
            }
            Action::Control(Control::Cancel) | Action::Command(Command::Quit) => Request::Close.into(),
            _ => return None,
        })
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let document = &context.here().document;
        let lines = self.places.iter().zip(1..).map(|(place, number)| {
            let paragraph = document.paragraph_at(place.start);
            let from = document.slice(Span::new(paragraph.start, place.start));
            let words = from.char_indices().rev().filter(|(_, letter)| letter.is_whitespace()).nth(3);
            let start = words.map_or(paragraph.start, |(at, _)| paragraph.start + at);
            ListLine::new(context.number(number), context.words(Span::new(start, paragraph.end)))
        });
        let list = List::in_the_corner(self.places.len(), context);
        let (name, count) = (context.name(Item::Entity(self.entity)), context.number(self.places.len()));
        let title = context.text(Phrase::MorePlaces { name: &name, count: &count });
        List { title, lines: lines.collect(), choice: Some(self.choice), keys: 4, ..list }
    }
}

/// Where words stand in a text as words of their own, whatever their spelling.
#[must_use]
pub fn occurrences(document: &Document, words: &str) -> Vec<Span> {
    let (text, wanted) = (document.text(), Folded::new(words));
    let wanted = wanted.as_str().trim();
    if wanted.is_empty() || text.len() > ENOUGH {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let hits = folded.as_str().match_indices(wanted);
    let spans = hits.map(|(at, _)| folded.span(Span::new(at, at + wanted.len())));
    let alone = |span: &Span| {
        let before = text.get(..span.start).and_then(|before| before.chars().next_back());
        let after = text.get(span.end..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    spans.filter(alone).collect()
}
