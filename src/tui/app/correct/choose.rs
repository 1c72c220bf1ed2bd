//! Choosing an entity: whose name it is, who speaks, with whom it is one.

use super::{
    describe::percent,
    places::occurrences,
    subject::{MarkPurpose, Purpose},
};
use crate::{
    annotation::{Edge, Edit, EntityId, Item, Kind, SpeakerRef, Target},
    arabic::{normalize::fold, transliteration::NameQuery},
    text::Span,
    tui::{
        action::{Action, Command, Control, Motion},
        app::{
            context::Context,
            input::{Edited, LineInput},
            outcome::{Opening, Outcome, Request},
            overlay::list::{List, ListLine, moved},
            selection::Selection,
        },
        strings::Phrase,
    },
};

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// An entity.
    Entity(EntityId),
    /// Words of the text that may say who speaks.
    Nominal(Span),
    /// Nobody.
    Nobody,
    /// Words of the text, which are to be marked.
    Words,
    /// A person who was not found, whom these words name.
    New(Span),
    /// What is typed names nobody here.
    Unknown,
}

/// Lines of the list: it keeps its size while it is typed into.
const LINES: usize = 10;

/// The entities to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chooser {
    purpose: Purpose,
    /// What is typed to narrow the list down.
    pub input: LineInput,
    /// Whether the keys go to the list rather than to the line.
    pub in_list: bool,
    choice: usize,
    found: Vec<Choice>,
}

/// The entity of a kind that words of the text name by one of its forms.
#[must_use]
pub fn known(span: Span, kind: Kind, context: &Context<'_>) -> Option<EntityId> {
    let here = context.here();
    let words = fold(&here.document.slice(span).split_whitespace().collect::<Vec<_>>().join(" "));
    let mut alike = here.annotations.entities.iter().filter(|entity| entity.kind == kind);
    let known = alike.find(|entity| {
        std::iter::once(&entity.name).chain(&entity.aliases).any(|form| !words.is_empty() && fold(form) == words)
    });
    known.map(|entity| entity.id)
}

