//! Whose turn it is: the subject of each cue, and whom a nominal stands for.

use super::{Reader, Turn};
use crate::annotation::Kind;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, Form, Shape};
use crate::extract::scene::is_complementizer;
use crate::extract::speakers::choice::Place;
use crate::extract::speakers::traits::Context;
use crate::extract::speakers::{self, How, Source};

impl Reader<'_, '_> {
    /// A cue: whose it is, and who speaks from here on.
    pub(super) fn cue(&mut self, at: usize) {
        let Some(form) = self.scene.cue(at) else { return };
        if self.depth.get(at).copied().unwrap_or_default() > 0 && !form.reports() {
            return;
        }
        let end = self.scene.sentence_end(at);
        let stop = (at + 1..end).find(|&next| self.stops_subject(next)).unwrap_or(end);
        let finite = form.is_finite();
        let channel = finite && self.scene.words.fold(at).trim_start_matches('و').starts_with("نقل");
        let behind = if channel { self.quoted_by(at, stop) } else { None };
        let after = if finite { speakers::subject(self.scene, at + 1..stop) } else { None };
        let ahead = || speakers::nominal_before(self.scene, at).filter(|_| finite && !form.joined);
        // What stands before عن is only the channel: its name is no subject.
        let from = behind.as_ref().map_or(at + 1, |source| self.scene.words.at(source.span.start));
        let subject = behind.or(after).or_else(ahead);
        let proposal = self.proposal(at, form, subject.clone());
        let place = Place {
            at,
            zone: from.min(stop)..stop,
            form: Some(form),
            sort: Context::Always,
            subject,
            proposal,
            outer: self.outer(at),
        };
        let turn = self.decide(&place);
        let inside = self.depth.get(at).copied().unwrap_or_default() > 0;
        // The verbs inside a report are its matter: they change nothing about who is speaking to the reader.
        let inside = inside || self.found.iter().any(|quote| quote.words.contains(&at));
        if form.is_finite() && !inside {
            self.hear(turn.source.clone(), at);
        }
        self.turns.push(Turn { cue: at, ..turn });
    }

    /// What the rules say of a cue.
    fn proposal(&self, at: usize, form: Form, subject: Option<Source>) -> Option<Source> {
        match form.shape {
            Shape::Participle => self.main_of(at),
            Shape::Noun => self.relayed(at).or_else(|| self.main_of(at)),
            _ => {
                let after = subject.map(|source| self.resolve(source));
                let after = after.filter(|source| self.can_speak(source, form.act));
                let source = if form.joined { after } else { after.or_else(|| speakers::before(self.scene, at)) };
                source.or_else(|| self.carried(if form.joined { How::Elided } else { How::Last }))
            }
        }
    }

    /// Whether a nominal can be the subject of speech: what stands after طالب or وصف is as often its object.
    fn can_speak(&self, source: &Source, act: Act) -> bool {
        let head = source.head.as_str();
        let known = speakers::can_head(head);
        let particle = matches!(head, "ذلك" | "هذا" | "هذه" | "هولاء" | "عدم" | "ضروره" | "اهميه" | "وجود")
            || crate::arabic::tokens::splits(head).any(|cut| {
                head.get(..cut).is_some_and(|clitic| clitic.ends_with(['ب', 'ل']))
                    && head.get(cut..).is_some_and(|core| core.starts_with("ال"))
            });
        source.cluster.is_some() || known || (matches!(act, Act::Say) && !particle)
    }

    fn stops_subject(&self, at: usize) -> bool {
        let opens = self.scene.is_quotation_mark(at) && self.scene.name(at + 1).is_none();
        let complementizer = self.scene.name(at).is_none() && is_complementizer(self.scene.words.fold(at));
        complementizer
            || self.scene.words.is_mark(at, &[':'])
            || (opens && self.scene.name(at.wrapping_sub(1)).is_none())
    }

    /// نقلت وكالة X عن Y: Y speaks.
    fn quoted_by(&self, at: usize, stop: usize) -> Option<Source> {
        let from = (at + 1..stop).find(|&next| self.scene.words.fold(next) == "عن")?;
        let mut source = speakers::nominal(self.scene, from + 1..stop)?;
        source.how = How::BehindChannel;
        Some(source)
    }

    /// عن Y قوله: the nominal before the verbal noun.
    fn relayed(&self, at: usize) -> Option<Source> {
        let start = self.scene.sentence_start(at);
        let from = (start..at).rev().find(|&back| self.scene.words.fold(back) == "عن")?;
        let mut source = self.resolve(speakers::nominal(self.scene, from + 1..at)?);
        source.how = How::Behind;
        Some(source)
    }

    /// The speaker of the finite cue before a participle in its sentence, else the last one.
    fn main_of(&self, at: usize) -> Option<Source> {
        let main = self.turns.iter().rev().find(|turn| {
            turn.source.is_some()
                && self.scene.words.same_sentence(turn.cue, at)
                && self.scene.cue(turn.cue).is_some_and(|form| form.is_finite())
        });
        let mut source = main.and_then(|turn| turn.source.clone()).or_else(|| {
            let start = self.scene.sentence_start(at);
            let verb_first = speakers::subject(self.scene, start + 1..at).filter(|source| source.cluster.is_some());
            verb_first.or_else(|| self.carried(How::Last))
        })?;
        source.how = How::Participle;
        source.confidence *= 0.95;
        Some(source)
    }

    pub(super) fn carried(&self, how: How) -> Option<Source> {
        let mut source = self.heard.current.clone()?;
        source.how = how;
        source.confidence *= 0.85;
        Some(source)
    }

    /// A nominal that stands for somebody known: the minister, the same source, the ministry.
    pub(super) fn resolve(&self, source: Source) -> Source {
        if source.cluster.is_some() {
            return source;
        }
        let words = self.scene.words.within(source.span);
        let phrase = self.scene.words.fold_of(source.span);
        let last = words.end.checked_sub(1).map_or("", |last| self.scene.words.fold(last));
        let same = matches!(source.head.as_str(), "ذات" | "نفس") || speakers::is_same(last);
        // الشركة, الشركة الأوروبية: an article and no complement, so somebody known is meant.
        let second = self.scene.words.fold(words.start + 1);
        let bare =
            source.head.starts_with("ال") && (words.len() == 1 || (words.len() == 2 && second.starts_with("ال")));
        let again = |known: &Source| {
            !known.head.is_empty() && known.head.trim_start_matches("ال") == source.head.trim_start_matches("ال")
        };
        if let Some(known) = [&self.heard.current, &self.heard.before_current]
            .into_iter()
            .flatten()
            .find(|known| same || (bare && again(known)))
        {
            return Source { how: How::SameSource, confidence: known.confidence * 0.85, ..known.clone() };
        }
        let definite = source.head.starts_with("ال") || words.len() > 1;
        if let Some(cluster) = self.bearers.of(phrase).filter(|_| definite) {
            return Source { cluster: Some(cluster), confidence: 0.75, how: How::Title, ..source };
        }
        // الوزارة, الشركة: the body named last whose name, or the word before it, is this head.
        if bare && (LISTS.is_kept_head(&source.head) || LISTS.is_left_head(&source.head)) {
            let head = source.head.trim_start_matches("ال");
            let before =
                self.scene.names.iter().enumerate().take_while(|(_, name)| name.span.start < source.span.start);
            let fits = before.filter(|(index, name)| {
                let range = self.scene.range(*index);
                let first = self.scene.words.fold(range.start);
                name.kind == Kind::Organization
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
                return Source { cluster, confidence: 0.75, how: How::Body, ..source };
            }
        }
        source
    }
}
