//! WebAnno TSV 3.3, as INCEpTION reads it: mentions in DKPro's NamedEntity layer, quotes in `webanno.custom.Quote`.
//! Offsets in UTF-16 units.
//!
//! Left out: aliases, roles, confidences, notes, who decided, cues, and what was rejected.

use super::{Loss, Report, label, pieces, quote_label, speaker_id, speaker_name};
use crate::annotation::Annotations;
use crate::text::{Document, Offsets, Span, Unit};
use std::io;

const HEAD: &str = "#FORMAT=WebAnno TSV 3.3\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
    #T_SP=webanno.custom.Quote|kind|speaker\n\n";

/// A span with its two features.
struct Value {
    span: Span,
    features: [String; 2],
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::Utf16);
    let mentions: Vec<Value> = annotations
        .mentions
        .iter()
        .filter_map(|mention| {
            let entity = annotations.entity(mention.entity)?;
            Some(Value { span: mention.span, features: [entity.to_string(), label(entity.kind).to_owned()] })
        })
        .collect();
    let quotes: Vec<Value> = annotations
        .quotes
        .iter()
        .map(|quote| {
            let speaker = speaker_id(annotations, quote).unwrap_or_else(|| speaker_name(document, annotations, quote));
            Value { span: quote.span, features: [quote_label(quote.kind).to_owned(), speaker] }
        })
        .collect();
    out.write_all(HEAD.as_bytes())?;
    for (number, sentence) in pieces::sentences(document, annotations, true).iter().enumerate() {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        writeln!(out)?;
        for line in document.slice(Span::new(first.start, last.end)).split('\n') {
            writeln!(out, "#Text={}", escape_line(line))?;
        }
        for (index, &token) in sentence.iter().enumerate() {
            let (start, end) = offsets.from_span(token);
            let named = cells(&mentions, token, 1);
            let said = cells(&quotes, token, mentions.len() + 1);
            let word = escape_value(document.slice(token));
            writeln!(out, "{}-{}\t{start}-{end}\t{word}\t{named}\t{said}\t", number + 1, index + 1)?;
        }
    }
    let losses =
        [Loss::Aliases, Loss::Roles, Loss::Cues, Loss::Confidence, Loss::Provenance, Loss::Notes, Loss::Rejected];
    Ok(Report::of(annotations, &losses))
}

/// The two columns of a layer at a token: what covers it, numbered through, so that the parts of one are one.
fn cells(values: &[Value], token: Span, base: usize) -> String {
    let covering = || values.iter().enumerate().filter(|(_, value)| value.span.covers(token));
    let column = |which: usize| -> String {
        let shown: Vec<String> = covering()
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
    format!("{}\t{}", column(0), column(1))
}

fn escape_line(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n")
}

fn escape_value(text: &str) -> String {
    let mut escaped = escape_line(text);
    for special in ["[", "]", "|", "_", "->", ";", "*"] {
        escaped = escaped.replace(special, &format!("\\{special}"));
    }
    escaped
}
