//! The edges of the phrases in which a speaker stands: where a subject begins and ends, what may head it.

use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::CUES;
use crate::extract::scene::{Scene, is_complementizer};
use std::ops::Range;

/// One past the last word of the noun phrase that begins the range.
#[must_use]
pub fn phrase_end(scene: &Scene<'_>, range: Range<usize>) -> usize {
    let mut aside = range.start;
    for at in range.clone() {
        let word = scene.words.fold(at);
        if scene.name(at).is_some() {
            continue;
        }
        // وزارة الدفاع (البنتاغون) فلان: what is glossed goes on behind the brackets.
        if at < aside {
            continue;
        }
        if at > range.start
            && scene.words.is_mark(at, &['('])
            && let Some(close) = (at + 1..range.end.min(at + 6)).find(|&close| scene.words.is_mark(close, &[')']))
            && scene.words.get(close + 1).is_some_and(|word| word.class == Class::Arabic)
        {
            aside = close + 1;
            continue;
        }
        let mark = scene.words.get(at).is_some_and(|word| word.class == Class::Mark);
        let quoted_name =
            scene.is_quotation_mark(at) && (scene.name(at + 1).is_some() || scene.name(at.wrapping_sub(1)).is_some());
        let relative = matches!(word, "الذي" | "التي" | "الذين" | "وهو" | "وهي" | "ضيف" | "ضيفه" | "بان" | "قائلا");
        let next = scene.words.fold(at + 1);
        let occasion = word == "في"
            && (CUES.is_own_channel(next)
                || matches!(
                    next,
                    "هذا" | "هذه" | "ذات" | "نفس" | "ختام" | "اعقاب" | "اطار" | "سياق" | "وقت" | "الوقت"
                ));
        // عن جهة التحقيق قولها: the verbal noun and the participle go on with what is said.
        let goes_on = scene.cue(at).is_some_and(|form| !form.is_finite()) && !can_head(word);
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
            || goes_on
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
#[must_use]
pub fn is_preposition(word: &str) -> bool {
    CUES.is_circumstance(word)
        || CUES.is_preposition(word)
        || (word.starts_with("لل") && word.chars().count() > 4)
        || splits(word).any(|cut| {
            word.get(..cut).is_some_and(|head| head.ends_with(['ب', 'ل']))
                && word.get(cut..).is_some_and(|core| CUES.is_channel(core) || core.starts_with("ال"))
        })
}

/// Skips the day, the hour, أيضا, bracketed asides.
#[must_use]
pub fn skip_adverbs(scene: &Scene<'_>, mut at: usize, end: usize) -> usize {
    while at < end {
        let word = scene.words.fold(at);
        let adverb = scene.name(at).is_none() && CUES.is_adverb(word);
        let number =
            scene.words.get(at).is_some_and(|word| word.class == Class::Number) && share_end(scene, at).is_none();
        let bracket = scene.words.is_mark(at, &['(']) && scene.name(at + 1).is_some();
        if !(adverb || number || bracket || is_comma(scene, at) || scene.is_quotation_mark(at)) {
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

/// One past the words of a share that begin at the word: 20% or 20 بالمئة.
#[must_use]
pub fn share_end(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let number = scene.words.get(at).is_some_and(|word| word.class == Class::Number);
    let next = scene.words.fold(at + 1);
    let parts = match next {
        "%" | "٪" | "بالمئه" | "بالمائه" => 2,
        "في" if matches!(scene.words.fold(at + 2), "المئه" | "المائه") => 3,
        _ => return None,
    };
    number.then_some(at + parts)
}

/// The head of a phrase, without the و of a title (ووزير).
#[must_use]
pub fn head_of<'s>(scene: &'s Scene<'_>, at: usize) -> &'s str {
    let word = scene.words.fold(at);
    let bare = word.strip_prefix('و').filter(|rest| LISTS.role(rest).is_some() && LISTS.role(word).is_none());
    bare.unwrap_or(word)
}

/// باسم, نيابة عن: who follows is spoken for.
#[must_use]
pub fn is_deputy(word: &str) -> bool {
    matches!(word, "باسم" | "بلسان" | "نيابه" | "مقرب" | "مقربون" | "مقربين" | "عن")
}

/// متحدث باسم الرئيس X, مقربون من X: nothing but titles between the two, so the name is of the one who is spoken for.
#[must_use]
pub fn is_spoken_for(scene: &Scene<'_>, between: Range<usize>) -> bool {
    let word = |at: usize| scene.words.fold(at);
    let body = |at: usize| scene.name(at).is_some() || LISTS.is_kept_head(word(at)) || LISTS.is_left_head(word(at));
    let title = |at: usize| LISTS.role(word(at)).is_some() || word(at) == "من";
    between.is_empty() || (title(between.start) && between.into_iter().all(|at| !body(at)))
}

/// ذاته, نفسها: the one who spoke already.
#[must_use]
pub fn is_same(word: &str) -> bool {
    matches!(word, "ذاته" | "نفسه" | "ذاتها" | "نفسها" | "عينه" | "عينها")
}

/// كان X ... قال: what the sentence opens with; the subject follows it.
#[must_use]
pub fn is_was(word: &str) -> bool {
    matches!(word, "كان" | "كانت" | "وكان" | "وكانت")
}

/// Whether the name has a preposition written on it: it is not the one who speaks.
#[must_use]
pub fn is_proclitic_name(scene: &Scene<'_>, name: usize) -> bool {
    let range = scene.range(name);
    let start = scene.names.get(name).map_or(0, |name| name.span.start);
    scene.words.get(range.start).is_some_and(|word| word.span.start < start)
        && !scene.words.fold(range.start).starts_with('و')
}

/// Whether a noun is known to be one that speaks.
#[must_use]
pub fn can_head(word: &str) -> bool {
    CUES.is_source(word) || LISTS.role(word).is_some() || LISTS.is_kept_head(word) || LISTS.is_left_head(word)
}
