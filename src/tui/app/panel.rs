//! The panel: what was found, in groups, sorted and narrowed down.

mod findings;

use super::{
    context::Context,
    document::{OpenDocument, Progress, reading::Way},
    documents::Documents,
    input::{Edited, LineInput},
    navigation,
    outcome::{Opening, Outcome, Request},
    page::WHEEL,
    revision::Change,
    selection::{Focus, Group, Scope, Selection},
};
use crate::{
    arabic::transliteration::NameQuery,
    text::Span,
    tui::{
        action::{Action, Control, LibraryAction, Motion, PanelAction},
        settings::Sort,
        strings::Phrase,
    },
};
use findings::Findings;

/// Why the panel has nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The search for names and quotes is not done.
    Working,
    /// There is no text.
    NoText,
    /// There are no names and quotes in it.
    NothingFound,
    /// Nothing is like what was typed.
    Filter,
    /// The text is too long to be looked through, and nobody asked where.
    TooLong,
}

/// A line of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelLine {
    /// The heading of a group, with how many it shows of how many there are.
    Heading(Group, usize, usize),
    /// An entity or a quote.
    Item(Selection),
    /// Nothing can be shown, and why.
    Nothing(Why),
}

impl PanelLine {
    /// What is selected by it.
    #[must_use]
    pub const fn target(self) -> Option<Selection> {
        match self {
            Self::Heading(group, ..) => Some(Selection::Group(group)),
            Self::Item(target) => Some(target),
            Self::Nothing(_) => None,
        }
    }
}

/// What the panel shows and how.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Whose findings.
    pub scope: Scope,
    /// What is typed to narrow it down.
    pub filter: LineInput,
    /// What was typed before the line was opened.
    before: String,
    /// The topmost line.
    pub top: usize,
    /// Its lines.
    pub lines: Vec<PanelLine>,
}

impl Panel {
    /// Makes the lines anew: after the annotations, the order, the filter, the scope or the folding have changed.
    pub fn refresh(&mut self, documents: &Documents, sort: Sort) {
        let query = NameQuery::new(self.filter.text());
        let findings = Findings { documents, query: &query, sort };
        self.lines.clear();
        for group in Group::ALL {
            let (items, total) = match self.scope {
                Scope::Document => findings.of_document(group, documents.here()),
                Scope::All => findings.of_all(group),
            };
            self.lines.push(PanelLine::Heading(group, items.len(), total));
            if !documents.here().folded.contains(&group) {
                self.lines.extend(items.into_iter().map(PanelLine::Item));
            }
        }
        let shown = |line: &PanelLine| matches!(line, PanelLine::Heading(_, 1.., _));
        if !self.lines.iter().any(shown) {
            self.lines.push(PanelLine::Nothing(self.why(documents.here())));
        }
    }

    fn why(&self, here: &OpenDocument) -> Why {
        if here.progress != Progress::Done {
            Why::Working
        } else if here.document.text().trim().is_empty() {
            Why::NoText
        } else if here.part.is_some_and(Span::is_empty) {
            Why::TooLong
        } else if self.filter.text().trim().is_empty() {
            Why::NothingFound
        } else {
            Why::Filter
        }
    }

    /// Does an action that changes what is shown.
    pub fn update(&self, action: PanelAction, context: &Context<'_>) -> Outcome {
        match action {
            PanelAction::Filter => {
                [Request::ShowPanel, Request::Focus(Focus::Panel), Request::Open(Opening::Filter)].into()
            }
            PanelAction::Sort => {
                let mut settings = context.config.settings.clone();
                settings.sort = settings.sort.next();
                let phrase = match settings.sort {
                    Sort::Appearance => Phrase::SortedByAppearance,
                    Sort::Number => Phrase::SortedByNumber,
                    Sort::Alphabet => Phrase::SortedByAlphabet,
                };
                Request::Change(Change::Settings(Box::new(settings)), context.text(phrase)).into()
            }
            PanelAction::Scope => self.other_scope(context),
            PanelAction::Fold => self.fold(context),
            PanelAction::NextGroup => self.select_group(Way::On, context),
            PanelAction::PreviousGroup => self.select_group(Way::Back, context),
        }
    }

