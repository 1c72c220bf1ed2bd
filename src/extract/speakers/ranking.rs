//! Whose words they are: a ranking among all who could have said them.
//!
//! The rules propose a speaker. Beside what they propose stand every name of the text, the nominal after the cue and the
//! nominals that spoke before. `assets/speakers.txt` says how much each feature of a candidate counts in each context;
//! the highest sum speaks, and the share of its exponential in all of them is how sure that is.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::analysis::Analysis;
use crate::extract::asset::Set;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::WordClass;
use crate::extract::lexicon::{Act, CUES, Shape};
use crate::extract::phrase::is_body;
use crate::extract::speakers::Source;
use crate::extract::speakers::extract_features::FeatureExtractor;
use crate::extract::speakers::features::{Context, Feature, How};
use crate::extract::speakers::participants::{Participants, is_feminine, is_many, same_noun, same_word};
use crate::extract::speakers::site::{Candidate, Discourse, SpeechSite};
use std::sync::LazyLock;

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../assets/speakers.txt")));

/// The names of the contexts, the ways of the rules among them.
const CONTEXTS: usize = Context::ALL.len() + How::ALL.len();

/// The table.
#[derive(Debug)]
struct Weights {
    /// A row of features for each context.
    rows: Vec<[f32; Feature::ALL.len()]>,
    /// By what sums are divided before they become chances, so that what is said is right as often as it says.
    temperature: f32,
}

/// The name of a context's bit.
#[must_use]
pub fn context_name(bit: usize) -> &'static str {
    let how = || bit.checked_sub(Context::ALL.len()).and_then(|bit| How::ALL.get(bit)).map_or("", |how| how.name());
    Context::ALL.get(bit).map_or_else(how, |context| context.name())
}

/// The name of a feature's bit.
#[must_use]
pub fn feature_name(bit: usize) -> &'static str {
    Feature::ALL.get(bit).map_or("", |found| found.name())
}

impl Weights {
    fn read(text: &str) -> Self {
        let mut temperature = 1.0;
        let mut table = vec![[0.0; Feature::ALL.len()]; CONTEXTS];
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let mut fields = line.split('|').map(str::trim);
            let (Some(weight), Some(context)) = (fields.next(), fields.next()) else { continue };
            let Some(found) = fields.next() else {
                temperature = weight.parse().ok().filter(|_| context == "temperature").unwrap_or(temperature);
                continue;
            };
            let row = (0..CONTEXTS).find(|&bit| context_name(bit) == context);
            let column = (0..Feature::ALL.len()).find(|&bit| feature_name(bit) == found);
            if let (Some(row), Some(column), Ok(weight)) = (row, column, weight.parse())
                && let Some(slot) =
                    table.get_mut(row).and_then(|row: &mut [f32; Feature::ALL.len()]| row.get_mut(column))
            {
                *slot = weight;
            }
        }
        Self { rows: table, temperature }
    }

    fn of(&self, context: usize, found: usize) -> f32 {
        self.rows.get(context).and_then(|row| row.get(found)).copied().unwrap_or_default()
    }

    fn sum(&self, contexts: Set, features: Set) -> f32 {
        let row = |context| features.bits().map(|found| self.of(context, found)).sum::<f32>();
        contexts.bits().map(row).sum()
    }
}

/// A ranking with all that it was made from.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// What is true of the site.
    pub contexts: Set,
    /// The highest sum first.
    pub candidates: Vec<Candidate>,
}

impl Ranking {
    /// The one who speaks, with how sure that is.
    #[must_use]
    pub fn best(&self) -> Option<Source> {
        self.candidates.first().map(|best| Source { confidence: best.chance, ..best.source.clone() })
    }

