//! What the reader knows, and what happens to it: [`App::handle`] takes an [`Event`] and says what is to be done as
//! [`Effects`]. No file, no clock, no terminal.
//!
//! ```text
//! event --keymap--> Action --> the part that it is for --> Outcome: requests, which App fulfils --> Effects
//! ```
//!
//! Each part (the text's navigation, the panel, the detail, the search, and whatever lies over them) owns its state and
//! decides with [`Context`] before it what an action does. None of them reaches into another.

pub mod address;
mod apply;
mod clipboard;
pub mod config;
pub mod context;
pub mod correct;
pub mod cross_document;
pub mod detail;
pub mod document;
pub mod documents;
mod editing;
pub mod event;
pub mod export;
pub mod geometry;
pub mod input;
pub mod jumps;
mod learn;
pub mod library;
mod mouse;
pub mod navigation;
pub mod outcome;
pub mod overlay;
pub mod page;
pub mod panel;
mod partial;
mod parts;
mod pending;
pub mod revision;
mod rows;
pub mod search;
pub mod selection;
pub mod speaker;
pub mod verdict;

pub use config::{Config, Format};
pub use context::Context;
pub use event::{DocumentEvent, Effect, Effects, Event, ExportEvent, Mouse, Notice, Pointer};
pub use overlay::Overlay;
pub use selection::Focus;

use crate::{
    layout::Page,
    text::{Document, Span},
    tui::{
        action::{Action, Control, DocumentAction, Jump, Motion, PanelAction, Walk},
        keymap::{Code, Key, Mode},
        strings::Phrase,
    },
};
use detail::Detail;
use document::OpenDocument;
use documents::Documents;
use editing::Editing;
use geometry::Areas;
use input::LineInput;
use jumps::Jumps;
use library::{catalogue::Catalogue, decide::LibraryDialog};
use outcome::Outcome;
use panel::Panel;
use parts::Parts;
use pending::Pending;
use revision::Revisions;
use search::Search;
use std::sync::Arc;

/// The state of the reader.
#[derive(Debug, Default)]
pub struct App {
    /// The documents.
    pub documents: Documents,
    /// Where the keys go.
    pub focus: Focus,
    /// The panel.
    pub panel: Panel,
    /// The detail of what is selected.
    pub detail: Detail,
    /// The search.
    pub search: Search,
    /// What is known of the library.
    pub library: Catalogue,
    /// What lies over the rest.
    pub overlay: Overlay,
    /// What is marked with the mouse.
    pub marked: Option<Span>,
    /// What there is to say.
    pub notice: Option<Notice>,
    /// What does not change with the document.
    pub config: Config,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the list of documents was narrowed down to the last time.
    document_filter: String,
    /// What is typed of a command.
    pending: Pending,
    /// Where the reader was.
    jumps: Jumps,
    /// What can be taken back.
    revisions: Revisions,
    /// What time it is, as the binary said last: seconds since 1970, UTC.
    now: u64,
}

/// What the parts may look at, of an application of which one part is being changed.
macro_rules! context_of {
    ($app:expr) => {
        Context {
            documents: &$app.documents,
            config: &$app.config,
            size: $app.size,
            focus: $app.focus,
            marked: $app.marked,
            scope: $app.panel.scope,
            searching: matches!($app.overlay, Overlay::Search),
            everywhere: $app.search.everywhere,
            spot: match $app.focus {
                crate::tui::app::Focus::Library => Some($app.library.spot()),
                crate::tui::app::Focus::Text | crate::tui::app::Focus::Panel => None,
            },
        }
    };
}
use context_of;

impl App {
    /// A reader of these documents on a terminal of that many columns and rows.
    #[must_use]
    pub fn new(config: Config, documents: Vec<Arc<Document>>, size: (u16, u16)) -> Self {
        let open = |document| OpenDocument::new(document, Page::new(config.layout));
        let documents = Documents::new(documents.into_iter().map(open).collect());
        let mut app = Self { documents, config, size, ..Self::default() };
        app.doubt();
        app.fit();
        app.refresh_panel();
        app
    }

