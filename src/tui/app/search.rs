//! Search: what is typed, how it is meant, and where it is found.

pub mod everywhere;
mod scan;

use super::{
    context::Context,
    document::OpenDocument,
    documents::Documents,
    event::Notice,
    input::{Edited, LineInput},
    jumps::Location,
    outcome::{Outcome, Request},
    selection::{Focus, Selection},
};
use crate::tui::{
    action::{Action, Control, Find},
    strings::Phrase,
};
use everywhere::Others;
use scan::Scan;

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What is typed.
    pub query: LineInput,
    /// Only the very spelling; else hamza, ta marbuta, alef maqsura, vowel signs, tatweel, digits and case do not count.
    pub exact: bool,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether all documents are searched.
    pub everywhere: bool,
    /// Which of the documents with hits is chosen, where all are searched.
    pub choice: usize,
    /// The search of the documents that are not read.
    others: Others,
    /// Earlier ones, the latest last.
    pub history: Vec<String>,
    /// What is wrong with the expression.
    pub fault: Option<String>,
    /// Which of the earlier ones is in the line; none while something new is typed.
    recalled: Option<usize>,
    /// Where the reader was when the line was opened.
    from: Location,
    /// The search that is under way.
    scan: Option<Scan>,
    /// What is to be done when it has its first hit, or has none.
    due: Due,
    /// The document, and its length in bytes, that was last searched to its end.
    searched: Option<(usize, usize)>,
}

/// What is to be done when a search has its first hit, or has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    #[default]
    Nothing,
    Show,
    ShowAndEnter,
}

impl Search {
    /// Opens the line for searching.
    pub fn open(&mut self, from: Location) {
        self.query.replace(String::new());
        self.begin(0);
        (self.recalled, self.from) = (None, from);
    }

