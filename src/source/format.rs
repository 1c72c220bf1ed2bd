//! What a source is, by its first bytes, and by its name where the bytes leave it open.

#[cfg(feature = "formats")]
use super::{chat, json, mail, subtitles};
use super::{encoding::Text, jsonl};

/// The format of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Find out.
    #[default]
    Auto,
    /// Plain text, whatever the bytes look like.
    Text,
    /// A JSON object with a text on each line.
    Jsonl,
    /// A web page.
    Html,
    /// Markdown (CommonMark).
    Markdown,
    /// A feed: RSS or Atom.
    Feed,
    /// An EPUB book.
    Epub,
    /// A Word document (docx).
    Docx,
    /// A PDF.
    Pdf,
    /// A text of LibreOffice (odt).
    Odt,
    /// JSON: a list of objects with a text, or one.
    Json,
    /// A table with a text in each row (CSV, TSV).
    Csv,
    /// Subtitles: SubRip (srt) or WebVTT (vtt).
    Subtitles,
    /// A mail (eml).
    Mail,
    /// A box of mails (mbox).
    Mbox,
    /// A web page saved as one file (mhtml).
    Mhtml,
    /// A chat that WhatsApp exported.
    Chat,
}

impl Input {
    /// Every format, as `--input` lists them.
    pub const ALL: [Self; 17] = [
        Self::Auto,
        Self::Text,
        Self::Jsonl,
        Self::Html,
        Self::Markdown,
        Self::Feed,
        Self::Epub,
        Self::Docx,
        Self::Pdf,
        Self::Odt,
        Self::Json,
        Self::Csv,
        Self::Subtitles,
        Self::Mail,
        Self::Mbox,
        Self::Mhtml,
        Self::Chat,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Text => "text",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Feed => "feed",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Subtitles => "subtitles",
            Self::Mail => "mail",
            Self::Mbox => "mbox",
            Self::Mhtml => "mhtml",
            Self::Chat => "chat",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|input| input.name() == name)
    }
}

/// The format of bytes that begin with `head`, in a file whose name has this ending.
pub fn sniff(head: &[u8], ending: &str) -> Input {
    if let Some(format) = archive(head) {
        return format;
    }
    if is_pdf(head) {
        return Input::Pdf;
    }
    if let Some(format) = markup(head, ending) {
        return format;
    }
    match ending {
        "jsonl" | "ndjson" => return Input::Jsonl,
        "json" | "" if jsonl::sniff(&mut &*head).unwrap_or_default() => return Input::Jsonl,
        "md" | "markdown" => return Input::Markdown,
        _ => {}
    }
    #[cfg(feature = "formats")]
    if let Some(format) = other(head, ending) {
        return format;
    }
    Input::Text
}

/// What is neither text nor markup, by what only it begins with, or by its name where that is borne out.
#[cfg(feature = "formats")]
fn other(head: &[u8], ending: &str) -> Option<Input> {
    let text = || Text::of(head, None).map(|text| text.text).unwrap_or_default();
    match ending {
        "json" if json::is_json(head) => Some(Input::Json),
        "csv" | "tsv" => Some(Input::Csv),
        "srt" | "vtt" if subtitles::is_subtitles(&text()) => Some(Input::Subtitles),
        "eml" => Some(Input::Mail),
        "mbox" => Some(Input::Mbox),
        "mht" | "mhtml" => Some(Input::Mhtml),
        "txt" | "" if mail::is_mailbox(head) && memchr::memmem::find(head, b"\nSubject:").is_some() => {
            Some(Input::Mbox)
        }
        "txt" | "" if head.starts_with(b"WEBVTT") => Some(Input::Subtitles),
        "" if mail::is_mail(head) => Some(Input::Mail),
        "" if json::is_json(head) => Some(Input::Json),
        // Every line of a chat begins with a number.
        "txt" | "" if has_time(head) && chat::is_chat(&text()) => Some(Input::Chat),
        _ => None,
    }
}

/// Whether the first line may begin with a date: nothing of a text that has no number there is decoded.
#[cfg(feature = "formats")]
fn has_time(head: &[u8]) -> bool {
    let line = head.get(..head.len().min(64)).unwrap_or_default();
    line.iter().take(16).any(|byte| byte.is_ascii_digit() || *byte == 0xd9) && line.contains(&b':')
}

