//! Who really said it: the quotes of a draft against the documents of a library.
//!
//! The rarest sequences of a quote's words give candidates, which the full-text index finds however many documents
//! there are; in each the quote is aligned word by word ([`align`](self)). Letters count after folding; marks, blanks, the
//! shapes of digits and spellings of one name do not, nor what is left out and said to be (…), unless it turns the
//! sense. A negation right before the words that the draft took counts as a word that it left out.

mod align;
mod archive;
mod compare;
mod passage;
#[cfg(test)]
mod tests;
mod verdict;

use crate::annotation::{Annotations, Quote, QuoteKind};
use crate::arabic::tokens::sentences;
use crate::library::{Error, Library, passages::Passages, words::words};
use crate::text::{Document, Offsets, Span, Unit, slice};
use archive::Archive;
use compare::{Asked, Found};
use passage::place;
use rayon::prelude::*;
use std::ops::Range;

pub use verdict::{Change, Checked, Source, SpeakerCheck, Verdict};

/// Candidates for a quote.
const CANDIDATES: usize = 24;

/// Fewer words than these are too few to say that nobody said them.
const SHORT: usize = 4;

/// Quotes that are looked up together.
const BATCH: usize = 64;

/// Checks every quote of a draft. A quote inside another of the draft is a part of it and is checked with it; the draft
/// itself, where it is in the library, is no source.
///
/// # Errors
/// Those of the library.
pub fn check(library: &Library, draft: &Document, annotations: &Annotations) -> Result<Vec<Checked>, Error> {
    let inside = |quote: &Quote| {
        let covers = |other: &&Quote| other.id != quote.id && other.span.covers(quote.span) && other.kind == quote.kind;
        annotations.quotes.iter().filter(covers).any(|other| other.span != quote.span || other.id < quote.id)
    };
    let quotes: Vec<&Quote> = annotations.quotes.iter().filter(|quote| !inside(quote)).collect();
    let check = Check { draft, annotations, offsets: Offsets::new(draft.text(), Unit::CodePoint) };
    let (mut passages, mut archive) = (Passages::new(library)?, Archive::default());
    let mut checked = Vec::with_capacity(quotes.len());
    for batch in quotes.chunks(BATCH) {
        // One program asks SQLite; what it finds is compared on all cores.
        let mut asked = Vec::with_capacity(batch.len());
        for quote in batch {
            let mut asking = Asked::new(quote, draft, annotations);
            asking.numbers = archive.numbers(&asking.words);
            let folded: Vec<&str> = asking.words.iter().map(|word| word.word.as_str()).collect();
            asking.candidates = passages.find(&folded, CANDIDATES)?;
            asked.push(asking);
        }
        archive.make_room();
        archive.load(library, asked.iter().flat_map(|asked| asked.candidates(true)))?;
        // Most quotes that were said stand word for word in one of those: for them nothing else is read.
        let is_there = |asked: &Asked<'_>| check.found(asked, &archive, true).iter().any(|found| found.cost() == 0);
        let there: Vec<bool> = asked.par_iter().map(is_there).collect();
        let open = asked.iter().zip(there).filter(|(_, there)| !there);
        archive.load(library, open.flat_map(|(asked, _)| asked.candidates(false)))?;
        checked.par_extend(asked.par_iter().map(|asked| check.quote(asked, &archive)));
    }
    Ok(checked)
}

struct Check<'a> {
    draft: &'a Document,
    annotations: &'a Annotations,
    offsets: Offsets<'a>,
}

