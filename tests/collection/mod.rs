//! A small made-up collection in a library, and a reader that asks it: what the program does on threads of its own is
//! done here at once.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

use rawi::{
    annotation::Annotations,
    check::check,
    extract::Extractor,
    library::{Library, Meta, Source, browse},
    source,
    text::{Document, Offsets, Unit},
    tui::{
        answers::answer,
        app::{
            App, DocumentEvent, Effect, Event,
            library::ask::{LibraryEffect, LibraryEvent, Reading},
        },
        keymap::{Code, Key},
    },
};
use std::{collections::VecDeque, path::PathBuf, sync::Arc};

/// Where the collection's file is.
pub fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "tasks", "harbour.jsonl"].iter().collect()
}

/// A library of the collection, for one reader.
pub struct Collection {
    folder: tempfile::TempDir,
    library: Library,
    extractor: Extractor,
}

impl Collection {
    /// Looks through the collection once.
    pub fn new() -> Self {
        Self::of(source::read_all(path(), &source::Options::default()).unwrap(), Extractor::default())
    }

    /// A library of these documents.
    pub fn of(documents: Vec<Document>, extractor: Extractor) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut library = Library::create(&folder.path().join("library.sqlite")).unwrap();
        let from = Source { path: path().to_string_lossy().into_owned(), size: 1, modified: 1 };
        for (number, document) in documents.into_iter().enumerate() {
            let found = extractor.extract(&document).unwrap();
            let said = document.metadata();
            let meta = Meta { title: said.title.clone(), date: said.date.clone(), outlet: said.outlet.clone() };
            library.add((&from, &format!("{number}")), &document, &found, (&meta, "tests")).unwrap();
        }
        library.link().unwrap();
        Self { folder, library, extractor }
    }

    /// How many decisions stand.
    pub fn decisions(&self) -> usize {
        self.library.decisions().made().len()
    }

    /// What is found in a document.
    pub fn extract(&self, document: &Document) -> Annotations {
        self.extractor.extract(document).unwrap()
    }

    /// Presses a key and does all that follows; what is not for the library is answered.
    pub fn key(&mut self, app: &mut App, key: Key) -> Vec<Effect> {
        let effects = app.handle(Event::Key(key)).into_iter().collect();
        self.follow(app, effects)
    }

    /// Presses keys, as the keymap spells them.
    pub fn press(&mut self, app: &mut App, keys: &str) {
        for key in keys.split(' ') {
            self.key(app, key.parse().unwrap());
        }
    }

    /// Types letters.
    pub fn type_in(&mut self, app: &mut App, text: &str) {
        for letter in text.chars() {
            self.key(app, Key { code: Code::Char(letter), ..Key::char(' ') });
        }
    }

    /// Tells a reader what happened, and does all that follows.
    pub fn tell(&mut self, app: &mut App, event: Event) {
        let effects = app.handle(event).into_iter().collect();
        self.follow(app, effects);
    }

    fn follow(&mut self, app: &mut App, effects: Vec<Effect>) -> Vec<Effect> {
        let (mut waiting, mut others) = (VecDeque::from(effects), Vec::new());
        while let Some(effect) = waiting.pop_front() {
            let event = match effect {
                Effect::Library(effect) => self.library(app, &effect).map(Event::Library),
                Effect::Extract(number) => {
                    let document = Arc::clone(&app.documents.all().get(number).unwrap().document);
                    let found = self.extract(&document);
                    Some(Event::Document(number, DocumentEvent::Found(Box::new(found), 100)))
                }
                other => {
                    others.push(other);
                    None
                }
            };
            waiting.extend(event.into_iter().flat_map(|event| app.handle(event)));
        }
        others
    }

    fn library(&mut self, app: &App, effect: &LibraryEffect) -> Option<LibraryEvent> {
        match effect {
            LibraryEffect::Decide(decision) => {
                let decided = self.library.decide(decision.clone(), 0).map_err(|error| error.to_string());
                Some(LibraryEvent::Decided(decided))
            }
            LibraryEffect::TakeBack(decision) => {
                assert_eq!(self.library.undo().unwrap().as_ref(), Some(decision));
                Some(LibraryEvent::Changed)
            }
            LibraryEffect::Open(number, place) => Some(self.read(*number, *place)),
            LibraryEffect::OpenNamed(name, place) => {
                let number = browse::number_of(&self.library, name).unwrap().unwrap();
                Some(self.read(number, *place))
            }
            LibraryEffect::Check(number) => {
                let opened = app.documents.all().get(*number).unwrap();
                let checked = check(&self.library, &opened.document, &opened.annotations).unwrap();
                Some(LibraryEvent::Checked(*number, checked))
            }
            LibraryEffect::Add(_) | LibraryEffect::TakeOut(_) | LibraryEffect::Searches(_) => None,
            question => Some(match (answer(&self.library, question, &|| true).unwrap(), question) {
                (Ok(event), _) => event,
                (Err(error), LibraryEffect::List(list)) => LibraryEvent::Unanswered(list.clone(), error.to_string()),
                (Err(error), _) => LibraryEvent::Fault(error.to_string()),
            }),
        }
    }

    fn read(&self, number: i64, place: (usize, usize)) -> LibraryEvent {
        let stored = browse::stored(&self.library, number).unwrap().unwrap();
        let place = Offsets::new(&stored.text, Unit::CodePoint).to_span(place).unwrap();
        let document = Arc::new(Document::new(stored.part, stored.text, rawi::text::Origin::default()));
        LibraryEvent::Read(Box::new(Reading { number, document, date: stored.article.date, place, remark: None }))
    }
}
