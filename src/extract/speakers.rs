//! Who speaks: the subject of a cue, and whom it stands for.
//!
//! Arabic puts the verb first: قال + title + name, with the day, the occasion and the paper between. What comes before
//! the words is read from left to right of the sentence until the subject is found; a verb without one goes on with the
//! last speaker.

pub mod cast;
pub mod choice;
mod look;
pub mod traits;

use crate::annotation::Kind;
use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::CUES;
use crate::extract::roles;
use crate::extract::scene::{Scene, is_complementizer};
use crate::text::Span;
use std::ops::Range;
pub use traits::How;

/// Who a cue's words come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The cluster; none for a nominal speaker.
    pub cluster: Option<usize>,
    /// The words that say so.
    pub span: Span,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// How it was reached.
    pub how: How,
    /// The folded head of a nominal (الوزير), to know it again.
    pub head: String,
}

/// The longest subject that is looked through for a name, in words.
const REACH: usize = 30;

/// The subject that stands in `range` (the words between a cue and what it reports), if one does.
#[must_use]
pub fn subject(scene: &Scene<'_>, range: Range<usize>) -> Option<Source> {
    let end = range.end.min(range.start + REACH);
    let mut at = range.start;
    while at < end {
        at = skip_adverbs(scene, at, end);
        if at >= end {
            return None;
        }
        let word = scene.words.fold(at);
        // للجوهرة أف أم، فلان: the one spoken to comes first.
        if let Some(name) = scene.name(at).filter(|name| is_proclitic_name(scene, *name)) {
            at = scene.range(name).end;
            continue;
        }
        if scene.name(at).is_none() && (is_preposition(word) || is_complementizer(word)) {
            // A phrase of time, place or occasion before the subject: the subject may stand behind its comma.
            at = (at..end).find(|&next| is_comma(scene, next))? + 1;
            let opens = scene.name(at).is_some() || LISTS.role(head_of(scene, at)).is_some();
            if !opens {
                return None;
            }
            continue;
        }
        return nominal(scene, at..end);
    }
    None
}

/// The source in a phrase that begins at `range.start`: a name, a title with a name, a body, or a nominal.
#[must_use]
pub fn nominal(scene: &Scene<'_>, range: Range<usize>) -> Option<Source> {
    let phrase = range.start..phrase_end(scene, range.clone());
    let first = scene.name(phrase.start);
    if let Some(name) = first {
        // A body before a person is a part of something else only where a title leads; here it speaks itself.
        return Some(named(scene, name, How::NameAfter, 0.95));
    }
    let head = head_of(scene, phrase.start);
    // A paper speaks with the voice of its issuer; the paper alone goes on with the last speaker.
    if CUES.is_channel(head) {
        let reach = (phrase.start + 1..range.end.min(phrase.start + 9)).take_while(|&at| !is_comma(scene, at));
        if let Some(name) = reach.filter_map(|at| scene.name(at)).next() {
            return Some(named(scene, name, How::Issuer, 0.8));
        }
        if head.starts_with("ال") || phrase.is_empty() {
            return None;
        }
    }
    let spoken_for = (phrase.start..phrase.end).find(|&at| is_deputy(scene.words.fold(at)));
    let limit = spoken_for.unwrap_or(phrase.end);
    if roles::belongs_to(scene, phrase.start) {
        let end = scene.name(phrase.start + 1).map_or(phrase.end, |name| scene.range(name).end);
        let span = scene.words.span(phrase.start..end);
        return Some(Source { cluster: None, span, confidence: 0.6, how: How::Nominal, head: head.to_owned() });
    }
    let person = |range: Range<usize>| {
        range
            .filter_map(|at| scene.name(at))
            .find(|&name| scene.names.get(name).is_some_and(|name| name.kind == Kind::Person))
    };
    if let Some(name) = person(phrase.start..limit) {
        return Some(named(scene, name, How::NameInside, 0.9));
    }
    // متحدث باسم الوزارة أحمد صالح: the name comes after what he speaks for.
    if let Some(deputy) = spoken_for
        && let Some(name) = person(deputy + 2..phrase.end).filter(|&name| !is_proclitic_name(scene, name))
    {
        return Some(named(scene, name, How::AfterTitle, 0.8));
    }
    if let Some(name) = apposed(scene, phrase.end, range.end) {
        return Some(named(scene, name, How::Apposed, 0.88));
    }
    if phrase.is_empty() || scene.words.get(phrase.start).is_none_or(|word| word.class != Class::Arabic) {
        return None;
    }
    // موقع "سكاي نيوز": the generic head stays outside, the name speaks.
    if LISTS.is_left_head(head) || matches!(head, "مراسل" | "الشرطه") {
        let next = (phrase.start + 1..phrase.end.min(phrase.start + 7)).find_map(|at| scene.name(at));
        if let Some(name) =
            next.filter(|&name| scene.names.get(name).is_some_and(|name| name.kind == Kind::Organization))
        {
            return Some(named(scene, name, How::GenericHead, 0.88));
        }
    }
    // مرارا, بحزن: how, not who.
    if !can_head(head) && (head.ends_with('ا') || head.starts_with('ب')) {
        return None;
    }
    let span = scene.words.span(phrase);
    Some(Source { cluster: None, span, confidence: 0.6, how: How::Nominal, head: head.to_owned() })
}

