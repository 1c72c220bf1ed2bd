//! What becomes of the reader when the library answers, and the way from its pages into documents.

use super::{
    ask::{LibraryEffect, LibraryEvent, Reading, Remark},
    browsing::to_page,
    decide::LibraryDialog,
    frame::Frame,
    spot::{Spot, Subject},
};
use crate::{
    annotation::QuoteKind,
    check::Checked,
    layout::Page,
    library::Decision,
    text::{Offsets, Unit},
    tui::{
        action::Control,
        app::{
            App, Effect, Effects, Focus, Notice, Overlay,
            document::{OpenDocument, arrive, reading::Way},
            outcome::{Outcome, Request},
            revision::RevisionStep,
            verdict::Verdicts,
        },
        strings::Phrase,
    },
};
use std::sync::Arc;

/// A step in the library: the reader, and the effects that it asks for.
pub struct Visit<'app> {
    app: &'app mut App,
    effects: &'app mut Effects,
}

impl<'app> Visit<'app> {
    /// A step of this reader.
    pub const fn new(app: &'app mut App, effects: &'app mut Effects) -> Self {
        Self { app, effects }
    }

    fn say(&mut self, phrase: Phrase<'_>, fault: bool) {
        self.app.notice = Some(Notice { text: self.app.config.text(phrase), fault });
    }

    fn ask(&mut self, effect: LibraryEffect) {
        self.effects.push(Effect::Library(effect));
    }

    /// Opens a page of the library.
    pub fn go(&mut self, spot: Spot) {
        if !self.app.config.library {
            return self.say(Phrase::LibraryNone, false);
        }
        self.app.library.turn_to(spot);
        self.app.focus = Focus::Library;
        self.fill();
    }

    /// Opens the home page as it was left.
    pub fn home(&mut self) {
        self.go(self.app.library.last(Subject::Home, None));
    }

    /// Asks for what is not there of what the screen shows.
    fn fill(&mut self) {
        if self.app.focus != Focus::Library {
            return;
        }
        let lines = Frame::of(&self.app.library, &self.app.context()).lines(self.app.library.tab);
        let choice = self.app.library.list.choice;
        self.app.library.list.choose(choice, lines);
        for question in self.app.library.questions(lines) {
            self.ask(question);
        }
    }

    /// Keeps a decision.
    pub fn decide(&mut self, decision: Decision, said: String) {
        self.app.revisions.push(said.clone(), RevisionStep::Decision(decision.clone()));
        self.app.notice = Some(Notice { text: said, fault: false });
        self.ask(LibraryEffect::Decide(decision));
    }

    /// To the next place of the list that the document was opened from, in another document, or to the one before.
    pub fn step(&mut self, way: Way) {
        let Some(number) = self.app.documents.here().library else { return };
        match self.app.library.step(way, number) {
            Some(effect) => {
                self.app.apply(Request::Leave.into(), self.effects);
                self.ask(effect);
            }
            None => {
                let phrase = if way == Way::On { Phrase::NoMoreAfter } else { Phrase::NoMoreBefore };
                self.say(phrase, false);
            }
        }
    }

