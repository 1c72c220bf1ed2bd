//! Personal names by their parts, and how near two spellings of one are.
//!
//! A part is a word with the particles that lean on it: عبد الرحمن, بن عمر, أبو قصرة, نور الدين, دي ميستورا are one part
//! each, with or without blanks. Two spellings are compared by weighted edits (Levenshtein 1966, with a swap of
//! neighbours after Damerau 1964): a long vowel that comes or goes, and letters that newsrooms use for one foreign sound
//! (غ ج ق ك گ for g), cost a quarter of another letter.

use crate::arabic::normalize::fold;
use std::{collections::HashSet, sync::LazyLock};

/// A part of a personal name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// Folded, particles and word written as one.
    pub text: String,
    /// Without article.
    pub bare: String,
    /// Without article and بن, as in بلحاج, بالحاج, بن الحاج, الحاج.
    pub core: String,
}

/// A personal name by its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// In order of writing.
    pub parts: Vec<Part>,
}

/// Words that hold to what follows them, folded.
const LEANS_FORWARD: [&str; 24] = [
    "عبد", "ابو", "ابي", "ابا", "بن", "ابن", "بنت", "ال", "ام", "ولد", "بو", "باش", "دي", "دو", "لو", "لا", "دا", "فان",
    "فون", "ماك", "سان", "ديل", "دل", "اوه",
];

/// Words that hold to what stands before them, folded: نور الدين, سيف الله, سيف الإسلام.
const LEANS_BACK: [&str; 4] = ["الدين", "الله", "الاسلام", "الزمان"];

impl Name {
    /// The parts of a name as it is written.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let folded: String = fold(name).chars().filter_map(plain).collect();
        let mut parts: Vec<String> = Vec::new();
        let mut open = String::new();
        for word in folded.split_whitespace() {
            let back = LEANS_BACK.contains(&word) && open.is_empty();
            if LEANS_FORWARD.contains(&word) {
                open.push_str(if matches!(word, "ابي" | "ابا") { "ابو" } else { word });
            } else if let Some(last) = parts.last_mut().filter(|_| back) {
                last.push_str(word);
            } else {
                parts.push(std::mem::take(&mut open) + word);
            }
        }
        if !open.is_empty() {
            parts.push(open);
        }
        let part = |text: String| Part {
            bare: stripped(&text, &["ال"]).to_owned(),
            core: stripped(&text, &["بنت", "ابن", "بن", "بال", "بل", "ال"]).to_owned(),
            text,
        };
        Self { parts: parts.into_iter().map(part).collect() }
    }

    /// Whether it is more than a last name, a first name or a kunya alone.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.parts.len() > 1
    }

    /// The first part.
    #[must_use]
    pub fn first(&self) -> Option<&Part> {
        self.parts.first()
    }

    /// The last part; of a name of one part, that.
    #[must_use]
    pub fn last(&self) -> Option<&Part> {
        self.parts.last()
    }

    /// All letters without blanks and articles: equal for spellings that differ in nothing else.
    #[must_use]
    pub fn key(&self) -> String {
        self.parts.iter().map(|part| part.bare.as_str()).collect()
    }
}

/// A letter for comparing names: marks between words are blanks, the letters of other alphabets their neighbours, a
/// hamza on no seat is not written.
const fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'ڨ' | 'ݣ' => 'ق',
        'ڤ' | 'ڥ' => 'ف',
        'پ' => 'ب',
        'گ' => 'ك',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ء' => return None,
        '-' | '–' | '.' | '‐' | '_' | '،' => ' ',
        '\'' | '’' | '"' | '«' | '»' | '“' | '”' => return None,
        other => other,
    })
}

/// A part without those beginnings, each once, where three letters are left.
fn stripped<'a>(part: &'a str, beginnings: &[&str]) -> &'a str {
    beginnings.iter().fold(part, |part, beginning| {
        part.strip_prefix(beginning).filter(|rest| rest.chars().count() >= 3).unwrap_or(part)
    })
}

/// The class of letters that stand for one sound.
const fn class(letter: char) -> char {
    match letter {
        'غ' | 'ج' | 'ق' | 'ك' => 'ك',
        'س' | 'ص' | 'ث' => 'س',
        'ت' | 'ط' => 'ت',
        'د' | 'ض' | 'ذ' | 'ظ' => 'د',
        'ا' | 'و' | 'ي' | 'ع' => 'ا',
        other => other,
    }
}

/// Whether the letter is a long vowel, which foreign names write or leave out.
const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي')
}

/// What it costs to write one letter for another.
fn change(left: char, right: char) -> f32 {
    if left == right {
        return 0.0;
    }
    if class(left) == class(right) {
        return if left == 'ع' || right == 'ع' { 0.6 } else { 0.25 };
    }
    match (left, right) {
        // Names heard with one ending: روحه, روحو; ظ and ز, ف and ق where a dot more or less makes the letter.
        ('ه', 'ا' | 'و' | 'ي') | ('ا' | 'و' | 'ي', 'ه') => 0.3,
        ('ز', 'س' | 'ظ') | ('س' | 'ظ', 'ز') | ('ش', 'س' | 'ز' | 'ج') | ('س' | 'ز' | 'ج', 'ش') => 0.4,
        ('ف', 'ق' | 'ب')
        | ('ق' | 'ب', 'ف')
        | ('خ' | 'ج', 'ه' | 'ح')
        | ('ه' | 'ح', 'خ' | 'ج')
        | ('خ', 'ج' | 'ك')
        | ('ج' | 'ك', 'خ') => 0.5,
        ('ح', 'ه') | ('ه', 'ح') => 0.5,
        _ => 1.0,
    }
}

