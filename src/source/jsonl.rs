//! JSON Lines: a document a line, `{"id": …, "text": …}`, with title, author, date, outlet and url where it has them;
//! other fields are left out. A line is read when it is asked
//! for, so a pipe of any length takes the memory of its longest line.

use super::{decompress, error::Reason, records};
use crate::text::Document;
use std::io::{self, BufRead};

/// The longest line that is read, in bytes.
const LINE_LIMIT: usize = 64 << 20;

/// One line, without its end.
#[derive(Debug)]
pub struct Line {
    /// Counted from 1.
    pub number: u64,
    /// Its bytes; none of a line that is longer than 64 MiB.
    pub bytes: Option<Vec<u8>>,
}

/// The lines of a stream that are not empty, up to its first error.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    number: u64,
    over: bool,
}

impl Lines<Box<dyn BufRead + Send>> {
    /// The lines of what is in a stream that may be packed.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn unpacked(input: Box<dyn BufRead + Send>) -> io::Result<Self> {
        decompress::decompressed(input).map(Self::new)
    }
}

impl<R: BufRead> Lines<R> {
    /// From the stream's present place.
    pub const fn new(input: R) -> Self {
        Self { input, number: 0, over: false }
    }

    /// The next line, up to the limit; its end is read and dropped.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let (mut bytes, mut long, mut any) = (Vec::new(), false, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let end = memchr::memchr(b'\n', buffer);
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            any |= !buffer.is_empty();
            long |= bytes.len() + part.len() > LINE_LIMIT;
            if long {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(part);
            }
            let (used, done) = (part.len() + usize::from(end.is_some()), end.is_some() || buffer.is_empty());
            self.input.consume(used);
            if done {
                self.number += 1;
                return Ok(any.then_some(Line { number: self.number, bytes: (!long).then_some(bytes) }));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            match self.line().transpose()? {
                Ok(line) if line.bytes.as_deref().is_some_and(|bytes| bytes.trim_ascii().is_empty()) => {}
                line => {
                    // A stream that broke off does so again and again.
                    self.over = line.is_err();
                    return Some(line);
                }
            }
        }
        None
    }
}

/// The document of a line. Its id is the line's own, or the line's number where it has none; title, author, date, outlet
/// and url are the line's where it has them.
///
/// # Errors
/// Not a JSON object with a text, or too long a line.
pub fn document(line: &Line) -> Result<Document, Reason> {
    document_of(line, None)
}

/// The same where the text is the field of that name; by default it is `text`, `content`, `body` or `articleBody`.
///
/// # Errors
/// As [`document`].
pub fn document_of(line: &Line, text_field: Option<&str>) -> Result<Document, Reason> {
    let bytes = line.bytes.as_deref().ok_or(Reason::Large(LINE_LIMIT as u64))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let record = records::parse(bytes, text_field)?;
    Ok(record.document(line.number, None).unwrap_or_default())
}

/// Whether the first line of the stream, which may be packed, is such an object. Looks at what is there without taking
/// it.
///
/// # Errors
/// Those of the stream.
pub fn sniff(input: &mut impl BufRead) -> io::Result<bool> {
    let head = decompress::beginning(input.fill_buf()?);
    let head = &*head;
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // A long first line is not all there yet, and "text" may come late in it; no prose begins like this.
    let inside = head.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    Ok(inside.is_some_and(|inside| {
        let line = head.get(..memchr::memchr(b'\n', head).unwrap_or(head.len())).unwrap_or_default();
        let whole = line.len() < head.len();
        inside.starts_with(b"\"")
            && (records::parse(line, None).map_or_else(|error| !whole && is_cut(&error, line), |_| true))
    }))
}

/// Whether a line that is not all there yet may be an object with a text, rather than one with a list of such.
fn is_cut(error: &Reason, line: &[u8]) -> bool {
    let is_end = matches!(error, Reason::Json(error) if error.is_eof());
    let lists = memchr::memmem::find(line, b"[{").or_else(|| memchr::memmem::find(line, b"[ {"));
    let text = memchr::memmem::find(line, b"\"text\"");
    is_end && lists.is_none_or(|list| text.is_some_and(|text| text < list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_a_line() {
        let input =
            "\u{feff}{\"id\":\"أ\",\"text\":\"خبر\"}\r\n\n{\"text\":\"ثان\",\"more\":[1]}\n{\"id\":7,\"text\":\"\"}";
        let found: Vec<(String, String)> = Lines::new(input.as_bytes())
            .map(|line| document(&line.unwrap()).unwrap())
            .map(|document| (document.id().to_owned(), document.text().to_owned()))
            .collect();
        let told = |id: &str, text: &str| (id.to_owned(), text.to_owned());
        assert_eq!(found, [told("أ", "خبر"), told("3", "ثان"), told("7", "")]);
    }

    #[test]
    fn a_line_of_another_shape_is_an_error() {
        for bad in [
            "[1]",
            "[\"a\", \"b\"]",
            "{\"id\":1}",
            "{\"text\":1}",
            "{\"text\":\"\\ud800\"}",
            "text",
            "{\"text\":\"a\"",
            "{\"text\":\"\u{1}\"}",
        ] {
            let line = Lines::new(bad.as_bytes()).next().unwrap().unwrap();
            assert!(matches!(document(&line), Err(Reason::Json(_))), "{bad}");
        }
    }

    #[test]
    fn a_line_may_be_long_but_not_endless() {
        let line = |length: usize| format!("{{\"text\":\"{}\"}}\n", "a".repeat(length - 11));
        let input = line(LINE_LIMIT) + &line(LINE_LIMIT + 1) + "{\"text\":\"b\"}";
        let found: Vec<Option<usize>> =
            Lines::new(input.as_bytes()).map(|line| document(&line.unwrap()).ok().map(|d| d.text().len())).collect();
        assert_eq!(found, [Some(LINE_LIMIT - 11), None, Some(1)]);
    }

    #[test]
    fn only_an_object_with_text_is_taken_for_json_lines() {
        let sniffed = |text: &str| sniff(&mut text.as_bytes()).unwrap();
        assert!(sniffed("{\"id\": 1, \"text\": \"a\"}\n{"));
        assert!(sniffed("\u{feff} { \"id\""));
        assert!(!sniffed("{\"id\": 1}\n"));
        assert!(!sniffed("{قال}") && !sniffed("") && !sniffed("قال {"));
    }
}
