//! What lines around an article say, by the words of `assets/boilerplate.txt`: who wrote it, labels of advertising,
//! buttons, pointers to other articles.

use crate::{
    arabic::normalize::fold,
    source::{dates::is_date_line, wordlists::entries},
};
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
    let mut name = strip_signs(name);
    loop {
        let first = words(name).next().unwrap_or_default();
        match name.strip_prefix(first) {
            Some(rest) if !rest.trim().is_empty() && list("writer").contains(&fold(first)) => name = strip_signs(rest),
            _ => return name.to_owned(),
        }
    }
}

/// What a line between headline and article says of it: «فؤاد حجازي · ٣ ديسمبر ٢٠٢٦ · 4 دقائق للقراءة».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The part of the line that is the day.
    pub date: Option<String>,
    /// The name, where the line says otherwise nothing but when, how long and how often read.
    pub writer: Option<String>,
}

/// What a line says about its article; none where it says something else too.
pub fn about(line: &str) -> Option<About> {
    const LONGEST: usize = 160;
    if line.chars().count() > LONGEST {
        return None;
    }
    let mut about = About::default();
    let mut names = Vec::new();
    let mut known = 0;
    for part in line.split(['·', '|', '•', '∙', '●']).map(strip_signs).filter(|part| !part.is_empty()) {
        let bare = without_buttons(without_counters(part));
        if is_date_line(bare) {
            about.date.get_or_insert_with(|| bare.to_owned());
            known += 1;
        } else if bare.is_empty() || is_button(bare) {
            known += 1;
        } else if let Some(name) = writer(bare, true) {
            about.writer = Some(name);
            known += 1;
        } else {
            names.push(bare);
        }
    }
    match names.as_slice() {
        [] => {}
        // A name alone says nothing of itself; beside a day or a counter it is the writer's.
        [name] if known > 0 && (2..=4).contains(&words(name).count()) && !name.contains(char::is_numeric) => {
            about.writer.get_or_insert_with(|| (*name).to_owned());
        }
        _ => return None,
    }
    (known > 0).then_some(about)
}

/// A line up to the first counter in it: «… رقم الخبر: 88213».
fn without_counters(line: &str) -> &str {
    let mut starts = line.char_indices().filter(|(at, _)| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    });
    let counter = starts.find(|(at, _)| {
        let rest = line.get(*at..).unwrap_or_default();
        let rest = fold(rest.trim_start_matches(|letter: char| letter.is_numeric() || letter == ' '));
        list("about").iter().any(|word| rest.starts_with(word.as_str()))
    });
    counter.map_or(line, |(at, _)| strip_signs(line.get(..at).unwrap_or_default()))
}

/// A line without the words of buttons at its end: «17.03.2020 انسخ الرابط».
fn without_buttons(line: &str) -> &str {
    let line = line.trim_end();
    let starts: Vec<usize> = line.rmatch_indices(' ').map(|(at, _)| at).take(4).collect();
    let cut = starts.iter().rev().find(|at| {
        let tail = line.get(**at..).unwrap_or_default();
        !tail.contains(char::is_numeric) && is_button(tail)
    });
    cut.map_or(line, |at| strip_signs(line.get(..*at).unwrap_or_default()))
}

/// Whether what stands for a writer, folded, is a section of the paper or who keeps the site.
pub fn is_no_writer(folded: &str) -> bool {
    let bare = folded.strip_prefix("قسم ").unwrap_or(folded);
    let (first, rest) = folded.split_once(' ').unwrap_or((folded, ""));
    let is_desk = !rest.is_empty() && list("no writer head").iter().any(|head| head == first);
    if is_desk || folded.split_whitespace().any(|word| list("no writer word").iter().any(|known| known == word)) {
        return true;
    }
    list("no writer").iter().any(|word| bare == word || (word.contains(' ') && folded.starts_with(word.as_str())))
        || list("writer").iter().any(|word| word == folded)
}

/// A label of advertising, or a pointer to another article.
pub fn is_other(line: &str) -> bool {
    let folded = fold(line.trim_matches(|letter: char| !letter.is_alphanumeric()));
    list("label").contains(&folded)
        || (line.chars().count() < POINTER && list("pointer").iter().any(|pointer| folded.starts_with(pointer)))
}

/// A button or a counter: nothing but words of controls and numbers.
pub fn is_button(line: &str) -> bool {
    let folded = fold(line);
    let text: String = folded.chars().map(|letter| if letter.is_alphabetic() { letter } else { ' ' }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let counts = || text.split(' ').all(|word| list("button").iter().any(|known| known == word));
    text.is_empty() || list("button").contains(&text) || (folded.contains(char::is_numeric) && counts())
}

/// Whether a line at the end is none of the article's: a disclaimer, a call to follow the paper elsewhere.
pub fn is_call(line: &str, has_link: bool) -> bool {
    let folded = fold(line.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let begins =
        |call: &String| folded.strip_prefix(call.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    line.chars().count() < POINTER
        && list("tail").iter().any(|call| (has_link || call.split(' ').count() > 2) && begins(call))
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
    fn what_stands_beside_the_day_is_told_apart() {
        let told = |line: &str| about(line).map(|about| (about.writer, about.date));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(told("فؤاد حجازي·٣ ديسمبر ٢٠٢٦·4 دقائق للقراءة"), Some((some("فؤاد حجازي"), some("٣ ديسمبر ٢٠٢٦"))));
        assert_eq!(
            told("17.03.2020 (محدثة 18.03.2020) انسخ الرابط"),
            Some((None, some("17.03.2020 (محدثة 18.03.2020)")))
        );
        assert_eq!(told("12 أغسطس 2026 14:20 رقم الخبر: 88213"), Some((None, some("12 أغسطس 2026 14:20"))));
        for line in ["فؤاد حجازي", "خبر عاجل | فؤاد حجازي | 2020-01-02", "قال في 3 مارس 2020 إن العمل انتهى", ""]
        {
            assert_eq!(told(line), None, "{line}");
        }
    }

    #[test]
    fn calls_at_the_end_are_none_of_the_article() {
        assert!(is_call("تابعوا صحيفة المرسى عبر أخبار غوغل", true));
        assert!(is_call("الآراء الواردة في المقال لا تعبر بالضرورة عن رأي الصحيفة.", false));
        assert!(!is_call("تابعوا المباراة من المدرجات حتى نهايتها.", false));
        assert!(!is_call("حملت العاصفة غبارا كثيفا.", true));
    }

    #[test]
    fn buttons_counters_and_endings() {
        for line in ["شارك", "1520 مشاهدة 3 تعليقات", "مشاركة 0", "12 مشاهدة", "0", "التالي »", "Google Play"]
        {
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
