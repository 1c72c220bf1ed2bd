//! Between the reader and the store: what a person decided is on the disk before the next frame.

use super::failure::Failure;
use crate::{
    files::{self, Access},
    store::{self, Home, Memory, Store, Stray},
    text::Span,
    tui::app::{
        App, DocumentEvent, Event, Notice,
        document::{OpenDocument, Orphan, Persistence, Progress, Remembered},
        selection::Group,
    },
    tui::strings::{Phrase, Strings},
};
use anyhow::{Context, bail};
use std::{
    collections::BTreeMap,
    io,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// The setting of a document that names the folded groups of the panel.
const FOLDED: &str = "folded";

/// The setting of a document that says what the cursor was on: the bytes where it began and ended.
const CURSOR: &str = "cursor";

/// The file of what was changed by keys, and what stands at its beginning.
const SETTINGS: &str = "settings.toml";
const HEADING: &str = "# What keys changed in rawi: [what the configuration said, what it was changed to].\n";

/// As many searches are remembered of a document.
const SEARCHES: usize = 50;

/// The stores of the documents that were read.
pub struct Stores {
    /// Whether anything is kept.
    keeps: bool,
    home: Result<Home, store::Error>,
    documents: BTreeMap<usize, StoredDocument>,
    warned: bool,
}

/// What is remembered of one document.
struct StoredDocument {
    store: Option<Store>,
    /// As it was read or saved last.
    memory: Memory,
    /// Why it is not saved.
    fault: Option<String>,
}

impl Stores {
    pub fn new(sidecar: bool) -> Self {
        Self { keeps: true, home: Home::platform(sidecar), documents: BTreeMap::new(), warned: false }
    }

    /// Stores that remember nothing and keep nothing.
    pub fn none() -> Self {
        Self { keeps: false, ..Self::new(false) }
    }

    /// What was kept of the settings; nothing where nothing was.
    ///
    /// # Errors
    /// A file that cannot be read or is no TOML. It is to be left as it is.
    pub fn settings(&self) -> anyhow::Result<String> {
        let Ok(home) = &self.home else { return Ok(String::new()) };
        let text = match files::read_text_limited(&home.data.join(SETTINGS), 1 << 20) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text.context(SETTINGS)?,
        };
        if let Err(error) = text.parse::<toml::Table>() {
            bail!("{SETTINGS}: {}", error.message().trim());
        }
        Ok(text)
    }

    /// Keeps what was changed of the settings, where that is something else than `before`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep_settings(&self, before: &str, kept: &str) -> anyhow::Result<()> {
        let Some(home) = self.home.as_ref().ok().filter(|_| self.keeps) else { return Ok(()) };
        let text = format!("{HEADING}{kept}");
        if before != text && !(before.is_empty() && kept.is_empty()) {
            let made = files::create_folder(&home.data, Access::Owner);
            let written = made.and_then(|()| files::replace(&home.data.join(SETTINGS), Access::Owner, text.as_bytes()));
            written.context(SETTINGS)?;
        }
        Ok(())
    }

    /// Opens the memory of the document that is read, once all of it is there. Of documents that are only listed
    /// nothing is opened: a folder may have more of them than a process may have files. Answers what is to be told to the
    /// reader.
    #[must_use]
    pub fn attend(&mut self, app: &App) -> Vec<Event> {
        let (number, opened) = (app.documents.current(), app.documents.here());
        if self.documents.contains_key(&number) || opened.progress == Progress::Loading {
            return Vec::new();
        }
        if !self.keeps {
            let memory = Memory::default();
            let remembered = DocumentEvent::Remembered(Box::new(remembered(&memory, Persistence::Session)));
            self.documents.insert(number, StoredDocument { store: None, memory, fault: None });
            return vec![Event::Document(number, remembered)];
        }
        let found = match &self.home {
            Ok(home) => Store::open(home, &opened.document),
            Err(_) => Err(store::Error::Nowhere),
        };
        let (store, memory, error) = match (found, &self.home) {
            (Ok((store, memory)), _) => (Some(store), memory, None),
            (Err(error), Ok(home)) => (None, store::peek(home, &opened.document).unwrap_or_default(), Some(error)),
            (Err(error), Err(_)) => (None, Memory::default(), Some(error)),
        };
        let persistence = match &error {
            None => Persistence::Saved,
            Some(store::Error::Locked) => Persistence::ReadOnly,
            Some(_) => Persistence::Session,
        };
        let remembered = DocumentEvent::Remembered(Box::new(remembered(&memory, persistence)));
        let mut events = vec![Event::Document(number, remembered)];
        let strings = app.config.strings;
        if let Some(error) = &error {
            let text = match error {
                store::Error::Locked => strings.text(Phrase::ReadOnly),
                other => strings.text(Phrase::NotKept { reason: &brief(other, &strings) }),
            };
            events.push(Event::Notice(Notice { text, fault: true }));
        }
        if memory.brought && memory.orphans.is_empty() && error.is_none() {
            events.push(Event::Notice(Notice { text: strings.text(Phrase::Brought), fault: false }));
        }
        let fault = error.as_ref().map(|error| brief(error, &strings));
        self.documents.insert(number, StoredDocument { store, memory, fault });
        events
    }

    /// Puts what a person decided on the disk.
    pub fn save(&mut self, app: &App, number: usize) -> anyhow::Result<()> {
        let opened = app.documents.all().get(number).context(Failure::NoDocument)?;
        let Some(kept) = self.documents.get_mut(&number) else { return Ok(()) };
        self.warned = false;
        // Without a store it was said when the document was opened, and is said again on leaving.
        if kept.store.is_none() {
            return Ok(());
        }
        if kept.save(app, opened).is_err() {
            let reason = kept.fault.clone().unwrap_or_default();
            bail!(app.config.strings.text(Phrase::NotSaved { reason: &reason }));
        }
        Ok(())
    }

    /// Saves where the reader was in each document.
    ///
    /// # Errors
    /// The first time that corrections would be lost; the second time they are.
    pub fn leave(&mut self, app: &App) -> anyhow::Result<()> {
        let mut lost = None;
        for (number, kept) in &mut self.documents {
            let Some(opened) = app.documents.all().get(*number) else { continue };
            if kept.fault.is_some() || kept.memory.view != view(app, opened) {
                drop(kept.save(app, opened));
            }
            if opened.history.depth().0 > 0 {
                lost = lost.or(kept.fault.clone());
            }
        }
        match lost {
            Some(reason) if !self.warned => {
                self.warned = true;
                bail!(app.config.strings.text(Phrase::LostOnLeaving { reason: &reason }))
            }
            _ => Ok(()),
        }
    }
}

