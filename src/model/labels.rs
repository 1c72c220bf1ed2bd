//! Labels of words, and the best sequence of them.
//!
//! IOB2: the first word of a name is `B-`, the others `I-`, everything else is `O`. What the encoder says about each
//! word by itself is made a sequence in which `I-` stands only after `B-` or `I-` of its own type.

use super::arithmetic;
use std::fmt;

/// What a name names. [`Type::Other`] (MISC) exists in some corpora only and is never an entity of rawi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// PER
    Person,
    /// ORG
    Organization,
    /// LOC
    Place,
    /// MISC
    Other,
}

impl Type {
    /// Every type.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];
    /// Those that rawi shows.
    pub const NAMED: [Self; 3] = [Self::Person, Self::Organization, Self::Place];

    /// As the corpora spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Place => "LOC",
            Self::Other => "MISC",
        }
    }
}

/// The label of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// No part of a name.
    #[default]
    Outside,
    /// The first word of a name.
    Begin(Type),
    /// A further word of it.
    Inside(Type),
}

impl Label {
    /// Every label, in the order of [`Word::scores`].
    pub const ALL: [Self; 9] = [
        Self::Outside,
        Self::Begin(Type::Person),
        Self::Inside(Type::Person),
        Self::Begin(Type::Organization),
        Self::Inside(Type::Organization),
        Self::Begin(Type::Place),
        Self::Inside(Type::Place),
        Self::Begin(Type::Other),
        Self::Inside(Type::Other),
    ];

    /// The type of the name, where there is one.
    #[must_use]
    pub const fn kind(self) -> Option<Type> {
        match self {
            Self::Outside => None,
            Self::Begin(kind) | Self::Inside(kind) => Some(kind),
        }
    }

    fn follows(self, before: Self) -> bool {
        match self {
            Self::Inside(kind) => before.kind() == Some(kind),
            Self::Outside | Self::Begin(_) => true,
        }
    }
}

impl fmt::Display for Label {
    /// As IOB2 files have it: `O`, `B-PER`, `I-PER`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("O"),
            Self::Begin(kind) => write!(f, "B-{}", kind.name()),
            Self::Inside(kind) => write!(f, "I-{}", kind.name()),
        }
    }
}

/// What the encoder says about a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// A logit for each of [`Label::ALL`], divided by the temperature; minus infinity where the model has no such label.
    pub scores: [f32; 9],
    /// How many letters of proclitics stand before the name if one begins here, 0 to 3 (3: three or more).
    pub proclitics: u8,
}

impl Default for Word {
    fn default() -> Self {
        let [outside, ..] = Label::ALL.map(|label| if label == Label::Outside { 0.0 } else { f32::NEG_INFINITY });
        let mut scores = [f32::NEG_INFINITY; 9];
        if let Some(first) = scores.first_mut() {
            *first = outside;
        }
        Self { scores, proclitics: 0 }
    }
}

impl Word {
    /// The probability of each of [`Label::ALL`].
    #[must_use]
    pub fn probabilities(&self) -> [f32; 9] {
        let top = self.scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let raised = self.scores.map(|score| if score.is_finite() { arithmetic::exp(score - top) } else { 0.0 });
        let sum: f32 = raised.iter().sum();
        raised.map(|value| value / sum)
    }

    /// The probability of one label.
    #[must_use]
    pub fn probability(&self, label: Label) -> f32 {
        Label::ALL.into_iter().zip(self.probabilities()).find(|of| of.0 == label).map_or(0.0, |of| of.1)
    }
}

/// The label of a word and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag {
    /// The label.
    pub label: Label,
    /// The probability of the label for this word, 0 to 1.
    pub confidence: f32,
    /// See [`Word::proclitics`].
    pub proclitics: u8,
}

/// The valid sequence of labels with the best sum of scores, with names of `types` only. Of two that are equally good,
/// the one with the earlier labels of [`Label::ALL`].
#[must_use]
pub fn decode(words: &[Word], types: &[Type]) -> Vec<Tag> {
    let allowed = |label: Label| label.kind().is_none_or(|kind| types.contains(&kind));
    let mut best = Label::ALL.map(|label| if label == Label::Outside { 0.0 } else { f32::NEG_INFINITY });
    let mut came_from = Vec::with_capacity(words.len());
    for word in words {
        let mut next = [(f32::NEG_INFINITY, 0); 9];
        for ((slot, label), score) in next.iter_mut().zip(Label::ALL).zip(word.scores) {
            for (index, (before, so_far)) in Label::ALL.into_iter().zip(best).enumerate() {
                if allowed(label) && label.follows(before) && so_far + score > slot.0 {
                    *slot = (so_far + score, index);
                }
            }
        }
        best = next.map(|slot| slot.0);
        came_from.push(next.map(|slot| slot.1));
    }
    let top = best.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut index = best.iter().position(|&score| score == top).unwrap_or(0);
    let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
    for (word, from) in words.iter().zip(&came_from).rev() {
        let of = |values: [f32; 9]| values.get(index).copied().unwrap_or_default();
        let label = Label::ALL.get(index).copied().unwrap_or_default();
        tags.push(Tag { label, confidence: of(word.probabilities()), proclitics: word.proclitics });
        index = from.get(index).copied().unwrap_or(0);
    }
    tags.reverse();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores by the label's spelling; what is not named is -1.
    fn word(scores: &[(&str, f32)]) -> Word {
        let of = |label: Label| scores.iter().find(|entry| entry.0 == label.to_string()).map_or(-1.0, |entry| entry.1);
        Word { scores: Label::ALL.map(of), proclitics: 0 }
    }

    fn labels(words: &[Word]) -> Vec<String> {
        decode(words, &Type::NAMED).iter().map(|tag| tag.label.to_string()).collect()
    }

    #[test]
    fn a_name_cannot_begin_inside() {
        assert_eq!(labels(&[word(&[("I-PER", 5.0), ("B-PER", 3.0), ("O", 2.0)])]), ["B-PER"]);
        assert_eq!(
            labels(&[word(&[("B-ORG", 2.0), ("B-PER", 1.9)]), word(&[("I-PER", 4.0), ("I-ORG", 3.8), ("O", 0.0)])]),
            ["B-PER", "I-PER"],
            "the whole sequence counts: 1.9 + 4 is more than 2 + 3.8"
        );
    }

    #[test]
    fn types_that_are_not_wanted_do_not_occur_and_ties_go_to_the_earlier_label() {
        assert_eq!(labels(&[word(&[("B-MISC", 9.0), ("O", 1.0)])]), ["O"]);
        assert_eq!(labels(&[word(&[("B-LOC", 2.0), ("B-PER", 2.0)])]), ["B-PER"]);
        assert!(labels(&[]).is_empty());
    }

    #[test]
    fn confidence_is_the_share_of_the_label() {
        let tags = decode(&[word(&[("O", 2.0)])], &Type::NAMED);
        let expected = 3f64.exp() / (3f64.exp() + 8.0);
        assert!((f64::from(tags[0].confidence) - expected).abs() < 1e-4, "{} {expected}", tags[0].confidence);
    }

    #[test]
    fn a_word_that_nobody_looked_at_is_outside() {
        assert_eq!(labels(&[Word::default()]), ["O"]);
    }
}
