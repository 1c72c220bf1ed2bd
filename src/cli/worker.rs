//! The worker: reads what is left of files, and extracts. One thread and a channel.

use super::{export::Imported, read::Message};
use rawi::{
    extract::{Extractor, Memory, Pass},
    source,
    text::{Document, Span},
    tui::app::{Event, Notice},
};
use std::{
    collections::VecDeque,
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::Sender,
    },
    thread,
};

/// Something to do.
pub enum Job {
    /// Read the file as the document of that number, then extract.
    Read(usize, PathBuf),
    /// Extract from the document of that number.
    Extract(usize, Arc<Document>),
}

/// Bytes after which the first findings are sent; each next time after four times as many, because the stages that see
/// the whole document run again.
const FIRST: usize = 1 << 14;

/// Bytes of a text in which names and quotes are looked for, some 180,000 words: what is found takes fifty times the
/// memory of the text that it is found in.
const ENOUGH: usize = 2 << 20;

impl Job {
    const fn document(&self) -> usize {
        match self {
            Self::Read(number, _) | Self::Extract(number, _) => *number,
        }
    }
}

/// Does the jobs in their order on a thread of its own, those of the wanted document first. Answers where to say which
/// one is wanted. Imported annotations stand instead of what would be extracted.
pub fn start(
    jobs: Vec<Job>,
    (options, imported): (source::Options, Imported),
    sender: Sender<Message>,
) -> io::Result<Arc<AtomicUsize>> {
    let wanted = Arc::new(AtomicUsize::new(0));
    let first = Arc::clone(&wanted);
    let work = move || {
        let extractor = Extractor::default();
        let mut memory = Memory::default();
        let mut jobs = VecDeque::from(jobs);
        loop {
            let wanted = first.load(Ordering::Relaxed);
            let at = jobs.iter().position(|job| job.document() == wanted).unwrap_or_default();
            let Some(job) = jobs.remove(at) else { return };
            let sent = match job {
                Job::Read(number, path) => match source::read(&path, &options) {
                    Ok(document) => {
                        let document = Arc::new(document);
                        jobs.push_front(Job::Extract(number, Arc::clone(&document)));
                        sender.send(Message::App(Event::Loaded(number, document)))
                    }
                    Err(error) => sender.send(Message::App(Event::Unread(number, error.to_string()))),
                },
                Job::Extract(number, document) => match imported.read(&document) {
                    Ok(Some(annotations)) => sender.send(Message::App(Event::Found(number, annotations, 100))),
                    Ok(None) => {
                        memory = extract(&extractor, (number, &document), std::mem::take(&mut memory), &sender);
                        Ok(())
                    }
                    Err(error) => {
                        let notice = Notice { text: format!("{error:#}"), fault: true };
                        sender.send(Message::App(Event::Notice(notice)))
                    }
                },
            };
            if sent.is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("worker".to_owned()).spawn(work)?;
    Ok(wanted)
}

fn extract(
    extractor: &Extractor,
    (number, document): (usize, &Arc<Document>),
    memory: Memory,
    sender: &Sender<Message>,
) -> Memory {
    let part = enough(document);
    let total = part.text().len().max(1);
    let mut pass = Pass::new(&part, memory);
    let (mut next, mut said) = (FIRST, 0);
    for paragraph in part.paragraphs() {
        pass.tag(extractor, paragraph);
        let done = u8::try_from(paragraph.end * 100 / total).unwrap_or(99).min(99);
        let event = if paragraph.end >= next && paragraph.end < total {
            next = next.saturating_mul(4);
            Event::Found(number, pass.annotations(), done)
        } else if done > said {
            Event::Progress(number, done)
        } else {
            continue;
        };
        said = done;
        if sender.send(Message::App(event)).is_err() {
            return Memory::default();
        }
    }
    drop(sender.send(Message::App(Event::Found(number, pass.annotations(), 100))));
    if !Arc::ptr_eq(&part, document) {
        drop(sender.send(Message::App(Event::Enough(number, ENOUGH))));
    }
    pass.into_memory()
}

/// The paragraphs of a document in which names and quotes are looked for, as a document: the stages behind the tagger walk
/// through all that they are given. Places in it are places in the whole.
fn enough(document: &Arc<Document>) -> Arc<Document> {
    if document.text().len() <= ENOUGH {
        return Arc::clone(document);
    }
    let end = document.paragraph_at(ENOUGH).start;
    let text = document.slice(Span::new(0, end));
    Arc::new(Document::new(document.id(), text, document.origin().clone()))
}
