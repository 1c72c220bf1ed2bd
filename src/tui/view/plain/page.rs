//! The rows of the article, and where among them the cursor is.

use super::sheet::{words, wrapped};
use crate::tui::{
    app::{
        App,
        document::{Progress, reading::ScreenLine},
    },
    strings::Phrase,
    view::panel,
};

/// The rows, and column and row of the cursor: where it is not on the screen, the first row is read.
pub fn rows(app: &App) -> (Vec<String>, (usize, usize)) {
    let here = app.documents.here();
    if here.document.text().trim().is_empty() {
        let text = match (&here.fault, here.progress) {
            (Some(fault), _) => fault.clone(),
            (None, Progress::Loading) => app.config.text(Phrase::Loading),
            _ => panel::empty_document(app),
        };
        return (wrapped(&text, &app.config, app.size.0), (0, 0));
    }
    let read = here.page.at(&here.document, here.cursor.start).span();
    let mut cursor = (0, 0);
    let lines = here.lines(app.context().window());
    let row = |(number, line): (usize, &ScreenLine)| {
        let ScreenLine::Text(placed) = line else { return String::new() };
        let Some(row) = placed.row() else { return String::new() };
        let (text, places) = words(row, app.config.order);
        if placed.span() == read {
            let on_it = places.iter().find(|(_, source)| source.end > here.cursor.start);
            cursor = (on_it.map_or(0, |place| place.0), number);
        }
        text
    };
    (lines.iter().enumerate().map(row).collect(), cursor)
}
