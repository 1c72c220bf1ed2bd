//! What was found in a document: entities, their mentions, and quotes. The one result type that extraction makes, the
//! reader shows and corrects, and every export writes.

mod doubt;
mod edit;
#[cfg(test)]
pub(crate) mod fixture;
mod history;
mod merge;
mod step;
#[cfg(test)]
mod tests;

use crate::text::Span;
use serde::{Deserialize, Serialize};

pub use doubt::{Candidate, THRESHOLD};
pub use edit::{Change, Edit, Item, Refused, SpeakerRef, Target};
pub use history::{History, Past, PastCorrection};
pub use step::{Edge, Step, grow, shrink};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A named human.
    Person,
    /// A named or uniquely specified institution.
    Organization,
    /// A named place, also where it stands for its government.
    Place,
}

impl Kind {
    /// Every kind, in the order of the panel.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Place];

    /// The letter that ids of the kind begin with.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Person => 'p',
            Self::Organization => 'o',
            Self::Place => 'l',
        }
    }

    /// The name in rawi's JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
        }
    }
}

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Names one ", $what, " of a document; its number is no other ", $what, "'s.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);
    };
}
id!(EntityId, "entity");
id!(MentionId, "mention");
id!(QuoteId, "quote");

/// Who decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// The extractor.
    #[default]
    Model,
    /// Another tool's file, which does not say who or when. It outranks the extractor.
    Imported,
    /// A person, at this time (seconds since 1970, UTC). It outranks the extractor.
    Person(u64),
}

/// A person, organization or place of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id; written as the kind's letter and the number, `p1`.
    pub id: EntityId,
    /// What it is.
    pub kind: Kind,
    /// The fullest form of its name.
    pub name: String,
    /// The other forms, each once, in order of appearance.
    pub aliases: Vec<String>,
    /// What the text says it is.
    pub roles: Vec<Role>,
    /// Who decided.
    pub provenance: Provenance,
    /// What a person wrote beside it.
    pub note: Option<String>,
}

/// A title, rank, office or apposition of an entity: وزير الخارجية.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Its words, as the panel shows them.
    pub text: String,
    /// Where it says so.
    pub span: Span,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A span that names an entity, without attached proclitics and quotation marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// Whom it names.
    pub entity: EntityId,
    /// Where.
    pub span: Span,
    /// How sure that this is a name of this kind, 0 to 1.
    pub confidence: f32,
    /// How sure that it names this entity, 0 to 1.
    pub link_confidence: f32,
    /// Who decided.
    pub provenance: Provenance,
    /// What a person wrote beside it.
    pub note: Option<String>,
}

/// Whether the words are the speaker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// In quotation marks.
    Direct,
    /// Reported, after أن or its like.
    Indirect,
}

/// Direct or indirect speech, without its quotation marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Its id.
    pub id: QuoteId,
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// What was said.
    pub span: Span,
    /// Who said it; none where the text names nobody.
    pub speaker: Option<Speaker>,
    /// Those who may have said it, the likeliest first, the extractor's speaker among them; empty where nobody is in
    /// question. Where it is not, and `speaker` is none, who spoke is in doubt ([`Quote::is_doubtful`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// The reporting verb or phrase.
    pub cue: Option<Span>,
    /// How sure that this is speech, 0 to 1.
    pub confidence: f32,
    /// Which rule or cue found it and how its speaker was reached, for `--explain`.
    pub why: String,
    /// Who decided.
    pub provenance: Provenance,
    /// What a person wrote beside it.
    pub note: Option<String>,
}

/// Who is quoted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The entity; none for a nominal speaker (متحدث باسم الشرطة).
    pub entity: Option<EntityId>,
    /// The words that say so: the mention, the pronoun's or elided subject's antecedent, or the nominal itself.
    pub span: Span,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A claim of the extractor that a person took away: extraction does not bring it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Where it was.
    pub span: Span,
    /// The kind of the mention; none where it was a quote.
    pub kind: Option<Kind>,
    /// When, in seconds since 1970, UTC.
    pub at: u64,
}

