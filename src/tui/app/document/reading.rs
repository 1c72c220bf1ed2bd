//! The rows of a document on the screen, and how far it is scrolled.

use super::OpenDocument;
use crate::{
    layout::Placed,
    text::{Document, Span},
};

/// A row of the screen.
#[derive(Clone, Debug)]
pub enum ScreenLine {
    /// A row of the text.
    Text(Placed),
    /// A blank row between two paragraphs.
    Gap,
}

/// A direction in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    On,
    /// Towards the beginning.
    Back,
}

/// The window through which a document is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows of the screen.
    pub height: usize,
    /// Blank rows between paragraphs.
    pub spacing: usize,
}

impl OpenDocument {
    /// The rows on the screen, from the top.
    #[must_use]
    pub fn lines(&self, window: Window) -> Vec<ScreenLine> {
        let mut lines: Vec<ScreenLine> = Vec::with_capacity(window.height);
        for placed in self.page.visible(&self.document, self.top, window.height) {
            if let Some(ScreenLine::Text(before)) = lines.last() {
                for _ in 0..gap(&self.document, (before, &placed), window.spacing) {
                    lines.push(ScreenLine::Gap);
                }
            }
            lines.push(ScreenLine::Text(placed));
        }
        lines.truncate(window.height);
        lines
    }

    /// The bytes that are on the screen.
    #[must_use]
    pub fn seen(&self, window: Window) -> Span {
        let lines = self.lines(window);
        let mut spans = lines.iter().filter_map(|line| match line {
            ScreenLine::Text(placed) => Some(placed.span()),
            ScreenLine::Gap => None,
        });
        let first = spans.next().unwrap_or_default();
        Span::new(first.start, spans.next_back().unwrap_or(first).end)
    }

    /// The anchor that lies so many rows of the screen above `anchor`, or less where a paragraph begins in between.
    fn above(&self, anchor: usize, rows: usize, window: Window) -> usize {
        let mut row = self.page.at(&self.document, anchor);
        let mut left = rows;
        while left > 0 {
            let Some(before) = self.page.before(&self.document, &row) else { break };
            let cost = 1 + gap(&self.document, (&before, &row), window.spacing);
            if cost > left {
                break;
            }
            left -= cost;
            row = before;
        }
        row.anchor()
    }

    /// The topmost anchor of the last screen.
    #[must_use]
    pub fn last_top(&self, window: Window) -> usize {
        let end = self.document.text().len();
        self.above(end, window.height.saturating_sub(1), window)
    }

    /// The topmost row after scrolling so many rows of text, held at both ends.
    #[must_use]
    pub fn scrolled(&self, rows: isize, window: Window) -> usize {
        let top = self.page.scroll(&self.document, self.top, rows);
        if rows > 0 { top.min(self.last_top(window)).max(self.top) } else { top }
    }

    /// The topmost row after turning so many rows of the screen: what was at its lower edge comes to the upper one.
    #[must_use]
    pub fn turned(&self, rows: usize, way: Way, window: Window) -> usize {
        match way {
            Way::Back => self.above(self.top, rows.max(1), window),
            Way::On => {
                let lines = self.lines(Window { height: rows + 1, ..window });
                let last = lines.iter().rev().find_map(|line| match line {
                    ScreenLine::Text(placed) => Some(placed.anchor()),
                    ScreenLine::Gap => None,
                });
                last.unwrap_or(self.top).min(self.last_top(window)).max(self.top)
            }
        }
    }

    /// Shows a span: nothing moves where its first row is on the screen, else it comes to a third from the upper edge.
    pub fn reveal(&mut self, span: Span, window: Window) {
        let row = self.page.at(&self.document, span.start).span();
        let lines = self.lines(window);
        let shown = lines.iter().any(|line| matches!(line, ScreenLine::Text(placed) if placed.span() == row));
        if !shown {
            self.top = self.above(row.start, window.height / 3, window).min(self.last_top(window));
        }
    }
}

/// Blank rows between two rows that follow each other: some between paragraphs, none where one of them is blank, nor
/// inside a list, a table or verse.
fn gap(document: &Document, (above, below): (&Placed, &Placed), spacing: usize) -> usize {
    let (before, after) = (above.paragraph().span(), below.paragraph().span());
    let between = below.index() == 0 && before != after && before.end != after.start;
    let blank = above.span().is_empty() || below.span().is_empty();
    if between && !blank && !document.structure().belong_together(before, after) { spacing } else { 0 }
}