    /// What every part may look at.
    #[must_use]
    pub const fn context(&self) -> Context<'_> {
        context_of!(self)
    }

    /// The parts that decide what an action does.
    fn parts(&mut self) -> Parts<'_> {
        Parts {
            context: context_of!(self),
            overlay: &mut self.overlay,
            panel: &mut self.panel,
            detail: &mut self.detail,
            search: &mut self.search,
            library: &mut self.library,
            jumps: &mut self.jumps,
            document_filter: &self.document_filter,
        }
    }

    /// Where the parts of the screen are.
    #[must_use]
    pub fn areas(&self) -> Areas {
        self.context().areas()
    }

    /// Where a key would be pressed now.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.overlay.mode(self.focus)
    }

    /// The line that is being typed.
    #[must_use]
    pub const fn line(&self) -> Option<&LineInput> {
        match &self.overlay {
            Overlay::Search => Some(&self.search.query),
            Overlay::Filter => Some(&self.panel.filter),
            Overlay::Library(LibraryDialog::Line) => Some(&self.library.line),
            overlay => overlay.line(),
        }
    }

    /// Whether something is left to do: [`App::advance`], as soon as no event waits.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.search.is_busy()
    }

    /// Does a little of it.
    pub fn advance(&mut self) -> Effects {
        let number = self.documents.current();
        let outcome = self.search.advance(self.documents.here_mut(), number);
        self.search.advance_others(&mut self.documents);
        let mut effects = Effects::default();
        if matches!(self.overlay, Overlay::Search) {
            self.apply(outcome, &mut effects);
        }
        effects
    }

    /// Takes what happened, and answers what is to be done.
    pub fn handle(&mut self, event: Event) -> Effects {
        let mut effects = Effects::default();
        match event {
            Event::Key(key) => {
                self.notice = None;
                self.key(key, &mut effects);
            }
            Event::Paste(text) => {
                let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
                let outcome = self.parts().write(text.trim());
                self.apply(outcome, &mut effects);
            }
            Event::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Event::Resize(columns, rows) => {
                self.size = (columns, rows);
                self.fit();
            }
            Event::Act(action) => self.act(action, &mut effects),
            Event::Configured(configured) => Editing::new(self, &mut effects).configure(*configured),
            Event::Time(now) => self.now = now,
            Event::Document(number, event) => self.document(number, event, &mut effects),
            Event::Export(event) => self.export(event),
            Event::Library(event) => self.library(event, &mut effects),
            Event::Notice(notice) => self.notice = Some(notice),
        }
        effects
    }

    /// Does what a key is for.
    fn key(&mut self, key: Key, effects: &mut Effects) {
        if let Overlay::Letter(letter) = self.overlay {
            self.overlay = Overlay::None;
            if let Code::Char(typed) = key.code {
                self.apply(letter.take(typed, &self.context()), effects);
            }
            return;
        }
        let mode = self.mode();
        let Some((key, count)) = self.pending.take(key, mode, &self.config.keymap) else {
            let count = self.pending.count.map(|count| Outcome::say(self.config.number(count)));
            return self.apply(count.unwrap_or_default(), effects);
        };
        match (self.config.keymap.action(mode, key), mode, key.code) {
            (Some(action), ..) => self.repeat(action, count, effects),
            (None, Mode::Line, Code::Char(letter)) if !key.control && !key.alt => {
                let outcome = self.parts().write(letter.encode_utf8(&mut [0; 4]));
                self.apply(outcome, effects);
            }
            (None, Mode::Line, _) => {}
            (None, ..) => {
                let text = self.config.text(Phrase::NoKey { key: &key.to_string() });
                self.apply(Outcome::say(text), effects);
            }
        }
    }

    /// Does an action so many times, or goes to the line of that number.
    fn repeat(&mut self, action: Action, count: Option<usize>, effects: &mut Effects) {
        let Some(count) = count else { return self.act(action, effects) };
        match action {
            Action::Motion(Motion::Start | Motion::End) | Action::Control(Control::Enter) => {
                let outcome = self.parts().number(count);
                self.apply(outcome, effects);
                if action == Control::Enter.into() {
                    self.act(action, effects);
                }
            }
            Action::Walk(Walk::NextPage) => {
                let outcome = navigation::to_page(count, &self.context());
                self.apply(outcome, effects);
            }
            Action::Motion(_)
            | Action::Walk(_)
            | Action::Jump(Jump::Back | Jump::Forward)
            | Action::PanelAction(PanelAction::NextGroup | PanelAction::PreviousGroup)
            | Action::DetailAction(_)
            | Action::DocumentAction(DocumentAction::Next | DocumentAction::Previous)
            | Action::Revision(_) => (0..count).for_each(|_| self.act(action, effects)),
            Action::Control(_)
            | Action::Jump(_)
            | Action::Find(_)
            | Action::PanelAction(_)
            | Action::DocumentAction(_)
            | Action::Correction(_)
            | Action::Marking(_)
            | Action::Command(_)
            | Action::LibraryAction(_)
            | Action::Setting(_)
            | Action::LineEdit(_) => self.act(action, effects),
        }
    }

    /// Does an action.
    fn act(&mut self, action: Action, effects: &mut Effects) {
        let outcome = self.parts().act(action);
        self.apply(outcome, effects);
    }
}
