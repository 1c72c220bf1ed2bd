//! Names that are one person's: candidates by sound, points for each pair, joined from the surest on.

use super::appearance::{Appearances, Link, Reason};
use super::evidence::{Evidence, Features};
use super::fit::{Fit, Fitting, Partners};
use super::lone;
use super::vocabulary::{KnownPart, NONE, Vocabulary};
use crate::annotation::Kind;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The points that make a link.
const ENOUGH: f32 = 4.0;

/// The most names that share a sound and are compared with each other; beyond, only equal names join.
const BLOCK: usize = 300;

/// One full name, however it is spelled but for hamza, blanks and articles.
#[derive(Debug)]
pub struct Node<'a> {
    /// Its parts.
    pub parts: Box<[&'a KnownPart]>,
    /// The appearances that use it.
    pub seen: Vec<u32>,
    /// What is known of it.
    pub features: Features,
}

/// The names of people, and who bears which.
struct Names<'a> {
    nodes: Vec<Node<'a>>,
    /// By appearance: the name it uses most; [`NONE`] where it uses no full one.
    main: Vec<u32>,
    /// Names that one document uses for one person.
    together: HashSet<(u32, u32)>,
}

impl<'a> Names<'a> {
    fn new(appearances: &'a Appearances) -> Self {
        let vocabulary = &appearances.vocabulary;
        let mut index = vec![NONE; vocabulary.names.len()];
        let mut names = Self { nodes: Vec::new(), main: vec![NONE; appearances.len()], together: HashSet::new() };
        let mut full: Vec<(u32, u32, u32)> = Vec::new();
        for at in appearances.all().filter(|&at| appearances.kind(at) == Kind::Person) {
            full.clear();
            for &(form, count) in appearances.form_numbers(at) {
                let parts = vocabulary.parts(form);
                let place = index.get_mut(vocabulary.feature(form, Kind::Person) as usize);
                let Some(node) = place.filter(|_| parts.len() > 1) else { continue };
                if *node == NONE {
                    *node = u32::try_from(names.nodes.len()).unwrap_or(NONE);
                    let parts = parts.iter().filter_map(|&part| vocabulary.known(part)).collect();
                    names.nodes.push(Node { parts, seen: Vec::new(), features: Features::default() });
                }
                full.push((*node, count, vocabulary.length(form)));
            }
            let best = full.iter().max_by_key(|&&(node, count, length)| (count, length, std::cmp::Reverse(node)));
            let Some(&(best, ..)) = best else { continue };
            if let Some(main) = names.main.get_mut(at as usize) {
                *main = best;
            }
            full.sort_unstable();
            full.dedup_by_key(|found| found.0);
            for &(node, ..) in &full {
                if let Some(node) = names.nodes.get_mut(node as usize) {
                    node.seen.push(at);
                }
                if node != best {
                    names.together.insert((node.min(best), node.max(best)));
                }
            }
        }
        names
    }

    fn node(&self, node: u32) -> Option<&Node<'a>> {
        self.nodes.get(node as usize)
    }
}

/// The people among the appearances.
pub fn people(appearances: &Appearances, evidence: &Evidence<'_>) -> Vec<Vec<Link>> {
    let mut names = Names::new(appearances);
    names.nodes.par_iter_mut().for_each(|node| node.features = evidence.of(&node.seen));
    let vocabulary = &appearances.vocabulary;
    let fitting = Fitting { partners: Partners::new(names.nodes.iter().map(|node| node.parts.as_ref())) };
    let mut edges = edges(&names, (&fitting, evidence), vocabulary);
    edges.par_sort_by(|left, right| right.points.total_cmp(&left.points).then(left.ends.cmp(&right.ends)));
    let clusters = Clusters::join(&names.nodes, &edges, &fitting);
    drop(edges);
    let mut groups: HashMap<u32, Vec<Link>> = HashMap::new();
    for (at, &node) in appearances.all().zip(&names.main).filter(|(_, node)| **node != NONE) {
        let (root, reason, confidence) = clusters.link(node);
        let first = names.node(node).is_some_and(|node| node.seen.first() == Some(&at));
        let reason = if reason == Reason::Itself && !first { Reason::SameName } else { reason };
        groups.entry(root).or_default().push(Link { appearance: at, reason, confidence });
    }
    drop(clusters);
    drop(fitting);
    let main = std::mem::take(&mut names.main);
    drop(names);
    let mut groups: Vec<(u32, Vec<Link>)> = groups.into_iter().collect();
    groups.sort_by_key(|group| group.0);
    let groups = groups.into_iter().map(|group| group.1).collect();
    let alone = |&at: &u32| appearances.kind(at) == Kind::Person && main.get(at as usize) == Some(&NONE);
    let alone: Vec<u32> = appearances.all().filter(alone).collect();
    lone::place(appearances, evidence, groups, &alone)
}

