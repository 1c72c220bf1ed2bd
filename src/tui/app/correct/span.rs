//! Marking words by keyboard: a span whose ends go by word and by letter.

use super::subject::MarkPurpose;
use crate::{
    annotation::{Edge, Edit, Item, SpeakerRef, Step, grow, shrink},
    text::{Document, Span, floor},
    tui::{
        action::{Action, Command, Control, Correction, Marking, Motion},
        app::{
            clipboard::copy,
            context::Context,
            event::Mouse,
            outcome::{Outcome, Request},
        },
        strings::Phrase,
    },
};
use unicode_segmentation::UnicodeSegmentation;

/// Marking words by keyboard; they are [`Context::marked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanMarker {
    /// What for.
    purpose: MarkPurpose,
    /// The end that the arrows move.
    edge: Edge,
}

impl SpanMarker {
    /// Starts: from the span that it is about, from what is marked already, from what the cursor is on, or from the first
    /// word on the screen. None where there is no word.
    #[must_use]
    pub fn open(purpose: MarkPurpose, edge: Edge, context: &Context<'_>) -> Option<(Self, Outcome)> {
        let here = context.here();
        let seen = here.seen(context.window());
        let own = match purpose {
            MarkPurpose::Speaker(id) => here.annotations.quote(id).map(|quote| match &quote.speaker {
                Some(speaker) if !speaker.span.is_empty() => speaker.span,
                _ => word_beside(&here.document, quote.span.start, false).unwrap_or(quote.span),
            }),
            MarkPurpose::Span(item) => span_of(item, context),
            MarkPurpose::Any => None,
        };
        let cursor = Some(here.cursor).filter(|cursor| !cursor.is_empty() && cursor.overlaps(seen));
        let from = if here.cursor.overlaps(seen) || seen.contains(here.cursor.start) { here.cursor } else { seen };
        let span = own.or(context.marked).filter(|span| !span.is_empty()).or(cursor);
        let span = span.or_else(|| word_at(&here.document, from.start))?;
        let marker = Self { purpose, edge };
        Some((marker, marker.mark(span, context)))
    }

    /// The letter at the end that moves.
    #[must_use]
    pub fn letter(self, context: &Context<'_>) -> Option<Span> {
        let span = context.marked?;
        let text = context.here().document.slice(span);
        let mut letters = text.grapheme_indices(true).map(|(at, letter)| Span::new(at, at + letter.len()));
        let letter = if self.edge == Edge::Start { letters.next() } else { letters.next_back() };
        letter.map(|letter| letter.shifted(span.start))
    }

    /// Marks a span and shows the end that moves.
    fn mark(self, span: Span, context: &Context<'_>) -> Outcome {
        let at = if self.edge == Edge::Start { span.start } else { span.end.saturating_sub(1).max(span.start) };
        let at = floor(context.here().document.text(), at);
        [Request::Mark(Some(span)), Request::Reveal(Span::new(at, at))].into()
    }

