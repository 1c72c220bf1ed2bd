//! What is taken for speech: clauses, words in marks, headlines, words after a colon. (Attributing phrases, بحسب and
//! their like, are in `attribute`.)

use super::behind;
use super::clauses;
use super::found::FoundQuote;
use super::marks::QuotedSpan;
use super::reader::{Attribution, Reader};
use super::speech::{self, Speech};
use crate::annotation::QuoteKind;
use crate::arabic::affix;
use crate::extract::analysis::Analysis;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Act, CUES, Frame, Shape};
use crate::extract::speakers::features::{Context, How};
use crate::extract::speakers::site::SpeechSite;
use crate::extract::speakers::{self, Source};

/// As many words may stand between an accusation and what it says.
const ACCUSED: usize = 16;
/// As many words may stand between a cue and the colon that leads to its words.
const COLON: usize = 25;
/// As many inside marks.
const NESTED: usize = 5;

impl Reader<'_, '_> {
    /// A reported clause.
    pub fn clause(&mut self, cue: usize, content: usize) {
        let end = clauses::report_end(self.analysis, &self.quoted_spans, &self.depth, content);
        let range = clauses::trimmed(self.analysis, content, end);
        let whole = self.beginning(range.start + 1).any(|quoted| quoted.inner.end + 1 >= range.end);
        // وصفه بأنه "...": what it is called stands in the marks, the rest is the narrator's.
        let called = self.analysis.cue(cue).is_some_and(|form| form.act == Act::Call)
            && self.analysis.words.is_quotation(content);
        if whole || called || range.len() < 2 {
            return;
        }
        let attribution = self.attribution_of(cue);
        self.push(QuoteKind::Indirect, range, &attribution, (Some(cue), Speech::by("cue with أن")));
    }

    /// اتهم الوزير الشركة بإخفاء الملفات عنه: what he says that it did, without ب.
    pub fn accusation(&mut self, cue: usize) {
        let words = self.analysis.words;
        let end = self.analysis.sentence_end(cue);
        let action = |at: &usize| {
            let core = words.fold(*at).strip_prefix(affix::BY).unwrap_or_default();
            let noun = core.chars().count() > 3 && !words.is(*at, WordClass::Complementizer);
            noun && self.analysis.name(*at).is_none()
                && !words.is_before(*at, WordClass::Called)
                && !CUES.is_circumstance(words.fold(*at))
                && !words.is_quotation(at + 1)
        };
        let Some(at) = (cue + 2..end.min(cue + ACCUSED)).find(action) else { return };
        let stop = clauses::report_end(self.analysis, &self.quoted_spans, &self.depth, at);
        let range = clauses::trimmed(self.analysis, at, stop);
        if self.depth_of(cue) > 0
            || range.len() < 3
            || (cue + 1..at).any(|at| words.is_comma(at) || words.is_quotation(at))
        {
            return;
        }
        let attribution = self.attribution_of(cue);
        let before = self.found.len();
        self.push(QuoteKind::Indirect, range, &attribution, (Some(cue), Speech::by("an accusation")));
        if let Some(quote) = self.found.get_mut(before) {
            quote.span.start += affix::BY.len_utf8();
        }
    }

    /// Words between marks.
    pub fn quoted(&mut self, quoted: &QuotedSpan) {
        let start = quoted.inner.start;
        // Cues are read in order: if the last before the marks is too far, all are. قال: «نتمنى …»: one that is the first
        // word inside leads to nothing outside.
        let outside = |attribution: &&Attribution| attribution.cue < start;
        let near = self.attributions.iter().rev().find(outside).filter(|attribution| {
            self.analysis.words.same_sentence(attribution.cue, start) || start - attribution.cue < 4
        });
        let near = near.cloned();
        let cue = near.as_ref().map(|near| near.cue);
        let cue_behind = behind::cue(self.analysis, quoted);
        let pointed = behind::pointed(self.analysis, quoted);
        let following = cue_behind
            .or(pointed)
            .and_then(|cue| self.following(cue))
            .or_else(|| behind::signed(self.analysis, quoted));
        let is_signed = following.is_some() && cue_behind.or(pointed).is_none();
        let share = speakers::share_before(self.analysis, start.saturating_sub(1));
        let answers = cue.and_then(|cue| self.analysis.cue(cue)).is_some_and(|form| form.reports());
        let found = speech::speech(self.analysis, quoted, cue, self.recent())
            .or_else(|| share.as_ref().filter(|_| answers).and_then(|_| Speech::by("marks after a share of people")))
            .or_else(|| cue_behind.and_then(|_| Speech::by("marks before a cue")))
            .or_else(|| pointed.and_then(|_| Speech::by("marks before a word that points back")))
            .or_else(|| is_signed.then(|| Speech::by("marks before a dash and a name")).flatten());
        let Some(found) = found else { return };
        let led = share.is_some() || near.as_ref().is_some_and(|near| near.source.is_some());
        let proposal = match share.clone().or(near.and_then(|near| near.source)) {
            Some(source) => Some(source),
            None => self.report_around(quoted).or(following).or_else(|| self.carried(How::Last)),
        };
        let words = clauses::trimmed(self.analysis, start, quoted.inner.end);
        // Words in marks inside a report are the one's who is reported.
        let within = |quote: &&FoundQuote| {
            quote.kind == QuoteKind::Indirect && quote.words.start <= words.start && words.end <= quote.words.end
        };
        if let Some(outer) = self.recent().iter().rev().find(within).filter(|_| share.is_none()) {
            let attribution = Attribution { cue: start, source: outer.source.clone(), ranking: outer.ranking };
            self.push(QuoteKind::Direct, words, &attribution, (cue, Some(found)));
            return;
        }
        let marks = SpeechSite {
            at: start,
            subject_range: start..start,
            form: cue.and_then(|cue| self.analysis.cue(cue)),
            kind: Context::Marks,
            subject: share,
            proposal,
            outer: self.outer(start),
            channel: 0..0,
        };
        let site = cue_behind.filter(|_| !led).and_then(|cue| site_behind(self.analysis, cue)).unwrap_or(marks);
        let attribution = self.decide(&site);
        self.push(QuoteKind::Direct, words, &attribution, (cue, Some(found)));
    }

