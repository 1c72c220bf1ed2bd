//! Keys, and the lines that are typed: search, filter, palette.

use super::{App, Effect, Overlay, correct::Dialog, documents::Selection, line_edit, reading::Way, search::Due};
use crate::{
    text::Span,
    tui::{
        action::Action,
        keymap::{Code, Key, Mode},
        strings::Phrase,
    },
};

impl App {
    /// Does what a key is for.
    pub(super) fn key(&mut self, key: Key) -> Option<Effect> {
        if let Overlay::Letter { set } = self.overlay {
            self.overlay = Overlay::None;
            if let Code::Char(letter) = key.code {
                self.mark(letter, set);
            }
            return None;
        }
        let mode = self.mode();
        let effect = match self.config.keymap.action(mode, key) {
            Some(action) if mode == Mode::Line => self.edit(action),
            Some(action) => self.update(action),
            None => {
                match (mode, key.code, key.control || key.alt) {
                    (Mode::Line, Code::Char(letter), false) => self.write(letter.encode_utf8(&mut [0; 4])),
                    (Mode::Line, ..) => {}
                    _ => self.say(self.config.strings.text(Phrase::NoKey { key: &key.to_string() })),
                }
                None
            }
        };
        if self.mode() != Mode::Line {
            self.after_caret = 0;
        }
        effect
    }

    /// Writes at the caret.
    fn write(&mut self, text: &str) {
        self.change_line(|line, at| {
            line.insert_str(at, text);
            at + text.len()
        });
    }

    /// Takes pasted text into the line that is being typed.
    pub(super) fn paste(&mut self, text: &str) {
        if self.mode() == Mode::Line {
            let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            self.write(text.trim());
        }
    }

