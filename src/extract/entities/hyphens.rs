//! Hyphens: a name that holds one is whole, two names that one only connects are two.

use crate::annotation::Kind;
use crate::arabic::tokens::Class;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::WordClass;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::Span;

const HYPHENS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '–', '−'];

/// A tagger that is surer than this of the kind of a part is right about the kind of the whole.
const SURE: f32 = 0.9;

/// Joins the parts of a name that a hyphen holds together (جان-لوك فالون, Aix-en-Provence), and parts two names that it
/// only connects (طنجة-سبتة, حمص-سانا, where both are listed or stand elsewhere by themselves), each of its own kind.
/// `names` are in order.
pub fn mend(words: &Words<'_>, names: &mut Vec<Name>) {
    let alone: Vec<(String, Kind)> =
        names.iter().map(|name| (words.fold_of(name.span).to_owned(), name.kind)).collect();
    let known = |span: Span| {
        let form = words.fold_of(span);
        let stands = || alone.iter().find(|(name, _)| name == form).map(|(_, kind)| *kind);
        LISTS.kind(form).or_else(stands)
    };
    let listed = |span: Span| LISTS.kind(words.fold_of(span));
    let mut mended: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let range = words.within(name.span);
        let hyphen = range.clone().find(|&at| words.is_mark(at, &HYPHENS) && at > range.start && at + 1 < range.end);
        if let Some(at) = hyphen {
            let left = Span::new(name.span.start, words.span(at - 1..at).end);
            let right = Span::new(words.span(at + 1..at + 2).start, name.span.end);
            // With blanks around it, it may belong to the name of a road or a line.
            let glued = is_glued_hyphen(words, at);
            let parts = if glued { known(left).zip(known(right)) } else { listed(left).zip(listed(right)) };
            // القطار السريع طنجة-سبتة: what stands before two listed places is the line's, and no name of a place.
            let (inner, outer) = (words.span(at - 1..at), words.span(at + 1..at + 2));
            let places = || listed(inner) == Some(Kind::Place) && listed(outer) == Some(Kind::Place);
            if parts.is_none() && glued && name.kind == Kind::Place && places() {
                mended.push(Name { span: inner, ..name });
                mended.push(Name { span: Span::new(outer.start, name.span.end), ..name });
                continue;
            }
            if let Some((first, second)) = parts {
                mended.push(Name { span: left, kind: first, ..name });
                mended.push(Name { span: right, kind: second, ..name });
                continue;
            }
        }
        match mended.last_mut() {
            Some(before) if is_one(words, before, &name) => {
                before.span.end = name.span.end;
                before.confidence = before.confidence.min(name.confidence);
            }
            _ => mended.push(name),
        }
    }
    for name in &mut mended {
        take_foreign(words, name);
    }
    // حمص-سانا: two that a hyphen connects are of the kinds that they are listed with.
    for index in 1..mended.len() {
        let Some([first, second]) = mended.get_mut(index - 1..=index) else { continue };
        let hyphen = words.at(first.span.end);
        let (before, after) = (listed(first.span), listed(second.span));
        if let Some((before, after)) = before.zip(after)
            && hyphen + 1 == words.within(second.span).start
            && is_glued_hyphen(words, hyphen)
        {
            let unsure = |name: &Name| name.confidence < SURE;
            first.kind = if unsure(first) { before } else { first.kind };
            second.kind = if unsure(second) { after } else { second.kind };
        }
    }
    let mut end = 0;
    mended.retain(|name| {
        let free = name.span.start >= end;
        end = end.max(name.span.end);
        free
    });
    *names = mended;
}

/// Aix-en-Provence: what hyphens hold to a name in Latin letters, in Latin letters too, is part of it. Where the tagger saw
/// only a part and doubts its kind, what stands behind a preposition of place is a place.
fn take_foreign(words: &Words<'_>, name: &mut Name) {
    let mut range = words.within(name.span);
    let foreign = |at: usize| words.get(at).is_some_and(|word| word.class == Class::Foreign);
    if range.is_empty() || !range.clone().all(|at| foreign(at) || words.is_mark(at, &HYPHENS)) {
        return;
    }
    let start = range.end;
    while is_glued_hyphen(words, range.end) && foreign(range.end + 1) {
        range.end += 2;
    }
    if range.end > start {
        name.span.end = words.span(range.clone()).end;
        if name.confidence < SURE && words.is_before(range.start, WordClass::In) {
            name.kind = Kind::Place;
        }
    }
}

/// Whether a hyphen without blanks is all that stands between two names of persons, the first of them one word.
fn is_one(words: &Words<'_>, before: &Name, name: &Name) -> bool {
    let between = words.at(before.span.end)..words.within(name.span).start;
    before.kind == Kind::Person
        && name.kind == Kind::Person
        && between.len() == 1
        && is_glued_hyphen(words, between.start)
        && words.within(before.span).len() == 1
}

fn is_glued_hyphen(words: &Words<'_>, at: usize) -> bool {
    let glued = |left: usize, right: usize| {
        words.get(left).zip(words.get(right)).is_some_and(|(left, right)| left.span.end == right.span.start)
    };
    at > 0 && words.is_mark(at, &HYPHENS) && glued(at - 1, at) && glued(at, at + 1)
}
