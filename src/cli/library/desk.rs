//! The library's desk: what the reader asks of it is answered on a thread of its own, what it changes is done on
//! another, each with its own connection, so that questions are answered while a change goes on. Nothing here holds up
//! a key, and a library that cannot be asked is one line on the screen.

mod change;
mod source;

use super::Place;
use crate::{
    annotation::Annotations,
    check,
    cli::{arabic::errors, message::Message},
    files::{self, Access},
    library::{Decision, Error, Library, browse},
    source::Options,
    store::Home,
    text::Document,
    tui::{
        answers::answer,
        app::{
            App, Event,
            library::ask::{LibraryEffect, LibraryEvent},
        },
        strings::{Phrase, Strings},
    },
};
use change::Change;
use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// As long as changes are waited for when the reader is left.
const PATIENCE: Duration = Duration::from_secs(3);

/// As many decisions of earlier sessions can be taken back.
const DECISIONS: usize = 50;

/// As many searches are remembered, in this file of the data directory, and as many bytes of it are read.
const SEARCHES: usize = 100;
const SEARCHES_FILE: &str = "library-searches.txt";
const SEARCHES_BYTES: u64 = 1 << 20;

/// The desk, as the reader has it.
pub struct Desk {
    questions: Sender<LibraryEffect>,
    changes: Sender<Change>,
    path: PathBuf,
    sender: Sender<Message>,
    strings: Strings,
    /// The thread that changes the library.
    changing: JoinHandle<()>,
}

/// What the threads of the desk know.
#[derive(Clone)]
struct Clerk {
    path: PathBuf,
    sender: Sender<Message>,
    strings: Strings,
}

impl Desk {
    /// Opens the library on threads of its own.
    ///
    /// # Errors
    /// Where there is no place for a library, or no thread.
    pub fn open(place: &Place, options: Options, sender: Sender<Message>, strings: Strings) -> anyhow::Result<Self> {
        let clerk = Clerk { path: place.path()?, sender, strings };
        let (questions, asked) = mpsc::channel();
        let (changes, to_do) = mpsc::channel();
        let Clerk { path, sender, .. } = clerk.clone();
        let answering = clerk.clone();
        thread::Builder::new().name("library".to_owned()).spawn(move || {
            Answers { clerk: answering, options, library: None }.run(&asked);
        })?;
        let thread = thread::Builder::new().name("library changes".to_owned());
        let changing = thread.spawn(move || change::run(&clerk, &to_do))?;
        Ok(Self { questions, changes, path, sender, strings, changing })
    }

    /// Leaves the desk: changes under way are made to their end, unless they take very long. What is broken off then is
    /// not half done: a decision is on the disk already, a document is in whole or not at all.
    pub fn close(self) {
        drop(self.changes);
        let start = Instant::now();
        while !self.changing.is_finished() && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Takes what the reader asks.
    pub fn take(&self, app: &App, effect: LibraryEffect) {
        let opened = |number: usize| {
            let opened = app.documents.all().get(number)?;
            Some((Arc::clone(&opened.document), opened.annotations.clone()))
        };
        let change = match effect {
            LibraryEffect::Decide(decision) => Change::Decide(decision),
            LibraryEffect::TakeBack(decision) => Change::TakeBack(decision),
            LibraryEffect::TakeOut(source) => Change::TakeOut(source),
            LibraryEffect::Add(number) => match opened(number) {
                Some((document, annotations)) => Change::Add(number, document, Box::new(annotations)),
                None => return,
            },
            LibraryEffect::Check(number) => {
                if let Some((document, annotations)) = opened(number) {
                    self.check(number, document, annotations);
                }
                return;
            }
            question => return drop(self.questions.send(question)),
        };
        drop(self.changes.send(change));
    }

    /// Checks the quotes of a document on a thread of its own: of many it takes its time.
    fn check(&self, number: usize, document: Arc<Document>, annotations: Annotations) {
        let clerk = Clerk { path: self.path.clone(), sender: self.sender.clone(), strings: self.strings };
        let started = thread::Builder::new().name("check".to_owned()).spawn({
            let clerk = clerk.clone();
            move || {
                let checked =
                    Library::open(&clerk.path).and_then(|library| check::check(&library, &document, &annotations));
                clerk.send(match checked {
                    Ok(checked) => LibraryEvent::Checked(number, checked),
                    Err(error) => LibraryEvent::Fault(clerk.said(error)),
                });
            }
        });
        if let Err(error) = started {
            clerk.send(LibraryEvent::Fault(error.to_string()));
        }
    }
}

impl Clerk {
    fn send(&self, event: LibraryEvent) -> bool {
        self.sender.send(Message::App(Event::Library(event))).is_ok()
    }

