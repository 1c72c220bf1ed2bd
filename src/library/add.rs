//! Documents into the library, out of it, and what need not be read again.

use super::{Error, Library, copies, fulltext, store::set_fact, words};
use crate::annotation::{Annotations, Kind, Quote, QuoteKind};
use crate::text::{Document, Offsets, Unit};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// What a source says of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its headline.
    pub title: Option<String>,
    /// Its date, `2026-11-24` or longer.
    pub date: Option<String>,
    /// The newspaper or agency.
    pub outlet: Option<String>,
}

/// A file, feed or address as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its whole path, or its address.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970; 0 where nobody knows.
    pub modified: i64,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// Its text or what is found in it is another than before.
    Changed,
    /// It was there as it is.
    Same,
}

/// The documents that a library has, to ask without it: each as the beginning of a hash of its source, part and text.
#[derive(Clone, Debug, Default)]
pub struct Known(HashSet<[u8; 12]>);

impl Known {
    /// Whether the library has that text for that part of that source.
    #[must_use]
    pub fn has(&self, source: &str, part: &str, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&Self::hash(source, part, &hash(text)))
    }

    fn hash(source: &str, part: &str, sha256: &str) -> [u8; 12] {
        let sum = Sha256::new().chain_update(source).chain_update([0]).chain_update(part).chain_update([0]);
        let sum = sum.chain_update(sha256).finalize();
        std::array::from_fn(|at| sum.get(at).copied().unwrap_or_default())
    }
}

impl Library {
    /// What of the library was looked through by this model and these rules.
    ///
    /// # Errors
    /// [`Error`].
    pub fn known(&self, maker: &str) -> Result<Known, Error> {
        let sql =
            "SELECT path, part, sha256 FROM documents JOIN sources ON sources.id = source WHERE documents.maker = ?";
        let known = self.rows(sql, [maker], |row| {
            let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
            Ok(Known::hash(text(0)?, text(1)?, text(2)?))
        })?;
        Ok(Known(known.into_iter().collect()))
    }

    /// Whether a source is in the library as it is now, looked through by the same model and rules.
    ///
    /// # Errors
    /// [`Error`].
    pub fn has_source(&self, source: &Source, maker: &str) -> Result<bool, Error> {
        let sql = "SELECT 1 FROM sources WHERE path = ? AND size = ? AND modified = ? AND maker = ?";
        let mut statement = self.db.prepare_cached(sql).map_err(|error| self.fail(error))?;
        let asked = params![source.path, source.size, source.modified, maker];
        // Without a time there is no telling.
        Ok(source.modified != 0 && statement.exists(asked).map_err(|error| self.fail(error))?)
    }

