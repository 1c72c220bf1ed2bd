//! Folding: the spelling differences that a reader of Arabic does not hear, taken away, with a map back.
//!
//! Newspapers write أنقرة and انقرة, فاطمة and فاطمه, علي and على, with and without vowel signs. Search, aliases and
//! lexicons compare folded text: the seats of hamza fall to their letter (أ إ آ ٱ to ا, ؤ to و, ئ to ي), ة to ه, ى to
//! ي; the letters that Persian and Urdu keyboards leave behind become their Arabic twins; vowel signs, tatweel and
//! invisible characters go; Latin letters become small; every blank but the line end is a space.

use super::chars::base;
use crate::text::Span;

/// Folded text that knows where each of its letters stood.
///
/// A letter keeps its length in bytes in almost every fold, so the map holds only the places where the distance to the
/// original changes: a text without vowel signs costs no more than its copy.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// `(folded, original)` byte offsets from which on the two run side by side.
    seams: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds `text` in one pass.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::of(text, fold_letter)
    }

    /// The same, with Arabic-Indic and Persian digits and the signs between them as ASCII ones, for search.
    #[must_use]
    pub fn with_digits(text: &str) -> Self {
        Self::of(text, |letter| fold_letter(letter).map(fold_digit))
    }

    fn of(text: &str, fold: impl Fn(char) -> Option<char>) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), seams: vec![(0, 0)] };
        let mut distance = 0;
        for (at, letter) in text.char_indices() {
            if let Some(whole) = ligature(letter) {
                // Every letter of it stands where it does.
                for plain in whole.chars() {
                    folded.seams.push((folded.text.len(), at));
                    folded.text.push(plain);
                }
                folded.seams.push((folded.text.len(), at + letter.len_utf8()));
                distance = (at + letter.len_utf8()).wrapping_sub(folded.text.len());
                continue;
            }
            let Some(plain) = fold(letter) else { continue };
            let here = folded.text.len();
            if at.wrapping_sub(here) != distance {
                distance = at.wrapping_sub(here);
                folded.seams.push((here, at));
            }
            folded.text.push(plain);
        }
        if text.len().wrapping_sub(folded.text.len()) != distance {
            folded.seams.push((folded.text.len(), text.len()));
        }
        folded
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the original of a byte offset in the folded text. What was dropped before a letter lies
    /// before its offset, so a span holds the vowel signs of its last letter and not those of the letter before it.
    #[must_use]
    pub fn original(&self, offset: usize) -> usize {
        let index = self.seams.partition_point(|seam| seam.0 <= offset);
        let seam = index.checked_sub(1).and_then(|index| self.seams.get(index)).copied().unwrap_or_default();
        seam.1 + (offset.min(self.text.len()) - seam.0.min(offset))
    }

    /// The span in the original of a span in the folded text.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.original(span.start), self.original(span.end))
    }

    /// The byte offset in the folded text of a byte offset in the original; of a dropped character, that of what
    /// follows it.
    #[must_use]
    pub fn folded(&self, offset: usize) -> usize {
        let after = self.seams.partition_point(|seam| seam.1 <= offset);
        let mut index = after;
        let at = |index: usize| self.seams.get(index).map(|seam| seam.1);
        // The letters of a ligature stand at one place: the first of them is meant.
        while index > 1 && at(index - 2) == at(index - 1) {
            index -= 1;
        }
        let seam = index.checked_sub(1).and_then(|index| self.seams.get(index)).copied().unwrap_or_default();
        let next = self.seams.get(after).map_or(self.text.len(), |seam| seam.0);
        (seam.0 + (offset - seam.1)).min(next)
    }
}

/// The folded form of a short text, where no way back is needed.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match ligature(letter) {
            Some(whole) => folded.push_str(whole),
            None => folded.extend(fold_letter(letter)),
        }
    }
    folded
}

/// The letters, folded, of a character that stands for several: the ligatures of lam and alef, and of words.
#[must_use]
pub const fn ligature(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{FEF5}'..='\u{FEFC}' => "لا",
        '\u{FDF2}' => "الله",
        '\u{FDF3}' => "اكبر",
        '\u{FDF4}' => "محمد",
        '\u{FDF5}' => "صلعم",
        '\u{FDF6}' => "رسول",
        '\u{FDF7}' => "عليه",
        '\u{FDF8}' => "وسلم",
        '\u{FDF9}' => "صلي",
        '\u{FDFA}' => "صلي الله عليه وسلم",
        '\u{FDFB}' => "جل جلاله",
        _ => return None,
    })
}

