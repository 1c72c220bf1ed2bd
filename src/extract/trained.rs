//! The trained model as a tagger: a paragraph's sentences to the model, its labels back to spans.

use crate::annotation::Kind;
use crate::arabic::normalize::fold_letter;
use crate::arabic::tokens;
use crate::extract::entities::{Name, Tagger};
use crate::model::{self, Head, Label, Model, Tag, Type};
use crate::text::{Span, slice};

/// Finds names by the trained weights.
pub struct ModelTagger(pub Model);

impl std::fmt::Debug for ModelTagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ModelTagger").field(&self.0.name()).finish()
    }
}

impl Tagger for ModelTagger {
    fn tag(&self, text: &str) -> Vec<Name> {
        let places: Vec<Vec<Span>> = tokens::sentences(text)
            .map(|sentence| {
                model::words(slice(text, sentence)).into_iter().map(|word| word.shifted(sentence.start)).collect()
            })
            .collect();
        let sentences: Vec<Vec<&str>> =
            places.iter().map(|words| words.iter().map(|span| slice(text, *span)).collect()).collect();
        // A model that loaded has no error left to give; without labels a paragraph has no names.
        let tags = self.0.tag(&sentences, Head::Guide).unwrap_or_default();
        places.iter().zip(&tags).flat_map(|(places, tags)| names(text, places, tags)).collect()
    }
}

/// The names that a sentence's labels spell.
fn names(text: &str, places: &[Span], tags: &[Tag]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut open = false;
    for (place, tag) in places.iter().zip(tags) {
        let kind = match tag.label.kind() {
            Some(Type::Person) => Kind::Person,
            Some(Type::Organization) => Kind::Organization,
            Some(Type::Place) => Kind::Place,
            Some(Type::Other) | None => {
                open = false;
                continue;
            }
        };
        match names.last_mut().filter(|_| open && matches!(tag.label, Label::Inside(_))) {
            // A name is as sure as its least sure word.
            Some(name) => {
                name.span.end = place.end;
                name.confidence = name.confidence.min(tag.confidence);
            }
            None => {
                let start = core(text, *place, usize::from(tag.proclitics));
                names.push(Name { span: Span::new(start, place.end), kind, confidence: tag.confidence });
            }
        }
        open = true;
    }
    names
}

/// Where the word begins after so many letters of proclitics.
fn core(text: &str, place: Span, proclitics: usize) -> usize {
    let letters = slice(text, place).char_indices().filter(|&(_, letter)| fold_letter(letter).is_some());
    place.start + letters.map(|(at, _)| at).nth(proclitics).unwrap_or_default()
}

/// The tagger that ships: the trained model where the program was built with one.
#[must_use]
pub fn embedded() -> Option<ModelTagger> {
    Model::embedded(None).ok().flatten().map(ModelTagger)
}
