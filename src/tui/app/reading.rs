//! Moving about in the text: by rows and screens, by names, quotes, sentences and paragraphs.

use super::documents::{OpenDocument, Selection};
use crate::{
    arabic::tokens,
    layout::Placed,
    text::{Span, slice},
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

/// What a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The places of a target.
    Selection(Selection),
    /// Every name.
    Name,
    /// Every quote.
    Quote,
    /// Every sentence.
    Sentence,
    /// Every paragraph that has words.
    Paragraph,
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
                for _ in 0..gap(before, &placed, window.spacing) {
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
            let cost = 1 + gap(&before, &row, window.spacing);
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

    /// Scrolls so many rows of text, held at both ends.
    pub fn scroll(&mut self, rows: isize, window: Window) {
        let top = self.page.scroll(&self.document, self.top, rows);
        self.top = if rows > 0 { top.min(self.last_top(window)).max(self.top) } else { top };
    }

    /// Turns so many rows of the screen: what was at its lower edge comes to the upper one.
    pub fn turn(&mut self, rows: usize, way: Way, window: Window) {
        match way {
            Way::Back => self.top = self.above(self.top, rows.max(1), window),
            Way::On => {
                let lines = self.lines(Window { height: rows + 1, ..window });
                let last = lines.iter().rev().find_map(|line| match line {
                    ScreenLine::Text(placed) => Some(placed.anchor()),
                    ScreenLine::Gap => None,
                });
                let top = last.unwrap_or(self.top).min(self.last_top(window));
                self.top = top.max(self.top);
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

    /// Where a walk starts: at the cursor, or at the edge of the screen where the cursor is out of sight.
    fn from(&self, way: Way, window: Window) -> Option<Span> {
        let seen = self.seen(window);
        let visible = self.cursor.overlaps(seen);
        if visible {
            return Some(self.cursor);
        }
        match way {
            Way::On => seen.start.checked_sub(1).map(|before| Span::new(before, before)),
            Way::Back => Some(Span::new(seen.end, seen.end)),
        }
    }

    /// The next stop of a walk, and whether it went around the end of the document, which walks along a target do.
    #[must_use]
    pub fn next_stop(&self, stop: Stop, way: Way, window: Window) -> Option<(Span, bool)> {
        let from = self.from(way, window);
        match stop {
            Stop::Selection(target) => {
                let places = self.places(target);
                let around = match way {
                    Way::On => places.first(),
                    Way::Back => places.last(),
                };
                let next = beside(places.iter().copied(), from, way);
                next.map(|span| (span, false)).or_else(|| around.map(|span| (*span, true)))
            }
            Stop::Name => {
                let spans = self.annotations.mentions.iter().map(|mention| mention.span);
                beside(spans, from, way).map(|span| (span, false))
            }
            Stop::Quote => {
                let spans = self.annotations.quotes.iter().map(|quote| quote.span);
                beside(spans, from, way).map(|span| (span, false))
            }
            Stop::Sentence | Stop::Paragraph => self.next_stretch(stop, from, way).map(|span| (span, false)),
        }
    }

    /// The next sentence or paragraph.
    fn next_stretch(&self, stop: Stop, from: Option<Span>, way: Way) -> Option<Span> {
        let text = self.document.text();
        let mut paragraph = self.document.paragraph_at(from.map_or(0, |span| span.start));
        loop {
            let inside: Vec<Span> = if stop == Stop::Sentence {
                tokens::sentences(slice(text, paragraph)).map(|span| span.shifted(paragraph.start)).collect()
            } else {
                let words = tokens::trim(text, paragraph);
                if words.is_empty() { Vec::new() } else { vec![words] }
            };
            if let Some(found) = beside(inside.into_iter(), from, way) {
                return Some(found);
            }
            paragraph = match way {
                Way::On => self.document.paragraph_after(paragraph)?,
                Way::Back => self.document.paragraph_before(paragraph)?,
            };
        }
    }
}

/// The first span after `from`, or the last before it; all of them count where there is no `from`.
fn beside(mut spans: impl DoubleEndedIterator<Item = Span>, from: Option<Span>, way: Way) -> Option<Span> {
    let Some(from) = from else { return spans.next().filter(|_| way == Way::On) };
    let key = |span: &Span| (span.start, std::cmp::Reverse(span.end));
    match way {
        Way::On => spans.find(|span| key(span) > key(&from)),
        Way::Back => spans.rev().find(|span| key(span) < key(&from)),
    }
}

/// Blank rows between two rows that follow each other: some between paragraphs, none where one of them is blank.
fn gap(above: &Placed, below: &Placed, spacing: usize) -> usize {
    let between = below.index() == 0 && above.paragraph().span() != below.paragraph().span();
    let cut = above.paragraph().span().end == below.paragraph().span().start;
    let blank = above.span().is_empty() || below.span().is_empty();
    if between && !cut && !blank { spacing } else { 0 }
}
