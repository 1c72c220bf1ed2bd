//! TEI P5: `<persName>`, `<orgName>`, `<placeName>` with `ref`, `<said who direct>`, and lists of who they are.
//!
//! Headings begin a `<div>` with a `<head>`; lists, tables, quotations, verse and notes of the text are elements.
//! Left out: confidences, who decided, cues, nominal speakers, places of roles and speakers, what was rejected. A line
//! is a `<p>`, so line ends are not in the text. An element that XML cannot nest (a quote over two lines, an overlap) is in parts; the later
//! ones point to the first with `prev`.

use super::outline::{Outline, Part};
use super::{Loss, Report, escape, heading, speaker_id};
use crate::annotation::{Annotations, Entity, Kind, QuoteKind};
use crate::text::{Document, Span};
use std::{collections::BTreeSet, io};

/// The element of a quote.
const SAID: &str = "said";

/// An element to be: where, its id, its tag and attributes.
struct Element {
    span: Span,
    id: String,
    tag: &'static str,
    attributes: String,
}

impl Element {
    fn is_quote(&self) -> bool {
        self.tag == SAID
    }
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let title = escape(&heading(document.id()));
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc>\
         <titleStmt><title>{title}</title></titleStmt><publicationStmt><p>rawi</p></publicationStmt>\
         <sourceDesc><p>{}</p></sourceDesc></fileDesc>\n<profileDesc>\n",
        escape(document.origin().path.as_deref().unwrap_or_default())
    )?;
    // In the header, where the schemas before `<standOff>` (TEI 4) have them too.
    for (group, lists) in [
        ("particDesc", &[(Kind::Person, "listPerson", "person"), (Kind::Organization, "listOrg", "org")][..]),
        ("settingDesc", &[(Kind::Place, "listPlace", "place")][..]),
    ] {
        let has = |kind: Kind| annotations.entities.iter().any(|entity| entity.kind == kind);
        let mut lists = lists.iter().filter(|list| has(list.0)).peekable();
        if lists.peek().is_none() {
            continue;
        }
        writeln!(out, "<{group}>")?;
        for &(kind, list, item) in lists {
            writeln!(out, "<{list}>")?;
            let mut entities = annotations.entities.iter().filter(|entity| entity.kind == kind);
            entities.try_for_each(|entity| describe(entity, item, tag(kind), out))?;
            writeln!(out, "</{list}>")?;
        }
        writeln!(out, "</{group}>")?;
    }
    writeln!(out, "</profileDesc></teiHeader>\n<text xml:lang=\"ar\"><body>")?;
    let elements = elements(annotations);
    let mut begun = BTreeSet::new();
    let mut empty = true;
    let mut divisions = Divisions::default();
    for paragraph in document.paragraphs() {
        let inside: Vec<&Element> = elements.iter().filter(|element| element.span.overlaps(paragraph)).collect();
        if !document.slice(paragraph).trim().is_empty() {
            empty = false;
            let name = divisions.turn(document, paragraph, out)?;
            self::paragraph(document, (paragraph, name), &inside, &mut begun, out)?;
        }
    }
    divisions.end(out)?;
    writeln!(out, "{}</body>", if empty { "<p/>" } else { "" })?;
    notes(annotations, out)?;
    writeln!(out, "</text>\n</TEI>")?;
    let losses = [Loss::Places, Loss::Confidence, Loss::Provenance, Loss::Cues, Loss::Rejected];
    let mut report = Report::of(annotations, &losses);
    let nominal =
        annotations.quotes.iter().filter(|quote| quote.speaker.as_ref().is_some_and(|by| by.entity.is_none()));
    report.add(Loss::Speakers, nominal.count());
    report.add(Loss::Controls, super::controls(document.text()));
    Ok(report)
}

/// The divisions of the text and the elements in them that are open.
#[derive(Default)]
struct Divisions {
    /// The levels of the headings whose divisions are open.
    levels: Vec<u8>,
    outline: Outline,
}

impl Divisions {
    /// Goes to a paragraph, and gives the name of its element.
    fn turn(&mut self, document: &Document, paragraph: Span, out: &mut dyn io::Write) -> io::Result<&'static str> {
        let (closed, opened) = self.outline.turn(document, paragraph);
        for part in &closed {
            if let Some((_, end)) = tags(part) {
                out.write_all(end.as_bytes())?;
            }
        }
        if let ([Part::Heading(_, level)], 1) = (opened.as_slice(), self.outline.depth()) {
            while self.levels.pop_if(|open| *open >= *level).is_some() {
                writeln!(out, "</div>")?;
            }
            self.levels.push(*level);
            write!(out, "<div>")?;
            return Ok("head");
        }
        for part in &opened {
            if let Some((start, _)) = tags(part) {
                out.write_all(start.as_bytes())?;
            }
        }
        Ok(if self.outline.is_verse() { "l" } else { "p" })
    }

    fn end(mut self, out: &mut dyn io::Write) -> io::Result<()> {
        let closed = self.outline.end();
        closed.iter().filter_map(tags).try_for_each(|(_, end)| out.write_all(end.as_bytes()))?;
        self.levels.iter().try_for_each(|_| writeln!(out, "</div>"))
    }
}

