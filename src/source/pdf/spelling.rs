//! Letters and spaces as they are written, where a producer names or places them otherwise.

use super::sheet::is_mark;

/// Latin letters and digits.
fn is_foreign(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
}

/// Letters of the Arabic script.
fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}')
}

/// Spaces at the right side of words of another script: Word puts the one that follows such a word before it. No Arabic
/// word hangs on the end of a Latin one, as «و» does on its beginning.
pub fn spaces(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        if is_arabic(letter) && before.is_some_and(|before| before.is_ascii_alphabetic()) {
            // The space before the foreign word, after a letter that hangs on it, is this one.
            let start = letters.get(..at).unwrap_or_default().iter().rposition(|letter| letter.is_whitespace());
            if let Some(start) = start
                && letters.get(start..at).unwrap_or_default().iter().skip(1).all(|letter| is_foreign(*letter))
                && hangs(letters.get(..start).unwrap_or_default())
                && let Some(place) = out.rfind(' ')
            {
                out.remove(place);
            }
            out.push(' ');
        }
        if is_tatweel(&letters, at) || (letter == ' ' && out.ends_with([' ', '\t'])) {
            continue;
        }
        out.push(letter);
    }
    out.trim().to_owned()
}

/// Whether a text ends with a letter that is written together with the next word: و ف ب ل ك.
fn hangs(text: &[char]) -> bool {
    matches!(text, [.., before, 'و' | 'ف' | 'ب' | 'ل' | 'ك'] if !is_arabic(*before))
        || matches!(text, ['و' | 'ف' | 'ب' | 'ل' | 'ك'])
}

/// Whether there is a stroke inside a word, which lengthens it and is no letter.
fn is_tatweel(letters: &[char], at: usize) -> bool {
    letters.get(at) == Some(&'ـ')
        && at
            .checked_sub(1)
            .and_then(|at| letters.get(at))
            .is_some_and(|letter| is_arabic(*letter) || *letter == 'ـ' || is_mark(*letter))
        && letters
            .iter()
            .skip(at)
            .find(|letter| **letter != 'ـ' && !is_mark(**letter))
            .is_some_and(|letter| is_arabic(*letter))
}

/// Letters that a font names after another script's: initial and medial ي and ی look alike, ى and final ی do, and so do
/// ه and ھ, ك and ک in some fonts. A text with the letters of Persian or Urdu keeps its own.
pub fn letters(texts: Vec<&mut String>) {
    let count = |letters: &[char]| -> usize {
        texts.iter().map(|text| text.chars().filter(|letter| letters.contains(letter)).count()).sum()
    };
    let foreign = count(&['پ', 'چ', 'ژ', 'گ', 'ٹ', 'ڈ', 'ڑ', 'ں', 'ے']);
    let own = count(&['ة', 'ث', 'ط', 'ض', 'ظ', 'ذ', 'إ', 'أ', 'ى']);
    if foreign * 5 > own + 3 {
        return;
    }
    for text in texts {
        if text.contains(['ی', 'ھ', 'ک', 'ہ', 'ە']) {
            *text = arabic_letters(text);
        }
    }
}

fn arabic_letters(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let joins = |at: usize| {
        let next = letters.iter().skip(at + 1).find(|letter| !is_mark(**letter));
        next.is_some_and(|letter| (is_arabic(*letter) && *letter != 'ء') || *letter == 'ـ')
    };
    let mended = letters.iter().enumerate().map(|(at, &letter)| match letter {
        'ی' if joins(at) => 'ي',
        'ی' => 'ى',
        'ھ' | 'ہ' | 'ە' => 'ه',
        'ک' => 'ك',
        _ => letter,
    });
    mended.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_stands_after_a_foreign_word() {
        assert_eq!(spaces("بلغة R و Pythonمن الأدوات"), "بلغة R وPython من الأدوات");
        assert_eq!(spaces("بلغة Pythonمن الأدوات"), "بلغة Python من الأدوات");
        assert_eq!(spaces("بلغة R وPython"), "بلغة R وPython");
        assert_eq!(spaces("المـــدير بـ 5"), "المدير بـ 5");
    }

    #[test]
    fn letters_of_a_neighbour_are_put_right_in_an_arabic_text() {
        let mended = |text: &str| {
            let mut text = text.to_owned();
            letters(vec![&mut text]);
            text
        };
        assert_eq!(mended("المدینة إلی اللّھ علی أيدي"), "المدينة إلى اللّه على أيدي");
        assert_eq!(mended("چند روز پیش گفت که می\u{200c}آید"), "چند روز پیش گفت که می\u{200c}آید");
    }
}
