//! doccano's JSON lines: `{"id", "text", "label": [[start, end, label]]}`, in code points. Quotes overlap names, so the
//! project has to allow overlapping spans.
//!
//! Left out: entities and their names, speakers, cues, confidences, notes, who decided, and what was rejected.

use super::{Loss, Report, label};
use crate::annotation::{Annotations, QuoteKind};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::json;
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let item = |span: Span, label: &str| {
        let (start, end) = offsets.from_span(span);
        json!([start, end, label])
    };
    let mentions = annotations
        .mentions
        .iter()
        .filter_map(|mention| annotations.entity(mention.entity).map(|entity| item(mention.span, label(entity.kind))));
    let quotes = annotations.quotes.iter().map(|quote| match quote.kind {
        QuoteKind::Direct => item(quote.span, "DIRECT_QUOTE"),
        QuoteKind::Indirect => item(quote.span, "INDIRECT_QUOTE"),
    });
    let labels: Vec<_> = mentions.chain(quotes).collect();
    serde_json::to_writer(&mut *out, &json!({"id": document.id(), "text": document.text(), "label": labels}))?;
    out.write_all(b"\n")?;
    let losses = [
        Loss::Aliases,
        Loss::Roles,
        Loss::Entities,
        Loss::Speakers,
        Loss::Cues,
        Loss::Confidence,
        Loss::Provenance,
        Loss::Notes,
        Loss::Rejected,
    ];
    Ok(Report::of(annotations, &losses))
}
