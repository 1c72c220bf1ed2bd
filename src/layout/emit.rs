//! A row for one kind of terminal.

use super::row::{Cell, Row};
use crate::text::Span;
use std::borrow::Cow;
use unicode_bidi::{BidiClass, bidi_class};
use unicode_bidi_mirroring::get_mirrored;

/// The order in which a terminal wants the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Left to right as it is seen: terminals that do not reorder, and those that were told not to.
    #[default]
    Visual,
    /// As it is read: the terminal reorders, joins and mirrors (VTE). The caller puts the pane between U+2067 (U+2066
    /// for a row that is not right to left) and U+2069. Needs [`super::Shaping::None`].
    Logical,
    /// The same for a terminal that reorders but does not mirror (Konsole).
    LogicalMirrored,
    /// Words in visual order; those that have right-to-left letters turned round, because kitty reverses and joins each
    /// of them by itself, digits included. Needs [`super::Shaping::None`].
    Kitty,
}

/// What goes into the terminal at a column. A tab is as many glyphs of one blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Column from the left edge of the pane. In logical order this is not where the reader sees it.
    pub column: usize,
    /// Columns: 1 or 2.
    pub width: usize,
    /// One base and its marks.
    pub symbol: Cow<'a, str>,
    /// Its bytes in the document: what a style is looked up by.
    pub source: Span,
    /// Whether the symbol is not the text's own.
    pub stand_in: bool,
}

impl<'a> Row<'a> {
    /// What to write into a pane of `pane` columns for this row, in the order of the columns. Columns that no glyph
    /// names are blank, and in logical order have to be written as blanks.
    #[must_use]
    pub fn emit(self, order: Order, pane: usize) -> Vec<Glyph<'a>> {
        let mut cells: Vec<Cell<'a>> = self.cells().filter(|cell| cell.width > 0).collect();
        match order {
            Order::Visual => {}
            Order::Logical | Order::LogicalMirrored => cells.sort_by_key(|cell| cell.source.start),
            Order::Kitty => {
                for word in cells.chunk_by_mut(|one, next| is_blank(one) == is_blank(next)) {
                    if word.iter().any(is_rtl) {
                        // Digits too come out turned round, so they go in turned round: 2024 as 4202.
                        word.reverse();
                        word.iter_mut().for_each(|cell| cell.level = TURNED);
                    }
                }
            }
        }
        // In logical order the terminal does the indenting: the isolate fills the pane.
        let mut column = if matches!(order, Order::Visual | Order::Kitty) { self.indent(pane) } else { 0 };
        let mut glyphs = Vec::with_capacity(cells.len());
        for cell in cells {
            let turned = cell.level == TURNED || (cell.mirrored && order == Order::Logical);
            let (count, width) = if cell.symbol == " " { (cell.width, 1) } else { (1, cell.width) };
            for _ in 0..count {
                let symbol = if turned { unmirrored(cell.symbol) } else { Cow::Borrowed(cell.symbol) };
                glyphs.push(Glyph { column, width, symbol, source: cell.source, stand_in: cell.stand_in });
                column += width;
            }
        }
        glyphs
    }
}

/// A level that no cell has, for those in the words that kitty turns round, and mirrors.
const TURNED: u8 = u8::MAX;

fn is_blank(cell: &Cell<'_>) -> bool {
    cell.symbol == " "
}

fn is_rtl(cell: &Cell<'_>) -> bool {
    cell.symbol.chars().next().is_some_and(|letter| matches!(bidi_class(letter), BidiClass::R | BidiClass::AL))
}

/// Undoes rule L4: mirroring is its own inverse.
fn unmirrored(symbol: &str) -> Cow<'_, str> {
    let mut letters = symbol.chars();
    let first = letters.next().map(|letter| get_mirrored(letter).unwrap_or(letter));
    Cow::Owned(first.into_iter().chain(letters).collect())
}
