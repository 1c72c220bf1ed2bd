//! Going from one thing to the next, in the text and in the panel, and back.

use super::{
    App, Focus,
    documents::{Group, Selection},
    jumps::Location,
    panel::{PanelLine, Scope},
    reading::{Stop, Way},
};
use crate::{
    text::Span,
    tui::{action::Action, settings::Sort, strings::Phrase},
};

/// Rows that a key moves the detail.
const DETAIL: isize = 3;

impl App {
    /// What moves: the rest of [`App::update`].
    pub(super) fn navigate(&mut self, action: Action) {
        match action {
            Action::Next | Action::Previous => self.next_of_selected(way(action)),
            Action::NextName | Action::PreviousName => self.walk(Stop::Name, way(action)),
            Action::NextQuote | Action::PreviousQuote => self.walk(Stop::Quote, way(action)),
            Action::NextSentence | Action::PreviousSentence => self.walk(Stop::Sentence, way(action)),
            Action::NextParagraph | Action::PreviousParagraph => self.walk(Stop::Paragraph, way(action)),
            Action::Counterpart => self.counterpart(),
            Action::Back | Action::Forward => self.go_back(action == Action::Back),
            Action::Sort => self.sort(),
            Action::DetailDown => self.scroll_detail(DETAIL),
            Action::DetailUp => self.scroll_detail(-DETAIL),
            Action::Scope => self.change_scope(),
            Action::Fold => self.fold(),
            Action::NextGroup | Action::PreviousGroup => self.group(way(action)),
            Action::Enter => self.enter(),
            _ if self.focus == Focus::Panel => self.move_in_panel(action),
            _ => self.move_in_text(action),
        }
    }

    fn move_in_text(&mut self, action: Action) {
        let window = self.window();
        let rtl = self.documents.here().rtl;
        let here = self.documents.here_mut();
        match action {
            Action::Down => here.scroll(1, window),
            Action::Up => here.scroll(-1, window),
            Action::PageDown => here.turn(window.height.saturating_sub(2), Way::On, window),
            Action::PageUp => here.turn(window.height.saturating_sub(2), Way::Back, window),
            Action::HalfDown => here.turn(window.height / 2, Way::On, window),
            Action::HalfUp => here.turn(window.height / 2, Way::Back, window),
            Action::Start | Action::End => {
                self.jumped();
                let here = self.documents.here_mut();
                here.top = if action == Action::Start { 0 } else { here.last_top(window) };
            }
            Action::Left | Action::Right => {
                let way = if rtl == (action == Action::Left) { Way::On } else { Way::Back };
                self.walk(Stop::Name, way);
            }
            _ => {}
        }
    }

    fn move_in_panel(&mut self, action: Action) {
        let page = usize::from(self.areas().panel.height).saturating_sub(1).max(1);
        let last = self.panel.lines.len().saturating_sub(1);
        let now = self.selected_line();
        let at = now.unwrap_or_default();
        let line = match action {
            Action::Down => now.map_or(0, |line| line + 1),
            Action::Up => at.saturating_sub(1),
            Action::PageDown => at + page,
            Action::PageUp => at.saturating_sub(page),
            Action::HalfDown => at + page / 2,
            Action::HalfUp => at.saturating_sub(page / 2),
            Action::Start => 0,
            Action::End => last,
            Action::Left | Action::Right => {
                let way = if self.config.strings.rtl == (action == Action::Left) { Way::On } else { Way::Back };
                return self.group(way);
            }
            _ => return,
        };
        self.select_line(line.min(last));
    }

    /// Selects the next line of the panel that is no heading.
    pub(super) fn select_beside(&mut self, way: Way) {
        let at = self.selected_line();
        let items = self.panel.lines.iter().enumerate().filter(|line| matches!(line.1, PanelLine::Item(_)));
        let mut items = items.map(|line| line.0);
        let next = match way {
            Way::On => items.find(|line| at.is_none_or(|at| *line > at)),
            Way::Back => items.rev().find(|line| at.is_some_and(|at| *line < at)),
        };
        if let Some(line) = next {
            self.select_line(line);
        }
    }

    /// The line of the panel that is selected.
    #[must_use]
    pub fn selected_line(&self) -> Option<usize> {
        self.panel.line_of(self.selected()?)
    }

    /// Selects a line of the panel, and shows it in the text.
    pub(super) fn select_line(&mut self, line: usize) {
        let Some(target) = self.panel.lines.get(line).and_then(|line| line.target()) else { return };
        self.select(target);
        self.show_selected_line();
    }

