//! Whose turn it is: the subject of each cue, and what the rules propose where it has none.

use super::reader::{Attribution, Reader};
use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};
use crate::extract::lexicon::{Act, Form, Frame, Shape};
use crate::extract::phrase::{can_head, head_of, is_preposition};
use crate::extract::rule::{self, Rule};
use crate::extract::speakers::features::{Context, How};
use crate::extract::speakers::participants::{is_feminine, is_many};
use crate::extract::speakers::site::SpeechSite;
use crate::extract::speakers::{self, Source};

/// As far back, in words, people in the plural and the verb that a sentence opens with are looked for.
const PEOPLE: usize = 40;

impl Reader<'_, '_> {
    /// A cue: whose it is, and who speaks from here on.
    pub fn cue(&mut self, at: usize) {
        let Some(form) = self.analysis.cue(at) else { return };
        if self.depth_of(at) > 0 && !form.reports() {
            return;
        }
        let words = self.analysis.words;
        let end = self.analysis.sentence_end(at);
        let stop = (at + 1..end).find(|&next| self.stops_subject(at, form, next)).unwrap_or(end);
        // وصفه الوزير بأنه: the same letters are the verb with its object where a subject follows.
        let subject_follows = self.analysis.name(at + 1).is_some() || LISTS.role(words.fold(at + 1)).is_some();
        let finite = form.is_finite() || (form.act == Act::Call && form.shape == Shape::Noun && subject_follows);
        // ناقلا عن الوزير أنه
        let channel = (finite || form.shape == Shape::Participle) && words.is(at, WordClass::Relay);
        // نقلت عنه وكالة الساحل أن: who was spoken of speaks, and the agency is only the channel.
        let of_them = (at + 1..stop).find(|&next| channel && words.is(next, WordClass::AboutThem));
        let behind = if finite || channel { self.quoted_by(at, stop, channel) } else { None };
        // قالوا: a verb in the plural has its subject before it.
        let after = match form.act {
            Act::Read if at + 2 < stop => speakers::nominal(self.analysis, at + 2..stop),
            _ if finite && !form.plural => speakers::subject(self.analysis, at + 1..stop),
            _ => None,
        };
        let after = after.filter(|source| source.cluster.is_some() || is_subject(self.analysis, at, form, source));
        let opened = || words.is(self.analysis.sentence_start(at), WordClass::Was);
        let ahead = || {
            let topic = speakers::topic(self.analysis, at).filter(|_| opened());
            topic.or_else(|| speakers::nominal_before(self.analysis, at)).filter(|_| finite && !form.joined)
        };
        // فلان يهدد فلانا: the name that the sentence opens with, right before its verb.
        let ends = |source: &Source| source.cluster.is_some() && words.at(source.span.end) == at;
        let svo = speakers::topic(self.analysis, at).filter(|source| finite && !form.joined && ends(source));
        // What stands before عن is only the channel: its name is no subject.
        let from = behind.as_ref().map_or(at + 1, |source| words.at(source.span.start));
        let from = if svo.is_some() || of_them.is_some() { stop } else { from };
        let amma = speakers::after_amma(self.analysis, at).filter(|_| finite);
        let subject = if of_them.is_some() { behind } else { behind.or(amma).or(svo).or(after).or_else(ahead) };
        let proposal = self.proposal(at, form, subject.clone());
        let site = SpeechSite {
            at,
            subject_range: from.min(stop)..stop,
            // The verb agrees with the agency, the pronoun with the one who speaks.
            form: Some(of_them.map_or(form, |pronoun| form.agreeing(words.fold(pronoun)))),
            kind: Context::Always,
            subject,
            proposal,
            outer: self.outer(at),
            channel: of_them.map_or(0..0, |_| at + 1..stop),
        };
        let attribution = self.decide(&site);
        // The verbs inside a report are its matter: they change nothing about who is speaking to the reader.
        let inside = self.depth_of(at) > 0 || self.recent().iter().any(|quote| quote.words.contains(&at));
        if form.is_finite() && !inside {
            self.hear(attribution.source.clone(), at);
        }
        self.attributions.push(Attribution { cue: at, ..attribution });
    }

    /// What the rules say of a cue with this subject.
    fn proposal(&self, at: usize, form: Form, subject: Option<Source>) -> Option<Source> {
        let cue = Cue { reader: self, at, form, subject };
        rule::first(PROPOSALS, |apply| apply(&cue)).map(|(_, source)| source)
    }

