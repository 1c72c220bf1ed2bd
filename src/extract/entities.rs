//! Names: what a tagger finds in a paragraph, and what the document makes of it.
//!
//! A tagger sees a few paragraphs and knows nothing of the rest. The stages here are the same for every tagger: marks,
//! proclitics and generic heads go out of the span; a name that the document has shown once is found again where the
//! tagger missed it; a form that is of one kind in most places is of that kind in all.

use crate::annotation::Kind;
use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::CUES;
use crate::extract::names::parts;
use crate::extract::scene::is_complementizer;
use crate::extract::words::Words;
use crate::text::{Span, slice};
use std::collections::HashMap;
use std::ops::Range;

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// Where, in bytes of the text that was tagged.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// Finds names in a text. Everything after it is the same for every tagger.
pub trait Tagger: Send + Sync {
    /// The names in `text` (a paragraph, or a line of one), in order, without overlaps.
    fn tag(&self, text: &str) -> Vec<Name>;

    /// The names in each of several paragraphs that follow one another. A tagger that learns from a paragraph about its
    /// neighbour looks at them together.
    fn tag_all(&self, paragraphs: &[&str]) -> Vec<Vec<Name>> {
        paragraphs.iter().map(|text| self.tag(text)).collect()
    }
}

/// The names of a document from those of its paragraphs.
#[must_use]
pub fn settle(words: &Words<'_>, names: Vec<Name>) -> Vec<Name> {
    let mut names: Vec<Name> = names.into_iter().filter_map(|name| edges(words, name)).collect();
    names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    let mut last_end = 0;
    names.retain(|name| {
        let free = name.span.start >= last_end;
        if free {
            last_end = name.span.end;
        }
        free
    });
    agree(words, &mut names);
    repeat(words, &mut names);
    names
}

/// The name without what does not belong to it; none where nothing is left.
fn edges(words: &Words<'_>, name: Name) -> Option<Name> {
    let mut range = words.within(name.span);
    while words.get(range.start).is_some_and(|word| word.class == Class::Mark) && !range.is_empty() {
        range.start += 1;
    }
    while range.end.checked_sub(1).and_then(|last| words.get(last)).is_some_and(|word| word.class == Class::Mark)
        && !range.is_empty()
    {
        range.end -= 1;
    }
    while range.len() > 1 && name.kind == Kind::Place && is_division(words.fold(range.start)) {
        range.start += 1;
    }
    if range.is_empty() || is_bare_head(words, &range, name) || is_gloss(words, &range) {
        return None;
    }
    let more = stopped_short(words, &range, name.kind);
    let end = if more == 0 { name.span.end } else { words.span(range.start..range.end + more).end };
    range.end += more;
    // A tagger may have cut the proclitic already: the name's own edge stays where it is inside the first word.
    let whole = words.span(range.clone());
    let inner = whole.start.max(name.span.start).max(proclitics(words, &range, name.kind));
    let start = official_head(words, &range, name.kind).unwrap_or(inner);
    let span = Span::new(start, whole.end.min(end));
    (!span.is_empty()).then_some(Name { span, ..name })
}

/// How many words more a name has where the tagger stopped short.
fn stopped_short(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> usize {
    let next = words.fold(range.end);
    let closes = |at: usize| words.get(at).is_none_or(|word| word.class == Class::Mark);
    match kind {
        // A given name alone before the family's, at the end of its phrase.
        Kind::Person
            if range.len() == 1
                && LISTS.is_given(words.fold(range.start))
                && next.starts_with("ال")
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
                words.is_mark(at, &['-', '–', '—', '،', ',', ':', '.', '(']) || is_complementizer(words.fold(at))
            };
            (1..3).find(|&more| (range.end..range.end + more).all(other) && said(range.end + more)).unwrap_or(0)
        }
        // الدائرة القانونية للبرلمان
        Kind::Organization if range.len() > 1 => {
            let first = words.fold(range.start);
            let headed = first.starts_with("ال") || LISTS.is_kept_head(first);
            let body = next.strip_prefix("لل").is_some_and(|core| LISTS.is_kept_head(core) || LISTS.is_left_head(core));
            usize::from(headed && body || is_official(next) && is_group(words.fold_before(range.start)))
        }
        Kind::Organization => usize::from(is_official(next) && is_group(words.fold_before(range.start))),
        _ => 0,
    }
}

