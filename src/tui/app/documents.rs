//! From one document to another.

use super::{App, reading::Way};

impl App {
    /// Reads the document beside this one.
    pub(super) fn beside_document(&mut self, way: Way) {
        let count = self.library.all().len();
        let now = self.library.current();
        let next = match way {
            Way::On => now + 1,
            Way::Back => now.wrapping_sub(1),
        };
        if next < count {
            self.jumped();
            self.open(next);
        } else {
            let name = if count < 2 { "only-document" } else { "no-more-documents" };
            self.say(self.look.strings.get(name).to_owned());
        }
    }

    /// Reads another document.
    pub(super) fn open(&mut self, number: usize) {
        if self.library.open(number) {
            self.marked = None;
            self.fit();
            self.panel.top = 0;
            self.refresh(number);
            let (now, of) = (self.number(number + 1), self.number(self.library.all().len()));
            self.say(self.look.strings.fill("document-opened", &[&now, &of]));
        }
    }
}
