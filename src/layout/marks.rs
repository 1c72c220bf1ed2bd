//! What the marks of a document say of one of its paragraphs: its direction, what is isolated in it, what stands in its
//! margin.

use super::Direction;
use crate::text::{self, BlockKind, Directed, Document, Span, Structure};

/// What a list within a list is set in by, in columns.
const INDENT: usize = 2;

/// The marks of a paragraph. Without any it is laid out as its letters are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The direction that its writer gave it (UAX #9, HL1).
    pub direction: Option<Direction>,
    /// What is isolated in it (HL3), in bytes of the paragraph; the outer before the inner.
    pub isolates: Vec<Directed>,
    /// The references to notes in it: the byte of the paragraph before which each stands, and what it shows.
    pub notes: Vec<(u32, String)>,
    /// What stands before its first row: a bullet, a number, a bar.
    pub marker: String,
    /// What stands before its other rows.
    pub rail: String,
}

impl Marks {
    /// The marks of a document on the paragraph at `span`.
    #[must_use]
    pub fn of(document: &Document, span: Span) -> Self {
        let structure = document.structure();
        let mut marks = Self::default();
        if !structure.is_empty() && !span.is_empty() {
            marks.read_directions(structure, span);
            marks.read_blocks(structure, span);
            marks.read_notes(structure, span);
        }
        marks
    }

    fn read_directions(&mut self, structure: &Structure, span: Span) {
        let directions = &structure.directions;
        let from = directions.partition_point(|directed| directed.span.start < span.start);
        // A paragraph that is cut off a long line lies in what began with the line.
        let before = from.checked_sub(1).and_then(|index| directions.get(index));
        let here = directions.get(from..).unwrap_or_default().iter();
        let here = here.take_while(|directed| directed.span.start < span.end);
        for directed in before.into_iter().chain(here).filter(|directed| directed.span.overlaps(span)) {
            if directed.span.covers(span) && !directed.forced {
                self.direction = Some(match directed.direction {
                    text::Direction::Ltr => Direction::Ltr,
                    text::Direction::Rtl => Direction::Rtl,
                    text::Direction::Auto => Direction::Auto,
                });
                continue;
            }
            let start = directed.span.start.max(span.start) - span.start;
            let mut end = directed.span.end.min(span.end) - span.start;
            // What crosses the end of another ends with it.
            let around = self.isolates.iter().rev().find(|other| other.span.contains(start));
            if let Some(around) = around {
                end = end.min(around.span.end);
            }
            self.isolates.push(Directed { span: Span::new(start, end), ..*directed });
        }
    }

    fn read_notes(&mut self, structure: &Structure, span: Span) {
        let from = structure.notes.partition_point(|note| note.at <= span.start);
        let here = structure.notes.get(from..).unwrap_or_default().iter().take_while(|note| note.at <= span.end);
        self.notes =
            here.filter_map(|note| Some((u32::try_from(note.at - span.start).ok()?, note.label.clone()))).collect();
    }

    fn read_blocks(&mut self, structure: &Structure, span: Span) {
        for block in structure.blocks_at(span) {
            let is_first = block.span.start >= span.start;
            let (marker, rail) = match &block.kind {
                BlockKind::Heading { .. } | BlockKind::Byline | BlockKind::Dateline => continue,
                BlockKind::Quotation { .. } => ("┃ ".to_owned(), "┃ ".to_owned()),
                BlockKind::Code | BlockKind::Verse => (" ".repeat(INDENT), " ".repeat(INDENT)),
                BlockKind::Item { number: Some(number), .. } => hanging(&format!("{number}."), is_first),
                BlockKind::Item { number: None, .. } => hanging("•", is_first),
                BlockKind::Note { label } => hanging(&format!("[{label}]"), is_first),
                BlockKind::Cell { column: 0, .. } if is_first => ("┌ ".to_owned(), "│ ".to_owned()),
                BlockKind::Cell { .. } => ("│ ".to_owned(), "│ ".to_owned()),
            };
            self.marker.push_str(&marker);
            self.rail.push_str(&rail);
        }
    }

    /// Columns of the margin in a pane of so many: never more than a third of them.
    pub(super) fn margin(&self, pane: usize) -> usize {
        self.marker.chars().count().min(pane / 3)
    }
}

/// A marker with blanks of its width below it.
fn hanging(marker: &str, is_first: bool) -> (String, String) {
    let blank = " ".repeat(marker.chars().count() + 1);
    (if is_first { format!("{marker} ") } else { blank.clone() }, blank)
}
