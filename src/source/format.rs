//! What a source is, by its first bytes, and by its name where the bytes leave it open.

use super::{archive, encoding::Text, jsonl};

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
}

impl Input {
    /// Every format, as `--input` lists them.
    pub const ALL: [Self; 9] = [
        Self::Auto,
        Self::Text,
        Self::Jsonl,
        Self::Html,
        Self::Markdown,
        Self::Feed,
        Self::Epub,
        Self::Docx,
        Self::Pdf,
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
    if let Some(format) = archive::kind(head) {
        return format;
    }
    if is_pdf(head) {
        return Input::Pdf;
    }
    if let Some(format) = markup(head, ending) {
        return format;
    }
    match ending {
        "jsonl" | "ndjson" => Input::Jsonl,
        "json" | "" if jsonl::sniff(&mut &*head).unwrap_or_default() => Input::Jsonl,
        "md" | "markdown" => Input::Markdown,
        _ => Input::Text,
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
            ("{\"name\": \"a\"}\n", "json", Input::Text),
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
