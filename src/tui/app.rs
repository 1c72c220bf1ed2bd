//! What the reader knows, and what happens to it: [`App::handle`] takes an [`Event`] and says what is to be done as
//! [`Effects`]. No file, no clock, no terminal.
//!
//! ```text
//! event --keymap--> Action --> the part that it is for --> Outcome: requests, which App fulfils --> Effects
//! ```
//!
//! Each part (the text's navigation, the panel, the detail, the search, and whatever lies over them) owns its state and
//! decides with [`Context`] before it what an action does. None of them reaches into another.

mod apply;
mod clipboard;
pub mod config;
pub mod context;
pub mod correct;
pub mod cross_document;
pub mod detail;
pub mod document;
pub mod documents;
pub mod event;
pub mod export;
pub mod geometry;
pub mod input;
pub mod jumps;
mod learn;
mod mouse;
pub mod navigation;
pub mod outcome;
pub mod overlay;
pub mod page;
pub mod panel;
mod partial;
mod pending;
pub mod revision;
pub mod search;
pub mod selection;
pub mod speaker;

pub use config::{Config, Format};
pub use context::Context;
pub use event::{DocumentEvent, Effect, Effects, Event, ExportEvent, Mouse, Notice, Pointer};
pub use overlay::Overlay;
pub use selection::Focus;

