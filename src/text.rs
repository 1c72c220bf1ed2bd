//! The text and the places in it: [`Span`], [`Document`], and the offsets that other programs count in.
//!
//! All slicing of document text happens here, so a span that does not fit is an empty string and never a panic.

mod address;
mod escaped;
mod metadata;
mod offsets;
mod structure;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

pub use address::{Address, addresses};
pub use escaped::{Escaped, is_command, one_line};
pub use metadata::Metadata;
pub use offsets::{Offsets, Unit};
pub use structure::{Block, BlockKind, Directed, Direction, NoteReference, Structure};

/// A byte range into [`Document::text`], end exclusive, both ends on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `start..end`; a reversed pair gives an empty span at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `offset` is inside.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` is inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span, counted from `base` bytes further left.
    #[must_use]
    pub const fn shifted(self, base: usize) -> Self {
        Self { start: self.start + base, end: self.end + base }
    }

    /// As a standard range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Where a document came from, for the export and the title line.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Origin {
    /// The path or address as the user gave it; none for standard input and the sample.
    pub path: Option<String>,
    /// Which of the documents of a file this is; none where the file is one document.
    #[serde(skip)]
    pub entry: Option<Entry>,
    /// SHA-256 of the source's bytes, in hexadecimal; none where nobody asked for it.
    pub sha256: Option<String>,
    /// The name of the encoding that the bytes were in, as the WHATWG spells it.
    pub encoding: String,
    /// What the source held and the text does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// What reading changed in the text: presentation forms to plain letters, line ends to blanks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<LeftOut>,
}

/// A document among others in one file: an article of a feed, a line of JSON Lines, a chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The path or address of the file.
    pub container: String,
    /// What it is known by in there, also after others have come before it: its id, with a number where several have it.
    pub key: String,
}

/// One kind of thing that reading left out or changed: 3 pictures, 2 bytes outside the encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// What it is, in the plural.
    pub what: String,
    /// How many.
    pub count: usize,
}

/// An article: its text as it was, and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Document {
    id: String,
    text: String,
    origin: Origin,
    pages: Vec<usize>,
    remarks: Vec<String>,
    metadata: Metadata,
    structure: Arc<Structure>,
}

/// The longest stretch that is laid out as one paragraph, in bytes. A longer line is cut after white space, so that a
/// file without line ends does not make the reader wait.
pub const PARAGRAPH_LIMIT: usize = 1 << 16;

/// A longer line is cut near multiples of this, in bytes of the document: what has to be looked at to find a cut does not
/// grow with the line. A line that began just after one is cut at the one after the next.
const STRIDE: usize = PARAGRAPH_LIMIT / 2;

impl Document {
    /// A document named `id` (a file's name without its ending).
    #[must_use]
    pub fn new(id: impl Into<String>, text: impl Into<String>, origin: Origin) -> Self {
        Self { id: id.into(), text: text.into(), origin, ..Self::default() }
    }

    /// The same with where each page begins, in bytes of the text, and with what has to be said of pages, a line each.
    #[must_use]
    pub fn with_pages(self, pages: Vec<usize>, remarks: Vec<String>) -> Self {
        let pages = pages.into_iter().map(|page| floor(&self.text, page)).collect();
        Self { pages, remarks, ..self }
    }

    /// Where each page begins, in bytes of the text and in order; empty where the source has no pages.
    #[must_use]
    pub fn pages(&self) -> &[usize] {
        &self.pages
    }

