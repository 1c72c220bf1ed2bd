//! Names that are one person's: candidates by sound, points for each pair, joined from the surest on.

use super::appearance::{Appearance, Link, Reason};
use super::evidence::{Evidence, Features};
use super::lone;
use super::name::{Name, Part, distance, is_given, likeness, near, sounds};
use crate::annotation::Kind;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The points that make a link.
const ENOUGH: f32 = 4.0;

/// The most names that share a sound and are compared with each other; beyond, only equal names join.
const BLOCK: usize = 300;

/// One full name, however it is spelled but for hamza, blanks and articles.
#[derive(Debug)]
pub struct Node {
    /// Its parts.
    pub name: Name,
    /// The appearances that use it.
    pub seen: Vec<usize>,
    /// What is known of it.
    pub features: Features,
}

/// The people among the appearances.
pub fn people(appearances: &[Appearance], evidence: &Evidence) -> Vec<Vec<Link>> {
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut nodes: Vec<Node> = Vec::new();
    let (mut main, mut alone) = (HashMap::new(), Vec::new());
    let mut together: HashMap<(usize, usize), u32> = HashMap::new();
    for (at, seen) in appearances.iter().enumerate().filter(|(_, seen)| seen.kind == Kind::Person) {
        let mut full: Vec<(usize, u32, usize)> = Vec::new();
        for (form, count) in &seen.forms {
            let name = Name::new(form);
            if !name.is_full() {
                continue;
            }
            let next = nodes.len();
            let node = *index.entry(name.key()).or_insert(next);
            if node == next {
                nodes.push(Node { name, seen: Vec::new(), features: Features::default() });
            }
            full.push((node, *count, form.chars().count()));
        }
        let best = full.iter().max_by_key(|&&(node, count, length)| (count, length, std::cmp::Reverse(node)));
        let Some(&(best, ..)) = best else {
            alone.push(at);
            continue;
        };
        main.insert(at, best);
        for node in full.iter().map(|found| found.0).collect::<BTreeSet<_>>() {
            if let Some(node) = nodes.get_mut(node) {
                node.seen.push(at);
            }
            if node != best {
                *together.entry((node.min(best), node.max(best))).or_default() += 1;
            }
        }
    }
    for node in &mut nodes {
        node.features = evidence.of(&node.seen);
    }
    let partners = Partners::new(&nodes);
    let mut edges: Vec<Edge> = candidates(&nodes)
        .into_iter()
        .filter_map(|(left, right)| edge(&nodes, &partners, evidence, (left, right), &together))
        .collect();
    edges.sort_by(|left, right| right.points.total_cmp(&left.points).then(left.ends.cmp(&right.ends)));
    let clusters = Clusters::join(&nodes, &edges, &partners);
    let mut groups: HashMap<usize, Vec<Link>> = HashMap::new();
    for (&at, &node) in &main {
        let (root, reason, confidence) = clusters.link(node);
        let first = nodes.get(node).is_some_and(|node| node.seen.first() == Some(&at));
        let reason = if reason == Reason::Itself && !first { Reason::SameName } else { reason };
        groups.entry(root).or_default().push(Link { appearance: at, reason, confidence });
    }
    let mut groups: Vec<(usize, Vec<Link>)> = groups.into_iter().collect();
    groups.sort_by_key(|group| group.0);
    lone::place(appearances, evidence, groups, &alone)
}

/// A pair of names with its points.
#[derive(Debug)]
struct Edge {
    ends: (usize, usize),
    points: f32,
    reason: Reason,
}

/// Pairs of names that sound alike somewhere.
fn candidates(nodes: &[Node]) -> HashSet<(usize, usize)> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for key in keys(&node.name) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = HashSet::new();
    for members in blocks.values().filter(|members| members.len() <= BLOCK) {
        for (place, &left) in members.iter().enumerate() {
            pairs.extend(members.iter().skip(place + 1).filter(|&&right| right != left).map(|&right| (left, right)));
        }
    }
    pairs
}

