//! Words, marks and sentences as spans.
//!
//! A token is a run of letters with their signs, a run of digits, or one mark (two of a doubled quotation mark, as in ''). Arabic writes conjunctions and some
//! prepositions on the word that follows (وبأنقرة: و, ب, أنقرة). Whether a letter is such a proclitic or the word's own
//! (و in وزير) is not to be seen from the letters, so a token does not decide: [`splits`] gives the ways that are
//! possible, and who knows words (a lexicon, a tagger, the rest of the document) chooses.

use crate::arabic::normalize::fold_letter;
use crate::arabic::quotation::is_doubled;
use crate::text::{Span, slice};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Arabic letters.
    Arabic,
    /// Letters of other scripts.
    Foreign,
    /// Digits, with the points and commas inside a number.
    Number,
    /// One mark or sign.
    Mark,
}

/// A word, number or mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What it is made of.
    pub class: Class,
}

/// The tokens of `text`, in order; blanks and invisible characters between them belong to none.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 8);
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let Some(class) = class_of(letter) else { continue };
        let mut end = start + letter.len_utf8();
        if class != Class::Mark {
            while let Some(&(at, next)) = letters.peek() {
                let joins = is_sign(next) || class_of(next) == Some(class);
                let point =
                    class == Class::Number && matches!(next, '.' | ',' | '٫' | '٬') && digit_after(text, at, next);
                if !joins && !point {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
        }
        // Two apostrophes, backticks or brackets are one quotation mark.
        if class == Class::Mark && is_doubled(letter) && letters.next_if(|&(_, next)| next == letter).is_some() {
            end += letter.len_utf8();
        }
        found.push(Token { span: Span::new(start, end), class });
    }
    found
}

/// What the letter begins; none for blanks, controls and signs that stand on nothing.
fn class_of(letter: char) -> Option<Class> {
    match letter {
        '\u{200b}' => None,
        _ if is_sign(letter) || letter.is_whitespace() || letter.is_control() => None,
        '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{06d3}' | '\u{06fa}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' => {
            (letter != '\u{06d4}').then_some(Class::Arabic)
        }
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' if letter.is_alphabetic() => Some(Class::Arabic),
        _ if letter.is_numeric() => Some(Class::Number),
        _ if letter.is_alphabetic() => Some(Class::Foreign),
        _ => Some(Class::Mark),
    }
}

/// Vowel signs, tatweel and invisible characters: a part of the word that they stand in, a word by themselves never.
fn is_sign(letter: char) -> bool {
    letter != '\u{200b}' && fold_letter(letter).is_none()
}

fn digit_after(text: &str, at: usize, point: char) -> bool {
    slice(text, Span::new(at + point.len_utf8(), text.len())).chars().next().is_some_and(char::is_numeric)
}

/// The ways to cut proclitics from a word, the shortest proclitic first; the whole word is not among them. A cut is
/// the byte length of the proclitic. ال counts as part of the core, also in لل, where its alef is not written: the cut
/// of للأمم is after the first ل.
pub fn splits(word: &str) -> impl Iterator<Item = usize> + '_ {
    const MOST: usize = 3;
    let core_is_long =
        |cut: usize| slice(word, Span::new(cut, word.len())).chars().filter(|&l| !is_sign(l)).count() >= 2;
    let mut cuts = [0; MOST];
    let mut count = 0_usize;
    let mut stage = 0;
    for (at, letter) in word.char_indices() {
        if is_sign(letter) {
            // The tatweel of a proclitic that stands off (بـ) is its own.
            if let Some(cut) = cuts.get_mut(count.wrapping_sub(1)) {
                *cut = at + letter.len_utf8();
            }
            continue;
        }
        // The order is fixed: conjunction, then preposition. ك and ل may follow ف or و, never ب.
        let next = match letter {
            'و' | 'ف' if stage == 0 => 1,
            'ب' | 'ل' | 'ك' if stage <= 1 => 2,
            _ => break,
        };
        stage = next;
        if let Some(cut) = cuts.get_mut(count) {
            *cut = at + letter.len_utf8();
            count += 1;
        }
    }
    cuts.into_iter().take(count).filter(move |&cut| core_is_long(cut))
}

