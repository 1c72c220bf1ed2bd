//! The article: its rows, the marks beside quotes, and the map of the document.

use super::{paint::Canvas, panel};
use crate::{
    annotation::QuoteKind,
    layout::Placed,
    text::{Address, Span, addresses},
    tui::{
        app::{
            App, Overlay,
            correct::describe::is_unsure,
            document::{OpenDocument, Progress, reading::ScreenLine},
            geometry::{Area, Areas},
            selection::{Group, Selection},
            speaker::{is_doubtful, speaker, speaker_short, unknown},
            verdict,
        },
        strings::Phrase,
        theme::Theme,
    },
};
use ratatui::style::Style;

/// A stretch of the text and its style, later ones over earlier ones.
type Layer = (Span, Style);

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    if areas.page.width == 0 {
        return;
    }
    let here = app.documents.here();
    if here.document.text().trim().is_empty() {
        let text = match (&here.fault, here.progress) {
            (Some(fault), _) => fault.clone(),
            (None, Progress::Loading) => app.config.text(Phrase::Loading),
            _ => panel::empty_document(app),
        };
        canvas.wrapped(areas.page, &text, theme.dim);
    }
    let window = app.context().window();
    let (lines, seen) = (here.lines(window), here.seen(window));
    let layers = layers(app, theme, seen);
    let links = if app.config.links { addresses(here.document.text(), seen) } else { Vec::new() };
    for (number, line) in lines.iter().enumerate() {
        let y = areas.page.y + number as u16;
        let ScreenLine::Text(placed) = line else {
            let above = number.checked_sub(1).and_then(|above| lines.get(above));
            let below = lines.get(number + 1);
            if let (Some(ScreenLine::Text(above)), Some(ScreenLine::Text(below))) = (above, below) {
                let inside = |quote: Span| quote.overlaps(above.span()) && quote.overlaps(below.span());
                if let Some(quote) = here.quotes_in(above.span()).find(|quote| inside(quote.span)) {
                    let symbol = if quote.kind == QuoteKind::Direct { "│" } else { "╎" };
                    canvas.put(areas.margin.x, y, symbol, theme.margin);
                }
            }
            continue;
        };
        text_row(Area { y, height: 1, ..areas.page }, placed, (here, theme), (&layers, &links), canvas);
        quote_mark(app, theme, areas, (placed.span(), y), canvas);
    }
    map(app, theme, areas.map, seen, canvas);
}

fn text_row(
    pane: Area,
    placed: &Placed,
    (here, theme): (&OpenDocument, &Theme),
    (layers, links): (&[Layer], &[(Span, Address)]),
    canvas: &mut Canvas<'_>,
) {
    let Some(row) = placed.row() else { return };
    let title = here.title.is_some_and(|title| title.overlaps(row.span()));
    let heading = || here.document.structure().is_heading(row.span());
    let base = if title || heading() { theme.title } else { theme.text };
    let near: Vec<Layer> = layers.iter().filter(|layer| layer.0.overlaps(row.span())).copied().collect();
    let indent = row.indent(usize::from(pane.width));
    let style =
        |source| near.iter().filter(|layer| layer.0.overlaps(source)).fold(base, |style, layer| style.patch(layer.1));
    canvas.row_with_links(pane, row, indent, (style, links));
}

/// What is on the screen and how it looks, the most important last.
fn layers(app: &App, theme: &Theme, seen: Span) -> Vec<Layer> {
    let here = app.documents.here();
    let look = |kind| if kind == QuoteKind::Direct { theme.quote } else { theme.quote.patch(theme.indirect) };
    let mut layers: Vec<Layer> = here.quotes_in(seen).map(|quote| (quote.span, look(quote.kind))).collect();
    let is_name = here.mentions_in(here.cursor).any(|mention| mention.span == here.cursor);
    let is_quote = here.quotes_in(here.cursor).any(|quote| quote.span == here.cursor);
    let is_hit = here.hits.contains(&here.cursor);
    if !is_name && !is_quote && !is_hit {
        layers.push((here.cursor, theme.cursor));
    }
    if let Some(target @ Selection::Quote(_)) = here.selected {
        layers.extend(near(here.places(target), seen).map(|span| (span, theme.selected)));
    }
    for mention in here.mentions_in(seen) {
        let entity = here.index.entities.get(&mention.entity).and_then(|&at| here.annotations.entities.get(at));
        if let Some(entity) = entity {
            layers.push((mention.span, theme.kind(entity.kind)));
            if is_unsure(mention.provenance, mention.confidence) {
                layers.push((mention.span, theme.unsure));
            }
        }
    }
    layers.extend(near(&here.hits, seen).map(|hit| (hit, theme.hit)));
    if let Some(target @ (Selection::Entity(_) | Selection::Group(_))) = here.selected {
        layers.extend(near(here.places(target), seen).map(|span| (span, theme.selected)));
    }
    if is_name || is_hit {
        layers.push((here.cursor, theme.current));
    }
    layers.extend(app.marked.map(|marked| (marked, theme.marked)));
    if let Overlay::Span(marker) = app.overlay {
        layers.extend(marker.letter(&app.context()).map(|letter| (letter, theme.current)));
    }
    layers
}

