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
    /// The same between U+202D and U+202C: a terminal that reorders by UAX #9, cannot be told not to and shows
    /// presentation forms as they are (VTE through tmux). Needs [`super::Shaping::Forms`].
    Overridden,
    /// As it is read, with an isolate and an override around each level: a terminal that reorders by UAX #9, joins and mirrors. A row
    /// alone does not tell it the levels that its paragraph gave. Needs [`super::Shaping::None`] or
    /// [`super::Shaping::Ligatures`].
    Logical,
    /// The same for a terminal that reorders but does not mirror (Konsole).
    LogicalMirrored,
    /// Words in visual order; those that begin with a right-to-left letter turned round, because kitty reverses each of
    /// them by itself, digits included. Needs [`super::Shaping::Forms`].
    Kitty,
    /// As it is read, and no more.
    Bare,
}

/// What goes into the terminal at a column. A tab is as many glyphs of one blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Column from the left edge of the pane. In logical order this is not where the reader sees it.
    pub column: usize,
    /// Columns: 1 or 2.
    pub width: usize,
    /// One base and its marks; then the controls that the order asks for.
    pub symbol: Cow<'a, str>,
    /// The bytes in the document that a style is looked up by.
    pub source: Span,
    /// Whether the symbol is not the text's own.
    pub stand_in: bool,
}

impl<'a> Row<'a> {
    /// What to write into a pane of `pane` columns for this row, in the order of the columns. Columns that no glyph
    /// names are blank.
    #[must_use]
    pub fn emit(self, order: Order, pane: usize) -> Vec<Glyph<'a>> {
        self.emit_in(order, pane, |_| 0)
    }

    /// What stands in the margin, for a pane of so many columns. The glyphs have no source.
    #[must_use]
    pub fn marker(self, order: Order, pane: usize) -> Vec<Glyph<'a>> {
        let Some((row, width)) = self.label() else { return Vec::new() };
        let from = if self.is_rtl() { pane.saturating_sub(width) } else { 0 };
        let source = Span::new(self.span().start, self.span().start);
        let placed = |glyph: Glyph<'a>| Glyph { column: from + glyph.column, source, stand_in: true, ..glyph };
        // A terminal that reorders gets no controls for so little.
        let order = match order {
            Order::Logical | Order::LogicalMirrored => Order::Bare,
            Order::Overridden => Order::Visual,
            order => order,
        };
        row.emit(order, width).into_iter().map(placed).collect()
    }

    /// The same where not all of it is in one font, bold or italic letters say: kitty reverses each font by itself.
    #[must_use]
    pub fn emit_in(self, order: Order, pane: usize, font: impl Fn(Span) -> u16) -> Vec<Glyph<'a>> {
        let mut cells: Vec<Cell<'a>> = self.cells().filter(|cell| cell.width > 0).collect();
        let mut column = self.indent(pane);
        if matches!(order, Order::Logical | Order::LogicalMirrored | Order::Bare) {
            cells.sort_by_key(|cell| cell.source.start);
            // Blanks at the end of a line go back to the side of the screen (rule L1): they are left blank.
            while let Some(blank) = cells.pop_if(|cell| cell.level > 0 && is_blank(cell.symbol)) {
                column += if self.is_rtl() { blank.width } else { 0 };
            }
        }
        let mut glyphs = Vec::with_capacity(cells.len());
        for cell in &cells {
            let (count, width) = if cell.symbol == " " { (cell.width, 1) } else { (1, cell.width) };
            let plain = matches!(order, Order::Logical | Order::Bare) && cell.mirrored;
            let symbol = if plain { unmirrored(cell.symbol) } else { Cow::Borrowed(cell.symbol) };
            for _ in 0..count {
                let (symbol, stand_in) = (symbol.clone(), cell.stand_in);
                glyphs.push(Glyph { column, width, symbol, source: cell.source, stand_in });
                column += width;
            }
        }
        match order {
            Order::Visual | Order::Bare => {}
            Order::Overridden => append(glyphs.last_mut(), "\u{202C}"),
            Order::Logical | Order::LogicalMirrored => self.say_levels(&mut glyphs),
            Order::Kitty => {
                let same = |one: &Glyph<'_>, next: &Glyph<'_>| {
                    (one.symbol == " ") == (next.symbol == " ") && font(one.source) == font(next.source)
                };
                glyphs.chunk_by_mut(same).for_each(turn);
            }
        }
        glyphs
    }

    /// What is appended to the cell before the row's first glyph, which has to be a blank one.
    #[must_use]
    pub fn opening(self, order: Order) -> String {
        match order {
            Order::Visual | Order::Kitty | Order::Bare => String::new(),
            Order::Overridden => "\u{202D}".to_owned(),
            Order::Logical | Order::LogicalMirrored => {
                let first = self.cells().filter(|cell| cell.width > 0).min_by_key(|cell| cell.source.start);
                let base = u8::from(self.is_rtl());
                let isolate = if self.is_rtl() { RTL } else { LTR };
                format!("{isolate}{}", step(base, first.map_or(base, |cell| cell.level)))
            }
        }
    }

    /// Says each change of level, also those that only hidden cells between two glyphs have.
    fn say_levels(self, glyphs: &mut [Glyph<'a>]) {
        let base = u8::from(self.is_rtl());
        let mut levels: Vec<(usize, u8)> = self.cells().map(|cell| (cell.source.start, cell.level)).collect();
        levels.sort_unstable();
        let from = |place| levels.partition_point(|&(start, _)| start < place);
        let level = |place| levels.get(from(place)).map_or(base, |&(_, level)| level);
        let mut rest = glyphs;
        while let Some((glyph, after)) = rest.split_first_mut() {
            let here = glyph.source.start;
            let controls = match after.first().map(|next| next.source.start) {
                Some(next) => {
                    let between = levels.get(from(here)..=from(next)).unwrap_or_default();
                    let low = between.iter().map(|&(_, level)| level).min().unwrap_or(base);
                    step(level(here), low) + &step(low, level(next))
                }
                None => step(level(here), base) + "\u{2069}",
            };
            append(Some(glyph), &controls);
            rest = after;
        }
    }
}

