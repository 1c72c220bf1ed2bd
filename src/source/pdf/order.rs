//! From the order in which a line is seen to the order in which it is read: the rules of UAX #9 (W4 to W7, N0 to N2,
//! L2, L4) backwards. What they leave open, as two orders can look the same, is settled as people write.

use std::ops::Range;
use unicode_bidi::{BidiClass, bidi_class};

/// Brackets and their opposites: they are turned round where lines run from right to left.
const BRACKETS: [(char, char); 7] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»'), ('‹', '›'), ('<', '>'), ('\u{fd3f}', '\u{fd3e}')];

/// The direction in which a piece of a line is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// A letter of a script that runs from right to left.
    Right,
    /// A letter of one that runs from left to right.
    Left,
    /// A digit.
    Digit,
    /// What holds the parts of a number together: `.`, `,`, `/`, `:`.
    Common,
    /// What goes with its neighbours.
    Neutral,
}

fn way(piece: &str) -> Way {
    let mut found = Way::Neutral;
    for class in piece.chars().map(bidi_class) {
        match class {
            BidiClass::R | BidiClass::AL => return Way::Right,
            BidiClass::L => return Way::Left,
            BidiClass::EN | BidiClass::AN => found = Way::Digit,
            BidiClass::CS if found == Way::Neutral => found = Way::Common,
            _ => {}
        }
    }
    found
}

/// How many letters run from right to left, and how many from left to right.
pub fn letters(text: &str) -> (usize, usize) {
    text.chars().fold((0, 0), |(right, left), letter| match bidi_class(letter) {
        BidiClass::R | BidiClass::AL => (right + 1, left),
        BidiClass::L => (right, left + 1),
        _ => (right, left),
    })
}

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Whether it runs from right to left.
    pub right: bool,
    /// Whether brackets are named as they look, so that those of a line from right to left have to be turned round.
    pub drawn: bool,
    /// Whether it is the first line of its text, so that no letter came before.
    pub begins: bool,
}

/// The text of a line whose pieces (letters, ligatures, spaces) come as they are seen, from left to right.
pub fn logical(pieces: &[&str], manner: Manner) -> String {
    let mut text = String::new();
    if manner.right {
        backwards(pieces, manner, &mut text);
    } else {
        forwards(pieces, manner, &mut text);
    }
    text
}

/// A line from right to left: the runs from left to right in it keep the order in which they are seen.
fn backwards(pieces: &[&str], manner: Manner, text: &mut String) {
    let ways: Vec<Way> = pieces.iter().map(|piece| way(piece)).collect();
    let mut end = pieces.len();
    let turned = |range: Range<usize>, text: &mut String| {
        for piece in pieces.get(range).unwrap_or_default().iter().rev() {
            if manner.drawn { text.extend(piece.chars().map(opposite)) } else { text.push_str(piece) }
        }
    };
    for run in left_runs(pieces, &ways, manner.begins).into_iter().rev() {
        turned(run.end..end, text);
        text.extend(pieces.get(run.clone()).unwrap_or_default().iter().copied());
        end = run.start;
    }
    turned(0..end, text);
}

/// A line from left to right: from the first to the last letter of a stretch that runs the other way, it is turned.
fn forwards(pieces: &[&str], manner: Manner, text: &mut String) {
    let ways: Vec<Way> = pieces.iter().map(|piece| way(piece)).collect();
    let mut at = 0;
    while let Some(start) = ways.iter().skip(at).position(|way| *way == Way::Right).map(|found| at + found) {
        text.extend(pieces.get(at..start).unwrap_or_default().iter().copied());
        let stretch = ways.iter().skip(start).take_while(|way| **way != Way::Left).count();
        let mut inside = ways.get(start..start + stretch).unwrap_or_default().iter();
        let last = inside.rposition(|way| *way == Way::Right).map_or(start, |found| start + found);
        backwards(pieces.get(start..=last).unwrap_or_default(), Manner { begins: false, ..manner }, text);
        at = last + 1;
    }
    text.extend(pieces.get(at..).unwrap_or_default().iter().copied());
}

