//! Pairs of names that may be one person's: those that share a sound somewhere and are near enough.
//!
//! Whether they are near enough is seen from the two names alone, so it is remembered ([`Compared`]): later, only names
//! that are new are compared with those that share a sound with them.

use super::fit::possible;
use super::vocabulary::{KnownPart, NONE, Vocabulary};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// The most names that share a sound and are compared with each other; beyond, only equal names join. In tests less, so
/// that the few names of a test reach it.
const BLOCK: usize = if cfg!(test) { 4 } else { 300 };

/// The number of the rules by which names are compared. Another one makes what is remembered void: raise it with every
/// change of what sounds alike or of how near names are.
pub const RULES: &str = "1";

/// Which names have been compared with each other, by a hash of each, and what came of it.
#[derive(Debug, Default)]
pub struct Compared {
    near: HashMap<u64, Vec<u64>>,
    crowded: HashSet<u64>,
    changed: HashSet<u64>,
    gone: Vec<u64>,
    is_crowded_changed: bool,
}

impl Compared {
    /// What is remembered: names with those that may be the same, and sounds that too many names share.
    #[must_use]
    pub fn new(near: HashMap<u64, Vec<u64>>, crowded: HashSet<u64>) -> Self {
        Self { near, crowded, ..Self::default() }
    }

    /// The names that have more to remember than before.
    pub fn changed(&self) -> impl Iterator<Item = (u64, &[u64])> {
        self.changed.iter().filter_map(|name| Some((*name, self.near.get(name)?.as_slice())))
    }

    /// The names that nobody bears any more.
    #[must_use]
    pub fn gone(&self) -> &[u64] {
        &self.gone
    }

    /// The sounds that too many names share, where they are others than before.
    #[must_use]
    pub fn crowded(&self) -> Option<&HashSet<u64>> {
        self.is_crowded_changed.then_some(&self.crowded)
    }
}

type Parts<'a> = [&'a KnownPart];

/// The keys of names whose blocks are looked through, by name.
struct Keys {
    ends: Vec<u32>,
    keys: Vec<u64>,
}

