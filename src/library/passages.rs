//! Documents that share a passage with other words, for checking quotes.

use super::{Error, Library, add, words::stem};
use crate::annotation::Kind;
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;

/// Words of a passage that are looked up together.
const WINDOW: usize = 3;

/// Windows that are looked up, from all over the passage.
const WINDOWS: usize = 6;

/// A document that may hold a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
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

/// The documents that share the rarest sequences of a passage's folded words, those that share most first.
///
/// # Errors
/// [`Error`].
pub fn with_passage(library: &Library, words: &[&str], limit: usize) -> Result<Vec<Candidate>, Error> {
    let stems: Vec<&str> = words.iter().map(|word| stem(word)).collect();
    let mut weights: HashMap<&str, f64> = HashMap::new();
    for stem in &stems {
        if !weights.contains_key(stem) {
            weights.insert(stem, (1.0 + frequency(library, stem)? as f64).ln());
        }
    }
    let width = WINDOW.min(stems.len());
    if width == 0 {
        return Ok(Vec::new());
    }
    let weight = |window: &[&str]| window.iter().map(|stem| weights.get(stem).copied().unwrap_or(0.0)).sum::<f64>();
    let windows: Vec<&[&str]> = stems.windows(width).collect();
    // The rarest of each part, so that a passage is found by whatever part of it is unchanged.
    let parts = WINDOWS.min(windows.len());
    let mut chosen: Vec<String> = Vec::new();
    for part in 0..parts {
        let (from, to) = (windows.len() * part / parts, windows.len() * (part + 1) / parts);
        let inside = windows.get(from..to).unwrap_or_default();
        if let Some(rarest) = inside.iter().min_by(|left, right| weight(left).total_cmp(&weight(right))) {
            chosen.push(format!("\"{}\"", rarest.join(" ")));
        }
    }
    let asked = format!("stems : ({})", chosen.join(" OR "));
    let mut found = candidates_of(library, &asked, limit)?;
    if found.is_empty() && stems.len() > WINDOW {
        // Every sequence is broken: the rarest words near each other.
        let mut rare: Vec<&str> = stems.clone();
        rare.sort_by(|left, right| {
            let of = |stem: &str| weights.get(stem).copied().unwrap_or(0.0);
            of(left).total_cmp(&of(right))
        });
        rare.dedup();
        rare.truncate(3);
        let phrases: Vec<String> = rare.iter().map(|stem| format!("\"{stem}\"")).collect();
        found = candidates_of(library, &format!("stems : NEAR({}, {})", phrases.join(" "), stems.len() + 4), limit)?;
    }
    Ok(found)
}

fn candidates_of(library: &Library, asked: &str, limit: usize) -> Result<Vec<Candidate>, Error> {
    let sql = "SELECT documents.id, name, title, date, outlet, text FROM \
                   (SELECT rowid AS found FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?) \
               JOIN documents ON documents.id = found";
    library.rows(sql, params![asked, limit as i64], |row| {
        Ok(Candidate {
            number: row.get(0)?,
            name: row.get(1)?,
            title: row.get(2)?,
            date: row.get(3)?,
            outlet: row.get(4)?,
            text: row.get(5)?,
        })
    })
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

/// The quotes of a document, by place.
///
/// # Errors
/// [`Error`].
pub fn quotes_in(library: &Library, document: i64) -> Result<Vec<QuoteAt>, Error> {
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

/// Where a document names somebody or something, in code points.
///
/// # Errors
/// [`Error`].
pub fn names_in(library: &Library, document: i64) -> Result<Vec<(usize, usize)>, Error> {
    let sql = "SELECT start, end FROM mentions JOIN entities ON entities.id = entity WHERE entities.document = ?";
    library.rows(sql, [document], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The forms of an identity's name.
///
/// # Errors
/// [`Error`].
pub fn forms_of(library: &Library, identity: i64) -> Result<Vec<String>, Error> {
    library.rows("SELECT form FROM spellings WHERE identity = ?", [identity], |row| row.get(0))
}
