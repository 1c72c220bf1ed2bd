//! A document of the library, read from its source again: with headings and pages, which the library does not keep. The
//! library's own text is shown where the source is gone, cannot be read, or says something else now, because places are
//! of that text.

use crate::{
    library::browse::Stored,
    source::{self, Options},
    text::{Document, Entry, Offsets, Origin, Span, Unit},
    tui::app::library::ask::{Reading, Remark},
};
use std::{fs, path::Path, sync::Arc};

/// Sources of more bytes are not read again: a file of so many articles has no more to say of one than the library has.
const LARGE: u64 = 32 << 20;

/// Reads a document at a place, in code points.
pub fn read(stored: Stored, place: (usize, usize), options: &Options) -> Reading {
    let (document, remark) = again(&stored, options);
    let place = Offsets::new(document.text(), Unit::CodePoint).to_span(place).unwrap_or_else(|| Span::new(0, 0));
    let (number, date) = (stored.article.number, stored.article.date);
    Reading { number, document: Arc::new(document), date, place, remark }
}

fn again(stored: &Stored, options: &Options) -> (Document, Option<Remark>) {
    let path = Path::new(&stored.path);
    // An address is not asked again: nothing leaves the machine unless somebody says so.
    if source::is_address(path) || stored.path == "-" {
        return (kept(stored), None);
    }
    let Ok(size) = fs::metadata(path).map(|data| data.len()) else {
        return (kept(stored), Some(Remark::Gone));
    };
    if stored.is_result || size > LARGE {
        return (kept(stored), None);
    }
    let Ok(documents) = source::read_all(path, options) else { return (kept(stored), Some(Remark::Unreadable)) };
    let same = |document: &Document| document.text() == stored.text;
    match documents.into_iter().find(same) {
        Some(document) => (placed(document, stored), None),
        None => (kept(stored), Some(Remark::Changed)),
    }
}

/// The document as the library has it.
fn kept(stored: &Stored) -> Document {
    let path = Some(stored.path.clone());
    let id = if stored.part.is_empty() { &stored.article.name } else { &stored.part };
    placed(Document::new(id.as_str(), stored.text.as_str(), Origin { path, ..Origin::default() }), stored)
}

/// The document with its place in its source, by which corrections are kept.
fn placed(document: Document, stored: &Stored) -> Document {
    if stored.part.is_empty() {
        return document;
    }
    document.with_entry(Entry { container: stored.path.clone(), key: stored.part.clone() })
}
