//! Sentences to windows: what the encoder looks at together.
//!
//! Neighbouring sentences share a window, `<s> a </s> b </s>`, as long as there is room; a sentence that is longer than
//! a window is cut at words into overlapping parts, and each word is labelled where it is farther from a cut. Which
//! words share a window depends on the sentences alone, so a text gives the same result on any number of threads.

use super::tokenizer::{BEGIN, END};

/// How many pieces two parts of a long sentence have in common.
const OVERLAP: usize = 64;

/// Pieces that are looked at together.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PieceWindow {
    /// Piece numbers, `<s>` first.
    pub(super) pieces: Vec<u32>,
    /// The words that are labelled here: sentence, word of the sentence, place of its first piece.
    pub(super) words: Vec<(usize, usize, usize)>,
}

/// Packs sentences (a list of words, each a list of pieces) into windows of at most `room` pieces, and of about equal
/// length, so that several threads end together.
pub(super) fn windows(sentences: &[Vec<Vec<u32>>], room: usize) -> Vec<PieceWindow> {
    let parts: Vec<Part> =
        sentences.iter().enumerate().flat_map(|(index, words)| parts(index, words, room.saturating_sub(2))).collect();
    let total: usize = parts.iter().map(|part| part.pieces.len() + 1).sum();
    let fill = total.div_ceil(total.div_ceil(room.saturating_sub(1).max(1)).max(1)) + 1;
    let mut out: Vec<PieceWindow> = Vec::new();
    for part in parts {
        let last = out.last().map_or(0, |window| window.pieces.len());
        if last == 0 || last >= fill || last + part.pieces.len() + 1 > room {
            out.push(PieceWindow { pieces: vec![BEGIN], words: Vec::new() });
        }
        if let Some(window) = out.last_mut() {
            let base = window.pieces.len();
            window.words.extend(part.words.into_iter().map(|(word, at)| (part.sentence, word, base + at)));
            window.pieces.extend(part.pieces);
            window.pieces.push(END);
        }
    }
    out
}

/// A sentence, or a part of a long one, and which of its words count.
struct Part {
    sentence: usize,
    pieces: Vec<u32>,
    /// Word of the sentence, place of its first piece in the part.
    words: Vec<(usize, usize)>,
}

fn parts(sentence: usize, words: &[Vec<u32>], room: usize) -> Vec<Part> {
    let mut starts = Vec::with_capacity(words.len());
    let mut total = 0;
    for word in words {
        starts.push(total);
        total += word.len().min(room);
    }
    let pieces: Vec<u32> = words.iter().flat_map(|word| word.iter().take(room)).copied().collect();
    // The first piece of the part, and of the words that count in it.
    let (mut from, mut counts_from) = (0, 0);
    let mut out = Vec::new();
    while from < total {
        let limit = from + room;
        // A part ends where a word begins; the next one begins far enough before that.
        let end = if limit >= total { total } else { word_at(&starts, limit).filter(|&at| at > from).unwrap_or(limit) };
        let next = word_at(&starts, end.saturating_sub(OVERLAP.min(room / 4))).filter(|&at| at > from).unwrap_or(end);
        let counts_to = if end == total { total } else { next.midpoint(end).max(next) };
        let [first, past] = [counts_from, counts_to].map(|piece| starts.partition_point(|&start| start < piece));
        let counted = starts.get(first..past).unwrap_or_default().iter().zip(first..);
        out.push(Part {
            sentence,
            pieces: pieces.get(from..end).unwrap_or_default().to_vec(),
            words: counted.map(|(at, word)| (word, at - from)).collect(),
        });
        if end == total {
            break;
        }
        (from, counts_from) = (next, counts_to);
    }
    out
}

/// Where the last word begins that begins at or before `piece`.
fn word_at(starts: &[usize], piece: usize) -> Option<usize> {
    starts.partition_point(|&start| start <= piece).checked_sub(1).and_then(|index| starts.get(index)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sentences of words of that many pieces each; a piece's number tells where it is from.
    fn sentences(lengths: &[Vec<usize>]) -> Vec<Vec<Vec<u32>>> {
        let mut next = 9;
        let mut piece = || {
            next += 1;
            next
        };
        lengths.iter().map(|words| words.iter().map(|&n| (0..n).map(|_| piece()).collect()).collect()).collect()
    }

    #[test]
    fn neighbours_share_a_window_while_there_is_room() {
        let windows = windows(&sentences(&[vec![1, 2], vec![1], vec![3]]), 9);
        assert_eq!(
            windows,
            [
                PieceWindow { pieces: vec![0, 10, 11, 12, 2, 13, 2], words: vec![(0, 0, 1), (0, 1, 2), (1, 0, 5)] },
                PieceWindow { pieces: vec![0, 14, 15, 16, 2], words: vec![(2, 0, 1)] },
            ]
        );
        assert!(super::windows(&[], 9).is_empty());
    }

    #[test]
    fn a_long_sentence_is_cut_with_an_overlap() {
        let windows = windows(&sentences(&[vec![1; 20]]), 10);
        let counted: Vec<Vec<usize>> = windows.iter().map(|w| w.words.iter().map(|word| word.1).collect()).collect();
        assert_eq!(counted, [vec![0, 1, 2, 3, 4, 5, 6], vec![7, 8, 9, 10, 11, 12], vec![13, 14, 15, 16, 17, 18, 19]]);
        assert_eq!(windows[1].pieces, [0, 16, 17, 18, 19, 20, 21, 22, 23, 2], "words 6 to 13: one more on either side");
    }

    proptest! {
        #[test]
        fn every_word_is_labelled_once_at_its_first_piece(
            lengths in prop::collection::vec(prop::collection::vec(1usize..12, 0..60), 0..8), room in 8usize..64,
        ) {
            let sentences = sentences(&lengths);
            let windows = windows(&sentences, room);
            let mut seen: Vec<(usize, usize)> = windows.iter().flat_map(|w| w.words.iter().map(|x| (x.0, x.1))).collect();
            let all: Vec<(usize, usize)> = lengths.iter().enumerate().flat_map(|(s, words)| (0..words.len()).map(move |w| (s, w))).collect();
            prop_assert_eq!(&seen, &all);
            seen.dedup();
            prop_assert_eq!(seen.len(), all.len());
            for window in &windows {
                prop_assert!(window.pieces.len() <= room && window.pieces.len() > 1);
                for &(sentence, word, at) in &window.words {
                    prop_assert_eq!(window.pieces[at], sentences[sentence][word][0]);
                }
            }
        }
    }
}
