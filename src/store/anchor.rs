//! Places that survive a change of the text: the words themselves and what stands around them, as in the W3C's
//! TextQuoteSelector.

use crate::annotation::{Annotations, Entity, EntityId, Mention, MentionId, Quote, QuoteId, Rejected};
use crate::arabic::chars::decompose;
use crate::text::{Document, Span, ceil, floor};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How much stands around, in bytes on each side.
const CONTEXT: usize = 64;

/// How much of the surroundings has to be the same, in code points of both sides together.
const ENOUGH: usize = 8;

/// A span with its words and what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Anchor {
    /// Where it was, in bytes of the text that it was made for.
    pub span: Span,
    /// The words.
    pub exact: String,
    /// What stood before.
    pub prefix: String,
    /// What stood after.
    pub suffix: String,
}

/// Something that a person decided about words that the text no longer has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Orphan {
    /// What it was; its spans are those of `anchors`.
    pub stray: Stray,
    /// Its own place first, then its speaker's and its cue's.
    pub anchors: Vec<Anchor>,
    /// Whom it names or who speaks, should nothing else in the document do so until it has a place again.
    #[serde(default)]
    pub entity: Option<Entity>,
}

/// What can lose its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stray {
    /// A mention.
    Mention(Mention),
    /// A quote.
    Quote(Quote),
    /// Something taken away.
    Rejected(Rejected),
}

impl Anchor {
    pub(super) fn new(document: &Document, span: Span) -> Self {
        let text = document.text();
        let before = Span::new(ceil(text, span.start.saturating_sub(CONTEXT)), span.start);
        let after = Span::new(span.end, floor(text, span.end.saturating_add(CONTEXT).min(text.len())));
        let owned = |span| document.slice(span).to_owned();
        Self { span, exact: owned(span), prefix: owned(before), suffix: owned(after) }
    }

    /// Where it is now: of all places with these words, the one with most of the same around it, and of equals the
    /// nearest to where it was. None where too little around it is the same.
    ///
    /// A text that is read otherwise than before has the same words in other letters: plain ones for presentation forms,
    /// blanks for line ends. They are looked for where the words are not there as they were.
    pub(super) fn find(&self, document: &Document) -> Option<Span> {
        let text = document.text();
        self.find_in(text).or_else(|| {
            let plain = Plain::new(text);
            let letters = |text: &str| Plain::new(text).text;
            let (exact, prefix, suffix) = (letters(&self.exact), letters(&self.prefix), letters(&self.suffix));
            let anchor = Self { span: self.span, exact: exact.trim().to_owned(), prefix, suffix };
            anchor.find_in(&plain.text).map(|place| plain.span(place))
        })
    }

    fn find_in(&self, text: &str) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let places = text.match_indices(&self.exact).map(|(at, words)| Span::new(at, at + words.len()));
        let scored = places.map(|place| (self.alike(text, place), place));
        let best =
            scored.max_by_key(|(alike, place)| (*alike, std::cmp::Reverse(place.start.abs_diff(self.span.start))));
        let whole = self.prefix.chars().count() + self.suffix.chars().count();
        best.filter(|(alike, _)| *alike >= ENOUGH.min(whole)).map(|(_, place)| place)
    }

    /// How many code points around a place are the same, up to the first that differs on each side.
    fn alike(&self, text: &str, place: Span) -> usize {
        let before = text.get(..place.start).unwrap_or_default().chars().rev();
        let after = text.get(place.end..).unwrap_or_default().chars();
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let left = self.prefix.chars().rev().zip(before).take_while(same).count();
        left + self.suffix.chars().zip(after).take_while(same).count()
    }
}

/// A text in plain letters, every run of white space as one blank, with the way back.
struct Plain {
    text: String,
    /// Where each letter stands: its first byte here, and its first byte in the text.
    letters: Vec<(usize, usize)>,
    /// The length of the text, in bytes.
    end: usize,
}

impl Plain {
    fn new(text: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(text.len()), letters: Vec::new(), end: text.len() };
        for (at, letter) in text.char_indices() {
            if letter.is_whitespace() {
                if !plain.text.ends_with(' ') {
                    plain.letters.push((plain.text.len(), at));
                    plain.text.push(' ');
                }
                continue;
            }
            plain.letters.push((plain.text.len(), at));
            let out = &mut plain.text;
            if !decompose(letter, |plain| out.push(plain)) {
                out.push(letter);
            }
        }
        plain
    }

    /// The span of the text; what ends inside a ligature takes all of it.
    fn span(&self, span: Span) -> Span {
        let first = self.letters.partition_point(|(here, _)| *here <= span.start).saturating_sub(1);
        let next = self.letters.partition_point(|(here, _)| *here < span.end);
        let at = |index: usize| self.letters.get(index).map_or(self.end, |(_, there)| *there);
        Span::new(at(first), at(next))
    }
}

/// The distinct spans of all that was decided.
pub(super) fn spans(annotations: &Annotations) -> BTreeSet<Span> {
    let roles = annotations.entities.iter().flat_map(|entity| &entity.roles).map(|role| role.span);
    let mentions = annotations.mentions.iter().map(|mention| mention.span);
    let quotes = annotations.quotes.iter().flat_map(quote_spans);
    let rejected = annotations.rejected.iter().map(|item| item.span);
    roles.chain(mentions).chain(quotes).chain(rejected).collect()
}

fn quote_spans(quote: &Quote) -> impl Iterator<Item = Span> {
    let speaker = quote.speaker.as_ref().map(|speaker| speaker.span);
    std::iter::once(quote.span).chain(speaker).chain(quote.cue)
}

