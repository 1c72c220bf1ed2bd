//! Who really said it: the quotes of a draft against the documents of a library.
//!
//! The rarest sequences of a quote's words give candidates, which the full-text index finds however many documents
//! there are; in each the quote is aligned word by word ([`align`](self)). Letters count after folding; marks, blanks, the
//! shapes of digits and spellings of one name do not, nor what is left out and said to be (…), unless it turns the
//! sense. A negation right before the words that the draft took counts as a word that it left out.

mod align;
mod passage;
#[cfg(test)]
mod tests;
mod verdict;

use crate::annotation::{Annotations, EntityId, Quote, QuoteKind};
use crate::arabic::tokens::{sentences, splits};
use crate::library::{
    Error, Library,
    passages::{Candidate, QuoteAt, forms_of, names_in, quotes_in, with_passage},
    words::{Word, is_spelling, words},
};
use crate::text::{Document, Offsets, Span, Unit, slice};
use align::{Alignment, align};
use passage::{has_ellipsis, may_be_one, negation_before, place, runs, turns};
use std::ops::Range;

pub use verdict::{Change, Checked, Source, SpeakerCheck, Verdict};

/// Candidates for a quote.
const CANDIDATES: usize = 24;

/// Fewer words than these are too few to say that nobody said them.
const SHORT: usize = 4;

/// How sure a speaker has to be, to say that it is another.
const SURE: f64 = 0.6;

/// Checks every quote of a draft. A quote inside another of the draft is a part of it and is checked with it; the draft
/// itself, where it is in the library, is no source.
///
/// # Errors
/// Those of the library.
pub fn check(library: &Library, draft: &Document, annotations: &Annotations) -> Result<Vec<Checked>, Error> {
    let offsets = Offsets::new(draft.text(), Unit::CodePoint);
    let check = Check { library, draft, annotations, offsets };
    let inside = |quote: &Quote| {
        let covers = |other: &&Quote| other.id != quote.id && other.span.covers(quote.span) && other.kind == quote.kind;
        annotations.quotes.iter().filter(covers).any(|other| other.span != quote.span || other.id < quote.id)
    };
    annotations.quotes.iter().filter(|quote| !inside(quote)).map(|quote| check.quote(quote)).collect()
}

struct Check<'a> {
    library: &'a Library,
    draft: &'a Document,
    annotations: &'a Annotations,
    offsets: Offsets<'a>,
}

/// A quote in one document.
struct Found {
    candidate: Candidate,
    alignment: Alignment,
    /// The words, in bytes of the candidate's text.
    span: Span,
    changes: Vec<Change>,
    speaker: Option<QuoteAt>,
    check: SpeakerCheck,
    /// Words from the quote's beginning, and to its end, that stand somewhere in the document in a row.
    runs: (Range<usize>, Range<usize>, usize, usize),
}

