//! Label Studio's tasks: one task with its regions (code points), for a configuration with `<Labels name="label"
//! toName="text">` and `<Text name="text">`. The entity of a mention and the speaker of a quote are in its `meta`; a
//! speaker who has a region is a relation too.
//!
//! Left out: aliases, roles, cues, who decided, and what was rejected.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    quote_label, speaker_name,
};
use crate::annotation::{Annotations, Kind, QuoteKind, Speaker};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::{Value, json};
use std::{collections::BTreeMap, io};

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

/// Reads the first annotation of the task that has this text.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let tasks: Value = serde_json::from_str(file)?;
    let tasks = tasks.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |task: &Value| task.pointer("/data/text").and_then(Value::as_str).map(str::to_owned);
    let own = tasks.iter().find(|task| text(task).as_deref() == Some(document.text())).or(tasks.first());
    let task = own.ok_or_else(|| Error::Syntax("no task in it".to_owned()))?;
    let mut builder = Builder::new(document, text(task).as_deref())?;
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let result = task.pointer("/annotations/0/result").or(task.pointer("/predictions/0/result"));
    let result = result.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let word = |item: &Value, at: &str| item.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    let place = |item: &Value| {
        let number = |at: &str| {
            item.pointer(at).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
        };
        let (start, end) = (number("/value/start"), number("/value/end"));
        offsets.to_span((start, end)).ok_or_else(|| Error::Place { item: word(item, "/id"), start, end })
    };
    let mut mentions = BTreeMap::new();
    let regions = || result.iter().filter_map(|item| Some((item, Label::of(&word(item, "/value/labels/0"))?)));
    for (item, label) in regions() {
        if let Label::Name(kind) = label {
            let (span, meta) = (place(item)?, word(item, "/meta/text/0"));
            let entity = builder.mention(span, kind, Some(meta.as_str()).filter(|meta| !meta.is_empty()));
            mentions.insert(word(item, "/id"), (span, entity));
        }
    }
    let speakers: BTreeMap<String, String> = result
        .iter()
        .filter(|item| word(item, "/type") == "relation")
        .map(|item| (word(item, "/from_id"), word(item, "/to_id")))
        .collect();
    for (item, label) in regions() {
        if let Label::Quote(kind) = label {
            let speaker = speakers.get(&word(item, "/id")).and_then(|to| mentions.get(to));
            let speaker = speaker.map(|&(span, entity)| Speaker { entity: Some(entity), span, confidence: 1.0 });
            builder.quote(place(item)?, kind, speaker, None);
        }
    }
    Ok(builder.done())
}
