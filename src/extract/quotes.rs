//! Who said what: quoted stretches and reported clauses, which of them are speech, and whose.
//!
//! The text is read once. A cue with a subject makes that subject the one who speaks; whatever has no subject of its own
//! (an elided one, a participle, a self-attribution) goes on with the last. Each claim carries the reason it rests on.

mod clauses;
mod marks;
mod speech;

use crate::annotation::QuoteKind;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, CUES, Shape};
use crate::extract::scene::Scene;
use crate::extract::speakers::{self, Source};
use crate::text::Span;
use marks::Stretch;
use std::ops::Range;

/// A quote before it has an id.
#[derive(Clone, Debug)]
pub struct Found {
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The words, without their marks.
    pub words: Range<usize>,
    /// Their place in the text.
    pub span: Span,
    /// The word that says that somebody speaks.
    pub cue: Option<Span>,
    /// Whose words.
    pub source: Option<Source>,
    /// How sure that it is speech.
    pub confidence: f32,
    /// The rule that found it and how the speaker was reached.
    pub why: String,
}

/// Every quote of the document.
#[must_use]
pub fn find(scene: &Scene<'_>, roles: &dyn Fn(&str) -> Option<usize>) -> Vec<Found> {
    let stretches = marks::stretches(scene);
    let mut depth = vec![0; scene.words.len()];
    for stretch in &stretches {
        for level in depth.get_mut(stretch.inner.clone()).into_iter().flatten() {
            *level += 1;
        }
    }
    let mut reader = Reader {
        scene,
        roles,
        stretches,
        depth,
        current: None,
        before_current: None,
        cues: Vec::new(),
        found: Vec::new(),
    };
    reader.headline();
    reader.read();
    let mut found = reader.found;
    found.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    found.dedup_by(|right, left| right.span == left.span && right.kind == left.kind);
    found
}

/// What a claim rests on.
#[derive(Clone, Copy)]
struct Ground<'g> {
    cue: Option<usize>,
    rule: &'g str,
    confidence: f32,
}

struct Reader<'a, 's> {
    scene: &'a Scene<'s>,
    roles: &'a dyn Fn(&str) -> Option<usize>,
    stretches: Vec<Stretch>,
    depth: Vec<usize>,
    current: Option<Source>,
    before_current: Option<Source>,
    /// Each cue read so far with whom it belongs to.
    cues: Vec<(usize, Option<Source>)>,
    found: Vec<Found>,
}

impl Reader<'_, '_> {
    fn push(&mut self, kind: QuoteKind, words: Range<usize>, source: Option<Source>, ground: Ground<'_>) {
        if words.is_empty() {
            return;
        }
        let span = self.scene.words.span(words.clone());
        let Ground { cue, rule, confidence } = ground;
        let cue = cue.and_then(|cue| self.scene.words.get(cue)).map(|word| word.span);
        let how = source.as_ref().map_or("nobody is named", |source| source.how);
        let why = format!("{rule}; speaker: {how}");
        self.found.push(Found { kind, words, span, cue, source, confidence, why });
    }

    /// `X: ...` on the first line is X speaking.
    fn headline(&mut self) {
        let line_end =
            (0..self.scene.words.len()).find(|&at| self.scene.words.get(at).is_some_and(|word| word.line > 0));
        let Some(end) = line_end else { return };
        let Some(colon) = (1..end.min(14)).find(|&at| self.scene.words.is_mark(at, &[':'])) else { return };
        if (0..colon).any(|at| self.scene.cue(at).is_some_and(|form| form.reports())) {
            return;
        }
        let people = (0..colon).filter_map(|at| self.scene.name(at)).collect::<Vec<_>>();
        let person = |name: &&usize| {
            self.scene.names.get(**name).is_some_and(|name| name.kind != crate::annotation::Kind::Place)
        };
        let titled = LISTS.role(self.scene.words.fold(0)).is_some();
        let Some(source) =
            speakers::nominal(self.scene, 0..colon).filter(|_| titled || people.first().filter(person).is_some())
        else {
            return;
        };
        let source = self.resolve(source);
        let content = clauses::trimmed(self.scene, colon + 1, end);
        let quoted =
            self.stretches.iter().any(|stretch| stretch.inner.start == colon + 2 && stretch.inner.end + 2 >= end);
        if !quoted && content.len() > 2 {
            self.push(
                QuoteKind::Direct,
                content,
                Some(source.clone()),
                Ground { cue: None, rule: "headline with a colon", confidence: 0.75 },
            );
        }
        self.current = Some(source);
    }

