//! What the reader knows, and what happens to it: [`App::handle`] takes an [`Event`] and says what is to be done as an
//! [`Effect`]. No file, no clock, no terminal.

pub mod correct;
pub mod cross_document;
pub mod detail;
pub mod documents;
mod event;
pub mod export;
pub mod geometry;
mod input;
mod jumps;
mod line_edit;
mod mouse;
mod navigation;
mod overlay;
pub mod panel;
mod partial;
pub mod reading;
pub mod search;
mod switching;
mod undo;

pub use event::{Effect, Event, Notice};
pub use jumps::{Jumps, Location};
pub use mouse::{Mouse, Pointer};
pub use overlay::Overlay;
pub use undo::{Step, Undo};

use crate::{
    layout::{self, Page},
    text::{Document, Span},
    tui::{
        action::Action,
        keymap::{Keymap, Mode},
        settings::Settings,
        strings::{Phrase, Strings, number},
    },
};
use correct::Dialog;
use documents::{Documents, OpenDocument, Progress};
use geometry::{Areas, Shape};
use panel::{Panel, Scope};
use reading::{Way, Window};
use search::Search;
use std::sync::Arc;

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// To the text.
    #[default]
    Text,
    /// To the panel.
    Panel,
}

/// A format that documents can be exported in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its name, as `rawi export --format` takes it.
    pub name: String,
    /// The ending of its files, without the dot.
    pub ending: String,
}

/// What does not change with the document: settings, keys, words.
#[derive(Debug, Default)]
pub struct Config {
    /// What is set.
    pub settings: Settings,
    /// The keys.
    pub keymap: Keymap,
    /// The words of the interface.
    pub strings: Strings,
    /// How the terminal wants text.
    pub layout: layout::Options,
    /// The order in which the terminal wants the cells of a row.
    pub order: layout::Order,
    /// What documents can be exported in.
    pub formats: Vec<Format>,
}

/// The state of the reader.
#[derive(Debug, Default)]
pub struct App {
    /// The documents.
    pub documents: Documents,
    /// Where the keys go.
    pub focus: Focus,
    /// The panel.
    pub panel: Panel,
    /// How far the detail was scrolled; none until it is.
    pub detail_top: Option<usize>,
    /// The search.
    pub search: Search,
    /// What lies over the rest.
    pub overlay: Overlay,
    /// Where the reader was.
    pub jumps: Jumps,
    /// What can be taken back.
    pub undo: Undo,
    /// What is marked with the mouse.
    pub marked: Option<Span>,
    /// Bytes after the caret of the line that is typed: zero at its end, where every line begins.
    after_caret: usize,
    /// What there is to say.
    pub notice: Option<Notice>,
    /// What does not change with the document.
    pub config: Config,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What time it is, as the binary said last: seconds since 1970, UTC.
    pub now: u64,
}

impl App {
    /// A reader of these documents on a terminal of that many columns and rows.
    #[must_use]
    pub fn new(config: Config, documents: Vec<Arc<Document>>, size: (u16, u16)) -> Self {
        let open = |document| OpenDocument::new(document, Page::new(config.layout));
        let documents = Documents::new(documents.into_iter().map(open).collect());
        let mut app = Self { documents, config, size, ..Self::default() };
        app.fit();
        app.refresh_panel();
        app
    }

    /// What is selected, in the text and in the panel.
    #[must_use]
    pub fn selected(&self) -> Option<documents::Selection> {
        self.documents.here().selected
    }

    /// Where the parts of the screen are.
    #[must_use]
    pub fn areas(&self) -> Areas {
        Areas::of(Shape {
            columns: self.size.0,
            rows: self.size.1,
            rtl: self.documents.here().rtl,
            side: self.config.settings.panel,
            panel: self.config.settings.shown,
            panel_focused: self.focus == Focus::Panel,
            measure: self.config.settings.measure,
        })
    }

    /// The window onto the text.
    #[must_use]
    pub fn window(&self) -> Window {
        let height = usize::from(self.areas().page.height).max(1);
        Window { height, spacing: usize::from(self.config.settings.spacing) }
    }

    /// A number in the digits of the interface.
    #[must_use]
    pub fn number(&self, value: usize) -> String {
        number(value, self.config.settings.digits)
    }

