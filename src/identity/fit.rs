//! How one full name can be another's: points for the spelling alone.

use super::name::{distance, likeness, likeness_from, near};
use super::vocabulary::KnownPart;
use std::collections::HashMap;

/// With whom each part of names goes: a part that goes with many is a name by itself, and no misspelling of another.
/// By whether the part is the last and the number of its core: the sounds of the other end, sorted.
#[derive(Debug)]
pub struct Partners(HashMap<(bool, u32), Vec<u32>>);

impl Partners {
    /// Of names by their parts.
    pub fn new<'a>(names: impl Iterator<Item = &'a [&'a KnownPart]>) -> Self {
        let mut partners: HashMap<(bool, u32), Vec<u32>> = HashMap::new();
        for parts in names {
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
            partners.entry((false, first.core)).or_default().push(last.sounds);
            partners.entry((true, last.core)).or_default().push(first.sounds);
        }
        for sounds in partners.values_mut() {
            sounds.sort_unstable();
            sounds.dedup();
            sounds.shrink_to_fit();
        }
        Self(partners)
    }

    /// Whether both are known as names apart from each other.
    fn distinct(&self, left: &KnownPart, right: &KnownPart, last: bool) -> bool {
        if left.core == right.core {
            return false;
        }
        if left.given && right.given && !last {
            return true;
        }
        let of = |part: &KnownPart| self.0.get(&(last, part.core));
        let (Some(a), Some(b)) = (of(left), of(right)) else { return false };
        let apart = |one: &[u32], other: &[u32]| {
            let own = one.iter().filter(|partner| other.binary_search(partner).is_err()).take(2).count();
            own >= 2 || (own >= 1 && !last && one.len() > 2)
        };
        apart(a, b) && apart(b, a)
    }
}

/// Fewer points for the spelling make no link, whatever office and company say.
pub const LEAST: f32 = 0.5;

/// How one name can be another's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Part for part; how near the worst part is, and whether some part is two known names.
    Whole { points: f32, sure: bool },
    /// One leaves out parts.
    Shorter { points: f32 },
}

/// Compares names by their parts.
#[derive(Debug)]
pub struct Fitting {
    /// Without them no two parts are known to be two names.
    partners: Option<Partners>,
}

/// Whether two names may be one, whatever is known of other names: what is not possible so never is.
pub fn possible(left: &Known<'_>, right: &Known<'_>) -> bool {
    let alone = Fitting { partners: None };
    alone.fit(left, right).is_some_and(|fit| fit.points() >= LEAST)
}

impl Fit {
    /// How many points the spelling gives.
    pub const fn points(self) -> f32 {
        match self {
            Self::Whole { points, .. } | Self::Shorter { points } => points,
        }
    }
}

type Known<'a> = [&'a KnownPart];

impl Fitting {
    /// With what is known of other names.
    pub const fn new(partners: Partners) -> Self {
        Self { partners: Some(partners) }
    }

    fn distinct(&self, left: &KnownPart, right: &KnownPart, last: bool) -> bool {
        self.partners.as_ref().is_some_and(|partners| partners.distinct(left, right, last))
    }

    /// Points for the spelling alone; none where the two cannot be one name.
    pub fn fit(&self, left: &Known<'_>, right: &Known<'_>) -> Option<Fit> {
        if left.len() == right.len() {
            // Names of as many parts are never written as one: that is for blanks that differ.
            return self.part_for_part(left, right);
        }
        if let Some(whole) = written_as_one(left, right) {
            return Some(whole);
        }
        let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
        self.shorter(short, long)
    }

