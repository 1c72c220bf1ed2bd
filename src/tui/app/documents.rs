//! The open documents, of which one is read.

use super::{
    cross_document::{self, Cluster},
    document::OpenDocument,
    selection::{Group, Selection},
};
use crate::annotation::Kind;
use std::cell::OnceCell;

/// The documents, of which one is read.
#[derive(Debug, Default)]
pub struct Documents {
    documents: Vec<OpenDocument>,
    current: usize,
    /// What was found in all of them; gathered when it is asked for.
    clusters: OnceCell<Vec<Cluster>>,
    /// What is shown when there is nothing.
    none: OpenDocument,
}

impl Documents {
    /// These documents, reading the first.
    #[must_use]
    pub fn new(documents: Vec<OpenDocument>) -> Self {
        Self { documents, ..Self::default() }
    }

    /// The one that is read.
    #[must_use]
    pub fn here(&self) -> &OpenDocument {
        self.documents.get(self.current).unwrap_or(&self.none)
    }

    /// The one that is read, to be changed.
    pub fn here_mut(&mut self) -> &mut OpenDocument {
        self.documents.get_mut(self.current).unwrap_or(&mut self.none)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[OpenDocument] {
        &self.documents
    }

    /// One by its number, to be changed.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut OpenDocument> {
        self.documents.get_mut(number)
    }

    /// One more, after the others; its number.
    pub fn add(&mut self, document: OpenDocument) -> usize {
        self.documents.push(document);
        self.found();
        self.documents.len() - 1
    }

    /// What was found in all of them.
    #[must_use]
    pub fn clusters(&self) -> &[Cluster] {
        self.clusters.get_or_init(|| cross_document::gather(&self.documents))
    }

    /// After what was found has changed.
    pub fn found(&mut self) {
        self.clusters.take();
    }

    /// What a target of a document is in all of them.
    #[must_use]
    pub fn cluster_of(&self, document: usize, target: Selection) -> Option<&Cluster> {
        let member = match target {
            Selection::EntityOf(document, id) => (document, Selection::Entity(id)),
            Selection::QuoteOf(document, id) => (document, Selection::Quote(id)),
            _ => (document, target),
        };
        self.clusters().iter().find(|cluster| cluster.members.contains(&member))
    }

    /// The names of those who are in two documents both, the most mentioned first.
    #[must_use]
    pub fn in_common(&self, one: usize, other: usize) -> Vec<&str> {
        let both = |cluster: &&Cluster| {
            cluster.group == Group::Kind(Kind::Person) && cluster.is_in(one) && cluster.is_in(other)
        };
        let mut common: Vec<&Cluster> = self.clusters().iter().filter(both).collect();
        common.sort_by_key(|cluster| std::cmp::Reverse(cluster.mentions));
        common.into_iter().filter_map(|cluster| self.name(cluster.first()?)).collect()
    }

    /// The name of an entity of a document.
    #[must_use]
    pub fn name(&self, (document, target): (usize, Selection)) -> Option<&str> {
        let Selection::Entity(id) = target else { return None };
        Some(self.documents.get(document)?.annotations.entity(id)?.name.as_str())
    }

    /// All of them, to be changed.
    pub fn all_mut(&mut self) -> &mut [OpenDocument] {
        &mut self.documents
    }

    /// The number of the one that is read.
    #[must_use]
    pub const fn current(&self) -> usize {
        self.current
    }

    /// Reads another; whether there is one of that number.
    pub fn open(&mut self, number: usize) -> bool {
        let there = number < self.documents.len();
        if there {
            self.current = number;
        }
        there
    }
}
