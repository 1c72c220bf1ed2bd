//! Who is in the library, and all that is known of one: the list and the page of `rawi people`.

mod page;

use super::{Error, Library, link::spelling};
use crate::annotation::Kind;
use crate::arabic::transliteration::NameQuery;
use crate::identity::name::{Name, near, sounds};
use rusqlite::{Row, params, params_from_iter};
use std::collections::{HashMap, HashSet};

pub use page::{Beside, Entry, InDocument, Line, Page, Role, Said};

/// A row of [`ENTRY`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        kind: row.get(1)?,
        name: row.get(2)?,
        documents: row.get(3)?,
        mentions: row.get(4)?,
        quotes: row.get(5)?,
        first: row.get(6)?,
        last: row.get(7)?,
    })
}

/// The columns of an entry, in the order in which [`entry`] reads them.
pub(super) const ENTRY: &str = "SELECT id, kind, name, documents, mentions, quotes, first, last FROM identities";

impl Library {
    /// Those of a kind who are named in most documents, the most named first.
    ///
    /// # Errors
    /// [`Error`].
    pub fn most_named(&self, kind: Kind, limit: usize) -> Result<Vec<Entry>, Error> {
        let sql = format!("{ENTRY} WHERE kind = ? ORDER BY documents DESC, mentions DESC, id LIMIT ?");
        self.rows(&sql, params![kind.name(), limit as i64], entry)
    }

    /// One by its number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn entry(&self, id: i64) -> Result<Option<Entry>, Error> {
        Ok(self.rows(&format!("{ENTRY} WHERE id = ?"), [id], entry)?.pop())
    }

    /// Those whom a name may mean, in any spelling and in Latin letters too: whose name it is first, then who has all
    /// its parts, then who has parts that sound so; each by how many documents name them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn named(&self, name: &str, kind: Option<Kind>, limit: usize) -> Result<Vec<Entry>, Error> {
        let kinds = kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
        let mut ids: Vec<i64> = Vec::new();
        for kind in &kinds {
            let sql = "SELECT identity FROM spellings JOIN identities ON id = identity \
                       WHERE key = ? AND kind = ? ORDER BY identities.documents DESC";
            ids.extend(self.rows(sql, params![spelling(*kind, name), kind.name()], |row| row.get::<_, i64>(0))?);
        }
        let exact = ids.len();
        ids.extend(with_parts(self, name)?);
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        let mut found = Vec::new();
        for (place, id) in ids.into_iter().take(2000).enumerate() {
            if let Some(entry) = self.entry(id)?.filter(|entry| kind.is_none_or(|kind| entry.kind == kind.name())) {
                found.push((place >= exact, entry));
            }
        }
        found.sort_by_key(|(later, entry)| (*later, std::cmp::Reverse(entry.documents), entry.id));
        found.truncate(limit);
        Ok(found.into_iter().map(|found| found.1).collect())
    }

    /// All that is known of one.
    ///
    /// # Errors
    /// [`Error`].
    pub fn page(&self, id: i64) -> Result<Option<Page>, Error> {
        let Some(entry) = self.entry(id)? else { return Ok(None) };
        let documents = documents_of(self, id)?;
        let mut months: HashMap<String, u64> = HashMap::new();
        for date in documents.iter().filter_map(|document| document.date.as_deref()) {
            if let Some(month) = date.get(..7) {
                *months.entry(month.to_owned()).or_default() += 1;
            }
        }
        let mut months: Vec<(String, u64)> = months.into_iter().collect();
        months.sort();
        let spellings =
            "SELECT form, documents FROM spellings WHERE identity = ? AND documents > 0 ORDER BY documents DESC, form";
        let roles = "SELECT roles.text, count(DISTINCT document), min(date), max(date) FROM entities \
                     JOIN roles ON entity = entities.id JOIN documents ON documents.id = document \
                     WHERE identity = ? AND copy_of IS NULL GROUP BY roles.text ORDER BY 2 DESC, 1";
        Ok(Some(Page {
            spellings: self.rows(spellings, [id], |row| Ok((row.get(0)?, row.get(1)?)))?,
            roles: self.rows(roles, [id], |row| {
                Ok(Role { text: row.get(0)?, documents: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
            })?,
            said: said(self, id)?,
            said_of: said_of(self, id)?,
            beside: beside(self, id)?,
            entry,
            documents,
            months,
        }))
    }
}

fn said_row(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said {
        document: row.get(0)?,
        date: row.get(1)?,
        kind: row.get(2)?,
        start: row.get(3)?,
        end: row.get(4)?,
        text: row.get(5)?,
        speaker: row.get(6)?,
    })
}

/// The identities that have every part of the name, or one that sounds like it.
fn with_parts(library: &Library, name: &str) -> Result<Vec<i64>, Error> {
    let latin = name.chars().any(|letter| letter.is_ascii_alphabetic());
    let mut common: Option<HashSet<i64>> = None;
    let asked: Vec<String> = if latin {
        name.split_whitespace().map(str::to_owned).collect()
    } else {
        Name::new(name).parts.into_iter().map(|part| part.core).collect()
    };
    for part in asked {
        let parts = if latin { latin_parts(library, &part)? } else { like_parts(library, &part)? };
        let mut found = HashSet::new();
        for part in parts {
            let sql = "SELECT identity FROM parts WHERE part = ?";
            found.extend(library.rows(sql, [part], |row| row.get::<_, i64>(0))?);
        }
        common = Some(match common {
            Some(common) => &common & &found,
            None => found,
        });
    }
    let mut ids: Vec<i64> = common.unwrap_or_default().into_iter().collect();
    // Beyond a few hundred only those who are named most are looked at.
    if ids.len() > 400 {
        let list = vec!["?"; ids.len()].join(",");
        let sql = format!("SELECT id FROM identities WHERE id IN ({list}) ORDER BY documents DESC LIMIT 400");
        ids = if ids.len() < 30_000 { library.rows(&sql, params_from_iter(ids), |row| row.get(0))? } else { ids };
    }
    ids.sort_unstable();
    Ok(ids)
}

