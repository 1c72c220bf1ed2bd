//! Who said what: words in marks and reported clauses, which of them are speech, and whose.
//!
//! The text is read once. A cue with a subject makes that subject the one who speaks; whatever has no subject of its own
//! (an elided one, a participle, a self-attribution) goes on with the last. Each quote carries the reason it rests on.

mod attribute;
mod attribution;
mod behind;
mod blocks;
mod clauses;
mod detect;
mod found;
mod headline;
mod interview;
mod marks;
mod reader;
mod resolve;
mod speech;

use crate::annotation::Role;
use crate::extract::analysis::Analysis;
use crate::extract::speakers;
use crate::extract::speakers::ranking::Ranking;
pub use blocks::add as add_marked;
pub use found::FoundQuote;
use reader::Reader;

/// Every quote of the document, and every ranking of a speaker: with all who were weighed where that is wanted, else with
/// the first two.
#[must_use]
pub fn find(analysis: &Analysis<'_>, titles: &[(usize, Role)], whole: bool) -> (Vec<FoundQuote>, Vec<Ranking>) {
    let quoted_spans = marks::quoted_spans(analysis);
    let mut depth = vec![0; analysis.words.len()];
    for quoted in &quoted_spans {
        for level in depth.get_mut(quoted.inner.clone()).into_iter().flatten() {
            *level += 1;
        }
    }
    let mut reader = Reader::new(analysis, titles, (quoted_spans, depth), whole);
    headline::read(&mut reader);
    read(&mut reader);
    let mut found = reader.found;
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found.dedup_by(|right, left| right.span == left.span && right.kind == left.kind);
    (found, reader.rankings)
}

/// Reads cues, clauses, attributions and quoted spans in the order of the text.
fn read(reader: &mut Reader<'_, '_>) {
    let (leads, quoted_spans) = (reader.leads.clone(), reader.quoted_spans.clone());
    let turns = interview::turns(reader.analysis);
    let (mut lead, mut quoted) = (leads.iter().peekable(), quoted_spans.iter().peekable());
    let mut turn = turns.iter().peekable();
    for at in 0..reader.analysis.words.len() {
        while let Some(next) = turn.next_if(|turn| turn.at == at) {
            interview::read(reader, next);
        }
        if let Some(phrase) = clauses::attributing_phrase(reader.analysis, at) {
            reader.attributed(at, phrase);
        }
        while let Some(next) = lead.next_if(|lead| lead.content == at) {
            reader.clause(next.cue, next.content);
        }
        if let Some(topic) = speakers::named_by_amma(reader.analysis, at) {
            reader.hear(Some(topic), at);
        }
        if reader.analysis.cue(at).is_some() {
            reader.cue(at);
            if reader.analysis.cue(at).is_some_and(|form| form.accuses) {
                reader.accusation(at);
            }
        }
        while let Some(next) = quoted.next_if(|quoted| quoted.inner.start == at) {
            reader.quoted(next);
        }
        if reader.analysis.words.is_mark(at, &[':']) {
            reader.unmarked(at);
        }
    }
}