fn named(scene: &Scene<'_>, name: usize, how: How, confidence: f32) -> Source {
    let span = scene.names.get(name).map_or_else(Span::default, |name| name.span);
    let trust = scene.names.get(name).map_or(1.0, |name| name.confidence).max(0.5);
    Source { cluster: scene.cluster(name), span, confidence: confidence * trust, how, head: String::new() }
}

/// ذاته, نفسها: the one who spoke already.
#[must_use]
pub fn is_same(word: &str) -> bool {
    matches!(word, "ذاته" | "نفسه" | "ذاتها" | "نفسها" | "عينه" | "عينها")
}

/// Whether a noun is known to be one that speaks.
#[must_use]
pub fn can_head(word: &str) -> bool {
    CUES.is_source(word) || LISTS.role(word).is_some() || LISTS.is_kept_head(word) || LISTS.is_left_head(word)
}

/// The nominal right before a cue that has no subject after it: المنظمة أقرت, المتهمة التي اعترفت.
#[must_use]
pub fn nominal_before(scene: &Scene<'_>, cue: usize) -> Option<Source> {
    let inside = |at: &usize| {
        let mark = scene.words.get(*at).is_none_or(|word| word.class == Class::Mark);
        !mark
            && scene.words.same_sentence(*at, cue)
            && scene.cue(*at).is_none()
            && !CUES.is_circumstance(scene.words.fold(*at))
    };
    let start = (cue.saturating_sub(8)..cue).rev().take_while(inside).last()?;
    let head = (start..cue).find(|&at| scene.name(at).is_none() && can_head(head_of(scene, at)))?;
    nominal(scene, head..cue)
}

/// The person named right after a comma: وزير الدفاع، فلان،
fn apposed(scene: &Scene<'_>, comma: usize, end: usize) -> Option<usize> {
    let open = is_comma(scene, comma) || scene.is_quotation_mark(comma) || scene.words.is_mark(comma, &['(']);
    let mut at = comma + 1;
    while at < end && at < comma + 4 && (is_rank(scene, at) || scene.is_quotation_mark(at)) {
        at += 1;
    }
    let name = scene.name(at).filter(|_| open && at < end)?;
    scene.names.get(name).filter(|name| name.kind == Kind::Person).map(|_| name)
}

fn is_rank(scene: &Scene<'_>, at: usize) -> bool {
    LISTS.role(scene.words.fold(at)).is_some()
}

/// Whether the name has a preposition written on it: it is not the one who speaks.
fn is_proclitic_name(scene: &Scene<'_>, name: usize) -> bool {
    let range = scene.range(name);
    let start = scene.names.get(name).map_or(0, |name| name.span.start);
    scene.words.get(range.start).is_some_and(|word| word.span.start < start)
        && !scene.words.fold(range.start).starts_with('و')
}

/// باسم, نيابة عن: who follows is spoken for.
fn is_deputy(word: &str) -> bool {
    matches!(word, "باسم" | "بلسان" | "نيابه" | "مقرب" | "مقربون" | "مقربين" | "عن")
}

/// The head of a phrase, without the و of a title (ووزير).
fn head_of<'s>(scene: &'s Scene<'_>, at: usize) -> &'s str {
    let word = scene.words.fold(at);
    let bare = word.strip_prefix('و').filter(|rest| LISTS.role(rest).is_some() && LISTS.role(word).is_none());
    bare.unwrap_or(word)
}

