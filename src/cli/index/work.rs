//! What the threads do: read a document, look whether the library has it, find names and quotes.

use crate::cli::extract::inputs::{FilterJob, From};
use crate::{
    annotation::Annotations,
    export::json,
    extract::Extractor,
    library::{Known, Meta, Source},
    source::{
        self,
        jsonl::{self, Line},
    },
    text::{Document, Escaped},
};
use std::{
    collections::HashMap,
    panic::{self, AssertUnwindSafe},
    path::Path,
    time::Duration,
};

/// The longest that a document may take.
const LIMIT: Duration = Duration::from_secs(600);

/// What became of a job.
pub struct Done {
    /// The file, as it was named.
    pub file: String,
    /// Its size in bytes, or the line's.
    pub size: u64,
    /// The documents, or why there are none.
    pub result: Result<Vec<Found>, String>,
}

/// A document.
pub enum Found {
    /// The library has it as it is; its id.
    Known(String),
    /// The library has it not, or otherwise.
    New(Box<New>),
}

/// A document for the library.
pub struct New {
    /// Its id within its source.
    pub part: String,
    pub document: Document,
    pub annotations: Annotations,
    pub meta: Meta,
}

impl Found {
    /// Its id within its source.
    pub fn part(&self) -> &str {
        match self {
            Self::Known(part) => part,
            Self::New(new) => &new.part,
        }
    }
}

/// What the threads know.
pub struct Work {
    options: source::Options,
    known: Known,
    sources: HashMap<String, Source>,
    results: bool,
    extractor: Option<Extractor>,
}

/// What becomes of a job that takes too long.
pub fn late(job: &FilterJob) -> Option<(Duration, Done)> {
    let message = format!("{}: took longer than {} s", Escaped(&job.name), LIMIT.as_secs());
    Some((LIMIT, Done { file: file_of(job), size: job.size, result: Err(message) }))
}

/// The file of a job: a line's name is the file's and the line's number.
fn file_of(job: &FilterJob) -> String {
    let name = match &job.from {
        From::Line(_) => job.name.rsplit_once(':').map_or(job.name.as_str(), |(file, _)| file),
        From::File(path) => return path.to_string_lossy().into_owned(),
        From::Nowhere(_) => job.name.as_str(),
    };
    if name == "standard input" { "-".to_owned() } else { name.to_owned() }
}

impl Work {
    pub fn new(options: source::Options, known: Known, sources: HashMap<String, Source>, results: bool) -> Self {
        // Loading the model takes longer than finding out that nothing has changed.
        let extractor = (!results && !sources.is_empty()).then(Extractor::default);
        Self { options, known, sources, results, extractor }
    }

    /// Does a job.
    pub fn look(&self, job: FilterJob) -> Done {
        let (file, size, name) = (file_of(&job), job.size, job.name.clone());
        let source = self.sources.get(&file).map(|source| source.path.clone()).unwrap_or_default();
        // A fault of ours in one document is no reason to lose the others.
        let result = panic::catch_unwind(AssertUnwindSafe(|| self.found(job, &source)))
            .unwrap_or_else(|_| Err(format!("{}: rawi failed on it; this is a fault in rawi", Escaped(&name))));
        Done { file, size, result }
    }

    fn found(&self, job: FilterJob, source: &str) -> Result<Vec<Found>, String> {
        let fail = |reason: source::Reason| source::Error { name: job.name.clone(), reason }.to_string();
        match job.from {
            From::Nowhere(error) => Err(fail(error.into())),
            From::Line(line) if self.results => self.result(&line, source, &job.name).map(|found| vec![found]),
            From::Line(line) => {
                let document = jsonl::document_of(&line, self.options.text_field.as_deref()).map_err(fail)?;
                let part = document.id().to_owned();
                Ok(vec![self.look_through(part, document, source)?])
            }
            From::File(path) => {
                let documents = source::read_all(&path, &self.options).map_err(|error| error.to_string())?;
                let many = documents.len() > 1;
                let found = documents.into_iter().map(|document| {
                    let part = if many { document.id().to_owned() } else { String::new() };
                    self.look_through(part, document, source)
                });
                found.collect()
            }
        }
    }

