//! `rawi check`: the quotes of a draft against a collection or the library.
//!
//! Exit code 0 where every direct quote is verbatim and none has another speaker, 3 where one is not.

use super::{
    TerminalArgs,
    index::{Intake, into_memory},
    library::{Place, Sheet},
    output,
};
use crate::{
    annotation::QuoteKind,
    check::{Change, Checked, Source, SpeakerCheck, Verdict, check},
    export::collection,
    extract,
    library::{Error, Library},
    source,
};
use anyhow::bail;
use std::{fmt, io::Write, path::PathBuf};

/// Check the quotes of a draft: whether they were said so, and by whom
#[derive(clap::Args)]
pub struct Args {
    /// The draft; - for standard input
    draft: PathBuf,
    /// Files or folders in which the quotes are looked for, instead of the library
    #[arg(value_name = "COLLECTION", conflicts_with = "library")]
    collection: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    intake: Intake,
    /// How to print the verdicts
    #[arg(long, default_value = "text", value_parser = ["text", "json", "markdown"])]
    format: String,
    /// Say with each quote where else its words stand, and the sentence around them
    #[arg(long)]
    explain: bool,
}

/// A quote is not as it was said: exit code 3, after everything has been printed.
#[derive(Debug)]
pub struct Faulty;

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quote is not as it was said")
    }
}

impl std::error::Error for Faulty {}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let draft = source::read(&args.draft, &args.intake.of_one()?)?;
    let library = open(args)?;
    let annotations = extract::extract(&draft)?;
    let checked = check(&library, &draft, &annotations)?;
    match args.format.as_str() {
        "json" => {
            let mut out = output();
            serde_json::to_writer_pretty(&mut out, &serde_json::json!({ "quotes": checked }))?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
        "markdown" => {
            let mut out = output();
            out.write_all(collection::checked_markdown(&checked).as_bytes())?;
            out.flush()?;
        }
        _ => text(&checked, args.explain, terminal)?,
    }
    if checked.iter().any(Checked::is_fault) { Err(Faulty.into()) } else { Ok(()) }
}

fn open(args: &Args) -> anyhow::Result<Library> {
    if !args.collection.is_empty() {
        return into_memory(&args.collection, &args.intake);
    }
    match args.place.open() {
        Err(error) if matches!(error.downcast_ref::<Error>(), Some(Error::Missing { .. })) => {
            bail!("{error:#}; or name the files to check against: rawi check DRAFT FOLDER")
        }
        opened => opened,
    }
}

fn text(checked: &[Checked], explain: bool, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut sheet = Sheet::default();
    let direct: Vec<&Checked> = checked.iter().filter(|quote| quote.kind == QuoteKind::Direct).collect();
    for quote in checked {
        if quote.kind == QuoteKind::Indirect && quote.source.is_none() {
            continue;
        }
        sheet.head(&verdict(quote));
        let words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let who = quote.speaker.as_ref().map_or(String::new(), |speaker| format!("{speaker}: "));
        sheet.line(&if quote.kind == QuoteKind::Direct {
            format!("{who}«{words}»")
        } else {
            format!("{who}{words}")
        });
        for change in &quote.changes {
            sheet.line(&change_line(change));
        }
        for source in quote.source.iter().chain(&quote.spliced_with) {
            sheet.line(&source_line(source, quote.sources));
            if explain {
                sheet.line(&source.context);
            }
        }
        sheet.line("");
    }
    let count = |verdict: Verdict| direct.iter().filter(|quote| quote.verdict == verdict).count();
    let other = direct.iter().filter(|quote| quote.speaker_check == SpeakerCheck::Other).count();
    sheet.line(&format!(
        "{} direct quotes: {} verbatim, {} altered, {} not found, {} unsure; {other} with another speaker",
        direct.len(),
        count(Verdict::Verbatim),
        count(Verdict::Altered),
        count(Verdict::NotFound),
        count(Verdict::Unsure)
    ));
    sheet.write(terminal)
}

fn verdict(quote: &Checked) -> String {
    let words = match quote.verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Altered if quote.spliced_with.is_some() => "altered: joined from two places",
        Verdict::Altered => "altered",
        Verdict::NotFound => "not found",
        Verdict::Unsure if quote.kind == QuoteKind::Indirect => "reported speech, perhaps from here",
        Verdict::Unsure => "unsure: too short",
    };
    let speaker = match quote.speaker_check {
        SpeakerCheck::Same => ", same speaker",
        SpeakerCheck::Other => ", ANOTHER SPEAKER",
        SpeakerCheck::Unknown => "",
    };
    format!("{words}{speaker}")
}

fn change_line(change: &Change) -> String {
    match (change.draft.as_str(), change.source.as_str()) {
        ("", left) => format!("  ناقص في المسودة: [{left}]"),
        (put, "") => format!("  زائد في المسودة: [{put}]"),
        (draft, source) => format!("  في المسودة [{draft}]، في الأصل [{source}]"),
    }
}

fn source_line(source: &Source, sources: usize) -> String {
    let mut line = source.title.clone().unwrap_or_else(|| source.document.clone());
    for more in [&source.outlet, &source.date, &source.speaker].into_iter().flatten() {
        line = format!("{line} · {more}");
    }
    line = format!("  {line} · {}:{}", source.document, source.start);
    if sources > 1 { format!("{line} (+{})", sources - 1) } else { line }
}
