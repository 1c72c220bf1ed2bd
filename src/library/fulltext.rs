//! The full-text index: what goes in for a document and comes out again.
//!
//! The index keeps no text of its own, so to take a document out SQLite has to be told the words that went in. They are
//! made again from the document's text; where another version of rawi made them in another way ([`VERSION`]), the whole
//! index is made anew.

use super::words::{self, Word};
use rusqlite::{Connection, OptionalExtension, params};

/// The number of the way in which [`words::words`] and [`words::stem`] make words. To be raised when they change.
pub const VERSION: u32 = 2;

/// The fact that tells which version made the words.
pub const FACT: &str = "words";

/// The two columns of a text.
fn columns(found: &[Word]) -> (String, String) {
    let all: Vec<&str> = found.iter().map(|word| word.word.as_str()).collect();
    let stems: Vec<&str> = all.iter().map(|word| words::stem(word)).collect();
    (all.join(" "), stems.join(" "))
}

/// Puts a document in.
pub fn insert(db: &Connection, document: i64, found: &[Word]) -> rusqlite::Result<()> {
    let (all, stems) = columns(found);
    let sql = "INSERT INTO search (rowid, words, stems) VALUES (?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![document, all, stems]).map(drop)
}

/// Takes a document out that is still in `documents`.
pub fn remove(db: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut text = db.prepare_cached("SELECT text FROM documents WHERE id = ?")?;
    let Some(text) = text.query_row([document], |row| row.get::<_, String>(0)).optional()? else { return Ok(()) };
    let (all, stems) = columns(&words::words(&text));
    let sql = "INSERT INTO search (search, rowid, words, stems) VALUES ('delete', ?, ?, ?)";
    db.prepare_cached(sql)?.execute(params![document, all, stems]).map(drop)
}

/// The schema of version 1, whose index programs with a SQLite before 3.43 could not open.
pub fn before(schema: &str) -> String {
    // The comment inside is no part of what SQLite keeps.
    schema.replace("content='',", "content='', contentless_delete=1,")
}

/// Makes the index anew from the texts of all documents; `schema` has its table.
pub fn make_anew(db: &Connection, schema: &str) -> rusqlite::Result<()> {
    let table = schema.find("CREATE VIRTUAL TABLE search").and_then(|at| schema.get(at..)).unwrap_or_default();
    let table = table.split_inclusive(';').next().unwrap_or_default();
    db.execute_batch(&format!("DROP TABLE search; {table}"))?;
    let mut texts = db.prepare("SELECT id, text FROM documents")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        insert(db, row.get(0)?, &words::words(&row.get::<_, String>(1)?))?;
    }
    Ok(())
}
