//! Whose words they are: a choice among all who could have said them.
//!
//! The rules propose a speaker. Beside what they propose stand every name of the text, the nominal after the cue and the
//! nominals that spoke before. `assets/speakers.txt` says how much each trait of a candidate counts in each context;
//! the highest sum speaks, and the share of its exponential in all of them is how sure that is.

use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, CUES, Form, Shape};
use crate::extract::scene::Scene;
use crate::extract::speakers::Source;
use crate::extract::speakers::cast::{Cast, alike, bare, is_feminine, is_many, same_word};
use crate::extract::speakers::look::Look;
use crate::extract::speakers::traits::{Context, How, Set, Trait};
use std::ops::Range;
use std::sync::LazyLock;

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../assets/speakers.txt")));

/// The names of the contexts, the ways of the rules among them.
const CONTEXTS: usize = Context::ALL.len() + How::ALL.len();

/// The table, a row of traits for each context.
#[derive(Debug)]
struct Weights(Vec<[f32; Trait::ALL.len()]>);

/// The name of a context's bit.
#[must_use]
pub fn context_name(bit: usize) -> &'static str {
    let how = || bit.checked_sub(Context::ALL.len()).and_then(|bit| How::ALL.get(bit)).map_or("", |how| how.name());
    Context::ALL.get(bit).map_or_else(how, |context| context.name())
}

/// The name of a trait's bit.
#[must_use]
pub fn trait_name(bit: usize) -> &'static str {
    Trait::ALL.get(bit).map_or("", |found| found.name())
}

impl Weights {
    fn read(text: &str) -> Self {
        let mut table = vec![[0.0; Trait::ALL.len()]; CONTEXTS];
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let mut fields = line.split('|').map(str::trim);
            let (Some(weight), Some(context), Some(found)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let row = (0..CONTEXTS).find(|&bit| context_name(bit) == context);
            let column = (0..Trait::ALL.len()).find(|&bit| trait_name(bit) == found);
            if let (Some(row), Some(column), Ok(weight)) = (row, column, weight.parse())
                && let Some(slot) = table.get_mut(row).and_then(|row: &mut [f32; Trait::ALL.len()]| row.get_mut(column))
            {
                *slot = weight;
            }
        }
        Self(table)
    }

    fn of(&self, context: usize, found: usize) -> f32 {
        self.0.get(context).and_then(|row| row.get(found)).copied().unwrap_or_default()
    }

    fn sum(&self, contexts: Set, traits: Set) -> f32 {
        let row = |context| traits.bits().map(|found| self.of(context, found)).sum::<f32>();
        contexts.bits().map(row).sum()
    }
}

/// Where somebody speaks.
#[derive(Clone, Debug)]
pub struct Place {
    /// The cue, or the first word of what is said.
    pub at: usize,
    /// The words in which the subject may stand.
    pub zone: Range<usize>,
    /// The form of the cue.
    pub form: Option<Form>,
    /// [`Context::Attribution`], [`Context::Marks`], [`Context::Heading`], or [`Context::Always`] for a cue.
    pub sort: Context,
    /// The subject that stands there, before it is known for whom it stands.
    pub subject: Option<Source>,
    /// What the rules say.
    pub proposal: Option<Source>,
    /// The speaker of the report or quotation that the place lies in.
    pub outer: Option<Source>,
}

/// Who has spoken before the place.
#[derive(Debug, Default)]
pub struct Heard {
    /// The last.
    pub current: Option<Source>,
    /// The word at which it spoke.
    pub at: usize,
    /// The one before.
    pub before_current: Option<Source>,
    /// The clusters that have spoken.
    pub clusters: Vec<usize>,
    /// The nominals that have spoken, the last at the end.
    pub nominals: Vec<Source>,
}

/// One who may be the speaker.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub source: Source,
    /// What is true of it here.
    pub traits: Set,
    /// The sum of its weights.
    pub sum: f32,
}

/// A choice with all that it was made from.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is true of the place.
    pub contexts: Set,
    /// The highest sum first.
    pub candidates: Vec<Candidate>,
}

impl Choice {
    /// The one who speaks, with how sure that is.
    #[must_use]
    pub fn best(&self) -> Option<Source> {
        let best = self.candidates.first()?;
        let all: f32 = self.candidates.iter().map(|other| (other.sum - best.sum).exp()).sum();
        Some(Source { confidence: 1.0 / all, ..best.source.clone() })
    }

