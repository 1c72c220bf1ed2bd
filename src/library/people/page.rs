//! What is known of one, as the page of `rawi people` has it and as a line of JSON.

use serde::Serialize;

/// One person, organization or place over all documents, in numbers. Copies of a document count with it as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// `person`, `organization` or `place`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Documents that name it.
    pub documents: u64,
    /// How often they do.
    pub mentions: u64,
    /// What it is quoted with.
    pub quotes: u64,
    /// The first date.
    pub first: Option<String>,
    /// The last date.
    pub last: Option<String>,
}

/// A role with how many documents give it, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// Its words.
    pub text: String,
    /// How many documents give it.
    pub documents: u64,
    /// The first date.
    pub first: Option<String>,
    /// The last date.
    pub last: Option<String>,
}

/// A document that names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InDocument {
    /// The document's number.
    #[serde(skip)]
    pub document: i64,
    /// The document's name.
    pub id: String,
    /// The document's headline.
    pub title: Option<String>,
    /// The document's date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The forms of the name there.
    pub forms: Vec<String>,
    /// How often it is named there.
    pub mentions: u64,
    /// What it is quoted with there.
    pub quotes: u64,
    /// Why it is taken for this one.
    pub reason: Option<String>,
    /// How surely, 0 to 1.
    pub confidence: Option<f64>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The document's name.
    pub document: String,
    /// The document's date.
    pub date: Option<String>,
    /// `direct` or `indirect`.
    pub kind: String,
    /// First code point in the document.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// The words.
    pub text: String,
    /// Who said it, where that is another; the words of the document where it is nobody with a name.
    pub speaker: Option<String>,
}

/// Who appears in the same documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// In how many documents.
    pub documents: u64,
}

/// All that is known of one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// In numbers.
    #[serde(flatten)]
    pub entry: Entry,
    /// The forms of its name with how many documents have each.
    pub spellings: Vec<(String, u64)>,
    /// What documents say it is, the most said first.
    pub roles: Vec<Role>,
    /// The documents, by date.
    pub documents: Vec<InDocument>,
    /// What it said, by date.
    pub said: Vec<Said>,
    /// What others said in which it is named.
    pub said_of: Vec<Said>,
    /// Who appears with it most.
    pub beside: Vec<Beside>,
    /// Documents for each month that has any, `2026-11`.
    pub months: Vec<(String, u64)>,
}

/// A line of `rawi people --format jsonl`.
#[derive(Debug, Serialize)]
pub struct Line {
    id: String,
    name: String,
    kind: String,
    spellings: Vec<String>,
    roles: Vec<RoleCount>,
    mentions: u64,
    quotes: u64,
    first: Option<String>,
    last: Option<String>,
    documents: Vec<DocumentCount>,
}

#[derive(Debug, Serialize)]
struct RoleCount {
    text: String,
    documents: u64,
}

#[derive(Debug, Serialize)]
struct DocumentCount {
    id: String,
    forms: Vec<String>,
    mentions: u64,
    quotes: u64,
    reason: Option<String>,
    confidence: Option<f64>,
}

impl From<&Page> for Line {
    fn from(page: &Page) -> Self {
        let role = |role: &Role| RoleCount { text: role.text.clone(), documents: role.documents };
        let document = |document: &InDocument| DocumentCount {
            id: document.id.clone(),
            forms: document.forms.clone(),
            mentions: document.mentions,
            quotes: document.quotes,
            reason: document.reason.clone(),
            confidence: document.confidence,
        };
        let letter = page.entry.kind.chars().next().filter(|_| page.entry.kind != "place").unwrap_or('l');
        Self {
            id: format!("{letter}{}", page.entry.id),
            name: page.entry.name.clone(),
            kind: page.entry.kind.clone(),
            spellings: page.spellings.iter().map(|spelling| spelling.0.clone()).collect(),
            roles: page.roles.iter().map(role).collect(),
            mentions: page.entry.mentions,
            quotes: page.entry.quotes,
            first: page.entry.first.clone(),
            last: page.entry.last.clone(),
            documents: page.documents.iter().map(document).collect(),
        }
    }
}