/// What archive begins with these bytes; none where it is no archive. One of which that cannot be told is left to the
/// reader of text, which names and refuses it.
fn archive(head: &[u8]) -> Option<Input> {
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if has(b"mimetypeapplication/epub+zip") || has(b"META-INF/container.xml") {
        Some(Input::Epub)
    } else if has(b"mimetypeapplication/vnd.oasis.opendocument.text") && !has(b"opendocument.text-master") {
        Some(Input::Odt)
    } else if has(b"word/") || (has(b"[Content_Types].xml") && !has(b"xl/") && !has(b"ppt/") && !has(b"visio/")) {
        Some(Input::Docx)
    } else {
        None
    }
}

/// Whether it is a PDF, which says so within its first kilobyte.
fn is_pdf(head: &[u8]) -> bool {
    let head = head.get(..1024).unwrap_or(head);
    cfg!(feature = "formats") && (head.starts_with(b"%PDF-") || memchr::memmem::find(head, b"\n%PDF-1.").is_some())
}

/// Whether it is HTML or a feed: those begin with `<`, and their first element tells which.
fn markup(head: &[u8], ending: &str) -> Option<Input> {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    if head.iter().find(|byte| !blank(byte)) != Some(&b'<') {
        return None;
    }
    let text = Text::of(head, None).ok()?.text;
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start();
        let end = match rest.get(..2)? {
            "<?" => "?>",
            "<!" if rest.starts_with("<!--") => "-->",
            "<!" if rest.get(2..9).is_some_and(|name| name.eq_ignore_ascii_case("doctype")) => {
                if rest.get(9..).is_some_and(|kind| {
                    kind.trim_start().get(..4).is_some_and(|kind| kind.eq_ignore_ascii_case("html"))
                }) {
                    return Some(Input::Html);
                }
                ">"
            }
            _ => break,
        };
        rest = rest.split_once(end)?.1;
    }
    let name =
        rest.strip_prefix('<')?.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == ':')).next()?;
    match name.to_ascii_lowercase().as_str() {
        "html" | "head" | "body" => Some(Input::Html),
        "rss" | "feed" | "rdf:rdf" => Some(Input::Feed),
        _ if matches!(ending, "html" | "htm" | "xhtml" | "shtml") => Some(Input::Html),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_how_it_begins() {
        for (head, ending, format) in [
            ("<!DOCTYPE html><title>", "txt", Input::Html),
            ("\u{feff}\n<!-- saved -->\n<HTML dir=rtl>", "", Input::Html),
            ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C'>", "", Input::Html),
            ("<?xml version='1.0'?>\n<rss version='2.0'>", "xml", Input::Feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", "", Input::Feed),
            ("<rdf:RDF>", "", Input::Feed),
            ("<p>خبر", "html", Input::Html),
            ("<p>خبر", "txt", Input::Text),
            ("<خبر> قال", "txt", Input::Text),
            ("# عنوان", "md", Input::Markdown),
            ("# عنوان", "txt", Input::Text),
            ("{\"text\": \"a\"}\n", "json", Input::Jsonl),
            ("{\"name\": \"a\"}\n", "json", Input::Json),
            ("[{\"text\": \"a\"}]", "json", Input::Json),
            ("[قال]", "json", Input::Text),
            ("text\nأ", "csv", Input::Csv),
            ("WEBVTT\n", "vtt", Input::Subtitles),
            ("1\n00:00:01,000 --> 00:00:02,000\nنعم", "srt", Input::Subtitles),
            ("قال", "srt", Input::Text),
            ("From: a\nMIME-Version: 1.0\n\n", "", Input::Mail),
            ("1/2/2026، 9:41 م - هدى: نعم\n", "txt", Input::Chat),
            ("12:30 قال الوزير: نعم\n", "txt", Input::Text),
            ("{\"text\": \"a\"}\n", "", Input::Jsonl),
            ("{\"text\": \"a\"}\n", "txt", Input::Text),
            ("<", "html", Input::Text),
            ("", "html", Input::Text),
            ("%PDF-1.7\n", "txt", Input::Pdf),
            ("\r\n%PDF-1.4\r\n", "", Input::Pdf),
            ("كتب: %PDF-1.4", "", Input::Text),
        ] {
            assert_eq!(sniff(head.as_bytes(), ending), format, "{head}");
            let wide: Vec<u8> = head.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if format == Input::Html && head.is_ascii() {
                assert_eq!(sniff(&wide, ending), format, "{head} in UTF-16");
            }
        }
    }
}
