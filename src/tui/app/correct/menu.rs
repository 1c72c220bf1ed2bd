//! The menu of corrections: what can be said about its subject.

use super::{correct, possible, subject::Subject};
use crate::{
    annotation::Item,
    tui::{
        action::{Action, Control, Correction},
        app::{
            context::Context,
            outcome::{Outcome, Request},
            overlay::list::{List, ListLine, moved},
        },
        keymap::Mode,
        strings::Phrase,
    },
};

/// The corrections of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Menu {
    subject: Subject,
    choice: usize,
}

impl Menu {
    /// The corrections of something.
    #[must_use]
    pub const fn new(subject: Subject) -> Self {
        Self { subject, choice: 0 }
    }

    /// Takes an action.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Outcome {
        match action {
            Action::Motion(motion) => {
                let lines = possible(self.subject, context).len();
                self.choice = moved(self.choice, motion, lines, context).unwrap_or(self.choice);
                Outcome::none()
            }
            Action::Control(Control::Enter) => self.press(self.choice, context),
            Action::Control(Control::Cancel) | Action::Correction(Correction::Menu) => Request::Close.into(),
            Action::Correction(correction) => correct(correction, Some(self.subject), context),
            Action::Control(Control::Focus)
            | Action::Walk(_)
            | Action::Jump(_)
            | Action::Find(_)
            | Action::PanelAction(_)
            | Action::DetailAction(_)
            | Action::DocumentAction(_)
            | Action::Revision(_)
            | Action::Marking(_)
            | Action::Command(_)
            | Action::LibraryAction(_)
            | Action::Setting(_)
            | Action::LineEdit(_) => {
                Outcome::from(Request::Close).then(Outcome::fault(context.text(Phrase::NotForThis)))
            }
        }
    }

    /// Does the correction on a line.
    pub fn press(&self, line: usize, context: &Context<'_>) -> Outcome {
        let correction = possible(self.subject, context).get(line).copied();
        correction.map_or_else(Outcome::none, |correction| correct(correction, Some(self.subject), context))
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let lines: Vec<ListLine> = possible(self.subject, context)
            .into_iter()
            .map(|correction| {
                let keys = context.config.keymap.keys(Mode::Correct, correction.into());
                let key = keys.first().map(ToString::to_string).unwrap_or_default();
                ListLine::new(key, context.config.strings.action(correction.into()).to_owned())
            })
            .collect();
        let list = List::in_the_corner(lines.len(), context);
        List { title: self.title(context), lines, choice: Some(self.choice), ..list }
    }

    fn title(&self, context: &Context<'_>) -> String {
        match self.subject {
            Subject::Words(span) => context.text(Phrase::OfWords { words: &context.words(span) }),
            Subject::Item(item @ Item::Mention(_)) => context.text(Phrase::OfMention { words: &context.name(item) }),
            Subject::Item(item @ Item::Quote(_)) => context.text(Phrase::OfQuote { words: &context.name(item) }),
            Subject::Item(item @ Item::Entity(id)) => {
                let count = context.number(context.mentions(id));
                context.text(Phrase::OfEntity { name: &context.name(item), count: &count })
            }
        }
    }
}
