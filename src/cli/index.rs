//! `rawi index`: documents and what is found in them into the library.
//!
//! What has not changed is not read again: a file of the same size and time, a text that was looked through by the same
//! model and rules. A document goes in whole or not at all, so it may be broken off at any moment and goes on where it
//! was. `--from` takes results of `rawi extract` that were made elsewhere.

mod work;

use super::{
    extract::{inputs, ordered::ordered, progress::FilterProgress},
    library::Place,
    pdf,
    reading::Reading,
    tell,
};
use crate::{
    library::{Added, Error, Library, Source},
    source::{self, Input},
    text::Escaped,
};
use anyhow::{Context, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::{
    collections::{HashMap, HashSet},
    fs,
    io::Write,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};
use work::{Done, Found, Work};

pub use work::meta;

/// Put documents and what is found in them into the library
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders with files, addresses, or - for standard input
    #[arg(value_name = "PATH", required_unless_present = "from")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    intake: Intake,
    /// Results of `rawi extract --format jsonl`, instead of looking through documents
    #[arg(long, value_name = "RESULTS", num_args = 1..)]
    from: Vec<PathBuf>,
    /// Take out what was below a PATH and is not there any more
    #[arg(long)]
    prune: bool,
}

/// How documents are read and looked through.
#[derive(clap::Args, Clone)]
#[group(skip)]
pub struct Intake {
    /// What the inputs are; jsonl has an object with "id" and "text" on each line
    #[arg(long, default_value = "auto", value_parser = PossibleValuesParser::new(Input::ALL.map(Input::name)).map(|name| Input::named(&name).unwrap_or_default()))]
    input: Input,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pdf: pdf::Args,
    /// How many documents are worked on at a time [default: as many as there are processors]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl Intake {
    fn threads(&self) -> usize {
        self.jobs.map_or_else(|| thread::available_parallelism().map_or(1, NonZeroUsize::get), usize::from)
    }

    fn options(&self) -> anyhow::Result<source::Options> {
        Ok(source::Options { input: self.input, ..self.of_one()? })
    }

    /// How one article is read that belongs to no collection.
    pub fn of_one(&self) -> anyhow::Result<source::Options> {
        let mut options = self.reading.options();
        self.pdf.apply(&mut options)?;
        Ok(options)
    }
}

/// The number of the model and the rules that this program finds with.
pub const MAKER: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("RAWI_MAKER"));

/// Documents that go into the library together, and the longest that they wait for each other.
const BATCH: usize = 64;
const WAIT: Duration = Duration::from_millis(500);

pub fn run(args: &Args) -> anyhow::Result<()> {
    let path = args.place.path()?;
    let mut again = false;
    loop {
        match once(args, &path) {
            Err(error) if !again && is_damaged(&error) => {
                again = true;
                let aside = put_aside(&path)?;
                tell::note(&format!(
                    "{error:#}; it is kept as {} and made again; what was decided is not lost",
                    aside.display()
                ));
            }
            done => return done,
        }
    }
}

fn is_damaged(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<Error>()).any(|cause| matches!(cause, Error::Damaged { .. }))
}

/// Gives a damaged library another name, with what SQLite keeps beside it.
fn put_aside(path: &Path) -> anyhow::Result<PathBuf> {
    let named = |number: u32| path.with_extension(format!("damaged-{number}.sqlite"));
    let aside = (1..).map(named).find(|aside| !aside.exists()).context("no name is left for the damaged library")?;
    fs::rename(path, &aside).with_context(|| format!("{}: cannot be put aside", path.display()))?;
    for ending in ["-wal", "-shm"] {
        let beside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        };
        if beside(path).exists() {
            fs::rename(beside(path), beside(&aside))?;
        }
    }
    Ok(aside)
}

fn once(args: &Args, path: &Path) -> anyhow::Result<()> {
    let library = Library::create(path)?;
    let mut index = Index::new(library, &args.intake);
    index.progress = Some(FilterProgress::new(|| inputs::size(&args.paths, None)));
    let mut listed = HashSet::new();
    let files: Vec<PathBuf> = args.paths.iter().flat_map(|path| inputs::files(path)).collect();
    index.read(files, &mut listed, false, args.prune)?;
    index.read(args.from.clone(), &mut HashSet::new(), true, args.prune)?;
    if args.prune {
        index.prune(&args.paths, &listed)?;
    }
    index.finish()
}

/// A library in memory of what is in files.
pub fn into_memory(files: &[PathBuf], intake: &Intake) -> anyhow::Result<Library> {
    let mut index = Index::new(Library::memory()?, intake);
    let files = files.iter().flat_map(|path| inputs::files(path)).collect();
    index.read(files, &mut HashSet::new(), false, false)?;
    index.library.link()?;
    match index.progress.as_ref().map_or(index.failed, |progress| progress.counts().1) {
        0 => Ok(index.library),
        failed => bail!("{failed} documents could not be read"),
    }
}

/// An index on its way.
struct Index<'a> {
    library: Library,
    intake: &'a Intake,
    progress: Option<FilterProgress>,
    new: u64,
    changed: u64,
    same: u64,
    gone: u64,
    failed: u64,
    skipped: u64,
    /// Documents of the transaction that is open, and since when it is.
    open: Option<(usize, Instant)>,
}

impl<'a> Index<'a> {
    const fn new(library: Library, intake: &'a Intake) -> Self {
        let (new, changed, same, gone, failed, skipped) = (0, 0, 0, 0, 0, 0);
        Self { library, intake, progress: None, new, changed, same, gone, failed, skipped, open: None }
    }

