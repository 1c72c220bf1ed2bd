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

/// The cost of the cheapest edits from one word to the other.
#[must_use]
pub fn distance(left: &str, right: &str) -> f32 {
    distance_within(left, right, f32::INFINITY).unwrap_or(f32::INFINITY)
}

/// The cost of the cheapest edits from one word to the other; none where it is more than `most`. Three rows of the table
/// are kept, and it ends where all of two rows cost more.
fn distance_within(left: &str, right: &str, most: f32) -> Option<f32> {
    /// Letters of nearly every part of a name; longer words are put on the heap.
    const SHORT: usize = 24;
    let width = right.chars().count() + 1;
    let mut short = [[0.0_f32; SHORT]; 3];
    let mut long: [Vec<f32>; 3] = std::array::from_fn(|_| vec![0.0; if width > SHORT { width } else { 0 }]);
    let [mut before, mut above, mut row]: [&mut [f32]; 3] = if width > SHORT {
        long.each_mut().map(Vec::as_mut_slice)
    } else {
        short.each_mut().map(|row| row.as_mut_slice())
    };
    let get = |row: &[f32], column: usize| row.get(column).copied().unwrap_or(f32::INFINITY);
    let set = |row: &mut [f32], column: usize, cost: f32| {
        if let Some(cell) = row.get_mut(column) {
            *cell = cost;
        }
    };
    let (mut cost, mut last) = (0.0, None);
    for (column, y) in right.chars().enumerate() {
        cost += drop_cost(y, last);
        set(row, column + 1, cost);
        last = Some(y);
    }
    let (mut x_before, mut least_above) = (None, 0.0_f32);
    for x in left.chars() {
        (before, above, row) = (above, row, before);
        let drop_x = drop_cost(x, x_before);
        let mut cell = get(above, 0) + drop_x;
        set(row, 0, cell);
        let (mut least, mut y_before) = (cell, None);
        for (column, y) in right.chars().enumerate() {
            cell = (get(above, column + 1) + drop_x).min(cell + drop_cost(y, y_before));
            cell = cell.min(get(above, column) + change(x, y));
            if x != y && x_before == Some(y) && y_before == Some(x) {
                cell = cell.min(get(before, column.wrapping_sub(1)) + 0.7);
            }
            set(row, column + 1, cell);
            least = least.min(cell);
            y_before = Some(y);
        }
        if least > most && least_above > most {
            return None;
        }
        (x_before, least_above) = (Some(x), least);
    }
    Some(get(row, width - 1)).filter(|cost| *cost <= most)
}

/// How near two parts are: 1 the same but for the article, 0.92 but for بن (0.75 where a given name follows, since سلمان
/// and بن سلمان are two), less by the cost of edits for each letter.
#[must_use]
pub fn likeness(left: &Part, right: &Part) -> f32 {
    likeness_from(left, right, 0.0)
}

/// The same; 0 where it is less than `least`, which takes less time to see.
#[must_use]
pub fn likeness_from(left: &Part, right: &Part, least: f32) -> f32 {
    let like = if left.bare == right.bare {
        1.0
    } else if left.core == right.core {
        if is_given(&left.core) { 0.75 } else { 0.92 }
    } else {
        let penalty = if (left.core == left.bare) == (right.core == right.bare) { 0.0 } else { 0.03 };
        near_from(&left.core, &right.core, least) - penalty
    };
    if like < least { 0.0 } else { like }
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

/// How near two words are: 1 the same, less by the cost of edits for each letter.
#[must_use]
pub fn near(left: &str, right: &str) -> f32 {
    near_from(left, right, 0.0)
}

fn near_from(left: &str, right: &str, least: f32) -> f32 {
    let (a, b) = (left.chars().count(), right.chars().count());
    if a.abs_diff(b) > 4 || a.min(b) < 2 {
        return 0.0;
    }
    let letters = a.max(b) as f32;
    // A little more than the cost that still counts, for rounding.
    let most = (1.0 - least) * letters + 0.01;
    distance_within(left, right, most).map_or(0.0, |cost| (1.0 - cost / letters).max(0.0))
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
