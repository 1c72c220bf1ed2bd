//! Texts that are too long to be looked through: names and quotes are those of a part, and a key asks for another.

use super::{
    context::Context,
    document::Progress,
    event::Effect,
    outcome::{Outcome, Request},
};
use crate::{
    text::Span,
    tui::{action::Command, strings::Phrase},
};

/// Says of which part of the text the findings are.
pub fn known(part: Span, context: &Context<'_>) -> Outcome {
    if part.is_empty() {
        return Outcome::none();
    }
    let length = context.here().document.text().len().max(1);
    let share = |place: usize| context.number(place * 100 / length);
    let key = context.config.keymap.first(Command::LookHere.into());
    Outcome::say(context.text(Phrase::Partly { from: &share(part.start), to: &share(part.end), key: &key }))
}

/// Asks for the names and quotes around the topmost row.
pub fn look_here(context: &Context<'_>) -> Outcome {
    let here = context.here();
    let phrase = match (here.progress, here.part) {
        (Progress::Loading, _) => Phrase::Loading,
        (Progress::Extracting(_), _) => Phrase::WhyWorking,
        (Progress::Done, None) => Phrase::LongEnough,
        (Progress::Done, Some(_)) => {
            return Request::Effect(Effect::Look(context.documents.current(), here.top)).into();
        }
    };
    Outcome::say(context.text(phrase))
}
