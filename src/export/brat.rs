//! brat standoff: `.ann`, and the `.txt` that it counts in (code points, LF only, so CRLF counts as one).
//!
//! Left out: aliases, roles, confidences, notes of entities, who decided, and what was rejected. Mentions of one entity
//! are an equivalence (`* Coref`); speakers and cues are relations of a quote.

use super::{Loss, Report, one_line};
use crate::annotation::{Annotations, Kind, QuoteKind};
use crate::text::{Document, Offsets, Span, Unit};
use std::{collections::BTreeMap, io};

pub(super) fn write_text(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(document.text().replace("\r\n", "\n").as_bytes())
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let mut writer = Writer {
        document,
        offsets: Offsets::new(document.text(), Unit::CodePoint),
        ends: ends(document.text()),
        bounds: 0,
        relations: 0,
        notes: 0,
        out,
    };
    let mut at = BTreeMap::new();
    let mut groups: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let label = match entity.kind {
            Kind::Person => "Person",
            Kind::Organization => "Organization",
            Kind::Place => "Place",
        };
        let bound = writer.bound(label, mention.span)?;
        writer.note(bound, mention.note.as_deref())?;
        at.insert((mention.span, Some(mention.entity)), bound);
        groups.entry(mention.entity).or_default().push(format!("T{bound}"));
    }
    for quote in &annotations.quotes {
        let bound =
            writer.bound(if quote.kind == QuoteKind::Direct { "DirectQuote" } else { "IndirectQuote" }, quote.span)?;
        writer.note(bound, quote.note.as_deref())?;
        if let Some(speaker) = quote.speaker.as_ref().filter(|speaker| !speaker.span.is_empty()) {
            let key = (speaker.span, speaker.entity);
            let target = match at.get(&key) {
                Some(&target) => target,
                None => writer.bound("Speaker", speaker.span)?,
            };
            at.insert(key, target);
            writer.relation("Speaker", bound, target)?;
        }
        if let Some(cue) = quote.cue {
            let target = writer.bound("Cue", cue)?;
            writer.relation("Cue", bound, target)?;
        }
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        writeln!(writer.out, "*\tCoref {}", group.join(" "))?;
    }
    let losses = [Loss::Aliases, Loss::Roles, Loss::Confidence, Loss::Provenance, Loss::Rejected];
    Ok(Report::of(annotations, &losses))
}

/// Where the CR of each CRLF is, in bytes.
fn ends(text: &str) -> Vec<usize> {
    text.match_indices("\r\n").map(|(at, _)| at).collect()
}

struct Writer<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
    ends: Vec<usize>,
    bounds: usize,
    relations: usize,
    notes: usize,
    out: &'a mut dyn io::Write,
}

impl Writer<'_> {
    fn offset(&self, byte: usize) -> usize {
        self.offsets.from_byte(byte) - self.ends.partition_point(|&end| end < byte)
    }

    /// A span over line ends is written as its lines: `a b;c d`, and their texts with a blank between them.
    fn bound(&mut self, label: &str, span: Span) -> io::Result<usize> {
        self.bounds += 1;
        let (mut places, mut words, mut start) = (Vec::new(), Vec::new(), span.start);
        for line in self.document.slice(span).split('\n') {
            let text = line.strip_suffix('\r').unwrap_or(line);
            let part = Span::new(start, start + text.len());
            start += line.len() + 1;
            if !text.is_empty() {
                places.push(format!("{} {}", self.offset(part.start), self.offset(part.end)));
                words.push(text);
            }
        }
        writeln!(self.out, "T{}\t{label} {}\t{}", self.bounds, places.join(";"), words.join(" "))?;
        Ok(self.bounds)
    }

    fn relation(&mut self, label: &str, from: usize, to: usize) -> io::Result<()> {
        self.relations += 1;
        writeln!(self.out, "R{}\t{label} Arg1:T{from} Arg2:T{to}", self.relations)
    }

    fn note(&mut self, bound: usize, note: Option<&str>) -> io::Result<()> {
        let Some(note) = note else { return Ok(()) };
        self.notes += 1;
        writeln!(self.out, "#{}\tAnnotatorNotes T{bound}\t{}", self.notes, one_line(note))
    }
}
