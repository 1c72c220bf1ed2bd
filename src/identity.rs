//! Who is the same person across documents, and why.
//!
//! Within a document the extractor has decided already which mentions name one person; what is joined here is
//! [`Appearance`]s, one person's place in one document. Names that are one but for spelling join when nothing speaks
//! against it; names that are only near, or that leave a part out, need agreement of office or company; a last name
//! alone goes to the person whom its document or its company makes likely, or stays by itself. Nothing depends on the
//! order of the documents. Every link carries a [`Reason`] and how sure it is.
//!
//! The joining of names goes by points: how near the spelling is, what the offices share, whom they appear with; four
//! make a link. The measure is B-cubed over surface forms (Bagga and Baldwin 1998).

mod appearance;
mod evidence;
mod join;
mod lone;
pub mod name;
#[cfg(test)]
mod tests;

use crate::annotation::Kind;
use evidence::Evidence;
use name::Name;
use std::collections::HashMap;

pub use appearance::{Appearance, Identity, Link, Reason};
pub use name::key;

/// Joins appearances. The identities come in the order of their first appearance.
#[must_use]
pub fn resolve(appearances: &[Appearance]) -> Vec<Identity> {
    let evidence = Evidence::new(appearances);
    let mut groups: Vec<Vec<Link>> = join::people(appearances, &evidence);
    groups.extend(others(appearances));
    let mut found: Vec<Identity> = groups.into_iter().filter_map(|links| identity(appearances, links)).collect();
    found.sort_by_key(|identity| identity.links.first().map(|link| link.appearance));
    found
}

fn identity(appearances: &[Appearance], mut links: Vec<Link>) -> Option<Identity> {
    links.sort_by_key(|link| link.appearance);
    let kind = appearances.get(links.first()?.appearance)?.kind;
    let mut forms: HashMap<&str, (usize, u32)> = HashMap::new();
    for (form, count) in links.iter().filter_map(|link| appearances.get(link.appearance)).flat_map(|seen| &seen.forms) {
        let entry = forms.entry(form).or_default();
        *entry = (entry.0 + 1, entry.1 + count);
    }
    // A full name says more than the last name that most documents go on with; of two, the one that more use.
    let worth = |form: &str, documents: usize| match kind {
        Kind::Person => (Name::new(form).is_full(), documents),
        _ => (true, documents),
    };
    let best = forms.iter().max_by_key(|&(form, &(documents, count))| {
        (worth(form, documents), form.chars().count(), count, std::cmp::Reverse(*form))
    });
    let name = best.map(|(form, _)| (*form).to_owned()).unwrap_or_default();
    Some(Identity { kind, name, links })
}

/// Organizations and places: names that are one but for hamza, blanks and article.
fn others(appearances: &[Appearance]) -> Vec<Vec<Link>> {
    let mut groups: HashMap<(Kind, String), Vec<Link>> = HashMap::new();
    for (appearance, seen) in appearances.iter().enumerate().filter(|(_, seen)| seen.kind != Kind::Person) {
        // The fullest form is the entity's; a shorter one (الخارجية) may be many bodies'.
        let longest = seen.forms.iter().max_by_key(|(form, _)| form.chars().count());
        let key = longest.map(|(form, _)| key(form)).unwrap_or_default();
        let group = groups.entry((seen.kind, key)).or_default();
        let reason = if group.is_empty() { Reason::Itself } else { Reason::SameName };
        group.push(Link { appearance, reason, confidence: 0.95 });
    }
    groups.into_values().collect()
}
