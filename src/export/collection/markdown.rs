//! Pages in Markdown.

use super::plain::{line, text};
use crate::check::Checked;
use crate::library::people::{Page, Said};

/// The verdicts on a draft's quotes in Markdown.
#[must_use]
pub fn checked_markdown(checked: &[Checked]) -> String {
    let mut out = String::from("# Quotes\n\n");
    for quote in checked {
        let (verdict, speaker) = (quote.verdict.name(), quote.speaker_check.name());
        let who = quote.speaker.as_deref().map_or(String::new(), |speaker| format!("{}: ", escape(speaker)));
        out += &format!("> {who}{}\n\n**{verdict}**, speaker {speaker}", escape(&quote.text));
        for source in quote.source.iter().chain(&quote.spliced_with) {
            let date = source.date.as_deref().map_or(String::new(), |date| format!(", {}", escape(date)));
            let speaker = source.speaker.as_deref().map_or(String::new(), |speaker| format!(", {}", escape(speaker)));
            out +=
                &format!("; {}{date}{speaker}, {}: {}", escape(&source.document), source.start, escape(&source.text));
        }
        out += "\n\n";
        for change in &quote.changes {
            out += &format!("- ~~{}~~ {}\n", escape(&change.source), escape(&change.draft));
        }
        if !quote.changes.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// Text that Markdown takes for text.
fn escape(text: &str) -> String {
    let special = |letter: char| "\\`*_{}[]<>#|~".contains(letter);
    line(text).chars().flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter])).collect()
}

/// People's pages in Markdown.
#[must_use]
pub fn people_markdown(pages: &[Page]) -> String {
    let mut out = String::new();
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
