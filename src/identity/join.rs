//! Names that are one person's: candidates by sound, points for each pair, joined from the surest on.

use super::appearance::{Appearances, Link, Reason};
use super::candidates::{Compared, candidates};
use super::evidence::{Evidence, Features};
use super::fit::{Fit, Fitting, LEAST, Partners};
use super::lone;
use super::vocabulary::{KnownPart, NONE};
use crate::annotation::Kind;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// The points that make a link.
const ENOUGH: f32 = 4.0;

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
pub fn people(appearances: &Appearances, evidence: &Evidence<'_>, compared: &mut Compared) -> Vec<Vec<Link>> {
    let mut names = Names::new(appearances);
    names.nodes.par_iter_mut().for_each(|node| node.features = evidence.of(&node.seen));
    let parts: Vec<&[&KnownPart]> = names.nodes.iter().map(|node| node.parts.as_ref()).collect();
    let pairs = candidates(&parts, &appearances.vocabulary, compared);
    let fitting = Fitting::new(Partners::new(parts.into_iter()));
    let mut edges: Vec<Edge> = pairs.par_iter().filter_map(|&ends| edge(&names, &fitting, evidence, ends)).collect();
    drop(pairs);
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

/// The points of a pair of names; none where they are too few.
fn edge(names: &Names<'_>, fitting: &Fitting, evidence: &Evidence<'_>, ends: (u32, u32)) -> Option<Edge> {
    let (left, right) = (names.node(ends.0)?, names.node(ends.1)?);
    let fit = fitting.fit(&left.parts, &right.parts)?;
    let spelling = fit.points();
    let reason = match fit {
        Fit::Whole { points, sure: true } if points >= ENOUGH => Reason::Spelling,
        Fit::Whole { .. } => Reason::SpellingAndContext,
        Fit::Shorter { .. } => Reason::Shorter,
    };
    if spelling < LEAST {
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
