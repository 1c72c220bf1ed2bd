//! A search over all open documents: the one that is read first, the others when no key waits, piece by piece.

use super::scan::Scan;
use crate::tui::app::{
    context::Context,
    documents::Documents,
    overlay::list::{List, ListLine},
};
use crate::tui::strings::Phrase;

/// Documents that are scanned before the next key is looked at: a document is an article, mostly.
const AT_ONCE: usize = 8;

/// The search of the documents that are not read.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// The document that is scanned next.
    next: usize,
    /// The scan that is under way in it.
    scan: Option<Scan>,
    /// Whether anything is left.
    busy: bool,
}

impl Others {
    /// Begins anew: what was found before is forgotten.
    pub fn begin(&mut self, documents: &mut Documents) {
        *self = Self { busy: true, ..Self::default() };
        for document in documents.all_mut() {
            document.hits.clear();
        }
    }

    /// Whether anything is left to scan.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.busy
    }

    /// Gives up.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Scans a little more; `scan` makes the scan of a document.
    pub fn advance(&mut self, documents: &mut Documents, scan: impl Fn() -> Option<Scan>) {
        for _ in 0..AT_ONCE {
            let current = documents.current();
            let number = self.next;
            let Some(document) = documents.get_mut(number) else {
                self.stop();
                return;
            };
            // The one that is read has a scan of its own.
            if number == current {
                self.next += 1;
                continue;
            }
            if self.scan.is_none() {
                document.hits.clear();
                self.scan = scan();
            }
            let more = self.scan.as_mut().is_some_and(|scan| scan.advance(&document.document, &mut document.hits));
            if !more {
                (self.scan, self.next) = (None, self.next + 1);
            }
        }
    }
}

/// The documents in which something was found, and how often.
#[must_use]
pub fn found(documents: &Documents) -> Vec<(usize, usize)> {
    let counts = documents.all().iter().enumerate().map(|(number, document)| (number, document.hits.len()));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// Lines of the list.
const LINES: usize = 8;

/// The documents in which something was found, as a list.
#[must_use]
pub fn list(choice: usize, context: &Context<'_>) -> List {
    let all = context.documents.all();
    let found = found(context.documents);
    let list = List { keys: 6, choice: Some(choice), ..List::in_the_corner(LINES, context) };
    let (top, height) = (list.top(), usize::from(list.area.height));
    let line = |(at, &(number, count)): (usize, &(usize, usize))| {
        // Only what is seen is looked up.
        let seen = (top..=top + height).contains(&at);
        let label = all.get(number).filter(|_| seen).map(|document| document.label().to_owned()).unwrap_or_default();
        ListLine::new(context.number(count), label)
    };
    let hits: usize = found.iter().map(|found| found.1).sum();
    let (count, documents) = (context.number(hits), context.number(found.len()));
    let title = context.text(Phrase::HitsIn { count: &count, documents: &documents });
    List { title, lines: found.iter().enumerate().map(line).collect(), ..list }
}
