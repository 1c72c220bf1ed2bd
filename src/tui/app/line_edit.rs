//! A line that is typed: what the keys do to it at its caret, a place in bytes.
//!
//! The arrows go by the direction of the line, as in Emacs: in an Arabic line the left arrow goes on, also inside a
//! Latin word of it, so that every place is reached and none twice.

use crate::{
    arabic::shape::{JoiningType, get_joining_type},
    layout::{Direction, levels},
    tui::action::Action,
};
use unicode_segmentation::UnicodeSegmentation;

/// Does an action at the caret, and answers where the caret is then; none for an action that is for no line.
pub(super) fn edit(line: &mut String, at: usize, action: Action) -> Option<usize> {
    let left = matches!(action, Action::Left | Action::WordLeft);
    Some(match action {
        Action::Left | Action::Right if left == is_rtl(line) => at + after(line, at),
        Action::Left | Action::Right => at - before(line, at),
        Action::WordLeft | Action::WordRight if left == is_rtl(line) => next_word(line, at),
        Action::WordLeft | Action::WordRight => word_before(line, at),
        Action::Start => 0,
        Action::End => line.len(),
        Action::Delete => {
            line.drain(at..at + after(line, at));
            at
        }
        // A mark goes before the letter that it stands on.
        Action::Erase => take_back(line, at, at - halves(line, at).0.chars().next_back().map_or(0, char::len_utf8)),
        Action::EraseWord => take_back(line, at, blank_before(line, at)),
        Action::EraseAll => take_back(line, at, 0),
        _ => return None,
    })
}

/// The line as it is shown, with its caret. Letters that join over the caret stay joined; of a long line there is what
/// stands around the caret.
pub(super) fn shown(line: &str, at: usize, room: usize) -> String {
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
        let mut at = line.find('|').unwrap();
        let mut text = line.replace('|', "");
        for &action in actions {
            at = edit(&mut text, at, action).unwrap();
        }
        text.insert(at, '|');
        assert_eq!(text, after, "{line} {actions:?}");
    }

    #[test]
    fn arrows_go_by_the_direction_of_the_line() {
        use Action::{End, Left, Right, Start, WordLeft, WordRight};
        check("|عمر", &[Left], "ع|مر");
        check("عمر|", &[Right, Right], "ع|مر");
        check("|Omar", &[Right], "O|mar");
        check("Omar|", &[Left], "Oma|r");
        check("شركة |Nour هنا", &[Left, Left], "شركة No|ur هنا");
        check("عُمَرُ|", &[Right], "عُمَ|رُ");
        check("رائد 👩\u{200d}🚀|", &[Right], "رائد |👩\u{200d}🚀");
        check("عم|ر بن حداد", &[WordLeft], "عمر| بن حداد");
        check("عمر بن حد|اد", &[WordRight, WordRight], "عمر |بن حداد");
        check("عم|ر", &[End], "عمر|");
        check("عم|ر", &[Start], "|عمر");
        check("|عمر", &[Right], "|عمر");
        check("عمر|", &[Left], "عمر|");
        check("|", &[Left, Right, WordLeft, WordRight], "|");
    }

    #[test]
    fn letters_go_at_the_caret() {
        use Action::{Delete, Erase, EraseAll, EraseWord};
        check("عم|ر", &[Erase], "ع|ر");
        check("عُ|مر", &[Erase], "ع|مر");
        check("ع|مَر", &[Delete], "ع|ر");
        check("عمر|", &[Delete], "عمر|");
        check("|عمر", &[Erase, EraseWord, EraseAll], "|عمر");
        check("عمر بن | حداد", &[EraseWord], "عمر | حداد");
        check("عمر\u{3000}حداد|", &[EraseWord], "عمر\u{3000}|");
        check("عمر بن| حداد", &[EraseAll], "| حداد");
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
