//! Quotations that the document marks as such and names the source of: a block quote with who said it, a message of a chat
//! with who wrote it.

use super::found::FoundQuote;
use super::speech::Speech;
use crate::annotation::QuoteKind;
use crate::extract::analysis::Analysis;
use crate::extract::speakers::Source;
use crate::extract::speakers::features::How;
use crate::text::{BlockKind, Document, Span};

/// Signs between a quotation and its source, and marks around its words.
const SIGNS: &[char] = &['«', '»', '"', '“', '”', '—', '–', '-', '―', ':', ' ', '\u{a0}', '\n', '\r', '\t'];

/// Adds the quotations of the document's own marks to those that were found, with their sources as speakers. One that was
/// found already is only given its speaker.
pub fn add(analysis: &Analysis<'_>, document: &Document, found: &mut Vec<FoundQuote>) {
    let before = found.len();
    for block in &document.structure().blocks {
        let BlockKind::Quotation { source: Some(source) } = block.kind else { continue };
        let Some(speech) = Speech::by("a quotation that the document marks") else { return };
        let span = words_of(document, block.span, source);
        if !span.is_empty() {
            put(analysis, document, (span, speaker(analysis, document, source, speech.confidence), speech), found);
        }
    }
    if found.len() > before {
        found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    }
}

/// The words of a quotation: all of it before its source, or all behind.
fn words_of(document: &Document, block: Span, source: Span) -> Span {
    let (before, behind) = (Span::new(block.start, source.start), Span::new(source.end, block.end));
    let trimmed = |span: Span| {
        let text = document.slice(span);
        let start = span.start + text.len() - text.trim_start_matches(SIGNS).len();
        Span::new(start, span.start + text.trim_end_matches(SIGNS).len())
    };
    let (before, behind) = (trimmed(before), trimmed(behind));
    if before.len() > behind.len() { before } else { behind }
}

/// Whom the source names, else its words up to the first comma: «نادر الحكيم، كاتب».
fn speaker(analysis: &Analysis<'_>, document: &Document, source: Span, confidence: f32) -> Source {
    let inside = analysis.names.iter().position(|name| source.covers(name.span));
    let text = document.slice(source);
    let end = text.find(['،', ',', '(', '\n']).unwrap_or(text.len());
    let words = Span::new(source.start, source.start + text.get(..end).unwrap_or_default().trim_end().len());
    // A writer whose name was seen in one message is known in the others.
    let folded = analysis.words.fold_of(words);
    let same = || analysis.names.iter().position(|name| analysis.words.fold_of(name.span) == folded);
    let found = match inside.or_else(same) {
        Some(name) => Source { span: words, ..Source::named(analysis, name, How::Nominal) },
        None => Source::nominal(words, ""),
    };
    Source { confidence, ..found }
}

/// Adds a quotation, or gives its speaker to the direct quote that is already there.
fn put(analysis: &Analysis<'_>, document: &Document, quote: (Span, Source, Speech), found: &mut Vec<FoundQuote>) {
    let (span, source, Speech { rule, confidence }) = quote;
    // Marks around the words are no part of what was found.
    let same = |other: &&mut FoundQuote| {
        let [left, right] = [(span.start, other.span.start), (other.span.end, span.end)]
            .map(|(from, to)| document.slice(Span::new(from.min(to), from.max(to))));
        let is_sign = |text: &str| text.chars().all(|letter| SIGNS.contains(&letter) || letter == '.');
        other.kind == QuoteKind::Direct && other.span.overlaps(span) && is_sign(left) && is_sign(right)
    };
    let why = format!("{rule}; speaker: {rule}");
    if let Some(known) = found.iter_mut().find(same) {
        (known.source, known.ranking, known.why) = (Some(source), None, why);
        return;
    }
    let words = analysis.words.within(span);
    let kind = QuoteKind::Direct;
    found.push(FoundQuote { kind, words, span, cue: None, source: Some(source), ranking: None, confidence, why });
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, RuleTagger};
    use crate::text::{Block, BlockKind, Document, Origin, Span, Structure};

    /// The quotes of a text with their speakers' words; `quotations` are the blocks, each with its source.
    fn told(text: &str, quotations: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let place = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len()));
        let blocks = quotations.iter().map(|(block, source)| Block {
            span: place(block).unwrap(),
            kind: BlockKind::Quotation { source: place(source) },
        });
        let structure = Structure { blocks: blocks.collect(), ..Structure::default() };
        let document = Document::new("x", text, Origin::default()).with_structure(structure);
        let found = Extractor::new(RuleTagger).extract(&document).unwrap();
        let shown = |span| document.slice(span).to_owned();
        found
            .quotes
            .iter()
            .map(|quote| (shown(quote.span), quote.speaker.as_ref().map(|said| shown(said.span))))
            .collect()
    }

    #[test]
    fn a_block_quote_is_said_by_its_source() {
        let quote = "لا حرية بلا خبز، ولا خبز بلا عمل.\nنادر الحكيم، كاتب";
        let expected = [("لا حرية بلا خبز، ولا خبز بلا عمل.".to_owned(), Some("نادر الحكيم".to_owned()))];
        assert_eq!(told(&format!("خبر\n{quote}\nوانتهى."), &[(quote, "نادر الحكيم، كاتب")]), expected);
        let marked = "«لا حرية بلا خبز، ولا خبز بلا عمل».\nنادر الحكيم، كاتب";
        let found = told(&format!("خبر\n{marked}\nوانتهى."), &[(marked, "نادر الحكيم، كاتب")]);
        assert_eq!((found.len(), found[0].1.as_deref()), (1, Some("نادر الحكيم")), "{found:?}");
    }

    #[test]
    fn a_message_is_said_by_its_writer() {
        let (one, two) = ("هدى: وصلنا إلى الجسر قبل الفجر", "نبيل: شكرا يا هدى");
        let found = told(&format!("{one}\n{two}"), &[(one, "هدى"), (two, "نبيل")]);
        let said = |words: &str, who: &str| (words.to_owned(), Some(who.to_owned()));
        assert_eq!(found, [said("وصلنا إلى الجسر قبل الفجر", "هدى"), said("شكرا يا هدى", "نبيل")]);
    }
}
