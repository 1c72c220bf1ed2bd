//! Documents of the library as quotes are compared with them, each parsed once however many quotes ask for it.

use crate::library::{
    Error, Library,
    passages::{Held, forms_of, held},
    words::{Word, words},
};
use crate::text::{Offsets, Span, Unit};
use rayon::prelude::*;
use std::collections::{HashMap, hash_map::Entry};

/// Documents that are kept from one batch of quotes to the next; beyond, all are forgotten.
const KEPT: usize = 4000;

/// A document with its words.
#[derive(Debug)]
pub struct There {
    pub held: Held,
    pub words: Vec<Word>,
    /// The words by number: equal ones have one number, in all documents and in the draft.
    pub numbers: Vec<u32>,
    /// Whether each word stands in a name.
    pub named: Vec<bool>,
}

/// The documents that have been asked for.
#[derive(Debug, Default)]
pub struct Archive {
    texts: HashMap<i64, There>,
    /// The forms of the names of those who speak in them, as words.
    forms: HashMap<i64, Vec<Vec<Word>>>,
    numbers: HashMap<String, u32>,
}

impl Archive {
    /// Forgets all documents where there are many.
    pub fn make_room(&mut self) {
        if self.texts.len() > KEPT {
            self.texts.clear();
        }
    }

    /// Reads the documents that are not there yet.
    pub fn load(&mut self, library: &Library, documents: impl Iterator<Item = i64>) -> Result<(), Error> {
        let mut new: Vec<i64> = documents.filter(|document| !self.texts.contains_key(document)).collect();
        new.sort_unstable();
        new.dedup();
        let mut read = Vec::with_capacity(new.len());
        for document in new {
            let Some(held) = held(library, document)? else { continue };
            for identity in held.quotes.iter().filter_map(|quote| quote.identity) {
                if let Entry::Vacant(place) = self.forms.entry(identity) {
                    place.insert(forms_of(library, identity)?.iter().map(|form| words(form)).collect());
                }
            }
            read.push(held);
        }
        let parsed: Vec<(Held, Vec<Word>, Vec<bool>)> = read.into_par_iter().map(parse).collect();
        for (held, words, named) in parsed {
            let numbers = self.numbers(&words);
            self.texts.insert(held.number, There { held, words, numbers, named });
        }
        Ok(())
    }

    /// The numbers of words.
    pub fn numbers(&mut self, words: &[Word]) -> Vec<u32> {
        let mut number = |word: &Word| {
            if let Some(&number) = self.numbers.get(&word.word) {
                return number;
            }
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(word.word.clone(), next);
            next
        };
        words.iter().map(&mut number).collect()
    }

    /// A document that has been loaded.
    pub fn there(&self, document: i64) -> Option<&There> {
        self.texts.get(&document)
    }

    /// The forms of the name of one who speaks in a document that has been loaded.
    pub fn forms(&self, identity: i64) -> &[Vec<Word>] {
        self.forms.get(&identity).map(Vec::as_slice).unwrap_or_default()
    }
}

fn parse(held: Held) -> (Held, Vec<Word>, Vec<bool>) {
    let words = words(&held.text);
    let offsets = Offsets::new(&held.text, Unit::CodePoint);
    let names: Vec<Span> = held.names.iter().filter_map(|name| offsets.to_span(*name)).collect();
    let named = words.iter().map(|word| names.iter().any(|name| name.overlaps(word.span))).collect();
    (held, words, named)
}