impl Check<'_> {
    fn quote(&self, asked: &Asked<'_>, archive: &Archive) -> Checked {
        let quote = asked.quote;
        let count = asked.words.len();
        let (start, end) = self.offsets.from_span(quote.span);
        let mut checked = Checked {
            start,
            end,
            text: self.draft.slice(quote.span).to_owned(),
            kind: quote.kind,
            speaker: self.speaker(quote),
            verdict: if count < SHORT { Verdict::Unsure } else { Verdict::NotFound },
            speaker_check: SpeakerCheck::Unknown,
            source: None,
            changes: Vec::new(),
            sources: 0,
            spliced_with: None,
        };
        // Where a document has all of it word for word, those that have a part of it say nothing more.
        let mut found = self.found(asked, archive, true);
        if !found.iter().any(|found| found.cost() == 0) {
            found.extend(self.found(asked, archive, false));
        }
        let most = (count * 2).div_ceil(5);
        let splice = splice(&found, count);
        found.sort_by_key(|found| {
            let known = match found.check {
                SpeakerCheck::Same => 0,
                SpeakerCheck::Other => 1,
                // Whose speaker nobody knows says least.
                SpeakerCheck::Unknown => 2,
            };
            let date = found.there.held.date.clone().unwrap_or_else(|| "~".to_owned());
            (found.cost(), known, date, found.there.held.number)
        });
        let best = found.first().filter(|best| best.cost() <= most);
        if let Some(best) = best {
            checked.sources = found.iter().filter(|found| found.cost() == best.cost()).count();
            checked.verdict = if best.cost() == 0 { Verdict::Verbatim } else { Verdict::Altered };
            checked.speaker_check = best.check;
            checked.changes.clone_from(&best.changes);
            checked.source = Some(source(best));
        }
        if best.is_none_or(|best| best.cost() > 1)
            && let Some(Splice { left, right, speaker_check }) = splice
        {
            checked.verdict = Verdict::Altered;
            (checked.source, checked.spliced_with) = (Some(left), Some(right));
            checked.speaker_check = speaker_check;
        }
        settled(checked)
    }

    /// The quote in the documents that have all, or only some, of the sequences of words that were looked up.
    fn found<'a>(&self, asked: &Asked<'_>, archive: &'a Archive, whole: bool) -> Vec<Found<'a>> {
        let there = asked.candidates(whole).filter_map(|number| archive.there(number));
        let others = there.filter(|there| there.held.text != self.draft.text());
        others.map(|there| asked.found(there, archive)).collect()
    }

    /// Who says it in the draft: the fullest name, else the words.
    fn speaker(&self, quote: &Quote) -> Option<String> {
        let speaker = quote.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|id| self.annotations.entity(id));
        Some(entity.map_or_else(|| self.draft.slice(speaker.span).to_owned(), |entity| entity.name.clone()))
    }
}

/// What is said of reported speech is a suggestion; a few words that are not there say nothing.
fn settled(mut checked: Checked) -> Checked {
    let words = words(&checked.text).len();
    if checked.kind == QuoteKind::Indirect && checked.verdict != Verdict::Verbatim {
        checked.verdict = Verdict::Unsure;
    }
    if words < SHORT && checked.verdict == Verdict::Altered {
        (checked.verdict, checked.changes, checked.source) = (Verdict::Unsure, Vec::new(), None);
        checked.speaker_check = SpeakerCheck::Unknown;
    }
    checked
}

/// Two places of which a quote is joined.
struct Splice {
    left: Source,
    right: Source,
    /// What holds of the speakers of both; of two that differ nothing is said.
    speaker_check: SpeakerCheck,
}

/// The beginning of one place and the end of another that make all of a quote.
fn splice(found: &[Found<'_>], words: usize) -> Option<Splice> {
    let head = found.iter().max_by_key(|found| found.runs.2)?;
    let tail = found.iter().max_by_key(|found| found.runs.3)?;
    let whole = head.runs.2 + tail.runs.3 >= words && head.runs.2 < words && tail.runs.3 < words;
    if words < 6 || !whole || head.runs.2 < 3 || tail.runs.3 < 3 {
        return None;
    }
    let speaker_check = if head.check == tail.check { head.check } else { SpeakerCheck::Unknown };
    Some(Splice { left: part(head, &head.runs.0), right: part(tail, &tail.runs.1), speaker_check })
}

fn part(found: &Found<'_>, range: &Range<usize>) -> Source {
    at(found, place(&found.there.words, range))
}

fn source(found: &Found<'_>) -> Source {
    at(found, found.span)
}

fn at(found: &Found<'_>, span: Span) -> Source {
    let held = &found.there.held;
    let text = &held.text;
    let (start, end) = Offsets::new(text, Unit::CodePoint).from_span(span);
    let sentence = sentences(text).find(|sentence| sentence.end > span.start).unwrap_or(span);
    let around = Span::new(sentence.start.min(span.start), sentence.end.max(span.end));
    let context = slice(text, around).split_whitespace().collect::<Vec<_>>().join(" ");
    Source {
        document: held.name.clone(),
        start,
        end,
        text: slice(text, span).to_owned(),
        speaker: found.speaker.and_then(|quote| quote.speaker.clone()),
        title: held.title.clone(),
        date: held.date.clone(),
        outlet: held.outlet.clone(),
        context,
    }
}
