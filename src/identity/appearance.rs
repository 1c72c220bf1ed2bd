//! What goes into joining and what comes out of it.

use crate::annotation::Kind;

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
