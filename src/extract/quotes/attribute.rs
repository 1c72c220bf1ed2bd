//! Attributing phrases: بحسب X, وفقا لـ X, نقلا عن X after the words or before them.

use super::clauses;
use super::found::FoundQuote;
use super::marks::QuotedSpan;
use super::reader::{Attribution, RECENT, Reader};
use super::speech::Speech;
use crate::annotation::{Kind, QuoteKind};
use crate::arabic::affix;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Attributing, CUES};
use crate::extract::phrase::can_head;
use crate::extract::speakers::features::{Context, How};
use crate::extract::speakers::site::SpeechSite;
use crate::extract::speakers::{self, Source};
use std::ops::Range;

/// As far behind an attribution that opens its sentence its comma may stand, in words.
const COMMA: usize = 12;

impl Reader<'_, '_> {
    /// The attributing phrase at `at`.
    pub fn attributed(&mut self, at: usize, phrase: Attributing) {
        let relayed = self.analysis.words.is(at, WordClass::Relayed) && self.attributed_to > at;
        if self.depth_of(at) > 0 || relayed {
            return;
        }
        let end = self.analysis.sentence_end(at);
        let Some((from, source)) = self.attributed_source(at, phrase, end) else { return };
        let site = SpeechSite {
            at,
            subject_range: from..self.analysis.words.within(source.span).end.max(from),
            form: None,
            kind: Context::Attribution,
            subject: Some(source.clone()),
            proposal: Some(self.resolve(source)),
            outer: None,
            channel: 0..0,
        };
        self.attributed_to = site.subject_range.end;
        let attribution = self.decide(&site);
        let Some(source) = attribution.source.clone() else { return };
        let opens = at <= self.analysis.sentence_start(at) + 1;
        let passed_on = !opens && is_passed_on(self, at, &source);
        let range = self.attributed_words(at, end, &source, opens);
        // What is in marks already is the quote itself; it only learns its speaker.
        let marked = self.marked(&range).filter(|words| !self.recent().iter().any(|quote| quote.words == *words));
        if let Some(words) = marked {
            // «…»، بحسب X: short words that nothing else said to be speech.
            let speech = Speech::by("marks with an attribution");
            self.push(QuoteKind::Direct, words, &attribution, (Some(at), speech));
            self.hear(Some(source), at);
            return;
        }
        let reached = attribution.reached(&self.rankings);
        let near = |quote: &FoundQuote| {
            quote.kind == QuoteKind::Direct
                && quote.words.end + 3 >= range.end
                && quote.words.start <= range.start + 2
                && quote.words.start >= range.start
        };
        if let Some(quote) = self.found.iter_mut().rev().take(RECENT).find(|quote| near(quote)) {
            if passed_on {
                return;
            }
            quote.why = format!("attribution after the words; {reached}");
            quote.source = Some(source.clone());
            quote.ranking = attribution.ranking;
        } else if !self.is_reported(&range, &source)
            && (opens || !clauses::reports_past(self.analysis, &self.leads, &range, (at, site.subject_range.end)))
            && range.len() > 3
        {
            let rule = if opens { "attribution before the words" } else { "attribution after the words" };
            self.push(QuoteKind::Indirect, range, &attribution, (Some(at), Speech::by(rule)));
        }
        self.hear(Some(source), at);
    }

    /// The source behind an attributing phrase, and the word at which it begins.
    fn attributed_source(&self, at: usize, phrase: Attributing, end: usize) -> Option<(usize, Source)> {
        let words = self.analysis.words;
        let mut from = at + phrase.length;
        // بحسب ما صرح به فلان, حسبما صرح به فلان
        let what = words.is(from, WordClass::What);
        let said = what || phrase.verb.is_some();
        if said {
            from += if what { 2 } else { 0 };
            while words.is(from, WordClass::Return) {
                from += 1;
            }
        }
        if CUES.is_self_noun(words.fold(from)) {
            return None;
        }
        // حسب تعبير الوزير, وفق رواية الشرطة
        let by_noun = !said && CUES.is_noun_of_speech(words.fold(from)) && self.analysis.name(from).is_none();
        let behind_noun = by_noun.then(|| self.source_from(from + 1, false, end)).flatten();
        match behind_noun {
            Some(source) => Some((from + 1, source)),
            None => self.source_from(from, said, end).map(|source| (from, source)),
        }
    }

