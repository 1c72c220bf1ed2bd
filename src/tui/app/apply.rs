//! Fulfilling what the parts of the reader ask for: the one place where several of them change together.

use super::{
    App, Context, Effect, Effects, Focus, Notice, Overlay, context_of,
    correct::{
        describe::{describe, refusal},
        doubts::DoubtList,
    },
    document::Progress,
    jumps::Location,
    outcome::{Opening, Outcome, Request},
    revision::{Step, ViewState},
    selection::{Scope, Selection},
};
use crate::{
    annotation::{Edit, EntityId, Kind, SpeakerRef, Target},
    layout,
    text::Span,
    tui::{
        action::Revision,
        strings::{Phrase, Strings},
    },
};

impl App {
    /// Fulfils requests in their order.
    pub(super) fn apply(&mut self, outcome: Outcome, effects: &mut Effects) {
        for request in outcome {
            self.fulfil(request, effects);
        }
    }

    fn fulfil(&mut self, request: Request, effects: &mut Effects) {
        match request {
            Request::Say(notice) => self.notice = Some(notice),
            Request::Effect(effect) => {
                if let Effect::Look(number, _) = effect
                    && let Some(document) = self.documents.get_mut(number)
                {
                    document.progress = Progress::Extracting(0);
                    self.refresh(number, effects);
                }
                effects.push(effect);
            }
            Request::Open(opening) => self.open_overlay(opening, effects),
            Request::Close => {
                if let Overlay::Documents(list) = std::mem::take(&mut self.overlay) {
                    list.filter.text().clone_into(&mut self.document_filter);
                }
            }
            Request::Reopen(choice) => self.overlay = Overlay::Doubts(DoubtList::at(choice)),
            Request::Do(action) => self.act(action, effects),
            Request::Leave => self.jumps.leave(self.context().location()),
            Request::LeaveFrom(place) => self.jumps.leave(place),
            Request::Go(place) => self.go(place, effects),
            Request::OpenDocument(number) => self.open_document(number, effects),
            Request::ScrollTo(top) => self.documents.here_mut().top = top,
            Request::Select(selection) => self.select(selection),
            Request::Highlight(selection) => {
                self.documents.here_mut().selected = selection;
                self.show_selected();
            }
            Request::PutCursor(span) => {
                self.detail.reset();
                let window = self.context().window();
                let here = self.documents.here_mut();
                here.cursor = span;
                here.reveal(span, window);
            }
            Request::Point(span) => self.documents.here_mut().cursor = span,
            Request::Reveal(span) => {
                let window = self.context().window();
                self.documents.here_mut().reveal(span, window);
            }
            Request::Focus(focus) => {
                self.focus = focus;
                self.fit();
            }
            Request::ShowPanel => self.config.settings.shown = true,
            Request::ShowSelected => self.show_selected(),
            Request::Mark(marked) => self.marked = marked,
            Request::Edit(edit) => _ = self.edit(&edit, effects),
            Request::NewSpeaker(quote, span) => {
                if self.edit(&Edit::AddMention(span, Target::New(Kind::Person)), effects) {
                    let mention = self.documents.here().mentions_in(span).find(|mention| mention.span == span);
                    if let Some(who) = mention.map(|mention| SpeakerRef::Entity(mention.entity)) {
                        self.edit(&Edit::Speaker(quote, Some(who)), effects);
                    }
                }
            }
            Request::AddMentions(entity, places) => self.add_mentions(entity, &places, effects),
            Request::OfferPlaces(span) => self.open_overlay(Opening::Places(span), effects),
            Request::Change(change, said) => {
                let before = self.view_state(self.documents.current());
                self.show(before.clone().with(change));
                self.changed(before, said);
            }
            Request::Filtered { before, said } => {
                let before = ViewState { filter: before, ..self.view_state(self.documents.current()) };
                self.changed(before, said);
            }
            Request::Revise(revision) => self.revise(revision == Revision::Undo, effects),
            Request::Search => {
                let number = self.documents.current();
                let outcome = self.search.restart(self.documents.here_mut(), number);
                self.apply(outcome, effects);
            }
            Request::ForgetHits => self.documents.here_mut().hits.clear(),
        }
    }

    fn open_overlay(&mut self, opening: Opening, effects: &mut Effects) {
        match opening {
            Opening::Search => self.search.open(self.context().location()),
            Opening::Filter => self.panel.open_filter(),
            _ => {}
        }
        let outcome = match Overlay::open(opening, &self.context()) {
            Ok((overlay, outcome)) => {
                self.overlay = overlay;
                outcome
            }
            Err(outcome) => outcome,
        };
        self.apply(outcome, effects);
    }

