//! Documents, and places in them, so many at a time. Copies of a document are left out.

use super::{Article, Listed, Order, Part, Passage, Stored};
use crate::arabic::transliteration::NameQuery;
use crate::library::{Error, Library};
use crate::text::{Offsets, Span, Unit, slice};
use rusqlite::{Row, params};
use std::collections::{HashMap, hash_map::Entry};

/// Code points on either side of a place that are shown with it.
const AROUND: usize = 60;

fn article_row(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article { number: row.get(0)?, name: row.get(1)?, title: row.get(2)?, date: row.get(3)?, outlet: row.get(4)? })
}

const ARTICLE: &str = "documents.id, documents.name, title, date, outlet";

/// Documents whose headline, outlet, name or date is like what is typed; all where nothing is typed. `goes_on` is asked
/// now and then whether anybody still wants to know.
///
/// # Errors
/// [`Error`].
pub fn articles(
    library: &Library,
    typed: &str,
    (order, part): (Order, Part),
    goes_on: &dyn Fn() -> bool,
) -> Result<Listed<Article>, Error> {
    let order = match order {
        Order::Usual => "date DESC, id DESC",
        Order::Other => "outlet IS NULL, outlet, date DESC, id DESC",
    };
    let from = format!("FROM documents WHERE copy_of IS NULL ORDER BY {order}");
    if typed.trim().is_empty() {
        let sql = format!("SELECT {ARTICLE} {from} LIMIT ? OFFSET ?");
        let rows = library.rows(&sql, params![part.count as i64, part.from as i64], article_row)?;
        let total = super::glance(library)?.documents;
        return Ok(Listed { rows, total });
    }
    let query = NameQuery::new(typed);
    let (mut rows, mut total, mut seen) = (Vec::new(), 0, 0_usize);
    let sql = format!("SELECT {ARTICLE} {from}");
    let fail = |error| library.fail(error);
    let mut statement = library.db.prepare_cached(&sql).map_err(fail)?;
    let mut found = statement.query([]).map_err(fail)?;
    while let Some(row) = found.next().map_err(fail)? {
        seen += 1;
        if seen.is_multiple_of(256) && !goes_on() {
            break;
        }
        let text = |at: usize| row.get_ref(at).ok().and_then(|value| value.as_str().ok()).unwrap_or_default();
        let meant = text(3).starts_with(typed.trim()) || [2, 4, 1].into_iter().any(|at| query.finds(text(at)));
        if meant {
            if total >= part.from && rows.len() < part.count {
                rows.push(article_row(row).map_err(fail)?);
            }
            total += 1;
        }
    }
    Ok(Listed { rows, total })
}

/// The number of the document of a name.
///
/// # Errors
/// [`Error`].
pub fn number_of(library: &Library, name: &str) -> Result<Option<i64>, Error> {
    Ok(library.rows("SELECT id FROM documents WHERE name = ?", [name], |row| row.get(0))?.pop())
}

/// A document by its number, with its text and where it came from.
///
/// # Errors
/// [`Error`].
pub fn stored(library: &Library, number: i64) -> Result<Option<Stored>, Error> {
    let sql = format!(
        "SELECT {ARTICLE}, path, part, text, documents.maker = 'results' FROM documents \
         JOIN sources ON sources.id = source WHERE documents.id = ?"
    );
    let row = |row: &Row<'_>| {
        Ok(Stored {
            article: article_row(row)?,
            path: row.get(5)?,
            part: row.get(6)?,
            text: row.get(7)?,
            is_result: row.get(8)?,
        })
    };
    Ok(library.rows(&sql, [number], row)?.pop())
}

/// The documents that name one, by date, each with its first such place.
///
/// # Errors
/// [`Error`].
pub fn documents_of(library: &Library, id: i64, part: Part) -> Result<Listed<Passage>, Error> {
    let place =
        |which: &str| format!("(SELECT {which} FROM mentions WHERE entity = entities.id ORDER BY start LIMIT 1)");
    let from =
        "FROM entities JOIN documents ON documents.id = entities.document WHERE identity = ? AND copy_of IS NULL";
    let sql = format!(
        "SELECT {ARTICLE}, {}, {}, min(entities.id) {from} GROUP BY documents.id ORDER BY date, documents.id LIMIT ? OFFSET ?",
        place("start"),
        place("end"),
    );
    let total = count(library, &format!("SELECT count(DISTINCT documents.id) {from}"), id)?;
    let row = |row: &Row<'_>| Ok((article_row(row)?, row.get::<_, Option<usize>>(5)?, row.get::<_, Option<usize>>(6)?));
    let rows = library.rows(&sql, params![id, part.count as i64, part.from as i64], row)?;
    let places = rows.into_iter().map(|(article, start, end)| (article, start.unwrap_or(0), end.unwrap_or(0)));
    Ok(Listed { rows: in_context(library, places.collect())?, total })
}

