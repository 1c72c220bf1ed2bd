//! RSS 2.0, RSS 1.0 and Atom: an article for each entry, with its headline, writer, date and text (the summary where a
//! feed has no more). Left out, and counted: attached files, and what [`html`] leaves out.
//!
//! Own code: the library for it brings 59 more crates for the five elements that are read here.

use super::{
    article::Article,
    dates,
    error::Reason,
    html,
    xml::{self, Node},
};
use crate::text::Metadata;

const WHAT: &str = "a feed";

#[derive(Default)]
struct Entry {
    title: String,
    writer: String,
    date: String,
    /// HTML, by how much of the article it has: a summary, the content.
    summary: String,
    content: String,
    url: String,
    attached: usize,
}

/// The articles of a feed, in its order.
pub fn articles(xml: &str) -> Result<Vec<Article>, Reason> {
    let mut articles = Vec::new();
    // The entry that is being read with its depth; the field with its own, and where it begins.
    let mut entry: Option<(Entry, usize)> = None;
    let mut field: Option<(String, usize, usize)> = None;
    let mut text = String::new();
    let mut outlet = String::new();
    xml::walk(xml, WHAT, |node, depth, at| {
        match node {
            Node::Open(start) => {
                let name = start.name().as_ref().to_ascii_lowercase();
                match &mut entry {
                    None if name == "item" || name == "entry" => entry = Some((Entry::default(), depth)),
                    // The title of the feed itself.
                    None if name == "title" && outlet.is_empty() => {
                        text.clear();
                        field = Some((name, depth, at));
                    }
                    None => {}
                    Some((entry, top)) if depth == *top + 1 || (depth == *top + 2 && name == "name") => {
                        let attribute = |name: &str| start.try_get_attribute(name).ok().flatten();
                        if name == "link"
                            && let Some(address) = attribute("href")
                        {
                            // Atom: the address is no text; others than the entry's own say what they are.
                            let own = attribute("rel").is_none_or(|rel| &*rel.value == "alternate");
                            if own && entry.url.is_empty() {
                                entry.url = address.value.into_owned();
                            }
                        }
                        if name == "enclosure" || name.starts_with("media:") {
                            entry.attached += 1;
                        }
                        text.clear();
                        field = Some((name, depth, at));
                    }
                    Some(_) => {}
                }
            }
            Node::Text(part) => text.push_str(&part),
            Node::Close(_) => {
                let closed = field.take_if(|field| field.1 == depth);
                if entry.is_none() && closed.is_some() {
                    outlet = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    text.clear();
                } else if let (Some((entry, _)), Some((name, _, from))) = (&mut entry, closed) {
                    // Atom's XHTML stands in the feed as elements, so it is what lies between the tags.
                    let raw = xml.get(from..at).and_then(|raw| raw.rsplit_once("</")).map_or("", |(raw, _)| raw);
                    let markup = if raw.contains('<') && !raw.contains("<![CDATA[") { raw } else { text.as_str() };
                    entry.take(&name, &text, markup);
                    text.clear();
                }
                if let Some((entry, _)) = entry.take_if(|entry| entry.1 == depth) {
                    articles.push(entry.article(&outlet)?);
                }
            }
        }
        Ok(())
    })?;
    Ok(articles)
}

impl Entry {
    fn take(&mut self, name: &str, text: &str, markup: &str) {
        let (field, value) = match name {
            "title" => (&mut self.title, markup),
            "author" | "dc:creator" | "name" => (&mut self.writer, text.trim()),
            "pubdate" | "published" | "dc:date" => (&mut self.date, text.trim()),
            "updated" if self.date.is_empty() => (&mut self.date, text.trim()),
            "description" | "summary" => (&mut self.summary, markup),
            "content" | "content:encoded" => (&mut self.content, markup),
            "link" => (&mut self.url, text.trim()),
            _ => return,
        };
        if !value.is_empty() {
            value.clone_into(field);
        }
    }

    fn article(self, outlet: &str) -> Result<Article, Reason> {
        let body = if self.content.is_empty() { &self.summary } else { &self.content };
        let mut article = html::paragraphs(body)?;
        let title = html::paragraphs(&self.title)?.passages;
        let title: Vec<String> = title.into_iter().map(|passage| passage.text).collect();
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let date = dates::day(&self.date).map_or(self.date, |day| day.to_string());
        article.metadata = Metadata {
            title: some(title.join(" ")),
            author: some(writer(&self.writer)),
            date: some(date),
            outlet: some(outlet.to_owned()),
            url: some(self.url).filter(|address| address.starts_with("http")),
        };
        article.head_from_metadata();
        article.left_out.insert("attached files", self.attached);
        Ok(article)
    }
}

/// The writer's name; RSS has it in brackets behind an address: `s.n@example.org (سلمى ناصر)`.
fn writer(stated: &str) -> String {
    match stated.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches([')', ' ']).trim().to_owned(),
        _ if stated.contains('@') && !stated.contains(' ') => String::new(),
        _ => stated.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_of_rss() {
        let found = articles(
            "<?xml version='1.0'?><rss xmlns:dc='d' xmlns:content='c'><channel><title>صحيفة</title><item>\
             <title>افتتاح &amp; ختام</title><dc:creator>سلمى</dc:creator><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>\
             <enclosure url='a.mp3'/><description>موجز</description>\
             <content:encoded><![CDATA[<p>قال سامر.</p><p>وأضاف.<img></p>]]></content:encoded></item>\
             <item><title><![CDATA[ثان]]></title><description>&lt;p&gt;نص &amp;amp; آخر&lt;/p&gt;</description></item></channel></rss>",
        )
        .unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].head_lines(), ["افتتاح & ختام", "سلمى", "2026-03-02"]);
        assert_eq!(found[0].texts(), ["قال سامر.", "وأضاف."]);
        assert_eq!((found[0].left_out["attached files"], found[0].left_out["pictures"]), (1, 1));
        assert_eq!((found[1].head_lines(), found[1].texts()), (vec!["ثان"], vec!["نص & آخر"]));
    }

    #[test]
    fn the_entries_of_atom() {
        let found = articles(
            "<feed><title>صحيفة</title><entry><title type='html'>خبر &lt;b&gt;أول&lt;/b&gt;</title><author><name>هدى</name>\
             <uri>u</uri></author><updated>2026-01-02</updated><published>2026-01-01</published><content type='xhtml'>\
             <div xmlns='x'><p>فقرة</p><p>أخرى &amp; ثالثة</p></div></content></entry></feed>",
        )
        .unwrap();
        assert_eq!(found[0].head_lines(), ["خبر أول", "هدى", "2026-01-01"]);
        assert_eq!(found[0].texts(), ["فقرة", "أخرى & ثالثة"]);
    }

    #[test]
    fn what_is_cut_off_or_broken_is_an_error_or_less_of_a_feed() {
        assert!(articles("<rss><channel><item><title>a").unwrap_or_default().is_empty());
        assert!(articles(&"<a>".repeat(1000)).is_err());
        assert!(articles("<rss><item><title>&nbsp;&lol;أ</title></item></rss>").unwrap()[0].head_lines() == ["&lol;أ"]);
    }
}
