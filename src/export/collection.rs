//! What a library knows as tables (CSV), pages (Markdown, HTML) and as a graph of who appears with whom (GraphML,
//! GEXF 1.3).
//!
//! CSV is RFC 4180 in UTF-8 with a byte order mark, which Excel needs; a cell that a spreadsheet would run as a formula
//! begins with an apostrophe. HTML is one file without scripts or addresses. Control characters are U+FFFD everywhere.

use crate::library::{
    people::{Entry, Page, Said},
    sources::Count,
    tables::{MentionRow, QuoteRow, Together},
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

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
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

/// Without control characters, and without what turns text around.
fn clean(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' => letter,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(plain).collect()
}

/// One line, clean.
fn line(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Months as a row of blocks whose height is the count, with the first and the last month beside it.
#[must_use]
pub fn strip(months: &[(String, u64)]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = months.iter().map(|month| month.1).max().unwrap_or(1).max(1);
    let number = |month: &str| -> Option<u64> {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<u64>().ok()? * 12 + month.parse::<u64>().ok()?.saturating_sub(1))
    };
    let placed: Vec<(u64, u64)> = months.iter().filter_map(|(month, count)| Some((number(month)?, *count))).collect();
    let (Some(&(first, _)), Some(&(last, _))) = (placed.first(), placed.last()) else { return String::new() };
    // At most sixty columns: a long time has several months to a column.
    let step = (last - first) / 60 + 1;
    let mut columns = vec![0_u64; usize::try_from((last - first) / step + 1).unwrap_or(1)];
    for (month, count) in placed {
        let at = usize::try_from((month - first) / step).unwrap_or(0);
        if let Some(column) = columns.get_mut(at) {
            *column += count;
        }
    }
    let most = columns.iter().copied().max().unwrap_or(most).max(1);
    let block = |count: &u64| match count {
        0 => '·',
        count => {
            BLOCKS.get(usize::try_from((count * 8).div_ceil(most)).unwrap_or(8).clamp(1, 8) - 1).copied().unwrap_or('█')
        }
    };
    let row: String = columns.iter().map(block).collect();
    let name = |month: u64| format!("{:04}-{:02}", month / 12, month % 12 + 1);
    if first == last { format!("{} {row}", name(first)) } else { format!("{} {row} {}", name(first), name(last)) }
}

/// People's pages in Markdown.
#[must_use]
pub fn people_markdown(pages: &[Page]) -> String {
    let mut out = String::new();
    let escape = |text: &str| {
        let special = |letter: char| "\\`*_{}[]<>#|".contains(letter);
        line(text)
            .chars()
            .flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter]))
            .collect::<String>()
    };
    for page in pages {
        let entry = &page.entry;
        out += &format!("# {}\n\n", escape(&entry.name));
        out += &format!("{} documents, {} mentions, {} quotes", entry.documents, entry.mentions, entry.quotes);
        if let (Some(first), Some(last)) = (&entry.first, &entry.last) {
            out += &format!(", {} to {}", escape(first), escape(last));
        }
        out += "\n\n";
        let spellings: Vec<String> =
            page.spellings.iter().map(|(form, count)| format!("{} ({count})", escape(form))).collect();
        out += &format!("Spellings: {}\n\n", spellings.join(", "));
        if !page.roles.is_empty() {
            out += "## Roles\n\n";
            for role in &page.roles {
                out += &format!("- {} ({})\n", escape(&role.text), role.documents);
            }
            out.push('\n');
        }
        for (head, quotes) in [("Said", &page.said), ("Said of them", &page.said_of)] {
            if quotes.is_empty() {
                continue;
            }
            out += &format!("## {head}\n\n");
            for quote in quotes {
                let who = quote.speaker.as_deref().map_or(String::new(), |speaker| format!("{}: ", escape(speaker)));
                out += &format!("> {who}{}\n>\n> {}\n\n", escape(&quote.text), escape(&place(quote)));
            }
        }
        out += "## Documents\n\n";
        for document in &page.documents {
            let title = document.title.as_deref().unwrap_or(&document.id);
            out += &format!("- {} {} ({})\n", text(&document.date), escape(title), escape(&document.forms.join(", ")));
        }
        out.push('\n');
    }
    out
}

