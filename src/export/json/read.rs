//! The way back: from the file's own types to annotations.

use super::{File, JsonEntity, JsonMention, JsonQuote, JsonSpeaker, RoleSpan, TextRange, sure};
use crate::annotation::{
    Annotations, Candidate, Entity, EntityId, Mention, MentionId, Quote, QuoteId, Rejected, Role, Speaker,
};
use crate::export::{
    Error,
    build::{self, Numbers},
    one_line,
};
use crate::text::{Document, Offsets, Span, Unit};
use std::collections::HashMap;

pub(super) struct Reader<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
    ids: HashMap<String, EntityId>,
}

impl<'a> Reader<'a> {
    /// Numbers the entities as their ids do, and anew where two would share a number (`p1`, `o1`).
    pub(super) fn new(document: &'a Document, entities: &[JsonEntity]) -> Self {
        let mut numbers = Numbers::default();
        let ids = entities.iter().map(|entity| (entity.id.clone(), EntityId(numbers.take(&entity.id)))).collect();
        Self { document, offsets: Offsets::new(document.text(), Unit::CodePoint), ids }
    }

    pub(super) fn annotations(&self, file: File) -> Result<Annotations, Error> {
        let mut annotations = Annotations::default();
        for entity in file.entities {
            annotations.entities.push(self.entity(entity)?);
        }
        let mut numbers = Numbers::default();
        for mention in file.mentions {
            annotations.mentions.push(self.mention(mention, &mut numbers)?);
        }
        for item in file.rejected {
            let span = self.span("rejected", &item.place)?;
            annotations.rejected.push(Rejected { span, kind: item.kind, at: item.at });
        }
        let mut numbers = Numbers::default();
        for quote in file.quotes {
            let quote = self.quote(quote, &annotations, &mut numbers)?;
            annotations.quotes.push(quote);
        }
        annotations.sort();
        for entity in annotations.entities.iter_mut().filter(|entity| entity.name.is_empty()) {
            let first = annotations.mentions.iter().find(|mention| mention.entity == entity.id);
            entity.name = first.map(|mention| one_line(self.document.slice(mention.span))).unwrap_or_default();
        }
        Ok(annotations)
    }

    fn span(&self, item: &str, place: &TextRange) -> Result<Span, Error> {
        let (start, end) = (place.start, place.end);
        let span =
            self.offsets.to_span((start, end)).ok_or_else(|| Error::Place { item: item.to_owned(), start, end })?;
        let found = self.document.slice(span);
        if !place.text.is_empty() && place.text != found {
            return Err(Error::Text { item: item.to_owned(), found: found.to_owned(), expected: place.text.clone() });
        }
        Ok(span)
    }

    fn id(&self, item: &str, target: &str) -> Result<EntityId, Error> {
        let missing = || Error::Reference { item: item.to_owned(), target: target.to_owned() };
        self.ids.get(target).copied().ok_or_else(missing)
    }

    fn entity(&self, entity: JsonEntity) -> Result<Entity, Error> {
        let mut roles = Vec::new();
        for (index, text) in entity.roles.into_iter().enumerate() {
            let role = match entity.role_spans.get(index) {
                Some(&RoleSpan { start, end, confidence }) => {
                    let span = self.span(&entity.id, &TextRange { start, end, text: String::new() })?;
                    Role { text, span, confidence }
                }
                None => Role { text, span: Span::default(), confidence: sure() },
            };
            roles.push(role);
        }
        Ok(Entity {
            id: self.id(&entity.id, &entity.id)?,
            kind: entity.kind,
            name: entity.name,
            aliases: entity.aliases,
            roles,
            provenance: entity.provenance,
            note: entity.note,
        })
    }

    fn mention(&self, mention: JsonMention, numbers: &mut Numbers) -> Result<Mention, Error> {
        Ok(Mention {
            id: MentionId(numbers.take(&mention.id)),
            entity: self.id(&mention.id, &mention.entity)?,
            span: self.span(&mention.id, &mention.place)?,
            confidence: mention.confidence,
            link_confidence: mention.link_confidence,
            provenance: mention.provenance,
            note: mention.note,
        })
    }

    fn quote(&self, quote: JsonQuote, found: &Annotations, numbers: &mut Numbers) -> Result<Quote, Error> {
        let span = self.span(&quote.id, &quote.place)?;
        let speaker = match quote.speaker {
            None => None,
            Some(speaker) => Some(self.speaker(&quote.id, speaker, span, found)?),
        };
        let mut candidates = Vec::new();
        for candidate in quote.candidates {
            candidates.push(Candidate::from(&self.speaker(&quote.id, candidate, span, found)?));
        }
        Ok(Quote {
            id: QuoteId(numbers.take(&quote.id)),
            kind: quote.kind,
            span,
            speaker,
            candidates,
            cue: quote.cue.as_ref().map(|cue| self.span(&quote.id, cue)).transpose()?,
            confidence: quote.confidence,
            why: quote.why.unwrap_or_default(),
            provenance: quote.provenance,
            note: quote.note,
        })
    }

    /// A speaker without a place gets one: the mention, or the same words, nearest before the quote, else after it.
    fn speaker(&self, item: &str, speaker: JsonSpeaker, quote: Span, found: &Annotations) -> Result<Speaker, Error> {
        let entity = speaker.entity.as_deref().map(|target| self.id(item, target)).transpose()?;
        let words = speaker.text.unwrap_or_default();
        let span = match (speaker.start, speaker.end) {
            (Some(start), Some(end)) => self.span(item, &TextRange { start, end, text: words })?,
            _ => {
                let places: Vec<Span> = match entity {
                    Some(id) => found.mentions_of(id).map(|mention| mention.span).collect(),
                    None => build::occurrences(self.document, &words),
                };
                build::nearest(&places, quote)
            }
        };
        Ok(Speaker { entity, span, confidence: speaker.confidence })
    }
}
