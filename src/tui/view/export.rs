//! The export dialog: the formats, the first lines of the file, what it leaves out, its name.

use super::paint::{Align, Canvas};
use crate::{
    layout::{self, Direction},
    tui::{
        app::{
            App, Overlay,
            export::{ExportDialog, FORMATS, WIDE},
            geometry::Area,
        },
        strings::Phrase,
        theme::Theme,
    },
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas<'_>) {
    let Overlay::Export(dialog) = &app.overlay else { return };
    let context = app.context();
    let frame = ExportDialog::frame(&context);
    if frame.width < 8 || frame.height < 1 {
        return;
    }
    let strings = &app.config.strings;
    let on_overlay = |style: Style| style.patch(Style { bg: theme.overlay.bg, ..Style::default() });
    let list = ExportDialog::formats(&context);
    let top = dialog.top(list);
    let below = app.config.formats.len() > top + usize::from(list.height);
    canvas.boxed(
        frame,
        &strings.text(Phrase::Export),
        (theme.overlay, theme.dim, on_overlay(theme.heading)),
        (false, below),
    );
    let mut rows = frame.inset(2, 2).rows(1).1;
    let next = |rows: &mut Area| {
        let (row, rest) = rows.rows(1);
        *rows = rest;
        row
    };
    let name = strings.text(Phrase::ExportName { path: &dialog.input.shown(usize::from(app.size.0) / 2) });
    canvas.label(next(&mut rows), &name, Align::Start, on_overlay(theme.key));
    let text = said(app, dialog);
    let style = if dialog.taken.is_some() { theme.fault } else { theme.overlay };
    let (two, rest) = rows.rows(2);
    rows = rest;
    canvas.wrapped(two, &text, on_overlay(style));

    for (at, (number, format)) in app.config.formats.iter().enumerate().skip(top).take(list.height.into()).enumerate() {
        let row = Area { y: list.y + at as u16, height: 1, ..list };
        canvas.label(row, &format.name, Align::Start, theme.overlay);
        if number == dialog.choice {
            canvas.tint(row, theme.row);
        }
    }
    // Columns and brackets stay where a program reads them.
    let direction = if dialog.preview.format == "markdown" { Direction::Auto } else { Direction::Ltr };
    let room = preview_area(app, rows, list);
    for (at, line) in dialog.preview.lines.iter().take(room.height.into()).enumerate() {
        let options = layout::Options { width: usize::from(room.width).max(1), direction, ..canvas.config.layout };
        let laid = layout::line(line, &options);
        let Some(row) = laid.row(0) else { continue };
        let area = Area { y: room.y + at as u16, height: 1, ..room };
        canvas.row(area, row, row.indent(usize::from(area.width)), |_| on_overlay(theme.dim));
    }
}

/// What there is to know before the file is written.
pub fn said(app: &App, dialog: &ExportDialog) -> String {
    let strings = &app.config.strings;
    if let Some(path) = &dialog.taken {
        return strings.text(Phrase::ExportTaken { path });
    }
    let lost: Vec<String> = dialog
        .preview
        .left_out
        .iter()
        .map(|(what, count)| {
            strings.text(Phrase::Counted { what: &strings.text(*what), count: &app.config.number(*count) })
        })
        .collect();
    if lost.is_empty() {
        strings.text(Phrase::ExportWhole)
    } else {
        strings.text(Phrase::ExportLeavesOut { what: &lost.join(&strings.text(Phrase::Comma)) })
    }
}

/// What is left beside the formats, or below them.
fn preview_area(app: &App, rows: Area, list: Area) -> Area {
    let rows = Area { height: rows.height.saturating_sub(1), ..rows };
    if rows.width < WIDE {
        return rows.rows(list.height + 1).1;
    }
    if app.config.strings.rtl { rows.inset(0, FORMATS + 2) } else { rows.inset(FORMATS + 2, 0) }
}
