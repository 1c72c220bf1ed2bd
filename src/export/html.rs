//! One HTML page that needs no network: the panel beside the text, linked both ways, right to left, with a print style.
//!
//! Left out: notes of mentions, cues, places of roles and speakers, confidences but those of speakers, who decided, and
//! what was rejected.
//! Headings, lists, tables, quotations, verse, code and notes of the text are elements.
//! Nothing of the document can become markup; the page forbids itself every outside resource.

use super::outline::{Outline, Part};
use super::{
    Loss, Report, candidate_names, heading, one_line, quote_label, segments, speaker_chance, speaker_id, speaker_name,
};
use crate::annotation::{Annotations, Kind};
use crate::text::{Document, Span};
use std::{collections::BTreeSet, io};

const HEAD: &str = include_str!("page.head.html");
const TAIL: &str = include_str!("page.tail.html");

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    out.write_all(HEAD.replace("{title}", &escape(&heading(document.id()))).as_bytes())?;
    panel(document, annotations, out)?;
    write!(out, "<main dir=\"rtl\" lang=\"ar\"><article>")?;
    text(document, annotations, out)?;
    write!(out, "</article></main>\n{TAIL}")?;
    let losses = [Loss::Places, Loss::Cues, Loss::Confidence, Loss::Provenance, Loss::Rejected];
    let mut report = Report::of(annotations, &losses);
    // Of notes, those of mentions.
    report.add(Loss::Notes, annotations.mentions.iter().filter(|mention| mention.note.is_some()).count());
    report.add(Loss::Controls, super::controls(document.text()));
    Ok(report)
}

