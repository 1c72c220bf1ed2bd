//! Who is who over all documents: [`identity`](crate::identity) over the tables, with what a person decided.
//!
//! The tables are read once, in the order in which they lie, into a few bytes for each entity ([`World`]); what has to be
//! one is found in memory, and what has changed is written. Names that have been compared with each other are not again. Identities keep their numbers where most of their entities
//! stay. It is one transaction.

mod compared;
mod decided;
#[cfg(test)]
mod tests;
mod world;
mod write;

use super::{Decision, Error, Library, store::set_fact};
use crate::annotation::Kind;
use crate::identity::{Identity, Link, key, name::Name, resolve};
use decided::carry_out;
use world::World;

/// What linking made of the entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Entities of documents.
    pub entities: usize,
    /// People, organizations and places over all documents.
    pub identities: usize,
}

/// An identity to be, with its appearances and the name a person gave it.
struct Group {
    kind: Kind,
    name: String,
    /// Whether a person gave it that name.
    renamed: bool,
    links: Vec<Link>,
}

impl From<Identity> for Group {
    fn from(identity: Identity) -> Self {
        Self { kind: identity.kind, name: identity.name, renamed: false, links: identity.links }
    }
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
            let world = World::read(&transaction)?;
            let mut compared = compared::read(&transaction)?;
            let mut groups: Vec<Group> = resolve(&world.seen, &mut compared).into_iter().map(Group::from).collect();
            for decision in decisions {
                carry_out(&transaction, &world, &mut groups, decision)?;
            }
            groups.retain(|group| !group.links.is_empty());
            let linked = Linked { entities: world.rows.len(), identities: groups.len() };
            compared::write(&transaction, &compared)?;
            write::write(&transaction, &world, groups)?;
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

/// What spellings of a name share.
pub(super) fn spelling(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Person => Name::new(name).key(),
        _ => key(name),
    }
}
