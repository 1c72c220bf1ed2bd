//! Decisions about who is who over all documents: a menu, a choice among those who may be meant, a line for a name.

use super::ask::{LibraryEffect, LibraryOpening, Who};
use crate::{
    library::{Decision, people::Entry},
    tui::{
        action::{Action, Command, Control, Correction, Motion},
        app::{
            context::Context,
            event::Effect,
            input::{Edited, LineInput},
            outcome::{Opening, Outcome, Request},
            overlay::list::{List, ListLine, moved},
        },
        keymap::Mode,
        strings::Phrase,
    },
};

/// What lies over the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryDialog {
    /// The line that is typed; it belongs to the library.
    Line,
    /// What can be decided about somebody.
    Menu(Menu),
    /// With whom somebody is one.
    Whom(Whom),
    /// Another name for somebody.
    Name(Who, LineInput),
}

/// What can be decided about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    who: Who,
    /// The name of the document in which it may be another.
    document: Option<String>,
    choice: usize,
}

/// With whom somebody is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whom {
    who: Who,
    /// What is typed.
    pub input: LineInput,
    choice: usize,
    /// Those who may be meant; none while nobody knows.
    found: Option<Vec<Entry>>,
}

/// Lines of the choice: it keeps its size while it is typed into.
const LINES: usize = 10;

/// What a decision does that was asked for by its key or in the menu.
pub fn outcome(correction: Correction, who: Who, document: Option<String>, context: &Context<'_>) -> Outcome {
    let decided = |decision: Decision, said: String| Outcome::from([Request::Close, Request::Decide(decision, said)]);
    let Who { kind, name, .. } = who.clone();
    match (correction, document) {
        (Correction::Merge | Correction::Link, _) => Request::Open(Opening::Library(LibraryOpening::Whom(who))).into(),
        (Correction::Rename, _) => Request::Open(Opening::Library(LibraryOpening::Name(who))).into(),
        (Correction::Reject, _) => {
            let said = context.text(Phrase::DidRejectEverywhere { name: &name });
            decided(Decision::Reject { kind, name }, said)
        }
        (Correction::Split, Some(document)) => {
            let said = context.text(Phrase::DidSplitIn { name: &name, document: &document });
            decided(Decision::Split { kind, name, documents: vec![document] }, said)
        }
        _ => Outcome::from(Request::Close).then(Outcome::say(context.text(Phrase::NotForThis))),
    }
}

impl LibraryDialog {
    /// What is to be opened.
    #[must_use]
    pub fn open(opening: LibraryOpening) -> Self {
        match opening {
            LibraryOpening::Line => Self::Line,
            LibraryOpening::Menu(who, document) => Self::Menu(Menu { who, document, choice: 0 }),
            LibraryOpening::Whom(who) => Self::Whom(Whom { who, input: LineInput::default(), choice: 0, found: None }),
            LibraryOpening::Name(who) => {
                let input = LineInput::new(who.name.clone());
                Self::Name(who, input)
            }
        }
    }

    /// What is to be done when it is opened.
    pub fn opened(&self) -> Outcome {
        match self {
            Self::Whom(whom) => whom.ask(),
            Self::Line | Self::Menu(_) | Self::Name(..) => Outcome::none(),
        }
    }

    /// Where a key would be pressed now.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Menu(_) => Mode::Correct,
            Self::Line | Self::Whom(_) | Self::Name(..) => Mode::Line,
        }
    }

    /// The line that is being typed, where it is its own.
    #[must_use]
    pub const fn line(&self) -> Option<&LineInput> {
        match self {
            Self::Whom(whom) => Some(&whom.input),
            Self::Name(_, input) => Some(input),
            Self::Line | Self::Menu(_) => None,
        }
    }

    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match self {
            Self::Line => None,
            Self::Menu(menu) => Some(menu.update(action, context)),
            Self::Whom(whom) => whom.update(action, context),
            Self::Name(who, input) => match (input.edit(action), action) {
                (Edited::Not, Action::Control(Control::Enter)) => {
                    let (to, name) = (input.text().trim().to_owned(), who.name.clone());
                    let closed = Outcome::from(Request::Close);
                    if to.is_empty() || to == name {
                        return Some(closed);
                    }
                    let said = context.text(Phrase::DidRename { old: &name, new: &to });
                    Some(closed.then(Request::Decide(Decision::Rename { kind: who.kind, name, to }, said)))
                }
                (Edited::Not, Action::Control(Control::Cancel)) => Some(Request::Close.into()),
                (Edited::Not, _) => None,
                (Edited::Text | Edited::Caret | Edited::Older | Edited::Newer, _) => Some(Outcome::none()),
            },
        }
    }

    /// Takes letters that are typed; what is to be asked then.
    pub fn write(&mut self, text: &str) -> Outcome {
        match self {
            Self::Whom(whom) => {
                whom.input.write(text);
                whom.search()
            }
            Self::Name(_, input) => {
                input.write(text);
                Outcome::none()
            }
            Self::Line | Self::Menu(_) => Outcome::none(),
        }
    }

    /// Takes who may be meant by what was typed.
    pub fn take(&mut self, typed: &str, found: Vec<Entry>) {
        if let Self::Whom(whom) = self
            && whom.input.text() == typed
        {
            whom.choice = 0;
            whom.found = Some(found);
        }
    }

    /// Takes the line that was clicked.
    pub fn press(&mut self, line: usize, context: &Context<'_>) -> Outcome {
        match self {
            Self::Menu(menu) => menu.press(line, context),
            Self::Whom(whom) => {
                whom.choice = line;
                whom.enter(context)
            }
            Self::Line | Self::Name(..) => Outcome::none(),
        }
    }

    /// How it is drawn, where it is a list.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> Option<List> {
        match self {
            Self::Menu(menu) => Some(menu.list(context)),
            Self::Whom(whom) => Some(whom.list(context)),
            Self::Line | Self::Name(..) => None,
        }
    }

    /// What stands in the status line, where the line is its own.
    #[must_use]
    pub fn prompt(&self, context: &Context<'_>) -> Option<String> {
        let Self::Name(_, input) = self else { return None };
        let typed = &input.shown(usize::from(context.size.0) / 2);
        Some(context.text(Phrase::WriteName { typed }))
    }
}

