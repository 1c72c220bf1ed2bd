//! Chats as WhatsApp and Telegram export them: a line for each message, as words of the one who wrote it. Left out, and
//! counted: messages without words (pictures, what was deleted), and what the program itself reports.

use super::{article::Article, dates, passage::PassageBuilder, records::words, wordlists::entries};
use crate::{
    arabic::normalize::fold,
    text::{BlockKind, Metadata},
};
use serde_json::Value;
use std::sync::LazyLock;

/// How messages without words begin and, where the flag is set, end; folded.
static NOTHING: LazyLock<Vec<(bool, String)>> = LazyLock::new(|| {
    let entries = entries(include_str!("../../assets/chats.txt"));
    entries.map(|(section, line)| (section == "nothing at the end", fold(line))).collect()
});

/// Whether a message, folded, holds no words of its writer.
fn is_nothing(message: &str) -> bool {
    let fits =
        |(ends, words): &(bool, String)| if *ends { message.ends_with(words) } else { message.starts_with(words) };
    message.is_empty() || NOTHING.iter().any(fits)
}

/// A message: the day as the export has it, who wrote it, what.
#[derive(Debug, Default)]
pub struct Message {
    /// The day and time, however the export writes them.
    pub day: String,
    /// Who wrote it.
    pub writer: String,
    /// Its lines.
    pub text: String,
}

/// Whether text that begins like this is a chat of WhatsApp: most of its first lines begin with a time and a writer.
pub fn is_chat(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(8).collect();
    let begun = lines.iter().filter(|line| begin(line).is_some()).count();
    let written = lines.iter().any(|line| begin(line).is_some_and(|(_, rest)| rest.contains(": ")));
    written && begun >= 1 && 2 * begun >= lines.len()
}

/// The day of a line that begins a message, and what follows its time: `12/3/2026، 9:41 م - سلمى: …` or
/// `[12/03/2026, 21:41:03] سلمى: …`.
fn begin(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(is_mark);
    let (day, rest) = match line.strip_prefix('[') {
        Some(line) => line.split_once("] ")?,
        None => line.split_once(" - ")?,
    };
    let (date, time) = day.split_once(['،', ',', ' '])?;
    let signs = |text: &str, sign: &[char]| text.chars().filter(|letter| sign.contains(letter)).count();
    let only = |text: &str| text.chars().all(|letter| letter.is_numeric() || is_mark(letter) || "/.-".contains(letter));
    let is_date = signs(date, &['/', '.', '-']) == 2 && only(date);
    let is_time = time.contains(':') && time.chars().count() <= 20 && time.contains(char::is_numeric);
    (is_date && is_time).then_some((date, rest))
}

/// Marks of direction, which these exports put between everything.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

/// The article of an export of WhatsApp.
pub fn whatsapp(text: &str) -> Article {
    let mut messages: Vec<Message> = Vec::new();
    let mut reports = 0;
    // Whether the lines that follow go on with the last message.
    let mut open = false;
    for line in text.lines() {
        let Some((day, rest)) = begin(line) else {
            if let Some(message) = messages.last_mut().filter(|_| open) {
                message.text.push('\n');
                message.text.push_str(line);
            }
            continue;
        };
        match rest.split_once(": ") {
            Some((writer, text)) if writer.chars().count() <= 60 => {
                let bare = |text: &str| text.trim_matches(|letter| is_mark(letter) || letter == ' ').to_owned();
                messages.push(Message { day: bare(day), writer: bare(writer), text: bare(text) });
                open = true;
            }
            _ => {
                reports += 1;
                open = false;
            }
        }
    }
    article(messages, reports, None)
}

