//! Mail: a message (eml) or a box of them (mbox), with subject, writer and day; a web page saved as one file (mhtml),
//! which is a message with the page and its pictures. Left out, and counted: attached files, and what [`html`] leaves out.

use super::{
    article::Article,
    error::Reason,
    html,
    letters::Letters,
    line_ends::{self, LineEnds},
    passage::PassageBuilder,
};
use crate::text::{BlockKind, Metadata};
use mail_parser::{Message, MessageParser, PartType, mailbox::mbox::MessageIterator};

const WHAT: &str = "a mail";

/// Whether bytes begin as a message does: lines of names and values, one of which only mail has.
pub fn is_mail(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head.get(..head.len().min(4096)).unwrap_or_default());
    let mut known = false;
    for line in head.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        known |= matches!(name.as_str(), "mime-version" | "received" | "return-path" | "message-id" | "delivered-to");
    }
    known
}

/// Whether bytes begin as a box of messages does.
pub fn is_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    first.starts_with(b"From ") && lines.next().is_some_and(|next| next.contains(&b':'))
}

/// The article of a message.
///
/// # Errors
/// Bytes that are no message.
pub fn article(bytes: &[u8], asked: LineEnds) -> Result<Article, Reason> {
    let message = parse(bytes)?;
    let mut article = body(&message, asked)?;
    let writer = message.from().and_then(|from| from.first()).and_then(|from| from.name());
    article.metadata = Metadata {
        title: message.subject().map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty()),
        author: writer.map(|writer| writer.trim().to_owned()).filter(|writer| !writer.contains('@')),
        date: day(&message),
        ..Metadata::default()
    };
    article.left_out.insert("attached files", message.attachment_count());
    article.head_from_metadata();
    Ok(article)
}

/// The articles of a box of messages.
///
/// # Errors
/// Bytes that are no box.
pub fn articles(bytes: &[u8], asked: LineEnds) -> Result<Vec<Article>, Reason> {
    let mut articles = Vec::new();
    for message in MessageIterator::new(bytes) {
        let message = message.map_err(|_| Reason::Format("a mail box", "it is damaged".to_owned()))?;
        articles.push(article(message.contents(), asked)?);
    }
    Ok(articles)
}

/// The article of a saved page.
///
/// # Errors
/// No page in it.
pub fn page(bytes: &[u8]) -> Result<Article, Reason> {
    let message = parse(bytes)?;
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    let page = page.ok_or_else(|| Reason::Format("a saved page", "there is no page in it".to_owned()))?;
    let mut article = html::article(page)?;
    if article.metadata.url.is_none() {
        let address = message.header_raw("Snapshot-Content-Location").map(str::trim).unwrap_or_default();
        article.metadata.url = address.starts_with("http").then(|| address.to_owned());
    }
    Ok(article)
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, Reason> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| Reason::Format(WHAT, "it has no headers".to_owned()))
}

fn day(message: &Message<'_>) -> Option<String> {
    let date = message.date()?;
    Some(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

/// The text of a message: plain where there is one, else that of its page.
fn body(message: &Message<'_>, asked: LineEnds) -> Result<Article, Reason> {
    let parts = || message.text_body.iter().filter_map(|part| message.part(*part));
    let mut article = Article::default();
    for part in parts() {
        let found = match &part.body {
            PartType::Text(text) => plain(text, asked),
            PartType::Html(page) => html::paragraphs(page)?,
            _ => continue,
        };
        article.add_counts(found.left_out, found.forms);
        article.passages.extend(found.passages);
    }
    Ok(article)
}

/// The passages of a plain text, whose lines mail programs cut; what is quoted from another mail is marked.
fn plain(text: &str, asked: LineEnds) -> Article {
    let text = text.replace("\r\n", "\n");
    let text = Letters::detect(&text).plain(&text).unwrap_or(text);
    let text = match line_ends::width(&text, asked) {
        Some(width) => line_ends::join(&text, width),
        None => text,
    };
    let mut builder = PassageBuilder::default();
    let mut quoted = false;
    for line in text.lines() {
        // What follows is who wrote it.
        if matches!(line, "-- " | "--") {
            break;
        }
        let (is_quoted, line) = line.strip_prefix('>').map_or((false, line), |line| (true, line));
        if is_quoted != quoted {
            if is_quoted {
                builder.open_block(BlockKind::Quotation { source: None });
            } else {
                builder.close_block();
            }
            quoted = is_quoted;
        }
        builder.push(line.trim_start_matches(['>', ' ']));
        builder.end();
    }
    let forms = builder.forms;
    Article { passages: builder.finish(), forms, ..Article::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: =?UTF-8?B?2YfYr9mJ?= <h@example.org>\r\nSubject: =?UTF-8?Q?=D8=AE=D8=A8=D8=B1?=\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nقال المدير نعم.\r\n> سؤال\r\n> آخر\r\n\r\n-- \r\nهدى\r\n";

    #[test]
    fn a_message_has_subject_writer_day_and_text() {
        let article = article(MAIL.as_bytes(), LineEnds::Auto).unwrap();
        assert!(is_mail(MAIL.as_bytes()) && !is_mail("قال: نعم\n\n".as_bytes()));
        assert_eq!(article.head_lines(), ["خبر", "هدى", "2026-03-02"]);
        assert_eq!(article.texts(), ["قال المدير نعم.", "سؤال", "آخر"]);
        assert_eq!(article.passages[1].blocks[0].1, BlockKind::Quotation { source: None });
    }

    #[test]
    fn a_box_has_several() {
        let two = format!(
            "From a@example.org Mon Mar  2 08:00:00 2026\r\n{MAIL}\r\nFrom b@example.org Mon Mar  2 09:00:00 2026\r\n{MAIL}"
        );
        assert!(is_mailbox(two.as_bytes()));
        assert_eq!(articles(two.as_bytes(), LineEnds::Auto).unwrap().len(), 2);
    }
}