    pub(super) fn show_selected_line(&mut self) {
        let height = usize::from(self.areas().panel.height);
        if let Some(line) = self.selected_line() {
            self.panel.reveal(line, height);
        }
    }

    /// Selects something, and shows its first place unless one is on the screen already.
    pub(super) fn select(&mut self, target: Selection) {
        let window = self.window();
        self.detail_top = None;
        let here = self.documents.here_mut();
        here.selected = Some(target);
        let seen = here.seen(window);
        let places = here.places(target);
        let first = places.first().copied().filter(|_| !places.iter().any(|place| place.overlaps(seen)));
        if let (Some(first), false) = (first, matches!(target, Selection::Group(_))) {
            here.reveal(first, window);
        }
    }

    /// Puts the cursor on a span and shows it.
    pub(super) fn put_cursor(&mut self, span: Span) {
        let window = self.window();
        self.detail_top = None;
        let here = self.documents.here_mut();
        here.cursor = span;
        here.reveal(span, window);
    }

    /// Walks; what the cursor comes to is selected.
    fn walk(&mut self, stop: Stop, way: Way) {
        let here = self.documents.here();
        let Some((span, _)) = here.next_stop(stop, way, self.window()) else {
            let name = if way == Way::On { Phrase::NoMoreAfter } else { Phrase::NoMoreBefore };
            return self.say(self.config.strings.text(name));
        };
        if matches!(stop, Stop::Name | Stop::Quote) {
            let quote = here.quotes_in(span).find(|quote| quote.span == span).map(|quote| Selection::Quote(quote.id));
            let name = here.mentions_in(span).find(|mention| mention.span == span);
            let name = name.map(|mention| Selection::Entity(mention.entity));
            let target = if stop == Stop::Name { name } else { quote };
            self.documents.here_mut().selected = target;
            self.show_selected_line();
        }
        self.put_cursor(span);
    }

    /// The next place of what is selected.
    fn next_of_selected(&mut self, way: Way) {
        let Some(target) = self.selected() else {
            return self.say(self.config.strings.text(Phrase::NothingSelected));
        };
        if matches!(target, Selection::EntityOf(..) | Selection::QuoteOf(..)) {
            return self.go_to_next_document(way);
        }
        let here = self.documents.here();
        let on_it = here.places(target).contains(&here.cursor);
        // The first step goes to the first place: from the panel, "next" means the one that is looked for.
        let step = if on_it || way == Way::Back {
            here.next_stop(Stop::Selection(target), way, self.window())
        } else {
            let seen = here.seen(self.window());
            let visible = here.places(target).iter().find(|place| place.overlaps(seen));
            visible.or(here.places(target).first()).map(|span| (*span, false))
        };
        let Some((span, around)) = step else {
            return self.say(self.config.strings.text(Phrase::NotInText));
        };
        if around && self.panel.scope == Scope::All && self.is_elsewhere(target) {
            return self.go_to_next_document(way);
        }
        self.put_cursor(span);
        if around {
            let name = if way == Way::On { Phrase::AroundToFirst } else { Phrase::AroundToLast };
            self.say(self.config.strings.text(name));
        }
    }

    /// To the selected thing in the text; a group folds.
    fn enter(&mut self) {
        if let (Some(Selection::Group(_)), Focus::Panel) = (self.selected(), self.focus) {
            return self.fold();
        }
        let Some(target) = self.selected() else {
            return self.say(self.config.strings.text(Phrase::NothingSelected));
        };
        if matches!(target, Selection::EntityOf(..) | Selection::QuoteOf(..)) {
            self.focus = Focus::Text;
            return self.go_to_next_document(Way::On);
        }
        let here = self.documents.here();
        let seen = here.seen(self.window());
        let places = here.places(target);
        let on_it = places.contains(&here.cursor) && here.cursor.overlaps(seen);
        let place = if on_it {
            here.cursor
        } else if let Some(place) = places.iter().find(|place| place.overlaps(seen)).or(places.first()) {
            *place
        } else {
            return self.say(self.config.strings.text(Phrase::NotInText));
        };
        self.jumped();
        self.focus = Focus::Text;
        self.fit();
        self.put_cursor(place);
    }

