//! What the text says a person is: titles, ranks, offices, before the name and after it.

use crate::annotation::{Kind, Role};
use crate::arabic::normalize::fold;
use crate::arabic::tokens::Class;
use crate::extract::gazetteer::{self, LISTS};
use crate::extract::scene::{Scene, is_complementizer};
use crate::extract::speakers::{is_comma, is_spoken_for};
use std::{collections::HashSet, ops::Range};

/// The longest role, in words.
const REACH: usize = 12;

/// Every role with the cluster that bears it, in order of the text.
#[must_use]
pub fn find(scene: &Scene<'_>) -> Vec<(usize, Role)> {
    let mut found = Vec::new();
    for (index, name) in scene.names.iter().enumerate() {
        let (Kind::Person, Some(cluster)) = (name.kind, scene.cluster(index)) else { continue };
        let range = scene.range(index);
        let ranges = [before(scene, range.start), after(scene, range.end)];
        for words in ranges.into_iter().flatten().flat_map(|words| split(scene, words)) {
            let whole = scene.words.span(words.clone());
            let joined = if joined_head(scene.words.fold(words.start)) { 'و'.len_utf8() } else { 0 };
            let span = crate::text::Span::new(whole.start + joined, whole.end);
            let text = crate::text::slice(scene.words.text(), span).split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((cluster, Role { text: one_of_two(text), span, confidence: 0.8 }));
        }
        if let Some((span, text)) = shared(scene, range.start) {
            found.push((cluster, Role { text, span, confidence: 0.7 }));
        }
    }
    found
}

/// Who bears which role, by the role's bare words.
#[derive(Debug)]
pub struct Bearers(Vec<(Vec<String>, usize)>);

impl Bearers {
    /// Each role once, with its last bearer, the last in the text first.
    #[must_use]
    pub fn new(titles: &[(usize, Role)]) -> Self {
        let mut seen = HashSet::new();
        let bearers = titles.iter().rev().map(|(cluster, role)| (bare_words(&role.text), *cluster));
        Self(bearers.filter(|(words, _)| seen.insert(words.clone())).collect())
    }

    /// The one whose role a phrase repeats: the bearer of the last role that it is a part of, or that it begins with.
    #[must_use]
    pub fn of(&self, phrase: &str) -> Option<usize> {
        let words = bare_words(phrase);
        let fits = |known: &[String]| {
            known.windows(words.len()).any(|part| part == words) || (known.len() > 1 && words.starts_with(known))
        };
        self.0.iter().find(|(known, _)| !words.is_empty() && fits(known)).map(|(_, cluster)| *cluster)
    }
}

fn bare_words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(|word| word.strip_prefix("ال").unwrap_or(word).to_owned()).collect()
}

fn leads(word: &str) -> bool {
    LISTS.role(word).is_some_and(|role| role != gazetteer::Role::Kin)
}

/// محامي فلان: a head without article or complement right before a name is another's, of the one who is named.
pub fn belongs_to(scene: &Scene<'_>, head: usize) -> bool {
    let word = scene.words.fold(head);
    let word = if leads(word) { word } else { word.strip_prefix('و').unwrap_or(word) };
    scene.kind(head + 1) == Some(Kind::Person)
        && !word.starts_with("ال")
        && matches!(LISTS.role(word), Some(gazetteer::Role::Office | gazetteer::Role::Kin))
}

/// A head with its conjunction: و+وزير.
fn joined_head(word: &str) -> bool {
    !leads(word) && word.strip_prefix('و').is_some_and(leads)
}

/// وزير الدفاع اللواء: an office with its complement and a rank are two roles.
fn split(scene: &Scene<'_>, words: Range<usize>) -> Vec<Range<usize>> {
    let is_rank = |at: &usize| {
        scene.name(*at).is_none()
            && scene.words.fold(*at).starts_with("ال")
            && LISTS.role(scene.words.fold(*at)) == Some(gazetteer::Role::Rank)
    };
    match (words.start + 2..words.end).find(is_rank) {
        Some(rank) => vec![words.start..rank, rank..words.end],
        None => vec![words],
    }
}

