//! What lies over the rest: help, palette, lists, dialogs, and the lines that are typed in the status line.

pub mod contents;
pub mod document_list;
pub mod help;
pub mod letter;
pub mod list;
pub mod palette;

use super::{
    context::Context,
    correct::{
        choose::Chooser,
        doubts::{self, DoubtList},
        lists::{OrphanList, RejectedList},
        menu::Menu,
        places::PlaceList,
        span::SpanMarker,
        write::Writer,
    },
    event::Mouse,
    export::ExportDialog,
    input::LineInput,
    library::decide::LibraryDialog,
    outcome::{Opening, Outcome, Request},
    selection::Focus,
};
use crate::tui::{
    action::{Action, LineEdit, Motion},
    keymap::Mode,
    strings::Phrase,
};
use contents::ContentsList;
use document_list::DocumentList;
use help::Help;
use letter::LetterPrompt;
use list::List;
use palette::Palette;

/// What lies over the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The line for searching; it belongs to the search.
    Search,
    /// The line that narrows the panel; it belongs to the panel.
    Filter,
    /// A letter is waited for.
    Letter(LetterPrompt),
    /// The keys.
    Help(Help),
    /// Every action.
    Palette(Palette),
    /// The headings of the document.
    Contents(ContentsList),
    /// The documents.
    Documents(DocumentList),
    /// The export dialog.
    Export(ExportDialog),
    /// The menu of corrections.
    Menu(Menu),
    /// A choice among entities.
    Choose(Chooser),
    /// A line that is written.
    Write(Writer),
    /// Marking words by keyboard.
    Span(SpanMarker),
    /// What was rejected.
    Rejected(RejectedList),
    /// Corrections without a place in the text.
    Orphans(OrphanList),
    /// The other places of a name.
    Places(PlaceList),
    /// What is doubtful.
    Doubts(DoubtList),
    /// Something over the library.
    Library(LibraryDialog),
}

impl Overlay {
    /// What is to be opened, and what else is to be done then.
    ///
    /// # Errors
    /// What is to be done where it cannot be opened.
    pub fn open(opening: Opening, context: &Context<'_>) -> Result<(Self, Outcome), Outcome> {
        let overlay = match opening {
            Opening::Search => Self::Search,
            Opening::Filter => Self::Filter,
            Opening::Letter { set } => Self::Letter(LetterPrompt { set }),
            Opening::Help => Self::Help(Help::default()),
            Opening::Palette => Self::Palette(Palette::new(context)),
            Opening::Documents(filter) => Self::Documents(DocumentList::new(&filter, context)),
            Opening::Export => {
                let dialog = ExportDialog::default();
                let asked = dialog.ask(context);
                return Ok((Self::Export(dialog), asked));
            }
            Opening::Menu(subject) => Self::Menu(Menu::new(subject)),
            Opening::Choose(purpose) => Self::Choose(Chooser::new(purpose, context)),
            Opening::Write(what, text) => Self::Write(Writer::new(what, text)),
            Opening::Span(purpose, edge) => {
                return match SpanMarker::open(purpose, edge, context) {
                    Some((marker, outcome)) => Ok((Self::Span(marker), outcome)),
                    None => Err(Outcome::say(context.text(Phrase::NothingToCorrect))),
                };
            }
            Opening::Contents => match ContentsList::new(context) {
                Some(list) => Self::Contents(list),
                None => return Err(Outcome::say(context.text(Phrase::NoHeadings))),
            },
            Opening::Rejected => Self::Rejected(RejectedList::default()),
            Opening::Orphans => Self::Orphans(OrphanList::default()),
            Opening::Doubts => {
                let first = doubts::doubtful(context.here()).first().map(|(_, span)| Request::PutCursor(*span));
                return Ok((Self::Doubts(DoubtList::default()), first.into()));
            }
            Opening::Library(opening) => {
                let dialog = LibraryDialog::open(opening);
                let asked = dialog.opened();
                return Ok((Self::Library(dialog), asked));
            }
            Opening::Places(span) => match PlaceList::of(span, context) {
                Some(list) => Self::Places(list),
                None => return Err(Outcome::none()),
            },
        };
        Ok((overlay, Outcome::none()))
    }

