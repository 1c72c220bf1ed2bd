//! Who occurs in several documents: entities of one kind are the same where their fullest names are, folded, or where
//! one's other name is the other's only name and nobody else's.

use super::{
    document::OpenDocument,
    selection::{Group, Selection},
};
use crate::{
    annotation::{Entity, Kind},
    arabic::normalize::fold,
};
use std::collections::HashMap;

/// An entity of one or several documents, or a quote of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The group of the panel.
    pub group: Group,
    /// Where it is: documents by their numbers, and what it is there.
    pub members: Vec<(usize, Selection)>,
    /// Mentions in all of them.
    pub mentions: usize,
}

impl Cluster {
    /// Whether it is in a document.
    #[must_use]
    pub fn is_in(&self, document: usize) -> bool {
        self.members.iter().any(|member| member.0 == document)
    }

    /// The first of its members, which names it.
    #[must_use]
    pub fn first(&self) -> Option<(usize, Selection)> {
        self.members.first().copied()
    }
}

/// What was found so far while the documents are gone through.
#[derive(Default)]
struct Gathered {
    all: Vec<Cluster>,
    /// By kind and folded fullest name.
    names: HashMap<(Kind, String), usize>,
    /// By kind and folded other name; none where several have it.
    aliases: HashMap<(Kind, String), Option<usize>>,
}

/// Everything that was found in all documents, in order of appearance.
#[must_use]
pub fn gather(documents: &[OpenDocument]) -> Vec<Cluster> {
    let mut gathered = Gathered::default();
    let entities = || {
        let of = |(number, opened): (usize, &'_ OpenDocument)| (number, opened.annotations.entities.len());
        documents.iter().enumerate().flat_map(move |one| {
            let (number, count) = of(one);
            (0..count).map(move |at| (number, at))
        })
    };
    // Full names first, so that a bare last name has somebody to go to, in whichever document.
    for full in [true, false] {
        for (number, at) in entities() {
            let Some(opened) = documents.get(number) else { continue };
            let Some(entity) = opened.annotations.entities.get(at) else { continue };
            if is_full(entity) == full {
                gathered.take(number, opened, entity);
            }
        }
    }
    let mut all = gathered.all;
    all.sort_by_key(|cluster| cluster.members.iter().map(|member| member.0).min());
    for cluster in &mut all {
        cluster.members.sort_by_key(|member| member.0);
    }
    for (number, opened) in documents.iter().enumerate() {
        all.extend(opened.annotations.quotes.iter().map(|quote| Cluster {
            group: Group::Quotes,
            members: vec![(number, Selection::Quote(quote.id))],
            mentions: 0,
        }));
    }
    all
}

/// Whether a name of one word may be somebody's last name: a person's.
fn is_full(entity: &Entity) -> bool {
    entity.kind != Kind::Person || entity.name.trim().contains(char::is_whitespace)
}

impl Gathered {
    fn take(&mut self, number: usize, opened: &OpenDocument, entity: &Entity) {
        let key = |name: &str| (entity.kind, fold(name));
        let name = key(&entity.name);
        let by_alias = || self.aliases.get(&name).copied().flatten();
        let at = self.names.get(&name).copied().or_else(by_alias).unwrap_or_else(|| {
            self.all.push(Cluster { group: Group::Kind(entity.kind), members: Vec::new(), mentions: 0 });
            self.all.len() - 1
        });
        if let Some(cluster) = self.all.get_mut(at) {
            cluster.members.push((number, Selection::Entity(entity.id)));
            cluster.mentions += opened.places(Selection::Entity(entity.id)).len();
        }
        self.names.entry(name).or_insert(at);
        for alias in &entity.aliases {
            let alias = self.aliases.entry(key(alias)).or_insert(Some(at));
            if *alias != Some(at) {
                *alias = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        annotation::{Annotations, EntityId, Provenance},
        layout::Page,
        text::{Document, Origin},
    };
    use std::sync::Arc;

    fn opened(people: &[(&str, &[&str])]) -> OpenDocument {
        let entities = people.iter().enumerate().map(|(number, (name, aliases))| Entity {
            id: EntityId(number as u32),
            kind: Kind::Person,
            name: (*name).to_owned(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            roles: Vec::new(),
            provenance: Provenance::Model,
            note: None,
        });
        let annotations = Annotations { entities: entities.collect(), ..Annotations::default() };
        let mut opened = OpenDocument::new(Arc::new(Document::new("t", "", Origin::default())), Page::default());
        opened.annotate(annotations);
        opened
    }

    fn in_which(documents: &[OpenDocument]) -> Vec<Vec<usize>> {
        let all = gather(documents);
        all.into_iter().map(|cluster| cluster.members.into_iter().map(|member| member.0).collect()).collect()
    }

    #[test]
    fn the_same_name_in_another_spelling_is_the_same_person() {
        let documents = [opened(&[("إلياس رزق", &[])]), opened(&[("الياس رزق", &[])]), opened(&[("هناء رزق", &[])])];
        assert_eq!(in_which(&documents), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_last_name_goes_to_the_only_one_who_has_it() {
        let one = [opened(&[("رزق", &[])]), opened(&[("إلياس رزق", &["رزق"])])];
        assert_eq!(in_which(&one), [vec![0, 1]]);
        let two = [opened(&[("رزق", &[])]), opened(&[("إلياس رزق", &["رزق"]), ("هناء رزق", &["رزق"])])];
        assert_eq!(in_which(&two), [vec![0], vec![1], vec![1]], "nobody knows which of the two");
    }
}
