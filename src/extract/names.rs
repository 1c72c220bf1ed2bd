//! When two spellings are one name.
//!
//! Arabic writes foreign names by ear, each newsroom by its own: غولر and جولر, قالن and كالن, بوتين and بوتن. Sounds
//! that Arabic lacks wander within a class of letters (g: غ ج ق ك; p: ب; v: ف; and the emphatic beside the plain
//! letter), and long vowels come and go. A name is compared by parts, where عبد, أبو, بن and آل hold to what follows.

use crate::arabic::affix;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};

/// The parts of a folded personal name: عبد الرحمن and أبو قصرة are one part each.
#[must_use]
pub fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = String::new();
    for word in name.split_whitespace() {
        if grammar::is(word, WordClass::NamePart) {
            open.push_str(word);
            continue;
        }
        // The article falls out of عبد الرحمن / عبدالرحمن alike.
        parts.push(format!("{open}{word}"));
        open.clear();
    }
    if !open.is_empty() {
        parts.push(open);
    }
    parts
}

/// The consonants of a folded word by class of sound.
#[must_use]
pub fn sounds(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    let bare = affix::strip_article(word).filter(|rest| rest.chars().count() > 2).unwrap_or(word);
    for (index, letter) in bare.chars().enumerate() {
        let sound = match letter {
            'غ' | 'ج' | 'ق' | 'ك' | 'گ' | 'چ' => 'ك',
            'س' | 'ص' | 'ث' => 'س',
            'ت' | 'ط' => 'ت',
            'د' | 'ض' | 'ذ' => 'د',
            'ز' | 'ظ' | 'ژ' => 'ز',
            'ف' | 'ڤ' => 'ف',
            'ب' | 'پ' => 'ب',
            'ا' | 'و' | 'ي' | 'ه' | 'ء' if index > 0 => continue,
            other => other,
        };
        if !key.ends_with(sound) {
            key.push(sound);
        }
    }
    key
}

/// How near two parts of names are: 1 the same, 0 different.
#[must_use]
pub fn likeness(left: &str, right: &str) -> f32 {
    let bare = affix::without_article;
    if left == right {
        return 1.0;
    }
    if bare(left) == bare(right) {
        return 0.95;
    }
    // Two names that people bear are two names, however near they sound: جمال and كمال.
    if LISTS.is_given(left) && LISTS.is_given(right) {
        return 0.0;
    }
    let (a, b) = (sounds(left), sounds(right));
    let long = left.chars().count().min(right.chars().count());
    if a == b && a.chars().count() >= 2 && long >= 3 {
        return 0.85;
    }
    let edits = distance(left, right);
    if (long >= 5 && edits == 1) || (long >= 8 && edits == 2) { 0.7 } else { 0.0 }
}

/// The edits (insert, drop, change) from one word to the other; 3 where there are more than two.
fn distance(left: &str, right: &str) -> usize {
    const FAR: usize = 3;
    let right: Vec<char> = right.chars().collect();
    if left.chars().count().abs_diff(right.len()) >= FAR {
        return FAR;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, letter) in left.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(&right) {
            let change = diagonal + usize::from(letter != *other);
            diagonal = *cell;
            *cell = change.min(diagonal + 1).min(before + 1);
            before = *cell;
        }
    }
    row.last().copied().unwrap_or(FAR).min(FAR)
}

/// How sure it is that a short form of a personal name stands for a longer one (both as parts); 0 where it does not.
/// The last name alone, the first alone (less sure), or first and last without the middle.
#[must_use]
pub fn stands_for(short: &[String], long: &[String]) -> f32 {
    let same = |left: Option<&String>, right: Option<&String>| match (left, right) {
        (Some(left), Some(right)) => likeness(left, right),
        _ => 0.0,
    };
    match short {
        [] => 0.0,
        [only] => {
            let last = same(Some(only), long.last());
            let first = same(Some(only), long.first()) * 0.8;
            let middle = long.iter().skip(1).map(|part| likeness(only, part)).fold(0.0, f32::max) * 0.7;
            last.max(first).max(middle)
        }
        _ if short.len() == long.len() => {
            let all = short.iter().zip(long).map(|(left, right)| likeness(left, right)).fold(1.0, f32::min);
            let some = short.iter().zip(long).any(|(left, right)| left == right);
            if all >= 0.85 || some { all } else { 0.0 }
        }
        _ => {
            // A subsequence that ends alike: أسعد الشيباني for أسعد حسن الشيباني, حسن الشيباني too.
            let mut rest = long.iter();
            let mut worst = 1.0_f32;
            for part in short {
                match rest.find(|other| likeness(part, other) > 0.0) {
                    Some(other) => worst = worst.min(likeness(part, other)),
                    None => return 0.0,
                }
            }
            let ends = same(short.last(), long.last()) > 0.0 || same(short.first(), long.first()) > 0.0;
            if ends { worst * 0.95 } else { 0.0 }
        }
    }
}

/// The words that tell organizations apart, folded, without article and attached preposition.
#[must_use]
pub fn stems(name: &str) -> Vec<String> {
    let bare = |word: &str| {
        let word = affix::strip_and(word).filter(|rest| affix::is_definite(rest)).unwrap_or(word);
        let by = word.strip_prefix(affix::BY).and_then(affix::strip_article);
        let core = affix::strip_to_the(word).or_else(|| affix::strip_article(word)).or(by);
        core.filter(|rest| rest.chars().count() > 1).unwrap_or(word).to_owned()
    };
    name.split_whitespace().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::normalize::fold;

    fn link(short: &str, long: &str) -> bool {
        stands_for(&parts(&fold(short)), &parts(&fold(long))) > 0.5
    }

    #[test]
    fn spellings_by_ear_are_one_name() {
        assert!(link("غريغور هاغن", "جريجور هاجن"));
        assert!(link("هاجن", "غريغور هاغن"));
        assert!(link("إبراهيم كالن", "إبراهيم قالن"));
        assert!(link("عبدالرحمن الفاسي", "عبد الرحمن الفاسي"));
        assert!(link("رينارد شميت", "راينهارد شميت"));
    }

    #[test]
    fn the_last_name_stands_for_the_whole() {
        assert!(link("أبو قصرة", "مرهف أبو قصرة"));
        assert!(link("سمير الوادي", "سمير حسن الوادي"));
        assert!(!link("جمال الوادي", "كمال الوادي"), "two who share a last name");
        assert!(!link("الوادي", "سمير الجبلي"));
    }
}
