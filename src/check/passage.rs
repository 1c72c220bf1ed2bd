//! Words of a quote and of a source: what turns their sense, where they stand, which runs they share.

use crate::library::words::{Word, is_spelling};
use crate::text::{Span, slice};
use std::ops::Range;

/// Whether two names may be one person's: all words of the shorter are words of the longer, or spellings of them.
pub fn may_be_one(one: &[Word], other: &[Word]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    fn bare(word: &Word) -> &str {
        word.word.strip_prefix("ال").unwrap_or(&word.word)
    }
    let like = |one: &Word, other: &Word| bare(one) == bare(other) || is_spelling(&one.word, &other.word);
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

/// The longest beginning and the longest end of the quote that stand in the document word for word, with their places;
/// words by number.
pub fn runs(asked: &[u32], there: &[u32]) -> (Range<usize>, Range<usize>, usize, usize) {
    let same = |pair: &(&u32, &u32)| pair.0 == pair.1;
    let (mut head, mut tail) = (0..0, 0..0);
    for start in 0..there.len() {
        let from = there.get(start..).unwrap_or_default();
        let length = asked.iter().zip(from).take_while(same).count();
        if length > head.len() {
            head = start..start + length;
        }
        let end = start + 1;
        let to = there.get(..end).unwrap_or_default();
        let length = asked.iter().rev().zip(to.iter().rev()).take_while(same).count();
        if length > tail.len() {
            tail = end - length..end;
        }
    }
    let (first, last) = (head.len(), tail.len());
    (head, tail, first, last)
}
