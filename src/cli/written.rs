//! The reader's exports: what a file will look like, and writing it. Both on threads of their own: a long document takes
//! longer than a frame.

use super::read::Message;
use anyhow::{Context, bail};
use rawi::{
    annotation::Annotations,
    export::{Format, Loss, Report},
    text::Document,
    tui::{
        app::{App, Event, export::Preview},
        strings::Phrase,
    },
};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Arc, mpsc::Sender},
    thread::{self, JoinHandle},
};

/// Bytes of a file that its preview shows at most.
const HEAD: usize = 1 << 13;

/// A document as it is now, to be written in a format.
pub struct Wanted {
    format: Format,
    document: Arc<Document>,
    annotations: Annotations,
    /// What is said where it would write over the article.
    refusal: String,
}

impl Wanted {
    pub fn new(app: &App, number: usize, format: &str) -> anyhow::Result<Self> {
        let format = Format::named(format).context("no such format")?;
        let opened = app.documents.all().get(number).context("no such document")?;
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
                Ok(preview) => Event::Preview(Box::new(preview)),
                Err(fault) => Event::NotExported(format!("{fault:#}")),
            };
            drop(sender.send(Message::App(event)));
        };
        thread::Builder::new().name("preview".to_owned()).spawn(work)
    }

    /// Writes the file, and sends what came of it.
    pub fn write(self, path: String, over: bool, sender: Sender<Message>) -> io::Result<JoinHandle<()>> {
        let work = move || {
            let event = match write(&self, &path, over) {
                Ok(Done::Taken(path)) => Event::Taken(path.display().to_string()),
                Ok(Done::Written(paths)) => Event::Exported(paths),
                Err(fault) => Event::NotExported(format!("{fault:#}")),
            };
            drop(sender.send(Message::App(event)));
        };
        thread::Builder::new().name("export".to_owned()).spawn(work)
    }
}

fn preview(wanted: &Wanted) -> anyhow::Result<Preview> {
    let mut head = Head(Vec::new());
    let report = wanted.format.write(&wanted.document, &wanted.annotations, &mut head)?;
    let text = String::from_utf8_lossy(&head.0);
    let lines = text.lines().take(64).map(|line| line.chars().take(400).collect());
    Ok(Preview { format: wanted.format.name().to_owned(), lines: lines.collect(), left_out: left_out(&report) })
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

/// The file's companion, where the format has one: brat's text file may not land on the article itself.
fn companion(path: &Path, format: Format) -> Option<PathBuf> {
    format.companion().map(|ending| path.with_extension(ending))
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
fn write(wanted: &Wanted, path: &str, over: bool) -> anyhow::Result<Done> {
    let Wanted { format, document, annotations, refusal } = wanted;
    let format = *format;
    let file = Path::new(path);
    let second = companion(file, format);
    let article = document.origin().path.as_ref().and_then(|path| fs::canonicalize(path).ok());
    let is_article = |path: &Path| article.is_some() && fs::canonicalize(path).ok() == article;
    if is_article(file) || second.as_deref().is_some_and(is_article) {
        bail!(refusal.clone());
    }
    if let (Some(taken), false) = (taken(file, format), over) {
        return Ok(Done::Taken(taken));
    }
    put(file, over, |out| format.write(document, annotations, out).map(drop))?;
    let Some(second) = second else { return Ok(Done::Written(path.to_owned())) };
    put(&second, over, |out| format.write_companion(document, out))?;
    Ok(Done::Written(format!("{path}, {}", second.display())))
}

fn put(path: &Path, over: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let shown = || path.display().to_string();
    if path.is_dir() {
        bail!("{}: it is a folder", path.display());
    }
    if !over {
        // One that has come in the meantime is left alone.
        return whole(File::create_new(path).with_context(shown)?, write).with_context(shown);
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    let temporary = PathBuf::from(temporary);
    let written =
        File::create(&temporary).and_then(|file| whole(file, write)).and_then(|()| fs::rename(&temporary, path));
    written.with_context(|| {
        drop(fs::remove_file(&temporary));
        shown()
    })
}

fn whole(file: File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
}
