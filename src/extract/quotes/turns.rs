//! Whose turn it is: the subject of each cue, and whom a nominal stands for.

use super::{Reader, Turn};
use crate::annotation::Kind;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, CUES, Form, Shape};
use crate::extract::scene::is_complementizer;
use crate::extract::speakers::cast::is_many;
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
        let stop = (at + 1..end).find(|&next| self.stops_subject(at, form, next)).unwrap_or(end);
        // وصفه الوزير بأنه: the same letters are the verb with its object where a subject follows.
        let next = self.scene.words.fold(at + 1);
        let subject_follows = self.scene.name(at + 1).is_some() || LISTS.role(next).is_some();
        let finite = form.is_finite() || (form.act == Act::Call && form.shape == Shape::Noun && subject_follows);
        let channel = finite && self.scene.words.fold(at).trim_start_matches('و').starts_with("نقل");
        let behind = if channel { self.quoted_by(at, stop) } else { None };
        // قالوا: a verb in the plural has its subject before it.
        let after = match form.act {
            Act::Read => speakers::nominal(self.scene, at + 2..stop),
            _ if finite && !form.plural => speakers::subject(self.scene, at + 1..stop),
            _ => None,
        };
        let opened = || speakers::is_was(self.scene.words.fold(self.scene.sentence_start(at)));
        let ahead = || {
            let topic = speakers::topic(self.scene, at).filter(|_| opened());
            topic.or_else(|| speakers::nominal_before(self.scene, at)).filter(|_| finite && !form.joined)
        };
        // فلان يهدد فلانا: the name that the sentence opens with, right before its verb.
        let ends = |source: &Source| source.cluster.is_some() && self.scene.words.at(source.span.end) == at;
        let svo = speakers::topic(self.scene, at).filter(|source| finite && !form.joined && ends(source));
        // What stands before عن is only the channel: its name is no subject.
        let from = behind.as_ref().map_or(at + 1, |source| self.scene.words.at(source.span.start));
        let from = if svo.is_some() { stop } else { from };
        let subject = behind.or(svo).or(after).or_else(ahead);
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
        let inside = inside || self.recent().iter().any(|quote| quote.words.contains(&at));
        if form.is_finite() && !inside {
            self.hear(turn.source.clone(), at);
        }
        self.turns.push(Turn { cue: at, ..turn });
    }

    /// قالوا: the people in the plural that were spoken of last.
    fn people(&self, at: usize) -> Option<Source> {
        let word = |back: usize| self.scene.words.fold(back);
        let mut near = (at.saturating_sub(40)..at).rev();
        let head = near.find(|&back| self.scene.name(back).is_none() && is_many(word(back)))?;
        let mut source = speakers::nominal(self.scene, head..at).filter(|source| source.cluster.is_none())?;
        source.how = How::People;
        Some(source)
    }

    /// What the rules say of a cue.
    fn proposal(&self, at: usize, form: Form, subject: Option<Source>) -> Option<Source> {
        let many = |source: &Source| source.cluster.is_none() && is_many(&source.head);
        if form.plural
            && form.shape != Shape::Noun
            && subject.is_none()
            && !self.heard.current.as_ref().is_some_and(many)
            && let Some(people) = self.people(at)
        {
            return Some(people);
        }
        match form.shape {
            Shape::Participle => self.main_of(at),
            Shape::Noun if subject.is_none() => self.relayed(at).or_else(|| self.main_of(at)),
            _ => {
                let after = subject.map(|source| self.resolve(source));
                let after = after.filter(|source| self.can_speak(source, form.act));
                let ahead = || {
                    speakers::before(self.scene, at).or_else(|| Some(self.resolve(speakers::topic(self.scene, at)?)))
                };
                let source = if form.joined { after } else { after.or_else(ahead) };
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

    /// Whether the subject of the cue ends where the word begins.
    fn stops_subject(&self, cue: usize, form: Form, at: usize) -> bool {
        let opens = self.scene.is_quotation_mark(at) && self.scene.name(at + 1).is_none();
        let complementizer = self.scene.name(at).is_none() && is_complementizer(self.scene.words.fold(at));
        // تحدث X عن, طالب X بمراجعة: the verb's own preposition.
        let word = self.scene.words.fold(at);
        let verbal = form.is_finite() && at > cue + 1 && self.scene.name(at).is_none();
        let about = word == "عن" && form.act != Act::Say && form.takes("عن");
        let by = form.takes("ب")
            && word.strip_prefix('ب').is_some_and(|core| core.chars().count() > 3 && !core.starts_with("ال"))
            && !speakers::can_head(word)
            && !speakers::is_deputy(word);
        complementizer
            || verbal && (about || by)
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
        // نسبت الوكالات إلى Y قوله.
        let ascribed = self.scene.words.fold(start).trim_start_matches('و').starts_with("نسب");
        let leads = |word: &str| word == "عن" || (ascribed && word == "الي");
        let from = (start..at).rev().find(|&back| leads(self.scene.words.fold(back)))?;
        let mut source = self.resolve(speakers::nominal(self.scene, from + 1..at)?);
        source.how = How::Behind;
        Some(source)
    }

    /// The speaker of the finite cue before a participle in its sentence, else the last one.
    fn main_of(&self, at: usize) -> Option<Source> {
        let here = |turn: &&Turn| self.scene.words.same_sentence(turn.cue, at);
        let main = self
            .turns
            .iter()
            .rev()
            .take_while(here)
            .find(|turn| turn.source.is_some() && self.scene.cue(turn.cue).is_some_and(|form| form.is_finite()));
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
        let paper = CUES.is_channel(&source.head);
        // بلاغ للمكتب: the paper of a body that was named before.
        if paper && let Some(issuer) = speakers::issuer(self.scene, words.clone()) {
            let known = self.resolve(issuer);
            if known.cluster.is_some() {
                return Source { span: source.span, how: How::Issuer, ..known };
            }
        }
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
        // البيان, نص البيان: the paper that was spoken of, so the one who spoke goes on.
        if paper
            && (bare || CUES.is_channel(second))
            && let Some(known) = self.carried(How::Last)
        {
            return known;
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
                let cuts = std::iter::once(0).chain(crate::arabic::tokens::splits(first));
                let core =
                    |cut: usize| first.get(cut..).map(|core| core.trim_start_matches("ال").trim_start_matches("لل"));
                name.kind == Kind::Organization
                    && (cuts.into_iter().any(|cut| core(cut) == Some(head))
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
