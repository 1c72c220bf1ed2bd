//! Corrections: what a person decides about what was found, while reading.
//!
//! ```text
//! what is marked, under the cursor, or selected --Subject--> Action --Edit--> OpenDocument::history --Effect::Save--> store
//! ```

mod choose;
mod describe;
mod memory;
mod menu;
mod span;

use super::{App, Effect, Focus, Overlay, Step, documents::Selection};
use crate::{
    annotation::{Edge, Edit, EntityId, Item, Kind, Mention, MentionId, QuoteId, QuoteKind, Target},
    text::Span,
    tui::{action::Action, keymap::Mode, strings::Phrase},
};

pub use choose::{Choice, Purpose};
pub use describe::is_unsure;
pub use memory::{Orphan, Persistence, Remembered};

/// What a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Words of the text that are marked.
    Words(Span),
    /// Something that was found.
    Item(Item),
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
pub enum Marking {
    /// For whatever is done with them.
    Any,
    /// To be the span of a mention or a quote.
    Span(Item),
    /// To be the words that say who speaks.
    Speaker(QuoteId),
}

/// What is asked on the way to a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Which correction.
    Menu {
        /// Of what.
        subject: Subject,
        /// Which line is chosen.
        choice: usize,
    },
    /// Which entity.
    Choose {
        /// What for.
        purpose: Purpose,
        /// What was typed to narrow the list down.
        line: String,
        /// Which of the found is chosen.
        choice: usize,
        /// What there is to choose from.
        found: Vec<Choice>,
    },
    /// Which words of one's own.
    Write {
        /// What they are.
        what: Writing,
        /// What is written so far.
        line: String,
    },
    /// Which words of the text; they are [`App::marked`].
    Span {
        /// What for.
        what: Marking,
        /// The end that the arrows move.
        edge: Edge,
    },
    /// What was rejected, to bring it back.
    Rejected {
        /// The line that is chosen.
        choice: usize,
    },
    /// What found no place in the text, to look at.
    Orphans {
        /// The line that is looked at.
        choice: usize,
    },
}

impl Dialog {
    /// Where keys go while it is open.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Menu { .. } => Mode::Correct,
            Self::Choose { .. } | Self::Write { .. } => Mode::Line,
            Self::Span { .. } => Mode::Span,
            Self::Orphans { .. } | Self::Rejected { .. } => Mode::List,
        }
    }
}

