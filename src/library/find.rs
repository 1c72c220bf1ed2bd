//! `rawi find`: documents that answer a query, ranked by BM25 (Robertson and Zaragoza 2009, as FTS5 has it), with the
//! place in each and the words around it.
//!
//! The full-text index answers with stems, in which two words may meet; the words of a document are looked at before it
//! is an answer. Copies of a document are left out, unless an outlet is asked for.

mod places;

use super::{
    Error, Library,
    query::{Field, Query, parse},
    words::{is_word, stem, words},
};
use crate::annotation::Kind;
use crate::arabic::normalize::fold;
use crate::text::{Offsets, Span, Unit, slice};
use places::{context, densest, satisfied};
use rusqlite::{params, params_from_iter, types::Value};
use serde::Serialize;

/// A document that answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its number.
    #[serde(skip)]
    pub number: i64,
    /// Its name.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// First code point of the place in its text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What stands there.
    pub text: String,
    /// The words around it, on one line.
    pub context: String,
    /// Where the words that were asked for stand in `context`, in bytes.
    #[serde(skip)]
    pub marks: Vec<Span>,
    /// How well it answers; higher is better.
    pub score: f64,
    /// How many places there are in the document.
    pub places: usize,
    /// Other documents with nearly the same words.
    pub copies: u64,
}

impl Library {
    /// The documents that answer a query, the best first; those without words asked for by date, the latest first.
    ///
    /// # Errors
    /// [`Error::Question`] for a query that is not one, else [`Error`].
    pub fn find(&self, query: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let query = parse(query).map_err(Error::Question)?;
        let plan = Plan::new(self, &query)?;
        let mut hits = Vec::new();
        let (mut skip, mut ask) = (0, limit.saturating_add(8).min(10_000));
        while hits.len() < limit {
            let rows = candidates(self, &plan, ask, skip)?;
            let last = rows.len() < ask;
            for (id, score) in rows {
                hits.extend(hit(self, &plan, id, score)?);
                if hits.len() == limit {
                    return Ok(hits);
                }
            }
            if last {
                break;
            }
            (skip, ask) = (skip + ask, (ask * 4).min(10_000));
        }
        Ok(hits)
    }
}

fn candidates(library: &Library, plan: &Plan, limit: usize, skip: usize) -> Result<Vec<(i64, f64)>, Error> {
    let mut values = plan.values.clone();
    let mut conditions: String = plan.conditions.iter().map(|condition| format!(" AND {condition}")).collect();
    if plan.text.is_none() && plan.originals {
        conditions.push_str(" AND copy_of IS NULL");
    }
    let sql = match &plan.full_text {
        Some(full_text) => {
            values.insert(0, Value::from(full_text.clone()));
            let inside = if conditions.is_empty() {
                String::new()
            } else {
                format!(" AND rowid IN (SELECT documents.id FROM documents WHERE true{conditions})")
            };
            if is_common(library, plan)? {
                // Half of all documents have the word: which has it a little more often says nothing.
                format!(
                    "SELECT rowid, 0.0 FROM search WHERE search MATCH ?{inside} ORDER BY rowid DESC LIMIT ? OFFSET ?"
                )
            } else {
                format!("SELECT rowid, -rank FROM search WHERE search MATCH ?{inside} ORDER BY rank LIMIT ? OFFSET ?")
            }
        }
        None => format!(
            "SELECT documents.id, 0.0 FROM documents WHERE true{conditions} \
             ORDER BY date DESC, documents.id DESC LIMIT ? OFFSET ?"
        ),
    };
    values.extend([Value::from(limit as i64), Value::from(skip as i64)]);
    library.rows(&sql, params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether a query is one word that a great many documents have.
fn is_common(library: &Library, plan: &Plan) -> Result<bool, Error> {
    let Some(Query::Phrase(terms)) = &plan.text else { return Ok(false) };
    let [term] = terms.as_slice() else { return Ok(false) };
    if !plan.conditions.is_empty() {
        return Ok(false);
    }
    let sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT 8000)";
    if term.begins {
        return Ok(false);
    }
    let asked = format!("stems : \"{}\"", stem(&term.word));
    Ok(library.rows(sql, [asked], |row| row.get::<_, i64>(0))?.first() == Some(&8000))
}

/// The document as an answer; none where the words only have the stems of those that were asked for.
fn hit(library: &Library, plan: &Plan, id: i64, score: f64) -> Result<Option<Hit>, Error> {
    let sql = "SELECT name, title, date, outlet, text, \
               (SELECT count(*) FROM documents AS copy WHERE copy.copy_of = documents.id) \
               FROM documents WHERE id = ?1 AND (?2 OR copy_of IS NULL)";
    type Row = (String, Option<String>, Option<String>, Option<String>, String, u64);
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Row> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
    };
    let Some((document, title, date, outlet, text, copies)) =
        library.rows(sql, params![id, !plan.originals], row)?.pop()
    else {
        return Ok(None);
    };
    let found = words(&text);
    let inside = inside(library, plan, id, &text)?;
    let within = |place: &Span| inside.as_ref().is_none_or(|spans| spans.iter().any(|span| span.covers(*place)));
    let mut places = Vec::new();
    if let Some(query) = &plan.text
        && !satisfied(query, &found, &within, &mut places)
    {
        return Ok(None);
    }
    if plan.text.is_none() {
        places = inside.unwrap_or_default();
    }
    places.sort_unstable();
    places.dedup();
    let place = densest(&places).unwrap_or_else(|| found.first().map(|word| word.span).unwrap_or_default());
    let (context, marks) = context(&text, &found, place, &places);
    let (start, end) = Offsets::new(&text, Unit::CodePoint).from_span(place);
    let words = slice(&text, place).to_owned();
    let count = places.len();
    Ok(Some(Hit {
        number: id,
        document,
        title,
        date,
        outlet,
        start,
        end,
        text: words,
        context,
        marks,
        score,
        places: count,
        copies,
    }))
}

