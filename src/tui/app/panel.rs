//! The panel: what was found, in groups, sorted and narrowed down.

use super::{
    cross_document::Cluster,
    documents::{Documents, Group, OpenDocument, Progress, Selection},
};
use crate::{
    annotation::{Entity, EntityId, Quote},
    arabic::{collation::sort_key, transliteration::NameQuery},
    text::Span,
    tui::settings::Sort,
};
use std::{cmp::Reverse, collections::HashMap};

/// What the panel shows the findings of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The document that is read.
    #[default]
    Document,
    /// All of them.
    All,
}

/// Why the panel has nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The search for names and quotes is not done.
    Working,
    /// There is no text.
    NoText,
    /// There are no names and quotes in it.
    NothingFound,
    /// Nothing is like what was typed.
    Filter,
    /// The text is too long to be looked through, and nobody asked where.
    TooLong,
}

/// A line of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelLine {
    /// The heading of a group, with how many it shows of how many there are.
    Heading(Group, usize, usize),
    /// An entity or a quote.
    Item(Selection),
    /// Nothing can be shown, and why.
    Nothing(Why),
}

impl PanelLine {
    /// What is selected by it.
    #[must_use]
    pub const fn target(self) -> Option<Selection> {
        match self {
            Self::Heading(group, ..) => Some(Selection::Group(group)),
            Self::Item(target) => Some(target),
            Self::Nothing(_) => None,
        }
    }
}

/// What the panel shows and how.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Whose findings.
    pub scope: Scope,
    /// What was typed to narrow it down.
    pub filter: String,
    /// The topmost line.
    pub top: usize,
    /// Its lines.
    pub lines: Vec<PanelLine>,
}

impl Panel {
    /// Makes the lines anew: after the annotations, the order, the filter, the scope or the folding have changed.
    pub fn refresh(&mut self, documents: &Documents, sort: Sort) {
        let wanted = NameQuery::new(&self.filter);
        self.lines.clear();
        for group in Group::ALL {
            let (items, total) = match self.scope {
                Scope::Document => self.of_document(group, documents.here(), (&wanted, sort)),
                Scope::All => self.of_all(group, documents, (&wanted, sort)),
            };
            self.lines.push(PanelLine::Heading(group, items.len(), total));
            if !documents.here().folded.contains(&group) {
                self.lines.extend(items.into_iter().map(PanelLine::Item));
            }
        }
        let shown = |line: &PanelLine| matches!(line, PanelLine::Heading(_, 1.., _));
        if !self.lines.iter().any(shown) {
            self.lines.push(PanelLine::Nothing(self.why(documents.here())));
        }
    }

    fn why(&self, here: &OpenDocument) -> Why {
        if here.progress != Progress::Done {
            Why::Working
        } else if here.document.text().trim().is_empty() {
            Why::NoText
        } else if here.part.is_some_and(Span::is_empty) {
            Why::TooLong
        } else if self.filter.trim().is_empty() {
            Why::NothingFound
        } else {
            Why::Filter
        }
    }

    /// What a group shows of the document that is read, and how many there are.
    fn of_document(
        &self,
        group: Group,
        opened: &OpenDocument,
        (wanted, sort): (&NameQuery, Sort),
    ) -> (Vec<Selection>, usize) {
        match group {
            Group::Kind(kind) => {
                let all = opened.annotations.entities.iter().filter(|entity| entity.kind == kind);
                let total = all.clone().count();
                let mut found: Vec<&Entity> = all.filter(|entity| named(entity, wanted)).collect();
                match sort {
                    Sort::Appearance => {}
                    Sort::Number => {
                        found.sort_by_key(|entity| Reverse(opened.places(Selection::Entity(entity.id)).len()));
                    }
                    Sort::Alphabet => found.sort_by_cached_key(|entity| sort_key(&entity.name)),
                }
                (found.into_iter().map(|entity| Selection::Entity(entity.id)).collect(), total)
            }
            Group::Quotes => {
                let all = &opened.annotations.quotes;
                let mut speakers = HashMap::new();
                let found =
                    all.iter().filter(|quote| wanted.is_empty() || spoken(quote, opened, (wanted, &mut speakers)));
                (found.map(|quote| Selection::Quote(quote.id)).collect(), all.len())
            }
        }
    }

