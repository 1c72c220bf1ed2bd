//! The page as a picture for a report: SVG with the rows that rawi breaks the text into, HTML that the browser breaks. The
//! text stays text in its logical order, so that it is found, copied and read aloud; the viewer joins and orders it.

use super::Page;
use crate::{
    layout::{self, Order},
    text::{Span, is_command},
};
use ratatui::style::{Color, Modifier, Style};
use std::io::{self, Write};

/// Units of a column, of a row, and of the margin around the page.
const COLUMN: usize = 9;
const ROW: usize = 30;
const MARGIN: usize = 24;

/// Colours of the ground and of the letters.
const GROUND: &str = "#ffffff";
const INK: &str = "#1c1c1c";

/// A row in pieces of one style.
struct Line {
    rtl: bool,
    /// Columns before its text.
    indent: usize,
    pieces: Vec<(String, Style)>,
}

/// The rows of each paragraph.
fn paragraphs(page: &Page<'_>) -> impl Iterator<Item = Vec<Line>> {
    let options =
        layout::Options { width: page.width, direction: layout::Direction::AutoRtl, ..layout::Options::default() };
    page.document.paragraphs().filter(|span| !span.is_empty() || span.start < page.document.text().len()).map(
        move |span| {
            let marks = layout::Marks::of(page.document, span);
            let rows = layout::marked(page.document.slice(span), span.start, &options, (&[], &marks));
            rows.iter()
                .map(|row| {
                    let marker: String =
                        row.marker(Order::Logical, page.width).into_iter().map(|glyph| glyph.symbol).collect();
                    let marker = (!marker.is_empty()).then(|| (format!("{marker} "), Style::default()));
                    let pieces = marker.into_iter().chain(pieces(page, row.span())).collect();
                    Line { rtl: row.is_rtl(), indent: row.margin(), pieces }
                })
                .collect()
        },
    )
}

/// The text of a span, cut where its style changes.
fn pieces(page: &Page<'_>, span: Span) -> Vec<(String, Style)> {
    let near: Vec<&(Span, Style)> = page.styles.iter().filter(|style| style.0.overlaps(span)).collect();
    let mut cuts: Vec<usize> = near.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    cuts.extend([span.start, span.end]);
    cuts.retain(|cut| (span.start..=span.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let whole = cuts.iter().zip(cuts.iter().skip(1)).map(|(&start, &end)| Span::new(start, end));
    whole
        .map(|part| {
            let over = near.iter().filter(|style| style.0.overlaps(part));
            (page.document.slice(part).to_owned(), over.fold(Style::default(), |style, layer| style.patch(layer.1)))
        })
        .collect()
}

/// Writes the page as SVG.
pub fn svg(page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    let lines: Vec<Option<Line>> = paragraphs(page).flat_map(|rows| rows.into_iter().map(Some).chain([None])).collect();
    let (width, height) = (page.width * COLUMN + 2 * MARGIN, lines.len() * ROW + MARGIN);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"'Noto Naskh Arabic', Amiri, 'DejaVu Sans', sans-serif\" font-size=\"18\" fill=\"{INK}\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{GROUND}\"/>",
        escape(page.document.id())
    )?;
    for (number, line) in lines.iter().enumerate() {
        let Some(line) = line else { continue };
        let indent = MARGIN + line.indent * COLUMN;
        let (x, direction) = if line.rtl { (width - indent, "rtl") } else { (indent, "ltr") };
        write!(out, "<text x=\"{x}\" y=\"{}\" direction=\"{direction}\">", MARGIN + number * ROW + ROW / 2)?;
        for (text, style) in &line.pieces {
            match css(*style, "fill") {
                look if look.is_empty() => write!(out, "{}", escape(text))?,
                look => write!(out, "<tspan style=\"{look}\">{}</tspan>", escape(text))?,
            }
        }
        writeln!(out, "</text>")?;
    }
    writeln!(out, "</svg>")
}

/// Writes the page as HTML.
pub fn html(page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"ar\">\n<head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>body{{max-width:{}ch;margin:2em auto;padding:0 1em;background:{GROUND};color:{INK};\
         font:18px/1.7 'Noto Naskh Arabic',Amiri,serif}}p{{margin:.7em 0}}</style></head>\n<body>",
        escape(page.document.id()),
        page.width
    )?;
    for rows in paragraphs(page) {
        let direction = if rows.first().is_none_or(|row| row.rtl) { "rtl" } else { "ltr" };
        write!(out, "<p dir=\"{direction}\">")?;
        for (text, style) in rows.iter().flat_map(|row| &row.pieces) {
            match css(*style, "color") {
                look if look.is_empty() => write!(out, "{}", escape(text))?,
                look => write!(out, "<span style=\"{look}\">{}</span>", escape(text))?,
            }
        }
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</body>\n</html>")
}

/// A style as declarations; `colour` is what the colour of letters is called.
fn css(style: Style, colour: &str) -> String {
    let mut all = Vec::new();
    if let Some(Color::Rgb(red, green, blue)) = style.fg {
        all.push(format!("{colour}:#{red:02x}{green:02x}{blue:02x}"));
    }
    for (modifier, look) in [
        (Modifier::BOLD, "font-weight:bold"),
        (Modifier::ITALIC, "font-style:italic"),
        (Modifier::UNDERLINED, "text-decoration:underline"),
    ] {
        if style.add_modifier.contains(modifier) {
            all.push(look.to_owned());
        }
    }
    all.join(";")
}

/// Text as XML and HTML take it, without what could turn its order around.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(' '),
            // The marks of the text that only join or keep apart stay.
            '\u{200b}'..='\u{200f}' => escaped.push(letter),
            letter if is_command(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
