//! What is known of the selection, below the panel or beside the text.

use super::paint::{Align, Canvas};
use crate::{
    layout::{self, Direction},
    text::{Span, ceil, floor, slice},
    tui::{
        app::{
            App,
            detail::{Detail, DetailRow, LISTED},
            geometry::{Area, Areas},
        },
        strings::Phrase,
        theme::Theme,
    },
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    let context = app.context();
    let area = Detail::area(&context);
    if area.height == 0 {
        return;
    }
    for row in areas.detail_rule.y..areas.detail_rule.bottom() {
        canvas.put(areas.detail_rule.x, row, "│", theme.rule);
    }
    if areas.detail.x == areas.panel.x {
        for column in areas.detail.x..areas.detail.right() {
            canvas.put(column, areas.detail.y, "─", theme.rule);
        }
        let (cross, y) = (areas.rule.x, areas.detail.y);
        if areas.rule.width > 0 {
            canvas.put(cross, y, if areas.rule.x < areas.panel.x { "├" } else { "┤" }, theme.rule);
        }
    }
    if app.detail.goes_on(&context) {
        canvas.put(area.right(), area.bottom() - 1, "▾", theme.dim);
    }
    for (number, row) in app.detail.rows(&context).iter().enumerate() {
        let area = Area { y: area.y + number as u16, height: 1, ..area };
        draw_row(app, theme, row, (area, canvas));
    }
}

fn draw_row(app: &App, theme: &Theme, row: &DetailRow, (area, canvas): (Area, &mut Canvas<'_>)) {
    let here = app.documents.here();
    let mut label = |text: &str, style| canvas.label(area, text, Align::Start, style);
    match row {
        DetailRow::Name(kind, text) => _ = label(text, theme.kind(*kind)),
        DetailRow::Text(text) => _ = label(text, theme.text),
        DetailRow::Aside(text) => _ = label(text, theme.dim),
        DetailRow::Heading(text) => _ = label(text, theme.heading),
        DetailRow::Words(None, span) => _ = label(here.document.slice(*span), theme.quote),
        DetailRow::Words(Some(speaker), span) => {
            let used = label(&app.config.strings.text(Phrase::Says { name: speaker }), theme.dim) + 1;
            let rest = if app.config.strings.rtl { area.inset(0, used) } else { area.inset(used, 0) };
            canvas.label(rest, here.document.slice(*span), Align::Start, theme.quote);
        }
        DetailRow::Place(span, kind) => {
            let named = kind.map_or(theme.hit, |kind| theme.kind(kind));
            let style = if *span == here.cursor { theme.current } else { named };
            context(app, theme, (*span, style), (area, canvas));
        }
        DetailRow::Piece { text, row: number, quote, listed } => {
            let style = if quote.is_some() { theme.quote } else { theme.dim };
            let Some(row) = text.row(*number) else { return };
            let rtl = here.rtl;
            if *listed && *number == 0 {
                canvas.put(if rtl { area.right() - 1 } else { area.x }, area.y, "·", theme.margin);
            }
            let area = match (*listed, rtl) {
                (false, _) => area,
                (true, true) => area.inset(0, LISTED),
                (true, false) => area.inset(LISTED, 0),
            };
            canvas.row(area, row, row.indent(usize::from(area.width)), |_| style);
        }
        DetailRow::Document(_, name, count) => {
            let used = canvas.label(area, &app.config.number(*count), Align::End, theme.dim) + 1;
            let rest = if app.config.strings.rtl { area.inset(used, 0) } else { area.inset(0, used) };
            canvas.label(rest, name, Align::Start, theme.text);
        }
    }
}

/// From this width on, a place stands in the middle of its row.
const MIDDLE: usize = 30;

/// Bytes of text on either side of a mention that are looked at for its context.
const AROUND: usize = 240;

/// A place in the text with what is around it, the place in the middle of the row, so that the rows align.
fn context(app: &App, theme: &Theme, (place, style): (Span, Style), (area, canvas): (Area, &mut Canvas<'_>)) {
    let here = app.documents.here();
    let text = here.document.text();
    let paragraph = here.document.paragraph_at(place.start);
    let from = ceil(text, place.start.saturating_sub(AROUND).max(paragraph.start));
    let to = floor(text, (place.end + AROUND).min(paragraph.end));
    let options = layout::Options {
        width: usize::MAX >> 16,
        direction: if here.rtl { Direction::Rtl } else { Direction::Ltr },
        ..canvas.config.layout
    };
    let lay =
        |span: Span| layout::paragraph(here.document.slice(span), span.start, &options, &[place.start, place.end]);
    let around = lay(Span::new(from, to));
    let (width, half) = (usize::from(area.width), usize::from(area.width) / 2);
    let mut cells: Vec<(Span, usize)> =
        around.row(0).into_iter().flat_map(|row| row.cells()).map(|cell| (cell.source, cell.width)).collect();
    cells.sort_by_key(|cell| cell.0.start);
    let own: usize = cells.iter().filter(|cell| cell.0.overlaps(place)).map(|cell| cell.1).sum();
    if own > width {
        _ = canvas.label(area, here.document.slice(place), Align::Start, style);
        return;
    }
    let before = |room: usize| fits(cells.iter().rev().filter(|cell| cell.0.end <= place.start), room, text);
    let after = |room: usize| fits(cells.iter().filter(|cell| cell.0.start >= place.end), room, text);
    // In the middle; in a narrow row there is room for a word on either side only where it begins at one column.
    let lead = (width < MIDDLE).then(|| (width * 2 / 5).min(width - own));
    let (earlier, later) = match lead {
        Some(lead) => (lead, width - own - lead),
        None => (half.saturating_sub(own.div_ceil(2)), (width - half).saturating_sub(own.div_ceil(2))),
    };
    let (start, end) = (before(earlier).unwrap_or(place).start, after(later).unwrap_or(place).end);
    let laid = lay(Span::new(start, end));
    let Some(row) = laid.row(0) else { return };
    let columns = laid.rows(place).first().map(|run| run.columns.clone()).unwrap_or_default();
    let x = match lead {
        Some(lead) if here.rtl => (width - lead).saturating_sub(columns.end),
        Some(lead) => lead.saturating_sub(columns.start),
        None => half.saturating_sub((columns.start + columns.end) / 2),
    };
    let x = x.min(width.saturating_sub(row.width()));
    let pane = Area { x: area.x + x as u16, width: row.width().min(width) as u16, ..area };
    canvas.row(pane, row, 0, |source| if source.overlaps(place) { style } else { theme.dim });
}

/// The furthest of these cells, going away from the place, up to which they fit and a word is whole.
fn fits<'c>(cells: impl Iterator<Item = &'c (Span, usize)>, room: usize, text: &str) -> Option<Span> {
    let (mut used, mut whole, mut last) = (0, None, None);
    for (span, width) in cells {
        if slice(text, *span).starts_with(char::is_whitespace) {
            whole = last;
        }
        used += width;
        if used > room {
            return whole;
        }
        last = Some(*span);
    }
    last
}
