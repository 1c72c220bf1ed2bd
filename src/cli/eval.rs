//! `rawi eval`: what is found beside what a person marked.

use super::{doubt::Doubt, failure::Failure, output};
use crate::{
    annotation::Annotations,
    eval::{self, Scores},
    export::json,
    extract::Extractor,
    files,
    text::Document,
};
use anyhow::{Context, bail, ensure};
use std::{
    collections::HashMap,
    io::Write,
    path::{Path, PathBuf},
};

/// Score what is found in annotated articles: names, clusters, quotes and speakers.
#[derive(clap::Args)]
pub struct Args {
    /// Articles as a person marked them, rawi's JSON, a line each
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,
    /// Score these annotations of the same articles (matched by id) instead of making them
    #[arg(long, value_name = "FILE")]
    pred: Option<PathBuf>,
    #[command(flatten)]
    doubt: Doubt,
}

/// The most bytes of a file of annotated articles.
const LARGEST: u64 = 1 << 30;

pub fn run(args: &Args) -> anyhow::Result<()> {
    let gold = read(&args.gold)?;
    ensure!(!gold.is_empty(), Failure::NoArticle { path: args.gold.display().to_string() });
    let mut scores = Scores::default();
    if let Some(path) = &args.pred {
        let found: HashMap<String, Annotations> =
            read(path)?.into_iter().map(|(document, annotations)| (document.id().to_owned(), annotations)).collect();
        let missing = gold.iter().filter(|(document, _)| !found.contains_key(document.id())).count();
        if missing == gold.len() {
            bail!(Failure::NoneOfThose { path: path.display().to_string(), gold: args.gold.display().to_string() });
        }
        for (document, marked) in &gold {
            let nothing = Annotations::default();
            let mut found = found.get(document.id()).unwrap_or(&nothing).clone();
            args.doubt.apply_where_asked(&mut found);
            eval::add(&mut scores, document, marked, &found);
        }
    } else {
        let extractor = Extractor::default();
        for (document, marked) in &gold {
            let mut found = extractor.extract(document)?;
            args.doubt.apply_where_asked(&mut found);
            eval::add(&mut scores, document, marked, &found);
        }
    }
    let mut out = output();
    write!(out, "{scores}")?;
    Ok(out.flush()?)
}

fn read(path: &Path) -> anyhow::Result<Vec<(Document, Annotations)>> {
    let text = files::read_text_limited(path, LARGEST).with_context(|| path.display().to_string())?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| json::read(line).with_context(|| format!("{}:{}", path.display(), number + 1))).collect()
}
