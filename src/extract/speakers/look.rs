//! What is true of each who is named, seen from a place where somebody speaks.

use crate::annotation::Kind;
use crate::arabic::tokens::Class;
use crate::extract::roles;
use crate::extract::scene::Scene;
use crate::extract::speakers::cast::{Cast, Member, bare, same_word};
use crate::extract::speakers::choice::{Candidate, Heard, Place, nominal};
use crate::extract::speakers::traits::{How, Set, Trait};
use crate::extract::speakers::{Source, can_head, is_proclitic_name};
use crate::extract::words::Word;
use crate::text::Span;

/// What the traits of every cluster are told from, found once for a place.
pub struct Look<'a, 's> {
    scene: &'a Scene<'s>,
    cast: &'a Cast,
    place: &'a Place,
    heard: &'a Heard,
    /// The bare head of the nominal subject, and its other bare words.
    head: &'a str,
    rest: Vec<&'a str>,
    /// The names in the subject, before in the sentence, in the sentence before.
    zone: Vec<usize>,
    sentence: Vec<usize>,
    previous: Vec<usize>,
    said: Vec<usize>,
    nearest: [Option<usize>; 2],
    next: Option<usize>,
}

impl<'a, 's> Look<'a, 's> {
    /// Looks around the place.
    #[must_use]
    pub fn new(scene: &'a Scene<'s>, cast: &'a Cast, place: &'a Place, heard: &'a Heard) -> Self {
        let nominal = nominal(place);
        let words = nominal.map_or(0..0, |subject| scene.words.within(subject.span));
        let head = nominal.map_or("", |subject| bare(&subject.head));
        let rest = words.skip(1).map(|at| bare(scene.words.fold(at))).filter(|word| word.chars().count() > 2).collect();
        let number = |at: usize| scene.words.get(at).map(|word| word.sentence);
        let here = number(place.at);
        let before = here.and_then(|sentence| sentence.checked_sub(1));
        let split = cast.starts.partition_point(|start| *start < place.at);
        let backward = || (0..split).rev();
        let within = |sentence: Option<usize>| {
            let at = move |name: &usize| cast.starts.get(*name).and_then(|start| number(*start));
            let mut found: Vec<usize> = backward()
                .skip_while(|name| at(name) > sentence)
                .take_while(|name| sentence.is_some() && at(name) == sentence)
                .collect();
            found.reverse();
            found
        };
        let kind = |name: &usize| scene.names.get(*name).map(|name| name.kind);
        let last =
            |wanted: Kind| backward().find(|name| kind(name) == Some(wanted)).and_then(|name| scene.cluster(name));
        let from = |low: usize, high: usize| {
            let first = cast.starts.partition_point(|start| *start < low);
            (first..cast.starts.partition_point(|start| *start < high)).collect::<Vec<usize>>()
        };
        let next = (split..cast.starts.len()).find(|name| kind(name) == Some(Kind::Person));
        Self {
            scene,
            cast,
            place,
            heard,
            head,
            rest,
            zone: from(place.zone.start, place.zone.end),
            sentence: within(here),
            previous: within(before),
            said: from(place.zone.end, scene.sentence_end(place.at).max(place.zone.end)),
            nearest: [last(Kind::Person), last(Kind::Organization)],
            next: next.and_then(|name| scene.cluster(name)),
        }
    }

    /// Whether the last speaker spoke in the same sentence, or line.
    fn just(&self, of: impl Fn(&Word) -> usize) -> bool {
        let number = |at: usize| self.scene.words.get(at).map(&of);
        number(self.heard.at) == number(self.place.at)
    }

    fn is(&self, name: Option<&usize>, cluster: usize) -> bool {
        name.and_then(|name| self.scene.cluster(*name)) == Some(cluster)
    }

    /// Whether the cluster's name is the subject that its sentence opens with: nothing but titles and marks before it.
    fn opens(&self, name: Option<&usize>, cluster: usize) -> bool {
        let Some(name) = name.filter(|name| self.is(Some(name), cluster)) else { return false };
        let start = self.scene.range(*name).start;
        let from = self.scene.sentence_start(start);
        let title = |at: usize| {
            self.scene.words.get(at).is_some_and(|word| word.class == Class::Mark)
                || can_head(self.scene.words.fold(at))
        };
        !is_proclitic_name(self.scene, *name) && (from..start).all(title)
    }