    /// What set the first apart from the second, the two heaviest reasons.
    #[must_use]
    pub fn reasons(&self) -> String {
        let [best, next, ..] = self.candidates.as_slice() else { return String::new() };
        let mut parts = Vec::new();
        for found in best.traits.bits().filter(|found| !next.traits.has(*found)) {
            let weight: f32 = self.contexts.bits().map(|context| WEIGHTS.of(context, found)).sum();
            parts.push((weight, trait_name(found)));
        }
        parts.sort_by(|left, right| right.0.total_cmp(&left.0));
        let told =
            parts.iter().take(2).filter(|part| part.0 > 0.0).map(|(weight, name)| format!("{name} {weight:+.1}"));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// Weighs everybody who may speak at the place.
#[must_use]
pub fn choose(scene: &Scene<'_>, cast: &Cast, place: &Place, heard: &Heard) -> Choice {
    let contexts = contexts(scene, place);
    let look = Look::new(scene, cast, place, heard);
    let mut candidates = nominals(scene, place, heard);
    candidates.extend((0..cast.members.len()).filter_map(|cluster| look.candidate(cluster)));
    // قالوا: one person is not many.
    if place.proposal.as_ref().is_some_and(|proposal| proposal.how == How::People) {
        candidates.retain(|candidate| !candidate.traits.has(Trait::Person as usize));
    }
    for candidate in &mut candidates {
        candidate.sum = WEIGHTS.sum(contexts, candidate.traits);
    }
    candidates.sort_by(|left, right| right.sum.total_cmp(&left.sum));
    Choice { contexts, candidates }
}

fn contexts(scene: &Scene<'_>, place: &Place) -> Set {
    let mut set = Set::default();
    let mut note = |context: Context, holds: bool| set.note(context as usize, holds);
    note(Context::Always, true);
    note(place.sort, true);
    if let Some(form) = place.form {
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
        let opens = place.at == 0 || !scene.words.same_sentence(place.at - 1, place.at);
        note(Context::Amid, form.is_finite() && !form.joined && !opens);
    }
    let line = |at: usize| scene.words.get(at).map(|word| word.line);
    note(Context::Opens, place.at < 3 || line(place.at - 3) != line(place.at));
    note(Context::Inside, place.outer.is_some());
    note(Context::Nobody, place.proposal.is_none());
    match &place.subject {
        None => note(Context::NoSubject, true),
        Some(subject) if subject.cluster.is_some() => note(Context::Named, true),
        Some(subject) => {
            let head = subject.head.as_str();
            let words = scene.words.within(subject.span);
            let definite = head.starts_with("ال");
            let construct = !definite
                && (scene.words.fold(words.start + 1).starts_with("ال") || scene.name(words.start + 1).is_some())
                && words.len() > 1;
            let role = LISTS.role(head).is_some();
            let body = !role && (LISTS.is_kept_head(head) || LISTS.is_left_head(head));
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
            let share = head == "%";
            note(Context::Share, share);
            note(Context::Unknown, !role && !body && !source && !paper && !share);
            note(Context::Alone, words.len() == 1);
        }
    }
    if let Some(proposal) = &place.proposal {
        set.note(Context::ALL.len() + proposal.how as usize, true);
    }
    set
}

fn same(left: Option<&Source>, right: &Source) -> bool {
    left.is_some_and(|left| match (left.cluster, right.cluster) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.span == right.span,
        _ => false,
    })
}

/// The subject where it is no name.
pub(super) fn nominal(place: &Place) -> Option<&Source> {
    place.subject.as_ref().filter(|subject| subject.cluster.is_none())
}

/// Whether a later word of the one is, gender apart, a word of the other.
fn shares_rest(scene: &Scene<'_>, left: &Source, right: &Source) -> bool {
    let words = |source: &Source| scene.words.within(source.span);
    let same = |a: usize, b: usize| same_word(bare(scene.words.fold(a)), bare(scene.words.fold(b)));
    let long = |at: &usize| bare(scene.words.fold(*at)).chars().count() > 2;
    words(left).skip(1).filter(long).any(|a| words(right).any(|b| same(a, b)))
}

/// The nominal at the place and those that spoke before.
fn nominals(scene: &Scene<'_>, place: &Place, heard: &Heard) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let here = place.subject.iter().chain(&place.proposal).map(|source| (source, true));
    let before = heard.nominals.iter().rev().take(4).map(|source| (source, false));
    for (source, here) in here.chain(before).filter(|(source, _)| source.cluster.is_none()) {
        if found.iter().any(|known| known.source.span == source.span) {
            continue;
        }
        let earlier = heard.nominals.iter().any(|known| known.span == source.span);
        let mut traits = Set::default();
        let mut note = |found: Trait, holds: bool| traits.note(found as usize, holds);
        note(Trait::Nominal, here && !earlier);
        note(Trait::EarlierNominal, earlier);
        note(Trait::Spoke, earlier);
        note(Trait::Proposed, same(place.proposal.as_ref(), source));
        note(Trait::Current, same(heard.current.as_ref(), source));
        note(Trait::Outer, same(place.outer.as_ref(), source));
        note(Trait::BeforeCurrent, same(heard.before_current.as_ref(), source));
        let other = nominal(place).filter(|other| earlier && other.span != source.span);
        note(Trait::SameHead, other.is_some_and(|other| alike(&other.head, &source.head)));
        note(Trait::SharedWord, other.is_some_and(|other| shares_rest(scene, other, source)));
        note(Trait::Many, is_many(&source.head));
        if let Some(form) = place.form {
            let agrees = form.feminine == is_feminine(&source.head);
            note(Trait::Agrees, agrees);
            note(Trait::Disagrees, !agrees);
        }
        found.push(Candidate { source: source.clone(), traits, sum: 0.0 });
    }
    found
}
