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

mod evidence;
mod join;
mod lone;
pub mod name;
#[cfg(test)]
mod tests;

use crate::annotation::Kind;
use crate::arabic::normalize::fold;
use evidence::Evidence;
use name::Name;
use std::collections::HashMap;

/// What one document says of one person, organization or place.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The document, by any number that is its own.
    pub document: u32,
    /// What it is.
    pub kind: Kind,
    /// The forms of its name in that document with how often each stands there.
    pub forms: Vec<(String, u32)>,
    /// What the document says it is.
    pub roles: Vec<String>,
    /// Days since 1970, where the document has a date.
    pub day: Option<i32>,
}

/// Why an appearance belongs to an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It is the only one, or the one that the others are joined to.
    Itself,
    /// The names are the same but for hamza, blanks, article and بن.
    SameName,
    /// The names are spellings of one by ear, and nothing speaks against it.
    Spelling,
    /// The names are near, and office or company agree.
    SpellingAndContext,
    /// One name leaves out a part of the other, and office or company agree or there is only one whom it fits.
    Shorter,
    /// One document uses both names.
    OneDocument,
    /// A name alone, of one who is named in full in the same document.
    LoneInDocument,
    /// A name alone, of one whom office and company make likely.
    LoneByContext,
    /// A name alone, of the one person who is commonly called so.
    LoneByFame,
    /// A person said so.
    Decided,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Itself,
        Self::SameName,
        Self::Spelling,
        Self::SpellingAndContext,
        Self::Shorter,
        Self::OneDocument,
        Self::LoneInDocument,
        Self::LoneByContext,
        Self::LoneByFame,
        Self::Decided,
    ];

    /// The name that the library stores.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::SameName => "same name",
            Self::Spelling => "spelling",
            Self::SpellingAndContext => "near spelling and context",
            Self::Shorter => "shorter name",
            Self::OneDocument => "both in one document",
            Self::LoneInDocument => "name alone, in its document",
            Self::LoneByContext => "name alone, by context",
            Self::LoneByFame => "name alone, commonly so called",
            Self::Decided => "decided by a person",
        }
    }
}

/// Why and how surely an appearance belongs where it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Its number in the list that was given.
    pub appearance: usize,
    /// Why.
    pub reason: Reason,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// One person, organization or place over all documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// What it is.
    pub kind: Kind,
    /// The full form of its name that most documents use.
    pub name: String,
    /// Its appearances, in the order in which they were given.
    pub links: Vec<Link>,
}

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

/// What spellings of an organization's or a place's name share.
#[must_use]
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)).collect()
}
