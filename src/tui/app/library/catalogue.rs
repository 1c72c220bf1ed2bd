//! What the reader knows of the library: the page that is open, its list, and how the others were left.

use super::{
    ask::{LibraryEffect, ListQuestion, Row, Who},
    list::RowList,
    spot::{Spot, Subject, Tab},
};
use crate::{
    annotation::Kind,
    library::browse::{Glance, Head, Listed, Part},
    tui::app::{document::reading::Way, input::LineInput},
};
use std::collections::BTreeMap;

/// What is typed into the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typing {
    /// What the list is narrowed down to.
    #[default]
    Filter,
    /// What is looked for in the whole library.
    Query,
}

/// What the reader knows of the library.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Its file, once it is open.
    pub path: Option<String>,
    /// Why it cannot be asked.
    pub fault: Option<String>,
    /// What there is at a glance.
    pub glance: Option<Glance>,
    /// What stands at the head of the page that is open, of a page of somebody.
    pub head: Option<Box<Head>>,
    /// What was searched for, the latest last.
    pub searches: Vec<String>,
    /// The list that is open.
    pub list: RowList,
    /// What is typed into the line.
    pub line: LineInput,
    /// What it is typed for.
    pub typing: Typing,
    /// Whose page is open.
    pub subject: Subject,
    /// Which of its lists.
    pub tab: Tab,
    /// The list of the home page that was open last.
    home: Tab,
    /// The lists that were open before, without their lines.
    kept: BTreeMap<(Subject, Tab), RowList>,
    /// What the list was narrowed down to before the line was opened.
    pub before: String,
    /// Whether somebody wants to go to what the chosen line is about as soon as the lines are there.
    pub entering: bool,
    /// Which of the earlier searches is in the line.
    pub recalled: Option<usize>,
}

impl Catalogue {
    /// Where the reader is in it.
    #[must_use]
    pub const fn spot(&self) -> Spot {
        Spot { subject: self.subject, tab: self.tab, line: self.list.choice }
    }

    /// Opens a page at a list and a line. A list that was open before is as it was left.
    pub fn turn_to(&mut self, spot: Spot) {
        let mut left = std::mem::take(&mut self.list);
        left.forget();
        self.kept.insert((self.subject, self.tab), left);
        if self.subject != spot.subject {
            self.head = None;
        }
        (self.subject, self.tab) = (spot.subject, spot.tab);
        if self.subject == Subject::Home {
            self.home = self.tab;
        }
        self.list = self.kept.get(&(self.subject, self.tab)).cloned().unwrap_or_default();
        self.list.choice = spot.line;
        self.list.top = self.list.top.min(spot.line);
    }

    /// Where a page was left the last time, or its beginning.
    #[must_use]
    pub fn last(&self, subject: Subject, tab: Option<Tab>) -> Spot {
        let start = Spot::at(subject);
        let usual = if subject == Subject::Home { self.home } else { start.tab };
        let tab = tab.unwrap_or(usual);
        let kept =
            if (subject, tab) == (self.subject, self.tab) { Some(&self.list) } else { self.kept.get(&(subject, tab)) };
        Spot { tab, line: kept.map_or(0, |list| list.choice), ..start }
    }

    /// Asks again for what is shown, which may not be so any more.
    pub const fn stale(&mut self) {
        self.list.refresh();
    }

    /// What is to be asked so that a screen of so many lines is full.
    pub fn questions(&mut self, lines: usize) -> Vec<LibraryEffect> {
        let mut questions = Vec::new();
        if self.glance.is_none() {
            questions.push(LibraryEffect::Glance);
        }
        if let (Subject::Entity(id), None) = (self.subject, &self.head) {
            questions.push(LibraryEffect::Head(id));
        }
        questions.extend(self.missing(lines));
        questions
    }

    /// The lines near those that are seen, where they are not there.
    pub fn missing(&mut self, lines: usize) -> Option<LibraryEffect> {
        let part = self.list.missing(lines)?;
        let question = self.question(part);
        if self.tab == Tab::Searches {
            // The reader knows them itself, the latest first.
            let mut rows: Vec<Row> = Vec::new();
            for search in self.searches.iter().rev().cloned().map(Row::Search) {
                if !rows.contains(&search) {
                    rows.push(search);
                }
            }
            self.list
                .take(&ListQuestion { part: Part { from: 0, ..part }, ..question }, Listed { total: rows.len(), rows });
            return None;
        }
        Some(LibraryEffect::List(question))
    }

    fn question(&self, part: Part) -> ListQuestion {
        let typed = match self.subject {
            Subject::Query(number) => self.searches.get(number).cloned().unwrap_or_default(),
            _ => self.list.typed.clone(),
        };
        ListQuestion { subject: self.subject, tab: self.tab, typed, order: self.list.order, part }
    }

    /// Takes lines that were asked for.
    pub fn take(&mut self, mut question: ListQuestion, listed: Result<Listed<Row>, String>) {
        if (question.subject, question.tab) != (self.subject, self.tab) {
            return;
        }
        if matches!(question.subject, Subject::Query(_)) {
            question.typed.clone_from(&self.list.typed);
        }
        match listed {
            Ok(listed) => _ = self.list.take(&question, listed),
            Err(fault) => self.list.fail(&question, fault),
        }
    }

    /// Who is chosen, or whose page it is.
    #[must_use]
    pub fn who(&self) -> Option<Who> {
        let of = |id: i64, kind: &str, name: &str| {
            let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
            Some(Who { id, kind, name: name.to_owned() })
        };
        match (self.list.chosen(), &self.head) {
            (Some(Row::Entry(entry)), _) => of(entry.id, &entry.kind, &entry.name),
            (Some(Row::Beside(beside)), _) => of(beside.id, &beside.kind, &beside.name),
            (_, Some(head)) => of(head.entry.id, &head.entry.kind, &head.entry.name),
            _ => None,
        }
    }

    /// The next line, or the one before, that is in another document than that of this number; it is chosen then.
    pub fn step(&mut self, way: Way, document: i64) -> Option<LibraryEffect> {
        let place = |line: usize| match self.list.row(line)? {
            Row::Passage(passage) => Some((passage.article.number, (passage.start, passage.end))),
            Row::Hit(hit) => Some((hit.number, (hit.start, hit.end))),
            _ => None,
        };
        let mut line = self.list.choice;
        loop {
            line = if way == Way::On { line + 1 } else { line.checked_sub(1)? };
            let (number, place) = place(line)?;
            if number != document {
                self.list.choice = line;
                return Some(LibraryEffect::Open(number, place));
            }
        }
    }
}