/// All that was found in a document. Mentions and quotes are sorted by start, longer first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// By position.
    pub mentions: Vec<Mention>,
    /// By position; an inner quote follows the one it is part of.
    pub quotes: Vec<Quote>,
    /// What a person took away; the extractor leaves it empty.
    #[serde(default)]
    pub rejected: Vec<Rejected>,
}

impl Annotations {
    /// The entity of that id.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }

    /// The quote of that id.
    #[must_use]
    pub fn quote(&self, id: QuoteId) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.id == id)
    }

    /// The mentions of an entity, by position.
    pub fn mentions_of(&self, id: EntityId) -> impl DoubleEndedIterator<Item = &Mention> + Clone {
        self.mentions.iter().filter(move |mention| mention.entity == id)
    }

    /// What an entity said, by itself or together with another (the words that name two of them are the speaker), by
    /// position.
    pub fn quotes_by(&self, id: EntityId) -> impl DoubleEndedIterator<Item = &Quote> + Clone {
        self.quotes.iter().filter(move |quote| quote.speaker.as_ref().is_some_and(|speaker| self.speaks(speaker, id)))
    }

    /// Whether the speaker is the entity, or a noun phrase that names it and another.
    fn speaks(&self, speaker: &Speaker, id: EntityId) -> bool {
        let named = || {
            let from = self.mentions.partition_point(|mention| mention.span.start < speaker.span.start);
            self.mentions.iter().skip(from).take_while(|mention| mention.span.end <= speaker.span.end)
        };
        let starts = || named().next().is_some_and(|first| first.span.start == speaker.span.start);
        match speaker.entity {
            Some(entity) => entity == id,
            None => named().count() > 1 && starts() && named().any(|mention| mention.entity == id),
        }
    }

    /// Counts every place from `base` bytes further left: what was found in a part becomes what was found in the whole.
    pub fn shift(&mut self, base: usize) {
        let roles = self.entities.iter_mut().flat_map(|entity| &mut entity.roles).map(|role| &mut role.span);
        let mentions = self.mentions.iter_mut().map(|mention| &mut mention.span);
        let rejected = self.rejected.iter_mut().map(|rejected| &mut rejected.span);
        let quotes = self.quotes.iter_mut().flat_map(|quote| {
            let speaker = quote.speaker.as_mut().map(|speaker| &mut speaker.span);
            let candidates = quote.candidates.iter_mut().map(|candidate| &mut candidate.span);
            [Some(&mut quote.span), quote.cue.as_mut(), speaker].into_iter().flatten().chain(candidates)
        });
        for span in roles.chain(mentions).chain(rejected).chain(quotes) {
            *span = span.shifted(base);
        }
    }

    /// Puts mentions and quotes in order (by start, longer first), and entities in the order of their first mention;
    /// those without any come last.
    pub fn sort(&mut self) {
        let key = |span: Span| (span.start, std::cmp::Reverse(span.end));
        self.mentions.sort_by_key(|mention| (key(mention.span), mention.id));
        self.quotes.sort_by_key(|quote| (key(quote.span), quote.id));
        let mut first = std::collections::HashMap::new();
        for (order, mention) in self.mentions.iter().enumerate() {
            first.entry(mention.entity).or_insert(order);
        }
        self.entities.sort_by_key(|entity| (first.get(&entity.id).copied().unwrap_or(usize::MAX), entity.id));
    }
}

impl std::fmt::Display for Entity {
    /// The id as exports write it: `p1`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.kind.letter(), self.id.0)
    }
}

/// Seconds since 1970 as `2026-11-24T16:40:20Z` (Howard Hinnant, "chrono-compatible low-level date algorithms").
#[must_use]
pub fn timestamp(seconds: u64) -> String {
    let (days, time) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (date, month, next) =
        (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 }, u64::from(month >= 10));
    let year = year + era * 400 + next;
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}
