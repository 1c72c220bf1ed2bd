//! What became known of documents, and of the file that is being exported.

use super::{
    App, Context, Effects, Notice, Overlay, context_of,
    document::Progress,
    event::{DocumentEvent, ExportEvent},
    library::{ask::LibraryEvent, visit::Visit},
    outcome::Outcome,
    partial,
};
use crate::tui::strings::Phrase;

impl App {
    /// Takes what became known of a document.
    pub(super) fn document(&mut self, number: usize, event: DocumentEvent, effects: &mut Effects) {
        let is_here = number == self.documents.current();
        let Some(document) = self.documents.get_mut(number) else { return };
        match event {
            DocumentEvent::Loading => document.progress = Progress::Loading,
            DocumentEvent::Progress(done) => document.progress = Progress::Extracting(done),
            DocumentEvent::Dated(date) => document.date = document.date.take().or(Some(date)),
            DocumentEvent::Loaded(text) => {
                document.load(text);
                if is_here {
                    self.search.stop();
                }
                self.refresh(number, effects);
            }
            DocumentEvent::Found(found, done) => {
                document.annotate(*found);
                document.progress = if done < 100 { Progress::Extracting(done) } else { Progress::Done };
                self.refresh(number, effects);
                // A file that is about to be written has more in it now.
                if let (true, Overlay::Export(dialog)) = (is_here, &self.overlay) {
                    self.apply(dialog.ask(&self.context()), effects);
                }
            }
            DocumentEvent::Partly(part) => {
                (document.part, document.progress) = (Some(part), Progress::Done);
                self.refresh(number, effects);
                if is_here {
                    self.apply(partial::known(part, &self.context()), effects);
                }
            }
            DocumentEvent::Unread(reason) => {
                (document.progress, document.fault) = (Progress::Done, Some(reason));
                self.refresh(number, effects);
            }
            DocumentEvent::Remembered(remembered) => {
                let lost = remembered.orphans.len();
                self.search.remembered(&remembered.searches);
                self.revisions.restore(number, &remembered.past);
                document.remember(*remembered);
                if is_here {
                    self.fit();
                }
                self.refresh(number, effects);
                if lost > 0 {
                    let count = self.config.number(lost);
                    self.apply(Outcome::fault(self.config.text(Phrase::LostSome { count: &count })), effects);
                }
            }
        }
    }

    /// Takes what became known of the library.
    pub(super) fn library(&mut self, event: LibraryEvent, effects: &mut Effects) {
        Visit::new(self, effects).take(event);
    }

    /// Takes what became known of the file that is being exported.
    pub(super) fn export(&mut self, event: ExportEvent) {
        let notice = match &event {
            ExportEvent::Name(_) | ExportEvent::Preview(_) => self.notice.take(),
            ExportEvent::Taken(_) if matches!(self.overlay, Overlay::Export(_)) => None,
            ExportEvent::Taken(_) => self.notice.take(),
            ExportEvent::Done(path) => Some(Notice { text: self.config.text(Phrase::Exported { path }), fault: false }),
            ExportEvent::Failed(reason) => Some(Notice { text: reason.clone(), fault: true }),
        };
        self.notice = notice;
        let context = context_of!(self);
        if let Overlay::Export(dialog) = &mut self.overlay {
            if matches!(event, ExportEvent::Done(_)) {
                self.overlay = Overlay::None;
            } else {
                dialog.take(event, &context);
            }
        }
    }
}
