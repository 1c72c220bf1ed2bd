//! What the reader is asked to read: files of every kind that [`source`] reads, folders of them, JSON Lines.

use super::{
    extract::inputs::{self, From},
    failure::Failure,
    pdf::with_password,
    worker::Job,
};
use crate::{
    annotation::timestamp,
    source::{self, Input, jsonl},
    text::{Document, Entry, Origin},
};
use anyhow::bail;
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, UNIX_EPOCH},
};

/// As much of a file is read before the first frame, in bytes.
const FIRST: u64 = 1 << 16;

/// As long as files are read before the first frame. The others are in the list by their names, and read after it.
const PATIENCE: Duration = Duration::from_millis(60);

/// As long as is waited for whoever writes to a pipe of JSON Lines.
const PIPE: Duration = Duration::from_secs(10);

/// As many documents are opened at once.
const MOST: usize = 10_000;

/// The documents, or their beginnings, and what is left to do.
#[derive(Default)]
pub struct Opening {
    pub documents: Vec<Arc<Document>>,
    /// The day on which each one's file was written.
    pub dates: Vec<Option<String>>,
    pub jobs: Vec<Job>,
    /// Files of folders that are no articles.
    pub skipped: usize,
    /// How many documents of a file have an id.
    entries: HashMap<(String, String), usize>,
}

/// Opens what the arguments name; the sample where they name nothing.
pub fn open(arguments: &[PathBuf], options: &mut source::Options) -> anyhow::Result<Opening> {
    let mut opening = Opening::default();
    if arguments.is_empty() {
        opening.add(source::sample(), None);
        return Ok(opening);
    }
    let start = Instant::now();
    for argument in arguments {
        let is_named = !argument.is_dir();
        let settings =
            inputs::FilterSettings { input: Input::Auto, out: None, ending: "", finished: None, patience: Some(PIPE) };
        for job in inputs::jobs(vec![argument.clone()], settings) {
            if opening.documents.len() >= MOST {
                break;
            }
            let done = match job.from {
                From::File(path) if is_named || opening.documents.is_empty() || start.elapsed() < PATIENCE => {
                    opening.read(&path, options)
                }
                From::File(path) => {
                    opening.put_off(&path);
                    Ok(())
                }
                From::Line(line) => jsonl::document_of(&line, options.text_field.as_deref())
                    .map(|document| {
                        let file = job.name.strip_suffix(&format!(":{}", line.number)).unwrap_or(&job.name);
                        let document = opening.as_entry(document, file);
                        opening.add(document, None);
                    })
                    .map_err(|reason| source::Error { name: job.name.clone(), reason }.into()),
                From::Nowhere(error) => Err(source::Error { name: job.name.clone(), reason: error.into() }.into()),
            };
            match done {
                Err(error) if is_named => return Err(error),
                Err(_) => opening.skipped += 1,
                Ok(()) => {}
            }
        }
    }
    if opening.documents.is_empty() {
        let names: Vec<_> = arguments.iter().map(|path| path.to_string_lossy()).collect();
        bail!(Failure::NoArticles { arguments: names.join(", ") });
    }
    Ok(opening)
}

impl Opening {
    /// A document that is all there.
    fn add(&mut self, document: Document, date: Option<String>) {
        let document = Arc::new(document);
        self.jobs.push(Job::Extract(self.documents.len(), Arc::clone(&document)));
        self.documents.push(document);
        self.dates.push(date);
    }

    /// A document that is one of several of a file: known by its id there, or by its number among those of that id.
    fn as_entry(&mut self, document: Document, file: &str) -> Document {
        let number = self.entries.entry((file.to_owned(), document.id().to_owned())).or_insert(0);
        *number += 1;
        let key = if *number == 1 { document.id().to_owned() } else { format!("{}#{number}", document.id()) };
        document.with_entry(Entry { container: file.to_owned(), key })
    }

    /// Reads the beginning of a file. Of a feed every article is a document.
    fn read(&mut self, path: &Path, options: &mut source::Options) -> anyhow::Result<()> {
        // Standard input cannot be read twice.
        let limit = if path == Path::new("-") { u64::MAX } else { FIRST };
        let (documents, complete) = with_password(options, |options| source::prefix_all(path, limit, options))?;
        let several = documents.len() > 1;
        for document in documents {
            let document = if several { self.as_entry(document, &path.to_string_lossy()) } else { document };
            if complete {
                self.add(document, written(path));
            } else {
                self.jobs.push(Job::Read(self.documents.len(), path.to_owned()));
                self.documents.push(Arc::new(document));
                self.dates.push(written(path));
            }
        }
        Ok(())
    }

    /// A document that is read later.
    fn put_off(&mut self, path: &Path) {
        let origin = Origin { path: Some(path.to_string_lossy().into_owned()), ..Origin::default() };
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.jobs.push(Job::Read(self.documents.len(), path.to_owned()));
        self.documents.push(Arc::new(Document::new(id, "", origin)));
        self.dates.push(written(path));
    }
}

/// The day on which a file was written last, in UTC.
fn written(path: &Path) -> Option<String> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let moment = timestamp(time.duration_since(UNIX_EPOCH).ok()?.as_secs());
    moment.split_once('T').map(|(day, _)| day.to_owned())
}