/// The article of an export of Telegram, in JSON; none where it is something else.
pub fn telegram(export: &Value) -> Option<Article> {
    let messages = export.get("messages")?.as_array()?;
    let known = messages.iter().filter(|message| message.get("type").is_some() && message.get("text").is_some());
    if messages.is_empty() || 2 * known.count() < messages.len() {
        return None;
    }
    let mut reports = 0;
    let mut found = Vec::new();
    for message in messages {
        let field = |name: &str| message.get(name).cloned().and_then(words).unwrap_or_default();
        if message.get("type").and_then(Value::as_str) != Some("message") {
            reports += 1;
            continue;
        }
        // Words with links in them are a list of pieces.
        let text = match message.get("text") {
            Some(Value::Array(pieces)) => pieces
                .iter()
                .filter_map(|piece| piece.as_str().or_else(|| piece.get("text").and_then(Value::as_str)))
                .collect(),
            _ => field("text"),
        };
        let writer = Some(field("from")).filter(|writer| !writer.is_empty());
        let writer = writer.unwrap_or_else(|| export.get("name").cloned().and_then(words).unwrap_or_default());
        found.push(Message { day: field("date"), writer, text });
    }
    Some(article(found, reports, export.get("name").cloned().and_then(words)))
}

/// The article of messages; `reports` is how many lines the program itself wrote between them.
pub fn article(messages: Vec<Message>, reports: usize, title: Option<String>) -> Article {
    let mut builder = PassageBuilder::default();
    let mut article = Article { metadata: Metadata { title, ..Metadata::default() }, ..Article::default() };
    article.left_out.insert("reports of the chat", reports);
    for Message { day, writer, text } in messages {
        let folded = fold(text.trim_matches(|letter: char| is_mark(letter) || "<>[]() \u{a0}".contains(letter)));
        if is_nothing(&folded) {
            article.leave_out("messages without words");
            continue;
        }
        if article.metadata.date.is_none() {
            article.metadata.date = dates::day(&day).map(|day| day.to_string());
        }
        let block = builder.open_block(BlockKind::Quotation { source: None });
        for (number, line) in text.lines().enumerate() {
            let line: String = line.chars().filter(|letter| !is_mark(*letter)).collect();
            if number == 0 && !writer.is_empty() {
                builder.push(&writer);
                builder.source_of(block, 0);
                builder.push(": ");
            }
            builder.push(&line);
            builder.end();
        }
        builder.close_block();
    }
    article.forms = builder.forms;
    article.passages = builder.finish();
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_lines_of_those_who_wrote_them() {
        let chat = "\u{200f}5/4/2026، 9:41 م - الرسائل مشفرة.\n\u{200f}5/4/2026، 9:41 م - هدى سالم: قال المدير: نعم\nوأضاف أن العمل بدأ\n\
            \u{200f}5/4/2026، 9:42 م - نبيل: \u{200e}<تم استبعاد الوسائط>\n[05/04/2026, 21:43:07] نبيل: شكرا\n\
            [05/04/2026, 21:43:09] نبيل: \u{200e}<المرفق: صورة.jpg>\n5/4/2026, 21:44 - هدى سالم: IMG-1.jpg (file attached)\n";
        assert!(is_chat(chat));
        let article = whatsapp(chat);
        assert_eq!(article.texts(), ["هدى سالم: قال المدير: نعم", "وأضاف أن العمل بدأ", "نبيل: شكرا"]);
        let source = article.passages[0].source_of.unwrap().1;
        assert_eq!(article.passages[0].text.get(source.range()), Some("هدى سالم"));
        assert_eq!(article.passages[0].blocks[0].0, article.passages[1].blocks[0].0);
        assert_eq!(article.metadata.date.as_deref(), Some("2026-04-05"));
        assert_eq!((article.left_out["reports of the chat"], article.left_out["messages without words"]), (1, 3));
    }

    #[test]
    fn an_article_is_no_chat() {
        assert!(!is_chat("قال الوزير: نعم\n12/3/2026 - خبر: نص\n"));
        assert!(!is_chat(""));
    }

    #[test]
    fn telegram_has_its_words_in_pieces() {
        let export = serde_json::json!({"name": "قناة", "messages": [
            {"type": "service", "text": ""},
            {"type": "message", "date": "2026-03-01T08:00:00", "from": "هدى", "text": ["قال ", {"type": "bold", "text": "المدير"}]},
            {"type": "message", "date": "2026-03-02T08:00:00", "text": "نعم"},
        ]});
        let article = telegram(&export).unwrap();
        assert_eq!(article.texts(), ["هدى: قال المدير", "قناة: نعم"]);
        assert_eq!(article.metadata.date.as_deref(), Some("2026-03-01"));
        assert!(telegram(&serde_json::json!({"messages": ["نص"]})).is_none());
    }
}
