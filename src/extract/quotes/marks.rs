//! Words between quotation marks.
//!
//! Marks that do not say themselves whether they open or close are told by where the blank is, and where that does not come out even over
//! a paragraph, by attributions.

use crate::arabic::affix::is_standing_proclitic;
use crate::arabic::quotation::Side;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::lexicon::Shape;
use crate::extract::words::Words;
use std::ops::Range;

/// Words between marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedSpan {
    /// The words inside, without the marks.
    pub inner: Range<usize>,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// How many quoted spans it lies in.
    pub depth: usize,
}

/// As many quoted spans may lie in each other.
const DEEPEST: usize = 8;

/// A quotation may close this many lines further down, empty ones counted.
const LINES: usize = 8;

/// Every quoted span, by position, the outer before the inner.
#[must_use]
pub fn quoted_spans(analysis: &Analysis<'_>) -> Vec<QuotedSpan> {
    let words = analysis.words;
    let marks = Marks { analysis, words, turned: is_turned(words) };
    let mut found = Vec::new();
    // Marks that belong to a quotation that began in a line before.
    let mut taken: Vec<usize> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let end = line_end(words, start);
        let own = |at: &usize| !taken.contains(at);
        let here = (start..end).filter(own).filter_map(|at| marks.side(at).map(|side| (at, side)));
        let (apostrophes, here): (Vec<_>, Vec<_>) = here.partition(|&(at, _)| is_apostrophe(words, at));
        let spans = marks.by_look(&here).unwrap_or_else(|| marks.by_turns(&here, start..end, &mut taken));
        let inside = marks.between_apostrophes(&apostrophes, &spans);
        found.extend(spans);
        found.extend(inside);
        start = end;
    }
    found.retain(|quoted| quoted.depth < DEEPEST);
    found.sort_by_key(|quoted| (quoted.inner.start, std::cmp::Reverse(quoted.inner.end)));
    found
}

fn line_end(words: &Words<'_>, at: usize) -> usize {
    let line = words.get(at).map(|word| word.line);
    (at..words.len()).find(|&next| words.get(next).map(|word| word.line) != line).unwrap_or(words.len())
}

/// Whether the text writes its guillemets the other way round, »...«: more of them look so than not.
fn is_turned(words: &Words<'_>) -> bool {
    let (mut right, mut turned) = (0, 0);
    for at in (0..words.len()).filter(|&at| words.is_mark(at, &GUILLEMETS)) {
        let opens = words.get(at).is_some_and(|word| word.quotation == Some(Side::Open));
        match looks_open(words, at) {
            Some(looks) if looks == opens => right += 1,
            Some(_) => turned += 1,
            None => {}
        }
    }
    turned > 1 && turned > right
}

const GUILLEMETS: [char; 4] = ['«', '»', '‹', '›'];

/// Whether the mark is one apostrophe; two of them are a mark of their own.
fn is_apostrophe(words: &Words<'_>, at: usize) -> bool {
    words.is_mark(at, &['\'']) && words.get(at).is_some_and(|word| word.span.len() == 1)
}

fn is_glued(words: &Words<'_>, left: usize, right: usize) -> bool {
    words.get(left).zip(words.get(right)).is_some_and(|(left, right)| left.span.end == right.span.start)
}

/// Whether a mark looks, by the blanks around it, as if it opens; none where blanks stand on both sides or on neither.
fn looks_open(words: &Words<'_>, at: usize) -> Option<bool> {
    let before = at > 0 && is_glued(words, at - 1, at);
    let after = is_glued(words, at, at + 1);
    let stop = words.is_mark(at + 1, &['.', '،', ',', '؛', ':', ')', '!', '؟', '»']);
    let lead =
        at > 0 && (words.is_mark(at - 1, &['(', ':', '«', '"', '“', '”']) || is_standing_proclitic(words.fold(at - 1)));
    match (before && !lead, after && !stop) {
        (false, true) => Some(true),
        (true, false) => Some(false),
        _ if lead && after => Some(true),
        _ => None,
    }
}

/// The quotation marks of a text.
struct Marks<'a, 's> {
    analysis: &'a Analysis<'s>,
    words: &'a Words<'s>,
    /// Whether guillemets are written the other way round.
    turned: bool,
}

impl Marks<'_, '_> {
    fn side(&self, at: usize) -> Option<Side> {
        let side = self.words.get(at)?.quotation?;
        let turned = self.turned && self.words.is_mark(at, &GUILLEMETS);
        Some(match side {
            Side::Open if turned => Side::Close,
            Side::Close if turned => Side::Open,
            side => side,
        })
    }

    /// Whether the mark opens; none where neither it nor the blanks around it say so.
    fn opens(&self, at: usize, side: Side) -> Option<bool> {
        match side {
            Side::Open => Some(true),
            Side::Close => Some(false),
            Side::Either => looks_open(self.words, at),
        }
    }