impl App {
    /// What a correction would be about: marked words; in the panel what is selected; in the text the mention under
    /// the cursor, else what is selected.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        if let Some(marked) = self.marked.filter(|span| !span.is_empty()) {
            return Some(Subject::Words(marked));
        }
        let here = self.documents.here();
        let selected = match here.selected {
            Some(Selection::Entity(id)) => Some(Item::Entity(id)),
            Some(Selection::Quote(id)) => Some(Item::Quote(id)),
            _ => None,
        };
        let own = |mention: &&Mention| !matches!(selected, Some(Item::Quote(_))) && mention.span == here.cursor;
        let mention = here.mentions_in(here.cursor).find(own).map(|mention| Item::Mention(mention.id));
        let item = if self.focus == Focus::Text { mention.or(selected) } else { selected };
        item.map(Subject::Item)
    }

    /// Does an action that corrects something.
    pub(super) fn correct(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Orphans => {
                self.show_lost();
                return None;
            }
            Action::Rejected => {
                self.show_rejected();
                return None;
            }
            Action::Mark => {
                self.mark_words();
                return None;
            }
            _ => {}
        }
        let menu = match self.overlay {
            Overlay::Correct(Dialog::Menu { subject, .. }) => Some(subject),
            _ => None,
        };
        self.overlay = Overlay::None;
        let Some(subject) = menu.or_else(|| self.subject()) else {
            let elsewhere = matches!(self.selected(), Some(Selection::EntityOf(..) | Selection::QuoteOf(..)));
            let name = if elsewhere { Phrase::InOtherDocument } else { Phrase::NothingToCorrect };
            self.say(self.config.strings.text(name));
            return None;
        };
        if let Some(reason) = self.documents.here().persistence.refusal() {
            self.fault(self.config.strings.text(reason));
            return None;
        }
        if action == Action::Correct {
            self.overlay = Overlay::Correct(Dialog::Menu { subject, choice: 0 });
            return None;
        }
        if !self.possible(subject).contains(&action) {
            self.fault(self.config.strings.text(Phrase::NotForThis));
            return None;
        }
        match subject {
            Subject::Words(span) => self.correct_words(span, action),
            Subject::Item(item) => self.correct_item(item, action),
        }
    }

    fn correct_words(&mut self, span: Span, action: Action) -> Option<Effect> {
        let edit = match action {
            Action::AsPerson | Action::AsOrganization | Action::AsPlace => {
                let kind = kind(action);
                let known = self.known(span, kind);
                Edit::AddMention(span, known.map_or(Target::New(kind), Target::Entity))
            }
            Action::AsDirect => Edit::AddQuote(span, QuoteKind::Direct, None),
            Action::AsIndirect => Edit::AddQuote(span, QuoteKind::Indirect, None),
            _ => {
                self.choose_for(Purpose::Name(span));
                return None;
            }
        };
        self.make(&edit)
    }

    fn correct_item(&mut self, item: Item, action: Action) -> Option<Effect> {
        let here = self.documents.here();
        let entity = here.entity_of(item);
        let edit = match (action, item) {
            (Action::Accept, _) => Edit::Accept(item),
            (Action::Reject, _) => Edit::Reject(item),
            (Action::AsPerson | Action::AsOrganization | Action::AsPlace, _) => Edit::Relabel(entity?, kind(action)),
            (Action::AsDirect, Item::Quote(id)) => Edit::QuoteKind(id, QuoteKind::Direct),
            (Action::AsIndirect, Item::Quote(id)) => Edit::QuoteKind(id, QuoteKind::Indirect),
            (Action::Split, Item::Mention(id)) => {
                let kind = here.annotations.entity(entity?)?.kind;
                Edit::Link(id, Target::New(kind))
            }
            _ => {
                self.ask(item, action);
                return None;
            }
        };
        self.make(&edit)
    }

    /// Opens what asks for the rest of a correction.
    fn ask(&mut self, item: Item, action: Action) {
        let here = self.documents.here();
        let entity = here.entity_of(item);
        match (action, item, entity) {
            (Action::Whole, _, Some(id)) => {
                let subject = Subject::Item(Item::Entity(id));
                self.overlay = Overlay::Correct(Dialog::Menu { subject, choice: 0 });
            }
            (Action::Rename, _, Some(id)) => {
                let line = here.annotations.entity(id).map(|entity| entity.name.clone()).unwrap_or_default();
                self.overlay = Overlay::Correct(Dialog::Write { what: Writing::Name(id), line });
            }
            (Action::Note, ..) => {
                let line = here.note(item).unwrap_or_default().to_owned();
                self.overlay = Overlay::Correct(Dialog::Write { what: Writing::Note(item), line });
            }
            (Action::Merge, _, Some(id)) => self.choose_for(Purpose::Merge(id)),
            (Action::Link, Item::Mention(id), _) => self.choose_for(Purpose::Link(id)),
            (Action::Speaker, Item::Quote(id), _) => self.choose_for(Purpose::Speaker(id)),
            (Action::Edges, ..) => self.move_edges(item),
            _ => {}
        }
    }

    /// Makes an edit, says what it did, and asks for it to be saved.
    pub(super) fn make(&mut self, edit: &Edit) -> Option<Effect> {
        let (number, now) = (self.documents.current(), self.now);
        let said = self.said(edit);
        let line = self.selected_line();
        let here = self.documents.here_mut();
        if let Err(refused) = here.edit(edit.clone(), now) {
            self.fault(self.config.strings.text(describe::refusal(refused)));
            return None;
        }
        self.marked = None;
        self.follow(edit, line);
        self.undo.push(said.clone(), Step::Correct(number));
        self.say(said);
        Some(Effect::Save(number))
    }

    /// Takes the last correction of a document back, or makes it again; what was corrected is shown.
    pub(super) fn step_correction(&mut self, number: usize, back: bool) -> Option<Effect> {
        if number != self.documents.current() {
            self.jumped();
            self.open(number);
        }
        let line = self.selected_line();
        let here = self.documents.here_mut();
        let edit = if back { here.undo() } else { here.redo() }?;
        self.marked = None;
        self.follow(&edit, line);
        Some(Effect::Save(number))
    }

    /// After an edit: the panel anew, and what was corrected is selected and on the screen.
    fn follow(&mut self, edit: &Edit, line: Option<usize>) {
        self.refresh(self.documents.current());
        let here = self.documents.here();
        let (selected, span) = here.touched(edit);
        let there = selected.filter(|target| self.panel.line_of(*target).is_some());
        if let Some(target) = there.or(selected) {
            self.documents.here_mut().selected = Some(target);
        } else if self.focus == Focus::Panel && self.selected_line().is_none() {
            // What was on the line is gone: the next one takes its place.
            let last = self.panel.lines.len().saturating_sub(1);
            self.select_line(line.unwrap_or_default().min(last));
        }
        if let Some(span) = span {
            self.put_cursor(span);
        }
        self.panel.clamp(usize::from(self.areas().panel.height));
        self.show_selected_line();
    }

    /// Says that something went wrong.
    pub(super) fn fault(&mut self, text: String) {
        self.notice = Some(super::Notice { text, fault: true });
    }
}