use crate::{
    layout::Page,
    text::{Document, Span},
    tui::{
        action::{Action, Command, Control, DocumentAction, Find, Jump, Marking, Motion, PanelAction, Setting},
        keymap::{Code, Key, Mode},
        strings::Phrase,
    },
};
use correct::{correct, subject::MarkPurpose};
use detail::Detail;
use document::{OpenDocument, reading::Way};
use documents::Documents;
use geometry::Areas;
use input::LineInput;
use jumps::Jumps;
use outcome::{Opening, Outcome, Request};
use panel::Panel;
use pending::Pending;
use revision::{Change, Revisions};
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
                self.write(text.trim(), &mut effects);
            }
            Event::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Event::Resize(columns, rows) => {
                self.size = (columns, rows);
                self.fit();
            }
            Event::Act(action) => self.act(action, &mut effects),
            Event::Time(now) => self.now = now,
            Event::Document(number, event) => self.document(number, event, &mut effects),
            Event::Export(event) => self.export(event),
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
                self.write(letter.encode_utf8(&mut [0; 4]), effects);
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
                let context = context_of!(self);
                let outcome = if self.overlay.number(count, &context) {
                    Outcome::none()
                } else if self.focus == Focus::Panel {
                    self.panel.select_line(count.min(self.panel.lines.len()).saturating_sub(1))
                } else {
                    navigation::to_paragraph(count, &context)
                };
                self.apply(outcome, effects);
                if action == Control::Enter.into() {
                    self.act(action, effects);
                }
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
            | Action::Setting(_)
            | Action::LineEdit(_) => self.act(action, effects),
        }
    }

    /// Writes into the line that is being typed.
    fn write(&mut self, text: &str, effects: &mut Effects) {
        let context = context_of!(self);
        let outcome = match &mut self.overlay {
            Overlay::Search => self.search.write(text),
            Overlay::Filter => self.panel.write_filter(text, &context),
            overlay => {
                overlay.write(text, &context);
                return;
            }
        };
        self.apply(outcome, effects);
    }

    /// Does an action: the part that is open first, then the part that it is for.
    fn act(&mut self, action: Action, effects: &mut Effects) {
        let context = context_of!(self);
        let taken = match &mut self.overlay {
            Overlay::Search => self.search.update(action, &context),
            Overlay::Filter => self.panel.update_filter(action, &context),
            overlay => overlay.update(action, &context),
        };
        let outcome = taken.unwrap_or_else(|| self.route(action));
        self.apply(outcome, effects);
    }

    /// What the part that an action is for makes of it.
    fn route(&mut self, action: Action) -> Outcome {
        let context = context_of!(self);
        let in_panel = self.focus == Focus::Panel;
        match action {
            Action::Motion(motion) if in_panel => self.panel.motion(motion, &context),
            Action::Motion(motion) => navigation::motion(motion, &context),
            Action::Control(Control::Enter) if in_panel => self.panel.enter(&context),
            Action::Control(Control::Enter) => navigation::enter(&context),
            Action::Control(Control::Cancel) => self.cancel(),
            Action::Control(Control::Focus) => self.switch_focus(),
            Action::Walk(walk) => navigation::walk(walk, &context),
            Action::Jump(jump) => self.jump(jump),
            Action::Find(Find::Open) => Request::Open(Opening::Search).into(),
            // They are for the line that is typed.
            Action::Find(Find::Exact | Find::Regex) | Action::LineEdit(_) => Outcome::none(),
            Action::PanelAction(action) => self.panel.update(action, &context),
            Action::DetailAction(action) => {
                self.detail.update(action, &context);
                Outcome::none()
            }
            Action::DocumentAction(DocumentAction::List) => {
                Request::Open(Opening::Documents(self.document_filter.clone())).into()
            }
            Action::DocumentAction(DocumentAction::Next) => navigation::beside_document(Way::On, &context),
            Action::DocumentAction(DocumentAction::Previous) => navigation::beside_document(Way::Back, &context),
            Action::Revision(revision) => Request::Revise(revision).into(),
            Action::Correction(correction) => correct(correction, None, &context),
            Action::Marking(Marking::Begin) => {
                Request::Open(Opening::Span(MarkPurpose::Any, crate::annotation::Edge::End)).into()
            }
            // They move the ends of marked words.
            Action::Marking(
                Marking::OtherEdge
                | Marking::LetterLeft
                | Marking::LetterRight
                | Marking::NextWord
                | Marking::PreviousWord,
            ) => Outcome::none(),
            Action::Command(command) => command_outcome(command, &context),
            Action::Setting(setting) => {
                let (change, said) = self.config.toggled(setting);
                let focus = (setting == Setting::Panel).then_some(Request::Focus(Focus::Text));
                Outcome::from(Request::Change(change, said)).then(focus)
            }
        }
    }

    fn jump(&mut self, jump: Jump) -> Outcome {
        let now = self.context().location();
        let (place, phrase) = match jump {
            Jump::Back => (self.jumps.back(now), Phrase::NothingBefore),
            Jump::Forward => (self.jumps.forward(), Phrase::NothingAfter),
            Jump::SetMark => return Request::Open(Opening::Letter { set: true }).into(),
            Jump::GoToMark => return Request::Open(Opening::Letter { set: false }).into(),
        };
        place.map_or_else(|| Outcome::say(self.config.text(phrase)), |place| Request::Go(place).into())
    }

    /// To the panel, where its first line is selected if none is, or back to the text.
    fn switch_focus(&self) -> Outcome {
        if self.focus == Focus::Panel {
            return [Request::Focus(Focus::Text), Request::ShowSelected].into();
        }
        let first = if self.panel.selected_line(&self.context()).is_none() {
            self.panel.select_line(0)
        } else {
            Outcome::none()
        };
        Outcome::from([Request::ShowPanel, Request::Focus(Focus::Panel)]).then(first).then(Request::ShowSelected)
    }

    /// Out of what is open; else the marking, the filter and the selection go, one after the other.
    fn cancel(&self) -> Outcome {
        if self.overlay != Overlay::None {
            return Request::Close.into();
        }
        if self.marked.is_some() {
            return Request::Mark(None).into();
        }
        if !self.panel.filter.text().is_empty() {
            return Request::Change(Change::Filter(String::new()), self.config.text(Phrase::FilterOff)).into();
        }
        let start = self.documents.here().cursor.start;
        [Request::Highlight(None), Request::Point(Span::new(start, start))].into()
    }
}

/// What concerns the whole program.
fn command_outcome(command: Command, context: &Context<'_>) -> Outcome {
    match command {
        Command::LookHere => partial::look_here(context),
        Command::Copy => clipboard::copy(context),
        Command::CopyWithSource => clipboard::copy_with_source(context),
        Command::Export => Request::Open(Opening::Export).into(),
        Command::Palette => Request::Open(Opening::Palette).into(),
        Command::Help => Request::Open(Opening::Help).into(),
        Command::Redraw => Request::Effect(Effect::Redraw).into(),
        Command::Suspend => Request::Effect(Effect::Suspend).into(),
        Command::Quit => Request::Effect(Effect::Quit).into(),
    }
}