    /// Reads files that have changed since the library saw them.
    fn read(
        &mut self,
        files: Vec<PathBuf>,
        listed: &mut HashSet<String>,
        results: bool,
        prune: bool,
    ) -> anyhow::Result<()> {
        let maker = if results { "results" } else { MAKER };
        let mut work = Vec::new();
        let mut sources: HashMap<String, Source> = HashMap::new();
        for file in files {
            let source = stat(&file);
            listed.insert(source.path.clone());
            if self.library.has_source(&source, maker)? {
                self.skipped += 1;
                continue;
            }
            sources.insert(file.to_string_lossy().into_owned(), source);
            work.push(file);
        }
        let known = self.library.known(maker)?;
        let settings = inputs::FilterSettings {
            input: if results { Input::Jsonl } else { self.intake.input },
            out: None,
            ending: "",
            finished: None,
            patience: None,
        };
        let options = self.intake.options()?;
        let files: HashMap<String, Source> = sources.clone();
        let doing = Work::new(options, known, files, results);
        let jobs = inputs::jobs(work, settings);
        let mut parts: HashMap<String, HashSet<String>> = HashMap::new();
        let mut faulty: HashSet<String> = HashSet::new();
        let threads = self.intake.threads();
        let each = |done: Done| -> anyhow::Result<()> {
            let Done { file, size, result } = done;
            let seen = parts.entry(file.clone()).or_default();
            match result {
                Ok(found) => {
                    let Some(source) = sources.get(&file) else { return Ok(()) };
                    for found in found {
                        let part = unlike(seen, found.part());
                        self.add(source, &part, &found, maker)?;
                        seen.insert(part);
                    }
                }
                Err(message) => {
                    faulty.insert(file);
                    self.failed += 1;
                    match &mut self.progress {
                        Some(progress) => progress.fail(&anyhow::Error::msg(message)),
                        None => tell::note(&message),
                    }
                }
            }
            if let Some(progress) = &mut self.progress {
                progress.add(size);
            }
            Ok(())
        };
        let late = |job: &inputs::FilterJob| work::late(job);
        let ended = ordered(jobs, threads, late, move |job| doing.look(job), each);
        if let Some(progress) = &mut self.progress {
            progress.clear();
        }
        if let Err(error) = ended {
            self.library.rollback();
            return Err(error);
        }
        for (file, source) in &sources {
            let complete = !faulty.contains(file);
            if complete {
                let parts = parts.get(file).filter(|_| prune || !is_feed(file));
                self.gone += self.library.complete(source, parts.filter(|_| prune), maker)?;
            }
        }
        self.commit()
    }

    fn add(&mut self, source: &Source, part: &str, found: &Found, maker: &str) -> anyhow::Result<()> {
        if self.open.is_none() {
            self.library.begin()?;
            self.open = Some((0, Instant::now()));
        }
        let added = match found {
            Found::Known(_) => Added::Same,
            Found::New(new) => self.library.add((source, part), &new.document, &new.annotations, (&new.meta, maker))?,
        };
        match added {
            Added::New => self.new += 1,
            Added::Changed => self.changed += 1,
            Added::Same => self.same += 1,
        }
        if let Some((count, since)) = &mut self.open {
            *count += 1;
            if *count >= BATCH || since.elapsed() > WAIT {
                self.commit()?;
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        if self.open.take().is_some() {
            self.library.commit()?;
        }
        Ok(())
    }

    /// Takes out the files below the paths that are not there any more.
    fn prune(&mut self, paths: &[PathBuf], listed: &HashSet<String>) -> anyhow::Result<()> {
        for path in paths {
            for source in self.library.sources_below(&stat(path).path)? {
                if !listed.contains(&source) && !Path::new(&source).exists() {
                    self.gone += self.library.remove_source(&source)?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<()> {
        self.library.link()?;
        let counts = self.library.counts()?;
        let mut out = super::output();
        writeln!(
            out,
            "{} new, {} changed, {} unchanged, {} taken out; {} files not read again",
            self.new, self.changed, self.same, self.gone, self.skipped
        )?;
        writeln!(
            out,
            "{}: {} documents ({} copies), {} people, {} organizations, {} places, {} quotes",
            Escaped(&self.library.path().to_string_lossy()),
            counts.documents,
            counts.copies,
            counts.people,
            counts.organizations,
            counts.places,
            counts.quotes
        )?;
        out.flush()?;
        match self.failed {
            0 => Ok(()),
            failed => bail!("{failed} documents could not be read"),
        }
    }
}

/// A feed drops its old entries; they stay.
fn is_feed(file: &str) -> bool {
    source::is_address(Path::new(file))
}

/// A name that is not among those.
fn unlike(seen: &HashSet<String>, part: &str) -> String {
    if !seen.contains(part) {
        return part.to_owned();
    }
    (2..).map(|number: u32| format!("{part}#{number}")).find(|part| !seen.contains(part)).unwrap_or_default()
}

/// A file as it is now.
pub fn stat(path: &Path) -> Source {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| {
        if source::is_address(path) || path == Path::new("-") {
            path.to_owned()
        } else {
            std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
        }
    });
    let data = fs::metadata(&whole).ok().filter(fs::Metadata::is_file);
    let modified = data.as_ref().and_then(|data| data.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    Source {
        path: whole.to_string_lossy().into_owned(),
        size: data.map_or(0, |data| data.len()),
        modified: modified.map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(0)),
    }
}
