//! What lies over the rest: help, palette, and other lists to choose from.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{
        App, Overlay,
        geometry::Area,
        overlay::list::{List, ListLine},
        search::everywhere,
    },
    theme::Theme,
};
use ratatui::style::Style;

/// The list that lies over the rest: that of the overlay, or the documents in which something was found.
pub fn open(app: &App) -> Option<List> {
    let searched = || {
        let all =
            matches!(app.overlay, Overlay::Search) && app.search.everywhere && !app.search.query.text().is_empty();
        all.then(|| everywhere::list(app.search.choice, &app.context()))
    };
    app.overlay.list(&app.context()).or_else(searched)
}

pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas<'_>) {
    let Some(list) = open(app) else { return };
    let frame = list.frame;
    if frame.width < 3 || frame.height < 1 {
        return;
    }
    let top = list.top();
    let head = theme.heading.patch(Style { bg: theme.overlay.bg, ..Style::default() });
    let more = (top > 0, list.lines.len() > top + usize::from(list.area.height));
    canvas.boxed(frame, &list.title, (theme.overlay, theme.dim, head), more);
    if let Some(foot) = list.foot.as_ref().filter(|_| frame.height > 4) {
        let row = Area { y: frame.bottom() - 2, height: 1, ..frame }.inset(2, 2);
        canvas.label(row, foot, Align::Start, theme.overlay.patch(theme.dim));
    }
    let seen = list.lines.iter().enumerate().skip(top).take(list.area.height.into());
    for (at, (number, line)) in seen.enumerate() {
        let row = Area { y: list.area.y + at as u16, height: 1, ..list.area };
        draw_line(line, &list, theme, (row, canvas));
        if list.choice == Some(number) {
            canvas.tint(row, theme.row);
        }
    }
}

fn draw_line(line: &ListLine, list: &List, theme: &Theme, (row, canvas): (Area, &mut Canvas<'_>)) {
    let rtl = canvas.config.strings.rtl;
    let heading = list.headed && line.key.is_empty();
    let width = list.keys.min(row.width / 3);
    let (key_room, text_room) = if heading {
        (Area::default(), row)
    } else if rtl {
        let (rest, key_room) = row.columns(row.width - width);
        (key_room, rest.inset(0, 1))
    } else {
        let (key_room, rest) = row.columns(width);
        (key_room, rest.inset(1, 0))
    };
    // Keys are what the keyboard says: a bracket is not mirrored in an Arabic list.
    canvas.label(key_room, &format!("\u{2066}{}\u{2069}", line.key), Align::Start, theme.key);
    let used = if line.end.is_empty() {
        0
    } else {
        canvas.label(text_room, &line.end, Align::End, theme.overlay.patch(theme.dim)) + 2
    };
    let text_room = if rtl { text_room.inset(used, 0) } else { text_room.inset(0, used) };
    canvas.label(text_room, &line.text, Align::Start, if heading { theme.heading } else { theme.overlay });
}