impl super::documents::OpenDocument {
    /// Whom an item is about; none for a quote.
    #[must_use]
    pub fn entity_of(&self, item: Item) -> Option<EntityId> {
        match item {
            Item::Entity(id) => Some(id),
            Item::Mention(id) => self.mention(id).map(|mention| mention.entity),
            Item::Quote(_) => None,
        }
    }

    /// The mention of that id.
    #[must_use]
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.annotations.mentions.iter().find(|mention| mention.id == id)
    }

    /// What a person wrote beside an item.
    #[must_use]
    pub fn note(&self, item: Item) -> Option<&str> {
        match item {
            Item::Entity(id) => self.annotations.entity(id)?.note.as_deref(),
            Item::Mention(id) => self.mention(id)?.note.as_deref(),
            Item::Quote(id) => self.annotations.quote(id)?.note.as_deref(),
        }
    }

    /// What an edit touched, where it is there: what to select, and where it is.
    fn touched(&self, edit: &Edit) -> (Option<Selection>, Option<Span>) {
        let mention = |found: Option<&Mention>| {
            (found.map(|mention| Selection::Entity(mention.entity)), found.map(|mention| mention.span))
        };
        let entity = |id: EntityId| (self.annotations.entity(id).map(|_| Selection::Entity(id)), None);
        let quote = |id: QuoteId| {
            let found = self.annotations.quote(id);
            (found.map(|quote| Selection::Quote(quote.id)), found.map(|quote| quote.span))
        };
        match *edit {
            Edit::Accept(item)
            | Edit::Reject(item)
            | Edit::Remove(item)
            | Edit::Respan(item, _)
            | Edit::Note(item, _) => match item {
                Item::Entity(id) => entity(id),
                Item::Mention(id) => mention(self.mention(id)),
                Item::Quote(id) => quote(id),
            },
            Edit::Relabel(id, _) | Edit::Rename(id, _) => entity(id),
            Edit::Link(id, _) => mention(self.mention(id)),
            Edit::AddMention(span, _) => mention(self.mentions_in(span).find(|mention| mention.span == span)),
            Edit::AddQuote(span, ..) => {
                let found = self.quotes_in(span).find(|quote| quote.span == span);
                found.map_or((None, Some(span)), |found| quote(found.id))
            }
            Edit::Merge(from, into) => {
                if self.annotations.entity(from).is_some() {
                    entity(from)
                } else {
                    entity(into)
                }
            }
            Edit::Speaker(id, _) | Edit::QuoteKind(id, _) => quote(id),
        }
    }
}

/// The kind that an action makes something.
const fn kind(action: Action) -> Kind {
    match action {
        Action::AsOrganization => Kind::Organization,
        Action::AsPlace => Kind::Place,
        _ => Kind::Person,
    }
}
