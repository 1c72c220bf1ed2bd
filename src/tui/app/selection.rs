//! What can be selected: one thing for panel, text and detail alike.

use crate::annotation::{EntityId, Kind, QuoteId};

/// A group of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The entities of a kind.
    Kind(Kind),
    /// The quotes.
    Quotes,
}

impl Group {
    /// Every group, in the order of the panel.
    pub const ALL: [Self; 4] =
        [Self::Kind(Kind::Person), Self::Kind(Kind::Organization), Self::Kind(Kind::Place), Self::Quotes];

    /// The name by which it is remembered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            Self::Quotes => "quotes",
        }
    }
}

/// What can be selected: one thing for panel, text and detail alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Selection {
    /// All of a group.
    Group(Group),
    /// An entity.
    Entity(EntityId),
    /// A quote.
    Quote(QuoteId),
    /// An entity that is in another document only: the number of the document, and who it is there.
    EntityOf(usize, EntityId),
    /// A quote of another document.
    QuoteOf(usize, QuoteId),
    /// What the search found.
    Hits,
}

/// What the panel shows the findings of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The document that is read.
    #[default]
    Document,
    /// All of them.
    All,
}

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// To the text.
    #[default]
    Text,
    /// To the panel.
    Panel,
    /// To the library, which is shown in the place of both.
    Library,
}
