//! Letters to cells, in logical order: clusters, ligatures, forms, mirror images, what is hidden and what stands in.

use super::breaks::opportunities;
use super::letters::{Kind, Letter, stand_in};
use super::{Options, Shaping};
use crate::arabic::chars::{LAM, is_tashkeel, lam_alef, presentation};
use crate::arabic::shape::{JoiningType, get_joining_type};
use unicode_bidi::BidiClass;
use unicode_bidi_mirroring::get_mirrored;

/// As many marks as are sent with one base; the rest belong to its cell unseen. The Quran needs five.
const MARKS: u8 = 8;

/// What a mark without a base is written on.
const DOTTED_CIRCLE: char = '\u{25CC}';

/// A cell, its text and source as offsets, so that a paragraph holds two arrays and no boxes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Packed {
    /// Source: first byte, counted from the paragraph, and length in bytes.
    pub(super) start: u32,
    pub(super) len: u32,
    /// First byte of the symbol in the paragraph's `symbols`, and its length.
    pub(super) symbol: u32,
    pub(super) bytes: u8,
    /// Columns. Of white space the wrapping has the last word.
    pub(super) width: u8,
    pub(super) level: u8,
    pub(super) flags: u8,
}

impl Packed {
    /// A row may end before it (UAX #14).
    pub(super) const MAY_BREAK: u8 = 1;
    /// A row must end before it.
    pub(super) const MUST_BREAK: u8 = 2;
    /// A space that the end of a row may hide.
    pub(super) const SPACE: u8 = 4;
    pub(super) const TAB: u8 = 8;
    /// Takes the paragraph's level at the end of a row (rule L1).
    pub(super) const WHITE: u8 = 16;
    /// Takes the paragraph's level wherever it is, and so does white space before it (rule L1).
    pub(super) const SEPARATOR: u8 = 32;
    /// The symbol is the mirror image of the letter (rule L4).
    pub(super) const MIRRORED: u8 = 64;
    /// The symbol is not the text's own.
    pub(super) const STAND_IN: u8 = 128;

    pub(super) const fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// One past the last byte of the source.
    pub(super) const fn end(&self) -> u32 {
        self.start + self.len
    }
}

/// What a following mark, joiner or letter may attach itself to.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Base,
    /// Two columns wide: what a skin colour may follow.
    Wide,
    /// Half a flag.
    Regional,
}

pub(super) struct Builder<'a> {
    options: &'a Options,
    /// Where the paragraph begins, and where no cell may hold letters of both sides: byte offsets into the
    /// document, sorted.
    base: usize,
    cell_breaks: &'a [usize],
    /// One row for all: what would end a row becomes a space.
    label: bool,
    pub(super) symbols: String,
    pub(super) cells: Vec<Packed>,
    open: Open,
    marks: u8,
    /// Where the alef is that the last lam was ligated with.
    alef: Option<u32>,
    /// The references to notes that are still to come: the byte before which each stands, and what it shows.
    notes: &'a [(u32, String)],
}

impl<'a> Builder<'a> {
    pub(super) fn new(options: &'a Options, base: usize, cell_breaks: &'a [usize], label: bool) -> Self {
        let (symbols, cells, open) = (String::new(), Vec::new(), Open::Nothing);
        Self { options, base, cell_breaks, label, symbols, cells, open, marks: 0, alef: None, notes: &[] }
    }

    /// The same with the references to notes of the paragraph, in order.
    pub(super) fn with_notes(self, notes: &'a [(u32, String)]) -> Self {
        Self { notes, ..self }
    }

    /// Shows the references to notes that stand before a byte, raised, in cells that have no byte of the text.
    fn notes_before(&mut self, at: u32) {
        while let Some(((place, label), rest)) = self.notes.split_first().filter(|(note, _)| note.0 <= at) {
            self.notes = rest;
            let level = self.cells.last().map_or(0, |cell| cell.level);
            let mut letters: Vec<char> = label.chars().take(NOTE).map(raised).collect();
            if level % 2 == 1 {
                letters.reverse();
            }
            for letter in letters {
                let symbol = self.symbols.len() as u32;
                self.symbols.push(letter);
                let (bytes, flags) = (letter.len_utf8() as u8, Packed::STAND_IN);
                self.cells.push(Packed { start: *place, len: 0, symbol, bytes, width: 1, level, flags });
            }
            self.open = Open::Nothing;
        }
    }

