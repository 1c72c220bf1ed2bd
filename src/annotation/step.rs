//! Spans that grow and shrink by a letter or a word.

use crate::text::{Document, Span, ceil, floor, slice};
use unicode_segmentation::UnicodeSegmentation;

/// Which end of a span moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first letter's.
    Start,
    /// The last letter's.
    End,
}

/// How far it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One grapheme cluster: a letter with its marks.
    Letter,
    /// To the next edge of a word.
    Word,
}

/// How far a step looks for a word, in bytes.
const REACH: usize = 1024;

/// The span with one edge moved outwards; the same span at the end of the text.
#[must_use]
pub fn grow(document: &Document, span: Span, edge: Edge, step: Step) -> Span {
    let text = document.text();
    match edge {
        Edge::End => {
            let after = slice(text, Span::new(span.end, floor(text, span.end.saturating_add(REACH).min(text.len()))));
            let taken = match step {
                Step::Letter => after.graphemes(true).next().map(str::len),
                Step::Word => after.unicode_word_indices().next().map(|(at, word)| at + word.len()),
            };
            Span::new(span.start, span.end + taken.unwrap_or(0))
        }
        Edge::Start => {
            let from = ceil(text, span.start.saturating_sub(REACH));
            let before = slice(text, Span::new(from, span.start));
            let start = match step {
                Step::Letter => before.grapheme_indices(true).next_back().map(|(at, _)| at),
                Step::Word => before.unicode_word_indices().next_back().map(|(at, _)| at),
            };
            Span::new(start.map_or(span.start, |at| from + at), span.end)
        }
    }
}

/// The span with one edge moved inwards; the same span where nothing would be left.
#[must_use]
pub fn shrink(document: &Document, span: Span, edge: Edge, step: Step) -> Span {
    let inside = document.slice(span);
    let edges: Vec<usize> = match (edge, step) {
        (Edge::Start, Step::Letter) => inside.grapheme_indices(true).map(|(at, _)| at).collect(),
        (Edge::End, Step::Letter) => inside.grapheme_indices(true).map(|(at, letter)| at + letter.len()).collect(),
        (Edge::Start, Step::Word) => inside.unicode_word_indices().map(|(at, _)| at).collect(),
        (Edge::End, Step::Word) => inside.unicode_word_indices().map(|(at, word)| at + word.len()).collect(),
    };
    match edge {
        Edge::Start => {
            let start = edges.into_iter().find(|&at| at > 0).unwrap_or(0);
            Span::new(span.start + start, span.end)
        }
        Edge::End => {
            let end = edges.into_iter().rev().find(|&at| at > 0 && at < inside.len()).unwrap_or(inside.len());
            Span::new(span.start, span.start + end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Origin;

    #[test]
    fn by_word_and_by_letter_in_and_out() {
        let document = Document::new("t", "قالَ هاكان فيدان، وزير", Origin::default());
        let name = Span::new(9, 19);
        let show = |span: Span| document.slice(span).to_owned();
        assert_eq!(show(name), "هاكان");
        assert_eq!(show(grow(&document, name, Edge::End, Step::Word)), "هاكان فيدان");
        assert_eq!(show(grow(&document, name, Edge::Start, Step::Word)), "قالَ هاكان");
        assert_eq!(show(grow(&document, name, Edge::Start, Step::Letter)), " هاكان");
        assert_eq!(show(shrink(&document, name, Edge::Start, Step::Letter)), "اكان");
        assert_eq!(show(shrink(&document, name, Edge::End, Step::Letter)), "هاكا");
        assert_eq!(shrink(&document, name, Edge::End, Step::Word), name, "one word stays");
        let verb = Span::new(0, 8);
        assert_eq!(show(shrink(&document, verb, Edge::End, Step::Letter)), "قا", "a letter goes with its marks");
        let all = Span::new(0, document.text().len());
        assert_eq!(grow(&document, all, Edge::End, Step::Word), all);
        assert_eq!(grow(&document, all, Edge::Start, Step::Letter), all);
        assert_eq!(show(shrink(&document, all, Edge::End, Step::Word)), "قالَ هاكان فيدان");
    }
}
