//! A last name, a first name or a kunya alone: whose it is, or nobody's that is known.

use super::appearance::{Appearance, Link, Reason};
use super::evidence::{Evidence, Features};
use super::name::{Name, Part, is_given, likeness, sounds};
use std::collections::{HashMap, HashSet};

/// The points that place a name, and how far the second has to be behind.
const ENOUGH: f32 = 3.0;
const AHEAD: f32 = 1.0;

/// A person whom a lone name may mean.
struct Person {
    /// Last parts, first parts and kunyas that people call them by.
    parts: Vec<(Part, bool)>,
    seen: HashSet<usize>,
    documents: HashSet<u32>,
    features: Features,
}

/// A choice for a lone name.
struct Choice {
    person: usize,
    points: f32,
    reason: Reason,
}

/// Puts every lone name with a person, or with its like.
pub fn place(
    appearances: &[Appearance],
    evidence: &Evidence,
    groups: Vec<(usize, Vec<Link>)>,
    alone: &[usize],
) -> Vec<Vec<Link>> {
    let people: Vec<Person> = groups.iter().map(|group| person(appearances, evidence, &group.1)).collect();
    let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, person) in people.iter().enumerate() {
        let keys: HashSet<String> = person.parts.iter().map(|(part, _)| sounds(&part.core)).collect();
        for key in keys {
            by_sound.entry(key).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<Link>> = groups.into_iter().map(|group| group.1).collect();
    let mut rest: HashMap<String, Vec<(usize, bool)>> = HashMap::new();
    for &at in alone {
        let Some(seen) = appearances.get(at) else { continue };
        let names: Vec<Name> = seen.forms.iter().map(|(form, _)| Name::new(form)).collect();
        let features = evidence.of(&[at]);
        let mut known = HashSet::new();
        for part in names.iter().filter_map(Name::last) {
            known.extend(by_sound.get(&sounds(&part.core)).into_iter().flatten().copied());
        }
        let candidates: Vec<usize> = known.into_iter().collect();
        match choose((seen, &names, &features), &people, &candidates, evidence) {
            (Some(Choice { person, points, reason }), _) => {
                let confidence = 1.0 / (1.0 + (2.0 - points).exp());
                if let Some(group) = groups.get_mut(person) {
                    group.push(Link { appearance: at, reason, confidence });
                }
            }
            (None, called) => {
                let longest = seen.forms.iter().max_by_key(|(_, count)| *count);
                let key = longest.map(|(form, _)| Name::new(form).key()).unwrap_or_default();
                rest.entry(key).or_default().push((at, !called));
            }
        }
    }
    let mut rest: Vec<(String, Vec<(usize, bool)>)> = rest.into_iter().collect();
    rest.sort();
    for (key, members) in rest {
        // نيمار is nobody else's name; who is meant by محمد or by a last name that several bear, nobody can say.
        let (own, doubtful): (Vec<_>, Vec<_>) = members.into_iter().partition(|(_, own)| *own && !is_given(&key));
        let link = |(place, (appearance, _)): (usize, (usize, bool))| Link {
            appearance,
            reason: if place == 0 { Reason::Itself } else { Reason::SameName },
            confidence: if place == 0 { 0.97 } else { 0.8 },
        };
        if !own.is_empty() {
            groups.push(own.into_iter().enumerate().map(link).collect());
        }
        groups.extend(doubtful.into_iter().map(|member| vec![link((0, member))]));
    }
    groups
}

fn person(appearances: &[Appearance], evidence: &Evidence, links: &[Link]) -> Person {
    let seen: Vec<usize> = links.iter().map(|link| link.appearance).collect();
    let mut parts: HashMap<Part, bool> = HashMap::new();
    for appearance in seen.iter().filter_map(|&at| appearances.get(at)) {
        for name in appearance.forms.iter().map(|(form, _)| Name::new(form)) {
            let full = name.is_full();
            if let Some(last) = name.last() {
                parts.insert(last.clone(), true);
            }
            if let Some(first) = name.first().filter(|_| full) {
                parts.entry(first.clone()).or_insert(false);
            }
        }
    }
    let mut parts: Vec<(Part, bool)> = parts.into_iter().collect();
    parts.sort_by(|left, right| left.0.text.cmp(&right.0.text));
    let documents = seen.iter().filter_map(|&at| appearances.get(at)).map(|seen| seen.document).collect();
    Person { parts, documents, features: evidence.of(&seen), seen: seen.into_iter().collect() }
}

/// The person whom a lone name means, where one is likely and no other nearly so; and whether anybody is called so.
fn choose(
    (seen, names, features): (&Appearance, &[Name], &Features),
    people: &[Person],
    candidates: &[usize],
    evidence: &Evidence,
) -> (Option<Choice>, bool) {
    // Who is called so: how near, by the last name or only by the first, in the same document or not.
    let fits: Vec<(usize, &Person, f32, bool, bool)> = candidates
        .iter()
        .filter_map(|&at| {
            let person = people.get(at)?;
            let lone = names.iter().filter_map(Name::last);
            let pairs =
                lone.flat_map(|lone| person.parts.iter().map(move |(part, last)| (likeness(lone, part), *last)));
            let (like, last) = pairs.max_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)))?;
            let inside = person.documents.contains(&seen.document);
            (like >= if inside { 0.75 } else { 0.85 }).then_some((at, person, like, last, inside))
        })
        .collect();
    let weight =
        |person: &Person, last: bool| if last { person.seen.len() as f32 } else { person.seen.len() as f32 / 3.0 };
    let all: f32 = fits.iter().map(|fit| weight(fit.1, fit.3)).sum();
    let called = !fits.is_empty();
    let mut choices: Vec<Choice> = Vec::new();
    for (at, person, like, last, inside) in fits {
        let share = weight(person, last) / all.max(1.0);
        let fame = if person.seen.len() >= 3 && share >= 0.85 { 1.5 } else { 0.0 };
        let context = evidence.agreement(features, &person.features);
        let first = if last { 0.0 } else { 1.0 };
        let points = if inside { 3.5 } else { 0.0 } + 2.0 * share + fame + context - first - 6.0 * (1.0 - like);
        let reason = match () {
            () if inside => Reason::LoneInDocument,
            () if context >= 1.0 => Reason::LoneByContext,
            () => Reason::LoneByFame,
        };
        choices.push(Choice { person: at, points, reason });
    }
    choices.sort_by(|left, right| right.points.total_cmp(&left.points).then(left.person.cmp(&right.person)));
    let second = choices.get(1).map_or(f32::MIN, |choice| choice.points);
    let best = choices.into_iter().next().filter(|best| best.points >= ENOUGH && best.points >= second + AHEAD);
    (best, called)
}
