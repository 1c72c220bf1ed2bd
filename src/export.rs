//! Annotations in the formats of other tools, one file a format: bytes out, and where a tool gives its results back,
//! bytes in.
//!
//! Each file opens with what its format cannot carry. A writer counts that too and returns it as a [`Report`], so that
//! a reader is told what is not in the file. Offsets are in the unit that the format's own readers count in.

mod brat;
mod build;
#[cfg(feature = "library")]
pub mod collection;
mod conll;
mod csv;
mod doccano;
mod facts;
mod html;
pub mod json;
mod labelstudio;
mod markdown;
mod outline;
mod plain;
mod report;
mod segments;
mod spacy;
mod tei;
#[cfg(test)]
mod tests;
mod time;
mod together;
mod w3c;
mod webanno;
mod xmi;

use crate::annotation::{Annotations, Kind, Provenance, Quote, QuoteKind, Speaker};
use crate::text::{Document, Escaped};
use std::io;

use plain::{controls, escape, heading, visible};

pub use report::{Loss, Report};
pub use together::Together;

/// A format that annotations can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// rawi's own JSON, indented.
    Json,
    /// rawi's own JSON, a document a line.
    Jsonl,
    /// A table for spreadsheets.
    Csv,
    /// A report: who is who, who said what.
    Markdown,
    /// A page with a panel, in one file.
    Html,
    /// TEI P5.
    Tei,
    /// W3C Web Annotations, JSON-LD.
    W3c,
    /// brat standoff.
    Brat,
    /// A token a line, IOB2.
    Conll,
    /// WebAnno TSV 3.3.
    Webanno,
    /// UIMA CAS XMI.
    Xmi,
    /// doccano's JSON lines.
    Doccano,
    /// Label Studio's tasks.
    LabelStudio,
    /// What spaCy's `Doc.from_json` reads.
    Spacy,
}

impl Format {
    /// Every format, in the order of the dialog.
    pub const ALL: &[Self] = &[
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Tei,
        Self::W3c,
        Self::Brat,
        Self::Conll,
        Self::Webanno,
        Self::Xmi,
        Self::Doccano,
        Self::LabelStudio,
        Self::Spacy,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Tei => "tei",
            Self::W3c => "w3c",
            Self::Brat => "brat",
            Self::Conll => "conll",
            Self::Webanno => "webanno-tsv",
            Self::Xmi => "xmi",
            Self::Doccano => "doccano",
            Self::LabelStudio => "labelstudio",
            Self::Spacy => "spacy",
        }
    }

    /// The ending of its files, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Tei => "xml",
            Self::W3c => "jsonld",
            Self::Brat => "ann",
            Self::Conll => "conll",
            Self::Webanno => "tsv",
            Self::Xmi => "xmi",
            Self::Doccano => "jsonl",
            Self::LabelStudio => "json",
            Self::Spacy => "json",
        }
    }

    /// The ending of the second file that the format's readers want beside the first.
    #[must_use]
    pub const fn companion(self) -> Option<&'static str> {
        match self {
            Self::Brat => Some("txt"),
            Self::Xmi => Some("typesystem.xml"),
            _ => None,
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Writes the document's annotations, and says what the format could not carry.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
        let write = match self {
            Self::Json => {
                return json::write(document, annotations, json::Options { pretty: true, explain: false }, out);
            }
            Self::Jsonl => return json::write(document, annotations, json::Options::default(), out),
            Self::Csv => csv::write,
            Self::Markdown => markdown::write,
            Self::Html => html::write,
            Self::Tei => tei::write,
            Self::W3c => w3c::write,
            Self::Brat => brat::write,
            Self::Conll => conll::write,
            Self::Webanno => webanno::write,
            Self::Xmi => xmi::write,
            Self::Doccano => doccano::write,
            Self::LabelStudio => labelstudio::write,
            Self::Spacy => spacy::write,
        };
        write(document, annotations, out)
    }

    /// The formats that annotations come back from.
    pub const READABLE: &[Self] =
        &[Self::Json, Self::Jsonl, Self::Brat, Self::Conll, Self::Webanno, Self::Xmi, Self::Doccano, Self::LabelStudio];

    /// The format of a file that annotations are read from, told by the ending of its name, else by how it begins.
    #[must_use]
    pub fn guess(name: &str, file: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |parts| parts.1);
        match ending {
            "ann" => return Some(Self::Brat),
            "conll" | "iob2" | "iob" | "bio" => return Some(Self::Conll),
            "tsv" => return Some(Self::Webanno),
            "xmi" => return Some(Self::Xmi),
            _ => {}
        }
        match serde_json::Deserializer::from_str(file).into_iter::<serde_json::Value>().next()?.ok()? {
            serde_json::Value::Array(_) => Some(Self::LabelStudio),
            value if value.get("mentions").is_some() => Some(Self::Json),
            value if value.get("label").or(value.get("entities")).is_some() => Some(Self::Doccano),
            _ => None,
        }
    }

    /// Reads a file's annotations of this text.
    ///
    /// # Errors
    /// A file that is not of the format, or was made for another text; a format that is not [`Self::READABLE`].
    pub fn read(self, document: &Document, file: &str) -> Result<Annotations, Error> {
        match self {
            Self::Json | Self::Jsonl => json::read_of(document, file),
            Self::Brat => brat::read(document, file),
            Self::Conll => conll::read(document, file),
            Self::Webanno => webanno::read(document, file),
            Self::Xmi => xmi::read(document, file),
            Self::Doccano => doccano::read(document, file),
            Self::LabelStudio => labelstudio::read(document, file),
            _ => Err(Error::Syntax(format!("{} is written and not read", self.name()))),
        }
    }

    /// Writes the second file; nothing for a format that has none.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_companion(self, document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Brat => brat::write_text(document, out),
            Self::Xmi => xmi::write_types(out),
            _ => Ok(()),
        }
    }
}

