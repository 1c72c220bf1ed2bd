//! Who speaks: the subject of a cue, and whom it stands for.
//!
//! Arabic puts the verb first: قال + title + name, with the day, the occasion and the paper between. What comes before
//! the words is read from left to right of the sentence until the subject is found; a verb without one goes on with the
//! last speaker.

mod before;
mod extract_features;
pub mod features;
pub mod participants;
pub mod ranking;
pub mod site;
mod source;

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::{self, LISTS};
use crate::extract::grammar::{self, WordClass};
use crate::extract::lexicon::CUES;
use crate::extract::phrase::{
    can_head, head_of, is_body, is_in_front_of, is_preposition, is_proclitic_name, is_spoken_for, phrase_end,
    share_end, skip_adverbs,
};
use crate::extract::roles;
use crate::extract::rule::{self, Rule};
pub use before::{after_amma, before, named_by_amma, topic};
use features::How;
pub use source::Source;
use std::ops::Range;

/// The longest subject that is looked through for a name, in words.
const REACH: usize = 30;

/// The subject that stands in `range` (the words between a cue and what it reports), if one does.
#[must_use]
pub fn subject(analysis: &Analysis<'_>, range: Range<usize>) -> Option<Source> {
    let end = range.end.min(range.start + REACH);
    let mut at = range.start;
    while at < end {
        at = skip_adverbs(analysis, at, end);
        if at >= end {
            return None;
        }
        // للجوهرة أف أم، فلان: the one spoken to comes first.
        if let Some(name) = analysis.name(at).filter(|name| is_proclitic_name(analysis, *name)) {
            at = analysis.range(name).end;
            continue;
        }
        if analysis.name(at).is_none()
            && (is_preposition(analysis.words.fold(at))
                || is_in_front_of(analysis, at)
                || analysis.words.is(at, WordClass::Complementizer))
        {
            // A phrase of time, place or occasion before the subject: the subject may stand behind its comma.
            at = (at..end).find(|&next| analysis.words.is_comma(next))? + 1;
            let opens = analysis.name(at).is_some() || LISTS.role(head_of(analysis, at)).is_some();
            if !opens {
                return None;
            }
            continue;
        }
        return nominal(analysis, at..end);
    }
    None
}

/// The source in a phrase that begins at `range.start`: a name, a title with a name, a body, or a nominal.
#[must_use]
pub fn nominal(analysis: &Analysis<'_>, range: Range<usize>) -> Option<Source> {
    let words = range.start..phrase_end(analysis, range.clone());
    let head = head_of(analysis, words.start);
    let deputy = words.clone().find(|&at| analysis.words.is(at, WordClass::Deputy));
    let phrase = Phrase { analysis, words, end: range.end, head, deputy };
    match rule::first(IN_PHRASE, |apply| apply(&phrase)) {
        Some((_, Reading::Speaker(source))) => Some(source),
        _ => None,
    }
}

/// A noun phrase as the rules see it.
struct Phrase<'a, 's> {
    analysis: &'a Analysis<'s>,
    /// Its words.
    words: Range<usize>,
    /// How far one may look behind it.
    end: usize,
    /// Its first word, folded, without the و of a title.
    head: &'a str,
    /// The word in it that says that somebody is spoken for.
    deputy: Option<usize>,
}

/// What a rule reads from a phrase.
enum Reading {
    Speaker(Source),
    /// The phrase names nobody who could speak.
    Nobody,
}

type PhraseRule = Rule<fn(&Phrase<'_, '_>) -> Option<Reading>>;

/// Which of the words of a phrase speaks, in the order of the rules.
const IN_PHRASE: &[PhraseRule] = &[
    Rule { name: How::Joint.name(), apply: joint },
    Rule { name: How::NameAfter.name(), apply: name_first },
    Rule { name: "a share of people", apply: share },
    Rule { name: How::Issuer.name(), apply: paper },
    Rule { name: "somebody of the one who is named", apply: another },
    Rule { name: How::NameInside.name(), apply: name_inside },
    Rule { name: How::AfterTitle.name(), apply: after_deputy },
    Rule { name: "the name after the title and its place", apply: after_place },
    Rule { name: How::Apposed.name(), apply: apposition },
    Rule { name: "no word that could speak", apply: no_noun },
    Rule { name: How::GenericHead.name(), apply: generic_head },
    Rule { name: "how it was said, not who said it", apply: manner },
    Rule { name: How::Nominal.name(), apply: whole },
];

