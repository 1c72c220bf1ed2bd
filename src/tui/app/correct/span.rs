//! Marking words by keyboard: a span whose ends go by word and by letter.

use super::{Dialog, Marking};
use crate::{
    annotation::{Edge, Edit, Item, SpeakerRef, Step, grow, shrink},
    text::{Document, Span},
    tui::{
        action::Action,
        app::{App, Effect, Mouse, Overlay},
        strings::Phrase,
    },
};
use unicode_segmentation::UnicodeSegmentation;

impl App {
    /// Starts marking: from what is marked already, what the cursor is on, or the first word on the screen.
    pub(super) fn mark_words(&mut self) {
        self.start_marking(Marking::Any, Edge::End);
    }

    /// Moves the ends of a mention or a quote.
    pub(super) fn move_edges(&mut self, item: Item) {
        let here = self.documents.here();
        let span = match item {
            Item::Mention(id) => here.mention(id).map(|mention| mention.span),
            Item::Quote(id) => here.annotations.quote(id).map(|quote| quote.span),
            Item::Entity(_) => None,
        };
        self.marked = span;
        self.start_marking(Marking::Span(item), Edge::End);
    }

    pub(super) fn start_marking(&mut self, what: Marking, edge: Edge) {
        let here = self.documents.here();
        let seen = here.seen(self.window());
        let speaker = match what {
            Marking::Speaker(id) => here.annotations.quote(id).map(|quote| match &quote.speaker {
                Some(speaker) if !speaker.span.is_empty() => speaker.span,
                _ => word_beside(&here.document, quote.span.start, false).unwrap_or(quote.span),
            }),
            _ => None,
        };
        let cursor = Some(here.cursor).filter(|cursor| !cursor.is_empty() && cursor.overlaps(seen));
        let from = if here.cursor.overlaps(seen) || seen.contains(here.cursor.start) { here.cursor } else { seen };
        let span = speaker.or(self.marked.filter(|span| !span.is_empty())).or(cursor);
        let Some(span) = span.or_else(|| word_at(&here.document, from.start)) else {
            return self.say(self.config.strings.text(Phrase::NothingToCorrect));
        };
        self.set_marked(span, edge);
        self.overlay = Overlay::Correct(Dialog::Span { what, edge });
    }

    /// The letter at the end that moves, while words are marked by keyboard.
    #[must_use]
    pub fn edge(&self) -> Option<Span> {
        let Overlay::Correct(Dialog::Span { edge, .. }) = self.overlay else { return None };
        let (span, text) = (self.marked?, self.documents.here().document.slice(self.marked?));
        let mut letters = text.grapheme_indices(true).map(|(at, letter)| Span::new(at, at + letter.len()));
        let letter = if edge == Edge::Start { letters.next() } else { letters.next_back() };
        letter.map(|letter| letter.shifted(span.start))
    }

    /// Marks a span and shows the end that moves.
    fn set_marked(&mut self, span: Span, edge: Edge) {
        self.marked = Some(span);
        let window = self.window();
        let at = if edge == Edge::Start { span.start } else { span.end.saturating_sub(1).max(span.start) };
        let at = crate::text::floor(self.documents.here().document.text(), at);
        self.documents.here_mut().reveal(Span::new(at, at), window);
    }

    /// Takes an action while words are marked by keyboard.
    pub(in crate::tui::app) fn in_span(&mut self, action: Action) -> Option<Effect> {
        let Overlay::Correct(Dialog::Span { what, edge }) = self.overlay else { return None };
        let here = self.documents.here();
        let (document, span) = (&here.document, self.marked.unwrap_or_default());
        let on = here.rtl == matches!(action, Action::Left | Action::LetterLeft);
        let moved = match action {
            Action::Left | Action::Right => stretched(document, span, (edge, Step::Word), on),
            Action::LetterLeft | Action::LetterRight => stretched(document, span, (edge, Step::Letter), on),
            Action::NextWord => word_beside(document, span.end, true).unwrap_or(span),
            Action::PreviousWord => word_beside(document, span.start, false).unwrap_or(span),
            Action::Down | Action::Up => self.word_of_row(span, edge, action == Action::Down).unwrap_or(span),
            Action::OtherEdge => {
                let edge = if edge == Edge::Start { Edge::End } else { Edge::Start };
                self.overlay = Overlay::Correct(Dialog::Span { what, edge });
                self.set_marked(span, edge);
                return None;
            }
            Action::Copy => return self.copy(),
            Action::Cancel => {
                (self.overlay, self.marked) = (Overlay::None, None);
                return None;
            }
            Action::Enter | Action::Correct => {
                self.overlay = Overlay::None;
                return self.marked_for(what, span);
            }
            _ => return None,
        };
        self.set_marked(moved, edge);
        None
    }

