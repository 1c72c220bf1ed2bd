//! What a person decided, carried out over what was found.

use super::{Group, spelling, world::World};
use crate::annotation::Kind;
use crate::identity::{Link, Reason};
use crate::library::Decision;
use rusqlite::Connection;
use std::collections::HashSet;

/// A name that a decision speaks of.
struct Wanted {
    kind: Kind,
    /// What its spellings share.
    spelling: String,
    /// The same as a number; none where no document calls anybody so.
    number: Option<u32>,
}

impl Wanted {
    fn new(world: &World, kind: Kind, name: &str) -> Self {
        Self { kind, spelling: spelling(kind, name), number: world.seen.spelling(kind, name) }
    }

    fn is_borne(&self, world: &World, link: &Link) -> bool {
        self.number.is_some_and(|wanted| world.seen.spellings(link.appearance).any(|spelling| spelling == wanted))
    }

    /// The group that bears the name most often; a person's decision is about whom the name showed.
    fn find(&self, world: &World, groups: &[Group]) -> Option<usize> {
        let counted = groups.iter().enumerate().filter(|(_, group)| group.kind == self.kind).map(|(at, group)| {
            let borne = group.links.iter().filter(|link| self.is_borne(world, link)).count();
            // The name that is shown is one of those that are borne, unless a person gave it.
            let may = borne > 0 || group.renamed;
            let shown = may && spelling(self.kind, &group.name) == self.spelling;
            ((shown, borne), at)
        });
        counted
            .filter(|((shown, borne), _)| *shown || *borne > 0)
            .max_by_key(|&(worth, at)| (worth, std::cmp::Reverse(at)))
            .map(|found| found.1)
    }
}

fn decided(links: Vec<Link>) -> impl Iterator<Item = Link> {
    links.into_iter().map(|link| Link { reason: Reason::Decided, confidence: 1.0, ..link })
}

/// Carries out one decision; those before it are.
pub fn carry_out(db: &Connection, world: &World, groups: &mut Vec<Group>, decision: &Decision) -> rusqlite::Result<()> {
    match decision {
        Decision::Merge { kind, name, with } => {
            let find = |name: &str| Wanted::new(world, *kind, name).find(world, groups);
            let (Some(into), Some(from)) = (find(name), find(with)) else { return Ok(()) };
            if into != from {
                let moved = groups.get_mut(from).map(|group| std::mem::take(&mut group.links)).unwrap_or_default();
                if let Some(group) = groups.get_mut(into) {
                    group.links.extend(decided(moved));
                }
            }
        }
        Decision::Split { kind, name, documents } => {
            let Some(at) = Wanted::new(world, *kind, name).find(world, groups) else { return Ok(()) };
            let mut wanted = HashSet::new();
            for document in documents {
                let mut statement = db.prepare_cached("SELECT id FROM documents WHERE name = ?")?;
                let found: Vec<i64> = statement.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
                wanted.extend(found);
            }
            let apart = |link: &Link| wanted.contains(&i64::from(world.seen.document(link.appearance)));
            let Some(group) = groups.get_mut(at) else { return Ok(()) };
            let (moved, kept): (Vec<Link>, Vec<Link>) = group.links.drain(..).partition(apart);
            group.links = kept;
            let (name, renamed) = (group.name.clone(), group.renamed);
            groups.push(Group { kind: *kind, name, renamed, links: decided(moved).collect() });
        }
        Decision::Rename { kind, name, to } => {
            let found = Wanted::new(world, *kind, name).find(world, groups);
            if let Some(group) = found.and_then(|at| groups.get_mut(at)) {
                group.name.clone_from(to);
                group.renamed = true;
            }
        }
        Decision::Reject { kind, name } => {
            let wanted = Wanted::new(world, *kind, name).number;
            for group in groups.iter_mut().filter(|group| group.kind == *kind) {
                group
                    .links
                    .retain(|link| !world.seen.spellings(link.appearance).all(|spelling| Some(spelling) == wanted));
            }
        }
    }
    Ok(())
}
