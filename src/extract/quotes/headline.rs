//! Headlines: in the first line `X: …` is X speaking, and so is what stands behind `… .. وX:`.

use super::clauses;
use super::reader::Reader;
use super::speech::Speech;
use crate::annotation::{Kind, QuoteKind};
use crate::arabic::affix;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::CUES;
use crate::extract::phrase::{can_head, is_body};
use crate::extract::speakers::features::Context;
use crate::extract::speakers::site::SpeechSite;
use crate::extract::speakers::{self, Source};
use std::ops::{Range, RangeInclusive};

/// As many words may stand before the colon of a headline.
const HEADLINE: usize = 14;
/// As many before the colon of a later part of it. (Of 41 such parts in the annotated articles 40 are speech.)
const LATER: usize = 4;
/// As few words may be said in one.
const SAID: usize = 2;
/// As many words as are said in the marks of a headline, at least and at most.
const IN_MARKS: RangeInclusive<usize> = 3..=16;

/// Reads the first line, sentence by sentence.
pub fn read(reader: &mut Reader<'_, '_>) {
    let words = reader.analysis.words;
    let Some(end) = (0..words.len()).find(|&at| words.get(at).is_some_and(|word| word.line > 0)) else { return };
    let mut start = 0;
    in_marks(reader, end);
    while start < end {
        let stop = reader.analysis.sentence_end(start).min(end);
        part(reader, start..stop, end);
        start = stop;
    }
}

/// «…».. and «…»: at the beginning of a headline, .. «…» at its end: what somebody says in the article. (20 of 23 such in
/// the annotated articles are speech.)
fn in_marks(reader: &mut Reader<'_, '_>, end: usize) {
    let words = reader.analysis.words;
    let dots = |at: usize| words.is_mark(at, &['…']) || words.is_mark(at, &['.']) && words.is_mark(at + 1, &['.']);
    let opens =
        |inner: &Range<usize>| inner.start == 1 && (dots(inner.end + 1) || words.is_mark(inner.end + 1, &[':']));
    let closes = |inner: &Range<usize>| {
        let joined = usize::from(inner.start.checked_sub(2).is_some_and(|and| words.is(and, WordClass::And)));
        let before = inner.start.checked_sub(3 + joined);
        inner.end + 1 == end && before.is_some_and(|at| dots(at) || words.is_mark(at + 1, &['…']))
    };
    let said = |inner: &Range<usize>| IN_MARKS.contains(&inner.len()) && (opens(inner) || closes(inner));
    let inner: Vec<Range<usize>> = reader
        .quoted_spans
        .iter()
        .map(|quoted| quoted.inner.clone())
        .take_while(|inner| inner.end < end)
        .filter(said)
        .collect();
    for inner in inner {
        let site = SpeechSite {
            at: inner.start,
            subject_range: inner.start..inner.start,
            form: None,
            kind: Context::Marks,
            subject: None,
            proposal: None,
            outer: None,
            channel: 0..0,
        };
        let attribution = reader.decide(&site);
        reader.push(QuoteKind::Direct, inner, &attribution, (None, Speech::by("marks at an end of the headline")));
    }
}

