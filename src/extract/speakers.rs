//! Who speaks: the subject of a cue, and whom it stands for.
//!
//! Arabic puts the verb first: قال + title + name, with the day, the occasion and the paper between. What comes before
//! the words is read from left to right of the sentence until the subject is found; a verb without one goes on with the
//! last speaker.

pub mod cast;
pub mod choice;
mod look;
mod phrase;
pub mod traits;

use crate::annotation::Kind;
use crate::arabic::tokens::Class;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::CUES;
use crate::extract::roles;
use crate::extract::scene::{Scene, is_complementizer};
use crate::text::Span;
pub use phrase::{can_head, is_comma, is_deputy, is_proclitic_name, is_same, is_spoken_for, is_was};
use phrase::{head_of, is_preposition, phrase_end, share_end, skip_adverbs};
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
    // 20% ممن شملهم الاستطلاع: a share of people.
    if let Some(after) = share_end(scene, phrase.start) {
        let end = phrase_end(scene, after..range.end);
        let span = scene.words.span(phrase.start..end.max(after));
        return Some(Source { cluster: None, span, confidence: 0.6, how: How::Nominal, head: "%".to_owned() });
    }
    // A paper speaks with the voice of its issuer.
    if CUES.is_channel(head) {
        let reach = (phrase.start + 1..range.end.min(phrase.start + 9)).take_while(|&at| !is_comma(scene, at));
        if let Some(name) = reach.filter_map(|at| scene.name(at)).next() {
            return Some(named(scene, name, How::Issuer, 0.8));
        }
        if phrase.is_empty() {
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
        && let Some(name) = person(deputy + 1..phrase.end).filter(|&name| !is_proclitic_name(scene, name))
        && !is_spoken_for(scene, deputy + 1..scene.range(name).start)
    {
        return Some(named(scene, name, How::AfterTitle, 0.8));
    }
    // المبعوث إلى ليبيا فلان: the title goes on to the place, and the name after it.
    if LISTS.role(head).is_some()
        && matches!(scene.words.fold(phrase.end), "الي" | "لدي")
        && let Some(place) = scene.name(phrase.end + 1).map(|name| scene.range(name).end)
        && let Some(name) = person(place..range.end.min(place + 1))
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
    if LISTS.is_left_head(head) || head == "الشرطه" {
        let next = (phrase.start + 1..phrase.end.min(phrase.start + 7)).find_map(|at| scene.name(at));
        if let Some(name) =
            next.filter(|&name| scene.names.get(name).is_some_and(|name| name.kind == Kind::Organization))
        {
            return Some(named(scene, name, How::GenericHead, 0.88));
        }
    }
    // مرارا, بحزن: how, not who.
    if !can_head(head) && ((head.ends_with('ا') && !head.ends_with("ها")) || head.starts_with('ب')) {
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

/// The share of people that ends right before the word: و50% "راض".
#[must_use]
pub fn share_before(scene: &Scene<'_>, end: usize) -> Option<Source> {
    let at = (end.saturating_sub(3)..end).find(|&at| share_end(scene, at) == Some(end))?;
    nominal(scene, at..end)
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

/// بلاغ للمكتب, بيان الوزارة: the body whose paper it is, where it has no name there.
#[must_use]
pub fn issuer(scene: &Scene<'_>, paper: Range<usize>) -> Option<Source> {
    let head = |at: usize| {
        let word = scene.words.fold(at);
        let core = word.strip_prefix("لل").or_else(|| word.strip_prefix("ال"))?;
        let body = LISTS.is_kept_head(core) || LISTS.is_left_head(core);
        (body && scene.name(at).is_none()).then(|| format!("ال{core}"))
    };
    let (at, head) = paper.skip(1).find_map(|at| Some((at, head(at)?)))?;
    Some(Source { cluster: None, span: scene.words.span(at..at + 1), confidence: 0.6, how: How::Nominal, head })
}

/// The source that its sentence opens with, where the cue is the first verb after it: X، عن حزب كذا، قال. With كان before
/// it as well.
#[must_use]
pub fn topic(scene: &Scene<'_>, cue: usize) -> Option<Source> {
    let start = scene.sentence_start(cue);
    let first = (start..cue).find(|&at| {
        !(scene.words.get(at).is_some_and(|word| word.class == Class::Mark)
            || is_was(scene.words.fold(at))
            || scene.words.fold(at) == "و")
    })?;
    let verb = |at: usize| scene.cue(at).is_some() || is_complementizer(scene.words.fold(at));
    if cue - first > REACH || (first..cue).any(verb) {
        return None;
    }
    let opens =
        scene.name(first).is_some_and(|name| !is_proclitic_name(scene, name)) || can_head(head_of(scene, first));
    nominal(scene, first..cue).filter(|_| opens)
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
        let opens = |back: &usize| is_was(scene.words.fold(*back));
        let open =
            (at.saturating_sub(12)..at).rev().take_while(|&back| scene.words.same_sentence(back, cue)).find(opens);
        if let Some(open) = open {
            return nominal(scene, open + 1..at + 1);
        }
    }
    if relative {
        // التي أثبت أنها: the verb has not the gender of what it describes, which is its object.
        let agrees = |feminine: bool| scene.cue(cue).is_none_or(|form| form.plural || form.feminine == feminine);
        if !agrees(scene.words.fold(at).ends_with("التي")) {
            return None;
        }
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
