//! Tables: RFC 4180.

use super::plain::{clean, text};
use crate::library::{
    people::Entry,
    sources::Count,
    tables::{MentionRow, QuoteRow},
};
use std::io::{self, Write};

/// Writes people, organizations or places, a row each.
///
/// # Errors
/// Those of `out`.
pub fn people_csv(entries: &[Entry], out: &mut impl Write) -> io::Result<()> {
    head(out, &["id", "kind", "name", "documents", "mentions", "quotes", "first", "last"])?;
    for entry in entries {
        let numbers = [entry.documents, entry.mentions, entry.quotes].map(|number| number.to_string());
        let [documents, mentions, quotes] = &numbers;
        let (first, last) = (text(&entry.first), text(&entry.last));
        row(out, &[&entry.id.to_string(), &entry.kind, &entry.name, documents, mentions, quotes, first, last])?;
    }
    Ok(())
}

/// The columns of [`quote_csv`].
///
/// # Errors
/// Those of `out`.
pub fn quotes_head(out: &mut impl Write) -> io::Result<()> {
    let columns =
        ["document", "date", "outlet", "kind", "start", "end", "text", "speaker", "speaker_name", "speaker_confidence"];
    head(out, &columns)
}

/// Writes a quote as a row.
///
/// # Errors
/// Those of `out`.
pub fn quote_csv(quote: &QuoteRow, out: &mut impl Write) -> io::Result<()> {
    let number = |id: Option<i64>| id.map_or(String::new(), |id| id.to_string());
    let sure = quote.speaker_confidence.map_or(String::new(), |sure| format!("{sure:.3}"));
    let (start, end) = (quote.start.to_string(), quote.end.to_string());
    row(
        out,
        &[
            &quote.document,
            text(&quote.date),
            text(&quote.outlet),
            &quote.kind,
            &start,
            &end,
            &quote.text,
            &number(quote.speaker),
            text(&quote.speaker_name),
            &sure,
        ],
    )
}

/// The columns of [`mention_csv`].
///
/// # Errors
/// Those of `out`.
pub fn mentions_head(out: &mut impl Write) -> io::Result<()> {
    let columns =
        ["document", "date", "outlet", "start", "end", "text", "kind", "identity", "name", "reason", "confidence"];
    head(out, &columns)
}

/// Writes a mention as a row.
///
/// # Errors
/// Those of `out`.
pub fn mention_csv(mention: &MentionRow, out: &mut impl Write) -> io::Result<()> {
    let sure = mention.confidence.map_or(String::new(), |sure| format!("{sure:.3}"));
    let identity = mention.identity.map_or(String::new(), |id| id.to_string());
    let (start, end) = (mention.start.to_string(), mention.end.to_string());
    row(
        out,
        &[
            &mention.document,
            text(&mention.date),
            text(&mention.outlet),
            &start,
            &end,
            &mention.text,
            &mention.kind,
            &identity,
            text(&mention.name),
            text(&mention.reason),
            &sure,
        ],
    )
}

/// Writes who is quoted, a row each.
///
/// # Errors
/// Those of `out`.
pub fn sources_csv(count: &Count, out: &mut impl Write) -> io::Result<()> {
    let columns = [
        "name",
        "named",
        "quotes",
        "direct",
        "indirect",
        "words",
        "documents",
        "unsure",
        "first",
        "last",
        "outlets",
        "months",
    ];
    head(out, &columns)?;
    let listed = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join("; ")
    };
    for source in &count.sources {
        let numbers = [source.quotes, source.direct, source.indirect, source.words, source.documents, source.unsure];
        let numbers = numbers.map(|number| number.to_string());
        let mut cells = vec![source.name.as_str(), if source.named { "yes" } else { "no" }];
        cells.extend(numbers.iter().map(String::as_str));
        cells.extend([text(&source.first), text(&source.last)]);
        let (outlets, months) = (listed(&source.outlets), listed(&source.months));
        cells.extend([outlets.as_str(), months.as_str()]);
        row(out, &cells)?;
    }
    Ok(())
}

fn head(out: &mut impl Write, columns: &[&str]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    row(out, columns)
}

fn row(out: &mut impl Write, cells: &[&str]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn cell_of(cell: &str) -> String {
    let clean = clean(cell);
    let formula = clean.starts_with(['=', '+', '-', '@', '\t', '\r']) && clean.parse::<f64>().is_err();
    let guard = if formula { "'" } else { "" };
    if clean.contains(['"', ',', '\n', '\r']) || formula {
        format!("\"{guard}{}\"", clean.replace('"', "\"\""))
    } else {
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_has_no_commands() {
        assert_eq!(cell_of("=1+1"), "\"'=1+1\"");
        assert_eq!(cell_of("قال \"نعم\"، ثم"), "\"قال \"\"نعم\"\"، ثم\"");
        assert_eq!(cell_of("\u{1b}[2J"), "\u{fffd}[2J");
        assert_eq!(cell_of("-5"), "-5");
    }
}
