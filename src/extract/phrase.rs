//! The noun phrases in which a speaker stands: where a subject begins and ends, what may head it.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::CUES;
use crate::text::slice;
use std::ops::Range;

/// One past the last word of the noun phrase that begins the range. A preposition is no last word.
#[must_use]
pub fn phrase_end(analysis: &Analysis<'_>, range: Range<usize>) -> usize {
    let mut end = whole_phrase_end(analysis, range.clone());
    let hangs = |at: usize| {
        let word = analysis.words.fold(at);
        let verb = affix::is_masculine_present(word) && LISTS.role(word).is_none() && at > range.start + 1;
        analysis.name(at).is_none()
            && (analysis.words.is(at, WordClass::Hanging)
                || analysis.words.is(at, WordClass::Return)
                || analysis.words.is(at, WordClass::Afterwards)
                || verb
                || affix::is_standing_proclitic(word))
    };
    while end > range.start + 1 && hangs(end - 1) {
        end -= 1;
    }
    end
}

fn whole_phrase_end(analysis: &Analysis<'_>, range: Range<usize>) -> usize {
    let words = analysis.words;
    let mut aside = range.start;
    for at in range.clone() {
        if is_told(analysis, range.start, at) {
            return at;
        }
        if analysis.name(at).is_some() {
            continue;
        }
        // وزارة الدفاع (البنتاغون) فلان: what is glossed goes on behind the brackets.
        if at < aside {
            continue;
        }
        if at > range.start
            && words.is_mark(at, &['('])
            && let Some(close) = (at + 1..range.end.min(at + 6)).find(|&close| words.is_mark(close, &[')']))
            && words.get(close + 1).is_some_and(|word| word.class == Class::Arabic)
        {
            aside = close + 1;
            continue;
        }
        if stops(analysis, range.start, at) {
            return at;
        }
    }
    range.end
}

/// مصدر لرويترز, شهود لمراسلنا: a noun of source, and whom it told with ل on it.
fn is_told(analysis: &Analysis<'_>, start: usize, at: usize) -> bool {
    let words = analysis.words;
    let head = words.fold(start);
    let one_of = words.is(start, WordClass::OneOf);
    let is_source = CUES.is_source(head) && LISTS.role(head).is_none() || one_of;
    let source = at > start && is_source && analysis.name(start).is_none();
    let word = words.fold(at);
    // قائد في الشرطة لـ"الساحل", دبلوماسي غربي لـRT
    let foreign = words.get(at + 1).is_some_and(|word| word.class == Class::Foreign);
    let stands_off = analysis.name(at).is_none() && affix::is_to(word) && (words.is_quotation(at + 1) || foreign);
    if at > start && stands_off && analysis.name(start).is_none() {
        return true;
    }
    // وقال الأخير للصحافيين: behind one word with its article, ل is no part of a name or title.
    let alone = at == start + 1 && affix::is_definite(head) && analysis.name(start).is_none();
    if alone && analysis.name(at).is_none() && affix::strip_to_the(word).is_some_and(|core| core.chars().count() > 2) {
        return true;
    }
    // متحدثة باسم خفر السواحل لرويترز: behind whom somebody speaks for, the body with ل is whom it was told.
    let speaks_for = analysis.name(at).is_some() && (start..at).any(|at| words.is(at, WordClass::Deputy));
    (source || speaks_for)
        && match analysis.name(at) {
            Some(name) => {
                let begins = analysis.range(name).start == at && analysis.kind(at) == Some(Kind::Organization);
                begins && is_proclitic_name(analysis, name) && word.starts_with(affix::TO)
            }
            None => word.strip_prefix(affix::TO).is_some_and(|core| {
                let core = core.strip_prefix(affix::TO).unwrap_or(core);
                LISTS.is_left_head(core) || words.is(at, WordClass::ToReporter)
            }),
        }
}

