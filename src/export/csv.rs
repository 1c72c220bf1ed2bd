//! CSV (RFC 4180) for spreadsheets and notebooks: one file; the column `table` says whether a row is of the entities, of
//! the mentions or of the quotes. Offsets in code points, end exclusive. UTF-8 with a byte order mark, which Excel needs.
//!
//! Left out: the places of roles and speakers, how sure roles and the links to entities are, and what was rejected. A cell
//! that a spreadsheet would run as a formula begins with an apostrophe; a control character is U+FFFD.

use super::{Loss, Report, candidate_names, controls, decided, quote_label, speaker_id, speaker_name, time, visible};
use crate::annotation::{Annotations, Provenance};
use crate::text::{Document, Offsets, Span, Unit};
use std::io;

/// The column before the others where a file holds several documents: the id of the one that the row is of.
const DOCUMENT: &str = "document";

const COLUMNS: [&str; 18] = [
    "table",
    "id",
    "kind",
    "entity",
    "name",
    "start",
    "end",
    "text",
    "speaker",
    "cue",
    "aliases",
    "roles",
    "confidence",
    "decided_by",
    "decided_at",
    "note",
    "speaker_confidence",
    "candidates",
];

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    head(None, out)?;
    rows(document, annotations, None, out)
}

/// One of several documents, with its id in a column before the others; the first has the names of the columns.
pub(super) fn write_of_many(
    document: &Document,
    annotations: &Annotations,
    is_first: bool,
    out: &mut dyn io::Write,
) -> io::Result<Report> {
    if is_first {
        head(Some(DOCUMENT), out)?;
    }
    rows(document, annotations, Some(document.id()), out)
}

fn head(before: Option<&str>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let head: Vec<String> = before.into_iter().chain(COLUMNS).map(quoted).collect();
    write!(out, "{}\r\n", head.join(","))
}

fn rows(
    document: &Document,
    annotations: &Annotations,
    id: Option<&str>,
    out: &mut dyn io::Write,
) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let mut table = Table { document, id, offsets, controls: 0, out };
    for entity in &annotations.entities {
        let roles: Vec<&str> = entity.roles.iter().map(|role| role.text.as_str()).collect();
        let mut row = Row::new("entities", entity.to_string(), entity.kind.name());
        row.set("entity", entity.to_string()).set("name", &entity.name);
        row.set("aliases", entity.aliases.join("; ")).set("roles", roles.join("; "));
        table.write(row.judged(entity.provenance, entity.note.as_deref()))?;
    }
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let mut row = Row::new("mentions", format!("m{}", mention.id.0), entity.kind.name());
        row.set("entity", entity.to_string()).set("name", &entity.name);
        table.place(&mut row, mention.span);
        row.set("confidence", mention.confidence.to_string());
        table.write(row.judged(mention.provenance, mention.note.as_deref()))?;
    }
    for quote in &annotations.quotes {
        let mut row = Row::new("quotes", format!("q{}", quote.id.0), quote_label(quote.kind));
        row.set("entity", speaker_id(annotations, quote).unwrap_or_default());
        row.set("speaker", speaker_name(document, annotations, quote));
        table.place(&mut row, quote.span);
        let sure = quote.speaker.as_ref().map(|speaker| speaker.confidence.to_string());
        row.set("speaker_confidence", sure.unwrap_or_default());
        let candidates = candidate_names(document, annotations, quote).into_iter();
        let candidates: Vec<String> = candidates.map(|(name, chance)| format!("{name} {chance}%")).collect();
        row.set("candidates", candidates.join("; "));
        row.set("cue", quote.cue.map(|cue| document.slice(cue)).unwrap_or_default());
        row.set("confidence", quote.confidence.to_string());
        table.write(row.judged(quote.provenance, quote.note.as_deref()))?;
    }
    let mut report = Report::of(annotations, &[Loss::Places, Loss::Links, Loss::Rejected]);
    report.add(Loss::Controls, table.controls);
    Ok(report)
}

/// A row to be: some cells by their columns; the others are empty.
struct Row(Vec<(&'static str, String)>);

impl Row {
    fn new(table: &str, id: String, kind: &str) -> Self {
        Self(vec![("table", table.to_owned()), ("id", id), ("kind", kind.to_owned())])
    }

    fn set(&mut self, column: &'static str, text: impl Into<String>) -> &mut Self {
        self.0.push((column, text.into()));
        self
    }

    /// Who decided, and the note.
    fn judged(&mut self, by: Provenance, note: Option<&str>) -> &Self {
        let who = match by {
            Provenance::Model => "model",
            Provenance::Imported => "imported",
            Provenance::Person(_) => "person",
        };
        let when = decided(by).map(time::written).unwrap_or_default();
        self.set("decided_by", who).set("decided_at", when).set("note", note.unwrap_or_default())
    }
}

struct Table<'a> {
    document: &'a Document,
    /// What stands before each row.
    id: Option<&'a str>,
    offsets: Offsets<'a>,
    /// How many control characters are not in it.
    controls: usize,
    out: &'a mut dyn io::Write,
}

impl Table<'_> {
    fn place(&self, row: &mut Row, span: Span) {
        let (start, end) = self.offsets.from_span(span);
        row.set("start", start.to_string()).set("end", end.to_string()).set("text", self.document.slice(span));
    }

    fn write(&mut self, row: &Row) -> io::Result<()> {
        let text = |column: &&str| row.0.iter().find(|cell| cell.0 == *column).map_or("", |cell| cell.1.as_str());
        let cells = self.id.into_iter().chain(COLUMNS.iter().map(text));
        let cells: Vec<String> = cells.map(quoted).collect();
        self.controls += row.0.iter().map(|cell| controls(&cell.1)).sum::<usize>();
        write!(self.out, "{}\r\n", cells.join(","))
    }
}

fn quoted(cell: &str) -> String {
    // OWASP, "CSV Injection": these begin a formula in spreadsheets, which skip blanks before them.
    let first = cell.trim_start_matches(|letter: char| letter == ' ' || letter.is_control()).chars().next();
    let formula = first.is_some_and(|first| "=+-@＝＋－＠".contains(first)) || cell.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, visible(cell).replace('"', "\"\""))
}
