//! What is doubtful, one after another: quotes whose speaker is in doubt, names and quotes that the extractor is not sure
//! of. A key accepts or corrects each, and the next one takes its place.

use super::{correct, describe::is_unsure, subject::Subject};
use crate::{
    annotation::Item,
    text::Span,
    tui::{
        action::{Action, Command, Control, Correction},
        app::{
            context::Context,
            document::OpenDocument,
            outcome::{Outcome, Request},
            overlay::list::{List, ListLine, moved},
            selection::Selection,
        },
        strings::Phrase,
    },
};

/// What is doubtful, one after another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoubtList {
    choice: usize,
}

/// What is doubtful in a document, by position, and where.
#[must_use]
pub fn doubtful(here: &OpenDocument) -> Vec<(Item, Span)> {
    let unsure = here.annotations.mentions.iter().filter(|one| is_unsure(one.provenance, one.confidence));
    let mentions = unsure.map(|mention| (Item::Mention(mention.id), mention.span));
    let quotes = here.annotations.quotes.iter();
    let quotes = quotes.filter(|quote| quote.is_doubtful(here.doubt) || is_unsure(quote.provenance, quote.confidence));
    let mut all: Vec<(Item, Span)> = mentions.chain(quotes.map(|quote| (Item::Quote(quote.id), quote.span))).collect();
    all.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
    all
}

impl DoubtList {
    /// Takes an action; none where it is not for it. The key that opened it closes it too.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        let all = doubtful(context.here());
        match action {
            Action::Motion(motion) => {
                self.choice = moved(self.choice, motion, all.len(), context)?;
                return Some(show(&all, self.choice));
            }
            Action::Control(Control::Cancel)
            | Action::Command(Command::Quit)
            | Action::Correction(Correction::Doubtful) => return Some(Request::Close.into()),
            _ => {}
        }
        let (item, _) = *all.get(self.choice)?;
        let correction = match (action, item) {
            (Action::Control(Control::Enter) | Action::Correction(Correction::Menu), Item::Quote(_)) => {
                Correction::Speaker
            }
            (Action::Control(Control::Enter), _) => Correction::Menu,
            (Action::Correction(correction), _) => correction,
            _ => return None,
        };
        let outcome = correct(correction, Some(Subject::Item(item)), context);
        if !matches!(correction, Correction::Accept | Correction::Reject) {
            return Some(outcome);
        }
        // It is decided and no longer in the list: what comes after it is shown.
        let rest: Vec<(Item, Span)> = all.iter().copied().filter(|(other, _)| *other != item).collect();
        self.choice = self.choice.min(rest.len().saturating_sub(1));
        let next = if rest.is_empty() { Outcome::none() } else { Request::Reopen(self.choice).into() };
        Some(outcome.then(next).then(show(&rest, self.choice)))
    }

    /// The list again, with a line chosen.
    #[must_use]
    pub const fn at(choice: usize) -> Self {
        Self { choice }
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let all = doubtful(context.here());
        let lines = all.iter().map(|(item, span)| {
            let what = if matches!(item, Item::Quote(_)) { Phrase::LostQuote } else { Phrase::LostMention };
            ListLine::new(context.text(what), context.words(*span))
        });
        let list = List::in_the_corner(all.len(), context);
        let title = context.text(Phrase::Doubtful { count: &context.number(all.len()) });
        List { title, lines: lines.collect(), choice: Some(self.choice), ..list }
    }
}

/// Shows the chosen one in the text.
fn show(all: &[(Item, Span)], choice: usize) -> Outcome {
    let Some((item, span)) = all.get(choice) else { return Outcome::none() };
    let selected = match item {
        Item::Quote(id) => Some(Request::Highlight(Some(Selection::Quote(*id)))),
        Item::Mention(_) | Item::Entity(_) => None,
    };
    Outcome::from(selected).then(Request::PutCursor(*span))
}
