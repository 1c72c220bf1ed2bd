//! `rawi tag`: a token a line in, the token and its label a line out.

use super::{failure::Failure, output};
use crate::{
    files,
    model::{self, Head, Label, Model, Tag},
    text,
};
use anyhow::{Context, ensure};
use std::{
    io::{self, BufRead, Read, Write},
    path::{Path, PathBuf},
};

/// Label tokens (one a line, a blank line between sentences) as parts of names: O, B-PER, I-PER, B-ORG, … (IOB2).
#[derive(clap::Args)]
pub struct Args {
    /// Whose idea of a name the labels follow
    #[arg(long, value_enum, default_value_t = Labels::Anercorp)]
    labels: Labels,
    /// Another model than the one inside the program
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// How many threads the model runs on; one a core if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Labels {
    /// The ANERcorp corpus', which others report their scores on
    Anercorp,
    /// This project's guide: what the reader shows
    Guide,
}

/// How many sentences are read before they are labelled; the model looks at neighbours among them together.
const BLOCK: usize = 1024;

/// The most lines that are held at once: many sentences of the longest.
const LONGEST: usize = 1 << 18;

/// The most bytes of a line.
const TOKEN: u64 = 1 << 20;

/// The most bytes of a model.
const LARGEST: u64 = 1 << 30;

/// The model of `--model`, or the one inside the program.
pub fn load(path: Option<&Path>, threads: Option<u16>) -> anyhow::Result<Model> {
    let threads = threads.map(usize::from);
    match path {
        Some(path) => {
            let bytes = files::read_limited(path, LARGEST).with_context(|| path.display().to_string())?;
            Model::load(bytes, threads).with_context(|| path.display().to_string())
        }
        None => Model::embedded(threads)?.context(Failure::NoModel),
    }
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let model = load(args.model.as_deref(), args.threads)?;
    let head = match args.labels {
        Labels::Anercorp => Head::Anercorp,
        Labels::Guide => Head::Guide,
    };
    let mut out = output();
    let mut lines = Vec::new();
    let mut sentences = 0;
    let mut input = io::stdin().lock();
    for number in 1.. {
        let Some(line) = line(&mut input).with_context(|| format!("standard input:{number}"))? else { break };
        sentences += usize::from(line.trim().is_empty());
        ensure!(lines.len() < LONGEST, Failure::LongSentence { line: number.to_string(), most: LONGEST.to_string() });
        lines.push(line);
        if sentences == BLOCK {
            write(&model, head, &lines, &mut out)?;
            lines.clear();
            sentences = 0;
        }
    }
    write(&model, head, &lines, &mut out)?;
    Ok(out.flush()?)
}

/// The next line, without its end; none at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = input.take(TOKEN).read_until(b'\n', &mut bytes)?;
    if read as u64 == TOKEN {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a line of more than {TOKEN} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is not UTF-8"))?;
    Ok((read > 0).then(|| text.trim_end_matches(['\n', '\r']).to_owned()))
}

/// Labels the sentences of some lines; a line of several columns is its first one.
fn write(model: &Model, head: Head, lines: &[String], out: &mut dyn Write) -> anyhow::Result<()> {
    let tokens: Vec<&str> = lines.iter().map(|line| line.split('\t').next().unwrap_or_default().trim()).collect();
    let sentences: Vec<&[&str]> = tokens.split(|token| token.is_empty()).collect();
    let words: Vec<Vec<&str>> =
        sentences.iter().map(|tokens| tokens.iter().flat_map(|token| words(token)).collect()).collect();
    let tags = model.tag(&words, head)?;
    let mut rest = sentences.iter().zip(&tags).peekable();
    while let Some((tokens, tags)) = rest.next() {
        for (token, label) in tokens.iter().zip(labels(tokens, tags)) {
            writeln!(out, "{token}\t{label}")?;
        }
        if rest.peek().is_some() {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The model's words of a token; a token without any is one word.
fn words(token: &str) -> Vec<&str> {
    let spans = model::words(token);
    if spans.is_empty() { vec![token] } else { spans.into_iter().map(|span| text::slice(token, span)).collect() }
}

/// A label for each token: that of its first word with a letter or a digit, or of its first.
fn labels(tokens: &[&str], tags: &[Tag]) -> Vec<Label> {
    let mut rest = tags;
    let mut before = Label::Outside;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let words = words(token);
        let (own, others) = rest.split_at_checked(words.len()).unwrap_or((rest, &[]));
        rest = others;
        let wordy = words.iter().position(|word| model::is_wordy(word)).unwrap_or(0);
        let label = own.get(wordy).or(own.first()).map_or(Label::Outside, |tag| tag.label);
        // The word that a name began with may be one that does not speak for its token.
        before = match label {
            Label::Inside(kind) if before.kind() != Some(kind) => Label::Begin(kind),
            label => label,
        };
        out.push(before);
    }
    out
}