/// The spans that share a byte with what is seen. They are sorted, and none of them is long.
fn near(spans: &[Span], seen: Span) -> impl Iterator<Item = Span> + '_ {
    let first = spans.partition_point(|span| span.start < seen.start).saturating_sub(8);
    let near = spans.get(first..).unwrap_or_default().iter().take_while(move |span| span.start < seen.end);
    near.copied().filter(move |span| span.overlaps(seen))
}

fn quote_mark(app: &App, theme: &Theme, areas: &Areas, (row, y): (Span, u16), canvas: &mut Canvas<'_>) {
    let here = app.documents.here();
    let Some(quote) = here.quotes_in(row).last() else { return };
    let chosen = here.selected == Some(Selection::Quote(quote.id));
    let unsure = is_unsure(quote.provenance, quote.confidence);
    let symbol = match (chosen, unsure, quote.kind) {
        (true, true, _) => "┇",
        (false, true, _) => "┆",
        (true, false, QuoteKind::Direct) => "┃",
        (false, false, QuoteKind::Direct) => "│",
        (true, false, QuoteKind::Indirect) => "╏",
        (false, false, QuoteKind::Indirect) => "╎",
    };
    let checked = here.checked.of(quote.id);
    let sign = checked.filter(|_| row.contains(quote.span.start)).map(verdict::sign);
    if areas.margin.width > 0 {
        let style = if sign.is_some() { theme.key } else { theme.margin };
        canvas.put(areas.margin.x, y, sign.unwrap_or(symbol), style);
    }
    if !row.contains(quote.span.start) || areas.speakers.width < 3 {
        return;
    }
    let room = Area { y, height: 1, ..areas.speakers }.inset(1, 1);
    let doubt = is_doubtful(here, quote).then(|| unknown(app.config.strings.rtl));
    let word = checked.map(|checked| app.config.text(verdict::short(checked)));
    let whole = doubt.or_else(|| speaker(here, quote)).filter(|name| canvas.width(name) <= room.width);
    if let Some(name) = word.as_deref().or(whole).or_else(|| speaker_short(here, quote)) {
        // Next to the mark: at the end of the room that touches the margin.
        let laid = canvas.lay(name, room.width);
        let Some(label) = laid.row(0) else { return };
        let width = label.width() as u16;
        let x = if here.rtl { room.x } else { room.right() - width };
        canvas.row(Area { x, width, ..room }, label, 0, |_| theme.dim);
    }
}

/// A quote in the map.
const QUOTE: &str = "╵";

/// The map: what is seen of the document, and where the selection, the hits and the quotes are.
fn map(app: &App, theme: &Theme, area: Area, seen: Span, canvas: &mut Canvas<'_>) {
    let here = app.documents.here();
    let (total, height) = (here.document.text().len().max(1), usize::from(area.height));
    // Where everything is on the screen, the map would only repeat it.
    let whole = seen.start == 0 && here.document.slice(Span::new(seen.end, total)).trim().is_empty();
    if area.width == 0 || height == 0 || whole {
        return;
    }
    let slot = |offset: usize| (offset.min(total - 1) * height / total).min(height.saturating_sub(1));
    let (first, last) = (slot(seen.start), slot(seen.end.saturating_sub(1)));
    let mut marks: Vec<Option<(&str, Style)>> = vec![None; height];
    let mut put = |spans: &[Span], symbol: &'static str, style: Style| {
        for span in spans {
            if let Some(mark) = marks.get_mut(slot(span.start)) {
                *mark = Some((symbol, style));
            }
        }
    };
    put(here.places(Selection::Group(Group::Quotes)), QUOTE, theme.margin);
    put(&here.hits, "•", theme.key);
    if let Some(target) = here.selected {
        let style = match target {
            Selection::Entity(id) => here.annotations.entity(id).map(|entity| theme.kind(entity.kind)),
            _ => None,
        };
        put(here.places(target), "■", Style { fg: style.unwrap_or(theme.key).fg, ..Style::default() });
    }
    for (index, mark) in marks.into_iter().enumerate() {
        let y = area.y + index as u16;
        let inside = (first..=last).contains(&index);
        // Quotes may be everywhere: what is seen has to stand out among them.
        let mark = mark.filter(|mark| !inside || mark.0 != QUOTE);
        let (symbol, style) = mark.unwrap_or((if inside { "┃" } else { " " }, theme.text));
        canvas.put(area.x, y, symbol, style);
        if inside {
            canvas.tint(Area { y, height: 1, ..area }, Style { bg: theme.cursor.bg, ..Style::default() });
        }
    }
}