    /// Where a key would be pressed now.
    #[must_use]
    pub const fn mode(&self, focus: Focus) -> Mode {
        match self {
            Self::None | Self::Letter(_) => match focus {
                Focus::Text => Mode::Text,
                Focus::Panel => Mode::Panel,
                Focus::Library => Mode::Library,
            },
            Self::Library(dialog) => dialog.mode(),
            Self::Help(help) if help.filter.typing => Mode::Line,
            Self::Documents(list) if list.filter.typing => Mode::Line,
            Self::Contents(list) if list.filter.typing => Mode::Line,
            Self::Palette(palette) if palette.in_list => Mode::List,
            Self::Export(dialog) if dialog.in_list => Mode::List,
            Self::Choose(chooser) if chooser.in_list => Mode::List,
            Self::Search | Self::Filter | Self::Palette(_) | Self::Export(_) | Self::Choose(_) | Self::Write(_) => {
                Mode::Line
            }
            Self::Help(_)
            | Self::Contents(_)
            | Self::Documents(_)
            | Self::Rejected(_)
            | Self::Orphans(_)
            | Self::Places(_)
            | Self::Doubts(_) => Mode::List,
            Self::Menu(_) => Mode::Correct,
            Self::Span(_) => Mode::Span,
        }
    }

    /// Whether the text and the panel stay in reach: nothing lies over them, or a line that is typed below them.
    #[must_use]
    pub const fn is_line(&self) -> bool {
        matches!(self, Self::None | Self::Search | Self::Filter | Self::Letter(_) | Self::Library(LibraryDialog::Line))
    }

    /// The line that is being typed, where it is the overlay's own.
    #[must_use]
    pub const fn line(&self) -> Option<&LineInput> {
        match self {
            Self::Palette(palette) => Some(&palette.input),
            Self::Export(dialog) => Some(&dialog.input),
            Self::Choose(chooser) => Some(&chooser.input),
            Self::Write(writer) => Some(&writer.input),
            Self::Help(help) => Some(&help.filter.input),
            Self::Contents(list) => Some(&list.filter.input),
            Self::Documents(list) => Some(&list.filter.input),
            Self::Library(dialog) => dialog.line(),
            Self::None
            | Self::Search
            | Self::Filter
            | Self::Letter(_)
            | Self::Menu(_)
            | Self::Span(_)
            | Self::Rejected(_)
            | Self::Orphans(_)
            | Self::Places(_)
            | Self::Doubts(_) => None,
        }
    }

