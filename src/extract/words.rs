//! The words of a document as every stage sees them: one pass makes them, no stage makes its own.

use crate::arabic::normalize::Folded;
use crate::arabic::quotation::{self, Side};
use crate::arabic::tokens::{self, Class, Token};
use crate::extract::asset::Set;
use crate::extract::grammar::{self, WordClass};
use crate::text::{Span, slice};

/// As many words as a sentence may have before another is taken to begin. None in a newspaper has half as many; without
/// an end, whatever looks through a sentence for each of its words would take for ever in a text made to harm.
pub const LONGEST: usize = 500;

/// A word, number or mark in its place.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What it is made of.
    pub class: Class,
    /// The sentence that it is in, counted from the start of the text.
    pub sentence: usize,
    /// The line that it is in.
    pub line: usize,
    /// What it does as a quotation mark; none for everything else.
    pub quotation: Option<Side>,
    /// Its place in the folded text.
    fold: Span,
    /// Its classes in the grammar.
    classes: Set,
}

/// The words of a text.
#[derive(Debug)]
pub struct Words<'a> {
    text: &'a str,
    folded: Folded,
    words: Vec<Word>,
}

impl<'a> Words<'a> {
    /// Splits and folds `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let folded = Folded::new(text);
        let mut sentences = tokens::sentences(text).peekable();
        let (mut sentence, mut line, mut seen, mut length) = (0, 0, 0, 0);
        let tokens = tokens::tokens(text);
        let letters = |token: Option<&Token>, end: usize, start: usize| {
            token.is_some_and(|token| {
                let glued = token.span.end == start || token.span.start == end;
                glued && token.class != Class::Mark
            })
        };
        let place = |(at, token): (usize, &Token)| {
            while sentences.peek().is_some_and(|span| span.end <= token.span.start) {
                sentences.next();
                (sentence, length) = (sentence + 1, 0);
            }
            if length == LONGEST {
                (sentence, length) = (sentence + 1, 0);
            }
            length += 1;
            let between = slice(text, Span::new(seen, token.span.start));
            line += between.bytes().filter(|&byte| byte == b'\n').count();
            seen = token.span.end;
            let fold = Span::new(folded.folded(token.span.start), folded.folded(token.span.end));
            let mark = slice(text, token.span);
            let before = letters(at.checked_sub(1).and_then(|before| tokens.get(before)), usize::MAX, token.span.start);
            let inside = before && letters(tokens.get(at + 1), token.span.end, usize::MAX);
            let quotation = quotation::side(mark).filter(|_| !(inside && quotation::may_be_apostrophe(mark)));
            let classes = grammar::classes(slice(folded.as_str(), fold));
            Word { span: token.span, class: token.class, sentence, line, quotation, fold, classes }
        };
        let words = tokens.iter().enumerate().map(place).collect();
        Self { text, folded, words }
    }

    /// The text that they are the words of.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// The folded form of the word at `index`; empty past either end, so that a look beside a word needs no check.
    #[must_use]
    pub fn fold(&self, index: usize) -> &str {
        self.get(index).map_or("", |word| slice(self.folded.as_str(), word.fold))
    }

    /// The folded form of the word before `index`.
    #[must_use]
    pub fn fold_before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |before| self.fold(before))
    }

    /// Whether the word at `index` is in a class of the grammar; past either end nothing is.
    #[must_use]
    pub fn is(&self, index: usize, class: WordClass) -> bool {
        self.get(index).is_some_and(|word| word.classes.has(class as usize))
    }

    /// Whether the word before `index` is in a class of the grammar.
    #[must_use]
    pub fn is_before(&self, index: usize, class: WordClass) -> bool {
        index.checked_sub(1).is_some_and(|before| self.is(before, class))
    }

    /// Whether the word at `index` is a quotation mark.
    #[must_use]
    pub fn is_quotation(&self, index: usize) -> bool {
        self.get(index).is_some_and(|word| word.quotation.is_some())
    }

    /// Whether the word at `index` is a comma.
    #[must_use]
    pub fn is_comma(&self, index: usize) -> bool {
        self.is_mark(index, &['،', ','])
    }

    /// Whether the word at `index` is a quotation mark or a colon: what somebody says may begin behind it.
    #[must_use]
    pub fn opens_speech(&self, index: usize) -> bool {
        self.is_quotation(index) || self.is_mark(index, &[':'])
    }

    /// The folded form of any span of the text.
    #[must_use]
    pub fn fold_of(&self, span: Span) -> &str {
        slice(self.folded.as_str(), Span::new(self.folded.folded(span.start), self.folded.folded(span.end)))
    }

    /// The first word that ends after the byte at `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        self.words.partition_point(|word| word.span.end <= offset)
    }

    /// The words that lie in `span`, as a range of indices.
    #[must_use]
    pub fn within(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.at(span.start);
        start..self.words.partition_point(|word| word.span.start < span.end).max(start)
    }

    /// The span from the first to the last of a range of words.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        match (self.get(range.start), range.end.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Whether the words at `left` and `right` stand in one sentence.
    #[must_use]
    pub fn same_sentence(&self, left: usize, right: usize) -> bool {
        self.get(left).zip(self.get(right)).is_some_and(|(left, right)| left.sentence == right.sentence)
    }

    /// Whether the word at `index` is the mark `mark`.
    #[must_use]
    pub fn is_mark(&self, index: usize, marks: &[char]) -> bool {
        self.get(index).is_some_and(|word| word.class == Class::Mark && slice(self.text, word.span).starts_with(marks))
    }
}
