//! Blocks to paragraphs: where a line goes on in the next, and where something new begins.

use super::{
    columns::Block,
    lines::{PlacedLine, PlacedWord},
    order::{self, Manner},
    sheet::GlyphBox,
};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Text.
    #[default]
    Text,
    /// A headline.
    Heading,
    /// A row of a table, its cells separated by tabs.
    Row,
    /// A note at the foot of the page.
    Note,
}

/// A paragraph of a page.
#[derive(Clone, Debug, Default)]
pub struct PdfParagraph {
    /// Its text, without line ends.
    pub text: String,
    /// What it is.
    pub kind: ParagraphKind,
    /// The size of its letters.
    pub size: f64,
    /// Whether its first line is not indented, so that it may go on from the page before.
    pub goes_on: bool,
    /// Whether its last line is full, so that it may go on on the next page.
    pub stays_open: bool,
    /// How many of its glyphs have no name in their font.
    pub unnamed: usize,
}

/// The pieces of a line as they are seen.
fn pieces<'w>(words: &'w [PlacedWord]) -> Vec<&'w str> {
    let mut pieces: Vec<&'w str> = Vec::new();
    for word in words {
        if !pieces.is_empty() {
            pieces.push(" ");
        }
        pieces.extend(word.pieces.iter().map(String::as_str).filter(|piece| !piece.is_empty()));
    }
    pieces
}

/// The text of words of one line.
pub fn text(words: &[PlacedWord], manner: Manner) -> String {
    order::logical(&pieces(words), manner)
}

/// Cells of a line of a table: words that stand far apart.
pub fn cells(line: &PlacedLine) -> Vec<&[PlacedWord]> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, pair) in line.words.windows(2).enumerate() {
        if let [one, other] = pair
            && other.left - one.right > line.size * 1.6
        {
            cells.push(line.words.get(start..=at).unwrap_or_default());
            start = at + 1;
        }
    }
    cells.push(line.words.get(start..).unwrap_or_default());
    cells
}

/// The paragraphs of a block.
pub fn paragraphs(block: &Block, drawn: bool, page_right: bool) -> Vec<PdfParagraph> {
    let left = block.iter().map(PlacedLine::left).fold(f64::MAX, f64::min);
    let right = block.iter().map(PlacedLine::right).fold(f64::MIN, f64::max);
    let column = GlyphBox { left, right, top: 0.0, bottom: 0.0 };
    let pitch = pitch(block);
    let mut groups: Vec<(Vec<&PlacedLine>, bool)> = Vec::new();
    for line in block {
        let row = is_row(line);
        let begins = match groups.last() {
            Some((lines, is_row)) => {
                row || *is_row || lines.last().is_none_or(|last| begins(last, line, lines.len(), column, pitch))
            }
            None => true,
        };
        match groups.last_mut() {
            Some((lines, _)) if !begins => lines.push(line),
            _ => groups.push((vec![line], row)),
        }
    }
    groups.iter().map(|(lines, row)| paragraph(lines, *row, column, drawn, page_right)).collect()
}

/// Whether the words of a line stand apart like cells.
fn is_row(line: &PlacedLine) -> bool {
    cells(line).len() >= 2
}

/// The distance of most lines that follow each other.
fn pitch(block: &[PlacedLine]) -> f64 {
    let mut steps: Vec<f64> = block
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] if (one.size - other.size).abs() < one.size * 0.1 => Some(other.base - one.base),
            _ => None,
        })
        .filter(|step| *step > 1.0)
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f64::MAX)
}

/// Whether `line` begins a paragraph, after `last`, the latest of `count` lines of the one before.
fn begins(last: &PlacedLine, line: &PlacedLine, count: usize, column: GlyphBox, pitch: f64) -> bool {
    let size = last.size.max(line.size);
    if (last.size - line.size).abs() > size * 0.12 {
        return true;
    }
    let step = line.base - last.base;
    if step > (pitch * 1.3).max(size * 1.1) && step > pitch + size * 0.25 || step < -size {
        return true;
    }
    // A line of one script after a line of the other.
    let (now, before) = (counts(&line.words), counts(&last.words));
    let is_one = |(one, other): (usize, usize)| one > 3 && other == 0;
    let turned = |(right, left): (usize, usize)| (left, right);
    if (is_one(now) && is_one(turned(before))) || (is_one(turned(now)) && is_one(before)) {
        return true;
    }
    let right = now.0 + before.0 >= now.1 + before.1;
    // How far lines stay away from where they begin and from where they end.
    let (start, start_before) = if right {
        (column.right - line.right(), column.right - last.right())
    } else {
        (line.left() - column.left, last.left() - column.left)
    };
    let end_before = if right { last.left() - column.left } else { column.right - last.right() };
    let first_word = line.words.iter().map(|word| word.right - word.left).fold(0.0, f64::max).min(size * 4.0);
    // The line before ends early: the first word here would have had room there.
    let next = if right { line.words.last() } else { line.words.first() };
    let next = next.map_or(first_word, |word| word.right - word.left);
    let short = end_before > next + size * 1.5 && end_before > column.width() * 0.12;
    // Centred lines have as much room on both sides.
    let centred = |line: &PlacedLine| {
        let (one, other) = (line.left() - column.left, column.right - line.right());
        (one - other).abs() < size * 1.5 && one > size * 2.0
    };
    if centred(last) && centred(line) {
        return false;
    }
    let indented = start > size * 0.7 && start < size * 6.0 && start_before < size * 0.4;
    let hanging = count == 1 && start_before < size * 0.4 && indented;
    let item = is_item(line, right);
    short || (indented && !hanging) || item
}