impl Phrase<'_, '_> {
    /// The first person who is named in the words, and not in the name of a body (جامعة الملك سعود).
    fn person(&self, mut words: Range<usize>) -> Option<usize> {
        words
            .find_map(|at| self.analysis.name(at).filter(|&name| self.is(name, Kind::Person) && !self.is_in_body(name)))
    }

    /// Whether nothing but titles stands between the name and the head of a body before it, in the phrase.
    fn is_in_body(&self, name: usize) -> bool {
        let start = self.analysis.range(name).start;
        let words = self.analysis.words;
        let title = |at: &usize| matches!(LISTS.role(words.fold(*at)), Some(gazetteer::Role::Rank));
        let before = (self.words.start..start).rev().find(|at| !title(at));
        before.is_some_and(|at| at > self.words.start && LISTS.is_kept_head(words.fold(at)))
    }

    fn is(&self, name: usize, kind: Kind) -> bool {
        self.analysis.names.get(name).is_some_and(|name| name.kind == kind)
    }

    fn speaker(&self, name: usize, how: How) -> Option<Reading> {
        Some(Reading::Speaker(Source::named(self.analysis, name, how)))
    }

    fn nominal(&self, words: Range<usize>, head: &str) -> Option<Reading> {
        Some(Reading::Speaker(Source::nominal(self.analysis.words.span(words), head)))
    }
}

/// قال *سمير الوادي*. A body before a person is a part of something else only where a title leads; here it speaks.
fn name_first(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    phrase.speaker(phrase.analysis.name(phrase.words.start)?, How::NameAfter)
}

/// قال *سمير الوادي وسلمى الجبلي* إنهما: both, as one phrase. A name behind و may also begin something else, so the pronoun
/// of two or many must follow, or what they say.
fn joint(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let (analysis, words) = (phrase.analysis, phrase.analysis.words);
    let first = analysis.name(phrase.words.start)?;
    let next = analysis.range(first).end;
    let second = analysis.name(next).filter(|&name| phrase.is(name, Kind::Person) && is_joined(analysis, name))?;
    let end = analysis.range(second).end;
    // قال فلان وفلان، وهما وسيطان، إنهما
    let comma = words.is_comma(end).then(|| (end + 1..phrase.end).rev().find(|&at| words.is_comma(at))).flatten();
    let many = |at: usize| words.is(at, WordClass::OfMany);
    // قال فلان وفلان إن, قال فلان وفلان -في بيان- إن
    let clause = |at: usize| words.is(at, WordClass::Complementizer);
    let dash = |at: &usize| words.is_mark(*at, &['-', '–']);
    let aside = Some(end).filter(dash).and_then(|_| (end + 1..phrase.end).rev().find(dash));
    let leads = clause(aside.map_or(end, |close| close + 1));
    let both = phrase.is(first, Kind::Person) && (many(end) || leads || comma.is_some_and(|comma| many(comma + 1)));
    if !both {
        return None;
    }
    let source = Source::nominal(words.span(phrase.words.start..end), words.fold(phrase.words.start));
    Some(Reading::Speaker(Source { how: How::Joint, ..source }))
}

/// Whether و is written on the name.
fn is_joined(analysis: &Analysis<'_>, name: usize) -> bool {
    let start = analysis.names.get(name).map_or(0, |name| name.span.start);
    let range = analysis.range(name);
    analysis.words.get(range.start).is_some_and(|word| word.span.start < start)
        && affix::strip_and(analysis.words.fold(range.start)).is_some()
}

/// *20% ممن شملهم الاستطلاع*
fn share(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let after = share_end(phrase.analysis, phrase.words.start)?;
    let end = phrase_end(phrase.analysis, after..phrase.end).max(after);
    phrase.nominal(phrase.words.start..end, Source::SHARE)
}

