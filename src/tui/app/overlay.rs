//! What lies over the rest: help, palette, and other lists to choose from.

use super::{App, Effect, Location, correct::Dialog, export, geometry::Area};
use crate::{
    arabic::normalize::fold,
    tui::{action::Action, keymap::Mode},
};
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

/// What lies over the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The keys, from that line on.
    Help {
        /// The topmost line.
        top: usize,
    },
    /// The line for searching.
    Search {
        /// Where the search began.
        from: Location,
    },
    /// The line that narrows the panel.
    Filter {
        /// What was there before.
        before: String,
    },
    /// Every action.
    Palette {
        /// What was typed.
        line: String,
        /// Which of the found is chosen.
        choice: usize,
        /// What was found, best first.
        found: Vec<Action>,
    },
    /// The export dialog.
    Export(export::Dialog),
    /// The documents.
    Documents {
        /// Which is chosen.
        choice: usize,
    },
    /// What is asked on the way to a correction.
    Correct(Dialog),
    /// A letter is waited for, to set a mark or to go to it.
    Letter {
        /// Whether it is to be set.
        set: bool,
    },
}

impl Overlay {
    /// Whether the text and the panel stay in reach: nothing lies over them, or a line that is typed below them.
    #[must_use]
    pub const fn is_line(&self) -> bool {
        matches!(self, Self::None | Self::Search { .. } | Self::Filter { .. } | Self::Letter { .. })
    }
}

impl App {
    /// Takes an action that is for a list that lies over the rest; whether it was.
    pub(super) fn in_list(&mut self, action: Action) -> bool {
        let page = usize::from(self.size.1).saturating_sub(4).max(1);
        let last = match &self.overlay {
            Overlay::Help { .. } => self.help().len(),
            Overlay::Documents { .. } => self.documents.all().len(),
            Overlay::Correct(dialog @ (Dialog::Orphans { .. } | Dialog::Rejected { .. })) => self.dialog_len(dialog),
            _ => return false,
        };
        let last = last.saturating_sub(1);
        let (Overlay::Help { top: at }
        | Overlay::Documents { choice: at }
        | Overlay::Correct(Dialog::Orphans { choice: at } | Dialog::Rejected { choice: at })) = &mut self.overlay
        else {
            return false;
        };
        *at = match action {
            Action::Down => *at + 1,
            Action::Up => at.saturating_sub(1),
            Action::PageDown | Action::HalfDown => *at + page,
            Action::PageUp | Action::HalfUp => at.saturating_sub(page),
            Action::Start => 0,
            Action::End => last,
            _ => return self.close_list(action),
        }
        .min(last);
        true
    }

    /// The key that opened a list closes it too.
    fn close_list(&mut self, action: Action) -> bool {
        let closes = match self.overlay {
            Overlay::Help { .. } => matches!(action, Action::Help | Action::Enter),
            Overlay::Documents { .. } => action == Action::Documents,
            Overlay::Correct(Dialog::Orphans { .. }) => action == Action::Enter,
            Overlay::Correct(Dialog::Rejected { .. }) => action == Action::Rejected,
            _ => false,
        } || matches!(action, Action::Cancel | Action::Quit);
        if closes {
            self.overlay = Overlay::None;
        }
        closes
    }

    /// Takes the choice of a list.
    pub(super) fn choose(&mut self) -> Option<Effect> {
        match std::mem::take(&mut self.overlay) {
            Overlay::Documents { choice } => {
                if choice != self.documents.current() {
                    self.jumped();
                    self.open(choice);
                }
                None
            }
            Overlay::Correct(Dialog::Rejected { choice }) => self.bring_back(choice),
            _ => None,
        }
    }

    /// The lines of the help: a heading for each place, its actions with their keys.
    #[must_use]
    pub fn help(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        for mode in Mode::ALL {
            if !lines.is_empty() {
                lines.push((String::new(), String::new()));
            }
            lines.push((String::new(), self.config.strings.mode(mode).to_owned()));
            for (action, keys) in self.config.keymap.of(mode) {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                lines.push((keys.join("  "), self.config.strings.action(action).to_owned()));
            }
        }
        lines
    }

