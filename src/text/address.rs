//! Addresses in a text: [`Address`] is the only shape in which one leaves the program, in a sequence for a terminal or as
//! an argument of another program.

use super::{Span, ceil, floor, is_command, slice};

/// An address of the web or of a mailbox (`http`, `https`, `mailto`), in the letters of RFC 3986 and nothing else: whatever
/// the text had besides is percent-encoded, so that no control character and no quotation mark is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(String);

/// The most bytes of an address: terminals take no longer ones (VTE has 2083).
const LONGEST: usize = 2000;

/// How addresses begin.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

impl Address {
    /// The address that a text is; none where it is another one or none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = scheme(text)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_there = if scheme == "mailto:" { host.contains('@') } else { host.contains(char::is_alphanumeric) };
        if !is_there || text.contains(|letter: char| letter.is_whitespace() || is_command(letter)) {
            return None;
        }
        let mut address = scheme.to_owned();
        let bytes = rest.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let is_code = || bytes.get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
            match byte {
                b'%' if is_code() => address.push('%'),
                byte if is_kept(*byte) => address.push(char::from(*byte)),
                byte => address.push_str(&format!("%{byte:02X}")),
            }
        }
        (address.len() <= LONGEST).then_some(Self(address))
    }

    /// The address: ASCII without blanks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a page of the web, rather than a mailbox.
    #[must_use]
    pub fn is_page(&self) -> bool {
        !self.0.starts_with("mailto:")
    }
}

/// The letters of an address that stand for themselves (RFC 3986, unreserved and reserved).
const fn is_kept(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'['
                | b']'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
        )
}

/// The scheme at the beginning of a text, in any case, and what follows it.
fn scheme(text: &str) -> Option<(&'static str, &str)> {
    SCHEMES.into_iter().find_map(|scheme| {
        let (head, rest) = text.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some((scheme, rest))
    })
}

/// The addresses that share a byte with a part of a text, in their order. Letters of every script may be in one; it ends
/// before a blank, a quotation mark, an Arabic comma, and before the full stop of its sentence.
#[must_use]
pub fn addresses(text: &str, part: Span) -> Vec<(Span, Address)> {
    let from = floor(text, part.start.saturating_sub(LONGEST));
    let to = ceil(text, part.end.saturating_add(LONGEST).min(text.len()));
    let near = slice(text, Span::new(from, to));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = near.get(at..).and_then(|rest| rest.find(':')).map(|colon| at + colon) {
        at = colon + 1;
        let begins = |scheme: &str| {
            let name = scheme.trim_end_matches("://").trim_end_matches(':');
            let start = colon.checked_sub(name.len())?;
            let fits = near.get(start..colon)?.eq_ignore_ascii_case(name);
            let alone = !near.get(..start)?.ends_with(|letter: char| letter.is_ascii_alphanumeric());
            (fits && alone).then_some(start)
        };
        let Some(start) = SCHEMES.into_iter().find_map(begins) else { continue };
        let rest = near.get(start..).unwrap_or_default();
        let words = rest.split(ends).next().unwrap_or_default();
        let words = trimmed(words);
        if let Some(address) = Address::read(words) {
            let span = Span::new(from + start, from + start + words.len());
            at = start + words.len();
            if span.overlaps(part) || span.contains(part.start) {
                found.push((span, address));
            }
        }
    }
    found
}

/// Whether an address ends before a letter.
fn ends(letter: char) -> bool {
    letter.is_whitespace() || is_command(letter) || "«»\"“”„‟‹›<>{}|\\^`،؛؟…".contains(letter)
}

/// Without what belongs to the sentence: full stops and the like, and a bracket that does not open in it.
fn trimmed(words: &str) -> &str {
    let mut words = words;
    loop {
        let shorter = words.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '-']);
        let count = |letter: char| shorter.matches(letter).count();
        let open = count(')') > count('(') || count(']') > count('[');
        let shorter = shorter.strip_suffix([')', ']']).filter(|_| open).unwrap_or(shorter);
        if shorter.len() == words.len() {
            return words;
        }
        words = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        let found = addresses(text, Span::new(0, text.len()));
        found.into_iter().map(|(span, address)| (slice(text, span), address.as_str().to_owned())).collect()
    }

    fn one(text: &str, words: &str, address: &str) {
        assert_eq!(found(text), [(words, address.to_owned())], "{text}");
    }

    #[test]
    fn they_end_where_the_sentence_goes_on() {
        one("انظر https://example.com/a?b=1.", "https://example.com/a?b=1", "https://example.com/a?b=1");
        one("(HTTP://example.com/x_(y))", "HTTP://example.com/x_(y)", "http://example.com/x_(y)");
        one("«https://example.com»", "https://example.com", "https://example.com");
        one("https://example.com/a، ثم", "https://example.com/a", "https://example.com/a");
        one("راسلنا: mailto:a@example.com!", "mailto:a@example.com", "mailto:a@example.com");
        let two = found("http://a.example http://b.example/");
        assert_eq!(two.iter().map(|found| found.0).collect::<Vec<_>>(), ["http://a.example", "http://b.example/"]);
    }

    #[test]
    fn letters_of_every_script_are_percent_encoded() {
        let words = "https://example.com/مرسى?q=50%&x=%D9";
        one(words, words, "https://example.com/%D9%85%D8%B1%D8%B3%D9%89?q=50%25&x=%D9");
    }

    #[test]
    fn nothing_else_is_one() {
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "http:///x",
            "mailto:x",
            "xhttp://example.com",
            "data:text/html,x",
            "12:30",
            "https:/example.com",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(Address::read("https://example.com/\u{1b}]0;x\u{7}"), None);
        assert_eq!(Address::read("https://example.com/\u{202e}x"), None);
        assert_eq!(Address::read(&format!("https://example.com/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn no_letter_of_a_text_gets_into_one_as_a_command() {
        for letter in (0..=0x2fff).filter_map(char::from_u32) {
            let text = format!("https://example.com/a{letter}b");
            for (_, address) in addresses(&text, Span::new(0, text.len())) {
                assert!(address.as_str().bytes().all(|byte| byte == b'%' || is_kept(byte)), "{letter:?}: {address:?}");
            }
        }
    }

    #[test]
    fn only_what_is_near_is_looked_at() {
        let text = format!("{} https://example.com/x {}", "a ".repeat(5000), "b ".repeat(5000));
        let at = text.find("https").unwrap();
        assert_eq!(addresses(&text, Span::new(at + 3, at + 4)).len(), 1);
        assert_eq!(addresses(&text, Span::new(at + 30, at + 40)).len(), 0);
        assert_eq!(addresses(&text, Span::new(at + 3, at + 3)).len(), 1, "an empty span inside");
    }
}
