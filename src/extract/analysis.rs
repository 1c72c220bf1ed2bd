//! What the stages after the names look at: each word with the name that it is part of, the cue that it may be, and the
//! quotation that it stands in.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::aliases::Link;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Act, CUES, Form, Frame, Shape};
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::slice;
use std::ops::Range;

/// A document with its names linked.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// Its words.
    pub words: &'a Words<'a>,
    /// Its names, by position.
    pub names: &'a [Name],
    /// The cluster of each name.
    pub links: &'a [Link],
    name_at: Vec<Option<usize>>,
    cues: Vec<Option<Form>>,
}

impl<'a> Analysis<'a> {
    /// Marks every word, once.
    #[must_use]
    pub fn new(words: &'a Words<'a>, names: &'a [Name], links: &'a [Link]) -> Self {
        let mut name_at = vec![None; words.len()];
        for (index, name) in names.iter().enumerate() {
            for at in words.within(name.span) {
                if let Some(slot) = name_at.get_mut(at) {
                    *slot = Some(index);
                }
            }
        }
        let paper = |at: usize| {
            words.is(at + 1, WordClass::InIt) && words.is(at + 2, WordClass::Complementizer)
                || words.is(at + 1, WordClass::In) && (at + 2..at + 4).any(|at| CUES.is_own_channel(words.fold(at)))
        };
        let reading = |at: usize| CUES.reading(words.fold(at)).filter(|_| paper(at));
        let cue = |at: usize| {
            reading(at).or_else(|| CUES.form(words.fold(at))).filter(|_| name_at.get(at).is_none_or(Option::is_none))
        };
        let cues = (0..words.len()).map(|at| cue(at).filter(|form| is_cue(words, at, *form))).collect();
        Self { words, names, links, name_at, cues }
    }

    /// The name that the word at `at` is part of.
    #[must_use]
    pub fn name(&self, at: usize) -> Option<usize> {
        self.name_at.get(at).copied().flatten()
    }

    /// The kind of the name that the word is part of.
    #[must_use]
    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.name(at).and_then(|name| self.names.get(name)).map(|name| name.kind)
    }

    /// The words of a name.
    #[must_use]
    pub fn range(&self, name: usize) -> Range<usize> {
        self.names.get(name).map_or(0..0, |name| self.words.within(name.span))
    }

    /// The cluster of a name.
    #[must_use]
    pub fn cluster(&self, name: usize) -> Option<usize> {
        self.links.get(name).map(|link| link.cluster)
    }

    /// The cue that the word is.
    #[must_use]
    pub fn cue(&self, at: usize) -> Option<Form> {
        self.cues.get(at).copied().flatten()
    }

    /// The first word of the sentence of the word at `at`.
    #[must_use]
    pub fn sentence_start(&self, at: usize) -> usize {
        (0..at).rev().take_while(|&before| self.words.same_sentence(before, at)).last().unwrap_or(at)
    }

    /// One past the last word of the sentence of the word at `at`.
    #[must_use]
    pub fn sentence_end(&self, at: usize) -> usize {
        (at..self.words.len()).find(|&next| !self.words.same_sentence(next, at)).unwrap_or(self.words.len())
    }
}

/// Whether a form that could be a cue is one where it stands: not denied, not wished for, not the plain word.
fn is_cue(words: &Words<'_>, at: usize, form: Form) -> bool {
    // ردا على سؤال: the noun, not the verb of two.
    if form.plural && !form.joined && CUES.is_circumstance(words.fold(at)) {
        return false;
    }
    // لم يقل, قد يقول, أن يقول: nobody has spoken. قد before a past only makes it perfect.
    let unsaid = words.is_before(at, WordClass::Unsaid)
        || (words.is_before(at, WordClass::Perhaps) && form.shape == Shape::Present);
    // الخلاف بينه وبين الجار: the second between, no verb.
    let is_between = |word: &str| word == BETWEEN || affix::strip_possessive(word) == Some(BETWEEN);
    if affix::strip_and(words.fold(at)) == Some(BETWEEN)
        && (at.saturating_sub(BETWEENS)..at).any(|back| words.same_sentence(back, at) && is_between(words.fold(back)))
    {
        return false;
    }
    let denied = words.is_before(at, WordClass::Not);
    // قبل أن يضيف: he did.
    let before = at > 1 && words.fold(at - 2) == BEFORE && words.is_before(at, WordClass::Complementizer);
    if form.is_finite() && unsaid && !denied && !before {
        // An أن that closes the last sentence's report is no wish; only a form of the present is wished for.
        return words.is_before(at, WordClass::Complementizer) && form.shape == Shape::Past;
    }
    if denied && form.is_finite() && form.act == Act::Say {
        return false;
    }
    let clause = words.is(at + 1, WordClass::Complementizer);
    let opens = || {
        at == 0
            || !words.same_sentence(at - 1, at)
            || words.get(at - 1).is_some_and(|word| word.class == Class::Mark)
            || words.is_before(at, WordClass::ClauseOpener)
    };
    if form.strict {
        let goes_on = CUES.form(words.fold(at + 1)).is_some_and(|form| form.shape == Shape::Participle);
        let frame = Frame::of(words.fold(at + 1)).filter(|frame| form.takes(*frame));
        let leads = frame.is_some() && words.is(at + 2, WordClass::Complementizer);
        let by = clause && words.fold(at + 1).starts_with(affix::BY) && form.takes(Frame::By);
        let plain = clause && !words.fold(at + 1).starts_with(affix::BY) && form.takes(Frame::Clause);
        let right_before = goes_on || leads || by || plain || (form.takes(Frame::Colon) && words.opens_speech(at + 1));
        return right_before || ((form.joined || opens()) && leads_over_subject(words, at, form));
    }
    if !form.doubtful {
        return true;
    }
    let raw = slice(words.text(), words.get(at).map_or_else(Default::default, |word| word.span));
    opens() || raw.contains(SHADDA) || clause
}

/// ذهب خطيب محلي إلى أن: whether nothing but a subject stands between the verb and its words.
fn leads_over_subject(words: &Words<'_>, at: usize, form: Form) -> bool {
    /// As many words as a subject may have here.
    const SUBJECT: usize = 10;
    let parts = |next: &usize| {
        words.is_mark(*next, &[':', '؛', '؟']) || CUES.form(words.fold(*next)).is_some_and(|form| form.is_finite())
    };
    let mut near = (at + 2..at + SUBJECT).take_while(|next| words.same_sentence(at, *next) && !parts(next));
    let Some(clause) = near.find(|next| words.is(*next, WordClass::Complementizer)) else { return false };
    let by = words.fold(clause).starts_with(affix::BY);
    match Frame::of(words.fold(clause - 1)).filter(|frame| frame.is_preposition()) {
        Some(frame) => form.takes(frame),
        None if by => form.takes(Frame::By),
        None => form.takes(Frame::Clause) && clause > at + 1,
    }
}

/// As many words may stand from the first between to the second.
const BETWEENS: usize = 12;

/// Between.
const BETWEEN: &str = "بين";

/// Before, of time.
const BEFORE: &str = "قبل";

/// The sign that tells a verb of the second pattern from the first.
const SHADDA: char = '\u{651}';
