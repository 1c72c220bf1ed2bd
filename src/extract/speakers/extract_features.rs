//! What is true of each who is named, seen from a site where somebody speaks.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::Class;
use crate::extract::analysis::Analysis;
use crate::extract::grammar::WordClass;
use crate::extract::phrase::{can_head, is_body, is_proclitic_name, is_spoken_for};
use crate::extract::roles;
use crate::extract::speakers::Source;
use crate::extract::speakers::features::{Context, Feature, Features, How};
use crate::extract::speakers::participants::{Participant, Participants, same_word};
use crate::extract::speakers::site::{Candidate, Discourse, SpeechSite};
use crate::extract::words::Word;
use crate::text::Span;

/// What the features of every cluster are told from, found once for a site.
pub struct FeatureExtractor<'a, 's> {
    analysis: &'a Analysis<'s>,
    participants: &'a Participants,
    site: &'a SpeechSite,
    discourse: &'a Discourse,
    /// The bare head of the nominal subject, and its other bare words.
    head: &'a str,
    rest: Vec<&'a str>,
    /// The names in the subject, before in the sentence, in the sentence before.
    in_subject: Vec<usize>,
    sentence: Vec<usize>,
    previous: Vec<usize>,
    said: Vec<usize>,
    nearest: [Option<usize>; 2],
    next: [Option<usize>; 2],
    /// The first name of the paragraph before the site, and the first person.
    line_first: [Option<usize>; 2],
    /// The last name before the site that no preposition governs.
    nearest_subject: Option<usize>,
    /// The names between the last speech and the site.
    since: Vec<usize>,
}

impl<'a, 's> FeatureExtractor<'a, 's> {
    /// Looks around the site.
    #[must_use]
    pub fn new(
        analysis: &'a Analysis<'s>,
        participants: &'a Participants,
        site: &'a SpeechSite,
        discourse: &'a Discourse,
    ) -> Self {
        let nominal = site.nominal();
        let words = nominal.map_or(0..0, |subject| analysis.words.within(subject.span));
        let head = nominal.map_or("", |subject| affix::bare(&subject.head));
        let rest = words
            .skip(1)
            .map(|at| affix::bare(analysis.words.fold(at)))
            .filter(|word| word.chars().count() > 2)
            .collect();
        let number = |at: usize| analysis.words.get(at).map(|word| word.sentence);
        let here = number(site.at);
        let before = here.and_then(|sentence| sentence.checked_sub(1));
        let split = participants.starts.partition_point(|start| *start < site.at);
        let backward = || (0..split).rev();
        let within = |sentence: Option<usize>| {
            let at = move |name: &usize| participants.starts.get(*name).and_then(|start| number(*start));
            let mut found: Vec<usize> = backward()
                .skip_while(|name| at(name) > sentence)
                .take_while(|name| sentence.is_some() && at(name) == sentence)
                .collect();
            found.reverse();
            found
        };
        let kind = |name: &usize| analysis.names.get(*name).map(|name| name.kind);
        let last =
            |wanted: Kind| backward().find(|name| kind(name) == Some(wanted)).and_then(|name| analysis.cluster(name));
        let from = |low: usize, high: usize| {
            let first = participants.starts.partition_point(|start| *start < low);
            (first..participants.starts.partition_point(|start| *start < high)).collect::<Vec<usize>>()
        };
        let next = |wanted: Kind| {
            let found = (split..participants.starts.len()).find(|name| kind(name) == Some(wanted));
            found.and_then(|name| analysis.cluster(name))
        };
        let line = |at: usize| analysis.words.get(at).map(|word| word.line);
        let start_of = |name: &usize| participants.starts.get(*name).copied().unwrap_or_default();
        let in_line = || backward().take_while(|name| line(start_of(name)) == line(site.at));
        let line_first = [in_line().last(), in_line().filter(|name| kind(name) == Some(Kind::Person)).last()];
        let nearest_subject = backward().take(NEAR).find(|name| {
            kind(name) != Some(Kind::Place) && !is_oblique(analysis, *name) && !is_possessor(analysis, *name)
        });
        Self {
            analysis,
            participants,
            site,
            discourse,
            head,
            rest,
            in_subject: from(site.subject_range.start, site.subject_range.end),
            sentence: within(here),
            previous: within(before),
            said: from(site.subject_range.end, analysis.sentence_end(site.at).max(site.subject_range.end)),
            nearest: [last(Kind::Person), last(Kind::Organization)],
            next: [next(Kind::Person), next(Kind::Organization)],
            line_first: line_first.map(|name| name.and_then(|name| analysis.cluster(name))),
            nearest_subject: nearest_subject.and_then(|name| analysis.cluster(name)),
            since: if discourse.current.is_some() { from(discourse.at, site.at) } else { Vec::new() },
        }
    }

