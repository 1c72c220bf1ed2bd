//! The contents: the headings of the document, to go to one of them.

use super::list::{List, ListFilter, ListLine, moved};
use crate::{
    arabic::transliteration::NameQuery,
    text::Span,
    tui::{
        action::{Action, Command, Control, Motion, Walk},
        app::{
            context::Context,
            input::Edited,
            outcome::{Outcome, Request},
        },
        strings::Phrase,
    },
};

/// The headings of the document, to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentsList {
    /// What they are narrowed down to.
    pub filter: ListFilter,
    /// Which of the found is chosen.
    choice: usize,
}

impl ContentsList {
    /// All of them, with the one chosen under which the reader is; none where the document has no headings.
    #[must_use]
    pub fn new(context: &Context<'_>) -> Option<Self> {
        let headings = Self::default().found(context);
        let place = context.here().seen(context.window()).start;
        let above = headings.iter().rposition(|(_, span)| span.start <= place);
        (!headings.is_empty()).then(|| Self { choice: above.unwrap_or_default(), ..Self::default() })
    }

    /// The headings that are like what is typed, each with its level.
    fn found(&self, context: &Context<'_>) -> Vec<(u8, Span)> {
        let query = NameQuery::new(self.filter.text());
        let document = &context.here().document;
        let meant = |span: Span| query.is_empty() || query.finds(document.slice(span));
        document.structure().headings().filter(|(_, span)| meant(*span)).collect()
    }

    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        if action == Control::Enter.into() {
            return Some(self.enter(context));
        }
        match self.filter.update(action) {
            Some(Edited::Text) => self.choice = 0,
            Some(Edited::Older) => return self.go(Motion::Up, context),
            Some(Edited::Newer) => return self.go(Motion::Down, context),
            Some(Edited::Caret | Edited::Not) => {}
            None => {
                return match action {
                    Action::Motion(motion) => self.go(motion, context),
                    Action::Control(Control::Cancel)
                    | Action::Command(Command::Quit)
                    | Action::Walk(Walk::Contents) => Some(Request::Close.into()),
                    _ => None,
                };
            }
        }
        Some(Outcome::none())
    }

    fn go(&mut self, motion: Motion, context: &Context<'_>) -> Option<Outcome> {
        self.choice = moved(self.choice, motion, self.found(context).len(), context)?;
        Some(Outcome::none())
    }

    /// Takes letters that are typed.
    pub fn write(&mut self, text: &str) {
        self.filter.input.write(text);
        self.choice = 0;
    }

    fn enter(&self, context: &Context<'_>) -> Outcome {
        let closed = Outcome::from(Request::Close);
        match self.found(context).get(self.choice) {
            Some((_, span)) => closed.then([Request::Leave, Request::ScrollTo(span.start), Request::PutCursor(*span)]),
            None => closed,
        }
    }

    /// Goes to what was clicked.
    pub fn press(&mut self, line: usize, context: &Context<'_>) -> Outcome {
        if line >= self.found(context).len() {
            return Outcome::none();
        }
        self.choice = line;
        self.enter(context)
    }

    /// How it is drawn: what lies deeper is set in, and at the end stands how far down in the text it is.
    #[must_use]
    pub fn list(&self, context: &Context<'_>) -> List {
        let here = context.here();
        let (found, total) = (self.found(context), here.document.text().len().max(1));
        let highest = found.iter().map(|(level, _)| *level).min().unwrap_or(1);
        let lines = found.iter().map(|(level, span)| {
            let depth = usize::from(level.saturating_sub(highest));
            let text = here.document.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ");
            let percent = context.number(100 * span.start / total);
            let end = context.text(Phrase::PerCent { percent: &percent });
            ListLine { key: String::new(), text: format!("{}{text}", "\u{a0}\u{a0}".repeat(depth)), end }
        });
        let list = List::in_the_middle(found.len(), 0, context);
        let title = self.filter.title(&context.text(Phrase::Contents), context);
        List { title, lines: lines.collect(), choice: Some(self.choice), keys: 0, ..list }
    }
}
