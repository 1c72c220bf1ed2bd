//! Who is who over all documents: [`identity`](crate::identity) over the tables, with what a person decided.
//!
//! It is made anew after every change, from all entities; identities keep their numbers where most of their entities
//! stay. It is one transaction.

use super::{Decision, Error, Library, add, store::set_fact};
use crate::annotation::Kind;
use crate::identity::{Appearance, Identity, Link, Reason, key, name::Name, name::sounds, resolve};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What linking made of the entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Entities of documents.
    pub entities: usize,
    /// People, organizations and places over all documents.
    pub identities: usize,
}

/// An entity's row beside its appearance.
struct Row {
    id: i64,
    document: i64,
    identity: Option<i64>,
    reason: Option<String>,
}

/// An identity to be, with its appearances and the name a person gave it.
struct Group {
    kind: Kind,
    name: String,
    links: Vec<Link>,
}

impl Library {
    /// Links all entities where documents or decisions have changed; nothing where none have.
    ///
    /// # Errors
    /// [`Error`]; the old links stay then.
    pub fn link(&mut self) -> Result<Option<Linked>, Error> {
        let decided = self.decisions.made().len().to_string();
        let stale =
            self.fact("unlinked")?.is_some() || self.fact("decided")?.unwrap_or_else(|| "0".to_owned()) != decided;
        if !stale {
            return Ok(None);
        }
        let path = self.path.clone();
        let fail = |error| Error::of(&path, error);
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(fail)?;
        let decisions: Vec<&Decision> = self.decisions.made().iter().map(|made| &made.decision).collect();
        let linked = (|| {
            let (rows, seen) = appearances(&transaction)?;
            let groups = groups(&transaction, &rows, &seen, &decisions)?;
            let linked = Linked { entities: rows.len(), identities: groups.len() };
            write(&transaction, &rows, &seen, groups)?;
            set_fact(&transaction, "unlinked", None)?;
            set_fact(&transaction, "decided", Some(&decided))?;
            transaction.commit()?;
            Ok(Some(linked))
        })();
        linked.map_err(fail)
    }

    /// Keeps a decision and links anew.
    ///
    /// # Errors
    /// [`Error`].
    pub fn decide(&mut self, decision: Decision, at: u64) -> Result<(), Error> {
        self.decisions.add(decision, at)?;
        stale(self)?;
        self.link().map(drop)
    }

    /// Takes the last decision back and links anew.
    ///
    /// # Errors
    /// [`Error`].
    pub fn undo(&mut self) -> Result<Option<Decision>, Error> {
        let undone = self.decisions.undo()?;
        stale(self)?;
        self.link()?;
        Ok(undone.map(|made| made.decision))
    }
}

fn stale(library: &Library) -> Result<(), Error> {
    set_fact(&library.db, "unlinked", Some("yes")).map_err(|error| library.fail(error))
}

/// Every entity of every document that is no copy of another: its row, and what its document says of it.
fn appearances(db: &Connection) -> rusqlite::Result<(Vec<Row>, Vec<Appearance>)> {
    let (mut rows, mut seen, mut places) = (Vec::new(), Vec::new(), HashMap::new());
    let sql = "SELECT entities.id, document, kind, identity, reason, date FROM entities \
               JOIN documents ON documents.id = document ORDER BY document, entities.id";
    let mut statement = db.prepare(sql)?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let (id, document): (i64, i64) = (row.get(0)?, row.get(1)?);
        places.insert(id, seen.len());
        let kind = add::kind(row.get_ref(2)?.as_str()?);
        let day = row.get_ref(5)?.as_str_or_null()?.and_then(day);
        rows.push(Row { id, document, identity: row.get(3)?, reason: row.get(4)? });
        let document = u32::try_from(document).unwrap_or(u32::MAX);
        seen.push(Appearance { document, kind, forms: Vec::new(), roles: Vec::new(), day });
    }
    drop(found);
    let mut statement = db.prepare("SELECT entity, text, count(*) FROM mentions GROUP BY entity, text")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let place = places.get(&row.get::<_, i64>(0)?);
        if let Some(seen) = place.and_then(|&at| seen.get_mut(at)) {
            seen.forms.push((row.get(1)?, row.get(2)?));
        }
    }
    drop(found);
    let mut statement = db.prepare("SELECT entity, text FROM roles")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let place = places.get(&row.get::<_, i64>(0)?);
        if let Some(seen) = place.and_then(|&at| seen.get_mut(at)) {
            seen.roles.push(row.get(1)?);
        }
    }
    Ok((rows, seen))
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

