//! People, organizations and places, so many at a time.

use super::{Glance, Head, Listed, Order, Part};
use crate::annotation::Kind;
use crate::arabic::transliteration::NameQuery;
use crate::identity::name::{Name, near, sounds};
use crate::library::{
    Error, Library,
    people::{Beside, ENTRY, Entry, Role, entry},
};
use rusqlite::{params, params_from_iter, types::Value};

/// Spellings and roles at the head of a page.
const SPELLINGS: usize = 12;
const ROLES: usize = 6;

/// Parts of names that what is typed in Latin letters may mean.
const MEANT: usize = 400;

/// How much there is.
///
/// # Errors
/// [`Error`].
pub fn glance(library: &Library) -> Result<Glance, Error> {
    let count = |sql: &str| -> Result<usize, Error> {
        Ok(library.rows(sql, [], |row| row.get::<_, usize>(0))?.pop().unwrap_or_default())
    };
    let copies = count("SELECT count(*) FROM documents WHERE copy_of IS NOT NULL")?;
    Ok(Glance {
        documents: count("SELECT count(*) FROM documents")?.saturating_sub(copies),
        people: count("SELECT count(*) FROM identities WHERE kind = 'person'")?,
        organizations: count("SELECT count(*) FROM identities WHERE kind = 'organization'")?,
        places: count("SELECT count(*) FROM identities WHERE kind = 'place'")?,
    })
}

/// Those of a kind whose names have words that begin as what is typed, in any spelling and in Latin letters too; all
/// where nothing is typed.
///
/// # Errors
/// [`Error`].
pub fn who(library: &Library, kind: Kind, typed: &str, (order, part): (Order, Part)) -> Result<Listed<Entry>, Error> {
    let mut condition = "WHERE kind = ?".to_owned();
    let mut values = vec![Value::from(kind.name().to_owned())];
    let (nearest, near_values) = restrict(library, typed, (&mut condition, &mut values))?;
    let total = library.rows(
        &format!("SELECT count(*) FROM identities {condition}"),
        params_from_iter(values.clone()),
        |row| row.get(0),
    )?;
    let order = match order {
        Order::Usual => "documents DESC, mentions DESC, id",
        Order::Other => "quotes DESC, documents DESC, id",
    };
    values.extend(near_values);
    values.extend([Value::from(part.count as i64), Value::from(part.from as i64)]);
    let sql = format!("{ENTRY} {condition} ORDER BY {nearest} {order} LIMIT ? OFFSET ?");
    let rows = library.rows(&sql, params_from_iter(values), entry)?;
    Ok(Listed { rows, total: total.first().copied().unwrap_or_default() })
}

/// Adds to a condition that every word that is typed begins a part of the name, or sounds like one. Gives the order in
/// which those come first whose parts are written so, with its values.
fn restrict(
    library: &Library,
    typed: &str,
    (condition, values): (&mut String, &mut Vec<Value>),
) -> Result<(String, Vec<Value>), Error> {
    let (mut nearest, mut near_values) = (String::new(), Vec::new());
    let latin = typed.chars().any(|letter| letter.is_ascii_alphabetic());
    let words: Vec<String> = if latin {
        typed.split_whitespace().map(str::to_owned).collect()
    } else {
        Name::new(typed).parts.into_iter().map(|part| part.core).collect()
    };
    for word in words {
        // The beginning of an article says nothing yet.
        let word = word.strip_prefix("ال").filter(|_| !latin).unwrap_or(&word).to_owned();
        if word.is_empty() || word == "ا" {
            continue;
        }
        let parts = if latin { latin_parts(library, &word)? } else { like_parts(library, &word)? };
        let list = vec!["?"; parts.len()].join(",");
        let begins = if latin { "" } else { "part BETWEEN ? AND ? OR " };
        condition.push_str(&format!(" AND id IN (SELECT identity FROM parts WHERE {begins}part IN ({list}))"));
        if !latin {
            let range = [Value::from(word.clone()), Value::from(format!("{word}\u{10ffff}"))];
            values.extend(range.clone());
            nearest.push_str("id IN (SELECT identity FROM parts WHERE part BETWEEN ? AND ?) DESC,");
            near_values.extend(range);
        }
        values.extend(parts.into_iter().map(Value::from));
    }
    Ok((nearest, near_values))
}