    /// Reads cues, clauses, attributions and stretches in the order of the text.
    fn read(&mut self) {
        let leads = clauses::leads(self.scene, &self.depth);
        let stretches = self.stretches.clone();
        let (mut lead, mut stretch) = (leads.iter().peekable(), stretches.iter().peekable());
        for at in 0..self.scene.words.len() {
            if let Some(length) = clauses::attribution(self.scene, at) {
                self.attributed(at, length);
            }
            while let Some(next) = lead.next_if(|lead| lead.content == at) {
                self.clause(next.cue, next.content);
            }
            if self.scene.cue(at).is_some() {
                self.cue(at);
            }
            while let Some(next) = stretch.next_if(|stretch| stretch.inner.start == at) {
                self.stretch(next);
            }
            if self.scene.words.is_mark(at, &[':']) {
                self.unmarked(at);
            }
        }
    }

    /// A cue: whose it is, and who speaks from here on.
    fn cue(&mut self, at: usize) {
        let Some(form) = self.scene.cue(at) else { return };
        if self.depth.get(at).copied().unwrap_or_default() > 0 && !form.reports() {
            return;
        }
        let end = self.scene.sentence_end(at);
        let stop = (at + 1..end).find(|&next| self.stops_subject(next)).unwrap_or(end);
        let source = match form.shape {
            Shape::Participle => self.main_of(at),
            Shape::Noun => self.relayed(at).or_else(|| self.main_of(at)),
            _ => {
                let channel = self.scene.words.fold(at).trim_start_matches('و').starts_with("نقل");
                let given = if channel { self.quoted_by(at, stop) } else { None };
                let after =
                    given.or_else(|| speakers::subject(self.scene, at + 1..stop)).map(|source| self.resolve(source));
                let after = after.filter(|source| self.can_speak(source, form.act));
                let source = if form.joined { after } else { after.or_else(|| speakers::before(self.scene, at)) };
                source.or_else(|| {
                    self.carried(if form.joined {
                        "the subject is elided: the last speaker goes on"
                    } else {
                        "the last speaker"
                    })
                })
            }
        };
        let inside = self.depth.get(at).copied().unwrap_or_default() > 0;
        // The verbs inside a report are its matter: they change nothing about who is speaking to the reader.
        let inside = inside || self.found.iter().any(|quote| quote.words.contains(&at));
        if form.is_finite() && !inside && source.is_some() && source != self.current {
            self.before_current = std::mem::replace(&mut self.current, source.clone());
        }
        self.cues.push((at, source));
    }

    /// Whether a nominal can be the subject of speech: what stands after طالب or وصف is as often its object.
    fn can_speak(&self, source: &Source, act: Act) -> bool {
        let head = source.head.as_str();
        let known =
            CUES.is_source(head) || LISTS.role(head).is_some() || LISTS.is_kept_head(head) || LISTS.is_left_head(head);
        let particle = matches!(head, "ذلك" | "هذا" | "هذه" | "هولاء" | "عدم" | "ضروره" | "اهميه" | "وجود")
            || crate::arabic::tokens::splits(head).any(|cut| {
                head.get(..cut).is_some_and(|clitic| clitic.ends_with(['ب', 'ل']))
                    && head.get(cut..).is_some_and(|core| core.starts_with("ال"))
            });
        source.cluster.is_some() || known || (matches!(act, Act::Say) && !particle)
    }

    fn stops_subject(&self, at: usize) -> bool {
        let opens = self.scene.is_quotation_mark(at) && self.scene.name(at + 1).is_none();
        let complementizer =
            self.scene.name(at).is_none() && crate::extract::scene::is_complementizer(self.scene.words.fold(at));
        complementizer
            || self.scene.words.is_mark(at, &[':'])
            || (opens && self.scene.name(at.wrapping_sub(1)).is_none())
    }

    /// نقلت وكالة X عن Y: Y speaks.
    fn quoted_by(&self, at: usize, stop: usize) -> Option<Source> {
        let from = (at + 1..stop).find(|&next| self.scene.words.fold(next) == "عن")?;
        let mut source = speakers::nominal(self.scene, from + 1..stop)?;
        source.how = "the source behind عن; the subject is only the channel";
        Some(source)
    }

    /// عن Y قوله: the nominal before the verbal noun.
    fn relayed(&self, at: usize) -> Option<Source> {
        let start = self.scene.sentence_start(at);
        let from = (start..at).rev().find(|&back| self.scene.words.fold(back) == "عن")?;
        let mut source = self.resolve(speakers::nominal(self.scene, from + 1..at)?);
        source.how = "the source behind عن";
        Some(source)
    }

