//! Going about by rows in the plain mode: the row on which the cursor is is the one that is read.

use super::{
    context::Context,
    document::reading::Way,
    navigation,
    outcome::{Outcome, Request},
};
use crate::{
    text::Span,
    tui::{action::Motion, strings::Phrase},
};

/// Moves the cursor to the beginning of another row; a screen further, the text moves with it.
pub fn motion(motion: Motion, context: &Context<'_>) -> Outcome {
    let (here, window) = (context.here(), context.window());
    let start_of = |offset: usize| {
        let start = here.page.at(&here.document, offset).span().start;
        Span::new(start, start)
    };
    let row = here.page.at(&here.document, here.cursor.start);
    let screen = match motion {
        Motion::Down | Motion::Up => {
            let beside = match motion {
                Motion::Down => here.page.after(&here.document, &row),
                _ => here.page.before(&here.document, &row),
            };
            let end = if motion == Motion::Down { Phrase::NoMoreAfter } else { Phrase::NoMoreBefore };
            return match beside {
                Some(beside) => Request::PutCursor(start_of(beside.anchor())).into(),
                None => Outcome::say(context.text(end)),
            };
        }
        Motion::Start => return [Request::Leave, Request::PutCursor(start_of(0))].into(),
        Motion::End => return [Request::Leave, Request::PutCursor(start_of(here.document.text().len()))].into(),
        Motion::Left | Motion::Right => return navigation::motion(motion, context),
        Motion::PageDown | Motion::PageUp => window.height.saturating_sub(2),
        Motion::HalfDown | Motion::HalfUp => window.height / 2,
    };
    let way = if matches!(motion, Motion::PageDown | Motion::HalfDown) { Way::On } else { Way::Back };
    let top = here.turned(screen, way, window);
    if top == here.top {
        // The first or the last screen: to its end.
        let end = if way == Way::On { here.document.text().len() } else { 0 };
        return Request::PutCursor(start_of(end)).into();
    }
    [Request::ScrollTo(top), Request::Point(start_of(top))].into()
}
