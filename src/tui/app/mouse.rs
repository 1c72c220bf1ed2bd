//! The mouse: everything that a key does to what can be seen.

use super::{
    App, Effect, Focus, Overlay,
    correct::Dialog,
    documents::Selection,
    geometry::Area,
    reading::{ScreenLine, Way},
};
use crate::{
    text::Span,
    tui::{action::Action, strings::Phrase},
};

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The left button went down.
    Press,
    /// It moved while it was down.
    Drag,
    /// It went up.
    Release,
    /// The wheel, away from the hand.
    WheelUp,
    /// The wheel, towards it.
    WheelDown,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub pointer: Pointer,
    /// Column of the screen.
    pub column: u16,
    /// Row of the screen.
    pub row: u16,
}

/// Rows that a notch of the wheel moves.
const WHEEL: usize = 3;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Effect> {
        let areas = self.areas();
        let on_panel = areas.panel.contains(mouse.column, mouse.row);
        let detail = self.detail_area();
        let on_detail = detail.contains(mouse.column, mouse.row);
        match mouse.pointer {
            Pointer::WheelUp | Pointer::WheelDown if !self.overlay.is_line() => {
                return self.wheel_in_list(mouse.pointer == Pointer::WheelUp);
            }
            Pointer::WheelUp | Pointer::WheelDown => {
                let way = if mouse.pointer == Pointer::WheelUp { Way::Back } else { Way::On };
                if on_detail {
                    self.scroll_detail(if way == Way::On { WHEEL.cast_signed() } else { -WHEEL.cast_signed() });
                } else {
                    self.wheel(on_panel, way);
                }
            }
            Pointer::Press => {
                self.notice = None;
                if matches!(self.overlay, Overlay::Correct(Dialog::Span { .. })) {
                    self.press_words(mouse);
                    return None;
                }
                if !self.overlay.is_line() {
                    return self.press_list(mouse);
                }
                // What is being typed in the status line is done with.
                if self.overlay != Overlay::None {
                    self.enter_line();
                }
                if on_panel {
                    self.press_panel(usize::from(mouse.row - areas.panel.y));
                } else if on_detail {
                    self.press_detail(usize::from(mouse.row - detail.y));
                } else if areas.map.contains(mouse.column, mouse.row) {
                    self.press_map(areas.map, mouse.row);
                } else if areas.margin.contains(mouse.column, mouse.row)
                    || areas.speakers.contains(mouse.column, mouse.row)
                {
                    self.press_margin(usize::from(mouse.row - areas.page.y));
                } else if areas.page.contains(mouse.column, mouse.row) {
                    self.press_page(mouse);
                }
            }
            Pointer::Drag => self.drag(mouse),
            Pointer::Release => {
                if matches!(self.overlay, Overlay::Correct(Dialog::Span { .. })) {
                    self.release_words();
                } else if self.marked.is_some_and(Span::is_empty) {
                    self.marked = None;
                } else if self.marked.is_some() {
                    self.say(self.config.strings.text(Phrase::Marked));
                }
            }
        }
        None
    }

    fn wheel_in_list(&mut self, up: bool) -> Option<Effect> {
        let action = if up { Action::Up } else { Action::Down };
        match self.overlay {
            Overlay::Palette { .. } | Overlay::Export(_) | Overlay::Correct(Dialog::Choose { .. }) => {
                self.edit(if up { Action::Older } else { Action::Newer })
            }
            Overlay::Correct(Dialog::Menu { .. }) => self.in_menu(action),
            _ => {
                self.in_list(action);
                None
            }
        }
    }

    fn wheel(&mut self, on_panel: bool, way: Way) {
        if on_panel {
            let top = self.panel.top;
            self.panel.top = if way == Way::On { top + WHEEL } else { top.saturating_sub(WHEEL) };
            self.panel.clamp(usize::from(self.areas().panel.height));
        } else {
            let window = self.window();
            let rows = if way == Way::On { WHEEL.cast_signed() } else { -WHEEL.cast_signed() };
            self.documents.here_mut().scroll(rows, window);
        }
    }

    /// Chooses what was clicked in a list; a click beside it closes it.
    fn press_list(&mut self, mouse: Mouse) -> Option<Effect> {
        if let Overlay::Export(_) = self.overlay {
            return self.press_export(mouse);
        }
        let list = self.list_area();
        if !list.contains(mouse.column, mouse.row) {
            self.overlay = Overlay::None;
            return None;
        }
        let from = self.list_top(list.height);
        let line = from + usize::from(mouse.row - list.y);
        match &mut self.overlay {
            Overlay::Palette { choice, found, .. } if line < found.len() => {
                *choice = line;
                self.enter_line()
            }
            Overlay::Documents { choice } => {
                *choice = line;
                self.choose()
            }
            Overlay::Correct(_) => self.press_dialog(line),
            _ => None,
        }
    }

    fn press_panel(&mut self, row: usize) {
        let line = self.panel.top + row;
        let again = self.selected_line() == Some(line) && self.focus == Focus::Panel;
        self.focus = Focus::Panel;
        if again {
            self.update(Action::Enter);
        } else {
            self.select_line(line);
        }
    }

    /// Goes to the part of the document that a place of the map stands for.
    fn press_map(&mut self, map: Area, row: u16) {
        self.jumped();
        let window = self.window();
        let here = self.documents.here_mut();
        let share = usize::from(row - map.y) * here.document.text().len() / usize::from(map.height.max(1));
        here.top = here.page.at(&here.document, share).anchor().min(here.last_top(window));
    }

    /// Selects the quote that the mark in the margin is of.
    fn press_margin(&mut self, row: usize) {
        let here = self.documents.here();
        let lines = here.lines(self.window());
        let Some(ScreenLine::Text(placed)) = lines.get(row) else { return };
        let Some((id, span)) = here.quotes_in(placed.span()).last().map(|quote| (quote.id, quote.span)) else { return };
        self.focus = Focus::Text;
        self.jumped();
        self.documents.here_mut().selected = Some(Selection::Quote(id));
        self.show_selected_line();
        self.put_cursor(span);
    }

    /// The cursor goes where the click was; a name or a quote there is selected.
    fn press_page(&mut self, mouse: Mouse) {
        self.focus = Focus::Text;
        let Some(offset) = self.offset_at(mouse.column, mouse.row) else {
            self.marked = None;
            return;
        };
        self.marked = Some(Span::new(offset, offset));
        let found = self.documents.here().at(offset);
        let here = self.documents.here_mut();
        match found {
            Some((target, span)) => {
                here.selected = Some(target);
                here.cursor = if matches!(target, Selection::Entity(_)) { span } else { Span::new(offset, offset) };
                self.show_selected_line();
            }
            None => here.cursor = Span::new(offset, offset),
        }
    }

    fn drag(&mut self, mouse: Mouse) {
        let Some(marked) = self.marked else { return };
        let page = self.areas().page;
        if mouse.row <= page.y || mouse.row + 1 >= page.bottom() {
            self.wheel(false, if mouse.row <= page.y { Way::Back } else { Way::On });
        }
        let Some(offset) = self.offset_near(mouse.column, mouse.row) else { return };
        // The end that was pressed first is the one that the cursor did not leave.
        let fixed = if self.documents.here().cursor.start == marked.end { marked.end } else { marked.start };
        let text = self.documents.here().document.text();
        let after = crate::text::ceil(text, offset + 1);
        self.marked = Some(if offset < fixed { Span::new(offset, fixed) } else { Span::new(fixed, after) });
    }

    /// The byte that is nearest to a cell of the screen: beside a row its first letter or its last, and in a gap the last
    /// of the row above.
    fn offset_near(&self, column: u16, row: u16) -> Option<usize> {
        let page = self.areas().page;
        let here = self.documents.here();
        let lines = here.lines(self.window());
        let row = usize::from(row.clamp(page.y, page.bottom().saturating_sub(1)) - page.y);
        let above = lines.iter().take(row + 1).enumerate().rev();
        let mut rows = above.filter_map(|(number, line)| match line {
            ScreenLine::Text(placed) => Some((number, placed)),
            ScreenLine::Gap => None,
        });
        let (number, placed) = rows.next()?;
        let first = placed.span().start;
        let words = here.document.slice(placed.span()).trim_end().len();
        let last = crate::text::floor(here.document.text(), first + words.saturating_sub(1));
        let laid = placed.row()?;
        let from = usize::from(page.x) + laid.indent(usize::from(page.width));
        let column = usize::from(column);
        let start = if here.rtl { column >= from + laid.width() } else { column < from };
        let end = number < row || if here.rtl { column < from } else { column >= from + laid.width() };
        if end {
            return Some(last);
        }
        if start { Some(first) } else { laid.cell_at(column - from).map(|cell| cell.source.start) }
    }

    /// The byte of the document that is shown in a cell of the screen.
    #[must_use]
    pub fn offset_at(&self, column: u16, row: u16) -> Option<usize> {
        let page = self.areas().page;
        if !page.contains(column, row) {
            return None;
        }
        let here = self.documents.here();
        match here.lines(self.window()).get(usize::from(row - page.y))? {
            ScreenLine::Gap => None,
            ScreenLine::Text(placed) => {
                let row = placed.row()?;
                let column = usize::from(column - page.x).checked_sub(row.indent(usize::from(page.width)))?;
                row.cell_at(column).map(|cell| cell.source.start)
            }
        }
    }
}
