//! `rawi export --library`: the whole library as tables, pages or a graph.

use crate::{
    annotation::Kind,
    cli::{
        library::{Place, json_line},
        output, result_file,
    },
    export::collection,
    library::{
        Library,
        people::{Entry, Line},
        tables::{each_mention, each_quote, together},
    },
};
use std::{io::Write, path::Path};

/// The formats of a whole library.
pub const FORMATS: [&str; 6] = ["csv", "jsonl", "markdown", "html", "graphml", "gexf"];

/// The tables of a whole library.
pub const TABLES: [&str; 3] = ["people", "quotes", "mentions"];

/// Those that a graph or a page has, the most named first.
const MOST: usize = 500;

/// Writes a library.
pub fn run(place: &Place, (format, table): (&str, &str), to: Option<&Path>) -> anyhow::Result<()> {
    let library = place.open()?;
    match to {
        Some(path) => {
            let mut bytes = Vec::new();
            write(&library, format, table, &mut bytes)?;
            result_file::write(path, |out| out.write_all(&bytes))
        }
        None => {
            let mut out = output();
            write(&library, format, table, &mut out)?;
            Ok(out.flush()?)
        }
    }
}

fn write(library: &Library, format: &str, table: &str, out: &mut impl Write) -> anyhow::Result<()> {
    match (format, table) {
        ("csv", "quotes") => {
            collection::quotes_head(out)?;
            each_quote(library, |row| -> anyhow::Result<()> { Ok(collection::quote_csv(&row, out)?) })
        }
        ("csv", "mentions") => {
            collection::mentions_head(out)?;
            each_mention(library, |row| -> anyhow::Result<()> { Ok(collection::mention_csv(&row, out)?) })
        }
        ("jsonl", "quotes") => each_quote(library, |row| json_line(out, &row)),
        ("jsonl", "mentions") => each_mention(library, |row| json_line(out, &row)),
        ("csv", _) => Ok(collection::people_csv(&entries(library, usize::MAX / 4)?, out)?),
        ("jsonl", _) => {
            for entry in entries(library, usize::MAX / 4)? {
                if let Some(page) = library.page(entry.id)? {
                    json_line(out, &Line::from(&page))?;
                }
            }
            Ok(())
        }
        ("markdown" | "html", _) => {
            let mut pages = Vec::new();
            for entry in library.most_named(Kind::Person, MOST)? {
                pages.extend(library.page(entry.id)?);
            }
            let text =
                if format == "html" { collection::people_html(&pages) } else { collection::people_markdown(&pages) };
            Ok(out.write_all(text.as_bytes())?)
        }
        _ => {
            let entries = entries(library, MOST)?;
            let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
            let edges = together(library, &ids)?;
            let text = if format == "gexf" {
                collection::gexf(&entries, &edges)
            } else {
                collection::graphml(&entries, &edges)
            };
            Ok(out.write_all(text.as_bytes())?)
        }
    }
}

/// Everybody and everything that has a name.
fn entries(library: &Library, limit: usize) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for kind in Kind::ALL {
        entries.extend(library.most_named(kind, limit)?);
    }
    Ok(entries)
}