    /// Selects something, and shows its first place unless one is on the screen already.
    fn select(&mut self, selection: Selection) {
        self.detail.reset();
        let window = self.context().window();
        let here = self.documents.here_mut();
        here.selected = Some(selection);
        let seen = here.seen(window);
        let places = here.places(selection);
        let first = places.first().copied().filter(|_| !places.iter().any(|place| place.overlaps(seen)));
        if let (Some(first), false) = (first, matches!(selection, Selection::Group(_))) {
            here.reveal(first, window);
        }
        self.show_selected();
    }

    /// Scrolls the panel to what is selected.
    fn show_selected(&mut self) {
        let context = context_of!(self);
        if let Some(line) = self.panel.selected_line(&context) {
            self.panel.reveal(line, context.areas().panel.height.into());
        }
    }

    fn go(&mut self, place: Location, effects: &mut Effects) {
        if place.document != self.documents.current() {
            self.open_document(place.document, effects);
        }
        let here = self.documents.here_mut();
        (here.top, here.cursor, here.selected) = (place.top, place.cursor, place.selected);
        self.show_selected();
        self.fit();
    }

    fn open_document(&mut self, number: usize, effects: &mut Effects) {
        if !self.documents.open(number) {
            return;
        }
        self.marked = None;
        self.fit();
        self.panel.top = 0;
        self.refresh_panel();
        self.search.stop();
        self.search_again(effects);
        let context = context_of!(self);
        self.panel.clamp(context.areas().panel.height.into());
        let (number, count) = (context.number(number + 1), context.number(context.documents.all().len()));
        let text = context.text(Phrase::DocumentOpened { number: &number, count: &count });
        self.notice = Some(Notice { text, fault: false });
    }

    pub(super) fn search_again(&mut self, effects: &mut Effects) {
        let number = self.documents.current();
        let outcome = self.search.resume(self.documents.here_mut(), number);
        if matches!(self.overlay, Overlay::Search) {
            self.apply(outcome, effects);
        }
    }

    /// Lays the pages out for the size of the screen and the settings. Places stay: they are byte offsets.
    pub fn fit(&mut self) {
        let areas = self.areas();
        let width = usize::from(areas.page.width).max(1);
        let options = layout::Options { width, direction: layout::Direction::AutoRtl, ..self.config.layout };
        for document in self.documents.all_mut() {
            document.page.set_options(options);
        }
        let window = self.context().window();
        let here = self.documents.here_mut();
        here.top = here.page.at(&here.document, here.top).anchor().min(here.last_top(window));
        self.panel.clamp(areas.panel.height.into());
    }

    /// Tells the documents who is in doubt.
    pub(super) fn doubt(&mut self) {
        let threshold = self.config.settings.threshold();
        for document in self.documents.all_mut() {
            if document.doubt.to_bits() != threshold.to_bits() {
                document.doubt = threshold;
                document.reindex();
            }
        }
    }

    pub(super) fn refresh_panel(&mut self) {
        self.panel.refresh(&self.documents, self.config.settings.sort);
    }

    /// After what was found in a document has changed, or its text.
    pub(super) fn refresh(&mut self, number: usize, effects: &mut Effects) {
        self.documents.found();
        let here = number == self.documents.current();
        let shown = self.panel.selected_line(&self.context()).is_some();
        if here || self.panel.scope == Scope::All {
            self.refresh_panel();
            self.panel.clamp(self.areas().panel.height.into());
        }
        if here {
            if !shown {
                // What was selected when the document was left is there again.
                self.show_selected();
            }
            self.search_again(effects);
        }
    }

    /// Corrects something, says what it did, and asks for it to be saved.
    /// Answers whether it could.
    fn edit(&mut self, edit: &Edit, effects: &mut Effects) -> bool {
        let (number, said) = (self.documents.current(), describe(edit, &self.context()));
        let line = self.panel.selected_line(&self.context());
        let now = self.now;
        if let Err(refused) = self.documents.here_mut().edit(edit.clone(), now) {
            self.notice = Some(Notice { text: self.config.text(refusal(refused)), fault: true });
            return false;
        }
        self.follow(edit, line, effects);
        self.revisions.push(said.clone(), Step::Correct(number, 1));
        self.notice = Some(Notice { text: said, fault: false });
        effects.push(Effect::Save(number));
        true
    }

