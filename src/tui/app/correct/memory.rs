//! What is remembered of a document, and what a person does to what was found in it.

use crate::{
    annotation::{Annotations, Edit, QuoteKind, Refused, Rejected, SpeakerRef, Target},
    text::Span,
    tui::app::{
        App, Effect, Overlay,
        documents::{self, Group, OpenDocument},
    },
    tui::strings::Phrase,
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether corrections are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persistence {
    /// It is not known yet.
    #[default]
    Pending,
    /// They are.
    Saved,
    /// They last as long as the reader runs.
    Session,
    /// Somebody else's are shown, and cannot be changed here.
    ReadOnly,
}

impl Persistence {
    /// Why nothing can be corrected.
    #[must_use]
    pub const fn refusal(self) -> Option<Phrase<'static>> {
        match self {
            Self::Pending => Some(Phrase::Loading),
            Self::ReadOnly => Some(Phrase::ReadOnly),
            Self::Saved | Self::Session => None,
        }
    }
}

/// What is remembered of a document when it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// What a person decided.
    pub annotations: Annotations,
    /// What they decided about words that the text no longer has.
    pub orphans: Vec<Orphan>,
    /// The first byte of the topmost row.
    pub top: usize,
    /// What the cursor was on.
    pub cursor: Option<Span>,
    /// Remembered places.
    pub marks: BTreeMap<char, usize>,
    /// The last searches, newest last.
    pub searches: Vec<String>,
    /// Groups of the panel of which only the heading is shown.
    pub folded: BTreeSet<Group>,
    /// Whether more is kept.
    pub persistence: Persistence,
}

/// A correction that found no place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// What it was.
    pub what: Phrase<'static>,
    /// The words that it was about.
    pub words: String,
}

impl OpenDocument {
    /// Takes what was found. What a person decided stands.
    pub fn annotate(&mut self, found: Annotations) {
        self.found_later |= self.history.depth() != (0, 0);
        self.found = Some(found.clone());
        self.annotations = over(&self.annotations, found);
        self.reindex();
        self.resume();
    }

    /// Takes what is remembered, over what was found so far.
    pub fn remember(&mut self, remembered: Remembered) {
        self.annotations = over(&remembered.annotations, std::mem::take(&mut self.annotations));
        (self.orphans, self.persistence) = (remembered.orphans, remembered.persistence);
        let text = self.document.text();
        let inside = |place: usize| crate::text::floor(text, place.min(text.len()));
        let top = inside(remembered.top);
        let marks: Vec<(char, usize)> =
            remembered.marks.iter().map(|(letter, place)| (*letter, inside(*place))).collect();
        if self.top == 0 {
            self.top = top;
            self.left = remembered.cursor;
        }
        self.folded.extend(remembered.folded);
        for (letter, place) in marks {
            self.marks.entry(letter).or_insert(place);
        }
        self.reindex();
        self.resume();
    }

    /// Puts the cursor back on the name or the quote that it was on when the document was left, once that is found again.
    fn resume(&mut self) {
        let Some(left) = self.left.filter(|_| self.selected.is_none() && self.cursor.is_empty()) else {
            self.left = None;
            return;
        };
        let mention = self.mentions_in(left).find(|mention| mention.span == left);
        let mention = mention.map(|mention| documents::Selection::Entity(mention.entity));
        let quote =
            || self.quotes_in(left).find(|quote| quote.span == left).map(|quote| documents::Selection::Quote(quote.id));
        if let Some(target) = mention.or_else(quote) {
            (self.selected, self.cursor, self.left) = (Some(target), left, None);
        }
    }

    /// Makes an edit at a time, in seconds since 1970, UTC.
    ///
    /// # Errors
    /// [`Refused`]; nothing has changed then.
    pub fn edit(&mut self, edit: Edit, now: u64) -> Result<(), Refused> {
        self.history.apply(&mut self.annotations, &self.document, edit, now)?;
        self.reindex();
        Ok(())
    }

    /// Takes the last edit back and says which it was.
    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.history.undo(&mut self.annotations).cloned()?;
        self.settle();
        Some(edit)
    }

    /// Makes the edit again that was taken back last, and says which it was.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.history.redo(&mut self.annotations).cloned()?;
        self.settle();
        Some(edit)
    }

    /// An edit that was made before the extractor came with more knows nothing of it.
    fn settle(&mut self) {
        if let Some(found) = self.found.as_ref().filter(|_| self.found_later) {
            self.annotations = over(&self.annotations, found.clone());
        }
        self.reindex();
    }

    /// A rejected quote as the extractor finds it: its kind, and who says it, where that is somebody here.
    fn quote_again(&self, span: Span) -> Edit {
        let found = self.found.as_ref();
        let quote = found.and_then(|found| found.quotes.iter().find(|quote| quote.span == span));
        let kind = quote.map_or(QuoteKind::Direct, |quote| quote.kind);
        let speaker = quote.and_then(|quote| quote.speaker.as_ref());
        let named = speaker.and_then(|speaker| found?.entity(speaker.entity?));
        let here = named.and_then(|named| {
            self.annotations.entities.iter().find(|own| own.kind == named.kind && own.name == named.name)
        });
        let words = speaker.map(|speaker| speaker.span).filter(|words| !words.is_empty()).map(SpeakerRef::Words);
        Edit::AddQuote(span, kind, here.map(|entity| SpeakerRef::Entity(entity.id)).or(words))
    }
}

/// What a person decided, over what was found.
fn over(own: &Annotations, found: Annotations) -> Annotations {
    if own.decided() == Annotations::default() { found } else { own.merge_over(found) }
}

impl App {
    /// Takes what is remembered of a document, and says where something has no place.
    pub(in crate::tui::app) fn remember(&mut self, number: usize, remembered: Remembered) {
        let lost = remembered.orphans.len();
        if self.search.history.is_empty() {
            self.search.history.clone_from(&remembered.searches);
        }
        let Some(opened) = self.documents.get_mut(number) else { return };
        opened.remember(remembered);
        if number == self.documents.current() {
            self.fit();
        }
        self.refresh(number);
        if lost > 0 {
            self.fault(self.config.strings.text(Phrase::LostSome { count: &self.number(lost) }));
        }
    }

    /// Shows what was rejected.
    pub(super) fn show_rejected(&mut self) {
        if self.documents.here().annotations.rejected.is_empty() {
            return self.say(self.config.strings.text(Phrase::RejectedNone));
        }
        self.overlay = Overlay::Correct(super::Dialog::Rejected { choice: 0 });
    }

    /// Brings back what was rejected: a person has decided on it twice now.
    pub(in crate::tui::app) fn bring_back(&mut self, choice: usize) -> Option<Effect> {
        let here = self.documents.here();
        if let Some(reason) = here.persistence.refusal() {
            self.fault(self.config.strings.text(reason));
            return None;
        }
        let Rejected { span, kind, .. } = *here.annotations.rejected.get(choice)?;
        let edit = match kind {
            Some(kind) => Edit::AddMention(span, self.known(span, kind).map_or(Target::New(kind), Target::Entity)),
            None => here.quote_again(span),
        };
        self.make(&edit)
    }

    /// Shows what found no place.
    pub(super) fn show_lost(&mut self) {
        if self.documents.here().orphans.is_empty() {
            return self.say(self.config.strings.text(Phrase::LostNone));
        }
        self.overlay = Overlay::Correct(super::Dialog::Orphans { choice: 0 });
    }
}