    /// Whether a nominal can be the subject of speech: what stands after طالب or وصف is as often its object.
    fn can_speak(&self, source: &Source, act: Act) -> bool {
        let head = source.head.as_str();
        let object = grammar::is(head, WordClass::Object) || affix::with_preposition(head, affix::is_definite);
        source.cluster.is_some() || can_head(head) || (act == Act::Say && !object)
    }

    /// Whether the subject of the cue ends where the word begins.
    fn stops_subject(&self, cue: usize, form: Form, at: usize) -> bool {
        let words = self.analysis.words;
        let free = self.analysis.name(at).is_none();
        let opens = words.is_quotation(at) && self.analysis.name(at + 1).is_none();
        let clause = free && words.is(at, WordClass::Complementizer);
        // تحدث X عن, طالب X بمراجعة: the verb's own preposition.
        let word = words.fold(at);
        let verbal = form.is_finite() && at > cue + 1 && free;
        let about = words.is(at, WordClass::About) && form.act != Act::Say && form.takes(Frame::About);
        let by = form.takes(Frame::By)
            && word.strip_prefix(affix::BY).is_some_and(|core| core.chars().count() > 3 && !affix::is_definite(core))
            && !can_head(word)
            && !words.is(at, WordClass::OwnBy)
            && !words.is(at, WordClass::Deputy);
        // أبلغ الوزير وكالة الساحل أن: whom he told.
        let told = form.tells
            && at > cue + 1
            && (self.analysis.kind(at) == Some(Kind::Organization) || free && LISTS.is_left_head(word))
            && self.analysis.name(at) != self.analysis.name(at - 1);
        // تساءل مخاطبا سمير الوادي: the participle goes on with somebody else.
        let goes_on = free
            && self.analysis.cue(at).is_some_and(|form| form.shape == Shape::Participle)
            && affix::may_be_adverbial(word);
        clause
            || told
            || goes_on
            || verbal && (about || by)
            || words.is_mark(at, &[':'])
            || (opens && self.analysis.name(at.wrapping_sub(1)).is_none())
    }

    /// نقلت وكالة X عن Y: Y speaks, whose words the `channel` passes on. ردت الشركة، على لسان مديرها سمير الوادي، بأن: he
    /// speaks.
    fn quoted_by(&self, at: usize, stop: usize, channel: bool) -> Option<Source> {
        let words = self.analysis.words;
        let about = (at + 1..stop).find(|&next| channel && words.is(next, WordClass::About));
        let tongue = |next: &usize| words.is(*next, WordClass::Tongue) && words.is_before(*next, WordClass::On);
        let from = about.or_else(|| (at + 2..stop).find(tongue))?;
        let source = speakers::nominal(self.analysis, from + 1..stop)?;
        Some(Source { how: How::BehindChannel, ..source })
    }

    /// The last speaker, who goes on.
    pub fn carried(&self, how: How) -> Option<Source> {
        self.discourse.current.clone().map(|source| Source { how, ..source })
    }
}

/// Whether a noun phrase behind the verb at `cue` can be its subject.
fn is_subject(analysis: &Analysis<'_>, cue: usize, form: Form, source: &Source) -> bool {
    let (words, head) = (analysis.words, source.head.as_str());
    let first = words.within(source.span).start;
    // ولفت النظر إلى أن: what the speaker draws. كما تروي هي: whoever is spoken of.
    let drawn = grammar::is(head, WordClass::Sight) || grammar::is(head, WordClass::Pronoun);
    // أخبر الحاضرين أن: the ending of who is told.
    let told = affix::is_oblique_plural(head) && LISTS.role(head).is_none();
    // قال لمضيفه إن, صرح لمن حضر: to whom.
    let own =
        head.strip_prefix(affix::TO).and_then(affix::strip_possessive).is_some_and(|core| core.chars().count() > 3);
    let told = told || own || grammar::is(head, WordClass::ToThose);
    // واتهم الوزير بالتستر, ووصف الاتفاق بأنه: one word alone between the verb and its ب is whom it accuses, what it calls.
    // الذي وصف ابنها بأنه: what is called so.
    let calls = form.act == Act::Call && affix::strip_possessive(words.fold(cue)).is_none();
    let alone = (form.accuses || calls)
        && words.within(source.span) == (cue + 1..cue + 2)
        && words.fold(cue + 2).starts_with(affix::BY);
    let called = alone || calls && words.is_before(cue, WordClass::Relative);
    // سألناه عن الجسر فقال, قال، ورفع كفه: the next verb.
    let verb = analysis.cue(first).is_some_and(|form| form.is_finite())
        || words.is_comma(first.wrapping_sub(1)) && affix::strip_and(head).is_some();
    !(drawn || told || called || verb && !can_head(head))
}