/// وزيرا الخارجية: the head of two is, of each, وزير.
fn one_of_two(text: String) -> String {
    let (head, rest) = text.split_once(' ').unwrap_or((&text, ""));
    let single = head.strip_suffix(['ا', 'ي']).filter(|single| {
        !rest.is_empty() && LISTS.role(&fold(single)) == Some(gazetteer::Role::Office) && single.chars().count() > 2
    });
    match single {
        Some(single) => format!("{single} {rest}"),
        None => text,
    }
}

/// The words of the role that ends where the name begins.
fn before(scene: &Scene<'_>, name: usize) -> Option<Range<usize>> {
    let mut end = name;
    while end > 0 && (is_comma(scene, end - 1) || scene.is_quotation_mark(end - 1)) {
        end -= 1;
    }
    let mut start = None;
    for at in (end.saturating_sub(REACH)..end).rev() {
        let word = scene.words.fold(at);
        let person = scene.kind(at) == Some(Kind::Person);
        let mark = scene.words.get(at).is_some_and(|word| word.class == Class::Mark) && !scene.is_quotation_mark(at);
        let spoken_for = matches!(word, "باسم" | "بلسان") && is_spoken_for(scene, at + 1..name);
        if person || mark || spoken_for || stops(scene, at) {
            break;
        }
        if scene.name(at).is_none() && (leads(word) || joined_head(word)) && !belongs_to(scene, at) {
            start = Some(at);
            if joined_head(word) {
                break;
            }
        }
    }
    start.map(|start| start..end)
}

/// The words of the role that follows the name, after a comma or right on it.
fn after(scene: &Scene<'_>, end: usize) -> Option<Range<usize>> {
    let start = if is_comma(scene, end) || scene.is_quotation_mark(end) { end + 1 } else { end };
    let start = if matches!(scene.words.fold(start), "وهو" | "وهي") { start + 1 } else { start };
    let word = scene.words.fold(start);
    if scene.name(start).is_some() || !leads(word) || !scene.words.same_sentence(end.checked_sub(1)?, start) {
        return None;
    }
    let ends = |at: &usize| {
        let mark = scene.words.get(*at).is_some_and(|word| word.class == Class::Mark) && !scene.is_quotation_mark(*at);
        mark || stops(scene, *at) || scene.kind(*at) == Some(Kind::Person)
    };
    let stop = (start + 1..(start + REACH).min(scene.words.len())).find(ends).unwrap_or(start + 1);
    // الرئيس X الوزير Y: a title right before another name is that one's; one with its article comes after a comma.
    if scene.kind(stop) == Some(Kind::Person) || (start == end && word.starts_with("ال")) {
        return None;
    }
    Some(start..stop)
}

/// Words that are no part of a role.
fn stops(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.words.fold(at);
    let stop = scene.cue(at).is_some_and(|form| form.is_finite())
        || is_complementizer(word)
        || matches!(
            word,
            "خلال"
                | "عقب"
                | "بعد"
                | "قبل"
                | "مع"
                | "اليوم"
                | "امس"
                | "الي"
                | "علي"
                | "منذ"
                | "التي"
                | "الذي"
                | "ضيف"
                | "بين"
                | "كل"
        );
    stop && scene.name(at).is_none()
}

/// وزيرا الخارجية X والدفاع Y: the second name shares the head of the first.
fn shared(scene: &Scene<'_>, name: usize) -> Option<(crate::text::Span, String)> {
    let at = name.checked_sub(1)?;
    let complement = scene.words.fold(at).strip_prefix('و').filter(|rest| rest.starts_with("ال"))?;
    let other = scene.kind(at.checked_sub(1)?).filter(|kind| *kind == Kind::Person).and_then(|_| scene.name(at - 1))?;
    let first = scene.range(other);
    let head = (first.start.saturating_sub(4)..first.start).rev().find(|&back| {
        let word = scene.words.fold(back);
        leads(word) && (word.ends_with('ا') || word.ends_with('ي'))
    })?;
    let whole = crate::text::slice(scene.words.text(), scene.words.get(head)?.span);
    let single = whole.strip_suffix(['ا', 'ي'])?;
    let span = scene.words.get(at)?.span;
    let inner = crate::text::Span::new(span.end.checked_sub(complement.len())?, span.end);
    Some((inner, format!("{single} {}", crate::text::slice(scene.words.text(), inner))))
}
