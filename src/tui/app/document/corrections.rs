//! What a person decides about what was found in a document.

use super::{OpenDocument, Remembered};
use crate::{
    annotation::{
        Annotations, Edit, EntityId, History, Item, Mention, MentionId, QuoteId, QuoteKind, Refused, SpeakerRef,
    },
    text::Span,
    tui::app::{selection::Selection, verdict::Verdicts},
};

impl OpenDocument {
    /// Takes what was found. What a person decided stands.
    pub fn annotate(&mut self, found: Annotations) {
        self.found_later |= self.history.depth() != (0, 0);
        // Quotes have other numbers now.
        self.checked = Verdicts::default();
        self.found = Some(found.clone());
        self.annotations = over(&self.annotations, found);
        self.reindex();
        self.resume();
    }

    /// Takes what is remembered, over what was found so far.
    pub fn remember(&mut self, remembered: Remembered) {
        self.annotations = over(&remembered.annotations, std::mem::take(&mut self.annotations));
        (self.orphans, self.persistence) = (remembered.orphans, remembered.persistence);
        self.past = remembered.past;
        let text = self.document.text();
        let inside = |place: usize| crate::text::floor(text, place.min(text.len()));
        let top = inside(remembered.top);
        let marks: Vec<(char, usize)> =
            remembered.marks.iter().map(|(letter, place)| (*letter, inside(*place))).collect();
        if self.top == 0 && self.arrived.is_none() {
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
        if let Some(place) = self.arrived {
            self.left = None;
            if self.selected.is_none()
                && self.cursor == place
                && let Some(target) = found_at(self, place)
            {
                (self.selected, self.trail, self.arrived) = (Some(target), Some(target), None);
            }
            return;
        }
        let Some(left) = self.left.filter(|_| self.selected.is_none() && self.cursor.is_empty()) else {
            self.left = None;
            return;
        };
        if let Some(target) = found_at(self, left) {
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
    #[must_use]
    pub fn quote_again(&self, span: Span) -> Edit {
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
    /// Whom an item is about; none for a quote.
    #[must_use]
    pub fn entity_of(&self, item: Item) -> Option<EntityId> {
        match item {
            Item::Entity(id) => Some(id),
            Item::Mention(id) => self.mention(id).map(|mention| mention.entity),
            Item::Quote(_) => None,
        }
    }

    /// The mention of that id.
    #[must_use]
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.annotations.mentions.iter().find(|mention| mention.id == id)
    }

    /// What a person wrote beside an item.
    #[must_use]
    pub fn note(&self, item: Item) -> Option<&str> {
        match item {
            Item::Entity(id) => self.annotations.entity(id)?.note.as_deref(),
            Item::Mention(id) => self.mention(id)?.note.as_deref(),
            Item::Quote(id) => self.annotations.quote(id)?.note.as_deref(),
        }
    }

    /// What an edit touched, where it is there: what to select, and where it is.
    #[must_use]
    pub fn touched(&self, edit: &Edit) -> (Option<Selection>, Option<Span>) {
        let mention = |found: Option<&Mention>| {
            (found.map(|mention| Selection::Entity(mention.entity)), found.map(|mention| mention.span))
        };
        let entity = |id: EntityId| (self.annotations.entity(id).map(|_| Selection::Entity(id)), None);
        let quote = |id: QuoteId| {
            let found = self.annotations.quote(id);
            (found.map(|quote| Selection::Quote(quote.id)), found.map(|quote| quote.span))
        };
        match *edit {
            Edit::Accept(item)
            | Edit::Reject(item)
            | Edit::Remove(item)
            | Edit::Respan(item, _)
            | Edit::Note(item, _) => match item {
                Item::Entity(id) => entity(id),
                Item::Mention(id) => mention(self.mention(id)),
                Item::Quote(id) => quote(id),
            },
            Edit::Relabel(id, _) | Edit::Rename(id, _) => entity(id),
            Edit::Link(id, _) => mention(self.mention(id)),
            Edit::AddMention(span, _) => mention(self.mentions_in(span).find(|mention| mention.span == span)),
            Edit::AddQuote(span, ..) => {
                let found = self.quotes_in(span).find(|quote| quote.span == span);
                found.map_or((None, Some(span)), |found| quote(found.id))
            }
            Edit::Merge(from, into) => {
                if self.annotations.entity(from).is_some() {
                    entity(from)
                } else {
                    entity(into)
                }
            }
            Edit::Speaker(id, _) | Edit::QuoteKind(id, _) => quote(id),
        }
    }
}

/// Remembers that the reader came to a place from the library; what is there is selected as soon as it is found.
pub fn arrive(here: &mut OpenDocument, place: Span) {
    (here.arrived, here.trail) = (Some(place), None);
    here.resume();
}

/// What is found at a place: the name or the quote of just these words.
fn found_at(here: &OpenDocument, place: Span) -> Option<Selection> {
    let mention = here.mentions_in(place).find(|mention| mention.span == place);
    let mention = mention.map(|mention| Selection::Entity(mention.entity));
    let quote = || here.quotes_in(place).find(|quote| quote.span == place).map(|quote| Selection::Quote(quote.id));
    mention.or_else(quote)
}

/// What a person decided, over what was found.
fn over(own: &Annotations, found: Annotations) -> Annotations {
    if own.decided() == Annotations::default() { found } else { own.merge_over(found) }
}

/// Takes other decisions in the place of those that were made, over what was found. Edits of this session know nothing of
/// them, and are forgotten.
pub fn decide(here: &mut OpenDocument, own: &Annotations) {
    here.annotations = over(own, here.found.clone().unwrap_or_default());
    here.history = History::default();
    here.reindex();
}
