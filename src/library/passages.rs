//! Documents that share a passage with other words, for checking quotes.

use super::{Error, Library, add, words::stem};
use crate::annotation::Kind;
use rusqlite::OptionalExtension;
use std::collections::{HashMap, HashSet};

/// Words of a passage that are looked up together.
const WINDOW: usize = 3;

/// Windows that are looked up, from all over the passage.
const WINDOWS: usize = 6;

/// A document that may hold a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its number.
    pub number: i64,
    /// Whether it has every sequence of words that was looked up.
    pub whole: bool,
}

/// A document in which a passage is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
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
    /// Its text.
    pub text: String,
    /// Its quotes, by place.
    pub quotes: Vec<QuoteAt>,
    /// Where it names somebody or something, in code points.
    pub names: Vec<(usize, usize)>,
}

/// A quote of a document, with who says it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteAt {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Who speaks, over all documents.
    pub identity: Option<i64>,
    /// What that is: a person, an organization, a place.
    pub kind: Option<Kind>,
    /// The name, else the words of the document.
    pub speaker: Option<String>,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
}

/// Looks up passages, and keeps what is asked for again: how many documents have a stem, which are copies.
#[derive(Debug)]
pub struct Passages<'a> {
    library: &'a Library,
    weights: HashMap<String, f64>,
    originals: HashMap<i64, i64>,
}

impl<'a> Passages<'a> {
    /// To look up passages in a library.
    ///
    /// # Errors
    /// [`Error`].
    pub fn new(library: &'a Library) -> Result<Self, Error> {
        let sql = "SELECT id, copy_of FROM documents WHERE copy_of IS NOT NULL";
        let originals = library.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self { library, weights: HashMap::new(), originals: originals.into_iter().collect() })
    }

    /// The documents that share the rarest sequences of a passage's folded words, those that share most first. Of a
    /// document and its copies one is given: the original, unless a copy shares more.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find(&mut self, words: &[&str], limit: usize) -> Result<Vec<Candidate>, Error> {
        let stems: Vec<&str> = words.iter().map(|word| stem(word)).collect();
        for stem in &stems {
            if !self.weights.contains_key(*stem) {
                let weight = (1.0 + frequency(self.library, stem)? as f64).ln();
                self.weights.insert((*stem).to_owned(), weight);
            }
        }
        let width = WINDOW.min(stems.len());
        if width == 0 {
            return Ok(Vec::new());
        }
        let of = |stem: &str| self.weights.get(stem).copied().unwrap_or(0.0);
        let weight = |window: &[&str]| window.iter().map(|stem| of(stem)).sum::<f64>();
        let windows: Vec<&[&str]> = stems.windows(width).collect();
        // The rarest of each part, so that a passage is found by whatever part of it is unchanged.
        let parts = WINDOWS.min(windows.len());
        let mut chosen: Vec<&[&str]> = Vec::new();
        for part in 0..parts {
            let (from, to) = (windows.len() * part / parts, windows.len() * (part + 1) / parts);
            let inside = windows.get(from..to).unwrap_or_default();
            chosen.extend(inside.iter().min_by(|left, right| weight(left).total_cmp(&weight(right))));
        }
        let mut shared: HashMap<i64, (usize, f64)> = HashMap::new();
        for window in &chosen {
            let found = documents(self.library, &format!("stems : \"{}\"", window.join(" ")))?;
            // What few documents have says more.
            let worth = 1.0 / (1.0 + found.len() as f64).ln();
            for document in found {
                let entry = shared.entry(document).or_default();
                *entry = (entry.0 + 1, entry.1 + worth);
            }
        }
        if shared.is_empty() && stems.len() > WINDOW {
            // Every sequence is broken: the rarest words near each other.
            let mut rare: Vec<&str> = stems.clone();
            rare.sort_by(|left, right| of(left).total_cmp(&of(right)));
            rare.dedup();
            rare.truncate(3);
            let phrases: Vec<String> = rare.iter().map(|stem| format!("\"{stem}\"")).collect();
            let asked = format!("stems : NEAR({}, {})", phrases.join(" "), stems.len() + 4);
            shared.extend(documents(self.library, &asked)?.into_iter().map(|document| (document, (0, 1.0))));
        }
        let mut found: Vec<(i64, usize, f64)> =
            shared.into_iter().map(|(document, (count, worth))| (document, count, worth)).collect();
        found.sort_by(|left, right| right.2.total_cmp(&left.2).then(left.0.cmp(&right.0)));
        let mut seen = HashSet::new();
        found.retain(|&(document, ..)| seen.insert(self.originals.get(&document).copied().unwrap_or(document)));
        found.truncate(limit);
        Ok(found.into_iter().map(|(number, count, _)| Candidate { number, whole: count == chosen.len() }).collect())
    }
}

/// The documents that a question to the full text finds.
fn documents(library: &Library, asked: &str) -> Result<Vec<i64>, Error> {
    library.rows("SELECT rowid FROM search WHERE search MATCH ?", [asked], |row| row.get(0))
}

/// How many documents have a stem; counted up to a few thousand.
fn frequency(library: &Library, stem: &str) -> Result<u64, Error> {
    let made = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, col)";
    let ask = || {
        let mut statement =
            library.db.prepare_cached("SELECT doc FROM temp.vocabulary WHERE term = ? AND col = 'stems'")?;
        statement.query_row([stem], |row| row.get(0)).optional()
    };
    let found = ask().or_else(|_| {
        library.db.execute_batch(made)?;
        ask()
    });
    Ok(found.map_err(|error| library.fail(error))?.unwrap_or(0))
}

/// A document with its quotes and names; none where it is not there any more.
///
/// # Errors
/// [`Error`].
pub fn held(library: &Library, document: i64) -> Result<Option<Held>, Error> {
    let sql = "SELECT name, title, date, outlet, text FROM documents WHERE id = ?";
    let found = library.rows(sql, [document], |row| {
        let (name, title, date) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (outlet, text) = (row.get(3)?, row.get(4)?);
        Ok(Held { number: document, name, title, date, outlet, text, quotes: Vec::new(), names: Vec::new() })
    })?;
    let Some(mut held) = found.into_iter().next() else { return Ok(None) };
    held.quotes = quotes_in(library, document)?;
    let sql = "SELECT start, end FROM mentions JOIN entities ON entities.id = entity WHERE entities.document = ?";
    held.names = library.rows(sql, [document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(held))
}

fn quotes_in(library: &Library, document: i64) -> Result<Vec<QuoteAt>, Error> {
    let sql = "SELECT start, end, identities.id, coalesce(identities.name, speaker_text), coalesce(speaker_confidence, 0), \
                      identities.kind \
               FROM quotes LEFT JOIN entities ON entities.id = speaker LEFT JOIN identities ON identities.id = identity \
               WHERE quotes.document = ? ORDER BY start, end DESC";
    library.rows(sql, [document], |row| {
        Ok(QuoteAt {
            start: row.get(0)?,
            end: row.get(1)?,
            identity: row.get(2)?,
            speaker: row.get(3)?,
            confidence: row.get(4)?,
            kind: row.get::<_, Option<String>>(5)?.as_deref().map(add::kind),
        })
    })
}

/// The forms of an identity's name.
///
/// # Errors
/// [`Error`].
pub fn forms_of(library: &Library, identity: i64) -> Result<Vec<String>, Error> {
    library.rows("SELECT form FROM spellings WHERE identity = ?", [identity], |row| row.get(0))
}
