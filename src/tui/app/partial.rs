//! Texts that are too long to be looked through: names and quotes are those of a part, and a key asks for another.

use super::{App, Effect, documents::Progress};
use crate::{
    text::Span,
    tui::{action::Action, strings::Phrase},
};

impl App {
    /// What is found in a document is of this part of it.
    pub(super) fn know_part(&mut self, number: usize, part: Span) {
        let Some(opened) = self.documents.get_mut(number) else { return };
        (opened.part, opened.progress) = (Some(part), Progress::Done);
        let length = opened.document.text().len().max(1);
        self.refresh(number);
        if number == self.documents.current() && !part.is_empty() {
            let share = |place: usize| self.number(place * 100 / length);
            let key = self.config.keymap.first(Action::Look);
            self.say(self.config.strings.text(Phrase::Partly {
                from: &share(part.start),
                to: &share(part.end),
                key: &key,
            }));
        }
    }

    /// Asks for the names and quotes around the topmost row.
    pub(super) fn look_here(&mut self) -> Option<Effect> {
        let number = self.documents.current();
        let here = self.documents.here_mut();
        let why = match (here.progress, here.part) {
            (Progress::Loading, _) => Phrase::Loading,
            (Progress::Extracting(_), _) => Phrase::WhyWorking,
            (Progress::Done, None) => Phrase::LongEnough,
            (Progress::Done, Some(_)) => {
                here.progress = Progress::Extracting(0);
                let place = here.top;
                self.refresh(number);
                return Some(Effect::Look(number, place));
            }
        };
        self.say(self.config.strings.text(why));
        None
    }
}
