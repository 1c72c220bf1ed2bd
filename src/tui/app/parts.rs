//! The parts of the reader that decide what an action, a typed letter and the mouse do: the part that is open first, then
//! the part that it belongs to. They answer with an [`Outcome`]; nothing of another part is changed here.

use super::{
    Context, Effect, Focus, Mouse, Overlay, Pointer, address, clipboard,
    correct::{correct, subject::MarkPurpose},
    detail::Detail,
    document::{Progress, reading::Way},
    geometry::Area,
    jumps::Jumps,
    library::{
        ask::LibraryEffect,
        browsing::{self, Browsing},
        catalogue::Catalogue,
        decide::LibraryDialog,
    },
    navigation,
    outcome::{Opening, Outcome, Request},
    page,
    panel::Panel,
    partial,
    revision::Change,
    rows,
    search::Search,
    selection::Selection,
};
use crate::{
    annotation::Edge,
    text::Span,
    tui::{
        action::{Action, Command, Control, DocumentAction, Find, Jump, LibraryAction, Marking, Setting},
        strings::Phrase,
    },
};

/// The parts, each to be changed by itself, and what all of them may look at.
#[derive(Debug)]
pub struct Parts<'app> {
    /// What every part may look at.
    pub context: Context<'app>,
    /// What lies over the rest.
    pub overlay: &'app mut Overlay,
    /// The panel.
    pub panel: &'app mut Panel,
    /// The detail of what is selected.
    pub detail: &'app mut Detail,
    /// The search.
    pub search: &'app mut Search,
    /// The library.
    pub library: &'app mut Catalogue,
    /// Where the reader was.
    pub jumps: &'app mut Jumps,
    /// What the list of documents was narrowed down to the last time.
    pub document_filter: &'app str,
}

