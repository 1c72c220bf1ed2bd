//! Names: what a tagger finds in a paragraph, and what the document makes of it.
//!
//! A tagger sees a few paragraphs and knows nothing of the rest. The stages here are the same for every tagger: marks,
//! proclitics and generic heads go out of the span; a name that the document has shown once is found again where the
//! tagger missed it; a form that is of one kind in most places is of that kind in all.

mod adjacent;
mod boundaries;
mod form;
mod hyphens;
mod outside;
mod titles;

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::splits;
use crate::extract::gazetteer::LISTS;
use crate::extract::names::parts;
use crate::extract::rule;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::Span;
use boundaries::{cut_in, trim_to_boundaries};
pub use form::{NameForm, forms};
use outside::is_outside;
use std::collections::HashMap;
use titles::Titles;

/// The names of a document from those of its paragraphs.
#[must_use]
pub fn normalize(words: &Words<'_>, names: Vec<Name>) -> Vec<Name> {
    let mut names: Vec<Name> = names.into_iter().filter_map(|name| trim_to_boundaries(words, name)).collect();
    names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    let mut last_end = 0;
    names.retain(|name| {
        let free = name.span.start >= last_end;
        if free {
            last_end = name.span.end;
        }
        free
    });
    hyphens::mend(words, &mut names);
    adjacent::part(words, &mut names);
    adjacent::join(words, &mut names);
    let titles = Titles::new(words);
    names.retain(|name| !titles.hold(words, name));
    vote_kind(words, &mut names);
    extend(words, &mut names);
    propagate(words, &mut names);
    names.retain(|name| !is_outside(words, name.span) && !titles.hold(words, name));
    names
}