/// What leads from one level to another. Isolates and not overrides alone: they are there themselves, between two runs
/// that nothing else keeps apart.
fn step(from: u8, to: u8) -> String {
    if to < from {
        return "\u{2069}".repeat(usize::from(from - to));
    }
    (from + 1..=to).map(|level| if level % 2 == 1 { RTL } else { LTR }).collect()
}

/// An isolate takes its text out of its surroundings, and the override the say from what is in it.
const RTL: &str = "\u{2067}\u{202E}";
const LTR: &str = "\u{2066}\u{202D}";

/// The direction of a letter's script; none for those that all scripts share (Script=Common in Scripts.txt).
fn script(letter: char) -> Option<BidiClass> {
    match (letter, bidi_class(letter)) {
        ('؛' | '؟' | 'ـ', _) => None,
        ('\u{606}'..='\u{60B}' | '٪' | '٫' | '٬' | '\u{6DE}' | '\u{6E9}' | '۰'..='۹', _) => Some(BidiClass::R),
        (_, BidiClass::R | BidiClass::AL) => Some(BidiClass::R),
        (_, BidiClass::L) => Some(BidiClass::L),
        _ => None,
    }
}

fn append(glyph: Option<&mut Glyph<'_>>, controls: &str) {
    if let (Some(glyph), false) = (glyph, controls.is_empty()) {
        glyph.symbol.to_mut().push_str(controls);
    }
}

/// Turns a word round where kitty does: where the first letter that it gets has a right-to-left script. Only the letters:
/// kitty leaves the colours where they are.
fn turn(word: &mut [Glyph<'_>]) {
    if word.iter().find_map(|glyph| script(glyph.symbol.chars().next()?)) != Some(BidiClass::R) {
        return;
    }
    let symbols: Vec<Cow<'_, str>> =
        word.iter().rev().map(|glyph| unmirrored(&glyph.symbol).into_owned().into()).collect();
    for (glyph, symbol) in word.iter_mut().zip(symbols) {
        glyph.symbol = symbol;
    }
}

/// Undoes rule L4: mirroring is its own inverse.
fn unmirrored(symbol: &str) -> Cow<'_, str> {
    let mut letters = symbol.chars();
    let first = letters.next().map(|letter| get_mirrored(letter).unwrap_or(letter));
    Cow::Owned(first.into_iter().chain(letters).collect())
}

/// Whether all of it is white space to the bidi algorithm (class WS), which has figure and ideographic spaces among it
/// and no-break spaces (class CS) not.
fn is_blank(symbol: &str) -> bool {
    symbol.chars().all(|letter| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}'))
}