/// بيان *وزارة المالية*: a paper speaks with the voice of its issuer.
fn paper(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    // وفقا لدراسة: the preposition is written on the paper.
    let paper = phrase.head.strip_prefix(affix::TO).is_some_and(|head| CUES.is_channel(head));
    // لكن تقريرا للمكتب ذكر: the accusative behind لكن.
    let object = phrase.head.strip_suffix(affix::ACCUSATIVE).is_some_and(|head| CUES.is_channel(head));
    if !paper && !object && !CUES.is_channel(phrase.head) {
        return None;
    }
    let (start, analysis) = (phrase.words.start, phrase.analysis);
    // دراسة جديدة نشرتها مجلة الساحل: the magazine has only printed it.
    let printed = (start + 1..phrase.end.min(start + 4)).find(|&at| analysis.words.is(at, WordClass::Published));
    if let Some(printed) = printed.filter(|_| analysis.words.is(start, WordClass::Study)) {
        return phrase.nominal(start..printed, phrase.head);
    }
    let mut reach = (start + 1..phrase.end.min(start + 9)).take_while(|&at| !analysis.words.is_comma(at));
    let its = |name: &usize| !object || is_proclitic_name(analysis, *name);
    match reach.find_map(|at| analysis.name(at).filter(its)) {
        Some(name) => phrase.speaker(name, How::Issuer),
        None => phrase.words.is_empty().then_some(Reading::Nobody),
    }
}

/// *محامي سمير الوادي*: not the one who is named.
fn another(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let (start, analysis) = (phrase.words.start, phrase.analysis);
    // أحد أصدقاء سمير الوادي
    let one_of = analysis.words.is(start, WordClass::OneOf)
        && !affix::is_definite(analysis.words.fold(start + 1))
        && analysis.kind(start + 2) == Some(Kind::Person);
    if one_of {
        let end = analysis.name(start + 2).map_or(phrase.words.end, |name| analysis.range(name).end);
        return phrase.nominal(start..end, phrase.head);
    }
    if !roles::belongs_to(analysis, start) {
        return None;
    }
    // والد سلمى، الصياد سمير الوادي،
    if let Some(apposed) = apposition(phrase) {
        return Some(apposed);
    }
    let end = analysis.name(start + 1).map_or(phrase.words.end, |name| analysis.range(name).end);
    phrase.nominal(start..end, phrase.head)
}

/// وزير المالية *سمير الوادي*
fn name_inside(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let limit = phrase.deputy.unwrap_or(phrase.words.end);
    phrase.speaker(phrase.person(phrase.words.start..limit)?, How::NameInside)
}

/// متحدث باسم الوزارة *سمير الوادي*: the name comes after what he speaks for.
fn after_deputy(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let deputy = phrase.deputy?;
    let name = phrase.person(deputy + 1..phrase.words.end).filter(|&name| !is_proclitic_name(phrase.analysis, name))?;
    let between = deputy + 1..phrase.analysis.range(name).start;
    if is_spoken_for(phrase.analysis, between) { None } else { phrase.speaker(name, How::AfterTitle) }
}

/// المبعوث إلى ليبيا *سمير الوادي*: the title goes on to the place, and the name after it.
fn after_place(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let (end, analysis) = (phrase.words.end, phrase.analysis);
    LISTS.role(phrase.head).filter(|_| analysis.words.is(end, WordClass::TitleGoesOn))?;
    let place = analysis.range(analysis.name(end + 1)?).end;
    phrase.speaker(phrase.person(place..phrase.end.min(place + 1))?, How::AfterTitle)
}

/// وزير المالية، *سمير الوادي*،, أحد الركاب، وهو الطبيب الهندي *سمير الوادي*،, مزارع يدعى *سمير الوادي*
fn apposition(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let words = phrase.analysis.words;
    // مندوب بلاده لدى الجامعة، سمير الوادي، اليوم
    let tail = |at: &usize| {
        let plain =
            words.get(*at).is_some_and(|word| word.class == Class::Arabic) && phrase.analysis.name(*at).is_none();
        plain && phrase.analysis.cue(*at).is_none() && !words.is(*at, WordClass::Complementizer)
    };
    let after = (phrase.words.end..phrase.end.min(phrase.words.end + 4)).take_while(tail).count() + phrase.words.end;
    let role = LISTS.role(phrase.head).is_some() && words.is_comma(after) && phrase.analysis.name(after + 1).is_some();
    let comma = if role { after } else { phrase.words.end };
    let open = words.is_comma(comma)
        || words.is_quotation(comma)
        || words.is_mark(comma, &['('])
        || words.is(comma, WordClass::Apposition);
    let called = (comma..comma + 2).find(|&at| words.is(at, WordClass::KnownAs));
    let mut at = called.map_or(comma + 1, |called| called + 1);
    // والد سلمى، الصياد سمير الوادي،: a noun that is no title, where the commas hold nothing but it and the name.
    let closes =
        |at: usize| phrase.analysis.name(at).is_some_and(|name| words.is_comma(phrase.analysis.range(name).end));
    let describes = |at: usize| {
        let word = words.fold(at);
        phrase.analysis.name(at).is_none()
            && (LISTS.role(word).is_some()
                || words.is_quotation(at)
                || words.is(at, WordClass::Apposition)
                || affix::is_definite(word) && (affix::may_be_relation(word) || closes(at + 1)))
    };
    while at < phrase.end && at < comma + 6 && describes(at) {
        at += 1;
    }
    let name = phrase.analysis.name(at).filter(|_| (open || called.is_some()) && at < phrase.end)?;
    // ردت الشركة، مراسي، بأن
    let body = || is_body(phrase.head) && at == comma + 1 && phrase.is(name, Kind::Organization) && closes(at);
    if phrase.is(name, Kind::Person) || body() { phrase.speaker(name, How::Apposed) } else { None }
}