/// One part of the headline, which ends at `end`.
fn part(reader: &mut Reader<'_, '_>, part: Range<usize>, end: usize) {
    let words = reader.analysis.words;
    let near = part.end.min(part.start + HEADLINE);
    let Some(colon) = (part.start + 1..near).find(|&at| words.is_mark(at, &[':'])) else { return };
    // مقابلة | سمير الوادي: what stands before the bar says what kind of article it is.
    let bar = (part.start..colon).rev().find(|&at| words.is_mark(at, &['|']));
    let before = bar.map_or(part.start, |bar| bar + 1)..colon;
    // البلدية تفتح السوق ووزارة الصحة: لا خطر
    let last = joined_name(reader, &before);
    let before = last.unwrap_or(before.start)..colon;
    let Some(source) = speaker(reader, &before, last.is_some() || part.start > 0 && bar.is_none()) else { return };
    let proposal = reader.resolve(source.clone());
    let site = SpeechSite {
        at: before.start,
        subject_range: before,
        form: None,
        kind: Context::Heading,
        subject: Some(source),
        proposal: Some(proposal),
        outer: None,
        channel: 0..0,
    };
    let attribution = reader.decide(&site);
    // سمير الوادي: الجسر جاهز.. والبلدية: ليس بعد
    let next = (part.end..end.min(part.end + LATER + 1)).any(|at| words.is_mark(at, &[':']));
    let rest = next && words.fold(part.end).starts_with(affix::AND);
    let content = clauses::trimmed(reader.analysis, colon + 1, if rest { part.end } else { end });
    let marked =
        reader.beginning(colon + 2).find(|quoted| quoted.inner.end + 2 >= part.end).map(|quoted| quoted.inner.clone());
    let content = marked.unwrap_or(content);
    if content.len() >= SAID {
        reader.push(QuoteKind::Direct, content, &attribution, (None, Speech::by("headline with a colon")));
    }
    reader.hear(attribution.source, site.at);
}

/// Where the name begins that و joins to all that stands before the colon.
fn joined_name(reader: &Reader<'_, '_>, before: &Range<usize>) -> Option<usize> {
    let analysis = reader.analysis;
    let name = analysis.name(before.end.checked_sub(1)?)?;
    let range = analysis.range(name);
    let long = range.start > before.start + LATER && range.end == before.end;
    let joined = affix::strip_and(analysis.words.fold(range.start)).is_some();
    let inside = analysis
        .names
        .get(name)
        .is_some_and(|name| analysis.words.get(range.start).is_some_and(|word| word.span.start < name.span.start));
    (long && joined && inside && analysis.kind(range.start) != Some(Kind::Place)).then_some(range.start)
}

/// Who speaks before the colon, if anybody does; `later` in a part that is not the first.
fn speaker(reader: &Reader<'_, '_>, before: &Range<usize>, later: bool) -> Option<Source> {
    let (analysis, words) = (reader.analysis, reader.analysis.words);
    let (start, first) = (before.start, words.fold(before.start));
    if before.clone().any(|at| analysis.cue(at).is_some_and(|form| form.reports())) {
        return None;
    }
    let joined =
        later && affix::strip_and(first).is_some() && (before.len() <= LATER || analysis.name(start).is_some());
    let named = analysis.kind(start).is_some_and(|kind| kind != Kind::Place);
    let person = || before.clone().any(|at| analysis.kind(at) == Some(Kind::Person));
    let titled = LISTS.role(first).is_some() || (can_head(first) && person());
    // حزب "الساحل", المرجع الشيخ سمير الوادي: the name ends what its head or title begins.
    let ends = analysis.name(before.end - 1).map(|name| analysis.range(name).end) == Some(before.end);
    let headed = ends
        && match analysis.kind(before.end - 1) {
            Some(Kind::Organization) => is_body(first),
            Some(Kind::Person) => affix::is_definite(first),
            _ => false,
        };
    // «البلدية»: a body by a word or two in marks.
    let marked = words.is_quotation(start) && words.is_quotation(before.end - 1) && (3..=LATER).contains(&before.len());
    // دراسة أممية: a source, with what describes it.
    let described = before.len() > 1 && (CUES.is_source(first) || words.is(start, WordClass::Study));
    // المرصد يحسم الجدل: a verb makes it a sentence about somebody.
    let verb = |at: usize| {
        let word = words.fold(at);
        analysis.name(at).is_none() && affix::is_masculine_present(word) && LISTS.role(word).is_none()
    };
    let told = before.clone().skip(1).any(verb);
    if !(joined || titled || named || described || headed || marked) || told {
        return None;
    }
    let inner = before.start + usize::from(marked)..before.end - usize::from(marked);
    let mut source = speakers::nominal(analysis, inner)?;
    if joined && source.cluster.is_none() && words.within(source.span).start == start {
        source.span.start += affix::AND.len_utf8();
        source.head = affix::without_and(&source.head).to_owned();
    }
    Some(source)
}
