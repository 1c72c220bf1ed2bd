//! What is claimed to be speech: clauses, attributions, stretches, headlines, words after a colon.

use super::marks::Stretch;
use super::{Ground, RECENT, Reader, Turn, clauses, speech};
use crate::annotation::{Kind, QuoteKind};
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, CUES};
use crate::extract::speakers::choice::Place;
use crate::extract::speakers::traits::Context;
use crate::extract::speakers::{self, How, Source};

impl Reader<'_, '_> {
    /// `X: ...` on the first line is X speaking.
    pub(super) fn headline(&mut self) {
        let line_end =
            (0..self.scene.words.len()).find(|&at| self.scene.words.get(at).is_some_and(|word| word.line > 0));
        let Some(end) = line_end else { return };
        let Some(colon) = (1..end.min(14)).find(|&at| self.scene.words.is_mark(at, &[':'])) else { return };
        if (0..colon).any(|at| self.scene.cue(at).is_some_and(|form| form.reports())) {
            return;
        }
        let people = (0..colon).filter_map(|at| self.scene.name(at)).collect::<Vec<_>>();
        let person = |name: &&usize| self.scene.names.get(**name).is_some_and(|name| name.kind != Kind::Place);
        let titled = LISTS.role(self.scene.words.fold(0)).is_some();
        let Some(source) =
            speakers::nominal(self.scene, 0..colon).filter(|_| titled || people.first().filter(person).is_some())
        else {
            return;
        };
        let proposal = self.resolve(source.clone());
        let place = Place {
            at: 0,
            zone: 0..colon,
            form: None,
            sort: Context::Heading,
            subject: Some(source),
            proposal: Some(proposal),
            outer: None,
        };
        let turn = self.decide(&place);
        let content = clauses::trimmed(self.scene, colon + 1, end);
        let quoted =
            self.stretches.iter().any(|stretch| stretch.inner.start == colon + 2 && stretch.inner.end + 2 >= end);
        if !quoted && content.len() > 2 {
            self.push(
                QuoteKind::Direct,
                content,
                &turn,
                Ground { cue: None, rule: "headline with a colon", confidence: 0.92 },
            );
        }
        self.hear(turn.source, 0);
    }

    /// The stretches that begin with that word.
    fn beginning(&self, start: usize) -> impl Iterator<Item = &Stretch> {
        let first = self.stretches.partition_point(|stretch| stretch.inner.start < start);
        self.stretches.iter().skip(first).take_while(move |stretch| stretch.inner.start == start)
    }

    /// A reported clause.
    pub(super) fn clause(&mut self, cue: usize, content: usize) {
        let end = clauses::report_end(self.scene, &self.stretches, &self.depth, content);
        let range = clauses::trimmed(self.scene, content, end);
        let whole = self.beginning(range.start + 1).any(|stretch| stretch.inner.end + 1 >= range.end);
        // وصفه بأنه "...": what it is called stands in the marks, the rest is the narrator's.
        let called =
            self.scene.cue(cue).is_some_and(|form| form.act == Act::Call) && self.scene.is_quotation_mark(content);
        if whole || called || range.len() < 2 {
            return;
        }
        let turn = self.turn_of(cue);
        self.push(QuoteKind::Indirect, range, &turn, Ground { cue: Some(cue), rule: "cue with أن", confidence: 0.9 });
    }