/// The sounds under which a name is looked up: its last part with the beginning of its first, its first part with the
/// beginning of its last, both parts' consonants in the order of the alphabet, all of it but the first part.
fn keys(name: &Name) -> BTreeSet<String> {
    let all: Vec<String> = name.parts.iter().map(|part| sounds(&part.core)).collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return BTreeSet::new() };
    let head = |sounds: &str, count: usize| sounds.chars().take(count).collect::<String>();
    let tail = |sounds: &str| sounds.chars().rev().take(2).collect::<String>();
    let sorted = |sounds: &str| {
        let mut letters: Vec<char> = sounds.chars().collect();
        letters.sort_unstable();
        letters.into_iter().collect::<String>()
    };
    let whole: String = all.iter().map(String::as_str).collect();
    let mut keys = BTreeSet::from([
        format!("a{}", sorted(&whole)),
        format!("b{first} {}", head(last, 2)),
        format!("c{first} {}", tail(last)),
        format!("d{} {last}", head(first, 1)),
        format!("e{} {last}", tail(first)),
    ]);
    // A name that leaves out its first part, its middle or its last.
    for pair in all.windows(2).flat_map(<[String]>::last).chain([first]) {
        keys.insert(format!("f{pair} {last}"));
        keys.insert(format!("g{first} {pair}"));
    }
    keys
}

/// With whom each part of names goes: a part that goes with many is a name by itself, and no misspelling of another.
#[derive(Debug)]
pub struct Partners(HashMap<String, HashSet<String>>);

impl Partners {
    fn new(nodes: &[Node]) -> Self {
        let mut partners: HashMap<String, HashSet<String>> = HashMap::new();
        for node in nodes {
            let (Some(first), Some(last)) = (node.name.first(), node.name.last()) else { continue };
            partners.entry(format!("f{}", first.core)).or_default().insert(sounds(&last.core));
            partners.entry(format!("l{}", last.core)).or_default().insert(sounds(&first.core));
        }
        Self(partners)
    }

    /// Whether both are known as names apart from each other.
    fn distinct(&self, left: &Part, right: &Part, place: char) -> bool {
        if left.core == right.core {
            return false;
        }
        if is_given(&left.core) && is_given(&right.core) && place == 'f' {
            return true;
        }
        let of = |part: &Part| self.0.get(&format!("{place}{}", part.core));
        let (Some(a), Some(b)) = (of(left), of(right)) else { return false };
        let apart = |one: &HashSet<String>, other: &HashSet<String>| {
            let own = one.iter().filter(|partner| !other.contains(*partner)).count();
            own >= 2 || (own >= 1 && place == 'f' && one.len() > 2)
        };
        apart(a, b) && apart(b, a)
    }
}

/// How one name can be another's.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    /// Part for part; how near the worst part is, and whether some part is two known names.
    Whole { points: f32, sure: bool },
    /// One leaves out parts.
    Shorter { points: f32 },
}

/// Points for the spelling alone; none where the two cannot be one name.
fn fit(left: &Name, right: &Name, partners: &Partners) -> Option<Fit> {
    if left.parts.len() == right.parts.len() {
        return part_for_part(left, right, partners).or_else(|| written_as_one(left, right));
    }
    if let Some(whole) = written_as_one(left, right) {
        return Some(whole);
    }
    let (short, long) = if left.parts.len() < right.parts.len() { (left, right) } else { (right, left) };
    shorter(short, long, partners)
}

