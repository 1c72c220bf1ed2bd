//! From one document to another.

use super::{App, documents::Selection, panel::Scope, reading::Way};
use crate::tui::strings::Phrase;

impl App {
    /// Reads the document beside this one.
    pub(super) fn beside_document(&mut self, way: Way) {
        let count = self.documents.all().len();
        let now = self.documents.current();
        let next = match way {
            Way::On => now + 1,
            Way::Back => now.wrapping_sub(1),
        };
        if next < count {
            self.jumped();
            self.open(next);
        } else {
            let name = if count < 2 { Phrase::OnlyDocument } else { Phrase::NoMoreDocuments };
            self.say(self.config.strings.text(name));
        }
    }

    /// Reads another document.
    pub(super) fn open(&mut self, number: usize) {
        if self.documents.open(number) {
            self.marked = None;
            self.fit();
            self.panel.top = 0;
            self.refresh_panel();
            self.search.hunt = None;
            self.search_again();
            self.panel.clamp(usize::from(self.areas().panel.height));
            let (now, of) = (self.number(number + 1), self.number(self.documents.all().len()));
            self.say(self.config.strings.text(Phrase::DocumentOpened { number: &now, count: &of }));
        }
    }

    /// Shows the findings of all documents in the panel, or of the one that is read.
    pub(super) fn change_scope(&mut self) {
        if self.documents.all().len() < 2 {
            return self.say(self.config.strings.text(Phrase::OnlyDocument));
        }
        self.change(|app| {
            let all = app.panel.scope == Scope::Document;
            app.panel.scope = if all { Scope::All } else { Scope::Document };
            app.config.settings.shown = true;
            app.refresh_panel();
            app.fit();
            app.show_selected_line();
            let count = app.number(app.documents.all().len());
            let strings = &app.config.strings;
            if all { strings.text(Phrase::ScopeAll { count: &count }) } else { strings.text(Phrase::ScopeDocument) }
        });
    }

    /// Whether a target of the document that is read is in another one too.
    pub(super) fn is_elsewhere(&self, target: Selection) -> bool {
        let cluster = self.documents.cluster_of(self.documents.current(), target);
        cluster.is_some_and(|cluster| cluster.members.len() > 1)
    }

    /// To the next document that the selected thing is in, and its first place there, or its last.
    pub(super) fn go_to_next_document(&mut self, way: Way) {
        let now = self.documents.current();
        let cluster = self.selected().and_then(|target| self.documents.cluster_of(now, target));
        let members = cluster.map(|cluster| cluster.members.clone()).unwrap_or_default();
        let next = match way {
            Way::On => members.iter().find(|member| member.0 > now).or(members.first()),
            Way::Back => members.iter().rev().find(|member| member.0 < now).or(members.last()),
        };
        let Some(&(document, target)) = next else { return };
        self.jumped();
        self.open(document);
        let here = self.documents.here_mut();
        here.selected = Some(target);
        let places = here.places(target);
        let place = if way == Way::On { places.first() } else { places.last() };
        if let Some(place) = place.copied() {
            self.put_cursor(place);
        }
        self.show_selected_line();
    }
}