    /// بحسب X after the words or before them.
    pub(super) fn attributed(&mut self, at: usize, length: usize) {
        let relayed = self.scene.words.fold(at) == "نقلا" && self.attributed_to > at;
        if self.depth.get(at).copied().unwrap_or_default() > 0 || relayed {
            return;
        }
        let mut from = at + length;
        let end = self.scene.sentence_end(at);
        let said = matches!(self.scene.words.fold(from), "ما" | "لما");
        if said {
            from += 2;
            while matches!(self.scene.words.fold(from), "به" | "فيه" | "عنه" | "في" | "عن" | "له") {
                from += 1;
            }
        }
        if CUES.is_self_noun(self.scene.words.fold(from)) {
            return;
        }
        // ما أكده لإذاعة كذا فلان: behind a verb the one spoken to may come first.
        let first =
            if said { None } else { self.scene.name(from).and_then(|_| speakers::nominal(self.scene, from..end)) };
        let found = first
            .or_else(|| speakers::subject(self.scene, from..end))
            .or_else(|| speakers::nominal(self.scene, from..end))
            .map(|source| self.behind(said.then(|| from - 1), source, end));
        let Some(mut source) = found else { return };
        // وفقا لوزارة الزراعة: the preposition is written on the head.
        let known = |head: &str| speakers::can_head(head) || CUES.is_channel(head);
        if let Some(bare) = source.head.strip_prefix('ل').filter(|bare| source.cluster.is_none() && known(bare)) {
            source.head = bare.to_owned();
            source.span.start += 'ل'.len_utf8();
        }
        if source.cluster.is_none() && !known(&source.head) {
            return;
        }
        let place = Place {
            at,
            zone: from..self.scene.words.within(source.span).end.max(from),
            form: None,
            sort: Context::Attribution,
            subject: Some(source.clone()),
            proposal: Some(self.resolve(source)),
            outer: None,
        };
        self.attributed_to = place.zone.end;
        let turn = self.decide(&place);
        let Some(source) = turn.source.clone() else { return };
        let start = self.scene.sentence_start(at);
        let opens = at <= start + 1;
        let (range, rule) = if opens {
            let after = self.scene.words.at(source.span.end);
            let comma = (after..end.min(after + 12)).find(|&next| {
                speakers::is_comma(self.scene, next) || matches!(self.scene.words.fold(next), "فان" | "فانه" | "فانها")
            });
            let from = comma.unwrap_or(after) + usize::from(comma.is_some());
            let from = if matches!(self.scene.words.fold(from), "فان" | "فانه" | "فانها") {
                from + 1
            } else {
                from
            };
            (clauses::trimmed(self.scene, from, end), "attribution before the words")
        } else {
            let first = if self.scene.words.fold(start) == "و" { start + 1 } else { start };
            (clauses::trimmed(self.scene, first, at), "attribution after the words")
        };
        // What is in marks already is the quote itself; it only learns its speaker.
        let inner = |stretch: &&Stretch| stretch.inner.start == range.start + 1 && stretch.inner.end + 1 == range.end;
        let marked = self.beginning(range.start + 1).find(inner).map(|stretch| stretch.inner.clone());
        if let Some(words) = marked
            && !self.recent().iter().any(|quote| quote.words == words)
        {
            // «…»، بحسب X: short words that nothing else said to be speech.
            self.push(
                QuoteKind::Direct,
                words,
                &turn,
                Ground { cue: Some(at), rule: "marks with an attribution", confidence: 0.9 },
            );
            self.hear(Some(source), at);
            return;
        }
        let reached = self.reached(&turn);
        let quoted = self.found.iter_mut().rev().take(RECENT).find(|quote| {
            quote.kind == QuoteKind::Direct
                && quote.words.end + 3 >= range.end
                && quote.words.start <= range.start + 2
                && quote.words.start >= range.start
        });
        if let Some(quote) = quoted {
            quote.why = format!("attribution after the words; {reached}");
            quote.source = Some(source.clone());
            quote.choice = turn.choice;
        } else if !self.recent().iter().any(|quote| {
            quote.kind == QuoteKind::Indirect
                && quote.words.start >= range.start
                && quote.words.end <= range.end + 1
                && same(quote.source.as_ref(), &source)
        }) && range.len() > 3
        {
            self.push(
                QuoteKind::Indirect,
                range,
                &turn,
                Ground { cue: Some(at), rule, confidence: if opens { 0.65 } else { 0.85 } },
            );
        }
        self.hear(Some(source), at);
    }

    /// ما نقلته وكالة كذا عن فلان, قالت صحيفة كذا نقلا عن فلان: the source behind the channel that was found.
    fn behind(&self, verb: Option<usize>, channel: Source, end: usize) -> Source {
        let after = self.scene.words.at(channel.span.end);
        let relays = verb.is_some_and(|verb| self.scene.words.fold(verb).starts_with("نقل"));
        let leads =
            |at: &usize| self.scene.words.fold(*at) == "عن" && (relays || self.scene.words.fold_before(*at) == "نقلا");
        let from = (after..end.min(after + 6)).find(leads);
        let source = from.and_then(|from| speakers::nominal(self.scene, from + 1..end));
        source.map_or(channel, |source| Source { how: How::BehindChannel, ..source })
    }

