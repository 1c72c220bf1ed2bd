//! Copying.

use super::{
    context::Context,
    document::OpenDocument,
    event::Effect,
    outcome::{Outcome, Request},
    selection::Selection,
    speaker::speaker,
};
use crate::{annotation::Quote, text::Span, tui::strings::Phrase};

/// What is marked, else what is under the cursor, else the quote that is selected.
fn span(context: &Context<'_>) -> Span {
    let here = context.here();
    let quote = match here.selected {
        Some(Selection::Quote(id)) => here.quote(id).map(|quote| quote.span),
        _ => None,
    };
    let cursor = Some(here.cursor).filter(|cursor| !cursor.is_empty());
    context.marked.or(cursor).or(quote).unwrap_or_default()
}

/// Copies what is marked or under the cursor, in logical order.
pub fn copy(context: &Context<'_>) -> Outcome {
    copied(context.here().document.slice(span(context)).to_owned(), context)
}

/// Copies it in quotation marks, with who says it, in which role, and the title and the address of the document.
pub fn copy_with_source(context: &Context<'_>) -> Outcome {
    let (here, span) = (context.here(), span(context));
    let words = here.document.slice(span);
    if words.is_empty() {
        return copied(String::new(), context);
    }
    let quote = here.quotes_in(span).find(|quote| quote.span.start <= span.start && span.end <= quote.span.end);
    let title = here.title.map(|title| here.document.slice(title).trim().to_owned());
    let path = here.document.origin().path.clone();
    let page = here.document.page_at(span.start).map(|page| {
        let (page, pages) = (context.number(page), context.number(here.document.pages().len()));
        // Without the isolates that keep its numbers in place on the screen.
        context.text(Phrase::OnPage { page: &page, pages: &pages }).replace(['\u{2068}', '\u{2069}'], "")
    });
    let by = quote.and_then(|quote| by(quote, here));
    let source: Vec<String> = by.into_iter().chain(title).chain(path).chain(page).collect();
    let text = if source.is_empty() { format!("«{words}»") } else { format!("«{words}»\n{}", source.join("، ")) };
    copied(text, context)
}

/// Who says a quote, and the role of the speaker.
fn by(quote: &Quote, here: &OpenDocument) -> Option<String> {
    let name = speaker(here, quote)?;
    let entity = quote.said_by(here.doubt).and_then(|speaker| here.entity(speaker.entity?));
    let role = entity.and_then(|entity| entity.roles.first());
    Some(role.map_or_else(|| name.to_owned(), |role| format!("{name}، {}", role.text)))
}

fn copied(text: String, context: &Context<'_>) -> Outcome {
    if text.is_empty() {
        return Outcome::say(context.text(Phrase::NothingToCopy));
    }
    Outcome::say(context.text(Phrase::Copied)).then(Request::Effect(Effect::Copy(text)))
}