/// The short label of a kind, as corpora have it.
const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PER",
        Kind::Organization => "ORG",
        Kind::Place => "LOC",
    }
}

/// The label of a kind in tools where people read it.
const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Organization => "Organization",
        Kind::Place => "Place",
    }
}

const fn quote_label(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
    }
}

/// A speaker for people: the entity's name, else the words that say who.
fn speaker_name(document: &Document, annotations: &Annotations, quote: &Quote) -> String {
    quote.speaker.as_ref().map(|speaker| name_of(document, annotations, speaker)).unwrap_or_default()
}

fn name_of(document: &Document, annotations: &Annotations, speaker: &Speaker) -> String {
    let entity = speaker.entity.and_then(|id| annotations.entity(id));
    entity.map_or_else(|| one_line(document.slice(speaker.span)), |entity| entity.name.clone())
}

/// How sure the extractor is of a quote's speaker, in whole per cent; none where nobody is said, or a person decided.
fn speaker_chance(quote: &Quote) -> Option<u32> {
    let speaker = quote.speaker.as_ref().filter(|_| quote.provenance == Provenance::Model)?;
    Some(per_cent(speaker.confidence))
}

/// Those who may have said a quote whose speaker is in doubt, the likeliest first, each with its chance in whole per cent;
/// empty where it is not in doubt.
fn candidate_names(document: &Document, annotations: &Annotations, quote: &Quote) -> Vec<(String, u32)> {
    let candidates = quote.candidates.iter().filter(|_| quote.is_doubtful(0.0));
    let named = candidates
        .map(|candidate| (name_of(document, annotations, &Speaker::from(candidate)), per_cent(candidate.chance)));
    named.collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
fn per_cent(chance: f32) -> u32 {
    (chance.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// The id of a quote's speaker, where it is an entity.
fn speaker_id(annotations: &Annotations, quote: &Quote) -> Option<String> {
    let id = quote.speaker.as_ref()?.entity?;
    annotations.entity(id).map(ToString::to_string)
}

/// Words with one space between them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// When a person decided; none where nobody is known to have.
const fn decided(by: Provenance) -> Option<u64> {
    match by {
        Provenance::Person(at) => Some(at),
        Provenance::Model | Provenance::Imported => None,
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error.to_string())
    }
}

/// Why a file could not be read as annotations of a document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not JSON, or not of the shape that the format has.
    #[error("not the expected JSON: {}", Escaped(.0))]
    Json(String),
    /// An offset that is outside the text, or inside a letter.
    #[error("{}: {start}..{end} is not a place in the text", Escaped(item))]
    Place {
        /// Which item, as the file names it.
        item: String,
        /// Its start, in the format's unit.
        start: usize,
        /// Its end.
        end: usize,
    },
    /// The file was made for another text.
    #[error("{}: the text there is “{}”, the file has “{}”", Escaped(item), Escaped(found), Escaped(expected))]
    Text {
        /// Which item, as the file names it.
        item: String,
        /// What the document has.
        found: String,
        /// What the file says.
        expected: String,
    },
    /// Something names an item that the file does not have.
    #[error("{} names {}, which the file does not have", Escaped(item), Escaped(target))]
    Reference {
        /// Which item.
        item: String,
        /// What it names.
        target: String,
    },
    /// Anything else that the format forbids.
    #[error("{}", Escaped(.0))]
    Syntax(String),
}
