//! `rawi extract`: annotations as JSON, of one document or of very many.
//!
//! Results come in the order of the inputs, each flushed as it is ready, so it serves as a filter; memory does not grow
//! with their number. A document that cannot be read is a line on standard error, and the run goes on.

pub mod inputs;
mod journal;
pub mod ordered;
pub mod progress;
mod sink;

use super::{doubt::Doubt, failure::Failure};
use crate::{
    annotation::Annotations,
    export::json,
    extract::{Extractor, Memory, Pass},
    source::{self, Error, Input, jsonl},
    text::Document,
};
use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use inputs::{FilterJob, FilterSettings, From};
use journal::Journal;
use progress::FilterProgress;
use sink::{Fault, Sink};
use std::{
    collections::HashSet,
    num::NonZeroUsize,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Print the people, organizations, places and quotes of documents as JSON
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders with files, or - for standard input, which is also read where nothing is named
    #[arg(value_name = "FILE", default_value = "-")]
    inputs: Vec<PathBuf>,
    /// What the inputs are; jsonl has an object with "id" and "text" on each line
    #[arg(long, default_value = "auto", value_parser = PossibleValuesParser::new(Input::ALL.map(Input::name)).map(|name| Input::named(&name).unwrap_or_default()))]
    input: Input,
    #[command(flatten)]
    reading: super::reading::Reading,
    #[command(flatten)]
    pdf: super::pdf::Args,
    /// json is indented, jsonl has one line for each document [default: json for one file, jsonl for several]
    #[arg(long, value_parser = ["json", "jsonl"])]
    format: Option<String>,
    /// How many documents are worked on at a time [default: as many as there are processors]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Write a file for each input into this folder instead of to standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Leave out the inputs that have a result in --out already
    #[arg(long, requires = "out")]
    resume: bool,
    /// Give up on a document after this many seconds, 0 for never [default: 600, and never for a single file]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Say with each quote how it was found
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    doubt: Doubt,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    distinct(args)?;
    let single = matches!(args.inputs.as_slice(), [path] if !path.is_dir());
    let pretty = match args.format.as_deref() {
        Some(format) => format == "json",
        None => single,
    };
    let ending = if pretty { ".json" } else { ".jsonl" };
    let journal = args.out.as_deref().map(|out| Journal::open(out, made_by(args, ending))).transpose()?;
    let journal = journal.map(|journal| Arc::new(Mutex::new(journal)));
    let settings = FilterSettings {
        input: args.input,
        out: args.out.clone(),
        ending,
        finished: journal.clone().filter(|_| args.resume),
        patience: Limit { asked: args.timeout, single: false }.of(false),
    };
    let threads = args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, NonZeroUsize::get), usize::from);
    let mut progress = FilterProgress::new(|| inputs::size(&args.inputs, args.out.as_deref()));
    let mut sink = journal.map_or_else(Sink::standard, Sink::folder);
    let limit = Limit { asked: args.timeout, single };
    let mut options = source::Options::default();
    args.pdf.apply(&mut options)?;
    let work = worker(args, options, pretty, limit);
    let jobs = inputs::jobs(args.inputs.clone(), settings);
    // Inputs that were not read to their end: what else comes of them has no place.
    let mut given_up: Option<Arc<Path>> = None;
    let done = ordered::ordered(
        jobs,
        threads,
        move |job| limit.late(job),
        work,
        |done: Done| {
            let target = done.target.as_ref();
            let is_given_up = target.is_some() && given_up.as_ref() == target;
            let mut report = |fault| match fault {
                Fault::Result(error) => {
                    progress.fail(&error);
                    Ok(())
                }
                Fault::All(error) => Err(error),
            };
            sink.turn_to(target).or_else(&mut report)?;
            match done.result {
                Ok(_) if is_given_up => {}
                Ok(bytes) => sink.put(target, done.input, &bytes).or_else(|fault| {
                    given_up = target.cloned();
                    report(fault)
                })?,
                // The only one: its reason is all there is to say.
                Err(error) if single && !done.of_line => return Err(error),
                Err(error) => {
                    if let (Some(target), false) = (target, done.of_line) {
                        sink.give_up(target);
                        given_up = Some(Arc::clone(target));
                    }
                    report(Fault::Result(error))?;
                }
            }
            progress.add(done.size);
            Ok(())
        },
    );
    progress.clear();
    done?;
    match sink.finish() {
        Ok(()) => {}
        Err(Fault::Result(error)) => progress.fail(&error),
        Err(Fault::All(error)) => return Err(error),
    }
    match progress.counts() {
        (_, 0) => Ok(()),
        (all, failed) => {
            bail!(Failure::SomeFailed { failed: failed.to_string(), all: all.to_string() })
        }
    }
}

/// What makes the results, for who goes on with them later.
fn made_by(args: &Args, ending: &str) -> String {
    let program = journal::program();
    let reading = &args.reading;
    let (input, encoding) = (args.input.name(), reading.encoding.as_deref().unwrap_or("auto"));
    let (lines, field) = (reading.lines.name(), reading.text_field.as_deref().unwrap_or("auto"));
    let explain = if args.explain { " --explain" } else { "" };
    let doubt = &args.doubt;
    format!(
        "{program} --input {input} --encoding {encoding} --lines {lines} --text-field {field} {ending}{explain} {doubt:?}"
    )
}

