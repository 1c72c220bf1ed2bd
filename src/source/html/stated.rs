//! What a page states about its article, in its head and in the data for search engines: headline, writer, day, paper,
//! address; and the text, where the page itself has none.

use crate::{source::records::words, text::Metadata};
use dom_query::Document;
use serde_json::Value;

/// As deep as data are looked through.
const DEPTH: usize = 6;

/// What a page states.
#[derive(Debug, Default)]
pub struct Stated {
    /// About its article. The writer is as the page has it, and may be none.
    pub metadata: Metadata,
    /// All that it names as writers, the most trusted first.
    pub writers: Vec<String>,
    /// The article's text.
    pub body: Option<String>,
    /// The article in a sentence or two.
    pub description: Option<String>,
    /// The title of the page, which often ends with the name of the site.
    pub page_title: String,
}

/// Reads a page before anything is taken out of it.
pub fn stated(page: &Document) -> Stated {
    let meta = |names: &[&str]| names.iter().find_map(|name| content(page, name));
    let mut stated = Stated { page_title: line(&page.select_single("head title").text()), ..Stated::default() };
    let data = linked_data(page);
    let metadata = &mut stated.metadata;
    metadata.title = data.title.or_else(|| meta(&["og:title", "twitter:title", "dc.title", "title"]));
    metadata.date = data.date.or_else(|| {
        meta(&[
            "article:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "dc.date",
            "dcterms.created",
        ])
    });
    metadata.date = metadata.date.take().or_else(|| {
        let marked = page.select("[itemprop=datePublished]");
        let marked = marked.nodes().first()?;
        marked.attr("content").or_else(|| marked.attr("datetime")).map(|date| date.to_string())
    });
    metadata.outlet = meta(&["og:site_name", "application-name"]).or(data.outlet);
    metadata.url = page
        .select_single("link[rel=canonical]")
        .attr("href")
        .map(|address| address.to_string())
        .or_else(|| meta(&["og:url"]))
        .or(data.url)
        .filter(|address| address.starts_with("http"));
    stated.writers = data.writers;
    stated.writers.extend(meta(&["author", "article:author", "parsely-author", "sailthru.author", "dc.creator"]));
    let named = page.select("[rel=author], [itemprop=author]");
    stated.writers.extend(named.nodes().iter().map(|node| line(&node.text())));
    stated.writers.retain(|writer| !writer.is_empty());
    stated.body = data.body;
    stated.description = meta(&["og:description", "description", "twitter:description"]);
    stated
}

/// The content of the `meta` element of that name, in whatever case the page writes it.
fn content(page: &Document, name: &str) -> Option<String> {
    page.select("meta[content]").nodes().iter().find_map(|node| {
        let is = |attribute: &str| node.attr(attribute).is_some_and(|value| value.eq_ignore_ascii_case(name));
        if !(is("property") || is("name") || is("itemprop")) {
            return None;
        }
        node.attr("content").map(|content| line(&content)).filter(|content| !content.is_empty())
    })
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct LinkedData {
    title: Option<String>,
    writers: Vec<String>,
    date: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    body: Option<String>,
}

/// What the page's JSON-LD says of an article (schema.org: NewsArticle, BlogPosting and their kin).
fn linked_data(page: &Document) -> LinkedData {
    let mut data = LinkedData::default();
    for script in page.select("script[type='application/ld+json']").nodes() {
        // Line ends inside strings are a frequent fault.
        let text = script.text().replace(['\n', '\r', '\t'], " ");
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            visit(value, DEPTH, &mut data);
        }
    }
    data
}

fn visit(value: Value, depth: usize, data: &mut LinkedData) {
    match value {
        _ if depth == 0 => {}
        Value::Array(values) => values.into_iter().for_each(|value| visit(value, depth - 1, data)),
        Value::Object(mut fields) => {
            let kind = fields.get("@type").cloned().and_then(words).unwrap_or_default();
            if kind.contains("Article") || kind.contains("Posting") || fields.contains_key("articleBody") {
                let mut take = |name: &str| fields.remove(name).and_then(words).map(|words| unescape(&words));
                data.title = data.title.take().or_else(|| take("headline"));
                data.date = data.date.take().or_else(|| take("datePublished"));
                data.url = data.url.take().or_else(|| take("url"));
                data.body = data.body.take().or_else(|| take("articleBody"));
                data.outlet = data.outlet.take().or_else(|| take("publisher"));
                match fields.remove("author") {
                    Some(Value::Array(writers)) => data.writers.extend(writers.into_iter().filter_map(words)),
                    Some(writer) => data.writers.extend(words(writer)),
                    None => {}
                }
            } else {
                for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(value) = fields.remove(name) {
                        visit(value, depth - 1, data);
                    }
                }
            }
        }
        _ => {}
    }
}

/// A text in which references of HTML may stand, as they do in data that were made from pages.
fn unescape(text: &str) -> String {
    if !text.contains('&') && !text.contains('<') {
        return text.to_owned();
    }
    Document::fragment(text).root().text().to_string()
}