fn like_parts(library: &Library, part: &str) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT part FROM parts WHERE sounds = ?";
    let mut parts = library.rows(sql, [sounds(part)], |row| row.get::<_, String>(0))?;
    parts.retain(|other| near(part, other) >= 0.75);
    if !parts.iter().any(|other| other == part) {
        parts.push(part.to_owned());
    }
    Ok(parts)
}

/// The parts that are written so in Latin letters.
fn latin_parts(library: &Library, typed: &str) -> Result<Vec<String>, Error> {
    let wanted = NameQuery::new(typed);
    let mut statement = library.db.prepare_cached("SELECT DISTINCT part FROM parts").map_err(|e| library.fail(e))?;
    let mut rows = statement.query([]).map_err(|error| library.fail(error))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(|error| library.fail(error))? {
        let part = row.get_ref(0).ok().and_then(|value| value.as_str().ok()).unwrap_or_default();
        if wanted.finds(part) {
            found.push(part.to_owned());
        }
    }
    // What was typed begins longer words too; the nearest in length is meant.
    let letters = |part: &String| part.chars().count();
    let shortest = found.iter().map(letters).min().unwrap_or(0);
    found.retain(|part| letters(part) <= shortest + 2);
    Ok(found)
}

fn documents_of(library: &Library, id: i64) -> Result<Vec<InDocument>, Error> {
    let sql = "SELECT documents.id, documents.name, title, date, outlet, text, count(*), \
                   (SELECT count(*) FROM quotes WHERE speaker = entities.id), reason, entities.confidence \
               FROM entities JOIN documents ON documents.id = entities.document \
               JOIN (SELECT entity, text AS form FROM mentions) ON entity = entities.id \
               WHERE identity = ? GROUP BY entities.id, form ORDER BY date, documents.id, entities.id";
    let sql = sql.replace("outlet, text,", "outlet, form,");
    let rows = library.rows(&sql, [id], |row| {
        Ok(InDocument {
            document: row.get(0)?,
            id: row.get(1)?,
            title: row.get(2)?,
            date: row.get(3)?,
            outlet: row.get(4)?,
            forms: vec![row.get(5)?],
            mentions: row.get(6)?,
            quotes: row.get(7)?,
            reason: row.get(8)?,
            confidence: row.get(9)?,
        })
    })?;
    let mut documents: Vec<InDocument> = Vec::new();
    for row in rows {
        match documents.last_mut().filter(|last| last.document == row.document) {
            Some(last) => {
                last.mentions += row.mentions;
                last.quotes = last.quotes.max(row.quotes);
                let new: Vec<String> = row.forms.into_iter().filter(|form| !last.forms.contains(form)).collect();
                last.forms.extend(new);
            }
            None => documents.push(row),
        }
    }
    Ok(documents)
}

fn said(library: &Library, id: i64) -> Result<Vec<Said>, Error> {
    let sql = "SELECT documents.name, date, quotes.kind, start, end, quotes.text, NULL FROM entities \
               JOIN quotes ON speaker = entities.id JOIN documents ON documents.id = quotes.document \
               WHERE identity = ? AND copy_of IS NULL ORDER BY date, documents.id, start";
    library.rows(sql, [id], said_row)
}

fn said_of(library: &Library, id: i64) -> Result<Vec<Said>, Error> {
    let sql = "SELECT DISTINCT documents.name, date, quotes.kind, quotes.start, quotes.end, quotes.text, \
                   coalesce((SELECT identities.name FROM identities JOIN entities AS other ON other.identity = identities.id \
                             WHERE other.id = quotes.speaker), speaker_text) \
               FROM entities JOIN mentions ON mentions.entity = entities.id \
               JOIN quotes ON quotes.document = entities.document AND quotes.start <= mentions.start AND quotes.end >= mentions.end \
               JOIN documents ON documents.id = quotes.document \
               WHERE identity = ?1 AND copy_of IS NULL \
                 AND coalesce((SELECT other.identity FROM entities AS other WHERE other.id = quotes.speaker), -1) <> ?1 \
               ORDER BY date, documents.id, quotes.start";
    library.rows(sql, [id], said_row)
}

fn beside(library: &Library, id: i64) -> Result<Vec<Beside>, Error> {
    let sql = "SELECT identities.id, identities.kind, identities.name, count(DISTINCT other.document) FROM entities AS own \
               JOIN entities AS other ON other.document = own.document AND other.identity <> own.identity \
               JOIN identities ON identities.id = other.identity \
               JOIN documents ON documents.id = own.document AND copy_of IS NULL \
               WHERE own.identity = ? GROUP BY identities.id ORDER BY 4 DESC, identities.documents, identities.id LIMIT 40";
    library.rows(sql, [id], |row| {
        Ok(Beside { id: row.get(0)?, kind: row.get(1)?, name: row.get(2)?, documents: row.get(3)? })
    })
}