    /// Makes the cells of a paragraph. `letters` have their levels and forms.
    pub(super) fn run(&mut self, text: &str, letters: &[Letter]) {
        // Forms take three bytes where the letters take two.
        self.symbols.reserve(text.len() / 2 * 3 + 16);
        self.cells.reserve(letters.len());
        let mut breaks = opportunities(text).peekable();
        let mut rest = letters;
        while let Some((letter, after)) = rest.split_first() {
            let end = after.first().map_or(text.len() as u32, |next| next.at);
            if letter.traits.kind != Kind::Mark {
                self.notes_before(letter.at);
            }
            let count = self.cells.len();
            self.letter(letter, after);
            let fresh = self.cells.len() > count;
            if let Some(cell) = self.cells.last_mut() {
                cell.len = end - cell.start;
                if fresh {
                    while breaks.next_if(|&(at, _)| at < letter.at as usize).is_some() {}
                    cell.flags |= match breaks.next_if(|&(at, _)| at == letter.at as usize) {
                        Some((_, true)) => Packed::MUST_BREAK,
                        Some((_, false)) => Packed::MAY_BREAK,
                        None => 0,
                    };
                }
            }
            rest = after;
        }
        self.notes_before(text.len() as u32);
    }

    fn letter(&mut self, letter: &Letter, after: &[Letter]) {
        match letter.traits.kind {
            Kind::Base if self.alef == Some(letter.at) => self.alef = None,
            Kind::Base => self.base(letter, after),
            Kind::Mark => self.mark(letter),
            Kind::Attached if self.open == Open::Nothing || self.options.invisibles => self.hidden(letter),
            Kind::Attached => self.joiner(letter.letter),
            Kind::Modifier if self.open == Open::Wide => {}
            Kind::Modifier => self.base(letter, after),
            Kind::Regional => self.regional(letter),
            Kind::Sign => self.cell(letter, stand_in(letter.letter), 1, Packed::STAND_IN),
            Kind::Hidden => self.hidden(letter),
            Kind::Break if !self.label => self.hidden(letter),
            Kind::Tab if !self.label => self.space(letter, Packed::TAB),
            Kind::Space | Kind::Break | Kind::Tab => self.space(letter, Packed::SPACE),
        }
    }

    fn base(&mut self, letter: &Letter, after: &[Letter]) {
        let wide = letter.traits.width == 2;
        if wide && self.options.width < 2 {
            self.cell(letter, '□', 1, Packed::STAND_IN);
            return;
        }
        let (mut symbol, mut flags) = (letter.letter, 0);
        if letter.traits.mirrored && letter.level % 2 == 1 {
            symbol = get_mirrored(letter.letter).unwrap_or(letter.letter);
            flags = Packed::MIRRORED;
        } else if self.options.shaping != Shaping::None {
            let pair = if letter.letter == LAM { self.pair(letter, after) } else { None };
            let forms = self.options.shaping == Shaping::Forms;
            let form = || if forms { presentation(letter.letter, letter.form) } else { None };
            symbol = pair.or_else(form).unwrap_or(letter.letter);
        }
        self.cell(letter, symbol, letter.traits.width, flags);
        if wide {
            self.open = Open::Wide;
        }
    }

    /// The ligature of a lam with the alef after it, marks between them or not; never across a cell break.
    fn pair(&mut self, lam: &Letter, after: &[Letter]) -> Option<char> {
        let alef = after.iter().find(|letter| letter.traits.kind != Kind::Mark)?;
        if alef.level != lam.level || lam.level.is_multiple_of(2) {
            return None;
        }
        let symbol = lam_alef(alef.letter, lam.form)?;
        let (from, to) = (self.base + lam.at as usize, self.base + alef.at as usize);
        let cell_break = self.cell_breaks.get(self.cell_breaks.partition_point(|&cell_break| cell_break <= from));
        if cell_break.is_some_and(|&cell_break| cell_break <= to) {
            return None;
        }
        self.alef = Some(alef.at);
        Some(symbol)
    }

