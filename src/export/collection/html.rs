//! Pages in HTML: one file, no scripts, no addresses.

use super::plain::{html, text};
use crate::library::{
    people::{Page, Said},
    sources::Count,
};

fn place(quote: &Said) -> String {
    let date = quote.date.as_deref().map_or(String::new(), |date| format!("{date}, "));
    format!("{date}{}, {}", quote.document, quote.start)
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