/// What it costs to leave a letter out after another.
fn drop_cost(letter: char, before: Option<char>) -> f32 {
    match letter {
        _ if before == Some(letter) => 0.25,
        letter if is_vowel(letter) => 0.25,
        'ه' => 0.4,
        'ن' | 'ت' | 'د' => 0.8,
        _ => 1.0,
    }
}

/// The cost of the cheapest edits from one word to the other. Words are short: the table has their lengths' product of
/// cells.
#[must_use]
pub fn distance(left: &str, right: &str) -> f32 {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let width = b.len() + 1;
    let mut table = vec![0.0_f32; (a.len() + 1) * width];
    let at = |letters: &[char], index: usize| index.checked_sub(1).and_then(|index| letters.get(index)).copied();
    for row in 0..=a.len() {
        for column in 0..=b.len() {
            let get = |up: usize, back: usize| {
                let cell = row.checked_sub(up).zip(column.checked_sub(back));
                cell.and_then(|(row, column)| table.get(row * width + column)).copied().unwrap_or(f32::INFINITY)
            };
            let (x, y) = (at(&a, row), at(&b, column));
            let mut best = if row + column == 0 { 0.0 } else { f32::INFINITY };
            if let Some(x) = x {
                best = best.min(get(1, 0) + drop_cost(x, at(&a, row - 1)));
            }
            if let Some(y) = y {
                best = best.min(get(0, 1) + drop_cost(y, at(&b, column - 1)));
            }
            if let (Some(x), Some(y)) = (x, y) {
                best = best.min(get(1, 1) + change(x, y));
                if at(&a, row - 1) == Some(y) && at(&b, column - 1) == Some(x) && x != y {
                    best = best.min(get(2, 2) + 0.7);
                }
            }
            if let Some(cell) = table.get_mut(row * width + column) {
                *cell = best;
            }
        }
    }
    table.last().copied().unwrap_or(0.0)
}

/// How near two parts are: 1 the same but for the article, 0.92 but for بن (0.75 where a given name follows, since سلمان
/// and بن سلمان are two), less by the cost of edits for each letter.
#[must_use]
pub fn likeness(left: &Part, right: &Part) -> f32 {
    if left.bare == right.bare {
        1.0
    } else if left.core == right.core {
        if is_given(&left.core) { 0.75 } else { 0.92 }
    } else {
        let penalty = if (left.core == left.bare) == (right.core == right.bare) { 0.0 } else { 0.03 };
        near(&left.core, &right.core) - penalty
    }
}

/// The given names that are common in the news, folded, without article.
static GIVEN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/given-names.txt").lines();
    let names = lines.filter(|line| !line.starts_with(['#', '['])).flat_map(str::split_whitespace);
    names.map(|name| stripped(&fold(name), &["ال"]).to_owned()).collect()
});

/// Whether it is a common given name; folded, without article.
#[must_use]
pub fn is_given(word: &str) -> bool {
    GIVEN.contains(word)
}

/// The same of two words.
#[must_use]
pub fn near(left: &str, right: &str) -> f32 {
    let (a, b) = (left.chars().count(), right.chars().count());
    if a.abs_diff(b) > 4 || a.min(b) < 2 {
        return 0.0;
    }
    (1.0 - distance(left, right) / a.max(b) as f32).max(0.0)
}

/// The consonants of a word by class of sound, each run once: what spellings of one foreign name nearly always share.
#[must_use]
pub fn sounds(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for (index, letter) in word.chars().enumerate() {
        if index > 0 && (is_vowel(letter) || letter == 'ه') {
            continue;
        }
        let sound = match class(letter) {
            'ز' | 'ش' => 'س',
            other => other,
        };
        if !key.ends_with(sound) {
            key.push(sound);
        }
    }
    key
}

/// What spellings of an organization's or a place's name share.
#[must_use]
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Vec<String> {
        Name::new(name).parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn particles_hold_to_their_word() {
        assert_eq!(texts("عبد الرحمن بن عمر"), ["عبدالرحمن", "بنعمر"]);
        assert_eq!(texts("نور الدين أبو قصرة"), ["نورالدين", "ابوقصره"]);
        assert_eq!(texts("جان-لوك دي فالوا"), ["جان", "لوك", "ديفالوا"]);
        assert_eq!(Name::new("عبدالرحمن بن عمر").key(), Name::new("عبد الرحمن بنعمر").key());
        let (one, other) = (Name::new("سامي بالحاج"), Name::new("سامي بن الحاج"));
        assert_eq!(one.last().unwrap().core, other.last().unwrap().core);
    }

    #[test]
    fn spellings_by_ear_are_nearer_than_other_names() {
        for (left, right) in [("هاغن", "هاجن"), ("شرودر", "شرويدر"), ("غوتيريش", "جوتيريس"), ("موراي", "موري")]
        {
            assert!(near(left, right) > 0.85, "{left} {right} {}", near(left, right));
        }
        for (left, right) in [("كيري", "كيلي"), ("سلال", "جلال"), ("نام", "اون"), ("شميت", "شولتس")]
        {
            assert!(near(left, right) < 0.8, "{left} {right} {}", near(left, right));
        }
    }
}
