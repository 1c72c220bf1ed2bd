//! What goes into joining and what comes out of it.

use super::name::{Name, key};
use super::vocabulary::{NONE, Vocabulary};
use crate::annotation::Kind;

/// What documents say of people, organizations and places: a row for each in each document, added in the order of the
/// documents. A row takes some fifty bytes, whatever the names are, since each text is kept once.
#[derive(Debug, Default)]
pub struct Appearances {
    rows: Vec<Row>,
    forms: Vec<(u32, u32)>,
    words: Vec<u32>,
    pub(super) vocabulary: Vocabulary,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
struct Row {
    document: u32,
    kind: Kind,
    day: Option<i32>,
    forms_end: u32,
    words_end: u32,
    own: u32,
}

impl Appearances {
    /// Adds what a document says of one: of what kind it is, the forms of its name there with how often each stands,
    /// its roles, and the day of the document since 1970. What is said of a document comes together.
    pub fn push<'a>(
        &mut self,
        (document, day): (u32, Option<i32>),
        kind: Kind,
        forms: impl IntoIterator<Item = (&'a str, u32)>,
        roles: impl IntoIterator<Item = &'a str>,
    ) {
        let from = self.forms.len();
        for (form, count) in forms {
            self.forms.push((self.vocabulary.form(form, kind), count));
        }
        let begun = self.words.len();
        for role in roles {
            self.words.extend_from_slice(self.vocabulary.role(role));
        }
        if let Some(words) = self.words.get_mut(begun..) {
            words.sort_unstable();
        }
        let mut last = None;
        let mut kept = begun;
        for at in begun..self.words.len() {
            let word = self.words.get(at).copied();
            if word != last
                && let (Some(place), Some(word)) = (self.words.get_mut(kept), word)
            {
                *place = word;
                kept += 1;
            }
            last = word;
        }
        self.words.truncate(kept);
        // The fullest form is the name's; a shorter one (الخارجية) may be many bodies'.
        let forms = self.forms.get(from..).unwrap_or_default().iter().map(|form| form.0);
        let longest = forms.max_by_key(|&form| self.vocabulary.length(form));
        let longest = longest.unwrap_or_else(|| self.vocabulary.form("", kind));
        let own = self.vocabulary.feature(longest, kind);
        let end = |length: usize| u32::try_from(length).unwrap_or(NONE);
        self.rows.push(Row { document, kind, day, forms_end: end(self.forms.len()), words_end: end(kept), own });
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The forms of the name of one, with how often each stands in its document.
    pub fn forms(&self, at: u32) -> impl Iterator<Item = (&str, u32)> + Clone {
        self.form_numbers(at).iter().map(|&(form, count)| (self.vocabulary.text(form), count))
    }

    /// What the spellings of a name share, as [`Appearances::spellings`] gives it; none where nothing is called so.
    #[must_use]
    pub fn spelling(&self, kind: Kind, name: &str) -> Option<u32> {
        let spelling = match kind {
            Kind::Person => Name::new(name).key(),
            _ => key(name),
        };
        self.vocabulary.names.known(&format!("{}{spelling}", kind.letter()))
    }

    /// What the spellings of each form of one share: equal numbers for forms that are one but for hamza and the like.
    pub fn spellings(&self, at: u32) -> impl Iterator<Item = u32> + Clone {
        let kind = self.kind(at);
        self.form_numbers(at).iter().map(move |&(form, _)| self.vocabulary.feature(form, kind))
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self, at: u32) -> Kind {
        self.rows.get(at as usize).map_or(Kind::Person, |row| row.kind)
    }

    /// Its document.
    #[must_use]
    pub fn document(&self, at: u32) -> u32 {
        self.rows.get(at as usize).map_or(NONE, |row| row.document)
    }

    pub(super) fn day(&self, at: u32) -> Option<i32> {
        self.rows.get(at as usize).and_then(|row| row.day)
    }

    /// What the spellings of its fullest form share.
    pub(super) fn own(&self, at: u32) -> u32 {
        self.rows.get(at as usize).map_or(NONE, |row| row.own)
    }

    pub(super) fn form_numbers(&self, at: u32) -> &[(u32, u32)] {
        let (from, to) = self.ends(at, |row| row.forms_end);
        self.forms.get(from..to).unwrap_or_default()
    }

    /// The words of its roles, sorted.
    pub(super) fn words(&self, at: u32) -> &[u32] {
        let (from, to) = self.ends(at, |row| row.words_end);
        self.words.get(from..to).unwrap_or_default()
    }

    fn ends(&self, at: u32, end: impl Fn(&Row) -> u32) -> (usize, usize) {
        let before = at.checked_sub(1).and_then(|before| self.rows.get(before as usize));
        let to = self.rows.get(at as usize).map_or(0, &end);
        (before.map_or(0, end) as usize, to as usize)
    }

    /// The numbers of all of them.
    pub(super) fn all(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.rows.len()).unwrap_or(NONE)
    }
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
    /// Its number in the order in which they were added.
    pub appearance: u32,
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
