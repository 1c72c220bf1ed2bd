//! The mouse: it goes to the part that it is over.

use super::{
    App, Context, Effects, Mouse, Overlay, Pointer, context_of, detail::Detail, document::reading::Way, geometry::Area,
    outcome::Outcome, page,
};
use crate::tui::action::Control;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Effects) {
        let outcome = match mouse.pointer {
            Pointer::WheelUp | Pointer::WheelDown => self.wheel(mouse),
            Pointer::Press => {
                self.notice = None;
                // What is being typed in the status line is done with.
                if matches!(self.overlay, Overlay::Search | Overlay::Filter) {
                    self.act(Control::Enter.into(), effects);
                } else if matches!(self.overlay, Overlay::Letter(_)) {
                    self.overlay = Overlay::None;
                }
                self.press(mouse)
            }
            Pointer::PressAgain => page::press_again(mouse, &self.context()),
            Pointer::Drag => {
                let scrolled = page::drag_scrolls(mouse, &self.context());
                self.apply(scrolled, effects);
                page::drag(mouse, &self.context())
            }
            Pointer::Release => match self.overlay {
                Overlay::Span(marker) => marker.release(&self.context()),
                _ => page::release(&self.context()),
            },
        };
        self.apply(outcome, effects);
    }

    fn wheel(&mut self, mouse: Mouse) -> Outcome {
        let context = context_of!(self);
        let (up, areas) = (mouse.pointer == Pointer::WheelUp, context.areas());
        let way = if up { Way::Back } else { Way::On };
        if !self.overlay.is_line() {
            return self.overlay.wheel(up, &context);
        }
        if Detail::area(&context).contains(mouse.column, mouse.row) {
            self.detail.wheel(way, &context);
        } else if areas.panel.contains(mouse.column, mouse.row) {
            self.panel.wheel(way, areas.panel.height.into());
        } else {
            return page::wheel(way, &context);
        }
        Outcome::none()
    }

    /// What the part that was clicked makes of it.
    fn press(&mut self, mouse: Mouse) -> Outcome {
        let context = context_of!(self);
        if !self.overlay.is_line() {
            return self.overlay.press(mouse, &context);
        }
        let (areas, detail) = (context.areas(), Detail::area(&context));
        let on = |area: Area| area.contains(mouse.column, mouse.row);
        if on(areas.panel) {
            self.panel.press(usize::from(mouse.row - areas.panel.y), &context)
        } else if on(detail) {
            self.detail.press(usize::from(mouse.row - detail.y), &context)
        } else if on(areas.map) {
            page::press_map(areas.map, mouse.row, &context)
        } else if on(areas.margin) || on(areas.speakers) {
            page::press_margin(usize::from(mouse.row - areas.page.y), &context)
        } else if on(areas.page) {
            page::press(mouse, &context)
        } else {
            Outcome::none()
        }
    }
}
