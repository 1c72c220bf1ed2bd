//! `rawi people`: who is in the library, one person's page, and what a person decides about who is who.

use super::{
    TerminalArgs,
    library::{Place, Sheet, counted, json_line},
    output,
};
use crate::{
    annotation::Kind,
    export::collection,
    library::{
        Decision, Library,
        people::{Entry, Line, Page, Said},
    },
};
use anyhow::{Context, bail};
use std::{
    io::Write,
    time::{SystemTime, UNIX_EPOCH},
};

/// Say who is in the library, and all that is known of one
#[derive(clap::Args)]
pub struct Args {
    /// A name in any spelling, or in Latin letters; its number (p12) where several have it
    name: Option<String>,
    #[command(flatten)]
    place: Place,
    /// How to print them
    #[arg(long, default_value = "text", value_parser = ["text", "jsonl", "markdown", "html", "csv"])]
    format: String,
    /// Organizations or places instead of people
    #[arg(long, default_value = "person", value_parser = kind)]
    kind: Kind,
    /// How many at most; all in jsonl and csv
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// They are one: the person of that name, and this one
    #[arg(long, value_name = "NAME", requires = "name", group = "decision")]
    merge: Option<String>,
    /// In these documents the name is another's
    #[arg(long, value_name = "DOCUMENT", requires = "name", group = "decision", num_args = 1..)]
    split: Vec<String>,
    /// Show the person under this name
    #[arg(long, value_name = "NAME", requires = "name", group = "decision")]
    rename: Option<String>,
    /// Nobody is called so: take the name out everywhere
    #[arg(long, requires = "name", group = "decision")]
    reject: bool,
    /// Take back the last such decision
    #[arg(long, group = "decision")]
    undo: bool,
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| "it is person, organization or place".to_owned())
}

pub fn run(args: &Args, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut library = args.place.open()?;
    if args.undo {
        return match library.undo()? {
            Some(decision) => say(&format!("taken back: {}", worded(&decision)), terminal),
            None => bail!("{}: nothing was decided", library.path().display()),
        };
    }
    if let Some(name) = &args.name
        && let Some(decision) = decision(args, &library, name)?
    {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let said = worded(&decision);
        library.decide(decision, now)?;
        return say(&said, terminal);
    }
    let all = matches!(args.format.as_str(), "jsonl" | "csv");
    let limit = args.limit.unwrap_or(if all { usize::MAX / 4 } else { 40 });
    let entries = match &args.name {
        Some(name) => named(&library, name, args.kind, limit)?,
        None => library.most_named(args.kind, limit)?,
    };
    if entries.is_empty()
        && let Some(name) = &args.name
    {
        bail!("{}: nobody is called {name}", library.path().display());
    }
    match args.format.as_str() {
        "jsonl" => {
            let mut out = output();
            for entry in &entries {
                if let Some(page) = library.page(entry.id)? {
                    json_line(&mut out, &Line::from(&page))?;
                }
            }
            Ok(out.flush()?)
        }
        "csv" => {
            let mut out = output();
            collection::people_csv(&entries, &mut out)?;
            Ok(out.flush()?)
        }
        "text" if args.name.is_none() => list(&entries, terminal),
        format => {
            // One who has the name: the page. Several: who they are.
            let mut pages = Vec::new();
            let shown = if args.name.is_some() && format == "text" { 1 } else { entries.len() };
            for entry in entries.iter().take(shown) {
                pages.extend(library.page(entry.id)?);
            }
            match format {
                "markdown" => put(&collection::people_markdown(&pages)),
                "html" => put(&collection::people_html(&pages)),
                _ => page(&pages, entries.get(1..).unwrap_or_default(), terminal),
            }
        }
    }
}

/// Those whom the name means.
fn named(library: &Library, name: &str, kind: Kind, limit: usize) -> anyhow::Result<Vec<Entry>> {
    let number = name.strip_prefix(['p', 'o', 'l']).and_then(|number| number.parse().ok());
    if let Some(entry) = number.map(|id| library.entry(id)).transpose()?.flatten() {
        return Ok(vec![entry]);
    }
    Ok(library.named(name, Some(kind), limit.min(500))?)
}

/// What is to be decided; none where nothing is.
fn decision(args: &Args, library: &Library, name: &str) -> anyhow::Result<Option<Decision>> {
    let kind = args.kind;
    // The name as the library has it, so that a number may be given for it.
    let known = |name: &str| -> anyhow::Result<String> {
        let found = named(library, name, kind, 1)?.into_iter().next();
        Ok(found.with_context(|| format!("{}: nobody is called {name}", library.path().display()))?.name)
    };
    Ok(match args {
        Args { merge: Some(with), .. } => Some(Decision::Merge { kind, name: known(name)?, with: known(with)? }),
        Args { rename: Some(to), .. } => Some(Decision::Rename { kind, name: known(name)?, to: to.clone() }),
        Args { reject: true, .. } => Some(Decision::Reject { kind, name: name.to_owned() }),
        Args { split, .. } if !split.is_empty() => {
            Some(Decision::Split { kind, name: known(name)?, documents: split.clone() })
        }
        _ => None,
    })
}