/// The runs from left to right in a line from right to left, as they are seen: words of other scripts with what stands
/// between them, and numbers.
fn left_runs(pieces: &[&str], ways: &[Way], begins: bool) -> Vec<Range<usize>> {
    let way = |at: usize| ways.get(at).copied().unwrap_or(Way::Right);
    let is_space = |at: usize| pieces.get(at).is_some_and(|piece| piece.trim().is_empty());
    let mut runs = Vec::new();
    let mut at = 0;
    while at < ways.len() {
        if !matches!(way(at), Way::Left | Way::Digit) {
            at += 1;
            continue;
        }
        let number = number(pieces, ways, at, begins);
        // As far as no letter runs from right to left.
        let stretch = at..(at..ways.len()).find(|&next| way(next) == Way::Right).unwrap_or(ways.len());
        let Some(last) = stretch.clone().rev().find(|&next| way(next) == Way::Left) else {
            runs.push(at..number);
            at = number;
            continue;
        };
        let mut end = last + 1;
        // "Windows 10": the number that follows belongs to it. "‎.10 Windows" begins a list.
        let mut next = end;
        while next < stretch.end && (way(next) == Way::Neutral || way(next) == Way::Common) {
            next += 1;
        }
        if next < stretch.end && way(next) == Way::Digit {
            let after = self::number(pieces, ways, next, begins);
            let between = pieces.get(end..next).unwrap_or_default();
            let lists = between.iter().any(|piece| matches!(*piece, "." | ")" | "(" | "-" | "–" | "،" | ":"))
                && between.iter().any(|piece| piece.trim().is_empty());
            let closed = pieces.get(after).is_some_and(|piece| matches!(*piece, ")" | "]"));
            let follows = (after..stretch.end).all(|place| is_space(place) || way(place) != Way::Digit);
            if (!lists || closed) && follows {
                end = after;
            }
        }
        // A bracket that was opened in it is closed in it.
        let opens = |range: Range<usize>| -> i32 {
            let text = pieces.get(range).unwrap_or_default().concat();
            text.chars().map(|letter| i32::from("([{".contains(letter)) - i32::from(")]}".contains(letter))).sum()
        };
        let mut start = at;
        while end < stretch.end
            && opens(start..end) > 0
            && pieces.get(end).is_some_and(|piece| matches!(*piece, ")" | "]" | "}"))
        {
            end += 1;
        }
        while start > runs.last().map_or(0, |run: &Range<usize>| run.end)
            && opens(start..end) < 0
            && pieces.get(start - 1).is_some_and(|piece| matches!(*piece, "(" | "[" | "{"))
        {
            start -= 1;
        }
        runs.push(start..end);
        at = end;
    }
    runs
}

/// The end of the number that begins there: digits, and single separators between them (W4). After an Arabic letter, or
/// where one may have come before, signs do not belong to it (W2); at the beginning of a text they do (W4, W5).
fn number(pieces: &[&str], ways: &[Way], start: usize, begins: bool) -> usize {
    let digit = |at: usize| ways.get(at) == Some(&Way::Digit);
    let is = |at: usize, known: &[&str]| pieces.get(at).is_some_and(|piece| known.contains(piece));
    let free = begins && ways.iter().skip(start).all(|way| !matches!(way, Way::Right | Way::Left));
    let mut end = start;
    loop {
        let between = end > start && digit(end - 1) && digit(end + 1);
        let joins = ways.get(end) == Some(&Way::Common)
            || (free && is(end, &["-", "+"]))
            || (is(end, &[" "]) && thousands(pieces));
        let belongs = digit(end) || (between && joins);
        if !belongs {
            break;
        }
        end += 1;
    }
    if free && is(end, &["%", "$", "€", "£", "٪"]) { end + 1 } else { end }
}

