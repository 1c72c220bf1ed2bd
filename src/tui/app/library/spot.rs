//! Where in the library the reader is: whose page, which of its lists, which line.

use crate::annotation::Kind;

/// Whose page it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The home page.
    #[default]
    Home,
    /// That of a person, an organization or a place of that number.
    Entity(i64),
    /// What was searched for: the number of the search among those of this session.
    Query(usize),
}

/// A list of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tab {
    /// The people of the library.
    #[default]
    People,
    /// The organizations.
    Organizations,
    /// The places.
    Places,
    /// The documents.
    Documents,
    /// What was searched for before.
    Searches,
    /// The places that name one.
    Mentions,
    /// What one said.
    Said,
    /// What others said of one.
    SaidOf,
    /// Who appears with one.
    Beside,
    /// The documents that name one.
    In,
    /// What a search found.
    Hits,
}

impl Tab {
    const HOME: [Self; 5] = [Self::People, Self::Organizations, Self::Places, Self::Documents, Self::Searches];
    const ENTITY: [Self; 5] = [Self::Mentions, Self::Said, Self::SaidOf, Self::Beside, Self::In];
    const QUERY: [Self; 1] = [Self::Hits];

    /// The lists of a page, in their order.
    #[must_use]
    pub const fn of(subject: Subject) -> &'static [Self] {
        match subject {
            Subject::Home => &Self::HOME,
            Subject::Entity(_) => &Self::ENTITY,
            Subject::Query(_) => &Self::QUERY,
        }
    }

    /// The kind of those that it lists, of a list of the home page.
    #[must_use]
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::People => Some(Kind::Person),
            Self::Organizations => Some(Kind::Organization),
            Self::Places => Some(Kind::Place),
            _ => None,
        }
    }

    /// Whether what is typed narrows it down.
    #[must_use]
    pub const fn is_filtered(self) -> bool {
        matches!(self, Self::People | Self::Organizations | Self::Places | Self::Documents)
    }

    /// Rows of the screen that a line takes.
    #[must_use]
    pub const fn height(self) -> usize {
        match self {
            Self::Mentions | Self::Said | Self::SaidOf | Self::Hits => 2,
            _ => 1,
        }
    }
}

/// Where in the library the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Whose page.
    pub subject: Subject,
    /// Which of its lists.
    pub tab: Tab,
    /// Which line, from zero on.
    pub line: usize,
}

impl Spot {
    /// The beginning of a page.
    #[must_use]
    pub fn at(subject: Subject) -> Self {
        Self { subject, tab: Tab::of(subject).first().copied().unwrap_or_default(), line: 0 }
    }
}
