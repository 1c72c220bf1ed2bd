//! Letters as a program drew them, back to letters as they are written: presentation forms become plain letters, and
//! lines that were stored in the order of the screen are turned.
//!
//! Text that is copied out of a PDF, or comes from a program of the days before Unicode, is in the forms of
//! U+FB50 to U+FEFC. No search finds a word in them, and no other program reads them as the word. Signs that are meant
//! as such stay: ﷺ, ﷽, the ornate parentheses.

use crate::arabic::chars;
use unicode_bidi::{BidiClass, BidiDataSource, HardcodedBidiData};
use unicode_bidi_mirroring::get_mirrored;

/// As many letters of a text are looked at to find out its order.
const SAMPLE: usize = 20_000;

/// How letters are given back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// Whether lines are in the order of the screen.
    pub visual: bool,
    /// How many letters were presentation forms.
    pub forms: usize,
    /// How many lines were turned.
    pub turned: usize,
}

impl Letters {
    /// Looks at the beginning of a text, which decides for all of it.
    pub fn detect(text: &str) -> Self {
        Self { visual: is_visual(text), ..Self::default() }
    }

    /// The text in plain letters and logical order; none where it is so already. May be called with one part of a text,
    /// ending with a line, after the other.
    pub fn plain(&mut self, text: &str) -> Option<String> {
        if !self.visual && !has_forms(text) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            if self.visual && is_rtl(line) {
                let (content, end) = line.split_at(line.trim_end_matches(['\n', '\r']).len());
                self.turned += 1;
                let turned = to_logical(content);
                self.push(&turned, &mut out);
                out.push_str(end);
            } else {
                self.push(line, &mut out);
            }
        }
        Some(out)
    }

    fn push(&mut self, text: &str, out: &mut String) {
        for letter in text.chars() {
            if chars::decompose(letter, |plain| out.push(plain)) {
                self.forms += 1;
            } else {
                out.push(letter);
            }
        }
    }
}

/// Whether a presentation form may be in the text: all are written with these bytes first.
fn has_forms(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xef, bytes).any(|at| matches!(bytes.get(at + 1), Some(0xad..=0xaf | 0xb7 | 0xb9..=0xbb)))
}

fn is_rtl(line: &str) -> bool {
    line.chars().any(|letter| matches!(HardcodedBidiData.bidi_class(letter), BidiClass::R | BidiClass::AL))
}

/// Whether lines are stored from left to right as the screen shows them. Two signs, each of which hardly ever speaks for
/// it by accident: a ة or ى begins words and ends none; letters joined to what follows stand after it.
fn is_visual(text: &str) -> bool {
    let (mut visual, mut logical) = (0_usize, 0_usize);
    let mut before: Option<char> = None;
    let mut letters = text.chars().take(SAMPLE).peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        if let (Some(this), Some(after)) = (chars::form_of(letter), next.and_then(chars::form_of)) {
            // What a letter joins after it, the next joins before it; turned, it is the other way round.
            let (forward, back) =
                (this.joins_next() && after.joins_previous(), this.joins_previous() && after.joins_next());
            logical += usize::from(forward && !back);
            visual += usize::from(back && !forward);
        }
        if matches!(letter, 'ة' | 'ى') {
            let is_letter =
                |letter: Option<char>| letter.is_some_and(|letter| ('\u{620}'..='\u{6d3}').contains(&letter));
            visual += 4 * usize::from(!is_letter(before) && is_letter(next));
            logical += 4 * usize::from(is_letter(before) && !is_letter(next));
        }
        before = Some(letter);
    }
    visual >= 8 && visual > 3 * logical
}

/// A line in the order of the screen as it is written: turned, with numbers and words of other scripts as they were
/// (UAX #9, L2 the other way round), and brackets as their mirror images (L4).
pub fn to_logical(line: &str) -> String {
    let class = |letter: char| HardcodedBidiData.bidi_class(letter);
    let runs_right = |letter: char| matches!(class(letter), BidiClass::L | BidiClass::EN | BidiClass::AN);
    let letters: Vec<char> = line.chars().rev().collect();
    // A line that begins with a mark has them before their letters: turned, they are where they belong.
    let is_mark = |letter: Option<&char>| letter.is_some_and(|&letter| class(letter) == BidiClass::NSM);
    let after_marks = is_mark(letters.last()) || !is_mark(letters.first());
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        if runs_right(letter) {
            // Up to the last such letter before one of the other direction: "10:30", "United Nations".
            let end = rest.iter().position(|&letter| matches!(class(letter), BidiClass::R | BidiClass::AL));
            let run = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let last = run.iter().rposition(|&letter| runs_right(letter)).unwrap_or_default();
            // Numbers are single where blanks lie between them; words of another script belong together.
            let words = run.iter().any(|&letter| class(letter) == BidiClass::L);
            let length = if words {
                last + 1
            } else {
                run.iter().position(|letter| letter.is_whitespace()).unwrap_or(last + 1).min(last + 1)
            };
            let run = run.get(..length).unwrap_or_default();
            out.extend(run.iter().rev());
            at += length.max(1);
            continue;
        }
        // Where marks were stored after their letter, they stand before it now.
        let marks = rest.iter().take_while(|&&mark| class(mark) == BidiClass::NSM).count();
        if marks > 0
            && !after_marks
            && let Some(&base) = rest.get(marks)
        {
            out.push(base);
            out.extend(rest.get(..marks).unwrap_or_default().iter().rev());
            at += marks + 1;
            continue;
        }
        out.push(get_mirrored(letter).unwrap_or(letter));
        at += 1;
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (String, Letters) {
        let mut letters = Letters::detect(text);
        let plain = letters.plain(text).unwrap_or_else(|| text.to_owned());
        (plain, letters)
    }

    #[test]
    fn presentation_forms_become_plain_letters_and_are_counted() {
        let (text, letters) = plain("ﺃﻋﻠﻨﺖ ﺍﻟﻮﺯﻳﺮﺓ ﻫﺪﻯ ﺍﻟﺴﺎﻟﻢ ﺃﻥ ﻻ ﺗﺄﺟﻴﻞ، ﺻﻠﻰ ﷲ عليه ﷺ ﴿نعم﴾");
        assert_eq!(text, "أعلنت الوزيرة هدى السالم أن لا تأجيل، صلى الله عليه ﷺ ﴿نعم﴾");
        assert_eq!((letters.visual, letters.turned, letters.forms), (false, 0, 33));
        assert_eq!(Letters::default().plain("قال الوزير ﷺ"), Some("قال الوزير ﷺ".to_owned()));
        assert_eq!(Letters::default().plain("قال الوزير"), None);
    }

    #[test]
    fn lines_in_the_order_of_the_screen_are_turned() {
        let logical = "أعلنت الوزيرة هدى السالم في 12 مارس 2026 أن الخطة (الثانية) جاهزة.\nوقالت إن شركة Atlas Energy فازت بالمناقصة الكبرى، والقيمة 10.5 ملايين.\n";
        let visual: String = logical.split_inclusive('\n').map(|line| to_logical(line.trim_end()) + "\n").collect();
        assert_ne!(visual, logical);
        let (text, letters) = plain(&visual);
        assert_eq!((text.as_str(), letters.turned), (logical, 2));
        assert_eq!(plain(logical).0, logical);
    }

    #[test]
    fn marks_stay_on_their_letters() {
        let word = "مُحَمَّدٌ";
        assert_eq!(to_logical(&word.chars().rev().collect::<String>()), word);
        assert_eq!(to_logical("دٌمَّحَمُ"), word);
    }
}
