//! WebAnno TSV 3.3, as INCEpTION reads it: mentions in DKPro's NamedEntity layer, quotes in `webanno.custom.Quote`.
//! Offsets in UTF-16 units.
//!
//! Left out: names, aliases and roles of entities, notes of all but quotes, cues, confidences, who decided, and what was
//! rejected. Control characters are U+FFFD.

mod read;

use super::{Loss, Report, label, quote_label, segments, speaker_id, speaker_name, visible};
use crate::annotation::Annotations;
use crate::text::{Document, Offsets, Span, Unit};
use std::io;

pub(super) use read::read;

const HEAD: &str = "#FORMAT=WebAnno TSV 3.3\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
    #T_SP=webanno.custom.Quote|kind|note|speaker\n\n";

/// A span with its features.
struct Value<const FEATURES: usize> {
    span: Span,
    features: [String; FEATURES],
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::Utf16);
    let mentions: Vec<Value<2>> = annotations
        .mentions
        .iter()
        .filter_map(|mention| {
            let entity = annotations.entity(mention.entity)?;
            Some(Value { span: mention.span, features: [entity.to_string(), label(entity.kind).to_owned()] })
        })
        .collect();
    let quotes: Vec<Value<3>> = annotations
        .quotes
        .iter()
        .map(|quote| {
            let speaker = speaker_id(annotations, quote).unwrap_or_else(|| speaker_name(document, annotations, quote));
            let note = quote.note.clone().unwrap_or_default();
            Value { span: quote.span, features: [quote_label(quote.kind).to_owned(), note, speaker] }
        })
        .collect();
    out.write_all(HEAD.as_bytes())?;
    let mut named = segments::Covering::new(mentions.iter().map(|value| value.span));
    let mut spoken = segments::Covering::new(quotes.iter().map(|value| value.span));
    for (number, sentence) in segments::sentences(document, annotations, true).iter().enumerate() {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        writeln!(out)?;
        for line in document.slice(Span::new(first.start, last.end)).split('\n') {
            writeln!(out, "#Text={}", escape_line(line))?;
        }
        for (index, &token) in sentence.iter().enumerate() {
            let (start, end) = offsets.from_span(token);
            let named = cells(&mentions, &named.at(token), 1);
            let said = cells(&quotes, &spoken.at(token), mentions.len() + 1);
            let word = escape_value(document.slice(token));
            writeln!(out, "{}-{}\t{start}-{end}\t{word}\t{named}\t{said}\t", number + 1, index + 1)?;
        }
    }
    let losses = [
        Loss::Names,
        Loss::Aliases,
        Loss::Roles,
        Loss::Places,
        Loss::Unmentioned,
        Loss::Cues,
        Loss::Confidence,
        Loss::Provenance,
        Loss::Rejected,
    ];
    let mut report = Report::of(annotations, &losses);
    let notes = Report::of(annotations, &[Loss::Notes]).total();
    report.add(Loss::Notes, notes - annotations.quotes.iter().filter(|quote| quote.note.is_some()).count());
    report.add(Loss::Controls, super::controls(document.text()));
    Ok(report)
}

/// The columns of a layer at a token: what covers it, numbered through, so that the parts of one are one.
fn cells<const FEATURES: usize>(values: &[Value<FEATURES>], covering: &[usize], base: usize) -> String {
    let column = |which: usize| -> String {
        let shown: Vec<String> = covering
            .iter()
            .filter_map(|&index| Some((index, values.get(index)?)))
            .map(|(index, value)| {
                let text = value
                    .features
                    .get(which)
                    .filter(|text| !text.is_empty())
                    .map_or_else(|| "*".to_owned(), |text| escape_value(text));
                format!("{text}[{}]", base + index)
            })
            .collect();
        if shown.is_empty() { "_".to_owned() } else { shown.join("|") }
    };
    (0..FEATURES).map(column).collect::<Vec<_>>().join("\t")
}

fn escape_line(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n")
}

fn escape_value(text: &str) -> String {
    let mut escaped = escape_line(text);
    for special in ["[", "]", "|", "_", "->", ";", "*"] {
        escaped = escaped.replace(special, &format!("\\{special}"));
    }
    escaped
}