/// Whether the phrase that begins at `start` ends before the word `at`.
fn stops(analysis: &Analysis<'_>, start: usize, at: usize) -> bool {
    let words = analysis.words;
    let word = words.fold(at);
    let mark = words.get(at).is_some_and(|word| word.class == Class::Mark);
    // شركة "الساحل" للنقل: the marks are the name's.
    let closes_name = || {
        let name = at.checked_sub(1).and_then(|last| analysis.name(last));
        name.and_then(|name| analysis.range(name).start.checked_sub(1)).is_some_and(|open| words.is_quotation(open))
    };
    let quoted_name = words.is_quotation(at) && (analysis.name(at + 1).is_some() || closes_name());
    let occasion = words.is(at, WordClass::In)
        && (CUES.is_own_channel(words.fold(at + 1))
            || words.is(at + 1, WordClass::Occasion)
            || at == start + 1 && is_in_paper(analysis, start, at + 1));
    // عن جهة التحقيق قولها: the verbal noun and the participle go on with what is said.
    let goes_on = analysis.cue(at).is_some_and(|form| !form.is_finite()) && !can_head(word);
    // الوكالة تقريرا: after a definite head an indefinite noun is the object.
    let object = at > start
        && affix::is_definite(words.fold(start))
        && affix::is_definite(words.fold(at - 1))
        && (!word.starts_with(['ا', affix::AND, affix::BY, affix::TO])
            || word.starts_with('ا') && !affix::is_definite(word)
            || !affix::is_definite(word) && LISTS.is_left_head(word))
        && !CUES.is_preposition(word)
        && !words.is(at, WordClass::Same);
    // مصدر أمني 30: a number is no part of who speaks.
    let number = at > start && words.get(at).is_some_and(|word| word.class == Class::Number);
    // الشركة ببيان: in what the definite head says it.
    let by_paper = at == start + 1
        && affix::is_definite(words.fold(start))
        && word.strip_prefix(affix::BY).is_some_and(|core| CUES.is_own_channel(core));
    // وصف أحدهما المفاوضات بأنها: the pronoun closes the phrase.
    let closed = at == start + 1 && words.is(start, WordClass::OneOfThem);
    // نشرت صحيفة محلية تقريرا: the accusative of a paper.
    let paper = at > start && word.strip_suffix(affix::ACCUSATIVE).is_some_and(|core| CUES.is_channel(core));
    // دعا النائب المعارض الحكومة إلى: behind a masculine adjective the feminine is no adjective of the head.
    let definite = |at: usize, feminine: bool| {
        let word = words.fold(at);
        affix::is_definite(word) && affix::is_feminine(word) == feminine && analysis.name(at).is_none()
    };
    let disagrees = at >= start + 2 && definite(start, false) && definite(at - 1, false) && definite(at, true);
    object
        || disagrees
        || closed
        || paper
        || at > start && is_in_front_of(analysis, at)
        || by_paper
        || number
        || (mark && !quoted_name)
        || occasion
        || words.is(at, WordClass::Complementizer)
        || words.is(at, WordClass::PhraseStop)
        || goes_on
        || CUES.is_circumstance(word)
        || analysis.cue(at).is_some_and(|form| form.is_finite() && at > start)
}

/// المحكمة في حيثياتها, الشركة في إفصاح: what is in its own papers, or in an indefinite one, and behind a head with its
/// article, is where it was said.
fn is_in_paper(analysis: &Analysis<'_>, head: usize, noun: usize) -> bool {
    let (words, word) = (analysis.words, analysis.words.fold(noun));
    let free = analysis.name(head).is_none() && analysis.name(noun).is_none();
    let plain = words.get(noun).is_some_and(|word| word.class == Class::Arabic)
        && !affix::is_definite(word)
        && !is_body(word)
        && word.chars().count() > 2;
    free && plain && affix::is_definite(words.fold(head))
}