fn place(quote: &Said) -> String {
    let date = quote.date.as_deref().map_or(String::new(), |date| format!("{date}, "));
    format!("{date}{}, {}", quote.document, quote.start)
}

fn html(text: &str) -> String {
    line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "body{font:18px/1.7 'Amiri','Noto Naskh Arabic',serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
    color:#222;background:#fff}h1,h2{line-height:1.3}small{color:#666}table{border-collapse:collapse;width:100%}\
    td,th{padding:.2rem .5rem;border-bottom:1px solid #ddd;text-align:start}blockquote{margin:.6rem 0;padding:0 1rem;\
    border-inline-start:3px solid #999}rect{fill:#2a7}rect.i{fill:#9cb}@media(prefers-color-scheme:dark){body{color:#ddd;\
    background:#111}td,th{border-color:#333}}";

fn html_page(title: &str, body: &str) -> String {
    let title = html(title);
    format!(
        "<!doctype html>\n<html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n{body}</body></html>\n"
    )
}

/// People's pages as one HTML page.
#[must_use]
pub fn people_html(pages: &[Page]) -> String {
    let mut body = String::new();
    for page in pages {
        let entry = &page.entry;
        body += &format!("<h1 id=\"{}{}\">{}</h1>\n", entry.kind, entry.id, html(&entry.name));
        let dates =
            [&entry.first, &entry.last].into_iter().flatten().map(|date| html(date)).collect::<Vec<_>>().join(" – ");
        body += &format!(
            "<p dir=\"ltr\"><small>{} documents · {} mentions · {} quotes · {dates}</small></p>\n",
            entry.documents, entry.mentions, entry.quotes
        );
        let spellings: Vec<String> =
            page.spellings.iter().map(|(form, count)| format!("{} ({count})", html(form))).collect();
        body += &format!("<p>{}</p>\n", spellings.join("، "));
        if !page.months.is_empty() {
            body += &bars(&page.months);
        }
        body += "<ul>";
        for role in &page.roles {
            body += &format!("<li>{} ({})</li>", html(&role.text), role.documents);
        }
        body += "</ul>\n";
        for quote in page.said.iter().chain(&page.said_of) {
            let who = quote.speaker.as_deref().map_or(String::new(), |speaker| format!("<b>{}:</b> ", html(speaker)));
            let text = html(&quote.text);
            body +=
                &format!("<blockquote>{who}{text}<br><small><bdi>{}</bdi></small></blockquote>\n", html(&place(quote)));
        }
        body += "<table>";
        for document in &page.documents {
            let title = html(document.title.as_deref().unwrap_or(&document.id));
            body += &format!(
                "<tr><td><bdi>{}</bdi></td><td>{title}</td><td>{}</td></tr>",
                html(text(&document.date)),
                html(&document.forms.join("، "))
            );
        }
        body += "</table>\n";
    }
    let title = pages.first().map_or("rawi", |page| page.entry.name.as_str());
    html_page(title, &body)
}

/// Counts by month as bars.
fn bars(months: &[(String, u64)]) -> String {
    let most = months.iter().map(|month| month.1).max().unwrap_or(1).max(1);
    let mut out = format!("<svg viewBox=\"0 0 {} 60\" height=\"80\" dir=\"ltr\" role=\"img\">", months.len() * 14 + 2);
    for (at, (month, count)) in months.iter().enumerate() {
        let height = count * 50 / most + 1;
        let (x, y) = (at * 14 + 2, 56 - height);
        out += &format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"11\" height=\"{height}\"><title>{} {count}</title></rect>",
            html(month)
        );
    }
    out + "</svg>\n"
}

/// Who is quoted, as one HTML page with a plot.
#[must_use]
pub fn sources_html(count: &Count) -> String {
    let share = |part: u64| part * 100 / count.quotes.max(1);
    let mut body = format!(
        "<h1>من يُنقل عنه</h1>\n<p dir=\"ltr\"><small>{} quotes, {} of them direct; {} % of named speakers, {} % told but not named, \
         {} % nobody's; of {} % rawi is not sure</small></p>\n",
        count.quotes,
        count.direct,
        share(count.named),
        share(count.unnamed),
        share(count.nobody),
        share(count.unsure)
    );
    let shown: Vec<_> = count.sources.iter().take(30).collect();
    let most = shown.first().map_or(1, |source| source.quotes).max(1);
    body += &format!("<svg viewBox=\"0 0 700 {}\" width=\"100%\" dir=\"ltr\" role=\"img\">", shown.len() * 24 + 4);
    for (at, source) in shown.iter().enumerate() {
        let y = at * 24 + 4;
        let (direct, indirect) = (source.direct * 400 / most, source.indirect * 400 / most);
        body += &format!(
            "<rect x=\"{}\" y=\"{y}\" width=\"{direct}\" height=\"18\"/><rect class=\"i\" x=\"{}\" y=\"{y}\" width=\"{indirect}\" height=\"18\"/>\
             <text x=\"480\" y=\"{}\" font-size=\"15\" fill=\"currentColor\" direction=\"rtl\" text-anchor=\"end\">{}</text>",
            470 - direct,
            470 - direct - indirect,
            y + 14,
            html(&source.name)
        );
    }
    body += "</svg>\n<table><tr><th>المصدر</th><th>اقتباسات</th><th>مباشرة</th><th>كلمات</th><th>وثائق</th><th>أول</th><th>آخر</th></tr>";
    for source in &count.sources {
        let name = if source.named { html(&source.name) } else { format!("<i>{}</i>", html(&source.name)) };
        body += &format!(
            "<tr><td>{name}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            source.quotes,
            source.direct,
            source.words,
            source.documents,
            html(text(&source.first)),
            html(text(&source.last))
        );
    }
    html_page("rawi sources", &(body + "</table>\n"))
}

/// Who appears with whom, as GraphML: `documents` is the weight of an edge.
#[must_use]
pub fn graphml(entries: &[Entry], together: &[Together]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"name\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"documents\" for=\"all\" attr.name=\"documents\" attr.type=\"int\"/>\n<graph edgedefault=\"undirected\">\n",
    );
    for entry in entries {
        out += &format!(
            "<node id=\"n{}\"><data key=\"name\">{}</data><data key=\"kind\">{}</data><data key=\"documents\">{}</data></node>\n",
            entry.id,
            html(&entry.name),
            entry.kind,
            entry.documents
        );
    }
    for edge in together {
        out += &format!(
            "<edge source=\"n{}\" target=\"n{}\"><data key=\"documents\">{}</data></edge>\n",
            edge.one, edge.other, edge.documents
        );
    }
    out + "</graph>\n</graphml>\n"
}

