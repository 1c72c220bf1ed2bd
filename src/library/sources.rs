//! `rawi sources`: who is quoted, how often and how long, directly or not, by outlet and month.

use super::{Error, Library, words::words};
use crate::arabic::normalize::fold;
use rusqlite::params;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Below this a speaker is one that rawi is not sure of.
pub const SURE: f64 = 0.6;

/// Which quotes are counted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// From this date on.
    pub since: Option<String>,
    /// Up to this date; a month or a year counts to its end.
    pub until: Option<String>,
    /// Published by one whose name has this in it.
    pub outlet: Option<String>,
}

/// Somebody who is quoted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quoted {
    /// The name, or the words of the documents: مصدر أمني.
    pub name: String,
    /// Whether it is a name.
    pub named: bool,
    /// How often.
    pub quotes: u64,
    /// How often in quotation marks.
    pub direct: u64,
    /// How often in reported speech.
    pub indirect: u64,
    /// How many words in all.
    pub words: u64,
    /// In how many documents.
    pub documents: u64,
    /// How often rawi is not sure that it is this speaker.
    pub unsure: u64,
    /// The first date.
    pub first: Option<String>,
    /// The last date.
    pub last: Option<String>,
    /// How often by outlet.
    pub outlets: BTreeMap<String, u64>,
    /// How often by month, `2026-11`.
    pub months: BTreeMap<String, u64>,
}

/// Everybody who is quoted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// Quotes in all.
    pub quotes: u64,
    /// Quotes in quotation marks.
    pub direct: u64,
    /// Quotes whose speaker has a name.
    pub named: u64,
    /// Quotes whose speaker is told but not named.
    pub unnamed: u64,
    /// Quotes without a speaker.
    pub nobody: u64,
    /// Quotes with a speaker that rawi is not sure of.
    pub unsure: u64,
    /// Who is quoted, the most quoted first.
    pub sources: Vec<Quoted>,
}

/// What a row of the question has.
struct Row {
    kind: String,
    text: String,
    identity: Option<i64>,
    name: Option<String>,
    words: Option<String>,
    sure: Option<f64>,
    outlet: Option<String>,
    date: Option<String>,
    document: i64,
}

/// Counts who is quoted. Copies of a document count once; a quote inside another of the same speaker is a part of
/// it and does not count.
///
/// # Errors
/// [`Error`].
pub fn quoted(library: &Library, filter: &Filter) -> Result<Count, Error> {
    let sql = "SELECT quotes.kind, quotes.text, identities.id, identities.name, speaker_text, speaker_confidence, \
                   outlet, date, quotes.document \
               FROM quotes JOIN documents ON documents.id = quotes.document \
               LEFT JOIN entities ON entities.id = quotes.speaker LEFT JOIN identities ON identities.id = entities.identity \
               WHERE copy_of IS NULL AND (?1 IS NULL OR date >= ?1) AND (?2 IS NULL OR date <= ?2 || '~') \
                 AND NOT EXISTS (SELECT 1 FROM quotes AS outer WHERE outer.document = quotes.document \
                    AND outer.id <> quotes.id AND outer.start <= quotes.start AND outer.end >= quotes.end \
                    AND outer.end - outer.start > quotes.end - quotes.start AND outer.speaker IS quotes.speaker)";
    let rows = library.rows(sql, params![filter.since, filter.until], |row| {
        Ok(Row {
            kind: row.get(0)?,
            text: row.get(1)?,
            identity: row.get(2)?,
            name: row.get(3)?,
            words: row.get(4)?,
            sure: row.get(5)?,
            outlet: row.get(6)?,
            date: row.get(7)?,
            document: row.get(8)?,
        })
    })?;
    let wanted = filter.outlet.as_deref().map(fold);
    let in_outlet = |row: &Row| {
        let Some(wanted) = &wanted else { return true };
        row.outlet.as_deref().is_some_and(|outlet| fold(outlet).contains(wanted))
    };
    let mut count = Count::default();
    let mut sources: HashMap<String, (Quoted, HashSet<i64>)> = HashMap::new();
    for row in rows.into_iter().filter(in_outlet) {
        count.quotes += 1;
        count.direct += u64::from(row.kind == "direct");
        let (key, name) = match (row.identity, row.name, row.words) {
            (Some(id), Some(name), _) => (id.to_string(), name),
            (_, _, Some(words)) => (format!(" {}", fold(&words)), words),
            _ => {
                count.nobody += 1;
                continue;
            }
        };
        let named = row.identity.is_some();
        let unsure = u64::from(row.sure.is_some_and(|sure| sure < SURE));
        count.named += u64::from(named);
        count.unnamed += u64::from(!named);
        count.unsure += unsure;
        let (source, documents) = sources.entry(key).or_default();
        if source.quotes == 0 {
            (source.name, source.named) = (one_line(&name), named);
        }
        source.quotes += 1;
        source.direct += u64::from(row.kind == "direct");
        source.indirect += u64::from(row.kind != "direct");
        source.words += words(&row.text).len() as u64;
        source.unsure += unsure;
        documents.insert(row.document);
        if let Some(date) = row.date {
            if let Some(month) = date.get(..7) {
                *source.months.entry(month.to_owned()).or_default() += 1;
            }
            if source.first.as_ref().is_none_or(|first| *first > date) {
                source.first = Some(date.clone());
            }
            if source.last.as_ref().is_none_or(|last| *last < date) {
                source.last = Some(date);
            }
        }
        if let Some(outlet) = row.outlet {
            *source.outlets.entry(outlet).or_default() += 1;
        }
    }
    count.sources = sources
        .into_values()
        .map(|(source, documents)| Quoted { documents: documents.len() as u64, ..source })
        .collect();
    count.sources.sort_by(|left, right| {
        let order = |source: &Quoted| (std::cmp::Reverse(source.quotes), std::cmp::Reverse(source.words));
        order(left).cmp(&order(right)).then_with(|| left.name.cmp(&right.name))
    });
    Ok(count)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