/// أمام الحاضرين, and not the imam, whose letters are the same when folded.
#[must_use]
pub fn is_in_front_of(analysis: &Analysis<'_>, at: usize) -> bool {
    let raw = analysis.words.get(at).map_or("", |word| slice(analysis.words.text(), word.span));
    analysis.name(at).is_none() && raw == "أمام"
}

/// A word that begins a prepositional phrase.
#[must_use]
pub fn is_preposition(word: &str) -> bool {
    CUES.is_circumstance(word)
        || CUES.is_preposition(word)
        || affix::strip_to_the(word).is_some_and(|core| core.chars().count() > 2)
        || affix::with_preposition(word, |core| CUES.is_channel(core) || affix::is_definite(core))
}

/// Skips the day, the hour, أيضا, bracketed asides.
#[must_use]
pub fn skip_adverbs(analysis: &Analysis<'_>, mut at: usize, end: usize) -> usize {
    while at < end {
        let word = analysis.words.fold(at);
        let adverb = analysis.name(at).is_none() && CUES.is_adverb(word);
        let number =
            analysis.words.get(at).is_some_and(|word| word.class == Class::Number) && share_end(analysis, at).is_none();
        let bracket = analysis.words.is_mark(at, &['(']) && analysis.name(at + 1).is_some();
        if !(adverb || number || bracket || analysis.words.is_comma(at) || analysis.words.is_quotation(at)) {
            return at;
        }
        at += 1;
    }
    at
}

/// One past the words of a share that begin at the word: 20% or 20 بالمئة.
#[must_use]
pub fn share_end(analysis: &Analysis<'_>, at: usize) -> Option<usize> {
    let words = analysis.words;
    let number = words.get(at).is_some_and(|word| word.class == Class::Number);
    let parts = if words.is(at + 1, WordClass::PerCent) {
        2
    } else if words.is(at + 1, WordClass::In) && words.is(at + 2, WordClass::Hundred) {
        3
    } else {
        return None;
    };
    number.then_some(at + parts)
}

/// The head of a phrase, without the و of a title (ووزير).
#[must_use]
pub fn head_of<'s>(analysis: &'s Analysis<'_>, at: usize) -> &'s str {
    let word = analysis.words.fold(at);
    let bare = affix::strip_and(word).filter(|rest| LISTS.role(rest).is_some() && LISTS.role(word).is_none());
    bare.unwrap_or(word)
}

/// متحدث باسم الرئيس X, مقربون من X: nothing but titles between the two, so the name is of the one who is spoken for.
#[must_use]
pub fn is_spoken_for(analysis: &Analysis<'_>, between: Range<usize>) -> bool {
    let word = |at: usize| analysis.words.fold(at);
    let body = |at: usize| analysis.name(at).is_some() || is_body(word(at));
    let title = |at: usize| LISTS.role(word(at)).is_some() || analysis.words.is(at, WordClass::From);
    between.is_empty() || (title(between.start) && between.into_iter().all(|at| !body(at)))
}

/// Whether the name has a preposition written on it: it is not the one who speaks.
#[must_use]
pub fn is_proclitic_name(analysis: &Analysis<'_>, name: usize) -> bool {
    let range = analysis.range(name);
    let start = analysis.names.get(name).map_or(0, |name| name.span.start);
    analysis.words.get(range.start).is_some_and(|word| word.span.start < start)
        && affix::strip_and(analysis.words.fold(range.start)).is_none()
}

/// Whether a noun is known to be one that speaks.
#[must_use]
pub fn can_head(word: &str) -> bool {
    let known = |word: &str| CUES.is_source(word) || LISTS.role(word).is_some() || is_body(word);
    // لكن شهودا أكدوا
    known(word) || word.strip_suffix(affix::ACCUSATIVE).is_some_and(|noun| noun.chars().count() > 2 && known(noun))
}

/// Whether a noun heads the name of a body: وزارة, شركة.
#[must_use]
pub fn is_body(word: &str) -> bool {
    LISTS.is_kept_head(word) || LISTS.is_left_head(word)
}