/// Who appears with whom, as GEXF 1.3 for Gephi.
#[must_use]
pub fn gexf(entries: &[Entry], together: &[Together]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
         <graph defaultedgetype=\"undirected\">\n<attributes class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/>\
         <attribute id=\"1\" title=\"documents\" type=\"integer\"/></attributes>\n<nodes>\n",
    );
    for entry in entries {
        out += &format!(
            "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/></attvalues></node>\n",
            entry.id,
            html(&entry.name),
            entry.kind,
            entry.documents
        );
    }
    out += "</nodes>\n<edges>\n";
    for (number, edge) in together.iter().enumerate() {
        out += &format!(
            "<edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\"/>\n",
            edge.one, edge.other, edge.documents
        );
    }
    out + "</edges>\n</graph>\n</gexf>\n"
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

    #[test]
    fn months_are_a_strip() {
        let months = |counts: &[(&str, u64)]| {
            counts.iter().map(|(month, count)| ((*month).to_owned(), *count)).collect::<Vec<_>>()
        };
        assert_eq!(strip(&months(&[("2026-11", 3)])), "2026-11 █");
        assert_eq!(strip(&months(&[("2026-01", 1), ("2026-04", 8)])), "2026-01 ▁··█ 2026-04");
        assert_eq!(strip(&[]), "");
    }
}
