//! What a source says of the parts of its text: headings, lists, tables, verse, code, quotations, notes, directions.
//! They are marks on the text: no character of it stands for them.

use super::Span;

/// What a part of the text is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum BlockKind {
    /// A heading; the headline of the article has level 1.
    Heading {
        /// From 1, the highest, to 6.
        level: u8,
    },
    /// The line that says who wrote the article.
    Byline,
    /// The line that says when it appeared.
    Dateline,
    /// An item of a list.
    Item {
        /// How many lists it lies in, from 1.
        depth: u8,
        /// Its number in a list with numbers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
    },
    /// A cell of a table.
    Cell {
        /// The number of the table in the document, from 0.
        table: u32,
        /// The number of its row, from 0.
        row: u32,
        /// The number of its column, from 0.
        column: u32,
        /// Whether it names its column or row.
        header: bool,
    },
    /// Lines of verse: their ends are meant.
    Verse,
    /// Lines of code: their ends and blanks are meant.
    Code,
    /// Words of somebody else: a block quote, a message in a chat.
    Quotation {
        /// Where the text names whose words they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Span>,
    },
    /// A note of the article.
    Note {
        /// What its reference in the text shows: `1`.
        label: String,
    },
}

/// A part of the text that is more than a paragraph. Blocks may lie in each other.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// Its bytes: whole paragraphs, without the last line end.
    pub span: Span,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// A direction that the writer of the text gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
    /// That of its first strong letter.
    Auto,
}

/// A part of the text whose direction its writer states (UAX #9, HL1 and HL3: `dir`, `bdi`, `bdo`, `w:bidi`, `w:rtl`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Directed {
    /// Its bytes. One that covers a paragraph is the paragraph's direction; one inside a paragraph is isolated.
    pub span: Span,
    /// The direction.
    pub direction: Direction,
    /// Whether every letter runs in it, whatever its own direction (`bdo`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forced: bool,
}

/// The mark of a note in the text, which has no letters of its own there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoteReference {
    /// The byte before which it stands.
    pub at: usize,
    /// What it shows: `1`.
    pub label: String,
}

/// All marks on a text, each kind by where it begins; of two that begin together the longer comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Structure {
    /// Parts that are more than paragraphs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Parts whose direction is stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub directions: Vec<Directed>,
    /// References to notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteReference>,
}

impl Structure {
    /// Whether nothing is marked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.directions.is_empty() && self.notes.is_empty()
    }

    /// Puts the marks in order: by their first byte, the longer one first.
    pub fn sort(&mut self) {
        let key = |span: Span| (span.start, std::cmp::Reverse(span.end));
        self.blocks.sort_by_key(|block| key(block.span));
        self.directions.sort_by_key(|directed| key(directed.span));
        self.notes.sort_by_key(|note| note.at);
    }

    /// The blocks that a paragraph lies in, the outermost first.
    pub fn blocks_at(&self, paragraph: Span) -> impl Iterator<Item = &Block> {
        let end = self.blocks.partition_point(|block| block.span.start <= paragraph.start);
        let before = self.blocks.get(..end).unwrap_or_default();
        before.iter().filter(move |block| block.span.end > paragraph.start || block.span.start == paragraph.start)
    }

    /// Whether two paragraphs belong closer together than others: items of lists, cells of one table, lines of the same
    /// verse, code or quotation.
    #[must_use]
    pub fn belong_together(&self, above: Span, below: Span) -> bool {
        let shared = |one: &Block| {
            let same = |other: &Block| match (&one.kind, &other.kind) {
                (BlockKind::Item { .. }, BlockKind::Item { .. }) => true,
                (BlockKind::Cell { table: one, .. }, BlockKind::Cell { table: other, .. }) => one == other,
                (BlockKind::Verse | BlockKind::Code | BlockKind::Quotation { .. }, _) => one == other,
                _ => false,
            };
            self.blocks_at(below).any(same)
        };
        !self.blocks.is_empty() && self.blocks_at(above).any(shared)
    }

    /// Whether a part of a paragraph lies in a heading.
    #[must_use]
    pub fn is_heading(&self, part: Span) -> bool {
        self.blocks_at(part).any(|block| matches!(block.kind, BlockKind::Heading { .. }))
    }

    /// The same marks with their places counted otherwise.
    #[must_use]
    pub fn mapped(&self, place: impl Fn(usize) -> usize) -> Self {
        let span = |span: Span| Span::new(place(span.start), place(span.end));
        let block = |block: &Block| {
            let kind = match &block.kind {
                BlockKind::Quotation { source } => BlockKind::Quotation { source: source.map(span) },
                kind => kind.clone(),
            };
            Block { span: span(block.span), kind }
        };
        Self {
            blocks: self.blocks.iter().map(block).collect(),
            directions: self.directions.iter().map(|one| Directed { span: span(one.span), ..*one }).collect(),
            notes: self
                .notes
                .iter()
                .map(|note| NoteReference { at: place(note.at), label: note.label.clone() })
                .collect(),
        }
    }

    /// The headings, in order: what a list of contents shows.
    pub fn headings(&self) -> impl Iterator<Item = (u8, Span)> {
        self.blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading { level } => Some((level, block.span)),
            _ => None,
        })
    }
}