/// Whether all of it is one number, whose thousands are parted by spaces: `3 001`.
fn thousands(pieces: &[&str]) -> bool {
    let whole = pieces.concat();
    let mut groups = whole.trim().split(' ');
    let digits = |group: &str, least: usize| {
        (least..=3).contains(&group.len()) && group.bytes().all(|digit| digit.is_ascii_digit())
    };
    groups.next().is_some_and(|first| digits(first, 1)) && groups.all(|group| digits(group, 3))
}

/// The other one of two brackets.
fn opposite(letter: char) -> char {
    let found = BRACKETS.iter().find_map(|&(open, close)| match letter {
        letter if letter == open => Some(close),
        letter if letter == close => Some(open),
        _ => None,
    });
    found.unwrap_or(letter)
}

/// How well brackets go together as they are, and how well once they are turned round.
pub fn balance(text: &str) -> (usize, usize) {
    let pairs = |turn: bool| {
        let mut open = Vec::new();
        let mut pairs = 0;
        for letter in text.chars().map(|letter| if turn { opposite(letter) } else { letter }) {
            for &(first, last) in &BRACKETS {
                if letter == first {
                    open.push(last);
                } else if letter == last && open.last() == Some(&letter) {
                    open.pop();
                    pairs += 1;
                }
            }
        }
        pairs
    };
    (pairs(false), pairs(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a line looks like, by the bidi algorithm, and what is made of it.
    fn there_and_back(line: &str) -> String {
        let info = unicode_bidi::BidiInfo::new(line, Some(unicode_bidi::Level::rtl()));
        let paragraph = info.paragraphs.first().unwrap();
        let seen = info.reorder_line(paragraph, 0..line.len());
        let pieces: Vec<&str> = seen.split("").filter(|piece| !piece.is_empty()).collect();
        logical(&pieces, Manner { right: true, drawn: false, begins: true })
    }

    #[test]
    fn a_line_comes_back_as_it_was_written() {
        for line in [
            "أعلنت وزارة الصحة أمس عن 3 حملات",
            "نسبة 25% من السكان في 12/05/2014 عند 10:30",
            "قال سامر (مدير الشركة) إن «الأمر» انتهى",
            "شركة Apple Inc. الأميركية",
            "نظام Windows 10 الجديد",
            "استخدام R وPython معاً",
            "من ٢٠ إلى ٣٠ كتاباً",
            "جائزة (FIFA World Cup) لعام 2022",
            "1. Apple شركة كبيرة",
            "بلغ السعر 1,234.5 دولار",
            "الموقع https://example.com/ar/news?id=5 على الشبكة",
            "موسم 2013-2014 انتهى",
            "برنامج Python (3.9) متاح",
            "2-5- معيار السلعة",
            "50% من السكان",
            "بند 2-5 من اللائحة",
        ] {
            assert_eq!(there_and_back(line), line);
        }
    }

    #[test]
    fn spaces_part_the_thousands_of_a_number_and_the_parts_of_others() {
        assert_eq!(there_and_back("هاتف: +963 11 222-3344"), "هاتف: +963 11 222-3344");
        let cell: Vec<&str> = "3 001".split("").filter(|piece| !piece.is_empty()).collect();
        assert_eq!(logical(&cell, Manner { right: true, drawn: false, begins: true }), "3 001");
    }

    #[test]
    fn a_ligature_keeps_its_letters() {
        assert_eq!(
            logical(&["م", "ا", "ل", "س", "لإ", "ا"], Manner { right: true, drawn: false, begins: true }),
            "الإسلام"
        );
    }

    #[test]
    fn brackets_that_are_named_as_they_look_are_turned_round() {
        let seen = [")", "ب", "أ", "("];
        assert_eq!(logical(&seen, Manner { right: true, drawn: true, begins: true }), ")أب(");
        assert_eq!(balance(")أب("), (0, 1));
    }
}
