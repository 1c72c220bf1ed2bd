//! The mouse: it goes to the part that it is over.

use super::{App, Effects, Mouse, Overlay, Pointer, page};
use crate::tui::action::Control;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Effects) {
        let outcome = match mouse.pointer {
            Pointer::WheelUp | Pointer::WheelDown => self.parts().wheel(mouse),
            Pointer::Press => {
                self.notice = None;
                // What is being typed in the status line is done with.
                if matches!(self.overlay, Overlay::Search | Overlay::Filter) {
                    self.act(Control::Enter.into(), effects);
                } else if matches!(self.overlay, Overlay::Letter(_)) {
                    self.overlay = Overlay::None;
                }
                self.parts().press(mouse)
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
}