/// A pair of names with its points.
#[derive(Debug)]
struct Edge {
    ends: (u32, u32),
    points: f32,
    reason: Reason,
}

/// Pairs of names that sound alike somewhere and are one person's.
fn edges(names: &Names<'_>, (fitting, evidence): (&Fitting, &Evidence<'_>), vocabulary: &Vocabulary) -> Vec<Edge> {
    let count = u32::try_from(names.nodes.len()).unwrap_or(NONE);
    let mut held: Vec<(u64, u32)> = (0..count)
        .into_par_iter()
        .flat_map_iter(|at| {
            let parts = names.node(at).map(|node| node.parts.as_ref()).unwrap_or_default();
            keys(parts, vocabulary).into_iter().map(move |key| (key, at))
        })
        .collect();
    held.par_sort_unstable();
    held.dedup();
    let blocks: Vec<&[(u64, u32)]> =
        held.chunk_by(|one, other| one.0 == other.0).filter(|block| (2..=BLOCK).contains(&block.len())).collect();
    // The keys of each name whose blocks are looked through, to meet each pair in one block only.
    let mut own: Vec<(u32, u64)> = blocks.iter().flat_map(|block| block.iter().map(|&(key, at)| (at, key))).collect();
    own.par_sort_unstable();
    let keys_of = |at: u32| {
        let (from, to) = (own.partition_point(|held| held.0 < at), own.partition_point(|held| held.0 <= at));
        own.get(from..to).unwrap_or_default()
    };
    let pairs = |block: &&[(u64, u32)]| {
        let mut found = Vec::new();
        for (place, &(key, left)) in block.iter().enumerate() {
            let before = keys_of(left);
            for &(_, right) in block.iter().skip(place + 1) {
                if !meet_before(before, keys_of(right), key) {
                    found.extend(edge(names, fitting, evidence, (left, right)));
                }
            }
        }
        found
    };
    blocks.par_iter().flat_map_iter(pairs).collect()
}

/// Whether two names share a key that comes before this one. Both are sorted.
fn meet_before(left: &[(u32, u64)], right: &[(u32, u64)], key: u64) -> bool {
    let mut others = right.iter().map(|held| held.1).peekable();
    for (_, own) in left.iter().take_while(|held| held.1 < key) {
        while others.next_if(|other| other < own).is_some() {}
        if others.peek() == Some(own) {
            return true;
        }
    }
    false
}

