//! Copying.

use super::{
    context::Context,
    event::Effect,
    outcome::{Outcome, Request},
};
use crate::tui::strings::Phrase;

/// Copies what is marked or under the cursor, in logical order.
pub fn copy(context: &Context<'_>) -> Outcome {
    let here = context.here();
    let span = context.marked.unwrap_or(here.cursor);
    let text = here.document.slice(span).to_owned();
    if text.is_empty() {
        return Outcome::say(context.text(Phrase::NothingToCopy));
    }
    Outcome::say(context.text(Phrase::Copied)).then(Request::Effect(Effect::Copy(text)))
}
