//! Choosing an entity: whose name it is, who speaks, with whom it is one.

use super::{Dialog, Marking, Writing};
use crate::{
    annotation::{Edge, Edit, EntityId, Item, Kind, MentionId, QuoteId, SpeakerRef, Target},
    arabic::{normalize::fold, transliteration::NameQuery},
    text::Span,
    tui::{
        action::Action,
        app::{App, Effect, Overlay},
    },
};

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

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An entity.
    Entity(EntityId),
    /// Nobody.
    Nobody,
    /// Words of the text, which are to be marked.
    Words,
}

impl App {
    /// The entity of a kind that marked words name by one of its forms.
    pub(super) fn known(&self, span: Span, kind: Kind) -> Option<EntityId> {
        let here = self.documents.here();
        let words = fold(&here.document.slice(span).split_whitespace().collect::<Vec<_>>().join(" "));
        let mut alike = here.annotations.entities.iter().filter(|entity| entity.kind == kind);
        let known = alike.find(|entity| {
            std::iter::once(&entity.name).chain(&entity.aliases).any(|form| !words.is_empty() && fold(form) == words)
        });
        known.map(|entity| entity.id)
    }

    pub(super) fn choose_for(&mut self, purpose: Purpose) {
        self.overlay = Overlay::Correct(Dialog::Choose { purpose, line: String::new(), choice: 0, found: Vec::new() });
        self.match_entities();
    }

    /// Finds the entities that are meant by what was typed: those of the same kind first, the nearest in the text first.
    pub(in crate::tui::app) fn match_entities(&mut self) {
        let Overlay::Correct(Dialog::Choose { purpose, line, .. }) = &self.overlay else { return };
        let (purpose, wanted) = (*purpose, NameQuery::new(line));
        let here = self.documents.here();
        let (own, at) = match purpose {
            Purpose::Name(span) => (None, span.start),
            Purpose::Link(id) => (here.entity_of(Item::Mention(id)), here.mention(id).map_or(0, |m| m.span.start)),
            Purpose::Merge(id) => (Some(id), here.annotations.mentions_of(id).next().map_or(0, |m| m.span.start)),
            Purpose::Speaker(id) => (None, here.annotations.quote(id).map_or(0, |quote| quote.span.start)),
        };
        let kind = own.and_then(|id| here.annotations.entity(id)).map(|entity| entity.kind);
        let mut entities: Vec<(bool, usize, EntityId)> = Vec::new();
        for entity in here.annotations.entities.iter().filter(|entity| Some(entity.id) != own) {
            let named = std::iter::once(&entity.name).chain(&entity.aliases).any(|form| wanted.finds(form));
            if wanted.is_empty() || named {
                let places = here.places(crate::tui::app::documents::Selection::Entity(entity.id));
                let near = places.iter().map(|place| place.start.abs_diff(at)).min().unwrap_or(usize::MAX);
                let person = matches!(purpose, Purpose::Speaker(_)) && entity.kind == Kind::Person;
                entities.push((kind != Some(entity.kind) && !person, near, entity.id));
            }
        }
        entities.sort_unstable();
        let mut all: Vec<Choice> = entities.into_iter().map(|(.., id)| Choice::Entity(id)).collect();
        if matches!(purpose, Purpose::Speaker(_)) && wanted.is_empty() {
            all.extend([Choice::Words, Choice::Nobody]);
        }
        if let Overlay::Correct(Dialog::Choose { found, choice, .. }) = &mut self.overlay {
            *choice = (*choice).min(all.len().saturating_sub(1));
            *found = all;
        }
    }

    /// The line of the list above or below.
    pub(in crate::tui::app) fn beside_choice(&mut self, action: Action) {
        if let Overlay::Correct(Dialog::Choose { choice, found, .. }) = &mut self.overlay {
            let last = found.len().saturating_sub(1);
            *choice = if action == Action::Older { choice.saturating_sub(1) } else { (*choice + 1).min(last) };
        }
    }

    /// Takes what was written or chosen.
    pub(in crate::tui::app) fn enter_correction(&mut self) -> Option<Effect> {
        let Overlay::Correct(dialog) = std::mem::take(&mut self.overlay) else { return None };
        match dialog {
            Dialog::Write { what: Writing::Name(id), line } => self.make(&Edit::Rename(id, line)),
            Dialog::Write { what: Writing::Note(item), line } => {
                let text = Some(line.trim().to_owned()).filter(|text| !text.is_empty());
                if text.as_deref() == self.documents.here().note(item) {
                    return None;
                }
                self.make(&Edit::Note(item, text))
            }
            Dialog::Choose { purpose, choice, found, .. } => {
                let choice = *found.get(choice)?;
                self.chosen(purpose, choice)
            }
            _ => None,
        }
    }

    fn chosen(&mut self, purpose: Purpose, choice: Choice) -> Option<Effect> {
        let edit = match (purpose, choice) {
            (Purpose::Speaker(id), Choice::Words) => {
                self.start_marking(Marking::Speaker(id), Edge::End);
                return None;
            }
            (Purpose::Speaker(id), Choice::Nobody) => Edit::Speaker(id, None),
            (Purpose::Speaker(id), Choice::Entity(who)) => Edit::Speaker(id, Some(SpeakerRef::Entity(who))),
            (Purpose::Name(span), Choice::Entity(who)) => Edit::AddMention(span, Target::Entity(who)),
            (Purpose::Link(id), Choice::Entity(who)) => Edit::Link(id, Target::Entity(who)),
            (Purpose::Merge(id), Choice::Entity(who)) => Edit::Merge(id, who),
            (_, Choice::Nobody | Choice::Words) => return None,
        };
        self.make(&edit)
    }
}
