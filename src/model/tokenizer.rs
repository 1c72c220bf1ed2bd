//! Words to pieces: the unigram tokenizer that the encoder was trained with.
//!
//! A word is normalised, the mark `▁` is put before it, and of all ways to cut it into pieces of the vocabulary the one
//! with the best sum of scores is taken (Kudo 2018, <https://arxiv.org/abs/1804.10959>). The vocabulary stays in the
//! file's bytes, sorted, and is searched there: opening it costs one walk over the offsets.

use super::container::Fields;
use super::error::Error;
use crate::text::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Beginning of a window, end of a sentence, no piece of the vocabulary: their rows come first in every file.
pub(super) const BEGIN: u32 = 0;
pub(super) const END: u32 = 2;
pub(super) const UNKNOWN: u32 = 3;
const SPECIAL: usize = 4;

/// Marks that do not change which word it is: tashkeel, tatweel, Koranic signs, joiners and bidi controls. The training
/// drops the same ones.
const fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{610}'..='\u{61A}' | '\u{61C}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_word_letter(letter: char) -> bool {
    let circled = matches!(letter, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}' | '\u{1F150}'..='\u{1F169}'
        | '\u{1F170}'..='\u{1F189}');
    is_dropped(letter) || (letter.is_alphanumeric() && !circled) || is_combining_mark(letter)
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{1C}'..='\u{1F}')
}

/// The words of a text as the model was trained on them: runs of letters, marks and digits, and every other character
/// that is not white space for itself. Spans are bytes of `text`.
pub fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        if is_word_letter(letter) {
            start = start.or(Some(at));
            continue;
        }
        out.extend(start.take().map(|from| Span::new(from, at)));
        if !is_space(letter) {
            out.push(Span::new(at, at + letter.len_utf8()));
        }
    }
    out.extend(start.map(|from| Span::new(from, text.len())));
    out
}

/// Whether a word of [`words`] has a letter or a digit: the others are punctuation.
#[must_use]
pub fn is_wordy(word: &str) -> bool {
    word.chars().next().is_some_and(is_word_letter)
}

/// The Arabic letter or the hyphen that stands in the vocabulary for one that looks the same: Persian and Urdu keyboards
/// write yeh, kaf and heh as letters of their own. `SAME` of train/text.py is this table.
const fn same(letter: char) -> char {
    match letter {
        '\u{6CC}' => 'ي',
        '\u{6A9}' => 'ك',
        '\u{6BE}' | '\u{6C1}' | '\u{6D5}' => 'ه',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{FE63}' => '-',
        other => other,
    }
}

/// The word as the vocabulary has it, after the mark of a word's beginning.
pub(super) fn normalised(word: &str) -> String {
    let kept = word.nfkc().filter(|&letter| !is_dropped(letter) && !is_space(letter));
    std::iter::once('▁').chain(kept.map(same)).collect()
}

/// The vocabulary: a view of the file's bytes.
#[derive(Clone, Copy)]
pub(super) struct Tokenizer<'a> {
    offsets: &'a [[u8; 4]],
    scores: &'a [[u8; 4]],
    blob: &'a [u8],
    unknown: f64,
}

impl<'a> Tokenizer<'a> {
    /// Reads the section: u32 count, u32 offsets[count + 1], f32 scores[count], the pieces' text; from the fifth on the
    /// pieces have to ascend.
    pub(super) fn open(bytes: &'a [u8], count: usize) -> Result<Self, Error> {
        const BAD: Error = Error::Section("pieces");
        let mut fields = Fields(bytes);
        if fields.u32()? as usize != count || count < SPECIAL {
            return Err(BAD);
        }
        let offsets = fields.take(4 * (count + 1))?.as_chunks().0;
        let scores = fields.take(4 * count)?.as_chunks().0;
        let mut pieces = Self { offsets, scores, blob: fields.0, unknown: 0.0 };
        let (mut before, mut lowest): (&[u8], f64) = (b"", f64::MAX);
        for index in SPECIAL..count {
            let piece = pieces.text(index).ok_or(BAD)?;
            let score = pieces.score(index);
            if piece <= before || !score.is_finite() {
                return Err(BAD);
            }
            (before, lowest) = (piece, lowest.min(score));
        }
        pieces.unknown = lowest - 10.0;
        Ok(pieces)
    }

