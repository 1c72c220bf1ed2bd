//! The list of documents: title, date, how many people are in both a document and the one that is read.

use super::list::{List, ListLine, moved};
use crate::tui::{
    action::{Action, Command, Control, DocumentAction},
    app::{
        context::Context,
        document::{OpenDocument, Progress},
        outcome::{Outcome, Request},
    },
    strings::Phrase,
};

/// The documents, to choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentList {
    choice: usize,
}

/// Rows below the list: who is in both.
const FOOT: u16 = 2;

impl DocumentList {
    /// With the one chosen that is read.
    #[must_use]
    pub const fn new(context: &Context<'_>) -> Self {
        Self { choice: context.documents.current() }
    }

    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        Some(match action {
            Action::Motion(motion) => {
                self.choice = moved(self.choice, motion, context.documents.all().len(), context)?;
                Outcome::none()
            }
            Action::Control(Control::Enter) => self.enter(context),
            Action::Control(Control::Cancel)
            | Action::Command(Command::Quit)
            | Action::DocumentAction(DocumentAction::List) => Request::Close.into(),
            _ => return None,
        })
    }

    fn enter(self, context: &Context<'_>) -> Outcome {
        let closed = Outcome::from(Request::Close);
        if self.choice == context.documents.current() {
            return closed;
        }
        closed.then([Request::Leave, Request::OpenDocument(self.choice)])
    }

    /// Opens what was clicked.
    pub fn press(&mut self, line: usize, context: &Context<'_>) -> Outcome {
        if line >= context.documents.all().len() {
            return Outcome::none();
        }
        self.choice = line;
        self.enter(context)
    }

    /// How it is drawn. Only what is seen is looked up: a folder may hold thousands.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let all = context.documents.all();
        let mut list = List::in_the_middle(all.len(), FOOT, context);
        (list.keys, list.choice) = (5, Some(self.choice));
        let (from, height) = (list.top(), usize::from(list.area.height));
        let seen = all.iter().enumerate().skip(from).take(height).map(|(number, one)| line(number, one, context));
        list.lines = std::iter::repeat_with(ListLine::default).take(from).chain(seen).collect();
        // That there are more below is seen at the edge.
        if from + height < all.len() {
            list.lines.push(ListLine::default());
        }
        list.title = context.text(Phrase::Documents);
        list.foot = self.foot(context);
        list
    }

    /// Who is in both the chosen one and the one that is read.
    fn foot(self, context: &Context<'_>) -> Option<String> {
        let documents = context.documents;
        let current = documents.current();
        let is_done = |number: usize| documents.all().get(number).is_some_and(|one| one.progress == Progress::Done);
        if self.choice == current {
            return None;
        }
        if !is_done(current) || !is_done(self.choice) {
            return Some(context.text(Phrase::WhyWorking));
        }
        let common = documents.in_common(current, self.choice);
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
