//! A quote of the draft against one document.

use super::align::{Alignment, Edit, align};
use super::archive::{Archive, There};
use super::passage::{has_ellipsis, may_be_one, negation_before, place, runs, turns};
use super::verdict::{Change, SpeakerCheck};
use crate::annotation::{Annotations, Quote};
use crate::arabic::tokens::splits;
use crate::library::{
    passages::{Candidate, QuoteAt},
    words::{Word, is_spelling, words},
};
use crate::text::{Document, Offsets, Span, Unit, slice};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// How sure a speaker has to be, to say that it is another.
const SURE: f64 = 0.6;

/// A quote of the draft with what is asked of it in every document.
pub struct Asked<'a> {
    pub quote: &'a Quote,
    draft: &'a Document,
    annotations: &'a Annotations,
    pub words: Vec<Word>,
    /// The words by number, as the archive gives them.
    pub numbers: Vec<u32>,
    pub candidates: Vec<Candidate>,
    /// Whether the draft says before each word, and at the end, that it leaves something out.
    gaps: Vec<bool>,
    /// Whether each word stands in a name.
    named: Vec<bool>,
    /// The forms of the speaker's name, as words.
    forms: Vec<Vec<Word>>,
}

/// A quote in one document.
pub struct Found<'a> {
    pub there: &'a There,
    alignment: Alignment,
    /// The words, in bytes of the document.
    pub span: Span,
    pub changes: Vec<Change>,
    pub speaker: Option<&'a QuoteAt>,
    pub check: SpeakerCheck,
    /// Words from the quote's beginning, and to its end, that stand somewhere in the document in a row.
    pub runs: (Range<usize>, Range<usize>, usize, usize),
}

impl Found<'_> {
    pub const fn cost(&self) -> usize {
        self.alignment.cost
    }
}