fn part_for_part(left: &Name, right: &Name, partners: &Partners) -> Option<Fit> {
    let count = left.parts.len();
    let mut points = 6.0;
    let mut changed = 0;
    let mut sure = true;
    for (place, (one, other)) in left.parts.iter().zip(&right.parts).enumerate() {
        let like = likeness(one, other);
        if like < 0.6 {
            return None;
        }
        if like < 1.0 {
            changed += 1;
            let role = if place + 1 == count { 'l' } else { 'f' };
            points -= 0.6 + 7.0 * (1.0 - like);
            if partners.distinct(one, other, role) {
                points -= 2.6;
                sure = false;
            }
            // كيري and كيلي: in a short word one consonant makes another name.
            let length = one.core.chars().count().min(other.core.chars().count());
            if length <= 4 && like < 0.85 {
                points -= 2.0;
            }
            // محمد خضر and محمد خضير: in Arabic names a long vowel makes another name, in foreign ones a spelling.
            let beside_given = role == 'l' && left.first().is_some_and(|first| is_given(&first.core));
            if beside_given && length <= 5 && one.core != other.core && consonants(&one.core) == consonants(&other.core)
            {
                points -= 1.2;
            }
            // A known given name and what is more than a spelling of it: أحمد, حمادة.
            if is_given(&one.core) != is_given(&other.core) && distance(&one.core, &other.core) > 0.6 {
                points -= 0.8;
            }
        }
    }
    if changed > 1 {
        points += 0.4;
    }
    Some(Fit::Whole { points, sure })
}

fn consonants(word: &str) -> String {
    word.chars().filter(|letter| !matches!(letter, 'ا' | 'و' | 'ي')).collect()
}

/// Names whose blanks differ: باش طبجي, بشطبجي.
fn written_as_one(left: &Name, right: &Name) -> Option<Fit> {
    let whole = |name: &Name| name.parts.iter().map(|part| part.core.as_str()).collect::<String>();
    let (a, b) = (whole(left), whole(right));
    let (one, other) = (left.first()?, right.first()?);
    let like = near(&a, &b);
    let begins = likeness(one, other) >= 0.8 || a == b;
    (like >= 0.9 && begins && left.parts.len() != right.parts.len())
        .then_some(Fit::Whole { points: 5.8 - 12.0 * (1.0 - like), sure: true })
}

/// A name that leaves out parts of the other, in their order.
fn shorter(short: &Name, long: &Name, partners: &Partners) -> Option<Fit> {
    let mut rest = long.parts.iter().enumerate();
    let mut points = 3.3_f32;
    let mut places = Vec::new();
    for part in &short.parts {
        let (place, like) =
            rest.by_ref().map(|(place, other)| (place, likeness(part, other))).find(|(_, like)| *like >= 0.75)?;
        let other = long.parts.get(place)?;
        if like < 1.0 {
            points -= 0.4 + 5.0 * (1.0 - like);
            let role = if place + 1 == long.parts.len() { 'l' } else { 'f' };
            if partners.distinct(part, other, role) {
                points -= 2.6;
            }
        }
        places.push(place);
    }
    let dropped: Vec<usize> = (0..long.parts.len()).filter(|place| !places.contains(place)).collect();
    let last = long.parts.len() - 1;
    for place in dropped {
        let part = long.parts.get(place)?;
        points -= match place {
            // محمد before another given name comes and goes.
            0 if matches!(part.core.as_str(), "محمد" | "احمد" | "سيدي") => 0.0,
            0 => 0.8,
            place if place == last => 0.9,
            _ => 0.0,
        };
    }
    // محمد علي may be anybody.
    if short.parts.iter().all(|part| is_given(&part.core)) {
        points -= 1.0;
    }
    Some(Fit::Shorter { points })
}