    /// Begins a transaction that [`Library::commit`] ends: many documents at once are faster in than one by one.
    ///
    /// # Errors
    /// [`Error`].
    pub fn begin(&mut self) -> Result<(), Error> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.fail(error))
    }

    /// Ends the transaction: what was added is on the disk.
    ///
    /// # Errors
    /// [`Error`]; nothing of it is kept then.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.db.execute_batch("COMMIT").map_err(|error| {
            drop(self.db.execute_batch("ROLLBACK"));
            self.fail(error)
        })
    }

    /// Gives the transaction up.
    pub fn rollback(&mut self) {
        drop(self.db.execute_batch("ROLLBACK"));
    }

    /// Adds a document of a source, in the place of what stood there before. `part` is its id within the source.
    ///
    /// # Errors
    /// [`Error`]; inside or outside a transaction, nothing of the document is kept then.
    pub fn add(
        &mut self,
        (source, part): (&Source, &str),
        document: &Document,
        annotations: &Annotations,
        (meta, maker): (&Meta, &str),
    ) -> Result<Added, Error> {
        if has_document(self, &source.path, part, (document.text(), maker))? {
            return Ok(Added::Same);
        }
        let path = self.path.clone();
        let point = self.db.savepoint().map_err(|error| Error::of(&path, error))?;
        let added = (|| {
            let place = source_id(&point, source)?;
            let old: Option<i64> = point
                .prepare_cached("SELECT id FROM documents WHERE source = ? AND part = ?")?
                .query_row(params![place, part], |row| row.get(0))
                .optional()?;
            if let Some(old) = old {
                remove(&point, old)?;
            }
            let row = Row { db: &point, document, annotations };
            row.insert(place, part, meta, maker)?;
            set_fact(&point, "unlinked", Some("yes"))?;
            point.commit()?;
            Ok(if old.is_some() { Added::Changed } else { Added::New })
        })();
        added.map_err(|error| Error::of(&path, error))
    }

    /// Remembers that all of a source is in, so that it need not be read again; documents of it that are not among
    /// `parts` go.
    ///
    /// # Errors
    /// [`Error`].
    pub fn complete(&mut self, source: &Source, parts: Option<&HashSet<String>>, maker: &str) -> Result<u64, Error> {
        let path = self.path.clone();
        let done = (|| {
            let point = self.db.savepoint()?;
            let place = source_id(&point, source)?;
            let mut gone = 0;
            if let Some(parts) = parts {
                let mut statement = point.prepare_cached("SELECT id, part FROM documents WHERE source = ?")?;
                let rows: Vec<(i64, String)> =
                    statement.query_map([place], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
                for (document, _) in rows.into_iter().filter(|(_, part)| !parts.contains(part)) {
                    remove(&point, document)?;
                    gone += 1;
                }
            }
            let sql = "UPDATE sources SET size = ?, modified = ?, maker = ? WHERE id = ?";
            point.execute(sql, params![source.size, source.modified, maker, place])?;
            if gone > 0 {
                set_fact(&point, "unlinked", Some("yes"))?;
            }
            point.commit()?;
            Ok(gone)
        })();
        done.map_err(|error| Error::of(&path, error))
    }

    /// The paths of the sources that begin with a path.
    ///
    /// # Errors
    /// [`Error`].
    pub fn sources_below(&self, folder: &str) -> Result<Vec<String>, Error> {
        let found = (|| {
            let mut statement = self.db.prepare("SELECT path FROM sources ORDER BY path")?;
            let paths: rusqlite::Result<Vec<String>> = statement.query_map([], |row| row.get(0))?.collect();
            paths
        })();
        let mut paths = found.map_err(|error| self.fail(error))?;
        let inside = |path: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
        };
        paths.retain(|path| inside(path));
        Ok(paths)
    }

    /// Takes a source out with all its documents; how many there were.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_source(&mut self, source: &str) -> Result<u64, Error> {
        let path = self.path.clone();
        let done = (|| {
            let point = self.db.savepoint()?;
            let mut statement = point.prepare_cached(
                "SELECT documents.id FROM documents JOIN sources ON sources.id = source WHERE path = ?",
            )?;
            let documents: Vec<i64> = statement.query_map([source], |row| row.get(0))?.collect::<Result<_, _>>()?;
            drop(statement);
            for &document in &documents {
                remove(&point, document)?;
            }
            point.execute("DELETE FROM sources WHERE path = ?", [source])?;
            set_fact(&point, "unlinked", Some("yes"))?;
            point.commit()?;
            Ok(documents.len() as u64)
        })();
        done.map_err(|error| Error::of(&path, error))
    }
}

/// Whether a document of a source is there with this text, looked through by the same model and rules.
fn has_document(library: &Library, source: &str, part: &str, (text, maker): (&str, &str)) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM documents JOIN sources ON sources.id = source \
               WHERE path = ? AND part = ? AND sha256 = ? AND documents.maker = ?";
    Ok(!library.rows(sql, params![source, part, hash(text), maker], |_| Ok(()))?.is_empty())
}

/// SHA-256 of a text, in hexadecimal.
fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The source's number; a new one is not complete, which no size and time say.
fn source_id(db: &Connection, source: &Source) -> rusqlite::Result<i64> {
    let known = db
        .prepare_cached("SELECT id FROM sources WHERE path = ?")?
        .query_row([&source.path], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO sources (path, size, modified, maker) VALUES (?, 0, 0, '')")?
        .execute([&source.path])?;
    Ok(db.last_insert_rowid())
}

/// Takes a document out. Its copies find another original.
fn remove(db: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached("SELECT id FROM documents WHERE copy_of = ? ORDER BY id")?;
    let copies: Vec<i64> = statement.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if let Some((first, rest)) = copies.split_first() {
        db.prepare_cached("UPDATE documents SET copy_of = NULL WHERE id = ?")?.execute([first])?;
        for copy in rest {
            db.prepare_cached("UPDATE documents SET copy_of = ? WHERE id = ?")?.execute([first, copy])?;
        }
    }
    fulltext::remove(db, document)?;
    db.prepare_cached("DELETE FROM documents WHERE id = ?")?.execute([document])?;
    Ok(())
}

/// A document on its way into the tables.
struct Row<'a> {
    db: &'a Connection,
    document: &'a Document,
    annotations: &'a Annotations,
}

