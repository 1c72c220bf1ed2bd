//! The open file, and what every question to it needs.

use super::decisions::{self, Decisions};
use super::error::Error;
use super::fulltext;
use rusqlite::{Connection, OpenFlags, OptionalExtension, config::DbConfig, params};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version of the schema, in SQLite's `user_version`.
pub const VERSION: u32 = 3;

/// The tables.
const SCHEMA: &str = include_str!("schema.sql");

/// Those that came with version 3.
const LATER: &str = include_str!("schema-3.sql");

/// How long one program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open library.
#[derive(Debug)]
pub struct Library {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
    pub(super) decisions: Decisions,
}

/// What is in a library, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents, copies among them.
    pub documents: u64,
    /// Documents that have nearly the words of an earlier one.
    pub copies: u64,
    /// People over all documents.
    pub people: u64,
    /// Organizations.
    pub organizations: u64,
    /// Places.
    pub places: u64,
    /// Quotes.
    pub quotes: u64,
}

impl Library {
    /// Opens a library to write to it, and makes it where there is none.
    ///
    /// # Errors
    /// [`Error`]: it is none, it is damaged, a later rawi made it, the disk says no.
    pub fn create(path: &Path) -> Result<Self, Error> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        }
        Self::start(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a library that is there.
    ///
    /// # Errors
    /// As [`Library::create`], and [`Error::Missing`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        Self::start(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// A library in memory, for documents that are looked through once.
    ///
    /// # Errors
    /// [`Error`].
    pub fn memory() -> Result<Self, Error> {
        Self::start(Path::new(":memory:"), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    fn start(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let fail = |source| Error::of(path, source);
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fail)?;
        db.busy_timeout(PATIENCE).map_err(fail)?;
        // What a file that somebody else made says of itself calls no function that could do harm, and nothing is
        // written to a file that is not a library.
        db.pragma_update(None, "trusted_schema", false).map_err(fail)?;
        db.pragma_update(None, "cell_size_check", true).map_err(fail)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(fail)?;
        // In this order: another program may be making it.
        let bare = schema(&db).map_err(fail)?.is_empty();
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fail)?;
        if version > VERSION {
            return Err(Error::Later { path: path.to_owned(), version });
        }
        let ours = if version == 0 { bare } else { is_ours(&db, version).map_err(fail)? };
        if !ours {
            return Err(Error::Foreign { path: path.to_owned() });
        }
        // A library on a medium that cannot be written is still one to ask.
        let writable = !db.is_readonly("main").map_err(fail)?;
        if writable {
            db.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
            db.pragma_update(None, "synchronous", "NORMAL").map_err(fail)?;
        }
        db.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        db.pragma_update(None, "temp_store", "MEMORY").map_err(fail)?;
        db.pragma_update(None, "cache_size", -32_000).map_err(fail)?;
        if version == 0 {
            // Two programs may make it at once: the second finds it made.
            db.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
            let made: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(fail)?;
            if made == 0 {
                db.execute_batch(SCHEMA).map_err(fail)?;
                db.execute_batch(LATER).map_err(fail)?;
                db.pragma_update(None, "user_version", VERSION).map_err(fail)?;
                set_fact(&db, fulltext::FACT, Some(&fulltext::VERSION.to_string())).map_err(fail)?;
            }
            db.execute_batch("COMMIT").map_err(fail)?;
        }
        if writable {
            renew(&db).map_err(fail)?;
        }
        let decisions = Decisions::read(&decisions::beside(path))?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, path: path.to_owned(), decisions })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it lies where nothing can be written.
    #[must_use]
    pub fn is_readonly(&self) -> bool {
        self.db.is_readonly("main").unwrap_or(false)
    }

    /// What a person decided.
    #[must_use]
    pub const fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Looks through the whole file for damage; the first fault in words.
    ///
    /// # Errors
    /// [`Error`].
    pub fn fault(&self) -> Result<Option<String>, Error> {
        let said: String =
            self.db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| self.fail(error))?;
        Ok((said != "ok").then_some(said))
    }

    /// What is in it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn counts(&self) -> Result<Counts, Error> {
        let count =
            |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u64>(0)).map_err(|error| self.fail(error));
        let of = |kind: &str| count(&format!("SELECT count(*) FROM identities WHERE kind = '{kind}'"));
        Ok(Counts {
            documents: count("SELECT count(*) FROM documents")?,
            copies: count("SELECT count(*) FROM documents WHERE copy_of IS NOT NULL")?,
            people: of("person")?,
            organizations: of("organization")?,
            places: of("place")?,
            quotes: count("SELECT count(*) FROM quotes")?,
        })
    }

    /// A document's text; none where there is no such document.
    ///
    /// # Errors
    /// [`Error`].
    pub fn text(&self, document: i64) -> Result<Option<String>, Error> {
        let mut row = self.db.prepare_cached("SELECT text FROM documents WHERE id = ?").map_err(|e| self.fail(e))?;
        row.query_row([document], |row| row.get(0)).optional().map_err(|error| self.fail(error))
    }

    /// The rows of a question.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let found = (|| -> rusqlite::Result<Vec<T>> {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_map(values, read)?.collect()
        })();
        found.map_err(|error| self.fail(error))
    }

    /// A fact of the library itself.
    pub(super) fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let found = self.db.query_row("SELECT value FROM facts WHERE name = ?", [name], |row| row.get(0)).optional();
        found.map_err(|error| self.fail(error))
    }

    pub(super) fn fail(&self, error: rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }
}

