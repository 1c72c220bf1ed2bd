//! What speaks for two names being one person's besides the names: the offices they hold, whom they appear with.

use super::appearance::Appearances;

/// The most features that are kept of a name; the rarest tell most.
const MOST: usize = 120;

/// Documents that are thought to stand behind those that are there.
const FEWEST: f32 = 100.0;

/// The features of appearances, and how much each says.
#[derive(Debug)]
pub struct Evidence<'a> {
    seen: &'a Appearances,
    /// By appearance: its document's place.
    documents: Vec<u32>,
    /// By document: where what is named in it ends in `company`.
    ends: Vec<u32>,
    /// By document, sorted: everything that is named in it.
    company: Vec<u32>,
    /// How much it says that two share the word of a role, or a name in their documents.
    words: Vec<f32>,
    names: Vec<f32>,
}

/// What is known of a name from all its appearances. Sorted.
#[derive(Clone, Debug, Default)]
pub struct Features {
    roles: Box<[u32]>,
    company: Box<[u32]>,
    own: Box<[u32]>,
    days: Option<(i32, i32)>,
}

/// How much each feature says: the logarithm of one in how many has it. A few documents are taken for a part of
/// [`FEWEST`], so that sharing means something among three articles too.
fn weights(counts: &[u32], all: usize) -> Vec<f32> {
    let all = all as f32 + FEWEST;
    counts.iter().map(|&count| (all / count.max(1) as f32).ln().max(0.0)).collect()
}

fn weight(weights: &[f32], feature: u32) -> f32 {
    weights.get(feature as usize).copied().unwrap_or(0.0)
}

fn count(counts: &mut [u32], features: &[u32]) {
    for &feature in features {
        if let Some(count) = counts.get_mut(feature as usize) {
            *count += 1;
        }
    }
}

impl<'a> Evidence<'a> {
    /// The most points that context can give.
    pub const MOST_AGREEMENT: f32 = 5.5;

    /// Looks through all appearances once.
    #[must_use]
    pub fn new(seen: &'a Appearances) -> Self {
        let mut words = vec![0; seen.vocabulary.words.len()];
        let mut names = vec![0; seen.vocabulary.names.len()];
        let (mut documents, mut ends, mut company) = (Vec::with_capacity(seen.len()), Vec::new(), Vec::new());
        let mut here: Vec<u32> = Vec::new();
        let mut close = |here: &mut Vec<u32>| {
            here.sort_unstable();
            here.dedup();
            count(&mut names, here);
            company.append(here);
            ends.push(u32::try_from(company.len()).unwrap_or(u32::MAX));
        };
        let (mut place, mut last) = (0, None);
        for at in seen.all() {
            if last.is_some_and(|last| last != seen.document(at)) {
                close(&mut here);
                place += 1;
            }
            last = Some(seen.document(at));
            here.push(seen.own(at));
            documents.push(place);
            count(&mut words, seen.words(at));
        }
        close(&mut here);
        let (words, names) = (weights(&words, seen.len()), weights(&names, ends.len()));
        Self { seen, documents, ends, company, words, names }
    }

    /// What is named in the document of an appearance.
    fn company(&self, at: u32) -> &[u32] {
        let Some(&place) = self.documents.get(at as usize) else { return &[] };
        let end = |place: u32| self.ends.get(place as usize).map_or(0, |&end| end as usize);
        let from = place.checked_sub(1).map_or(0, end);
        self.company.get(from..end(place)).unwrap_or_default()
    }

    /// The features of appearances taken together.
    #[must_use]
    pub fn of(&self, appearances: &[u32]) -> Features {
        let (mut roles, mut company, mut own) = (Vec::new(), Vec::new(), Vec::new());
        let mut days: Option<(i32, i32)> = None;
        for &at in appearances {
            roles.extend_from_slice(self.seen.words(at));
            company.extend_from_slice(self.company(at));
            own.push(self.seen.own(at));
            if let Some(day) = self.seen.day(at) {
                let (first, last) = days.unwrap_or((day, day));
                days = Some((first.min(day), last.max(day)));
            }
        }
        own.sort_unstable();
        own.dedup();
        company.retain(|feature| own.binary_search(feature).is_err());
        keep_rarest(&mut roles, &self.words);
        keep_rarest(&mut company, &self.names);
        Features { roles: roles.into(), company: company.into(), own: own.into(), days }
    }

    /// Points for two names being one person's, from their context alone: up to 2.5 for offices, up to 2.5 for company,
    /// half a point for days that lie near.
    #[must_use]
    pub fn agreement(&self, left: &Features, right: &Features) -> f32 {
        let role = |&feature: &u32| weight(&self.words, feature);
        let sum = |features: &[u32]| features.iter().map(role).sum::<f32>();
        let shared = shared(&left.roles, &right.roles, role);
        let smaller = sum(&left.roles).min(sum(&right.roles)).max(0.1);
        let roles = 2.5 * (shared / smaller) * (shared / 8.0).min(1.0);

        let company = |&feature: &u32| weight(&self.names, feature).powi(2);
        let other =
            |feature: &u32| left.own.binary_search(feature).is_err() && right.own.binary_search(feature).is_err();
        let norm = |features: &[u32]| features.iter().filter(|feature| other(feature)).map(company).sum::<f32>().sqrt();
        let meet =
            self::shared(&left.company, &right.company, |feature| if other(feature) { company(feature) } else { 0.0 });
        let cosine = meet / (norm(&left.company) * norm(&right.company)).max(0.1);
        let met = 2.5 * (cosine / 0.25).min(1.0) * (meet / 40.0).min(1.0);

        let near = match (left.days, right.days) {
            (Some((from, to)), Some((begin, end))) => {
                let gap = (begin - to).max(from - end);
                if gap <= 14 { 0.5 } else { 0.0 }
            }
            _ => 0.0,
        };
        roles + met + near
    }
}

fn keep_rarest(features: &mut Vec<u32>, weights: &[f32]) {
    features.sort_unstable();
    features.dedup();
    if features.len() > MOST {
        let of = |&feature: &u32| weight(weights, feature);
        features.sort_by(|left, right| of(right).total_cmp(&of(left)).then(left.cmp(right)));
        features.truncate(MOST);
        features.sort_unstable();
    }
}

/// The weights of what two sorted lists share, added up.
fn shared(left: &[u32], right: &[u32], weight: impl Fn(&u32) -> f32) -> f32 {
    let mut others = right.iter().peekable();
    let mut sum = 0.0;
    for feature in left {
        while others.next_if(|other| *other < feature).is_some() {}
        if others.peek() == Some(&feature) {
            sum += weight(feature);
        }
    }
    sum
}
