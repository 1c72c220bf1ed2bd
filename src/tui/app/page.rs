//! What the mouse does to the article and beside it.

use super::{
    context::Context,
    correct::span::word_at,
    document::reading::{ScreenLine, Way},
    event::Mouse,
    geometry::Area,
    outcome::{Outcome, Request},
    selection::{Focus, Selection},
};
use crate::{text::Span, tui::strings::Phrase};

/// Rows that a notch of the wheel moves.
pub const WHEEL: usize = 3;

/// The wheel over the text.
pub fn wheel(way: Way, context: &Context<'_>) -> Outcome {
    let rows = if way == Way::On { WHEEL.cast_signed() } else { -WHEEL.cast_signed() };
    Request::ScrollTo(context.here().scrolled(rows, context.window())).into()
}

/// The cursor goes where the click was; a name or a quote there is selected.
pub fn press(mouse: Mouse, context: &Context<'_>) -> Outcome {
    let outcome = Outcome::from(Request::Focus(Focus::Text));
    let Some(offset) = context.offset_at(mouse.column, mouse.row) else {
        return outcome.then(Request::Mark(None));
    };
    let point = Span::new(offset, offset);
    let outcome = outcome.then(Request::Mark(Some(point)));
    match context.here().at(offset) {
        Some((target, span)) => {
            let cursor = if matches!(target, Selection::Entity(_)) { span } else { point };
            outcome.then([Request::Point(cursor), Request::Highlight(Some(target))])
        }
        None => outcome.then(Request::Point(point)),
    }
}

/// A second click at once marks the word.
pub fn press_again(mouse: Mouse, context: &Context<'_>) -> Outcome {
    let word = context.offset_at(mouse.column, mouse.row).and_then(|offset| {
        let document = &context.here().document;
        word_at(document, offset).filter(|word| word.contains(offset))
    });
    word.map(|word| Request::Mark(Some(word))).into()
}

/// Goes to the part of the document that a place of the map stands for.
pub fn press_map(map: Area, row: u16, context: &Context<'_>) -> Outcome {
    let here = context.here();
    let share = usize::from(row - map.y) * here.document.text().len() / usize::from(map.height.max(1));
    let top = here.page.at(&here.document, share).anchor().min(here.last_top(context.window()));
    [Request::Leave, Request::ScrollTo(top)].into()
}

/// Selects the quote that the mark in the margin is of.
pub fn press_margin(row: usize, context: &Context<'_>) -> Outcome {
    let here = context.here();
    let lines = here.lines(context.window());
    let Some(ScreenLine::Text(placed)) = lines.get(row) else { return Outcome::none() };
    let Some(quote) = here.quotes_in(placed.span()).last() else { return Outcome::none() };
    [
        Request::Focus(Focus::Text),
        Request::Leave,
        Request::Highlight(Some(Selection::Quote(quote.id))),
        Request::PutCursor(quote.span),
    ]
    .into()
}

/// At the edge of the page the text moves while it is drawn on.
pub fn drag_scrolls(mouse: Mouse, context: &Context<'_>) -> Outcome {
    let page = context.areas().page;
    if context.marked.is_none() {
        Outcome::none()
    } else if mouse.row <= page.y {
        wheel(Way::Back, context)
    } else if mouse.row + 1 >= page.bottom() {
        wheel(Way::On, context)
    } else {
        Outcome::none()
    }
}

/// Marks the text from where the button went down.
pub fn drag(mouse: Mouse, context: &Context<'_>) -> Outcome {
    let (Some(marked), Some(offset)) = (context.marked, context.offset_near(mouse.column, mouse.row)) else {
        return Outcome::none();
    };
    // The end that was pressed first is the one that the cursor did not leave.
    let fixed = if context.here().cursor.start == marked.end { marked.end } else { marked.start };
    let marked = if offset < fixed { Span::new(offset, fixed) } else { Span::new(fixed, context.after(offset)) };
    Request::Mark(Some(marked)).into()
}

/// The button went up: what was drawn on stays marked.
pub fn release(context: &Context<'_>) -> Outcome {
    match context.marked {
        Some(marked) if marked.is_empty() => Request::Mark(None).into(),
        Some(_) => Outcome::say(context.text(Phrase::Marked)),
        None => Outcome::none(),
    }
}