    /// The source that stands from a word on, `said` behind a verb.
    fn source_from(&self, from: usize, said: bool, end: usize) -> Option<Source> {
        // ما أكده لإذاعة كذا فلان: behind a verb the one spoken to may come first.
        let first = if said {
            None
        } else {
            self.analysis.name(from).and_then(|_| speakers::nominal(self.analysis, from..end))
        };
        let found = first
            .or_else(|| speakers::subject(self.analysis, from..end))
            .or_else(|| speakers::nominal(self.analysis, from..end))
            .map(|source| self.behind(said.then(|| from - 1), source, end));
        let mut source = found?;
        // وفقا لوزارة الزراعة, وفقا للوزارة: the preposition is written on the head.
        let known = |head: &str| can_head(head) || CUES.is_channel(head);
        let to = || source.head.strip_prefix(affix::TO).map(str::to_owned);
        let bare = affix::strip_to_the(&source.head).map(affix::with_article).or_else(to);
        if let Some(bare) = bare.filter(|bare| source.cluster.is_none() && known(bare)) {
            source.head = bare;
            source.span.start += affix::TO.len_utf8();
        }
        (source.cluster.is_some() || known(&source.head)).then_some(source)
    }

    /// The words that an attributing phrase at `at` attributes: what follows its source where it opens the sentence, else
    /// what stands before it.
    fn attributed_words(&self, at: usize, end: usize, source: &Source, opens: bool) -> Range<usize> {
        let words = self.analysis.words;
        if opens {
            let after = words.at(source.span.end);
            let resumes = |next: usize| words.is(next, WordClass::Resumption);
            let comma = (after..end.min(after + COMMA)).find(|&next| words.is_comma(next) || resumes(next));
            // وبحسب اللائحة تعاد المباراة، وهو ما يرفضه: the clause has begun before the comma.
            let begun = |comma: &usize| {
                *comma > after + 2 && words.is_comma(*comma) && words.fold(comma + 1).starts_with(affix::AND)
            };
            let comma = comma.filter(|comma| !begun(comma));
            let from = comma.unwrap_or(after) + usize::from(comma.is_some());
            return clauses::trimmed(self.analysis, from + usize::from(resumes(from)), end);
        }
        // «… . …»، بحسب فلان: all that stands in the marks, over its sentences.
        let last = (0..3).map(|back| at.wrapping_sub(back + 1)).find(|&before| !words.is_comma(before));
        let start = self.analysis.sentence_start(at);
        let ends =
            |quoted: &&QuotedSpan| Some(quoted.inner.end) == last && quoted.inner.start <= start && quoted.closed;
        if let Some(quoted) = self.quoted_spans.iter().find(ends) {
            return quoted.inner.start.saturating_sub(1)..quoted.inner.end + 1;
        }
        clauses::trimmed(self.analysis, start + usize::from(words.is(start, WordClass::And)), at)
    }

    /// The words in marks that are the whole range.
    fn marked(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let whole = |quoted: &&QuotedSpan| quoted.inner.end + 1 == range.end;
        self.beginning(range.start + 1).find(whole).map(|quoted| quoted.inner.clone())
    }

    /// Whether a report inside the range is by that source already.
    fn is_reported(&self, range: &Range<usize>, source: &Source) -> bool {
        let same = |known: &Source| match (known.cluster, source.cluster) {
            (None, None) => known.head == source.head,
            _ => known.is(source),
        };
        self.recent().iter().any(|quote| {
            quote.kind == QuoteKind::Indirect
                && quote.words.start >= range.start
                && quote.words.end <= range.end + 1
                && quote.source.as_ref().is_some_and(same)
        })
    }

    /// ما نقلته وكالة كذا عن فلان, قالت صحيفة كذا نقلا عن فلان: the source behind the channel that was found.
    fn behind(&self, verb: Option<usize>, channel: Source, end: usize) -> Source {
        let words = self.analysis.words;
        let after = words.at(channel.span.end);
        let relays = verb.is_some_and(|verb| words.is(verb, WordClass::Relay));
        let leads =
            |at: &usize| words.is(*at, WordClass::About) && (relays || words.is_before(*at, WordClass::Relayed));
        let from = (after..end.min(after + 6)).find(leads);
        let source = from.and_then(|from| speakers::nominal(self.analysis, from + 1..end));
        source.map_or(channel, |source| Source { how: How::BehindChannel, ..source })
    }
}

/// وأضاف سمير الوادي «…»، وفق ما ذكرت وكالة الساحل: a person has said in the sentence, and a body has only passed it on.
fn is_passed_on(reader: &Reader<'_, '_>, at: usize, source: &Source) -> bool {
    let start = reader.analysis.sentence_start(at);
    let kind = |source: &Source| {
        source.cluster.and_then(|cluster| reader.participants.clusters.get(cluster)).map(|known| known.kind)
    };
    let said = |known: &Attribution| {
        (start..at).contains(&known.cue)
            && reader.depth_of(known.cue) == 0
            && reader.analysis.cue(known.cue).is_some_and(|form| form.is_finite() && form.reports())
            && known.source.as_ref().is_some_and(|known| !known.is(source) && kind(known) != Some(Kind::Organization))
    };
    kind(source) == Some(Kind::Organization)
        && reader.attributions.iter().rev().take(RECENT).take_while(|known| known.cue >= start).any(said)
}
