//! `rawi find`: words, names and who said what, over the whole library.

use super::{
    TerminalArgs,
    library::{Place, Sheet, json_line},
    output,
};
use ratatui::style::{Modifier, Style};
use std::io::Write;

/// Look for words, names and speakers in the library
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Args {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// How many documents at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// How to print them
    #[arg(long, default_value = "text", value_parser = ["text", "jsonl"])]
    format: String,
}

const AFTER_HELP: &str = "\
A query has words that are all to be there, \"phrases\", OR, NOT or - before a word, NEAR between two, parentheses, a
star for any ending, and person: org: place: said-by: role: outlet: since: until:, as in
  rawi find 'هدنة NEAR غزة person:\"أنطونيو غوتيريش\" since:2026-10'
Spelling is forgiven (hamza, ة and ه, ى and ي, vowel signs), and و ف ب ل ك and ال before a word make no difference.";

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let library = args.place.open()?;
    let hits = library.find(&args.query.join(" "), args.limit)?;
    if args.format == "jsonl" {
        let mut out = output();
        for hit in &hits {
            json_line(&mut out, hit)?;
        }
        out.flush()?;
        return Ok(());
    }
    let mut sheet = Sheet::default();
    for hit in &hits {
        let mut head = hit.title.clone().unwrap_or_else(|| hit.document.clone());
        for more in [&hit.outlet, &hit.date].into_iter().flatten() {
            head = format!("{head} · {more}");
        }
        if hit.copies > 0 {
            head = format!("{head} (+{})", hit.copies);
        }
        sheet.head(&head);
        sheet.marked(&hit.context, &hit.marks, Style::new().add_modifier(Modifier::UNDERLINED));
        sheet.line(&format!("{}:{}", hit.document, hit.start));
        sheet.line("");
    }
    if hits.is_empty() {
        sheet.line("nothing found");
    }
    sheet.write(terminal)
}
