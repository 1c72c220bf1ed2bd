//! What a page would cost the parser, by its bytes alone: what takes time squared is known before it begins.

use crate::source::error::Reason;
use std::collections::HashMap;

/// The most elements that a page may have, and references like `&amp;`. They bound memory and time.
const ELEMENTS: usize = 500_000;

/// How deep elements may lie in each other.
pub const DEPTH: usize = 512;

/// The most attributes of an element.
const ATTRIBUTES: usize = 2_000;

/// Why a page is not even begun, where it is not.
pub fn refusal(html: &str) -> Option<Reason> {
    let bytes = html.as_bytes();
    let count = |letter: u8| memchr::memchr_iter(letter, bytes).count();
    let more = |most: usize, what: &str| Some(Reason::Format("a web page", format!("it has more than {most} {what}")));
    if count(b'<') > ELEMENTS {
        return more(ELEMENTS, "elements");
    }
    if count(b'&') > ELEMENTS {
        return more(ELEMENTS, "references");
    }
    if attributes(bytes) > ATTRIBUTES {
        return more(ATTRIBUTES, "attributes in an element");
    }
    (open_at_once(html) > 4 * DEPTH).then(too_deep)
}

/// Elements lie deeper in each other than anyone reads.
pub fn too_deep() -> Reason {
    Reason::Format("a web page", format!("its elements lie more than {DEPTH} deep"))
}

/// The most elements that are open at once, by the tags alone: what a parser takes time squared for is known before it
/// begins. Elements whose end may be left out do not count, for they do not lie in each other.
fn open_at_once(html: &str) -> usize {
    let (mut open, mut all, mut most) = (HashMap::<String, usize>::new(), 0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        let (end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() || OPTIONAL.contains(&name.as_str()) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !end {
            (*count, all) = (*count + 1, all + 1);
        } else if *count > 0 {
            (*count, all) = (*count - 1, all - 1);
        }
        most = most.max(all);
    }
    most
}

const OPTIONAL: &[&str] = &[
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// The most attributes of one element; a number that is too large where looking takes too long. Every `<` is looked at,
/// as what seems to lie in quotes may be an element after all.
fn attributes(html: &[u8]) -> usize {
    let (mut most, mut left) = (0, 16 * html.len());
    for at in memchr::memchr_iter(b'<', html) {
        let tag = html.get(at + 1..).unwrap_or_default();
        if !tag.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut place, mut count) = (TagPart::Name, 0);
        for &byte in tag {
            left = left.saturating_sub(1);
            if left == 0 {
                return usize::MAX;
            }
            let blank = byte.is_ascii_whitespace();
            place = match (place, byte) {
                (TagPart::Quoted(quote), _) if byte != quote => continue,
                (TagPart::Quoted(_), _) => TagPart::Between,
                (_, b'>') => break,
                (TagPart::Between | TagPart::Name, b'=') => TagPart::Sign,
                (TagPart::Between | TagPart::Name, b'/') => TagPart::Between,
                (TagPart::Name | TagPart::Value, _) if blank => TagPart::Between,
                (TagPart::Sign, b'"' | b'\'') => TagPart::Quoted(byte),
                (TagPart::Sign, _) if !blank => TagPart::Value,
                (TagPart::Between, _) if !blank => {
                    count += 1;
                    TagPart::Name
                }
                (place, _) => place,
            };
        }
        most = most.max(count);
    }
    most
}

/// Where in a tag.
#[derive(Clone, Copy)]
enum TagPart {
    /// In a name.
    Name,
    /// After `=`, before the value.
    Sign,
    /// In a value without quotes.
    Value,
    /// In a value with these.
    Quoted(u8),
    /// Before a name.
    Between,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_a_parser_counts_them() {
        for (tag, count) in [
            ("<p>a b c d", 0),
            ("<p a b=c d = 'e f' g=\"h > i\"j/k>l m", 6),
            ("<br/><a href=x/y title=z>", 2),
            ("<!-- <a \" --><p a b c>", 3),
            ("1 < 2 a b c d <p", 0),
        ] {
            assert_eq!(attributes(tag.as_bytes()), count, "{tag}");
        }
        assert_eq!(attributes(&b"<a \"'".repeat(10_000)), usize::MAX);
    }

    #[test]
    fn what_takes_time_squared_is_refused() {
        let many = (0..100_000).map(|number| format!(" a{number}")).collect::<String>();
        for page in [format!("<p{many}>"), format!("<p x=\"><p\"{many}>"), "&amp;".repeat(1_000_000)] {
            assert!(refusal(&page).is_some());
        }
        assert!(refusal(&format!("<p>{many}</p>")).is_none());
    }
}
