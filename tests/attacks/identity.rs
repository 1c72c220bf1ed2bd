//! Attacks on what a document is: other spellings of its path, several documents of one file, texts that change and
//! change back.

use super::{Place, article};
use rawi::{
    annotation::{Annotations, Edit, Kind, Target},
    source,
    store::{Error, Home, Memory, Store, peek},
    text::{Document, Entry, Span},
};
use std::{fs, os::unix::fs::symlink, path::Path};

fn read(path: &Path) -> Document {
    source::read(path, &source::Options::default()).unwrap()
}

/// A person marked these words as a name.
fn mark(memory: &mut Memory, document: &Document, words: &str) {
    let start = document.text().find(words).unwrap();
    let span = Span::new(start, start + words.len());
    let mut annotations = std::mem::take(&mut memory.annotations);
    annotations.apply(document, &Edit::AddMention(span, Target::New(Kind::Person)), 1).unwrap();
    memory.annotations = annotations;
}

fn marked(document: &Document, annotations: &Annotations) -> Vec<String> {
    annotations.mentions.iter().map(|mention| document.slice(mention.span).to_owned()).collect()
}

#[test]
fn a_document_is_locked_by_every_spelling_of_its_path() {
    let place = Place::new();
    let text = place.write("real/a.txt", article(1));
    symlink(place.path("real"), place.path("linked")).unwrap();
    symlink(&text, place.path("b.txt")).unwrap();
    for sidecar in [false, true] {
        let home = Home { data: place.data(), sidecar };
        let held = Store::open(&home, &read(&text)).unwrap();
        for other in ["linked/a.txt", "real/../real/a.txt", "b.txt", "linked/../b.txt"] {
            let second = Store::open(&home, &read(&place.path(other)));
            assert!(matches!(second, Err(Error::Locked)), "{other}, sidecar {sidecar}");
        }
        drop(held);
        assert!(Store::open(&home, &read(&place.path("linked/a.txt"))).is_ok());
    }
    // A text that has changed is the same document still.
    let home = Home { data: place.data(), sidecar: false };
    let _held = Store::open(&home, &read(&text)).unwrap();
    fs::write(&text, article(2)).unwrap();
    assert!(matches!(Store::open(&home, &read(&text)), Err(Error::Locked)));
}

#[test]
fn every_entry_of_a_file_has_a_memory_of_its_own() {
    let place = Place::new();
    let file = place.write("feed.xml", "");
    let home = Home { data: place.data(), sidecar: true };
    let entry = |key: &str, text: &str| {
        let origin = rawi::text::Origin { path: Some(file.to_string_lossy().into_owned()), ..Default::default() };
        let container = file.to_string_lossy().into_owned();
        Document::new(key, text, origin).with_entry(Entry { container, key: key.to_owned() })
    };
    let (one, two) = (entry("1", "قال عمر كلمة طويلة."), entry("2", "قالت سلمى كلمة أخرى."));
    let (mut first, mut memory) = Store::open(&home, &one).unwrap();
    mark(&mut memory, &one, "عمر");
    first.save(&one, &memory).unwrap();
    let (mut second, mut memory) = Store::open(&home, &two).unwrap();
    assert_eq!(memory.annotations, Annotations::default());
    mark(&mut memory, &two, "سلمى");
    second.save(&two, &memory).unwrap();
    drop((first, second));
    // The feed was fetched again and the first article was changed.
    let changed = entry("1", "عاجل: قال عمر كلمة طويلة.");
    let (_held, found) = Store::open(&home, &changed).unwrap();
    assert_eq!(marked(&changed, &found.annotations), ["عمر"]);
    assert!(matches!(Store::open(&home, &one), Err(Error::Locked)), "the same entry with its old text");
    assert_eq!(marked(&two, &peek(&home, &two).unwrap().annotations), ["سلمى"]);
}

#[test]
fn a_text_that_changes_and_changes_back_keeps_what_was_corrected_in_between() {
    let place = Place::new();
    let (before, between) = (article(1), format!("{}وختم ماجد القصاب كلامه.\n", article(1)));
    let text = place.write("a.txt", &before);
    let home = Home { data: place.data(), sidecar: false };
    let correct = |words: &str| {
        let document = read(&text);
        let (mut store, mut memory) = Store::open(&home, &document).unwrap();
        let brought = memory.brought;
        mark(&mut memory, &document, words);
        store.save(&document, &memory).unwrap();
        brought
    };
    assert!(!correct("سامر الخطيب"));
    fs::write(&text, &between).unwrap();
    assert!(correct("هدى السالم"), "that they are of another text is said");
    fs::write(&text, &before).unwrap();
    let document = read(&text);
    let found = peek(&home, &document).unwrap();
    assert_eq!(marked(&document, &found.annotations), ["سامر الخطيب", "هدى السالم"]);
    assert!(found.brought);
    // Through the program too, which says it.
    let ended = place.run(["export", "a.txt", "--format", "csv"]);
    assert_eq!(ended.code, Some(0));
    let decided = |name: &str| ended.out().lines().any(|line| line.contains(name) && line.contains("1970"));
    assert!(decided("هدى السالم") || ended.out().contains("هدى السالم"), "{}", ended.out());
    assert!(ended.error.contains("corrections of an earlier text"), "{}", ended.error);
    // What is taken back after that stays taken back.
    let (mut store, mut memory) = Store::open(&home, &document).unwrap();
    memory.annotations = Annotations::default();
    store.save(&document, &memory).unwrap();
    drop(store);
    fs::write(&text, &between).unwrap();
    assert_eq!(peek(&home, &read(&text)).unwrap().annotations.mentions.len(), 0);
}

#[test]
fn two_stores_of_one_text_become_one_and_neither_wins_in_silence() {
    let place = Place::new();
    let home = Home { data: place.data(), sidecar: false };
    let (one, two) = (place.write("one.txt", article(1)), place.write("two.txt", article(2)));
    let correct = |path: &Path, words: &str| {
        let document = read(path);
        let (mut store, mut memory) = Store::open(&home, &document).unwrap();
        mark(&mut memory, &document, words);
        store.save(&document, &memory).unwrap();
    };
    correct(&one, "سامر الخطيب");
    correct(&two, "هدى السالم");
    // The second file now has the text of the first.
    fs::write(&two, article(1)).unwrap();
    let document = read(&two);
    let found = peek(&home, &document).unwrap();
    assert_eq!(marked(&document, &found.annotations), ["سامر الخطيب", "هدى السالم"]);
    assert!(found.brought);
}