/// A word that is no particle, title, cue or adverb, and has nothing written on it that a foreign name has not.
fn is_word_of_name(words: &Words<'_>, at: usize) -> bool {
    let word = words.fold(at);
    let letters = word.chars().count();
    let bound = word.starts_with("ال") || (word.starts_with(['و', 'ب', 'ل', 'ف', 'ك']) && letters > 4);
    let future = ["سي", "ست", "سن"].iter().any(|head| word.starts_with(head)) && letters > 4;
    let known = LISTS.is_plain(word) || LISTS.role(word).is_some() || CUES.form(word).is_some();
    let adverb = CUES.is_adverb(word) || CUES.is_circumstance(word) || CUES.is_preposition(word) || word.ends_with('ا');
    words.get(at).is_some_and(|word| word.class == Class::Arabic)
        && letters > 1
        && !bound
        && !future
        && !known
        && !adverb
        && !word.ends_with('ه')
}

/// شبكة كذا الإعلامية, مجموعة كذا القابضة: with such an adjective the head belongs to the name.
fn is_official(word: &str) -> bool {
    matches!(word, "الاعلاميه" | "القابضه")
}

fn is_group(word: &str) -> bool {
    matches!(word.strip_prefix('و').unwrap_or(word), "شبكه" | "مجموعه" | "موسسه" | "شركه")
}

/// Where the head that belongs to the name begins.
fn official_head(words: &Words<'_>, range: &Range<usize>, kind: Kind) -> Option<usize> {
    let head = range.start.checked_sub(1)?;
    let last = words.fold(range.end.checked_sub(1)?);
    let word = words.fold(head);
    let fits = kind == Kind::Organization && range.len() > 1 && is_official(last) && is_group(word);
    fits.then(|| cut_in(words, head, if word.starts_with('و') { 'و'.len_utf8() } else { 0 }))
}

/// Whether a folded word heads the name of a place and stays outside, as the guide has it.
fn is_division(word: &str) -> bool {
    matches!(
        word,
        "مدينه"
            | "محافظه"
            | "ولايه"
            | "منطقه"
            | "اقليم"
            | "بلده"
            | "قريه"
            | "دوله"
            | "مدينتي"
            | "حي"
    )
}

/// The government, the institute: a head alone names no organization, and once it is one it is one everywhere. (Of 2,164
/// organizations in the articles that the weights learned from, one is such a word.)
fn is_bare_head(words: &Words<'_>, range: &Range<usize>, name: Name) -> bool {
    if name.kind != Kind::Organization || range.len() != 1 {
        return false;
    }
    let core = words.fold_of(Span::new(name.span.start, words.span(range.clone()).end));
    // للحكومة hides the alef of the article.
    let article = format!("ا{core}");
    [core, &article, words.fold(range.start)].iter().any(|form| LISTS.is_kept_head(form) || LISTS.is_left_head(form))
}

