//! What a person changes of what is shown, and how changes are taken back and made again.

use super::selection::{Group, Scope};
use crate::annotation::{Annotations, Past};
use crate::library::Decision;
use crate::tui::settings::{Language, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// What can be taken back, and what can be made again.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    done: Vec<(String, RevisionStep)>,
    undone: Vec<(String, RevisionStep)>,
}

/// How a change is taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum RevisionStep {
    /// By showing what was shown before.
    View(Box<ViewState>),
    /// By so many steps in the history of the document of that number.
    Correct(usize, usize),
    /// By what was decided then in the document of that number: a correction of an earlier session.
    Decide(usize, Box<Annotations>),
    /// By taking back what was decided over all documents of the library.
    Decision(Decision),
    /// By taking out of the library what was put in from that source, which document of that number has.
    Added(String, usize),
}

impl Revisions {
    /// Remembers how a change is taken back, and what was said when it was made. What had been undone is forgotten.
    pub fn push(&mut self, said: String, step: RevisionStep) {
        self.done.push((said, step));
        self.undone.clear();
    }

    /// Puts the corrections of earlier sessions before all that was changed in this one.
    pub fn restore(&mut self, number: usize, past: &Past) {
        let steps =
            past.iter().map(|one| (one.said.clone(), RevisionStep::Decide(number, Box::new(one.before.clone()))));
        self.done.splice(0..0, steps);
    }

    /// Puts what was decided over all documents in earlier sessions before all that was changed in this one.
    pub fn before(&mut self, decided: Vec<(String, Decision)>) {
        let steps = decided.into_iter().map(|(said, decision)| (said, RevisionStep::Decision(decision)));
        self.done.splice(0..0, steps);
    }

    /// Forgets the last change, which could not be made.
    pub fn forget_last_decision(&mut self) {
        let last = self.done.iter().rposition(|(_, step)| matches!(step, RevisionStep::Decision(_)));
        if let Some(last) = last {
            self.done.remove(last);
        }
    }

    /// Forgets the last decision that seemed to be taken back: it stands.
    pub fn forget_undone_decision(&mut self) {
        let last = self.undone.iter().rposition(|(_, step)| matches!(step, RevisionStep::Decision(_)));
        if let Some(last) = last {
            self.undone.remove(last);
        }
    }

    /// Forgets what could be made again of the corrections of this session in the document of that number.
    pub fn forget_undone(&mut self, number: usize) {
        self.undone.retain(|(_, step)| !matches!(step, RevisionStep::Correct(other, _) if *other == number));
    }

    /// The last change, to be taken back, or the last that was, to be made again.
    pub fn pop(&mut self, undo: bool) -> Option<(String, RevisionStep)> {
        if undo { self.done.pop() } else { self.undone.pop() }
    }

    /// Remembers how what was just taken back is made again, or the other way about.
    pub fn turn(&mut self, undo: bool, said: String, step: RevisionStep) {
        if undo { self.undone.push((said, step)) } else { self.done.push((said, step)) }
    }
}

/// What a person arranges of the screen: settings, the panel, the folded groups and the marks of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewState {
    /// What is set.
    pub settings: Settings,
    /// Whether the interface is in Arabic.
    pub arabic: bool,
    /// Whether invisible characters are shown.
    pub invisibles: bool,
    /// What the panel is narrowed down to.
    pub filter: String,
    /// Whose findings the panel shows.
    pub scope: Scope,
    /// The number of the document that the rest is of.
    pub document: usize,
    /// Its groups in the panel of which only the heading is shown.
    pub folded: BTreeSet<Group>,
    /// Its remembered places.
    pub marks: BTreeMap<char, usize>,
}

/// A change of what is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Other settings.
    Settings(Box<Settings>),
    /// The interface in Arabic, or in English.
    Language {
        /// Whether in Arabic.
        arabic: bool,
    },
    /// Invisible characters shown, or not.
    Invisibles(bool),
    /// Another filter of the panel.
    Filter(String),
    /// The findings of one document in the panel, or of all.
    Scope(Scope),
    /// A group folded, or unfolded.
    Fold(Group),
    /// A place remembered under a letter: the first byte of the topmost row.
    Mark(char, usize),
}

impl ViewState {
    /// What is shown after a change.
    #[must_use]
    pub fn with(mut self, change: Change) -> Self {
        match change {
            Change::Settings(settings) => self.settings = *settings,
            Change::Language { arabic } => {
                self.arabic = arabic;
                self.settings.ui = if arabic { Language::Ar } else { Language::En };
            }
            Change::Invisibles(shown) => self.invisibles = shown,
            Change::Filter(filter) => self.filter = filter,
            Change::Scope(scope) => {
                self.scope = scope;
                self.settings.shown = true;
            }
            Change::Fold(group) => {
                if !self.folded.remove(&group) {
                    self.folded.insert(group);
                }
            }
            Change::Mark(letter, top) => _ = self.marks.insert(letter, top),
        }
        self
    }
}