/// Two inputs whose results would have the same name are refused before anything is written.
fn distinct(args: &Args) -> anyhow::Result<()> {
    let mut names = HashSet::new();
    match args.inputs.iter().map(|path| inputs::named(path)).find(|name| !names.insert(name.clone())) {
        Some(name) if args.out.is_some() => {
            bail!(Failure::SameName { name: name.display().to_string() })
        }
        _ => Ok(()),
    }
}

/// What became of a job.
struct Done {
    size: u64,
    of_line: bool,
    target: Option<Arc<Path>>,
    /// The hash of the input, where it is a file.
    input: Option<String>,
    /// The JSON, or why there is none.
    result: anyhow::Result<Vec<u8>>,
}

/// How long a document may take.
#[derive(Clone, Copy)]
struct Limit {
    asked: Option<u64>,
    /// Whether there is one file. Whoever waits for it sees that it takes long.
    single: bool,
}

impl Limit {
    fn of(self, of_line: bool) -> Option<Duration> {
        let seconds = self.asked.unwrap_or(if self.single && !of_line { 0 } else { 600 });
        (seconds > 0).then(|| Duration::from_secs(seconds))
    }

    /// What becomes of a document that takes longer than it may.
    fn late(self, job: &FilterJob) -> Option<(Duration, Done)> {
        let of_line = matches!(job.from, From::Line(_));
        let limit = self.of(of_line)?;
        let result = Err(took_longer(&job.name, limit).into());
        Some((limit, Done { size: job.size, of_line, target: job.target.clone(), input: None, result }))
    }
}

fn took_longer(name: &str, limit: Duration) -> Failure {
    Failure::TooLong { name: name.to_owned(), seconds: limit.as_secs().to_string() }
}

/// Everything that is found in a document; none where it takes longer than that from `begun` on.
fn within(
    extractor: &Extractor,
    document: &Document,
    begun: Instant,
    limit: Option<Duration>,
) -> Result<Option<Annotations>, String> {
    let mut pass = Pass::new(document, Memory::default());
    let in_time = || limit.is_none_or(|limit| begun.elapsed() <= limit);
    for paragraph in document.paragraphs() {
        if !in_time() || !pass.tag_while(extractor, paragraph, &in_time).map_err(|error| error.to_string())? {
            return Ok(None);
        }
    }
    Ok(Some(pass.annotations()))
}

/// Reads, extracts and writes one document, on any thread.
fn worker(
    args: &Args,
    options: source::Options,
    pretty: bool,
    limit: Limit,
) -> impl Fn(FilterJob) -> Done + Send + Sync + 'static {
    let source::Options { encoding, lines, text_field, .. } = args.reading.options();
    let options = source::Options { encoding, lines, text_field, input: args.input, checksum: true, ..options };
    let extractor = Extractor::default();
    let doubt = args.doubt;
    let (explain, pretty_lines) = (args.explain, args.format.as_deref() == Some("json") && args.out.is_none());
    move |job| {
        let FilterJob { name, size, target, input, from } = job;
        // Before it is read: what changes in between is seen to be another.
        let input = match (&from, &target) {
            (From::File(path), Some(_)) => journal::sum(path).ok(),
            _ => input.map(|input| input.to_string()),
        };
        let of_line = matches!(from, From::Line(_));
        let (begun, limit) = (Instant::now(), limit.of(of_line));
        let json = || -> anyhow::Result<Vec<u8>> {
            let documents = match from {
                From::File(path) => source::read_all(path, &options),
                From::Line(line) => jsonl::document_of(&line, options.text_field.as_deref())
                    .map(|document| vec![document])
                    .map_err(|reason| Error { name: name.clone(), reason }),
                From::Nowhere(error) => Err(Error { name: name.clone(), reason: error.into() }),
            };
            let documents = documents?;
            if documents.is_empty() {
                bail!(Failure::Empty { name: name.clone() });
            }
            // The articles of a feed are several, as the lines of JSON Lines are.
            let pretty = if of_line || documents.len() > 1 { pretty_lines } else { pretty };
            let mut out = Vec::new();
            for document in documents {
                super::pdf::remark(&name, &document);
                let found = within(&extractor, &document, begun, limit).map_err(anyhow::Error::msg)?;
                let mut annotations = found.ok_or_else(|| took_longer(&name, limit.unwrap_or_default()))?;
                doubt.apply(&mut annotations);
                json::write(&document, &annotations, json::Options { pretty, explain }, &mut out)?;
            }
            Ok(out)
        };
        // A fault of ours in one document is no reason to lose the others.
        let result = panic::catch_unwind(AssertUnwindSafe(json))
            .unwrap_or_else(|_| Err(Failure::Defect { name: name.clone() }.into()));
        Done { size, of_line, target, input, result }
    }
}