/// Every place that names one, by date and place, with the words around it.
///
/// # Errors
/// [`Error`].
pub fn mentions_of(library: &Library, id: i64, part: Part) -> Result<Listed<Passage>, Error> {
    let from = "FROM entities JOIN mentions ON mentions.entity = entities.id \
                JOIN documents ON documents.id = entities.document WHERE identity = ? AND copy_of IS NULL";
    let sql = format!("SELECT {ARTICLE}, start, end {from} ORDER BY date, documents.id, start LIMIT ? OFFSET ?");
    let total = count(library, &format!("SELECT count(*) {from}"), id)?;
    let row = |row: &Row<'_>| Ok((article_row(row)?, row.get(5)?, row.get(6)?));
    let rows = library.rows(&sql, params![id, part.count as i64, part.from as i64], row)?;
    Ok(Listed { rows: in_context(library, rows)?, total })
}

fn count(library: &Library, sql: &str, id: i64) -> Result<usize, Error> {
    Ok(library.rows(sql, [id], |row| row.get(0))?.pop().unwrap_or_default())
}

/// Places with the words around them.
fn in_context(library: &Library, places: Vec<(Article, usize, usize)>) -> Result<Vec<Passage>, Error> {
    let mut texts: HashMap<i64, String> = HashMap::new();
    let mut passages = Vec::with_capacity(places.len());
    for (article, start, end) in places {
        let text = match texts.entry(article.number) {
            Entry::Occupied(text) => text.into_mut(),
            Entry::Vacant(place) => place.insert(library.text(article.number)?.unwrap_or_default()),
        };
        let (context, mark) = around(text, (start, end));
        passages.push(Passage { article, start, end, context, mark, speaker: None, direct: false });
    }
    Ok(passages)
}

/// The words around a place of a text on one line, and where in it the place is.
fn around(text: &str, (start, end): (usize, usize)) -> (String, Span) {
    let offsets = Offsets::new(text, Unit::CodePoint);
    let Some(place) = offsets.to_span((start, end)) else { return (String::new(), Span::default()) };
    let from = offsets.to_byte(start.saturating_sub(AROUND)).unwrap_or(0);
    let to = offsets.to_byte(end + AROUND).unwrap_or(text.len());
    // Whole words, and nothing of another paragraph.
    let before = slice(text, Span::new(from, place.start));
    let before = match before.rfind('\n') {
        Some(line) => before.get(line + 1..).unwrap_or_default(),
        None if from > 0 => before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest),
        None => before,
    };
    let after = slice(text, Span::new(place.end, to));
    let after = match after.find('\n') {
        Some(line) => after.get(..line).unwrap_or_default(),
        None if to < text.len() => after.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest),
        None => after,
    };
    let flat = |text: &str| text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
    let mut context: String = flat(before);
    let mark = context.len();
    context.push_str(&flat(slice(text, place)));
    let mark = Span::new(mark, context.len());
    context.push_str(&flat(after));
    (context, mark)
}

/// What one said, by date and place.
///
/// # Errors
/// [`Error`].
pub fn said(library: &Library, id: i64, part: Part) -> Result<Listed<Passage>, Error> {
    let from = "FROM entities JOIN quotes ON speaker = entities.id JOIN documents ON documents.id = quotes.document \
                WHERE identity = ? AND copy_of IS NULL";
    quotes(library, id, part, (from, "NULL"))
}

/// What others said in which one is named, by date and place.
///
/// # Errors
/// [`Error`].
pub fn said_of(library: &Library, id: i64, part: Part) -> Result<Listed<Passage>, Error> {
    let from = "FROM (SELECT DISTINCT quotes.id AS number, identity FROM entities \
                    JOIN mentions ON mentions.entity = entities.id \
                    JOIN quotes ON quotes.document = entities.document \
                        AND quotes.start <= mentions.start AND quotes.end >= mentions.end WHERE identity = ?1) \
                JOIN quotes ON quotes.id = number JOIN documents ON documents.id = quotes.document \
                WHERE copy_of IS NULL \
                  AND coalesce((SELECT other.identity FROM entities AS other WHERE other.id = quotes.speaker), -1) <> ?1";
    let speaker = "coalesce((SELECT identities.name FROM identities JOIN entities AS other \
                       ON other.identity = identities.id WHERE other.id = quotes.speaker), speaker_text)";
    quotes(library, id, part, (from, speaker))
}

fn quotes(library: &Library, id: i64, part: Part, (from, speaker): (&str, &str)) -> Result<Listed<Passage>, Error> {
    let sql = format!(
        "SELECT {ARTICLE}, quotes.start, quotes.end, quotes.text, {speaker}, quotes.kind = 'direct' {from} \
         ORDER BY date, documents.id, quotes.start LIMIT ? OFFSET ?"
    );
    let total = count(library, &format!("SELECT count(*) {from}"), id)?;
    let rows = library.rows(&sql, params![id, part.count as i64, part.from as i64], |row| {
        let text: String = row.get(7)?;
        Ok(Passage {
            article: article_row(row)?,
            start: row.get(5)?,
            end: row.get(6)?,
            context: text.split_whitespace().collect::<Vec<_>>().join(" "),
            mark: Span::default(),
            speaker: row.get(8)?,
            direct: row.get(9)?,
        })
    })?;
    Ok(Listed { rows, total })
}
