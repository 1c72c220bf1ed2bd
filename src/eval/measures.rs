//! Counts, and what is made of them.

use serde::Serialize;
use std::{fmt, ops::AddAssign};

/// How many are right, were found, and are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Marked by a person.
    pub gold: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

impl Counts {
    /// The share of the found that is right, 0 to 1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right as f64, self.found)
    }

    /// The share of the marked that was found, 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right as f64, self.gold)
    }

    /// The harmonic mean of the two.
    #[must_use]
    pub fn f1(&self) -> f64 {
        mean(self.precision(), self.recall())
    }
}

fn share(part: f64, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part / whole as f64 }
}

fn mean(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rates(f, self.precision(), self.recall())?;
        write!(f, "   ({} right of {} found, {} gold)", self.right, self.found, self.gold)
    }
}

fn rates(f: &mut fmt::Formatter<'_>, precision: f64, recall: f64) -> fmt::Result {
    let f1 = mean(precision, recall);
    write!(f, "P {:6.2}  R {:6.2}  F1 {:6.2}", 100.0 * precision, 100.0 * recall, 100.0 * f1)
}

/// The scores of a set of documents; [`super::add`] adds one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Scores {
    /// People, organizations, places: exact spans.
    pub mentions: [Counts; 3],
    /// The same: the different names of each document.
    pub names: [Counts; 3],
    /// Direct quotes, exact.
    pub direct: Counts,
    /// Direct quotes that overlap.
    pub direct_overlap: Counts,
    /// Indirect quotes that overlap.
    pub indirect_overlap: Counts,
    /// Speakers of the quotes that overlap.
    pub speakers: Counts,
    /// Those of them that a person marked as an entity.
    pub named_speakers: Counts,
    pub(super) cluster_precision: f64,
    pub(super) cluster_recall: f64,
    /// Mentions that match, over which the clusters are measured.
    pub clustered: usize,
}

impl Scores {
    /// All kinds together.
    #[must_use]
    pub fn sum(kinds: &[Counts; 3]) -> Counts {
        let mut all = Counts::default();
        kinds.iter().for_each(|counts| all += *counts);
        all
    }

    /// Quotes whose speaker is right, of all quotes.
    #[must_use]
    pub fn quotes_with_speaker(&self) -> Counts {
        let mut all = self.direct_overlap;
        all += self.indirect_overlap;
        Counts { right: self.speakers.right, ..all }
    }
}

impl fmt::Display for Scores {
    /// A line a measure.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = ["person", "organization", "place"];
        for (kind, counts) in kinds.iter().zip(&self.mentions) {
            writeln!(f, "{kind:26} {counts}")?;
        }
        writeln!(f, "{:26} {}", "mentions", Self::sum(&self.mentions))?;
        for (kind, counts) in kinds.iter().zip(&self.names) {
            writeln!(f, "{:26} {counts}", format!("names {kind}"))?;
        }
        writeln!(f, "{:26} {}", "names", Self::sum(&self.names))?;
        writeln!(f, "{:26} {}", "direct", self.direct)?;
        writeln!(f, "{:26} {}", "direct overlap", self.direct_overlap)?;
        writeln!(f, "{:26} {}", "indirect overlap", self.indirect_overlap)?;
        writeln!(f, "{:26} {}", "quote with right speaker", self.quotes_with_speaker())?;
        write!(f, "{:26} ", "clusters (B-cubed)")?;
        let share = |sum: f64| share(sum, self.clustered);
        rates(f, share(self.cluster_precision), share(self.cluster_recall))?;
        writeln!(f, "   (over {} matched mentions)", self.clustered)?;
        for (name, counts) in [("speaker", &self.speakers), ("speaker named", &self.named_speakers)] {
            let name = format!("{name} accuracy");
            writeln!(
                f,
                "{name:26} {:6.2}   ({} of {} matched quotes)",
                100.0 * counts.recall(),
                counts.right,
                counts.gold
            )?;
        }
        Ok(())
    }
}
