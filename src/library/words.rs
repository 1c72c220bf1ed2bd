//! The words of a text as full-text search has them, with the way back to their letters.
//!
//! A word is folded, with digits as ASCII ones. Its stem is without the proclitics and the article before it, taken off
//! one by one as long as three letters are left, whether they are proclitics there or the word's own letters (وزير
//! gives زير): only so do والوزير, للوزير and وزير meet in an index that knows no dictionary. What meets there without
//! being the word is sorted out by [`is_word`] when the places are looked up.

use crate::arabic::normalize::{fold_letter, ligature};
use crate::arabic::tokens::{self, Class};
use crate::identity::name::near;
use crate::text::{Span, slice};

/// A word in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where, in bytes of the text.
    pub span: Span,
    /// Folded.
    pub word: String,
}

/// The words and numbers of a text, in order; marks are none.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let tokens = tokens::tokens(text).into_iter().filter(|token| token.class != Class::Mark);
    let mut words: Vec<Word> = Vec::new();
    for token in tokens {
        let word = folded(slice(text, token.span));
        if !word.is_empty() {
            words.push(Word { span: token.span, word });
        }
    }
    words
}

/// A word folded, letters and digits alone.
#[must_use]
pub fn folded(word: &str) -> String {
    let digit = |letter: char| match letter {
        '٠'..='٩' => char::from_digit(letter as u32 - 0x660, 10).unwrap_or(letter),
        '۰'..='۹' => char::from_digit(letter as u32 - 0x6f0, 10).unwrap_or(letter),
        other => other,
    };
    // ﷲ and the like are several letters.
    if word.chars().any(|letter| ligature(letter).is_some()) {
        return folded(&word.chars().fold(String::new(), |plain, letter| match ligature(letter) {
            Some(whole) => plain + whole,
            None => plain + letter.encode_utf8(&mut [0; 4]),
        }));
    }
    word.chars().filter_map(fold_letter).map(digit).filter(|letter| letter.is_alphanumeric()).collect()
}

/// Two-letter words that proclitics stand before; others of two letters keep them as their own.
const SHORT: [&str; 12] = ["في", "من", "عن", "ان", "لا", "ما", "لم", "لن", "قد", "كل", "هو", "هي"];

/// The stem of a folded word.
#[must_use]
pub fn stem(word: &str) -> &str {
    let mut stem = word;
    loop {
        let shorter = ["ال", "لل", "و", "ف", "ب", "ل", "ك"].into_iter().find_map(|prefix| {
            let rest = stem.strip_prefix(prefix)?;
            (rest.chars().nth(2).is_some() || (prefix.chars().count() == 1 && SHORT.contains(&rest))).then_some(rest)
        });
        match shorter {
            Some(rest) => stem = rest,
            None => return stem,
        }
    }
}

/// Whether a folded word of the text is the word that was asked for, with or without proclitics and article before it;
/// with `begins`, or begins with it.
#[must_use]
pub fn is_word(word: &str, asked: &str, begins: bool) -> bool {
    let same = |word: &str| if begins { word.starts_with(asked) } else { word == asked };
    let bare = |word: &str| {
        let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1);
        same(word) || bare.is_some_and(same)
    };
    // للوزير: the alef of the article is not written.
    let lam = |rest: &str| rest.strip_prefix('ل').is_some_and(same) || same(&format!("ا{rest}"));
    bare(word)
        || tokens::splits(word).any(|cut| {
            let rest = slice(word, Span::new(cut, word.len()));
            bare(rest) || (slice(word, Span::new(0, cut)).ends_with('ل') && rest.starts_with('ل') && lam(rest))
        })
        // Asked with proclitics, as it stands in a phrase that was copied: وبالوزير.
        || tokens::splits(asked).any(|cut| {
            let rest = slice(asked, Span::new(cut, asked.len()));
            rest.starts_with("ال") && rest.chars().nth(3).is_some() && is_word(word, rest, begins)
        })
}

/// Whether two folded words are spellings of one name: near by ear, and no numbers.
#[must_use]
pub fn is_spelling(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.chars().count() > 2 && !word.contains(|letter: char| letter.is_numeric());
    let bare = |word: &str| word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word).to_owned();
    letters(one) && letters(other) && near(&bare(one), &bare(other)) >= 0.9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_proclitics_meet_their_word() {
        for word in ["وزير", "الوزير", "والوزير", "للوزير", "بالوزير", "كوزير", "ولوزير"]
        {
            assert_eq!(stem(word), stem("وزير"), "{word}");
            assert!(is_word(word, "وزير", false), "{word}");
        }
        assert!(is_word("للامم", "الامم", false));
        assert!(is_word("وبالامم", "الامم", false));
        assert_eq!(stem("وفي"), "في");
        assert_eq!(stem(&folded("الحاجة")), "حاجه");
    }

    #[test]
    fn another_word_with_the_same_stem_is_not_it() {
        assert_eq!(stem("وكاله"), stem("اله"));
        assert!(!is_word("اله", "وكاله", false));
        assert!(is_word("الوكاله", "وكاله", false) && is_word("وزاره", "وزار", true));
    }

    #[test]
    fn a_word_knows_its_letters() {
        let text = "قال: «الوِزارةُ» ٢٥";
        let found = words(text);
        let pairs: Vec<(&str, &str)> = found.iter().map(|word| (slice(text, word.span), word.word.as_str())).collect();
        assert_eq!(pairs, [("قال", "قال"), ("الوِزارةُ", "الوزاره"), ("٢٥", "25")]);
    }
}