/// The identities, with the decisions carried out in their order.
fn groups(db: &Connection, rows: &[Row], seen: &[Appearance], decisions: &[&Decision]) -> rusqlite::Result<Vec<Group>> {
    let group = |identity: Identity| Group { kind: identity.kind, name: identity.name, links: identity.links };
    let mut groups: Vec<Group> = resolve(seen).into_iter().map(group).collect();
    for decision in decisions {
        carry_out(db, rows, seen, &mut groups, decision)?;
    }
    groups.retain(|group| !group.links.is_empty());
    Ok(groups)
}

/// What spellings of a name share.
pub(super) fn spelling(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Person => Name::new(name).key(),
        _ => key(name),
    }
}

fn bears(seen: &[Appearance], link: &Link, kind: Kind, wanted: &str) -> bool {
    let forms = seen.get(link.appearance).into_iter().flat_map(|seen| &seen.forms);
    forms.into_iter().any(|(form, _)| spelling(kind, form) == wanted)
}

fn carry_out(
    db: &Connection,
    rows: &[Row],
    seen: &[Appearance],
    groups: &mut Vec<Group>,
    decision: &Decision,
) -> rusqlite::Result<()> {
    // The group that bears the name most often; a person's decision is about whom the name showed.
    let find = |groups: &[Group], kind: Kind, name: &str| {
        let wanted = spelling(kind, name);
        let bearing = |group: &Group| {
            let shown = usize::from(spelling(kind, &group.name) == wanted) * usize::MAX / 2;
            shown + group.links.iter().filter(|link| bears(seen, link, kind, &wanted)).count()
        };
        let counted =
            groups.iter().enumerate().filter(|(_, group)| group.kind == kind).map(|(at, group)| (bearing(group), at));
        counted
            .filter(|(count, _)| *count > 0)
            .max_by_key(|&(count, at)| (count, std::cmp::Reverse(at)))
            .map(|found| found.1)
    };
    match decision {
        Decision::Merge { kind, name, with } => {
            let (Some(into), Some(from)) = (find(groups, *kind, name), find(groups, *kind, with)) else {
                return Ok(());
            };
            if into != from {
                let moved = groups.get_mut(from).map(|group| std::mem::take(&mut group.links)).unwrap_or_default();
                let moved = moved.into_iter().map(|link| Link { reason: Reason::Decided, confidence: 1.0, ..link });
                if let Some(group) = groups.get_mut(into) {
                    group.links.extend(moved);
                }
            }
        }
        Decision::Split { kind, name, documents } => {
            let Some(at) = find(groups, *kind, name) else { return Ok(()) };
            let mut wanted = HashSet::new();
            for document in documents {
                let mut statement = db.prepare_cached("SELECT id FROM documents WHERE name = ?")?;
                wanted.extend(
                    statement.query_map([document], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?,
                );
            }
            let apart = |link: &Link| rows.get(link.appearance).is_some_and(|row| wanted.contains(&row.document));
            let Some(group) = groups.get_mut(at) else { return Ok(()) };
            let (moved, kept): (Vec<Link>, Vec<Link>) = group.links.drain(..).partition(apart);
            group.links = kept;
            let name = group.name.clone();
            let links =
                moved.into_iter().map(|link| Link { reason: Reason::Decided, confidence: 1.0, ..link }).collect();
            groups.push(Group { kind: *kind, name, links });
        }
        Decision::Rename { kind, name, to } => {
            if let Some(group) = find(groups, *kind, name).and_then(|at| groups.get_mut(at)) {
                group.name.clone_from(to);
            }
        }
        Decision::Reject { kind, name } => {
            let wanted = spelling(*kind, name);
            for group in groups.iter_mut().filter(|group| group.kind == *kind) {
                group.links.retain(|link| {
                    let forms = seen.get(link.appearance).map(|seen| seen.forms.as_slice()).unwrap_or_default();
                    !forms.iter().all(|(form, _)| spelling(*kind, form) == wanted)
                });
            }
        }
    }
    Ok(())
}

/// Writes what has changed. A group takes the number of the identity that most of its entities had.
fn write(db: &Connection, rows: &[Row], seen: &[Appearance], groups: Vec<Group>) -> rusqlite::Result<()> {
    let numbers = numbers(rows, &groups);
    let old: HashMap<i64, usize> = {
        let mut statement = db.prepare("SELECT id, entities FROM identities")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?
    };
    let mut next = old.keys().max().map_or(1, |last| last + 1);
    let (mut kept, mut linked) = (HashSet::new(), HashSet::new());
    for (group, number) in groups.into_iter().zip(numbers) {
        let id = number.unwrap_or(next);
        next = next.max(id + 1);
        kept.insert(id);
        linked.extend(group.links.iter().map(|link| link.appearance));
        if !old.contains_key(&id) {
            let sql = "INSERT INTO identities (id, kind, name) VALUES (?, ?, ?)";
            db.prepare_cached(sql)?.execute(params![id, group.kind.name(), group.name])?;
        }
        let mut changed = old.get(&id) != Some(&group.links.len());
        for link in &group.links {
            let Some(row) = rows.get(link.appearance) else { continue };
            if row.identity != Some(id) || row.reason.as_deref() != Some(link.reason.name()) {
                let sql = "UPDATE entities SET identity = ?, reason = ?, confidence = ? WHERE id = ?";
                db.prepare_cached(sql)?.execute(params![id, link.reason.name(), link.confidence, row.id])?;
                changed = true;
            }
        }
        let sql = "UPDATE identities SET name = ?2 WHERE id = ?1 AND name <> ?2";
        changed |= db.prepare_cached(sql)?.execute(params![id, group.name])? > 0;
        if changed {
            spell(db, id, &group, seen)?;
            db.prepare_cached(COUNT)?.execute([id])?;
        }
    }
    let lost = rows.iter().enumerate().filter(|(at, row)| row.identity.is_some() && !linked.contains(at));
    for (_, row) in lost {
        db.prepare_cached("UPDATE entities SET identity = NULL, reason = NULL WHERE id = ?")?.execute([row.id])?;
    }
    for gone in old.keys().filter(|id| !kept.contains(id)) {
        db.prepare_cached("DELETE FROM identities WHERE id = ?")?.execute([gone])?;
    }
    Ok(())
}

/// The numbers of an identity, from its entities; copies count once, with their original.
const COUNT: &str = "UPDATE identities SET (entities, documents, mentions, quotes, first, last) = ( \
    SELECT count(*), \
        count(DISTINCT CASE WHEN copy_of IS NULL THEN documents.id END), \
        coalesce(sum(CASE WHEN copy_of IS NULL THEN (SELECT count(*) FROM mentions WHERE entity = entities.id) END), 0), \
        coalesce(sum(CASE WHEN copy_of IS NULL THEN (SELECT count(*) FROM quotes WHERE speaker = entities.id) END), 0), \
        min(date), max(date) \
    FROM entities JOIN documents ON documents.id = document WHERE identity = identities.id) WHERE id = ?";

/// Whose number each group takes: the largest share of entities first, each number once.
fn numbers(rows: &[Row], groups: &[Group]) -> Vec<Option<i64>> {
    let mut shares: Vec<(usize, i64, usize)> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for id in group.links.iter().filter_map(|link| rows.get(link.appearance)?.identity) {
            *counts.entry(id).or_default() += 1;
        }
        shares.extend(counts.into_iter().map(|(id, count)| (count, id, at)));
    }
    shares.sort_by_key(|&(count, id, at)| (std::cmp::Reverse(count), id, at));
    let mut numbers = vec![None; groups.len()];
    let mut taken = HashSet::new();
    for (_, id, at) in shares {
        if let Some(number) = numbers.get_mut(at).filter(|number| number.is_none())
            && taken.insert(id)
        {
            *number = Some(id);
        }
    }
    numbers
}

/// The forms of an identity's name and the parts that it is looked up by.
fn spell(db: &Connection, id: i64, group: &Group, seen: &[Appearance]) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM spellings WHERE identity = ?")?.execute([id])?;
    db.prepare_cached("DELETE FROM parts WHERE identity = ?")?.execute([id])?;
    let mut forms: BTreeMap<&str, u32> = BTreeMap::from([(group.name.as_str(), 0)]);
    for seen in group.links.iter().filter_map(|link| seen.get(link.appearance)) {
        for (form, _) in &seen.forms {
            *forms.entry(form).or_default() += 1;
        }
    }
    let mut parts = BTreeSet::new();
    for (form, documents) in forms {
        let sql = "INSERT OR IGNORE INTO spellings VALUES (?, ?, ?, ?)";
        db.prepare_cached(sql)?.execute(params![id, form, spelling(group.kind, form), documents])?;
        parts.extend(Name::new(form).parts.into_iter().map(|part| part.core));
    }
    for part in parts {
        db.prepare_cached("INSERT OR IGNORE INTO parts VALUES (?, ?, ?)")?.execute(params![part, sounds(&part), id])?;
    }
    Ok(())
}