impl Row<'_> {
    fn insert(&self, source: i64, part: &str, meta: &Meta, maker: &str) -> rusqlite::Result<()> {
        let text = self.document.text();
        let found = words::words(text);
        let stems: Vec<&str> = found.iter().map(|word| words::stem(&word.word)).collect();
        let sketch = copies::sketch(&stems);
        let copy_of = copies::original(self.db, &sketch)?;
        let sql = "INSERT INTO documents (name, source, part, title, date, outlet, text, sha256, maker, copy_of) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let name = self.name(source, part)?;
        self.db.prepare_cached(sql)?.execute(params![
            name,
            source,
            part,
            meta.title,
            meta.date,
            meta.outlet,
            text,
            hash(text),
            maker,
            copy_of
        ])?;
        let id = self.db.last_insert_rowid();
        copies::remember(self.db, &sketch, id)?;
        fulltext::insert(self.db, id, &found)?;
        self.entities(id)
    }

    /// The name of the document: its id, or with its path before it where another document has that name.
    fn name(&self, source: i64, part: &str) -> rusqlite::Result<String> {
        let mut taken = self.db.prepare_cached("SELECT 1 FROM documents WHERE name = ?")?;
        let id = self.document.id();
        if !taken.exists([id])? {
            return Ok(id.to_owned());
        }
        let path: String = self.db.query_row("SELECT path FROM sources WHERE id = ?", [source], |row| row.get(0))?;
        let name = if part == id || part.is_empty() { path } else { format!("{path}#{part}") };
        if !taken.exists([&name])? {
            return Ok(name);
        }
        let mut numbered = (2..).map(|number: u32| format!("{name}#{number}"));
        Ok(numbered.find(|name| !taken.exists([name]).unwrap_or(false)).unwrap_or(name))
    }

    fn entities(&self, id: i64) -> rusqlite::Result<()> {
        let offsets = Offsets::new(self.document.text(), Unit::CodePoint);
        let mut rows = std::collections::HashMap::new();
        for entity in &self.annotations.entities {
            let sql = "INSERT INTO entities (document, kind, name) VALUES (?, ?, ?)";
            self.db.prepare_cached(sql)?.execute(params![id, entity.kind.name(), entity.name])?;
            let row = self.db.last_insert_rowid();
            rows.insert(entity.id, row);
            for role in &entity.roles {
                self.db
                    .prepare_cached("INSERT OR IGNORE INTO roles VALUES (?, ?)")?
                    .execute(params![row, role.text])?;
            }
        }
        for mention in &self.annotations.mentions {
            let Some(entity) = rows.get(&mention.entity) else { continue };
            let (start, end) = offsets.from_span(mention.span);
            let text = self.document.slice(mention.span);
            let sql = "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)";
            let values = params![entity, id, start as i64, end as i64, text, mention.confidence];
            self.db.prepare_cached(sql)?.execute(values)?;
        }
        for quote in &self.annotations.quotes {
            let speaker = quote.speaker.as_ref().and_then(|speaker| rows.get(&speaker.entity?));
            self.quote(id, quote, speaker, offsets.from_span(quote.span))?;
        }
        Ok(())
    }

    fn quote(
        &self,
        id: i64,
        quote: &Quote,
        speaker: Option<&i64>,
        (start, end): (usize, usize),
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO quotes (document, kind, start, end, text, speaker, speaker_text, speaker_confidence, confidence) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
        };
        let words = quote.speaker.as_ref().map(|speaker| self.document.slice(speaker.span));
        let sure = quote.speaker.as_ref().map(|speaker| speaker.confidence);
        let text = self.document.slice(quote.span);
        let values = params![id, kind, start as i64, end as i64, text, speaker, words, sure, quote.confidence];
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}

/// The kind that the library stores under a name.
pub(super) fn kind(name: &str) -> Kind {
    Kind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(Kind::Person)
}
