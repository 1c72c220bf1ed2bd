//! Changes of the library, one after the other: decisions, documents that are put in and taken out.

use super::Clerk;
use crate::{
    annotation::Annotations,
    cli::{
        index::{self, MAKER},
        persistence::now,
    },
    library::{Decision, Error, Library},
    text::Document,
    tui::{app::library::ask::LibraryEvent, strings::Phrase},
};
use std::sync::{Arc, mpsc::Receiver};

/// A change.
pub enum Change {
    /// Keep a decision.
    Decide(Decision),
    /// Take a decision back, which is to be the last one.
    TakeBack(Decision),
    /// Put in the document of that number, as it is open.
    Add(usize, Arc<Document>, Box<Annotations>),
    /// Take out what was put in from a source.
    TakeOut(String),
}

/// Makes changes until nobody asks for any more.
pub fn run(clerk: &Clerk, to_do: &Receiver<Change>) {
    // What an index that was broken off left is linked first; whoever writes now does it at its end.
    if let Ok(Some(_)) = Library::open(&clerk.path).and_then(|mut library| library.link()) {
        clerk.send(LibraryEvent::Changed);
    }
    for change in to_do {
        let event = match change {
            Change::Decide(decision) => {
                let decided = Library::open(&clerk.path).and_then(|mut library| library.decide(decision, now()));
                LibraryEvent::Decided(decided.map_err(|error| clerk.said(error)))
            }
            Change::TakeBack(decision) => match take_back(clerk, &decision) {
                Ok(()) => LibraryEvent::Changed,
                Err(said) => LibraryEvent::NotTakenBack(said),
            },
            Change::Add(number, document, annotations) => match add(clerk, &document, &annotations) {
                Ok(source) => LibraryEvent::Added(number, source),
                Err(said) => LibraryEvent::Fault(said),
            },
            Change::TakeOut(source) => match take_out(clerk, &source) {
                Ok(()) => LibraryEvent::Changed,
                Err(error) => LibraryEvent::Fault(clerk.said(error)),
            },
        };
        if !clerk.send(event) {
            return;
        }
    }
}

fn take_back(clerk: &Clerk, decision: &Decision) -> Result<(), String> {
    let mut library = Library::open(&clerk.path).map_err(|error| clerk.said(error))?;
    // Another program may have decided since: its decision is not this one.
    if library.decisions().made().last().map(|made| &made.decision) != Some(decision) {
        return Err(clerk.strings.text(Phrase::LibraryNotLast));
    }
    library.undo().map(drop).map_err(|error| clerk.said(error))
}

/// Puts a document in; its source, where taking that out again takes nothing else along.
fn add(clerk: &Clerk, document: &Document, annotations: &Annotations) -> Result<Option<String>, String> {
    let origin = document.origin();
    let Some(path) = &origin.path else { return Err(clerk.strings.text(Phrase::LibraryNoFile)) };
    let source = index::stat(path.as_ref());
    let part = origin.entry.as_ref().map(|entry| entry.key.clone()).unwrap_or_default();
    let meta = index::meta(document, &source.path);
    let added = (|| -> Result<Option<String>, Error> {
        let mut library = Library::create(&clerk.path)?;
        let fresh = library.sources_below(&source.path)?.is_empty();
        library.add((&source, &part), document, annotations, (&meta, MAKER))?;
        if origin.entry.is_none() {
            library.complete(&source, None, MAKER)?;
        }
        library.link()?;
        Ok(fresh.then_some(source.path))
    })();
    added.map_err(|error| clerk.said(error))
}

fn take_out(clerk: &Clerk, source: &str) -> Result<(), Error> {
    let mut library = Library::open(&clerk.path)?;
    library.remove_source(source)?;
    library.link().map(drop)
}