fn edge(
    nodes: &[Node],
    partners: &Partners,
    evidence: &Evidence,
    ends: (usize, usize),
    together: &HashMap<(usize, usize), u32>,
) -> Option<Edge> {
    let (left, right) = (nodes.get(ends.0)?, nodes.get(ends.1)?);
    let ends = (ends.0.min(ends.1), ends.0.max(ends.1));
    let fit = fit(&left.name, &right.name, partners)?;
    let (spelling, reason) = match fit {
        Fit::Whole { points, sure } => {
            (points, if points >= ENOUGH && sure { Reason::Spelling } else { Reason::SpellingAndContext })
        }
        Fit::Shorter { points } => (points, Reason::Shorter),
    };
    if spelling < 0.5 {
        return None;
    }
    if together.contains_key(&ends) {
        return Some(Edge { ends, points: spelling + 3.0, reason: Reason::OneDocument });
    }
    // Nothing to ask where the names say it all, and nothing to gain where they say too little.
    let context = if spelling >= 5.5 { 0.0 } else { evidence.agreement(&left.features, &right.features) };
    // Two who stand in one document under two known names are two.
    let both = matches!(fit, Fit::Whole { sure: false, .. }) && meet(&left.seen, &right.seen);
    let points = spelling + context - if both { 2.0 } else { 0.0 };
    (points >= ENOUGH).then_some(Edge { ends, points, reason })
}

fn meet(left: &[usize], right: &[usize]) -> bool {
    left.iter().any(|at| right.contains(at))
}

/// Joined names: each with its cluster, and the edge that brought it there.
struct Clusters {
    parent: Vec<usize>,
    members: HashMap<usize, Vec<usize>>,
    by: HashMap<usize, (Reason, f32)>,
}

impl Clusters {
    fn join(nodes: &[Node], edges: &[Edge], partners: &Partners) -> Self {
        let parent = (0..nodes.len()).collect();
        let members = (0..nodes.len()).map(|node| (node, vec![node])).collect();
        let mut clusters = Self { parent, members, by: HashMap::new() };
        for edge in edges {
            let (left, right) = (clusters.root(edge.ends.0), clusters.root(edge.ends.1));
            if left == right || !clusters.agree(nodes, partners, left, right) {
                continue;
            }
            let size = |root: &usize| {
                let members = clusters.members.get(root).into_iter().flatten();
                members.filter_map(|&node| nodes.get(node)).map(|node| node.seen.len()).sum::<usize>()
            };
            let (big, small) = if size(&left) >= size(&right) { (left, right) } else { (right, left) };
            let moved = clusters.members.remove(&small).unwrap_or_default();
            let confidence = 1.0 / (1.0 + (2.5 - edge.points).exp());
            for &node in &moved {
                clusters.by.entry(node).or_insert((edge.reason, confidence));
                if let Some(parent) = clusters.parent.get_mut(node) {
                    *parent = big;
                }
            }
            clusters.members.entry(big).or_default().extend(moved);
        }
        clusters
    }

    fn root(&self, node: usize) -> usize {
        self.parent.get(node).copied().unwrap_or(node)
    }

    /// Whether no two of the commonest names of two clusters exclude each other.
    fn agree(&self, nodes: &[Node], partners: &Partners, left: usize, right: usize) -> bool {
        let common = |root: usize| {
            let mut members = self.members.get(&root).cloned().unwrap_or_default();
            members.sort_by_key(|&node| (std::cmp::Reverse(nodes.get(node).map_or(0, |node| node.seen.len())), node));
            members.truncate(5);
            members
        };
        let (ours, theirs) = (common(left), common(right));
        let possible = |one: usize, other: usize| match (nodes.get(one), nodes.get(other)) {
            (Some(one), Some(other)) => match fit(&one.name, &other.name, partners) {
                Some(Fit::Whole { points, .. }) => points >= 0.0,
                Some(Fit::Shorter { points }) => points >= 0.5,
                None => false,
            },
            _ => false,
        };
        ours.iter().all(|&one| theirs.iter().all(|&other| possible(one, other)))
    }

    /// The cluster of a name, and why it is there.
    fn link(&self, node: usize) -> (usize, Reason, f32) {
        let (reason, confidence) = self.by.get(&node).copied().unwrap_or((Reason::Itself, 0.97));
        (self.root(node), reason, confidence)
    }
}
