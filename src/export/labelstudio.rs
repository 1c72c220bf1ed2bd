//! Label Studio's tasks: one task with its regions (code points), for a configuration with `<Labels name="label"
//! toName="text">` and `<Text name="text">`. The entity of a mention and the speaker of a quote are in its `meta`; a
//! speaker who has a region is a relation too.
//!
//! Left out: aliases, roles, cues, who decided, and what was rejected.

use super::{Loss, Report, quote_label, speaker_name};
use crate::annotation::{Annotations, Kind, QuoteKind};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::{Value, json};
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let region = |id: String, span: Span, label: &str, meta: Vec<String>| {
        let (start, end) = offsets.from_span(span);
        json!({"id": id, "from_name": "label", "to_name": "text", "type": "labels", "meta": {"text": meta},
               "value": {"start": start, "end": end, "text": document.slice(span), "labels": [label]}})
    };
    let mut result: Vec<Value> = Vec::new();
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let label = match entity.kind {
            Kind::Person => "Person",
            Kind::Organization => "Organization",
            Kind::Place => "Place",
        };
        let mut meta = vec![format!("{entity} {}", entity.name)];
        meta.extend(mention.note.clone());
        result.push(region(format!("m{}", mention.id.0), mention.span, label, meta));
    }
    for quote in &annotations.quotes {
        let label = if quote.kind == QuoteKind::Direct { "Direct quote" } else { "Indirect quote" };
        let mut meta = vec![quote_label(quote.kind).to_owned()];
        let speaker = speaker_name(document, annotations, quote);
        meta.extend(Some(speaker).filter(|name| !name.is_empty()));
        meta.extend(quote.note.clone());
        let id = format!("q{}", quote.id.0);
        result.push(region(id.clone(), quote.span, label, meta));
        let said = quote.speaker.as_ref();
        let mention = said.and_then(|speaker| {
            annotations.mentions.iter().find(|m| m.span == speaker.span && Some(m.entity) == speaker.entity)
        });
        if let Some(mention) = mention {
            let to = format!("m{}", mention.id.0);
            result.push(
                json!({"type": "relation", "from_id": id, "to_id": to, "direction": "right", "labels": ["speaker"]}),
            );
        }
    }
    let tasks = json!([{"id": 1, "data": {"text": document.text(), "id": document.id()}, "annotations": [{"id": 1, "result": result}]}]);
    serde_json::to_writer_pretty(&mut *out, &tasks)?;
    out.write_all(b"\n")?;
    Ok(Report::of(
        annotations,
        &[Loss::Aliases, Loss::Roles, Loss::Cues, Loss::Confidence, Loss::Provenance, Loss::Rejected],
    ))
}
