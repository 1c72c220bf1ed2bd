//! A text in segments, for the formats that hang annotations on tokens: cut at the edges of words and of everything that
//! is annotated, so that every span begins and ends with a segment.

use super::plain::is_command;
use crate::annotation::Annotations;
use crate::text::{Document, Span, slice};
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// Which of many spans cover a segment, asked for segments in order: what is walked over is not looked at again.
pub(super) struct Covering {
    /// By start, the last first, each with its number.
    ahead: Vec<(Span, usize)>,
    open: Vec<(Span, usize)>,
}

impl Covering {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut ahead: Vec<(Span, usize)> = spans.enumerate().map(|(number, span)| (span, number)).collect();
        ahead.sort_by_key(|&(span, number)| std::cmp::Reverse((span.start, number)));
        Self { ahead, open: Vec::new() }
    }

    /// The numbers of the spans that a segment, not before the last one, lies wholly in.
    pub(super) fn at(&mut self, segment: Span) -> Vec<usize> {
        while let Some(next) = self.ahead.pop_if(|(span, _)| span.start <= segment.start) {
            self.open.push(next);
        }
        self.open.retain(|(span, _)| span.end > segment.start);
        let mut covering: Vec<usize> =
            self.open.iter().filter(|(span, _)| span.covers(segment)).map(|&(_, number)| number).collect();
        covering.sort_unstable();
        covering
    }
}

/// Where mentions, quotes, speakers and cues begin and end, and the text itself.
pub(super) fn boundaries(document: &Document, annotations: &Annotations) -> BTreeSet<usize> {
    let mentions = annotations.mentions.iter().map(|mention| mention.span);
    let quotes = annotations.quotes.iter().map(|quote| quote.span);
    let all = mentions.chain(quotes).flat_map(|span| [span.start, span.end]);
    all.chain([0, document.text().len()]).collect()
}

/// Whether it is white space that stays: control characters that are white space to Unicode become U+FFFD.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() && !is_command(letter)
}

/// The segments that are not white space, in order.
pub(super) fn tokens(document: &Document, annotations: &Annotations) -> Vec<Span> {
    let text = document.text();
    let mut cuts = boundaries(document, annotations);
    cuts.extend(text.split_word_bound_indices().map(|(at, _)| at));
    // Some words are divided by white space that belongs to no word of Unicode's.
    cuts.extend(
        text.char_indices().filter(|(_, letter)| letter.is_whitespace()).flat_map(|(at, l)| [at, at + l.len_utf8()]),
    );
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let segments = cuts.iter().zip(cuts.iter().skip(1)).map(|(&start, &end)| Span::new(start, end));
    segments.filter(|&segment| !slice(text, segment).chars().all(is_blank)).collect()
}

/// The tokens by sentence: a sentence ends with its paragraph or with a mark that a blank follows, but never inside a
/// mention, nor inside a quote where `quotes` are to be whole.
pub(super) fn sentences(document: &Document, annotations: &Annotations, quotes: bool) -> Vec<Vec<Span>> {
    let text = document.text();
    let whole = annotations.quotes.iter().filter(|_| quotes).map(|quote| quote.span);
    let mut spans = Covering::new(annotations.mentions.iter().map(|mention| mention.span).chain(whole));
    let mut sentences: Vec<Vec<Span>> = vec![Vec::new()];
    for token in tokens(document, annotations) {
        let Some(sentence) = sentences.last_mut() else { break };
        if let Some(&last) = sentence.last() {
            let gap = slice(text, Span::new(last.end, token.start));
            let mark = matches!(slice(text, last), "." | "؟" | "!" | "?" | "…") && !gap.is_empty();
            let mut inside = || !spans.at(Span::new(token.start.saturating_sub(1), token.end)).is_empty();
            if (mark || gap.contains('\n')) && !inside() {
                sentences.push(vec![token]);
                continue;
            }
        }
        sentence.push(token);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}
