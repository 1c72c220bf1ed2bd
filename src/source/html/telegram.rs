//! The page that Telegram exports a chat as: its messages, each by the one who wrote it.

use super::{inline::has_token, tree};
use crate::source::{
    article::Article,
    chat::{self, Message},
};
use dom_query::{Document, NodeRef};

/// The article of such a page; none where the page is another.
pub fn chat(page: &Document) -> Option<Article> {
    let history = page.select(".page_wrap .history");
    let messages = history.select("div.message");
    if messages.is_empty() || page.select("div.message.default .body").is_empty() {
        return None;
    }
    let title = page.select(".page_header .text").nodes().first().map(words).filter(|title| !title.is_empty());
    let (mut found, mut reports): (Vec<Message>, usize) = (Vec::new(), 0);
    for node in messages.nodes() {
        if !has_token(node, &["default"]) {
            reports += 1;
            continue;
        }
        // A message without a writer goes on with the one before.
        let before = found.last();
        let writer = part(node, "from_name").or_else(|| before.map(|before| before.writer.clone()));
        let day = of_class(node, "date").and_then(|date| date.attr("title")).map(|date| date.to_string());
        let day = day.or_else(|| before.map(|before| before.day.clone())).unwrap_or_default();
        let text = part(node, "text").unwrap_or_default();
        found.push(Message { day, writer: writer.or_else(|| title.clone()).unwrap_or_default(), text });
    }
    Some(chat::article(found, reports, title))
}

/// The first element of that class in a message; what it was forwarded from has parts of its own, which come second.
fn of_class<'a>(message: &NodeRef<'a>, class: &str) -> Option<NodeRef<'a>> {
    message.descendants_it().find(|node| node.is_element() && node.has_class(class))
}

fn part(message: &NodeRef<'_>, class: &str) -> Option<String> {
    of_class(message, class).map(|node| words(&node)).filter(|words| !words.is_empty())
}

/// The lines of an element.
fn words(node: &NodeRef<'_>) -> String {
    let lines = tree::passages(node, None).passages;
    lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use crate::source::html::article;

    #[test]
    fn messages_are_lines_of_those_who_wrote_them() {
        let message = |class: &str, name: &str, text: &str| {
            let name = if name.is_empty() { String::new() } else { format!("<div class=from_name>{name}</div>") };
            format!(
                "<div class='message default clearfix{class}'><div class=body><div class='pull_right date details' \
                 title='05.04.2026 09:41:00 UTC+03:00'>09:41</div>{name}<div class=text>{text}</div></div></div>"
            )
        };
        let html = format!(
            "<!doctype html><html><head><title>Exported Data</title></head><body><div class=page_wrap><div class=page_header>\
             <div class=content><div class='text bold'>لجنة الحي</div></div></div><div class='page_body chat_page'><div class=history>\
             <div class='message service'><div class='body details'>5 April 2026</div></div>{}{}{}</div></div></div></body></html>",
            message("", "هدى سالم", "وصل المدير<br>ومعه المهندس"),
            message(" joined", "", "وبدأ الاجتماع"),
            message("", "نبيل", "شكرا"),
        );
        let article = article(&html).unwrap();
        assert_eq!(article.texts(), ["هدى سالم: وصل المدير", "ومعه المهندس", "هدى سالم: وبدأ الاجتماع", "نبيل: شكرا"]);
        assert_eq!(article.head_lines(), [""; 0]);
        assert_eq!(article.metadata.title.as_deref(), Some("لجنة الحي"));
        assert_eq!(article.metadata.date.as_deref(), Some("2026-04-05"));
        assert_eq!(article.left_out["reports of the chat"], 1);
    }
}
