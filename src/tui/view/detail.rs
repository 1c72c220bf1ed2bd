//! What is known of the selection: other names, roles, every mention in its context, what they said.

use super::paint::{Align, Canvas};
use crate::{
    annotation::{Entity, Quote, QuoteKind},
    layout::{self, Direction},
    text::{Span, ceil, floor},
    tui::{
        app::{
            App,
            geometry::{Area, Areas},
            library::Target,
        },
        theme::Theme,
    },
};
use ratatui::style::Style;

/// Draws line by line, from the top.
struct Pen<'c, 'b, 't> {
    area: Area,
    canvas: &'c mut Canvas<'b>,
    theme: &'t Theme,
}

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    if areas.detail.height < 3 || areas.detail.width < 8 {
        return;
    }
    let mut area = areas.detail;
    if areas.detail.x == areas.panel.x {
        for column in area.x..area.right() {
            canvas.put(column, area.y, "─", theme.rule);
        }
        area = area.rows(1).1.inset(1, 1);
    }
    let mut pen = Pen { area, canvas, theme };
    let here = app.library.here();
    match here.selected {
        Some(Target::Entity(id)) => {
            if let Some(entity) = here.annotations.entity(id) {
                draw_entity(app, entity, &mut pen);
            }
        }
        Some(Target::Quote(id)) => {
            if let Some(quote) = here.annotations.quote(id) {
                draw_quote(app, quote, &mut pen);
            }
        }
        Some(Target::Hits) => {
            pen.line(&app.look.strings.fill("hits", &[&app.number(here.hits.len())]), theme.heading);
            for hit in &here.hits {
                pen.context(app, *hit, theme.hit);
            }
        }
        Some(Target::Group(_)) | None => pen.wrapped(app.look.strings.get("detail-hint"), theme.dim),
    }
}

fn draw_entity(app: &App, entity: &Entity, pen: &mut Pen<'_, '_, '_>) {
    let (here, strings, theme) = (app.library.here(), &app.look.strings, pen.theme);
    pen.line(&entity.name, theme.kind(entity.kind));
    for role in entity.roles.iter().take(2) {
        pen.line(&role.text, theme.text);
    }
    if !entity.aliases.is_empty() {
        let comma = strings.get("comma");
        pen.line(&strings.fill("also", &[&entity.aliases.join(comma)]), theme.dim);
    }
    let places = here.places(Target::Entity(entity.id));
    pen.line(&strings.fill("mentions", &[&app.number(places.len())]), theme.heading);
    let current = places.iter().position(|place| *place == here.cursor);
    let said = here.index.said.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
    // Half of the room for what they said, where there is something.
    let room = usize::from(pen.area.height);
    let rows = if said.is_empty() { room } else { room - (said.len() + 1).min(room / 2) };
    let from = current.unwrap_or_default().saturating_sub(rows.saturating_sub(1));
    for place in places.iter().skip(from).take(rows) {
        pen.context(app, *place, if *place == here.cursor { theme.current } else { theme.kind(entity.kind) });
    }
    if !said.is_empty() {
        pen.line(&strings.fill("said", &[&app.number(said.len())]), theme.heading);
        for quote in said.iter().filter_map(|id| here.annotations.quote(*id)) {
            pen.line(here.document.slice(first_of(app, quote.span)), theme.quote);
        }
    }
}

fn draw_quote(app: &App, quote: &Quote, pen: &mut Pen<'_, '_, '_>) {
    let (here, strings, theme) = (app.library.here(), &app.look.strings, pen.theme);
    let kind = if quote.kind == QuoteKind::Direct { "direct-quote" } else { "indirect-quote" };
    pen.line(strings.get(kind), theme.heading);
    let speaker = quote.speaker.as_ref();
    match speaker.and_then(|speaker| here.annotations.entity(speaker.entity?)) {
        Some(entity) => pen.line(&entity.name, theme.kind(entity.kind)),
        None => {
            let words = speaker.map(|speaker| here.document.slice(speaker.span));
            pen.line(words.unwrap_or_else(|| strings.get("no-speaker")), theme.text);
        }
    }
    if let Some(cue) = quote.cue {
        pen.line(&strings.fill("cue", &[here.document.slice(cue)]), theme.dim);
    }
    pen.wrapped(here.document.slice(quote.span), theme.quote);
}

/// The beginning of a long span: more than a row can show.
fn first_of(app: &App, span: Span) -> Span {
    let text = app.library.here().document.text();
    Span::new(span.start, floor(text, span.end.min(span.start + 400)))
}

/// Bytes of text on either side of a mention that are looked at for its context.
const AROUND: usize = 240;

impl Pen<'_, '_, '_> {
    fn next(&mut self) -> Option<Area> {
        let (row, rest) = self.area.rows(1);
        self.area = rest;
        (row.height > 0).then_some(row)
    }

    fn line(&mut self, text: &str, style: Style) {
        if let Some(row) = self.next() {
            self.canvas.label(row, text, Align::Start, style);
        }
    }

    /// A text on as many rows as it needs.
    fn wrapped(&mut self, text: &str, style: Style) {
        let width = usize::from(self.area.width);
        let options = layout::Options { width, direction: Direction::Auto, ..self.canvas.look.layout };
        for line in text.lines() {
            let laid = layout::paragraph(line, 0, &options, &[]);
            for row in laid.iter() {
                let Some(area) = self.next() else { return };
                self.canvas.row(area, row, row.indent(width), |_| style);
            }
        }
    }

    /// A place in the text with what is around it, the place in the middle of the row, so that the rows align.
    fn context(&mut self, app: &App, place: Span, style: Style) {
        let Some(area) = self.next() else { return };
        let here = app.library.here();
        let text = here.document.text();
        let paragraph = here.document.paragraph_at(place.start);
        let from = ceil(text, place.start.saturating_sub(AROUND).max(paragraph.start));
        let to = floor(text, (place.end + AROUND).min(paragraph.end));
        let options = layout::Options {
            width: usize::MAX >> 16,
            direction: if here.rtl { Direction::Rtl } else { Direction::Ltr },
            ..self.canvas.look.layout
        };
        let laid =
            layout::paragraph(here.document.slice(Span::new(from, to)), from, &options, &[place.start, place.end]);
        let (Some(row), Some(run)) = (laid.row(0), laid.rows(place).first().cloned()) else { return };
        let middle = (run.columns.start + run.columns.end) / 2;
        let half = usize::from(area.width) / 2;
        let dim = self.theme.dim;
        // Cut out of the one long row, in visual order: each cell where it is seen.
        for cell in row.cells().filter(|cell| cell.width > 0) {
            let Some(column) = (cell.column + half).checked_sub(middle) else { continue };
            if column + cell.width <= usize::from(area.width) {
                let look = if cell.source.overlaps(place) { style } else { dim };
                self.canvas.put(area.x + column as u16, area.y, cell.symbol, look);
            }
        }
    }
}
