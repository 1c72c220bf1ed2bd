//! Lists of what a person decided: what was rejected, and what has no place in the text any more.

use super::choose::known;
use crate::{
    annotation::{Edit, Rejected, Target},
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
        let edit = match kind {
            Some(kind) => Edit::AddMention(span, known(span, kind, context).map_or(Target::New(kind), Target::Entity)),
            None => here.quote_again(span),
        };
        Request::Edit(edit).into()
    }

    /// How it is drawn.
    #[must_use]
    pub fn list(self, context: &Context<'_>) -> List {
        let rejected = &context.here().annotations.rejected;
        let lines = rejected.iter().map(|item| {
            let what = if item.kind.is_some() { Phrase::LostMention } else { Phrase::LostQuote };
            ListLine::new(context.text(what), context.words(item.span))
        });
        let list = List::in_the_corner(rejected.len(), context);
        List { title: context.text(Phrase::Rejected), lines: lines.collect(), choice: Some(self.choice), ..list }
    }
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
