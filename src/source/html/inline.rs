//! What stands inside a line and is more than its letters: superscripts, references to notes.

use crate::source::passage::PassageBuilder;
use dom_query::NodeRef;

/// The class and id of an element as single words in small letters: `articleBody comments-list` is article, body,
/// comments, list.
pub fn tokens(node: &NodeRef<'_>) -> Vec<String> {
    let mut tokens = Vec::new();
    for value in [node.class(), node.id_attr()].into_iter().flatten() {
        let mut token = String::new();
        let mut small = false;
        for letter in value.chars() {
            let ends = !letter.is_alphanumeric() || (letter.is_uppercase() && small);
            if ends && !token.is_empty() {
                tokens.push(std::mem::take(&mut token));
            }
            if letter.is_alphanumeric() {
                token.extend(letter.to_lowercase());
            }
            small = letter.is_lowercase();
        }
        if !token.is_empty() {
            tokens.push(token);
        }
    }
    tokens
}

/// Whether one of these words is in the class or id of an element.
pub fn has_token(node: &NodeRef<'_>, words: &[&str]) -> bool {
    tokens(node).iter().any(|token| words.contains(&token.as_str()))
}

/// A raised or lowered piece: the mark of a note, an exponent, or letters. Always read to its end.
pub fn raised(text: &mut PassageBuilder, node: &NodeRef<'_>, is_sup: bool) -> bool {
    let content = node.text();
    let content = content.trim();
    if content.is_empty() {
        return true;
    }
    if is_sup && is_reference(text, node, content) {
        text.note(content);
        return true;
    }
    let raised: Option<String> =
        content.chars().map(|letter| if is_sup { superscript(letter) } else { subscript(letter) }).collect();
    match raised {
        Some(raised) => text.push(&raised),
        None if is_sup && text.last_letter().is_some_and(char::is_numeric) && !content.is_ascii() => {
            text.push("^");
            text.push(content);
        }
        None => text.push(content),
    }
    true
}

/// Whether a raised piece is the mark of a note: it leads to one, is called one, or is a number after a word that is no
/// unit of measure.
fn is_reference(text: &PassageBuilder, node: &NodeRef<'_>, content: &str) -> bool {
    let is_number = content.chars().all(char::is_numeric);
    let bracketed = content.starts_with(['[', '(']) || content.chars().all(|letter| "*†‡§".contains(letter));
    let leads = node
        .descendants_it()
        .filter(NodeRef::is_element)
        .chain(node.parent())
        .any(|inner| inner.has_name("a") && inner.attr("href").is_some_and(|address| address.contains('#')));
    let called =
        has_token(node, &["footnote", "footnotes", "reference", "references", "fn", "fnref", "cite", "noteref"]);
    let after_word = || {
        let letters: Vec<char> = text.last_word().chars().collect();
        letters.len() > 2 && letters.iter().all(|letter| letter.is_alphabetic()) && !is_unit(&text.last_word())
    };
    content.chars().count() <= 8 && (bracketed || leads || called || (is_number && after_word()))
}

fn is_unit(word: &str) -> bool {
    matches!(word, "متر" | "كلم" | "كيلومتر" | "سنتيمتر" | "ميل" | "قدم")
}

/// Whether a link leads from a note back to its place in the text.
pub fn is_way_back(node: &NodeRef<'_>) -> bool {
    let text = node.text();
    matches!(text.trim(), "↩" | "↩︎" | "↑" | "^" | "⤴") && node.attr("href").is_some_and(|address| address.contains('#'))
}

/// What the reference to a note shows, where an element is one.
pub fn note_label(node: &NodeRef<'_>) -> Option<String> {
    let id = node.id_attr().unwrap_or_default().to_lowercase();
    let number = id.trim_start_matches(|letter: char| !letter.is_numeric());
    let stem = id.get(..id.len() - number.len()).unwrap_or_default().trim_end_matches(['-', ':', '_', '.']);
    let named =
        matches!(stem, "fn" | "footnote" | "note" | "ftn" | "cite_note" | "cite-note" | "endnote" | "edn" | "n");
    let role = node.attr("role").or_else(|| node.attr("epub:type")).unwrap_or_default();
    let is_note = (named && !number.is_empty() && number.chars().all(char::is_numeric))
        || matches!(role.as_ref(), "doc-footnote" | "doc-endnote" | "footnote" | "endnote" | "rearnote");
    is_note.then(|| number.to_owned())
}

fn superscript(letter: char) -> Option<char> {
    Some(match digit(letter) {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit @ '4'..='9' => char::from_u32(0x2070 + digit.to_digit(10)?)?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        _ => return None,
    })
}

fn subscript(letter: char) -> Option<char> {
    digit(letter).to_digit(10).and_then(|digit| char::from_u32(0x2080 + digit))
}

fn digit(letter: char) -> char {
    let base = match letter {
        '٠'..='٩' => 0x660,
        '۰'..='۹' => 0x6f0,
        other => return other,
    };
    char::from_digit(letter as u32 - base, 10).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::{parse, tree};

    fn told(html: &str) -> Vec<(String, Vec<(usize, String)>)> {
        let article = tree::passages(&parse(html).unwrap().root(), None);
        let notes = |passage: &crate::source::passage::Passage| {
            passage.notes.iter().map(|note| (note.at, note.label.clone())).collect()
        };
        article.passages.iter().map(|passage| (passage.text.clone(), notes(passage))).collect()
    }

    #[test]
    fn an_exponent_is_no_digit_of_its_number_and_a_note_no_letter_of_its_word() {
        let text = |html: &str| told(html).remove(0).0;
        assert_eq!(text("<p>نحو 10<sup>16</sup> خلية"), "نحو 10¹⁶ خلية");
        assert_eq!(text("<p>المساحة 500 م<sup>2</sup>"), "المساحة 500 م²");
        assert_eq!(text("<p>2<sup>س</sup>"), "2^س");
        assert_eq!(text("<p>CO<sub>2</sub> و1<sup>er</sup>"), "CO₂ و1er");
        let note = |html: &str| told(html).remove(0);
        let expected = ("خادم المسجل في".to_owned(), vec![("خادم المسجل".len(), "1".to_owned())]);
        assert_eq!(note("<p>خادم المسجل<sup><a href='#n1'>[1]</a></sup> في"), expected);
        assert_eq!(note("<p>خادم المسجل<sup>1</sup> في"), expected);
        assert_eq!(note("<p>خادم المسجل<a href='#n1'><sup>1</sup></a> في"), expected);
    }

    #[test]
    fn names_of_classes_are_single_words() {
        let page = parse("<p id=mainComments class='article-body relatedNews'>x</p>").unwrap();
        let node = page.select_single("p");
        let node = node.nodes().first().unwrap();
        assert_eq!(tokens(node), ["article", "body", "related", "news", "main", "comments"]);
    }
}
