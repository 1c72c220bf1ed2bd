//! A tagger without a model: lists of places, bodies and given names, heads that begin an organization, marks around a
//! name. It stands in where no trained weights are, and is what they have to beat.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::{Class, splits};
use crate::extract::gazetteer::{LISTS, Lists};
use crate::extract::grammar::{self, WordClass};
use crate::extract::rule;
use crate::extract::tagger::{Error, Name, Tagger};
use crate::extract::words::Words;
use crate::text::{Span, slice};

/// Finds names by lists and heads.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleTagger;

/// The longest organization name that a head opens, in words.
const ORGANIZATION_WORDS: usize = 6;
/// The longest personal name, in words.
const PERSON_WORDS: usize = 4;

impl Tagger for RuleTagger {
    fn tag(&self, text: &str) -> Result<Vec<Name>, Error> {
        let words = Words::new(text);
        let scan = Scan { words: &words, lists: &LISTS };
        let mut names = Vec::new();
        let mut index = 0;
        while index < words.len() {
            match scan.name(index) {
                Some((name, next)) => {
                    names.push(name);
                    index = next.max(index + 1);
                }
                None => index += 1,
            }
        }
        Ok(names)
    }
}

/// The ى of على, where the letters of علي are folded.
const ALEF_MAQSURA: char = 'ى';

struct Scan<'a> {
    words: &'a Words<'a>,
    lists: &'a Lists,
}

impl Scan<'_> {
    /// The name that begins at the word `index`, and the word after it.
    fn name(&self, index: usize) -> Option<(Name, usize)> {
        if self.words.get(index)?.class == Class::Mark {
            return None;
        }
        self.person(index)
            .or_else(|| self.listed(index))
            .or_else(|| self.organization(index))
            .or_else(|| self.latin(index))
    }

    fn make(&self, start: usize, end: usize, cut: usize, kind: Kind) -> (Name, usize) {
        let span = self.words.span(start..end);
        (
            Name {
                span: Span::new(span.start + cut, span.end),
                kind,
                confidence: rule::confidence("a name by lists and heads"),
            },
            end,
        )
    }

    fn listed(&self, index: usize) -> Option<(Name, usize)> {
        let (cut, count, kind) = self.lists.name_at(self.words, index)?;
        Some(self.make(index, index + count, cut, kind))
    }

    /// A given name and what follows it: further given names, particles of descent, words with the article.
    fn person(&self, index: usize) -> Option<(Name, usize)> {
        let first = self.words.fold(index);
        let cuts = std::iter::once(0).chain(splits(first));
        let titled = self.lists.role(self.words.fold_before(index)).is_some();
        let known = |word: &str| self.lists.is_given(word) || (titled && self.lists.may_be_given(word));
        // على (on) and علي (Ali) fold to one form; a letter cut from a short word is more often its own.
        let raw = slice(self.words.text(), self.words.get(index)?.span);
        if raw.ends_with(ALEF_MAQSURA)
            && std::iter::once(0)
                .chain(splits(first))
                .any(|cut| first.get(cut..).is_some_and(|core| grammar::is(core, WordClass::On)))
        {
            return None;
        }
        let letters = |cut: usize| if cut == 0 { 3 } else { 4 };
        let long = |cut: usize, word: &str| word.chars().count() >= letters(cut);
        let opens = |cut: usize, word: &str| {
            (known(word) && long(cut, word)) || (cut == 0 && grammar::is(word, WordClass::NameOpener))
        };
        let cut = cuts.into_iter().find(|&cut| first.get(cut..).is_some_and(|word| opens(cut, word)))?;
        let mut end = index + 1;
        let mut open = first.get(cut..).is_some_and(is_unit);
        while end - index < PERSON_WORDS + usize::from(open) {
            let word = self.words.fold(end);
            let arabic = self.words.get(end).is_some_and(|word| word.class == Class::Arabic);
            if !arabic || self.lists.is_plain(word) || !(open || self.continues(word, end)) {
                break;
            }
            // Given names run on; the first word that is none is the family's, and ends the name.
            let family = !open && !is_unit(word) && !self.lists.is_given(word);
            open = is_unit(word);
            end += 1;
            if family {
                break;
            }
        }
        let alone = end == index + 1;
        (!open && !alone).then(|| self.make(index, end, cut, Kind::Person))
    }

    fn continues(&self, word: &str, at: usize) -> bool {
        let listed = self.lists.name_at(self.words, at).is_some_and(|(_, _, kind)| kind == Kind::Organization);
        let role = self.lists.role(word).is_some() && !self.lists.may_be_given(word) && !self.lists.is_given(word);
        !role
            && !listed
            && !self.lists.is_kept_head(word)
            && (is_unit(word)
                || !splits(word).any(|cut| {
                    word.get(cut..).is_some_and(|core| affix::is_definite(core) || (self.lists.is_given(core)))
                }))
    }

    fn organization(&self, index: usize) -> Option<(Name, usize)> {
        let first = self.words.fold(index);
        let mut cuts = std::iter::once(0).chain(splits(first));
        let head = |word: &str| self.lists.is_kept_head(word) || self.lists.is_left_head(word);
        let cut = cuts.find(|&cut| first.get(cut..).is_some_and(head))?;
        let head = first.get(cut..)?;
        if self.lists.is_left_head(head) && self.words.is_quotation(index + 1) {
            let close = (index + 2..self.words.len().min(index + 8)).find(|&at| self.words.is_quotation(at))?;
            return (close > index + 2).then(|| self.make(index + 2, close, 0, Kind::Organization));
        }
        if !self.lists.is_kept_head(head) {
            return None;
        }
        // The article on the head wants an adjective (البنك المركزي); without it the first complement may be any noun.
        let mut end = index + 1;
        while end - index < ORGANIZATION_WORDS {
            let word = self.words.fold(end);
            let arabic = self.words.get(end).is_some_and(|word| word.class == Class::Arabic);
            let bare = affix::without_and(word);
            let definite = affix::is_definite(bare) || affix::strip_to_the(word).is_some();
            let first_complement = end == index + 1 && !affix::is_definite(head);
            let place = first_complement && self.lists.name_at(self.words, end).is_some();
            let fits = definite || place || (first_complement && word.chars().count() > 2);
            if !arabic || self.lists.is_plain(word) || self.lists.role(word).is_some() || !fits {
                break;
            }
            end += 1;
        }
        (end > index + 1).then(|| self.make(index, end, cut, Kind::Organization))
    }

    /// A name in Latin letters after a head: شركة HMD.
    fn latin(&self, index: usize) -> Option<(Name, usize)> {
        let before = self.words.fold_before(index);
        let foreign = |at: usize| self.words.get(at).is_some_and(|word| word.class == Class::Foreign);
        if !foreign(index) || !(self.lists.is_left_head(before) || self.lists.is_kept_head(before)) {
            return None;
        }
        let end = (index..self.words.len()).find(|&at| !foreign(at)).unwrap_or(self.words.len());
        Some(self.make(index, end, 0, Kind::Organization))
    }
}

/// Words that a name may hold but not end with.
fn is_unit(word: &str) -> bool {
    grammar::is(word, WordClass::NameUnit)
}
