//! Who is the same person across documents, and why.
//!
//! Within a document the extractor has decided already which mentions name one person; what is joined here is
//! [`Appearances`], each one person's place in one document. Names that are one but for spelling join when nothing
//! speaks against it; names that are only near, or that leave a part out, need agreement of office or company; a last
//! name alone goes to the person whom its document or its company makes likely, or stays by itself. Nothing depends on
//! the order of the documents. Every link carries a [`Reason`] and how sure it is.
//!
//! The joining of names goes by points: how near the spelling is, what the offices share, whom they appear with; four
//! make a link. The measure is B-cubed over surface forms (Bagga and Baldwin 1998).

mod appearance;
mod candidates;
mod evidence;
mod fit;
mod join;
mod lone;
pub mod name;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::annotation::Kind;
use evidence::Evidence;
use std::collections::HashMap;

pub use appearance::{Appearances, Identity, Link, Reason};
pub use candidates::{Compared, RULES};
pub use name::key;

/// Joins appearances. The identities come in the order of their first appearance. What is remembered of names that have
/// been compared saves time, and changes nothing else.
#[must_use]
pub fn resolve(seen: &Appearances, compared: &mut Compared) -> Vec<Identity> {
    let mut groups: Vec<Vec<Link>> = join::people(seen, &Evidence::new(seen), compared);
    groups.extend(others(seen));
    let mut found: Vec<Identity> = groups.into_iter().filter_map(|links| identity(seen, links)).collect();
    found.sort_by_key(|identity| identity.links.first().map(|link| link.appearance));
    found
}

fn identity(seen: &Appearances, mut links: Vec<Link>) -> Option<Identity> {
    links.sort_unstable_by_key(|link| link.appearance);
    links.shrink_to_fit();
    let kind = seen.kind(links.first()?.appearance);
    let mut forms: HashMap<u32, (usize, u32)> = HashMap::new();
    for &(form, count) in links.iter().flat_map(|link| seen.form_numbers(link.appearance)) {
        let entry = forms.entry(form).or_default();
        *entry = (entry.0 + 1, entry.1 + count);
    }
    let vocabulary = &seen.vocabulary;
    // A full name says more than the last name that most documents go on with; of two, the one that more use.
    let full = |form: u32| kind != Kind::Person || vocabulary.parts(form).len() > 1;
    let best = forms.iter().max_by_key(|&(&form, &(documents, count))| {
        (full(form), documents, vocabulary.length(form), count, std::cmp::Reverse(vocabulary.text(form)))
    });
    let name = best.map(|(&form, _)| vocabulary.text(form).to_owned()).unwrap_or_default();
    Some(Identity { kind, name, links })
}

/// Organizations and places: names that are one but for hamza, blanks and article.
fn others(seen: &Appearances) -> Vec<Vec<Link>> {
    let mut groups: HashMap<u32, Vec<Link>> = HashMap::new();
    for appearance in seen.all().filter(|&at| seen.kind(at) != Kind::Person) {
        let group = groups.entry(seen.own(appearance)).or_default();
        let reason = if group.is_empty() { Reason::Itself } else { Reason::SameName };
        group.push(Link { appearance, reason, confidence: 0.95 });
    }
    groups.into_values().collect()
}