    /// Takes what became known.
    pub fn take(&mut self, event: LibraryEvent) {
        match event {
            LibraryEvent::Opened(path, searches, decided) => {
                let before = (self.app.library.path.replace(path), self.app.library.fault.take());
                if before.0.is_none() {
                    if self.app.library.searches.is_empty() {
                        self.app.library.searches = searches;
                    }
                    self.app.revisions.before(decided);
                }
                // What could not be answered is asked again.
                if before.1.is_some() {
                    self.app.library.stale();
                    self.fill();
                }
            }
            LibraryEvent::Failed(fault) => {
                self.app.notice = Some(Notice { text: fault.clone(), fault: true });
                self.app.library.fault = Some(fault);
            }
            LibraryEvent::Glance(glance) => self.app.library.glance = Some(glance),
            LibraryEvent::Head(id, Some(head)) => {
                if self.app.library.subject == Subject::Entity(id) {
                    self.app.library.head = Some(head);
                }
            }
            // Whoever it was is one with another now.
            LibraryEvent::Head(id, None) => {
                if self.app.library.subject == Subject::Entity(id) && self.app.focus == Focus::Library {
                    self.home();
                }
            }
            LibraryEvent::List(question, listed) => {
                self.app.library.take(question, Ok(listed));
                self.fill();
                // Enter was pressed before there was anything to go to.
                if self.app.library.list.chosen().is_some() && std::mem::take(&mut self.app.library.entering) {
                    self.app.apply(Request::Do(Control::Enter.into()).into(), self.effects);
                }
            }
            LibraryEvent::Unanswered(question, fault) => self.app.library.take(question, Err(fault)),
            LibraryEvent::Whom(typed, found) => {
                if let Overlay::Library(dialog) = &mut self.app.overlay {
                    dialog.take(&typed, found);
                }
            }
            LibraryEvent::Found(_, Some(entry)) => self.app.apply(to_page(entry.id), self.effects),
            LibraryEvent::Found(name, None) => self.say(Phrase::LibraryNobody { name: &name }, false),
            LibraryEvent::Read(reading) => self.read(*reading),
            LibraryEvent::Decided(Ok(())) | LibraryEvent::Changed => self.stale(),
            LibraryEvent::Decided(Err(fault)) => {
                self.app.notice = Some(Notice { text: fault, fault: true });
                self.app.revisions.forget_last_decision();
            }
            LibraryEvent::NotTakenBack(fault) => {
                self.app.notice = Some(Notice { text: fault, fault: true });
                self.app.revisions.forget_undone_decision();
            }
            LibraryEvent::Added(number, source) => {
                let label =
                    self.app.documents.all().get(number).map(OpenDocument::label).unwrap_or_default().to_owned();
                let text = self.app.config.text(Phrase::LibraryAdded { name: &label });
                if let Some(source) = source {
                    self.app.revisions.push(text.clone(), RevisionStep::Added(source, number));
                }
                self.app.notice = Some(Notice { text, fault: false });
                self.stale();
            }
            LibraryEvent::Checked(number, checked) => self.checked(number, checked),
            LibraryEvent::Fault(text) => self.app.notice = Some(Notice { text, fault: true }),
        }
    }

    /// Takes what became of the quotes of a document.
    fn checked(&mut self, number: usize, checked: Vec<Checked>) {
        let Some(opened) = self.app.documents.get_mut(number) else { return };
        let (document, faults) = (Arc::clone(&opened.document), checked.iter().filter(|one| one.is_fault()).count());
        let offsets = Offsets::new(document.text(), Unit::CodePoint);
        let quotes = &opened.annotations.quotes;
        let of = |one: Checked| {
            let span = offsets.to_span((one.start, one.end))?;
            let quote = quotes.iter().find(|quote| quote.span == span && quote.kind == one.kind)?;
            Some((quote.id, one))
        };
        // Of reported speech there is something to say only where something like it was found.
        let told = checked.into_iter().filter(|one| one.kind == QuoteKind::Direct || one.source.is_some());
        let verdicts = Verdicts::new(told.filter_map(of));
        let count = verdicts.count();
        opened.checked = verdicts;
        let (quotes, faults) = (self.app.config.number(count), self.app.config.number(faults));
        self.say(Phrase::Checked { quotes: &quotes, faults: &faults }, false);
    }

    /// What is shown is asked for again.
    fn stale(&mut self) {
        self.app.library.stale();
        self.ask(LibraryEffect::Glance);
        if let Subject::Entity(id) = self.app.library.subject {
            self.ask(LibraryEffect::Head(id));
        }
        self.fill();
    }

    /// Reads a document of the library at a place.
    fn read(&mut self, reading: Reading) {
        let Reading { number, document, date, place, remark } = reading;
        let known = self.app.documents.all().iter().position(|opened| opened.library == Some(number));
        let at = known.unwrap_or_else(|| {
            let page = Page::new(self.app.config.layout);
            let mut opened = OpenDocument::new(document, page);
            opened.library = Some(number);
            opened.doubt = self.app.config.settings.threshold();
            opened.date = opened.date.take().or(date);
            self.effects.push(Effect::Extract(self.app.documents.all().len()));
            self.app.documents.add(opened)
        });
        let mut outcome = if self.app.focus == Focus::Library { Request::Leave.into() } else { Outcome::none() };
        outcome = outcome.then(Request::OpenDocument(at));
        if !place.is_empty() {
            outcome = outcome.then([Request::Highlight(None), Request::PutCursor(place)]);
        }
        self.app.overlay = match std::mem::take(&mut self.app.overlay) {
            Overlay::Library(LibraryDialog::Line) => Overlay::None,
            other => other,
        };
        self.app.apply(outcome, self.effects);
        if !place.is_empty() {
            arrive(self.app.documents.here_mut(), place);
            self.app.show_selected();
        }
        let said = match remark {
            None => return,
            Some(Remark::Gone) => Phrase::LibraryGone,
            Some(Remark::Changed) => Phrase::LibraryChangedSource,
            Some(Remark::Unreadable) => Phrase::LibraryUnreadable,
        };
        self.say(said, true);
    }
}