/// A cue as the rules of who speaks at it see it.
struct Cue<'a, 'b, 's> {
    reader: &'a Reader<'b, 's>,
    at: usize,
    form: Form,
    /// The subject that was found after or before it.
    subject: Option<Source>,
}

type ProposalRule = Rule<fn(&Cue<'_, '_, '_>) -> Option<Source>>;

/// Who speaks at a cue, in the order of the rules.
const PROPOSALS: &[ProposalRule] = &[
    Rule { name: How::People.name(), apply: people },
    Rule { name: How::Behind.name(), apply: relayed },
    Rule { name: How::Participle.name(), apply: main_verb },
    Rule { name: "the subject of the cue", apply: subject },
    Rule { name: "the one whom the sentence opens with, in commas", apply: topic_in_commas },
    Rule { name: How::Before.name(), apply: before },
    Rule { name: "the one whom the sentence opens with", apply: topic },
    Rule { name: "the subject of the verb that the sentence opens with", apply: joined_to },
    Rule { name: How::Elided.name(), apply: elided },
    Rule { name: How::Last.name(), apply: last },
];

impl Cue<'_, '_, '_> {
    /// A participle, or a verbal noun without a subject: it speaks for the subject of another verb.
    fn is_bound(&self) -> bool {
        match self.form.shape {
            Shape::Participle => self.subject.as_ref().is_none_or(|subject| subject.how != How::BehindChannel),
            Shape::Noun => self.subject.is_none(),
            _ => false,
        }
    }
}

/// احتج السكان. *وقالوا* إن: the people in the plural that were spoken of last.
fn people(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    let reader = cue.reader;
    let many = |source: &Source| source.cluster.is_none() && is_many(&source.head);
    if !cue.form.plural
        || cue.form.shape == Shape::Noun
        || cue.subject.is_some()
        || reader.discourse.current.as_ref().is_some_and(many)
    {
        return None;
    }
    let analysis = reader.analysis;
    let mut near = (cue.at.saturating_sub(PEOPLE)..cue.at).rev();
    let head = near.find(|&back| analysis.name(back).is_none() && is_many(analysis.words.fold(back)))?;
    let source = speakers::nominal(analysis, head..cue.at).filter(|source| source.cluster.is_none())?;
    Some(Source { how: How::People, ..source })
}

/// نقلت الوكالة عن سمير الوادي *قوله* إن, نسبت الوكالات إلى الوزير *قوله* إن
fn relayed(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    if cue.form.shape != Shape::Noun || !cue.is_bound() {
        return None;
    }
    let (analysis, words) = (cue.reader.analysis, cue.reader.analysis.words);
    let start = analysis.sentence_start(cue.at);
    let near = start.max(cue.at.saturating_sub(PEOPLE));
    let ascribed = (near..cue.at).any(|at| words.is(at, WordClass::Ascribe));
    let leads = |at: usize| words.is(at, WordClass::About) || (ascribed && words.is(at, WordClass::Of));
    let from = (start..cue.at).rev().find(|&back| leads(back))?;
    // سئل عن الأزمة فأجاب بالقول: no عن of one who relays.
    let relay = |at: usize| words.is(at, WordClass::Relay) || words.is(at, WordClass::Relayed);
    if !ascribed && !(start..from).any(relay) {
        return None;
    }
    let source = cue.reader.resolve(speakers::nominal(analysis, from + 1..cue.at)?);
    Some(Source { how: How::Behind, ..source })
}

