//! What there is to do: the files of the command line, those in its folders, the lines of its JSON Lines. All of it is
//! looked up when its turn comes.

use super::journal::{self, Journal};
use crate::source::{
    self, Input,
    jsonl::{self, Line, Lines},
};
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader},
    iter,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

/// How much of a file is looked at to find out what it is: a block of zstd, which is unpacked as a whole.
const HEAD: usize = 1 << 18;

/// One document to be.
pub struct FilterJob {
    /// What it is called in messages.
    pub name: String,
    /// Its size in bytes; 0 where it is not known.
    pub size: u64,
    /// The file to write to; none for standard output.
    pub target: Option<Arc<Path>>,
    /// The hash of the file that it is a line of, where that is written to a file of its own.
    pub input: Option<Arc<str>>,
    /// Where it is.
    pub from: From,
}

/// Where a document is.
pub enum From {
    /// In a file; `-` is standard input.
    File(PathBuf),
    /// In a line of JSON Lines.
    Line(Line),
    /// Nowhere: it could not be looked up.
    Nowhere(io::Error),
}

/// How to look.
pub struct FilterSettings {
    /// The format that was asked for.
    pub input: Input,
    /// The folder for results.
    pub out: Option<PathBuf>,
    /// The ending of results.
    pub ending: &'static str,
    /// What has a result already and is left out.
    pub finished: Option<Arc<Mutex<Journal>>>,
    /// How long to wait for whoever writes to a pipe.
    pub patience: Option<Duration>,
}

type Jobs = Box<dyn Iterator<Item = FilterJob> + Send>;

/// Everything the arguments name, in their order; folders by the names in them.
pub fn jobs(arguments: Vec<PathBuf>, settings: FilterSettings) -> impl Iterator<Item = FilterJob> + Send {
    let settings = Arc::new(settings);
    all_files(arguments, settings.out.as_deref()).flat_map(move |found| match found {
        Ok((path, inside)) => of_file(path, &inside, &settings),
        Err((path, error)) => nowhere(&path, error),
    })
}

/// The name of an argument among the results.
pub fn named(path: &Path) -> PathBuf {
    if path == Path::new("-") {
        return PathBuf::from("stdin");
    }
    let whole = fs::canonicalize(path);
    whole.as_deref().unwrap_or(path).file_name().map(PathBuf::from).unwrap_or_default()
}

/// How many bytes the arguments name; none where a pipe is among them.
pub fn size(arguments: &[PathBuf], out: Option<&Path>) -> Option<u64> {
    if arguments.iter().any(|path| path == Path::new("-")) {
        return None;
    }
    let files = arguments.iter().flat_map(|path| walk(path.clone(), PathBuf::new(), out));
    Some(files.flatten().filter_map(|(path, _)| fs::metadata(path).ok()).map(|data| data.len()).sum())
}

/// The files of an argument: itself, or all in the folder; a folder that cannot be looked into is named itself.
pub fn files(path: &Path) -> Vec<PathBuf> {
    let found = walk(path.to_owned(), PathBuf::new(), None);
    found.map(|found| found.map_or_else(|(path, _)| path, |(path, _)| path)).collect()
}

/// Every file that the arguments name, with its name among the results.
pub fn all_files(arguments: Vec<PathBuf>, out: Option<&Path>) -> impl Iterator<Item = Found> + Send + use<> {
    let (many, out) = (arguments.len() > 1, out.map(Path::to_owned));
    arguments.into_iter().flat_map(move |path| {
        let inside = if many || !path.is_dir() { named(&path) } else { PathBuf::new() };
        walk(path, inside, out.as_deref())
    })
}

/// A file and its name among the results, or where looking failed.
pub type Found = Result<(PathBuf, PathBuf), (PathBuf, io::Error)>;

/// The file itself, or all files in the folder.
fn walk(path: PathBuf, inside: PathBuf, out: Option<&Path>) -> Box<dyn Iterator<Item = Found> + Send> {
    if path == Path::new("-") || !path.is_dir() {
        return Box::new(iter::once(Ok((path, inside))));
    }
    let out = out.and_then(|out| fs::canonicalize(out).ok());
    match entries(&path, out.as_deref()) {
        Ok(entries) => Box::new(entries.into_iter().flat_map(move |path| {
            let inside = inside.join(path.file_name().unwrap_or_default());
            walk(path, inside, out.as_deref())
        })),
        Err(error) => Box::new(iter::once(Err((path, error)))),
    }
}

