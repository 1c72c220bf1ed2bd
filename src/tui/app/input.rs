//! A line that is typed, and what the keys do to it at its caret.
//!
//! The arrows go by the direction of the line, as in Emacs: in an Arabic line the left arrow goes on, also inside a
//! Latin word of it, so that every place is reached and none twice.

use crate::{
    arabic::shape::{JoiningType, get_joining_type},
    layout::{Direction, levels},
    tui::action::{Action, LineEdit, Motion},
};
use unicode_segmentation::UnicodeSegmentation;

/// A line that is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    text: String,
    /// Bytes after the caret: zero at the end of the line, where every line begins.
    after: usize,
}

/// What an action did to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// It says something else now.
    Text,
    /// At most the caret moved.
    Caret,
    /// The line above in a list is meant, or an earlier one.
    Older,
    /// The line below, or a later one.
    Newer,
    /// The action is for no line.
    Not,
}

impl LineInput {
    /// A line that begins with a text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self { text, after: 0 }
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Another text in its place; the caret stays as far from the end as it was.
    pub fn set(&mut self, text: String) {
        self.text = text;
    }

    /// Another text, with the caret at its end.
    pub fn replace(&mut self, text: String) {
        (self.text, self.after) = (text, 0);
    }

    fn caret(&self) -> usize {
        crate::text::floor(&self.text, self.text.len().saturating_sub(self.after))
    }

    /// Writes at the caret.
    pub fn write(&mut self, text: &str) {
        let caret = self.caret();
        self.text.insert_str(caret, text);
        self.after = self.text.len() - caret - text.len();
    }

    /// The line with its caret, as much of it as there is room for, in characters before the caret.
    #[must_use]
    pub fn shown(&self, room: usize) -> String {
        shown(&self.text, self.caret(), room)
    }

    /// Does an action at the caret.
    pub fn edit(&mut self, action: Action) -> Edited {
        let caret = self.caret();
        let line = &mut self.text;
        let rtl = is_rtl(line);
        let (caret, edited) = match action {
            Action::Motion(motion) => match motion {
                Motion::Left | Motion::Right if rtl == (motion == Motion::Left) => {
                    (caret + after(line, caret), Edited::Caret)
                }
                Motion::Left | Motion::Right => (caret - before(line, caret), Edited::Caret),
                Motion::Start => (0, Edited::Caret),
                Motion::End => (line.len(), Edited::Caret),
                Motion::Down | Motion::Up | Motion::PageDown | Motion::PageUp | Motion::HalfDown | Motion::HalfUp => {
                    return Edited::Not;
                }
            },
            Action::LineEdit(edit) => match edit {
                LineEdit::WordLeft | LineEdit::WordRight if rtl == (edit == LineEdit::WordLeft) => {
                    (next_word(line, caret), Edited::Caret)
                }
                LineEdit::WordLeft | LineEdit::WordRight => (word_before(line, caret), Edited::Caret),
                LineEdit::Delete => {
                    line.drain(caret..caret + after(line, caret));
                    (caret, Edited::Text)
                }
                // A mark goes before the letter that it stands on.
                LineEdit::Erase => {
                    let letter = halves(line, caret).0.chars().next_back().map_or(0, char::len_utf8);
                    (take_back(line, caret, caret - letter), Edited::Text)
                }
                LineEdit::EraseWord => (take_back(line, caret, blank_before(line, caret)), Edited::Text),
                LineEdit::EraseAll => (take_back(line, caret, 0), Edited::Text),
                LineEdit::Older => return Edited::Older,
                LineEdit::Newer => return Edited::Newer,
            },
            Action::Control(_)
            | Action::Walk(_)
            | Action::Jump(_)
            | Action::Find(_)
            | Action::PanelAction(_)
            | Action::DetailAction(_)
            | Action::DocumentAction(_)
            | Action::Revision(_)
            | Action::Correction(_)
            | Action::Marking(_)
            | Action::Command(_)
            | Action::LibraryAction(_)
            | Action::Setting(_) => return Edited::Not,
        };
        self.after = self.text.len() - caret;
        edited
    }
}

/// The line as it is shown, with its caret. Letters that join over the caret stay joined; of a long line there is what
/// stands around the caret.
fn shown(line: &str, at: usize, room: usize) -> String {
    let (before, after) = halves(line, at);
    let joins = joins(before.chars().rev(), true) && joins(after.chars(), false);
    let caret = if joins { "\u{200d}▏\u{200d}" } else { "▏" };
    let cut = before.grapheme_indices(true).rev().nth(room.max(1)).map(|(at, _)| at);
    let (dots, before) = cut.map_or(("", before), |cut| ("…", before.get(cut..).unwrap_or_default()));
    format!("{dots}{before}{caret}{after}")
}

fn halves(line: &str, at: usize) -> (&str, &str) {
    line.split_at_checked(at).unwrap_or((line, ""))
}

fn is_rtl(line: &str) -> bool {
    levels(line, Direction::Auto).0 % 2 == 1
}

/// How long the letter after the caret is, with its marks.
fn after(line: &str, at: usize) -> usize {
    halves(line, at).1.graphemes(true).next().map_or(0, str::len)
}

