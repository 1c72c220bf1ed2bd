//! The keys.

use super::list::{List, ListLine, moved};
use crate::tui::{
    action::{Action, Command, Control},
    app::{
        context::Context,
        outcome::{Outcome, Request},
    },
    keymap::Mode,
    strings::Phrase,
};

/// The keys, from a line on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    top: usize,
}

impl Help {
    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match action {
            Action::Motion(motion) => {
                self.top = moved(self.top, motion, lines(context).len(), context)?;
                Some(Outcome::none())
            }
            Action::Control(Control::Enter | Control::Cancel) | Action::Command(Command::Help | Command::Quit) => {
                Some(Request::Close.into())
            }
            _ => None,
        }
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let lines = lines(context);
        let list = List::in_the_middle(lines.len(), 0, context);
        let title = context.text(Phrase::Help);
        List { title, lines, scrolled: Some(self.top), headed: true, ..list }
    }
}

/// A heading for each place, its actions with their keys.
fn lines(context: &Context<'_>) -> Vec<ListLine> {
    let strings = context.config.strings;
    let mut lines = Vec::new();
    for mode in Mode::ALL {
        if !lines.is_empty() {
            lines.push(ListLine::default());
        }
        lines.push(ListLine::new(String::new(), strings.mode(mode).to_owned()));
        for (action, keys) in context.config.keymap.of(mode) {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            lines.push(ListLine::new(keys.join("  "), strings.action(action).to_owned()));
        }
    }
    lines
}