/// The parts that sound like a word.
fn like_parts(library: &Library, word: &str) -> Result<Vec<String>, Error> {
    if word.chars().count() < 3 {
        return Ok(Vec::new());
    }
    let sql = "SELECT DISTINCT part FROM parts WHERE sounds = ?";
    let mut parts = library.rows(sql, [sounds(word)], |row| row.get::<_, String>(0))?;
    parts.retain(|part| near(word, part) >= 0.75);
    parts.truncate(MEANT);
    Ok(parts)
}

/// The parts that begin so in Latin letters.
fn latin_parts(library: &Library, word: &str) -> Result<Vec<String>, Error> {
    let wanted = NameQuery::new(word);
    let mut found = Vec::new();
    library.rows("SELECT DISTINCT part FROM parts", [], |row| {
        let part = row.get_ref(0)?.as_str()?;
        if found.len() < MEANT && wanted.finds(part) {
            found.push(part.to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// Those of a kind who may be meant by what is typed, without one of them; where nothing is typed, those whose names are
/// like that one's.
///
/// # Errors
/// [`Error`].
pub fn may_be_meant(
    library: &Library,
    (kind, without): (Kind, i64),
    typed: &str,
    limit: usize,
) -> Result<Vec<Entry>, Error> {
    let part = Part { from: 0, count: limit + 1 };
    let mut rows = if typed.trim().is_empty() {
        let mut rows = Vec::new();
        if let Some(entry) = library.entry(without)? {
            rows = library.named(&entry.name, Some(kind), limit)?;
            for part in Name::new(&entry.name).parts.iter().rev() {
                rows.extend(library.named(&part.core, Some(kind), limit)?);
            }
        }
        rows
    } else {
        who(library, kind, typed, (Order::Usual, part))?.rows
    };
    let mut seen = std::collections::HashSet::from([without]);
    rows.retain(|entry| seen.insert(entry.id));
    rows.truncate(limit);
    Ok(rows)
}

/// What stands at the head of one's page; none where there is nobody of that number.
///
/// # Errors
/// [`Error`].
pub fn head(library: &Library, id: i64) -> Result<Option<Head>, Error> {
    let Some(entry) = library.entry(id)? else { return Ok(None) };
    let spellings = "SELECT form, documents FROM spellings WHERE identity = ? AND documents > 0 \
                     ORDER BY documents DESC, form LIMIT ?";
    let roles = "SELECT roles.text, count(DISTINCT document), min(date), max(date) FROM entities \
                 JOIN roles ON entity = entities.id JOIN documents ON documents.id = document \
                 WHERE identity = ? AND copy_of IS NULL GROUP BY roles.text ORDER BY 2 DESC, 1 LIMIT ?";
    Ok(Some(Head {
        entry,
        spellings: library.rows(spellings, params![id, SPELLINGS as i64], |row| Ok((row.get(0)?, row.get(1)?)))?,
        roles: library.rows(roles, params![id, ROLES as i64], |row| {
            Ok(Role { text: row.get(0)?, documents: row.get(1)?, first: row.get(2)?, last: row.get(3)? })
        })?,
    }))
}

/// Who appears in the same documents, the most often first.
///
/// # Errors
/// [`Error`].
pub fn beside(library: &Library, id: i64, part: Part) -> Result<Listed<Beside>, Error> {
    let shared = "FROM entities AS own \
                  JOIN entities AS other ON other.document = own.document AND other.identity <> own.identity \
                  JOIN documents ON documents.id = own.document AND copy_of IS NULL";
    let sql = format!("SELECT count(DISTINCT other.identity) {shared} WHERE own.identity = ?");
    let total = library.rows(&sql, [id], |row| row.get(0))?.pop().unwrap_or_default();
    let sql = format!(
        "SELECT identities.id, identities.kind, identities.name, count(DISTINCT other.document) {shared} \
         JOIN identities ON identities.id = other.identity WHERE own.identity = ? \
         GROUP BY identities.id ORDER BY 4 DESC, identities.documents, identities.id LIMIT ? OFFSET ?"
    );
    let rows = library.rows(&sql, params![id, part.count as i64, part.from as i64], |row| {
        Ok(Beside { id: row.get(0)?, kind: row.get(1)?, name: row.get(2)?, documents: row.get(3)? })
    })?;
    Ok(Listed { rows, total })
}
