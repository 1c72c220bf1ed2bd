//! Lines to blocks in the order in which they are read: columns beside each other are taken apart, the rows of a table
//! are not.
//!
//! A gutter is a strip that no word enters over several lines. What is above and below it is read before and after the
//! columns on its sides; a page from right to left has its first column on the right (XY-cut, Nagy and Seth 1984, with
//! the strip's length chosen before its width, so that a headline over two columns does not hide them).

use super::{lines::PlacedLine, sheet::GlyphBox};

/// More lines than a page has; beyond them it is read line by line.
const LINES: usize = 600;

/// Lines that are read one after the other, of one column.
pub type Block = Vec<PlacedLine>;

/// Takes a page's lines apart. `right` says that it is read from right to left.
pub fn blocks(lines: Vec<PlacedLine>, rules: &[GlyphBox], right: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if lines.len() > LINES {
        return vec![lines];
    }
    split(lines, rules, right, 0, &mut blocks);
    blocks
}

fn split(lines: Vec<PlacedLine>, rules: &[GlyphBox], right: bool, depth: usize, blocks: &mut Vec<Block>) {
    let gutter = if depth < 8 { gutter(&lines, rules) } else { None };
    let Some(Gutter { mut from, to, left: middle, right: edge }) = gutter else {
        if !lines.is_empty() {
            blocks.push(lines);
        }
        return;
    };
    // A centred line over the columns belongs to what is above them.
    while to - from > 4 && lines.get(from).is_some_and(|line| is_over(line, &lines, (middle, edge))) {
        from += 1;
    }
    let mut lines = lines.into_iter();
    let above: Vec<PlacedLine> = lines.by_ref().take(from).collect();
    let within: Vec<PlacedLine> = lines.by_ref().take(to - from).collect();
    let below: Vec<PlacedLine> = lines.collect();
    let at = f64::midpoint(middle, edge);
    let (mut on_left, mut on_right) = (Vec::new(), Vec::new());
    for line in within {
        let (left, right): (Vec<_>, Vec<_>) =
            line.words.into_iter().partition(|word| f64::midpoint(word.left, word.right) < at);
        for (words, side) in [(left, &mut on_left), (right, &mut on_right)] {
            if !words.is_empty() {
                side.push(PlacedLine { words, ..line });
            }
        }
    }
    let (first, second) = if right { (on_right, on_left) } else { (on_left, on_right) };
    for part in [above, first, second, below] {
        split(part, rules, right, depth + 1, blocks);
    }
}

/// Whether a line on one side of a gutter stands in the middle of all lines.
fn is_over(line: &PlacedLine, lines: &[PlacedLine], (middle, edge): (f64, f64)) -> bool {
    let left = lines.iter().map(PlacedLine::left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(PlacedLine::right).fold(f64::MIN, f64::max);
    let (before, after) = (line.left() - left, right - line.right());
    let one_side = line.right() <= middle + 0.1 || line.left() >= edge - 0.1;
    one_side && (before - after).abs() < line.size * 2.0 && before > line.size * 3.0
}

/// A strip without words, over the lines `from..to`.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    from: usize,
    to: usize,
    left: f64,
    right: f64,
}

/// The gutter over the most lines that has columns on its sides.
fn gutter(lines: &[PlacedLine], rules: &[GlyphBox]) -> Option<Gutter> {
    let mut found: Vec<Gutter> = Vec::new();
    for from in 0..lines.len() {
        let mut free = vec![(f64::MIN, f64::MAX)];
        for (to, line) in lines.iter().enumerate().skip(from) {
            free = narrowed(&free, line);
            let inside = |strip: &&(f64, f64)| strip.0 > f64::MIN && strip.1 < f64::MAX;
            if free.is_empty() {
                break;
            }
            for &(left, right) in free.iter().filter(inside) {
                found.push(Gutter { from, to: to + 1, left, right });
            }
            // Strips at the edge of the first lines may come to lie inside later: they are kept as they are.
            if to - from > LINES {
                break;
            }
        }
    }
    found.sort_by(|one, other| {
        let length = |gutter: &Gutter| gutter.to - gutter.from;
        length(other).cmp(&length(one)).then((other.right - other.left).total_cmp(&(one.right - one.left)))
    });
    found.into_iter().take(400).find(|gutter| has_columns(lines, gutter, rules))
}

/// What of the free strips is left free by one more line.
fn narrowed(free: &[(f64, f64)], line: &PlacedLine) -> Vec<(f64, f64)> {
    let least = line.size * 0.8;
    let mut left = Vec::new();
    for &(from, to) in free {
        let mut start = from;
        for word in &line.words {
            if word.right <= start || word.left >= to {
                continue;
            }
            if word.left - start >= least {
                left.push((start, word.left));
            }
            start = word.right;
        }
        if to - start >= least {
            left.push((start, to));
        }
    }
    left
}

/// Whether a gutter has text that runs on both sides of it, rather than the cells of a table.
fn has_columns(lines: &[PlacedLine], gutter: &Gutter, rules: &[GlyphBox]) -> bool {
    let at = f64::midpoint(gutter.left, gutter.right);
    let within = lines.get(gutter.from..gutter.to).unwrap_or_default();
    let (Some(first), Some(last)) = (within.first(), within.last()) else { return false };
    let size = within.iter().map(|line| line.size).fold(0.0, f64::max);
    let mut sides: [Vec<(f64, f64, usize)>; 2] = [Vec::new(), Vec::new()];
    let mut both = 0;
    for line in within {
        let mut seen = 0;
        for (side, found) in sides.iter_mut().enumerate() {
            let words: Vec<_> =
                line.words.iter().filter(|word| (f64::midpoint(word.left, word.right) < at) == (side == 0)).collect();
            if let (Some(left), Some(right)) = (words.first(), words.last()) {
                found.push((left.left, right.right, words.len()));
                seen += 1;
            }
        }
        both += usize::from(seen == 2);
    }
    let lines = sides.iter().map(Vec::len).min().unwrap_or_default();
    let wide = gutter.right - gutter.left;
    if lines < 3 || (lines < 5 && wide < size * 1.2) {
        return false;
    }
    // Lines that are drawn across make a table.
    let across = rules.iter().filter(|rule| {
        rule.height() < 3.0
            && rule.left < gutter.left - size
            && rule.right > gutter.right + size
            && rule.top > first.base + size * 0.2
            && rule.top < last.base
    });
    let mut heights: Vec<i64> = across.map(|rule| rule.top as i64).collect();
    heights.sort_unstable();
    heights.dedup();
    if heights.len() >= 2 {
        return false;
    }
    // Text runs: lines fill their column, and have words enough; those of the sides need not stand on the same height, and where they do
    // not it is no table (a side may be several columns itself).
    let aligned = both as f64 >= lines as f64 * 0.9;
    sides.iter().all(|side| {
        let left = side.iter().map(|line| line.0).fold(f64::MAX, f64::min);
        let right = side.iter().map(|line| line.1).fold(f64::MIN, f64::max);
        let mut fill: Vec<f64> = side.iter().map(|line| (line.1 - line.0) / (right - left).max(1.0)).collect();
        fill.sort_by(f64::total_cmp);
        let middle = fill.get(fill.len() / 2).copied().unwrap_or_default();
        let words = side.iter().map(|line| line.2).sum::<usize>() as f64 / side.len().max(1) as f64;
        if aligned { middle > 0.75 && words >= 2.5 && right - left > size * 7.0 } else { words >= 1.8 }
    })
}