    /// An error in the language of the interface, on one line.
    fn said(&self, error: impl Into<anyhow::Error>) -> String {
        errors::said(self.strings, &error.into())
    }

    /// A decision in words.
    fn worded(&self, decision: &Decision) -> String {
        self.strings.text(match decision {
            Decision::Merge { name, with, .. } => Phrase::DidMerge { from: with, into: name },
            Decision::Split { name, documents, .. } => {
                let document = documents.first().map(String::as_str).unwrap_or_default();
                Phrase::DidSplitIn { name, document }
            }
            Decision::Rename { name, to, .. } => Phrase::DidRename { old: name, new: to },
            Decision::Reject { name, .. } => Phrase::DidRejectEverywhere { name },
        })
    }
}

/// The thread that answers.
struct Answers {
    clerk: Clerk,
    options: Options,
    /// Opened when the first question comes, and again where that failed.
    library: Option<Library>,
}

impl Answers {
    fn run(&mut self, asked: &Receiver<LibraryEffect>) {
        let _opened = self.open();
        let mut waiting: VecDeque<LibraryEffect> = VecDeque::new();
        loop {
            if waiting.is_empty() {
                match asked.recv() {
                    Ok(effect) => waiting.push_back(effect),
                    Err(_) => return,
                }
            }
            waiting.extend(asked.try_iter());
            let Some(effect) = waiting.pop_front() else { continue };
            // Of questions that come one after the other while somebody types, the last is the one that counts.
            if waiting.iter().any(|later| supersedes(later, &effect)) {
                continue;
            }
            self.answer(effect, asked, &mut waiting);
        }
    }

    fn open(&mut self) -> bool {
        if self.library.is_some() {
            return true;
        }
        match Library::open(&self.clerk.path) {
            Ok(library) => {
                let made = library.decisions().made();
                let last = made.get(made.len().saturating_sub(DECISIONS)..).unwrap_or_default();
                let decided = last.iter().map(|made| (self.clerk.worded(&made.decision), made.decision.clone()));
                let path = self.clerk.path.to_string_lossy().into_owned();
                self.clerk.send(LibraryEvent::Opened(path, searches(), decided.collect()));
                self.library = Some(library);
                true
            }
            Err(error) => {
                let said = self.clerk.said(error);
                self.clerk.send(LibraryEvent::Failed(said));
                false
            }
        }
    }