impl Menu {
    fn possible(&self) -> &'static [Correction] {
        const ALL: &[Correction] = &[Correction::Merge, Correction::Rename, Correction::Reject, Correction::Split];
        const WHOLE: &[Correction] = &[Correction::Merge, Correction::Rename, Correction::Reject];
        if self.document.is_some() { ALL } else { WHOLE }
    }

    fn update(&mut self, action: Action, context: &Context<'_>) -> Outcome {
        match action {
            Action::Motion(motion) => {
                let lines = self.possible().len();
                self.choice = moved(self.choice, motion, lines, context).unwrap_or(self.choice);
                Outcome::none()
            }
            Action::Control(Control::Enter) => self.press(self.choice, context),
            Action::Control(Control::Cancel)
            | Action::Correction(Correction::Menu)
            | Action::Command(Command::Quit) => Request::Close.into(),
            Action::Correction(correction) => outcome(correction, self.who.clone(), self.document.clone(), context),
            _ => Outcome::from(Request::Close).then(Outcome::fault(context.text(Phrase::NotForThis))),
        }
    }

    fn press(&self, line: usize, context: &Context<'_>) -> Outcome {
        let correction = self.possible().get(line).copied();
        let decided = |correction| outcome(correction, self.who.clone(), self.document.clone(), context);
        correction.map_or_else(Outcome::none, decided)
    }

    fn list(&self, context: &Context<'_>) -> List {
        let line = |correction: &Correction| {
            let keys = context.config.keymap.keys(Mode::Correct, (*correction).into());
            let key = keys.first().map(ToString::to_string).unwrap_or_default();
            let text = match correction {
                Correction::Merge => Phrase::EverywhereMerge,
                Correction::Rename => Phrase::EverywhereRename,
                Correction::Reject => Phrase::EverywhereReject,
                _ => Phrase::EverywhereSplit,
            };
            ListLine::new(key, context.text(text))
        };
        let lines: Vec<ListLine> = self.possible().iter().map(line).collect();
        let list = List::in_the_middle(lines.len(), 0, context);
        let title = context.text(Phrase::Everywhere { name: &self.who.name });
        List { title, lines, choice: Some(self.choice), keys: 4, ..list }
    }
}

impl Whom {
    fn ask(&self) -> Outcome {
        let typed = self.input.text().to_owned();
        Request::Effect(Effect::Library(LibraryEffect::Whom(self.who.kind, self.who.id, typed))).into()
    }

    fn search(&mut self) -> Outcome {
        (self.found, self.choice) = (None, 0);
        self.ask()
    }

    fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        let edited = self.input.edit(action);
        let mut go = |motion: Motion| {
            let lines = self.found.as_ref().map_or(0, Vec::len);
            self.choice = moved(self.choice, motion, lines, context).unwrap_or(self.choice);
            Outcome::none()
        };
        Some(match edited {
            Edited::Text => self.search(),
            Edited::Caret => Outcome::none(),
            Edited::Older => go(Motion::Up),
            Edited::Newer => go(Motion::Down),
            Edited::Not => match action {
                Action::Control(Control::Enter) => self.enter(context),
                Action::Control(Control::Cancel) => Request::Close.into(),
                _ => return None,
            },
        })
    }

    fn enter(&self, context: &Context<'_>) -> Outcome {
        let Some(found) = &self.found else { return Outcome::say(context.text(Phrase::LibraryAsking)) };
        let Some(other) = found.get(self.choice) else {
            return Outcome::say(context.text(Phrase::NotFound { text: self.input.text() }));
        };
        let (name, with) = (self.who.name.clone(), other.name.clone());
        let said = context.text(Phrase::DidMerge { from: &with, into: &name });
        let decision = Decision::Merge { kind: self.who.kind, name, with };
        Outcome::from([Request::Close, Request::Decide(decision, said)])
    }

    fn list(&self, context: &Context<'_>) -> List {
        let line = |entry: &Entry| {
            let count = usize::try_from(entry.documents).unwrap_or(usize::MAX);
            ListLine::new(context.number(count), entry.name.clone())
        };
        let lines = match &self.found {
            None => vec![ListLine::new(String::new(), context.text(Phrase::LibraryAsking))],
            Some(found) if found.is_empty() => vec![ListLine::new(String::new(), context.text(Phrase::NoneFound))],
            Some(found) => found.iter().map(line).collect(),
        };
        let list = List::in_the_middle(LINES, 0, context);
        let typed = &self.input.shown(usize::from(context.size.0) / 2);
        let title = context.text(Phrase::OneWith { name: &self.who.name, typed });
        List { title, lines, choice: Some(self.choice), keys: 6, ..list }
    }
}