    /// How many lines the list has that lies over the rest.
    fn list_len(&self) -> usize {
        match &self.overlay {
            Overlay::Help { .. } => self.help().len(),
            Overlay::Palette { found, .. } => found.len(),
            Overlay::Documents { .. } => self.documents.all().len(),
            Overlay::Correct(dialog) => self.dialog_len(dialog),
            _ => 0,
        }
    }

    /// Where the list lies, its edges included.
    #[must_use]
    pub fn list_frame(&self) -> Area {
        let screen = Area { x: 0, y: 0, width: self.size.0, height: self.size.1.saturating_sub(1) };
        if let Overlay::Correct(dialog) = &self.overlay {
            return self.dialog_frame(dialog, screen);
        }
        // The palette keeps its size while it is typed into.
        let lines = if matches!(self.overlay, Overlay::Palette { .. }) { 16 } else { self.list_len() };
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2 + self.list_foot());
        screen.middle(76.min(self.size.0.saturating_sub(4)), height.min(screen.height.saturating_sub(2)))
    }

    /// Where its lines are.
    #[must_use]
    pub fn list_area(&self) -> Area {
        let (_, below) = self.list_frame().inset(2, 2).rows(1);
        Area { height: below.height.saturating_sub(1 + self.list_foot()), ..below }
    }

    /// Rows below the list: that of documents says who is in both.
    fn list_foot(&self) -> u16 {
        if matches!(self.overlay, Overlay::Documents { .. }) { 2 } else { 0 }
    }

    /// The topmost line that is shown of it.
    #[must_use]
    pub fn list_top(&self, height: u16) -> usize {
        let height = usize::from(height).max(1);
        match &self.overlay {
            Overlay::Help { top } => (*top).min(self.list_len().saturating_sub(height)),
            Overlay::Palette { choice, .. } | Overlay::Documents { choice } => (choice + 1).saturating_sub(height),
            Overlay::Correct(
                Dialog::Menu { choice, .. }
                | Dialog::Choose { choice, .. }
                | Dialog::Orphans { choice }
                | Dialog::Rejected { choice },
            ) => (choice + 1).saturating_sub(height),
            _ => 0,
        }
    }

    pub(super) fn open_palette(&mut self) {
        self.overlay = Overlay::Palette { line: String::new(), choice: 0, found: Vec::new() };
        self.match_palette();
    }

    /// Finds the actions that are meant by what was typed, best first.
    pub(super) fn match_palette(&mut self) {
        let Overlay::Palette { line, found, .. } = &mut self.overlay else { return };
        let strings = &self.config.strings;
        let hidden = [Action::Erase, Action::EraseAll, Action::EraseWord, Action::Older, Action::Newer, Action::Enter];
        let marking =
            [Action::OtherEdge, Action::LetterLeft, Action::LetterRight, Action::NextWord, Action::PreviousWord];
        let typing = [Action::WordLeft, Action::WordRight, Action::Delete];
        let named =
            |action: &&Action| !hidden.contains(*action) && !marking.contains(*action) && !typing.contains(*action);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(&fold(line), CaseMatching::Ignore, Normalization::Smart);
        let mut scored: Vec<(u32, usize, Action)> = Vec::new();
        for &action in Action::ALL.iter().filter(named) {
            let text = fold(&format!("{} {}", strings.action(action), action.name()));
            let mut buffer = Vec::new();
            if let Some(score) = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher) {
                scored.push((score, text.len(), action));
            }
        }
        let typed = line.trim();
        let has_key = |action: &Action| {
            let mut keys = Mode::ALL.iter().flat_map(|mode| self.config.keymap.keys(*mode, *action));
            keys.any(|key| key.to_string() == typed)
        };
        if !line.is_empty() {
            // A key finds what it does.
            scored.retain(|(_, _, action)| !has_key(action));
            scored.extend(
                Action::ALL.iter().filter(named).filter(|action| has_key(action)).map(|action| (u32::MAX, 0, *action)),
            );
            scored.sort_by_key(|(score, length, _)| (std::cmp::Reverse(*score), *length));
        }
        *found = scored.into_iter().map(|(_, _, action)| action).collect();
    }
}