fn worded(decision: &Decision) -> String {
    match decision {
        Decision::Merge { name, with, .. } => format!("{name} and {with} are one"),
        Decision::Split { name, documents, .. } => format!("{name} in {} is another", documents.join(", ")),
        Decision::Rename { name, to, .. } => format!("{name} is shown as {to}"),
        Decision::Reject { name, .. } => format!("{name} is no name"),
    }
}

fn say(line: &str, terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut sheet = Sheet::default();
    sheet.line(line);
    sheet.write(terminal)
}

fn put(text: &str) -> anyhow::Result<()> {
    let mut out = output();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn list(entries: &[Entry], terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut sheet = Sheet::default();
    for entry in entries {
        sheet.line(&summary(entry));
    }
    sheet.write(terminal)
}

fn summary(entry: &Entry) -> String {
    let letter = if entry.kind == "place" { "l" } else { entry.kind.get(..1).unwrap_or_default() };
    let mut line = format!(
        "{} · {letter}{} · {} · {}",
        entry.name,
        entry.id,
        counted(entry.documents, "document", "documents"),
        counted(entry.mentions, "mention", "mentions")
    );
    if entry.quotes > 0 {
        line = format!("{line} · {}", counted(entry.quotes, "quote", "quotes"));
    }
    match (&entry.first, &entry.last) {
        (Some(first), Some(last)) if first != last => format!("{line} · {first} – {last}"),
        (Some(date), _) | (_, Some(date)) => format!("{line} · {date}"),
        _ => line,
    }
}

/// The page of the first, and who else may be meant.
fn page(pages: &[Page], others: &[Entry], terminal: &TerminalArgs) -> anyhow::Result<()> {
    let mut sheet = Sheet::default();
    for page in pages {
        sheet.head(&summary(&page.entry));
        let spellings: Vec<String> = page.spellings.iter().map(|(form, count)| format!("{form} ({count})")).collect();
        sheet.line(&format!("spellings: {}", spellings.join("، ")));
        if !page.months.is_empty() {
            sheet.line(&collection::strip(&page.months));
        }
        if !page.roles.is_empty() {
            sheet.line("");
            sheet.head("roles");
            for role in page.roles.iter().take(20) {
                let dates = [&role.first, &role.last].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
                sheet.line(format!("{} ({}) {}", role.text, role.documents, dates.join(" – ")).trim_end());
            }
        }
        said(&mut sheet, "said", &page.said);
        said(&mut sheet, "said of them", &page.said_of);
        if !page.beside.is_empty() {
            sheet.line("");
            sheet.head("appears with");
            for beside in page.beside.iter().take(15) {
                sheet.line(&format!("{} ({})", beside.name, beside.documents));
            }
        }
        sheet.line("");
        sheet.head("documents");
        for document in &page.documents {
            let title = document.title.as_deref().unwrap_or_default();
            let date = document.date.as_deref().unwrap_or_default();
            let why = document.reason.as_deref().unwrap_or_default();
            let sure = document.confidence.map_or(String::new(), |sure| format!(" {sure:.2}"));
            let known = format!("{date} {title}");
            let known = known.trim();
            sheet.line(&format!("{known} · {} · {} · {why}{sure}", document.forms.join("، "), document.id));
        }
    }
    if !others.is_empty() {
        sheet.line("");
        sheet.head("others who may be meant");
        for other in others.iter().take(10) {
            sheet.line(&summary(other));
        }
    }
    sheet.write(terminal)
}

fn said(sheet: &mut Sheet, head: &str, quotes: &[Said]) {
    if quotes.is_empty() {
        return;
    }
    sheet.line("");
    sheet.head(head);
    for quote in quotes.iter().take(30) {
        let words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if quote.kind == "direct" { format!("«{words}»") } else { words };
        let who = quote.speaker.as_ref().map_or(String::new(), |speaker| format!("{speaker}: "));
        let date = quote.date.as_ref().map_or(String::new(), |date| format!("{date} "));
        sheet.line(&format!("{who}{words} · {date}{}:{}", quote.document, quote.start));
    }
    if quotes.len() > 30 {
        sheet.line(&format!("… and {} more", quotes.len() - 30));
    }
}
