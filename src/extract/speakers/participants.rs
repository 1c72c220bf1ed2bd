//! Those who are named in a text, as the ranking of speakers looks at them.

use crate::annotation::{Kind, Role};
use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::extract::analysis::Analysis;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};
use crate::extract::lexicon::{CUES, Form};

/// One cluster.
#[derive(Debug)]
pub struct Participant {
    /// What it is.
    pub kind: Kind,
    /// The first word of each of its mentions, in order.
    pub starts: Vec<usize>,
    /// Its roles, as bare words, each once.
    pub roles: Vec<Vec<String>>,
    /// The bare words of its names and the word before each.
    pub words: Vec<String>,
    /// Whether it is of feminine gender, where the text shows it.
    pub feminine: Option<bool>,
    /// Whether it is a woman, where its given name tells.
    pub woman: Option<bool>,
}

/// All of them, and who stands out.
#[derive(Debug, Default)]
pub struct Participants {
    /// By cluster.
    pub clusters: Vec<Participant>,
    /// The first word of each name of the analysis.
    pub starts: Vec<usize>,
    /// The clusters that are first and most named, for persons and for organizations.
    pub first: [Option<usize>; 2],
    /// See `first`.
    pub most: [Option<usize>; 2],
    /// How many there are of each kind.
    pub counts: [usize; 3],
}

/// Whether two bare words are one, gender apart.
#[must_use]
pub fn same_word(left: &str, right: &str) -> bool {
    left == right || affix::without_feminine(left) == affix::without_feminine(right)
}

/// Whether two heads are forms of one noun: مصدر and مصادر, مسؤول and مسؤولون, ثري and أثرياء have the same consonants.
#[must_use]
pub fn same_noun(left: &str, right: &str) -> bool {
    let (one, other) = (affix::consonants(left), affix::consonants(right));
    one == other && one.chars().count() > 1
}

/// Whether the head of a nominal takes a feminine verb.
#[must_use]
pub fn is_feminine(head: &str) -> bool {
    let bare = affix::bare(head);
    affix::is_feminine(bare) || affix::is_feminine_plural(bare) || grammar::is(bare, WordClass::Things)
}

/// Whether the head of a nominal is a plural of people.
#[must_use]
pub fn is_many(head: &str) -> bool {
    let bare = affix::bare(head);
    let people = || !grammar::is(bare, WordClass::Count) && !affix::is_feminine_dual(bare);
    (affix::is_masculine_plural(bare) && bare.chars().count() > 4 && people()) || CUES.is_many(bare)
}

impl Participants {
    /// Looks over the names and the roles once.
    #[must_use]
    pub fn new(analysis: &Analysis<'_>, titles: &[(usize, Role)]) -> Self {
        let mut participants = Self::default();
        for (index, name) in analysis.names.iter().enumerate() {
            let Some(cluster) = analysis.cluster(index) else { continue };
            let range = analysis.range(index);
            participants.starts.push(range.start);
            while participants.clusters.len() <= cluster {
                let (starts, roles, words) = (Vec::new(), Vec::new(), Vec::new());
                participants.clusters.push(Participant {
                    kind: name.kind,
                    starts,
                    roles,
                    words,
                    feminine: None,
                    woman: None,
                });
            }
            let Some(participant) = participants.clusters.get_mut(cluster) else { continue };
            if participant.starts.is_empty() {
                participant.kind = name.kind;
            }
            participant.starts.push(range.start);
            let before = range.start.saturating_sub(2)..range.start;
            for at in before.filter(|&at| analysis.name(at).is_none()).chain(range.clone()) {
                let word = affix::bare(analysis.words.fold(at));
                if !participant.words.iter().any(|known| known == word) {
                    participant.words.push(word.to_owned());
                }
            }
            let shown = gender(analysis, name.kind, &range);
            participant.feminine = participant.feminine.or(shown);
            if name.kind == Kind::Person {
                participant.woman = participant.woman.or_else(|| LISTS.is_woman(analysis.words.fold(range.start)));
            }
        }
        for (cluster, role) in titles {
            let Some(participant) = participants.clusters.get_mut(*cluster) else { continue };
            let words: Vec<String> =
                fold(&role.text).split_whitespace().map(|word| affix::bare(word).to_owned()).collect();
            participant.feminine = participant.feminine.or_else(|| words.first().map(|head| affix::is_feminine(head)));
            if !participant.roles.contains(&words) {
                participant.roles.push(words);
            }
        }
        for (slot, kind) in [Kind::Person, Kind::Organization].into_iter().enumerate() {
            let of_kind =
                || participants.clusters.iter().enumerate().filter(|(_, participant)| participant.kind == kind);
            let first =
                of_kind().min_by_key(|(_, participant)| participant.starts.first().copied()).map(|found| found.0);
            let most = of_kind()
                .max_by_key(|(index, participant)| (participant.starts.len(), std::cmp::Reverse(*index)))
                .map(|found| found.0);
            if let (Some(one), Some(other)) = (participants.first.get_mut(slot), participants.most.get_mut(slot)) {
                (*one, *other) = (first, most);
            }
        }
        for participant in &participants.clusters {
            if let Some(count) = participants.counts.get_mut(participant.kind as usize) {
                *count += 1;
            }
        }
        participants
    }
}

/// What the words around a name show of its gender: the verb before it, the ending of a body's head. Places are
/// feminine.
fn gender(analysis: &Analysis<'_>, kind: Kind, range: &std::ops::Range<usize>) -> Option<bool> {
    let before = range.start.checked_sub(1)?;
    match kind {
        Kind::Place => Some(true),
        Kind::Organization => {
            let (outer, first) = (analysis.words.fold(before), analysis.words.fold(range.start));
            let outer = Some(outer).filter(|word| analysis.name(before).is_none() && LISTS.is_left_head(word));
            let head = outer.or_else(|| Some(first).filter(|word| LISTS.is_kept_head(word) || is_feminine(word)));
            let verb = || analysis.cue(before).filter(|form: &Form| form.is_finite()).map(|form| form.feminine);
            head.map(is_feminine).or_else(verb)
        }
        Kind::Person => {
            let verb = analysis.cue(before).filter(|form: &Form| form.is_finite()).map(|form| form.feminine);
            let word = analysis.words.fold(before);
            let title = LISTS.role(word).filter(|_| analysis.name(before).is_none()).map(|_| affix::is_feminine(word));
            verb.or_else(|| LISTS.is_woman(analysis.words.fold(range.start))).or(title)
        }
    }
}