    /// The speaker of the finite cue before a participle in its sentence, else the last one.
    fn main_of(&self, at: usize) -> Option<Source> {
        let main = self.cues.iter().rev().find(|(cue, source)| {
            source.is_some()
                && self.scene.words.same_sentence(*cue, at)
                && self.scene.cue(*cue).is_some_and(|form| form.is_finite())
        });
        let mut source = main.and_then(|(_, source)| source.clone()).or_else(|| {
            let start = self.scene.sentence_start(at);
            let verb_first = speakers::subject(self.scene, start + 1..at).filter(|source| source.cluster.is_some());
            verb_first.or_else(|| self.carried("the last speaker"))
        })?;
        source.how = "a participle speaks for the subject of its sentence";
        source.confidence *= 0.95;
        Some(source)
    }

    fn carried(&self, how: &'static str) -> Option<Source> {
        let mut source = self.current.clone()?;
        source.how = how;
        source.confidence *= 0.85;
        Some(source)
    }

    /// A nominal that stands for somebody known: the minister, the same source, the ministry.
    fn resolve(&self, source: Source) -> Source {
        if source.cluster.is_some() {
            return source;
        }
        let words = self.scene.words.within(source.span);
        let phrase = self.scene.words.fold_of(source.span);
        let last = words.end.checked_sub(1).map_or("", |last| self.scene.words.fold(last));
        let same = matches!(source.head.as_str(), "ذات" | "نفس") || matches!(last, "ذاته" | "نفسه" | "ذاتها" | "نفسها");
        // الشركة, الشركة الأوروبية: an article and no complement, so somebody known is meant.
        let second = self.scene.words.fold(words.start + 1);
        let bare =
            source.head.starts_with("ال") && (words.len() == 1 || (words.len() == 2 && second.starts_with("ال")));
        let again = |known: &Source| {
            !known.head.is_empty() && known.head.trim_start_matches("ال") == source.head.trim_start_matches("ال")
        };
        if let Some(known) =
            [&self.current, &self.before_current].into_iter().flatten().find(|known| same || (bare && again(known)))
        {
            return Source { how: "the same source as before", confidence: known.confidence * 0.85, ..known.clone() };
        }
        let definite = source.head.starts_with("ال") || words.len() > 1;
        if let Some(cluster) = (self.roles)(phrase).filter(|_| definite) {
            return Source {
                cluster: Some(cluster),
                confidence: 0.75,
                how: "the title stands for the one who bears it",
                ..source
            };
        }
        // الوزارة, الشركة: the body named last whose name, or the word before it, is this head.
        if bare && (LISTS.is_kept_head(&source.head) || LISTS.is_left_head(&source.head)) {
            let head = source.head.trim_start_matches("ال");
            let before =
                self.scene.names.iter().enumerate().take_while(|(_, name)| name.span.start < source.span.start);
            let fits = before.filter(|(index, name)| {
                let range = self.scene.range(*index);
                let first = self.scene.words.fold(range.start);
                name.kind == crate::annotation::Kind::Organization
                    && (first.trim_start_matches('و').trim_start_matches(['ب', 'ل']).trim_start_matches("ال") == head
                        || (1..3).any(|back| {
                            range
                                .start
                                .checked_sub(back)
                                .is_some_and(|at| self.scene.words.fold(at).trim_start_matches("ال").ends_with(head))
                        }))
            });
            if let Some((index, _)) = fits.last() {
                let cluster = self.scene.cluster(index);
                return Source {
                    cluster,
                    confidence: 0.75,
                    how: "the generic head stands for the body named before",
                    ..source
                };
            }
        }
        source
    }

    fn source_of(&self, cue: usize) -> Option<Source> {
        self.cues.iter().rev().find(|known| known.0 == cue).and_then(|known| known.1.clone())
    }

    /// A reported clause.
    fn clause(&mut self, cue: usize, content: usize) {
        let end = clauses::report_end(self.scene, &self.stretches, &self.depth, content);
        let range = clauses::trimmed(self.scene, content, end);
        let whole = self
            .stretches
            .iter()
            .any(|stretch| stretch.inner.start == range.start + 1 && stretch.inner.end + 1 >= range.end);
        // وصفه بأنه "...": what it is called stands in the marks, the rest is the narrator's.
        let called =
            self.scene.cue(cue).is_some_and(|form| form.act == Act::Call) && self.scene.is_quotation_mark(content);
        if whole || called || range.len() < 2 {
            return;
        }
        let source = self.source_of(cue);
        self.push(QuoteKind::Indirect, range, source, Ground { cue: Some(cue), rule: "cue with أن", confidence: 0.85 });
    }

