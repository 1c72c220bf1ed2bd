//! A letter that is waited for, to set a mark or to go to it.

use crate::{
    text::Span,
    tui::{
        app::{
            context::Context,
            outcome::{Outcome, Request},
            revision::Change,
        },
        strings::Phrase,
    },
};

/// A letter that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterPrompt {
    /// Whether a mark is to be set.
    pub set: bool,
}

impl LetterPrompt {
    /// Sets the mark of a letter, or goes to it.
    pub fn take(self, letter: char, context: &Context<'_>) -> Outcome {
        let name = letter.to_string();
        let here = context.here();
        if self.set {
            let said = context.text(Phrase::MarkSet { letter: &name });
            return Request::Change(Change::Mark(letter, here.top), said).into();
        }
        match here.marks.get(&letter).copied() {
            None => Outcome::say(context.text(Phrase::NoMark { letter: &name })),
            Some(place) => {
                let top = here.page.at(&here.document, place).anchor().min(here.last_top(context.window()));
                [Request::Leave, Request::ScrollTo(top), Request::Point(Span::new(place, place))].into()
            }
        }
    }

    /// What stands in the status line.
    #[must_use]
    pub fn prompt(self, context: &Context<'_>) -> String {
        context.text(if self.set { Phrase::MarkLetter } else { Phrase::GoLetter })
    }
}
