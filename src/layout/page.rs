//! [`Page`]: the rows of a document near a place, laid out when they are asked for and kept a while.

use super::row::{Paragraph, Row};
use super::{Marks, Options, marked};
use crate::text::{Document, Span};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// As many bytes of text as are kept laid out; twice this is held for a moment. Some hundred screens.
const KEPT: usize = 1 << 18;

/// Rows of a document. Places are anchors: byte offsets into the text, of which the row that holds the byte is meant;
/// they outlive a change of width, direction or cell breaks. Nothing is known of paragraphs that nobody asked for, so
/// the length of a document costs nothing.
#[derive(Debug, Default)]
pub struct Page {
    options: Options,
    cell_breaks: Vec<usize>,
    kept: RefCell<Kept>,
}

/// The laid-out paragraphs by their first byte. Two generations: when the new one is full the old one is dropped, so
/// what is used stays and what is not goes after a while.
#[derive(Debug, Default)]
struct Kept {
    new: HashMap<usize, Arc<Paragraph>>,
    old: HashMap<usize, Arc<Paragraph>>,
    /// Bytes of text in `new`.
    size: usize,
}

/// A row of a [`Page`].
#[derive(Clone, Debug)]
pub struct Placed {
    paragraph: Arc<Paragraph>,
    index: usize,
}

impl Placed {
    /// The row.
    #[must_use]
    pub fn row(&self) -> Option<Row<'_>> {
        self.paragraph.row(self.index)
    }

    /// Its paragraph.
    #[must_use]
    pub fn paragraph(&self) -> &Paragraph {
        &self.paragraph
    }

    /// Its number in its paragraph.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Its bytes in the document.
    #[must_use]
    pub fn span(&self) -> Span {
        self.row().map_or_else(Span::default, Row::span)
    }

    /// The anchor of the row: its first byte.
    #[must_use]
    pub fn anchor(&self) -> usize {
        self.span().start
    }
}

impl Page {
    /// An empty page; nothing is laid out yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// How the text is laid out.
    #[must_use]
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Changes how the text is laid out.
    pub fn set_options(&mut self, options: Options) {
        if self.options != options {
            self.options = options;
            self.forget();
        }
    }

    /// Sets the cell breaks of the whole document: byte offsets across which no two letters share a cell, in any order.
    pub fn set_cell_breaks(&mut self, mut cell_breaks: Vec<usize>) {
        cell_breaks.sort_unstable();
        cell_breaks.dedup();
        if self.cell_breaks != cell_breaks {
            self.cell_breaks = cell_breaks;
            self.forget();
        }
    }

    /// Forgets all that was laid out: after the document has changed.
    pub fn forget(&mut self) {
        self.kept.take();
    }

    /// The rows of a screen `height` rows high whose first row holds the byte at `top`. Fewer at the document's end.
    #[must_use]
    pub fn visible(&self, document: &Document, top: usize, height: usize) -> Vec<Placed> {
        let mut rows = Vec::with_capacity(height);
        let mut next = Some(self.at(document, top));
        while let Some(row) = next.filter(|_| rows.len() < height) {
            next = self.after(document, &row);
            rows.push(row);
        }
        rows
    }

    /// The anchor `rows` rows below `top` (above, where negative), held at the document's first and last row.
    #[must_use]
    pub fn scroll(&self, document: &Document, top: usize, rows: isize) -> usize {
        let mut row = self.at(document, top);
        for _ in 0..rows.unsigned_abs() {
            let next = if rows < 0 { self.before(document, &row) } else { self.after(document, &row) };
            match next {
                Some(next) => row = next,
                None => break,
            }
        }
        row.anchor()
    }

    /// The anchor of the last screen `height` rows high.
    #[must_use]
    pub fn end(&self, document: &Document, height: usize) -> usize {
        self.scroll(document, document.text().len(), 1 - height.max(1).cast_signed())
    }

    /// The anchor of a screen that shows `span`: `top` where it does so already, else with the span's first row a
    /// third from the upper edge.
    #[must_use]
    pub fn reveal(&self, document: &Document, span: Span, top: usize, height: usize) -> usize {
        let row = self.at(document, span.start).span();
        let shown = self.visible(document, top, height);
        if shown.iter().any(|placed| placed.span() == row) {
            return self.at(document, top).anchor();
        }
        let third = (height / 3).cast_signed();
        self.scroll(document, row.start, -third).min(self.end(document, height))
    }

    /// The row that holds the byte at `offset`; the last one for offsets past the end.
    #[must_use]
    pub fn at(&self, document: &Document, offset: usize) -> Placed {
        let paragraph = self.paragraph(document, document.paragraph_at(offset));
        let index = paragraph.row_at(offset);
        Placed { paragraph, index }
    }

    /// The row below a row; none below the last.
    #[must_use]
    pub fn after(&self, document: &Document, row: &Placed) -> Option<Placed> {
        if row.index + 1 < row.paragraph.height() {
            return Some(Placed { paragraph: Arc::clone(&row.paragraph), index: row.index + 1 });
        }
        let paragraph = self.paragraph(document, document.paragraph_after(row.paragraph.span())?);
        Some(Placed { paragraph, index: 0 })
    }

    /// The row above a row; none above the first.
    #[must_use]
    pub fn before(&self, document: &Document, row: &Placed) -> Option<Placed> {
        if let Some(index) = row.index.checked_sub(1) {
            return Some(Placed { paragraph: Arc::clone(&row.paragraph), index });
        }
        let paragraph = self.paragraph(document, document.paragraph_before(row.paragraph.span())?);
        let index = paragraph.height() - 1;
        Some(Placed { paragraph, index })
    }

    fn paragraph(&self, document: &Document, span: Span) -> Arc<Paragraph> {
        self.kept.borrow_mut().get(span, || {
            let from = self.cell_breaks.partition_point(|&cell_break| cell_break < span.start);
            let to = self.cell_breaks.partition_point(|&cell_break| cell_break <= span.end);
            let cell_breaks = self.cell_breaks.get(from..to).unwrap_or_default();
            marked(document.slice(span), span.start, &self.options, (cell_breaks, &Marks::of(document, span)))
        })
    }
}

impl Kept {
    fn get(&mut self, span: Span, make: impl FnOnce() -> Paragraph) -> Arc<Paragraph> {
        if let Some(paragraph) = self.new.get(&span.start) {
            return Arc::clone(paragraph);
        }
        let paragraph = self.old.remove(&span.start).unwrap_or_else(|| Arc::new(make()));
        if self.size > KEPT {
            self.old = std::mem::take(&mut self.new);
            self.size = 0;
        }
        self.size += span.len();
        self.new.insert(span.start, Arc::clone(&paragraph));
        paragraph
    }
}
