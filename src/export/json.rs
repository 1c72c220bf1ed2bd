//! rawi's own JSON, `"schema": "rawi/1"`: all that annotations hold, with offsets in Unicode code points, end exclusive.
//!
//! Left out: `why` of a quote unless asked for, since it speaks of rules that change from one version to the next.
//!
//! The reader takes what the writer makes, and also files with fewer keys: ids, confidences, texts, and a speaker's
//! place may be missing. A text that differs from the document's at its place is an error.

mod read;
#[cfg(test)]
mod tests;

use super::{Error, Report, build, plain};
use crate::annotation::{Annotations, Entity, EntityId, Kind, Mention, Provenance, Quote, QuoteKind, Role, Speaker};
use crate::text::{Document, LeftOut, Metadata, Offsets, Origin, Span, Structure, Unit};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, io};

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
    /// What the source says of the article: keys that are missing where it says nothing.
    #[serde(flatten)]
    metadata: Metadata,
    #[serde(borrow)]
    text: Cow<'a, str>,
    /// Where each page of the source begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<usize>,
    /// What the parts of the text are: headings, lists, tables, quotations, notes; directions. Places in code points.
    #[serde(default, skip_serializing_if = "Structure::is_empty")]
    structure: Structure,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changed: Vec<LeftOut>,
}

/// A place; its text is there for people and for the check on reading.
#[derive(Serialize, Deserialize)]
struct TextRange {
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
    place: TextRange,
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
    place: TextRange,
    #[serde(default)]
    speaker: Option<JsonSpeaker>,
    /// Who may have spoken, the likeliest first, with their chances as `confidence`; only where `speaker` is null for want
    /// of certainty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<JsonSpeaker>,
    #[serde(default)]
    cue: Option<TextRange>,
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
    place: TextRange,
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
    plain::json(out, &file, options.pretty)?;
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
                changed: origin.changed.clone(),
            },
            metadata: self.document.metadata().clone(),
            text: self.document.text().into(),
            pages: self.document.pages().iter().map(|page| self.offsets.from_byte(*page)).collect(),
            structure: self.document.structure().mapped(|byte| self.offsets.from_byte(byte)),
            entities: entities.iter().map(|entity| self.entity(entity)).collect(),
            mentions: mentions.iter().map(|mention| self.mention(mention)).collect(),
            quotes: quotes.iter().map(|quote| self.quote(quote, options)).collect(),
            rejected: rejected
                .iter()
                .map(|item| JsonRejected { kind: item.kind, place: self.place(item.span), at: item.at })
                .collect(),
        }
    }

    fn place(&self, span: Span) -> TextRange {
        let (start, end) = self.offsets.from_span(span);
        TextRange { start, end, text: self.document.slice(span).to_owned() }
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
            candidates: match quote.is_doubtful(0.0) {
                true => quote.candidates.iter().map(|candidate| self.speaker(&Speaker::from(candidate))).collect(),
                false => Vec::new(),
            },
            cue: quote.cue.map(|cue| self.place(cue)),
            confidence: quote.confidence,
            provenance: quote.provenance,
            note: quote.note.clone(),
            why: options.explain.then(|| quote.why.clone()),
        }
    }

    fn speaker(&self, speaker: &Speaker) -> JsonSpeaker {
        let TextRange { start, end, text } = self.place(speaker.span);
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
    document(serde_json::from_str(json)?)
}

/// Reads the annotations of this text from a file with one document or more.
pub(super) fn read_of(document: &Document, json: &str) -> Result<Annotations, Error> {
    let mut first = None;
    for file in serde_json::Deserializer::from_str(json).into_iter::<File>() {
        let file = file?;
        if file.text == document.text() {
            return self::document(file).map(|(_, annotations)| annotations);
        }
        first = first.or(Some(file.text));
    }
    let text = first.ok_or_else(|| Error::Syntax("no document in it".to_owned()))?;
    build::Builder::new(document, Some(&text)).map(|_| Annotations::default())
}

fn document(file: File) -> Result<(Document, Annotations), Error> {
    if !file.schema.is_empty() && file.schema != SCHEMA {
        return Err(Error::Syntax(format!("schema “{}” is not {SCHEMA}", file.schema)));
    }
    let origin = Origin {
        path: file.source.path.clone(),
        sha256: file.source.sha256.clone(),
        encoding: file.source.encoding.clone().unwrap_or_default(),
        left_out: file.source.left_out.clone(),
        changed: file.source.changed.clone(),
        ..Origin::default()
    };
    let offsets = Offsets::new(&file.text, Unit::CodePoint);
    let pages = file.pages.iter().filter_map(|page| offsets.to_byte(*page)).collect();
    let document = Document::new(file.id.clone(), file.text.clone(), origin)
        .with_metadata(file.metadata.clone())
        .with_structure(file.structure.mapped(|place| offsets.to_byte(place).unwrap_or_default()))
        .with_pages(pages, Vec::new());
    let annotations = read::Reader::new(&document, &file.entities).annotations(file)?;
    Ok((document, annotations))
}