/// What is in a folder, by name: no hidden files, no results, no links to folders (they may lead back), no devices.
fn entries(folder: &Path, out: Option<&Path>) -> io::Result<Vec<PathBuf>> {
    let paths: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths?;
    paths.retain(|path| {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let results = || out.is_some() && fs::canonicalize(path).ok().as_deref() == out;
        let link = fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
        let wanted = if path.is_dir() { !link && !results() } else { path.is_file() && !is_output(path) };
        !hidden && wanted
    });
    paths.sort_unstable();
    Ok(paths)
}

/// Whether a file is where this program's output goes: `extract . > all.jsonl` would read what it writes.
pub fn is_output(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let Ok(data) = fs::metadata(path) else { return false };
        let same = |stat: rustix::io::Result<rustix::fs::Stat>| {
            stat.is_ok_and(|stat| (stat.st_dev, stat.st_ino) == (data.dev(), data.ino()))
        };
        data.is_file() && (same(rustix::fs::fstat(io::stdout())) || same(rustix::fs::fstat(io::stderr())))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// The file's one job, or one for each of its lines; none where there is a result already.
fn of_file(path: PathBuf, inside: &Path, settings: &FilterSettings) -> Jobs {
    if is_output(&path) {
        return nowhere(&path, io::Error::other("the results are written into this file"));
    }
    let lines = match lines(&path, settings) {
        Ok(lines) => lines,
        Err(error) => return nowhere(&path, error),
    };
    let target: Option<Arc<Path>> = settings.out.as_ref().map(|out| {
        let mut name = out.join(inside).into_os_string();
        name.push(if lines.is_some() { ".jsonl" } else { settings.ending });
        PathBuf::from(name).into()
    });
    if let (Some(finished), Some(target)) = (&settings.finished, &target)
        && finished.lock().unwrap_or_else(PoisonError::into_inner).has(target, &path)
    {
        return Box::new(iter::empty());
    }
    let name = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy().into_owned() };
    let Some(lines) = lines else {
        let size = fs::metadata(&path).map_or(0, |data| data.len());
        return Box::new(iter::once(FilterJob { name, size, target, input: None, from: From::File(path) }));
    };
    let input: Option<Arc<str>> = target.as_ref().and_then(|_| journal::sum(&path).ok()).map(Arc::from);
    Box::new(lines.map(move |line| match line {
        Ok(line) => FilterJob {
            name: format!("{name}:{}", line.number),
            size: line.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64 + 1),
            target: target.clone(),
            input: input.clone(),
            from: From::Line(line),
        },
        Err(error) => {
            FilterJob { name: name.clone(), size: 0, target: target.clone(), input: None, from: From::Nowhere(error) }
        }
    }))
}

/// The lines of what was said to be, or is, JSON Lines.
fn lines(path: &Path, settings: &FilterSettings) -> io::Result<Option<Lines<Box<dyn BufRead + Send>>>> {
    let standard = path == Path::new("-");
    let certain = match (settings.input, source::ending(path).as_str()) {
        _ if source::is_address(path) => return Ok(None),
        (Input::Jsonl, _) | (Input::Auto, "jsonl" | "ndjson") => true,
        // What is looked at is read again by whoever comes next, which a pipe does not allow.
        (Input::Auto, "json" | "") if standard || path.is_file() => false,
        _ => return Ok(None),
    };
    let mut input: Box<dyn BufRead + Send> = if standard {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::with_capacity(HEAD, open(path, settings.patience)?))
    };
    // What was looked at of standard input has to be seen again by whoever reads it next.
    let yes = certain || if standard { jsonl::sniff(&mut io::stdin().lock())? } else { jsonl::sniff(&mut input)? };
    if yes { Lines::unpacked(input).map(Some) } else { Ok(None) }
}

/// Opens a file. For whoever writes to a pipe it waits so long and no longer.
fn open(path: &Path, patience: Option<Duration>) -> io::Result<File> {
    let (Some(patience), false) = (patience, path.is_file()) else { return File::open(path) };
    let (send, opened) = mpsc::channel();
    let own = path.to_owned();
    // Where nobody comes, the thread waits on by itself.
    thread::Builder::new().name("open".to_owned()).spawn(move || drop(send.send(File::open(own))))?;
    opened.recv_timeout(patience).unwrap_or_else(|_| {
        let message = format!("nobody wrote to this pipe within {} s (--timeout)", patience.as_secs());
        Err(io::Error::new(io::ErrorKind::TimedOut, message))
    })
}

fn nowhere(path: &Path, error: io::Error) -> Jobs {
    let name = path.to_string_lossy().into_owned();
    Box::new(iter::once(FilterJob { name, size: 0, target: None, input: None, from: From::Nowhere(error) }))
}