/// A name in Latin letters that stands in brackets after an Arabic word says again what was said.
fn is_gloss(words: &Words<'_>, range: &Range<usize>) -> bool {
    let class = |index: usize| words.get(index).map(|word| word.class);
    let before = range.start.checked_sub(2).and_then(class);
    range.clone().all(|index| class(index) != Some(Class::Arabic))
        && before == Some(Class::Arabic)
        && words.is_mark(range.start - 1, &['('])
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

/// One form, one kind: a form that the tagger gave several kinds takes the one with the most confidence behind it.
fn agree(words: &Words<'_>, names: &mut [Name]) {
    let mut weights: HashMap<String, [f32; 3]> = HashMap::new();
    for name in names.iter() {
        let votes = weights.entry(words.fold_of(name.span).to_owned()).or_default();
        if let Some(vote) = votes.get_mut(name.kind as usize) {
            *vote += name.confidence;
        }
    }
    for name in names.iter_mut() {
        let Some(votes) = weights.get(words.fold_of(name.span)) else { continue };
        let own = votes.get(name.kind as usize).copied().unwrap_or_default();
        let best = Kind::ALL.into_iter().max_by(|left, right| {
            let weight = |kind: &Kind| votes.get(*kind as usize).copied().unwrap_or_default();
            weight(left).total_cmp(&weight(right))
        });
        // Places stand for teams and governments in one article: only a clear majority overrules.
        if let Some(kind) = best
            && votes.get(kind as usize).is_some_and(|vote| *vote > 3.0 * own)
        {
            name.kind = kind;
        }
    }
}

/// Finds again, where no name was found, the forms that the document has shown: whole names of any kind, and the last
/// part of a personal name of several parts.
fn repeat(words: &Words<'_>, names: &mut Vec<Name>) {
    let mut forms: HashMap<String, Vec<(Vec<String>, Kind, f32)>> = HashMap::new();
    let mut add = |form: &str, kind: Kind, confidence: f32| {
        let mut all = form.split_whitespace().map(str::to_owned);
        let Some(first) = all.next() else { return };
        let rest: Vec<String> = all.collect();
        let known = forms.entry(first).or_default();
        if !known.iter().any(|(other, ..)| *other == rest) {
            known.push((rest, kind, confidence));
        }
    };
    for name in names.iter() {
        let form = words.fold_of(name.span);
        let long = form.contains(' ') || form.chars().count() > 4;
        if long && !LISTS.is_plain(form) {
            add(form, name.kind, name.confidence * 0.8);
        }
        if name.kind == Kind::Person {
            let parts = parts(form);
            let last = parts.last().filter(|last| parts.len() > 1 && last.chars().count() > 3);
            if let Some(last) = last.filter(|last| !LISTS.is_given(last) && !LISTS.may_be_given(last)) {
                add(last, Kind::Person, name.confidence * 0.7);
            }
        }
    }
    let mut taken = names.iter().map(|name| words.within(name.span)).peekable();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        while taken.peek().is_some_and(|range| range.end <= index) {
            taken.next();
        }
        let free = taken.peek().map_or(words.len(), |range| range.start);
        if free <= index {
            index = taken.peek().map_or(index + 1, |range| range.end.max(index + 1));
            continue;
        }
        let first = words.fold(index);
        let hit = std::iter::once(0).chain(splits(first)).find_map(|cut| {
            let known = first.get(cut..).and_then(|first| forms.get(first))?;
            let fits = |rest: &[String]| {
                index + rest.len() < free && rest.iter().zip(index + 1..).all(|(word, at)| words.fold(at) == word)
            };
            let best = known.iter().filter(|(rest, ..)| fits(rest)).max_by_key(|(rest, ..)| rest.len())?;
            Some((cut, 1 + best.0.len(), best.1, best.2))
        });
        let Some((cut, count, kind, confidence)) = hit else {
            index += 1;
            continue;
        };
        let whole = words.span(index..index + count);
        let start = cut_in(words, index, cut);
        found.push(Name { span: Span::new(start, whole.end), kind, confidence });
        index += count;
    }
    names.extend(found);
    names.sort_by_key(|name| name.span.start);
}

