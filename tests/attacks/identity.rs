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

/// A clock that jumps back: what was decided last still stands, since no time decides between two corrections.
#[test]
fn a_clock_that_jumps_decides_nothing() {
    let place = Place::new();
    let text = place.write("a.txt", article(1));
    let home = Home { data: place.data(), sidecar: false };
    let document = read(&text);
    for time in [2_000_000_000, 0, u64::MAX, 1_000_000_000] {
        let (mut store, mut memory) = Store::open(&home, &document).unwrap();
        mark(&mut memory, &document, "سامر الخطيب");
        let id = memory.annotations.mentions[0].id;
        memory.annotations.mentions[0].provenance = rawi::annotation::Provenance::Person(time);
        store.save(&document, &memory).unwrap();
        drop(store);
        let (mut store, mut memory) = Store::open(&home, &document).unwrap();
        assert_eq!(memory.annotations.mentions[0].provenance, rawi::annotation::Provenance::Person(time));
        memory.annotations.mentions.retain(|mention| mention.id != id);
        store.save(&document, &memory).unwrap();
        drop(store);
        assert_eq!(peek(&home, &document).unwrap().annotations.mentions.len(), 0, "taken back at {time}");
    }
}

/// A store of a later version is named, left as it is, and nothing is saved over it.
#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let place = Place::new();
    let text = place.write("a.txt", article(1));
    let document = read(&text);
    for sidecar in [true, false] {
        let home = Home { data: place.data(), sidecar };
        let (mut store, memory) = Store::open(&home, &document).unwrap();
        store.save(&document, &memory).unwrap();
        let path = store.path().to_owned();
        drop(store);
        let later = fs::read_to_string(&path).unwrap().replace("rawi-store/1", "rawi-store/2");
        fs::write(&path, &later).unwrap();
        assert!(matches!(Store::open(&home, &document), Err(Error::Later { .. })));
        assert!(matches!(peek(&home, &document), Err(Error::Later { .. })));
        let more = if sidecar { &["--sidecar"][..] } else { &[] };
        let ended = place.run([&["export", "a.txt", "--format", "csv"], more].concat());
        assert!(ended.error.contains("later rawi"), "{}", ended.error);
        assert_eq!(fs::read_to_string(&path).unwrap(), later);
    }
}