    /// Inside a report, the one who is reported.
    fn report_around(&self, quoted: &QuotedSpan) -> Option<Source> {
        let around =
            |quote: &&FoundQuote| quote.words.start <= quoted.inner.start && quoted.inner.end <= quote.words.end;
        self.recent().iter().rev().find(around)?.source.clone()
    }

    /// The subject of the cue behind marks.
    fn following(&self, cue: usize) -> Option<Source> {
        let end = self.analysis.sentence_end(cue);
        speakers::subject(self.analysis, cue + 1..end).map(|source| self.resolve(source))
    }

    /// قال: ... without marks.
    pub fn unmarked(&mut self, colon: usize) {
        let next = colon + 1;
        let words = self.analysis.words;
        let reaches =
            |attribution: &&Attribution| colon - attribution.cue < COLON && words.same_sentence(attribution.cue, colon);
        let Some(attribution) = self.attributions.last().filter(reaches).cloned() else { return };
        let cue = attribution.cue;
        let fits = self.analysis.cue(cue).is_some_and(|form| form.reports() && form.takes(Frame::Colon));
        let line = |at: usize| words.get(at).map(|word| word.line);
        // Inside marks the cue stands there too, with little between.
        let deep = self.depth_of(colon) > 0;
        if !fits
            || deep && (self.depth_of(cue) != self.depth_of(colon) || colon - cue > NESTED)
            || words.is_quotation(next)
            // قال فلان: إن ... is a clause, and found as one.
            || words.is(next, WordClass::Complementizer)
            || !deep && self.recent().iter().any(|quote| quote.words.contains(&colon))
            || line(next) != line(colon)
        {
            return;
        }
        // قالت: «سألني الجار: متى تعود؟ ...»: to the end of the marks that it stands in.
        let around =
            self.quoted_spans.iter().filter(|quoted| quoted.inner.contains(&colon)).map(|quoted| quoted.inner.end);
        let end = around.min().unwrap_or(usize::MAX).min(self.analysis.sentence_end(next));
        let range = clauses::trimmed(self.analysis, next, end);
        let attribution = if deep { of_another(self, attribution, colon) } else { attribution };
        if range.len() > 2 || deep && !range.is_empty() {
            self.push(QuoteKind::Direct, range, &attribution, (Some(cue), Speech::by("cue with a colon and no marks")));
        }
    }
}

/// قالت: «سألني الجار: متى تعود؟»: what somebody tells of another is not the teller's; where nobody else is named, nobody is.
fn of_another(reader: &Reader<'_, '_>, told: Attribution, colon: usize) -> Attribution {
    let teller = reader.outer(colon);
    let own = told.source.as_ref().zip(teller.as_ref()).is_some_and(|(source, teller)| source.is(teller));
    // سألت: she asked, or I did.
    let first = reader.analysis.cue(told.cue).is_some_and(|form| form.feminine && form.shape == Shape::Past);
    if own && !first { Attribution { source: None, ranking: None, ..told } } else { told }
}

/// «…»، يقول سمير الوادي: the cue behind the marks with its subject, where that is named.
fn site_behind(analysis: &Analysis<'_>, cue: usize) -> Option<SpeechSite> {
    let subject = speakers::subject(analysis, cue + 1..analysis.sentence_end(cue))?;
    subject.cluster?;
    Some(SpeechSite {
        at: cue,
        subject_range: cue + 1..analysis.words.at(subject.span.end),
        form: analysis.cue(cue),
        kind: Context::Always,
        proposal: Some(subject.clone()),
        subject: Some(subject),
        outer: None,
        channel: 0..0,
    })
}
