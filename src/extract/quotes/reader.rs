//! The state of one reading of a text: the quotes found so far, who spoke last, whose turn it is.

use super::clauses::{self, Lead};
use super::found::FoundQuote;
use super::marks::QuotedSpan;
use super::speech::Speech;
use crate::annotation::{QuoteKind, Role};
use crate::extract::analysis::Analysis;
use crate::extract::roles::Bearers;
use crate::extract::speakers::Source;
use crate::extract::speakers::participants::Participants;
use crate::extract::speakers::ranking::{Ranking, rank};
use crate::extract::speakers::site::{Discourse, SpeechSite};
use std::ops::Range;

/// How many who may have spoken are kept for a quote.
const OFFERED: usize = 4;

/// How many quotes may lie in one, and still be seen to; how many who were not named are remembered.
pub(super) const RECENT: usize = 64;

/// Who speaks at a cue.
#[derive(Clone, Debug, Default)]
pub(super) struct Attribution {
    pub cue: usize,
    pub source: Option<Source>,
    /// Where the ranking that it comes from stands among those of the document.
    pub ranking: Option<usize>,
}

impl Attribution {
    /// How the speaker was reached, for `--explain`; from the rankings of the document.
    pub fn reached(&self, rankings: &[Ranking]) -> String {
        let how = self.source.as_ref().map_or("nobody is named", |source| source.how.name());
        let ranking = self.ranking.and_then(|ranking| rankings.get(ranking));
        let reasons = ranking.map(Ranking::reasons).unwrap_or_default();
        if reasons.is_empty() { format!("speaker: {how}") } else { format!("speaker: {how} ({reasons})") }
    }
}

/// The state of the reading: what was found so far, who spoke last.
pub(super) struct Reader<'a, 's> {
    pub analysis: &'a Analysis<'s>,
    pub bearers: Bearers,
    /// Whether rankings are kept whole.
    pub whole: bool,
    pub participants: Participants,
    pub quoted_spans: Vec<QuotedSpan>,
    pub depth: Vec<usize>,
    /// The cues that lead to a clause.
    pub leads: Vec<Lead>,
    pub discourse: Discourse,
    /// The one who answers the questions of an interview.
    pub interviewed: Option<Attribution>,
    /// One past the last word that an attribution took.
    pub attributed_to: usize,
    /// The cues read so far.
    pub attributions: Vec<Attribution>,
    pub rankings: Vec<Ranking>,
    pub found: Vec<FoundQuote>,
}

impl<'a, 's> Reader<'a, 's> {
    /// At the first word; `marked` is what stands in marks, and for each word how many marks it lies in.
    pub fn new(
        analysis: &'a Analysis<'s>,
        titles: &[(usize, Role)],
        marked: (Vec<QuotedSpan>, Vec<usize>),
        whole: bool,
    ) -> Self {
        let (quoted_spans, depth) = marked;
        Self {
            analysis,
            bearers: Bearers::new(titles),
            whole,
            participants: Participants::new(analysis, titles),
            quoted_spans,
            leads: clauses::leads(analysis, &depth),
            depth,
            discourse: Discourse::default(),
            interviewed: None,
            attributed_to: 0,
            attributions: Vec::new(),
            rankings: Vec::new(),
            found: Vec::new(),
        }
    }

    /// How many quotation marks the word lies in.
    pub fn depth_of(&self, at: usize) -> usize {
        self.depth.get(at).copied().unwrap_or_default()
    }

    /// The quoted spans that begin with that word.
    pub fn beginning(&self, start: usize) -> impl Iterator<Item = &QuotedSpan> {
        let first = self.quoted_spans.partition_point(|quoted| quoted.inner.start < start);
        self.quoted_spans.iter().skip(first).take_while(move |quoted| quoted.inner.start == start)
    }

    /// Notes a quote that rests on a cue (or the word of an attributing phrase) and a rule; nothing where the rule is
    /// switched off.
    pub fn push(
        &mut self,
        kind: QuoteKind,
        words: Range<usize>,
        attribution: &Attribution,
        (cue, speech): (Option<usize>, Option<Speech>),
    ) {
        let Some(Speech { rule, confidence }) = speech.filter(|_| !words.is_empty()) else { return };
        let span = self.analysis.words.span(words.clone());
        let cue = cue.and_then(|cue| self.analysis.words.get(cue)).map(|word| word.span);
        let why = format!("{rule}; {}", attribution.reached(&self.rankings));
        let (source, ranking) = (attribution.source.clone(), attribution.ranking);
        self.found.push(FoundQuote { kind, words, span, cue, source, ranking, confidence, why });
    }

    /// Ranks who may speak at the site.
    pub fn decide(&mut self, site: &SpeechSite) -> Attribution {
        let mut ranking = rank(self.analysis, &self.participants, site, &self.discourse);
        let source = ranking.best();
        if !self.whole {
            // What set the first apart is told by the second; some more are offered where it is in doubt.
            ranking.candidates.truncate(OFFERED);
        }
        self.rankings.push(ranking);
        Attribution { cue: site.at, source, ranking: Some(self.rankings.len() - 1) }
    }

    /// What was found last: whatever a word lies in is among it.
    pub fn recent(&self) -> &[FoundQuote] {
        self.found.get(self.found.len().saturating_sub(RECENT)..).unwrap_or_default()
    }

    /// The speaker of the report or quotation that the word lies in.
    pub fn outer(&self, at: usize) -> Option<Source> {
        self.recent().iter().rev().find(|quote| quote.words.contains(&at)).and_then(|quote| quote.source.clone())
    }

    /// The one who speaks from here on.
    pub fn hear(&mut self, source: Option<Source>, at: usize) {
        let Some(source) = source else { return };
        let again = |discourse: &Discourse| {
            let known = discourse.current.as_ref();
            known.is_some_and(|known| known.cluster == source.cluster)
                && source.cluster.is_some_and(|cluster| discourse.times(cluster) > 0)
        };
        match source.cluster {
            Some(cluster) if !again(&self.discourse) => self.discourse.add(cluster),
            None if !self.discourse.nominals.iter().any(|known| known.span == source.span) => {
                self.discourse.nominals.push(source.clone());
                let many = self.discourse.nominals.len().saturating_sub(RECENT);
                self.discourse.nominals.drain(..many);
            }
            _ => {}
        }
        self.discourse.at = at;
        let again = self
            .discourse
            .current
            .as_ref()
            .is_some_and(|known| (known.cluster, known.span) == (source.cluster, source.span));
        let before = self.discourse.current.replace(source);
        if !again {
            self.discourse.before_current = before;
        }
    }

    /// The attribution at that cue.
    pub fn attribution_of(&self, cue: usize) -> Attribution {
        self.attributions
            .iter()
            .rev()
            .take_while(|known| known.cue >= cue)
            .find(|known| known.cue == cue)
            .cloned()
            .unwrap_or_default()
    }
}