    /// From a quote to its speaker, from a person to the next thing they said.
    fn counterpart(&mut self) {
        let here = self.documents.here();
        let next = match self.selected() {
            Some(Selection::Quote(id)) => {
                let quote = here.annotations.quote(id);
                let speaker = quote.and_then(|quote| quote.speaker.as_ref());
                speaker.map(|speaker| (speaker.entity.map(Selection::Entity), speaker.span)).ok_or(Phrase::NoSpeaker)
            }
            Some(Selection::Entity(id)) => {
                let said = here.index.said.get(&id).into_iter().flatten();
                let mut quotes = said.filter_map(|id| here.annotations.quote(*id));
                let after = quotes.clone().find(|quote| quote.span.start > here.cursor.start);
                let quote = after.or_else(|| quotes.next());
                quote.map(|quote| (Some(Selection::Quote(quote.id)), quote.span)).ok_or(Phrase::SaidNothing)
            }
            Some(Selection::EntityOf(..) | Selection::QuoteOf(..)) => Err(Phrase::InOtherDocument),
            _ => Err(Phrase::NothingSelected),
        };
        match next {
            Err(name) => self.say(self.config.strings.text(name)),
            Ok((target, span)) => {
                self.jumped();
                if target.is_some() {
                    self.documents.here_mut().selected = target;
                }
                self.show_selected_line();
                self.put_cursor(span);
            }
        }
    }

    fn place(&self) -> Location {
        let here = self.documents.here();
        Location { document: self.documents.current(), top: here.top, cursor: here.cursor, selected: here.selected }
    }

    /// Remembers where the reader is, before they go elsewhere.
    pub(super) fn jumped(&mut self) {
        self.jumps.leave(self.place());
    }

    fn go_back(&mut self, back: bool) {
        let now = self.place();
        let place = if back { self.jumps.back(now) } else { self.jumps.forward() };
        let Some(place) = place else {
            let name = if back { Phrase::NothingBefore } else { Phrase::NothingAfter };
            return self.say(self.config.strings.text(name));
        };
        self.go(place);
    }

    /// Goes to a place.
    pub(super) fn go(&mut self, place: Location) {
        if place.document != self.documents.current() {
            self.open(place.document);
        }
        let here = self.documents.here_mut();
        (here.top, here.cursor, here.selected) = (place.top, place.cursor, place.selected);
        self.show_selected_line();
        self.fit();
    }

    fn sort(&mut self) {
        self.change(|app| {
            app.config.settings.sort = app.config.settings.sort.next();
            app.refresh_panel();
            app.show_selected_line();
            let name = match app.config.settings.sort {
                Sort::Appearance => Phrase::SortedByAppearance,
                Sort::Number => Phrase::SortedByNumber,
                Sort::Alphabet => Phrase::SortedByAlphabet,
            };
            app.config.strings.text(name)
        });
    }

    fn group_of(&self, target: Selection) -> Option<Group> {
        let line = self.panel.line_of(target)?;
        self.panel.lines.iter().take(line + 1).rev().find_map(|line| match line {
            PanelLine::Heading(group, ..) => Some(*group),
            PanelLine::Item(_) | PanelLine::Nothing(_) => None,
        })
    }

    /// Folds the group of the selection, or unfolds it.
    fn fold(&mut self) {
        let Some(group) = self.selected().and_then(|target| self.group_of(target)) else { return };
        self.change(|app| {
            let here = app.documents.here_mut();
            let opened = here.folded.remove(&group);
            if !opened {
                here.folded.insert(group);
            }
            here.selected = Some(Selection::Group(group));
            app.refresh_panel();
            app.show_selected_line();
            let strings = &app.config.strings;
            let group = strings.group(group);
            strings.text(if opened { Phrase::Unfolded { group } } else { Phrase::Folded { group } })
        });
    }

    /// The heading of the next group.
    fn group(&mut self, way: Way) {
        let at = self.selected_line();
        let headings = self.panel.lines.iter().enumerate().filter(|line| matches!(line.1, PanelLine::Heading(..)));
        let mut headings = headings.map(|line| line.0);
        let next = match way {
            Way::On => headings.find(|line| at.is_none_or(|at| *line > at)),
            Way::Back => headings.rev().find(|line| at.is_some_and(|at| *line < at)),
        };
        match next {
            Some(line) => self.select_line(line),
            None => self.say(self.config.strings.text(Phrase::NoMoreGroups)),
        }
    }
}

const fn way(action: Action) -> Way {
    match action {
        Action::Previous
        | Action::PreviousName
        | Action::PreviousQuote
        | Action::PreviousSentence
        | Action::PreviousParagraph
        | Action::PreviousGroup => Way::Back,
        _ => Way::On,
    }
}
