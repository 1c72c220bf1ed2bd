//! The plain mode, for screen readers and Braille lines: lines of text in the order in which they are read, one column,
//! no boxes, no map, no colours. The last line says what is under the cursor, and the cursor of the terminal stands on
//! what is read.
//!
//! ```text
//! App --> Sheet (lines in words) --> PlainScreen (rows, cursor) --terminal::Lines--> whole rows that have changed
//! ```

mod detail;
mod library;
mod page;
mod panel;
mod said;
mod sheet;

use super::{list, status};
use crate::tui::{
    app::{App, Overlay, export::ExportDialog, selection::Focus},
    strings::Phrase,
    tour::Tour,
};
use sheet::{Sheet, wrapped};

/// The caret of a line that is typed; the terminal's cursor stands in its place.
const CARET: char = '▏';

/// The screen of the plain mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainScreen {
    /// Its rows from the top, without blanks at their ends. The last one says what is under the cursor.
    pub rows: Vec<String>,
    /// The number of that row, where it has two columns to spare, as [`Lines`](crate::terminal::Lines) wants them.
    pub said: Option<usize>,
    /// Column and row of the cursor.
    pub cursor: (u16, u16),
}

/// Columns that the row that says what is under the cursor leaves free; none where it would have too few.
const fn spare(app: &App) -> u16 {
    if app.size.0 > 20 { 2 } else { 0 }
}

/// Puts the screen together.
#[must_use]
pub fn screen(app: &App) -> PlainScreen {
    let (columns, height) = (app.size.0, usize::from(app.size.1));
    let room = height.saturating_sub(1);
    let prompt = status::prompt(app).or_else(|| app.notice.as_ref().map(|notice| notice.text.clone()));
    let (mut rows, mut cursor, said, head) = match sheet_of(app) {
        Some(sheet) => {
            let head = sheet.head.len();
            let said = sheet.said(&app.config);
            let (rows, at) = sheet.rows(&app.config, (columns, room));
            (rows, (0, at.unwrap_or_default()), said, head)
        }
        None => {
            let (rows, cursor) = page::rows(app);
            (rows, cursor, said::under_cursor(app), 0)
        }
    };
    rows.resize(room, String::new());
    let said = prompt.unwrap_or(said);
    let typed = app.line().is_some();
    let spare = if typed { 0 } else { spare(app) };
    rows.extend(wrapped(&said, &app.config, columns - spare).into_iter().take(height.min(1)));
    rows.resize(height, String::new());
    // Where something is typed, it is read there. The text itself may have such a letter.
    let last = rows.len().saturating_sub(1);
    for (number, row) in rows.iter_mut().enumerate().filter(|(number, _)| typed && (*number < head || *number == last))
    {
        if let Some((before, after)) = row.split_once(CARET) {
            cursor = (sheet::columns(before, &app.config), number);
            *row = format!("{}{}", before.trim_end_matches('\u{200d}'), after.trim_start_matches('\u{200d}'));
            break;
        }
    }
    let within = |at: usize, size: u16| u16::try_from(at).unwrap_or(u16::MAX).min(size.saturating_sub(1));
    let said = (spare > 0 && height > 0).then_some(last);
    PlainScreen { rows, said, cursor: (within(cursor.0, app.size.0), within(cursor.1, app.size.1)) }
}

/// The rows of the tour, below the others.
#[must_use]
pub fn tour(tour: &Tour, app: &App) -> Vec<String> {
    let (asked, out) = tour.lines(&app.config);
    let mut rows = wrapped(&asked, &app.config, app.size.0);
    rows.resize(usize::from(Tour::ROWS) - 1, String::new());
    rows.push(out);
    rows
}

/// What lies over the text, or stands in its place, in lines; none where it is the text that is read.
fn sheet_of(app: &App) -> Option<Sheet> {
    if let Overlay::Export(dialog) = &app.overlay {
        return Some(export(app, dialog));
    }
    if let Some(list) = list::open(app) {
        let seen = list.top()..list.top() + usize::from(list.area.height);
        let lines = list.lines.iter().skip(seen.start).take(seen.len());
        let line = |line: &crate::tui::app::overlay::list::ListLine| {
            let parts = [&line.key, &line.text, &line.end];
            parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  ")
        };
        return Some(Sheet {
            head: vec![list.title.clone()],
            lines: lines.map(line).collect(),
            choice: Some(list.choice.map_or(0, |choice| choice.saturating_sub(seen.start))),
            place: list.choice.map(|choice| (choice, list.lines.len())),
            foot: list.foot.iter().cloned().collect(),
        });
    }
    match app.focus {
        Focus::Library => Some(library::sheet(app)),
        Focus::Panel => Some(panel::sheet(app)),
        Focus::Text => None,
    }
}

/// The formats, what the chosen one leaves out, and the beginning of the file.
fn export(app: &App, dialog: &ExportDialog) -> Sheet {
    let text = |phrase: Phrase<'_>| app.config.text(phrase);
    let name = text(Phrase::ExportName { path: &dialog.input.shown(usize::from(app.size.0) / 2) });
    let head = vec![text(Phrase::Export), name, super::export::said(app, dialog)];
    let lines: Vec<String> = app.config.formats.iter().map(|format| format.name.clone()).collect();
    let place = Some((dialog.choice, lines.len()));
    Sheet { head, lines, choice: Some(dialog.choice), place, foot: dialog.preview.lines.clone() }
}
