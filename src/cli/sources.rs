//! `rawi sources`: who is quoted in the library or in files, how often and how long.

use super::{
    TerminalArgs,
    index::{Intake, into_memory},
    library::{Place, Sheet, counted, json_line},
    output,
};
use crate::{
    export::collection,
    library::sources::{Count, Filter, Quoted, quoted},
};
use std::{io::Write, path::PathBuf};

/// Say who is quoted, how often and how long
#[derive(clap::Args)]
pub struct Args {
    /// Files or folders instead of the library
    #[arg(value_name = "FILE", conflicts_with = "library")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    intake: Intake,
    /// Only what was published from this date on: 2026, 2026-11, 2026-11-24
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only what was published up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only what was published by one whose name has this in it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// How to print it
    #[arg(long, default_value = "text", value_parser = ["text", "csv", "jsonl", "html"])]
    format: String,
    /// How many sources at most in text
    #[arg(long, default_value_t = 40, value_name = "N")]
    limit: usize,
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let library = if args.files.is_empty() { args.place.open()? } else { into_memory(&args.files, &args.intake)? };
    let filter = Filter { since: args.since.clone(), until: args.until.clone(), outlet: args.outlet.clone() };
    let count = quoted(&library, &filter)?;
    let mut out = output();
    match args.format.as_str() {
        "csv" => collection::sources_csv(&count, &mut out)?,
        "html" => out.write_all(collection::sources_html(&count).as_bytes())?,
        "jsonl" => {
            for source in &count.sources {
                json_line(&mut out, source)?;
            }
        }
        _ => {
            drop(out);
            return text(&count, args.limit, terminal);
        }
    }
    Ok(out.flush()?)
}

fn text(count: &Count, limit: usize, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut sheet = Sheet::default();
    let share = |part: u64| part * 100 / count.quotes.max(1);
    sheet.line(&format!(
        "{} quotes, {} of them direct · speakers: {} % named, {} % told but not named, {} % nobody · not sure of {} %",
        count.quotes,
        count.direct,
        share(count.named),
        share(count.unnamed),
        share(count.nobody),
        share(count.unsure)
    ));
    sheet.line("");
    for source in count.sources.iter().take(limit) {
        sheet.line(&summary(source));
    }
    if count.sources.len() > limit {
        sheet.line(&format!("… and {} more", count.sources.len() - limit));
    }
    sheet.write(terminal)
}

fn summary(source: &Quoted) -> String {
    let name = if source.named { source.name.clone() } else { format!("({})", source.name) };
    let mut line = format!(
        "{name} · {} ({} direct) · {} · {}",
        counted(source.quotes, "quote", "quotes"),
        source.direct,
        counted(source.words, "word", "words"),
        counted(source.documents, "document", "documents")
    );
    if source.unsure > 0 {
        line = format!("{line} · not sure of {}", source.unsure);
    }
    if let (Some(first), Some(last)) = (&source.first, &source.last) {
        line = if first == last { format!("{line} · {first}") } else { format!("{line} · {first} – {last}") };
    }
    line
}
