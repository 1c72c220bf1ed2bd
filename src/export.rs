//! Annotations in the formats of other tools, one file a format: bytes out, and where a tool gives its results back,
//! bytes in.
//!
//! Each file opens with what its format cannot carry. A writer counts that too and returns it as a [`Report`], so that
//! a reader is told what is not in the file. Offsets are in the unit that the format's own readers count in.

mod brat;
mod build;
mod conll;
mod csv;
mod doccano;
mod html;
pub mod json;
mod labelstudio;
mod markdown;
mod pieces;
mod report;
mod spacy;
mod tei;
mod w3c;
mod webanno;
mod xmi;

use crate::annotation::{Annotations, Kind, Provenance, Quote, QuoteKind};
use crate::text::Document;
use std::io;

pub use report::{Loss, Report};

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
    pub const READABLE: &[Self] = &[Self::Json, Self::Jsonl, Self::Brat, Self::Conll, Self::Doccano, Self::LabelStudio];

    /// Reads a file's annotations of this text.
    ///
    /// # Errors
    /// A file that is not of the format, or was made for another text; a format that is not [`Self::READABLE`].
    pub fn read(self, document: &Document, file: &str) -> Result<Annotations, Error> {
        match self {
            Self::Json | Self::Jsonl => {
                let (other, annotations) = json::read(file)?;
                build::Builder::new(document, Some(other.text())).map(|_| annotations)
            }
            Self::Brat => brat::read(document, file),
            Self::Conll => conll::read(document, file),
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

const fn quote_label(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
    }
}

/// A speaker for people: the entity's name, else the words that say who.
fn speaker_name(document: &Document, annotations: &Annotations, quote: &Quote) -> String {
    let Some(speaker) = &quote.speaker else { return String::new() };
    let entity = speaker.entity.and_then(|id| annotations.entity(id));
    entity.map_or_else(|| one_line(document.slice(speaker.span)), |entity| entity.name.clone())
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

/// When a person decided; none where it was the extractor.
const fn decided(by: Provenance) -> Option<u64> {
    match by {
        Provenance::Person(at) => Some(at),
        Provenance::Model => None,
    }
}

/// Seconds since 1970 as `2026-11-24T16:40:20Z` (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn timestamp(seconds: u64) -> String {
    let (days, time) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (date, month, next) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 }, u64::from(month >= 10));
    let year = year + era * 400 + next;
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}

/// Text for XML and HTML, in elements and attributes. White space that a parser would change is written as a reference;
/// a character that XML 1.0 forbids becomes U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Why a file could not be read as annotations of a document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not JSON, or not of the shape that the format has.
    #[error("not the expected JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// An offset that is outside the text, or inside a letter.
    #[error("{item}: {start}..{end} is not a place in the text")]
    Place {
        /// Which item, as the file names it.
        item: String,
        /// Its start, in the format's unit.
        start: usize,
        /// Its end.
        end: usize,
    },
    /// The file was made for another text.
    #[error("{item}: the text there is “{found}”, the file has “{expected}”")]
    Text {
        /// Which item, as the file names it.
        item: String,
        /// What the document has.
        found: String,
        /// What the file says.
        expected: String,
    },
    /// Something names an item that the file does not have.
    #[error("{item} names {target}, which the file does not have")]
    Reference {
        /// Which item.
        item: String,
        /// What it names.
        target: String,
    },
    /// Anything else that the format forbids.
    #[error("{0}")]
    Syntax(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::article;

    fn written(format: Format) -> (String, Report) {
        let (document, annotations) = article();
        let mut out = Vec::new();
        let report = format.write(&document, &annotations, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), report)
    }

    #[test]
    fn every_format_has_a_name_of_its_own_and_carries_the_names() {
        for &format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
            let text = written(format).0;
            assert!(text.contains("Nour"), "{format:?}");
        }
    }

    #[test]
    fn nothing_of_a_document_becomes_markup() {
        for format in [Format::Html, Format::Tei, Format::Xmi, Format::Markdown] {
            let text = written(format).0;
            assert!(!text.contains("<لن>") && text.contains("&lt;لن"), "{format:?}");
        }
        assert!(written(Format::Csv).0.contains("\"'=\"\"ملاحظة"), "a formula is not run");
    }

    #[test]
    fn a_report_counts_what_is_not_there() {
        let said = written(Format::Conll).1.to_string();
        assert!(said.starts_with("left out: 1 aliases, 1 roles, 3 links of mentions to entities, 4 quotes"), "{said}");
        assert_eq!(written(Format::Json).1, Report::default());
    }

    #[test]
    fn brat_counts_lines_as_it_reads_them() {
        let text = written(Format::Brat).0;
        let long = text.lines().find(|line| line.contains("نشكر")).unwrap();
        let (_, places, words) = {
            let mut columns = long.split('\t');
            (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap())
        };
        assert_eq!(words, "نشكر شركة Nour & Co وبحارة المرسى، وننتظر \"الخير\" منهم");
        assert_eq!(places, "DirectQuote 88 122;123 142");
    }

    #[test]
    fn what_a_format_carries_comes_back() {
        let (document, before) = article();
        let names = |annotations: &Annotations| -> Vec<_> {
            let kind = |id| annotations.entity(id).map(|entity| entity.kind);
            annotations.mentions.iter().map(|mention| (mention.span, kind(mention.entity))).collect()
        };
        let quotes = |annotations: &Annotations| -> Vec<_> {
            annotations.quotes.iter().map(|quote| (quote.span, quote.kind)).collect()
        };
        for format in [Format::Brat, Format::Conll, Format::Doccano, Format::LabelStudio] {
            let after = format.read(&document, &written(format).0).unwrap();
            assert_eq!(names(&after), names(&before), "{format:?}");
            if format != Format::Conll {
                assert_eq!(quotes(&after), quotes(&before), "{format:?}");
            }
        }
        let after = Format::Brat.read(&document, &written(Format::Brat).0).unwrap();
        let said = |annotations: &Annotations| -> Vec<_> {
            let speaker = |quote: &Quote| speaker_name(&document, annotations, quote);
            annotations.quotes.iter().map(|quote| (speaker(quote), quote.cue)).collect()
        };
        assert_eq!(said(&after), said(&before));
        assert_eq!(after.entities.len(), 3, "mentions of one entity are of one entity again");
        let other = Document::new("x", "نص آخر", crate::text::Origin::default());
        for &format in Format::READABLE {
            let error = format.read(&other, &written(format).0).unwrap_err().to_string();
            assert!(error.contains("code point") || error.contains("text"), "{format:?}: {error}");
        }
    }

    #[test]
    fn a_moment_as_people_write_it() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(timestamp(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(timestamp(1_796_000_000), "2026-11-30T00:53:20Z");
    }
}
