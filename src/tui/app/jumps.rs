//! The places from which the reader jumped, to go back to.

use super::{library::spot::Spot, selection::Selection};
use crate::text::Span;

/// A place in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The number of the document.
    pub document: usize,
    /// The first byte of the topmost row.
    pub top: usize,
    /// What the cursor was on.
    pub cursor: Span,
    /// What was selected.
    pub selected: Option<Selection>,
    /// Where in the library, where that is what was shown.
    pub spot: Option<Spot>,
}

/// The places from which the reader jumped, and how far they went back.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    places: Vec<Location>,
    /// The place to go back to is the one before this.
    at: usize,
}

/// As many are kept.
const JUMPS: usize = 100;

impl Jumps {
    /// Remembers a place that is being left; what was ahead is forgotten.
    pub fn leave(&mut self, place: Location) {
        self.places.truncate(self.at);
        if self.places.last() != Some(&place) {
            self.places.push(place);
        }
        if self.places.len() > JUMPS {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before this one, and `now` is remembered to come forward to.
    pub fn back(&mut self, now: Location) -> Option<Location> {
        if self.at == self.places.len() {
            self.places.push(now);
        }
        self.at = self.at.checked_sub(1)?;
        self.places.get(self.at).copied()
    }

    /// The place from which the reader went back.
    pub fn forward(&mut self) -> Option<Location> {
        let place = self.places.get(self.at + 1).copied()?;
        self.at += 1;
        Some(place)
    }
}
