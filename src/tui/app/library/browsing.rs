//! What keys and the mouse do in the library.

use super::{
    ask::{LibraryEffect, LibraryOpening, Row},
    catalogue::{Catalogue, Typing},
    decide,
    frame::Frame,
    spot::{Spot, Subject, Tab},
};
use crate::{
    library::browse::Order,
    tui::{
        action::{Action, Command, Control, Correction, Find, LibraryAction, Motion, PanelAction, Walk},
        app::{
            context::Context,
            document::reading::Way,
            event::{Effect, Mouse},
            input::Edited,
            outcome::{Opening, Outcome, Request},
            overlay::list::moved,
            selection::Focus,
        },
        strings::Phrase,
    },
};

/// The catalogue with what it may look at.
#[derive(Debug)]
pub struct Browsing<'a> {
    /// What is shown.
    pub catalogue: &'a mut Catalogue,
    /// The rest of the reader.
    pub context: &'a Context<'a>,
}

/// To the page of a person, an organization or a place.
pub fn to_page(id: i64) -> Outcome {
    [Request::Leave, Request::Visit(Spot::at(Subject::Entity(id)))].into()
}

/// To the home page, as it was left.
pub fn home() -> Outcome {
    [Request::Leave, Request::VisitHome].into()
}

fn effect(effect: LibraryEffect) -> Request {
    Request::Effect(Effect::Library(effect))
}

