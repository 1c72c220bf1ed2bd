//! Fulfilling what the parts of the reader ask for: the one place where several of them change together.

use super::{
    App, Context, Effect, Effects, Notice, Overlay, context_of,
    correct::doubts::DoubtList,
    document::Progress,
    editing::Editing,
    jumps::Location,
    library::visit::Visit,
    outcome::{Opening, Outcome, Request},
    selection::{Focus, Scope, Selection},
};
use crate::{
    annotation::{Edit, Kind, SpeakerRef, Target},
    layout,
    tui::{action::Revision, strings::Phrase},
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
            // From a reader without documents there is nowhere to come back to.
            Request::Leave if self.documents.all().is_empty() && self.focus != Focus::Library => {}
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
            Request::Edit(edit) => _ = Editing::new(self, effects).edit(&edit),
            Request::NewSpeaker(quote, span) => {
                if Editing::new(self, effects).edit(&Edit::AddMention(span, Target::New(Kind::Person))) {
                    let mention = self.documents.here().mentions_in(span).find(|mention| mention.span == span);
                    if let Some(who) = mention.map(|mention| SpeakerRef::Entity(mention.entity)) {
                        Editing::new(self, effects).edit(&Edit::Speaker(quote, Some(who)));
                    }
                }
            }
            Request::AddMentions(entity, places) => Editing::new(self, effects).add_mentions(entity, &places),
            Request::OfferPlaces(span) => self.open_overlay(Opening::Places(span), effects),
            Request::Change(change, said) => Editing::new(self, effects).change(change, said),
            Request::Filtered { before, said } => Editing::new(self, effects).filtered(before, said),
            Request::Revise(revision) => Editing::new(self, effects).revise(revision == Revision::Undo),
            Request::Search => {
                self.search.restart_others(&mut self.documents);
                let number = self.documents.current();
                let outcome = self.search.restart(self.documents.here_mut(), number);
                self.apply(outcome, effects);
            }
            Request::ForgetHits => self.search.restart_others(&mut self.documents),
            Request::Visit(spot) => Visit::new(self, effects).go(spot),
            Request::VisitHome => Visit::new(self, effects).home(),
            Request::Decide(decision, said) => Visit::new(self, effects).decide(decision, said),
            Request::Step(way) => Visit::new(self, effects).step(way),
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
    pub(super) fn show_selected(&mut self) {
        let context = context_of!(self);
        if let Some(line) = self.panel.selected_line(&context) {
            self.panel.reveal(line, context.areas().panel.height.into());
        }
    }

    fn go(&mut self, place: Location, effects: &mut Effects) {
        if let Some(spot) = place.spot {
            return Visit::new(self, effects).go(spot);
        }
        self.leave_library();
        if place.document != self.documents.current() {
            self.open_document(place.document, effects);
        }
        let here = self.documents.here_mut();
        (here.top, here.cursor, here.selected) = (place.top, place.cursor, place.selected);
        self.show_selected();
        self.fit();
    }

    /// Out of the library.
    fn leave_library(&mut self) {
        if self.focus == Focus::Library {
            self.focus = Focus::Text;
        }
    }

    pub(super) fn open_document(&mut self, number: usize, effects: &mut Effects) {
        if !self.documents.open(number) {
            return;
        }
        self.marked = None;
        self.leave_library();
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
}