    /// Takes an action.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Outcome {
        let here = context.here();
        let (document, span) = (&here.document, context.marked.unwrap_or_default());
        let edge = self.edge;
        let moved = match action {
            Action::Motion(motion) => match motion {
                Motion::Left | Motion::Right => {
                    stretched(document, span, (edge, Step::Word), here.rtl == (motion == Motion::Left))
                }
                Motion::Down | Motion::Up => self.word_of_row(span, motion == Motion::Down, context).unwrap_or(span),
                Motion::PageDown | Motion::PageUp | Motion::HalfDown | Motion::HalfUp | Motion::Start | Motion::End => {
                    return Outcome::none();
                }
            },
            Action::Marking(marking) => match marking {
                Marking::LetterLeft | Marking::LetterRight => {
                    stretched(document, span, (edge, Step::Letter), here.rtl == (marking == Marking::LetterLeft))
                }
                Marking::NextWord => word_beside(document, span.end, true).unwrap_or(span),
                Marking::PreviousWord => word_beside(document, span.start, false).unwrap_or(span),
                Marking::OtherEdge => {
                    self.edge = if edge == Edge::Start { Edge::End } else { Edge::Start };
                    span
                }
                Marking::Begin => return Outcome::none(),
            },
            Action::Command(Command::Copy) => return copy(context),
            Action::Control(Control::Cancel) => return [Request::Close, Request::Mark(None)].into(),
            Action::Control(Control::Enter) | Action::Correction(Correction::Menu) => {
                return Outcome::from(Request::Close).then(self.done(span, context));
            }
            Action::Control(Control::Focus)
            | Action::Walk(_)
            | Action::Jump(_)
            | Action::Find(_)
            | Action::PanelAction(_)
            | Action::DetailAction(_)
            | Action::DocumentAction(_)
            | Action::Revision(_)
            | Action::Correction(_)
            | Action::Command(_)
            | Action::LibraryAction(_)
            | Action::Setting(_)
            | Action::LineEdit(_) => return Outcome::none(),
        };
        self.mark(moved, context)
    }

    /// Takes the marked words for what they were marked for.
    fn done(self, span: Span, context: &Context<'_>) -> Outcome {
        match self.purpose {
            MarkPurpose::Any => Request::Do(Correction::Menu.into()).into(),
            MarkPurpose::Speaker(id) => Request::Edit(Edit::Speaker(id, Some(SpeakerRef::Words(span)))).into(),
            MarkPurpose::Span(item) => {
                let changed = span_of(item, context) != Some(span);
                Outcome::from(Request::Mark(None)).then(changed.then_some(Request::Edit(Edit::Respan(item, span))))
            }
        }
    }

    /// A click: the words begin anew there.
    pub fn press(self, mouse: Mouse, context: &Context<'_>) -> Outcome {
        let Some(offset) = context.offset_at(mouse.column, mouse.row) else { return Outcome::none() };
        let point = Span::new(offset, offset);
        [Request::Mark(Some(point)), Request::Point(point)].into()
    }

    /// A click that was not drawn on marks a word.
    pub fn release(self, context: &Context<'_>) -> Outcome {
        let Some(marked) = context.marked.filter(|span| span.is_empty()) else { return Outcome::none() };
        Request::Mark(word_at(&context.here().document, marked.start).or(Some(marked))).into()
    }

    /// The word that stands on the row above or below, where the moving end stands on its row.
    fn word_of_row(self, span: Span, down: bool, context: &Context<'_>) -> Option<Span> {
        let here = context.here();
        let at =
            if self.edge == Edge::Start { span.start } else { floor(here.document.text(), span.end.saturating_sub(1)) };
        let row = here.page.at(&here.document, at);
        let column =
            row.row().and_then(|row| row.cells().find(|cell| cell.source.contains(at)).map(|cell| cell.column));
        let next = here.page.scroll(&here.document, row.anchor(), if down { 1 } else { -1 });
        let other = here.page.at(&here.document, next);
        if other.span() == row.span() {
            return None;
        }
        let width = usize::from(context.areas().page.width);
        let (from, to) = (row.row()?, other.row()?);
        let column = (column? + from.indent(width)).checked_sub(to.indent(width));
        let cell = column.and_then(|column| to.cell_at(column));
        let offset = cell.map_or(other.span().start, |cell| cell.source.start);
        word_at(&here.document, offset)
    }

    /// What stands in the status line.
    #[must_use]
    pub fn prompt(self, context: &Context<'_>) -> Option<String> {
        Some(context.text(Phrase::MarkHint { words: &context.words(context.marked?) }))
    }
}

/// Where an item is; none for an entity, which is in many places.
fn span_of(item: Item, context: &Context<'_>) -> Option<Span> {
    match item {
        Item::Mention(id) => context.here().mention(id).map(|mention| mention.span),
        Item::Quote(id) => context.here().annotations.quote(id).map(|quote| quote.span),
        Item::Entity(_) => None,
    }
}

/// A span with one end moved: towards the end of the text, or back.
fn stretched(document: &Document, span: Span, (edge, step): (Edge, Step), on: bool) -> Span {
    if on == (edge == Edge::End) { grow(document, span, edge, step) } else { shrink(document, span, edge, step) }
}

/// The word at an offset; the next one of the paragraph where there is none.
#[must_use]
pub fn word_at(document: &Document, offset: usize) -> Option<Span> {
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
