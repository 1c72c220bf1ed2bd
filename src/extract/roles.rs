//! What the text says a person is: titles, ranks, offices, before the name and after it.

use crate::annotation::{Kind, Role};
use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::{self, LISTS};
use crate::extract::grammar::WordClass;
use crate::extract::phrase::is_spoken_for;
use crate::extract::rule;
use std::{collections::HashSet, ops::Range};

/// The longest role, in words.
const REACH: usize = 12;

/// Every role with the cluster that bears it, in order of the text.
#[must_use]
pub fn find(analysis: &Analysis<'_>) -> Vec<(usize, Role)> {
    let mut found = Vec::new();
    for (index, name) in analysis.names.iter().enumerate() {
        let (Kind::Person, Some(cluster)) = (name.kind, analysis.cluster(index)) else { continue };
        let range = analysis.range(index);
        let ranges = [before(analysis, range.start), after(analysis, range.end)];
        for words in ranges.into_iter().flatten().flat_map(|words| split(analysis, words)) {
            let whole = analysis.words.span(words.clone());
            let joined = if joined_head(analysis.words.fold(words.start)) { affix::AND.len_utf8() } else { 0 };
            let span = crate::text::Span::new(whole.start + joined, whole.end);
            let text = crate::text::slice(analysis.words.text(), span).split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((
                cluster,
                Role { text: one_of_two(text), span, confidence: rule::confidence("a role beside the name") },
            ));
        }
        if let Some((span, text)) = shared(analysis, range.start) {
            found.push((cluster, Role { text, span, confidence: rule::confidence("a role that two names share") }));
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
    fold(text).split_whitespace().map(|word| affix::without_article(word).to_owned()).collect()
}

fn leads(word: &str) -> bool {
    LISTS.role(word).is_some_and(|role| role != gazetteer::Role::Kin)
}

/// محامي فلان: a head without article or complement right before a name is another's, of the one who is named.
pub fn belongs_to(analysis: &Analysis<'_>, head: usize) -> bool {
    let word = analysis.words.fold(head);
    let word = if LISTS.role(word).is_some() { word } else { affix::without_and(word) };
    // رئيسه سمير الوادي, رئيسها: with a pronoun on it, the head is the name's own. Folded رئيسه is رئيسة, so as it is written.
    let raw =
        crate::text::slice(analysis.words.text(), analysis.words.get(head).map_or_else(Default::default, |at| at.span));
    let owned = affix::strip_possessive(raw).is_some();
    analysis.kind(head + 1) == Some(Kind::Person)
        && !owned
        && !affix::is_definite(word)
        && matches!(LISTS.role(word), Some(gazetteer::Role::Office | gazetteer::Role::Kin))
}

/// A head with its conjunction: و+وزير, and not والد.
fn joined_head(word: &str) -> bool {
    LISTS.role(word).is_none() && affix::strip_and(word).is_some_and(leads)
}

/// وزير الدفاع اللواء: an office with its complement and a rank are two roles.
fn split(analysis: &Analysis<'_>, words: Range<usize>) -> Vec<Range<usize>> {
    let is_rank = |at: &usize| {
        analysis.name(*at).is_none()
            && affix::is_definite(analysis.words.fold(*at))
            && LISTS.role(analysis.words.fold(*at)) == Some(gazetteer::Role::Rank)
    };
    match (words.start + 2..words.end).find(is_rank) {
        Some(rank) => vec![words.start..rank, rank..words.end],
        None => vec![words],
    }
}

/// وزيرا الخارجية: the head of two is, of each, وزير.
fn one_of_two(text: String) -> String {
    let (head, rest) = text.split_once(' ').unwrap_or((&text, ""));
    let single = affix::strip_dual(head).filter(|single| {
        !rest.is_empty() && LISTS.role(&fold(single)) == Some(gazetteer::Role::Office) && single.chars().count() > 2
    });
    match single {
        Some(single) => format!("{single} {rest}"),
        None => text,
    }
}

/// The words of the role that ends where the name begins.
fn before(analysis: &Analysis<'_>, name: usize) -> Option<Range<usize>> {
    let mut end = name;
    while end > 0 && (analysis.words.is_comma(end - 1) || analysis.words.is_quotation(end - 1)) {
        end -= 1;
    }
    let mut start = None;
    for at in (end.saturating_sub(REACH)..end).rev() {
        let word = analysis.words.fold(at);
        let person = analysis.kind(at) == Some(Kind::Person);
        let mark =
            analysis.words.get(at).is_some_and(|word| word.class == Class::Mark) && !analysis.words.is_quotation(at);
        let spoken_for = analysis.words.is(at, WordClass::InTheNameOf) && is_spoken_for(analysis, at + 1..name);
        if person || mark || spoken_for || stops(analysis, at) {
            break;
        }
        if analysis.name(at).is_none() && (leads(word) || joined_head(word)) && !belongs_to(analysis, at) {
            start = Some(at);
            if joined_head(word) {
                break;
            }
        }
    }
    start.map(|start| start..end)
}

/// The words of the role that follows the name, after a comma or right on it.
fn after(analysis: &Analysis<'_>, end: usize) -> Option<Range<usize>> {
    let start = if analysis.words.is_comma(end) || analysis.words.is_quotation(end) { end + 1 } else { end };
    let start = if analysis.words.is(start, WordClass::Apposition) { start + 1 } else { start };
    let word = analysis.words.fold(start);
    if analysis.name(start).is_some() || !leads(word) || !analysis.words.same_sentence(end.checked_sub(1)?, start) {
        return None;
    }
    let ends = |at: &usize| {
        let mark =
            analysis.words.get(*at).is_some_and(|word| word.class == Class::Mark) && !analysis.words.is_quotation(*at);
        mark || stops(analysis, *at) || analysis.kind(*at) == Some(Kind::Person)
    };
    let stop = (start + 1..(start + REACH).min(analysis.words.len())).find(ends).unwrap_or(start + 1);
    // الرئيس X الوزير Y: a title right before another name is that one's; one with its article comes after a comma.
    if analysis.kind(stop) == Some(Kind::Person) || (start == end && affix::is_definite(word)) {
        return None;
    }
    Some(start..stop)
}

/// Words that are no part of a role.
fn stops(analysis: &Analysis<'_>, at: usize) -> bool {
    let stop = analysis.cue(at).is_some_and(|form| form.is_finite())
        || analysis.words.is(at, WordClass::Complementizer)
        || analysis.words.is(at, WordClass::RoleStop);
    stop && analysis.name(at).is_none()
}

/// وزيرا الخارجية X والدفاع Y: the second name shares the head of the first.
fn shared(analysis: &Analysis<'_>, name: usize) -> Option<(crate::text::Span, String)> {
    let at = name.checked_sub(1)?;
    let complement = analysis.words.fold(at).strip_prefix(affix::AND).filter(|rest| affix::is_definite(rest))?;
    let other =
        analysis.kind(at.checked_sub(1)?).filter(|kind| *kind == Kind::Person).and_then(|_| analysis.name(at - 1))?;
    let first = analysis.range(other);
    let head = (first.start.saturating_sub(4)..first.start).rev().find(|&back| {
        let word = analysis.words.fold(back);
        leads(word) && word.ends_with(affix::DUAL)
    })?;
    let whole = crate::text::slice(analysis.words.text(), analysis.words.get(head)?.span);
    let single = affix::strip_dual(whole)?;
    let span = analysis.words.get(at)?.span;
    let inner = crate::text::Span::new(span.end.checked_sub(complement.len())?, span.end);
    Some((inner, format!("{single} {}", crate::text::slice(analysis.words.text(), inner))))
}
