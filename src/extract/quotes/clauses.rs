//! Reported clauses: which أن belongs to a cue, and how far what is reported reaches.

use super::marks::QuotedSpan;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Act, Attributing, CUES, Frame, Shape};
use crate::extract::words::LONGEST;
use crate::text::slice;
use std::ops::Range;

/// A cue and the أن that it leads to.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The cue.
    pub cue: usize,
    /// The first word after أن.
    pub content: usize,
}

/// How far a cue may stand before its أن, in words.
const REACH: usize = 45;

/// Every cue that leads to a clause, by position.
#[must_use]
pub fn leads(analysis: &Analysis<'_>, depth: &[usize]) -> Vec<Lead> {
    let mut found: Vec<Lead> = Vec::new();
    for at in 1..analysis.words.len() {
        if analysis.name(at).is_none()
            && analysis.words.is(at, WordClass::Complementizer)
            && let Some(cue) = governor(analysis, depth, at, found.last())
        {
            found.push(Lead { cue, content: at + 1 });
        }
    }
    found
}

/// The cue that governs the أن at `at`.
fn governor(analysis: &Analysis<'_>, depth: &[usize], at: usize, last: Option<&Lead>) -> Option<usize> {
    let mut before = at - 1;
    while before > 0 && (analysis.words.is_comma(before) || analysis.words.is_quotation(before)) {
        before -= 1;
    }
    let free = analysis.name(before).is_none();
    let preposition = Frame::of(analysis.words.fold(before)).filter(|frame| free && frame.is_preposition());
    let lead = match (analysis.words.fold(at).starts_with(affix::BY), preposition) {
        (true, _) => Frame::By,
        (false, Some(frame)) => frame,
        (false, None) => Frame::Clause,
    };
    if preposition.is_some() {
        before = before.checked_sub(1)?;
    }
    let near = analysis.words.fold(before);
    // معللا ذلك بأن: what is meant, before its own preposition.
    let meant = lead == Frame::By && analysis.words.is(before, WordClass::That);
    if CUES.is_never(near) && analysis.cue(before).is_none() && !meant {
        return None;
    }
    if analysis.words.is(before, WordClass::Impersonal) || analysis.words.is_before(before, WordClass::WorthSaying) {
        return None;
    }
    if lead == Frame::Clause && before + 1 == at && takes(analysis, before) && !is_spelled_inna(analysis, at) {
        return None;
    }
    let floor = last.map_or(0, |last| last.content);
    let level = depth.get(at).copied().unwrap_or_default();
    for back in (floor.max(at.saturating_sub(REACH))..=before).rev() {
        if !analysis.words.same_sentence(back, at) {
            return None;
        }
        // أجاب: «…»، وعندها فهم أن: what was said has come to its end.
        if back + 1 < at
            && analysis.words.is_mark(back, &[':'])
            && depth.get(back).copied().unwrap_or_default() == level
        {
            return None;
        }
        let Some(form) = analysis.cue(back) else { continue };
        if depth.get(back).copied().unwrap_or_default() != level {
            continue;
        }
        // أعرب عن ثقته بأن, جدد التأكيد على أن: the noun of what one feels or does carries the clause.
        let stance = CUES.is_stance(near);
        let fits = stance
            || form.takes(lead)
            || (lead == Frame::By && form.takes(Frame::Clause))
            || (lead == Frame::Clause && back == before && form.reports());
        // طالب الوزير بأن, دعا إلى أن: the verb's own preposition before the clause.
        let urged = form.act == Act::Urge && lead != Frame::Clause && form.takes(lead);
        let strong = stance || urged || form.reports() || form.act == Act::Call || (back == before && form.takes(lead));
        if fits && strong {
            return Some(back);
        }
    }
    None
}

/// Whether the word, which is no cue, is a verb that takes the أن behind it: تريد أن. Not في تعميم أن, في يوليو أن.
fn takes(analysis: &Analysis<'_>, at: usize) -> bool {
    let (words, word) = (analysis.words, analysis.words.fold(at));
    affix::may_be_present(word)
        && word.chars().count() > 3
        && !affix::is_feminine(word)
        && !word.contains(affix::ARTICLE)
        && analysis.cue(at).is_none()
        && analysis.name(at).is_none()
        && !words.is_before(at, WordClass::Preposition)
        && !CUES.is_time(word)
}

/// Whether the particle is written إن, which no verb but one of saying takes.
fn is_spelled_inna(analysis: &Analysis<'_>, at: usize) -> bool {
    let span = analysis.words.get(at).map(|word| word.span);
    span.is_some_and(|span| slice(analysis.words.text(), span).starts_with('إ'))
}

/// One past the last word of what is reported from `start` on.
#[must_use]
pub fn report_end(analysis: &Analysis<'_>, quoted_spans: &[QuotedSpan], depth: &[usize], start: usize) -> usize {
    let level = depth.get(start.saturating_sub(1)).copied().unwrap_or_default();
    let line = analysis.words.get(start).map(|word| word.line);
    // A clause inside a quotation ends with it.
    let inside = depth.get(start).is_some_and(|depth| *depth > 0);
    let outer =
        quoted_spans.iter().filter(|quoted| inside && quoted.inner.contains(&start) && quoted.inner.start < start);
    let limit = outer.map(|quoted| quoted.inner.end).min().unwrap_or(analysis.words.len()).min(start + LONGEST);
    let mut at = start;
    while at < limit {
        if analysis.words.get(at).map(|word| word.line) != line {
            return at;
        }
        let inside = depth.get(at).copied().unwrap_or_default() > level;
        if !inside {
            let new_sentence = at > start
                && !analysis.words.same_sentence(at - 1, at)
                && !(depth.get(at).is_some_and(|depth| *depth > 0) && in_stretch(quoted_spans, at));
            if new_sentence || (at > start && breaks(analysis, at)) {
                return at;
            }
        }
        at += 1;
    }
    limit
}

