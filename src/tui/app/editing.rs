//! What a person changes: corrections and settings, said, saved, and taken back one after the other.

use super::{
    App, Effect, Effects, Focus, Notice,
    correct::describe::{describe, refusal},
    document::decide,
    library::ask::LibraryEffect,
    outcome::Request,
    revision::{Change, RevisionStep, ViewState},
};
use crate::{
    annotation::{Annotations, Edit, EntityId, PastCorrection, Target},
    text::Span,
    tui::{
        keymap::Keymap,
        settings::Settings,
        strings::{Phrase, Strings},
    },
};

/// A change under way: the reader, and the effects that it asks for.
pub struct Editing<'app> {
    app: &'app mut App,
    effects: &'app mut Effects,
}

impl<'app> Editing<'app> {
    /// A change of this reader.
    pub const fn new(app: &'app mut App, effects: &'app mut Effects) -> Self {
        Self { app, effects }
    }

    /// Changes what is shown, and remembers how it was.
    pub fn change(&mut self, change: Change, said: String) {
        let before = self.view_state(self.app.documents.current());
        self.show(before.clone().with(change));
        self.changed(before, said);
    }

    /// Takes settings, keys and language from a configuration that was saved. It is changed back where it was changed.
    pub fn configure(&mut self, (settings, keymap, strings): (Settings, Keymap, Strings)) {
        self.app.config.keymap = keymap;
        let state = self.view_state(self.app.documents.current());
        self.show(ViewState { settings, arabic: strings.rtl, ..state });
    }

    /// Remembers that the filter was another one before it was typed.
    pub fn filtered(&mut self, before: String, said: String) {
        let before = ViewState { filter: before, ..self.view_state(self.app.documents.current()) };
        self.changed(before, said);
    }

    /// Corrects something, says what it did, and asks for it to be saved.
    /// Answers whether it could.
    pub fn edit(&mut self, edit: &Edit) -> bool {
        let (number, said) = (self.app.documents.current(), describe(edit, &self.app.context()));
        let line = self.app.panel.selected_line(&self.app.context());
        let (now, before) = (self.app.now, self.app.documents.here().annotations.decided());
        if let Err(refused) = self.app.documents.here_mut().edit(edit.clone(), now) {
            self.app.notice = Some(Notice { text: self.app.config.text(refusal(refused)), fault: true });
            return false;
        }
        self.follow(edit, line);
        self.app.documents.here_mut().past.push(PastCorrection { said: said.clone(), before });
        self.app.revisions.push(said.clone(), RevisionStep::Correct(number, 1));
        self.app.notice = Some(Notice { text: said, fault: false });
        self.effects.push(Effect::Save(number));
        true
    }

    /// Makes names of an entity of several spans; one key takes all of them back.
    pub fn add_mentions(&mut self, entity: EntityId, places: &[Span]) {
        let (number, now) = (self.app.documents.current(), self.app.now);
        let here = self.app.documents.here_mut();
        let before = here.annotations.decided();
        let add = |place: &&Span| here.edit(Edit::AddMention(**place, Target::Entity(entity)), now).is_ok();
        let added = places.iter().filter(add).count();
        if added == 0 {
            return;
        }
        self.app.refresh(number, self.effects);
        let count = self.app.config.number(added);
        let said = self.app.config.text(Phrase::DidAddPlaces { count: &count });
        self.app.documents.here_mut().past.push(PastCorrection { said: said.clone(), before });
        self.app.revisions.push(said.clone(), RevisionStep::Correct(number, added));
        self.app.notice = Some(Notice { text: said, fault: false });
        self.effects.push(Effect::Save(number));
    }

    /// After an edit: the panel anew, and what was corrected is selected and on the screen.
    fn follow(&mut self, edit: &Edit, line: Option<usize>) {
        self.app.marked = None;
        self.app.refresh(self.app.documents.current(), self.effects);
        let (selected, span) = self.app.documents.here().touched(edit);
        if selected.is_some() {
            self.app.documents.here_mut().selected = selected;
        } else if self.app.focus == Focus::Panel && self.app.panel.selected_line(&self.app.context()).is_none() {
            // What was on the line is gone: the next one takes its place.
            let last = self.app.panel.lines.len().saturating_sub(1);
            let outcome = self.app.panel.select_line(line.unwrap_or_default().min(last));
            self.app.apply(outcome, self.effects);
        }
        if let Some(span) = span {
            self.app.apply(Request::PutCursor(span).into(), self.effects);
        }
        self.app.panel.clamp(self.app.areas().panel.height.into());
        self.app.show_selected();
    }

