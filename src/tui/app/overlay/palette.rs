//! The palette: every action, to choose from by its name or its key.

use super::list::{List, ListLine, moved};
use crate::{
    arabic::normalize::fold,
    tui::{
        action::{Action, Command, Control, Correction, Marking, Motion},
        app::{
            context::Context,
            input::{Edited, LineInput},
            outcome::{Outcome, Request},
        },
        keymap::Mode,
        strings::Phrase,
    },
};
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};
use std::cmp::Reverse;

/// Lines of the palette: it keeps its size while it is typed into.
const LINES: usize = 16;

/// Every action, to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What is typed.
    pub input: LineInput,
    /// Whether the keys go to the list rather than to the line.
    pub in_list: bool,
    choice: usize,
    /// What was found, best first.
    found: Vec<Action>,
}

impl Palette {
    /// With every action.
    #[must_use]
    pub fn new(context: &Context<'_>) -> Self {
        let mut palette = Self::default();
        palette.search(context);
        palette
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
                Action::Control(Control::Enter) => return Some(self.enter()),
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

    fn enter(&self) -> Outcome {
        let action = self.found.get(self.choice).copied();
        Outcome::from(Request::Close).then(action.map(Request::Do))
    }

    /// Does what was clicked.
    pub fn press(&mut self, line: usize) -> Outcome {
        if line >= self.found.len() {
            return Outcome::none();
        }
        self.choice = line;
        self.enter()
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let keymap = &context.config.keymap;
        let lines = self.found.iter().map(|action| {
            let keys = in_menu(*action, context).unwrap_or_else(|| keymap.first(*action));
            ListLine::new(keys, context.config.strings.action(*action).to_owned())
        });
        let typed = self.input.shown(usize::from(context.size.0) / 2);
        let list = List::in_the_middle(LINES, 0, context);
        let title = context.text(Phrase::Palette { typed: &typed });
        List { title, lines: lines.collect(), choice: Some(self.choice), ..list }
    }

    /// Finds the actions that are meant by what was typed, best first.
    fn search(&mut self, context: &Context<'_>) {
        self.choice = 0;
        let strings = context.config.strings;
        let line = self.input.text();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(&fold(line), CaseMatching::Ignore, Normalization::Smart);
        let mut scored: Vec<(u32, usize, Action)> = Vec::new();
        for &action in Action::ALL.iter().filter(|action| is_named(**action)) {
            let text = fold(&format!("{} {}", strings.action(action), action.name()));
            let mut buffer = Vec::new();
            if let Some(score) = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher) {
                scored.push((score, text.len(), action));
            }
        }
        let typed = line.trim();
        let mut exact = Vec::new();
        if !line.is_empty() {
            scored.sort_by_key(|(score, length, _)| (Reverse(*score), *length));
            exact = exactly(typed, context);
        }
        let others = scored.into_iter().map(|(_, _, action)| action).filter(|action| !exact.contains(action));
        self.found = exact.iter().copied().chain(others).collect();
    }
}

/// What vi calls it.
const ALIASES: [(&str, Command); 5] =
    [("q", Command::Quit), ("q!", Command::Quit), ("wq", Command::Quit), ("qa", Command::Quit), ("h", Command::Help)];

/// The actions that are called exactly so, or have that key: what the key does in the text first, then in the panel, in
/// lists and dialogs.
fn exactly(typed: &str, context: &Context<'_>) -> Vec<Action> {
    let alias = ALIASES.iter().find(|(name, _)| *name == typed).map(|(_, command)| Action::from(*command));
    let named = typed.parse::<Action>().ok();
    let key = typed.parse().ok();
    let keyed = [Mode::Text, Mode::Panel, Mode::List, Mode::Correct, Mode::Span, Mode::Line]
        .into_iter()
        .filter_map(|mode| context.config.keymap.action(mode, key?));
    let mut exact: Vec<Action> = Vec::new();
    for action in alias.into_iter().chain(named).chain(keyed).filter(|action| is_named(*action)) {
        if !exact.contains(&action) {
            exact.push(action);
        }
    }
    exact
}

/// Whether an action makes sense when it is chosen by its name: not what only moves a caret, or the ends of marked words.
const fn is_named(action: Action) -> bool {
    match action {
        Action::LineEdit(_) | Action::Control(Control::Enter) => false,
        Action::Marking(marking) => matches!(marking, Marking::Begin),
        _ => true,
    }
}

/// The keys that lead to an action of the menu from outside: `c p`.
fn in_menu(action: Action, context: &Context<'_>) -> Option<String> {
    let keys = &context.config.keymap;
    if !matches!(action, Action::Correction(_) | Action::Marking(Marking::Begin))
        || !keys.keys(Mode::Always, action).is_empty()
    {
        return None;
    }
    let open = keys.keys(Mode::Always, Correction::Menu.into()).first()?;
    keys.keys(Mode::Correct, action).first().map(|key| format!("{open} {key}"))
}
