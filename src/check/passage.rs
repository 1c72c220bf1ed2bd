//! Words of a quote and of a source: what turns their sense, where they stand, which runs they share.

use crate::library::words::{Word, is_spelling, words};
use crate::text::{Span, slice};
use std::ops::Range;

/// Whether two names may be one person's: all words of the shorter are words of the longer, or spellings of them.
pub fn may_be_one(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    let like = |one: &Word, other: &Word| bare(&one.word) == bare(&other.word) || is_spelling(&one.word, &other.word);
    !short.is_empty() && short.iter().all(|word| long.iter().any(|other| like(word, other)))
}

/// Where words stand, in bytes.
pub fn place(there: &[Word], range: &Range<usize>) -> Span {
    let words = there.get(range.clone()).unwrap_or_default();
    words
        .first()
        .zip(words.last())
        .map_or_else(Span::default, |(first, last)| Span::new(first.span.start, last.span.end))
}

/// Whether the draft says before its word of that number that it leaves something out.
pub fn has_ellipsis(draft: &str, asked: &[Word], at: usize) -> bool {
    let from = at.checked_sub(1).and_then(|before| asked.get(before)).map_or(0, |word| word.span.end);
    let to = asked.get(at).map_or(draft.len(), |word| word.span.start);
    let between = slice(draft, Span::new(from, to));
    between.contains('…') || between.contains("..")
}

/// Whether a word turns the sense of what it stands in: a negation, a condition, an exception.
pub fn turns(word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    [word, bare].iter().any(|word| {
        matches!(
            *word,
            "لا" | "لم"
                | "لن"
                | "ليس"
                | "ليست"
                | "ليسوا"
                | "لست"
                | "لسنا"
                | "غير"
                | "دون"
                | "بدون"
                | "عدم"
                | "ما"
                | "اذا"
                | "لو"
                | "لولا"
                | "الا"
                | "سوي"
                | "شرط"
                | "بشرط"
                | "شريطه"
                | "لكن"
                | "ولكن"
                | "ابدا"
                | "نفي"
                | "كلا"
        )
    })
}

/// The negation that stands right before a word, with nothing but blanks between.
pub fn negation_before<'a>(text: &'a str, there: &[Word], at: usize) -> Option<&'a str> {
    let (before, first) = (there.get(at.checked_sub(1)?)?, there.get(at)?);
    let between = slice(text, Span::new(before.span.end, first.span.start));
    let bare = before.word.strip_prefix(['و', 'ف']).unwrap_or(&before.word);
    let negates = [before.word.as_str(), bare]
        .iter()
        .any(|word| matches!(*word, "لا" | "لم" | "لن" | "ليس" | "ليست" | "لست" | "لسنا" | "غير"));
    (negates && between.chars().all(char::is_whitespace)).then(|| slice(text, before.span))
}

/// The longest beginning and the longest end of the quote that stand in the document word for word, with their places.
pub fn runs(asked: &[Word], there: &[Word]) -> (Range<usize>, Range<usize>, usize, usize) {
    let same = |one: usize, other: usize| match (asked.get(one), there.get(other)) {
        (Some(one), Some(other)) => one.word == other.word,
        _ => false,
    };
    let (mut head, mut tail) = (0..0, 0..0);
    for start in 0..there.len() {
        let length = (0..asked.len()).take_while(|&at| same(at, start + at)).count();
        if length > head.len() {
            head = start..start + length;
        }
        let end = start + 1;
        let length = (0..asked.len().min(end)).take_while(|&back| same(asked.len() - 1 - back, end - 1 - back)).count();
        if length > tail.len() {
            tail = end - length..end;
        }
    }
    let (first, last) = (head.len(), tail.len());
    (head, tail, first, last)
}
