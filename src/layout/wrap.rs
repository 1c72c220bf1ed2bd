//! Cells to rows: greedy, in logical order, at the opportunities of UAX #14; then the order of each row.

use super::cells::Packed;

/// Columns between tab stops, counted from the start of the row.
const TAB: usize = 8;

/// A row: which cells, how many columns they take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellRange {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) width: usize,
}

/// Cuts the cells of a paragraph into rows of at most `width` columns. White space that a row ends in takes no columns
/// unless the paragraph ends with it and it fits. A word longer than a row is cut between cells.
pub(super) fn wrap(cells: &mut [Packed], width: usize) -> Vec<CellRange> {
    let mut lines = Vec::new();
    let (mut first, mut column) = (0, 0);
    // The last place in this row where it may end, and its width up to there.
    let mut opportunity = None;
    let mut at = 0;
    while let Some(cell) = cells.get_mut(at) {
        if at > first {
            if cell.is(Packed::MUST_BREAK) {
                lines.push(close(cells, first, at, column));
                (first, column, opportunity) = (at, 0, None);
                continue;
            }
            if cell.is(Packed::MAY_BREAK) {
                opportunity = Some((at, column));
            }
        }
        if cell.is(Packed::SPACE) {
            cell.width = u8::from(column < width);
        } else if cell.is(Packed::TAB) {
            cell.width = (TAB - column % TAB).min(width.saturating_sub(column)) as u8;
        } else if column > 0 && column + usize::from(cell.width) > width {
            let (end, used) = opportunity.unwrap_or((at, column));
            lines.push(close(cells, first, end, used));
            (first, column, opportunity, at) = (end, 0, None, end);
            continue;
        }
        column += usize::from(cell.width);
        at += 1;
    }
    lines.push(CellRange { first, end: at, width: column });
    lines
}

/// Hides the white space at the end of a row.
fn close(cells: &mut [Packed], first: usize, end: usize, mut width: usize) -> CellRange {
    for cell in cells.get_mut(first..end).unwrap_or_default().iter_mut().rev() {
        if cell.is(Packed::SPACE) || cell.is(Packed::TAB) {
            width -= usize::from(cell.width);
            cell.width = 0;
        } else if cell.width > 0 {
            break;
        }
    }
    CellRange { first, end, width }
}

/// Rules L1 and L2: puts the cells of one row into visual order, left to right.
pub(super) fn reorder(row: &mut [Packed], base: u8) {
    let mut trailing = true;
    let (mut highest, mut lowest, mut lowest_odd) = (0, u8::MAX, u8::MAX);
    for cell in row.iter_mut().rev() {
        trailing = cell.is(Packed::SEPARATOR) || (trailing && cell.is(Packed::WHITE));
        if trailing {
            cell.level = base;
        }
        highest = highest.max(cell.level);
        lowest = lowest.min(cell.level);
        if cell.level % 2 == 1 {
            lowest_odd = lowest_odd.min(cell.level);
        }
    }
    if lowest == lowest_odd && !row.is_empty() {
        // The whole row is turned by the last step; one step less for nearly every row of Arabic.
        lowest_odd += 1;
        row.reverse();
    }
    for level in (lowest_odd..=highest).rev() {
        for run in row.chunk_by_mut(|one, next| (one.level >= level) == (next.level >= level)) {
            if run.first().is_some_and(|cell| cell.level >= level) {
                run.reverse();
            }
        }
    }
}