    /// 55": a mark on a number, where no quotation is open, is one of inches or minutes.
    fn is_measure(&self, at: usize) -> bool {
        let number = |before: usize| self.words.get(before).is_some_and(|word| word.class == Class::Number);
        at.checked_sub(1).is_some_and(|before| number(before) && is_glued(self.words, before, at))
    }

    /// Pairs by the blanks around them; none where it does not come out even.
    fn by_look(&self, marks: &[(usize, Side)]) -> Option<Vec<QuotedSpan>> {
        let mut open: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for &(at, side) in marks {
            if open.is_empty() && self.is_measure(at) {
                continue;
            }
            if self.opens(at, side)? {
                open.push(at);
            } else {
                let start = open.pop()?;
                found.push(QuotedSpan { inner: start + 1..at, closed: true, depth: open.len() });
            }
        }
        open.is_empty().then_some(found)
    }

    /// Pairs of single apostrophes. One that finds no partner in its line is a sign of something else and disturbs no pair
    /// of other marks.
    fn between_apostrophes(&self, marks: &[(usize, Side)], around: &[QuotedSpan]) -> Vec<QuotedSpan> {
        let mut open = None;
        let mut found = Vec::new();
        for &(at, _) in marks {
            match looks_open(self.words, at) {
                Some(true) => open = Some(at),
                Some(false) => found.extend(open.take().map(|start| {
                    let depth = around.iter().filter(|outer| outer.inner.contains(&start) && outer.inner.contains(&at));
                    QuotedSpan { inner: start + 1..at, closed: true, depth: depth.count() }
                })),
                None => {}
            }
        }
        found
    }

    /// Pairs what can be paired, a mark with blanks on both sides by turns; one that finds no partner in its line is
    /// closed further down, or runs to the end of its sentence. Marks further down that belong to it are `taken`.
    fn by_turns(&self, marks: &[(usize, Side)], line: Range<usize>, taken: &mut Vec<usize>) -> Vec<QuotedSpan> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for &(at, side) in marks {
            if open.is_empty() && self.is_measure(at) {
                continue;
            }
            if self.opens(at, side).unwrap_or(open.is_empty()) {
                open.push(at);
            } else if let Some(start) = open.pop() {
                found.push(QuotedSpan { inner: start + 1..at, closed: true, depth: open.len() });
            }
        }
        // Of those that a mark further down would close, it closes the last.
        let below = open.last().and_then(|&start| self.close_below(start, line.end));
        let outermost = open.len().saturating_sub(DEEPEST);
        let last = open.len().saturating_sub(1);
        for (number, start) in open.into_iter().enumerate().skip(outermost) {
            let (end, closed) = match &below {
                Some(below) if number == last => {
                    taken.extend_from_slice(below);
                    (below.last().copied().unwrap_or(line.end), true)
                }
                _ => (sense_end(self.analysis, start + 1).min(line.end), false),
            };
            found.push(QuotedSpan { inner: start + 1..end.max(start + 1), closed, depth: 0 });
        }
        found.retain(|quoted| !quoted.inner.is_empty());
        found
    }

    /// The marks of the lines below that belong to a quotation which its line leaves open, the one that closes it last. A
    /// mark that opens a line says again that the quotation goes on; others open and close inside.
    fn close_below(&self, start: usize, end: usize) -> Option<Vec<usize>> {
        let words = self.words;
        let first = words.get(start)?.line;
        let kind = self.side(start)?;
        let (mut inside, mut own) = (0_usize, Vec::new());
        let far = |at: &usize| words.get(*at).is_some_and(|word| word.line <= first + LINES);
        for at in (end..words.len()).take_while(far) {
            let Some(side) = self.side(at).filter(|side| (*side == Side::Either) == (kind == Side::Either)) else {
                continue;
            };
            let opens_line = words.get(at).map(|word| word.line) != words.get(at - 1).map(|word| word.line);
            match self.opens(at, side)? {
                true if opens_line && inside == 0 => own.push(at),
                // A straight mark cannot tell an inner quotation from the next one.
                true if kind == Side::Either => return None,
                true => inside += 1,
                false if inside > 0 => inside -= 1,
                false => {
                    own.push(at);
                    return Some(own);
                }
            }
        }
        None
    }
}

/// Where an unclosed quotation ends: with its sentence, or before a participle that goes on reporting.
fn sense_end(analysis: &Analysis<'_>, start: usize) -> usize {
    let end = analysis.sentence_end(start);
    let goes_on = |at: &usize| analysis.cue(*at).is_some_and(|form| form.shape == Shape::Participle && form.reports());
    (start + 1..end).find(goes_on).unwrap_or(end)
}
