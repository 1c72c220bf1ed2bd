//! doccano's JSON lines: `{"id", "text", "label": [[start, end, label]]}`, in code points. Quotes overlap names, so the
//! project has to allow overlapping spans.
//!
//! Left out: entities and their names, speakers, cues, confidences, notes, who decided, and what was rejected.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    label, plain,
};
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
    plain::json(out, &json!({"id": document.id(), "text": document.text(), "label": labels}), false)?;
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

/// Reads the first line that is of this text: `label` as we write it, or `entities` of a project with relations.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    #[derive(serde::Deserialize)]
    struct DoccanoLine {
        text: String,
        #[serde(default)]
        label: Vec<(usize, usize, String)>,
        #[serde(default)]
        entities: Vec<DoccanoEntity>,
    }
    #[derive(serde::Deserialize)]
    struct DoccanoEntity {
        label: String,
        start_offset: usize,
        end_offset: usize,
    }
    let lines = file.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<DoccanoLine> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    let own = lines.iter().position(|line| line.text == document.text()).unwrap_or(0);
    let line = lines.into_iter().nth(own).ok_or_else(|| Error::Syntax("no line in it".to_owned()))?;
    let mut builder = Builder::new(document, Some(&line.text))?;
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let entities = line.entities.into_iter().map(|item| (item.start_offset, item.end_offset, item.label));
    for (start, end, name) in line.label.into_iter().chain(entities) {
        let place = Error::Place { item: name.clone(), start, end };
        let span = offsets.to_span((start, end)).ok_or(place)?;
        match Label::of(&name) {
            Some(Label::Name(kind)) => {
                builder.mention(span, kind, None);
            }
            Some(Label::Quote(kind)) => {
                builder.quote(span, kind);
            }
            None => {}
        }
    }
    Ok(builder.done())
}
