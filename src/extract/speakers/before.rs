//! Sources that stand before their cue: the one with whom the sentence opens, the one right before the verb.

use super::{REACH, Source, features::How, nominal};
use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::grammar::WordClass;
use crate::extract::phrase::{can_head, head_of, is_proclitic_name};

/// The word with which the sentence of a cue opens, behind marks and لكن, غير أن and their like.
fn opening(analysis: &Analysis<'_>, cue: usize) -> Option<usize> {
    let words = analysis.words;
    (analysis.sentence_start(cue)..cue).find(|&at| {
        !(words.get(at).is_some_and(|word| word.class == Class::Mark)
            || words.is(at, WordClass::Was)
            || words.is(at, WordClass::And)
            || (analysis.name(at).is_none() && words.is(at, WordClass::SentenceOpener)))
    })
}

/// The source that its sentence opens with, where the cue is the first verb after it: X، عن حزب كذا، قال. With كان before
/// it as well. What stands between commas right before the cue is said of the source: لكن موظفا، رفض ذكر اسمه، قال.
#[must_use]
pub fn topic(analysis: &Analysis<'_>, cue: usize) -> Option<Source> {
    let words = analysis.words;
    let first = opening(analysis, cue)?;
    let comma = (first + 1..cue.saturating_sub(1)).find(|&at| words.is_comma(at));
    let aside = comma.filter(|_| words.is_comma(cue - 1)).map_or(cue..cue, |comma| comma..cue);
    let verb =
        |at: usize| words.is(at, WordClass::Complementizer) || (analysis.cue(at).is_some() && !aside.contains(&at));
    if cue - first > REACH || (first..cue).any(verb) {
        return None;
    }
    let opens = analysis.name(first).is_some_and(|name| !is_proclitic_name(analysis, name))
        || can_head(head_of(analysis, first));
    nominal(analysis, first..cue).filter(|_| opens)
}

/// أما X فقال: the one with whom أما opens the sentence, where the cue is the first after it and has ف.
#[must_use]
pub fn after_amma(analysis: &Analysis<'_>, cue: usize) -> Option<Source> {
    let words = analysis.words;
    let start = analysis.sentence_start(cue);
    let amma = (start..cue.min(start + 3)).find(|&at| words.is(at, WordClass::Amma))?;
    let verb = |at: usize| analysis.cue(at).is_some_and(|form| form.is_finite());
    // أما X فقد قال
    let perfect = words.is_before(cue, WordClass::Perfect);
    let then = if perfect { cue - 1 } else { cue };
    if cue - amma > REACH || !words.fold(then).starts_with(affix::THEN) || (amma + 1..cue).any(verb) {
        return None;
    }
    let source = nominal(analysis, amma + 1..then)?;
    Some(Source { how: How::Amma, ..source })
}

/// أما *سمير الوادي* فابتسم. ثم قال: the person with whom أما opens a sentence is the one spoken of from here on.
#[must_use]
pub fn named_by_amma(analysis: &Analysis<'_>, at: usize) -> Option<Source> {
    let opens = analysis.words.is(at, WordClass::Amma) && at <= analysis.sentence_start(at) + 1;
    if !opens {
        return None;
    }
    let end = analysis.sentence_end(at).min(at + REACH);
    let source = nominal(analysis, at + 1..end).filter(|source| source.cluster.is_some())?;
    let person = analysis.kind(analysis.words.within(source.span).start) == Some(Kind::Person);
    person.then_some(Source { how: How::Amma, ..source })
}

/// The source right before a cue that has none after it: رئيس الحكومة أكد, X الذي قال.
#[must_use]
pub fn before(analysis: &Analysis<'_>, cue: usize) -> Option<Source> {
    let words = analysis.words;
    let mut at = cue.checked_sub(1)?;
    let relative = words.is(at, WordClass::Relative);
    let relative_feminine = words.is(at, WordClass::RelativeFeminine);
    if relative || words.is(at, WordClass::Perfect) {
        at = at.checked_sub(1)?;
    }
    if !relative && at + 1 < cue {
        // كانت مصادر قد أكدت: the subject stands between the two verbs.
        let opens = |back: &usize| words.is(*back, WordClass::Was);
        let open = (at.saturating_sub(12)..at).rev().take_while(|&back| words.same_sentence(back, cue)).find(opens);
        if let Some(open) = open {
            return nominal(analysis, open + 1..at + 1);
        }
    }
    if relative {
        // التي أثبت أنها: the verb has not the gender of what it describes, which is its object.
        if analysis.cue(cue).is_some_and(|form| !form.plural && form.feminine != relative_feminine) {
            return None;
        }
        // سمير الوادي (22 عاما)، الذي قال
        let comma = at.saturating_sub(usize::from(words.is_comma(at)));
        let open = (comma.saturating_sub(4)..comma).rev().find(|&open| words.is_mark(open, &['(']));
        let at = open.filter(|_| words.is_mark(comma, &[')'])).unwrap_or(at);
        let mut near = (at.saturating_sub(4)..=at).rev().take_while(|&near| words.same_sentence(near, cue));
        let name = near.find_map(|near| analysis.name(near))?;
        return Some(Source::named(analysis, name, How::Relative));
    }
    if words.is_comma(at) || words.is_quotation(at) {
        at = at.checked_sub(1)?;
    }
    let name = analysis.name(at).filter(|_| words.same_sentence(at, cue))?;
    (!is_proclitic_name(analysis, name)).then(|| Source::named(analysis, name, How::Before))
}
