//! The panel: what was found, in groups, sorted and narrowed down.

use super::{
    across::Across,
    latin::Wanted,
    library::{Group, Library, Opened, Progress, Target},
};
use crate::{
    annotation::{Entity, EntityId, Quote},
    arabic::normalize::fold,
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
pub enum Line {
    /// The heading of a group, with how many it shows of how many there are.
    Heading(Group, usize, usize),
    /// An entity or a quote.
    Item(Target),
    /// Nothing can be shown, and why.
    Nothing(Why),
}

impl Line {
    /// What is selected by it.
    #[must_use]
    pub const fn target(self) -> Option<Target> {
        match self {
            Self::Heading(group, ..) => Some(Target::Group(group)),
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
    pub lines: Vec<Line>,
}

impl Panel {
    /// Makes the lines anew: after the annotations, the order, the filter, the scope or the folding have changed.
    pub fn refresh(&mut self, library: &Library, sort: Sort) {
        let wanted = Wanted::new(&self.filter);
        self.lines.clear();
        for group in Group::ALL {
            let (items, total) = match self.scope {
                Scope::Document => self.of_document(group, library.here(), (&wanted, sort)),
                Scope::All => self.of_all(group, library, (&wanted, sort)),
            };
            self.lines.push(Line::Heading(group, items.len(), total));
            if !library.here().folded.contains(&group) {
                self.lines.extend(items.into_iter().map(Line::Item));
            }
        }
        let shown = |line: &Line| matches!(line, Line::Heading(_, 1.., _));
        if !self.lines.iter().any(shown) {
            self.lines.push(Line::Nothing(self.why(library.here())));
        }
    }

    fn why(&self, here: &Opened) -> Why {
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
    fn of_document(&self, group: Group, opened: &Opened, (wanted, sort): (&Wanted, Sort)) -> (Vec<Target>, usize) {
        match group {
            Group::Kind(kind) => {
                let all = opened.annotations.entities.iter().filter(|entity| entity.kind == kind);
                let total = all.clone().count();
                let mut found: Vec<&Entity> = all.filter(|entity| named(entity, wanted)).collect();
                match sort {
                    Sort::Appearance => {}
                    Sort::Number => {
                        found.sort_by_key(|entity| Reverse(opened.places(Target::Entity(entity.id)).len()));
                    }
                    Sort::Alphabet => found.sort_by_cached_key(|entity| collation(&entity.name)),
                }
                (found.into_iter().map(|entity| Target::Entity(entity.id)).collect(), total)
            }
            Group::Quotes => {
                let all = &opened.annotations.quotes;
                let mut speakers = HashMap::new();
                let found =
                    all.iter().filter(|quote| wanted.is_empty() || spoken(quote, opened, (wanted, &mut speakers)));
                (found.map(|quote| Target::Quote(quote.id)).collect(), all.len())
            }
        }
    }

    /// What a group shows of all documents, and how many there are. Those of the document that is read stand for
    /// themselves; the others say where they are.
    fn of_all(&self, group: Group, library: &Library, (wanted, sort): (&Wanted, Sort)) -> (Vec<Target>, usize) {
        let all = library.across().iter().filter(|across| across.group == group);
        let total = all.clone().count();
        let is_wanted = |across: &&Across| {
            wanted.is_empty()
                || across.members.iter().any(|(number, target)| {
                    let Some(opened) = library.all().get(*number) else { return false };
                    match target {
                        Target::Entity(id) => opened.entity(*id).is_some_and(|entity| named(entity, wanted)),
                        Target::Quote(id) => {
                            opened.quote(*id).is_some_and(|quote| spoken(quote, opened, (wanted, &mut HashMap::new())))
                        }
                        _ => false,
                    }
                })
        };
        let mut found: Vec<&Across> = all.filter(is_wanted).collect();
        match sort {
            Sort::Appearance => found.sort_by_key(|across| Reverse(across.members.len())),
            Sort::Number => found.sort_by_key(|across| Reverse(across.mentions)),
            Sort::Alphabet => {
                let name = |across: &&Across| across.first().and_then(|first| library.name(first)).map(collation);
                found.sort_by_cached_key(name);
            }
        }
        let current = library.current();
        let target = |across: &Across| {
            let here = across.members.iter().find(|member| member.0 == current);
            here.map(|member| member.1).or_else(|| {
                Some(match across.first()? {
                    (number, Target::Entity(id)) => Target::EntityOf(number, id),
                    (number, Target::Quote(id)) => Target::QuoteOf(number, id),
                    (_, other) => other,
                })
            })
        };
        (found.into_iter().filter_map(target).collect(), total)
    }

    /// The line of a target.
    #[must_use]
    pub fn line_of(&self, target: Target) -> Option<usize> {
        self.lines.iter().position(|line| line.target() == Some(target))
    }

    /// Scrolls as little as shows a line in a panel of that height.
    pub fn reveal(&mut self, line: usize, height: usize) {
        if height == 0 {
            return;
        }
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

/// Whether an entity is meant, by a name or a role.
fn named(entity: &Entity, wanted: &Wanted) -> bool {
    let roles = || entity.roles.iter().any(|role| wanted.finds(&role.text));
    wanted.is_empty() || names(entity).any(|name| wanted.finds(name)) || roles()
}

fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

/// Whether a quote's speaker or words are meant. Few speak often: what is known of them is kept in `speakers`.
fn spoken(quote: &Quote, opened: &Opened, (wanted, speakers): (&Wanted, &mut HashMap<EntityId, bool>)) -> bool {
    let speaker = quote.speaker.as_ref();
    let by = speaker.and_then(|speaker| opened.entity(speaker.entity?));
    by.is_some_and(|entity| *speakers.entry(entity.id).or_insert_with(|| names(entity).any(|name| wanted.finds(name))))
        || speaker.is_some_and(|speaker| wanted.finds(opened.document.slice(speaker.span)))
        || wanted.spells(opened.document.slice(quote.span))
}

/// The key by which an Arabic list is sorted: without the article, hamza on its letter. The letters of the alphabet are
/// in order in Unicode once hamza, ta marbuta and alef maqsura are folded.
fn collation(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("ال").map(str::to_owned).unwrap_or(folded)
}