    fn part_for_part(&self, left: &Known<'_>, right: &Known<'_>) -> Option<Fit> {
        let count = left.len();
        let mut points = 6.0;
        let mut changed = 0;
        let mut sure = true;
        for (place, (one, other)) in left.iter().zip(right).enumerate() {
            let like = alike(one, other, 0.6);
            if like < 0.6 {
                return None;
            }
            if like < 1.0 {
                changed += 1;
                let last = place + 1 == count;
                points -= 0.6 + 7.0 * (1.0 - like);
                if self.distinct(one, other, last) {
                    points -= 2.6;
                    sure = false;
                }
                // كيري and كيلي: in a short word one consonant makes another name.
                let length = one.length.min(other.length);
                if length <= 4 && like < 0.85 {
                    points -= 2.0;
                }
                // محمد خضر and محمد خضير: in Arabic names a long vowel makes another name, in foreign ones a spelling.
                let beside_given = last && left.first().is_some_and(|first| first.given);
                let (a, b) = (&one.part.core, &other.part.core);
                if beside_given && length <= 5 && one.core != other.core && consonants(a) == consonants(b) {
                    points -= 1.2;
                }
                // A known given name and what is more than a spelling of it: أحمد, حمادة.
                if one.given != other.given && distance(a, b) > 0.6 {
                    points -= 0.8;
                }
            }
        }
        if changed > 1 {
            points += 0.4;
        }
        Some(Fit::Whole { points, sure })
    }

    /// A name that leaves out parts of the other, in their order.
    fn shorter(&self, short: &Known<'_>, long: &Known<'_>) -> Option<Fit> {
        let mut rest = long.iter().enumerate();
        let mut points = 3.3_f32;
        let mut places = Vec::new();
        for part in short {
            let (place, like) = rest
                .by_ref()
                .map(|(place, other)| (place, alike(part, other, 0.75)))
                .find(|(_, like)| *like >= 0.75)?;
            let other = long.get(place)?;
            if like < 1.0 {
                points -= 0.4 + 5.0 * (1.0 - like);
                if self.distinct(part, other, place + 1 == long.len()) {
                    points -= 2.6;
                }
            }
            places.push(place);
        }
        let last = long.len() - 1;
        for place in (0..long.len()).filter(|place| !places.contains(place)) {
            let part = long.get(place)?;
            points -= match place {
                // محمد before another given name comes and goes.
                0 if matches!(part.part.core.as_str(), "محمد" | "احمد" | "سيدي") => 0.0,
                0 => 0.8,
                place if place == last => 0.9,
                _ => 0.0,
            };
        }
        // محمد علي may be anybody.
        if short.iter().all(|part| part.given) {
            points -= 1.0;
        }
        Some(Fit::Shorter { points })
    }
}

/// How near two parts are; 0 where it is plain from their lengths that they are not so near as `least`.
fn alike(left: &KnownPart, right: &KnownPart, least: f32) -> f32 {
    // Each letter more costs a quarter of one at least.
    let (more, most) = (left.length.abs_diff(right.length), left.length.max(right.length));
    if left.core != right.core
        && left.part.bare != right.part.bare
        && 1.0 - 0.25 * more as f32 / most as f32 <= least - 0.01
    {
        return 0.0;
    }
    likeness_from(&left.part, &right.part, least)
}

fn consonants(word: &str) -> String {
    word.chars().filter(|letter| !matches!(letter, 'ا' | 'و' | 'ي')).collect()
}

/// Names whose blanks differ: باش طبجي, بشطبجي.
fn written_as_one(left: &Known<'_>, right: &Known<'_>) -> Option<Fit> {
    let length = |name: &Known<'_>| name.iter().map(|part| part.length).sum::<usize>();
    let (count, other) = (length(left), length(right));
    // As `near`, and a quarter of a letter for each letter more.
    if 1.0 - 0.25 * count.abs_diff(other) as f32 / count.max(other).max(1) as f32 <= 0.89 {
        return None;
    }
    let whole = |name: &Known<'_>| name.iter().map(|part| part.part.core.as_str()).collect::<String>();
    let (a, b) = (whole(left), whole(right));
    let (one, other) = (left.first()?, right.first()?);
    let begins = a == b || likeness(&one.part, &other.part) >= 0.8;
    if !begins {
        return None;
    }
    let like = near(&a, &b);
    (like >= 0.9).then_some(Fit::Whole { points: 5.8 - 12.0 * (1.0 - like), sure: true })
}
