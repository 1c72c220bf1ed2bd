//! Where the parts of a page of the library are. Drawing and the mouse read the same answer.

use super::{
    catalogue::Catalogue,
    spot::{Subject, Tab},
};
use crate::tui::app::{context::Context, event::Mouse, geometry::Area};

/// The parts of a page. A part that has no room has no cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What stands at its head.
    pub head: Area,
    /// The names of its lists, side by side, each as wide as the others.
    pub tabs: Area,
    /// What the columns of the list are.
    pub columns: Area,
    /// The list.
    pub list: Area,
}

/// Below this height there is one row for the head.
const SHORT: u16 = 14;

impl Frame {
    /// The parts for the page that is open.
    #[must_use]
    pub fn of(catalogue: &Catalogue, context: &Context<'_>) -> Self {
        let (body, _) = context.screen().rows(context.size.1.saturating_sub(1));
        let body = body.inset(1, 1);
        let rows = match catalogue.subject {
            Subject::Entity(_) if body.height >= SHORT => 4,
            _ if body.height >= SHORT => 2,
            _ => 1,
        };
        let (head, rest) = body.rows(rows.min(body.height));
        let (tabs, rest) = rest.rows(1.min(rest.height));
        let columns = u16::from(catalogue.tab.kind().is_some() || body.height >= SHORT);
        let (columns, list) = rest.rows(columns.min(rest.height));
        Self { head, tabs, columns, list }
    }

    /// Lines of the list that are on the screen.
    #[must_use]
    pub fn lines(&self, tab: Tab) -> usize {
        (usize::from(self.list.height) / tab.height()).max(1)
    }

    /// Where the name of a list stands, of so many.
    #[must_use]
    pub fn tab(&self, (number, count): (usize, usize), rtl: bool) -> Area {
        let width = self.tabs.width / u16::try_from(count.max(1)).unwrap_or(1);
        let number = u16::try_from(if rtl { count.saturating_sub(number + 1) } else { number }).unwrap_or(0);
        let spare = if rtl { self.tabs.width.saturating_sub(width * u16::try_from(count).unwrap_or(1)) } else { 0 };
        Area { x: self.tabs.x + spare + number * width, width, ..self.tabs }
    }

    /// The list whose name is in a cell of the screen.
    #[must_use]
    pub fn tab_at(&self, mouse: Mouse, subject: Subject, rtl: bool) -> Option<Tab> {
        let tabs = Tab::of(subject);
        let on = |number: &usize| self.tab((*number, tabs.len()), rtl).contains(mouse.column, mouse.row);
        (0..tabs.len()).find(on).and_then(|number| tabs.get(number)).copied()
    }

    /// The line of the list that is in a cell of the screen, from the topmost on.
    #[must_use]
    pub fn line_at(&self, mouse: Mouse, tab: Tab) -> Option<usize> {
        self.list.contains(mouse.column, mouse.row).then(|| usize::from(mouse.row - self.list.y) / tab.height())
    }
}
