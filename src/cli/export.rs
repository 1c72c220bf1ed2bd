//! `rawi export`: what was found, with what a person corrected, in another tool's format.

mod many;
mod whole;

use super::{
    doubt::Doubt,
    failure::Failure,
    library::Place,
    output, pdf,
    tell::{note, tell},
};
use crate::{
    annotation::Annotations,
    export::{Format, Report},
    extract::Extractor,
    files, source, store,
    text::Document,
};
use anyhow::{Context, bail, ensure};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Write what is found, with the corrections that were saved, in the format of another tool.
#[derive(clap::Args)]
pub struct Args {
    /// Files, or folders with files; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "library")]
    files: Vec<PathBuf>,
    /// json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio or spacy; of a
    /// library csv, jsonl, markdown, html, graphml or gexf
    #[arg(long, value_parser = format)]
    format: String,
    /// The whole library instead of a file
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["files", "out"])]
    library: Option<Option<PathBuf>>,
    /// Which table of a library csv and jsonl have
    #[arg(long, default_value = "people", value_parser = whole::TABLES, requires = "library")]
    table: String,
    /// Where to; standard output without it. brat and xmi put a second file beside it. Of several documents jsonl, csv,
    /// markdown, conll, doccano and labelstudio make one file
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Write a file for each document into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    out: Option<PathBuf>,
    #[command(flatten)]
    imported: Imported,
    /// Take the corrections that lie beside the article, as FILE.rawi.json
    #[arg(long)]
    sidecar: bool,
    #[command(flatten)]
    reading: super::reading::Reading,
    #[command(flatten)]
    doubt: Doubt,
    #[command(flatten)]
    pdf: pdf::Args,
}

/// The most bytes of a file of annotations: fifty times those of a long book.
const LARGEST: u64 = 256 << 20;

/// Annotations from another tool, or from rawi.
#[derive(clap::Args, Clone, Default)]
pub struct Imported {
    /// Annotations of the same text, from a file, instead of what is found
    #[arg(long)]
    pub annotations: Option<PathBuf>,
    /// Their format where it cannot be told: json, jsonl, brat, conll, webanno-tsv, xmi, doccano or labelstudio
    #[arg(long, value_parser = readable, requires = "annotations")]
    from: Option<Format>,
}

impl Imported {
    /// The annotations of the document in the file; none where no file was named.
    pub fn read(&self, document: &Document) -> anyhow::Result<Option<Annotations>> {
        let Some(path) = &self.annotations else { return Ok(None) };
        let shown = || path.to_string_lossy().into_owned();
        let file = files::read_text_limited(path, LARGEST).with_context(shown)?;
        let format = self.from.or_else(|| Format::guess(&shown(), &file));
        let format = format.with_context(|| Failure::UnknownFormat { path: shown() })?;
        format.read(document, &file).map(Some).with_context(shown)
    }
}

fn readable(name: &str) -> Result<Format, String> {
    let names: Vec<&str> = Format::READABLE.iter().map(|format| format.name()).collect();
    let format = Format::READABLE.iter().copied().find(|format| format.name() == name);
    format.ok_or_else(|| format!("the formats that are read are {}", names.join(", ")))
}

fn format(name: &str) -> Result<String, String> {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let known = Format::named(name).is_some() || whole::FORMATS.contains(&name);
    if known { Ok(name.to_owned()) } else { Err(format!("the formats are {}", names.join(", "))) }
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if let Some(library) = &args.library {
        ensure!(
            whole::FORMATS.contains(&args.format.as_str()),
            "a library is exported as {}",
            whole::FORMATS.join(", ")
        );
        let place = Place { library: library.clone() };
        return whole::run(&place, (&args.format, &args.table), args.output.as_deref());
    }
    let format = Format::named(&args.format)
        .with_context(|| format!("{}: a library has this format, a document has not", args.format))?;
    let report = match args.files.as_slice() {
        [file] if args.out.is_none() && !file.is_dir() => one(args, format, file)?,
        _ if args.imported.annotations.is_some() => bail!(Failure::OneArticle),
        _ => many::run(args, format)?,
    };
    if !report.left_out.is_empty() {
        // Beside the result, so that a pipe has only the result.
        note(&format!("{}: {report}", format.name()));
    }
    Ok(())
}

/// How the inputs are read.
fn many_options(args: &Args) -> anyhow::Result<source::Options> {
    let mut options = source::Options { checksum: true, ..args.reading.options() };
    args.pdf.apply(&mut options)?;
    Ok(options)
}

/// Writes one document.
fn one(args: &Args, format: Format, file: &Path) -> anyhow::Result<Report> {
    let mut options = many_options(args)?;
    let document = pdf::with_password(&mut options, |options| source::read(file, options))?;
    pdf::remark(&file.to_string_lossy(), &document);
    let annotations = match args.imported.read(&document)? {
        Some(mut imported) => {
            args.doubt.apply(&mut imported);
            imported
        }
        None => Found::new(args).of(&document)?,
    };
    match &args.output {
        None => {
            let mut out = output();
            let report = format.write(&document, &annotations, &mut out)?;
            out.flush()?;
            Ok(report)
        }
        Some(path) => many::write(path, format, (&document, &annotations), file),
    }
}

/// What is found in documents, under what a person decided in the reader.
struct Found {
    extractor: Extractor,
    doubt: Doubt,
    sidecar: bool,
}

impl Found {
    fn new(args: &Args) -> Self {
        Self { extractor: Extractor::default(), doubt: args.doubt, sidecar: args.sidecar }
    }

    /// In this document. A store that cannot be read is said and passed.
    fn of(&self, document: &Document) -> anyhow::Result<Annotations> {
        let mut annotations = decided(document, self.extractor.extract(document)?, self.sidecar);
        self.doubt.apply(&mut annotations);
        Ok(annotations)
    }
}

/// What was found, under what a person decided.
fn decided(document: &Document, found: Annotations, sidecar: bool) -> Annotations {
    match store::Home::platform(sidecar).and_then(|home| store::peek(&home, document)) {
        Ok(memory) if memory.annotations == Annotations::default() => found,
        Ok(memory) => {
            if memory.brought {
                let name = document.origin().path.as_deref().unwrap_or_default();
                note(&format!("{name}: corrections of an earlier text of this article are in it"));
            }
            memory.annotations.merge_over(found)
        }
        Err(error) => {
            tell(&error.into());
            found
        }
    }
}
