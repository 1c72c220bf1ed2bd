//! What a screen shows of the library: so many rows from a place on, and how many there are. Nothing is read that is
//! not on the screen, so a library of any size answers alike.

mod documents;
mod who;

pub use documents::{articles, documents_of, mentions_of, number_of, said, said_of, stored};
pub use who::{beside, glance, head, may_be_meant, who};

use super::{
    Error, Library,
    people::{Entry, Role},
};
use crate::text::Span;

/// So many rows from a place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The first, from zero on.
    pub from: usize,
    /// How many at most.
    pub count: usize,
}

/// Rows, and how many there are in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// Those that were asked for.
    pub rows: Vec<T>,
    /// All, also those that were not.
    pub total: usize,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

impl<T> Listed<T> {
    /// The same with rows of another kind.
    pub fn map<U>(self, row: impl FnMut(T) -> U) -> Listed<U> {
        Listed { rows: self.rows.into_iter().map(row).collect(), total: self.total }
    }
}

/// In which order a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// People by how many documents name them; documents by date, the latest first.
    #[default]
    Usual,
    /// People by how often they are quoted; documents by who published them.
    Other,
}

impl Order {
    /// The other one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Usual => Self::Other,
            Self::Other => Self::Usual,
        }
    }
}

/// A library at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Documents; copies of a document count with it as one.
    pub documents: usize,
    /// People over all documents.
    pub people: usize,
    /// Organizations.
    pub organizations: usize,
    /// Places.
    pub places: usize,
}

/// A document without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document.
    pub article: Article,
    /// First code point in its text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words around it on one line; of a quote its words.
    pub context: String,
    /// Where in `context` the place is, in bytes.
    pub mark: Span,
    /// Who speaks, of a quote.
    pub speaker: Option<String>,
    /// Whether it is a direct quote.
    pub direct: bool,
}

/// What stands at the head of one's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// In numbers.
    pub entry: Entry,
    /// The forms of its name, the most used first, with how many documents have each; a dozen at most.
    pub spellings: Vec<(String, u64)>,
    /// What documents say it is, the most said first; a few at most.
    pub roles: Vec<Role>,
}

/// A document with its text and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Without its text.
    pub article: Article,
    /// The whole path or the address of what it was read from.
    pub path: String,
    /// Which of the documents there it is; empty where there was one.
    pub part: String,
    /// Its text as it was looked through.
    pub text: String,
    /// Whether it came as a result that was made elsewhere, and was not read here.
    pub is_result: bool,
}

/// Whether a file below the folder, a whole path, is a source of the library.
///
/// # Errors
/// [`Error`].
pub fn holds_folder(library: &Library, folder: &str) -> Result<bool, Error> {
    // The character after the slash ends what begins with it.
    let sql = "SELECT EXISTS (SELECT 1 FROM sources WHERE path >= ?1 || '/' AND path < ?1 || '0')";
    let found = library.rows(sql, [folder.trim_end_matches('/')], |row| row.get(0))?;
    Ok(found.first() == Some(&true))
}
