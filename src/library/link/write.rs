//! What linking found into the tables: only what has changed.

use super::{
    Group, spelling,
    world::{NONE, World, hundredths, small},
};
use crate::identity::{Reason, name::Name, name::sounds};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Numbers of identities are less than this, but in a file that somebody else made.
const MOST: u32 = 4_000_000_000;

/// The numbers of an identity; copies count once, with their original.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Numbers {
    entities: u32,
    documents: u32,
    mentions: u32,
    quotes: u32,
    /// The places of the first and the last date.
    first: u32,
    last: u32,
}

/// What an entity is to be: the place of its group, why and how surely.
type Goal = (u32, Reason, u8);

/// Writes what has changed. A group takes the number of the identity that most of its entities had.
pub fn write(db: &Connection, world: &World, mut groups: Vec<Group>) -> rusqlite::Result<()> {
    for group in &mut groups {
        group.links.sort_unstable_by_key(|link| link.appearance);
    }
    let old = old(db, world)?;
    let ids = ids(world, &groups, old.iter().map(|old| old.0).filter(|id| *id < MOST).max().unwrap_or(0));
    let mut goals: Vec<Option<Goal>> = vec![None; world.rows.len()];
    let mut changed = vec![false; groups.len()];
    for (place, (group, changed)) in (0_u32..).zip(groups.iter().zip(&mut changed)) {
        let id = ids.get(place as usize).copied().unwrap_or(NONE);
        for link in &group.links {
            let goal = (place, link.reason, hundredths(link.confidence));
            if let Some(place) = goals.get_mut(link.appearance as usize) {
                *place = Some(goal);
            }
            *changed |= world.row(link.appearance).is_none_or(|row| row.identity != id);
        }
        let numbers = numbers(world, group);
        let before = old.binary_search_by_key(&id, |old| old.0).ok().and_then(|at| old.get(at));
        match before {
            None => {
                let sql = "INSERT INTO identities (id, kind, name) VALUES (?, ?, ?)";
                db.prepare_cached(sql)?.execute(params![id, group.kind.name(), group.name])?;
                *changed = true;
            }
            Some((_, before)) => {
                let sql = "UPDATE identities SET name = ?2 WHERE id = ?1 AND name <> ?2";
                *changed |= db.prepare_cached(sql)?.execute(params![id, group.name])? > 0;
                *changed |= before.entities != numbers.entities;
            }
        }
        if before.is_none_or(|before| before.1 != numbers) {
            let sql = "UPDATE identities SET (entities, documents, mentions, quotes, first, last) = (?, ?, ?, ?, ?, ?) \
                       WHERE id = ?";
            let Numbers { entities, documents, mentions, quotes, first, last } = numbers;
            let dates = (world.date(first), world.date(last));
            db.prepare_cached(sql)?.execute(params![entities, documents, mentions, quotes, dates.0, dates.1, id])?;
        }
    }
    entities(db, world, &goals, &ids)?;
    drop(goals);
    for ((group, id), _) in groups.iter().zip(&ids).zip(&changed).filter(|(_, changed)| **changed) {
        spell(db, *id, group, world)?;
    }
    let mut kept = ids;
    kept.sort_unstable();
    for (gone, _) in old.iter().filter(|(id, _)| kept.binary_search(id).is_err()) {
        db.prepare_cached("DELETE FROM identities WHERE id = ?")?.execute([gone])?;
    }
    Ok(())
}

/// The identities that are there, by number.
fn old(db: &Connection, world: &World) -> rusqlite::Result<Vec<(u32, Numbers)>> {
    let sql = "SELECT id, entities, documents, mentions, quotes, first, last FROM identities ORDER BY id";
    let mut statement = db.prepare(sql)?;
    let mut found = statement.query([])?;
    let mut old = Vec::new();
    while let Some(row) = found.next()? {
        let number = |at: usize| row.get(at).map(small);
        let date = |at: usize| Ok::<_, rusqlite::Error>(world.place_of(row.get_ref(at)?.as_str_or_null()?));
        let numbers = Numbers {
            entities: number(1)?,
            documents: number(2)?,
            mentions: number(3)?,
            quotes: number(4)?,
            first: date(5)?,
            last: date(6)?,
        };
        old.push((number(0)?, numbers));
    }
    Ok(old)
}

