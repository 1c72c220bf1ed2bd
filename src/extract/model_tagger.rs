//! The trained model as a tagger: paragraphs to the model, its labels back to spans.

use crate::annotation::Kind;
use crate::arabic::{
    affix,
    normalize::{fold, fold_letter},
};
use crate::extract::gazetteer::LISTS;
use crate::extract::tagger::{Error, Name, Tagger};
use crate::model::{self, Head, Label, Model, Type, Word};
use crate::text::{Span, slice};

/// Finds names by the trained weights.
pub struct ModelTagger(pub Model);

impl std::fmt::Debug for ModelTagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ModelTagger").field(&self.0.name()).finish()
    }
}

impl Tagger for ModelTagger {
    fn tag(&self, text: &str) -> Result<Vec<Name>, Error> {
        Ok(self.tag_all(&[text], &|| true)?.and_then(|mut all| all.pop()).unwrap_or_default())
    }

    /// A paragraph is a sentence of the model's, whole, and its neighbours share its window, as in training.
    fn tag_all(&self, paragraphs: &[&str], go_on: &dyn Fn() -> bool) -> Result<Option<Vec<Vec<Name>>>, Error> {
        let places: Vec<Vec<Span>> = paragraphs.iter().map(|text| model::words(text)).collect();
        let words: Vec<Vec<&str>> = paragraphs
            .iter()
            .zip(&places)
            .map(|(text, places)| places.iter().map(|place| slice(text, *place)).collect())
            .collect();
        let Some(said) = self.0.score_while(&words, Head::Guide, go_on)? else { return Ok(None) };
        let mut said = said.iter().map(Vec::as_slice);
        let names = |(text, places): (&&str, &Vec<Span>)| names(text, places, said.next().unwrap_or_default());
        Ok(Some(paragraphs.iter().zip(&places).map(names).collect()))
    }
}

/// The names that a paragraph's labels spell.
fn names(text: &str, places: &[Span], said: &[Word]) -> Vec<Name> {
    let tags = model::decode(said, &Type::NAMED);
    let mut names: Vec<Name> = Vec::new();
    let mut open = None;
    for ((place, word), tag) in places.iter().zip(said).zip(&tags) {
        // A name is as sure as its least sure word, and not surer than that it ends there.
        if let (Some(kind), Some(name)) = (open, names.last_mut())
            && tag.label != Label::Inside(kind)
        {
            name.confidence = name.confidence.min(1.0 - word.probability(Label::Inside(kind)));
            open = None;
        }
        let Some(kind) = tag.label.kind() else { continue };
        match names.last_mut().filter(|_| open.is_some()) {
            Some(name) => {
                name.span.end = place.end;
                name.confidence = name.confidence.min(tag.confidence);
            }
            None => {
                let start = core(text, *place, usize::from(tag.proclitics));
                let named = match kind {
                    Type::Person => Kind::Person,
                    Type::Organization => Kind::Organization,
                    Type::Place => Kind::Place,
                    Type::Other => continue,
                };
                names.push(Name { span: Span::new(start, place.end), kind: named, confidence: tag.confidence });
                open = Some(kind);
            }
        }
    }
    names
}

/// Where the word begins after so many letters of proclitics; where letters that cannot be proclitics would go (طنجة), or
/// the whole is a listed name and little else is left of it (فاس), at its beginning.
fn core(text: &str, place: Span, proclitics: usize) -> usize {
    let word = slice(text, place);
    let letters = word.char_indices().filter(|&(_, letter)| fold_letter(letter).is_some());
    let cut = letters.map(|(at, _)| at).nth(proclitics).unwrap_or_default();
    let (head, rest) = word.split_at_checked(cut).unwrap_or_default();
    let may_be = affix::may_be_proclitics(&fold(head));
    // A conjunction is always likelier: وأم قصر.
    let joined = head.starts_with(affix::AND);
    let listed = || !joined && rest.chars().count() < LONG && LISTS.kind(&fold(word)).is_some();
    if may_be && !listed() { place.start + cut } else { place.start }
}

/// Fewer letters than this are seldom all of a name.
const LONG: usize = 3;

/// A model that is damaged: it finds nothing and says so, rather than that rules find something else.
#[derive(Debug)]
pub struct DamagedModel(pub Error);

impl Tagger for DamagedModel {
    fn tag(&self, _: &str) -> Result<Vec<Name>, Error> {
        Err(self.0.clone())
    }
}