    fn answer(
        &mut self,
        effect: LibraryEffect,
        asked: &Receiver<LibraryEffect>,
        waiting: &mut VecDeque<LibraryEffect>,
    ) {
        if let LibraryEffect::Searches(searches) = &effect {
            if let Err(error) = keep_searches(searches) {
                self.clerk.send(LibraryEvent::Fault(error.to_string()));
            }
            return;
        }
        if !self.open() {
            return;
        }
        let Some(library) = &self.library else { return };
        let goes_on = || {
            waiting.extend(asked.try_iter());
            !waiting.iter().any(|later| supersedes(later, &effect))
        };
        let goes_on = std::cell::RefCell::new(goes_on);
        let answered = match &effect {
            LibraryEffect::Open(number, place) => self.read(library, Some(*number), *place),
            LibraryEffect::OpenNamed(name, place) => {
                browse::number_of(library, name).and_then(|number| self.read(library, number, *place))
            }
            question => match answer(library, question, &|| (goes_on.borrow_mut())()) {
                Some(answered) => answered,
                None => return,
            },
        };
        match (answered, effect) {
            (Err(error), LibraryEffect::List(question)) => {
                let said = self.clerk.said(error);
                self.clerk.send(LibraryEvent::Unanswered(question, said));
            }
            (Ok(event), _) => _ = self.clerk.send(event),
            (Err(error), _) => {
                if matches!(error, Error::Damaged { .. }) {
                    self.library = None;
                }
                let said = self.clerk.said(error);
                self.clerk.send(LibraryEvent::Fault(said));
            }
        }
    }

    /// Reads a document at a place on a thread of its own: its source may be long. What is answered at once.
    fn read(&self, library: &Library, number: Option<i64>, place: (usize, usize)) -> Result<LibraryEvent, Error> {
        let Some(stored) = number.map(|number| browse::stored(library, number)).transpose()?.flatten() else {
            return Ok(LibraryEvent::Changed);
        };
        let (clerk, options) = (self.clerk.clone(), self.options.clone());
        let thread = thread::Builder::new().name("source".to_owned());
        let started = thread.spawn(move || {
            let reading = source::read(stored, place, &options);
            clerk.send(LibraryEvent::Read(Box::new(reading)));
        });
        // What is read is an event of its own.
        Ok(match started {
            Ok(_) => browse::glance(library).map(LibraryEvent::Glance)?,
            Err(error) => LibraryEvent::Fault(error.to_string()),
        })
    }
}

/// Tells the event loop where the library is, if it holds documents of a folder, a whole path. A library that is old or
/// locked takes its time, so that this is done beside the reader; one that cannot be opened holds none: nobody has asked
/// for it.
///
/// # Errors
/// Where there is no thread.
pub fn look_for(folder: PathBuf, sender: Sender<Message>) -> io::Result<()> {
    let look = move || {
        let place = Place::default();
        let library = Library::open(&place.path().ok()?).ok()?;
        let holds = browse::holds_folder(&library, folder.to_str()?).ok()?;
        holds.then(|| sender.send(Message::Library(place)).ok()).flatten()
    };
    thread::Builder::new().name("library of the folder".to_owned()).spawn(look).map(drop)
}

/// Whether a later question asks for what is seen in the place of what an earlier one asked for.
fn supersedes(later: &LibraryEffect, earlier: &LibraryEffect) -> bool {
    matches!(
        (later, earlier),
        (LibraryEffect::List(_), LibraryEffect::List(_))
            | (LibraryEffect::Whom(..), LibraryEffect::Whom(..))
            | (LibraryEffect::Head(_), LibraryEffect::Head(_))
            | (LibraryEffect::Glance, LibraryEffect::Glance)
    )
}

fn searches_path() -> Option<PathBuf> {
    Home::platform(false).ok().map(|home| home.data.join(SEARCHES_FILE))
}

/// What was searched for in earlier sessions; nothing where there is no such file.
fn searches() -> Vec<String> {
    let text = searches_path().and_then(|path| files::read_text_limited(&path, SEARCHES_BYTES).ok());
    text.unwrap_or_default().lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn keep_searches(searches: &[String]) -> io::Result<()> {
    let Some(path) = searches_path() else { return Ok(()) };
    files::create_folder(path.parent().unwrap_or(Path::new(".")), Access::Owner)?;
    let last = searches.get(searches.len().saturating_sub(SEARCHES)..).unwrap_or_default();
    let text: String = last.iter().map(|search| format!("{search}\n")).collect();
    files::replace(&path, Access::Owner, text.as_bytes())
}
