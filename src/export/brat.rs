//! brat standoff: `.ann`, and the `.txt` that it counts in (code points, LF only, so CRLF counts as one).
//!
//! Left out: aliases, roles, confidences, notes of entities, who decided, and what was rejected. Mentions of one entity
//! are an equivalence (`* Coref`); speakers and cues are relations of a quote.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    one_line,
};
use crate::annotation::{Annotations, Kind, QuoteKind, Speaker};
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

/// Reads an `.ann` whose `.txt` has this text: names, quotes, `Coref` groups, speakers and cues.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let plain = document.text().replace("\r\n", "\n");
    let offsets = Offsets::new(&plain, Unit::CodePoint);
    let ends = ends(document.text());
    // The n-th CRLF lies n bytes further left in the text that brat counts in.
    let byte = |plain: usize| plain + ends.iter().enumerate().take_while(|&(n, &end)| end - n < plain).count();
    let mut bounds: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
    let mut arguments: Vec<(&str, &str, &str)> = Vec::new();
    for line in file.lines() {
        let mut columns = line.split('\t');
        let (id, middle, words) =
            (columns.next().unwrap_or_default(), columns.next().unwrap_or_default(), columns.next());
        let mut parts = middle.split([' ', ';']);
        let label = parts.next().unwrap_or_default();
        if id.starts_with('T') {
            let numbers: Vec<usize> = parts.filter_map(|number| number.parse().ok()).collect();
            let (start, end) = (numbers.first().copied().unwrap_or(1), numbers.last().copied().unwrap_or(0));
            let place = || Error::Place { item: id.to_owned(), start, end };
            let span = offsets.to_span((start, end)).ok_or_else(place)?;
            let span = Span::new(byte(span.start), byte(span.end));
            let (found, expected) = (one_line(document.slice(span)), one_line(words.unwrap_or_default()));
            if found != expected {
                return Err(Error::Text { item: id.to_owned(), found, expected });
            }
            bounds.insert(id, (label, span));
        } else if id == "*" {
            let mut members = parts.peekable();
            let first = members.peek().copied().unwrap_or_default();
            groups.extend(members.map(|member| (member, first)));
        } else if id.starts_with('R') {
            let mut ends = parts.filter_map(|part| part.split_once(':')).map(|(_, target)| target);
            arguments.extend(Some((label, ends.next().unwrap_or_default(), ends.next().unwrap_or_default())));
        }
    }
    let mut builder = Builder::new(document, None)?;
    let mut entities = BTreeMap::new();
    // By place, so that an entity has the name of its first mention.
    let mut ordered: Vec<_> = bounds.iter().collect();
    ordered.sort_by_key(|bound| bound.1.1);
    for (id, (label, span)) in ordered {
        if let Some(Label::Name(kind)) = Label::of(label) {
            entities.insert(*id, builder.mention(*span, kind, groups.get(id).copied()));
        }
    }
    for (id, (label, span)) in &bounds {
        if let Some(Label::Quote(kind)) = Label::of(label) {
            let target =
                |what: &str| arguments.iter().find(|(label, from, _)| *label == what && from == id).map(|end| end.2);
            let speaker = target("Speaker").and_then(|to| Some((entities.get(to).copied(), bounds.get(to)?.1)));
            let speaker = speaker.map(|(entity, span)| Speaker { entity, span, confidence: 1.0 });
            let cue = target("Cue").and_then(|to| Some(bounds.get(to)?.1));
            builder.quote(*span, kind, speaker, cue);
        }
    }
    Ok(builder.done())
}