/// A phrase of no words, or that begins with a mark or a number.
fn no_noun(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let first = phrase.analysis.words.get(phrase.words.start);
    (phrase.words.is_empty() || first.is_none_or(|word| word.class != Class::Arabic)).then_some(Reading::Nobody)
}

/// موقع *"الساحل"*: the generic head stays outside, the name speaks.
fn generic_head(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    if !LISTS.is_left_head(phrase.head) && !grammar::is(phrase.head, WordClass::BodyBeforeName) {
        return None;
    }
    let start = phrase.words.start;
    let name = (start + 1..phrase.words.end.min(start + 7)).find_map(|at| phrase.analysis.name(at))?;
    if phrase.is(name, Kind::Organization) { phrase.speaker(name, How::GenericHead) } else { None }
}

/// قال *مرارا*, قال *بحزن*
fn manner(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    let head = phrase.head;
    let adverbial = affix::may_be_adverbial(head) && affix::strip_possessive(head).is_none();
    // تساءلت ضاحكة: a participle that stands alone, of the feminine.
    let letters: Vec<char> = head.chars().collect();
    let participle = matches!(letters.as_slice(), [_, 'ا', _, _, 'ه']) && phrase.words.len() == 1;
    (!can_head(head) && (adverbial || participle || head.starts_with(affix::BY))).then_some(Reading::Nobody)
}

/// قال *متحدث باسم الشرطة*
fn whole(phrase: &Phrase<'_, '_>) -> Option<Reading> {
    phrase.nominal(phrase.words.clone(), phrase.head)
}

/// The share of people that ends right before the word: و50% "راض".
#[must_use]
pub fn share_before(analysis: &Analysis<'_>, end: usize) -> Option<Source> {
    let at = (end.saturating_sub(3)..end).find(|&at| share_end(analysis, at) == Some(end))?;
    nominal(analysis, at..end)
}

/// The nominal right before a cue that has no subject after it: المنظمة أقرت, المتهمة التي اعترفت.
#[must_use]
pub fn nominal_before(analysis: &Analysis<'_>, cue: usize) -> Option<Source> {
    let inside = |at: &usize| {
        let mark = analysis.words.get(*at).is_none_or(|word| word.class == Class::Mark);
        !mark
            && analysis.words.same_sentence(*at, cue)
            && analysis.cue(*at).is_none()
            && !CUES.is_circumstance(analysis.words.fold(*at))
    };
    let start = (cue.saturating_sub(8)..cue).rev().take_while(inside).last()?;
    let head = (start..cue).find(|&at| analysis.name(at).is_none() && can_head(head_of(analysis, at)))?;
    nominal(analysis, head..cue)
}

/// بلاغ للمكتب, بيان الوزارة: the body whose paper it is, where it has no name there.
#[must_use]
pub fn issuer(analysis: &Analysis<'_>, paper: Range<usize>) -> Option<Source> {
    let head = |at: usize| {
        let word = analysis.words.fold(at);
        let core = affix::strip_to_the(word).or_else(|| affix::strip_article(word))?;
        (is_body(core) && analysis.name(at).is_none()).then(|| affix::with_article(core))
    };
    let (at, head) = paper.skip(1).find_map(|at| Some((at, head(at)?)))?;
    Some(Source::nominal(analysis.words.span(at..at + 1), &head))
}
