//! UIMA CAS in XMI 1.0, with its type system beside it: mentions as DKPro's NamedEntity, entities and quotes as types of
//! rawi's. Offsets in UTF-16 units.
//!
//! Left out: the places of roles, link confidences, what was rejected, and characters that XML 1.0 forbids.

use super::{Loss, Report, decided, escape, label, quote_label, speaker_id};
use crate::annotation::{Annotations, Provenance};
use crate::text::{Document, Offsets, Span, Unit};
use std::io;

const TYPES: &str = include_str!("typesystem.xml");

pub(super) fn write_types(out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(TYPES.as_bytes())
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let offsets = Offsets::new(document.text(), Unit::Utf16);
    let place = |span: Span| offsets.from_span(span);
    let mut members = vec![2];
    let (_, length) = place(Span::new(0, document.text().len()));
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:rawi=\"http:///rawi.ecore\" \
         xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\">\n\
         <cas:NULL xmi:id=\"0\"/>\n\
         <tcas:DocumentAnnotation xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"{length}\" language=\"ar\"/>\n"
    )?;
    let mut next = 2;
    let mut member = || {
        next += 1;
        members.push(next);
        next
    };
    for entity in &annotations.entities {
        let roles: Vec<&str> = entity.roles.iter().map(|role| role.text.as_str()).collect();
        let (id, by) = (member(), by(entity.provenance));
        let (name, aliases, roles) =
            (escape(&entity.name), escape(&entity.aliases.join("\n")), escape(&roles.join("\n")));
        let (kind, note) = (entity.kind.name(), note(entity.note.as_deref()));
        writeln!(
            out,
            "<rawi:Entity xmi:id=\"{id}\" identifier=\"{entity}\" kind=\"{kind}\" name=\"{name}\" aliases=\"{aliases}\" roles=\"{roles}\"{by}{note}/>"
        )?;
    }
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let (id, (start, end), by, note) =
            (member(), place(mention.span), by(mention.provenance), note(mention.note.as_deref()));
        let (kind, sure) = (label(entity.kind), mention.confidence);
        writeln!(
            out,
            "<ner:NamedEntity xmi:id=\"{id}\" sofa=\"1\" begin=\"{start}\" end=\"{end}\" value=\"{kind}\" identifier=\"{entity}\" confidence=\"{sure}\"{by}{note}/>"
        )?;
    }
    for quote in &annotations.quotes {
        let (id, (start, end), by, note) =
            (member(), place(quote.span), by(quote.provenance), note(quote.note.as_deref()));
        let (kind, sure) = (quote_label(quote.kind), quote.confidence);
        write!(
            out,
            "<rawi:Quote xmi:id=\"{id}\" sofa=\"1\" begin=\"{start}\" end=\"{end}\" kind=\"{kind}\" confidence=\"{sure}\"{by}{note}"
        )?;
        if let Some(speaker) = &quote.speaker {
            let (start, end) = place(speaker.span);
            write!(out, " speakerBegin=\"{start}\" speakerEnd=\"{end}\"")?;
        }
        if let Some(entity) = speaker_id(annotations, quote) {
            write!(out, " speaker=\"{entity}\"")?;
        }
        if let Some((start, end)) = quote.cue.map(place) {
            write!(out, " cueBegin=\"{start}\" cueEnd=\"{end}\"")?;
        }
        writeln!(out, "/>")?;
    }
    let members: Vec<String> = members.iter().map(ToString::to_string).collect();
    write!(
        out,
        "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{}\"/>\n\
         <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n",
        escape(document.text()),
        members.join(" ")
    )?;
    Ok(Report::of(annotations, &[Loss::Rejected]))
}

fn by(by: Provenance) -> String {
    decided(by).map(|at| format!(" decidedAt=\"{at}\"")).unwrap_or_default()
}

fn note(note: Option<&str>) -> String {
    note.map(|note| format!(" note=\"{}\"", escape(note))).unwrap_or_default()
}
