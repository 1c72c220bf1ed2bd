//! Where in a document the words of a query stand.

use crate::library::{
    query::{Query, Term},
    words::{Word, is_word},
};
use crate::text::{Span, slice};
use std::collections::HashSet;

/// Words to either side of a place that are shown with it.
const AROUND: usize = 12;

/// Whether the words satisfy the query; the places that do are added.
pub fn satisfied(query: &Query, words: &[Word], within: &impl Fn(&Span) -> bool, places: &mut Vec<Span>) -> bool {
    match query {
        Query::Phrase(terms) => {
            let before = places.len();
            places.extend(phrase(terms, words).into_iter().map(|(_, span)| span).filter(within));
            places.len() > before
        }
        Query::Near(phrases, distance) => near(phrases, *distance as usize, words, within, places),
        Query::All(parts) => parts.iter().all(|part| satisfied(part, words, within, places)),
        Query::Any(parts) => {
            // Every way counts, not only the first: its places are shown too.
            let found = parts.iter().filter(|part| satisfied(part, words, within, places));
            found.count() > 0
        }
        Query::Field(_) | Query::Not(_) => true,
    }
}

/// The places of a phrase, with the number of its first word.
fn phrase(terms: &[Term], words: &[Word]) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    if terms.is_empty() || words.len() < terms.len() {
        return found;
    }
    for (at, row) in words.windows(terms.len()).enumerate() {
        if row.iter().zip(terms).all(|(word, term)| is_word(&word.word, &term.word, term.begins))
            && let (Some(first), Some(last)) = (row.first(), row.last())
        {
            found.push((at, Span::new(first.span.start, last.span.end)));
        }
    }
    found
}

/// The phrases of NEAR where each has another of every kind near enough.
fn near(
    phrases: &[Vec<Term>],
    distance: usize,
    words: &[Word],
    within: &impl Fn(&Span) -> bool,
    places: &mut Vec<Span>,
) -> bool {
    let all: Vec<Vec<(usize, Span)>> = phrases.iter().map(|terms| phrase(terms, words)).collect();
    let Some((first, others)) = all.split_first() else { return false };
    let longest = phrases.iter().map(Vec::len).max().unwrap_or(1);
    let mut any = false;
    for (at, span) in first.iter().filter(|(_, span)| within(span)) {
        let nearest = |others: &Vec<(usize, Span)>| {
            let close = others.iter().filter(|(other, span)| at.abs_diff(*other) <= distance + longest && within(span));
            close.min_by_key(|(other, _)| at.abs_diff(*other)).map(|(_, span)| *span)
        };
        let met: Option<Vec<Span>> = others.iter().map(nearest).collect();
        if let Some(met) = met {
            any = true;
            places.push(*span);
            places.extend(met);
        }
    }
    any
}

/// The place that has most others within a few words after it.
pub fn densest(places: &[Span]) -> Option<Span> {
    let after = |place: &Span| {
        places.iter().filter(|other| other.start >= place.start && other.start < place.start + 300).count()
    };
    let distinct: HashSet<Span> = places.iter().take(200).copied().collect();
    distinct.into_iter().max_by_key(|place| (after(place), std::cmp::Reverse(place.start)))
}

/// The words around a place on one line, and where in it the places are.
pub fn context(text: &str, words: &[Word], place: Span, places: &[Span]) -> (String, Vec<Span>) {
    let at = words.partition_point(|word| word.span.end <= place.start);
    let until = words.partition_point(|word| word.span.start < place.end);
    let start = words.get(at.saturating_sub(AROUND)).map_or(place.start, |word| word.span.start);
    let last = (until + AROUND).min(words.len()).saturating_sub(1);
    let end = words.get(last).map_or(place.end, |word| word.span.end).max(place.end);
    let mut line = String::with_capacity(end - start + 8);
    let mut marks: Vec<Span> = Vec::new();
    if start > 0 {
        line.push('…');
    }
    let mut seen = start;
    let inside = places.iter().filter(|place| place.start >= start && place.end <= end);
    for place in inside {
        if place.start < seen {
            continue;
        }
        flat(&mut line, slice(text, Span::new(seen, place.start)));
        let from = line.len();
        flat(&mut line, slice(text, *place));
        marks.push(Span::new(from, line.len()));
        seen = place.end;
    }
    flat(&mut line, slice(text, Span::new(seen, end)));
    if end < text.trim_end().len() {
        line.push('…');
    }
    (line, marks)
}

/// Adds a text with every run of blanks and line ends as one blank.
fn flat(line: &mut String, text: &str) {
    for letter in text.chars() {
        if !letter.is_whitespace() {
            line.push(letter);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
}