/// The spans that places have to be in: quotes of who was asked for with `said-by:`; where no words are asked for,
/// the mentions of who is. None where anywhere will do.
fn inside(library: &Library, plan: &Plan, id: i64, text: &str) -> Result<Option<Vec<Span>>, Error> {
    let (list, sql) = if !plan.speakers.is_empty() {
        (
            &plan.speakers,
            "SELECT start, end FROM quotes JOIN entities ON entities.id = speaker \
                          WHERE quotes.document = ? AND identity IN",
        )
    } else if plan.text.is_none() && !plan.named.is_empty() {
        (
            &plan.named,
            "SELECT start, end FROM mentions JOIN entities ON entities.id = entity \
                       WHERE mentions.document = ? AND identity IN",
        )
    } else {
        return Ok(None);
    };
    let offsets = Offsets::new(text, Unit::CodePoint);
    let sql = format!("{sql} ({})", numbers(list));
    let places = library.rows(&sql, [id], |row| Ok((row.get::<_, usize>(0)?, row.get::<_, usize>(1)?)))?;
    Ok(Some(places.into_iter().filter_map(|place| offsets.to_span(place)).collect()))
}

/// How a query is asked.
struct Plan {
    /// The part that the full-text index answers.
    full_text: Option<String>,
    /// The same as a query, to look for its places.
    text: Option<Query>,
    /// What else has to hold of the documents.
    conditions: Vec<String>,
    values: Vec<Value>,
    /// Who speaks.
    speakers: Vec<i64>,
    /// Who is named.
    named: Vec<i64>,
    /// Whether copies are left out.
    originals: bool,
}

impl Plan {
    fn new(library: &Library, query: &Query) -> Result<Self, Error> {
        let parts = match query {
            Query::All(parts) => parts.clone(),
            other => vec![other.clone()],
        };
        let (texts, others): (Vec<Query>, Vec<Query>) = parts.into_iter().partition(|part| part.full_text().is_some());
        let text = match texts.len() {
            0 => None,
            1 => texts.into_iter().next(),
            _ => Some(Query::All(texts)),
        };
        let mut plan = Self {
            full_text: text.as_ref().and_then(Query::full_text),
            text,
            conditions: Vec::new(),
            values: Vec::new(),
            speakers: Vec::new(),
            named: Vec::new(),
            originals: !others.iter().any(|part| matches!(part, Query::Field(Field::Outlet(_)))),
        };
        for part in &others {
            let condition = plan.condition(library, part)?;
            plan.conditions.push(condition);
        }
        Ok(plan)
    }

