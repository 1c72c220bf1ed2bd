//! The lines of a list that are there, of however many there are: those around what is seen, the others are asked for
//! when they come near.

use super::ask::{ListQuestion, Row};
use crate::library::browse::{Listed, Order, Part};

/// Lines that are asked for at once.
pub const CHUNK: usize = 200;

/// A list of a page, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowList {
    /// The number of the first line that is there.
    from: usize,
    rows: Vec<Row>,
    /// How many there are in all; none while nobody knows.
    pub total: Option<usize>,
    /// Why there are none.
    pub fault: Option<String>,
    /// Which line is chosen.
    pub choice: usize,
    /// The topmost line on the screen.
    pub top: usize,
    /// What it is narrowed down to.
    pub typed: String,
    /// In which order it is.
    pub order: Order,
    /// Which lines are asked for and not there yet.
    asked: Option<Part>,
    /// Whether those that are there may be others now.
    stale: bool,
}

impl RowList {
    /// A line by its number, where it is there.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(number.checked_sub(self.from)?)
    }

    /// The line that is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Row> {
        self.row(self.choice)
    }

    /// Forgets the lines: they are others now.
    pub fn forget(&mut self) {
        (self.from, self.total, self.asked, self.fault) = (0, None, None, None);
        self.rows.clear();
    }

    /// Asks for the lines again: they may be others now. Those that are there are shown until then.
    pub const fn refresh(&mut self) {
        (self.stale, self.asked) = (true, None);
    }

    /// Chooses a line, and shows it on a screen of so many lines.
    pub fn choose(&mut self, line: usize, height: usize) {
        self.choice = line.min(self.total.unwrap_or(usize::MAX).saturating_sub(1));
        self.top = self.top.min(self.choice).max((self.choice + 1).saturating_sub(height.max(1)));
    }

    /// The part that is to be asked for, where lines near those that are seen are not there.
    pub fn missing(&mut self, height: usize) -> Option<Part> {
        let last = (self.top + height.max(1)).min(self.total.unwrap_or(usize::MAX)).max(self.top + 1);
        let there = !self.stale && self.total.is_some() && self.from <= self.top && last <= self.from + self.rows.len();
        if there || !self.stale && (self.fault.is_some() || self.total == Some(0)) {
            return None;
        }
        let part = Part { from: self.top.saturating_sub(CHUNK / 2), count: CHUNK.max(height * 2) };
        (self.asked != Some(part)).then(|| {
            self.asked = Some(part);
            part
        })
    }

    /// Takes lines that were asked for; whether they are still wanted.
    pub fn take(&mut self, question: &ListQuestion, listed: Listed<Row>) -> bool {
        if question.typed != self.typed || question.order != self.order || self.asked != Some(question.part) {
            return false;
        }
        (self.asked, self.fault, self.stale) = (None, None, false);
        (self.from, self.rows, self.total) = (question.part.from, listed.rows, Some(listed.total));
        self.choice = self.choice.min(listed.total.saturating_sub(1));
        self.top = self.top.min(self.choice);
        true
    }

    /// Takes why there are no lines.
    pub fn fail(&mut self, question: &ListQuestion, fault: String) {
        if question.typed == self.typed && question.order == self.order {
            self.forget();
            (self.fault, self.total, self.stale) = (Some(fault), Some(0), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::library::spot::{Subject, Tab};

    fn question(part: Part) -> ListQuestion {
        ListQuestion { subject: Subject::Home, tab: Tab::Searches, typed: String::new(), order: Order::Usual, part }
    }

    fn rows(part: Part, total: usize) -> Listed<Row> {
        let last = (part.from + part.count).min(total);
        Listed { rows: (part.from..last).map(|number| Row::Search(number.to_string())).collect(), total }
    }

    #[test]
    fn only_what_comes_near_is_asked_for() {
        let mut list = RowList::default();
        let first = list.missing(10).unwrap();
        assert_eq!((first.from, list.missing(10)), (0, None), "it is asked once");
        assert!(list.take(&question(first), rows(first, 100_000)));
        list.choose(150, 10);
        assert_eq!(list.missing(10), None);
        list.choose(99_999, 10);
        let last = list.missing(10).unwrap();
        assert!(last.from < 99_990 && last.count < 1000);
        assert!(!list.take(&question(first), rows(first, 100_000)), "an answer that nobody waits for any more");
        assert!(list.take(&question(last), rows(last, 100_000)));
        assert_eq!(list.chosen(), Some(&Row::Search("99999".to_owned())));
        list.refresh();
        let again = list.missing(10).unwrap();
        assert_eq!(list.chosen(), Some(&Row::Search("99999".to_owned())), "the old lines stay until the new ones come");
        assert!(list.take(&question(again), rows(again, 10)));
        // So many are gone that those near the last one are others.
        assert_eq!(list.choice, 9);
        let last = list.missing(10).unwrap();
        assert!(list.take(&question(last), rows(last, 10)));
        assert_eq!((list.missing(10), list.chosen()), (None, Some(&Row::Search("9".to_owned()))));
    }
}
