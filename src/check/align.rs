//! Words of a quote against the words of a document: the cheapest edits that turn a stretch of the document into the
//! quote (Sellers 1980, approximate matching), so that a quote is found wherever it stands.

use std::ops::Range;

/// What happened to words on the way from the source to the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Words of the quote, by number; empty where the draft left words out.
    pub draft: Range<usize>,
    /// Words of the document; empty where the draft put words in.
    pub source: Range<usize>,
}

/// Where a quote fits best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// Words that differ.
    pub cost: usize,
    /// The words of the document.
    pub source: Range<usize>,
    /// What differs, in order.
    pub edits: Vec<Edit>,
}

/// How a cell of the table was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Start,
    /// Words agree: so many of the quote are so many of the document.
    Same(u8, u8),
    Change,
    /// A word of the quote is not in the document.
    Put,
    /// A word of the document is not in the quote.
    Left,
}

/// What a way to a cell costs: words that differ; of ways with as many, the one that finds more words of the quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    edits: u32,
    /// Words of the quote that are not in the document.
    unfound: u32,
}

impl Cost {
    const MOST: Self = Self { edits: u32::MAX / 2, unfound: 0 };

    const fn and(self, edits: u32, unfound: u32) -> Self {
        Self { edits: self.edits + edits, unfound: self.unfound + unfound }
    }
}

/// The best place of the quote's words. `same` says whether word `i` of the quote is word `j` of the document, `joined`
/// whether words of the quote are words of the document but for their blanks, `left` what it costs to leave out a word
/// of the document before word `i` of the quote (nothing where the draft says that it leaves something out).
pub fn align(
    (quote, document): (usize, usize),
    same: impl Fn(usize, usize) -> bool,
    joined: impl Fn(Range<usize>, Range<usize>) -> bool,
    left: impl Fn(usize) -> u32,
) -> Alignment {
    let width = document + 1;
    let mut table: Vec<(Cost, Step)> = vec![(Cost::default(), Step::Start); width];
    table.reserve(quote * width);
    for row in 1..=quote {
        for column in 0..=document {
            let cost = |up: usize, back: usize| -> Option<Cost> {
                let cell = (row.checked_sub(up)?, column.checked_sub(back)?);
                table.get(cell.0 * width + cell.1).map(|cell| cell.0)
            };
            let is_same = column > 0 && same(row - 1, column - 1);
            let glued = match column {
                0 => None,
                _ if is_same => None,
                _ if row > 1 && joined(row - 2..row, column - 1..column) => Some((2_u8, 1_u8)),
                _ if column > 1 && joined(row - 1..row, column - 2..column) => Some((1, 2)),
                _ => None,
            };
            let one = |up, back, edits, unfound| cost(up, back).map(|cost| cost.and(edits, unfound));
            let here = match (is_same, glued) {
                (true, _) => one(1, 1, 0, 0).map(|cost| (cost, Step::Same(1, 1))),
                (_, Some((rows, columns))) => {
                    cost(rows.into(), columns.into()).map(|cost| (cost, Step::Same(rows, columns)))
                }
                _ => one(1, 1, 1, 1).map(|cost| (cost, Step::Change)),
            };
            // Of ways that cost the same, the first counts.
            let ways = [
                here,
                one(0, 1, left(row), 0).map(|cost| (cost, Step::Left)),
                one(1, 0, 1, 1).map(|cost| (cost, Step::Put)),
            ];
            table.push(ways.into_iter().flatten().min_by_key(|way| way.0).unwrap_or((Cost::MOST, Step::Put)));
        }
    }
    let last = table.get(quote * width..).unwrap_or_default();
    // Of places that cost the same, one whose last word is the quote's.
    let worth = |column: usize| last.get(column).map(|cell| (cell.0, !matches!(cell.1, Step::Same(..))));
    let end = (0..last.len()).min_by_key(|&column| worth(column).unwrap_or((Cost::MOST, true))).unwrap_or(0);
    walk_back(&table, width, (quote, end))
}

fn walk_back(table: &[(Cost, Step)], width: usize, (quote, end): (usize, usize)) -> Alignment {
    let (mut row, mut column) = (quote, end);
    let mut edits: Vec<Edit> = Vec::new();
    let cost = table.get(row * width + column).map_or(0, |cell| cell.0.edits as usize);
    while row > 0 {
        let step = table.get(row * width + column).map_or(Step::Start, |cell| cell.1);
        let (rows, columns) = match step {
            Step::Start => break,
            Step::Same(rows, columns) => (rows as usize, columns as usize),
            Step::Change => (1, 1),
            Step::Put => (1, 0),
            Step::Left => (0, 1),
        };
        let edit = Edit { draft: row - rows..row, source: column - columns..column };
        (row, column) = (row - rows, column - columns);
        if matches!(step, Step::Same(..)) {
            continue;
        }
        // Edits side by side are one.
        match edits.last_mut() {
            Some(next) if next.draft.start == edit.draft.end && next.source.start == edit.source.end => {
                next.draft.start = edit.draft.start;
                next.source.start = edit.source.start;
            }
            _ => edits.push(edit),
        }
    }
    edits.reverse();
    Alignment { cost, source: column..end, edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(quote: &str, document: &str) -> (usize, Vec<(String, String)>) {
        let (a, b): (Vec<&str>, Vec<&str>) = (quote.split(' ').collect(), document.split(' ').collect());
        let found = align((a.len(), b.len()), |i, j| a[i] == b[j], |i, j| a[i].concat() == b[j].concat(), |_| 1);
        let words = |words: &[&str], range: &Range<usize>| words[range.clone()].join(" ");
        let changes = found.edits.iter().map(|edit| (words(&a, &edit.draft), words(&b, &edit.source))).collect();
        (found.cost, changes)
    }

    #[test]
    fn the_cheapest_edits_are_found_anywhere() {
        assert_eq!(of("ب ج", "أ ب ج د"), (0, vec![]));
        assert_eq!(of("ب س د", "أ ب ج د"), (1, vec![("س".into(), "ج".into())]));
        assert_eq!(of("ب د", "أ ب ج د"), (1, vec![("".into(), "ج".into())]));
        assert_eq!(of("ب لا ج", "أ ب ج د"), (1, vec![("لا".into(), "".into())]));
        assert_eq!(of("عبد الله مضى", "قال عبدالله مضى"), (0, vec![]));
        assert_eq!(of("ب", ""), (1, vec![("ب".into(), "".into())]));
    }
}
