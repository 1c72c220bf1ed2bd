//! Scores: what was found beside what a person marked.
//!
//! What is counted, and how: names by exact span and kind, where attached proclitics, quotation marks, brackets and
//! spaces at either edge do not matter; the set of names of a document, the way a panel is read; clusters of mentions
//! (B-cubed, Bagga and Baldwin 1998); quotes by span and by overlap; and who said them.

mod measures;
mod strings;

pub use measures::{Counts, Scores};

use crate::annotation::{Annotations, EntityId, Kind, Mention, Quote, QuoteKind};
use crate::text::{Document, Span, slice};
use std::collections::{BTreeMap, BTreeSet};
use strings::{fold, same_span, trim, without_proclitic};

/// Adds one document: what a person marked in it (`gold`), and what was found.
pub fn add(scores: &mut Scores, document: &Document, gold: &Annotations, found: &Annotations) {
    let text = document.text();
    let (marked, guessed) = (Named::all(gold), Named::all(found));
    let same = |a: &Named<'_>, b: &Named<'_>| a.kind == b.kind && same_span(text, a.mention.span, b.mention.span);
    let pairs = pairs(&marked, &guessed, same);
    for (kind, counts) in Kind::ALL.into_iter().zip(scores.mentions.iter_mut()) {
        let of = |named: &&Named<'_>| named.kind == kind;
        *counts += Counts {
            right: pairs.iter().filter(|pair| pair.0.kind == kind).count(),
            found: guessed.iter().filter(of).count(),
            gold: marked.iter().filter(of).count(),
        };
    }
    for (kind, counts) in Kind::ALL.into_iter().zip(scores.names.iter_mut()) {
        *counts += names(text, kind, &marked, &guessed);
    }
    clusters(scores, &pairs);
    let same_entity: BTreeSet<(EntityId, EntityId)> =
        pairs.iter().map(|(a, b)| (a.mention.entity, b.mention.entity)).collect();
    quotes(scores, text, (gold, found), &same_entity);
}

/// A mention with the kind of its entity.
struct Named<'a> {
    mention: &'a Mention,
    kind: Kind,
}

impl<'a> Named<'a> {
    fn all(annotations: &'a Annotations) -> Vec<Self> {
        let kind = |mention: &Mention| annotations.entity(mention.entity).map(|entity| entity.kind);
        annotations.mentions.iter().filter_map(|mention| Some(Self { mention, kind: kind(mention)? })).collect()
    }
}

/// Each item of `gold` with the first item of `found` that is the same and that no other has taken.
fn pairs<'a, T>(gold: &'a [T], found: &'a [T], same: impl Fn(&T, &T) -> bool) -> Vec<(&'a T, &'a T)> {
    let mut free: Vec<Option<&T>> = found.iter().map(Some).collect();
    let mut out = Vec::new();
    for item in gold {
        let slot = free.iter_mut().find(|slot| slot.is_some_and(|other| same(item, other)));
        out.extend(slot.and_then(Option::take).map(|other| (item, other)));
    }
    out
}

/// The different names of a kind.
fn names(text: &str, kind: Kind, marked: &[Named<'_>], guessed: &[Named<'_>]) -> Counts {
    let name = |named: &Named<'_>| fold(slice(text, trim(text, named.mention.span)));
    let of = |named: &&Named<'_>| named.kind == kind;
    let gold: BTreeSet<String> = marked.iter().filter(of).map(name).collect();
    let found: BTreeSet<String> =
        guessed.iter().filter(of).map(name).map(|name| without_proclitic(&name, &gold)).collect();
    Counts { right: gold.intersection(&found).count(), found: found.len(), gold: gold.len() }
}

fn clusters(scores: &mut Scores, pairs: &[(&Named<'_>, &Named<'_>)]) {
    let (mut gold, mut found) = (BTreeMap::<_, BTreeSet<usize>>::new(), BTreeMap::<_, BTreeSet<usize>>::new());
    for (index, (a, b)) in pairs.iter().enumerate() {
        gold.entry(a.mention.entity).or_default().insert(index);
        found.entry(b.mention.entity).or_default().insert(index);
    }
    for (a, b) in pairs {
        let (Some(gold), Some(found)) = (gold.get(&a.mention.entity), found.get(&b.mention.entity)) else { continue };
        let shared = gold.intersection(found).count() as f64;
        scores.cluster_precision += shared / found.len() as f64;
        scores.cluster_recall += shared / gold.len() as f64;
        scores.clustered += 1;
    }
}

fn quotes(
    scores: &mut Scores,
    text: &str,
    (gold, found): (&Annotations, &Annotations),
    same: &BTreeSet<(EntityId, EntityId)>,
) {
    let exact = |a: &Quote, b: &Quote| {
        a.kind == QuoteKind::Direct && b.kind == QuoteKind::Direct && trim(text, a.span) == trim(text, b.span)
    };
    let count = |quotes: &[Quote], kind: QuoteKind| quotes.iter().filter(|quote| quote.kind == kind).count();
    let right = pairs(&gold.quotes, &found.quotes, exact).len();
    let (direct, indirect) = (QuoteKind::Direct, QuoteKind::Indirect);
    scores.direct += Counts { right, found: count(&found.quotes, direct), gold: count(&gold.quotes, direct) };
    let matched = pairs(&gold.quotes, &found.quotes, |a, b| a.kind == b.kind && overlap(text, a.span, b.span));
    for (kind, counts) in [(direct, &mut scores.direct_overlap), (indirect, &mut scores.indirect_overlap)] {
        let right = matched.iter().filter(|pair| pair.0.kind == kind).count();
        *counts += Counts { right, found: count(&found.quotes, kind), gold: count(&gold.quotes, kind) };
    }
    for (a, b) in matched {
        let named = a.speaker.as_ref().and_then(|speaker| speaker.entity);
        let right = match (&a.speaker, &b.speaker) {
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
            (Some(gold), Some(found)) => match (gold.entity, found.entity) {
                (Some(gold), Some(found)) => same.contains(&(gold, found)),
                (None, None) => shares_a_word(slice(text, gold.span), slice(text, found.span)),
                _ => false,
            },
        };
        scores.speakers += Counts { right: usize::from(right), found: 1, gold: 1 };
        if named.is_some() {
            scores.named_speakers += Counts { right: usize::from(right), found: 1, gold: 1 };
        }
    }
}

/// At least half of what the two cover is in both, in code points.
fn overlap(text: &str, a: Span, b: Span) -> bool {
    let length = |from: usize, to: usize| slice(text, Span::new(from, to)).chars().count();
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    start < end && 2 * length(start, end) >= length(a.start.min(b.start), a.end.max(b.end))
}

fn shares_a_word(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let words: BTreeSet<&str> = a.split(' ').filter(|word| !word.is_empty()).collect();
    b.split(' ').any(|word| words.contains(word))
}

#[cfg(test)]
mod tests;
