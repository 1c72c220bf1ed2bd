//! Lists of what a person decided: what was rejected, and what has no place in the text any more.

use super::choose::known;
use crate::{
    annotation::{Edit, Rejected, Target},
    text::Span,
    tui::{
        action::{Action, Command, Control, Correction},
        app::{
            context::Context,
            outcome::{Outcome, Request},
            overlay::list::{List, ListLine, moved},
        },
        strings::Phrase,
    },
};

/// What was rejected, to bring it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RejectedList {
    choice: usize,
}

impl RejectedList {
    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        Some(match action {
            Action::Motion(motion) => {
                let lines = context.here().annotations.rejected.len();
                self.choice = moved(self.choice, motion, lines, context)?;
                Outcome::none()
            }
            Action::Control(Control::Enter) => Outcome::from(Request::Close).then(self.bring_back(context)),
            Action::Control(Control::Cancel)
            | Action::Command(Command::Quit)
            | Action::Correction(Correction::Rejected) => Request::Close.into(),
            _ => return None,
        })
    }

    /// Brings back what was rejected: a person has decided on it twice now.
    fn bring_back(self, context: &Context<'_>) -> Outcome {
        let here = context.here();
        if let Some(reason) = here.persistence.refusal() {
            return Outcome::fault(context.text(reason));
        }
        let Some(&Rejected { span, kind, .. }) = here.annotations.rejected.get(self.choice) else {
            return Outcome::none();
        };
        match kind {
            // The other places of the name are offered, among them those that were rejected with it.
            Some(kind) => {
                let target = known(span, kind, context).map_or(Target::New(kind), Target::Entity);
                [Request::Edit(Edit::AddMention(span, target)), Request::OfferPlaces(span)].into()
            }
            None => Request::Edit(here.quote_again(span)).into(),
        }
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let rejected = &context.here().annotations.rejected;
        let lines = rejected.iter().map(|item| {
            let what = if item.kind.is_some() { Phrase::LostMention } else { Phrase::LostQuote };
            ListLine::new(context.text(what), context.words(item.span))
        });
        let list = List::in_the_middle(rejected.len(), FOOT, context);
        let foot = rejected.get(self.choice).map(|item| around(item.span, context));
        let choice = Some(self.choice);
        List { title: context.text(Phrase::Rejected), lines: lines.collect(), choice, foot, keys: 8, ..list }
    }
}

/// Rows below the list: the sentence of the chosen one.
const FOOT: u16 = 2;

/// The words around a span, as many on both sides.
fn around(span: Span, context: &Context<'_>) -> String {
    const WORDS: usize = 5;
    let document = &context.here().document;
    let paragraph = document.paragraph_at(span.start);
    let (before, after) = (Span::new(paragraph.start, span.start), Span::new(span.end, paragraph.end.max(span.end)));
    let mut left: Vec<&str> = document.slice(before).split_whitespace().rev().take(WORDS).collect();
    left.reverse();
    let right: Vec<&str> = document.slice(after).split_whitespace().take(WORDS).collect();
    let glued = |text: &str, end: bool| {
        let edge = if end { text.chars().next_back() } else { text.chars().next() };
        if edge.is_some_and(|edge| !edge.is_whitespace()) { "" } else { " " }
    };
    let (one, two) = (glued(document.slice(before), true), glued(document.slice(after), false));
    format!("… {}{one}[{}]{two}{} …", left.join(" "), context.words(span), right.join(" "))
}

/// What found no place in the text, to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrphanList {
    choice: usize,
}

impl OrphanList {
    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match action {
            Action::Motion(motion) => {
                self.choice = moved(self.choice, motion, context.here().orphans.len(), context)?;
                Some(Outcome::none())
            }
            Action::Control(Control::Enter | Control::Cancel) | Action::Command(Command::Quit) => {
                Some(Request::Close.into())
            }
            _ => None,
        }
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let orphans = &context.here().orphans;
        let lines = orphans.iter().map(|orphan| ListLine::new(context.text(orphan.what), orphan.words.clone()));
        let list = List::in_the_corner(orphans.len(), context);
        List { title: context.text(Phrase::Lost), lines: lines.collect(), choice: Some(self.choice), ..list }
    }
}