    /// What is shown, with the folded groups and the marks of a document.
    fn view_state(&self, document: usize) -> ViewState {
        let opened = self.app.documents.all().get(document);
        ViewState {
            settings: self.app.config.settings.clone(),
            arabic: self.app.config.strings.rtl,
            invisibles: self.app.config.layout.invisibles,
            filter: self.app.panel.filter.text().to_owned(),
            scope: self.app.panel.scope,
            document,
            folded: opened.map(|opened| opened.folded.clone()).unwrap_or_default(),
            marks: opened.map(|opened| opened.marks.clone()).unwrap_or_default(),
        }
    }

    /// Shows something else.
    fn show(&mut self, state: ViewState) {
        self.app.config.strings = if state.arabic { Strings::arabic() } else { Strings::english() };
        self.app.config.layout.tashkeel = state.settings.tashkeel;
        self.app.config.layout.invisibles = state.invisibles;
        self.app.config.settings = state.settings;
        self.app.doubt();
        self.app.panel.filter.replace(state.filter);
        self.app.panel.scope = state.scope;
        if let Some(document) = self.app.documents.get_mut(state.document) {
            (document.folded, document.marks) = (state.folded, state.marks);
        }
        self.app.refresh_panel();
        self.app.fit();
        self.app.show_selected();
    }

    /// Says that something of what is shown has been changed, and remembers how it was.
    fn changed(&mut self, before: ViewState, said: String) {
        if self.view_state(before.document) != before {
            self.app.revisions.push(said.clone(), RevisionStep::View(Box::new(before)));
        }
        self.app.notice = Some(Notice { text: said, fault: false });
    }

    /// Takes the last change back, or makes it again.
    pub fn revise(&mut self, undo: bool) {
        let Some((said, step)) = self.app.revisions.pop(undo) else {
            let phrase = if undo { Phrase::NothingToUndo } else { Phrase::NothingToRedo };
            self.app.notice = Some(Notice { text: self.app.config.text(phrase), fault: false });
            return;
        };
        let other = match step {
            RevisionStep::View(to) => {
                let now = self.view_state(to.document);
                self.show(*to);
                RevisionStep::View(Box::new(now))
            }
            RevisionStep::Correct(number, steps) => {
                let before = self.remembered(number);
                (0..steps).for_each(|_| self.revise_correction(number, undo));
                self.turn_past(number, undo, PastCorrection { said: said.clone(), before });
                RevisionStep::Correct(number, steps)
            }
            RevisionStep::Decide(number, decided) => {
                let before = self.remembered(number);
                self.go_to(number);
                decide(self.app.documents.here_mut(), &decided);
                self.app.revisions.forget_undone(number);
                self.turn_past(number, undo, PastCorrection { said: said.clone(), before: before.clone() });
                self.app.refresh(number, self.effects);
                self.effects.push(Effect::Save(number));
                RevisionStep::Decide(number, Box::new(before))
            }
            RevisionStep::Decision(decision) => {
                let effect = match undo {
                    true => LibraryEffect::TakeBack(decision.clone()),
                    false => LibraryEffect::Decide(decision.clone()),
                };
                self.effects.push(Effect::Library(effect));
                RevisionStep::Decision(decision)
            }
            RevisionStep::Added(source, number) => {
                let effect = if undo { LibraryEffect::TakeOut(source.clone()) } else { LibraryEffect::Add(number) };
                self.effects.push(Effect::Library(effect));
                // The library says when it has it again.
                if !undo {
                    return;
                }
                RevisionStep::Added(source, number)
            }
        };
        let what = &said;
        let text = self.app.config.text(if undo { Phrase::Undone { what } } else { Phrase::Redone { what } });
        self.app.notice = Some(Notice { text, fault: false });
        self.app.revisions.turn(undo, said, other);
    }

    /// What a person has decided in a document.
    fn remembered(&self, number: usize) -> Annotations {
        self.app.documents.all().get(number).map(|document| document.annotations.decided()).unwrap_or_default()
    }

    /// Forgets a correction that was taken back, or remembers one that was made again.
    fn turn_past(&mut self, number: usize, undo: bool, correction: PastCorrection) {
        let Some(document) = self.app.documents.get_mut(number) else { return };
        if undo { document.past.pop() } else { document.past.push(correction) }
    }

    /// Reads another document, where it is not the one that is read.
    fn go_to(&mut self, number: usize) {
        if number != self.app.documents.current() {
            self.app.jumps.leave(self.app.context().location());
            self.app.open_document(number, self.effects);
        }
    }

    /// Takes the last correction of a document back, or makes it again; what was corrected is shown.
    fn revise_correction(&mut self, number: usize, undo: bool) {
        self.go_to(number);
        let line = self.app.panel.selected_line(&self.app.context());
        let here = self.app.documents.here_mut();
        if let Some(edit) = if undo { here.undo() } else { here.redo() } {
            self.follow(&edit, line);
            self.effects.push(Effect::Save(number));
        }
    }
}
