//! What the model says about a word, and about the same word near it.
//!
//! A name comes back within an article, and where the sentence says little about it another one has said more. So each
//! word's scores are moved half of the way to the mean of those that its form has in the sentences around, one kind of
//! name for all its labels together: whether a name begins or goes on is left to the place. Reach and share were chosen
//! on the three quarters of AQMAR that come first.

use super::labels::{Label, Type, Word};
use super::tokenizer::normalised;
use std::collections::HashMap;

/// How many sentences before and after are near.
const REACH: usize = 30;
/// How far scores move when the others are many.
const SHARE: f32 = 0.5;
/// A kind counts as this unlikely at most, in logits below the best one.
const FLOOR: f32 = -6.0;
/// Only forms move that are a name, or nearly one, somewhere near.
const NEARLY: f32 = -1.0;
/// Shorter forms are particles.
const LETTERS: usize = 3;

/// The kinds of the labels: none first.
const KINDS: [Option<Type>; 5] =
    [None, Some(Type::Person), Some(Type::Organization), Some(Type::Place), Some(Type::Other)];

/// Where a form stands, and how each of [`KINDS`] scores there, below the best.
struct Place {
    sentence: usize,
    word: usize,
    kinds: [f32; 5],
}

/// Lets the words of neighbouring sentences that have the same form share what the model says about them.
pub(super) fn agree<S: AsRef<str>>(sentences: &[Vec<S>], said: &mut [Vec<Word>]) {
    let mut forms: HashMap<String, Vec<Place>> = HashMap::new();
    for (sentence, (words, said)) in sentences.iter().zip(said.iter()).enumerate() {
        for (word, (text, said)) in words.iter().zip(said).enumerate() {
            let form = normalised(text.as_ref());
            if form.chars().nth(LETTERS).is_some() {
                forms.entry(form).or_default().push(Place { sentence, word, kinds: kinds(said) });
            }
        }
    }
    for places in forms.values() {
        for (index, own) in places.iter().enumerate() {
            let first = places.partition_point(|place| place.sentence + REACH < own.sentence);
            let end = places.partition_point(|place| place.sentence <= own.sentence + REACH);
            let near = || places.iter().enumerate().take(end).skip(first);
            let is_named = |place: &Place| place.kinds.iter().skip(1).any(|&score| score >= NEARLY);
            let others = (end - first).saturating_sub(1);
            let word = said.get_mut(own.sentence).and_then(|words| words.get_mut(own.word));
            let Some(word) = word.filter(|_| others > 0 && near().any(|(_, place)| is_named(place))) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "a few words")]
            let others = others as f32;
            for (at, (kind, score)) in KINDS.into_iter().zip(own.kinds).enumerate() {
                let of = |place: &Place| place.kinds.get(at).copied().unwrap_or(FLOOR);
                let sum: f32 = near().filter(|(place, _)| *place != index).map(|(_, place)| of(place)).sum();
                let step = (sum / others - score) * SHARE * others / (others + 1.0);
                let labels = word.scores.iter_mut().zip(Label::ALL).filter(|(_, label)| label.kind() == kind);
                labels.for_each(|(score, _)| *score += step);
            }
        }
    }
}

fn kinds(word: &Word) -> [f32; 5] {
    let best = |kind: Option<Type>| {
        let labels = word.scores.iter().zip(Label::ALL).filter(|(_, label)| label.kind() == kind);
        labels.map(|(&score, _)| score).fold(f32::NEG_INFINITY, f32::max)
    };
    let scores = KINDS.map(best);
    let top = scores.into_iter().fold(f32::NEG_INFINITY, f32::max);
    scores.map(|score| (score - top).max(FLOOR))
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;

    /// A sentence a line, `word:LABEL:margin`: by how much the label is ahead of the others. -> the labels.
    fn agreed(text: &str) -> Vec<String> {
        let cut =
            |line: &str| line.split_whitespace().map(|word| word.split(':').map(str::to_owned).collect()).collect();
        let lines: Vec<Vec<Vec<String>>> = text.lines().map(cut).collect();
        let words: Vec<Vec<String>> =
            lines.iter().map(|line| line.iter().map(|word| word[0].clone()).collect()).collect();
        let score = |word: &Vec<String>| {
            let ahead = |label: Label| if label.to_string() == word[1] { word[2].parse().unwrap() } else { 0.0 };
            Word { scores: Label::ALL.map(ahead), proclitics: 0 }
        };
        let mut said: Vec<Vec<Word>> = lines.iter().map(|line| line.iter().map(score).collect()).collect();
        agree(&words, &mut said);
        let labels =
            |words: &Vec<Word>| decode(words, &Type::ALL).iter().map(|tag| tag.label.to_string()).collect::<Vec<_>>();
        said.iter().map(|words| labels(words).join(" ")).collect()
    }

    #[test]
    fn two_sure_places_win_over_a_doubtful_one() {
        assert_eq!(agreed("سميحة:B-PER:5\nسميحة:O:1\nسميحة:B-PER:5"), ["B-PER", "B-PER", "B-PER"]);
        assert_eq!(agreed("سميحة:B-PER:5\nسميحة:O:5"), ["B-PER", "O"], "one does not win over a sure one");
    }

    #[test]
    fn tashkeel_is_no_other_form_and_a_particle_is_none() {
        assert_eq!(agreed("سَميحة:B-PER:5\nسميحة:O:1\nسميحـة:B-PER:5"), ["B-PER", "B-PER", "B-PER"]);
        assert_eq!(agreed("في:B-PER:5\nفي:O:1\nفي:B-PER:5"), ["B-PER", "O", "B-PER"]);
    }

    #[test]
    fn a_name_far_away_says_nothing() {
        let between = "\nو:O:5".repeat(REACH);
        let said = agreed(&format!("سميحة:B-PER:5\nسميحة:B-PER:5{between}\nسميحة:O:1"));
        assert_eq!(said.last().map(String::as_str), Some("O"));
    }

    #[test]
    fn a_word_that_is_no_name_near_stays_as_it_was() {
        assert_eq!(agreed("أعلن:O:5\nأعلن:O:2"), ["O", "O"]);
    }
}