    /// Goes about in the lines.
    pub fn motion(&self, motion: Motion, context: &Context<'_>) -> Outcome {
        let page = usize::from(context.areas().panel.height).saturating_sub(1).max(1);
        let last = self.lines.len().saturating_sub(1);
        let now = self.selected_line(context);
        let at = now.unwrap_or_default();
        let line = match motion {
            Motion::Down => now.map_or(0, |line| line + 1),
            Motion::Up => at.saturating_sub(1),
            Motion::PageDown => at + page,
            Motion::PageUp => at.saturating_sub(page),
            Motion::HalfDown => at + page / 2,
            Motion::HalfUp => at.saturating_sub(page / 2),
            Motion::Start => 0,
            Motion::End => last,
            Motion::Left | Motion::Right => {
                let on = context.is_rtl() == (motion == Motion::Left);
                return self.select_group(if on { Way::On } else { Way::Back }, context);
            }
        };
        self.select_line(line.min(last))
    }

    /// To the selected thing in the text; a group folds.
    pub fn enter(&self, context: &Context<'_>) -> Outcome {
        match context.selected() {
            Some(Selection::Group(_)) => self.fold(context),
            _ => navigation::enter(context),
        }
    }

    /// Opens the line that narrows the panel down.
    pub fn open_filter(&mut self) {
        self.before = self.filter.text().to_owned();
        self.filter.replace(self.before.clone());
    }

    /// Does an action while that line is open; none where it is for no line.
    pub fn update_filter(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        Some(match self.filter.edit(action) {
            Edited::Text => self.filtered(context),
            Edited::Caret => Outcome::none(),
            Edited::Older => self.select_beside(Way::Back, context),
            Edited::Newer => self.select_beside(Way::On, context),
            Edited::Not => match action {
                Action::Control(Control::Enter) => self.enter_filter(context),
                Action::Control(Control::Cancel) => {
                    self.filter.replace(std::mem::take(&mut self.before));
                    Outcome::from(Request::Close).then(self.filtered(context))
                }
                _ => return None,
            },
        })
    }

    /// Takes letters that are typed into the line.
    pub fn write_filter(&mut self, text: &str, context: &Context<'_>) -> Outcome {
        self.filter.write(text);
        self.filtered(context)
    }

    /// After something else was typed: the first thing that is left is selected.
    fn filtered(&mut self, context: &Context<'_>) -> Outcome {
        self.top = 0;
        self.refresh(context.documents, context.config.settings.sort);
        let first = self.lines.iter().position(|line| matches!(line, PanelLine::Item(_)));
        match first.filter(|_| !self.filter.text().is_empty()) {
            Some(line) => self.select_line(line),
            None => Request::ShowSelected.into(),
        }
    }

    fn enter_filter(&mut self, context: &Context<'_>) -> Outcome {
        let closed = Outcome::from([Request::Close, Request::Focus(Focus::Panel)]);
        let (before, text) = (std::mem::take(&mut self.before), self.filter.text());
        if before == text {
            return closed;
        }
        let phrase = if text.is_empty() { Phrase::FilterOff } else { Phrase::Filter { text } };
        closed.then(Request::Filtered { before, said: context.text(phrase) })
    }

    /// The findings of all documents instead of one, or the other way about.
    fn other_scope(&self, context: &Context<'_>) -> Outcome {
        let count = context.documents.all().len();
        if context.config.library && (count < 2 || self.scope == Scope::All) {
            return Self::to_library(context);
        }
        if count < 2 {
            return Outcome::say(context.text(Phrase::OnlyDocument));
        }
        let (scope, said) = match self.scope {
            Scope::Document => (Scope::All, context.text(Phrase::ScopeAll { count: &context.number(count) })),
            Scope::All => (Scope::Document, context.text(Phrase::ScopeDocument)),
        };
        Request::Change(Change::Scope(scope), said).into()
    }

    /// From all that is open to all that there is: whoever is selected, over everything.
    fn to_library(context: &Context<'_>) -> Outcome {
        let who = matches!(context.selected(), Some(Selection::Entity(_) | Selection::EntityOf(..)));
        let action = if who { LibraryAction::Who } else { LibraryAction::Home };
        let scope = Request::Change(Change::Scope(Scope::Document), context.text(Phrase::ScopeDocument));
        let back = (context.scope == Scope::All).then_some(scope);
        Outcome::from(Request::Do(action.into())).then(back)
    }

