//! Text that stays text, whatever it is written into: no control character reaches a terminal that shows a file, and no
//! mark of a document becomes markup.

use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Whether a terminal may take it as a command: C0 but white space, DEL, C1.
pub(super) fn is_command(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

/// How many characters [`visible`] changes.
pub(super) fn controls(text: &str) -> usize {
    text.chars().filter(|&letter| is_command(letter)).count()
}

/// The text with U+FFFD for each control character, so that offsets in code points and in UTF-16 stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_command) { text.replace(is_command, "\u{fffd}").into() } else { text.into() }
}

/// A name for the head of a file: on one line, and nothing in it that turns the rest around.
pub(super) fn heading(text: &str) -> String {
    let stays = |letter: char| matches!(letter, '\u{200c}' | '\u{200d}') || !crate::text::is_command(letter);
    text.chars().map(|letter| if stays(letter) { letter } else { '\u{fffd}' }).collect()
}

/// Text for XML and HTML, in elements and attributes. White space that a parser would change is written as a reference;
/// a control character becomes U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if is_command(letter) => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Writes JSON. C0 is escaped by the rules of JSON; so are DEL and C1 here, which terminals obey too.
pub(super) fn json(out: &mut dyn Write, value: &impl serde::Serialize, pretty: bool) -> io::Result<()> {
    let mut out = Escaped { out, held: false };
    if pretty {
        serde_json::to_writer_pretty(&mut out, value)?;
    } else {
        serde_json::to_writer(&mut out, value)?;
    }
    out.write_all(b"\n")
}

/// Passes UTF-8 on; DEL and C1 become `\u` escapes. They are in nothing but strings.
struct Escaped<'a> {
    out: &'a mut dyn Write,
    /// Whether the last byte was C2, the first of C1's two; it is not written yet.
    held: bool,
}

impl Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while let Some(&first) = bytes.first() {
            if std::mem::take(&mut self.held) {
                if first < 0xa0 {
                    write!(self.out, "\\u00{first:02x}")?;
                    bytes = bytes.get(1..).unwrap_or_default();
                    continue;
                }
                self.out.write_all(&[0xc2])?;
            }
            let stop = memchr::memchr2(0xc2, 0x7f, bytes).unwrap_or(bytes.len());
            let (plain, rest) = bytes.split_at_checked(stop).unwrap_or((bytes, &[]));
            self.out.write_all(plain)?;
            match rest.first() {
                Some(0x7f) => self.out.write_all(b"\\u007f")?,
                Some(_) => self.held = true,
                None => {}
            }
            bytes = rest.get(1..).unwrap_or_default();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_no_control_characters_and_says_the_same() {
        let text = "«أ» \u{1b}[31m \u{7f}\u{9b}2J \u{85}\u{a0}© ت\u{202e}";
        let mut out = Vec::new();
        json(&mut out, &text, false).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "\"«أ» \\u001b[31m \\u007f\\u009b2J \\u0085\u{a0}© ت\u{202e}\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