    fn look_through(&self, part: String, document: Document, source: &str) -> Result<Found, String> {
        if self.known.has(source, &part, document.text()) {
            return Ok(Found::Known(part));
        }
        let found = self.extractor.as_ref().map(|extractor| extractor.extract(&document)).transpose();
        let annotations = found.map_err(|error| error.to_string())?.unwrap_or_default();
        let meta = meta(&document, source);
        Ok(Found::New(Box::new(New { part, document, annotations, meta })))
    }

    /// A line of results.
    fn result(&self, line: &Line, source: &str, name: &str) -> Result<Found, String> {
        let wrong = |reason: String| format!("{}: {reason}", Escaped(name));
        let bytes = line.bytes.as_deref().ok_or_else(|| wrong("the line is too long".to_owned()))?;
        let text = std::str::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
        let (document, annotations) = json::read(text).map_err(|error| wrong(error.to_string()))?;
        let part = document.id().to_owned();
        if self.known.has(source, &part, document.text()) {
            return Ok(Found::Known(part));
        }
        let meta = meta(&document, source);
        Ok(Found::New(Box::new(New { part, document, annotations, meta })))
    }
}

/// Title, date and outlet: as the source says; else the first line, the date in the name, the site's name.
pub fn meta(document: &Document, source: &str) -> Meta {
    let stated = document.metadata();
    let said =
        |value: &Option<String>| value.as_deref().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    let name = if document.id().is_empty() { source } else { document.id() };
    let site = || source::is_address(Path::new(source)).then(|| host(source)).flatten();
    Meta {
        title: said(&stated.title).or_else(|| first_line(document)),
        date: said(&stated.date).or_else(|| date_in(name)),
        outlet: said(&stated.outlet).or_else(site),
    }
}

/// The first line where it is a headline: short, and another line after it.
fn first_line(document: &Document) -> Option<String> {
    let (line, rest) = document.text().trim_start().split_once('\n')?;
    let line = line.trim();
    (!line.is_empty() && line.chars().count() <= 200 && !rest.trim().is_empty()).then(|| line.to_owned())
}

/// The date that is a part of a name: 2026-11-24, 20261124.
fn date_in(name: &str) -> Option<String> {
    let bytes: Vec<char> = name.chars().collect();
    let digits = |from: usize, count: usize| -> Option<u32> {
        let text: String = bytes.get(from..from + count)?.iter().collect();
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    let date = |year: u32, month: u32, day: u32| {
        let right = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        right.then(|| format!("{year:04}-{month:02}-{day:02}"))
    };
    let edge = |at: usize| !bytes.get(at).is_some_and(char::is_ascii_digit);
    (0..bytes.len()).filter(|&at| at == 0 || edge(at - 1)).find_map(|at| {
        let dashed = || {
            let marks = bytes.get(at + 4) == Some(&'-') && bytes.get(at + 7) == Some(&'-') && edge(at + 10);
            if marks { date(digits(at, 4)?, digits(at + 5, 2)?, digits(at + 8, 2)?) } else { None }
        };
        let plain = || if edge(at + 8) { date(digits(at, 4)?, digits(at + 4, 2)?, digits(at + 6, 2)?) } else { None };
        dashed().or_else(plain)
    })
}

fn host(address: &str) -> Option<String> {
    let host = address.split("//").nth(1)?.split(['/', '?', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_a_date() {
        assert_eq!(date_in("خبر-20261124").as_deref(), Some("2026-11-24"));
        assert_eq!(date_in("2026-11-24 قمة").as_deref(), Some("2026-11-24"));
        assert_eq!(date_in("120261124"), None);
        assert_eq!(date_in("20261324"), None);
        assert_eq!(date_in(""), None);
    }
}