    /// What SQL says for a part; its values are added in order.
    fn condition(&mut self, library: &Library, query: &Query) -> Result<String, Error> {
        Ok(match query {
            Query::Not(inner) => {
                // Who is not to be there is no place to show.
                let (speakers, named) = (self.speakers.len(), self.named.len());
                let condition = self.condition(library, inner)?;
                self.speakers.truncate(speakers);
                self.named.truncate(named);
                format!("NOT ({condition})")
            }
            Query::All(parts) | Query::Any(parts) => {
                let word = if matches!(query, Query::All(_)) { " AND " } else { " OR " };
                let parts: Result<Vec<String>, Error> =
                    parts.iter().map(|part| self.condition(library, part)).collect();
                format!("({})", parts?.join(word))
            }
            Query::Phrase(_) | Query::Near(..) => {
                self.values.push(Value::from(query.full_text().unwrap_or_default()));
                "documents.id IN (SELECT rowid FROM search WHERE search MATCH ?)".to_owned()
            }
            Query::Field(field) => self.field(library, field)?,
        })
    }

    fn field(&mut self, library: &Library, field: &Field) -> Result<String, Error> {
        let named = |name: &str, kind: Kind| who(library, name, &[kind]);
        let entities = |ids: &[i64]| {
            format!("documents.id IN (SELECT document FROM entities WHERE identity IN ({}))", numbers(ids))
        };
        Ok(match field {
            Field::Person(name) | Field::Organization(name) | Field::Place(name) => {
                let kind = match field {
                    Field::Person(_) => Kind::Person,
                    Field::Organization(_) => Kind::Organization,
                    _ => Kind::Place,
                };
                let ids = named(name, kind)?;
                self.named.extend(&ids);
                entities(&ids)
            }
            Field::SaidBy(name) => {
                let ids = who(library, name, &[Kind::Person, Kind::Organization])?;
                self.speakers.extend(&ids);
                format!(
                    "documents.id IN (SELECT quotes.document FROM entities JOIN quotes ON speaker = entities.id \
                     WHERE identity IN ({}))",
                    numbers(&ids)
                )
            }
            Field::Role(role) => {
                let wanted = words(role);
                let holds = |text: &str| {
                    let has = words(text);
                    wanted.iter().all(|asked| has.iter().any(|word| is_word(&word.word, &asked.word, false)))
                };
                let mut roles = library.rows("SELECT DISTINCT text FROM roles", [], |row| row.get::<_, String>(0))?;
                roles.retain(|role| holds(role));
                roles.truncate(5000);
                let list = vec!["?"; roles.len()].join(",");
                self.values.extend(roles.into_iter().map(Value::from));
                format!(
                    "documents.id IN (SELECT document FROM entities JOIN roles ON entity = entities.id \
                     WHERE roles.text IN ({list}))"
                )
            }
            Field::Outlet(outlet) => {
                let mut outlets =
                    library.rows("SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL", [], |row| {
                        row.get::<_, String>(0)
                    })?;
                let wanted = fold(outlet);
                outlets.retain(|outlet| fold(outlet).contains(&wanted));
                let list = vec!["?"; outlets.len()].join(",");
                self.values.extend(outlets.into_iter().map(Value::from));
                format!("outlet IN ({list})")
            }
            Field::Since(date) => {
                self.values.push(Value::from(date.clone()));
                "date >= ?".to_owned()
            }
            // 2026-11 has no later text than 2026-11~.
            Field::Until(date) => {
                self.values.push(Value::from(format!("{date}~")));
                "date <= ?".to_owned()
            }
        })
    }
}

/// Who may be meant by a name; those whose very name it is, where there are any.
fn who(library: &Library, name: &str, kinds: &[Kind]) -> Result<Vec<i64>, Error> {
    let mut ids = Vec::new();
    for kind in kinds {
        ids.extend(library.named(name, Some(*kind), 200)?.into_iter().map(|entry| entry.id));
    }
    Ok(ids)
}

fn numbers(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
