//! What lies over the rest: help, palette, and other lists to choose from.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{App, Overlay, geometry::Area},
    theme::Theme,
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas<'_>) {
    let Some((title, lines, choice)) = content(app) else { return };
    let list = app.list_area();
    let frame = app.list_frame();
    if frame.width < 3 || frame.height < 1 {
        return;
    }
    canvas.fill(frame, theme.overlay);
    let strings = &app.look.strings;
    let head = Area { height: 1, ..frame }.inset(2, 2);
    canvas.label(head, &title, Align::Start, theme.heading.patch(Style { bg: theme.overlay.bg, ..Style::default() }));
    let top = app.list_top(list.height);
    for (at, (number, (key, text))) in lines.iter().enumerate().skip(top).take(list.height.into()).enumerate() {
        let row = Area { y: list.y + at as u16, height: 1, ..list };
        let keyed = matches!(app.overlay, Overlay::Help { .. } | Overlay::Palette { .. });
        let heading = matches!(app.overlay, Overlay::Help { .. }) && key.is_empty();
        let width = if keyed { 22.min(row.width / 3) } else { 14.min(row.width / 3) };
        let (key_room, text_room) = if heading {
            (Area::default(), row)
        } else if strings.rtl {
            let (rest, key_room) = row.columns(row.width - width);
            (key_room, rest.inset(0, 1))
        } else {
            let (key_room, rest) = row.columns(width);
            (key_room, rest.inset(1, 0))
        };
        // Keys are what the keyboard says: a bracket is not mirrored in an Arabic list.
        canvas.label(key_room, &format!("\u{2066}{key}\u{2069}"), Align::Start, theme.key);
        canvas.label(text_room, text, Align::Start, if heading { theme.heading } else { theme.overlay });
        if choice == Some(number) {
            canvas.tint(row, theme.row);
        }
    }
}

/// The title of a list, its lines as key and text, and which of them is chosen.
type Content = (String, Vec<(String, String)>, Option<usize>);

fn content(app: &App) -> Option<Content> {
    let strings = &app.look.strings;
    Some(match &app.overlay {
        Overlay::Help { .. } => (strings.get("help").to_owned(), app.help(), None),
        Overlay::Palette { line, choice, found } => {
            let lines = found.iter().map(|action| {
                let modes = crate::tui::keymap::Mode::ALL;
                let keys = modes.iter().find_map(|mode| app.look.keymap.keys(*mode, *action).first());
                (keys.map(ToString::to_string).unwrap_or_default(), strings.action(*action).to_owned())
            });
            (strings.fill("palette", &[&format!("{line}▏")]), lines.collect(), Some(*choice))
        }
        Overlay::Export { choice } => {
            let lines = app.look.formats.iter().map(|format| (format.name.clone(), format.about.clone())).collect();
            (strings.get("export").to_owned(), lines, Some(*choice))
        }
        Overlay::Documents { choice } => {
            let documents = app.library.all().iter().enumerate();
            let lines = documents.map(|(number, opened)| (app.number(number + 1), opened.label().to_owned()));
            (strings.get("documents").to_owned(), lines.collect(), Some(*choice))
        }
        _ => return None,
    })
}