/// The byte of the text at which the core of the word `index` begins, when `cut` bytes of its folded form go.
fn cut_in(words: &Words<'_>, index: usize, cut: usize) -> usize {
    let Some(word) = words.get(index) else { return 0 };
    let letters = words.fold(index).get(..cut).map_or(0, |head| head.chars().count());
    let raw = slice(words.text(), word.span);
    let plain = raw.char_indices().filter(|&(_, letter)| crate::arabic::normalize::fold_letter(letter).is_some());
    word.span.start + plain.map(|(at, _)| at).nth(letters).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`settle`] makes of names that a tagger found, each given by its kind and its words.
    fn settled(text: &str, found: &[(Kind, &str)]) -> Vec<(Kind, String)> {
        let place = |&(kind, name): &(Kind, &str)| {
            let start = text.find(name).expect("a part of the text");
            Name { span: Span::new(start, start + name.len()), kind, confidence: 0.9 }
        };
        let names = settle(&Words::new(text), found.iter().map(place).collect());
        names.iter().map(|name| (name.kind, slice(text, name.span).to_owned())).collect()
    }

    fn named(names: &[(Kind, &str)]) -> Vec<(Kind, String)> {
        names.iter().map(|&(kind, name)| (kind, name.to_owned())).collect()
    }

    #[test]
    fn marks_and_heads_of_places_stay_outside() {
        let text = "زار \"مدينة طنجة\" أمس.";
        assert_eq!(settled(text, &[(Kind::Place, "\"مدينة طنجة\"")]), named(&[(Kind::Place, "طنجة")]));
    }

    #[test]
    fn a_head_alone_is_no_organization_and_is_not_found_again() {
        let text = "شكر المعهد طلابه. وقدم المعهد جوائز للمعهد. وزار المعهد العالي وزير.";
        let found = [(Kind::Organization, "المعهد"), (Kind::Organization, "المعهد العالي")];
        assert_eq!(settled(text, &found), named(&[(Kind::Organization, "المعهد العالي")]));
        let text = "قدم طلبا للحكومة.";
        assert_eq!(settled(text, &[(Kind::Organization, "لحكومة")]), []);
    }

    #[test]
    fn a_gloss_in_brackets_is_left_out_and_a_latin_name_is_not() {
        let text = "نقلت صحيفة الوقت (The Time) عنه، وكتب موقع Axios ذلك.";
        let found = [(Kind::Organization, "الوقت"), (Kind::Organization, "The Time"), (Kind::Organization, "Axios")];
        assert_eq!(settled(text, &found), named(&[(Kind::Organization, "الوقت"), (Kind::Organization, "Axios")]));
    }

    #[test]
    fn two_proclitics_go_where_the_name_is_listed() {
        let text = "وبالمغرب سوق، وفي بالي أخرى.";
        let found = [(Kind::Place, "بالمغرب"), (Kind::Place, "بالي")];
        assert_eq!(settled(text, &found), named(&[(Kind::Place, "المغرب"), (Kind::Place, "بالي")]));
    }

    #[test]
    fn a_name_is_found_again_behind_its_proclitic() {
        let text = "التقى وزير الزراعة سمير اللقيس بفريقه، وقال للقيس إن العمل بدأ، ثم زار اللقيس الحقل.";
        let found = [(Kind::Person, "سمير اللقيس")];
        assert_eq!(settled(text, &found).last(), Some(&(Kind::Person, "اللقيس".to_owned())));
    }

    #[test]
    fn a_name_that_the_tagger_cut_short_is_whole_again() {
        let text = "قال المتحدث راجيف كومار سينغ لال إن المطر كثير. وقال سمير الوادي أمس إن الجسر جاهز.";
        let found = [(Kind::Person, "راجيف كومار"), (Kind::Person, "سمير الوادي")];
        let whole = [(Kind::Person, "راجيف كومار سينغ لال"), (Kind::Person, "سمير الوادي")];
        assert_eq!(settled(text, &found), named(&whole));
        let text = "وقالت شبكة الساحل الإعلامية إن الدائرة القانونية للبرلمان رفضت، وقالت شبكة المنار أمس إنها وافقت.";
        let found =
            [(Kind::Organization, "الساحل"), (Kind::Organization, "الدائرة القانونية"), (Kind::Organization, "المنار")];
        let whole = [
            (Kind::Organization, "شبكة الساحل الإعلامية"),
            (Kind::Organization, "الدائرة القانونية للبرلمان"),
            (Kind::Organization, "المنار"),
        ];
        assert_eq!(settled(text, &found), named(&whole));
    }
}
