//! `rawi export`: what was found, with what a person corrected, in another tool's format.

use super::output;
use anyhow::Context;
use rawi::{annotation::Annotations, export::Format, extract, source, store, text::Document};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Write what is found, with the corrections that were saved, in the format of another tool.
#[derive(clap::Args)]
pub struct Args {
    /// The file; - for standard input
    file: String,
    /// json, jsonl, csv, markdown, html, tei, w3c, brat, conll, webanno-tsv, xmi, doccano, labelstudio or spacy
    #[arg(long, value_parser = format)]
    format: Format,
    /// Where to; standard output without it. brat and xmi put a second file beside it
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Annotations of the same text instead of what is found
    #[arg(long)]
    annotations: Option<PathBuf>,
    /// Their format: json, jsonl, brat, conll, doccano or labelstudio
    #[arg(long, value_parser = format, default_value = "json", requires = "annotations")]
    from: Format,
    /// Take the corrections that lie beside the article, as FILE.rawi.json
    #[arg(long)]
    sidecar: bool,
    /// The file's encoding, where it is not found out right
    #[arg(long)]
    encoding: Option<String>,
}

fn format(name: &str) -> Result<Format, String> {
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    Format::named(name).ok_or_else(|| format!("the formats are {}", names.join(", ")))
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let options = source::Options { encoding: args.encoding.clone(), checksum: true, ..Default::default() };
    let document = source::read(&args.file, &options)?;
    let annotations = match &args.annotations {
        Some(path) => imported(path, args.from, &document)?,
        None => found(&document, args.sidecar),
    };
    let report = match &args.output {
        None => {
            let mut out = output();
            let report = args.format.write(&document, &annotations, &mut out)?;
            out.flush()?;
            report
        }
        Some(path) => {
            let report = to_file(path, |out| args.format.write(&document, &annotations, out))?;
            if let Some(ending) = args.format.companion() {
                to_file(&path.with_extension(ending), |out| args.format.write_companion(&document, out))?;
            }
            report
        }
    };
    if !report.left_out.is_empty() {
        // Beside the result, so that a pipe has only the result.
        drop(writeln!(io::stderr(), "rawi: {}: {report}", args.format.name()));
    }
    Ok(())
}

fn to_file<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> anyhow::Result<T> {
    let shown = || path.display().to_string();
    let mut out = BufWriter::new(File::create(path).with_context(shown)?);
    let done = write(&mut out).with_context(shown)?;
    out.flush().with_context(shown)?;
    Ok(done)
}

fn imported(path: &Path, format: Format, document: &Document) -> anyhow::Result<Annotations> {
    let shown = || path.display().to_string();
    let file = fs::read_to_string(path).with_context(shown)?;
    format.read(document, &file).with_context(shown)
}

/// What the extractor finds, under what a person decided in the reader. A store that cannot be read is said and passed.
fn found(document: &Document, sidecar: bool) -> Annotations {
    let found = extract::extract(document);
    match store::Home::platform(sidecar).and_then(|home| store::peek(&home, document)) {
        Ok(memory) if memory.annotations == Annotations::default() => found,
        Ok(memory) => memory.annotations.merge_over(found),
        Err(error) => {
            drop(writeln!(io::stderr(), "rawi: {error}"));
            found
        }
    }
}
