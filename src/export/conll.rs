//! CoNLL: `token<TAB>IOB2`, a blank line between sentences. A proclitic outside a name is a token of its own, so every
//! mention is whole tokens.
//!
//! Left out: the white space between tokens, entities and their names, quotes, confidences, notes, who decided, and the
//! inner of two mentions that overlap.

use super::{Loss, Report, label, pieces};
use crate::annotation::Annotations;
use crate::text::Document;
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let mut flat = Vec::new();
    for mention in &annotations.mentions {
        if flat.last().is_none_or(|last: &&crate::annotation::Mention| last.span.end <= mention.span.start) {
            flat.push(mention);
        }
    }
    for (index, sentence) in pieces::sentences(document, annotations, false).into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for token in sentence {
            let mention = flat.iter().find(|mention| mention.span.covers(token));
            let kind = mention.and_then(|mention| annotations.entity(mention.entity)).map(|entity| label(entity.kind));
            let tag = match (mention, kind) {
                (Some(mention), Some(kind)) if mention.span.start == token.start => format!("B-{kind}"),
                (Some(_), Some(kind)) => format!("I-{kind}"),
                _ => "O".to_owned(),
            };
            writeln!(out, "{}\t{tag}", document.slice(token))?;
        }
    }
    let losses = [
        Loss::Aliases,
        Loss::Roles,
        Loss::Entities,
        Loss::Quotes,
        Loss::Confidence,
        Loss::Provenance,
        Loss::Notes,
        Loss::Rejected,
    ];
    let mut report = Report::of(annotations, &losses);
    report.add(Loss::Overlaps, annotations.mentions.len() - flat.len());
    Ok(report)
}
