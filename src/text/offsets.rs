//! Byte offsets as the units that other programs count text in, and back.

use super::{Span, floor, slice};

/// The units that other programs count text in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points: rawi's JSON, brat, Label Studio, spaCy, Python.
    CodePoint,
    /// UTF-16 code units: UIMA CAS, WebAnno TSV, JavaScript, Java.
    Utf16,
}

/// Converts offsets between bytes and another unit. Built once a text; each question takes a binary search and a walk
/// over at most [`Offsets::STRIDE`] bytes.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    unit: Unit,
    /// At every `STRIDE` bytes: the character boundary at or after it, and its offset in `unit`.
    marks: Vec<(usize, usize)>,
}

impl<'a> Offsets<'a> {
    /// How many bytes lie between two remembered places.
    pub const STRIDE: usize = 256;

    /// Walks `text` once.
    #[must_use]
    pub fn new(text: &'a str, unit: Unit) -> Self {
        let mut marks = vec![(0, 0)];
        let (mut next, mut count) = (Self::STRIDE, 0);
        for (at, letter) in text.char_indices() {
            if at >= next {
                marks.push((at, count));
                next = at + Self::STRIDE;
            }
            count += units(letter, unit);
        }
        Self { text, unit, marks }
    }

    /// The offset in the unit of the byte offset `byte` (rounded down to a character boundary).
    #[must_use]
    pub fn from_byte(&self, byte: usize) -> usize {
        let byte = floor(self.text, byte);
        let (at, count) = self.mark(|mark| mark.0 <= byte);
        count + slice(self.text, Span::new(at, byte)).chars().map(|letter| units(letter, self.unit)).sum::<usize>()
    }

    /// The byte offset of an offset in the unit; none past the end or inside a character.
    #[must_use]
    pub fn to_byte(&self, offset: usize) -> Option<usize> {
        let (mut at, mut count) = self.mark(|mark| mark.1 <= offset);
        let mut rest = slice(self.text, Span::new(at, self.text.len())).chars();
        while count < offset {
            let letter = rest.next()?;
            at += letter.len_utf8();
            count += units(letter, self.unit);
        }
        (count == offset).then_some(at)
    }

    /// A span in the unit, as `(start, end)`.
    #[must_use]
    pub fn from_span(&self, span: Span) -> (usize, usize) {
        (self.from_byte(span.start), self.from_byte(span.end))
    }

    /// The span of a `(start, end)` pair in the unit; none where it does not fit or is reversed.
    #[must_use]
    pub fn to_span(&self, (start, end): (usize, usize)) -> Option<Span> {
        let (start, end) = (self.to_byte(start)?, self.to_byte(end)?);
        (start <= end).then_some(Span::new(start, end))
    }

    fn mark(&self, before: impl Fn(&(usize, usize)) -> bool) -> (usize, usize) {
        let index = self.marks.partition_point(before);
        index.checked_sub(1).and_then(|index| self.marks.get(index)).copied().unwrap_or_default()
    }
}

const fn units(letter: char, unit: Unit) -> usize {
    match unit {
        Unit::CodePoint => 1,
        Unit::Utf16 => letter.len_utf16(),
    }
}