    /// A stretch between marks.
    pub(super) fn stretch(&mut self, stretch: &Stretch) {
        // Cues are read in order: if the last is too far, all are.
        let near = self.turns.last().filter(|turn| {
            self.scene.words.same_sentence(turn.cue, stretch.inner.start) || stretch.inner.start - turn.cue < 4
        });
        let near = near.cloned();
        let cue = near.as_ref().map(|near| near.cue);
        let following = self.following(stretch);
        let share = speakers::share_before(self.scene, stretch.inner.start.saturating_sub(1));
        let answers = cue.and_then(|cue| self.scene.cue(cue)).is_some_and(|form| form.reports());
        let told = share.as_ref().filter(|_| answers).map(|_| (0.8, "marks after a share of people"));
        let told = told.or(following.as_ref().map(|_| (0.8, "marks before a cue")));
        let Some((confidence, rule)) = speech::weigh(self.scene, stretch, cue, self.recent()).or(told) else { return };
        let proposal = match share.clone().or(near.and_then(|near| near.source)) {
            Some(source) => Some(source),
            None => self.inner(stretch).or(following).or_else(|| self.carried(How::Last)),
        };
        if proposal.is_none() && confidence < 0.6 {
            return;
        }
        let words = clauses::trimmed(self.scene, stretch.inner.start, stretch.inner.end);
        // Words in marks inside a report are the one's who is reported.
        let within = |quote: &&super::Found| {
            quote.kind == QuoteKind::Indirect && quote.words.start <= words.start && words.end <= quote.words.end
        };
        if let Some(outer) = self.recent().iter().rev().find(within).filter(|_| share.is_none()) {
            let turn = Turn { cue: stretch.inner.start, source: outer.source.clone(), choice: outer.choice };
            self.push(QuoteKind::Direct, words, &turn, Ground { cue, rule, confidence });
            return;
        }
        let place = Place {
            at: stretch.inner.start,
            zone: stretch.inner.start..stretch.inner.start,
            form: cue.and_then(|cue| self.scene.cue(cue)),
            sort: Context::Marks,
            subject: share,
            proposal,
            outer: self.outer(stretch.inner.start),
        };
        let turn = self.decide(&place);
        self.push(QuoteKind::Direct, words, &turn, Ground { cue, rule, confidence });
    }

    /// Inside a report, the one who is reported.
    fn inner(&self, stretch: &Stretch) -> Option<Source> {
        let outer = self
            .recent()
            .iter()
            .rev()
            .find(|quote| quote.words.start <= stretch.inner.start && stretch.inner.end <= quote.words.end)?;
        outer.source.clone()
    }

    /// «…»، قال X.
    fn following(&self, stretch: &Stretch) -> Option<Source> {
        let comma = stretch.inner.end + 1;
        let after = speakers::is_comma(self.scene, comma).then_some(comma + 1)?;
        let cue = (after..after + 2).find(|&at| self.scene.cue(at).is_some_and(|form| form.is_finite()))?;
        let end = self.scene.sentence_end(cue);
        speakers::subject(self.scene, cue + 1..end).map(|source| self.resolve(source))
    }

    /// قال: ... without marks.
    pub(super) fn unmarked(&mut self, colon: usize) {
        let next = colon + 1;
        let reaches = |turn: &&Turn| colon - turn.cue < 25 && self.scene.words.same_sentence(turn.cue, colon);
        let Some(turn) = self.turns.last().filter(reaches).cloned() else { return };
        let cue = turn.cue;
        let fits = self.scene.cue(cue).is_some_and(|form| form.reports() && form.takes(":"));
        let inside = self.depth.get(colon).copied().unwrap_or_default() > 0;
        if !fits
            || inside
            || self.scene.is_quotation_mark(next)
            || self.recent().iter().any(|quote| quote.words.contains(&colon))
        {
            return;
        }
        let line = self.scene.words.get(colon).map(|word| word.line);
        if self.scene.words.get(next).map(|word| word.line) != line {
            return;
        }
        let range = clauses::trimmed(self.scene, next, self.scene.sentence_end(next));
        if range.len() > 2 {
            self.push(
                QuoteKind::Direct,
                range,
                &turn,
                Ground { cue: Some(cue), rule: "cue with a colon and no marks", confidence: 0.65 },
            );
        }
    }
}

fn same(left: Option<&Source>, right: &Source) -> bool {
    left.is_some_and(|left| match (left.cluster, right.cluster) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.head == right.head,
        _ => false,
    })
}
