//! Every form, part, role word and name once, by number: a hundred thousand documents say the same few over and over.

use super::name::{Name, Part, is_given, key, sounds};
use crate::annotation::Kind;
use crate::arabic::normalize::fold;
use std::collections::HashMap;
use std::sync::Arc;

/// No number.
pub const NONE: u32 = u32::MAX;

/// Texts with a number each, in the order in which they came.
#[derive(Debug, Default)]
pub struct Numbered {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Numbered {
    /// The number of a text; a new one where it has none.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(NONE);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    /// The number of a text that has one.
    pub fn known(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map(AsRef::as_ref).unwrap_or_default()
    }

    pub const fn len(&self) -> usize {
        self.texts.len()
    }
}

/// A part of names with what comparing asks of it again and again.
#[derive(Debug)]
pub struct KnownPart {
    pub part: Part,
    /// The number of its core among all cores.
    pub core: u32,
    /// The number of the core's consonants by class of sound.
    pub sounds: u32,
    /// Letters of the core.
    pub length: usize,
    /// Whether the core is a common given name.
    pub given: bool,
}

/// What is known of a form.
#[derive(Debug)]
struct Form {
    /// What its spellings share, by kind; [`NONE`] where nobody has asked yet.
    features: [u32; 3],
    /// Its parts, where a person bears it.
    parts: Box<[u32]>,
    length: u32,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    forms: Numbered,
    about: Vec<Form>,
    /// What spellings of a name share, with the letter of its kind before it.
    pub names: Numbered,
    roles: HashMap<Box<str>, Box<[u32]>>,
    pub words: Numbered,
    part_numbers: HashMap<Arc<str>, u32>,
    parts: Vec<KnownPart>,
    cores: Numbered,
    pub sounds: Numbered,
}

const fn place(kind: Kind) -> usize {
    match kind {
        Kind::Person => 0,
        Kind::Organization => 1,
        Kind::Place => 2,
    }
}

impl Vocabulary {
    /// The number of a form that something of that kind bears.
    pub fn form(&mut self, text: &str, kind: Kind) -> u32 {
        let form = self.forms.number(text);
        if form as usize == self.about.len() {
            let length = u32::try_from(text.chars().count()).unwrap_or(NONE);
            self.about.push(Form { features: [NONE; 3], parts: Box::default(), length });
        }
        let known = self.about.get(form as usize).and_then(|about| about.features.get(place(kind)).copied());
        if known == Some(NONE) {
            let (spelling, parts) = match kind {
                Kind::Person => {
                    let name = Name::new(text);
                    (name.key(), name.parts.into_iter().map(|part| self.part(part)).collect())
                }
                _ => (key(text), Box::default()),
            };
            let feature = self.names.number(&format!("{}{spelling}", kind.letter()));
            if let Some(about) = self.about.get_mut(form as usize) {
                if let Some(known) = about.features.get_mut(place(kind)) {
                    *known = feature;
                }
                if kind == Kind::Person {
                    about.parts = parts;
                }
            }
        }
        form
    }

    fn part(&mut self, part: Part) -> u32 {
        if let Some(&known) = self.part_numbers.get(part.text.as_str()) {
            return known;
        }
        let number = u32::try_from(self.parts.len()).unwrap_or(NONE);
        self.part_numbers.insert(part.text.as_str().into(), number);
        let core = self.cores.number(&part.core);
        let sounds = self.sounds.number(&sounds(&part.core));
        let (length, given) = (part.core.chars().count(), is_given(&part.core));
        self.parts.push(KnownPart { part, core, sounds, length, given });
        number
    }

    /// The numbers of the words of a role that tell it from another, sorted.
    pub fn role(&mut self, role: &str) -> &[u32] {
        if !self.roles.contains_key(role) {
            let mut words: Vec<u32> = role_words(role).iter().map(|word| self.words.number(word)).collect();
            words.sort_unstable();
            words.dedup();
            self.roles.insert(role.into(), words.into());
        }
        self.roles.get(role).map(AsRef::as_ref).unwrap_or_default()
    }

    pub fn text(&self, form: u32) -> &str {
        self.forms.text(form)
    }

    /// Letters of a form.
    pub fn length(&self, form: u32) -> u32 {
        self.about.get(form as usize).map_or(0, |about| about.length)
    }

    /// The number of what a form's spellings share.
    pub fn feature(&self, form: u32, kind: Kind) -> u32 {
        self.about.get(form as usize).and_then(|about| about.features.get(place(kind)).copied()).unwrap_or(NONE)
    }

    /// The parts of a form that a person bears.
    pub fn parts(&self, form: u32) -> &[u32] {
        self.about.get(form as usize).map(|about| about.parts.as_ref()).unwrap_or_default()
    }

    /// What is known of a part.
    pub fn known(&self, part: u32) -> Option<&KnownPart> {
        self.parts.get(part as usize)
    }
}

/// The words of a role that tell it from another, folded, without article and attached prepositions.
fn role_words(role: &str) -> Vec<String> {
    let folded = fold(role);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words
        .map(|word| {
            let word = word.strip_prefix("لل").or_else(|| word.strip_prefix("بال")).unwrap_or(word);
            word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word).trim_end_matches('ه')
        })
        .map(str::to_owned)
        .collect()
}