    /// The number of the page, from 1, that the byte at `offset` is on; none where the source has no pages.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> Option<usize> {
        (!self.pages.is_empty()).then(|| self.pages.partition_point(|page| *page <= offset).max(1))
    }

    /// What has to be said of its pages, a line each: which were refused, and why.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The same under another name.
    #[must_use]
    pub fn with_id(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// The same, from somewhere else.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// The same with what its source says about it.
    #[must_use]
    pub fn with_metadata(self, metadata: Metadata) -> Self {
        Self { metadata, ..self }
    }

    /// The same with the marks on its text.
    #[must_use]
    pub fn with_structure(mut self, mut structure: Structure) -> Self {
        structure.sort();
        self.structure = Arc::new(structure);
        self
    }

    /// The same as one of several documents of a file.
    #[must_use]
    pub fn with_entry(mut self, entry: Entry) -> Self {
        self.origin.entry = Some(entry);
        self
    }

    /// The name that exports carry.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name as one of a file in the current folder. A line of JSON Lines is called whatever its writer likes:
    /// `../x` becomes `_x`.
    #[must_use]
    pub fn file_name(&self) -> String {
        // 255 bytes is what file systems take, with an ending and a number to come.
        let name = slice(&self.id, Span::new(0, floor(&self.id, 200)));
        let name = name
            .trim_start_matches(['.', '-'])
            .replace(|letter: char| letter.is_control() || "/\\:".contains(letter), "_");
        if name.is_empty() { "document".to_owned() } else { name }
    }

    /// The whole text, in logical order, as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it came from.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What its source says about it: headline, writer, day, paper, address.
    #[must_use]
    pub const fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The marks on its text: headings, lists, tables, directions.
    #[must_use]
    pub fn structure(&self) -> &Structure {
        &self.structure
    }

    /// The text of a span; empty where the span does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// The paragraph that holds the byte at `offset`, without its line end. Offsets past the end give the last one. It
    /// looks at no more than [`PARAGRAPH_LIMIT`] bytes to either side, however long the line is.
    #[must_use]
    pub fn paragraph_at(&self, offset: usize) -> Span {
        let bytes = self.text.as_bytes();
        let offset = offset.min(bytes.len());
        let place = offset / STRIDE;
        let from = place.saturating_sub(2) * STRIDE;
        let head = bytes.get(from..offset).unwrap_or_default();
        let start = memchr::memrchr(b'\n', head).map_or(from, |at| from + at + 1);
        let tail = bytes.get(offset..bytes.len().min((place + 3) * STRIDE)).unwrap_or_default();
        let stop = memchr::memchr(b'\n', tail).map_or(bytes.len(), |at| offset + at);
        let edges = (place.saturating_sub(1)..=place + 2).filter_map(|place| self.edge(place * STRIDE));
        let (mut start, mut end) = (start, stop);
        for edge in edges {
            if edge <= offset {
                start = start.max(edge);
            } else {
                end = end.min(edge);
            }
        }
        // A carriage return is part of a line end only before a line feed.
        let ended = end == stop && end < bytes.len() && self.slice(Span::new(start, end)).ends_with('\r');
        Span::new(start, end - usize::from(ended))
    }

    /// The paragraph after `paragraph`; none after the last.
    #[must_use]
    pub fn paragraph_after(&self, paragraph: Span) -> Option<Span> {
        let rest = self.text.as_bytes().get(paragraph.end..)?;
        let skip = match rest {
            [] => return None,
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        Some(self.paragraph_at(paragraph.end + skip))
    }

    /// The paragraph before `paragraph`; none before the first.
    #[must_use]
    pub fn paragraph_before(&self, paragraph: Span) -> Option<Span> {
        paragraph.start.checked_sub(1).map(|offset| self.paragraph_at(floor(&self.text, offset)))
    }

    /// Every paragraph, in order. Computed on the way: asking for the first costs nothing for the rest.
    pub fn paragraphs(&self) -> impl Iterator<Item = Span> + '_ {
        std::iter::successors(Some(self.paragraph_at(0)), |&paragraph| self.paragraph_after(paragraph))
    }

    /// Where a line is cut that has gone on for [`STRIDE`] bytes when it comes to `from`: at the first place at or after
    /// it that follows white space, looked for over 1 KiB, else at a character boundary; never right before its end.
    fn edge(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let before = bytes.get(from.checked_sub(STRIDE)?..from)?;
        if memchr::memchr(b'\n', before).is_some() {
            return None;
        }
        let from = ceil(&self.text, from);
        let window = slice(&self.text, Span::new(from, ceil(&self.text, from + 1024)));
        let line = window.split('\n').next().unwrap_or_default();
        let space = line.char_indices().find(|(_, letter)| letter.is_whitespace());
        let edge = space.map_or(from, |(at, letter)| from + at + letter.len_utf8());
        let rest = bytes.get(edge..).unwrap_or_default();
        (!rest.is_empty() && !rest.starts_with(b"\n") && !rest.starts_with(b"\r\n")).then_some(edge)
    }
}

/// The text of a span; empty where the span does not fit.
#[must_use]
pub fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// The last character boundary at or before `offset`.
#[must_use]
pub fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

/// The first character boundary at or after `offset`.
#[must_use]
pub fn ceil(text: &str, offset: usize) -> usize {
    text.ceil_char_boundary(offset)
}
