//! rawi's own JSON, `"schema": "rawi/1"`: all that annotations hold, with offsets in Unicode code points, end exclusive.
//!
//! Left out: `why` of a quote unless asked for, since it speaks of rules that change from one version to the next.
//!
//! The reader takes what the writer makes, and also files with fewer keys: ids, confidences, texts, and a speaker's
//! place may be missing. A text that differs from the document's at its place is an error.

use super::{Error, Report};
use crate::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Rejected, Role,
    Speaker,
};
use crate::text::{Document, LeftOut, Offsets, Origin, Span, Unit};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::HashMap, io};

/// The value of `schema`.
pub const SCHEMA: &str = "rawi/1";

/// How to write.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Indented, over many lines; otherwise one line.
    pub pretty: bool,
    /// With `why` on quotes.
    pub explain: bool,
}

#[derive(Serialize, Deserialize)]
struct File<'a> {
    #[serde(default, borrow)]
    schema: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(default)]
    source: Source,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default)]
    entities: Vec<JsonEntity>,
    #[serde(default)]
    mentions: Vec<JsonMention>,
    #[serde(default)]
    quotes: Vec<JsonQuote>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<JsonRejected>,
}

#[derive(Default, Serialize, Deserialize)]
struct Source {
    path: Option<String>,
    sha256: Option<String>,
    encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut>,
}

/// A place; its text is there for people and for the check on reading.
#[derive(Serialize, Deserialize)]
struct Place {
    start: usize,
    end: usize,
    #[serde(default)]
    text: String,
}

