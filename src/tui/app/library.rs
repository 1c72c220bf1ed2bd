//! The open documents, and what is known of each.

use crate::{
    annotation::{Annotations, EntityId, Kind, QuoteId},
    layout::Page,
    text::{Document, Span, slice},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A group of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The entities of a kind.
    Kind(Kind),
    /// The quotes.
    Quotes,
}

impl Group {
    /// Every group, in the order of the panel.
    pub const ALL: [Self; 4] =
        [Self::Kind(Kind::Person), Self::Kind(Kind::Organization), Self::Kind(Kind::Place), Self::Quotes];
}

/// What can be selected: one thing for panel, text and detail alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// All of a group.
    Group(Group),
    /// An entity.
    Entity(EntityId),
    /// A quote.
    Quote(QuoteId),
    /// What the search found.
    Hits,
}

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
pub struct Opened {
    /// The text; at first perhaps only its beginning.
    pub document: Arc<Document>,
    /// What was found in it so far.
    pub annotations: Annotations,
    /// Where.
    pub index: Index,
    /// Its rows.
    pub page: Page,
    /// The first byte of the topmost row.
    pub top: usize,
    /// What the cursor is on: a mention, a hit, a sentence, or nothing yet.
    pub cursor: Span,
    /// What is selected.
    pub selected: Option<Target>,
    /// What the search found here, by position.
    pub hits: Vec<Span>,
    /// Remembered places.
    pub marks: BTreeMap<char, usize>,
    /// How far the work on it is.
    pub progress: Progress,
    /// The headline.
    pub title: Option<Span>,
    /// Whether its lines run from right to left.
    pub rtl: bool,
}

