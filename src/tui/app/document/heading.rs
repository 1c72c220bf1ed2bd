//! What the beginning of a document says of it: its headline, its date, its direction.

use crate::text::{Document, Span, slice};

/// The longest headline, in characters.
const TITLE: usize = 160;

/// The headline: a short first line without a full stop, where there is more to read after it.
pub(super) fn title(document: &Document) -> Option<Span> {
    let text = document.text();
    let mut lines = document.paragraphs().take(8).filter(|&line| !slice(text, line).trim().is_empty());
    let first = lines.next()?;
    let words = slice(text, first).trim();
    let ends = words.ends_with(['.', '!', '…', ':', '؛']);
    (lines.next().is_some() && !ends && words.chars().count() <= TITLE).then_some(first)
}

/// Lines at the beginning among which a date is looked for, and the longest that such a line is, in characters.
const DATED: (usize, usize) = (8, 60);

/// The date that stands at the beginning: a short line that holds 2026-03-01, 1/3/2026 or ١ مارس 2026.
pub(super) fn date(document: &Document) -> Option<String> {
    let lines = document.paragraphs().take(DATED.0).map(|line| slice(document.text(), line).trim());
    lines.filter(|line| line.chars().count() <= DATED.1).find_map(dated)
}

fn dated(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split(|letter: char| letter.is_whitespace() || "،,؛|T".contains(letter)).collect();
    let number = |word: &&str| {
        let digits = word.chars().map(|letter| letter.to_digit(10).or_else(|| (letter as u32).checked_sub(0x660)));
        let mut value = digits.map(|digit| digit.filter(|digit| *digit < 10));
        value.try_fold(0u32, |sum, digit| digit.map(|digit| sum.saturating_mul(10).saturating_add(digit)))
    };
    let year = |word: &&str| number(word).is_some_and(|year| (1900..2200).contains(&year));
    let parts = |word: &&&str| {
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        parts.len() == 3 && parts.iter().all(|part| number(part).is_some()) && parts.iter().any(year)
    };
    if let Some(word) = words.iter().find(parts) {
        return Some((*word).to_owned());
    }
    let day = |word: &&str| number(word).is_some_and(|day| (1..32).contains(&day));
    let month = |word: &&str| word.chars().all(|letter| letter.is_alphabetic() || letter == '/');
    let found = words.windows(3).find(|three| matches!(three, [a, b, c] if day(a) && month(b) && year(c)));
    found.map(|three| three.join(" "))
}

/// Whether the first letter with a direction is Arabic, or of another script that runs from right to left.
pub(super) fn is_rtl(text: &str) -> bool {
    let letter = text.chars().take(4096).find(|letter| letter.is_alphabetic());
    letter.is_none_or(
        |letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
    )
}

#[cfg(test)]
mod tests {
    use super::dated;

    #[test]
    fn a_date_is_read_in_the_ways_that_newspapers_write_it() {
        for (line, date) in [
            ("2026-03-01T08:00:00Z", "2026-03-01"),
            ("بيروت، 1/3/2026", "1/3/2026"),
            ("الأحد ١ آذار/مارس ٢٠٢٦", "١ آذار/مارس ٢٠٢٦"),
            ("Mon, 02 Mar 2026 08:00:00 GMT", "02 Mar 2026"),
        ] {
            assert_eq!(dated(line).as_deref(), Some(date));
        }
        assert_eq!(dated("قال 20 وزيرا في 2026"), None);
    }
}