    /// Folds the group of the selection, or unfolds it.
    fn fold(&self, context: &Context<'_>) -> Outcome {
        let Some(group) = context.selected().and_then(|target| self.group_of(target)) else { return Outcome::none() };
        let name = context.config.strings.group(group);
        let folded = context.here().folded.contains(&group);
        let phrase = if folded { Phrase::Unfolded { group: name } } else { Phrase::Folded { group: name } };
        let change = Request::Change(Change::Fold(group), context.text(phrase));
        [change, Request::Highlight(Some(Selection::Group(group)))].into()
    }

    fn group_of(&self, target: Selection) -> Option<Group> {
        let line = self.line_of(target)?;
        self.lines.iter().take(line + 1).rev().find_map(|line| match line {
            PanelLine::Heading(group, ..) => Some(*group),
            PanelLine::Item(_) | PanelLine::Nothing(_) => None,
        })
    }

    /// Selects the heading of the next group.
    fn select_group(&self, way: Way, context: &Context<'_>) -> Outcome {
        match self.line_beside(way, context, |line| matches!(line, PanelLine::Heading(..))) {
            Some(line) => self.select_line(line),
            None => Outcome::say(context.text(Phrase::NoMoreGroups)),
        }
    }

    /// Selects the next line that is no heading.
    fn select_beside(&self, way: Way, context: &Context<'_>) -> Outcome {
        let line = self.line_beside(way, context, |line| matches!(line, PanelLine::Item(_)));
        line.map_or_else(Outcome::none, |line| self.select_line(line))
    }

    /// The next line of a sort after the selected one, or before it.
    fn line_beside(&self, way: Way, context: &Context<'_>, sort: impl Fn(&PanelLine) -> bool) -> Option<usize> {
        let at = self.selected_line(context);
        let lines = self.lines.iter().enumerate().filter(|(_, line)| sort(line));
        let mut lines = lines.map(|(number, _)| number);
        match way {
            Way::On => lines.find(|line| at.is_none_or(|at| *line > at)),
            Way::Back => lines.rev().find(|line| at.is_some_and(|at| *line < at)),
        }
    }

    /// The line that is selected.
    #[must_use]
    pub fn selected_line(&self, context: &Context<'_>) -> Option<usize> {
        self.line_of(context.selected()?)
    }

    /// Selects a line, and shows it in the text.
    pub fn select_line(&self, line: usize) -> Outcome {
        let target = self.lines.get(line).and_then(|line| line.target());
        target.map(Request::Select).into()
    }

    /// Selects the line that was clicked; a second click goes to it in the text.
    pub fn press(&self, row: usize, context: &Context<'_>) -> Outcome {
        let line = self.top + row;
        let again = self.selected_line(context) == Some(line) && context.focus == Focus::Panel;
        if again {
            return Request::Do(Control::Enter.into()).into();
        }
        Outcome::from(Request::Focus(Focus::Panel)).then(self.select_line(line))
    }

    /// The wheel over it.
    pub fn wheel(&mut self, way: Way, height: usize) {
        self.top = if way == Way::On { self.top + WHEEL } else { self.top.saturating_sub(WHEEL) };
        self.clamp(height);
    }

    /// The line of a target.
    #[must_use]
    pub fn line_of(&self, target: Selection) -> Option<usize> {
        self.lines.iter().position(|line| line.target() == Some(target))
    }

    /// Scrolls as little as shows a line in a panel of that height.
    pub fn reveal(&mut self, line: usize, height: usize) {
        if height == 0 {
            return;
        }
        let heading =
            line.checked_sub(1).filter(|above| matches!(self.lines.get(*above), Some(PanelLine::Heading(..))));
        let first = heading.unwrap_or(line);
        if first < self.top {
            self.top = first;
        } else if line >= self.top + height {
            self.top = (line + 1).saturating_sub(height);
        }
    }

    /// Keeps the last line at the lower edge or below it.
    pub fn clamp(&mut self, height: usize) {
        self.top = self.top.min(self.lines.len().saturating_sub(height));
    }
}
