//! The store's file, `"format": "rawi-store/1"`: JSON, with offsets in bytes of the text that `text` is the hash of.
//!
//! Left out: what the extractor found (it is found again), and the text itself. Keys may be added without a new number;
//! whoever changes the meaning of one raises the number and keeps reading the old.

use super::{Anchor, Error, Memory, Orphan, View, anchor, hash};
use crate::annotation::{Annotations, Past};
use crate::text::{Document, Span};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FORMAT: &str = "rawi-store/1";

#[derive(Serialize, Deserialize)]
struct Stored {
    format: String,
    /// SHA-256 of the text.
    text: String,
    /// The path, for people who look into the directory.
    path: Option<String>,
    annotations: Annotations,
    anchors: Vec<Anchor>,
    #[serde(default)]
    orphans: Vec<Orphan>,
    #[serde(default)]
    view: View,
    /// What stands at the position and at each bookmark, in their order.
    #[serde(default)]
    places: Vec<Anchor>,
    /// Hashes of the stores of other texts of the document whose content is in here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    includes: Vec<String>,
    /// The last corrections, each with what was decided before it.
    #[serde(default, skip_serializing_if = "Past::is_empty")]
    past: Past,
}

/// # Errors
/// Where the memory cannot be written as JSON, which would be a fault of rawi.
pub(super) fn write(document: &Document, text: &str, memory: &Memory) -> Result<Vec<u8>, Error> {
    let annotations = memory.annotations.decided();
    let anchors = anchor::spans(&annotations).into_iter().map(|span| Anchor::new(document, span)).collect();
    let offsets = std::iter::once(memory.view.position).chain(memory.view.bookmarks.values().copied());
    let stored = Stored {
        format: FORMAT.to_owned(),
        text: text.to_owned(),
        path: document.origin().path.clone(),
        annotations,
        anchors,
        orphans: memory.orphans.clone(),
        view: memory.view.clone(),
        places: offsets.map(|offset| Anchor::new(document, line(document, offset))).collect(),
        includes: memory.includes.clone(),
        past: memory.past.clone(),
    };
    serde_json::to_vec_pretty(&stored).map_err(|error| Error::Unwritable(error.to_string()))
}

/// The first letters at an offset, up to the line's end.
fn line(document: &Document, offset: usize) -> Span {
    let end = document.paragraph_at(offset).end;
    Span::new(offset, crate::text::floor(document.text(), end.min(offset + 16)))
}

pub(super) fn read(path: &Path, bytes: &[u8], document: &Document) -> Result<Memory, Error> {
    #[derive(Deserialize)]
    struct Version {
        format: String,
    }
    let corrupt = |reason: String| Error::Corrupt { path: path.to_owned(), reason };
    let version: Version = serde_json::from_slice(bytes).map_err(|error| corrupt(error.to_string()))?;
    if version.format != FORMAT {
        let number = version.format.strip_prefix("rawi-store/").and_then(|number| number.parse::<u32>().ok());
        return Err(match number {
            Some(number) if number > 1 => Error::Later { path: path.to_owned(), version: version.format },
            _ => corrupt(format!("its format is “{}”", version.format)),
        });
    }
    let mut stored: Stored = serde_json::from_slice(bytes).map_err(|error| corrupt(error.to_string()))?;
    let same = stored.text == hash(document.text().as_bytes());
    if same && anchor::spans(&stored.annotations).iter().any(|&span| document.text().get(span.range()).is_none()) {
        return Err(corrupt("a place is not in the text".to_owned()));
    }
    let inside = |span: &Span| document.text().get(span.range()).is_some();
    let past = stored.past;
    let sound = same && past.iter().all(|one| anchor::spans(&one.before).iter().all(inside));
    let past = if sound { past } else { Past::default() };
    let mut view = stored.view;
    let orphans = if same {
        stored.orphans
    } else {
        let mut places = stored.places.iter().map(|place| place.find(document).map(|span| span.start));
        let length = document.text().len();
        let mut place = |offset: usize| {
            places.next().flatten().unwrap_or_else(|| crate::text::floor(document.text(), offset.min(length)))
        };
        view.position = place(view.position);
        view.bookmarks.values_mut().for_each(|offset| *offset = place(*offset));
        anchor::rebase(&mut stored.annotations, &stored.anchors, document, stored.orphans)
    };
    let brought = !same && stored.annotations != Annotations::default();
    Ok(Memory { annotations: stored.annotations, orphans, view, brought, includes: stored.includes, past })
}
