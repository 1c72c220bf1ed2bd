//! Extraction, layout and an export from another program, with nothing but the core of the crate.
//!
//! ```text
//! cargo run --example who_said_what                   # the sample article
//! cargo run --example who_said_what -- article.txt
//! cargo run --example who_said_what --no-default-features
//! ```

use rawi::{
    annotation::{Annotations, Quote},
    export::Format,
    extract,
    layout::{self, Order},
    source,
    text::Document,
};
use std::{
    error::Error,
    io::{self, Write},
};

fn main() -> Result<(), Box<dyn Error>> {
    let document = match std::env::args_os().nth(1) {
        Some(path) => source::read(path, &source::Options::default())?,
        None => source::sample(),
    };
    let found = extract::extract(&document)?;
    let mut out = io::stdout().lock();

    writeln!(out, "People, organizations and places:")?;
    for entity in &found.entities {
        let count = found.mentions_of(entity.id).count();
        writeln!(out, "  {:?} {} ({count}) {}", entity.kind, entity.name, entity.aliases.join("، "))?;
    }

    writeln!(out, "\nWho said what:")?;
    for quote in &found.quotes {
        // Spans are bytes of the document's text.
        writeln!(out, "  {}: {}", speaker(&document, &found, quote), document.slice(quote.span))?;
    }

    writeln!(out, "\nThe first paragraph as a terminal without Arabic of its own wants it:")?;
    let first = document.paragraph_at(0);
    let options = layout::Options { width: 60, direction: layout::Direction::Rtl, ..layout::Options::default() };
    for row in layout::paragraph(document.slice(first), first.start, &options, &[]).iter() {
        let mut column = 0;
        for glyph in row.emit(Order::Visual, options.width) {
            let blanks = glyph.column.saturating_sub(column);
            write!(out, "{:blanks$}{}", "", glyph.symbol)?;
            column = glyph.column + glyph.width;
        }
        writeln!(out)?;
    }

    writeln!(out, "\nThe same as CSV:")?;
    let report = Format::Csv.write(&document, &found, &mut out)?;
    writeln!(out, "({report})")?;
    Ok(())
}

/// The name of who speaks, as the text has it where it has no name.
fn speaker(document: &Document, found: &Annotations, quote: &Quote) -> String {
    let Some(speaker) = &quote.speaker else { return "?".to_owned() };
    let entity = speaker.entity.and_then(|id| found.entity(id));
    entity.map_or_else(|| document.slice(speaker.span).to_owned(), |entity| entity.name.clone())
}