fn numbers(world: &World, group: &Group) -> Numbers {
    let mut numbers = Numbers { first: NONE, last: NONE, ..Numbers::default() };
    let mut before = None;
    for link in &group.links {
        let Some(row) = world.row(link.appearance) else { continue };
        let id = world.seen.document(link.appearance);
        let document = world.document(id);
        numbers.entities += 1;
        if document.is_some_and(|document| !document.copy) {
            numbers.documents += u32::from(before != Some(id));
            numbers.mentions += row.mentions;
            numbers.quotes += row.quotes;
            before = Some(id);
        }
        let date = document.map_or(NONE, |document| document.date);
        if date != NONE {
            numbers.first = numbers.first.min(date);
            numbers.last = if numbers.last == NONE { date } else { numbers.last.max(date) };
        }
    }
    numbers
}

/// Whose number each group takes: the largest share of entities first, each number once; the others get new ones.
fn ids(world: &World, groups: &[Group], last: u32) -> Vec<u32> {
    let mut shares: Vec<(u32, u32, u32)> = Vec::new();
    let mut held: Vec<u32> = Vec::new();
    for (at, group) in (0..).zip(groups) {
        held.clear();
        held.extend(group.links.iter().filter_map(|link| world.row(link.appearance)).map(|row| row.identity));
        held.retain(|id| *id != NONE);
        held.sort_unstable();
        let counts = held.chunk_by(|one, other| one == other);
        shares.extend(counts.filter_map(|same| Some((u32::try_from(same.len()).ok()?, *same.first()?, at))));
    }
    shares.sort_unstable_by_key(|&(count, id, at)| (std::cmp::Reverse(count), id, at));
    let mut ids = vec![NONE; groups.len()];
    let mut taken = HashSet::new();
    for (_, id, at) in shares.into_iter().filter(|share| share.1 < MOST) {
        if let Some(place) = ids.get_mut(at as usize).filter(|place| **place == NONE)
            && taken.insert(id)
        {
            *place = id;
        }
    }
    for (id, next) in ids.iter_mut().filter(|id| **id == NONE).zip(last + 1..) {
        *id = next;
    }
    ids
}

/// The entities whose identity, reason or confidence is another than before, in the order in which they lie.
fn entities(db: &Connection, world: &World, goals: &[Option<Goal>], ids: &[u32]) -> rusqlite::Result<()> {
    let mut give = db.prepare("UPDATE entities SET identity = ?, reason = ?, confidence = ? WHERE id = ?")?;
    let mut take = db.prepare("UPDATE entities SET identity = NULL, reason = NULL, confidence = NULL WHERE id = ?")?;
    for (row, goal) in world.rows.iter().zip(goals) {
        match goal {
            Some((place, reason, sure)) => {
                let id = ids.get(*place as usize).copied().unwrap_or(NONE);
                if (row.identity, row.reason, row.confidence) != (id, Some(*reason), *sure) {
                    give.execute(params![id, reason.name(), f64::from(*sure) / 100.0, row.id])?;
                }
            }
            None if row.identity != NONE => {
                take.execute([row.id])?;
            }
            None => {}
        }
    }
    Ok(())
}

/// The forms of an identity's name and the parts that it is looked up by.
fn spell(db: &Connection, id: u32, group: &Group, world: &World) -> rusqlite::Result<()> {
    let mut forms: BTreeMap<&str, u32> = BTreeMap::from([(group.name.as_str(), 0)]);
    for link in &group.links {
        for (form, _) in world.seen.forms(link.appearance) {
            *forms.entry(form).or_default() += 1;
        }
    }
    let mut parts = BTreeSet::new();
    let mut statement = db.prepare_cached("DELETE FROM spellings WHERE identity = ?")?;
    statement.execute([id])?;
    let mut statement = db.prepare_cached("INSERT OR IGNORE INTO spellings VALUES (?, ?, ?, ?)")?;
    for (form, documents) in forms {
        statement.execute(params![id, form, spelling(group.kind, form), documents])?;
        parts.extend(Name::new(form).parts.into_iter().map(|part| part.core));
    }
    let mut statement = db.prepare_cached("DELETE FROM parts WHERE identity = ?")?;
    statement.execute([id])?;
    let mut statement = db.prepare_cached("INSERT OR IGNORE INTO parts VALUES (?, ?, ?)")?;
    for part in parts {
        statement.execute(params![part, sounds(&part), id])?;
    }
    Ok(())
}