/// Whether a line begins with a bullet or the number of an item.
fn is_item(line: &PlacedLine, right: bool) -> bool {
    let first = if right { line.words.last() } else { line.words.first() };
    let Some(first) = first else { return false };
    let text = first.pieces.concat();
    matches!(text.as_str(), "•" | "▪" | "●" | "○" | "■" | "◦" | "‣" | "–" | "—" | "-" | "*" | "\u{f0b7}" | "\u{f0a7}")
}

/// How many letters of words run from right to left, and how many from left to right.
pub fn counts(words: &[PlacedWord]) -> (usize, usize) {
    let letters = words.iter().flat_map(|word| &word.pieces).map(|piece| order::letters(piece));
    letters.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn paragraph(lines: &[&PlacedLine], row: bool, column: GlyphBox, drawn: bool, page_right: bool) -> PdfParagraph {
    let (right, left) =
        lines.iter().map(|line| counts(&line.words)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let runs_right = if right + left == 0 { page_right } else { right >= left };
    let manner = Manner { right: runs_right, drawn, begins: true };
    let mut whole = String::new();
    for line in lines {
        let text = if row {
            let mut cells: Vec<String> = cells(line)
                .into_iter()
                .map(|words| {
                    let (right, left) = counts(words);
                    let right = if right + left == 0 { runs_right } else { right >= left };
                    text(words, Manner { right, drawn, begins: true })
                })
                .collect();
            if page_right {
                cells.reverse();
            }
            cells.join("\t")
        } else {
            text(&line.words, Manner { begins: whole.is_empty(), ..manner })
        };
        if let Some(cut) = whole
            .strip_suffix('-')
            .filter(|before| before.chars().next_back().is_some_and(|letter| letter.is_ascii_lowercase()))
            && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        {
            whole = cut.to_owned();
        } else if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(text.trim());
    }
    let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let (first, last) = (lines.first(), lines.last());
    let start = |line: &PlacedLine| if runs_right { column.right - line.right() } else { line.left() - column.left };
    let end = |line: &PlacedLine| if runs_right { line.left() - column.left } else { column.right - line.right() };
    PdfParagraph {
        goes_on: !row && first.is_some_and(|line| start(line) < size * 0.5),
        stays_open: !row && last.is_some_and(|line| end(line) < column.width() * 0.12 + size),
        unnamed: lines.iter().flat_map(|line| &line.words).map(|word| word.unnamed).sum(),
        text: super::spelling::spaces(&whole),
        kind: if row { ParagraphKind::Row } else { ParagraphKind::Text },
        size,
    }
}

impl PdfParagraph {
    /// Whether `next`, which comes first in the next column or on the next page, is more of it.
    pub fn goes_on_in(&self, next: &Self) -> bool {
        let ended = self.text.ends_with(['.', '؟', '!', ':', '؛', '»', '"', '?', '۔']);
        let text = self.kind == ParagraphKind::Text && next.kind == ParagraphKind::Text;
        text && self.stays_open && next.goes_on && !ended && (self.size - next.size).abs() < self.size * 0.05
    }
}

/// Adds the paragraphs of another column; the first may be more of the last.
pub fn go_on(found: &mut Vec<PdfParagraph>, more: Vec<PdfParagraph>) {
    for (at, next) in more.into_iter().enumerate() {
        match found.last_mut() {
            Some(last) if at == 0 && last.goes_on_in(&next) => {
                last.text.extend([" ", &next.text]);
                last.stays_open = next.stays_open;
                last.unnamed += next.unnamed;
            }
            _ => found.push(next),
        }
    }
}

/// The row of a table, of the paragraphs of its cells.
pub fn row(cells: &[Vec<PdfParagraph>]) -> Option<PdfParagraph> {
    let texts: Vec<String> = cells
        .iter()
        .map(|cell| cell.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect();
    let all = || cells.iter().flatten();
    (!texts.is_empty()).then(|| PdfParagraph {
        text: texts.join("\t"),
        kind: ParagraphKind::Row,
        size: all().map(|paragraph| paragraph.size).fold(0.0, f64::max),
        unnamed: all().map(|paragraph| paragraph.unnamed).sum(),
        goes_on: false,
        stays_open: false,
    })
}
