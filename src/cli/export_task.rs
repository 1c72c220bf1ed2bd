//! The reader's exports: what a file will look like, and writing it. Both on threads of their own: a long document takes
//! longer than a frame.

use super::{
    failure::Failure,
    message::Message,
    result_file::{self, companion},
};
use crate::{
    annotation::Annotations,
    export::{Format, Loss, Report},
    files,
    text::Document,
    tui::{
        app::{App, Event, ExportEvent, event::Preview},
        strings::Phrase,
    },
};
use anyhow::{Context, bail};
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, mpsc::Sender},
    thread::{self, JoinHandle},
};

/// Bytes of a file that its preview shows at most.
const HEAD: usize = 1 << 13;

/// A document as it is now, to be written in a format.
pub struct ExportTask {
    format: Format,
    document: Arc<Document>,
    annotations: Annotations,
    /// What is said where it would write over the article.
    refusal: String,
}

impl ExportTask {
    pub fn new(app: &App, number: usize, format: &str) -> anyhow::Result<Self> {
        let format = Format::named(format).context(Failure::NoFormat)?;
        let opened = app.documents.all().get(number).context(Failure::NoDocument)?;
        let refusal = app.config.strings.text(Phrase::ExportArticle);
        Ok(Self { format, document: Arc::clone(&opened.document), annotations: opened.annotations.clone(), refusal })
    }

    /// A name in the current folder that no file has.
    pub fn name(&self) -> String {
        free(&self.document.file_name(), self.format)
    }

    /// Sends what the file will look like.
    pub fn preview(self, sender: Sender<Message>) -> io::Result<JoinHandle<()>> {
        let work = move || {
            let event = match preview(&self) {
                Ok(preview) => Event::Export(ExportEvent::Preview(Box::new(preview))),
                Err(fault) => Event::Export(ExportEvent::Failed(format!("{fault:#}"))),
            };
            drop(sender.send(Message::App(event)));
        };
        thread::Builder::new().name("preview".to_owned()).spawn(work)
    }

    /// Writes the file, and sends what came of it.
    pub fn write(self, path: String, over: bool, sender: Sender<Message>) -> io::Result<JoinHandle<()>> {
        let work = move || {
            let event = match write(&self, &path, over) {
                Ok(Done::Taken(path)) => Event::Export(ExportEvent::Taken(path.display().to_string())),
                Ok(Done::Written(paths)) => Event::Export(ExportEvent::Done(paths)),
                Err(fault) => Event::Export(ExportEvent::Failed(format!("{fault:#}"))),
            };
            drop(sender.send(Message::App(event)));
        };
        thread::Builder::new().name("export".to_owned()).spawn(work)
    }
}

fn preview(task: &ExportTask) -> anyhow::Result<Preview> {
    let mut head = Head(Vec::new());
    let report = task.format.write(&task.document, &task.annotations, &mut head)?;
    let text = String::from_utf8_lossy(&head.0);
    let lines = text.lines().take(64).map(|line| line.chars().take(400).collect());
    Ok(Preview { format: task.format.name().to_owned(), lines: lines.collect(), left_out: left_out(&report) })
}

fn left_out(report: &Report) -> Vec<(Phrase<'static>, usize)> {
    report.left_out.iter().map(|&(loss, count)| (phrase(loss), count)).collect()
}

/// A loss in the words of the reader.
const fn phrase(loss: Loss) -> Phrase<'static> {
    match loss {
        Loss::Aliases => Phrase::LossAliases,
        Loss::Roles => Phrase::LossRoles,
        Loss::Entities => Phrase::LossEntities,
        Loss::Confidence => Phrase::LossConfidence,
        Loss::Provenance => Phrase::LossProvenance,
        Loss::Notes => Phrase::LossNotes,
        Loss::Quotes => Phrase::LossQuotes,
        Loss::Speakers => Phrase::LossSpeakers,
        Loss::Cues => Phrase::LossCues,
        Loss::Rejected => Phrase::LossRejected,
        Loss::Overlaps => Phrase::LossOverlaps,
        Loss::Names => Phrase::LossNames,
        Loss::Places => Phrase::LossPlaces,
        Loss::Links => Phrase::LossLinks,
        Loss::Unmentioned => Phrase::LossUnmentioned,
        Loss::Blank => Phrase::LossBlank,
        Loss::Controls => Phrase::LossControls,
    }
}

/// Keeps the beginning, and lets the rest go by.
struct Head(Vec<u8>);

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = HEAD.saturating_sub(self.0.len()).min(bytes.len());
        self.0.extend_from_slice(bytes.get(..room).unwrap_or_default());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The file of that name, or its companion, where it is there.
fn taken(path: &Path, format: Format) -> Option<PathBuf> {
    std::iter::once(path.to_owned()).chain(companion(path, format)).find(|path| path.exists())
}

/// A name in the current folder that neither the file nor its companion would take from another.
fn free(id: &str, format: Format) -> String {
    let name = |number: usize| match number {
        1 => format!("{id}.{}", format.extension()),
        _ => format!("{id}-{number}.{}", format.extension()),
    };
    (1..1000).map(name).find(|name| taken(Path::new(name), format).is_none()).unwrap_or_else(|| name(1))
}

/// What came of an export.
enum Done {
    /// Written, under these names.
    Written(String),
    /// There is this file, and nobody said that it may go.
    Taken(PathBuf),
}

/// Writes a document in a format. A file that is there goes only where `over` says so, and only when the new one is
/// complete.
fn write(task: &ExportTask, path: &str, over: bool) -> anyhow::Result<Done> {
    let ExportTask { format, document, annotations, refusal } = task;
    let format = *format;
    let file = Path::new(path);
    let second = companion(file, format);
    let article = document.origin().path.as_deref().map_or(Path::new(""), Path::new);
    if std::iter::once(file).chain(second.as_deref()).any(|path| files::is_same(path, article)) {
        bail!(refusal.clone());
    }
    if let (Some(taken), false) = (taken(file, format), over) {
        return Ok(Done::Taken(taken));
    }
    let mut bytes = Vec::new();
    if second.is_some() {
        format.write_companion(document, &mut bytes)?;
    }
    result_file::guard(file, second.as_deref().map(|second| (second, bytes.as_slice())), article)?;
    let put = |path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>| match over {
        true => result_file::write(path, write),
        false => result_file::write_new(path, write),
    };
    if let Some(second) = &second {
        result_file::write(second, |out| out.write_all(&bytes))?;
    }
    put(file, &|out| format.write(document, annotations, out).map(drop))?;
    Ok(Done::Written(match second {
        Some(second) => format!("{path}, {}", second.display()),
        None => path.to_owned(),
    }))
}