fn panel(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<nav>")?;
    for (kind, title) in [(Kind::Person, "الأشخاص"), (Kind::Organization, "المؤسسات"), (Kind::Place, "الأماكن")]
    {
        let entities = annotations.entities.iter().filter(|entity| entity.kind == kind);
        writeln!(out, "<h2>{title} <small>{}</small></h2><ul>", entities.clone().count())?;
        for entity in entities {
            let first = annotations.mentions_of(entity.id).next();
            let link = first.map(|mention| format!(" href=\"#m{}\"", mention.id.0)).unwrap_or_default();
            let mut about = vec![annotations.mentions_of(entity.id).count().to_string()];
            about.extend(entity.roles.iter().map(|role| escape(&role.text)));
            let aliases: Vec<String> = entity.aliases.iter().map(|alias| escape(alias)).collect();
            about.extend((!aliases.is_empty()).then(|| format!("أيضا: {}", aliases.join("، "))));
            let note = entity.note.as_ref().map(|note| format!("<br>{}", escape(note))).unwrap_or_default();
            writeln!(
                out,
                "<li id=\"{entity}\"><a class=\"{}\"{link} data-e=\"{entity}\"><bdi>{}</bdi></a> <small>{}{note}</small></li>",
                entity.kind.name(),
                escape(&entity.name),
                about.join(" · "),
            )?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<h2>الأقوال <small>{}</small></h2><ul>", annotations.quotes.len())?;
    for quote in &annotations.quotes {
        let (id, words) = (quote.id.0, escape(&one_line(document.slice(quote.span))));
        let name = speaker_name(document, annotations, quote);
        let speaker = escape(if name.is_empty() { "؟" } else { &name });
        let speaker = match speaker_id(annotations, quote) {
            Some(entity) => format!("<a href=\"#{entity}\" data-e=\"{entity}\"><bdi>{speaker}</bdi></a>"),
            None => format!("<bdi>{speaker}</bdi>"),
        };
        let candidates = candidate_names(document, annotations, quote).into_iter();
        let candidates: Vec<String> =
            candidates.map(|(name, chance)| format!("<bdi>{}</bdi> {chance}%", escape(&name))).collect();
        let sure = match speaker_chance(quote) {
            Some(chance) => format!(" <small>{chance}%</small>"),
            None if candidates.is_empty() => String::new(),
            None => format!(" <small>({})</small>", candidates.join("، ")),
        };
        let note = quote.note.as_ref().map(|note| format!("<br><small>{}</small>", escape(note))).unwrap_or_default();
        let kind = quote_label(quote.kind);
        writeln!(
            out,
            "<li id=\"l{id}\">{speaker}{sure}: <a class=\"{kind}\" href=\"#q{id}\" data-q=\"q{id}\"><bdi>{words}</bdi></a>{note}</li>"
        )?;
    }
    writeln!(out, "</ul></nav>")
}

/// The text in segments that each lie wholly inside or outside every mention and quote.
fn text(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<()> {
    let mut boundaries = segments::boundaries(document, annotations);
    // Where the text has parts, a piece lies in one paragraph or between two.
    let parted = !document.structure().blocks.is_empty();
    if parted {
        boundaries.extend(document.paragraphs().flat_map(|paragraph| [paragraph.start, paragraph.end]));
    }
    let mut outline = Outline::default();
    let boundaries: Vec<usize> = boundaries.into_iter().collect();
    let mut begun = BTreeSet::new();
    let mut named = segments::Covering::new(annotations.mentions.iter().map(|mention| mention.span));
    let mut spoken = segments::Covering::new(annotations.quotes.iter().map(|quote| quote.span));
    for piece in boundaries.iter().zip(boundaries.iter().skip(1)).map(|(&start, &end)| Span::new(start, end)) {
        if parted && matches!(document.slice(piece), "\n" | "\r\n") {
            // An element ends its line itself.
            if !outline.is_inside() {
                writeln!(out)?;
            }
            continue;
        }
        if parted && document.paragraph_at(piece.start).start == piece.start {
            let (closed, opened) = outline.turn(document, document.paragraph_at(piece.start));
            closed.iter().try_for_each(|part| out.write_all(end_tag(part).as_bytes()))?;
            opened.iter().try_for_each(|part| out.write_all(start_tag(part).as_bytes()))?;
        }
        let mentions: Vec<_> =
            named.at(piece).into_iter().filter_map(|number| annotations.mentions.get(number)).collect();
        let quotes: Vec<_> = spoken.at(piece).into_iter().filter_map(|number| annotations.quotes.get(number)).collect();
        let words = escape(document.slice(piece));
        if mentions.is_empty() && quotes.is_empty() {
            write!(out, "{words}")?;
            continue;
        }
        let (mut classes, mut entities, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for mention in &mentions {
            let Some(entity) = annotations.entity(mention.entity) else { continue };
            classes.push(entity.kind.name());
            entities.push(entity.to_string());
        }
        for quote in &quotes {
            classes.push(quote_label(quote.kind));
            said.push(format!("q{}", quote.id.0));
        }
        // An element has one id: what begins here and does not get it is an empty element before.
        let names = mentions.iter().map(|mention| format!("m{}", mention.id.0)).chain(said.iter().cloned());
        for name in names.filter(|name| begun.insert(name.clone())) {
            write!(out, "<a id=\"{name}\"></a>")?;
        }
        let (classes, entities, said) = (classes.join(" "), entities.join(" "), said.join(" "));
        write!(out, "<mark class=\"{classes}\" data-e=\"{entities}\" data-q=\"{said}\">{words}</mark>")?;
    }
    outline.end().iter().try_for_each(|part| out.write_all(end_tag(part).as_bytes()))
}

/// The element of a part. The page has a heading of its own, so those of the text are one level below it.
fn name_of(part: &Part) -> &'static str {
    match part {
        Part::Heading(_, 0..=1) => "h2",
        Part::Heading(_, 2) => "h3",
        Part::Heading(_, 3) => "h4",
        Part::Heading(_, 4) => "h5",
        Part::Heading(..) => "h6",
        Part::List(_, true) => "ol",
        Part::List(_, false) => "ul",
        Part::Item(..) => "li",
        Part::Table(_) => "table",
        Part::Row(_) => "tr",
        Part::Cell(_, true) => "th",
        Part::Cell(_, false) => "td",
        Part::Quotation(_) => "blockquote",
        Part::Verse(_) => "div",
        Part::Code(_) => "code",
        Part::Note(..) => "aside",
    }
}

fn start_tag(part: &Part) -> String {
    let name = name_of(part);
    match part {
        Part::Item(_, Some(number)) => format!("<{name} value=\"{number}\">"),
        Part::Verse(_) => format!("<{name} class=\"verse\">"),
        Part::Note(_, label) => format!("<{name} role=\"doc-footnote\"><sup>{}</sup> ", escape(label)),
        _ => format!("<{name}>"),
    }
}

fn end_tag(part: &Part) -> String {
    format!("</{}>", name_of(part))
}

/// Text for HTML, which has no reference for a carriage return: a line end is one LF.
fn escape(text: &str) -> String {
    super::escape(&text.replace("\r\n", "\n").replace('\r', "\n")).replace("&#10;", "\n").replace("&#9;", "\t")
}
