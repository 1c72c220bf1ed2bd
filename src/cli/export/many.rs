//! `rawi export` of several documents: a file for each in a folder, or one for all where the format allows it.

use super::{Args, Found, many_options};
use crate::{
    annotation::Annotations,
    cli::{
        extract::{inputs, ordered::ordered},
        failure::Failure,
        output, pdf, result_file,
        tell::tell,
    },
    export::{Format, Report, Together},
    source,
    text::Document,
};
use anyhow::{Context, bail};
use std::{
    collections::HashSet,
    io::Write,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
};

/// What became of a file.
struct Done {
    path: PathBuf,
    /// The folder among the results that its documents go to.
    folder: PathBuf,
    result: anyhow::Result<Vec<(Document, Annotations)>>,
}

/// Writes the documents of several files, or all those of one; what the format could not carry.
///
/// # Errors
/// What cannot be written; where files cannot be read, how many, after all others are written.
pub fn run(args: &Args, format: Format) -> anyhow::Result<Report> {
    match (&args.out, Together::new(format)) {
        (Some(out), _) => {
            let mut names = HashSet::new();
            let mut report = Report::default();
            each(args, |done, documents| {
                let folder = out.join(&done.folder);
                std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
                for (document, annotations) in documents {
                    let path = free(&folder, document, format, &mut names);
                    let written = write(&path, format, (document, annotations), &done.path)?;
                    written.left_out.into_iter().for_each(|(loss, count)| report.add(loss, count));
                }
                Ok(())
            })?;
            Ok(report)
        }
        (None, Some(together)) => match &args.output {
            Some(path) => {
                for article in inputs::all_files(args.files.clone(), None).flatten() {
                    result_file::guard(path, None, &article.0)?;
                }
                let mut failed = Ok(());
                let report = result_file::write(path, |out| {
                    let (report, said) = all(args, together, out)?;
                    failed = said;
                    Ok(report)
                })?;
                failed.map(|()| report)
            }
            None => {
                let mut out = output();
                let (report, failed) = all(args, together, &mut out)?;
                out.flush()?;
                failed.map(|()| report)
            }
        },
        (None, None) => bail!(Failure::OneEach { format: format.name().to_owned() }),
    }
}

/// Writes all documents into one file; beside the report, how many files could not be read.
fn all(args: &Args, mut together: Together, out: &mut dyn Write) -> std::io::Result<(Report, anyhow::Result<()>)> {
    let mut broken = None;
    let read = each(args, |_, documents| {
        for (document, annotations) in documents {
            if let Err(error) = together.add(document, annotations, out) {
                broken = Some(error);
                bail!("");
            }
        }
        Ok(())
    });
    match broken {
        Some(error) => Err(error),
        None => together.end(out).map(|report| (report, read)),
    }
}

/// Reads every file on all processors and hands its documents to `put` in their order. A file that cannot be read is
/// said, and the run goes on.
fn each(
    args: &Args,
    mut put: impl FnMut(&Done, &[(Document, Annotations)]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let options = many_options(args)?;
    let found = Found::new(args);
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let work = move |job: inputs::Found| match job {
        Ok((path, inside)) => {
            let folder = inside.parent().map(Path::to_owned).unwrap_or_default();
            let result = documents(&path, &options, &found);
            Done { path, folder, result }
        }
        Err((path, error)) => {
            let result = Err(anyhow::Error::new(error).context(path.display().to_string()));
            Done { path, folder: PathBuf::new(), result }
        }
    };
    let (mut all, mut failed) = (0_usize, 0_usize);
    ordered(
        inputs::all_files(args.files.clone(), args.out.as_deref()),
        threads,
        |_| None,
        work,
        |done: Done| {
            all += 1;
            match &done.result {
                Ok(documents) => put(&done, documents),
                Err(error) => {
                    failed += 1;
                    tell(error);
                    Ok(())
                }
            }
        },
    )?;
    if failed > 0 {
        bail!(Failure::SomeFailed { failed: failed.to_string(), all: all.to_string() });
    }
    Ok(())
}

fn documents(path: &Path, options: &source::Options, found: &Found) -> anyhow::Result<Vec<(Document, Annotations)>> {
    let name = path.to_string_lossy();
    let documents = source::read_all(path, options)?;
    if documents.is_empty() {
        bail!(Failure::Empty { name: name.into_owned() });
    }
    let with = |document: Document| {
        pdf::remark(&name, &document);
        let annotations = found.of(&document)?;
        Ok((document, annotations))
    };
    documents.into_iter().map(with).collect()
}

/// A name in the folder that no other result of this run has.
fn free(folder: &Path, document: &Document, format: Format, taken: &mut HashSet<PathBuf>) -> PathBuf {
    let name = document.file_name();
    let named = |number: usize| match number {
        1 => folder.join(format!("{name}.{}", format.extension())),
        _ => folder.join(format!("{name}-{number}.{}", format.extension())),
    };
    let mut number = 1;
    while !taken.insert(named(number)) {
        number += 1;
    }
    named(number)
}

/// Writes a document into a file of its own, and beside it what its format has there.
///
/// # Errors
/// One that names the file: it cannot be written, or is no earlier result.
pub fn write(
    path: &Path,
    format: Format,
    (document, annotations): (&Document, &Annotations),
    article: &Path,
) -> anyhow::Result<Report> {
    let second = result_file::companion(path, format);
    let mut bytes = Vec::new();
    if second.is_some() {
        format.write_companion(document, &mut bytes)?;
    }
    result_file::guard(path, second.as_deref().map(|second| (second, bytes.as_slice())), article)?;
    if let Some(second) = &second {
        result_file::write(second, |out| out.write_all(&bytes))?;
    }
    result_file::write(path, |out| format.write(document, annotations, out))
}