    /// بحسب X after the words or before them.
    fn attributed(&mut self, at: usize, length: usize) {
        if self.depth.get(at).copied().unwrap_or_default() > 0 {
            return;
        }
        let mut from = at + length;
        let end = self.scene.sentence_end(at);
        if self.scene.words.fold(from) == "ما" || self.scene.words.fold(from) == "لما" {
            from += 2;
            while matches!(self.scene.words.fold(from), "به" | "فيه" | "عنه" | "في" | "عن" | "له") {
                from += 1;
            }
        }
        if CUES.is_self_noun(self.scene.words.fold(from)) {
            return;
        }
        let Some(source) =
            speakers::subject(self.scene, from..end).or_else(|| speakers::nominal(self.scene, from..end))
        else {
            return;
        };
        let head = self.scene.words.fold(self.scene.words.at(source.span.start));
        let bare = head.strip_prefix('ل').unwrap_or(head);
        if source.cluster.is_none() && !CUES.is_source(bare) && LISTS.role(bare).is_none() && !CUES.is_channel(bare) {
            return;
        }
        let source = self.resolve(source);
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
        let quoted = self.found.iter_mut().rev().find(|quote| {
            quote.kind == QuoteKind::Direct
                && quote.words.end + 3 >= range.end
                && quote.words.start <= range.start + 2
                && quote.words.start >= range.start
        });
        if let Some(quote) = quoted {
            quote.why = format!("attribution after the words; speaker: {}", source.how);
            quote.source = Some(source.clone());
        } else if !self.found.iter().any(|quote| {
            quote.kind == QuoteKind::Indirect
                && quote.words.start >= range.start
                && quote.words.end <= range.end + 1
                && same(quote.source.as_ref(), &source)
        }) && range.len() > 3
        {
            self.push(
                QuoteKind::Indirect,
                range,
                Some(source.clone()),
                Ground { cue: Some(at), rule, confidence: 0.7 },
            );
        }
        self.before_current = self.current.replace(source);
    }

    /// A stretch between marks.
    fn stretch(&mut self, stretch: &Stretch) {
        let near = self.cues.iter().rev().find(|(cue, _)| {
            self.scene.words.same_sentence(*cue, stretch.inner.start) || stretch.inner.start - *cue < 4
        });
        let cue = near.map(|near| near.0);
        let Some((confidence, rule)) = speech::weigh(self.scene, stretch, cue, &self.found) else { return };
        let source = match near {
            Some((_, source)) if source.is_some() => source.clone(),
            _ => self.inner(stretch).or_else(|| self.following(stretch)).or_else(|| self.carried("the last speaker")),
        };
        if source.is_none() && confidence < 0.6 {
            return;
        }
        let words = clauses::trimmed(self.scene, stretch.inner.start, stretch.inner.end);
        self.push(QuoteKind::Direct, words, source, Ground { cue, rule, confidence });
    }

    /// Inside a report, the one who is reported.
    fn inner(&self, stretch: &Stretch) -> Option<Source> {
        let outer = self
            .found
            .iter()
            .rev()
            .find(|quote| quote.words.start <= stretch.inner.start && stretch.inner.end <= quote.words.end)?;
        outer.source.clone()
    }

    /// «…»، قال X.
    fn following(&self, stretch: &Stretch) -> Option<Source> {
        let after = stretch.inner.end + 1;
        let cue = (after..after + 3).find(|&at| self.scene.cue(at).is_some_and(|form| form.is_finite()))?;
        let end = self.scene.sentence_end(cue);
        speakers::subject(self.scene, cue + 1..end).map(|source| self.resolve(source))
    }

    /// قال: ... without marks.
    fn unmarked(&mut self, colon: usize) {
        let next = colon + 1;
        let near = self
            .cues
            .iter()
            .rev()
            .find(|(cue, _)| colon - *cue < 25 && self.scene.words.same_sentence(*cue, colon))
            .cloned();
        let Some((cue, source)) = near else { return };
        let fits = self.scene.cue(cue).is_some_and(|form| form.reports() && form.takes(":"));
        let inside = self.depth.get(colon).copied().unwrap_or_default() > 0;
        if !fits
            || inside
            || self.scene.is_quotation_mark(next)
            || self.found.iter().any(|quote| quote.words.contains(&colon))
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
                source,
                Ground { cue: Some(cue), rule: "cue with a colon and no marks", confidence: 0.7 },
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