impl Opened {
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
        }
        self.page.forget();
        self.title = title(&document);
        self.rtl = is_rtl(document.text());
        self.document = document;
        self.hits.clear();
        self.progress = Progress::Extracting(0);
    }

    /// Takes what was found.
    pub fn annotate(&mut self, annotations: Annotations) {
        self.annotations = annotations;
        self.reindex();
    }

    /// Counts again, after the annotations have changed.
    pub fn reindex(&mut self) {
        self.index = Index::new(&self.annotations);
        let mentions = self.annotations.mentions.iter().map(|mention| mention.span);
        let quotes = self.annotations.quotes.iter().map(|quote| quote.span);
        self.page.set_seams(mentions.chain(quotes).flat_map(|span| [span.start, span.end]).collect());
        let gone = match self.selected {
            Some(Target::Entity(id)) => !self.index.entities.contains_key(&id),
            Some(Target::Quote(id)) => !self.index.quotes.contains_key(&id),
            _ => false,
        };
        if gone {
            self.selected = None;
        }
    }

    /// Where a target is in the text, by position.
    #[must_use]
    pub fn places(&self, target: Target) -> &[Span] {
        match target {
            Target::Hits => &self.hits,
            _ => self.index.places.get(&target).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// The mention that covers an offset, the innermost one; the quote else.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(Target, Span)> {
        let here = Span::new(offset, offset + 1);
        let mention = self.mentions_in(here).last().map(|mention| (Target::Entity(mention.entity), mention.span));
        mention.or_else(|| self.quotes_in(here).last().map(|quote| (Target::Quote(quote.id), quote.span)))
    }

    /// The mentions that share a byte with a span, by position.
    pub fn mentions_in(&self, span: Span) -> impl Iterator<Item = &crate::annotation::Mention> {
        let mentions = &self.annotations.mentions;
        let from = span.start.saturating_sub(self.index.longest_mention);
        let first = mentions.partition_point(|mention| mention.span.start < from);
        let near = mentions.get(first..).unwrap_or_default().iter().take_while(move |near| near.span.start < span.end);
        near.filter(move |mention| mention.span.overlaps(span))
    }

    /// The quotes that share a byte with a span, by position.
    pub fn quotes_in(&self, span: Span) -> impl Iterator<Item = &crate::annotation::Quote> {
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

/// Answers from the annotations that would take a walk through all of them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The places of each target, by position.
    places: HashMap<Target, Vec<Span>>,
    /// The number of each entity in [`Annotations::entities`].
    pub entities: HashMap<EntityId, usize>,
    /// The number of each quote in [`Annotations::quotes`].
    pub quotes: HashMap<QuoteId, usize>,
    /// What each entity said.
    pub said: HashMap<EntityId, Vec<QuoteId>>,
    longest_mention: usize,
    longest_quote: usize,
}

impl Index {
    fn new(annotations: &Annotations) -> Self {
        let mut index = Self::default();
        for (number, entity) in annotations.entities.iter().enumerate() {
            index.entities.insert(entity.id, number);
        }
        for mention in &annotations.mentions {
            let kind = index.entities.get(&mention.entity).and_then(|&number| annotations.entities.get(number));
            let group = kind.map(|entity| Target::Group(Group::Kind(entity.kind)));
            for target in [Some(Target::Entity(mention.entity)), group].into_iter().flatten() {
                index.places.entry(target).or_default().push(mention.span);
            }
            index.longest_mention = index.longest_mention.max(mention.span.len());
        }
        for (number, quote) in annotations.quotes.iter().enumerate() {
            index.quotes.insert(quote.id, number);
            for target in [Target::Quote(quote.id), Target::Group(Group::Quotes)] {
                index.places.entry(target).or_default().push(quote.span);
            }
            if let Some(speaker) = quote.speaker.as_ref().and_then(|speaker| speaker.entity) {
                index.said.entry(speaker).or_default().push(quote.id);
            }
            index.longest_quote = index.longest_quote.max(quote.span.len());
        }
        index
    }
}

/// The documents, of which one is read.
#[derive(Debug, Default)]
pub struct Library {
    documents: Vec<Opened>,
    current: usize,
    /// What is shown when there is nothing.
    none: Opened,
}

impl Library {
    /// These documents, reading the first.
    #[must_use]
    pub fn new(documents: Vec<Opened>) -> Self {
        Self { documents, ..Self::default() }
    }

    /// The one that is read.
    #[must_use]
    pub fn here(&self) -> &Opened {
        self.documents.get(self.current).unwrap_or(&self.none)
    }

    /// The one that is read, to be changed.
    pub fn here_mut(&mut self) -> &mut Opened {
        self.documents.get_mut(self.current).unwrap_or(&mut self.none)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Opened] {
        &self.documents
    }

    /// One by its number, to be changed.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut Opened> {
        self.documents.get_mut(number)
    }

    /// All of them, to be changed.
    pub fn all_mut(&mut self) -> &mut [Opened] {
        &mut self.documents
    }

    /// The number of the one that is read.
    #[must_use]
    pub const fn current(&self) -> usize {
        self.current
    }

    /// Reads another; whether there is one of that number.
    pub fn open(&mut self, number: usize) -> bool {
        let there = number < self.documents.len();
        if there {
            self.current = number;
        }
        there
    }
}

/// The longest headline, in characters.
const TITLE: usize = 160;

/// The headline: a short first line without a full stop, where there is more to read after it.
fn title(document: &Document) -> Option<Span> {
    let text = document.text();
    let mut lines = document.paragraphs().take(8).filter(|&line| !slice(text, line).trim().is_empty());
    let first = lines.next()?;
    let words = slice(text, first).trim();
    let ends = words.ends_with(['.', '!', '…', ':', '؛']);
    (lines.next().is_some() && !ends && words.chars().count() <= TITLE).then_some(first)
}

/// Whether the first letter with a direction is Arabic, or of another script that runs from right to left.
fn is_rtl(text: &str) -> bool {
    let letter = text.chars().take(4096).find(|letter| letter.is_alphabetic());
    letter.is_none_or(
        |letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
    )
}