/// One form, one kind: a form that the tagger gave several kinds takes the one with the most confidence behind it.
fn vote_kind(words: &Words<'_>, names: &mut [Name]) {
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

/// As many whole names as a word is looked up in; a word that is in more tells nobody apart.
const NAMESAKES: usize = 32;

/// A part of a person's name that the document shows whole elsewhere, where the whole name stands, is the whole name.
fn extend(words: &Words<'_>, names: &mut [Name]) {
    let mut forms: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for name in names.iter().filter(|name| name.kind == Kind::Person) {
        let whole: Vec<String> = words.fold_of(name.span).split_whitespace().map(str::to_owned).collect();
        for part in whole.iter().filter(|_| whole.len() > 1) {
            let known = forms.entry(part.clone()).or_default();
            if known.len() < NAMESAKES && !known.contains(&whole) {
                known.push(whole.clone());
            }
        }
    }
    for index in 0..names.len() {
        let Some(name) = names.get(index).copied().filter(|name| name.kind == Kind::Person) else { continue };
        let range = words.within(name.span);
        let core = words.fold_of(name.span).split_whitespace().next().unwrap_or_default().to_owned();
        let free =
            index.checked_sub(1).and_then(|before| names.get(before)).map_or(0, |before| words.within(before.span).end);
        let limit = names.get(index + 1).map_or(words.len(), |after| words.within(after.span).start);
        let stands = |whole: &&Vec<String>| {
            let before = whole.iter().position(|part| *part == core)?;
            let start = range.start.checked_sub(before).filter(|start| *start >= free)?;
            let end = (start + whole.len()).min(limit);
            let longer = whole.len() > range.len() && start + whole.len() == end && end >= range.end;
            let same = whole.iter().skip(1).zip(start + 1..end).all(|(part, at)| words.fold(at) == part);
            let first = whole.first()?;
            let cut = words.fold(start).strip_suffix(first.as_str()).map(str::len)?;
            let proclitic = cut == 0 || splits(words.fold(start)).any(|split| split == cut);
            (longer && same && proclitic).then(|| Span::new(cut_in(words, start, cut), words.span(start..end).end))
        };
        let known = forms.get(&core).into_iter().flatten();
        let whole = known.filter_map(|whole| stands(&whole)).max_by_key(|span| span.end - span.start);
        if let (Some(span), Some(name)) = (whole, names.get_mut(index)) {
            name.span = span;
        }
    }
}

/// المغني المغربي: whether the word says of a title before it from which country its bearer is.
fn is_nationality(words: &Words<'_>, at: usize) -> bool {
    let title = words.fold_before(at);
    let of = affix::strip_article(words.fold(at)).and_then(affix::strip_relation);
    let is_place = |core: &str| LISTS.kind(core) == Some(Kind::Place);
    let country = of.is_some_and(|core| is_place(core) || is_place(&affix::with_article(core)));
    country && affix::is_definite(title) && LISTS.role(title).is_some()
}

/// Finds again, where no name was found, the forms that the document has shown: whole names of any kind, and the last
/// part of a personal name of several parts.
fn propagate(words: &Words<'_>, names: &mut Vec<Name>) {
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
            add(form, name.kind, name.confidence * rule::confidence("a name found again"));
        }
        if name.kind == Kind::Person {
            let parts = parts(form);
            let last = parts.last().filter(|last| parts.len() > 1 && last.chars().count() > 3);
            if let Some(last) = last.filter(|last| !LISTS.is_given(last) && !LISTS.may_be_given(last)) {
                add(last, Kind::Person, name.confidence * rule::confidence("a last name found again"));
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
        let Some((cut, count, kind, confidence)) = hit.filter(|hit| hit.1 > 1 || !is_nationality(words, index)) else {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    /// What [`normalize`] makes of names that a tagger found, each given by its kind and its words.
    fn settled(text: &str, found: &[(Kind, &str)]) -> Vec<(Kind, String)> {
        let place = |&(kind, name): &(Kind, &str)| {
            let start = text.find(name).expect("a part of the text");
            Name { span: Span::new(start, start + name.len()), kind, confidence: 0.9 }
        };
        let names = normalize(&Words::new(text), found.iter().map(place).collect());
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
    fn names_that_touch_are_one_where_nothing_says_that_they_are_two() {
        let people = |text: &str, first: &str, second: &str| {
            let found = [(Kind::Person, first), (Kind::Person, second)];
            settled(text, &found).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(people("قالت ميريندا كوستا لوبيز، وهي طبيبة.", "ميريندا", "كوستا لوبيز"), ["ميريندا كوستا لوبيز"]);
        // A title, a relative, and one who is known by the first name alone.
        assert_eq!(people("تسأل القارئة سلمى الوادي.", "القارئة", "سلمى الوادي"), ["القارئة", "سلمى الوادي"]);
        assert_eq!(people("زارت شقيقة ميريندا سلمى الوادي.", "ميريندا", "سلمى الوادي"), ["ميريندا", "سلمى الوادي"]);
        let text = "دعا كوستا ميريندا إلى العشاء. وعاد أنطونيو كوستا.";
        let found = [(Kind::Person, "كوستا"), (Kind::Person, "ميريندا"), (Kind::Person, "أنطونيو كوستا")];
        assert_eq!(settled(text, &found).len(), 3);
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
        let text = "نقلت صحيفة \"الوقت\" (The Time) عنه، وكتب موقع Axios ذلك.";
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
    fn a_part_of_a_name_that_was_shown_whole_is_the_whole_name_where_that_stands() {
        let text = "زار يشير الوادي المرفأ. ثم شكر وزير الدفاع، يشير الوادي، العمال.";
        let whole = (Kind::Person, "يشير الوادي".to_owned());
        let found = [(Kind::Person, "يشير الوادي"), (Kind::Person, "الوادي،")];
        assert_eq!(settled(text, &found), [whole.clone(), whole]);
    }

    #[test]
    fn a_name_that_the_tagger_cut_short_is_whole_again() {
        let text = "قال المتحدث راجيف كومار سينغ لال إن المطر كثير. وقال سمير الوادي أمس إن الجسر جاهز.";
        let found = [(Kind::Person, "راجيف كومار"), (Kind::Person, "سمير الوادي")];
        let whole = [(Kind::Person, "راجيف كومار سينغ لال"), (Kind::Person, "سمير الوادي")];
        assert_eq!(settled(text, &found), named(&whole));
        let text = "التقى قادة الجيشين اليمني والعماني أمس.";
        let found = [(Kind::Organization, "الجيشين اليمني")];
        assert_eq!(settled(text, &found), named(&[(Kind::Organization, "الجيشين اليمني والعماني")]));
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

    #[test]
    fn a_hyphen_holds_a_name_or_only_connects_two_of_their_own_kinds() {
        let text = "أعلنت الوزارة (تونس-رويترز) أن العمل مستمر في Aix-en-Provence.";
        let found = [(Kind::Organization, "تونس-رويترز"), (Kind::Organization, "Aix")];
        let mut names: Vec<Name> = Vec::new();
        for (kind, name) in found {
            let start = text.find(name).expect("a part of the text");
            names.push(Name { span: Span::new(start, start + name.len()), kind, confidence: 0.6 });
        }
        let names = normalize(&Words::new(text), names);
        let names: Vec<_> = names.iter().map(|name| (name.kind, slice(text, name.span).to_owned())).collect();
        let apart = [(Kind::Place, "تونس"), (Kind::Organization, "رويترز"), (Kind::Place, "Aix-en-Provence")];
        assert_eq!(names, named(&apart));
        let text = "سينطلق القطار السريع فاس-طنجة غدا.";
        let found = [(Kind::Place, "القطار السريع فاس-طنجة")];
        assert_eq!(settled(text, &found), named(&[(Kind::Place, "فاس"), (Kind::Place, "طنجة")]));
    }

    #[test]
    fn two_people_whose_names_touch_are_two_and_a_long_name_is_one() {
        let text = "ماكرون بايدن: خلاف على التجارة\nوقال سمير الوادي إن ليون كرتالي هنا.";
        let found = [(Kind::Person, "ماكرون بايدن"), (Kind::Person, "سمير الوادي"), (Kind::Person, "ليون كرتالي")];
        let apart = [
            (Kind::Person, "ماكرون"),
            (Kind::Person, "بايدن"),
            (Kind::Person, "سمير الوادي"),
            (Kind::Person, "ليون كرتالي"),
        ];
        assert_eq!(settled(text, &found), named(&apart));
        let text = "كرتالي الوادي في قمة\nالتقى ليون كرتالي سمير الوادي أمس.";
        let found = [(Kind::Person, "كرتالي الوادي"), (Kind::Person, "ليون كرتالي"), (Kind::Person, "سمير الوادي")];
        assert_eq!(settled(text, &found).first(), Some(&(Kind::Person, "كرتالي".to_owned())));
    }

    #[test]
    fn heads_stand_where_the_guide_has_them() {
        let text = "قالت صحيفة الساحل إن نادي القضاة أغلق محطة سوسة أمام أم خالد، وشكر عائلة الجبلي.";
        let found = [
            (Kind::Organization, "صحيفة الساحل"),
            (Kind::Organization, "نادي القضاة"),
            (Kind::Place, "سوسة"),
            (Kind::Person, "خالد"),
            (Kind::Person, "الجبلي"),
        ];
        let stand = [
            (Kind::Organization, "الساحل"),
            (Kind::Organization, "نادي القضاة"),
            (Kind::Place, "محطة سوسة"),
            (Kind::Person, "أم خالد"),
        ];
        assert_eq!(settled(text, &found), named(&stand));
    }

    #[test]
    fn what_is_written_on_a_name_or_stands_before_it_is_none_of_it() {
        let text = "التقى ليون كرتالي سمير الوادي. وقال كرتالي والوادي إن الجسر جاهز.";
        let found = [(Kind::Person, "ليون كرتالي"), (Kind::Person, "سمير الوادي"), (Kind::Person, "كرتالي والوادي")];
        let names = settled(text, &found);
        assert_eq!(names.get(2..), named(&[(Kind::Person, "كرتالي"), (Kind::Person, "الوادي")]).get(..));
        let text = "تساءل النائب مخاطبا الوادي عن الجسر.";
        assert_eq!(settled(text, &[(Kind::Person, "مخاطبا الوادي")]), named(&[(Kind::Person, "الوادي")]));
        let text = "لحن سمير المغربي الأغنية. وعاد المغربي أمس، وشكر المغني المغربي جمهوره.";
        let twice = [(Kind::Person, "سمير المغربي"), (Kind::Person, "المغربي")];
        assert_eq!(settled(text, &[(Kind::Person, "سمير المغربي")]), named(&twice));
    }

    #[test]
    fn an_initial_keeps_its_point_and_no_name_ends_with_a_preposition() {
        let text = "أوقفت الشرطة سمير و. أمس، وسأل القاضي ليون كرتالي عمن قاد السيارة.";
        let found = [(Kind::Person, "سمير و"), (Kind::Person, "ليون كرتالي عمن")];
        let whole = [(Kind::Person, "سمير و."), (Kind::Person, "ليون كرتالي")];
        assert_eq!(settled(text, &found), named(&whole));
    }

    #[test]
    fn what_a_minister_is_minister_of_is_no_organization() {
        let text = "التقى وزير دفاع المغرب وزير الخارجية أمس، ثم اجتمع وزراء نقل وطاقة تونس.";
        let found =
            [(Kind::Organization, "دفاع المغرب"), (Kind::Organization, "الخارجية"), (Kind::Organization, "طاقة تونس")];
        assert_eq!(settled(text, &found), named(&[(Kind::Place, "المغرب"), (Kind::Place, "تونس")]));
    }

    #[test]
    fn no_verb_is_taken_into_a_name() {
        let text = "أعلنت الشركة أن مديرها سامي الخطيب استقال، وأن العمل مستمر.";
        assert_eq!(settled(text, &[(Kind::Person, "سامي الخطيب")]), named(&[(Kind::Person, "سامي الخطيب")]));
    }
}