    /// The cluster as it is known from the text.
    #[must_use]
    pub fn participant(&self, cluster: usize) -> Option<&'a Participant> {
        self.participants.clusters.get(cluster)
    }

    /// Whether a person was named between the last speech and the site.
    #[must_use]
    pub fn person_since(&self) -> bool {
        let person = |name: &usize| self.analysis.names.get(*name).is_some_and(|name| name.kind == Kind::Person);
        self.since.iter().any(person)
    }

    /// Whether the cluster's name stands behind the verb that its sentence opens with: one word before it, titles apart.
    fn behind_verb(&self, name: Option<&usize>, cluster: usize) -> bool {
        let Some(name) = name.filter(|name| self.is(Some(name), cluster)) else { return false };
        let words = self.analysis.words;
        let start = self.analysis.range(*name).start;
        let from = self.analysis.sentence_start(start);
        let other =
            |at: &usize| words.get(*at).is_some_and(|word| word.class != Class::Mark) && !can_head(words.fold(*at));
        let governed = is_oblique(self.analysis, *name) || is_possessor(self.analysis, *name);
        !governed && (from..start).filter(other).count() == 1
    }

    /// Whether the last speaker spoke in the same sentence, or line.
    fn just(&self, of: impl Fn(&Word) -> usize) -> bool {
        let number = |at: usize| self.analysis.words.get(at).map(&of);
        number(self.discourse.at) == number(self.site.at)
    }

    fn is(&self, name: Option<&usize>, cluster: usize) -> bool {
        name.and_then(|name| self.analysis.cluster(*name)) == Some(cluster)
    }

    /// Whether the cluster's name is the subject that its sentence opens with: nothing but titles and marks before it.
    fn opens(&self, name: Option<&usize>, cluster: usize) -> bool {
        let Some(name) = name.filter(|name| self.is(Some(name), cluster)) else { return false };
        let start = self.analysis.range(*name).start;
        let from = self.analysis.sentence_start(start);
        let title = |at: usize| {
            self.analysis.words.get(at).is_some_and(|word| word.class == Class::Mark)
                || can_head(self.analysis.words.fold(at))
        };
        !is_proclitic_name(self.analysis, *name) && (from..start).all(title)
    }

    fn among(&self, names: &[usize], cluster: usize) -> bool {
        names.iter().any(|name| self.is(Some(name), cluster))
    }

    /// The first word of the last name before the site.
    fn last_before(&self, participant: &Participant) -> Option<usize> {
        let before = participant.starts.partition_point(|start| *start < self.site.at);
        before.checked_sub(1).and_then(|last| participant.starts.get(last)).copied()
    }

    /// The last name before the site.
    fn last_name_before(&self, participant: &Participant) -> Option<usize> {
        let start = self.last_before(participant)?;
        Some(self.participants.starts.partition_point(|known| *known < start))
    }

    /// The cluster as one who may be the speaker; none where it cannot be.
    #[must_use]
    pub fn candidate(&self, cluster: usize) -> Option<Candidate> {
        let participant = self.participants.clusters.get(cluster)?;
        participant.starts.first()?;
        // محامي فلان: the one whose lawyer speaks does not.
        let head = self.site.nominal().map_or(self.site.at, |subject| self.analysis.words.at(subject.span.start));
        if roles::belongs_to(self.analysis, head)
            && self.analysis.name(head + 1).is_some_and(|name| self.is(Some(&name), cluster))
        {
            return None;
        }
        if self.is_other_gender(participant) || self.is_spoken_for(cluster) {
            return None;
        }
        let mut features = Features::default();
        self.standing(cluster, participant, &mut features);
        self.position(cluster, participant, &mut features);
        self.likeness(participant, &mut features);
        Some(Candidate { source: self.source(cluster, participant), features, sum: 0.0, chance: 0.0 })
    }

    /// وقالت: a verb of one person without a subject is not his whose given name is of the other gender.
    fn is_other_gender(&self, participant: &Participant) -> bool {
        let alone = self.site.subject.is_none();
        let verb = self.site.form.filter(|form| form.is_finite() && !form.plural && self.site.kind == Context::Always);
        alone && verb.zip(participant.woman).is_some_and(|(form, woman)| form.feminine != woman)
    }

    /// متحدث باسم فلان: inside the nominal subject, behind the word that says that another speaks for it.
    fn is_spoken_for(&self, cluster: usize) -> bool {
        let Some(subject) = self.site.nominal() else { return false };
        let words = self.analysis.words.within(subject.span);
        let Some(deputy) = words.clone().find(|&at| self.analysis.words.is(at, WordClass::InTheNameOf)) else {
            return false;
        };
        let own =
            (deputy + 1..words.end).filter_map(|at| self.analysis.name(at)).find(|name| self.is(Some(name), cluster));
        own.is_some_and(|name| is_spoken_for(self.analysis, deputy + 1..self.analysis.range(name).start))
    }

    /// Who it is in the text, whatever the site.
    fn standing(&self, cluster: usize, participant: &Participant, set: &mut Features) {
        let mut note = |found: Feature, holds: bool| set.note(found as usize, holds);
        let person = participant.kind == Kind::Person;
        let body = participant.kind == Kind::Organization;
        note(Feature::Person, person);
        note(Feature::Organization, body);
        note(Feature::Place, participant.kind == Kind::Place);
        let first = self.participants.first;
        note(Feature::FirstPerson, person && first.contains(&Some(cluster)));
        note(Feature::FirstBody, body && first.contains(&Some(cluster)));
        note(Feature::MostPerson, person && self.participants.most.contains(&Some(cluster)));
        note(Feature::MostBody, body && self.participants.most.contains(&Some(cluster)));
        note(Feature::Only, self.participants.counts.get(participant.kind as usize) == Some(&1));
        note(Feature::Often, participant.starts.len() > 2);
        note(Feature::Once, participant.starts.len() == 1);
        note(Feature::HasRole, !participant.roles.is_empty());
        let line = |at: usize| self.analysis.words.get(at).map(|word| word.line);
        note(
            Feature::Headline,
            participant.starts.first().is_some_and(|start| line(*start) == Some(0)) && line(self.site.at) != Some(0),
        );
        let same = |start: usize| line(start) == line(self.site.at);
        note(Feature::SameLine, self.last_before(participant).is_some_and(same));
    }

    /// Where its names stand, and whether it has spoken.
    fn position(&self, cluster: usize, participant: &Participant, set: &mut Features) {
        let mut note = |found: Feature, holds: bool| set.note(found as usize, holds);
        let here = |source: &Option<Source>| source.as_ref().is_some_and(|source| source.cluster == Some(cluster));
        note(Feature::Proposed, here(&self.site.proposal));
        note(Feature::Current, here(&self.discourse.current));
        note(Feature::BeforeCurrent, here(&self.discourse.before_current));
        note(Feature::CurrentSentence, here(&self.discourse.current) && self.just(|word| word.sentence));
        note(Feature::CurrentLine, here(&self.discourse.current) && self.just(|word| word.line));
        note(Feature::Outer, here(&self.site.outer));
        note(Feature::Far, self.last_before(participant).is_none_or(|start| start + 60 < self.site.at));
        note(Feature::Spoke, self.discourse.times(cluster) > 0);
        note(Feature::SubjectFirst, self.is(self.in_subject.first(), cluster));
        note(Feature::SubjectLater, self.among(self.in_subject.get(1..).unwrap_or_default(), cluster));
        let person = |name: &&usize| self.analysis.names.get(**name).is_some_and(|name| name.kind == Kind::Person);
        note(Feature::SubjectPerson, self.is(self.in_subject.iter().find(person), cluster));
        let bound = |name: &usize| self.is(Some(name), cluster) && is_proclitic_name(self.analysis, *name);
        note(Feature::SubjectBound, self.in_subject.iter().any(bound));
        let nominal = self.site.nominal();
        let inside = |name: &usize| {
            let span = self.analysis.names.get(*name).map_or_else(Span::default, |name| name.span);
            self.is(Some(name), cluster) && nominal.is_some_and(|subject| subject.span.overlaps(span))
        };
        note(Feature::Within, self.in_subject.iter().any(inside));
        note(Feature::Topic, self.opens(self.sentence.first(), cluster));
        note(Feature::PreviousTopic, self.opens(self.previous.first(), cluster));
        let beside = self.in_subject.first().filter(|name| self.analysis.range(**name).start == self.site.at + 1);
        note(Feature::Beside, self.is(beside, cluster));
        let near = |name: &usize| self.analysis.range(*name).end + 2 > self.site.at;
        note(Feature::Adjacent, self.sentence.last().is_some_and(near) && self.is(self.sentence.last(), cluster));
        note(Feature::SentenceFirst, self.is(self.sentence.first(), cluster));
        note(Feature::SentenceNearest, self.is(self.sentence.last(), cluster));
        note(Feature::Sentence, self.among(&self.sentence, cluster));
        note(Feature::PreviousFirst, self.is(self.previous.first(), cluster));
        note(Feature::Previous, self.among(&self.previous, cluster));
        let [person, body] = self.nearest;
        note(Feature::NearestPerson, person == Some(cluster));
        note(Feature::NearestBody, body == Some(cluster));
        let [person, body] = self.next;
        note(Feature::NextPerson, person == Some(cluster));
        note(Feature::NextBody, body == Some(cluster));
        let [first, first_person] = self.line_first;
        note(Feature::LineFirst, first == Some(cluster));
        note(Feature::LineFirstPerson, first_person == Some(cluster));
        note(Feature::NearestSubject, self.nearest_subject == Some(cluster));
        note(Feature::SinceLast, self.among(&self.since, cluster));
        note(Feature::SpokeOften, self.discourse.times(cluster) > 1);
        note(Feature::VerbSubject, self.behind_verb(self.sentence.first(), cluster));
        note(Feature::PreviousVerbSubject, self.behind_verb(self.previous.first(), cluster));
        let last = self.last_name_before(participant);
        note(Feature::Oblique, last.is_some_and(|name| is_oblique(self.analysis, name)));
        note(Feature::Possessor, last.is_some_and(|name| is_possessor(self.analysis, name)));
        note(Feature::Said, self.among(&self.said, cluster));
        note(Feature::Later, participant.starts.first().is_some_and(|start| *start >= self.site.at));
    }

    /// Whether it goes with the nominal subject, and with the form of the cue.
    fn likeness(&self, participant: &Participant, set: &mut Features) {
        let mut note = |found: Feature, holds: bool| set.note(found as usize, holds);
        if !self.head.is_empty() {
            let alike = |word: &String| same_word(word, self.head);
            note(Feature::SameHead, participant.roles.iter().any(|role| role.iter().any(alike)));
            let whole =
                |role: &Vec<String>| self.rest.iter().all(|word| role.iter().any(|known| same_word(known, word)));
            note(Feature::SameRole, participant.roles.iter().any(|role| role.iter().any(alike) && whole(role)));
            note(Feature::SameName, participant.words.iter().any(alike));
            let shared = |word: &&str| {
                participant.words.iter().chain(participant.roles.iter().flatten()).any(|known| same_word(known, word))
            };
            note(Feature::SharedWord, self.rest.iter().any(shared));
        }
        if let (Some(form), Some(feminine)) = (self.site.form, participant.feminine) {
            note(Feature::Agrees, form.feminine == feminine);
            note(Feature::Disagrees, form.feminine != feminine);
        }
    }

    /// The source that the cluster is here: at its name in the subject, else at the nominal that stands for it, else at
    /// its last name before.
    fn source(&self, cluster: usize, participant: &Participant) -> Source {
        if let Some(proposal) = self.site.proposal.as_ref().filter(|proposal| proposal.cluster == Some(cluster)) {
            return proposal.clone();
        }
        let nominal = self.site.nominal();
        let name = self.in_subject.iter().find(|name| self.is(Some(name), cluster));
        let at = |start: usize| {
            let index = self.participants.starts.partition_point(|known| *known < start);
            self.analysis.names.get(index).map_or_else(Span::default, |name| name.span)
        };
        let last = self.last_before(participant).or(participant.starts.first().copied());
        let span = match (name.and_then(|name| self.analysis.names.get(*name)), nominal) {
            (Some(name), _) => name.span,
            (None, Some(nominal)) => nominal.span,
            (None, None) => last.map_or_else(Span::default, at),
        };
        let head = nominal.map_or_else(String::new, |nominal| nominal.head.clone());
        Source { cluster: Some(cluster), span, confidence: 0.0, how: How::Weighed, head }
    }
}

/// As many names before a site are looked through for one without a preposition.
const NEAR: usize = 8;

/// Whether the name stands behind a preposition, written on it or before it.
fn is_oblique(analysis: &Analysis<'_>, name: usize) -> bool {
    is_proclitic_name(analysis, name) || analysis.words.is_before(analysis.range(name).start, WordClass::Preposition)
}

/// Whether somebody or something of the one who is named is meant: محامي فلان, مكتب فلان.
fn is_possessor(analysis: &Analysis<'_>, name: usize) -> bool {
    let person = analysis.names.get(name).is_some_and(|name| name.kind == Kind::Person);
    let Some(before) = analysis.range(name).start.checked_sub(1).filter(|_| person) else { return false };
    roles::belongs_to(analysis, before) || (analysis.name(before).is_none() && is_body(analysis.words.fold(before)))
}