/// How the element of a part begins and ends; none where the paragraphs of the part stand for themselves.
fn tags(part: &Part) -> Option<(String, &'static str)> {
    let number = |label: &str| format!(" n=\"{}\"", escape(label));
    Some(match part {
        Part::Heading(..) | Part::Code(_) => return None,
        Part::List(_, numbered) => {
            (format!("<list rend=\"{}\">", if *numbered { "numbered" } else { "bulleted" }), "</list>\n")
        }
        Part::Item(_, place) => {
            (format!("<item{}>", place.map(|place| number(&place.to_string())).unwrap_or_default()), "</item>")
        }
        Part::Table(_) => ("<table>".to_owned(), "</table>\n"),
        Part::Row(_) => ("<row>".to_owned(), "</row>"),
        Part::Cell(_, header) => (format!("<cell role=\"{}\">", if *header { "label" } else { "data" }), "</cell>"),
        Part::Quotation(_) => ("<quote>".to_owned(), "</quote>\n"),
        Part::Verse(_) => ("<lg>".to_owned(), "</lg>\n"),
        Part::Note(_, label) => (format!("<note place=\"foot\"{}>", number(label)), "</note>\n"),
    })
}

fn describe(entity: &Entity, item: &str, name: &str, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "<{item} xml:id=\"{entity}\"><{name}>{}</{name}>", escape(&entity.name))?;
    for alias in &entity.aliases {
        write!(out, "<{name} type=\"alias\">{}</{name}>", escape(alias))?;
    }
    let role = if entity.kind == Kind::Person { ("<roleName>", "</roleName>") } else { ("", "") };
    for text in &entity.roles {
        match entity.kind {
            Kind::Person => write!(out, "<persName>{}{}{}</persName>", role.0, escape(&text.text), role.1)?,
            _ => write!(out, "<note type=\"role\">{}</note>", escape(&text.text))?,
        }
    }
    if let Some(note) = &entity.note {
        write!(out, "<note>{}</note>", escape(note))?;
    }
    writeln!(out, "</{item}>")
}

/// The element of a name.
const fn tag(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "persName",
        Kind::Organization => "orgName",
        Kind::Place => "placeName",
    }
}

/// Notes of mentions and quotes, after the text.
fn notes(annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<()> {
    let mentions = annotations.mentions.iter().map(|mention| (format!("m{}", mention.id.0), &mention.note));
    let quotes = annotations.quotes.iter().map(|quote| (format!("q{}", quote.id.0), &quote.note));
    let all = mentions.chain(quotes).filter_map(|(id, note)| Some((id, note.as_ref()?)));
    let notes: Vec<String> = all.map(|(id, note)| format!("<note target=\"#{id}\">{}</note>", escape(note))).collect();
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<back><div type=\"notes\"><p>{}</p></div></back>", notes.join("\n"))
}

/// Outer elements first.
fn elements(annotations: &Annotations) -> Vec<Element> {
    let quotes = annotations.quotes.iter().map(|quote| {
        let who = speaker_id(annotations, quote).map(|id| format!(" who=\"#{id}\"")).unwrap_or_default();
        let direct = quote.kind == QuoteKind::Direct;
        Element {
            span: quote.span,
            id: format!("q{}", quote.id.0),
            tag: SAID,
            attributes: format!("{who} direct=\"{direct}\""),
        }
    });
    let mentions = annotations.mentions.iter().filter_map(|mention| {
        let entity = annotations.entity(mention.entity)?;
        Some(Element {
            span: mention.span,
            id: format!("m{}", mention.id.0),
            tag: tag(entity.kind),
            attributes: format!(" ref=\"#{entity}\""),
        })
    });
    let mut all: Vec<Element> = quotes.chain(mentions).collect();
    all.sort_by_key(|element| (element.span.start, std::cmp::Reverse(element.span.end)));
    all
}

/// Walks from boundary to boundary. What ends under something that goes on closes that too and opens it again, as does a quote
/// that begins inside a name: TEI has names in what is said, and nothing said in a name.
fn paragraph<'a>(
    document: &Document,
    (paragraph, name): (Span, &str),
    inside: &[&'a Element],
    begun: &mut BTreeSet<&'a str>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let clip = |at: usize| at.clamp(paragraph.start, paragraph.end);
    let boundaries = inside.iter().flat_map(|element| [clip(element.span.start), clip(element.span.end)]);
    let boundaries: BTreeSet<usize> = boundaries.chain([paragraph.start, paragraph.end]).collect();
    let (mut open, mut last): (Vec<&Element>, usize) = (Vec::new(), paragraph.start);
    write!(out, "<{name}>")?;
    for boundary in boundaries {
        write!(out, "{}", escape(document.slice(Span::new(last, boundary))))?;
        last = boundary;
        let ends = |element: &&&Element| clip(element.span.end) <= boundary;
        let begins = |element: &&&Element| clip(element.span.start) == boundary && clip(element.span.end) > boundary;
        let said = inside.iter().any(|element| begins(&element) && element.is_quote());
        let closes = |element: &&Element| ends(&element) || said && !element.is_quote();
        let keep = open.iter().position(closes).unwrap_or(open.len());
        let closed = open.split_off(keep);
        for element in closed.iter().rev() {
            write!(out, "</{}>", element.tag)?;
        }
        let again = closed.into_iter().filter(|element| !ends(&element));
        let mut opened: Vec<&Element> = again.chain(inside.iter().filter(begins).copied()).collect();
        opened.sort_by_key(|element| !element.is_quote());
        for element in opened {
            let Element { id, tag, attributes, .. } = element;
            let name = if begun.insert(id) { format!("xml:id=\"{id}\"") } else { format!("prev=\"#{id}\"") };
            write!(out, "<{tag} {name}{attributes}>")?;
            open.push(element);
        }
    }
    writeln!(out, "</{name}>")
}
