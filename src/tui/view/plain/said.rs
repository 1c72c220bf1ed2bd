//! What is under the cursor, in one line of words.

use super::sheet::columns;
use crate::{
    annotation::QuoteKind,
    text::Span,
    tui::{
        app::{
            App,
            document::OpenDocument,
            navigation,
            selection::Selection,
            speaker::{is_doubtful, speaker},
        },
        strings::Phrase,
    },
};

/// «person ليث الحمداني, mention 2 of 4, paragraph 3 of 9»: the name, the quote or the match on which the cursor is, else
/// the names of the row; the quote in which it is; the paragraph and the page.
pub fn under_cursor(app: &App) -> String {
    let here = app.documents.here();
    let said = Said { app, here };
    let mut parts = Vec::new();
    let cursor = here.cursor;
    let row = if cursor.is_empty() { here.page.at(&here.document, cursor.start).span() } else { cursor };
    if here.document.structure().is_heading(row) || here.title.is_some_and(|title| title.overlaps(row)) {
        parts.push(app.config.text(Phrase::PlainHeading));
    }
    if here.hits.contains(&cursor) {
        let (at, total) = said.place(Selection::Hits);
        parts.push(app.config.text(Phrase::Selection { name: app.search.query.text(), at: &at, total: &total }));
    }
    let name = here.mentions_in(cursor).find(|mention| mention.span == cursor);
    if let Some(entity) = name.and_then(|mention| here.entity(mention.entity)) {
        let kind = app.config.strings.one(entity.kind);
        let (at, total) = said.place(Selection::Entity(entity.id));
        parts.push(app.config.text(Phrase::PlainName { kind, name: &entity.name, at: &at, total: &total }));
    } else {
        parts.extend(said.names(row));
    }
    parts.extend(said.quotes(cursor, row));
    parts.push(said.paragraph());
    if let Some(page) = navigation::current_page(&app.context()) {
        let (page, pages) = (app.config.number(page), app.config.number(here.document.pages().len()));
        parts.push(app.config.text(Phrase::OnPage { page: &page, pages: &pages }));
    }
    parts.retain(|part| !part.is_empty());
    // One line of it: what matters less goes first where there is no room.
    let comma = app.config.text(Phrase::Comma);
    let room = usize::from(app.size.0 - super::spare(app));
    while parts.len() > 1 && columns(&parts.join(&comma), &app.config) > room {
        parts.pop();
    }
    parts.join(&comma)
}

/// What is said, of a document.
struct Said<'a> {
    app: &'a App,
    here: &'a OpenDocument,
}

impl Said<'_> {
    /// Which of the places of something the cursor is on, and of how many.
    fn place(&self, target: Selection) -> (String, String) {
        let places = self.here.places(target);
        let at = places.iter().position(|place| *place == self.here.cursor).unwrap_or_default();
        (self.app.config.number(at + 1), self.app.config.number(places.len()))
    }

    /// The names of a row, each with its kind.
    fn names(&self, row: Span) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for mention in self.here.mentions_in(row) {
            if let Some(entity) = self.here.entity(mention.entity) {
                let kind = self.app.config.strings.one(entity.kind);
                let name = self.app.config.text(Phrase::PlainNamed { kind, name: &entity.name });
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        (!names.is_empty()).then(|| names.join(&self.app.config.text(Phrase::Comma)))
    }

    /// The quotes of a row with those who say them; of the one that is the cursor, which of how many.
    fn quotes(&self, cursor: Span, row: Span) -> Vec<String> {
        let config = &self.app.config;
        let mut parts = Vec::new();
        for quote in self.here.quotes_in(row) {
            let kind = if quote.kind == QuoteKind::Direct { Phrase::DirectQuote } else { Phrase::IndirectQuote };
            let kind = config.text(kind);
            if quote.span == cursor {
                let all = &self.here.annotations.quotes;
                let at = all.iter().filter(|other| other.span.start <= quote.span.start).count();
                let (at, total) = (config.number(at), config.number(all.len()));
                parts.push(config.text(Phrase::Selection { name: &kind, at: &at, total: &total }));
            } else {
                parts.push(kind);
            }
            let by = speaker(self.here, quote);
            parts.push(match by {
                _ if is_doubtful(self.here, quote) => config.text(Phrase::SpeakerInDoubt),
                Some(name) => config.text(Phrase::QuoteOf { name }),
                None => config.text(Phrase::NoSpeaker),
            });
        }
        parts
    }

    /// Which paragraph, of those that have words.
    fn paragraph(&self) -> String {
        let Some((at, total)) = self.here.paragraphs.at(&self.here.document, self.here.cursor.start) else {
            return String::new();
        };
        let (at, total) = (self.app.config.number(at), self.app.config.number(total));
        self.app.config.text(Phrase::PlainParagraph { at: &at, total: &total })
    }
}
