//! What lists that lie over the rest have in common: how they are walked, where they lie, what the screen needs of them.

use crate::tui::{
    action::{Action, Control, Find, Motion, PanelAction},
    app::{
        context::Context,
        geometry::Area,
        input::{Edited, LineInput},
    },
    strings::Phrase,
};

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListLine {
    /// A key, a number or a kind, where lines start.
    pub key: String,
    /// What it says.
    pub text: String,
    /// What stands where lines end.
    pub end: String,
}

impl ListLine {
    /// A line with nothing at its end.
    #[must_use]
    pub const fn new(key: String, text: String) -> Self {
        Self { key, text, end: String::new() }
    }
}

/// A list as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// What stands in its upper edge.
    pub title: String,
    /// Its lines; those that are not seen may be blank.
    pub lines: Vec<ListLine>,
    /// Which of them is chosen.
    pub choice: Option<usize>,
    /// The topmost line that is seen, where it is not the chosen one that decides.
    pub scrolled: Option<usize>,
    /// What is said of the chosen one, below the list.
    pub foot: Option<String>,
    /// Whether lines without a key are headings.
    pub headed: bool,
    /// Columns of the keys.
    pub keys: u16,
    /// Where it lies, its edges included.
    pub frame: Area,
    /// Where its lines are.
    pub area: Area,
}

impl List {
    /// A list in the middle of the screen, with room for so many lines and as many rows below them.
    #[must_use]
    pub fn in_the_middle(lines: usize, foot: u16, context: &Context<'_>) -> Self {
        let screen = context.screen();
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2 + foot);
        let frame =
            screen.middle(76.min(context.size.0.saturating_sub(4)), height.min(screen.height.saturating_sub(2)));
        Self::framed(frame, foot)
    }

    /// A list in the corner of the panel: beside what it is about rather than over it.
    #[must_use]
    pub fn in_the_corner(lines: usize, context: &Context<'_>) -> Self {
        let screen = context.screen();
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(screen.height);
        let width = CORNER.min(screen.width);
        let panel = context.areas().panel;
        let right = panel.width > 0 && panel.x > 0;
        let x = if right { screen.width - width } else { 0 };
        let list = Self::framed(Area { x, y: screen.height - height, width, height }, 0);
        Self { keys: 8, ..list }
    }

    fn framed(frame: Area, foot: u16) -> Self {
        let (_, below) = frame.inset(2, 2).rows(1);
        let area = Area { height: below.height.saturating_sub(1 + foot), ..below };
        Self { frame, area, keys: 22, ..Self::default() }
    }

    /// The topmost line that is seen.
    #[must_use]
    pub fn top(&self) -> usize {
        let height = usize::from(self.area.height).max(1);
        match self.scrolled {
            Some(top) => top.min(self.lines.len().saturating_sub(height)),
            None => self.choice.map_or(0, |choice| (choice + 1).saturating_sub(height)),
        }
    }

    /// The line that is seen in a cell of the screen.
    #[must_use]
    pub fn line_at(&self, column: u16, row: u16) -> Option<usize> {
        self.area.contains(column, row).then(|| self.top() + usize::from(row - self.area.y))
    }
}

/// A line that narrows a list down, opened by the key that searches a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// What is typed.
    pub input: LineInput,
    /// Whether keys are typed into it.
    pub typing: bool,
}

impl ListFilter {
    /// A filter that is set already.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { input: LineInput::new(text.to_owned()), typing: false }
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action) -> Option<Edited> {
        match action {
            Action::Find(Find::Open) | Action::PanelAction(PanelAction::Filter) if !self.typing => {
                self.typing = true;
                Some(Edited::Caret)
            }
            Action::Control(Control::Cancel) if self.typing || !self.text().is_empty() => {
                *self = Self::default();
                Some(Edited::Text)
            }
            Action::Control(Control::Enter) if self.typing => {
                self.typing = false;
                Some(Edited::Caret)
            }
            _ if self.typing => Some(self.input.edit(action)).filter(|edited| *edited != Edited::Not),
            _ => None,
        }
    }

    /// The title of the list with what is typed.
    #[must_use]
    pub fn title(&self, title: &str, context: &Context<'_>) -> String {
        let text = match (self.typing, self.text()) {
            (true, _) => self.input.shown(usize::from(context.size.0) / 2),
            (false, "") => return title.to_owned(),
            (false, text) => text.to_owned(),
        };
        format!("{title}   {}", context.text(Phrase::Filter { text: &text }))
    }
}

/// Columns of a list in the corner.
const CORNER: u16 = 46;

/// The line of so many that a motion goes to; none where it goes nowhere in a list.
#[must_use]
pub fn moved(at: usize, motion: Motion, lines: usize, context: &Context<'_>) -> Option<usize> {
    let page = usize::from(context.size.1).saturating_sub(4).max(1);
    let last = lines.saturating_sub(1);
    let line = match motion {
        Motion::Down => at + 1,
        Motion::Up => at.saturating_sub(1),
        Motion::PageDown | Motion::HalfDown => at + page,
        Motion::PageUp | Motion::HalfUp => at.saturating_sub(page),
        Motion::Start => 0,
        Motion::End => last,
        Motion::Left | Motion::Right => return None,
    };
    Some(line.min(last))
}