    /// What set the first apart from the second, the two heaviest reasons.
    #[must_use]
    pub fn reasons(&self) -> String {
        let [best, next, ..] = self.candidates.as_slice() else { return String::new() };
        let mut parts = Vec::new();
        for found in best.features.bits().filter(|found| !next.features.has(*found)) {
            let weight: f32 = self.contexts.bits().map(|context| WEIGHTS.of(context, found)).sum();
            parts.push((weight, feature_name(found)));
        }
        parts.sort_by(|left, right| right.0.total_cmp(&left.0));
        let told =
            parts.iter().take(2).filter(|part| part.0 > 0.0).map(|(weight, name)| format!("{name} {weight:+.1}"));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// Weighs everybody who may speak at the site.
#[must_use]
pub fn rank(analysis: &Analysis<'_>, participants: &Participants, site: &SpeechSite, discourse: &Discourse) -> Ranking {
    let extractor = FeatureExtractor::new(analysis, participants, site, discourse);
    let contexts = contexts(analysis, site, discourse, &extractor);
    let mut candidates = nominals(analysis, site, discourse);
    candidates.extend((0..participants.clusters.len()).filter_map(|cluster| extractor.candidate(cluster)));
    // نقلت عنه وكالة الساحل أن
    let channels =
        |cluster| site.channel.clone().any(|at| analysis.name(at).and_then(|name| analysis.cluster(name)) == cluster);
    candidates.retain(|candidate| candidate.source.cluster.is_none() || !channels(candidate.source.cluster));
    // قالوا: one person is not many.
    if site.proposal.as_ref().is_some_and(|proposal| proposal.how == How::People) {
        candidates.retain(|candidate| !candidate.features.has(Feature::Person as usize));
    }
    // قال فلان وفلان إنهما: neither of them alone. نقلت الوكالة عن متحدث قوله: nobody but the one behind عن.
    let told = |proposal: &&Source| matches!(proposal.how, How::Joint | How::Behind);
    if let Some(told) = site.proposal.as_ref().filter(told) {
        candidates.retain(|candidate| candidate.source.is(told));
    }
    for candidate in &mut candidates {
        candidate.sum = WEIGHTS.sum(contexts, candidate.features);
    }
    candidates.sort_by(|left, right| right.sum.total_cmp(&left.sum));
    let highest = candidates.first().map_or(0.0, |best| best.sum);
    let power = |candidate: &Candidate| ((candidate.sum - highest) / WEIGHTS.temperature).exp();
    let all: f32 = candidates.iter().map(power).sum();
    for candidate in &mut candidates {
        candidate.chance = power(candidate) / all;
    }
    Ranking { contexts, candidates }
}

fn contexts(
    analysis: &Analysis<'_>,
    site: &SpeechSite,
    discourse: &Discourse,
    extractor: &FeatureExtractor<'_, '_>,
) -> Set {
    let mut set = Set::default();
    let mut note = |context: Context, holds: bool| set.note(context as usize, holds);
    note(Context::Always, true);
    note(site.kind, true);
    if let Some(form) = site.form {
        note(Context::Past, form.shape == Shape::Past);
        note(Context::Present, form.shape == Shape::Present);
        note(Context::Participle, form.shape == Shape::Participle);
        note(Context::VerbalNoun, form.shape == Shape::Noun);
        note(Context::Joined, form.joined);
        note(Context::Feminine, form.feminine);
        let urges = matches!(form.act, Act::Urge | Act::Call | Act::Hold);
        note(Context::Urges, urges);
        note(Context::UrgesOn, urges && form.joined);
        note(Context::Plural, form.plural);
        let opens = site.at == 0 || !analysis.words.same_sentence(site.at - 1, site.at);
        note(Context::Amid, form.is_finite() && !form.joined && !opens);
    }
    let line = |at: usize| analysis.words.get(at).map(|word| word.line);
    note(Context::Opens, site.at < 3 || line(site.at - 3) != line(site.at));
    note(Context::Inside, site.outer.is_some());
    let words = analysis.words;
    note(Context::Then, site.form.is_some_and(|form| form.joined) && words.fold(site.at).starts_with(affix::THEN));
    note(Context::Replies, words.is(site.at, WordClass::Reply));
    note(Context::Asks, words.is(site.at, WordClass::Ask));
    note(Context::Addressed, words.is(site.at + 1, WordClass::ToWhom));
    let mark = |back: usize| site.at.checked_sub(back).is_some_and(|at| words.is_quotation(at));
    note(Context::AfterMarks, site.form.is_some() && (mark(1) || mark(2)));
    if let Some(current) = &discourse.current {
        let participant = current.cluster.and_then(|cluster| extractor.participant(cluster));
        note(Context::LastBody, participant.is_some_and(|participant| participant.kind != Kind::Person));
        note(Context::LastNominal, participant.is_none());
        let feminine = participant.map_or_else(|| Some(is_feminine(&current.head)), |known| known.feminine);
        let form = site.form.filter(|form| form.is_finite() && !form.plural);
        note(Context::LastDisagrees, form.zip(feminine).is_some_and(|(form, feminine)| form.feminine != feminine));
        // Empty lines lie between paragraphs.
        let apart = line(site.at).zip(line(discourse.at)).map_or(0, |(here, last)| here.saturating_sub(last));
        note(Context::LastHere, apart == 0);
        note(Context::LastBefore, (1..=2).contains(&apart));
        note(Context::LastFar, apart > 2);
        note(Context::NewPerson, extractor.person_since());
    }
    note(Context::Nobody, site.proposal.is_none());
    match &site.subject {
        None => note(Context::NoSubject, true),
        Some(subject) if subject.cluster.is_some() => note(Context::Named, true),
        Some(subject) => {
            let head = subject.head.as_str();
            let words = analysis.words.within(subject.span);
            let definite = affix::is_definite(head);
            let construct = !definite
                && (affix::is_definite(analysis.words.fold(words.start + 1))
                    || analysis.name(words.start + 1).is_some())
                && words.len() > 1;
            // الفريق البرلماني: a rank too, but the rules have found the body.
            let found = site.proposal.as_ref().is_some_and(|proposal| proposal.how == How::Body);
            let titled = LISTS.role(head).is_some();
            let role = titled && !found;
            let body = !role && (titled || is_body(head));
            let source = !role && !body && CUES.is_source(head);
            let paper = !role && !body && CUES.is_channel(head);
            note(Context::Role, role);
            note(Context::RoleDefinite, role && definite);
            note(Context::RoleConstruct, role && construct);
            note(Context::RoleIndefinite, role && !definite && !construct);
            note(Context::Body, body);
            note(Context::BodyDefinite, body && definite);
            note(Context::Source, source);
            note(Context::SourceDefinite, source && definite);
            note(Context::Paper, paper);
            note(Context::PaperDefinite, paper && definite);
            let share = head == Source::SHARE;
            note(Context::Share, share);
            let unknown = !role && !body && !source && !paper && !share;
            note(Context::Unknown, unknown);
            note(Context::UnknownDefinite, unknown && definite);
            note(Context::Alone, words.len() == 1);
        }
    }
    if let Some(proposal) = &site.proposal {
        set.note(Context::ALL.len() + proposal.how as usize, true);
    }
    set
}

/// Whether a later word of the one is, gender apart, a word of the other.
fn shares_rest(analysis: &Analysis<'_>, left: &Source, right: &Source) -> bool {
    let words = |source: &Source| analysis.words.within(source.span);
    let same = |a: usize, b: usize| same_word(affix::bare(analysis.words.fold(a)), affix::bare(analysis.words.fold(b)));
    let long = |at: &usize| affix::bare(analysis.words.fold(*at)).chars().count() > 2;
    words(left).skip(1).filter(long).any(|a| words(right).any(|b| same(a, b)))
}

/// The nominal at the site and those that spoke before.
fn nominals(analysis: &Analysis<'_>, site: &SpeechSite, discourse: &Discourse) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let here = site.subject.iter().chain(&site.proposal).map(|source| (source, true));
    let before = discourse.nominals.iter().rev().take(4).map(|source| (source, false));
    for (source, here) in here.chain(before).filter(|(source, _)| source.cluster.is_none()) {
        if found.iter().any(|known| known.source.span == source.span) {
            continue;
        }
        let earlier = discourse.nominals.iter().any(|known| known.span == source.span);
        let mut features = Set::default();
        let same = |other: &Option<Source>| other.as_ref().is_some_and(|other| other.is(source));
        let mut note = |found: Feature, holds: bool| features.note(found as usize, holds);
        note(Feature::Nominal, here && !earlier);
        note(Feature::EarlierNominal, earlier);
        note(Feature::Spoke, earlier);
        note(Feature::Proposed, same(&site.proposal));
        note(Feature::Current, same(&discourse.current));
        note(Feature::Outer, same(&site.outer));
        note(Feature::BeforeCurrent, same(&discourse.before_current));
        let other = site.nominal().filter(|other| earlier && other.span != source.span);
        note(Feature::SameHead, other.is_some_and(|other| same_noun(&other.head, &source.head)));
        note(Feature::SharedWord, other.is_some_and(|other| shares_rest(analysis, other, source)));
        note(Feature::Many, is_many(&source.head));
        if let Some(form) = site.form {
            let agrees = form.feminine == is_feminine(&source.head);
            note(Feature::Agrees, agrees);
            note(Feature::Disagrees, !agrees);
        }
        found.push(Candidate { source: source.clone(), features, sum: 0.0, chance: 0.0 });
    }
    found
}
