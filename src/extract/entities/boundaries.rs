//! Where a name begins and ends: what a tagger took in goes out, what it left out comes in.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::normalize::{fold_letter, is_invisible};
use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};
use crate::extract::lexicon::{CUES, Shape};
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::{Span, slice};
use std::ops::Range;

/// The name without what does not belong to it; none where nothing is left.
#[must_use]
pub fn trim_to_boundaries(words: &Words<'_>, name: Name) -> Option<Name> {
    let mut range = words.within(name.span);
    while words.get(range.start).is_some_and(|word| word.class == Class::Mark) && !range.is_empty() {
        range.start += 1;
    }
    while range.end.checked_sub(1).and_then(|last| words.get(last)).is_some_and(|word| word.class == Class::Mark)
        && !range.is_empty()
    {
        range.end -= 1;
    }
    while range.len() > 1 && name.kind == Kind::Place && words.is(range.start, WordClass::Division) {
        range.start += 1;
    }
    // وزير دفاع طنجة: what a minister is minister of is no organization, and the place is one.
    if name.kind == Kind::Organization && !range.is_empty() && is_ministers(words, range.start) {
        let last = range.end - 1;
        let place = range.len() > 1 && LISTS.kind(words.fold(last)) == Some(Kind::Place);
        return place.then(|| Name { span: words.span(last..range.end), kind: Kind::Place, ..name });
    }
    // صحيفة الساحل, نادي الساحل: such a head is never part of the name.
    if range.len() > 1 && name.kind == Kind::Organization && is_outer_head(words, &range, name) {
        range.start += 1;
        while range.len() > 1 && words.get(range.start).is_some_and(|word| word.class == Class::Mark) {
            range.start += 1;
        }
    }
    // الكابتن سمير الوادي: a title with its article is no part of the name. مخاطبا سمير الوادي: nor is how it was said.
    let before_name = |at: usize| is_title(words, at) || is_how_said(words, at);
    while range.len() > 1 && name.kind == Kind::Person && before_name(range.start) {
        range.start += 1;
    }
    // محمد ﷺ: the wish behind a name is no part of it.
    while range.len() > 1 && words.fold(range.end - 1).contains(BLESSING) {
        range.end -= 1;
    }
    // محكمة السلامة في, سمير الوادي عمن: no name ends with a preposition.
    // Letters that are read out stay: آي تي في.
    let read_out = |last: usize| words.fold_before(last).chars().count() < 4;
    if range.len() > 1
        && name.kind != Kind::Place
        && (words.is(range.end - 1, WordClass::Dangling)
            || affix::is_standing_proclitic(words.fold(range.end - 1)) && initial(words, &range, name.kind) == 0)
        && !read_out(range.end - 1)
    {
        range.end -= 1;
    }
    if range.is_empty()
        || is_bare_head(words, &range, name)
        || is_gloss(words, &range)
        || is_month(words, &range, name.kind)
        || is_family(words, &range, name.kind)
        || is_doubtful_place(words, &range, name)
    {
        return None;
    }
    let more = stopped_short(words, &range, name.kind).max(initial(words, &range, name.kind));
    let end = if more == 0 {
        name.span.end.min(words.span(range.clone()).end)
    } else {
        words.span(range.start..range.end + more).end
    };
    range.end += more;
    // A tagger may have cut the proclitic already: the name's own edge stays where it is inside the first word.
    let whole = words.span(range.clone());
    let inner = whole.start.max(name.span.start).max(proclitics(words, &range, name.kind));
    // The alef of the article is no proclitic.
    let split =
        words.fold_of(Span::new(whole.start, inner)) == ALEF && words.fold(range.start).starts_with(affix::ARTICLE);
    let inner = if split { whole.start } else { inner };
    let head = official_head(words, &range, name.kind).or_else(|| inner_head(words, &range, name.kind));
    let start = head.filter(|_| inner == whole.start).unwrap_or(inner);
    let span = visible(words.text(), Span::new(start, whole.end.min(end)));
    (!span.is_empty()).then_some(Name { span, ..name })
}

const ALEF: &str = "ا";

/// The folded words of ﷺ.
const BLESSING: &str = "صلي الله";

/// The span without invisible characters at its edges.
fn visible(text: &str, span: Span) -> Span {
    let inner = slice(text, span);
    let start = inner.len() - inner.trim_start_matches(is_invisible).len();
    Span::new(span.start + start, span.start + inner.trim_end_matches(is_invisible).len().max(start))
}

