//! Which names have been compared with each other, in the tables `compared` and `crowded`.

use crate::identity::{Compared, RULES};
use crate::library::store::set_fact;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// What is remembered; nothing where other rules were used.
pub fn read(db: &Connection) -> rusqlite::Result<Compared> {
    let rules: Option<String> =
        db.query_row("SELECT value FROM facts WHERE name = 'compared'", [], |row| row.get(0)).optional()?;
    if rules.as_deref() != Some(RULES) {
        db.execute_batch("DELETE FROM compared; DELETE FROM crowded")?;
        set_fact(db, "compared", Some(RULES))?;
        return Ok(Compared::default());
    }
    let mut near: HashMap<u64, Vec<u64>> = HashMap::new();
    let mut statement = db.prepare("SELECT name, near FROM compared")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let numbers = row.get_ref(1)?.as_blob()?.chunks_exact(8);
        let numbers = numbers.map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or_default()));
        near.insert(row.get::<_, i64>(0)?.cast_unsigned(), numbers.collect());
    }
    let mut statement = db.prepare("SELECT sounds FROM crowded")?;
    let crowded = statement.query_map([], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))?;
    Ok(Compared::new(near, crowded.collect::<Result<HashSet<u64>, _>>()?))
}

/// Keeps what is new.
pub fn write(db: &Connection, compared: &Compared) -> rusqlite::Result<()> {
    let mut statement = db.prepare("DELETE FROM compared WHERE name = ?")?;
    for gone in compared.gone() {
        statement.execute([gone.cast_signed()])?;
    }
    let mut statement = db.prepare("INSERT OR REPLACE INTO compared VALUES (?, ?)")?;
    let mut changed: Vec<(u64, &[u64])> = compared.changed().collect();
    changed.sort_unstable_by_key(|changed| changed.0.cast_signed());
    for (name, near) in changed {
        let bytes: Vec<u8> = near.iter().flat_map(|other| other.to_le_bytes()).collect();
        statement.execute(params![name.cast_signed(), bytes])?;
    }
    if let Some(crowded) = compared.crowded() {
        db.execute("DELETE FROM crowded", [])?;
        let mut statement = db.prepare("INSERT INTO crowded VALUES (?)")?;
        for sounds in crowded {
            statement.execute([sounds.cast_signed()])?;
        }
    }
    Ok(())
}
