//! The names by which speakers are shown. Who is in doubt is not named.

use super::document::OpenDocument;
use crate::annotation::Quote;

/// What stands in the place of a speaker who is in doubt.
#[must_use]
pub const fn unknown(rtl: bool) -> &'static str {
    if rtl { "؟" } else { "?" }
}

/// Whether somebody spoke, and it is in doubt who.
#[must_use]
pub fn is_doubtful(opened: &OpenDocument, quote: &Quote) -> bool {
    quote.is_doubtful(opened.doubt)
}

/// The shortest name of who said it.
#[must_use]
pub fn speaker_short<'o>(opened: &'o OpenDocument, quote: &Quote) -> Option<&'o str> {
    let entity = quote.said_by(opened.doubt).and_then(|speaker| opened.entity(speaker.entity?));
    let names = entity.map(|entity| entity.aliases.iter().map(String::as_str).chain([entity.name.as_str()]));
    names.and_then(|names| names.min_by_key(|name| name.chars().count())).or_else(|| speaker(opened, quote))
}

/// The name of who said it, or the words that stand for one.
#[must_use]
pub fn speaker<'o>(opened: &'o OpenDocument, quote: &Quote) -> Option<&'o str> {
    let speaker = quote.said_by(opened.doubt)?;
    let entity = speaker.entity.and_then(|id| opened.entity(id));
    Some(entity.map_or_else(|| opened.document.slice(speaker.span), |entity| entity.name.as_str()))
}

/// Those who may have said it, with their chances from 0 to 1: the likeliest first.
#[must_use]
pub fn candidates<'o>(opened: &'o OpenDocument, quote: &Quote) -> Vec<(&'o str, f32)> {
    let name = |candidate: &crate::annotation::Candidate| {
        let entity = candidate.entity.and_then(|id| opened.entity(id));
        let name = entity.map_or_else(|| opened.document.slice(candidate.span), |entity| entity.name.as_str());
        (name, candidate.chance)
    };
    quote.candidates.iter().map(name).collect()
}