    /// Takes the marked words for what they were marked for.
    fn marked_for(&mut self, what: Marking, span: Span) -> Option<Effect> {
        match what {
            Marking::Any => self.correct(Action::Correct),
            Marking::Speaker(id) => self.make(&Edit::Speaker(id, Some(SpeakerRef::Words(span)))),
            Marking::Span(item) => {
                self.marked = None;
                let here = self.documents.here();
                let before = match item {
                    Item::Mention(id) => here.mention(id).map(|mention| mention.span),
                    Item::Quote(id) => here.annotations.quote(id).map(|quote| quote.span),
                    Item::Entity(_) => None,
                };
                if before == Some(span) { None } else { self.make(&Edit::Respan(item, span)) }
            }
        }
    }

    /// A click while words are marked by keyboard: they begin anew there.
    pub(in crate::tui::app) fn press_words(&mut self, mouse: Mouse) {
        let Some(offset) = self.offset_at(mouse.column, mouse.row) else { return };
        self.marked = Some(Span::new(offset, offset));
        self.documents.here_mut().cursor = Span::new(offset, offset);
    }

    /// A click that was not drawn on marks a word.
    pub(in crate::tui::app) fn release_words(&mut self) {
        if let Some(marked) = self.marked.filter(|span| span.is_empty()) {
            self.marked = word_at(&self.documents.here().document, marked.start).or(Some(marked));
        }
    }

    /// The word that stands on the row above or below, where the moving end stands on its row.
    fn word_of_row(&self, span: Span, edge: Edge, down: bool) -> Option<Span> {
        let here = self.documents.here();
        let at = if edge == Edge::Start {
            span.start
        } else {
            crate::text::floor(here.document.text(), span.end.saturating_sub(1))
        };
        let row = here.page.at(&here.document, at);
        let column =
            row.row().and_then(|row| row.cells().find(|cell| cell.source.contains(at)).map(|cell| cell.column));
        let next = here.page.scroll(&here.document, row.anchor(), if down { 1 } else { -1 });
        let other = here.page.at(&here.document, next);
        if other.span() == row.span() {
            return None;
        }
        let width = usize::from(self.areas().page.width);
        let (from, to) = (row.row()?, other.row()?);
        let column = (column? + from.indent(width)).checked_sub(to.indent(width));
        let cell = column.and_then(|column| to.cell_at(column));
        let offset = cell.map_or(other.span().start, |cell| cell.source.start);
        word_at(&here.document, offset)
    }
}

/// A span with one end moved: towards the end of the text, or back.
fn stretched(document: &Document, span: Span, (edge, step): (Edge, Step), on: bool) -> Span {
    if on == (edge == Edge::End) { grow(document, span, edge, step) } else { shrink(document, span, edge, step) }
}

/// The word at an offset; the next one of the paragraph where there is none.
fn word_at(document: &Document, offset: usize) -> Option<Span> {
    let paragraph = document.paragraph_at(offset);
    let mut words = words(document, paragraph);
    words.find(|word| word.end > offset).or_else(|| word_beside(document, offset, true))
}

/// The first word that begins at an offset or after it, or the last that ends at it or before it.
fn word_beside(document: &Document, offset: usize, on: bool) -> Option<Span> {
    let mut paragraph = document.paragraph_at(offset);
    loop {
        let mut inside = words(document, paragraph);
        let found = if on { inside.find(|word| word.start >= offset) } else { inside.rfind(|word| word.end <= offset) };
        if found.is_some() {
            return found;
        }
        paragraph = if on { document.paragraph_after(paragraph)? } else { document.paragraph_before(paragraph)? };
    }
}

fn words(document: &Document, paragraph: Span) -> impl DoubleEndedIterator<Item = Span> + '_ {
    let words = document.slice(paragraph).unicode_word_indices();
    words.map(move |(at, word)| Span::new(at, at + word.len()).shifted(paragraph.start))
}