    /// What a group shows of all documents, and how many there are. Those of the document that is read stand for
    /// themselves; the others say where they are.
    fn of_all(
        &self,
        group: Group,
        documents: &Documents,
        (wanted, sort): (&NameQuery, Sort),
    ) -> (Vec<Selection>, usize) {
        let all = documents.clusters().iter().filter(|cluster| cluster.group == group);
        let total = all.clone().count();
        let is_wanted = |cluster: &&Cluster| {
            wanted.is_empty()
                || cluster.members.iter().any(|(number, target)| {
                    let Some(opened) = documents.all().get(*number) else { return false };
                    match target {
                        Selection::Entity(id) => opened.entity(*id).is_some_and(|entity| named(entity, wanted)),
                        Selection::Quote(id) => {
                            opened.quote(*id).is_some_and(|quote| spoken(quote, opened, (wanted, &mut HashMap::new())))
                        }
                        _ => false,
                    }
                })
        };
        let mut found: Vec<&Cluster> = all.filter(is_wanted).collect();
        match sort {
            Sort::Appearance => found.sort_by_key(|cluster| Reverse(cluster.members.len())),
            Sort::Number => found.sort_by_key(|cluster| Reverse(cluster.mentions)),
            Sort::Alphabet => {
                let name = |cluster: &&Cluster| cluster.first().and_then(|first| documents.name(first)).map(sort_key);
                found.sort_by_cached_key(name);
            }
        }
        let current = documents.current();
        let target = |cluster: &Cluster| {
            let here = cluster.members.iter().find(|member| member.0 == current);
            here.map(|member| member.1).or_else(|| {
                Some(match cluster.first()? {
                    (number, Selection::Entity(id)) => Selection::EntityOf(number, id),
                    (number, Selection::Quote(id)) => Selection::QuoteOf(number, id),
                    (_, other) => other,
                })
            })
        };
        (found.into_iter().filter_map(target).collect(), total)
    }

    /// The line of a target.
    #[must_use]
    pub fn line_of(&self, target: Selection) -> Option<usize> {
        self.lines.iter().position(|line| line.target() == Some(target))
    }

    /// Scrolls as little as shows a line in a panel of that height.
    pub fn reveal(&mut self, line: usize, height: usize) {
        if height == 0 {
            return;
        }
        let heading =
            line.checked_sub(1).filter(|above| matches!(self.lines.get(*above), Some(PanelLine::Heading(..))));
        let first = heading.unwrap_or(line);
        if first < self.top {
            self.top = first;
        } else if line >= self.top + height {
            self.top = (line + 1).saturating_sub(height);
        }
    }

    /// Keeps the last line at the lower edge or below it.
    pub fn clamp(&mut self, height: usize) {
        self.top = self.top.min(self.lines.len().saturating_sub(height));
    }
}

/// Whether an entity is meant, by a name or a role.
fn named(entity: &Entity, wanted: &NameQuery) -> bool {
    let roles = || entity.roles.iter().any(|role| wanted.finds(&role.text));
    wanted.is_empty() || names(entity).any(|name| wanted.finds(name)) || roles()
}

fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

/// Whether a quote's speaker or words are meant. Few speak often: what is known of them is kept in `speakers`.
fn spoken(
    quote: &Quote,
    opened: &OpenDocument,
    (wanted, speakers): (&NameQuery, &mut HashMap<EntityId, bool>),
) -> bool {
    let speaker = quote.speaker.as_ref();
    let by = speaker.and_then(|speaker| opened.entity(speaker.entity?));
    by.is_some_and(|entity| *speakers.entry(entity.id).or_insert_with(|| names(entity).any(|name| wanted.finds(name))))
        || speaker.is_some_and(|speaker| wanted.finds(opened.document.slice(speaker.span)))
        || wanted.spells(opened.document.slice(quote.span))
}
