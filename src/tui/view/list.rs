//! What lies over the rest: help, palette, and other lists to choose from.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{
        App, Overlay,
        documents::{OpenDocument, Progress},
        geometry::Area,
    },
    strings::Phrase,
    theme::Theme,
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas<'_>) {
    let Some(Content { title, lines, choice, foot }) = content(app) else { return };
    let list = app.list_area();
    let frame = app.list_frame();
    if frame.width < 3 || frame.height < 1 {
        return;
    }
    let strings = &app.config.strings;
    let top = app.list_top(list.height);
    let head = theme.heading.patch(Style { bg: theme.overlay.bg, ..Style::default() });
    let more = (top > 0, lines.len() > top + usize::from(list.height));
    canvas.boxed(frame, &title, (theme.overlay, theme.dim, head), more);
    if let Some(foot) = foot.filter(|_| frame.height > 4) {
        let row = Area { y: frame.bottom() - 2, height: 1, ..frame }.inset(2, 2);
        canvas.label(row, &foot, Align::Start, theme.overlay.patch(theme.dim));
    }
    for (at, (number, Line { key, text, end })) in
        lines.iter().enumerate().skip(top).take(list.height.into()).enumerate()
    {
        let row = Area { y: list.y + at as u16, height: 1, ..list };
        let keyed = matches!(app.overlay, Overlay::Help { .. } | Overlay::Palette { .. });
        let heading = matches!(app.overlay, Overlay::Help { .. }) && key.is_empty();
        let width = match app.overlay {
            Overlay::Documents { .. } => 5,
            Overlay::Correct(_) => 8,
            _ if keyed => 22,
            _ => 14,
        }
        .min(row.width / 3);
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
        let used = if end.is_empty() {
            0
        } else {
            canvas.label(text_room, end, Align::End, theme.overlay.patch(theme.dim)) + 2
        };
        let text_room = if strings.rtl { text_room.inset(used, 0) } else { text_room.inset(0, used) };
        canvas.label(text_room, text, Align::Start, if heading { theme.heading } else { theme.overlay });
        if choice == Some(number) {
            canvas.tint(row, theme.row);
        }
    }
}

/// A line of a list.
struct Line {
    key: String,
    text: String,
    /// What stands where lines end.
    end: String,
}

/// What a list shows.
struct Content {
    title: String,
    lines: Vec<Line>,
    /// Which of them is chosen.
    choice: Option<usize>,
    /// What is said of the chosen one, below the list.
    foot: Option<String>,
}

fn content(app: &App) -> Option<Content> {
    let strings = &app.config.strings;
    let plain = |(key, text): (String, String)| Line { key, text, end: String::new() };
    let list = |title: &str, lines: Vec<(String, String)>, choice| Content {
        title: title.to_owned(),
        lines: lines.into_iter().map(plain).collect(),
        choice,
        foot: None,
    };
    Some(match &app.overlay {
        Overlay::Help { .. } => list(&strings.text(Phrase::Help), app.help(), None),
        Overlay::Palette { choice, found, .. } => {
            let lines = found.iter().map(|action| {
                let keys = super::correct::key_of(app, *action).unwrap_or_else(|| app.config.keymap.first(*action));
                (keys, strings.action(*action).to_owned())
            });
            let typed = app.typed().unwrap_or_default();
            list(&strings.text(Phrase::Palette { typed: &typed }), lines.collect(), Some(*choice))
        }
        Overlay::Documents { choice } => documents(app, *choice),
        Overlay::Correct(dialog) => {
            let (title, lines, choice) = super::correct::content(app, dialog)?;
            list(&title, lines, choice)
        }
        _ => return None,
    })
}

/// The documents: title, date, how many people are in both this one and the one that is read.
fn documents(app: &App, choice: usize) -> Content {
    let (strings, documents) = (&app.config.strings, &app.documents);
    let current = documents.current();
    let line = |(number, opened): (usize, &OpenDocument)| {
        let about = if opened.progress != Progress::Done {
            "…".to_owned()
        } else if number == current {
            strings.text(Phrase::ReadingNow)
        } else {
            match documents.in_common(current, number).len() {
                0 => String::new(),
                count => strings.text(Phrase::CommonCount { count: &app.number(count) }),
            }
        };
        let date = opened.date.as_deref().map(|date| strings.text(Phrase::Isolated { text: date })).unwrap_or_default();
        let end = [about, date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ");
        Line { key: app.number(number + 1), text: opened.label().to_owned(), end }
    };
    let common = documents.in_common(current, choice);
    let is_done = |number: usize| documents.all().get(number).is_some_and(|opened| opened.progress == Progress::Done);
    let foot = if choice == current {
        None
    } else if !is_done(current) || !is_done(choice) {
        Some(strings.text(Phrase::WhyWorking))
    } else if common.is_empty() {
        Some(strings.text(Phrase::NobodyInCommon))
    } else {
        Some(strings.text(Phrase::InCommon { names: &common.join(&strings.text(Phrase::Comma)) }))
    };
    let area = app.list_area();
    let (from, to) = (app.list_top(area.height), usize::from(area.height));
    let blank = |_| Line { key: String::new(), text: String::new(), end: String::new() };
    // Only what is seen is looked up: a folder may hold thousands.
    let seen = documents.all().iter().enumerate().skip(from).take(to).map(line);
    let lines = (0..from).map(blank).chain(seen).collect();
    Content { title: strings.text(Phrase::Documents), lines, choice: Some(choice), foot }
}
