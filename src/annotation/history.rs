//! Undo and redo without limit in a session; and what of them outlives it.

use super::Annotations;
use super::edit::{Change, Edit, Refused};
use crate::text::Document;
use serde::{Deserialize, Serialize};

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

/// A correction that can be taken back after a restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PastCorrection {
    /// What was said when it was made.
    pub said: String,
    /// What a person had decided before it.
    pub before: Annotations,
}

/// The last corrections of a document, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Past(Vec<PastCorrection>);

impl Past {
    /// As many corrections are kept, and as many mentions and quotes in all of them: each holds what was decided before it.
    const KEPT: (usize, usize) = (50, 20_000);

    /// Remembers one more; the oldest make room.
    pub fn push(&mut self, correction: PastCorrection) {
        self.0.push(correction);
        let size = |past: &[PastCorrection]| -> usize {
            past.iter().map(|one| one.before.mentions.len() + one.before.quotes.len() + one.before.rejected.len()).sum()
        };
        while self.0.len() > Self::KEPT.0 || (self.0.len() > 1 && size(&self.0) > Self::KEPT.1) {
            self.0.remove(0);
        }
    }

    /// Forgets the latest, which was taken back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// All of them, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &PastCorrection> {
        self.0.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_corrections_are_kept() {
        let mut past = Past::default();
        for number in 0..60 {
            past.push(PastCorrection { said: number.to_string(), ..PastCorrection::default() });
        }
        past.pop();
        let said: Vec<&str> = past.iter().map(|one| one.said.as_str()).collect();
        assert_eq!((said.len(), said.first().copied(), said.last().copied()), (49, Some("10"), Some("58")));
    }
}
