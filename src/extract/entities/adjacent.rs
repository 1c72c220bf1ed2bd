//! Two people whose names touch, as headlines have them: «ترامب بوتين: قمة بلا نتائج».

use crate::annotation::Kind;
use crate::extract::gazetteer::LISTS;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::Span;

/// Parts a name of two words where each word is somebody's: the family's name of one whom everybody knows by it, or, in
/// this document, the end of the whole name of another person. A name that the document shows elsewhere in a longer one
/// stays whole.
pub fn part(words: &Words<'_>, names: &mut Vec<Name>) {
    let people: Vec<Vec<String>> = names
        .iter()
        .filter(|name| name.kind == Kind::Person)
        .map(|name| words.fold_of(name.span).split_whitespace().map(str::to_owned).collect())
        .collect();
    let mut parted = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let range = words.within(name.span);
        let (first, second) = (range.start, range.start + 1);
        let two = name.kind == Kind::Person && range.len() == 2;
        if two && is_two(words.fold_of(name.span), &people) {
            let end = words.span(first..second).end;
            parted.push(Name { span: Span::new(name.span.start, end), ..name });
            parted.push(Name { span: Span::new(words.span(second..second + 1).start, name.span.end), ..name });
        } else {
            parted.push(name);
        }
    }
    *names = parted;
}

/// Whether the two words of a name are of two people, none of them with both.
fn is_two(form: &str, people: &[Vec<String>]) -> bool {
    let Some((first, second)) = form.split_once(' ') else { return false };
    let others = people.iter().filter(|person| person.join(" ") != form);
    let holds_both = |person: &Vec<String>| {
        let has = |word: &str| person.iter().any(|part| part == word);
        has(first) && has(second)
    };
    let both = others.clone().any(holds_both);
    let ends = |word: &str| {
        LISTS.is_family(word)
            || others.clone().any(|person| person.len() > 1 && person.last().is_some_and(|last| last == word))
    };
    !both && ends(first) && ends(second) && first != second && !LISTS.is_given(first)
}