impl<'a> Asked<'a> {
    pub fn new(quote: &'a Quote, draft: &'a Document, annotations: &'a Annotations) -> Self {
        let text = draft.slice(quote.span);
        let words = words(text);
        let gaps = (0..=words.len()).map(|at| at > 0 && has_ellipsis(text, &words, at)).collect();
        let mentions = |word: &Word| {
            let span = word.span.shifted(quote.span.start);
            annotations.mentions.iter().any(|mention| mention.span.overlaps(span))
        };
        let named = words.iter().map(mentions).collect();
        let entity = quote.speaker.as_ref().and_then(|speaker| annotations.entity(speaker.entity?));
        let forms = entity.into_iter().flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases));
        let forms = forms.map(|form| self::words(form)).collect();
        let (numbers, candidates) = (Vec::new(), Vec::new());
        Self { quote, draft, annotations, words, numbers, candidates, gaps, named, forms }
    }

    /// The numbers of the documents that have all, or only some, of the sequences of words that were looked up.
    pub fn candidates(&self, whole: bool) -> impl Iterator<Item = i64> {
        self.candidates.iter().filter(move |candidate| candidate.whole == whole).map(|candidate| candidate.number)
    }

    /// The quote in one document.
    pub fn found<'b>(&self, there: &'b There, archive: &'b Archive) -> Found<'b> {
        let text = &there.held.text;
        let mut alignment = self.aligned(there);
        // What is left out and said to be left out is no change, unless it turns the sense.
        let at_gap = |edit: &Edit| edit.draft.is_empty() && self.gaps.get(edit.draft.start) == Some(&true);
        let turned =
            |edit: &Edit| there.words.get(edit.source.clone()).unwrap_or_default().iter().any(|word| turns(&word.word));
        alignment.cost += alignment.edits.iter().filter(|edit| at_gap(edit) && turned(edit)).count();
        alignment.edits.retain(|edit| !at_gap(edit) || turned(edit));
        let draft = self.draft.slice(self.quote.span);
        let said = |words: &[Word], text: &str, range: &Range<usize>| slice(text, place(words, range)).to_owned();
        let mut changes: Vec<Change> = alignment
            .edits
            .iter()
            .map(|edit| Change {
                draft: said(&self.words, draft, &edit.draft),
                source: said(&there.words, text, &edit.source),
            })
            .collect();
        if let Some(before) = negation_before(text, &there.words, alignment.source.start) {
            changes.insert(0, Change { draft: String::new(), source: before.to_owned() });
            alignment.cost += 1;
        }
        let runs = runs(&self.numbers, &there.numbers);
        let span = place(&there.words, &alignment.source);
        let speaker = speaker_at(there, Offsets::new(text, Unit::CodePoint).from_span(span));
        let check = self.compare(speaker, archive);
        Found { there, alignment, span, changes, speaker, check, runs }
    }

    fn aligned(&self, there: &There) -> Alignment {
        let first: Vec<bool> = match self.words.first() {
            // The first word may lose what was attached to it.
            Some(first) => there.words.iter().map(|found| ends_with(found, first)).collect(),
            None => Vec::new(),
        };
        let spellings: RefCell<HashMap<(u32, u32), bool>> = RefCell::default();
        let same = |one: usize, other: usize| {
            let (Some(word), Some(found)) = (self.numbers.get(one), there.numbers.get(other)) else { return false };
            if word == found || one == 0 && first.get(other) == Some(&true) {
                return true;
            }
            if self.named.get(one) != Some(&true) || there.named.get(other) != Some(&true) {
                return false;
            }
            let is_one = || match (self.words.get(one), there.words.get(other)) {
                (Some(word), Some(found)) => is_spelling(&word.word, &found.word),
                _ => false,
            };
            *spellings.borrow_mut().entry((*word, *found)).or_insert_with(is_one)
        };
        let joined = |one: Range<usize>, other: Range<usize>| {
            let one = self.words.get(one).unwrap_or_default();
            let other = there.words.get(other).unwrap_or_default();
            let length = |words: &[Word]| words.iter().map(|word| word.word.len()).sum::<usize>();
            fn letters(words: &[Word]) -> impl Iterator<Item = u8> {
                words.iter().flat_map(|word| word.word.bytes())
            }
            length(one) == length(other) && letters(one).eq(letters(other))
        };
        let left = |at: usize| u32::from(!self.gaps.get(at).copied().unwrap_or(false));
        align((self.words.len(), there.words.len()), same, joined, left)
    }

    fn compare(&self, there: Option<&QuoteAt>, archive: &Archive) -> SpeakerCheck {
        let (Some(ours), Some(there)) = (&self.quote.speaker, there) else { return SpeakerCheck::Unknown };
        let (Some(entity), Some(identity)) = (ours.entity, there.identity) else {
            let words = |text: &str| words(text).into_iter().map(|word| word.word).collect::<Vec<_>>();
            let said = there.speaker.as_deref().map(words);
            let same = ours.entity.is_none() && said.is_some_and(|said| said == words(self.draft.slice(ours.span)));
            return if same { SpeakerCheck::Same } else { SpeakerCheck::Unknown };
        };
        let known = archive.forms(identity);
        if self.forms.iter().any(|form| known.iter().any(|other| may_be_one(form, other))) {
            return SpeakerCheck::Same;
        }
        // An organization may speak through a person, so only two of a kind are two.
        let two = self.annotations.entity(entity).map(|entity| entity.kind) == there.kind;
        let sure = two && f64::from(ours.confidence) >= SURE && there.confidence >= SURE;
        if sure { SpeakerCheck::Other } else { SpeakerCheck::Unknown }
    }
}

/// Whether a word of the document is a word of the draft with something attached before it.
fn ends_with(found: &Word, word: &Word) -> bool {
    found.word.len() > word.word.len()
        && found.word.ends_with(&word.word)
        && splits(&found.word).any(|cut| found.word.get(cut..) == Some(word.word.as_str()))
}

/// The quote of the document that the words stand in, in code points.
fn speaker_at(there: &There, (start, end): (usize, usize)) -> Option<&QuoteAt> {
    let shared = |quote: &QuoteAt| quote.end.min(end).saturating_sub(quote.start.max(start));
    let most = there.held.quotes.iter().filter(|quote| shared(quote) * 2 > end - start);
    // The innermost: a quote in reported speech is the quoted one's.
    most.min_by_key(|quote| quote.end.saturating_sub(quote.start))
}
