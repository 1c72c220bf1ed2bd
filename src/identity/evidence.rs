//! What speaks for two names being one person's besides the names: the offices they hold, whom they appear with.

use super::{appearance::Appearance, name::key};
use crate::annotation::Kind;
use crate::arabic::normalize::fold;
use crate::identity::name::Name;
use std::collections::{HashMap, HashSet};

/// The most features that are kept of a name; the rarest tell most.
const MOST: usize = 120;

/// Documents that are thought to stand behind those that are there.
const FEWEST: f32 = 100.0;

/// Numbers for words and names, with how many documents have each.
#[derive(Debug, Default)]
struct Counted {
    numbers: HashMap<String, u32>,
    documents: Vec<u32>,
}

impl Counted {
    fn number(&mut self, word: String) -> u32 {
        let next = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.documents.push(0);
        }
        number
    }

    fn count(&mut self, features: &[u32]) {
        for feature in features {
            if let Some(count) = self.documents.get_mut(*feature as usize) {
                *count += 1;
            }
        }
    }

    /// How much it says that two share the feature: the logarithm of one in how many documents has it. A few documents
    /// are taken for a part of [`FEWEST`], so that sharing means something among three articles too.
    fn weight(&self, feature: u32, all: f32) -> f32 {
        let documents = self.documents.get(feature as usize).copied().unwrap_or(1).max(1);
        ((all + FEWEST) / documents as f32).ln().max(0.0)
    }
}

/// The features of appearances, and of the names that several of them share.
#[derive(Debug)]
pub struct Evidence {
    /// By appearance, sorted: the words of its roles.
    roles: Vec<Vec<u32>>,
    /// By appearance: its document's place in `company`.
    documents: Vec<u32>,
    /// By document, sorted: everything that is named in it.
    company: Vec<Vec<u32>>,
    /// By appearance: the feature that it is itself.
    own: Vec<u32>,
    words: Counted,
    names: Counted,
    days: Vec<Option<i32>>,
}

/// What is known of a name from all its appearances.
#[derive(Clone, Debug, Default)]
pub struct Features {
    roles: Vec<u32>,
    company: Vec<u32>,
    own: HashSet<u32>,
    days: Option<(i32, i32)>,
}

impl Evidence {
    /// Looks through all appearances once.
    #[must_use]
    pub fn new(appearances: &[Appearance]) -> Self {
        let (mut words, mut names) = (Counted::default(), Counted::default());
        let mut places: HashMap<u32, u32> = HashMap::new();
        let mut company: Vec<Vec<u32>> = Vec::new();
        let (mut roles, mut documents, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for seen in appearances {
            let next = u32::try_from(company.len()).unwrap_or(u32::MAX);
            let place = *places.entry(seen.document).or_insert(next);
            if place == next {
                company.push(Vec::new());
            }
            let longest = seen.forms.iter().map(|(form, _)| form.as_str()).max_by_key(|form| form.chars().count());
            let longest = longest.unwrap_or_default();
            let name = match seen.kind {
                Kind::Person => Name::new(longest).key(),
                _ => key(longest),
            };
            let feature = names.number(format!("{}{name}", seen.kind.letter()));
            if let Some(all) = company.get_mut(place as usize) {
                all.push(feature);
            }
            own.push(feature);
            documents.push(place);
            let mut held: Vec<u32> =
                seen.roles.iter().flat_map(|role| role_words(role)).map(|word| words.number(word)).collect();
            held.sort_unstable();
            held.dedup();
            words.count(&held);
            roles.push(held);
        }
        for all in &mut company {
            all.sort_unstable();
            all.dedup();
            names.count(all);
        }
        let days = appearances.iter().map(|seen| seen.day).collect();
        Self { roles, documents, company, own, words, names, days }
    }

    /// The features of appearances taken together.
    #[must_use]
    pub fn of(&self, appearances: &[usize]) -> Features {
        let mut features = Features::default();
        for &at in appearances {
            features.roles.extend(self.roles.get(at).into_iter().flatten());
            let document = self.documents.get(at).and_then(|&document| self.company.get(document as usize));
            features.company.extend(document.into_iter().flatten());
            features.own.extend(self.own.get(at));
            if let Some(day) = self.days.get(at).copied().flatten() {
                let (first, last) = features.days.unwrap_or((day, day));
                features.days = Some((first.min(day), last.max(day)));
            }
        }
        let own = &features.own;
        features.company.retain(|feature| !own.contains(feature));
        let all = self.company.len() as f32;
        keep_rarest(&mut features.roles, |&feature| self.words.weight(feature, self.roles.len() as f32));
        keep_rarest(&mut features.company, |&feature| self.names.weight(feature, all));
        features
    }

    /// Points for two names being one person's, from their context alone: up to 2.5 for offices, up to 2.5 for company,
    /// half a point for days that lie near.
    #[must_use]
    pub fn agreement(&self, left: &Features, right: &Features) -> f32 {
        let (offices, documents) = (self.roles.len() as f32, self.company.len() as f32);
        let role = |&feature: &u32| self.words.weight(feature, offices);
        let sum = |features: &[u32]| features.iter().map(role).sum::<f32>();
        let shared = shared(&left.roles, &right.roles, role);
        let smaller = sum(&left.roles).min(sum(&right.roles)).max(0.1);
        let roles = 2.5 * (shared / smaller) * (shared / 8.0).min(1.0);

        let company = |&feature: &u32| self.names.weight(feature, documents).powi(2);
        let other = |feature: &u32| !left.own.contains(feature) && !right.own.contains(feature);
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

fn keep_rarest(features: &mut Vec<u32>, weight: impl Fn(&u32) -> f32) {
    features.sort_unstable();
    features.dedup();
    if features.len() > MOST {
        features.sort_by(|left, right| weight(right).total_cmp(&weight(left)).then(left.cmp(right)));
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

/// The words of a role that tell it from another, folded, without article and attached prepositions.
fn role_words(role: &str) -> Vec<String> {
    let folded = fold(role);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words
        .map(|word| {
            let word = word.strip_prefix("لل").or_else(|| word.strip_prefix("بال")).unwrap_or(word);
            word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word).trim_end_matches('ه')
        })
        .map(str::to_owned)
        .collect()
}