    /// Takes an action; none where it is not for what is open.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match self {
            Self::Help(help) => help.update(action, context),
            Self::Palette(palette) => palette.update(action, context),
            Self::Contents(list) => list.update(action, context),
            Self::Documents(list) => list.update(action, context),
            Self::Export(dialog) => dialog.update(action, context),
            Self::Menu(menu) => Some(menu.update(action, context)),
            Self::Choose(chooser) => chooser.update(action, context),
            Self::Write(writer) => writer.update(action, context),
            Self::Span(marker) => Some(marker.update(action, context)),
            Self::Rejected(list) => list.update(action, context),
            Self::Orphans(list) => list.update(action, context),
            Self::Places(list) => list.update(action, context),
            Self::Doubts(list) => list.update(action, context),
            Self::Library(dialog) => dialog.update(action, context),
            Self::None | Self::Search | Self::Filter | Self::Letter(_) => None,
        }
    }

    /// Chooses the line of a number, from one on; whether there is a list for it.
    pub fn number(&mut self, number: usize, context: &Context<'_>) -> bool {
        if let Self::Documents(list) = self {
            list.number(number);
            return true;
        }
        if self.list(context).is_none() {
            return false;
        }
        let mut walk = |motion: Motion| _ = self.update(motion.into(), context);
        walk(Motion::Start);
        (1..number).for_each(|_| walk(Motion::Down));
        true
    }

    /// Takes letters that are typed.
    pub fn write(&mut self, text: &str, context: &Context<'_>) -> Outcome {
        match self {
            Self::Library(dialog) => return dialog.write(text),
            Self::Palette(palette) => palette.write(text, context),
            Self::Export(dialog) => dialog.write(text),
            Self::Choose(chooser) => chooser.write(text, context),
            Self::Write(writer) => writer.input.write(text),
            Self::Help(help) if help.filter.typing => help.filter.input.write(text),
            Self::Contents(list) if list.filter.typing => list.write(text),
            Self::Documents(list) if list.filter.typing => list.write(text, context),
            Self::None
            | Self::Search
            | Self::Filter
            | Self::Letter(_)
            | Self::Help(_)
            | Self::Contents(_)
            | Self::Documents(_)
            | Self::Menu(_)
            | Self::Span(_)
            | Self::Rejected(_)
            | Self::Orphans(_)
            | Self::Places(_)
            | Self::Doubts(_) => {}
        }
        Outcome::none()
    }

    /// Takes a click: what was clicked in a list is chosen, a click beside the list closes it.
    pub fn press(&mut self, mouse: Mouse, context: &Context<'_>) -> Outcome {
        if let Self::Export(dialog) = self {
            return dialog.press(mouse, context);
        }
        if let Self::Span(marker) = self {
            return marker.press(mouse, context);
        }
        let line = self.list(context).and_then(|list| list.line_at(mouse.column, mouse.row));
        let Some(line) = line else { return Request::Close.into() };
        match self {
            Self::Palette(palette) => palette.press(line),
            Self::Contents(list) => list.press(line, context),
            Self::Documents(list) => list.press(line, context),
            Self::Menu(menu) => menu.press(line, context),
            Self::Choose(chooser) => chooser.press(line, context),
            Self::Library(dialog) => dialog.press(line, context),
            Self::Help(_)
            | Self::Rejected(_)
            | Self::Orphans(_)
            | Self::Places(_)
            | Self::Doubts(_)
            | Self::Write(_)
            | Self::Span(_)
            | Self::Export(_)
            | Self::None
            | Self::Search
            | Self::Filter
            | Self::Letter(_) => Outcome::none(),
        }
    }

    /// The wheel over a list: a line up or down.
    pub fn wheel(&mut self, up: bool, context: &Context<'_>) -> Outcome {
        let action = match (self.mode(Focus::Text), up) {
            (Mode::Line, true) => LineEdit::Older.into(),
            (Mode::Line, false) => LineEdit::Newer.into(),
            (Mode::Span, _) => return Outcome::none(),
            (_, true) => Motion::Up.into(),
            (_, false) => Motion::Down.into(),
        };
        self.update(action, context).unwrap_or_default()
    }

    /// The list that is to be drawn.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> Option<List> {
        match self {
            Self::Help(help) => Some(help.list(context)),
            Self::Palette(palette) => Some(palette.list(context)),
            Self::Contents(list) => Some(list.list(context)),
            Self::Documents(list) => Some(list.list(context)),
            Self::Menu(menu) => Some(menu.list(context)),
            Self::Choose(chooser) => Some(chooser.list(context)),
            Self::Rejected(list) => Some(list.list(context)),
            Self::Orphans(list) => Some(list.list(context)),
            Self::Places(list) => Some(list.list(context)),
            Self::Doubts(list) => Some(list.list(context)),
            Self::Library(dialog) => dialog.list(context),
            Self::None
            | Self::Search
            | Self::Filter
            | Self::Letter(_)
            | Self::Export(_)
            | Self::Write(_)
            | Self::Span(_) => None,
        }
    }

    /// What stands in the status line meanwhile, where it is the overlay's own.
    #[must_use]
    pub fn prompt(&self, context: &Context<'_>) -> Option<String> {
        match self {
            Self::Letter(letter) => Some(letter.prompt(context)),
            Self::Write(writer) => Some(writer.prompt(context)),
            Self::Span(marker) => marker.prompt(context),
            Self::Library(dialog) => dialog.prompt(context),
            _ => None,
        }
    }
}
