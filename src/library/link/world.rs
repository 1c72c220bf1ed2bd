//! The tables as linking needs them: a few bytes for each entity, each text once.

use crate::identity::{Appearances, Reason};
use crate::library::add;
use rusqlite::{Connection, Rows};

/// No number.
pub const NONE: u32 = u32::MAX;

/// An entity's row beside its appearance.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub id: u32,
    /// The identity that it has been given before; [`NONE`] where it has none.
    pub identity: u32,
    pub reason: Option<Reason>,
    /// In hundredths.
    pub confidence: u8,
    pub mentions: u32,
    pub quotes: u32,
}

/// A document as the numbers of identities ask for it.
#[derive(Clone, Copy, Debug)]
pub struct Dated {
    id: u32,
    /// Its date's place among all dates; [`NONE`] where it has none.
    pub date: u32,
    pub copy: bool,
}

/// Every entity of every document: its row, and what its document says of it.
#[derive(Debug, Default)]
pub struct World {
    pub rows: Vec<Row>,
    pub seen: Appearances,
    documents: Vec<Dated>,
    /// All dates, in order.
    dates: Vec<String>,
}

impl World {
    /// Reads the tables in the order in which they lie.
    pub fn read(db: &Connection) -> rusqlite::Result<Self> {
        let mut world = Self::default();
        let days = world.documents(db)?;
        let mut entities =
            db.prepare("SELECT id, document, kind, identity, reason, confidence FROM entities ORDER BY id")?;
        let mut mentions = db.prepare("SELECT entity, text FROM mentions ORDER BY entity, start")?;
        let mut roles = db.prepare("SELECT entity, text FROM roles ORDER BY entity, text")?;
        let mut quotes = db.prepare("SELECT speaker, '' FROM quotes WHERE speaker IS NOT NULL ORDER BY speaker")?;
        let mut mentions = Beside::new(mentions.query([])?)?;
        let mut roles = Beside::new(roles.query([])?)?;
        let mut quotes = Beside::new(quotes.query([])?)?;
        let mut found = entities.query([])?;
        let (mut forms, mut held): (Vec<(String, u32)>, Vec<String>) = (Vec::new(), Vec::new());
        while let Some(row) = found.next()? {
            let id: i64 = row.get(0)?;
            forms.clear();
            let mut count = 0;
            mentions.of(id, |text| {
                count += 1;
                match forms.iter_mut().find(|form| form.0 == text) {
                    Some(form) => form.1 += 1,
                    None => forms.push((text.to_owned(), 1)),
                }
            })?;
            forms.sort_unstable();
            held.clear();
            roles.of(id, |text| held.push(text.to_owned()))?;
            let mut said = 0;
            quotes.of(id, |_| said += 1)?;
            let document = small(row.get(1)?);
            let date = world.document(document).map_or(NONE, |document| document.date);
            let day = days.get(date as usize).copied().flatten();
            let kind = add::kind(row.get_ref(2)?.as_str()?);
            let forms = forms.iter().map(|(form, count)| (form.as_str(), *count));
            world.seen.push((document, day), kind, forms, held.iter().map(String::as_str));
            let reason = row.get_ref(4)?.as_str_or_null()?;
            world.rows.push(Row {
                id: small(id),
                identity: row.get::<_, Option<i64>>(3)?.map_or(NONE, small),
                reason: reason.and_then(|name| Reason::ALL.into_iter().find(|reason| reason.name() == name)),
                confidence: row.get::<_, Option<f32>>(5)?.map_or(0, hundredths),
                mentions: count,
                quotes: said,
            });
        }
        Ok(world)
    }

    /// The documents with their dates, from the indexes, which are short; the days of the dates.
    fn documents(&mut self, db: &Connection) -> rusqlite::Result<Vec<Option<i32>>> {
        let mut days = Vec::new();
        let mut statement = db.prepare("SELECT id, date FROM documents ORDER BY date")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let mut place = NONE;
            if let Some(date) = row.get_ref(1)?.as_str_or_null()? {
                if self.dates.last().is_none_or(|last| last != date) {
                    self.dates.push(date.to_owned());
                    days.push(day(date));
                }
                place = u32::try_from(self.dates.len() - 1).unwrap_or(NONE);
            }
            self.documents.push(Dated { id: small(row.get(0)?), date: place, copy: false });
        }
        self.documents.sort_unstable_by_key(|document| document.id);
        let mut statement = db.prepare("SELECT id FROM documents WHERE copy_of IS NOT NULL")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let id = small(row.get(0)?);
            let at = self.documents.binary_search_by_key(&id, |document| document.id);
            if let Some(document) = at.ok().and_then(|at| self.documents.get_mut(at)) {
                document.copy = true;
            }
        }
        Ok(days)
    }

    /// A document by its number.
    pub fn document(&self, id: u32) -> Option<Dated> {
        let at = self.documents.binary_search_by_key(&id, |document| document.id).ok()?;
        self.documents.get(at).copied()
    }

    /// The date of that place.
    pub fn date(&self, place: u32) -> Option<&str> {
        self.dates.get(place as usize).map(String::as_str)
    }

    /// The place of a date; [`NONE`] of none, another that is no place of one that no document has.
    pub fn place_of(&self, date: Option<&str>) -> u32 {
        let Some(date) = date else { return NONE };
        let place = self.dates.binary_search_by(|other| other.as_str().cmp(date)).ok();
        place.and_then(|place| u32::try_from(place).ok()).unwrap_or(NONE - 1)
    }

    /// The row of an appearance.
    pub fn row(&self, appearance: u32) -> Option<&Row> {
        self.rows.get(appearance as usize)
    }
}

/// A number of a row; those beyond four thousand million are taken for one, which no library of ours has.
pub fn small(id: i64) -> u32 {
    u32::try_from(id).unwrap_or(NONE)
}

/// How sure, 0 to 1, in whole hundredths.
pub fn hundredths(confidence: f32) -> u8 {
    (confidence * 100.0).round().clamp(0.0, 100.0) as u8
}

/// Rows of another table that belong to entities, in their order.
struct Beside<'a> {
    rows: Rows<'a>,
    entity: Option<i64>,
    text: String,
}

impl<'a> Beside<'a> {
    fn new(rows: Rows<'a>) -> rusqlite::Result<Self> {
        let mut beside = Self { rows, entity: None, text: String::new() };
        beside.next()?;
        Ok(beside)
    }

    fn next(&mut self) -> rusqlite::Result<()> {
        self.entity = None;
        if let Some(row) = self.rows.next()? {
            self.entity = Some(row.get(0)?);
            self.text.clear();
            self.text.push_str(row.get_ref(1)?.as_str()?);
        }
        Ok(())
    }

    /// The texts of an entity; those of entities before it that are not there are passed over.
    fn of(&mut self, entity: i64, mut each: impl FnMut(&str)) -> rusqlite::Result<()> {
        while let Some(next) = self.entity.filter(|next| *next <= entity) {
            if next == entity {
                each(&self.text);
            }
            self.next()?;
        }
        Ok(())
    }
}

/// Days since 1970 of `2026-11-24…` (Hinnant, "chrono-compatible low-level date algorithms").
fn day(date: &str) -> Option<i32> {
    let mut parts = date.get(..10)?.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}
