//! What lines around an article say, by the words of `assets/boilerplate.txt`: who wrote it, labels of advertising,
//! buttons, pointers to other articles.

use crate::{arabic::normalize::fold, source::wordlists::entries};
use std::{collections::HashMap, sync::LazyLock};

/// A pointer to another article is a short line, in letters.
const POINTER: usize = 180;

/// The entries, folded, by section.
static WORDS: LazyLock<HashMap<&str, Vec<String>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<String>> = HashMap::new();
    for (section, line) in entries(include_str!("../../../assets/boilerplate.txt")) {
        words.entry(section).or_default().push(fold(line));
    }
    words
});

fn list(section: &str) -> &'static [String] {
    WORDS.get(section).map_or(&[], Vec::as_slice)
}

/// The words of a line, with the vowel signs on them.
pub fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && !('\u{64b}'..='\u{652}').contains(&letter))
        .filter(|word| !word.is_empty())
}

/// The name after the word that says who wrote, in a short line of its own: «كتب - فلان»، «بقلم: فلان». Where the line
/// stands above the article, `above`, no sign need stand between: «كتبت سلمى ناصر».
pub fn writer(line: &str, above: bool) -> Option<String> {
    let word = words(line).next()?;
    let (before, rest) = line.split_once(word)?;
    let count = words(rest).count();
    let marked = rest.trim_start().starts_with([':', '،', '-', '–', '|', '/'])
        || matches!(word, "بقلم" | "بواسطة")
        || (above && (2..=4).contains(&count) && !rest.trim_end().ends_with(['.', '؟', '!', ':', '…']));
    let fits = before.is_empty() && list("writer").contains(&fold(word)) && marked && (1..=8).contains(&count);
    fits.then(|| strip_signs(rest).to_owned())
}

fn strip_signs(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || ":،-–—|/.•".contains(letter))
}

/// A name without the word before it that says who wrote.
pub fn strip_writer_words(name: &str) -> String {
    let name = strip_signs(name);
    let first = words(name).next().unwrap_or_default();
    match name.strip_prefix(first) {
        Some(rest) if !rest.trim().is_empty() && list("writer").contains(&fold(first)) => strip_signs(rest).to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether what stands for a writer, folded, is a section of the paper or who keeps the site.
pub fn is_no_writer(folded: &str) -> bool {
    let bare = folded.strip_prefix("قسم ").unwrap_or(folded);
    list("no writer").iter().any(|word| bare == word || (word.contains(' ') && folded.starts_with(word.as_str())))
        || list("writer").iter().any(|word| word == folded)
}

/// A label of advertising, or a pointer to another article.
pub fn is_other(line: &str) -> bool {
    let folded = fold(line.trim());
    list("label").contains(&folded)
        || (line.chars().count() < POINTER && list("pointer").iter().any(|pointer| folded.starts_with(pointer)))
}

/// A button or a counter: nothing but words of controls and numbers.
pub fn is_button(line: &str) -> bool {
    let folded = fold(line);
    let text: String = folded.chars().map(|letter| if letter.is_alphabetic() { letter } else { ' ' }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.is_empty() || list("button").contains(&text)
}

/// Whether nothing of the article comes after the line.
pub fn is_ending(line: &str) -> bool {
    let folded = fold(line.trim().trim_end_matches([':', '.']));
    let count = folded.split_whitespace().count();
    list("ending")
        .iter()
        .any(|ending| folded == *ending || (count <= 8 && ending.contains(' ') && folded.starts_with(ending.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_is_known_by_its_words() {
        for (line, name) in [
            ("كتبت: رانيا سليم", "رانيا سليم"),
            ("كتب - فؤاد حجازي:", "فؤاد حجازي"),
            ("بقلم جميل الراوي", "جميل الراوي"),
            ("الكاتب، مها القاضي", "مها القاضي"),
        ] {
            assert_eq!(writer(line, false).as_deref(), Some(name), "{line}");
        }
        for line in ["كتب الشاعر قصيدته", "كتب", "بقلم: ", "قال: نعم", ""] {
            assert_eq!(writer(line, false), None, "{line}");
        }
        assert_eq!(writer("كتبت رانيا سليم", true).as_deref(), Some("رانيا سليم"));
        assert_eq!(writer("كتبت رانيا سليم.", true), None);
        assert_eq!(strip_writer_words("بقلم: جميل الراوي"), "جميل الراوي");
    }

    #[test]
    fn buttons_counters_and_endings() {
        for line in ["شارك", "مشاركة 0", "12 مشاهدة", "0", "التالي »", "Google Play"] {
            assert!(is_button(line), "{line}");
        }
        for line in ["الكلمات المفتاحية:", "الأكثر قراءة", "جميع الحقوق محفوظة لصحيفة المرسى"]
        {
            assert!(is_ending(line), "{line}");
        }
        assert!(!is_ending("الأكثر قراءة في العالم هو كتاب صدر قبل قرن، كما قال الناشر"));
        assert!(!is_button("شارك الوزير في المؤتمر"));
        assert!(is_no_writer("منوعات") && is_no_writer("developed by samer") && !is_no_writer("سلمي ناصر"));
    }
}