    fn text(&self, index: usize) -> Option<&'a [u8]> {
        let end = |index: usize| Some(u32::from_le_bytes(*self.offsets.get(index)?) as usize);
        self.blob.get(end(index)?..end(index + 1)?)
    }

    fn score(&self, index: usize) -> f64 {
        self.scores.get(index).map_or(f64::NEG_INFINITY, |bytes| f32::from_le_bytes(*bytes).into())
    }

    /// The pieces of a word, by number; one unknown piece where nothing is left of it.
    pub(super) fn cut(&self, word: &str) -> Vec<u32> {
        let text = normalised(word);
        let mut best = vec![(f64::NEG_INFINITY, 0, UNKNOWN); text.len() + 1];
        if let Some(first) = best.first_mut() {
            first.0 = 0.0;
        }
        for (start, letter) in text.char_indices() {
            let so_far = best.get(start).map_or(f64::NEG_INFINITY, |entry| entry.0);
            let after = start + letter.len_utf8();
            let mut improve = |end: usize, score: f64, piece: u32| {
                if let Some(entry) = best.get_mut(end).filter(|entry| so_far + score > entry.0) {
                    *entry = (so_far + score, start, piece);
                }
            };
            let mut known = false;
            self.starting(text.as_bytes().get(start..).unwrap_or_default(), |length, index| {
                known |= start + length == after;
                improve(start + length, self.score(index), index as u32);
            });
            if !known {
                improve(after, self.unknown, UNKNOWN);
            }
        }
        let mut out = Vec::new();
        let mut end = text.len();
        while end > 0 {
            let Some(&(_, start, piece)) = best.get(end).filter(|entry| entry.1 < end) else { break };
            if !(piece == UNKNOWN && out.last() == Some(&UNKNOWN)) {
                out.push(piece);
            }
            end = start;
        }
        out.reverse();
        if text.chars().nth(1).is_none() { vec![UNKNOWN] } else { out }
    }

    /// Calls `found` with the length in bytes and the number of every piece that `text` begins with, shortest first.
    fn starting(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let (mut low, mut high) = (SPECIAL, self.scores.len());
        for (depth, &byte) in text.iter().enumerate() {
            let at = |index: usize| self.text(index).and_then(|piece| piece.get(depth)).copied();
            low = first(low, high, |index| at(index) >= Some(byte));
            high = first(low, high, |index| at(index) > Some(byte));
            if low >= high {
                return;
            }
            if self.text(low).is_some_and(|piece| piece.len() == depth + 1) {
                found(depth + 1, low);
            }
        }
    }
}

/// The first index of `low..high` from which on `holds`.
fn first(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
pub(super) fn table(pieces: &[(&str, f32)]) -> Vec<u8> {
    let mut sorted = pieces.to_vec();
    sorted.sort_by_key(|piece| piece.0);
    let all: Vec<(&str, f32)> =
        [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)].into_iter().chain(sorted).collect();
    let mut out = (all.len() as u32).to_le_bytes().to_vec();
    let mut end = 0u32;
    out.extend(end.to_le_bytes());
    for (piece, _) in &all {
        end += piece.len() as u32;
        out.extend(end.to_le_bytes());
    }
    all.iter().for_each(|(_, score)| out.extend(score.to_le_bytes()));
    all.iter().for_each(|(piece, _)| out.extend(piece.as_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(vocabulary: &[(&str, f32)], word: &str) -> Vec<String> {
        let bytes = table(vocabulary);
        let pieces = Tokenizer::open(&bytes, vocabulary.len() + 4).unwrap();
        let text = |&id: &u32| String::from_utf8(pieces.text(id as usize).unwrap().to_vec()).unwrap();
        pieces.cut(word).iter().map(text).collect()
    }

    #[test]
    fn the_best_sum_of_scores_wins() {
        let vocabulary =
            [("▁", -2.0), ("▁ال", -1.0), ("▁الق", -4.0), ("ق", -3.0), ("قاهرة", -3.5), ("اهرة", -6.0), ("▁و", -1.5)];
        assert_eq!(cut(&vocabulary, "القاهرة"), ["▁ال", "قاهرة"]);
        assert_eq!(cut(&vocabulary, "الق"), ["▁الق"], "two that make the same sum: the earlier start");
    }

    #[test]
    fn marks_do_not_matter_and_letters_without_a_piece_are_one_unknown() {
        let vocabulary = [("▁", -2.0), ("▁علي", -1.0), ("ع", -3.0)];
        assert_eq!(cut(&vocabulary, "عَـلِيّ"), ["▁علي"]);
        assert_eq!(cut(&vocabulary, "ﻋﻠﻲ"), ["▁علي"], "presentation forms");
        assert_eq!(cut(&vocabulary, "عxyع"), ["▁", "ع", "<unk>", "ع"]);
        assert_eq!(cut(&vocabulary, "ـ"), ["<unk>"], "nothing is left of it");
        assert_eq!(cut(&vocabulary, ""), ["<unk>"]);
    }

    /// The vectors that train/check_text.py holds the training to.
    #[test]
    fn words_are_normalised_as_in_training() {
        for line in include_str!("../../train/vectors.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (word, expected) = line.split_once('\t').expect("two columns");
            assert_eq!(normalised(word).strip_prefix('▁'), Some(expected), "{word}");
        }
    }

    #[test]
    fn words_are_runs_of_letters_and_single_signs() {
        let text = "قال «أحمد»: ٣٫٥ مليون، وَ.";
        let words: Vec<&str> = words(text).into_iter().map(|span| crate::text::slice(text, span)).collect();
        assert_eq!(words, ["قال", "«", "أحمد", "»", ":", "٣", "٫", "٥", "مليون", "،", "وَ", "."]);
        assert!(is_wordy("٣") && !is_wordy("،"));
    }

    #[test]
    fn a_table_that_does_not_ascend_or_overruns_is_refused() {
        let good = table(&[("a", -1.0), ("b", -2.0)]);
        assert!(Tokenizer::open(&good, 6).is_ok());
        assert!(Tokenizer::open(&good, 7).is_err());
        let mut swapped = good.clone();
        let end = swapped.len();
        swapped.swap(end - 1, end - 2);
        assert!(Tokenizer::open(&swapped, 6).is_err());
        let mut wild = good;
        wild[4 + 4 * 5] = 255;
        assert!(Tokenizer::open(&wild, 6).is_err());
    }
}
