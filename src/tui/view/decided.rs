//! The mark of who decided, and of doubt.

use crate::{
    annotation::Provenance,
    tui::app::{correct::describe::is_unsure, document::OpenDocument, selection::Selection, verdict},
};

/// The mark before a line of the panel: decided by a person, or unsure.
pub fn mark(here: &OpenDocument, target: Selection) -> &'static str {
    let (by, confidence) = match target {
        Selection::Entity(id) if here.index.is_settled(id) => return "✓",
        Selection::Entity(id) => {
            let own = here.entity(id).map(|entity| entity.provenance);
            (own.unwrap_or_default(), here.index.sureness(id))
        }
        Selection::Quote(id) => {
            if let Some(checked) = here.checked.of(id) {
                return verdict::sign(checked);
            }
            let quote = here.quote(id);
            if quote.is_some_and(|quote| quote.is_doubtful(here.doubt)) {
                return "?";
            }
            quote.map_or((Provenance::Model, 1.0), |quote| (quote.provenance, quote.confidence))
        }
        _ => return " ",
    };
    match by {
        Provenance::Person(_) => "✓",
        Provenance::Model if is_unsure(by, confidence) => "?",
        Provenance::Model | Provenance::Imported => " ",
    }
}
