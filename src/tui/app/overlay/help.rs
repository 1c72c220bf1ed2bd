//! The keys, in groups, searched by `/`.

use super::list::{List, ListFilter, ListLine, moved};
use crate::{
    arabic::normalize::fold,
    tui::{
        action::{Action, Command, Control, Motion},
        app::{
            context::Context,
            input::Edited,
            outcome::{Outcome, Request},
        },
        keymap::Mode,
        strings::Phrase,
    },
};

/// The keys, from a line on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// What the lines are narrowed down to.
    pub filter: ListFilter,
    top: usize,
}

impl Help {
    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match self.filter.update(action) {
            Some(Edited::Older) => return self.go(Motion::Up, context),
            Some(Edited::Newer) => return self.go(Motion::Down, context),
            Some(_) => {
                self.top = 0;
                return Some(Outcome::none());
            }
            None => {}
        }
        match action {
            Action::Motion(motion) => self.go(motion, context),
            Action::Control(Control::Enter | Control::Cancel) | Action::Command(Command::Help | Command::Quit) => {
                Some(Request::Close.into())
            }
            _ => None,
        }
    }

    fn go(&mut self, motion: Motion, context: &Context<'_>) -> Option<Outcome> {
        self.top = moved(self.top, motion, lines(self.filter.text(), context).len(), context)?;
        Some(Outcome::none())
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let lines = lines(self.filter.text(), context);
        let list = List::in_the_middle(ROWS.max(lines.len()), 0, context);
        let title = self.filter.title(&context.text(Phrase::Help), context);
        List { title, lines, scrolled: Some(self.top), headed: true, ..list }
    }
}

/// Rows of the list, as many as there are on the screen: it keeps its size while it is narrowed down.
const ROWS: usize = 100;

/// The groups of actions, and how the help calls them.
const fn group(action: Action) -> Phrase<'static> {
    match action {
        Action::Motion(_) | Action::Control(_) | Action::Walk(_) | Action::Jump(_) => Phrase::GroupMoving,
        Action::Find(_) => Phrase::GroupSearching,
        Action::PanelAction(_) | Action::DetailAction(_) => Phrase::GroupPanel,
        Action::DocumentAction(_) => Phrase::GroupDocuments,
        Action::Revision(_) | Action::Correction(_) => Phrase::GroupCorrecting,
        Action::Marking(_) => Phrase::GroupMarking,
        Action::Command(_) => Phrase::GroupProgram,
        Action::LibraryAction(_) => Phrase::GroupLibrary,
        Action::Setting(_) => Phrase::GroupLooks,
        Action::LineEdit(_) => Phrase::GroupTyping,
    }
}

/// The places where most keys are pressed; the others have keys of their own.
const OPEN: [Mode; 5] = [Mode::Always, Mode::Text, Mode::Panel, Mode::Library, Mode::List];

/// Each group with its actions and their keys, then the keys of the places that have their own; of those that are meant by
/// what was typed.
fn lines(typed: &str, context: &Context<'_>) -> Vec<ListLine> {
    let (strings, keymap) = (context.config.strings, &context.config.keymap);
    let mut all: Vec<(String, Vec<ListLine>)> = Vec::new();
    let mut add = |heading: String, line: ListLine| match all.last_mut() {
        Some((last, lines)) if *last == heading => lines.push(line),
        _ => all.push((heading, vec![line])),
    };
    for action in Action::ALL {
        let mut keys: Vec<String> = Vec::new();
        for key in OPEN.into_iter().filter_map(|mode| keymap.own(mode, *action)).flatten() {
            let key = key.to_string();
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if !keys.is_empty() {
            add(strings.text(group(*action)), ListLine::new(keys.join("  "), strings.action(*action).to_owned()));
        }
    }
    for mode in Mode::ALL.into_iter().filter(|mode| mode.is_closed()) {
        for (action, keys) in keymap.of(mode) {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let line = ListLine::new(keys.join("  "), strings.action(action).to_owned());
            add(strings.mode(mode).to_owned(), line);
        }
    }
    let wanted = fold(typed);
    let is_meant = |line: &ListLine| {
        wanted.trim().is_empty()
            || fold(&line.text).contains(wanted.trim())
            || line.key.split("  ").any(|key| key == typed.trim())
    };
    let mut lines = Vec::new();
    for (heading, group) in all {
        let mut group = group.into_iter().filter(is_meant).peekable();
        if group.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(ListLine::default());
        }
        lines.push(ListLine::new(String::new(), heading));
        lines.extend(group);
    }
    lines
}
