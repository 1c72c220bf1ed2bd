//! The list of what was found.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{
        App, Focus, Overlay,
        geometry::{Area, Areas},
        library::{Group, Opened, Progress, Target},
        panel::Line,
    },
    theme::Theme,
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    for row in areas.rule.y..areas.rule.bottom() {
        canvas.put(areas.rule.x, row, "│", theme.rule);
    }
    let selected = app.selected_line();
    let rows = app.panel.lines.iter().enumerate().skip(app.panel.top).take(usize::from(areas.panel.height));
    for (at, (number, line)) in rows.enumerate() {
        let area = Area { y: areas.panel.y + at as u16, height: 1, ..areas.panel };
        let here = selected == Some(number);
        match line {
            Line::Heading(group, shown, total) => heading(app, theme, (*group, *shown, *total), area, canvas),
            Line::Item(target) => item(app, theme, *target, area, canvas),
        }
        if here {
            let on = app.focus == Focus::Panel && matches!(app.overlay, Overlay::None | Overlay::Filter { .. });
            canvas.tint(area, if on { theme.row } else { theme.row_away });
        }
    }
}

fn heading(
    app: &App,
    theme: &Theme,
    (group, shown, total): (Group, usize, usize),
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let strings = &app.look.strings;
    let name = strings.group(group);
    let style = match group {
        Group::Kind(kind) => theme.heading.patch(Style { fg: theme.kind(kind).fg, ..Style::default() }),
        Group::Quotes => theme.heading.patch(Style { fg: theme.margin.fg, ..Style::default() }),
    };
    let folded = app.panel.folded.contains(&group);
    let arrow = match (folded, strings.rtl) {
        (false, _) => "▾",
        (true, false) => "▸",
        (true, true) => "◂",
    };
    let area = area.inset(1, 1);
    canvas.label(area, arrow, Align::Start, theme.dim);
    let count = if total == 0 {
        match app.library.here().progress {
            Progress::Done => strings.get("none-found").to_owned(),
            _ => "…".to_owned(),
        }
    } else if shown < total {
        strings.fill("of", &[&app.number(shown), &app.number(total)])
    } else {
        app.number(total)
    };
    let used = canvas.label(area, &count, Align::End, theme.dim);
    let room = if strings.rtl { area.inset(used + 1, 2) } else { area.inset(2, used + 1) };
    canvas.label(room, name, Align::Start, style);
}

fn item(app: &App, theme: &Theme, target: Target, area: Area, canvas: &mut Canvas<'_>) {
    let here = app.library.here();
    let rtl = app.look.strings.rtl;
    let (text, style, count) = match target {
        Target::Entity(id) => {
            let Some(entity) = here.annotations.entity(id) else { return };
            (entity.name.clone(), theme.kind(entity.kind), here.places(target).len())
        }
        Target::Quote(id) => {
            let Some(quote) = here.annotations.quote(id) else { return };
            let words: String = here.document.slice(quote.span).chars().take(80).collect();
            (words, theme.text, 0)
        }
        _ => return,
    };
    let area = if rtl { area.inset(1, 3) } else { area.inset(3, 1) };
    let mut used = 0;
    if count > 0 {
        used = canvas.label(area, &app.number(count), Align::End, theme.dim).max(2) + 1;
        if area.width >= 28 {
            strip(here, theme, target, if rtl { area.inset(used, 0) } else { area.inset(0, used) }, (canvas, rtl));
            used += STRIP + 1;
        }
    }
    let room = if rtl { area.inset(used, 0) } else { area.inset(0, used) };
    // Underlining a whole column of names is noise: the group says what they are.
    let style = Style { add_modifier: theme.text.add_modifier, ..style };
    canvas.label(room, &text, Align::Start, style);
}

/// Columns of the strip.
const STRIP: u16 = 8;

/// Where in the document a target is, in eight parts, from the side where lines start.
fn strip(here: &Opened, theme: &Theme, target: Target, area: Area, (canvas, rtl): (&mut Canvas<'_>, bool)) {
    let total = here.document.text().len().max(1);
    let mut counts = [0usize; STRIP as usize];
    for place in here.places(target) {
        if let Some(count) = counts.get_mut(place.start * usize::from(STRIP) / total) {
            *count += 1;
        }
    }
    let left = if rtl { area.x } else { area.right() - STRIP.min(area.width) };
    for (part, count) in counts.into_iter().enumerate() {
        let part = part as u16;
        let column = left + if rtl { STRIP - 1 - part } else { part };
        let symbol = match count {
            0 => "·",
            1 => "▂",
            2 => "▄",
            3 => "▆",
            _ => "█",
        };
        canvas.put(column, area.y, symbol, theme.dim);
    }
}
