//! CoNLL: `token<TAB>IOB2`, a blank line between sentences. A proclitic outside a name is a token of its own, so every
//! mention is whole tokens.
//!
//! Left out: the white space between tokens, entities and their names, quotes, confidences, notes, who decided, and the
//! inner of two mentions that overlap. Control characters are U+FFFD.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    label, segments, visible,
};
use crate::annotation::{Annotations, Kind};
use crate::text::{Document, Span};
use std::io;

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let mut flat = Vec::new();
    for mention in &annotations.mentions {
        if flat.last().is_none_or(|last: &&crate::annotation::Mention| last.span.end <= mention.span.start) {
            flat.push(mention);
        }
    }
    let mut covering = segments::Covering::new(flat.iter().map(|mention| mention.span));
    for (index, sentence) in segments::sentences(document, annotations, false).into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for token in sentence {
            let mention = covering.at(token).first().and_then(|&number| flat.get(number));
            let kind = mention.and_then(|mention| annotations.entity(mention.entity)).map(|entity| label(entity.kind));
            let tag = match (mention, kind) {
                (Some(mention), Some(kind)) if mention.span.start == token.start => format!("B-{kind}"),
                (Some(_), Some(kind)) => format!("I-{kind}"),
                _ => "O".to_owned(),
            };
            writeln!(out, "{}\t{tag}", visible(document.slice(token)))?;
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
    report.add(Loss::Controls, super::controls(document.text()));
    report.add(Loss::Overlaps, annotations.mentions.len() - flat.len());
    Ok(report)
}

/// Reads tokens that are, in order, those of this text; blanks between them do not count.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let mut builder = Builder::new(document, None)?;
    let (mut at, mut open): (usize, Option<(Span, Kind)>) = (0, None);
    for line in file.lines() {
        let mut columns = line.split(['\t', ' ']);
        let (token, tag) = (columns.next().unwrap_or_default(), columns.next_back().unwrap_or("O"));
        let kind = tag.get(2..).and_then(Label::of).and_then(|label| match label {
            Label::Name(kind) => Some(kind),
            Label::Quote(_) => None,
        });
        let mut span = Span::new(at, at);
        if !token.is_empty() {
            let rest = document.text().get(at..).unwrap_or_default();
            let start = at + (rest.len() - rest.trim_start_matches(segments::is_blank).len());
            // A control character was written as U+FFFD, which has another length in bytes.
            let length: usize = document
                .text()
                .get(start..)
                .unwrap_or_default()
                .chars()
                .take(token.chars().count())
                .map(char::len_utf8)
                .sum();
            span = Span::new(start, start + length);
            if visible(document.slice(span)) != token {
                let found = document.text().get(start..).unwrap_or_default().chars().take(20).collect();
                return Err(Error::Text { item: format!("token at byte {start}"), found, expected: token.to_owned() });
            }
            at = span.end;
        }
        open = match (open, kind) {
            (Some((begun, own)), Some(kind)) if own == kind && tag.starts_with('I') => {
                Some((Span::new(begun.start, span.end), kind))
            }
            (done, kind) => {
                if let Some((span, kind)) = done {
                    builder.mention(span, kind, None);
                }
                kind.map(|kind| (span, kind))
            }
        };
    }
    if let Some((span, kind)) = open {
        builder.mention(span, kind, None);
    }
    Ok(builder.done())
}
