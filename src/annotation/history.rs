//! Undo and redo without limit.

use super::Annotations;
use super::edit::{Change, Edit, Refused};
use crate::text::Document;

/// The edits of a session, each with what takes it back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<(Edit, Change)>,
    undone: Vec<(Edit, Change)>,
}

impl History {
    /// Makes an edit at a time (seconds since 1970, UTC) and remembers it. What had been undone is forgotten.
    ///
    /// # Errors
    /// As [`Annotations::apply`].
    pub fn apply(
        &mut self,
        annotations: &mut Annotations,
        document: &Document,
        edit: Edit,
        at: u64,
    ) -> Result<(), Refused> {
        let back = annotations.apply(document, &edit, at)?;
        self.done.push((edit, back));
        self.undone.clear();
        Ok(())
    }

    /// Takes the last edit back, and says which it was; none where nothing is left to undo.
    pub fn undo(&mut self, annotations: &mut Annotations) -> Option<&Edit> {
        let (edit, change) = self.done.pop()?;
        self.undone.push((edit, annotations.put(change)));
        self.undone.last().map(|(edit, _)| edit)
    }

    /// Makes the edit again that was last undone, and says which it was.
    pub fn redo(&mut self, annotations: &mut Annotations) -> Option<&Edit> {
        let (edit, change) = self.undone.pop()?;
        self.done.push((edit, annotations.put(change)));
        self.done.last().map(|(edit, _)| edit)
    }

    /// How many edits can be undone, and how many made again.
    #[must_use]
    pub fn depth(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }
}