impl StoredDocument {
    fn save(&mut self, app: &App, opened: &OpenDocument) -> Result<(), store::Error> {
        let Some(store) = &mut self.store else { return Ok(()) };
        self.memory.annotations = opened.annotations.decided();
        self.memory.view = view(app, opened);
        self.memory.past = opened.past.clone();
        let saved = store.save(&opened.document, &self.memory);
        self.fault = saved.as_ref().err().map(|error| brief(error, &app.config.strings));
        saved
    }
}

/// Why, on one line: the reason before the file, whose path may be long.
fn brief(error: &store::Error, strings: &Strings) -> String {
    let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match error {
        store::Error::Io { path, source } => format!("{source} ({})", name(path)),
        store::Error::Corrupt { path, .. } => strings.text(Phrase::StoreDamaged { file: &name(path) }),
        store::Error::Later { path, .. } => strings.text(Phrase::StoreLater { file: &name(path) }),
        other => other.to_string(),
    }
}

fn view(app: &App, opened: &OpenDocument) -> store::View {
    let history = &app.search.history;
    let searches = history.get(history.len().saturating_sub(SEARCHES)..).unwrap_or_default().to_vec();
    let folded: Vec<&str> = opened.folded.iter().map(|group| group.name()).collect();
    let cursor = opened.cursor;
    let cursor = (!cursor.is_empty()).then(|| (CURSOR.to_owned(), format!("{} {}", cursor.start, cursor.end)));
    let folded = (!folded.is_empty()).then(|| (FOLDED.to_owned(), folded.join(" ")));
    let settings = folded.into_iter().chain(cursor).collect();
    store::View { position: opened.top, bookmarks: opened.marks.clone(), searches, settings }
}

fn remembered(memory: &Memory, persistence: Persistence) -> Remembered {
    let lost = memory.orphans.iter().map(|orphan| {
        let what = match orphan.stray {
            Stray::Mention(_) => Phrase::LostMention,
            Stray::Quote(_) => Phrase::LostQuote,
            Stray::Rejected(_) => Phrase::LostRejected,
        };
        Orphan { what, words: orphan.text().to_owned() }
    });
    let folded = memory.view.settings.get(FOLDED).map(String::as_str).unwrap_or_default();
    let cursor = memory.view.settings.get(CURSOR).and_then(|cursor| cursor.split_once(' '));
    let cursor = cursor.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    Remembered {
        cursor: cursor.filter(|(start, end)| start < end).map(|(start, end)| Span::new(start, end)),
        annotations: memory.annotations.clone(),
        orphans: lost.collect(),
        past: memory.past.clone(),
        top: memory.view.position,
        marks: memory.view.bookmarks.clone(),
        searches: memory.view.searches.clone(),
        folded: Group::ALL.into_iter().filter(|group| folded.split(' ').any(|name| name == group.name())).collect(),
        persistence,
    }
}

/// Seconds since 1970, UTC.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
