//! W3C Web Annotations as JSON-LD: an annotation a mention and a quote, anchored by position (code points, end
//! exclusive) and by quotation. Own keys have their own entry in `@context`.
//!
//! Left out: cues, the places of roles and speakers, how sure they and the links to entities are, and what was rejected.

use super::{Loss, Report, plain, quote_label, speaker_id, speaker_name, time};
use crate::annotation::{Annotations, Provenance};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::{Value, json};
use std::io;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let base = format!("urn:rawi:{}", iri(document.id()));
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let mut items = Vec::new();
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let mut body = vec![
            json!({"type": "SpecificResource", "purpose": "identifying", "source": format!("{base}:{entity}")}),
            json!({"type": "TextualBody", "purpose": "tagging", "value": entity.kind.name()}),
        ];
        body.extend(mention.note.as_ref().map(|note| comment(note)));
        let mut item =
            annotation(&format!("{base}:m{}", mention.id.0), &body, &target(document, &offsets, &base, mention.span));
        stamp(&mut item, mention.provenance, Some(mention.confidence));
        items.push(item);
    }
    for quote in &annotations.quotes {
        let mut body = vec![
            json!({"type": "TextualBody", "purpose": "tagging", "value": format!("{} quote", quote_label(quote.kind))}),
        ];
        body.extend(quote.note.as_ref().map(|note| comment(note)));
        let mut item =
            annotation(&format!("{base}:q{}", quote.id.0), &body, &target(document, &offsets, &base, quote.span));
        stamp(&mut item, quote.provenance, Some(quote.confidence));
        if let (Some(_), Some(fields)) = (&quote.speaker, item.as_object_mut()) {
            let id = speaker_id(annotations, quote).map(|id| format!("{base}:{id}"));
            let name = speaker_name(document, annotations, quote);
            let speaker = id.map_or_else(|| json!({"name": name}), |id| json!({"id": id, "name": name}));
            fields.insert("speaker".into(), speaker);
        }
        items.push(item);
    }
    let entities: Vec<Value> = annotations
        .entities
        .iter()
        .map(|entity| {
            let roles: Vec<&str> = entity.roles.iter().map(|role| role.text.as_str()).collect();
            let mut item = json!({"id": format!("{base}:{entity}"), "kind": entity.kind.name(), "name": entity.name,
                              "alias": entity.aliases, "role": roles, "note": entity.note});
            stamp(&mut item, entity.provenance, None);
            item
        })
        .collect();
    let page = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {
            "rawi": "urn:rawi:schema:", "entity": "rawi:entity", "kind": "rawi:kind", "name": "rawi:name",
            "alias": "rawi:alias", "role": "rawi:role", "note": "rawi:note", "speaker": "rawi:speaker",
            "confidence": "rawi:confidence"
        }],
        "id": base, "type": "AnnotationPage", "items": items, "entity": entities
    });
    plain::json(out, &page, true)?;
    Ok(Report::of(annotations, &[Loss::Cues, Loss::Places, Loss::Links, Loss::Rejected]))
}

fn annotation(id: &str, body: &[Value], target: &Value) -> Value {
    json!({"id": id, "type": "Annotation", "body": body, "target": target})
}

fn comment(note: &str) -> Value {
    json!({"type": "TextualBody", "purpose": "commenting", "value": note})
}

/// Who decided, and how sure the extractor was; nothing of what came from a file that does not say.
fn stamp(item: &mut Value, by: Provenance, confidence: Option<f32>) {
    let Some(fields) = item.as_object_mut() else { return };
    fields.extend(confidence.map(|confidence| ("confidence".to_owned(), json!(confidence))));
    match by {
        Provenance::Person(at) => {
            fields.insert("created".into(), json!(time::written(at)));
            fields.insert("creator".into(), json!({"type": "Person"}));
        }
        Provenance::Model => {
            fields.insert("creator".into(), json!({"type": "Software", "name": "rawi"}));
        }
        Provenance::Imported => {}
    }
}

/// The context is cut between grapheme clusters.
fn target(document: &Document, offsets: &Offsets, base: &str, span: Span) -> Value {
    let text = document.text();
    let before: String = text
        .get(..span.start)
        .unwrap_or_default()
        .graphemes(true)
        .rev()
        .take(24)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let after: String = text.get(span.end..).unwrap_or_default().graphemes(true).take(24).collect();
    let (start, end) = offsets.from_span(span);
    json!({"source": base, "selector": [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": document.slice(span), "prefix": before, "suffix": after}
    ]})
}

/// A name as a part of a URN: what is not plain is percent-encoded.
fn iri(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