impl Parts<'_> {
    /// Writes into the line that is being typed.
    pub fn write(&mut self, text: &str) -> Outcome {
        match &mut *self.overlay {
            Overlay::Search => self.search.write(text),
            Overlay::Filter => self.panel.write_filter(text, &self.context),
            Overlay::Library(LibraryDialog::Line) => self.browsing().write(text),
            overlay => overlay.write(text, &self.context),
        }
    }

    /// What an action does: for the part that is open first, then for the part that it belongs to.
    pub fn act(&mut self, action: Action) -> Outcome {
        let taken = match &mut *self.overlay {
            Overlay::Search => self.search.update(action, &self.context),
            Overlay::Filter => self.panel.update_filter(action, &self.context),
            Overlay::Library(LibraryDialog::Line) => self.browsing().update_line(action),
            overlay => overlay.update(action, &self.context),
        };
        let shown = self.context.spot.is_some();
        let taken = taken.or_else(|| if shown { self.browsing().update(action) } else { None });
        taken.unwrap_or_else(|| self.route(action))
    }

    /// The library with what it may look at.
    const fn browsing(&mut self) -> Browsing<'_> {
        Browsing { catalogue: self.library, context: &self.context }
    }

    /// Goes to the line of a number, from one on: of a list, of the panel, of the text.
    pub fn number(&mut self, number: usize) -> Outcome {
        if self.overlay.number(number, &self.context) {
            return Outcome::none();
        }
        match self.context.focus {
            Focus::Library => self.browsing().number(number),
            Focus::Panel => self.panel.select_line(number.min(self.panel.lines.len()).saturating_sub(1)),
            Focus::Text => navigation::to_paragraph(number, &self.context),
        }
    }

    /// What the part that an action is for makes of it.
    fn route(&mut self, action: Action) -> Outcome {
        let context = &self.context;
        let in_panel = context.focus == Focus::Panel;
        match action {
            Action::Motion(motion) if in_panel => self.panel.motion(motion, context),
            Action::Motion(motion) if context.config.settings.plain => rows::motion(motion, context),
            Action::Motion(motion) => navigation::motion(motion, context),
            Action::Control(Control::Enter) if in_panel => self.panel.enter(context),
            Action::Control(Control::Enter) => navigation::enter(context),
            Action::Control(Control::Cancel) => self.cancel(),
            Action::Control(Control::Focus) => self.switch_focus(),
            Action::Walk(walk) => navigation::walk(walk, context),
            Action::Jump(jump) => self.jump(jump),
            Action::Find(Find::Open) => Request::Open(Opening::Search).into(),
            // They are for the line that is typed.
            Action::Find(Find::Exact | Find::Regex | Find::Everywhere) | Action::LineEdit(_) => Outcome::none(),
            Action::PanelAction(action) => self.panel.update(action, context),
            Action::DetailAction(action) => {
                self.detail.update(action, context);
                Outcome::none()
            }
            Action::DocumentAction(DocumentAction::List) => {
                Request::Open(Opening::Documents(self.document_filter.to_owned())).into()
            }
            Action::DocumentAction(DocumentAction::Next) => navigation::beside_document(Way::On, context),
            Action::DocumentAction(DocumentAction::Previous) => navigation::beside_document(Way::Back, context),
            Action::Revision(revision) => Request::Revise(revision).into(),
            Action::Correction(correction) => correct(correction, None, context),
            Action::Marking(Marking::Begin) => Request::Open(Opening::Span(MarkPurpose::Any, Edge::End)).into(),
            // They move the ends of marked words.
            Action::Marking(
                Marking::OtherEdge
                | Marking::LetterLeft
                | Marking::LetterRight
                | Marking::NextWord
                | Marking::PreviousWord,
            ) => Outcome::none(),
            Action::Command(command) => command_outcome(command, context),
            Action::LibraryAction(action) => library_outcome(action, context),
            Action::Setting(setting) => {
                let (change, said) = self.context.config.toggled(setting);
                let focus =
                    (setting == Setting::Panel && context.spot.is_none()).then_some(Request::Focus(Focus::Text));
                Outcome::from(Request::Change(change, said)).then(focus)
            }
        }
    }

    fn jump(&mut self, jump: Jump) -> Outcome {
        let now = self.context.location();
        let (place, phrase) = match jump {
            Jump::Back => (self.jumps.back(now), Phrase::NothingBefore),
            Jump::Forward => (self.jumps.forward(), Phrase::NothingAfter),
            Jump::SetMark => return Request::Open(Opening::Letter { set: true }).into(),
            Jump::GoToMark => return Request::Open(Opening::Letter { set: false }).into(),
        };
        place.map_or_else(|| Outcome::say(self.context.config.text(phrase)), |place| Request::Go(place).into())
    }

    /// To the panel, where its first line is selected if none is, or back to the text.
    fn switch_focus(&self) -> Outcome {
        if self.context.focus == Focus::Panel {
            return [Request::Focus(Focus::Text), Request::ShowSelected].into();
        }
        let first =
            if self.panel.selected_line(&self.context).is_none() { self.panel.select_line(0) } else { Outcome::none() };
        Outcome::from([Request::ShowPanel, Request::Focus(Focus::Panel)]).then(first).then(Request::ShowSelected)
    }

    /// Out of what is open; else the marking, the filter and the selection go, one after the other.
    fn cancel(&self) -> Outcome {
        if *self.overlay != Overlay::None {
            return Request::Close.into();
        }
        if self.context.marked.is_some() {
            return Request::Mark(None).into();
        }
        if !self.panel.filter.text().is_empty() {
            return Request::Change(Change::Filter(String::new()), self.context.config.text(Phrase::FilterOff)).into();
        }
        let start = self.context.documents.here().cursor.start;
        [Request::Highlight(None), Request::Point(Span::new(start, start))].into()
    }

    /// What the part that the wheel was turned over makes of it.
    pub fn wheel(&mut self, mouse: Mouse) -> Outcome {
        let context = &self.context;
        let (up, areas) = (mouse.pointer == Pointer::WheelUp, context.areas());
        let way = if up { Way::Back } else { Way::On };
        if !self.overlay.is_line() {
            return self.overlay.wheel(up, context);
        }
        if context.spot.is_some() {
            return self.browsing().wheel(way);
        }
        if Detail::area(context).contains(mouse.column, mouse.row) {
            self.detail.wheel(way, context);
        } else if areas.panel.contains(mouse.column, mouse.row) {
            self.panel.wheel(way, areas.panel.height.into());
        } else {
            return page::wheel(way, context);
        }
        Outcome::none()
    }

    /// What the part that was clicked makes of it.
    pub fn press(&mut self, mouse: Mouse) -> Outcome {
        let context = &self.context;
        if !self.overlay.is_line() {
            return self.overlay.press(mouse, context);
        }
        if context.spot.is_some() {
            return self.browsing().press(mouse);
        }
        let (areas, detail) = (context.areas(), Detail::area(context));
        let on = |area: Area| area.contains(mouse.column, mouse.row);
        if on(areas.panel) {
            self.panel.press(usize::from(mouse.row - areas.panel.y), context)
        } else if on(detail) {
            self.detail.press(usize::from(mouse.row - detail.y), context)
        } else if on(areas.map) {
            page::press_map(areas.map, mouse.row, context)
        } else if on(areas.margin) || on(areas.speakers) {
            page::press_margin(usize::from(mouse.row - areas.page.y), context)
        } else if on(areas.page) {
            page::press(mouse, context)
        } else {
            Outcome::none()
        }
    }
}

