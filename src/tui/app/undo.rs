//! What a person changes of what is shown: every change says so, and can be taken back and made again.

use super::{App, Effect, Focus, documents::Group, panel::Scope};
use crate::tui::{
    action::Action,
    settings::{Digits, Language, Settings},
    strings::{Phrase, Strings, number},
    theme::Theme,
};
use std::collections::{BTreeMap, BTreeSet};

/// What can be taken back, and what can be made again.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<(String, Step)>,
    undone: Vec<(String, Step)>,
}

/// How a change is taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// By arranging the screen as it was.
    Arrange(Box<ViewState>),
    /// By the history of the document of that number.
    Correct(usize),
}

impl Undo {
    /// Remembers how a change is taken back, and what was said when it was made. What had been undone is forgotten.
    pub fn push(&mut self, said: String, step: Step) {
        self.done.push((said, step));
        self.undone.clear();
    }
}

/// What a person arranges: settings, the panel, the marks of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewState {
    settings: Settings,
    arabic: bool,
    invisibles: bool,
    filter: String,
    scope: Scope,
    /// Of a document by its number: folded groups and marks.
    document: (usize, BTreeSet<Group>, BTreeMap<char, usize>),
}

impl App {
    fn view_state(&self) -> ViewState {
        ViewState {
            settings: self.config.settings.clone(),
            arabic: self.config.strings.rtl,
            invisibles: self.config.layout.invisibles,
            filter: self.panel.filter.clone(),
            scope: self.panel.scope,
            document: self.view_of_document(self.documents.current()),
        }
    }

    fn view_of_document(&self, document: usize) -> (usize, BTreeSet<Group>, BTreeMap<char, usize>) {
        let opened = self.documents.all().get(document);
        let (folded, marks) = opened.map(|opened| (opened.folded.clone(), opened.marks.clone())).unwrap_or_default();
        (document, folded, marks)
    }

    fn arrange(&mut self, to: ViewState) {
        if self.config.strings.rtl != to.arabic {
            self.config.strings = if to.arabic { Strings::arabic() } else { Strings::english() };
        }
        self.config.layout.tashkeel = to.settings.tashkeel;
        self.config.layout.invisibles = to.invisibles;
        self.config.settings = to.settings;
        (self.panel.filter, self.panel.scope) = (to.filter, to.scope);
        if let Some(opened) = self.documents.get_mut(to.document.0) {
            (opened.folded, opened.marks) = (to.document.1, to.document.2);
        }
        self.refresh_panel();
        self.fit();
        self.show_selected_line();
    }

    /// Changes something of the view_state, says what `make` answers, and remembers how it was.
    pub(super) fn change(&mut self, make: impl FnOnce(&mut Self) -> String) {
        let before = self.view_state();
        let said = make(self);
        self.changed(before, said);
    }

    /// Says that something of the view_state has been changed, and remembers how it was.
    pub(super) fn changed(&mut self, before: ViewState, said: String) {
        if self.view_state() != before {
            self.undo.push(said.clone(), Step::Arrange(Box::new(before)));
        }
        self.say(said);
    }

    /// The view_state with another filter: how it was before the filter was typed.
    pub(super) fn arranged_with(&self, filter: String) -> ViewState {
        ViewState { filter, ..self.view_state() }
    }

    /// Takes the last change back, or makes it again.
    pub(super) fn take_back(&mut self, undo: bool) -> Option<Effect> {
        let from = if undo { &mut self.undo.done } else { &mut self.undo.undone };
        let Some((said, step)) = from.pop() else {
            let name = if undo { Phrase::NothingToUndo } else { Phrase::NothingToRedo };
            self.say(self.config.strings.text(name));
            return None;
        };
        let mut effect = None;
        let other = match step {
            Step::Arrange(to) => {
                let now = ViewState { document: self.view_of_document(to.document.0), ..self.view_state() };
                self.arrange(*to);
                Step::Arrange(Box::new(now))
            }
            Step::Correct(number) => {
                effect = self.step_correction(number, undo);
                Step::Correct(number)
            }
        };
        self.say(self.config.strings.text(if undo {
            Phrase::Undone { what: &said }
        } else {
            Phrase::Redone { what: &said }
        }));
        let to = if undo { &mut self.undo.undone } else { &mut self.undo.done };
        to.push((said, other));
        effect
    }

    /// Changes a setting.
    pub(super) fn set(&mut self, action: Action) {
        self.change(|app| {
            let said = app.set_to_next(action);
            app.fit();
            app.show_selected_line();
            said
        });
    }

    fn set_to_next(&mut self, action: Action) -> String {
        let settings = &mut self.config.settings;
        match action {
            Action::Language => {
                let strings = if self.config.strings.rtl { Strings::english() } else { Strings::arabic() };
                settings.ui = if strings.rtl { Language::Ar } else { Language::En };
                self.config.strings = strings;
                self.config.strings.text(Phrase::LanguageChanged)
            }
            Action::Theme => {
                let names: Vec<&str> = Theme::names().collect();
                let at = names.iter().position(|name| *name == settings.theme).unwrap_or_default();
                settings.theme = names.get((at + 1) % names.len().max(1)).copied().unwrap_or_default().to_owned();
                self.config
                    .strings
                    .text(Phrase::ThemeChanged { name: self.config.strings.theme(&self.config.settings.theme) })
            }
            Action::Digits => {
                settings.digits = if settings.digits == Digits::Latin { Digits::Arabic } else { Digits::Latin };
                self.config
                    .strings
                    .text(Phrase::DigitsChanged { digits: &number(1_234_567_890, self.config.settings.digits) })
            }
            Action::Wider | Action::Narrower => {
                let step = if action == Action::Wider { 4 } else { -4 };
                settings.measure = settings.measure.saturating_add_signed(step).clamp(20, 200);
                let measure = number(settings.measure.into(), settings.digits);
                self.config.strings.text(Phrase::MeasureChanged { columns: &measure })
            }
            Action::Tashkeel => {
                settings.tashkeel = !settings.tashkeel;
                self.config.layout.tashkeel = settings.tashkeel;
                let name = if settings.tashkeel { Phrase::TashkeelOn } else { Phrase::TashkeelOff };
                self.config.strings.text(name)
            }
            Action::Panel => {
                settings.shown = !settings.shown;
                self.focus = Focus::Text;
                let name = if settings.shown { Phrase::PanelShown } else { Phrase::PanelHidden };
                self.config.strings.text(name)
            }
            _ => {
                self.config.layout.invisibles = !self.config.layout.invisibles;
                let name = if self.config.layout.invisibles { Phrase::InvisiblesOn } else { Phrase::InvisiblesOff };
                self.config.strings.text(name)
            }
        }
    }
}