    /// Makes names of an entity of several spans; one key takes all of them back.
    fn add_mentions(&mut self, entity: EntityId, places: &[Span], effects: &mut Effects) {
        let (number, now) = (self.documents.current(), self.now);
        let here = self.documents.here_mut();
        let add = |place: &&Span| here.edit(Edit::AddMention(**place, Target::Entity(entity)), now).is_ok();
        let added = places.iter().filter(add).count();
        if added == 0 {
            return;
        }
        self.refresh(number, effects);
        let count = self.config.number(added);
        let said = self.config.text(Phrase::DidAddPlaces { count: &count });
        self.revisions.push(said.clone(), Step::Correct(number, added));
        self.notice = Some(Notice { text: said, fault: false });
        effects.push(Effect::Save(number));
    }

    /// After an edit: the panel anew, and what was corrected is selected and on the screen.
    fn follow(&mut self, edit: &Edit, line: Option<usize>, effects: &mut Effects) {
        self.marked = None;
        self.refresh(self.documents.current(), effects);
        let (selected, span) = self.documents.here().touched(edit);
        if selected.is_some() {
            self.documents.here_mut().selected = selected;
        } else if self.focus == Focus::Panel && self.panel.selected_line(&self.context()).is_none() {
            // What was on the line is gone: the next one takes its place.
            let last = self.panel.lines.len().saturating_sub(1);
            self.apply(self.panel.select_line(line.unwrap_or_default().min(last)), effects);
        }
        if let Some(span) = span {
            self.fulfil(Request::PutCursor(span), effects);
        }
        self.panel.clamp(self.areas().panel.height.into());
        self.show_selected();
    }

    /// What is shown, with the folded groups and the marks of a document.
    fn view_state(&self, document: usize) -> ViewState {
        let opened = self.documents.all().get(document);
        ViewState {
            settings: self.config.settings.clone(),
            arabic: self.config.strings.rtl,
            invisibles: self.config.layout.invisibles,
            filter: self.panel.filter.text().to_owned(),
            scope: self.panel.scope,
            document,
            folded: opened.map(|opened| opened.folded.clone()).unwrap_or_default(),
            marks: opened.map(|opened| opened.marks.clone()).unwrap_or_default(),
        }
    }

    /// Shows something else.
    fn show(&mut self, state: ViewState) {
        self.config.strings = if state.arabic { Strings::arabic() } else { Strings::english() };
        self.config.layout.tashkeel = state.settings.tashkeel;
        self.config.layout.invisibles = state.invisibles;
        self.config.settings = state.settings;
        self.doubt();
        self.panel.filter.replace(state.filter);
        self.panel.scope = state.scope;
        if let Some(document) = self.documents.get_mut(state.document) {
            (document.folded, document.marks) = (state.folded, state.marks);
        }
        self.refresh_panel();
        self.fit();
        self.show_selected();
    }

    /// Says that something of what is shown has been changed, and remembers how it was.
    fn changed(&mut self, before: ViewState, said: String) {
        if self.view_state(before.document) != before {
            self.revisions.push(said.clone(), Step::View(Box::new(before)));
        }
        self.notice = Some(Notice { text: said, fault: false });
    }

    /// Takes the last change back, or makes it again.
    fn revise(&mut self, undo: bool, effects: &mut Effects) {
        let Some((said, step)) = self.revisions.pop(undo) else {
            let phrase = if undo { Phrase::NothingToUndo } else { Phrase::NothingToRedo };
            self.notice = Some(Notice { text: self.config.text(phrase), fault: false });
            return;
        };
        let other = match step {
            Step::View(to) => {
                let now = self.view_state(to.document);
                self.show(*to);
                Step::View(Box::new(now))
            }
            Step::Correct(number, steps) => {
                (0..steps).for_each(|_| self.revise_correction(number, undo, effects));
                Step::Correct(number, steps)
            }
        };
        let what = &said;
        let text = self.config.text(if undo { Phrase::Undone { what } } else { Phrase::Redone { what } });
        self.notice = Some(Notice { text, fault: false });
        self.revisions.turn(undo, said, other);
    }

    /// Takes the last correction of a document back, or makes it again; what was corrected is shown.
    fn revise_correction(&mut self, number: usize, undo: bool, effects: &mut Effects) {
        if number != self.documents.current() {
            self.jumps.leave(self.context().location());
            self.open_document(number, effects);
        }
        let line = self.panel.selected_line(&self.context());
        let here = self.documents.here_mut();
        if let Some(edit) = if undo { here.undo() } else { here.redo() } {
            self.follow(&edit, line, effects);
            effects.push(Effect::Save(number));
        }
    }
}
