//! brat standoff: `.ann`, and the `.txt` that it counts in (code points, LF only, so CRLF counts as one).
//!
//! Mentions of one entity are an equivalence (`* Coref`); roles are relations of the entity's first mention, speakers and
//! cues of a quote; the rest stands in notes ([`Fact`]). A span over line ends or tabs is in parts.
//!
//! Left out: confidences, entities without a mention, items of white space alone, and what was rejected. Control
//! characters are U+FFFD.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    facts::{self, Fact},
    one_line, title, visible,
};
use crate::annotation::{Annotations, EntityId, Item, QuoteKind, Speaker};
use crate::text::{Document, Offsets, Span, Unit};
use std::{collections::BTreeMap, io};

pub(super) fn write_text(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(visible(&plain(document.text())).as_bytes())
}

/// The text that brat counts in: one LF a line end.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let (offsets, ends) = (Offsets::new(document.text(), Unit::CodePoint), ends(document.text()));
    let mut writer = Writer { document, offsets, ends, bounds: 0, relations: 0, notes: 0, blank: 0, out };
    let mut at = BTreeMap::new();
    let mut groups: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let Some(bound) = writer.bound(title(entity.kind), mention.span)? else { continue };
        writer.notes(bound, &facts::of_mention(document, annotations, mention))?;
        at.insert((mention.span, Some(mention.entity)), bound);
        groups.entry(mention.entity).or_default().push(bound);
    }
    for quote in &annotations.quotes {
        let label = if quote.kind == QuoteKind::Direct { "DirectQuote" } else { "IndirectQuote" };
        let Some(bound) = writer.bound(label, quote.span)? else { continue };
        writer.notes(bound, &facts::of_quote(quote))?;
        if let Some(speaker) = quote.speaker.as_ref().filter(|speaker| !speaker.span.is_empty()) {
            let key = (speaker.span, speaker.entity);
            let target = match at.get(&key) {
                Some(&target) => Some(target),
                None => writer.bound("Speaker", speaker.span)?,
            };
            let Some(target) = target else { continue };
            if at.insert(key, target).is_none()
                && let Some(entity) = speaker.entity
            {
                // Words that name nobody, said of a named one: his first mention leads to him.
                writer.relation("Of", target, groups.get(&entity).and_then(|group| group.first()).copied())?;
            }
            writer.relation("Speaker", bound, Some(target))?;
        }
        if let Some(cue) = quote.cue {
            let target = writer.bound("Cue", cue)?;
            writer.relation("Cue", bound, target)?;
        }
    }
    for (id, group) in &groups {
        let roles = annotations.entity(*id).into_iter().flat_map(|entity| &entity.roles);
        for role in roles.filter(|role| facts::has_place(document, role)) {
            let target = writer.bound("Role", role.span)?;
            writer.relation("Role", group.first().copied().unwrap_or_default(), target)?;
        }
        if group.len() > 1 {
            let members: Vec<String> = group.iter().map(|bound| format!("T{bound}")).collect();
            writeln!(writer.out, "*\tCoref {}", members.join(" "))?;
        }
    }
    let mut report = Report::of(annotations, &[Loss::Confidence, Loss::Rejected, Loss::Unmentioned]);
    report.add(Loss::Blank, writer.blank);
    report.add(Loss::Controls, super::controls(document.text()));
    Ok(report)
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
    blank: usize,
    out: &'a mut dyn io::Write,
}

impl Writer<'_> {
    fn offset(&self, byte: usize) -> usize {
        self.offsets.from_byte(byte) - self.ends.partition_point(|&end| end < byte)
    }

    /// A span over line ends is written as its lines: `a b;c d`, and their texts with a blank between them. A tab ends a
    /// column, so a span over one is in parts too. None where nothing is left to write.
    fn bound(&mut self, label: &str, span: Span) -> io::Result<Option<usize>> {
        let (mut places, mut words, mut start) = (Vec::new(), Vec::new(), span.start);
        for part in self.document.slice(span).split(['\n', '\r', '\t']) {
            let place = Span::new(start, start + part.len());
            start += part.len() + 1;
            if !part.is_empty() {
                places.push(format!("{} {}", self.offset(place.start), self.offset(place.end)));
                words.push(visible(part));
            }
        }
        if words.iter().all(|part| part.trim().is_empty()) {
            self.blank += 1;
            return Ok(None);
        }
        self.bounds += 1;
        writeln!(self.out, "T{}\t{label} {}\t{}", self.bounds, places.join(";"), words.join(" "))?;
        Ok(Some(self.bounds))
    }

    fn relation(&mut self, label: &str, from: usize, to: Option<usize>) -> io::Result<()> {
        let Some(to) = to else { return Ok(()) };
        self.relations += 1;
        writeln!(self.out, "R{}\t{label} Arg1:T{from} Arg2:T{to}", self.relations)
    }

    fn notes(&mut self, bound: usize, facts: &[Fact]) -> io::Result<()> {
        for fact in facts {
            let (key, words) = fact.written();
            // The only type of note that people can write in brat.
            let key = if key == "Note" { "AnnotatorNotes" } else { key };
            self.notes += 1;
            writeln!(self.out, "#{}\t{key} T{bound}\t{}", self.notes, visible(&words))?;
        }
        Ok(())
    }
}

