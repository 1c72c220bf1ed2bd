//! The library as plain rows, one after the other, for exports.

use super::{Error, Library};
use serde::Serialize;

/// What somebody said, as a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteRow {
    /// The document's name.
    pub document: String,
    /// Its date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// `direct` or `indirect`.
    pub kind: String,
    /// First code point.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// The words.
    pub text: String,
    /// The speaker's number over all documents.
    pub speaker: Option<i64>,
    /// The speaker's name, else the words that say who.
    pub speaker_name: Option<String>,
    /// How sure the speaker is, 0 to 1.
    pub speaker_confidence: Option<f64>,
}

/// A place that names somebody or something, as a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionRow {
    /// The document's name.
    pub document: String,
    /// Its date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// First code point.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// What stands there.
    pub text: String,
    /// `person`, `organization` or `place`.
    pub kind: String,
    /// The number over all documents.
    pub identity: Option<i64>,
    /// The name over all documents.
    pub name: Option<String>,
    /// Why it is taken for that one.
    pub reason: Option<String>,
    /// How surely, 0 to 1.
    pub confidence: Option<f64>,
}

/// Two who appear together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Together {
    /// One's number.
    pub one: i64,
    /// The other's; the larger of the two.
    pub other: i64,
    /// In how many documents; copies count once.
    pub documents: u64,
}

/// Every quote, by document and place.
///
/// # Errors
/// [`Error`], and the first of `each`.
pub fn each_quote<E: From<Error>>(library: &Library, mut each: impl FnMut(QuoteRow) -> Result<(), E>) -> Result<(), E> {
    let sql = "SELECT documents.name, date, outlet, quotes.kind, start, end, quotes.text, identities.id, \
                   coalesce(identities.name, speaker_text), speaker_confidence \
               FROM quotes JOIN documents ON documents.id = quotes.document \
               LEFT JOIN entities ON entities.id = quotes.speaker LEFT JOIN identities ON identities.id = entities.identity \
               ORDER BY quotes.document, start, quotes.id";
    let fail = |error| library.fail(error);
    let mut statement = library.db.prepare(sql).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let quote = (|| {
            Ok(QuoteRow {
                document: row.get(0)?,
                date: row.get(1)?,
                outlet: row.get(2)?,
                kind: row.get(3)?,
                start: row.get(4)?,
                end: row.get(5)?,
                text: row.get(6)?,
                speaker: row.get(7)?,
                speaker_name: row.get(8)?,
                speaker_confidence: row.get(9)?,
            })
        })();
        each(quote.map_err(fail)?)?;
    }
    Ok(())
}

/// Every mention, by document and place.
///
/// # Errors
/// [`Error`], and the first of `each`.
pub fn each_mention<E: From<Error>>(
    library: &Library,
    mut each: impl FnMut(MentionRow) -> Result<(), E>,
) -> Result<(), E> {
    let sql = "SELECT documents.name, date, outlet, start, end, mentions.text, entities.kind, identities.id, identities.name, \
                   reason, entities.confidence \
               FROM documents JOIN entities ON entities.document = documents.id \
               JOIN mentions ON mentions.entity = entities.id LEFT JOIN identities ON identities.id = identity \
               ORDER BY documents.id, entities.id, start";
    let fail = |error| library.fail(error);
    let mut statement = library.db.prepare(sql).map_err(fail)?;
    let mut rows = statement.query([]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let mention = (|| {
            Ok(MentionRow {
                document: row.get(0)?,
                date: row.get(1)?,
                outlet: row.get(2)?,
                start: row.get(3)?,
                end: row.get(4)?,
                text: row.get(5)?,
                kind: row.get(6)?,
                identity: row.get(7)?,
                name: row.get(8)?,
                reason: row.get(9)?,
                confidence: row.get(10)?,
            })
        })();
        each(mention.map_err(fail)?)?;
    }
    Ok(())
}

/// Which of these appear in the same documents, at least twice.
///
/// # Errors
/// [`Error`].
pub fn together(library: &Library, ids: &[i64]) -> Result<Vec<Together>, Error> {
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let sql = format!(
        "SELECT one.identity, other.identity, count(DISTINCT one.document) FROM entities AS one \
         JOIN entities AS other ON other.document = one.document AND other.identity > one.identity \
         JOIN documents ON documents.id = one.document AND copy_of IS NULL \
         WHERE one.identity IN ({list}) AND other.identity IN ({list}) GROUP BY 1, 2 HAVING count(DISTINCT one.document) > 1 \
         ORDER BY 3 DESC, 1, 2"
    );
    library.rows(&sql, [], |row| Ok(Together { one: row.get(0)?, other: row.get(1)?, documents: row.get(2)? }))
}