/// The sounds under which a name is looked up: its last part with the beginning of its first, its first part with the
/// beginning of its last, both parts' consonants in the order of the alphabet, all of it but the first part.
fn keys(parts: &[&KnownPart], vocabulary: &Vocabulary) -> Vec<u64> {
    let all: Vec<&str> = parts.iter().map(|part| vocabulary.sounds.text(part.sounds)).collect();
    let (Some(&first), Some(&last)) = (all.first(), all.last()) else { return Vec::new() };
    let head = |sounds: &str, count: usize| sounds.chars().take(count).collect::<String>();
    let tail = |sounds: &str| sounds.chars().rev().take(2).collect::<String>();
    let mut sorted: Vec<char> = all.iter().flat_map(|sounds| sounds.chars()).collect();
    sorted.sort_unstable();
    let key = |kind: char, one: &str, other: &str| {
        let mut hasher = DefaultHasher::new();
        (kind, one, other).hash(&mut hasher);
        hasher.finish()
    };
    let mut keys = vec![
        key('a', &sorted.into_iter().collect::<String>(), ""),
        key('b', first, &head(last, 2)),
        key('c', first, &tail(last)),
        key('d', &head(first, 1), last),
        key('e', &tail(first), last),
    ];
    // A name that leaves out its first part, its middle or its last.
    for pair in all.windows(2).filter_map(<[&str]>::last).copied().chain([first]) {
        keys.push(key('f', pair, last));
        keys.push(key('g', first, pair));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn edge(names: &Names<'_>, fitting: &Fitting, evidence: &Evidence<'_>, ends: (u32, u32)) -> Option<Edge> {
    let (left, right) = (names.node(ends.0)?, names.node(ends.1)?);
    let fit = fitting.fit(&left.parts, &right.parts)?;
    let (spelling, reason) = match fit {
        Fit::Whole { points, sure } => {
            (points, if points >= ENOUGH && sure { Reason::Spelling } else { Reason::SpellingAndContext })
        }
        Fit::Shorter { points } => (points, Reason::Shorter),
    };
    if spelling < 0.5 {
        return None;
    }
    if names.together.contains(&ends) {
        return Some(Edge { ends, points: spelling + 3.0, reason: Reason::OneDocument });
    }
    // Nothing to ask where the names say it all, and nothing to gain where they say too little.
    let context = if spelling >= 5.5 { 0.0 } else { evidence.agreement(&left.features, &right.features) };
    // Two who stand in one document under two known names are two.
    let both = matches!(fit, Fit::Whole { sure: false, .. }) && meet(&left.seen, &right.seen);
    let points = spelling + context - if both { 2.0 } else { 0.0 };
    (points >= ENOUGH).then_some(Edge { ends, points, reason })
}

fn meet(left: &[u32], right: &[u32]) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    short.iter().any(|at| long.binary_search(at).is_ok())
}

/// Joined names: each with its cluster, and the edge that brought it there.
struct Clusters {
    parent: Vec<u32>,
    /// Of clusters of more than one.
    members: HashMap<u32, Vec<u32>>,
    by: HashMap<u32, (Reason, f32)>,
}

impl Clusters {
    fn join(nodes: &[Node<'_>], edges: &[Edge], fitting: &Fitting) -> Self {
        let parent = (0..u32::try_from(nodes.len()).unwrap_or(NONE)).collect();
        let mut clusters = Self { parent, members: HashMap::new(), by: HashMap::new() };
        for edge in edges {
            let (left, right) = (clusters.root(edge.ends.0), clusters.root(edge.ends.1));
            if left == right || !clusters.agree(nodes, fitting, left, right) {
                continue;
            }
            let size = |root: u32| {
                let members = clusters.members_of(root);
                members.iter().filter_map(|&node| nodes.get(node as usize)).map(|node| node.seen.len()).sum::<usize>()
            };
            let (big, small) = if size(left) >= size(right) { (left, right) } else { (right, left) };
            let moved = clusters.members.remove(&small).unwrap_or_else(|| vec![small]);
            let confidence = 1.0 / (1.0 + (2.5 - edge.points).exp());
            for &node in &moved {
                clusters.by.entry(node).or_insert((edge.reason, confidence));
                if let Some(parent) = clusters.parent.get_mut(node as usize) {
                    *parent = big;
                }
            }
            clusters.members.entry(big).or_insert_with(|| vec![big]).extend(moved);
        }
        clusters
    }

    fn root(&self, node: u32) -> u32 {
        self.parent.get(node as usize).copied().unwrap_or(node)
    }

    fn members_of(&self, root: u32) -> Vec<u32> {
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Whether no two of the commonest names of two clusters exclude each other.
    fn agree(&self, nodes: &[Node<'_>], fitting: &Fitting, left: u32, right: u32) -> bool {
        let node = |node: u32| nodes.get(node as usize);
        let common = |root: u32| {
            let mut members = self.members_of(root);
            members.sort_by_key(|&at| (std::cmp::Reverse(node(at).map_or(0, |node| node.seen.len())), at));
            members.truncate(5);
            members
        };
        let (ours, theirs) = (common(left), common(right));
        let possible = |one: u32, other: u32| match (node(one), node(other)) {
            (Some(one), Some(other)) => match fitting.fit(&one.parts, &other.parts) {
                Some(Fit::Whole { points, .. }) => points >= 0.0,
                Some(Fit::Shorter { points }) => points >= 0.5,
                None => false,
            },
            _ => false,
        };
        ours.iter().all(|&one| theirs.iter().all(|&other| possible(one, other)))
    }

    /// The cluster of a name, and why it is there.
    fn link(&self, node: u32) -> (u32, Reason, f32) {
        let (reason, confidence) = self.by.get(&node).copied().unwrap_or((Reason::Itself, 0.97));
        (self.root(node), reason, confidence)
    }
}