/// قال سمير الوادي ... *مضيفا* أن: the speaker of the finite cue before it in its sentence, else the last one.
fn main_verb(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    let (reader, analysis) = (cue.reader, cue.reader.analysis);
    // أدلى الوزير بتصريح للوكالة قال فيه: the verb describes the paper, and its subject is that of the sentence.
    let of_paper = cue.form.is_finite() && !cue.form.joined && analysis.words.is(cue.at + 1, WordClass::InIt);
    if !cue.is_bound() && !of_paper {
        return None;
    }
    let here = |attribution: &&Attribution| analysis.words.same_sentence(attribution.cue, cue.at);
    let main = reader.attributions.iter().rev().take_while(here).find(|attribution| {
        attribution.source.is_some() && analysis.cue(attribution.cue).is_some_and(|form| form.is_finite())
    });
    let source = main.and_then(|attribution| attribution.source.clone()).or_else(|| {
        let start = analysis.sentence_start(cue.at);
        let verb_first = speakers::subject(analysis, start + 1..cue.at).map(|source| reader.resolve(source));
        let named = verb_first.filter(|source| source.cluster.is_some());
        // ووبخ القاضي الشركة قائلا: with its article alone it is most likely the one who spoke.
        let new = |source: &Source| !of_paper && source.span.len() > source.head.len();
        let noun = || self::verb_first(reader, start, cue.at).filter(new);
        named.or_else(noun).or_else(|| reader.carried(How::Last))
    })?;
    Some(Source { how: How::Participle, ..source })
}

/// قال *سمير الوادي* إن
fn subject(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    let source = cue.subject.clone().filter(|_| !cue.is_bound())?;
    let source = cue.reader.resolve(source);
    cue.reader.can_speak(&source, cue.form.act).then_some(source)
}

/// *سمير الوادي* أكد أن, *سمير الوادي* الذي قال إن
fn before(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    if cue.is_bound() || cue.form.joined {
        return None;
    }
    speakers::before(cue.reader.analysis, cue.at)
}

/// *سمير الوادي*، عضو نقابة الساحل، أكد أن: a comma before the verb closes what is said of him.
fn topic_in_commas(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    let comma = cue.at.checked_sub(1).is_some_and(|before| cue.reader.analysis.words.is_comma(before));
    topic(cue).filter(|source| comma && source.cluster.is_some())
}

/// *سمير الوادي* من نقابة العمال أكد أن
fn topic(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    if cue.is_bound() || cue.form.joined {
        return None;
    }
    speakers::topic(cue.reader.analysis, cue.at).map(|source| cue.reader.resolve(source))
}

/// قال سمير الوادي ... *وأضاف* أن
fn elided(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    if cue.is_bound() || !cue.form.joined { None } else { cue.reader.carried(How::Elided) }
}

/// زار رئيس البلدية الجسر *وتعهد* بأن: the subject of the verb that opens the sentence, where nobody has spoken in it.
fn joined_to(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    let replies = cue.reader.analysis.words.is(cue.at, WordClass::Reply);
    if cue.is_bound() || !cue.form.joined || cue.form.plural || replies {
        return None;
    }
    let (reader, analysis) = (cue.reader, cue.reader.analysis);
    let start = analysis.sentence_start(cue.at);
    if cue.at - start > PEOPLE || (start..cue.at).any(|at| analysis.cue(at).is_some()) {
        return None;
    }
    let source = verb_first(reader, start, cue.at)?;
    let feminine = source.cluster.map_or_else(
        || Some(is_feminine(&source.head)),
        |cluster| reader.participants.clusters.get(cluster).and_then(|known| known.feminine),
    );
    let agrees = feminine.is_none_or(|feminine| feminine == cue.form.feminine);
    agrees.then_some(Source { how: How::Participle, ..source })
}

/// The subject of the verb that a sentence opens with: a name, or a noun that can speak.
fn verb_first(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<Source> {
    let analysis = reader.analysis;
    let opener = analysis.words.is(start, WordClass::SentenceOpener) && !analysis.words.is(start, WordClass::Amma);
    let start = start + usize::from(opener);
    let next = analysis.name(start + 1).is_some() || can_head(head_of(analysis, start + 1));
    let opens = analysis.name(start).is_none() && !can_head(head_of(analysis, start));
    if !next || !opens || is_preposition(analysis.words.fold(start)) {
        return None;
    }
    speakers::subject(analysis, start + 1..end).map(|source| reader.resolve(source))
}

/// قال سمير الوادي ... *وأوضح* كذلك أن
fn last(cue: &Cue<'_, '_, '_>) -> Option<Source> {
    if cue.is_bound() || cue.form.joined { None } else { cue.reader.carried(How::Last) }
}