/// What concerns the whole program.
fn command_outcome(command: Command, context: &Context<'_>) -> Outcome {
    match command {
        Command::LookHere => partial::look_here(context),
        Command::Copy => clipboard::copy(context),
        Command::CopyWithSource => clipboard::copy_with_source(context),
        Command::OpenAddress => address::open(context),
        Command::Export => Request::Open(Opening::Export).into(),
        Command::Palette => Request::Open(Opening::Palette).into(),
        Command::Help => Request::Open(Opening::Help).into(),
        Command::Redraw => Request::Effect(Effect::Redraw).into(),
        Command::Suspend => Request::Effect(Effect::Suspend).into(),
        Command::Quit => Request::Effect(Effect::Quit).into(),
    }
}

/// What concerns the library, from wherever the reader is.
fn library_outcome(action: LibraryAction, context: &Context<'_>) -> Outcome {
    if !context.config.library {
        return Outcome::say(context.text(Phrase::LibraryNone));
    }
    let ask = |effect| Outcome::from(Request::Effect(Effect::Library(effect)));
    let here = context.here();
    match action {
        LibraryAction::Home => browsing::home(),
        LibraryAction::Who => {
            let entity = match context.selected() {
                Some(Selection::Entity(id)) => here.entity(id),
                Some(Selection::EntityOf(number, id)) => {
                    context.documents.all().get(number).and_then(|opened| opened.entity(id))
                }
                _ => None,
            };
            match entity {
                Some(entity) => ask(LibraryEffect::Find(entity.kind, entity.name.clone())),
                None => Outcome::say(context.text(Phrase::NothingSelected)),
            }
        }
        LibraryAction::Check => match here.progress {
            Progress::Done if here.annotations.quotes.is_empty() => Outcome::say(context.text(Phrase::CheckNone)),
            Progress::Done => {
                let asked = ask(LibraryEffect::Check(context.documents.current()));
                asked.then(Outcome::say(context.text(Phrase::CheckWorking)))
            }
            Progress::Loading | Progress::Extracting(_) => Outcome::say(context.text(Phrase::WhyWorking)),
        },
        LibraryAction::Add => match here.progress {
            Progress::Done if here.fault.is_none() && !context.documents.all().is_empty() => {
                ask(LibraryEffect::Add(context.documents.current()))
            }
            Progress::Done => Outcome::say(context.text(Phrase::LibraryNoDocument)),
            Progress::Loading | Progress::Extracting(_) => Outcome::say(context.text(Phrase::WhyWorking)),
        },
    }
}
