//! What layout gives: [`Paragraph`], its [`Row`]s, their [`Cell`]s, and the way from places in the text to columns and
//! back.

use super::cells::Packed;
use super::wrap::CellRange;
use crate::text::Span;
use std::ops::Range;

/// A paragraph that has been laid out.
#[derive(Clone, Debug)]
pub struct Paragraph {
    span: Span,
    rtl: bool,
    symbols: String,
    /// Row by row; in a row from left to right.
    cells: Vec<Packed>,
    lines: Vec<(Span, CellRange)>,
    margin: Option<Margin>,
}

/// What stands beside the rows of a paragraph: a bullet, a number, a bar.
#[derive(Clone, Debug)]
struct Margin {
    /// Columns.
    width: usize,
    /// Beside the first row.
    marker: Box<Paragraph>,
    /// Beside the others.
    rail: Box<Paragraph>,
}

/// One or more columns of one row of a paragraph that show a part of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which row.
    pub row: usize,
    /// Which columns, from the left edge of the row's text.
    pub columns: Range<usize>,
}

/// A row of a paragraph, cells in visual order.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    paragraph: &'a Paragraph,
    span: Span,
    line: CellRange,
}

/// What one place of the terminal shows, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// One base and its marks, in the form and on the side that visual order asks for. Empty where `width` is 0.
    pub symbol: &'a str,
    /// First column, from the left edge of the row's text.
    pub column: usize,
    /// Columns: 1, 2 (CJK, emoji), up to 8 for a tab, 0 for what is not shown: controls, spaces at the end of a row.
    pub width: usize,
    /// Its bytes in the document. Every byte of a paragraph belongs to exactly one cell.
    pub source: Span,
    /// Its embedding level (UAX #9), after L1. Odd is right to left.
    pub level: u8,
    /// Whether the symbol is the mirror image of the source.
    pub mirrored: bool,
    /// Whether the symbol is not the text's own: an ellipsis, a picture of a control, the circle under a lone mark.
    pub stand_in: bool,
}

impl Paragraph {
    pub(super) fn new(span: Span, rtl: bool, symbols: String, (cells, lines): (Vec<Packed>, Vec<CellRange>)) -> Self {
        let mut start = span.start;
        let spans = lines.into_iter().map(|line| {
            let row = cells.get(line.first..line.end).unwrap_or_default();
            let end = row.iter().map(Packed::end).max().map_or(start, |end| span.start + end as usize);
            let row = Span::new(start, end);
            start = end;
            (row, line)
        });
        let lines = spans.collect();
        Self { span, rtl, symbols, cells, lines, margin: None }
    }

    pub(super) fn with_margin(self, width: usize, marker: Self, rail: Self) -> Self {
        Self { margin: Some(Margin { width, marker: Box::new(marker), rail: Box::new(rail) }), ..self }
    }

    /// Its bytes in the document, without the line end.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Whether it runs from right to left.
    #[must_use]
    pub const fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// How many rows it has; at least one.
    #[must_use]
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        self.lines.get(index).map(|&(span, line)| Row { paragraph: self, span, line })
    }

    /// Its rows from top to bottom.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator {
        self.lines.iter().map(|&(span, line)| Row { paragraph: self, span, line })
    }

    /// The number of the row that holds the byte at `offset`; the first or the last for offsets outside.
    #[must_use]
    pub fn row_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|(span, _)| span.start <= offset).saturating_sub(1)
    }

    /// Where a span of the document is shown: by row, from left to right, as few runs as possible. A span that ends
    /// inside a cell takes the whole of it. What is not shown has no run.
    #[must_use]
    pub fn rows(&self, span: Span) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let first = self.row_at(span.start);
        for (index, row) in self.iter().enumerate().skip(first).take_while(|(_, row)| row.span.start < span.end) {
            for cell in row.cells().filter(|cell| cell.width > 0 && cell.source.overlaps(span)) {
                match runs.last_mut().filter(|run| run.row == index && run.columns.end == cell.column) {
                    Some(run) => run.columns.end += cell.width,
                    None => runs.push(Run { row: index, columns: cell.column..cell.column + cell.width }),
                }
            }
        }
        runs
    }

    /// The first byte of what is shown at a column of a row; none outside the row's text.
    #[must_use]
    pub fn hit(&self, row: usize, column: usize) -> Option<usize> {
        self.row(row)?.cell_at(column).map(|cell| cell.source.start)
    }
}

impl<'a> Row<'a> {
    /// Its bytes in the document.
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// Columns that its text takes.
    #[must_use]
    pub const fn width(self) -> usize {
        self.line.width
    }

    /// Whether its paragraph runs from right to left.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        self.paragraph.rtl
    }

    /// Blank columns to the left of its text in a pane of that many columns: the start of the text is at the pane's
    /// start edge.
    #[must_use]
    pub const fn indent(self, pane: usize) -> usize {
        let margin = self.margin();
        if self.paragraph.rtl { pane.saturating_sub(self.line.width + margin) } else { margin }
    }

    /// Columns at the pane's start edge that are taken by what the marks of the document put there: a bullet, a bar.
    #[must_use]
    pub const fn margin(self) -> usize {
        match &self.paragraph.margin {
            Some(margin) => margin.width,
            None => 0,
        }
    }

    /// The row that stands in the margin, a bullet or a bar, with the columns that the margin takes.
    pub(super) fn label(self) -> Option<(Row<'a>, usize)> {
        let margin = self.paragraph.margin.as_ref()?;
        let is_first = self.span.start == self.paragraph.span.start;
        let label = if is_first { &margin.marker } else { &margin.rail };
        Some((label.row(0)?, margin.width))
    }

    /// Its cells from left to right.
    pub fn cells(self) -> impl Iterator<Item = Cell<'a>> {
        let packed = self.paragraph.cells.get(self.line.first..self.line.end).unwrap_or_default();
        let mut column = 0;
        packed.iter().map(move |cell| {
            let from = cell.symbol as usize;
            let symbol = self.paragraph.symbols.get(from..from + usize::from(cell.bytes));
            let (start, len) = (self.paragraph.span.start + cell.start as usize, cell.len as usize);
            let width = usize::from(cell.width);
            column += width;
            Cell {
                symbol: if width == 0 { "" } else { symbol.unwrap_or_default() },
                column: column - width,
                width,
                source: Span::new(start, start + len),
                level: cell.level,
                mirrored: cell.is(Packed::MIRRORED),
                stand_in: cell.is(Packed::STAND_IN),
            }
        })
    }

    /// The cell at a column counted from the left edge of the row's text; none outside.
    #[must_use]
    pub fn cell_at(self, column: usize) -> Option<Cell<'a>> {
        self.cells().find(|cell| cell.column <= column && column < cell.column + cell.width)
    }
}