    /// The line that is being typed.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        match &self.overlay {
            Overlay::Search { .. } => Some(&self.search.query),
            Overlay::Filter { .. } => Some(&self.panel.filter),
            Overlay::Export(dialog) => Some(&dialog.name),
            Overlay::Palette { line, .. }
            | Overlay::Correct(Dialog::Choose { line, .. } | Dialog::Write { line, .. }) => Some(line),
            _ => None,
        }
    }

    /// The line that is being typed, with its caret, as much of it as half the screen has room for.
    #[must_use]
    pub fn typed(&self) -> Option<String> {
        let line = self.line()?;
        Some(line_edit::shown(line, self.caret(line), usize::from(self.size.0) / 2))
    }

    fn caret(&self, line: &str) -> usize {
        crate::text::floor(line, line.len().saturating_sub(self.after_caret))
    }

    /// Changes the line; `change` is given the place of the caret, and answers where it is then.
    fn change_line(&mut self, change: impl FnOnce(&mut String, usize) -> usize) {
        let before = self.line().map_or(0, |line| self.caret(line));
        let mut after_caret = 0;
        let change = |line: &mut String| {
            let caret = change(line, before);
            after_caret = line.len().saturating_sub(caret);
        };
        match &mut self.overlay {
            Overlay::Search { .. } => {
                change(&mut self.search.query);
                self.search_here();
            }
            Overlay::Filter { .. } => {
                let mut filter = self.panel.filter.clone();
                change(&mut filter);
                self.set_filter(filter);
            }
            Overlay::Palette { line, choice, .. } => {
                change(line);
                *choice = 0;
                self.match_palette();
            }
            Overlay::Correct(Dialog::Choose { line, choice, .. }) => {
                change(line);
                *choice = 0;
                self.match_entities();
            }
            Overlay::Correct(Dialog::Write { line, .. }) => change(line),
            Overlay::Export(_) => self.change_name(change),
            _ => {}
        }
        self.after_caret = after_caret;
    }

    /// Puts the caret elsewhere.
    fn move_caret(&mut self, action: Action) {
        let Some(text) = self.line() else { return };
        if let Some(caret) = line_edit::edit(&mut text.to_owned(), self.caret(text), action) {
            self.after_caret = text.len().saturating_sub(caret);
        }
    }

    pub(super) fn edit(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Left | Action::Right | Action::WordLeft | Action::WordRight | Action::Start | Action::End => {
                self.move_caret(action);
            }
            Action::Erase | Action::EraseAll | Action::EraseWord | Action::Delete => {
                self.change_line(|line, at| line_edit::edit(line, at, action).unwrap_or(at));
            }
            Action::Exact | Action::Regex => {
                if matches!(self.overlay, Overlay::Search { .. }) {
                    let flag = if action == Action::Exact { &mut self.search.exact } else { &mut self.search.regex };
                    *flag = !*flag;
                    self.search_here();
                }
            }
            Action::Older | Action::Newer if matches!(self.overlay, Overlay::Export(_)) => {
                return self.beside_format(action);
            }
            Action::Older | Action::Newer if matches!(self.overlay, Overlay::Correct(_)) => self.beside_choice(action),
            Action::Older | Action::Newer => match &mut self.overlay {
                Overlay::Search { .. } => {
                    self.after_caret = 0;
                    self.search.recall(action == Action::Older);
                    self.search_here();
                }
                Overlay::Palette { choice, found, .. } => {
                    let last = found.len().saturating_sub(1);
                    *choice = if action == Action::Older { choice.saturating_sub(1) } else { (*choice + 1).min(last) };
                }
                Overlay::Filter { .. } => {
                    self.select_beside(if action == Action::Older { Way::Back } else { Way::On });
                }
                _ => {}
            },
            Action::Enter => {
                self.after_caret = 0;
                return self.enter_line();
            }
            Action::Cancel => self.cancel_line(),
            _ => {}
        }
        None
    }

    pub(super) fn enter_line(&mut self) -> Option<Effect> {
        match self.overlay {
            Overlay::Correct(_) => return self.enter_correction(),
            Overlay::Export(_) => return self.enter_export(),
            _ => {}
        }
        if matches!(self.overlay, Overlay::Search { .. }) && self.search.due != Due::Nothing {
            self.search.due = Due::ShowAndEnter;
            return None;
        }
        match std::mem::take(&mut self.overlay) {
            Overlay::Search { from } => {
                self.search.remember();
                if self.documents.here().hits.is_empty() {
                    self.go(from);
                    if let Some(fault) = self.search.fault.clone() {
                        self.notice = Some(super::Notice { text: fault, fault: true });
                    } else if !self.search.query.is_empty() {
                        let text = self.config.strings.text(Phrase::NotFound { text: &self.search.query });
                        self.notice = Some(super::Notice { text, fault: true });
                    }
                } else {
                    let place = super::Location { selected: self.selected(), ..from };
                    let now = self.documents.here().cursor;
                    if place.document == self.documents.current() {
                        self.go(place);
                        self.jumped();
                    } else {
                        // It was begun in another document, and goes on in this one.
                        self.jumps.leave(from);
                    }
                    self.documents.here_mut().selected = Some(Selection::Hits);
                    self.focus = super::Focus::Text;
                    self.fit();
                    self.put_cursor(now);
                }
                None
            }
            Overlay::Filter { before } => {
                self.focus = super::Focus::Panel;
                if before != self.panel.filter {
                    let before = self.arranged_with(before);
                    let strings = &self.config.strings;
                    let said = if self.panel.filter.is_empty() {
                        strings.text(Phrase::FilterOff)
                    } else {
                        strings.text(Phrase::Filter { text: &self.panel.filter })
                    };
                    self.changed(before, said);
                }
                None
            }
            Overlay::Palette { choice, found, .. } => found.get(choice).and_then(|action| self.update(*action)),
            other => {
                self.overlay = other;
                None
            }
        }
    }

    fn cancel_line(&mut self) {
        match std::mem::take(&mut self.overlay) {
            Overlay::Search { from } => {
                self.search.query.clear();
                self.search.begin(0);
                self.documents.here_mut().hits.clear();
                self.go(from);
            }
            Overlay::Filter { before } => self.set_filter(before),
            _ => {}
        }
    }

    pub(super) fn open_search(&mut self) {
        let here = self.documents.here();
        let document = self.documents.current();
        let from = super::Location { document, top: here.top, cursor: here.cursor, selected: here.selected };
        self.search.query.clear();
        self.search.begin(0);
        self.search.recalled = None;
        self.overlay = Overlay::Search { from };
    }

    /// Searches for what is typed so far, and shows the first hit from where the search began.
    fn search_here(&mut self) {
        let Overlay::Search { from } = self.overlay else { return };
        self.hunt_from(start_of(from));
        let here_still = from.document == self.documents.current();
        let here = self.documents.here_mut();
        let text = here.document.text();
        // Another text may have come while somebody was typing.
        if here_still && text.get(from.cursor.range()).is_some() && text.is_char_boundary(from.top) {
            (here.top, here.cursor) = (from.top, from.cursor);
        }
        self.search.due = Due::Show;
        self.go_on();
    }

    fn hunt_from(&mut self, place: usize) {
        let here = self.documents.here_mut();
        here.hits.clear();
        self.search.begin(here.document.paragraph_at(place).start);
    }

    /// Searches again after the text has changed.
    pub(super) fn search_again(&mut self) {
        let here = self.documents.here();
        let searched = self.search.searched == Some((self.documents.current(), here.document.text().len()));
        if !self.search.query.is_empty() && !searched && self.search.hunt.is_none() {
            let due = self.search.due;
            self.hunt_from(here.top);
            self.search.due = due;
            self.go_on();
        }
    }

    /// Whether something is left to do: [`App::go_on`], as soon as no event waits.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.search.hunt.is_some()
    }

    /// Does a little of it.
    pub fn go_on(&mut self) {
        let number = self.documents.current();
        let here = self.documents.here_mut();
        if let Some(mut hunt) = self.search.hunt.take() {
            if hunt.go_on(&here.document, &mut here.hits) {
                self.search.hunt = Some(hunt);
            } else {
                self.search.searched = Some((number, here.document.text().len()));
            }
        }
        let (Overlay::Search { from }, true) = (&self.overlay, self.search.due != Due::Nothing) else { return };
        let start = start_of(*from);
        let hits = &self.documents.here().hits;
        let found = hits.get(hits.partition_point(|hit| hit.start < start)).copied();
        let done = self.search.hunt.is_none();
        let found = found.or_else(|| hits.first().filter(|_| done).copied());
        if let Some(hit) = found {
            self.put_cursor(hit);
        }
        if done || found.is_some() {
            let due = std::mem::take(&mut self.search.due);
            if due == Due::ShowAndEnter {
                self.enter_line();
            }
        }
    }

    pub(super) fn open_filter(&mut self) {
        self.config.settings.shown = true;
        self.focus = super::Focus::Panel;
        self.overlay = Overlay::Filter { before: self.panel.filter.clone() };
        self.fit();
    }

    /// Narrows the panel to what is typed, and selects the first thing that is left.
    pub(super) fn set_filter(&mut self, filter: String) {
        self.panel.filter = filter;
        self.panel.top = 0;
        self.refresh_panel();
        let first = self.panel.lines.iter().position(|line| matches!(line, super::panel::PanelLine::Item(_)));
        if let Some(line) = first.filter(|_| !self.panel.filter.is_empty()) {
            self.select_line(line);
        }
        self.show_selected_line();
    }

    fn mark(&mut self, letter: char, set: bool) {
        let name = letter.to_string();
        if set {
            return self.change(|app| {
                let here = app.documents.here_mut();
                here.marks.insert(letter, here.top);
                app.config.strings.text(Phrase::MarkSet { letter: &name })
            });
        }
        let here = self.documents.here_mut();
        let Some(top) = here.marks.get(&letter).copied() else {
            return self.say(self.config.strings.text(Phrase::NoMark { letter: &name }));
        };
        self.jumped();
        self.documents.here_mut().top = top;
        self.documents.here_mut().cursor = Span::new(top, top);
        self.fit();
    }
}

/// Where a search begins that was begun at a place.
const fn start_of(from: super::Location) -> usize {
    if from.cursor.is_empty() { from.top } else { from.cursor.start }
}
