//! CSV (RFC 4180) for spreadsheets and notebooks: one file; the column `table` says whether a row is of the entities, of
//! the mentions or of the quotes. Offsets in code points, end exclusive. UTF-8 with a byte order mark, which Excel needs.
//!
//! Left out: the places of roles and speakers, how sure they and the links to entities are, and what was rejected. A cell that a spreadsheet would run as a formula begins with
//! an apostrophe; a control character is U+FFFD.

use super::{Loss, Report, decided, quote_label, speaker_id, speaker_name, time, visible};
use crate::annotation::{Annotations, Provenance};
use crate::text::{Document, Offsets, Span, Unit};
use std::io;

const COLUMNS: [&str; 16] = [
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
];

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    out.write_all("\u{feff}".as_bytes())?;
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let place = |span: Span| {
        let (start, end) = offsets.from_span(span);
        (start.to_string(), end.to_string(), document.slice(span).to_owned())
    };
    let by = |by: Provenance| {
        let who = match by {
            Provenance::Model => "model",
            Provenance::Imported => "imported",
            Provenance::Person(_) => "person",
        };
        (who.to_owned(), decided(by).map(time::written).unwrap_or_default())
    };
    row(out, &COLUMNS.map(str::to_owned))?;
    let none = String::new;
    for entity in &annotations.entities {
        let roles: Vec<&str> = entity.roles.iter().map(|role| role.text.as_str()).collect();
        let ((who, when), note) = (by(entity.provenance), entity.note.clone().unwrap_or_default());
        let (id, kind, name) = (entity.to_string(), entity.kind.name().to_owned(), entity.name.clone());
        let (aliases, roles) = (entity.aliases.join("; "), roles.join("; "));
        let table = "entities".to_owned();
        row(
            out,
            &[
                table,
                id.clone(),
                kind,
                id,
                name,
                none(),
                none(),
                none(),
                none(),
                none(),
                aliases,
                roles,
                none(),
                who,
                when,
                note,
            ],
        )?;
    }
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let ((who, when), note) = (by(mention.provenance), mention.note.clone().unwrap_or_default());
        let (start, end, text) = place(mention.span);
        let (id, kind, sure) =
            (format!("m{}", mention.id.0), entity.kind.name().to_owned(), mention.confidence.to_string());
        let (table, target, name) = ("mentions".to_owned(), entity.to_string(), entity.name.clone());
        row(
            out,
            &[table, id, kind, target, name, start, end, text, none(), none(), none(), none(), sure, who, when, note],
        )?;
    }
    for quote in &annotations.quotes {
        let ((who, when), note) = (by(quote.provenance), quote.note.clone().unwrap_or_default());
        let (start, end, text) = place(quote.span);
        let (id, kind, sure) =
            (format!("q{}", quote.id.0), quote_label(quote.kind).to_owned(), quote.confidence.to_string());
        let target = speaker_id(annotations, quote).unwrap_or_default();
        let (table, speaker) = ("quotes".to_owned(), speaker_name(document, annotations, quote));
        let cue = quote.cue.map(|cue| document.slice(cue).to_owned()).unwrap_or_default();
        row(
            out,
            &[table, id, kind, target, none(), start, end, text, speaker, cue, none(), none(), sure, who, when, note],
        )?;
    }
    Ok(Report::of(annotations, &[Loss::Places, Loss::Links, Loss::Rejected]))
}

fn row(out: &mut dyn io::Write, cells: &[String; 16]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    out.write_all(cells.join(",").as_bytes())?;
    out.write_all(b"\r\n")
}

fn quoted(cell: &str) -> String {
    // OWASP, "CSV Injection": these begin a formula in spreadsheets, which skip blanks before them.
    let first = cell.trim_start_matches(|letter: char| letter == ' ' || letter.is_control()).chars().next();
    let formula = first.is_some_and(|first| "=+-@＝＋－＠".contains(first)) || cell.starts_with(['\t', '\r', '\n']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, visible(cell).replace('"', "\"\""))
}
