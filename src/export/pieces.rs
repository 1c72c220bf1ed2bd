//! A text in pieces, for the formats that hang annotations on tokens: cut at the edges of words and of everything that
//! is annotated, so that every span begins and ends with a piece.

use crate::annotation::Annotations;
use crate::text::{Document, Span, slice};
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// Where mentions, quotes, speakers and cues begin and end, and the text itself.
pub(super) fn edges(document: &Document, annotations: &Annotations) -> BTreeSet<usize> {
    let mentions = annotations.mentions.iter().map(|mention| mention.span);
    let quotes = annotations.quotes.iter().map(|quote| quote.span);
    let all = mentions.chain(quotes).flat_map(|span| [span.start, span.end]);
    all.chain([0, document.text().len()]).collect()
}

/// The pieces that are not white space, in order.
pub(super) fn tokens(document: &Document, annotations: &Annotations) -> Vec<Span> {
    let text = document.text();
    let mut cuts = edges(document, annotations);
    cuts.extend(text.split_word_bound_indices().map(|(at, _)| at));
    // Some words are divided by white space that belongs to no word of Unicode's.
    cuts.extend(
        text.char_indices().filter(|(_, letter)| letter.is_whitespace()).flat_map(|(at, l)| [at, at + l.len_utf8()]),
    );
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let pieces = cuts.iter().zip(cuts.iter().skip(1)).map(|(&start, &end)| Span::new(start, end));
    pieces.filter(|&piece| !slice(text, piece).trim().is_empty()).collect()
}

/// The tokens by sentence: a sentence ends with its paragraph or with a mark that a blank follows, but never inside an
/// mention, nor inside a quote where `quotes` are to be whole.
pub(super) fn sentences(document: &Document, annotations: &Annotations, quotes: bool) -> Vec<Vec<Span>> {
    let text = document.text();
    let whole = annotations.quotes.iter().filter(|_| quotes).map(|quote| quote.span);
    let spans: Vec<Span> = annotations.mentions.iter().map(|mention| mention.span).chain(whole).collect();
    let mut sentences: Vec<Vec<Span>> = vec![Vec::new()];
    for token in tokens(document, annotations) {
        let Some(sentence) = sentences.last_mut() else { break };
        if let Some(&last) = sentence.last() {
            let gap = slice(text, Span::new(last.end, token.start));
            let mark = matches!(slice(text, last), "." | "؟" | "!" | "?" | "…") && !gap.is_empty();
            let inside = spans.iter().any(|span| span.start < token.start && token.start < span.end);
            if (mark || gap.contains('\n')) && !inside {
                sentences.push(vec![token]);
                continue;
            }
        }
        sentence.push(token);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}