impl Keys {
    /// From keys with the names that have them, sorted.
    fn new(held: &[(u64, u32)], count: usize) -> Self {
        let mut ends = vec![0_u32; count + 1];
        for &(_, at) in held {
            if let Some(end) = ends.get_mut(at as usize + 1) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut keys = vec![0; held.len()];
        let mut next = ends.clone();
        for &(key, at) in held {
            if let Some(place) = next.get_mut(at as usize) {
                if let Some(cell) = keys.get_mut(*place as usize) {
                    *cell = key;
                }
                *place += 1;
            }
        }
        Self { ends, keys }
    }

    fn of(&self, at: u32) -> &[u64] {
        let end = |at: u32| self.ends.get(at as usize).map_or(0, |&end| end as usize);
        self.keys.get(end(at)..end(at + 1)).unwrap_or_default()
    }

    /// The first key that two names share.
    fn shared(&self, (left, right): (u32, u32)) -> Option<u64> {
        let mut others = self.of(right).iter().peekable();
        self.of(left).iter().copied().find(|own| {
            while others.next_if(|other| *other < own).is_some() {}
            others.peek() == Some(&own)
        })
    }
}

/// The pairs of names that may be one, each once, the smaller number first, in order.
pub fn candidates(names: &[&Parts<'_>], vocabulary: &Vocabulary, compared: &mut Compared) -> Vec<(u32, u32)> {
    let hashes: Vec<u64> =
        names.par_iter().map(|parts| hash(parts.iter().map(|part| part.part.text.as_str()))).collect();
    let places: HashMap<u64, u32> = hashes.iter().copied().zip(0..).collect();
    let new: Vec<bool> = hashes.iter().map(|hash| !compared.near.contains_key(hash)).collect();
    let mut held: Vec<(u64, u32)> = (0..u32::try_from(names.len()).unwrap_or(NONE))
        .into_par_iter()
        .flat_map_iter(|at| {
            let parts = names.get(at as usize).copied().unwrap_or_default();
            keys(parts, vocabulary).into_iter().map(move |key| (key, at))
        })
        .collect();
    held.par_sort_unstable();
    held.dedup();
    let sizes = held.chunk_by(|one, other| one.0 == other.0);
    let crowded: HashSet<u64> =
        sizes.filter(|block| block.len() > BLOCK).filter_map(|block| Some(block.first()?.0)).collect();
    held.retain(|held| !crowded.contains(&held.0));
    let own = Keys::new(&held, names.len());
    let is_new = |at: u32| new.get(at as usize) == Some(&true);
    let parts = |at: u32| names.get(at as usize).copied().unwrap_or_default();
    let blocks: Vec<&[(u64, u32)]> = held.chunk_by(|one, other| one.0 == other.0).collect();
    let look = |block: &&[(u64, u32)]| {
        // Names that too many others shared a sound with have not been compared there yet.
        let all = block.first().is_some_and(|held| compared.crowded.contains(&held.0));
        let mut found = Vec::new();
        if !all && !block.iter().any(|held| is_new(held.1)) {
            return found;
        }
        for (place, &(key, left)) in block.iter().enumerate() {
            for &(_, right) in block.iter().skip(place + 1) {
                // Each pair is met in the first of the blocks that it shares.
                if (all || is_new(left) || is_new(right))
                    && own.shared((left, right)) == Some(key)
                    && possible(parts(left), parts(right))
                {
                    found.push((left, right));
                }
            }
        }
        found
    };
    let mut pairs: Vec<(u32, u32)> = blocks.par_iter().flat_map_iter(look).collect();
    let before = |(name, near): (&u64, &Vec<u64>)| {
        let at = places.get(name).copied();
        let others: Vec<(u32, u32)> = at
            .into_iter()
            .flat_map(|at| {
                near.iter().filter_map(|other| places.get(other)).map(move |&other| (at.min(other), at.max(other)))
            })
            .filter(|&pair| own.shared(pair).is_some())
            .collect();
        others
    };
    let known: Vec<(u32, u32)> = compared.near.par_iter().flat_map_iter(before).collect();
    remember(compared, (&hashes, &places), &pairs, crowded);
    pairs.extend(known);
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn remember(
    compared: &mut Compared,
    (hashes, places): (&[u64], &HashMap<u64, u32>),
    pairs: &[(u32, u32)],
    crowded: HashSet<u64>,
) {
    compared.gone = compared.near.keys().filter(|name| !places.contains_key(name)).copied().collect();
    for gone in &compared.gone {
        compared.near.remove(gone);
    }
    for hash in hashes {
        if !compared.near.contains_key(hash) {
            compared.near.insert(*hash, Vec::new());
            compared.changed.insert(*hash);
        }
    }
    for &(left, right) in pairs {
        let of = |at: u32| hashes.get(at as usize).copied();
        let (Some(left), Some(right)) = (of(left), of(right)) else { continue };
        let holder = if compared.changed.contains(&left) { left } else { right };
        let other = if holder == left { right } else { left };
        compared.near.entry(holder).or_default().push(other);
        compared.changed.insert(holder);
    }
    compared.is_crowded_changed = compared.crowded != crowded;
    compared.crowded = crowded;
}

/// The sounds under which a name is looked up: its last part with the beginning of its first, its first part with the
/// beginning of its last, both parts' consonants in the order of the alphabet, all of it but the first part.
fn keys(parts: &Parts<'_>, vocabulary: &Vocabulary) -> Vec<u64> {
    let all: Vec<&str> = parts.iter().map(|part| vocabulary.sounds.text(part.sounds)).collect();
    let (Some(&first), Some(&last)) = (all.first(), all.last()) else { return Vec::new() };
    let head = |sounds: &str, count: usize| sounds.chars().take(count).collect::<String>();
    let tail = |sounds: &str| sounds.chars().rev().take(2).collect::<String>();
    let mut sorted: Vec<char> = all.iter().flat_map(|sounds| sounds.chars()).collect();
    sorted.sort_unstable();
    let key = |kind: &str, one: &str, other: &str| hash([kind, one, other].into_iter());
    let mut keys = vec![
        key("a", &sorted.into_iter().collect::<String>(), ""),
        key("b", first, &head(last, 2)),
        key("c", first, &tail(last)),
        key("d", &head(first, 1), last),
        key("e", &tail(first), last),
    ];
    // A name that leaves out its first part, its middle or its last.
    for pair in all.windows(2).filter_map(<[&str]>::last).copied().chain([first]) {
        keys.push(key("f", pair, last));
        keys.push(key("g", first, pair));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A hash of texts that is the same in every version of every program: FNV-1a with splitmix64's end.
fn hash<'a>(texts: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = texts.flat_map(|text| text.bytes().chain([b' ']));
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    sum ^ (sum >> 27)
}
