//! The list of documents: title, date, how many people are in both a document and the one that is read.

use super::list::{List, ListFilter, ListLine, moved};
use crate::{
    arabic::transliteration::NameQuery,
    tui::{
        action::{Action, Command, Control, DocumentAction, Motion},
        app::{
            context::Context,
            document::{OpenDocument, Progress},
            input::Edited,
            outcome::{Outcome, Request},
        },
        strings::Phrase,
    },
};

/// The documents, to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentList {
    /// What their titles are narrowed down to.
    pub filter: ListFilter,
    /// Which of the found is chosen.
    choice: usize,
    /// The numbers of the documents that are meant.
    found: Vec<usize>,
}

/// Rows below the list: who is in both.
const FOOT: u16 = 2;

impl DocumentList {
    /// Narrowed down as it was the last time, with the one chosen that is read.
    #[must_use]
    pub fn new(filter: &str, context: &Context<'_>) -> Self {
        let mut list = Self { filter: ListFilter::new(filter), ..Self::default() };
        list.search(context);
        list
    }

    /// Finds the documents whose titles are like what is typed.
    fn search(&mut self, context: &Context<'_>) {
        let query = NameQuery::new(self.filter.text());
        let all = context.documents.all().iter().enumerate();
        let meant = |document: &OpenDocument| {
            query.is_empty() || query.finds(document.label()) || query.finds(document.document.id())
        };
        self.found = all.filter(|(_, document)| meant(document)).map(|(number, _)| number).collect();
        let current = context.documents.current();
        self.choice = self.found.iter().position(|number| *number == current).unwrap_or_default();
    }

    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        if action == Control::Enter.into() {
            return Some(self.enter(context));
        }
        match self.filter.update(action) {
            Some(Edited::Text) => {
                self.search(context);
                return Some(Outcome::none());
            }
            Some(Edited::Older) => return self.go(Motion::Up, context),
            Some(Edited::Newer) => return self.go(Motion::Down, context),
            Some(Edited::Caret | Edited::Not) => return Some(Outcome::none()),
            None => {}
        }
        Some(match action {
            Action::Motion(motion) => return self.go(motion, context),
            Action::Control(Control::Cancel)
            | Action::Command(Command::Quit)
            | Action::DocumentAction(DocumentAction::List) => Request::Close.into(),
            _ => return None,
        })
    }

    fn go(&mut self, motion: Motion, context: &Context<'_>) -> Option<Outcome> {
        self.choice = moved(self.choice, motion, self.found.len(), context)?;
        Some(Outcome::none())
    }

    /// Takes letters that are typed.
    pub fn write(&mut self, text: &str, context: &Context<'_>) {
        self.filter.input.write(text);
        self.search(context);
    }

    /// Chooses the document of a number, as the list writes it: from one on.
    pub fn number(&mut self, number: usize) {
        let at = self.found.iter().position(|found| found + 1 == number);
        self.choice = at.unwrap_or(self.choice);
    }

    fn enter(&self, context: &Context<'_>) -> Outcome {
        let Some(&number) = self.found.get(self.choice) else { return Outcome::none() };
        let closed = Outcome::from(Request::Close);
        if number == context.documents.current() {
            return closed;
        }
        closed.then([Request::Leave, Request::OpenDocument(number)])
    }

    /// Opens what was clicked.
    pub fn press(&mut self, line: usize, context: &Context<'_>) -> Outcome {
        if line >= self.found.len() {
            return Outcome::none();
        }
        self.choice = line;
        self.enter(context)
    }

    /// How it is drawn. Only what is seen is looked up: a folder may hold thousands.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let all = context.documents.all();
        let mut list = List::in_the_middle(all.len(), FOOT, context);
        (list.keys, list.choice) = (5, Some(self.choice));
        let (from, height) = (list.top(), usize::from(list.area.height));
        let shown = |number: &usize| Some(line(*number, all.get(*number)?, context));
        let seen = self.found.iter().skip(from).take(height).filter_map(shown);
        list.lines = std::iter::repeat_with(ListLine::default).take(from).chain(seen).collect();
        // That there are more below is seen at the edge.
        if from + height < self.found.len() {
            list.lines.push(ListLine::default());
        }
        list.title = self.filter.title(&context.text(Phrase::Documents), context);
        list.foot = self.foot(context);
        list
    }

    /// Who is in both the chosen one and the one that is read.
    fn foot(&self, context: &Context<'_>) -> Option<String> {
        let documents = context.documents;
        let (current, chosen) = (documents.current(), *self.found.get(self.choice)?);
        let is_done = |number: usize| documents.all().get(number).is_some_and(|one| one.progress == Progress::Done);
        if chosen == current {
            return None;
        }
        if !is_done(current) || !is_done(chosen) {
            return Some(context.text(Phrase::WhyWorking));
        }
        let common = documents.in_common(current, chosen);
        if common.is_empty() {
            return Some(context.text(Phrase::NobodyInCommon));
        }
        let names = common.join(&context.text(Phrase::Comma));
        Some(context.text(Phrase::InCommon { names: &names }))
    }
}

fn line(number: usize, document: &OpenDocument, context: &Context<'_>) -> ListLine {
    let current = context.documents.current();
    let about = if document.progress != Progress::Done {
        "…".to_owned()
    } else if number == current {
        context.text(Phrase::ReadingNow)
    } else {
        match context.documents.in_common(current, number).len() {
            0 => String::new(),
            count => context.text(Phrase::CommonCount { count: &context.number(count) }),
        }
    };
    let date = document.date.as_deref().map(|text| context.text(Phrase::Isolated { text })).unwrap_or_default();
    let end = [about, date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ");
    ListLine { key: context.number(number + 1), text: document.label().to_owned(), end }
}
