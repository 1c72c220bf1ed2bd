//! Addresses: the one under the cursor, and the one that the article came from.

use super::{
    context::Context,
    document::OpenDocument,
    event::Effect,
    outcome::{Outcome, Request},
};
use crate::{
    text::{Address, Span, addresses},
    tui::strings::Phrase,
};

/// Opens the address under the cursor, else the first in its row, else that of the article itself. Only pages of the web.
pub fn open(context: &Context<'_>) -> Outcome {
    let here = context.here();
    let text = here.document.text();
    let seen = here.seen(context.window());
    // Scrolled away from the cursor, it is the first row that is read.
    let at = if here.cursor.overlaps(seen) || seen.contains(here.cursor.start) {
        here.cursor
    } else {
        Span::new(seen.start, seen.start)
    };
    let row = here.page.at(&here.document, at.start).span();
    let first = |span: Span| addresses(text, span).into_iter().map(|found| found.1).find(Address::is_page);
    match first(at).or_else(|| first(row)).or_else(|| source(here)) {
        Some(address) => {
            let said = context.text(Phrase::Opening { address: address.as_str() });
            Outcome::say(said).then(Request::Effect(Effect::OpenAddress(address)))
        }
        None => Outcome::say(context.text(Phrase::NoAddress)),
    }
}

/// The address of the page that the article is from, as its source states it, or as it was asked for.
#[must_use]
pub fn source(here: &OpenDocument) -> Option<Address> {
    let stated = here.document.metadata().url.as_deref();
    let asked = here.document.origin().path.as_deref();
    [stated, asked].into_iter().flatten().filter_map(Address::read).find(Address::is_page)
}