/// One past the last word of the noun phrase that begins the range.
fn phrase_end(scene: &Scene<'_>, range: Range<usize>) -> usize {
    for at in range.clone() {
        let word = scene.words.fold(at);
        if scene.name(at).is_some() {
            continue;
        }
        let mark = scene.words.get(at).is_some_and(|word| word.class == Class::Mark);
        let quoted_name =
            scene.is_quotation_mark(at) && (scene.name(at + 1).is_some() || scene.name(at.wrapping_sub(1)).is_some());
        let relative = matches!(word, "الذي" | "التي" | "الذين" | "وهو" | "وهي" | "ضيف" | "ضيفه" | "بان" | "قائلا");
        let next = scene.words.fold(at + 1);
        let occasion = word == "في"
            && (CUES.is_channel(next) || CUES.is_channel(next.trim_end_matches("ها").trim_end_matches('ه')));
        // الوكالة تقريرا: after a definite head an indefinite noun is the object.
        let object = at > range.start
            && scene.words.fold(range.start).starts_with("ال")
            && scene.words.fold(at - 1).starts_with("ال")
            && !word.starts_with(['ا', 'و', 'ب', 'ل'])
            && !CUES.is_preposition(word)
            && !is_same(word);
        let stops = object
            || (mark && !quoted_name)
            || occasion
            || is_complementizer(word)
            || relative
            || CUES.is_circumstance(word)
            || scene.cue(at).is_some_and(|form| form.is_finite() && at > range.start);
        if stops && at > range.start {
            return at;
        }
        if stops {
            return range.start;
        }
    }
    range.end
}

/// A word that begins a prepositional phrase.
fn is_preposition(word: &str) -> bool {
    CUES.is_circumstance(word)
        || CUES.is_preposition(word)
        || (word.starts_with("لل") && word.chars().count() > 4)
        || splits(word).any(|cut| {
            word.get(..cut).is_some_and(|head| head.ends_with(['ب', 'ل']))
                && word.get(cut..).is_some_and(|core| CUES.is_channel(core) || core.starts_with("ال"))
        })
}

/// Skips the day, the hour, أيضا, bracketed asides.
fn skip_adverbs(scene: &Scene<'_>, mut at: usize, end: usize) -> usize {
    while at < end {
        let word = scene.words.fold(at);
        let adverb = scene.name(at).is_none() && CUES.is_adverb(word);
        let number = scene.words.get(at).is_some_and(|word| word.class == Class::Number);
        if !(adverb || number || is_comma(scene, at) || scene.is_quotation_mark(at)) {
            return at;
        }
        at += 1;
    }
    at
}

/// Whether the word is a comma.
#[must_use]
pub fn is_comma(scene: &Scene<'_>, at: usize) -> bool {
    scene.words.is_mark(at, &['،', ','])
}

/// The source right before a cue that has none after it: رئيس الحكومة أكد, X الذي قال.
#[must_use]
pub fn before(scene: &Scene<'_>, cue: usize) -> Option<Source> {
    let mut at = cue.checked_sub(1)?;
    let relative = matches!(scene.words.fold(at), "الذي" | "التي" | "والذي" | "والتي" | "الذين");
    if relative || matches!(scene.words.fold(at), "قد" | "وقد" | "كان" | "كانت") {
        at = at.checked_sub(1)?;
    }
    if !relative && at + 1 < cue {
        // كانت مصادر قد أكدت: the subject stands between the two verbs.
        let opens = |back: &usize| matches!(scene.words.fold(*back), "كان" | "كانت" | "وكان" | "وكانت");
        let open =
            (at.saturating_sub(12)..at).rev().take_while(|&back| scene.words.same_sentence(back, cue)).find(opens);
        if let Some(open) = open {
            return nominal(scene, open + 1..at + 1);
        }
    }
    if relative {
        let near = (at.saturating_sub(4)..=at).rev().take_while(|&near| scene.words.same_sentence(near, cue));
        let name = near.filter_map(|near| scene.name(near)).next()?;
        return Some(named(scene, name, How::Relative, 0.85));
    }
    if is_comma(scene, at) || scene.is_quotation_mark(at) {
        at = at.checked_sub(1)?;
    }
    let name = scene.name(at).filter(|_| scene.words.same_sentence(at, cue))?;
    (!is_proclitic_name(scene, name)).then(|| named(scene, name, How::Before, 0.8))
}