/// Moves all to where the words are now, and returns what found no place.
pub(super) fn rebase(
    annotations: &mut Annotations,
    anchors: &[Anchor],
    document: &Document,
    before: Vec<Orphan>,
) -> Vec<Orphan> {
    let old: BTreeMap<Span, &Anchor> = anchors.iter().map(|anchor| (anchor.span, anchor)).collect();
    let moved: BTreeMap<Span, Span> =
        anchors.iter().filter_map(|anchor| Some((anchor.span, anchor.find(document)?))).collect();
    let anchored = |spans: &mut dyn Iterator<Item = Span>| -> Vec<Anchor> {
        spans.filter_map(|span| old.get(&span).map(|&anchor| anchor.clone())).collect()
    };
    let known = annotations.entities.clone();
    let entity = |id: Option<EntityId>| known.iter().find(|entity| Some(entity.id) == id).cloned();
    let mut orphans = Vec::new();
    for entity in &mut annotations.entities {
        for role in &mut entity.roles {
            role.span = moved.get(&role.span).copied().unwrap_or_default();
        }
    }
    annotations.mentions = std::mem::take(&mut annotations.mentions)
        .into_iter()
        .filter_map(|mention| match moved.get(&mention.span) {
            Some(&span) => Some(Mention { span, ..mention }),
            None => {
                let anchors = anchored(&mut std::iter::once(mention.span));
                let entity = entity(Some(mention.entity));
                orphans.push(Orphan { stray: Stray::Mention(mention), anchors, entity });
                None
            }
        })
        .collect();
    annotations.quotes = std::mem::take(&mut annotations.quotes)
        .into_iter()
        .filter_map(|quote| match moved_quote(&quote, &moved) {
            Some(quote) => Some(quote),
            None => {
                let anchors = anchored(&mut quote_spans(&quote));
                let entity = entity(quote.speaker.as_ref().and_then(|speaker| speaker.entity));
                orphans.push(Orphan { stray: Stray::Quote(quote), anchors, entity });
                None
            }
        })
        .collect();
    annotations.rejected = std::mem::take(&mut annotations.rejected)
        .into_iter()
        .filter_map(|item| match moved.get(&item.span) {
            Some(&span) => Some(Rejected { span, ..item }),
            None => {
                let anchors = anchored(&mut std::iter::once(item.span));
                orphans.push(Orphan { stray: Stray::Rejected(item), anchors, entity: None });
                None
            }
        })
        .collect();
    orphans.extend(before.into_iter().filter_map(|orphan| orphan.home(annotations, document)));
    annotations.sort();
    orphans
}

/// A quote needs its own words; a speaker who is an entity is known without a place, a nominal one is its place.
fn moved_quote(quote: &Quote, moved: &BTreeMap<Span, Span>) -> Option<Quote> {
    let mut quote = Quote { span: *moved.get(&quote.span)?, ..quote.clone() };
    if let Some(speaker) = &mut quote.speaker {
        speaker.span = match moved.get(&speaker.span) {
            Some(&span) => span,
            None if speaker.entity.is_some() => Span::default(),
            None => return None,
        };
    }
    quote.cue = quote.cue.and_then(|cue| moved.get(&cue).copied());
    Some(quote)
}

impl Orphan {
    /// The words that it was about.
    #[must_use]
    pub fn text(&self) -> &str {
        self.anchors.first().map_or("", |anchor| &anchor.exact)
    }

    /// The entity that it is about as the annotations have it now: of the same name and kind, else brought back.
    fn entity_in(&self, annotations: &mut Annotations, id: EntityId) -> Option<EntityId> {
        let Some(own) = &self.entity else { return annotations.entity(id).map(|entity| entity.id) };
        let same =
            |other: &&Entity| other.kind == own.kind && (other.name == own.name || other.aliases.contains(&own.name));
        if let Some(known) = annotations.entities.iter().find(same) {
            return Some(known.id);
        }
        let taken = annotations.entity(own.id).is_some();
        let new = annotations.entities.iter().map(|entity| entity.id.0).max().unwrap_or(0) + 1;
        let id = if taken { EntityId(new) } else { own.id };
        annotations.entities.push(Entity { id, roles: Vec::new(), ..own.clone() });
        Some(id)
    }

    /// Takes its place again where the text has its words; otherwise it stays what it is.
    fn home(self, annotations: &mut Annotations, document: &Document) -> Option<Self> {
        let moved: BTreeMap<Span, Span> =
            self.anchors.iter().filter_map(|anchor| Some((anchor.span, anchor.find(document)?))).collect();
        match &self.stray {
            Stray::Mention(mention) => {
                let Some(&span) = moved.get(&mention.span) else { return Some(self) };
                let Some(entity) = self.entity_in(annotations, mention.entity) else { return Some(self) };
                let id = MentionId(annotations.mentions.iter().map(|mention| mention.id.0).max().unwrap_or(0) + 1);
                annotations.mentions.push(Mention { id, entity, span, ..mention.clone() });
            }
            Stray::Quote(quote) => {
                let Some(mut quote) = moved_quote(quote, &moved) else { return Some(self) };
                if let Some(speaker) = &mut quote.speaker {
                    speaker.entity = speaker.entity.and_then(|id| self.entity_in(annotations, id));
                }
                quote.id = QuoteId(annotations.quotes.iter().map(|quote| quote.id.0).max().unwrap_or(0) + 1);
                annotations.quotes.push(quote);
            }
            Stray::Rejected(item) => {
                let Some(&span) = moved.get(&item.span) else { return Some(self) };
                annotations.rejected.push(Rejected { span, ..*item });
            }
        }
        None
    }
}