fn before(line: &str, at: usize) -> usize {
    halves(line, at).0.graphemes(true).next_back().map_or(0, str::len)
}

/// The end of the word that the caret is in or before.
fn next_word(line: &str, at: usize) -> usize {
    let word = halves(line, at).1.unicode_word_indices().next();
    word.map_or(line.len(), |(start, word)| at + start + word.len())
}

/// The beginning of the word that the caret is in or after.
fn word_before(line: &str, at: usize) -> usize {
    halves(line, at).0.unicode_word_indices().next_back().map_or(0, |(start, _)| start)
}

/// Where the last stretch without blanks begins.
fn blank_before(line: &str, at: usize) -> usize {
    let head = halves(line, at).0.trim_end();
    head.char_indices().rfind(|(_, letter)| letter.is_whitespace()).map_or(0, |(at, letter)| at + letter.len_utf8())
}

fn take_back(line: &mut String, at: usize, from: usize) -> usize {
    line.drain(from..at);
    from
}

/// Whether the first letter that is not a mark joins the one on the other side of the caret.
fn joins(mut letters: impl Iterator<Item = char>, before: bool) -> bool {
    let kind =
        letters.find_map(|letter| Some(get_joining_type(letter)).filter(|kind| *kind != JoiningType::Transparent));
    match kind {
        Some(JoiningType::DualJoining | JoiningType::JoinCausing) => true,
        Some(JoiningType::LeftJoining) => before,
        Some(JoiningType::RightJoining) => !before,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with `|` for its caret, and what it is after the actions.
    fn check(line: &str, actions: &[Action], after: &str) {
        let at = line.find('|').unwrap();
        let mut input = LineInput::new(line.replace('|', ""));
        input.after = input.text.len() - at;
        for &action in actions {
            assert_ne!(input.edit(action), Edited::Not);
        }
        let mut text = input.text.clone();
        text.insert(input.caret(), '|');
        assert_eq!(text, after, "{line} {actions:?}");
    }

    #[test]
    fn arrows_go_by_the_direction_of_the_line() {
        const LEFT: Action = Action::Motion(Motion::Left);
        const RIGHT: Action = Action::Motion(Motion::Right);
        const START: Action = Action::Motion(Motion::Start);
        const END: Action = Action::Motion(Motion::End);
        const WORD_LEFT: Action = Action::LineEdit(LineEdit::WordLeft);
        const WORD_RIGHT: Action = Action::LineEdit(LineEdit::WordRight);
        check("|عمر", &[LEFT], "ع|مر");
        check("عمر|", &[RIGHT, RIGHT], "ع|مر");
        check("|Omar", &[RIGHT], "O|mar");
        check("Omar|", &[LEFT], "Oma|r");
        check("شركة |Nour هنا", &[LEFT, LEFT], "شركة No|ur هنا");
        check("عُمَرُ|", &[RIGHT], "عُمَ|رُ");
        check("رائد 👩\u{200d}🚀|", &[RIGHT], "رائد |👩\u{200d}🚀");
        check("عم|ر بن حداد", &[WORD_LEFT], "عمر| بن حداد");
        check("عمر بن حد|اد", &[WORD_RIGHT, WORD_RIGHT], "عمر |بن حداد");
        check("عم|ر", &[END], "عمر|");
        check("عم|ر", &[START], "|عمر");
        check("|عمر", &[RIGHT], "|عمر");
        check("عمر|", &[LEFT], "عمر|");
        check("|", &[LEFT, RIGHT, WORD_LEFT, WORD_RIGHT], "|");
    }

    #[test]
    fn letters_go_at_the_caret() {
        const DELETE: Action = Action::LineEdit(LineEdit::Delete);
        const ERASE: Action = Action::LineEdit(LineEdit::Erase);
        const ERASE_WORD: Action = Action::LineEdit(LineEdit::EraseWord);
        const ERASE_ALL: Action = Action::LineEdit(LineEdit::EraseAll);
        check("عم|ر", &[ERASE], "ع|ر");
        check("عُ|مر", &[ERASE], "ع|مر");
        check("ع|مَر", &[DELETE], "ع|ر");
        check("عمر|", &[DELETE], "عمر|");
        check("|عمر", &[ERASE, ERASE_WORD, ERASE_ALL], "|عمر");
        check("عمر بن | حداد", &[ERASE_WORD], "عمر | حداد");
        check("عمر\u{3000}حداد|", &[ERASE_WORD], "عمر\u{3000}|");
        check("عمر بن| حداد", &[ERASE_ALL], "| حداد");
    }

    #[test]
    fn a_caret_parts_no_letters() {
        let show = |line: &str| shown(&line.replace('|', ""), line.find('|').unwrap(), 80);
        assert_eq!(show("عم|ر"), "عم\u{200d}▏\u{200d}ر");
        assert_eq!(show("عُ|مر"), "عُ\u{200d}▏\u{200d}مر");
        assert_eq!(show("دا|ر"), "دا▏ر");
        assert_eq!(show("عمر|"), "عمر▏");
        assert_eq!(show("عمر| بن"), "عمر▏ بن");
        assert_eq!(shown("كلمة طويلة", "كلمة طويلة".len(), 4), "…طويلة▏");
    }
}
