//! The names by which speakers are shown.

use super::document::OpenDocument;
use crate::annotation::Quote;

/// The shortest name of who said it.
#[must_use]
pub fn speaker_short<'o>(opened: &'o OpenDocument, quote: &Quote) -> Option<&'o str> {
    let entity = quote.speaker.as_ref().and_then(|speaker| opened.entity(speaker.entity?));
    let names = entity.map(|entity| entity.aliases.iter().map(String::as_str).chain([entity.name.as_str()]));
    names.and_then(|names| names.min_by_key(|name| name.chars().count())).or_else(|| speaker(opened, quote))
}

/// The name of who said it, or the words that stand for one.
#[must_use]
pub fn speaker<'o>(opened: &'o OpenDocument, quote: &Quote) -> Option<&'o str> {
    let speaker = quote.speaker.as_ref()?;
    let entity = speaker.entity.and_then(|id| opened.entity(id));
    Some(entity.map_or_else(|| opened.document.slice(speaker.span), |entity| entity.name.as_str()))
}
