//! Hyphens: a name that holds one is whole, two names that one only connects are two.

use crate::annotation::Kind;
use crate::extract::gazetteer::LISTS;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::Span;

const HYPHENS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '–', '−'];

/// Joins the parts of a name that a hyphen holds together (جان-لوك فالون), and parts two names that it only connects
/// (طنجة-سبتة, where both are listed or stand elsewhere by themselves). `names` are in order.
pub fn mend(words: &Words<'_>, names: &mut Vec<Name>) {
    let alone: Vec<String> = names.iter().map(|name| words.fold_of(name.span).to_owned()).collect();
    let known = |span: Span| {
        let form = words.fold_of(span);
        LISTS.group(form).is_some() || alone.iter().any(|name| name == form)
    };
    let mut mended: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let range = words.within(name.span);
        let glued = range.clone().find(|&at| is_glued_hyphen(words, at) && at > range.start && at + 1 < range.end);
        if let Some(at) = glued {
            let left = Name { span: Span::new(name.span.start, words.span(at - 1..at).end), ..name };
            let right = Name { span: Span::new(words.span(at + 1..at + 2).start, name.span.end), ..name };
            if known(left.span) && known(right.span) {
                mended.extend([left, right]);
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
    *names = mended;
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