    /// Does an action while the line is open; none where it is for no line.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        Some(match self.query.edit(action) {
            Edited::Text => Request::Search.into(),
            Edited::Caret => Outcome::none(),
            edited @ (Edited::Older | Edited::Newer) if self.everywhere && !self.query.text().is_empty() => {
                let last = everywhere::found(context.documents).len().saturating_sub(1);
                let older = edited == Edited::Older;
                self.choice = if older { self.choice.saturating_sub(1) } else { (self.choice + 1).min(last) };
                Outcome::none()
            }
            edited @ (Edited::Older | Edited::Newer) => {
                self.recall(edited == Edited::Older);
                Request::Search.into()
            }
            Edited::Not => match action {
                Action::Find(Find::Exact) => {
                    self.exact = !self.exact;
                    Request::Search.into()
                }
                Action::Find(Find::Regex) => {
                    self.regex = !self.regex;
                    Request::Search.into()
                }
                Action::Find(Find::Everywhere) if context.documents.all().len() < 2 => {
                    Outcome::say(context.text(Phrase::OnlyDocument))
                }
                Action::Find(Find::Everywhere) => {
                    self.everywhere = !self.everywhere;
                    Request::Search.into()
                }
                Action::Control(Control::Enter) => self.enter(context),
                Action::Control(Control::Cancel) => {
                    self.query.replace(String::new());
                    self.begin(0);
                    [Request::Close, Request::ForgetHits, Request::Go(self.from)].into()
                }
                _ => return None,
            },
        })
    }

    /// Takes the searches of an earlier time, unless there was one since.
    pub fn remembered(&mut self, searches: &[String]) {
        if self.history.is_empty() {
            self.history = searches.to_vec();
        }
    }

    /// Takes letters that are typed into the line.
    pub fn write(&mut self, text: &str) -> Outcome {
        self.query.write(text);
        Request::Search.into()
    }

    /// Takes what was found, or waits until something is.
    pub fn enter(&mut self, context: &Context<'_>) -> Outcome {
        if self.due != Due::Nothing {
            self.due = Due::ShowAndEnter;
            return Outcome::none();
        }
        self.remember();
        if let Some(outcome) = self.enter_other(context) {
            return outcome;
        }
        let closed = Outcome::from(Request::Close);
        if context.here().hits.is_empty() {
            let text = match &self.fault {
                Some(fault) => Some(fault.clone()),
                None => Some(self.query.text()).filter(|text| !text.is_empty()).map(|text| {
                    let key = context.config.keymap.first(Find::Open.into());
                    context.text(Phrase::NoHits { text, key: &key })
                }),
            };
            let said = text.map(|text| Request::Say(Notice { text, fault: true }));
            return closed.then(Request::Go(self.from)).then(said);
        }
        let place = Location { selected: context.selected(), ..self.from };
        let closed = if place.document == context.documents.current() {
            closed.then([Request::Go(place), Request::Leave])
        } else {
            // It was begun in another document, and goes on in this one.
            closed.then(Request::LeaveFrom(self.from))
        };
        closed.then([
            Request::Highlight(Some(Selection::Hits)),
            Request::Focus(Focus::Text),
            Request::PutCursor(context.here().cursor),
        ])
    }

    /// To the chosen one of all documents, where that is another than the one that is read.
    fn enter_other(&self, context: &Context<'_>) -> Option<Outcome> {
        let found = if self.everywhere { everywhere::found(context.documents) } else { Vec::new() };
        let (number, _) = *found.get(self.choice)?;
        if number == context.documents.current() {
            return None;
        }
        let hit = context.documents.all().get(number)?.hits.first().copied()?;
        let place = Location { selected: context.selected(), ..self.from };
        let left = Outcome::from([Request::Close, Request::Go(place), Request::Leave]);
        let there = [Request::OpenDocument(number), Request::Highlight(Some(Selection::Hits))];
        Some(left.then(there).then([Request::Focus(Focus::Text), Request::PutCursor(hit)]))
    }

    /// Begins to search the documents that are not read, where all are wanted; forgets what was found there else.
    pub fn restart_others(&mut self, documents: &mut Documents) {
        self.choice = 0;
        self.others.begin(documents);
        if !self.everywhere || self.query.text().trim().is_empty() {
            self.others.stop();
        }
    }

    /// Searches the documents that are not read a little further.
    pub fn advance_others(&mut self, documents: &mut Documents) {
        if self.scan.is_some() || !self.others.is_busy() {
            return;
        }
        let make = || Scan::new(self.query.text(), (self.exact, self.regex), 0).ok();
        let mut others = std::mem::take(&mut self.others);
        others.advance(documents, make);
        self.others = others;
    }

    /// Searches from where the line was opened, and shows the first hit from there on.
    pub fn restart(&mut self, document: &mut OpenDocument, number: usize) -> Outcome {
        self.scan_from(self.start(), document);
        let text = document.document.text();
        // Another text may have come while somebody was typing.
        let from = self.from;
        if from.document == number && text.get(from.cursor.range()).is_some() && text.is_char_boundary(from.top) {
            (document.top, document.cursor) = (from.top, from.cursor);
        }
        self.due = Due::Show;
        self.advance(document, number)
    }

    /// Searches again after the text has changed, or in another document.
    pub fn resume(&mut self, document: &mut OpenDocument, number: usize) -> Outcome {
        let searched = self.searched == Some((number, document.document.text().len()));
        // All documents were searched: what was found in this one is there.
        let searched = searched || (self.everywhere && !self.others.is_busy() && !document.hits.is_empty());
        if self.query.text().is_empty() || searched || self.scan.is_some() {
            return Outcome::none();
        }
        let due = self.due;
        self.scan_from(document.top, document);
        self.due = due;
        self.advance(document, number)
    }

    /// Breaks off the search that is under way.
    pub fn stop(&mut self) {
        self.scan = None;
    }

    /// Whether a search is under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.scan.is_some() || self.others.is_busy()
    }

    /// Searches a little further in the document of that number.
    pub fn advance(&mut self, document: &mut OpenDocument, number: usize) -> Outcome {
        if let Some(mut scan) = self.scan.take() {
            if scan.advance(&document.document, &mut document.hits) {
                self.scan = Some(scan);
            } else {
                self.searched = Some((number, document.document.text().len()));
            }
        }
        if self.due == Due::Nothing {
            return Outcome::none();
        }
        let start = self.start();
        let hits = &document.hits;
        let found = hits.get(hits.partition_point(|hit| hit.start < start)).copied();
        let done = self.scan.is_none();
        let found = found.or_else(|| hits.first().filter(|_| done).copied());
        let outcome = Outcome::from(found.map(Request::PutCursor));
        if !done && found.is_none() {
            return outcome;
        }
        let entered = std::mem::take(&mut self.due) == Due::ShowAndEnter;
        outcome.then(entered.then_some(Request::Do(Control::Enter.into())))
    }

    /// Where a search begins that was begun at a place.
    const fn start(&self) -> usize {
        if self.from.cursor.is_empty() { self.from.top } else { self.from.cursor.start }
    }

    fn scan_from(&mut self, place: usize, document: &mut OpenDocument) {
        document.hits.clear();
        self.begin(document.document.paragraph_at(place).start);
    }

    /// Begins to search from a place: the beginning of a line. Sets or clears [`Search::fault`].
    fn begin(&mut self, origin: usize) {
        (self.fault, self.scan, self.due, self.searched) = (None, None, Due::Nothing, None);
        if self.query.text().trim().is_empty() {
            return;
        }
        match Scan::new(self.query.text(), (self.exact, self.regex), origin) {
            Ok(scan) => self.scan = Some(scan),
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Remembers what was searched for.
    fn remember(&mut self) {
        self.recalled = None;
        let query = self.query.text();
        if !query.is_empty() {
            self.history.retain(|earlier| earlier != query);
            self.history.push(query.to_owned());
        }
    }

    /// Brings back an earlier search, or a later one again; an empty line after the latest.
    fn recall(&mut self, older: bool) {
        let now = self.recalled.unwrap_or(self.history.len());
        let next = if older { now.saturating_sub(1) } else { (now + 1).min(self.history.len()) };
        self.query.replace(self.history.get(next).cloned().unwrap_or_default());
        self.recalled = (next < self.history.len()).then_some(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_searches_come_back() {
        let mut search = Search::default();
        for query in ["أول", "ثان", "أول"] {
            search.query.replace(query.to_owned());
            search.remember();
        }
        assert_eq!(search.history, ["ثان", "أول"]);
        search.recall(true);
        assert_eq!(search.query.text(), "أول");
        search.recall(true);
        search.recall(true);
        assert_eq!(search.query.text(), "ثان");
        search.recall(false);
        search.recall(false);
        assert_eq!(search.query.text(), "");
    }
}