impl Check<'_> {
    fn quote(&self, quote: &Quote) -> Result<Checked, Error> {
        let text = self.draft.slice(quote.span);
        let asked = words(text);
        let (start, end) = self.offsets.from_span(quote.span);
        let mut checked = Checked {
            start,
            end,
            text: text.to_owned(),
            kind: quote.kind,
            speaker: self.speaker(quote),
            verdict: if asked.len() < SHORT { Verdict::Unsure } else { Verdict::NotFound },
            speaker_check: SpeakerCheck::Unknown,
            source: None,
            changes: Vec::new(),
            sources: 0,
            spliced_with: None,
        };
        let folded: Vec<&str> = asked.iter().map(|word| word.word.as_str()).collect();
        let mut found = Vec::new();
        for candidate in with_passage(self.library, &folded, CANDIDATES)? {
            if candidate.text != self.draft.text() {
                found.push(self.found(quote, &asked, candidate)?);
            }
        }
        let most = (asked.len() * 2).div_ceil(5);
        let splice = splice(&found, asked.len());
        found.sort_by_key(|found| {
            let known = match found.check {
                SpeakerCheck::Same => 0,
                SpeakerCheck::Other => 1,
                // Whose speaker nobody knows says least.
                SpeakerCheck::Unknown => 2,
            };
            let date = found.candidate.date.clone().unwrap_or_else(|| "~".to_owned());
            (found.cost(), known, date, found.candidate.number)
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
        Ok(self.settled(checked))
    }

    /// What is said of reported speech is a suggestion; a few words that are not there say nothing.
    fn settled(&self, mut checked: Checked) -> Checked {
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

    /// The quote in one document.
    fn found(&self, quote: &Quote, asked: &[Word], candidate: Candidate) -> Result<Found, Error> {
        let text = &candidate.text;
        let there = words(text);
        let offsets = Offsets::new(text, Unit::CodePoint);
        let names: Vec<Span> =
            names_in(self.library, candidate.number)?.into_iter().filter_map(|name| offsets.to_span(name)).collect();
        let draft = self.draft.slice(quote.span);
        let gaps: Vec<bool> = (0..=asked.len()).map(|at| at > 0 && has_ellipsis(draft, asked, at)).collect();
        let mentions = |word: &Word| {
            let span = word.span.shifted(quote.span.start);
            self.annotations.mentions.iter().any(|mention| mention.span.overlaps(span))
        };
        let ours: Vec<bool> = asked.iter().map(mentions).collect();
        let theirs: Vec<bool> = there.iter().map(|word| names.iter().any(|name| name.overlaps(word.span))).collect();
        let in_names = |one: usize, other: usize| ours.get(one) == Some(&true) && theirs.get(other) == Some(&true);
        let same = |one: usize, other: usize| match (asked.get(one), there.get(other)) {
            (Some(word), Some(found)) => {
                word.word == found.word
                    // The first word may lose what was attached to it.
                    || one == 0 && splits(&found.word).any(|cut| found.word.get(cut..) == Some(word.word.as_str()))
                    || in_names(one, other) && is_spelling(&word.word, &found.word)
            }
            _ => false,
        };
        let joined = |one: Range<usize>, other: Range<usize>| {
            let (one, other) = (asked.get(one).unwrap_or_default(), there.get(other).unwrap_or_default());
            let length = |words: &[Word]| words.iter().map(|word| word.word.len()).sum::<usize>();
            let letters = |words: &[Word]| words.iter().map(|word| word.word.as_str()).collect::<String>();
            length(one) == length(other) && letters(one) == letters(other)
        };
        let left = |at: usize| u32::from(!gaps.get(at).copied().unwrap_or(false));
        let mut alignment = align((asked.len(), there.len()), same, joined, left);
        let said = |words: &[Word], text: &str, range: &Range<usize>| {
            let words = words.get(range.clone()).unwrap_or_default();
            let ends = words.first().zip(words.last());
            ends.map_or(String::new(), |(first, last)| {
                slice(text, Span::new(first.span.start, last.span.end)).to_owned()
            })
        };
        // What is left out and said to be left out is no change, unless it turns the sense.
        let at_gap = |edit: &align::Edit| edit.draft.is_empty() && gaps.get(edit.draft.start) == Some(&true);
        let turned = |edit: &align::Edit| {
            there.get(edit.source.clone()).unwrap_or_default().iter().any(|word| turns(&word.word))
        };
        alignment.cost += alignment.edits.iter().filter(|edit| at_gap(edit) && turned(edit)).count();
        alignment.edits.retain(|edit| !at_gap(edit) || turned(edit));
        let mut changes: Vec<Change> = alignment
            .edits
            .iter()
            .map(|edit| Change { draft: said(asked, draft, &edit.draft), source: said(&there, text, &edit.source) })
            .collect();
        if let Some(before) = negation_before(text, &there, alignment.source.start) {
            changes.insert(0, Change { draft: String::new(), source: before.to_owned() });
            alignment.cost += 1;
        }
        let runs = runs(asked, &there);
        let span = place(&there, &alignment.source);
        let speaker = self.speaker_at(candidate.number, offsets.from_span(span))?;
        let check = self.compare(quote, speaker.as_ref())?;
        Ok(Found { candidate, alignment, span, changes, speaker, check, runs })
    }

    /// The quote of the source that the words stand in.
    fn speaker_at(&self, document: i64, (start, end): (usize, usize)) -> Result<Option<QuoteAt>, Error> {
        let quotes = quotes_in(self.library, document)?;
        let shared = |quote: &QuoteAt| quote.end.min(end).saturating_sub(quote.start.max(start));
        let most = quotes.into_iter().filter(|quote| shared(quote) * 2 > end - start);
        // The innermost: a quote in reported speech is the quoted one's.
        Ok(most.min_by_key(|quote| quote.end - quote.start))
    }

    /// Who says it in the draft: the fullest name, else the words.
    fn speaker(&self, quote: &Quote) -> Option<String> {
        let speaker = quote.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|id| self.annotations.entity(id));
        Some(entity.map_or_else(|| self.draft.slice(speaker.span).to_owned(), |entity| entity.name.clone()))
    }

    fn forms(&self, id: EntityId) -> Vec<String> {
        let Some(entity) = self.annotations.entity(id) else { return Vec::new() };
        std::iter::once(&entity.name).chain(&entity.aliases).cloned().collect()
    }

    fn compare(&self, quote: &Quote, there: Option<&QuoteAt>) -> Result<SpeakerCheck, Error> {
        let (Some(ours), Some(there)) = (&quote.speaker, there) else { return Ok(SpeakerCheck::Unknown) };
        let (Some(entity), Some(identity)) = (ours.entity, there.identity) else {
            let words = |text: &str| words(text).into_iter().map(|word| word.word).collect::<Vec<_>>();
            let said = there.speaker.as_deref().map(words);
            let same = ours.entity.is_none() && said.is_some_and(|said| said == words(self.draft.slice(ours.span)));
            return Ok(if same { SpeakerCheck::Same } else { SpeakerCheck::Unknown });
        };
        let known = forms_of(self.library, identity)?;
        let forms = self.forms(entity);
        if forms.iter().any(|form| known.iter().any(|other| may_be_one(form, other))) {
            return Ok(SpeakerCheck::Same);
        }
        // An organization may speak through a person, so only two of a kind are two.
        let two = self.annotations.entity(entity).map(|entity| entity.kind) == there.kind;
        let sure = two && f64::from(ours.confidence) >= SURE && there.confidence >= SURE;
        Ok(if sure { SpeakerCheck::Other } else { SpeakerCheck::Unknown })
    }
}

impl Found {
    const fn cost(&self) -> usize {
        self.alignment.cost
    }
}

/// Two places of which a quote is joined.
struct Splice {
    left: Source,
    right: Source,
    /// What holds of the speakers of both; of two that differ nothing is said.
    speaker_check: SpeakerCheck,
}

/// The beginning of one place and the end of another that make all of a quote.
fn splice(found: &[Found], words: usize) -> Option<Splice> {
    let head = found.iter().max_by_key(|found| found.runs.2)?;
    let tail = found.iter().max_by_key(|found| found.runs.3)?;
    let whole = head.runs.2 + tail.runs.3 >= words && head.runs.2 < words && tail.runs.3 < words;
    if words < 6 || !whole || head.runs.2 < 3 || tail.runs.3 < 3 {
        return None;
    }
    let speaker_check = if head.check == tail.check { head.check } else { SpeakerCheck::Unknown };
    Some(Splice { left: part(head, &head.runs.0), right: part(tail, &tail.runs.1), speaker_check })
}

fn part(found: &Found, range: &Range<usize>) -> Source {
    let there = words(&found.candidate.text);
    at(found, place(&there, range))
}

fn source(found: &Found) -> Source {
    at(found, found.span)
}

fn at(found: &Found, span: Span) -> Source {
    let Candidate { name, title, date, outlet, text, .. } = &found.candidate;
    let (start, end) = Offsets::new(text, Unit::CodePoint).from_span(span);
    let sentence = sentences(text).find(|sentence| sentence.end > span.start).unwrap_or(span);
    let around = Span::new(sentence.start.min(span.start), sentence.end.max(span.end));
    let context = slice(text, around).split_whitespace().collect::<Vec<_>>().join(" ");
    Source {
        document: name.clone(),
        start,
        end,
        text: slice(text, span).to_owned(),
        speaker: found.speaker.as_ref().and_then(|quote| quote.speaker.clone()),
        title: title.clone(),
        date: date.clone(),
        outlet: outlet.clone(),
        context,
    }
}