fn in_stretch(quoted_spans: &[QuotedSpan], at: usize) -> bool {
    quoted_spans.iter().any(|quoted| quoted.inner.start < at && at < quoted.inner.end)
}

/// Whether something new begins at the word: another report, an attribution, another analysis.
fn breaks(analysis: &Analysis<'_>, at: usize) -> bool {
    let word = analysis.words.fold(at);
    if attributing_phrase(analysis, at).is_some() {
        return true;
    }
    let comma = analysis.words.is_comma(at - 1)
        || analysis.words.is_quotation(at - 1)
        || analysis.words.is_mark(at - 1, &['.', ')']);
    if let Some(form) = analysis.cue(at) {
        let participle = form.shape == Shape::Participle && !affix::is_definite(analysis.words.fold_before(at));
        let predicate = form.feminine || affix::may_be_adverbial(word) || affix::is_masculine_plural(word);
        if participle && predicate && (comma || leads_on(analysis, at)) {
            return true;
        }
        if form.is_finite() && form.joined && form.shape == Shape::Past && (comma || leads_on(analysis, at)) {
            return true;
        }
    }
    analysis.words.is(at, WordClass::Connector)
        && (at + 1..at + 3)
            .any(|next| analysis.cue(next).is_some_and(|form| form.is_finite() && form.shape == Shape::Past))
}

/// Whether the cue has its own words right after it.
fn leads_on(analysis: &Analysis<'_>, cue: usize) -> bool {
    (cue + 1..cue + 4).any(|at| analysis.words.is(at, WordClass::Complementizer) || analysis.words.opens_speech(at))
}

/// بحسب, وفقا لـ and their like at the word: how many words they take. A plain حسب before a thing that cannot speak
/// is left to the caller.
#[must_use]
pub fn attributing_phrase(analysis: &Analysis<'_>, at: usize) -> Option<Attributing> {
    if analysis.name(at).is_some() {
        return None;
    }
    let found = CUES.after(|ahead| analysis.words.fold(at + ahead))?;
    (!found.closing || closes(analysis, at + found.length)).then_some(found)
}

/// Whether nothing but a source follows in the sentence: few words, and no mark that leads to words or parts a clause.
fn closes(analysis: &Analysis<'_>, from: usize) -> bool {
    const SOURCE: usize = 10;
    let words = analysis.words;
    let end = analysis.sentence_end(from);
    let leads = |at: usize| words.is(at, WordClass::Complementizer) || words.opens_speech(at) || words.is_comma(at);
    from < end && end - from <= SOURCE && !(from..end).any(leads)
}

/// Whether the words before an attributing phrase, which takes the words from `at` to `source_end`, report something
/// themselves, with their own words behind its source: قالت الوزارة، نقلا عن فلان، إن; الوزير، وفق الوكالة، قال إن;
/// دعت المفوضية، على لسان متحدث، الطرفين إلى.
#[must_use]
pub fn reports_past(
    analysis: &Analysis<'_>,
    leads: &[Lead],
    before: &Range<usize>,
    (at, source_end): (usize, usize),
) -> bool {
    let words = analysis.words;
    let verb = |at: usize| analysis.cue(at).is_some_and(|form| form.reports() && form.is_finite());
    let says = before.clone().any(verb);
    let behind = source_end + usize::from(words.is_comma(source_end));
    let first = leads.partition_point(|lead| lead.content <= source_end);
    let mut here = leads.iter().skip(first).take_while(|lead| words.same_sentence(at, lead.content));
    let leads = here.any(|lead| before.contains(&lead.cue) || (says && (at..source_end).contains(&lead.cue)));
    leads || (says && words.is(at + 1, WordClass::Tongue)) || (behind > source_end && verb(behind))
}

/// The range without the marks that part clauses at its edges. What belongs to the words stays: a sign of a number
/// (-5, $5, 5٪, 10°), of a name (C++, #وسم), brackets, marks of a quotation that opens or closes inside.
#[must_use]
pub fn trimmed(analysis: &Analysis<'_>, start: usize, end: usize) -> Range<usize> {
    let words = analysis.words;
    let parts = |at: usize| words.is_mark(at, &PARTING);
    let sign = |at: usize| {
        let next = words.get(at + 1).filter(|next| next.class == Class::Number);
        words.is_mark(at, &['-', '–'])
            && next.zip(words.get(at)).is_some_and(|(next, at)| next.span.start == at.span.end)
    };
    let mut range = start..end.max(start);
    while !range.is_empty() && parts(range.start) && !sign(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && (parts(range.end - 1) || (range.end < end && words.is(range.end - 1, WordClass::And))) {
        range.end -= 1;
    }
    while range.len() > 1 && words.is(range.end - 1, WordClass::Trailing) {
        range.end -= 1;
        while range.len() > 1 && parts(range.end - 1) {
            range.end -= 1;
        }
    }
    range
}

/// Marks that part clauses and sentences, or stand for a list's.
const PARTING: [char; 13] = ['.', '،', ',', '؛', ';', ':', '…', '-', '–', '—', '•', '·', '|'];
