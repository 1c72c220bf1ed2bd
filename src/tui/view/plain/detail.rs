//! What is known of the selection, in words.

use super::sheet::words;
use crate::{
    text::{Span, ceil, floor},
    tui::{
        app::{App, detail::DetailRow},
        strings::Phrase,
    },
};

/// Bytes of text on either side of a place that are said with it.
const AROUND: usize = 60;

/// A line each.
pub fn lines(app: &App) -> Vec<String> {
    app.detail.rows(&app.context()).iter().map(|row| line(app, row)).collect()
}

fn line(app: &App, row: &DetailRow) -> String {
    let here = app.documents.here();
    match row {
        DetailRow::Name(kind, text) => {
            app.config.text(Phrase::PlainNamed { kind: app.config.strings.one(*kind), name: text })
        }
        DetailRow::Text(text) | DetailRow::Aside(text) | DetailRow::Heading(text) => text.clone(),
        DetailRow::Words(speaker, span) => {
            let says = speaker.as_ref().map(|name| app.config.text(Phrase::Says { name }));
            let parts: Vec<&str> = says.as_deref().into_iter().chain([here.document.slice(*span)]).collect();
            parts.join(" ")
        }
        DetailRow::Place(span, _) => around(app, *span),
        DetailRow::Piece { text, row, .. } => {
            text.row(*row).map(|row| words(row, app.config.order).0).unwrap_or_default()
        }
        DetailRow::Document(_, name, count) => {
            app.config.text(Phrase::PlainCount { what: name, count: &app.config.number(*count) })
        }
    }
}

/// A place with whole words around it.
fn around(app: &App, place: Span) -> String {
    let document = &app.documents.here().document;
    let (text, paragraph) = (document.text(), document.paragraph_at(place.start));
    let from = ceil(text, place.start.saturating_sub(AROUND).max(paragraph.start));
    let to = floor(text, (place.end + AROUND).min(paragraph.end)).max(place.end);
    let before = document.slice(Span::new(from, place.start));
    let after = document.slice(Span::new(place.end, to));
    let before = if from > paragraph.start { before.split_once(' ').map_or("", |words| words.1) } else { before };
    let after = if to < paragraph.end { after.rsplit_once(' ').map_or("", |words| words.0) } else { after };
    format!("{before}{}{after}", document.slice(place)).trim().to_owned()
}