impl Chooser {
    /// With everybody who may be meant.
    #[must_use]
    pub fn new(purpose: Purpose, context: &Context<'_>) -> Self {
        let mut chooser = Self { purpose, input: LineInput::default(), in_list: false, choice: 0, found: Vec::new() };
        chooser.search(context);
        chooser
    }

    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match action {
            Action::Motion(motion) if self.in_list => {
                self.go(motion, context);
                return Some(Outcome::none());
            }
            Action::Control(Control::Focus) => {
                self.in_list = !self.in_list;
                return Some(Outcome::none());
            }
            Action::Command(Command::Quit) if self.in_list => return Some(Request::Close.into()),
            _ => {}
        }
        match self.input.edit(action) {
            Edited::Text => self.search(context),
            Edited::Caret => {}
            Edited::Older => self.go(Motion::Up, context),
            Edited::Newer => self.go(Motion::Down, context),
            Edited::Not => match action {
                Action::Control(Control::Enter) => return Some(self.enter(context)),
                Action::Control(Control::Cancel) => return Some(Request::Close.into()),
                _ => return None,
            },
        }
        Some(Outcome::none())
    }

    /// Takes letters that are typed.
    pub fn write(&mut self, text: &str, context: &Context<'_>) {
        self.input.write(text);
        self.search(context);
    }

    fn go(&mut self, motion: Motion, context: &Context<'_>) {
        self.choice = moved(self.choice, motion, self.found.len(), context).unwrap_or(self.choice);
    }

    /// Takes what was clicked.
    pub fn press(&mut self, line: usize, context: &Context<'_>) -> Outcome {
        if line >= self.found.len() {
            return Outcome::none();
        }
        self.choice = line;
        self.enter(context)
    }

    /// Finds the entities that are meant by what was typed: those of the same kind first, the nearest in the text first.
    fn search(&mut self, context: &Context<'_>) {
        let query = NameQuery::new(self.input.text());
        let here = context.here();
        let (own, at) = match self.purpose {
            Purpose::Name(span) => (None, span.start),
            Purpose::Link(id) => (here.entity_of(Item::Mention(id)), here.mention(id).map_or(0, |m| m.span.start)),
            Purpose::Merge(id) => (Some(id), here.annotations.mentions_of(id).next().map_or(0, |m| m.span.start)),
            Purpose::Speaker(id) => (None, here.annotations.quote(id).map_or(0, |quote| quote.span.start)),
        };
        let for_speaker = matches!(self.purpose, Purpose::Speaker(_));
        let kind = own.and_then(|id| here.annotations.entity(id)).map(|entity| entity.kind);
        let mut entities: Vec<(bool, usize, EntityId)> = Vec::new();
        for entity in here.annotations.entities.iter().filter(|entity| Some(entity.id) != own) {
            let named = std::iter::once(&entity.name).chain(&entity.aliases).any(|form| query.finds(form));
            if query.is_empty() || named {
                let places = here.places(Selection::Entity(entity.id));
                let near = places.iter().map(|place| place.start.abs_diff(at)).min().unwrap_or(usize::MAX);
                let person = for_speaker && entity.kind == Kind::Person;
                entities.push((kind != Some(entity.kind) && !person, near, entity.id));
            }
        }
        entities.sort_unstable();
        self.found = entities.into_iter().map(|(.., id)| Choice::Entity(id)).collect();
        if let Purpose::Speaker(id) = self.purpose {
            // Those who may have spoken come first, the likeliest before the others.
            let candidates = here.annotations.quote(id).map(|quote| quote.candidates.as_slice()).unwrap_or_default();
            for candidate in candidates.iter().rev() {
                let choice = candidate.entity.map_or(Choice::Nominal(candidate.span), Choice::Entity);
                let is_meant = match choice {
                    Choice::Nominal(span) => query.is_empty() || query.finds(here.document.slice(span)),
                    other => self.found.contains(&other),
                };
                if is_meant {
                    self.found.retain(|found| *found != choice);
                    self.found.insert(0, choice);
                }
            }
        }
        if for_speaker {
            if !query.is_empty() {
                let places = occurrences(&here.document, self.input.text());
                let near = places.into_iter().min_by_key(|place| place.start.abs_diff(at));
                let new = near.filter(|place| here.mentions_in(*place).next().is_none()).map(Choice::New);
                self.found.extend(new);
                if self.found.is_empty() {
                    self.found.push(Choice::Unknown);
                }
            }
            self.found.extend([Choice::Words, Choice::Nobody]);
        }
        self.choice = 0;
    }

    /// Takes what is chosen.
    fn enter(&self, context: &Context<'_>) -> Outcome {
        let closed = Outcome::from(Request::Close);
        // What is typed is not thrown away because nobody is called so.
        let Some(choice) = self.found.get(self.choice).copied().filter(|choice| *choice != Choice::Unknown) else {
            return Outcome::say(context.text(Phrase::NotFound { text: self.input.text() }));
        };
        let edit = match (self.purpose, choice) {
            (Purpose::Speaker(id), Choice::Words) => {
                return closed.then(Request::Open(Opening::Span(MarkPurpose::Speaker(id), Edge::End)));
            }
            (Purpose::Speaker(id), Choice::New(span)) => {
                return closed.then([Request::NewSpeaker(id, span), Request::OfferPlaces(span)]);
            }
            (Purpose::Speaker(id), Choice::Nobody) => Edit::Speaker(id, None),
            (Purpose::Speaker(id), Choice::Nominal(words)) => Edit::Speaker(id, Some(SpeakerRef::Words(words))),
            (Purpose::Speaker(id), Choice::Entity(who)) => Edit::Speaker(id, Some(SpeakerRef::Entity(who))),
            (Purpose::Name(span), Choice::Entity(who)) => Edit::AddMention(span, Target::Entity(who)),
            (Purpose::Link(id), Choice::Entity(who)) => Edit::Link(id, Target::Entity(who)),
            (Purpose::Merge(id), Choice::Entity(who)) => Edit::Merge(id, who),
            (_, Choice::Nobody | Choice::Words | Choice::New(_) | Choice::Unknown | Choice::Nominal(_)) => {
                return closed;
            }
        };
        closed.then(Request::Edit(edit))
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let lines = self.found.iter().map(|choice| match choice {
            Choice::Entity(id) => {
                let key = self.chance(*choice, context).unwrap_or_else(|| context.number(context.mentions(*id)));
                ListLine::new(key, context.name(Item::Entity(*id)))
            }
            Choice::Nominal(span) => {
                ListLine::new(self.chance(*choice, context).unwrap_or_default(), context.words(*span))
            }
            Choice::Nobody => ListLine::new(String::new(), context.text(Phrase::Nobody)),
            Choice::Words => ListLine::new(String::new(), context.text(Phrase::ByWords)),
            Choice::New(span) => {
                let name = context.here().document.slice(*span);
                ListLine::new("+".to_owned(), context.text(Phrase::DidPerson { name }))
            }
            Choice::Unknown => ListLine::new(String::new(), context.text(Phrase::NotFound { text: self.input.text() })),
        });
        let list = List::in_the_corner(LINES, context);
        List { title: self.title(context), lines: lines.collect(), choice: Some(self.choice), ..list }
    }

    /// How likely a candidate speaks.
    fn chance(&self, choice: Choice, context: &Context<'_>) -> Option<String> {
        let Purpose::Speaker(id) = self.purpose else { return None };
        let mut candidates = context.here().annotations.quote(id)?.candidates.iter();
        let found = candidates.find(|one| one.entity.map_or(Choice::Nominal(one.span), Choice::Entity) == choice);
        found.map(|one| format!("{}%", context.number(percent(one.chance))))
    }

    fn title(&self, context: &Context<'_>) -> String {
        let typed = &self.input.shown(usize::from(context.size.0) / 2);
        match self.purpose {
            Purpose::Name(span) => context.text(Phrase::WhoseName { name: &context.words(span), typed }),
            Purpose::Link(id) => context.text(Phrase::WhoseName { name: &context.name(Item::Mention(id)), typed }),
            Purpose::Merge(id) => context.text(Phrase::OneWith { name: &context.name(Item::Entity(id)), typed }),
            Purpose::Speaker(id) => context.text(Phrase::WhoSays { quote: &context.name(Item::Quote(id)), typed }),
        }
    }
}
