//! A document that is open, and what is known of it.

mod corrections;
mod heading;
mod index;
mod memory;
mod paragraphs;
pub mod reading;

use super::{
    selection::{Group, Selection},
    verdict::Verdicts,
};
use crate::{
    annotation::{Annotations, Entity, EntityId, History, Mention, Past, Quote, QuoteId},
    layout::{Page, has_bidi_overrides},
    text::{Document, Span},
};
use heading::{date, is_rtl, title};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use corrections::{arrive, decide};
pub use index::Index;
pub use memory::{Orphan, Persistence, Remembered};
pub use paragraphs::Paragraphs;

/// How far the work on a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// The rest of the text is being read.
    #[default]
    Loading,
    /// Extraction, so many of a hundred.
    Extracting(u8),
    /// Nothing is under way.
    Done,
}

/// A document that is open.
#[derive(Debug, Default)]
pub struct OpenDocument {
    /// The text; at first perhaps only its beginning.
    pub document: Arc<Document>,
    /// What was found in it so far.
    pub annotations: Annotations,
    /// Where.
    pub index: Index,
    /// Its paragraphs that have words.
    pub paragraphs: Paragraphs,
    /// Its rows.
    pub page: Page,
    /// The first byte of the topmost row.
    pub top: usize,
    /// What the cursor is on: a mention, a hit, a sentence, or nothing yet.
    pub cursor: Span,
    /// What the cursor was on when the document was left the last time, until it is there again.
    pub left: Option<Span>,
    /// The chance under which a speaker is not said, 0 to 1.
    pub doubt: f32,
    /// What is selected.
    pub selected: Option<Selection>,
    /// What the search found here, by position.
    pub hits: Vec<Span>,
    /// Remembered places.
    pub marks: BTreeMap<char, usize>,
    /// Groups of the panel of which only the heading is shown.
    pub folded: BTreeSet<Group>,
    /// How far the work on it is.
    pub progress: Progress,
    /// The part that names and quotes are of, where the text is too long to be looked through; empty where nobody asked
    /// yet.
    pub part: Option<Span>,
    /// Why there is no text.
    pub fault: Option<String>,
    /// The date that stands at its beginning, or that of its file.
    pub date: Option<String>,
    /// The headline.
    pub title: Option<Span>,
    /// Whether its lines run from right to left.
    pub rtl: bool,
    /// Whether it holds bidi overrides, which can make it read as something else than it says.
    pub overrides: bool,
    /// What a person did to the annotations.
    pub history: History,
    /// The last corrections, also of earlier sessions.
    pub past: Past,
    /// What the extractor came with last.
    pub found: Option<Annotations>,
    /// Whether it came after something was corrected.
    pub found_later: bool,
    /// What a person decided about words that the text no longer has.
    pub orphans: Vec<Orphan>,
    /// Whether corrections are kept.
    pub persistence: Persistence,
    /// What became of its quotes when they were checked against the library.
    pub checked: Verdicts,
    /// Its number in the library, where it was opened from there.
    pub library: Option<i64>,
    /// The place at which it was opened from there, until it is known what is there.
    arrived: Option<Span>,
    /// What was at that place.
    pub trail: Option<Selection>,
}

impl OpenDocument {
    /// A document as it is opened.
    #[must_use]
    pub fn new(document: Arc<Document>, page: Page) -> Self {
        let mut opened = Self { page, ..Self::default() };
        opened.load(document);
        opened
    }

    /// Takes the whole document in the place of its beginning. Places stay; they are byte offsets.
    pub fn load(&mut self, document: Arc<Document>) {
        if !document.text().starts_with(self.document.text()) {
            (self.top, self.cursor, self.selected) = (0, Span::default(), None);
            // What was found is of a text that is gone.
            self.marks.clear();
            self.annotate(Annotations::default());
        }
        self.page.forget();
        self.title = title(&document);
        self.date = date(&document).or_else(|| self.date.take());
        self.rtl = is_rtl(document.text());
        self.overrides = has_bidi_overrides(document.text());
        self.document = document;
        self.paragraphs = Paragraphs::default();
        self.hits.clear();
        self.progress = Progress::Extracting(0);
    }

    /// Counts again, after the annotations have changed.
    pub fn reindex(&mut self) {
        self.index = Index::new(&self.annotations, self.doubt);
        let mentions = self.annotations.mentions.iter().map(|mention| mention.span);
        let quotes = self.annotations.quotes.iter().map(|quote| quote.span);
        self.page.set_cell_breaks(mentions.chain(quotes).flat_map(|span| [span.start, span.end]).collect());
        let gone = match self.selected {
            Some(Selection::Entity(id)) => !self.index.entities.contains_key(&id),
            Some(Selection::Quote(id)) => !self.index.quotes.contains_key(&id),
            _ => false,
        };
        if gone {
            self.selected = None;
        }
    }

    /// Where a target is in the text, by position.
    #[must_use]
    pub fn places(&self, target: Selection) -> &[Span] {
        match target {
            Selection::Hits => &self.hits,
            _ => self.index.places.get(&target).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// Whether the cursor may lie on this span: a name, a quote, a hit.
    #[must_use]
    pub fn places_cursor(&self, span: Span) -> bool {
        self.mentions_in(span).any(|mention| mention.span == span)
            || self.quotes_in(span).any(|quote| quote.span == span)
            || self.hits.binary_search_by_key(&span.start, |hit| hit.start).is_ok()
    }

    /// The entity of that id.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.index.entities.get(&id).and_then(|&at| self.annotations.entities.get(at))
    }

    /// The quote of that id.
    #[must_use]
    pub fn quote(&self, id: QuoteId) -> Option<&Quote> {
        self.index.quotes.get(&id).and_then(|&at| self.annotations.quotes.get(at))
    }

    /// The mention that covers an offset, the innermost one; the quote else.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(Selection, Span)> {
        let here = Span::new(offset, offset + 1);
        let mention = self.mentions_in(here).last().map(|mention| (Selection::Entity(mention.entity), mention.span));
        mention.or_else(|| self.quotes_in(here).last().map(|quote| (Selection::Quote(quote.id), quote.span)))
    }

    /// The mentions that share a byte with a span, by position.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let mentions = &self.annotations.mentions;
        let from = span.start.saturating_sub(self.index.longest_mention);
        let first = mentions.partition_point(|mention| mention.span.start < from);
        let near = mentions.get(first..).unwrap_or_default().iter().take_while(move |near| near.span.start < span.end);
        near.filter(move |mention| mention.span.overlaps(span))
    }

    /// The quotes that share a byte with a span, by position.
    pub fn quotes_in(&self, span: Span) -> impl Iterator<Item = &Quote> {
        let quotes = &self.annotations.quotes;
        let from = span.start.saturating_sub(self.index.longest_quote);
        let first = quotes.partition_point(|quote| quote.span.start < from);
        let near = quotes.get(first..).unwrap_or_default().iter().take_while(move |near| near.span.start < span.end);
        near.filter(move |quote| quote.span.overlaps(span))
    }

    /// The name that lists show: the headline, else the name of the document.
    #[must_use]
    pub fn label(&self) -> &str {
        self.title.map_or(self.document.id(), |span| self.document.slice(span))
    }
}