/// غشت, يوليوز: a month is no place.
fn is_month(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> bool {
    kind == Kind::Place && range.len() == 1 && CUES.is_time(words.fold(range.start))
}

/// لواء متقاعد مالي: a place whose name is a plain word too is one only behind a preposition of place, or where the
/// tagger is sure of it. نجا من كان عليه: whoever was on it, not from Cannes.
fn is_doubtful_place(words: &Words<'_>, range: &Range<usize>, name: Name) -> bool {
    let who = words.is(range.start, WordClass::Was) && words.is_before(range.start, WordClass::From);
    name.kind == Kind::Place
        && range.len() == 1
        && LISTS.is_doubtful_place(words.fold(range.start))
        && (who || !words.is_before(range.start, WordClass::Whereabouts))
        && name.confidence < SURE
}

const SURE: f32 = 0.9;

/// How many words more a name has where the tagger stopped short.
fn stopped_short(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> usize {
    let next = words.fold(range.end);
    let closes = |at: usize| words.get(at).is_none_or(|word| word.class == Class::Mark);
    match kind {
        // A given name alone before the family's, at the end of its phrase.
        Kind::Person
            if range.len() == 1
                && LISTS.is_given(words.fold(range.start))
                && affix::is_definite(next)
                && closes(range.end + 1)
                && LISTS.role(next).is_none()
                && !LISTS.is_plain(next) =>
        {
            1
        }
        // Words between the name and the أن of what its bearer says that are nothing else.
        Kind::Person if range.len() > 1 => {
            let other = |at: usize| is_word_of_name(words, at);
            let said = |at: usize| {
                words.is_mark(at, &['-', '–', '—', '،', ',', ':', '(']) || words.is(at, WordClass::Complementizer)
            };
            (1..3).find(|&more| (range.end..range.end + more).all(other) && said(range.end + more)).unwrap_or(0)
        }
        // الجيشين اليمني والعماني: two have two adjectives.
        Kind::Organization if range.len() == 2 && is_of_two(words, range) => 1,
        // الدائرة القانونية للبرلمان
        Kind::Organization if range.len() > 1 => {
            let first = words.fold(range.start);
            let headed = affix::is_definite(first) || LISTS.is_kept_head(first);
            let body =
                affix::strip_to_the(next).is_some_and(|core| LISTS.is_kept_head(core) || LISTS.is_left_head(core));
            usize::from(headed && body || words.is(range.end, WordClass::Official) && is_group(words, range.start))
        }
        Kind::Organization => usize::from(words.is(range.end, WordClass::Official) && is_group(words, range.start)),
        _ => 0,
    }
}

/// سمير و.: how many words more a name has that ends with an initial, whose point belongs to it.
fn initial(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> usize {
    let last = range.end.saturating_sub(1);
    let letter = words.fold(last).chars().count() == 1;
    let glued =
        words.get(last).zip(words.get(range.end)).is_some_and(|(letter, point)| letter.span.end == point.span.start);
    usize::from(kind == Kind::Person && range.len() > 1 && letter && glued && words.is_mark(range.end, &['.']))
}

/// Whether a head in the dual has one adjective of relation, and the next word is the other.
fn is_of_two(words: &Words<'_>, range: &Range<usize>) -> bool {
    let related = |word: &str| affix::is_definite(word) && affix::may_be_relation(word);
    let single = |ending: &str| affix::strip_article(words.fold(range.start))?.strip_suffix(ending);
    let head = ["ين", "ان"].into_iter().find_map(single).is_some_and(|core| {
        let whole = core.strip_suffix(affix::OPENED_FEMININE).map(|stem| format!("{stem}{}", affix::FEMININE));
        let is_head = |word: &str| LISTS.is_kept_head(word) || LISTS.is_left_head(word);
        is_head(core) || whole.is_some_and(|whole| is_head(&whole))
    });
    head && related(words.fold(range.end - 1)) && affix::strip_and(words.fold(range.end)).is_some_and(related)
}

/// A word that is no particle, title, cue or adverb, and has nothing written on it that a foreign name has not.
fn is_word_of_name(words: &Words<'_>, at: usize) -> bool {
    let word = words.fold(at);
    let letters = word.chars().count();
    let bound = affix::is_definite(word) || (affix::may_have_proclitic(word) && letters > 4);
    let future = affix::may_be_future(word) && letters > 4;
    let known = LISTS.is_plain(word) || LISTS.role(word).is_some() || CUES.form(word).is_some();
    let adverb = CUES.is_adverb(word)
        || CUES.is_circumstance(word)
        || CUES.is_preposition(word)
        || affix::may_be_adverbial(word);
    words.get(at).is_some_and(|word| word.class == Class::Arabic)
        && letters > 1
        && !bound
        && !future
        && !affix::may_be_tenth(word)
        && !known
        && !adverb
        && !affix::is_feminine(word)
}

/// شبكة كذا الإعلامية: whether the word before the name is such a head.
fn is_group(words: &Words<'_>, name: usize) -> bool {
    let head = words.fold_before(name);
    grammar::is(affix::without_and(head), WordClass::Group)
}

/// Where the head that belongs to the name begins.
fn official_head(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> Option<usize> {
    let head = range.start.checked_sub(1)?;
    let official = words.is_before(range.end, WordClass::Official);
    let fits = kind == Kind::Organization && range.len() > 1 && official && is_group(words, range.start);
    let word = words.fold(head);
    fits.then(|| cut_in(words, head, word.len() - affix::without_and(word).len()))
}

/// وزير *دفاع*, وزراء خارجية و*دفاع*: whether the noun that begins at the word is what somebody is minister of.
fn is_ministers(words: &Words<'_>, at: usize) -> bool {
    let joined = affix::strip_and(words.fold(at)).is_some_and(|noun| !affix::is_definite(noun));
    let minister = |back: usize| at.checked_sub(back).is_some_and(|at| words.is(at, WordClass::Minister));
    let ministers = at.checked_sub(2).is_some_and(|at| words.is(at, WordClass::Ministers));
    minister(1) || joined && (minister(2) || ministers)
}

/// Whether the word is a title with its article, and no given name.
fn is_title(words: &Words<'_>, at: usize) -> bool {
    let word = words.fold(at);
    let given = LISTS.is_given(word) || LISTS.may_be_given(word);
    affix::is_definite(word) && LISTS.role(word).is_some() && !given
}

/// Whether the word is a participle of speech in the accusative, which opens a clause: قائلا, مخاطبا.
fn is_how_said(words: &Words<'_>, at: usize) -> bool {
    let word = words.fold(at);
    affix::may_be_adverbial(word) && CUES.form(word).is_some_and(|form| form.shape == Shape::Participle)
}

/// Whether the first word, without what is written on it, heads names that stand alone, and what follows can be one.
fn is_outer_head(words: &Words<'_>, range: &Range<usize>, name: Name) -> bool {
    let end = words.get(range.start).map_or(0, |word| word.span.end);
    let head = words.fold_of(Span::new(name.span.start.min(end), end));
    let next = words.fold(range.start + 1);
    let people = LISTS.role(next).is_some() || grammar::is(next, WordClass::ClubOfPeople);
    // تنظيم الدولة: the rest alone means something else.
    let common = range.len() == 2 && grammar::is(next, WordClass::Common);
    grammar::is(head, WordClass::OuterHead) && !people && !common
}

/// مطار القاهرة, جبل سمير, أم خالد: where the head that belongs to the name of a site or a person begins, if the tagger left
/// it out.
fn inner_head(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> Option<usize> {
    let class = match kind {
        Kind::Place => WordClass::SiteHead,
        Kind::Person => WordClass::Kunya,
        Kind::Organization => return None,
    };
    let head = range.start.checked_sub(1).filter(|&head| words.same_sentence(head, range.start))?;
    let word = words.fold(head);
    let core = std::iter::once(0)
        .chain(splits(word))
        .find(|&cut| word.get(cut..).is_some_and(|core| grammar::is(core, class)))?;
    Some(cut_in(words, head, core))
}

/// عائلة الوادي: the name of a family is no person's.
fn is_family(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> bool {
    kind == Kind::Person && range.len() == 1 && words.is_before(range.start, WordClass::Family)
}

/// The government, the institute: a head alone names no organization, and once it is one it is one everywhere. (Of 2,164
/// organizations in the articles that the weights learned from, one is such a word.)
fn is_bare_head(words: &Words<'_>, range: &Range<usize>, name: Name) -> bool {
    if name.kind != Kind::Organization || range.len() != 1 {
        return false;
    }
    let core = words.fold_of(Span::new(name.span.start, words.span(range.clone()).end));
    // للحكومة hides the alef of the article.
    let article = affix::show_article(core).unwrap_or_default();
    [core, &article, words.fold(range.start)].iter().any(|form| LISTS.is_kept_head(form) || LISTS.is_left_head(form))
}

/// A name in Latin letters that stands in brackets after an Arabic word says again what was said.
fn is_gloss(words: &Words<'_>, range: &Range<usize>) -> bool {
    let class = |index: usize| words.get(index).map(|word| word.class);
    let bracket = range.start.saturating_sub(1);
    // "الساحل" (The Coast): behind the closing mark too.
    let closing = usize::from(bracket > 0 && words.is_quotation(bracket - 1));
    let before = bracket.checked_sub(1 + closing).and_then(class);
    range.clone().all(|index| class(index) != Some(Class::Arabic))
        && before == Some(Class::Arabic)
        && words.is_mark(bracket, &['('])
        && words.is_mark(range.end, &[')'])
}

/// Where a listed name begins in its first word, which may have several proclitics: وبالمغرب.
fn proclitics(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> usize {
    match LISTS.name_at(words, range.start) {
        Some((cut, count, listed)) if cut > 0 && count == range.len() && listed == kind => {
            cut_in(words, range.start, cut)
        }
        _ => 0,
    }
}

/// The byte of the text at which the core of the word `index` begins, when `cut` bytes of its folded form go.
#[must_use]
pub fn cut_in(words: &Words<'_>, index: usize, cut: usize) -> usize {
    let Some(word) = words.get(index) else { return 0 };
    let letters = words.fold(index).get(..cut).map_or(0, |head| head.chars().count());
    let raw = slice(words.text(), word.span);
    let plain = raw.char_indices().filter(|&(_, letter)| fold_letter(letter).is_some());
    word.span.start + plain.map(|(at, _)| at).nth(letters).unwrap_or_default()
}
