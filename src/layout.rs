//! A paragraph of text to rows of terminal cells, each of which knows its source. The only place where visual order
//! exists, and the only place that decides what is visible and how wide it is.
//!
//! ```text
//! text --letters--> characters with their properties
//!      --bidi-----> levels, over the whole paragraph (UAX #9, P2 to I2)
//!      --shape----> joining forms, over the whole paragraph
//!      --cells----> clusters in logical order: base + marks, lam-alef, forms, mirror images (L4, L3)
//!      --wrap-----> rows, cut in logical order by the width of the cells (UAX #14); then L1 and L2 a row
//!      --emit-----> what goes into the columns of a terminal that wants visual, logical or kitty order
//! ```
//!
//! Forms, ligatures and levels come before wrapping because they change widths; L1 and L2 come after because they
//! belong to a row. Nothing of a document reaches a terminal but through the symbols made here: control characters,
//! escape sequences and bidi controls have no symbol, or a picture where the reader asked to see them.
//!
//! [`paragraph`] is a pure function; [`Page`] keeps its results for the part of a document that is near the screen.

mod bidi;
mod breaks;
mod cells;
mod emit;
mod letters;
mod marks;
mod page;
mod row;
mod wrap;

pub use breaks::opportunities;
pub use emit::{Glyph, Order};
pub use marks::Marks;
pub use page::{Page, Placed};
pub use row::{Cell, Paragraph, Row, Run};

use crate::arabic::shape::{self, JoiningType};
use crate::text::Span;
use cells::{Builder, Packed};
use letters::Letter;
use wrap::CellRange;

/// The direction of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// That of its first strong letter; left to right where it has none (UAX #9, P2 and P3).
    #[default]
    Auto,
    /// That of its first strong letter; right to left where it has none: a date or a row of asterisks in an article.
    AutoRtl,
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// Who joins the letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shaping {
    /// We do, with presentation forms and lam-alef ligatures.
    #[default]
    Forms,
    /// The terminal does, but for lam-alef ligatures, which it would give two cells and draw in one (Konsole).
    Ligatures,
    /// The terminal does, or its font has no forms: base letters, a cell each.
    None,
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// Columns of a row, at least 1.
    pub width: usize,
    /// Direction of the paragraphs.
    pub direction: Direction,
    /// Who joins the letters.
    pub shaping: Shaping,
    /// Whether tashkeel is shown.
    pub tashkeel: bool,
    /// Whether control characters, bidi controls and joiners are shown, each as a picture in a cell of its own.
    pub invisibles: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 80, direction: Direction::Auto, shaping: Shaping::Forms, tashkeel: true, invisibles: false }
    }
}

/// Lays out one paragraph, `text`, which begins at byte `base` of its document. `cell_breaks` are byte offsets of the
/// document, sorted, across which no two letters share a cell: where highlights begin and end.
#[must_use]
pub fn paragraph(text: &str, base: usize, options: &Options, cell_breaks: &[usize]) -> Paragraph {
    marked(text, base, options, (cell_breaks, &Marks::default()))
}

/// The same with the marks that a document has on it: their margin takes columns of the width, and their directions are
/// those of the paragraph and of what is isolated in it (UAX #9, HL1 and HL3).
#[must_use]
pub fn marked(text: &str, base: usize, options: &Options, (cell_breaks, marks): (&[usize], &Marks)) -> Paragraph {
    let margin = marks.margin(options.width);
    let own = matches!(options.direction, Direction::Auto | Direction::AutoRtl).then_some(marks.direction).flatten();
    let options = Options {
        width: options.width.saturating_sub(margin).max(1),
        direction: own.unwrap_or(options.direction),
        ..*options
    };
    let (mut builder, rtl) = build(text, base, &options, (cell_breaks, false, marks));
    let lines = wrap::wrap(&mut builder.cells, options.width);
    let paragraph = finish(builder, lines, Span::new(base, base + text.len()), rtl);
    if margin == 0 {
        return paragraph;
    }
    let direction = if rtl { Direction::Rtl } else { Direction::Ltr };
    let label = |text: &str| line(text.trim_end(), &Options { width: margin, direction, ..options });
    paragraph.with_margin(margin, label(&marks.marker), label(&marks.rail))
}

