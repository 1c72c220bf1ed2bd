//! The panel: what was found, in groups, sorted and narrowed down.

use super::{
    latin::Wanted,
    library::{Group, Opened, Target},
};
use crate::{
    annotation::{Entity, Quote},
    arabic::normalize::fold,
};
use std::collections::BTreeSet;

/// The order of the entities in a group. Quotes are always in the order of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By first mention.
    #[default]
    Appearance,
    /// The most mentioned first.
    Number,
    /// By the alphabet, without the article.
    Alphabet,
}

impl Sort {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Appearance => Self::Number,
            Self::Number => Self::Alphabet,
            Self::Alphabet => Self::Appearance,
        }
    }
}

/// A line of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a group, with how many it shows of how many there are.
    Heading(Group, usize, usize),
    /// An entity or a quote.
    Item(Target),
}

impl Line {
    /// What is selected by it.
    #[must_use]
    pub const fn target(self) -> Target {
        match self {
            Self::Heading(group, ..) => Target::Group(group),
            Self::Item(target) => target,
        }
    }
}

/// What the panel shows and how.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// The order.
    pub sort: Sort,
    /// What was typed to narrow it down.
    pub filter: String,
    /// Groups of which only the heading is shown.
    pub folded: BTreeSet<Group>,
    /// The topmost line.
    pub top: usize,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Panel {
    /// Makes the lines anew: after the annotations, the order, the filter or the folding have changed.
    pub fn refresh(&mut self, opened: &Opened) {
        let wanted = Wanted::new(&self.filter);
        self.lines.clear();
        for group in Group::ALL {
            let (items, total) = match group {
                Group::Kind(kind) => {
                    let all = opened.annotations.entities.iter().filter(|entity| entity.kind == kind);
                    let total = all.clone().count();
                    let found = all.filter(|entity| wanted.is_empty() || names(entity).any(|name| wanted.finds(name)));
                    (self.sorted(found.collect(), opened), total)
                }
                Group::Quotes => {
                    let all = &opened.annotations.quotes;
                    let found = all.iter().filter(|quote| wanted.is_empty() || spoken(quote, opened, &wanted));
                    (found.map(|quote| Target::Quote(quote.id)).collect(), all.len())
                }
            };
            self.lines.push(Line::Heading(group, items.len(), total));
            if !self.folded.contains(&group) {
                self.lines.extend(items.into_iter().map(Line::Item));
            }
        }
    }

    fn sorted(&self, mut entities: Vec<&Entity>, opened: &Opened) -> Vec<Target> {
        match self.sort {
            Sort::Appearance => {}
            Sort::Number => {
                entities.sort_by_key(|entity| std::cmp::Reverse(opened.places(Target::Entity(entity.id)).len()));
            }
            Sort::Alphabet => entities.sort_by_cached_key(|entity| collation(&entity.name)),
        }
        entities.into_iter().map(|entity| Target::Entity(entity.id)).collect()
    }

    /// The line of a target.
    #[must_use]
    pub fn line_of(&self, target: Target) -> Option<usize> {
        self.lines.iter().position(|line| line.target() == target)
    }

    /// Scrolls as little as shows a line in a panel of that height.
    pub fn reveal(&mut self, line: usize, height: usize) {
        let heading = line.checked_sub(1).filter(|above| matches!(self.lines.get(*above), Some(Line::Heading(..))));
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

fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

/// Whether a quote's speaker or words are meant.
fn spoken(quote: &Quote, opened: &Opened, wanted: &Wanted) -> bool {
    let speaker = quote.speaker.as_ref();
    let by = speaker.and_then(|speaker| opened.annotations.entity(speaker.entity?));
    by.is_some_and(|entity| names(entity).any(|name| wanted.finds(name)))
        || speaker.is_some_and(|speaker| wanted.finds(opened.document.slice(speaker.span)))
        || wanted.finds(opened.document.slice(quote.span))
}

/// The key by which an Arabic list is sorted: without the article, hamza on its letter. The letters of the alphabet are
/// in order in Unicode once hamza, ta marbuta and alef maqsura are folded.
fn collation(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("ال").map(str::to_owned).unwrap_or(folded)
}
