//! A line that is written about something that was found: its name, a note.

use super::subject::Writing;
use crate::{
    annotation::Edit,
    tui::{
        action::{Action, Control},
        app::{
            context::Context,
            input::{Edited, LineInput},
            outcome::{Outcome, Request},
        },
        strings::Phrase,
    },
};

/// A line that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    what: Writing,
    /// What is written so far.
    pub input: LineInput,
}

impl Writer {
    /// A line that begins with a text.
    #[must_use]
    pub const fn new(what: Writing, text: String) -> Self {
        Self { what, input: LineInput::new(text) }
    }

    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match (self.input.edit(action), action) {
            (Edited::Not, Action::Control(Control::Enter)) => {
                Some(Outcome::from(Request::Close).then(self.edit(context).map(Request::Edit)))
            }
            (Edited::Not, Action::Control(Control::Cancel)) => Some(Request::Close.into()),
            (Edited::Not, _) => None,
            (Edited::Text | Edited::Caret | Edited::Older | Edited::Newer, _) => Some(Outcome::none()),
        }
    }

    fn edit(&self, context: &Context<'_>) -> Option<Edit> {
        match self.what {
            Writing::Name(id) => Some(Edit::Rename(id, self.input.text().to_owned())),
            Writing::Note(item) => {
                let text = Some(self.input.text().trim().to_owned()).filter(|text| !text.is_empty());
                (text.as_deref() != context.here().note(item)).then_some(Edit::Note(item, text))
            }
        }
    }

    /// What stands in the status line.
    #[must_use]
    pub fn prompt(&self, context: &Context<'_>) -> String {
        let typed = &self.input.shown(usize::from(context.size.0) / 2);
        context.text(match self.what {
            Writing::Name(_) => Phrase::WriteName { typed },
            Writing::Note(_) => Phrase::WriteNote { typed },
        })
    }
}
