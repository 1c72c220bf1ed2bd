//! The worker: reads what is left of files, and extracts. One thread and a channel.

use super::{export::Imported, message::Message};
use crate::{
    extract::{Extractor, Memory, Pass},
    source,
    text::{Document, Span},
    tui::app::{DocumentEvent, Event, Notice},
};
use std::{
    collections::VecDeque,
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

/// Something to do.
pub enum Job {
    /// Read the file as the document of that number, then extract.
    Read(usize, PathBuf),
    /// Extract from the document of that number, unless it is too long.
    Extract(usize, Arc<Document>),
    /// Extract from the part of it around that byte, however long it is.
    Look(usize, Arc<Document>, usize),
}

/// Bytes after which the first findings are sent; each next time after four times as many, because the stages that see
/// the whole document run again.
const FIRST: usize = 1 << 14;

/// Bytes of a text in which names and quotes are looked for, some 180,000 words: what is found takes fifty times the
/// memory of the text that it is found in.
const ENOUGH: usize = 2 << 20;

/// A text of more bytes is looked through where the reader asks for it, and nowhere before: it is no article, and model
/// and findings would take as much memory as the text.
const VAST: usize = 16 << 20;

impl Job {
    const fn document(&self) -> usize {
        match self {
            Self::Read(number, _) | Self::Extract(number, _) | Self::Look(number, ..) => *number,
        }
    }
}

/// What the reader has of the worker.
pub struct Worker {
    jobs: Sender<Job>,
    seen: Arc<Mutex<Seen>>,
}

/// What is read now.
#[derive(Clone, Copy)]
struct Seen {
    document: usize,
    /// The first byte on the screen.
    top: usize,
}

impl Worker {
    /// Does the jobs in their order on a thread of its own, those of the document that is read first: its number and
    /// the first byte on the screen. Imported annotations stand instead of what would be extracted.
    pub fn start(
        (jobs, (document, top)): (Vec<Job>, (usize, usize)),
        (options, imported): (source::Options, Imported),
        sender: Sender<Message>,
    ) -> io::Result<Self> {
        let seen = Arc::new(Mutex::new(Seen { document, top }));
        let (more, asked) = mpsc::channel();
        let mut work = Work {
            jobs: VecDeque::from(jobs),
            asked,
            seen: Arc::clone(&seen),
            extractor: None,
            memory: Memory::default(),
            sender,
        };
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            while let Some(job) = work.next() {
                if !work.run(job, &options, &imported) {
                    return;
                }
            }
        })?;
        Ok(Self { jobs: more, seen })
    }

    /// Says what is read.
    pub fn see(&self, document: usize, top: usize) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Seen { document, top };
    }

    /// One more thing to do, before the others.
    pub fn ask(&self, job: Job) {
        drop(self.jobs.send(job));
    }
}

/// The thread's own.
struct Work {
    jobs: VecDeque<Job>,
    asked: Receiver<Job>,
    seen: Arc<Mutex<Seen>>,
    /// Made when it is needed: the model takes memory.
    extractor: Option<Extractor>,
    memory: Memory,
    sender: Sender<Message>,
}

impl Work {
    fn seen(&self) -> Seen {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to do next; waits for it. None once the reader is gone.
    fn next(&mut self) -> Option<Job> {
        for job in self.asked.try_iter() {
            self.jobs.push_front(job);
        }
        let document = self.seen().document;
        let at = self.jobs.iter().position(|job| job.document() == document).unwrap_or_default();
        self.jobs.remove(at).or_else(|| self.asked.recv().ok())
    }

    fn send(&self, event: Event) -> bool {
        self.sender.send(Message::App(event)).is_ok()
    }

    /// Whether anybody is there to hear of it.
    fn run(&mut self, job: Job, options: &source::Options, imported: &Imported) -> bool {
        match job {
            Job::Read(number, path) => match source::read(&path, options) {
                Ok(document) => {
                    let document = Arc::new(document);
                    self.jobs.push_front(Job::Extract(number, Arc::clone(&document)));
                    self.send(Event::Document(number, DocumentEvent::Loaded(document)))
                }
                Err(error) => self.send(Event::Document(number, DocumentEvent::Unread(error.to_string()))),
            },
            Job::Extract(number, document) => match imported.read(&document) {
                Ok(Some(annotations)) => {
                    self.send(Event::Document(number, DocumentEvent::Found(Box::new(annotations), 100)))
                }
                Ok(None) if document.text().len() > VAST => {
                    self.send(Event::Document(number, DocumentEvent::Partly(Span::default())))
                }
                Ok(None) => {
                    let seen = self.seen();
                    let place = if seen.document == number { seen.top } else { 0 };
                    self.extract(number, &document, (Span::new(0, ENOUGH), place))
                }
                Err(error) => {
                    let notice = Notice { text: format!("{error:#}"), fault: true };
                    self.send(Event::Notice(notice))
                }
            },
            Job::Look(number, document, place) => {
                let start = place.saturating_sub(ENOUGH / 4);
                self.extract(number, &document, (Span::new(start, start + ENOUGH), place))
            }
        }
    }

    /// Looks for names and quotes in the paragraphs of a part of a document, from a place on and then before it.
    fn extract(&mut self, number: usize, document: &Arc<Document>, (part, place): (Span, usize)) -> bool {
        let whole = document.text().len();
        let part = if part.start == 0 && whole <= part.end { Span::new(0, whole) } else { paragraphs(document, part) };
        let base = part.start;
        // The stages behind the tagger walk through all that they are given.
        let text = if part.len() == whole { Arc::clone(document) } else { Arc::new(cut(document, part)) };
        let extractor = self.extractor.get_or_insert_default();
        let mut pass = Pass::new(&text, std::mem::take(&mut self.memory));
        let found = |pass: &Pass<'_>, done| {
            let mut annotations = pass.annotations();
            annotations.shift(base);
            Message::App(Event::Document(number, DocumentEvent::Found(Box::new(annotations), done)))
        };
        let first = text.paragraph_at(place.saturating_sub(base)).start;
        let (after, before) =
            (text.paragraphs().filter(|span| span.start >= first), text.paragraphs().filter(|span| span.start < first));
        let (mut read, mut next, mut said) = (0, FIRST, 0);
        for paragraph in after.chain(before) {
            if let Err(error) = pass.tag(extractor, paragraph) {
                let notice = Notice { text: error.to_string(), fault: true };
                drop(self.sender.send(found(&pass, 100)));
                return self.sender.send(Message::App(Event::Notice(notice))).is_ok();
            }
            read += paragraph.len();
            let done = u8::try_from(read * 100 / part.len().max(1)).unwrap_or(99).min(99);
            let message = if read >= next && read < part.len() {
                next = next.saturating_mul(4);
                found(&pass, done)
            } else if done > said {
                Message::App(Event::Document(number, DocumentEvent::Progress(done)))
            } else {
                continue;
            };
            said = done;
            if self.sender.send(message).is_err() {
                return false;
            }
        }
        drop(self.sender.send(found(&pass, 100)));
        self.memory = pass.into_memory();
        part.len() == whole || self.send(Event::Document(number, DocumentEvent::Partly(part)))
    }
}

/// The paragraphs that begin in a part of a document.
fn paragraphs(document: &Document, part: Span) -> Span {
    let start = document.paragraph_at(part.start).start;
    let end = if part.end >= document.text().len() { part.end } else { document.paragraph_at(part.end).start };
    Span::new(start, end.min(document.text().len()))
}

/// A part of a document, as a document.
fn cut(document: &Document, part: Span) -> Document {
    Document::new(document.id(), document.slice(part), document.origin().clone())
}
