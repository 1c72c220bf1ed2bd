//! Who is in the library, and all that is known of one: the list and the page of `rawi people`.

use super::{Error, Library, link::spelling};
use crate::annotation::Kind;
use crate::arabic::transliteration::NameQuery;
use crate::identity::name::{Name, near, sounds};
use rusqlite::{Row, params, params_from_iter};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

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

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
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

const ENTRY: &str = "SELECT id, kind, name, documents, mentions, quotes, first, last FROM identities";

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
        ids.extend(self.with_parts(name)?);
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

    /// The identities that have every part of the name, or one that sounds like it.
    fn with_parts(&self, name: &str) -> Result<Vec<i64>, Error> {
        let latin = name.chars().any(|letter| letter.is_ascii_alphabetic());
        let mut common: Option<HashSet<i64>> = None;
        let asked: Vec<String> = if latin {
            name.split_whitespace().map(str::to_owned).collect()
        } else {
            Name::new(name).parts.into_iter().map(|part| part.core).collect()
        };
        for part in asked {
            let parts = if latin { self.latin_parts(&part)? } else { self.like_parts(&part)? };
            let mut found = HashSet::new();
            for part in parts {
                let sql = "SELECT identity FROM parts WHERE part = ?";
                found.extend(self.rows(sql, [part], |row| row.get::<_, i64>(0))?);
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
            ids = if ids.len() < 30_000 { self.rows(&sql, params_from_iter(ids), |row| row.get(0))? } else { ids };
        }
        ids.sort_unstable();
        Ok(ids)
    }

    fn like_parts(&self, part: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT part FROM parts WHERE sounds = ?";
        let mut parts = self.rows(sql, [sounds(part)], |row| row.get::<_, String>(0))?;
        parts.retain(|other| near(part, other) >= 0.75);
        if !parts.iter().any(|other| other == part) {
            parts.push(part.to_owned());
        }
        Ok(parts)
    }

    /// The parts that are written so in Latin letters.
    fn latin_parts(&self, typed: &str) -> Result<Vec<String>, Error> {
        let wanted = NameQuery::new(typed);
        let mut statement = self.db.prepare_cached("SELECT DISTINCT part FROM parts").map_err(|e| self.fail(e))?;
        let mut rows = statement.query([]).map_err(|error| self.fail(error))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.fail(error))? {
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

    /// All that is known of one.
    ///
    /// # Errors
    /// [`Error`].
    pub fn page(&self, id: i64) -> Result<Option<Page>, Error> {
        let Some(entry) = self.entry(id)? else { return Ok(None) };
        let documents = self.documents_of(id)?;
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
        let roles = "SELECT text, count(DISTINCT document), min(date), max(date) FROM entities \
                     JOIN roles ON entity = entities.id JOIN documents ON documents.id = document \
                     WHERE identity = ? AND copy_of IS NULL GROUP BY text ORDER BY 2 DESC, text";
        Ok(Some(Page {
            spellings: self.rows(spellings, [id], |row| Ok((row.get(0)?, row.get(1)?)))?,
            roles: self.rows(roles, [id], |row| {
                Ok(Role { text: row.get(0)?, documents: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
            })?,
            said: self.said(id)?,
            said_of: self.said_of(id)?,
            beside: self.beside(id)?,
            entry,
            documents,
            months,
        }))
    }

    fn documents_of(&self, id: i64) -> Result<Vec<InDocument>, Error> {
        let sql = "SELECT documents.id, documents.name, title, date, outlet, text, count(*), \
                       (SELECT count(*) FROM quotes WHERE speaker = entities.id), reason, entities.confidence \
                   FROM entities JOIN documents ON documents.id = entities.document \
                   JOIN (SELECT entity, text AS form FROM mentions) ON entity = entities.id \
                   WHERE identity = ? GROUP BY entities.id, form ORDER BY date, documents.id, entities.id";
        let sql = sql.replace("outlet, text,", "outlet, form,");
        let rows = self.rows(&sql, [id], |row| {
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

    fn said(&self, id: i64) -> Result<Vec<Said>, Error> {
        let sql = "SELECT documents.name, date, quotes.kind, start, end, quotes.text, NULL FROM entities \
                   JOIN quotes ON speaker = entities.id JOIN documents ON documents.id = quotes.document \
                   WHERE identity = ? AND copy_of IS NULL ORDER BY date, documents.id, start";
        self.rows(sql, [id], said)
    }

    fn said_of(&self, id: i64) -> Result<Vec<Said>, Error> {
        let sql = "SELECT DISTINCT documents.name, date, quotes.kind, quotes.start, quotes.end, quotes.text, \
                       coalesce((SELECT identities.name FROM identities JOIN entities AS other ON other.identity = identities.id \
                                 WHERE other.id = quotes.speaker), speaker_text) \
                   FROM entities JOIN mentions ON mentions.entity = entities.id \
                   JOIN quotes ON quotes.document = entities.document AND quotes.start <= mentions.start AND quotes.end >= mentions.end \
                   JOIN documents ON documents.id = quotes.document \
                   WHERE identity = ?1 AND copy_of IS NULL \
                     AND coalesce((SELECT other.identity FROM entities AS other WHERE other.id = quotes.speaker), -1) <> ?1 \
                   ORDER BY date, documents.id, quotes.start";
        self.rows(sql, [id], said)
    }

    fn beside(&self, id: i64) -> Result<Vec<Beside>, Error> {
        let sql = "SELECT identities.id, identities.kind, identities.name, count(DISTINCT other.document) FROM entities AS own \
                   JOIN entities AS other ON other.document = own.document AND other.identity <> own.identity \
                   JOIN identities ON identities.id = other.identity \
                   JOIN documents ON documents.id = own.document AND copy_of IS NULL \
                   WHERE own.identity = ? GROUP BY identities.id ORDER BY 4 DESC, identities.documents, identities.id LIMIT 40";
        self.rows(sql, [id], |row| {
            Ok(Beside { id: row.get(0)?, kind: row.get(1)?, name: row.get(2)?, documents: row.get(3)? })
        })
    }

    /// The rows of a question.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let found = (|| -> rusqlite::Result<Vec<T>> {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_map(values, read)?.collect()
        })();
        found.map_err(|error| self.fail(error))
    }
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
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