    /// Where a key would be pressed now.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        match (&self.overlay, self.focus) {
            (Overlay::Correct(dialog), _) => dialog.mode(),
            (Overlay::None | Overlay::Letter { .. }, Focus::Text) => Mode::Text,
            (Overlay::None | Overlay::Letter { .. }, Focus::Panel) => Mode::Panel,
            (Overlay::Search { .. } | Overlay::Filter { .. } | Overlay::Palette { .. } | Overlay::Export(_), _) => {
                Mode::Line
            }
            (Overlay::Help { .. } | Overlay::Documents { .. }, _) => Mode::List,
        }
    }

    /// Takes what happened, and answers what is to be done.
    pub fn handle(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Key(key) => {
                self.notice = None;
                self.key(key)
            }
            Event::Paste(text) => {
                self.paste(&text);
                None
            }
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Resize(columns, rows) => {
                self.size = (columns, rows);
                self.fit();
                None
            }
            Event::Act(action) => self.update(action),
            Event::Loading(number) => {
                if let Some(opened) = self.documents.get_mut(number) {
                    opened.progress = Progress::Loading;
                }
                None
            }
            Event::Loaded(number, document) => {
                if let Some(opened) = self.documents.get_mut(number) {
                    opened.load(document);
                    if number == self.documents.current() {
                        self.search.hunt = None;
                    }
                    self.refresh(number);
                }
                None
            }
            Event::Found(number, annotations, done) => {
                if let Some(opened) = self.documents.get_mut(number) {
                    opened.annotate(annotations);
                    opened.progress = if done < 100 { Progress::Extracting(done) } else { Progress::Done };
                    self.refresh(number);
                }
                // A file that is about to be written has more in it now.
                if number == self.documents.current() { self.ask_preview() } else { None }
            }
            Event::Progress(number, done) => {
                if let Some(opened) = self.documents.get_mut(number) {
                    opened.progress = Progress::Extracting(done);
                }
                None
            }
            Event::Unread(number, reason) => {
                if let Some(opened) = self.documents.get_mut(number) {
                    (opened.progress, opened.fault) = (Progress::Done, Some(reason));
                    self.refresh(number);
                }
                None
            }
            Event::Remembered(number, remembered) => {
                self.remember(number, *remembered);
                None
            }
            Event::Preview(preview) => {
                self.take_preview(*preview);
                None
            }
            Event::Name(name) => {
                self.suggest_name(name);
                None
            }
            Event::Taken(path) => {
                self.name_taken(path);
                None
            }
            Event::Exported(path) => {
                self.exported(&path);
                None
            }
            Event::NotExported(reason) => {
                self.not_exported(reason);
                None
            }
            Event::Partly(number, part) => {
                self.know_part(number, part);
                None
            }
            Event::Notice(notice) => {
                self.notice = Some(notice);
                None
            }
        }
    }

    /// Does an action.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        match self.overlay {
            Overlay::Correct(Dialog::Menu { .. }) => return self.in_menu(action),
            Overlay::Correct(Dialog::Span { .. }) => return self.in_span(action),
            _ => {}
        }
        if self.in_list(action) {
            return None;
        }
        match action {
            Action::Enter if self.overlay != Overlay::None => return self.choose(),
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Copy => return self.copy(),
            Action::Cancel => self.cancel(),
            Action::Focus => self.switch_focus(),
            Action::Help => self.overlay = Overlay::Help { top: 0 },
            Action::Palette => self.open_palette(),
            Action::Export => return self.open_export(),
            _ if action.corrects() => return self.correct(action),
            Action::Look => return self.look_here(),
            Action::Documents => self.overlay = Overlay::Documents { choice: self.documents.current() },
            Action::Search => self.open_search(),
            Action::Filter => self.open_filter(),
            Action::SetMark => self.overlay = Overlay::Letter { set: true },
            Action::GoToMark => self.overlay = Overlay::Letter { set: false },
            Action::NextDocument => self.beside_document(Way::On),
            Action::PreviousDocument => self.beside_document(Way::Back),
            Action::Language | Action::Digits | Action::Theme | Action::Wider | Action::Narrower => self.set(action),
            Action::Tashkeel | Action::Invisibles | Action::Panel => self.set(action),
            Action::Undo | Action::Redo => return self.take_back(action == Action::Undo),
            _ => self.navigate(action),
        }
        None
    }

    /// Lays the pages out for the size of the screen and the settings. Places stay: they are byte offsets.
    pub fn fit(&mut self) {
        let width = usize::from(self.areas().page.width).max(1);
        let options = layout::Options { width, direction: layout::Direction::AutoRtl, ..self.config.layout };
        for opened in self.documents.all_mut() {
            opened.page.set_options(options);
        }
        let (window, height) = (self.window(), usize::from(self.areas().panel.height));
        let here = self.documents.here_mut();
        here.top = here.page.at(&here.document, here.top).anchor().min(here.last_top(window));
        self.panel.clamp(height);
    }

    /// Makes the lines of the panel anew.
    fn refresh_panel(&mut self) {
        self.panel.refresh(&self.documents, self.config.settings.sort);
    }

    /// After what was found in a document has changed, or its text.
    fn refresh(&mut self, number: usize) {
        self.documents.found();
        let here = number == self.documents.current();
        let shown = self.selected_line().is_some();
        if here || self.panel.scope == Scope::All {
            self.refresh_panel();
            self.panel.clamp(usize::from(self.areas().panel.height));
        }
        if here {
            if !shown {
                // What was selected when the document was left is there again.
                self.show_selected_line();
            }
            self.search_again();
        }
    }

    fn copy(&mut self) -> Option<Effect> {
        let here = self.documents.here();
        let span = self.marked.unwrap_or(here.cursor);
        let text = here.document.slice(span).to_owned();
        if text.is_empty() {
            self.say(self.config.strings.text(Phrase::NothingToCopy));
            return None;
        }
        self.say(self.config.strings.text(Phrase::Copied));
        Some(Effect::Copy(text))
    }

    fn switch_focus(&mut self) {
        self.focus = if self.focus == Focus::Text { Focus::Panel } else { Focus::Text };
        if self.focus == Focus::Panel {
            self.config.settings.shown = true;
            if self.selected_line().is_none() {
                self.select_line(0);
            }
        }
        self.fit();
        self.show_selected_line();
    }

    /// Out of what is open; else the marking, the filter and the selection go, one after the other.
    fn cancel(&mut self) {
        if self.overlay != Overlay::None {
            self.overlay = Overlay::None;
        } else if self.marked.take().is_none() {
            if self.panel.filter.is_empty() {
                self.documents.here_mut().selected = None;
                self.documents.here_mut().cursor.end = self.documents.here().cursor.start;
            } else {
                self.change(|app| {
                    app.set_filter(String::new());
                    app.config.strings.text(Phrase::FilterOff)
                });
            }
        }
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, fault: false });
    }
}