/// Whether the character is not seen: joiners, direction marks and controls, the byte order mark.
#[must_use]
pub const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{ad}' | '\u{feff}')
}

/// The text in plain letters, as a name is shown: presentation forms become the letters that they are forms of, and what
/// is not seen goes. Vowel signs and hamzas stay.
#[must_use]
pub fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_invisible(*letter)) {
        match letter {
            '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => plain.extend(std::iter::once(letter).nfkc()),
            letter => plain.push(letter),
        }
    }
    plain
}

/// What a letter folds to; none where it is dropped. Never longer than the letter.
#[must_use]
pub const fn fold_letter(letter: char) -> Option<char> {
    Some(match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' => 'ي',
        'ة' | 'ھ' | 'ہ' | 'ۃ' | 'ە' => 'ه',
        'ک' => 'ك',
        // Vowel signs, the small alef, tatweel, joiners, direction marks and controls, the byte order mark.
        '\u{0610}'..='\u{061a}'
        | '\u{064b}'..='\u{065f}'
        | '\u{0670}'
        | '\u{06d6}'..='\u{06dc}'
        | '\u{06df}'..='\u{06e8}'
        | '\u{06ea}'..='\u{06ed}'
        | '\u{0898}'..='\u{089f}'
        | '\u{08ca}'..='\u{08e1}'
        | '\u{08e3}'..='\u{08ff}'
        | '\u{0640}'
        | '\u{061c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{00ad}'
        | '\u{feff}' => return None,
        '\n' => '\n',
        '\t' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        'A'..='Z' => letter.to_ascii_lowercase(),
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fef4}' => match base(letter) {
            Some(plain) => return fold_letter(plain),
            None => letter,
        },
        other => other,
    })
}

const fn fold_digit(letter: char) -> char {
    let base = match letter {
        '٪' => return '%',
        '٬' => return ',',
        '٫' => return '.',
        '٠'..='٩' => 0x660,
        '۰'..='۹' => 0x6f0,
        other => return other,
    };
    (b'0' + (letter as u32 - base) as u8) as char
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;
    use proptest::prelude::*;

    #[test]
    fn spellings_fall_together() {
        assert_eq!(fold("أَنْقَـــرَة"), fold("انقره"));
        assert_eq!(fold("مصطفى"), fold("مصطفي"));
        assert_eq!(fold("عبد ﷲ"), fold("عبد الله"));
        assert_eq!(fold("ﺍﻟﻮﻻﻳﺔ"), fold("الولاية"));
        assert_eq!(plain("\u{200f}عبد ﷲ ﺍﻟﻮﻻﻳﺔ"), "عبد الله الولاية");
        assert_eq!(fold("مؤسسة هيئة"), "موسسه هييه");
        assert_eq!(fold("\u{200f}NATO\u{a0}"), "nato ");
        assert_eq!(Folded::with_digits("٢٠٢٦").as_str(), "2026");
    }

    #[test]
    fn signs_of_numbers_and_of_the_quran_fall_together() {
        assert_eq!(Folded::with_digits("٥٫٢٪ و١٬٠٠٠").as_str(), "5.2% و1,000");
        assert_eq!(fold("ٱلۡكِتَٰبُ\u{6e5}"), "الكتب");
        assert_eq!(fold("مدرسۃ"), fold("مدرسە"));
    }

    #[test]
    fn a_find_maps_back_to_whole_letters() {
        let text = "زار مُحَمَّدٌ أنقـرة";
        let folded = Folded::new(text);
        let at = folded.as_str().find("محمد").unwrap();
        assert_eq!(slice(text, folded.span(Span::new(at, at + "محمد".len()))), "مُحَمَّدٌ");
        let at = folded.as_str().find("انقره").unwrap();
        assert_eq!(slice(text, folded.span(Span::new(at, at + "انقره".len()))), "أنقـرة");
    }

    proptest! {
        #[test]
        fn the_way_there_is_the_way_back(text in "[ابةىأ َ\u{640}\u{200f}xé\nﷲﻻﺑ]{0,40}") {
            let folded = Folded::new(&text);
            for (at, letter) in folded.as_str().char_indices() {
                let original = folded.original(at);
                let stands = text.get(original..).and_then(|rest| rest.chars().next()).unwrap();
                match ligature(stands) {
                    Some(whole) => prop_assert!(whole.contains(letter) && folded.folded(original) <= at),
                    None => {
                        prop_assert_eq!(fold_letter(stands), Some(letter));
                        prop_assert_eq!(folded.folded(original), at);
                    }
                }
            }
            prop_assert_eq!(folded.original(folded.as_str().len()), text.len());
        }
    }
}