    fn mark(&mut self, letter: &Letter) {
        let shown = self.options.tashkeel || !is_tashkeel(letter.letter);
        if self.open == Open::Nothing {
            if shown {
                self.cell(letter, DOTTED_CIRCLE, 1, Packed::STAND_IN);
                self.add(letter.letter);
            } else {
                self.nothing(letter);
            }
        } else if shown && self.marks < MARKS {
            self.marks += 1;
            self.add(letter.letter);
        }
    }

    /// ZWNJ and ZWJ between letters that the terminal joins.
    fn joiner(&mut self, joiner: char) {
        let symbol = self.cells.last().and_then(|cell| self.symbols.get(cell.symbol as usize..));
        let joins = |letter| get_joining_type(letter) != JoiningType::NonJoining;
        if self.options.shaping != Shaping::Forms
            && matches!(joiner, '\u{200C}' | '\u{200D}')
            && self.marks < MARKS
            && symbol.and_then(|symbol| symbol.chars().next()).is_some_and(joins)
        {
            self.marks += 1;
            self.add(joiner);
        }
    }

    fn regional(&mut self, letter: &Letter) {
        if self.open == Open::Regional && self.options.width >= 2 {
            self.add(letter.letter);
            if let Some(cell) = self.cells.last_mut() {
                cell.width = 2;
            }
            self.open = Open::Base;
        } else {
            self.cell(letter, letter.letter, 1, 0);
            self.open = Open::Regional;
        }
    }

    fn space(&mut self, letter: &Letter, flag: u8) {
        self.cell(letter, ' ', 1, flag);
        self.open = Open::Nothing;
    }

    fn hidden(&mut self, letter: &Letter) {
        if self.options.invisibles {
            self.cell(letter, stand_in(letter.letter), 1, Packed::STAND_IN);
        } else {
            self.nothing(letter);
        }
        self.open = Open::Nothing;
    }

    /// A cell without columns.
    fn nothing(&mut self, letter: &Letter) {
        let (symbol, flags) = (self.symbols.len() as u32, whiteness(letter.traits.bidi));
        self.cells.push(Packed { start: letter.at, symbol, level: letter.level, flags, ..Packed::default() });
    }

    fn cell(&mut self, letter: &Letter, symbol: char, width: u8, flags: u8) {
        let before = self.symbols.len() as u32;
        self.symbols.push(symbol);
        self.cells.push(Packed {
            start: letter.at,
            len: 0,
            symbol: before,
            bytes: symbol.len_utf8() as u8,
            width,
            level: letter.level,
            flags: flags | whiteness(letter.traits.bidi),
        });
        self.open = Open::Base;
        self.marks = 0;
    }

    /// Adds a character to the last cell's symbol.
    fn add(&mut self, letter: char) {
        if let Some(cell) = self.cells.last_mut() {
            self.symbols.push(letter);
            cell.bytes += letter.len_utf8() as u8;
        }
    }
}

/// As many letters of what a reference to a note shows are shown.
const NOTE: usize = 4;

/// A digit as it stands above the line.
const fn raised(letter: char) -> char {
    match letter {
        '0' | '٠' | '۰' => '⁰',
        '1' | '١' | '۱' => '¹',
        '2' | '٢' | '۲' => '²',
        '3' | '٣' | '۳' => '³',
        '4' | '٤' | '۴' => '⁴',
        '5' | '٥' | '۵' => '⁵',
        '6' | '٦' | '۶' => '⁶',
        '7' | '٧' | '۷' => '⁷',
        '8' | '٨' | '۸' => '⁸',
        '9' | '٩' | '۹' => '⁹',
        letter if letter.is_ascii_alphabetic() || matches!(letter, '*' | '†' | '‡' | '§') => letter,
        _ => '°',
    }
}

/// What rule L1 asks of a bidi class.
const fn whiteness(class: BidiClass) -> u8 {
    use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
    match class {
        S | B => Packed::SEPARATOR,
        WS | FSI | LRI | RLI | PDI | BN | LRE | RLE | LRO | RLO | PDF => Packed::WHITE,
        _ => 0,
    }
}
