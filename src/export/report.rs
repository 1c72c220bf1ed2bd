//! What a format could not carry, counted.

use crate::annotation::{Annotations, Provenance};
use std::fmt;

/// A thing that a format has no room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loss {
    /// Other forms of a name.
    Aliases,
    /// What the text says that an entity is.
    Roles,
    /// Which mentions are of one entity.
    Entities,
    /// How sure the extractor is, of a mention or quote.
    Confidence,
    /// Which items a person decided.
    Provenance,
    /// What a person wrote beside an item.
    Notes,
    /// Quotes.
    Quotes,
    /// Speakers of quotes.
    Speakers,
    /// Reporting verbs and phrases of quotes.
    Cues,
    /// What a person took away.
    Rejected,
    /// Items that share letters with another, where the format holds one label a word.
    Overlaps,
    /// Names of entities, where the format has only their ids.
    Names,
    /// Where the text gives roles and speakers.
    Places,
    /// How sure the extractor is, of roles, speakers and of which entity a mention is.
    Links,
    /// Entities without a mention, with what is said of them.
    Unmentioned,
    /// Items of white space alone.
    Blank,
    /// Control characters, which become U+FFFD.
    Controls,
}

impl Loss {
    /// How many of it there are, where they can be counted before writing.
    pub(super) fn count(self, annotations: &Annotations) -> usize {
        let Annotations { entities, mentions, quotes, rejected } = annotations;
        match self {
            Self::Aliases => entities.iter().map(|entity| entity.aliases.len()).sum(),
            Self::Roles => entities.iter().map(|entity| entity.roles.len()).sum(),
            Self::Entities => entities.len(),
            Self::Confidence => mentions.len() + quotes.len(),
            Self::Provenance => {
                let entities = entities.iter().map(|item| item.provenance);
                let mentions = mentions.iter().map(|item| item.provenance);
                let quotes = quotes.iter().map(|item| item.provenance);
                entities.chain(mentions).chain(quotes).filter(|by| matches!(by, Provenance::Person(_))).count()
            }
            Self::Notes => {
                let entities = entities.iter().filter(|item| item.note.is_some()).count();
                let mentions = mentions.iter().filter(|item| item.note.is_some()).count();
                entities + mentions + quotes.iter().filter(|item| item.note.is_some()).count()
            }
            Self::Quotes => quotes.len(),
            Self::Speakers => quotes.iter().filter(|quote| quote.speaker.is_some()).count(),
            Self::Cues => quotes.iter().filter(|quote| quote.cue.is_some()).count(),
            Self::Rejected => rejected.len(),
            Self::Names => entities.len(),
            Self::Places => {
                let roles = entities.iter().flat_map(|entity| &entity.roles).map(|role| role.span);
                let speakers = quotes.iter().filter_map(|quote| quote.speaker.as_ref()).map(|speaker| speaker.span);
                roles.chain(speakers).filter(|span| !span.is_empty()).count()
            }
            Self::Links => mentions.len() + Self::Roles.count(annotations) + Self::Speakers.count(annotations),
            Self::Unmentioned => {
                entities.iter().filter(|entity| annotations.mentions_of(entity.id).next().is_none()).count()
            }
            Self::Overlaps | Self::Blank | Self::Controls => 0,
        }
    }

    /// Every one.
    pub const ALL: [Self; 17] = [
        Self::Aliases,
        Self::Roles,
        Self::Entities,
        Self::Confidence,
        Self::Provenance,
        Self::Notes,
        Self::Quotes,
        Self::Speakers,
        Self::Cues,
        Self::Rejected,
        Self::Overlaps,
        Self::Names,
        Self::Places,
        Self::Links,
        Self::Unmentioned,
        Self::Blank,
        Self::Controls,
    ];

    /// Its name, by which the reader has words for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aliases => "aliases",
            Self::Roles => "roles",
            Self::Entities => "entities",
            Self::Confidence => "confidence",
            Self::Provenance => "provenance",
            Self::Notes => "notes",
            Self::Quotes => "quotes",
            Self::Speakers => "speakers",
            Self::Cues => "cues",
            Self::Rejected => "rejected",
            Self::Overlaps => "overlaps",
            Self::Names => "names",
            Self::Places => "places",
            Self::Links => "links",
            Self::Unmentioned => "unmentioned",
            Self::Blank => "blank",
            Self::Controls => "controls",
        }
    }

    /// Whether what is lost with `other` takes this with it.
    #[cfg(test)]
    pub(super) const fn goes_with(self, other: Self) -> bool {
        match other {
            Self::Quotes => matches!(self, Self::Speakers | Self::Cues | Self::Places),
            Self::Entities => {
                matches!(self, Self::Names | Self::Aliases | Self::Roles | Self::Unmentioned | Self::Links)
            }
            Self::Confidence => matches!(self, Self::Links),
            Self::Speakers => matches!(self, Self::Places),
            _ => false,
        }
    }

    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::Aliases => "aliases",
            Self::Roles => "roles",
            Self::Entities => "links of mentions to entities",
            Self::Confidence => "confidences",
            Self::Provenance => "marks of who decided",
            Self::Notes => "notes",
            Self::Quotes => "quotes",
            Self::Speakers => "speakers",
            Self::Cues => "cues",
            Self::Rejected => "rejected items",
            Self::Overlaps => "overlapping items",
            Self::Names => "names of entities",
            Self::Places => "places of roles and speakers",
            Self::Links => "confidences of links",
            Self::Unmentioned => "entities without a mention",
            Self::Blank => "items of white space",
            Self::Controls => "control characters",
        }
    }
}

/// What a written file does not have, each with how many there were; nothing that there was none of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What, and how many.
    pub left_out: Vec<(Loss, usize)>,
}

impl Report {
    /// Counts in `annotations` what the format has no room for.
    #[must_use]
    pub fn of(annotations: &Annotations, losses: &[Loss]) -> Self {
        let mut report = Self::default();
        losses.iter().for_each(|&loss| report.add(loss, loss.count(annotations)));
        report
    }

    /// How many things are not there.
    #[must_use]
    pub fn total(&self) -> usize {
        self.left_out.iter().map(|entry| entry.1).sum()
    }

    /// Adds what was found on the way.
    pub fn add(&mut self, loss: Loss, count: usize) {
        match self.left_out.iter_mut().find(|entry| entry.0 == loss) {
            Some(entry) => entry.1 += count,
            None if count > 0 => self.left_out.push((loss, count)),
            None => {}
        }
    }
}

impl fmt::Display for Report {
    /// `left out: 3 aliases, 2 notes`; nothing where nothing is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (loss, count)) in self.left_out.iter().enumerate() {
            let lead = if index == 0 { "left out: " } else { ", " };
            write!(f, "{lead}{count} {}", loss.what())?;
        }
        Ok(())
    }
}