    fn among(&self, names: &[usize], cluster: usize) -> bool {
        names.iter().any(|name| self.is(Some(name), cluster))
    }

    /// The first word of the last name before the place.
    fn last_before(&self, member: &Member) -> Option<usize> {
        let before = member.starts.partition_point(|start| *start < self.place.at);
        before.checked_sub(1).and_then(|last| member.starts.get(last)).copied()
    }

    /// The cluster as one who may be the speaker; none where it cannot be.
    #[must_use]
    pub fn candidate(&self, cluster: usize) -> Option<Candidate> {
        let member = self.cast.members.get(cluster)?;
        member.starts.first()?;
        // محامي فلان: the one whose lawyer speaks does not.
        let head = nominal(self.place).map_or(self.place.at, |subject| self.scene.words.at(subject.span.start));
        if roles::belongs_to(self.scene, head)
            && self.scene.name(head + 1).is_some_and(|name| self.is(Some(&name), cluster))
        {
            return None;
        }
        let mut traits = Set::default();
        self.standing(cluster, member, &mut traits);
        self.position(cluster, member, &mut traits);
        self.likeness(member, &mut traits);
        Some(Candidate { source: self.source(cluster, member), traits, sum: 0.0 })
    }

    /// Who it is in the text, whatever the place.
    fn standing(&self, cluster: usize, member: &Member, set: &mut Set) {
        let mut note = |found: Trait, holds: bool| set.note(found as usize, holds);
        let person = member.kind == Kind::Person;
        let body = member.kind == Kind::Organization;
        note(Trait::Person, person);
        note(Trait::Organization, body);
        note(Trait::Place, member.kind == Kind::Place);
        let first = self.cast.first;
        note(Trait::FirstPerson, person && first.contains(&Some(cluster)));
        note(Trait::FirstBody, body && first.contains(&Some(cluster)));
        note(Trait::MostPerson, person && self.cast.most.contains(&Some(cluster)));
        note(Trait::MostBody, body && self.cast.most.contains(&Some(cluster)));
        note(Trait::Only, self.cast.counts.get(member.kind as usize) == Some(&1));
        note(Trait::Often, member.starts.len() > 2);
        note(Trait::Once, member.starts.len() == 1);
        note(Trait::HasRole, !member.roles.is_empty());
        let line = |at: usize| self.scene.words.get(at).map(|word| word.line);
        note(
            Trait::Headline,
            member.starts.first().is_some_and(|start| line(*start) == Some(0)) && line(self.place.at) != Some(0),
        );
        let same = |start: usize| line(start) == line(self.place.at);
        note(Trait::SameLine, self.last_before(member).is_some_and(same));
    }

