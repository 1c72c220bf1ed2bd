//! Who speaks: the subject of a cue, and whom it stands for.
//!
//! Arabic puts the verb first: قال + title + name, with the day, the occasion and the paper between. What comes before
//! the words is read from left to right of the sentence until the subject is found; a verb without one goes on with the
//! last speaker.

use crate::annotation::Kind;
use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::CUES;
use crate::extract::scene::{Scene, is_complementizer};
use crate::text::Span;
use std::ops::Range;

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
    pub how: &'static str,
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
        if scene.name(at).is_none() && (is_preposition(word) || is_complementizer(word)) {
            // A phrase of time, place or occasion before the subject: the subject may stand behind its comma.
            at = (at..end).find(|&next| is_comma(scene, next))? + 1;
            let opens = scene.name(at).is_some() || LISTS.role(head_of(scene, at).0).is_some();
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
        return Some(named(scene, name, "the name after the cue", 0.95));
    }
    let (head, _) = head_of(scene, phrase.start);
    // A paper speaks with the voice of its issuer; the paper alone goes on with the last speaker.
    if CUES.is_channel(head) {
        let reach = (phrase.start + 1..range.end.min(phrase.start + 9)).take_while(|&at| !is_comma(scene, at));
        if let Some(name) = reach.filter_map(|at| scene.name(at)).next() {
            return Some(named(scene, name, "the issuer of the paper that speaks", 0.8));
        }
        if head.starts_with("ال") || phrase.is_empty() {
            return None;
        }
    }
    let spoken_for = (phrase.start..phrase.end).find(|&at| is_deputy(scene.words.fold(at)));
    let limit = spoken_for.unwrap_or(phrase.end);
    let person = |range: Range<usize>| {
        range
            .filter_map(|at| scene.name(at))
            .find(|&name| scene.names.get(name).is_some_and(|name| name.kind == Kind::Person))
    };
    if let Some(name) = person(phrase.start..limit) {
        return Some(named(scene, name, "the name in the subject of the cue", 0.9));
    }
    // متحدث باسم الوزارة أحمد صالح: the name comes after what he speaks for.
    if let Some(deputy) = spoken_for
        && let Some(name) = person(deputy + 2..phrase.end).filter(|&name| !is_proclitic_name(scene, name))
    {
        return Some(named(scene, name, "the name after the title", 0.8));
    }
    if let Some(name) = apposed(scene, phrase.end, range.end) {
        return Some(named(scene, name, "the name in apposition to the subject", 0.88));
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
            return Some(named(scene, name, "the name after its generic head", 0.88));
        }
    }
    let span = scene.words.span(phrase);
    Some(Source { cluster: None, span, confidence: 0.6, how: "the nominal subject of the cue", head: head.to_owned() })
}

fn named(scene: &Scene<'_>, name: usize, how: &'static str, confidence: f32) -> Source {
    let span = scene.names.get(name).map_or_else(Span::default, |name| name.span);
    let trust = scene.names.get(name).map_or(1.0, |name| name.confidence).max(0.5);
    Source { cluster: scene.cluster(name), span, confidence: confidence * trust, how, head: String::new() }
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

/// The head of a phrase and the words before it that only count or point (أحد, عدد من, نفس, ذات).
fn head_of<'s>(scene: &'s Scene<'_>, at: usize) -> (&'s str, usize) {
    let word = scene.words.fold(at);
    let bare = word.strip_prefix('و').filter(|rest| LISTS.role(rest).is_some() && LISTS.role(word).is_none());
    (bare.unwrap_or(word), at)
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
        let stops = (mark && !quoted_name)
            || occasion
            || is_complementizer(word)
            || relative
            || is_boundary(word)
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

/// Prepositions that lead from the subject to the circumstances.
fn is_boundary(word: &str) -> bool {
    matches!(
        word,
        "خلال"
            | "عقب"
            | "لدي"
            | "اثر"
            | "بعد"
            | "قبل"
            | "اليوم"
            | "امس"
            | "مساء"
            | "صباح"
            | "الي"
            | "علي"
            | "عبر"
            | "حول"
            | "بشان"
            | "ردا"
            | "تعليقا"
            | "مع"
            | "اثناء"
            | "ضمن"
            | "بمناسبه"
            | "رفقه"
            | "برفقه"
            | "حيث"
            | "فيما"
            | "كما"
            | "بدوره"
            | "بدورها"
            | "لوكاله"
            | "لصحيفه"
            | "لموقع"
            | "لقناه"
            | "لاذاعه"
            | "للصحفيين"
            | "للصحافيين"
            | "لمراسل"
            | "لمراسله"
            | "لبرنامج"
            | "لجريده"
            | "لوسائل"
            | "للقناه"
            | "للاعلام"
            | "ان"
            | "بان"
            | "مؤخرا"
            | "ايضا"
            | "الاحد"
            | "الاثنين"
            | "الثلاثاء"
            | "الاربعاء"
            | "الخميس"
            | "الجمعه"
            | "السبت"
            | "يوم"
            | "بالقول"
            | "انذاك"
            | "حينها"
            | "وقتها"
            | "سابقا"
    )
}

/// A word that begins a prepositional phrase.
pub(crate) fn is_preposition(word: &str) -> bool {
    is_boundary(word)
        || matches!(
            word,
            "في" | "من"
                | "عن"
                | "ب"
                | "ل"
                | "ضد"
                | "بحسب"
                | "حسب"
                | "وفق"
                | "وفقا"
                | "منذ"
                | "حتي"
                | "له"
                | "لها"
                | "فيه"
                | "به"
                | "عنه"
                | "عليه"
                | "منه"
                | "فيها"
                | "بها"
                | "لهم"
                | "اليه"
                | "ما"
                | "لا"
                | "لم"
                | "بانه"
                | "هامش"
        )
        || splits(word).any(|cut| {
            word.get(..cut).is_some_and(|head| head.ends_with(['ب', 'ل']))
                && word.get(cut..).is_some_and(|core| CUES.is_channel(core) || core.starts_with("ال"))
        })
}

/// Skips the day, the hour, أيضا, bracketed asides.
fn skip_adverbs(scene: &Scene<'_>, mut at: usize, end: usize) -> usize {
    while at < end {
        let word = scene.words.fold(at);
        let adverb = scene.name(at).is_none()
            && matches!(
                word,
                "اليوم"
                    | "امس"
                    | "مساء"
                    | "صباح"
                    | "ظهر"
                    | "يوم"
                    | "الاحد"
                    | "الاثنين"
                    | "الثلاثاء"
                    | "الاربعاء"
                    | "الخميس"
                    | "الجمعه"
                    | "السبت"
                    | "ايضا"
                    | "اول"
                    | "الماضي"
                    | "المنصرم"
                    | "الفارط"
                    | "الجاري"
                    | "بدوره"
                    | "بدورها"
                    | "كذلك"
                    | "قائلا"
                    | "مجددا"
                    | "هنا"
                    | "الاول"
                    | "به"
                    | "فيه"
                    | "عنه"
                    | "له"
                    | "لها"
                    | "بذلك"
                    | "كل"
                    | "جميع"
                    | "مؤخرا"
                    | "سابقا"
                    | "انذاك"
                    | "بشده"
            );
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
        return Some(named(scene, name, "the name that the relative clause describes", 0.85));
    }
    if is_comma(scene, at) || scene.is_quotation_mark(at) {
        at = at.checked_sub(1)?;
    }
    let name = scene.name(at).filter(|_| scene.words.same_sentence(at, cue))?;
    (!is_proclitic_name(scene, name)).then(|| named(scene, name, "the name before the cue", 0.8))
}