#[derive(Serialize, Deserialize)]
struct JsonEntity {
    id: String,
    kind: Kind,
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    /// Where the text gives each role, in the order of `roles`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    role_spans: Vec<RoleSpan>,
    #[serde(default)]
    provenance: Provenance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct RoleSpan {
    start: usize,
    end: usize,
    #[serde(default = "sure")]
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
struct JsonMention {
    #[serde(default)]
    id: String,
    entity: String,
    #[serde(flatten)]
    place: Place,
    #[serde(default = "sure")]
    confidence: f32,
    #[serde(default = "sure")]
    link_confidence: f32,
    #[serde(default)]
    provenance: Provenance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct JsonQuote {
    #[serde(default)]
    id: String,
    kind: QuoteKind,
    #[serde(flatten)]
    place: Place,
    #[serde(default)]
    speaker: Option<JsonSpeaker>,
    #[serde(default)]
    cue: Option<Place>,
    #[serde(default = "sure")]
    confidence: f32,
    #[serde(default)]
    provenance: Provenance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct JsonSpeaker {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(default = "sure")]
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
struct JsonRejected {
    /// None for a quote.
    kind: Option<Kind>,
    #[serde(flatten)]
    place: Place,
    at: u64,
}

/// What a key that says how sure stands for where it is missing.
const fn sure() -> f32 {
    1.0
}

/// Writes one document, ending with a line end.
///
/// # Errors
/// Those of `out`.
pub fn write(
    document: &Document,
    annotations: &Annotations,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<Report> {
    let file = Writer { document, annotations, offsets: Offsets::new(document.text(), Unit::CodePoint) }.file(options);
    if options.pretty {
        serde_json::to_writer_pretty(&mut *out, &file)?;
    } else {
        serde_json::to_writer(&mut *out, &file)?;
    }
    out.write_all(b"\n")?;
    Ok(Report::default())
}

struct Writer<'a> {
    document: &'a Document,
    annotations: &'a Annotations,
    offsets: Offsets<'a>,
}

impl<'a> Writer<'a> {
    fn file(&self, options: Options) -> File<'a> {
        let origin = self.document.origin();
        let Annotations { entities, mentions, quotes, rejected } = self.annotations;
        File {
            schema: SCHEMA.into(),
            id: self.document.id().into(),
            source: Source {
                path: origin.path.clone(),
                sha256: origin.sha256.clone(),
                encoding: Some(origin.encoding.clone()).filter(|name| !name.is_empty()),
                left_out: origin.left_out.clone(),
            },
            text: self.document.text().into(),
            entities: entities.iter().map(|entity| self.entity(entity)).collect(),
            mentions: mentions.iter().map(|mention| self.mention(mention)).collect(),
            quotes: quotes.iter().map(|quote| self.quote(quote, options)).collect(),
            rejected: rejected
                .iter()
                .map(|item| JsonRejected { kind: item.kind, place: self.place(item.span), at: item.at })
                .collect(),
        }
    }

    fn place(&self, span: Span) -> Place {
        let (start, end) = self.offsets.from_span(span);
        Place { start, end, text: self.document.slice(span).to_owned() }
    }

    fn entity_name(&self, id: EntityId) -> String {
        self.annotations.entity(id).map_or_else(|| format!("e{}", id.0), ToString::to_string)
    }

    fn entity(&self, entity: &Entity) -> JsonEntity {
        let role_span = |role: &Role| {
            let (start, end) = self.offsets.from_span(role.span);
            RoleSpan { start, end, confidence: role.confidence }
        };
        JsonEntity {
            id: entity.to_string(),
            kind: entity.kind,
            name: entity.name.clone(),
            aliases: entity.aliases.clone(),
            roles: entity.roles.iter().map(|role| role.text.clone()).collect(),
            role_spans: entity.roles.iter().map(role_span).collect(),
            provenance: entity.provenance,
            note: entity.note.clone(),
        }
    }

    fn mention(&self, mention: &Mention) -> JsonMention {
        JsonMention {
            id: format!("m{}", mention.id.0),
            entity: self.entity_name(mention.entity),
            place: self.place(mention.span),
            confidence: mention.confidence,
            link_confidence: mention.link_confidence,
            provenance: mention.provenance,
            note: mention.note.clone(),
        }
    }

    fn quote(&self, quote: &Quote, options: Options) -> JsonQuote {
        JsonQuote {
            id: format!("q{}", quote.id.0),
            kind: quote.kind,
            place: self.place(quote.span),
            speaker: quote.speaker.as_ref().map(|speaker| self.speaker(speaker)),
            cue: quote.cue.map(|cue| self.place(cue)),
            confidence: quote.confidence,
            provenance: quote.provenance,
            note: quote.note.clone(),
            why: options.explain.then(|| quote.why.clone()),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> JsonSpeaker {
        let Place { start, end, text } = self.place(speaker.span);
        let entity = speaker.entity.map(|id| self.entity_name(id));
        JsonSpeaker {
            text: entity.is_none().then_some(text),
            entity,
            start: Some(start),
            end: Some(end),
            confidence: speaker.confidence,
        }
    }
}

/// Reads one document with its annotations.
///
/// # Errors
/// Not this JSON; a place that is not in the text; a text that differs from the one at its place; an entity that the
/// file does not list.
pub fn read(json: &str) -> Result<(Document, Annotations), Error> {
    let file: File = serde_json::from_str(json)?;
    if !file.schema.is_empty() && file.schema != SCHEMA {
        return Err(Error::Syntax(format!("schema “{}” is not {SCHEMA}", file.schema)));
    }
    let origin = Origin {
        path: file.source.path.clone(),
        sha256: file.source.sha256.clone(),
        encoding: file.source.encoding.clone().unwrap_or_default(),
        left_out: file.source.left_out.clone(),
    };
    let document = Document::new(file.id.clone(), file.text.clone(), origin);
    let annotations = Reader::new(&document, &file.entities).annotations(file)?;
    Ok((document, annotations))
}

struct Reader<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
    ids: HashMap<String, EntityId>,
}

impl<'a> Reader<'a> {
    /// Numbers the entities as their ids do, and anew where two would share a number (`p1`, `o1`).
    fn new(document: &'a Document, entities: &[JsonEntity]) -> Self {
        let mut numbers = Numbers::default();
        let ids = entities.iter().map(|entity| (entity.id.clone(), EntityId(numbers.take(&entity.id)))).collect();
        Self { document, offsets: Offsets::new(document.text(), Unit::CodePoint), ids }
    }

    fn annotations(&self, file: File) -> Result<Annotations, Error> {
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
        Ok(annotations)
    }

    fn span(&self, item: &str, place: &Place) -> Result<Span, Error> {
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
                    let span = self.span(&entity.id, &Place { start, end, text: String::new() })?;
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
        Ok(Quote {
            id: QuoteId(numbers.take(&quote.id)),
            kind: quote.kind,
            span,
            speaker,
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
            (Some(start), Some(end)) => self.span(item, &Place { start, end, text: words })?,
            _ => {
                let places: Vec<Span> = match entity {
                    Some(id) => found.mentions_of(id).map(|mention| mention.span).collect(),
                    None if words.is_empty() => Vec::new(),
                    None => {
                        let matches = self.document.text().match_indices(&words);
                        matches.map(|(at, word)| Span::new(at, at + word.len())).collect()
                    }
                };
                let before = places.iter().rev().find(|place| place.end <= quote.start);
                before.or(places.first()).copied().unwrap_or_default()
            }
        };
        Ok(Speaker { entity, span, confidence: speaker.confidence })
    }
}

/// Hands out numbers: the one that an id ends with where it is free, else one above all.
#[derive(Default)]
struct Numbers {
    taken: std::collections::HashSet<u32>,
    top: u32,
}

impl Numbers {
    fn take(&mut self, id: &str) -> u32 {
        let own = id.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().ok();
        let number = own.filter(|number| !self.taken.contains(number)).unwrap_or(self.top.saturating_add(1));
        self.taken.insert(number);
        self.top = self.top.max(number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture;

    fn written(document: &Document, annotations: &Annotations, options: Options) -> String {
        let mut out = Vec::new();
        assert_eq!(write(document, annotations, options, &mut out).unwrap(), Report::default());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_small_document_in_full() {
        let mut builder = fixture::Builder::new("قالت 😀 ليلى إن «الخبر صحيح».");
        let laila = builder.entity(Kind::Person, "ليلى", &[], None);
        builder.mention(laila, "ليلى", 0);
        let speaker = Speaker { entity: Some(laila), span: builder.span("ليلى", 0), confidence: 0.5 };
        builder.quote(QuoteKind::Direct, "الخبر صحيح", Some(speaker), Some("قالت"));
        let (document, annotations) = builder.done();
        let line = written(&document, &annotations, Options { pretty: false, explain: true });
        let sha = "ab".repeat(32);
        let expected = format!(
            r#"{{"schema":"rawi/1","id":"خبر","source":{{"path":"خبر.txt","sha256":"{sha}","encoding":"UTF-8"}},"#
        ) + r#""text":"قالت 😀 ليلى إن «الخبر صحيح».","#
            + r#""entities":[{"id":"p1","kind":"person","name":"ليلى","aliases":[],"roles":[],"provenance":"model"}],"#
            + r#""mentions":[{"id":"m1","entity":"p1","start":7,"end":11,"text":"ليلى","confidence":0.5,"#
            + r#""link_confidence":0.25,"provenance":"model"}],"#
            + r#""quotes":[{"id":"q1","kind":"direct","start":16,"end":26,"text":"الخبر صحيح","#
            + r#""speaker":{"entity":"p1","start":7,"end":11,"confidence":0.5},"#
            + r#""cue":{"start":0,"end":4,"text":"قالت"},"confidence":0.875,"provenance":"model","why":"by hand"}]}"#
            + "\n";
        assert_eq!(line, expected);
    }

    #[test]
    fn all_comes_back() {
        let (document, mut annotations) = fixture::article();
        annotations.rejected.push(Rejected { span: annotations.mentions[0].span, kind: Some(Kind::Place), at: 7 });
        for pretty in [false, true] {
            let json = written(&document, &annotations, Options { pretty, explain: true });
            assert_eq!(json.lines().count() > 1, pretty);
            let (again, read) = read(&json).unwrap();
            assert_eq!((again.text(), again.id(), again.origin()), (document.text(), document.id(), document.origin()));
            assert_eq!(read, annotations);
        }
    }

    #[test]
    fn fewer_keys_are_enough() {
        let json = r#"{"id": "d", "text": "زار عمر تونس. قال: نعم.",
            "entities": [{"id": "p1", "kind": "person"}, {"id": "l1", "kind": "place"}],
            "mentions": [{"entity": "p1", "start": 4, "end": 7}, {"entity": "l1", "start": 8, "end": 12}],
            "quotes": [{"kind": "direct", "start": 19, "end": 22, "speaker": {"entity": "p1"}}]}"#;
        let (document, annotations) = read(json).unwrap();
        let ids: Vec<u32> = annotations.entities.iter().map(|entity| entity.id.0).collect();
        assert_eq!(ids, [1, 2], "two entities never share a number");
        let speaker = annotations.quotes[0].speaker.as_ref().unwrap();
        assert_eq!(document.slice(speaker.span), "عمر", "a speaker without a place is the mention before the quote");
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let say = |mentions: &str| {
            let json = format!(
                r#"{{"id": "d", "text": "زار عمر", "entities": [{{"id": "p1", "kind": "person"}}], "mentions": [{mentions}]}}"#
            );
            read(&json).unwrap_err().to_string()
        };
        assert_eq!(say(r#"{"id": "m1", "entity": "p1", "start": 4, "end": 9}"#), "m1: 4..9 is not a place in the text");
        assert_eq!(
            say(r#"{"id": "m1", "entity": "p1", "start": 4, "end": 7, "text": "عمرو"}"#),
            "m1: the text there is “عمر”, the file has “عمرو”"
        );
        assert_eq!(
            say(r#"{"id": "m1", "entity": "p9", "start": 4, "end": 7}"#),
            "m1 names p9, which the file does not have"
        );
        assert!(read("{").unwrap_err().to_string().starts_with("not the expected JSON"));
        assert!(read(r#"{"schema": "rawi/2", "id": "d", "text": ""}"#).is_err());
    }
}
