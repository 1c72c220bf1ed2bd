//! What spaCy's `Doc.from_json` reads: our own tokens (every span is whole tokens), names in `ents`, and all mentions and
//! quotes in span groups, where they may overlap. `kb_id` is the entity's id, or the speaker's of a quote.
//!
//! Left out: names of entities, nominal speakers, cues, confidences, notes, who decided, what was rejected; in `ents`
//! the inner of two mentions that overlap.

use super::{Loss, Report, label, plain, quote_label, segments, speaker_id};
use crate::annotation::{Annotations, Mention};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::{Value, json};
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let item = |span: Span, label: &str, id: String| {
        let (start, end) = offsets.from_span(span);
        json!({"start": start, "end": end, "label": label, "kb_id": id})
    };
    let mention = |mention: &Mention| {
        let entity = annotations.entity(mention.entity)?;
        Some(item(mention.span, label(entity.kind), entity.to_string()))
    };
    let (mut ents, mut last): (Vec<Value>, usize) = (Vec::new(), 0);
    for one in &annotations.mentions {
        if one.span.start >= last {
            last = one.span.end;
            ents.extend(mention(one));
        }
    }
    let mentions: Vec<Value> = annotations.mentions.iter().filter_map(mention).collect();
    let quotes: Vec<Value> = annotations
        .quotes
        .iter()
        .map(|quote| item(quote.span, quote_label(quote.kind), speaker_id(annotations, quote).unwrap_or_default()))
        .collect();
    let tokens: Vec<Value> = tokens(document, annotations)
        .into_iter()
        .enumerate()
        .map(|(index, span)| {
            let (start, end) = offsets.from_span(span);
            json!({"id": index, "start": start, "end": end})
        })
        .collect();
    let overlaps = mentions.len() - ents.len();
    let doc = json!({"text": document.text(), "ents": ents, "tokens": tokens, "spans": {"mentions": mentions, "quotes": quotes}});
    plain::json(out, &doc, false)?;
    let losses = [
        Loss::Names,
        Loss::Aliases,
        Loss::Roles,
        Loss::Unmentioned,
        Loss::Places,
        Loss::Cues,
        Loss::Confidence,
        Loss::Provenance,
        Loss::Notes,
        Loss::Rejected,
    ];
    let mut report = Report::of(annotations, &losses);
    let nominal =
        annotations.quotes.iter().filter(|quote| quote.speaker.as_ref().is_some_and(|by| by.entity.is_none()));
    report.add(Loss::Speakers, nominal.count());
    report.add(Loss::Overlaps, overlaps);
    Ok(report)
}

/// One blank after a token belongs to it; all other white space is a token, as in spaCy.
fn tokens(document: &Document, annotations: &Annotations) -> Vec<Span> {
    let (mut all, mut last): (Vec<Span>, usize) = (Vec::new(), 0);
    let end = Span::new(document.text().len(), document.text().len());
    for token in segments::tokens(document, annotations).into_iter().chain([end]) {
        let gap = document.slice(Span::new(last, token.start));
        let own = usize::from(last > 0 && gap.starts_with(' '));
        if gap.len() > own {
            all.push(Span::new(last + own, token.start));
        }
        if !token.is_empty() {
            all.push(token);
        }
        last = token.end;
    }
    all
}