/// What a database says of its tables, indexes, views and triggers: kind, name and SQL.
fn schema(db: &Connection) -> rusqlite::Result<HashSet<(String, String, String)>> {
    let sql = "SELECT type, name, coalesce(sql, '') FROM main.sqlite_schema";
    let mut statement = db.prepare(sql)?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// Whether everything of the schema is there word for word. Tables, views and indexes that somebody added are nobody's
/// harm; a trigger would do something else than what is asked, and there is none in a library.
fn is_ours(db: &Connection, version: u32) -> rusqlite::Result<bool> {
    let made = Connection::open_in_memory()?;
    made.execute_batch(&match version {
        1 => fulltext::before(SCHEMA),
        2 => SCHEMA.to_owned(),
        _ => format!("{SCHEMA}{LATER}"),
    })?;
    let (ours, theirs) = (schema(&made)?, schema(db)?);
    Ok(ours.is_subset(&theirs) && !theirs.iter().any(|(kind, ..)| kind == "trigger"))
}

/// Brings the library to this version, and makes its full-text index anew where an earlier rawi made it in another way,
/// in one transaction.
fn renew(db: &Connection) -> rusqlite::Result<()> {
    let words = fulltext::VERSION.to_string();
    let state = || -> rusqlite::Result<(u32, bool)> {
        let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let fact = "SELECT 1 FROM facts WHERE name = ? AND value = ?";
        Ok((version, version >= 2 && db.prepare(fact)?.exists(params![fulltext::FACT, words])?))
    };
    if state()? == (VERSION, true) {
        return Ok(());
    }
    db.execute_batch("BEGIN IMMEDIATE")?;
    // Another program may have done it meanwhile.
    let (version, current) = state()?;
    if version < 3 {
        db.execute_batch(LATER)?;
    }
    if !current {
        fulltext::make_anew(db, SCHEMA)?;
        set_fact(db, fulltext::FACT, Some(&words))?;
    }
    db.pragma_update(None, "user_version", VERSION)?;
    db.execute_batch("COMMIT")
}

/// Sets a fact, or takes it away.
pub(super) fn set_fact(db: &Connection, name: &str, value: Option<&str>) -> rusqlite::Result<()> {
    match value {
        Some(value) => db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", params![name, value])?,
        None => db.execute("DELETE FROM facts WHERE name = ?", [name])?,
    };
    Ok(())
}