impl Browsing<'_> {
    /// Takes an action; none where it is not for the library but for the whole program.
    pub fn update(&mut self, action: Action) -> Option<Outcome> {
        self.catalogue.entering = false;
        Some(match action {
            Action::Motion(Motion::Left | Motion::Right) => {
                let on = self.context.is_rtl() == (action == Motion::Left.into());
                self.beside(if on { Way::On } else { Way::Back })
            }
            Action::Motion(motion) => self.go(motion),
            Action::Walk(Walk::Next) => self.go(Motion::Down),
            Action::Walk(Walk::Previous) => self.go(Motion::Up),
            Action::Control(Control::Focus) | Action::PanelAction(PanelAction::NextGroup) => self.beside(Way::On),
            Action::PanelAction(PanelAction::PreviousGroup) => self.beside(Way::Back),
            Action::Control(Control::Enter) => self.enter(),
            Action::Control(Control::Cancel) => self.cancel(),
            Action::PanelAction(PanelAction::Scope) => self.to_text(),
            Action::PanelAction(PanelAction::Filter) => self.type_into(Typing::Filter),
            Action::Find(Find::Open) => self.type_into(Typing::Query),
            Action::PanelAction(PanelAction::Sort) => self.sort(),
            Action::Correction(correction) => self.decide(correction),
            Action::LibraryAction(LibraryAction::Home) if self.catalogue.subject == Subject::Home => self.to_text(),
            Action::LibraryAction(LibraryAction::Home) => home(),
            Action::Jump(_)
            | Action::DocumentAction(_)
            | Action::Revision(_)
            | Action::Setting(_)
            | Action::Command(Command::Palette | Command::Help | Command::Redraw | Command::Suspend | Command::Quit) => {
                return None;
            }
            Action::Walk(_)
            | Action::Find(_)
            | Action::PanelAction(_)
            | Action::DetailAction(_)
            | Action::Marking(_)
            | Action::Command(_)
            | Action::LibraryAction(_)
            | Action::LineEdit(_) => Outcome::say(self.context.text(Phrase::NotForThis)),
        })
    }

    /// The line of a number, from one on.
    pub fn number(&mut self, number: usize) -> Outcome {
        self.choose(number.saturating_sub(1))
    }

    fn go(&mut self, motion: Motion) -> Outcome {
        let last = self.catalogue.list.total.unwrap_or(usize::MAX);
        match moved(self.catalogue.list.choice, motion, last, self.context) {
            Some(line) => self.choose(line),
            None => Outcome::none(),
        }
    }

    fn choose(&mut self, line: usize) -> Outcome {
        if self.catalogue.list.total.is_none() {
            return Outcome::none();
        }
        let lines = self.lines();
        self.catalogue.list.choose(line, lines);
        self.ask()
    }

    /// The list beside the one that is open.
    fn beside(&self, way: Way) -> Outcome {
        let tabs = Tab::of(self.catalogue.subject);
        let at = tabs.iter().position(|tab| *tab == self.catalogue.tab).unwrap_or_default();
        let next = if way == Way::On { at + 1 } else { at + tabs.len().saturating_sub(1) };
        match tabs.get(next % tabs.len().max(1)) {
            Some(tab) if *tab != self.catalogue.tab => {
                Request::Visit(self.catalogue.last(self.catalogue.subject, Some(*tab))).into()
            }
            _ => Outcome::say(self.context.text(Phrase::NoMoreGroups)),
        }
    }

    /// To what the chosen line is about.
    fn enter(&mut self) -> Outcome {
        let open = |number: i64, place: (usize, usize)| effect(LibraryEffect::Open(number, place)).into();
        match self.catalogue.list.chosen() {
            None => {
                self.catalogue.entering = self.catalogue.list.total.is_none();
                Outcome::none()
            }
            Some(Row::Entry(entry)) => to_page(entry.id),
            Some(Row::Beside(beside)) => to_page(beside.id),
            Some(Row::Article(article)) => open(article.number, (0, 0)),
            Some(Row::Passage(passage)) => open(passage.article.number, (passage.start, passage.end)),
            Some(Row::Hit(hit)) => open(hit.number, (hit.start, hit.end)),
            Some(Row::Search(text)) => {
                let text = text.clone();
                self.search(&text)
            }
        }
    }

    /// Looks for something in the whole library.
    fn search(&mut self, text: &str) -> Outcome {
        let number = self.catalogue.searches.len();
        self.catalogue.searches.push(text.to_owned());
        let mut kept: Vec<String> = Vec::new();
        for search in self.catalogue.searches.iter().rev().filter(|search| !search.is_empty()) {
            if !kept.contains(search) {
                kept.insert(0, search.clone());
            }
        }
        let keep = effect(LibraryEffect::Searches(kept));
        [Request::Leave, Request::Visit(Spot::at(Subject::Query(number))), keep].into()
    }

    /// Out of what is open: the filter goes, then the page, then the library.
    fn cancel(&mut self) -> Outcome {
        if !self.catalogue.list.typed.is_empty() {
            return self.filter(String::new());
        }
        if self.catalogue.subject == Subject::Home {
            return self.to_text();
        }
        home()
    }

    fn to_text(&self) -> Outcome {
        if self.context.documents.all().is_empty() {
            return Outcome::say(self.context.text(Phrase::LibraryNoDocument));
        }
        [Request::Leave, Request::Focus(Focus::Text)].into()
    }

    /// The other order of the list.
    fn sort(&mut self) -> Outcome {
        if !self.catalogue.tab.is_filtered() {
            return Outcome::say(self.context.text(Phrase::NotForThis));
        }
        self.catalogue.list.order = self.catalogue.list.order.next();
        self.catalogue.list.forget();
        (self.catalogue.list.choice, self.catalogue.list.top) = (0, 0);
        let said = match (self.catalogue.tab, self.catalogue.list.order) {
            (Tab::Documents, Order::Usual) => Phrase::SortedByDate,
            (Tab::Documents, Order::Other) => Phrase::SortedByOutlet,
            (_, Order::Usual) => Phrase::SortedByDocuments,
            (_, Order::Other) => Phrase::SortedByQuotes,
        };
        self.ask().then(Outcome::say(self.context.text(said)))
    }

    /// Asks for the lines that are not there.
    fn ask(&mut self) -> Outcome {
        let lines = self.lines();
        self.catalogue.missing(lines).map(effect).into()
    }

    /// Lines of the list that are on the screen.
    fn lines(&self) -> usize {
        Frame::of(self.catalogue, self.context).lines(self.catalogue.tab)
    }

    /// Opens the line.
    fn type_into(&mut self, typing: Typing) -> Outcome {
        if typing == Typing::Filter && !self.catalogue.tab.is_filtered() {
            return Outcome::say(self.context.text(Phrase::NotForThis));
        }
        (self.catalogue.typing, self.catalogue.recalled) = (typing, None);
        self.catalogue.before.clone_from(&self.catalogue.list.typed);
        self.catalogue.line.replace(if typing == Typing::Filter {
            self.catalogue.before.clone()
        } else {
            String::new()
        });
        Request::Open(Opening::Library(LibraryOpening::Line)).into()
    }

    /// Narrows the list down.
    fn filter(&mut self, typed: String) -> Outcome {
        if typed == self.catalogue.list.typed {
            return Outcome::none();
        }
        self.catalogue.list.typed = typed;
        self.catalogue.list.forget();
        (self.catalogue.list.choice, self.catalogue.list.top) = (0, 0);
        self.ask()
    }

    /// Takes letters that are typed into the line.
    pub fn write(&mut self, text: &str) -> Outcome {
        self.catalogue.line.write(text);
        self.typed()
    }

    fn typed(&mut self) -> Outcome {
        match self.catalogue.typing {
            Typing::Filter => {
                let typed = self.catalogue.line.text().to_owned();
                self.filter(typed)
            }
            Typing::Query => Outcome::none(),
        }
    }

    /// Takes an action while the line is open; none where it is for no line.
    pub fn update_line(&mut self, action: Action) -> Option<Outcome> {
        let filters = self.catalogue.typing == Typing::Filter;
        Some(match self.catalogue.line.edit(action) {
            Edited::Text => self.typed(),
            Edited::Caret => Outcome::none(),
            Edited::Older if filters => self.go(Motion::Up),
            Edited::Newer if filters => self.go(Motion::Down),
            edited @ (Edited::Older | Edited::Newer) => {
                self.recall(edited == Edited::Older);
                Outcome::none()
            }
            Edited::Not => match action {
                Action::Control(Control::Enter) if filters || self.catalogue.line.text().trim().is_empty() => {
                    Request::Close.into()
                }
                Action::Control(Control::Enter) => {
                    let text = self.catalogue.line.text().trim().to_owned();
                    Outcome::from(Request::Close).then(self.search(&text))
                }
                Action::Control(Control::Cancel) => {
                    let before = std::mem::take(&mut self.catalogue.before);
                    let back = if filters { self.filter(before) } else { Outcome::none() };
                    Outcome::from(Request::Close).then(back)
                }
                _ => return None,
            },
        })
    }

    fn recall(&mut self, older: bool) {
        let now = self.catalogue.recalled.unwrap_or(self.catalogue.searches.len());
        let next = if older { now.saturating_sub(1) } else { (now + 1).min(self.catalogue.searches.len()) };
        self.catalogue.line.replace(self.catalogue.searches.get(next).cloned().unwrap_or_default());
        self.catalogue.recalled = (next < self.catalogue.searches.len()).then_some(next);
    }

    /// Decides about who is chosen, or about whom the page is.
    fn decide(&self, correction: Correction) -> Outcome {
        let Some(who) = self.catalogue.who() else { return Outcome::say(self.context.text(Phrase::NotForThis)) };
        let document = match (self.catalogue.subject, self.catalogue.list.chosen()) {
            (Subject::Entity(_), Some(Row::Passage(passage))) => Some(passage.article.name.clone()),
            _ => None,
        };
        if correction == Correction::Menu {
            return Request::Open(Opening::Library(LibraryOpening::Menu(who, document))).into();
        }
        decide::outcome(correction, who, document, self.context)
    }

    /// Chooses the line that was clicked; a second click goes to what it is about.
    pub fn press(&mut self, mouse: Mouse) -> Outcome {
        let frame = Frame::of(self.catalogue, self.context);
        if let Some(tab) = frame.tab_at(mouse, self.catalogue.subject, self.context.is_rtl()) {
            return Request::Visit(self.catalogue.last(self.catalogue.subject, Some(tab))).into();
        }
        let Some(line) = frame.line_at(mouse, self.catalogue.tab).map(|line| self.catalogue.list.top + line) else {
            return Outcome::none();
        };
        if line == self.catalogue.list.choice {
            return self.enter();
        }
        self.choose(line)
    }

    /// The wheel over it.
    pub fn wheel(&mut self, way: Way) -> Outcome {
        self.go(if way == Way::On { Motion::Down } else { Motion::Up })
    }
}
