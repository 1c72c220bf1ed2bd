//! UIMA CAS in XMI 1.0, with its type system beside it: mentions as DKPro's NamedEntity; entities, their roles, quotes
//! and what was rejected as types of rawi's. Offsets in UTF-16 units.
//!
//! Left out: control characters and what else XML 1.0 forbids (they become U+FFFD).

mod read;

use super::{Loss, Report, decided, escape, label, quote_label};
use crate::annotation::{Annotations, Entity, Mention, Provenance, Quote};
use crate::text::{Document, Offsets, Span, Unit};
use std::{fmt::Display, io};

pub(super) use read::read;

const TYPES: &str = include_str!("typesystem.xml");

pub(super) fn write_types(out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(TYPES.as_bytes())
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::Utf16);
    let (_, length) = offsets.from_span(Span::new(0, document.text().len()));
    let mut writer = Writer { annotations, offsets, last: 2, out };
    write!(
        writer.out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:rawi=\"http:///rawi.ecore\" \
         xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\">\n\
         <cas:NULL xmi:id=\"0\"/>\n\
         <tcas:DocumentAnnotation xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"{length}\" language=\"ar\"/>\n"
    )?;
    annotations.entities.iter().try_for_each(|entity| writer.entity(entity))?;
    annotations.mentions.iter().try_for_each(|mention| writer.mention(mention))?;
    annotations.quotes.iter().try_for_each(|quote| writer.quote(quote))?;
    for item in &annotations.rejected {
        let mut element = Element::new("rawi:Rejected");
        element.place(&writer.offsets, item.span);
        element.maybe("kind", item.kind.map(label)).set("decidedAt", item.at);
        writer.add(&element)?;
    }
    let members: Vec<String> = (2..=writer.last).map(|id| id.to_string()).collect();
    write!(
        writer.out,
        "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{}\"/>\n\
         <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n",
        escape(document.text()),
        members.join(" ")
    )?;
    let mut report = Report::default();
    report.add(Loss::Controls, super::controls(document.text()));
    Ok(report)
}

/// An element with nothing in it but attributes.
struct Element {
    tag: &'static str,
    attributes: String,
}

impl Element {
    const fn new(tag: &'static str) -> Self {
        Self { tag, attributes: String::new() }
    }

    fn set(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.attributes.push_str(&format!(" {name}=\"{}\"", escape(&value.to_string())));
        self
    }

    fn maybe(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.set(name, value);
        }
        self
    }

    fn place(&mut self, offsets: &Offsets, span: Span) -> &mut Self {
        let (start, end) = offsets.from_span(span);
        self.set("sofa", 1).set("begin", start).set("end", end)
    }

    fn judged(&mut self, by: Provenance, note: Option<&str>) -> &mut Self {
        self.maybe("decidedAt", decided(by)).maybe("note", note)
    }
}

struct Writer<'a> {
    annotations: &'a Annotations,
    offsets: Offsets<'a>,
    last: usize,
    out: &'a mut dyn io::Write,
}

impl Writer<'_> {
    fn add(&mut self, element: &Element) -> io::Result<()> {
        self.last += 1;
        writeln!(self.out, "<{} xmi:id=\"{}\"{}/>", element.tag, self.last, element.attributes)
    }

    fn entity(&mut self, entity: &Entity) -> io::Result<()> {
        let mut element = Element::new("rawi:Entity");
        element.set("identifier", entity).set("kind", entity.kind.name()).set("name", &entity.name);
        element.set("aliases", entity.aliases.join("\n")).judged(entity.provenance, entity.note.as_deref());
        self.add(&element)?;
        for role in &entity.roles {
            let mut element = Element::new("rawi:Role");
            element.place(&self.offsets, role.span).set("entity", entity);
            element.set("text", &role.text).set("confidence", role.confidence);
            self.add(&element)?;
        }
        Ok(())
    }

    fn mention(&mut self, mention: &Mention) -> io::Result<()> {
        let Some(entity) = self.annotations.entity(mention.entity) else { return Ok(()) };
        let mut element = Element::new("ner:NamedEntity");
        element.place(&self.offsets, mention.span).set("value", label(entity.kind)).set("identifier", entity);
        element.set("confidence", mention.confidence).set("linkConfidence", mention.link_confidence);
        element.judged(mention.provenance, mention.note.as_deref());
        self.add(&element)
    }

    fn quote(&mut self, quote: &Quote) -> io::Result<()> {
        let mut element = Element::new("rawi:Quote");
        element.place(&self.offsets, quote.span).set("kind", quote_label(quote.kind));
        element.set("confidence", quote.confidence).judged(quote.provenance, quote.note.as_deref());
        if let Some(speaker) = &quote.speaker {
            let (start, end) = self.offsets.from_span(speaker.span);
            let entity = speaker.entity.and_then(|id| self.annotations.entity(id));
            element.set("speakerBegin", start).set("speakerEnd", end).maybe("speaker", entity);
            element.set("speakerConfidence", speaker.confidence);
        }
        if let Some((start, end)) = quote.cue.map(|cue| self.offsets.from_span(cue)) {
            element.set("cueBegin", start).set("cueEnd", end);
        }
        self.add(&element)
    }
}