/// Lays out a label on one row, with an ellipsis at its end where it does not fit. Line ends and tabs become spaces.
#[must_use]
pub fn line(text: &str, options: &Options) -> Paragraph {
    let marks = Marks::default();
    let (mut builder, rtl) = build(text, 0, options, (&[], true, &marks));
    let width = cut(&mut builder, options.width.max(1), text.len() as u32);
    let lines = vec![CellRange { first: 0, end: builder.cells.len(), width }];
    finish(builder, lines, Span::new(0, text.len()), rtl)
}

/// The embedding level of a paragraph and of each of its characters, before L1 (UAX #9, P2 to I2). Levels of characters
/// that rule X9 removes are those of their neighbours.
#[must_use]
pub fn levels(text: &str, direction: Direction) -> (u8, Vec<u8>) {
    let mut letters = letters::read(text);
    let base = bidi::resolve(text, &mut letters, direction, &[]);
    (base, letters.iter().map(|letter| letter.level).collect())
}

/// Whether a text holds a bidi override (U+202D or U+202E), which can make it read as something else than it says.
#[must_use]
pub fn has_bidi_overrides(text: &str) -> bool {
    [b"\xE2\x80\xAD", b"\xE2\x80\xAE"].iter().any(|control| memchr::memmem::find(text.as_bytes(), *control).is_some())
}

fn build<'a>(
    text: &str,
    base: usize,
    options: &'a Options,
    how: (&'a [usize], bool, &'a Marks),
) -> (Builder<'a>, bool) {
    let (cell_breaks, label, marks) = how;
    let mut letters = letters::read(text);
    let level = bidi::resolve(text, &mut letters, options.direction, &marks.isolates);
    // Letters that an override forces to the right side of their neighbours cannot join them.
    let kind = |letter: &Letter| match letter.traits.joining {
        JoiningType::Transparent => (JoiningType::Transparent, letter.level),
        _ if letter.level.is_multiple_of(2) => (JoiningType::NonJoining, letter.level),
        joining => (joining, letter.level),
    };
    if options.shaping != Shaping::None {
        shape::join(&mut letters, kind, |letter| &mut letter.form);
    }
    let mut builder = Builder::new(options, base, cell_breaks, label).with_notes(&marks.notes);
    builder.run(text, &letters);
    (builder, level == 1)
}

fn finish(builder: Builder<'_>, lines: Vec<CellRange>, span: Span, rtl: bool) -> Paragraph {
    let Builder { symbols, mut cells, .. } = builder;
    for line in &lines {
        if let Some(row) = cells.get_mut(line.first..line.end) {
            wrap::reorder(row, u8::from(rtl));
        }
    }
    Paragraph::new(span, rtl, symbols, (cells, lines))
}

/// Makes a label fit, and gives its width. The ellipsis stands for all that it hides, where the first of that would stand:
/// left of Arabic words, also in an English label.
fn cut(builder: &mut Builder<'_>, width: usize, end: u32) -> usize {
    let total: usize = builder.cells.iter().map(|cell| usize::from(cell.width)).sum();
    if total <= width {
        return total;
    }
    let (mut used, mut keep) = (0, 0);
    while let Some(cell) = builder.cells.get(keep).filter(|cell| used + usize::from(cell.width) < width) {
        used += usize::from(cell.width);
        keep += 1;
    }
    let (start, level) = builder.cells.get(keep).map_or((end, 0), |cell| (cell.start, cell.level));
    builder.cells.truncate(keep);
    let (symbol, flags) = (builder.symbols.len() as u32, Packed::STAND_IN);
    builder.symbols.push('…');
    builder.cells.push(Packed { start, len: end - start, symbol, bytes: 3, width: 1, level, flags });
    used + 1
}