    /// Where its names stand, and whether it has spoken.
    fn position(&self, cluster: usize, member: &Member, set: &mut Set) {
        let mut note = |found: Trait, holds: bool| set.note(found as usize, holds);
        let here = |source: &Option<Source>| source.as_ref().is_some_and(|source| source.cluster == Some(cluster));
        note(Trait::Proposed, here(&self.place.proposal));
        note(Trait::Current, here(&self.heard.current));
        note(Trait::BeforeCurrent, here(&self.heard.before_current));
        note(Trait::CurrentSentence, here(&self.heard.current) && self.just(|word| word.sentence));
        note(Trait::CurrentLine, here(&self.heard.current) && self.just(|word| word.line));
        note(Trait::Outer, here(&self.place.outer));
        note(Trait::Far, self.last_before(member).is_none_or(|start| start + 60 < self.place.at));
        note(Trait::Spoke, self.heard.clusters.contains(&cluster));
        note(Trait::ZoneFirst, self.is(self.zone.first(), cluster));
        note(Trait::ZoneLater, self.among(self.zone.get(1..).unwrap_or_default(), cluster));
        let person = |name: &&usize| self.scene.names.get(**name).is_some_and(|name| name.kind == Kind::Person);
        note(Trait::ZonePerson, self.is(self.zone.iter().find(person), cluster));
        let bound = |name: &usize| self.is(Some(name), cluster) && is_proclitic_name(self.scene, *name);
        note(Trait::ZoneBound, self.zone.iter().any(bound));
        let nominal = nominal(self.place);
        let inside = |name: &usize| {
            let span = self.scene.names.get(*name).map_or_else(Span::default, |name| name.span);
            self.is(Some(name), cluster) && nominal.is_some_and(|subject| subject.span.overlaps(span))
        };
        note(Trait::Within, self.zone.iter().any(inside));
        note(Trait::Topic, self.opens(self.sentence.first(), cluster));
        note(Trait::PreviousTopic, self.opens(self.previous.first(), cluster));
        let beside = self.zone.first().filter(|name| self.scene.range(**name).start == self.place.at + 1);
        note(Trait::Beside, self.is(beside, cluster));
        let near = |name: &usize| self.scene.range(*name).end + 2 > self.place.at;
        note(Trait::Adjacent, self.sentence.last().is_some_and(near) && self.is(self.sentence.last(), cluster));
        note(Trait::SentenceFirst, self.is(self.sentence.first(), cluster));
        note(Trait::SentenceNearest, self.is(self.sentence.last(), cluster));
        note(Trait::Sentence, self.among(&self.sentence, cluster));
        note(Trait::PreviousFirst, self.is(self.previous.first(), cluster));
        note(Trait::Previous, self.among(&self.previous, cluster));
        let [person, body] = self.nearest;
        note(Trait::NearestPerson, person == Some(cluster));
        note(Trait::NearestBody, body == Some(cluster));
        note(Trait::NextPerson, self.next == Some(cluster));
        note(Trait::Said, self.among(&self.said, cluster));
        note(Trait::Later, member.starts.first().is_some_and(|start| *start >= self.place.at));
    }

    /// Whether it goes with the nominal subject, and with the form of the cue.
    fn likeness(&self, member: &Member, set: &mut Set) {
        let mut note = |found: Trait, holds: bool| set.note(found as usize, holds);
        if !self.head.is_empty() {
            let alike = |word: &String| same_word(word, self.head);
            note(Trait::SameHead, member.roles.iter().any(|role| role.iter().any(alike)));
            let whole =
                |role: &Vec<String>| self.rest.iter().all(|word| role.iter().any(|known| same_word(known, word)));
            note(Trait::SameRole, member.roles.iter().any(|role| role.iter().any(alike) && whole(role)));
            note(Trait::SameName, member.words.iter().any(alike));
            let shared = |word: &&str| {
                member.words.iter().chain(member.roles.iter().flatten()).any(|known| same_word(known, word))
            };
            note(Trait::SharedWord, self.rest.iter().any(shared));
        }
        if let (Some(form), Some(feminine)) = (self.place.form, member.feminine) {
            note(Trait::Agrees, form.feminine == feminine);
            note(Trait::Disagrees, form.feminine != feminine);
        }
    }

    /// The source that the cluster is here: at its name in the subject, else at the nominal that stands for it, else at
    /// its last name before.
    fn source(&self, cluster: usize, member: &Member) -> Source {
        if let Some(proposal) = self.place.proposal.as_ref().filter(|proposal| proposal.cluster == Some(cluster)) {
            return proposal.clone();
        }
        let nominal = nominal(self.place);
        let name = self.zone.iter().find(|name| self.is(Some(name), cluster));
        let at = |start: usize| {
            let index = self.cast.starts.partition_point(|known| *known < start);
            self.scene.names.get(index).map_or_else(Span::default, |name| name.span)
        };
        let last = self.last_before(member).or(member.starts.first().copied());
        let span = match (name.and_then(|name| self.scene.names.get(*name)), nominal) {
            (Some(name), _) => name.span,
            (None, Some(nominal)) => nominal.span,
            (None, None) => last.map_or_else(Span::default, at),
        };
        let head = nominal.map_or_else(String::new, |nominal| nominal.head.clone());
        Source { cluster: Some(cluster), span, confidence: 0.0, how: How::Weighed, head }
    }
}