/// The sentences of `text`, in order, without the blanks around them. A sentence ends at . ! ? ؟ … and at a line's end;
/// closing marks that follow belong to it. A point inside a number or between single letters (أ.ف.ب) ends nothing.
pub fn sentences(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < text.len() {
            let rest = slice(text, Span::new(start, text.len()));
            let end = start + sentence_end(rest);
            let sentence = trim(text, Span::new(start, end));
            start = end;
            if !sentence.is_empty() {
                return Some(sentence);
            }
        }
        None
    })
}

fn sentence_end(text: &str) -> usize {
    let mut run = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' => return at + 1,
            '.' | '!' | '?' | '؟' | '…' | '\u{06d4}' => {
                let mut end = at + letter.len_utf8();
                while let Some(&(next, closing)) = letters.peek() {
                    if !matches!(closing, '.' | '!' | '?' | '؟' | '…' | '"' | '”' | '“' | '»' | '’' | ')' | '\u{200f}')
                    {
                        break;
                    }
                    end = next + closing.len_utf8();
                    letters.next();
                }
                // Without a blank after it, a point ends a sentence only between whole words.
                let glued = letters.peek().is_some_and(|&(_, next)| !next.is_whitespace());
                let before_number = letters.peek().is_some_and(|&(_, next)| next.is_numeric());
                // د. سمير, و. هارغن: a letter by itself is an abbreviation.
                let abbreviation = letter == '.' && run == 1 && !glued && more_follows(text, end);
                if (!glued && !abbreviation) || (run > 2 && !before_number && word_follows(text, end)) {
                    return end;
                }
                run = 0;
            }
            _ if letter.is_alphabetic() => run += 1,
            _ if is_sign(letter) => {}
            _ => run = 0,
        }
    }
    text.len()
}

/// Whether a letter follows in the line.
fn more_follows(text: &str, at: usize) -> bool {
    let rest = slice(text, Span::new(at, text.len()));
    rest.chars()
        .take_while(|&letter| letter != '\n')
        .find(|letter| !letter.is_whitespace())
        .is_some_and(char::is_alphabetic)
}

fn word_follows(text: &str, at: usize) -> bool {
    let rest = slice(text, Span::new(at, text.len()));
    rest.chars().take_while(|letter| letter.is_alphabetic()).nth(2).is_some()
        && rest.starts_with(|letter| class_of(letter) == Some(Class::Arabic))
}

/// The span without blanks and invisible characters at its edges.
#[must_use]
pub fn trim(text: &str, span: Span) -> Span {
    let inner = slice(text, span);
    let blank = |letter: char| letter.is_whitespace() || (fold_letter(letter).is_none() && !letter.is_alphanumeric());
    let start = span.start + (inner.len() - inner.trim_start_matches(blank).len());
    Span::new(start, span.start + inner.trim_end_matches(char::is_whitespace).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| slice(text, token.span)).collect()
    }

    #[test]
    fn a_word_keeps_its_signs_and_a_number_its_points() {
        assert_eq!(
            words("قالَ: «مُدّة» بـ62.6 (Apple)."),
            ["قالَ", ":", "«", "مُدّة", "»", "بـ", "62.6", "(", "Apple", ")", "."]
        );
        assert_eq!(words("الـ26 عام\u{200f}!"), ["الـ", "26", "عام\u{200f}", "!"]);
        assert_eq!(words("((نعم)) ''لا''"), ["((", "نعم", "))", "''", "لا", "''"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn every_way_to_cut_is_offered() {
        let cuts = |word| splits(word).map(|cut| word.get(cut..).unwrap()).collect::<Vec<_>>();
        assert_eq!(cuts("وبأنقرة"), ["بأنقرة", "أنقرة"]);
        assert_eq!(cuts("للأمم"), ["لأمم"]);
        assert_eq!(cuts("وزير"), ["زير"]);
        assert_eq!(cuts("تركيا"), [""; 0]);
        assert_eq!(cuts("وب"), [""; 0]);
        assert_eq!(cuts("بـغزة"), ["غزة"]);
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let text = "قال: «نعم!» ثم مضى. نما 6.5 بالمئة\nنقلت أ.ف.ب الخبر.وقال آخر إن د. سمير";
        let all: Vec<&str> = sentences(text).map(|span| slice(text, span)).collect();
        assert_eq!(all, ["قال: «نعم!»", "ثم مضى.", "نما 6.5 بالمئة", "نقلت أ.ف.ب الخبر.", "وقال آخر إن د. سمير"]);
    }
}
