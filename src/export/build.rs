//! Annotations from what another tool gave back: spans with labels, gathered into entities.

use super::{Error, one_line};
use crate::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Speaker,
};
use crate::text::{Document, Span};
use std::collections::HashMap;

/// What a label stands for.
#[derive(Clone, Copy)]
pub(super) enum Label {
    /// A name of this kind.
    Name(Kind),
    /// A quote of this kind.
    Quote(QuoteKind),
}

impl Label {
    /// The label as our writers spell it, or as the common corpora do; none for anything else.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace([' ', '_', '-'], "");
        Some(match name.as_str() {
            "per" | "pers" | "person" => Self::Name(Kind::Person),
            "org" | "organization" | "organisation" => Self::Name(Kind::Organization),
            "loc" | "location" | "place" | "gpe" => Self::Name(Kind::Place),
            "directquote" | "direct" => Self::Quote(QuoteKind::Direct),
            "indirectquote" | "indirect" => Self::Quote(QuoteKind::Indirect),
            _ => return None,
        })
    }
}

pub(super) struct Builder<'a> {
    document: &'a Document,
    annotations: Annotations,
    groups: HashMap<(Kind, String), EntityId>,
}

impl<'a> Builder<'a> {
    /// For a file that was made for `text`.
    pub(super) fn new(document: &'a Document, text: Option<&str>) -> Result<Self, Error> {
        if let Some(text) = text.filter(|text| *text != document.text()) {
            let pairs = text.chars().zip(document.text().chars());
            let place = pairs.take_while(|(one, two)| one == two).count();
            return Err(Error::Syntax(format!("made for another text; they part at code point {place}")));
        }
        Ok(Self { document, annotations: Annotations::default(), groups: HashMap::new() })
    }

    /// A mention; those of one group are of one entity, and without a group those of the same words are.
    pub(super) fn mention(&mut self, span: Span, kind: Kind, group: Option<&str>) -> EntityId {
        let words = one_line(self.document.slice(span));
        let key = group.map_or_else(|| words.clone(), str::to_owned);
        let next = EntityId(number(self.annotations.entities.len()));
        let entity = *self.groups.entry((kind, key)).or_insert(next);
        let provenance = Provenance::Model;
        match self.annotations.entities.iter_mut().find(|known| known.id == entity) {
            Some(known) => {
                if known.name != words && !known.aliases.contains(&words) {
                    known.aliases.push(words);
                }
            }
            None => {
                let (aliases, roles) = (Vec::new(), Vec::new());
                self.annotations.entities.push(Entity {
                    id: entity,
                    kind,
                    name: words,
                    aliases,
                    roles,
                    provenance,
                    note: None,
                });
            }
        }
        let id = MentionId(number(self.annotations.mentions.len()));
        let mention = Mention { id, entity, span, confidence: 1.0, link_confidence: 1.0, provenance, note: None };
        self.annotations.mentions.push(mention);
        entity
    }

    pub(super) fn quote(&mut self, span: Span, kind: QuoteKind, speaker: Option<Speaker>, cue: Option<Span>) {
        let id = QuoteId(number(self.annotations.quotes.len()));
        let (confidence, why, provenance, note) = (1.0, String::new(), Provenance::Model, None);
        self.annotations.quotes.push(Quote { id, kind, span, speaker, cue, confidence, why, provenance, note });
    }

    pub(super) fn done(mut self) -> Annotations {
        self.annotations.sort();
        self.annotations
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1) + 1
}