/// What an `.ann` has, by the ids of its text-bound annotations.
#[derive(Default)]
struct File<'a> {
    bounds: BTreeMap<&'a str, (&'a str, Span)>,
    /// The first of each one's equivalence.
    groups: BTreeMap<&'a str, &'a str>,
    relations: Vec<(&'a str, &'a str, &'a str)>,
    notes: Vec<(&'a str, Fact)>,
}

impl<'a> File<'a> {
    fn new(document: &Document, file: &'a str) -> Result<Self, Error> {
        let plain = plain(document.text());
        let offsets = Offsets::new(&plain, Unit::CodePoint);
        let ends = ends(document.text());
        // The n-th CRLF lies n bytes further left in the text that brat counts in.
        let byte = |plain: usize| plain + ends.iter().enumerate().take_while(|&(n, &end)| end - n < plain).count();
        let mut read = Self::default();
        for line in file.lines() {
            let mut columns = line.splitn(3, '\t');
            let mut column = || columns.next().unwrap_or_default();
            let (id, middle, words) = (column(), column(), column());
            let mut parts = middle.split([' ', ';']);
            let label = parts.next().unwrap_or_default();
            if id.starts_with('T') {
                let numbers: Vec<usize> = parts.filter_map(|number| number.parse().ok()).collect();
                let (start, end) = (numbers.first().copied().unwrap_or(1), numbers.last().copied().unwrap_or(0));
                let place = || Error::Place { item: id.to_owned(), start, end };
                let span = offsets.to_span((start, end)).ok_or_else(place)?;
                let span = Span::new(byte(span.start), byte(span.end));
                let (found, expected) = (one_line(&visible(document.slice(span))), one_line(words));
                if found != expected {
                    return Err(Error::Text { item: id.to_owned(), found, expected });
                }
                read.bounds.insert(id, (label, span));
            } else if id == "*" {
                let mut members = parts.peekable();
                let first = members.peek().copied().unwrap_or_default();
                read.groups.extend(members.map(|member| (member, first)));
            } else if id.starts_with('R') {
                let mut ends = parts.filter_map(|part| part.split_once(':')).map(|(_, target)| target);
                read.relations.extend(Some((label, ends.next().unwrap_or_default(), ends.next().unwrap_or_default())));
            } else if id.starts_with('#') {
                let fact = Fact::read(if label == "AnnotatorNotes" { "Note" } else { label }, words);
                read.notes.extend(fact.map(|fact| (parts.next().unwrap_or_default(), fact)));
            }
        }
        Ok(read)
    }

    fn target(&self, label: &str, from: &str) -> Option<&'a str> {
        self.relations.iter().find(|relation| relation.0 == label && relation.1 == from).map(|relation| relation.2)
    }

    /// The group of a mention: its equivalence, or itself where a name of its own stands beside it.
    fn group(&self, id: &'a str) -> Option<&'a str> {
        let named = || self.notes.iter().any(|(to, fact)| *to == id && matches!(fact, Fact::Name(_)));
        self.groups.get(id).copied().or_else(|| named().then_some(id))
    }
}

/// Reads an `.ann` whose `.txt` has this text.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let file = File::new(document, file)?;
    let mut builder = Builder::new(document, None)?;
    let (mut items, mut entities) = (BTreeMap::new(), BTreeMap::new());
    // Groups first, and by place, so that an entity without a name has that of its first mention.
    let mut ordered: Vec<_> = file.bounds.iter().map(|(&id, bound)| (file.group(id), bound.1, id, bound.0)).collect();
    ordered.sort_by_key(|&(group, span, id, _)| (group.is_none(), span, id));
    for &(group, span, id, label) in &ordered {
        match Label::of(label) {
            Some(Label::Name(kind)) => {
                let mention = builder.mention(span, kind, group);
                items.insert(id, Item::Mention(mention.id));
                entities.insert(id, mention.entity);
            }
            Some(Label::Quote(kind)) => {
                items.insert(id, Item::Quote(builder.quote(span, kind).id));
            }
            None => {}
        }
    }
    for (to, fact) in &file.notes {
        if let Some(&item) = items.get(to) {
            builder.tell(item, fact.clone());
        }
    }
    for (label, from, to) in &file.relations {
        if let (&"Role", Some(&entity), Some((_, span))) = (label, entities.get(from), file.bounds.get(to)) {
            builder.role(entity, *span);
        }
    }
    for (id, item) in &items {
        let place = |label: &str| Some((file.target(label, id)?, file.bounds.get(file.target(label, id)?)?.1));
        let quote = builder.annotations.quotes.iter_mut().find(|quote| *item == Item::Quote(quote.id));
        if let Some(quote) = quote {
            quote.cue = place("Cue").map(|cue| cue.1);
            quote.speaker = place("Speaker").map(|(to, span)| {
                let of = || entities.get(file.target("Of", to)?);
                Speaker { entity: entities.get(to).or_else(of).copied(), span, confidence: 1.0 }
            });
        }
    }
    Ok(builder.done())
}
