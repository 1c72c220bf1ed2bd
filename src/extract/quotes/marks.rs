//! Stretches between quotation marks.
//!
//! Guillemets say themselves whether they open or close. The straight mark and, in many newsrooms, the curled ones do
//! not: “ and ” stand in either order. Those are told by where the blank is, and where that does not come out even over
//! a paragraph, by turns.

use crate::extract::scene::Scene;
use crate::extract::words::Words;
use crate::text::slice;
use std::ops::Range;

/// Words between marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words inside, without the marks.
    pub inner: Range<usize>,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// How many stretches it lies in.
    pub depth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// As many stretches may lie in each other.
const DEEPEST: usize = 8;

/// A guillemet may close this many lines further down.
const LINES: usize = 6;

/// Every stretch, by position, the outer before the inner.
#[must_use]
pub fn stretches(scene: &Scene<'_>) -> Vec<Stretch> {
    let words = scene.words;
    let mut found = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let end = line_end(words, start);
        let marks: Vec<(usize, Side)> = (start..end).filter_map(|at| side(words, at).map(|side| (at, side))).collect();
        let line = start..end;
        found.extend(by_look(words, &marks).unwrap_or_else(|| by_turns(scene, &marks, line)));
        start = end;
    }
    found.retain(|stretch| stretch.depth < DEEPEST);
    found.sort_by_key(|stretch| (stretch.inner.start, std::cmp::Reverse(stretch.inner.end)));
    found
}

fn line_end(words: &Words<'_>, at: usize) -> usize {
    let line = words.get(at).map(|word| word.line);
    (at..words.len()).find(|&next| words.get(next).map(|word| word.line) != line).unwrap_or(words.len())
}

/// What a quotation mark does; none for other words.
fn side(words: &Words<'_>, at: usize) -> Option<Side> {
    let word = words.get(at)?;
    match slice(words.text(), word.span).chars().next()? {
        '«' | '‹' => Some(Side::Open),
        '»' | '›' => Some(Side::Close),
        '"' | '“' | '”' | '„' | '‟' => Some(Side::Either),
        _ => None,
    }
}

/// Pairs by the blanks around them; none where it does not come out even.
fn by_look(words: &Words<'_>, marks: &[(usize, Side)]) -> Option<Vec<Stretch>> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for &(at, side) in marks {
        let opens = match side {
            Side::Open => true,
            Side::Close => false,
            Side::Either => looks_open(words, at)?,
        };
        if opens {
            open.push(at);
        } else {
            let start = open.pop()?;
            found.push(Stretch { inner: start + 1..at, closed: true, depth: open.len() });
        }
    }
    open.is_empty().then_some(found)
}

/// Whether a mark that says nothing itself opens; none where blanks stand on both sides or on neither.
fn looks_open(words: &Words<'_>, at: usize) -> Option<bool> {
    let glued = |left: usize, right: usize| {
        words.get(left).zip(words.get(right)).is_some_and(|(left, right)| left.span.end == right.span.start)
    };
    let before = at > 0 && glued(at - 1, at);
    let after = glued(at, at + 1);
    let stop = words.is_mark(at + 1, &['.', '،', ',', '؛', ':', ')', '!', '؟', '»']);
    let lead = at > 0 && (words.is_mark(at - 1, &['(', ':', '«', '"', '“', '”']) || is_proclitic(words.fold(at - 1)));
    match (before && !lead, after && !stop) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ if lead && after => Some(true),
        _ => None,
    }
}

/// ب, ل and their like stand right before a mark: بـ"...".
pub(crate) fn is_proclitic(word: &str) -> bool {
    matches!(word, "ب" | "ل" | "ك" | "و" | "ف" | "وب" | "ول" | "ال" | "بال" | "لل")
}

/// Pairs what can be paired, a mark with blanks on both sides by turns; one that finds no partner runs to the end of its
/// sentence.
fn by_turns(scene: &Scene<'_>, marks: &[(usize, Side)], line: Range<usize>) -> Vec<Stretch> {
    let words = scene.words;
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for &(at, side) in marks {
        let opens = match side {
            Side::Open => true,
            Side::Close => false,
            Side::Either => looks_open(words, at).unwrap_or(open.is_empty()),
        };
        if opens {
            open.push(at);
        } else if let Some(start) = open.pop() {
            found.push(Stretch { inner: start + 1..at, closed: true, depth: open.len() });
        }
    }
    if open.is_empty() {
        return found;
    }
    let first = words.get(line.start).map_or(0, |word| word.line);
    let far = |at: &usize| words.get(*at).is_some_and(|word| word.line <= first + LINES);
    let close = (line.end..words.len()).take_while(far).find_map(|at| side(words, at).map(|side| (at, side)));
    // Of those that a mark further down would close, it closes the last.
    let outermost = open.len().saturating_sub(DEEPEST);
    for (number, start) in open.into_iter().enumerate() {
        let guillemet = number >= outermost && side(words, start) == Some(Side::Open);
        let (end, closed) = match close {
            Some((at, Side::Close)) if guillemet => (at, true),
            _ => (sense_end(scene, start + 1).min(line.end), false),
        };
        found.push(Stretch { inner: start + 1..end.max(start + 1), closed, depth: 0 });
    }
    found.retain(|stretch| !stretch.inner.is_empty());
    found
}

/// Where an unclosed quotation ends: with its sentence, or before a participle that goes on reporting.
fn sense_end(scene: &Scene<'_>, start: usize) -> usize {
    let end = scene.sentence_end(start);
    let goes_on = |at: &usize| {
        scene.cue(*at).is_some_and(|form| form.shape == crate::extract::lexicon::Shape::Participle && form.reports())
    };
    (start + 1..end).find(goes_on).unwrap_or(end)
}
