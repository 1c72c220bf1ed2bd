//! A last name, a first name or a kunya alone: whose it is, or nobody's that is known.

use super::appearance::{Appearances, Link, Reason};
use super::evidence::{Evidence, Features};
use super::name::{is_given, likeness};
use super::vocabulary::Vocabulary;
use crate::annotation::Kind;
use rayon::prelude::*;
use std::collections::HashMap;

/// The points that place a name, and how far the second has to be behind.
const ENOUGH: f32 = 3.0;
const AHEAD: f32 = 1.0;

/// A person whom a lone name may mean.
struct Person {
    /// Last parts, first parts and kunyas that people call them by, by number; whether it is a last part.
    parts: Box<[(u32, bool)]>,
    /// How many appearances there are.
    seen: usize,
    features: Features,
}

/// A choice for a lone name.
struct Choice {
    person: u32,
    points: f32,
    reason: Reason,
}

/// Who is called so, whatever the document: how near, and whether by the last name or only by the first.
struct Fits(Vec<(u32, f32, bool)>);

/// What became of a lone name.
enum Placed {
    With(Choice),
    /// Nobody it surely means; whether anybody is called so.
    Apart(bool),
}

/// Puts every lone name with a person, or with its like.
pub fn place(seen: &Appearances, evidence: &Evidence<'_>, mut groups: Vec<Vec<Link>>, alone: &[u32]) -> Vec<Vec<Link>> {
    let vocabulary = &seen.vocabulary;
    let people: Vec<Person> = groups.par_iter().map(|group| person(seen, evidence, group)).collect();
    let mut by_sound: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.sounds.len()];
    for (at, person) in (0..).zip(&people) {
        let mut sounds: Vec<u32> =
            person.parts.iter().filter_map(|part| Some(vocabulary.known(part.0)?.sounds)).collect();
        sounds.sort_unstable();
        sounds.dedup();
        for sound in sounds {
            if let Some(called) = by_sound.get_mut(sound as usize) {
                called.push(at);
            }
        }
    }
    // Lone names that are written alike fit the same people: that is found once for all of them.
    let lone = |at: u32| {
        let mut parts: Vec<u32> =
            seen.form_numbers(at).iter().filter_map(|&(form, _)| vocabulary.parts(form).last().copied()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    };
    let mut alike: HashMap<Vec<u32>, Vec<u32>> = HashMap::new();
    for &at in alone {
        alike.entry(lone(at)).or_default().push(at);
    }
    let inside = Inside::new(seen, &groups);
    let mut placed: Vec<(u32, Placed)> = alike
        .par_iter()
        .flat_map_iter(|(parts, members)| {
            let fits = fits(parts, &people, &by_sound, vocabulary);
            members
                .iter()
                .map(|&at| {
                    let here = inside.of(seen.document(at));
                    (at, choose((at, here), &fits, &people, evidence))
                })
                .collect::<Vec<_>>()
        })
        .collect();
    placed.sort_unstable_by_key(|placed| placed.0);
    let mut rest: HashMap<u32, Vec<(u32, bool)>> = HashMap::new();
    for (at, placed) in placed {
        match placed {
            Placed::With(Choice { person, points, reason }) => {
                let confidence = 1.0 / (1.0 + (2.0 - points).exp());
                if let Some(group) = groups.get_mut(person as usize) {
                    group.push(Link { appearance: at, reason, confidence });
                }
            }
            Placed::Apart(called) => {
                let commonest = seen.form_numbers(at).iter().max_by_key(|(_, count)| *count);
                let key = commonest.map_or(seen.own(at), |&(form, _)| vocabulary.feature(form, Kind::Person));
                rest.entry(key).or_default().push((at, !called));
            }
        }
    }
    let mut rest: Vec<(u32, Vec<(u32, bool)>)> = rest.into_iter().collect();
    rest.sort_unstable();
    for (key, members) in rest {
        // نيمار is nobody else's name; who is meant by محمد or by a last name that several bear, nobody can say.
        let given = vocabulary.names.text(key).get(1..).is_some_and(is_given);
        let (own, doubtful): (Vec<_>, Vec<_>) = members.into_iter().partition(|(_, own)| *own && !given);
        let link = |(place, (appearance, _)): (usize, (u32, bool))| Link {
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

/// The people of each document, by its number and theirs.
struct Inside(Vec<(u32, u32)>);

impl Inside {
    fn new(seen: &Appearances, groups: &[Vec<Link>]) -> Self {
        let people = (0_u32..).zip(groups);
        let mut inside: Vec<(u32, u32)> = people
            .flat_map(|(person, links)| links.iter().map(move |link| (seen.document(link.appearance), person)))
            .collect();
        inside.sort_unstable();
        inside.dedup();
        Self(inside)
    }

    fn of(&self, document: u32) -> &[(u32, u32)] {
        let from = self.0.partition_point(|inside| inside.0 < document);
        let to = self.0.partition_point(|inside| inside.0 <= document);
        self.0.get(from..to).unwrap_or_default()
    }
}

fn person(seen: &Appearances, evidence: &Evidence<'_>, links: &[Link]) -> Person {
    let all: Vec<u32> = links.iter().map(|link| link.appearance).collect();
    let mut parts: Vec<(u32, bool)> = Vec::new();
    for &at in &all {
        for &(form, _) in seen.form_numbers(at) {
            let name = seen.vocabulary.parts(form);
            parts.extend(name.last().map(|&part| (part, true)));
            parts.extend(name.first().filter(|_| name.len() > 1).map(|&part| (part, false)));
        }
        // What a name is called by is said again and again.
        if parts.len() > 4096 {
            tidy(&mut parts);
        }
    }
    tidy(&mut parts);
    Person { parts: parts.into(), seen: all.len(), features: evidence.of(&all) }
}

/// Each part once; as a last one where it is one anywhere.
fn tidy(parts: &mut Vec<(u32, bool)>) {
    parts.sort_unstable_by_key(|&(part, last)| (part, !last));
    parts.dedup_by_key(|part| part.0);
}

/// The people who are called nearly so.
fn fits(lone: &[u32], people: &[Person], by_sound: &[Vec<u32>], vocabulary: &Vocabulary) -> Fits {
    let mut known: Vec<u32> = Vec::new();
    for &part in lone {
        let sounds = vocabulary.known(part).map(|part| part.sounds as usize);
        known.extend(sounds.and_then(|sounds| by_sound.get(sounds)).into_iter().flatten());
    }
    known.sort_unstable();
    known.dedup();
    let mut near: HashMap<(u32, u32), f32> = HashMap::new();
    let mut like = |one: u32, other: u32| {
        *near.entry((one, other)).or_insert_with(|| match (vocabulary.known(one), vocabulary.known(other)) {
            (Some(one), Some(other)) => likeness(&one.part, &other.part),
            _ => 0.0,
        })
    };
    let mut fits = Vec::new();
    for at in known {
        let Some(person) = people.get(at as usize) else { continue };
        let mut best = (0.0_f32, false);
        for &lone in lone {
            for &(part, last) in &person.parts {
                let pair = (like(lone, part), last);
                if pair.0.total_cmp(&best.0).then(pair.1.cmp(&best.1)).is_gt() {
                    best = pair;
                }
            }
        }
        if best.0 >= 0.75 {
            fits.push((at, best.0, best.1));
        }
    }
    Fits(fits)
}

/// The person whom a lone name means, where one is likely and no other nearly so; and whether anybody is called so.
fn choose((at, here): (u32, &[(u32, u32)]), Fits(fits): &Fits, people: &[Person], evidence: &Evidence<'_>) -> Placed {
    let is_here = |person: u32| here.binary_search_by_key(&person, |inside| inside.1).is_ok();
    let fits: Vec<(u32, &Person, f32, bool, bool)> = fits
        .iter()
        .filter_map(|&(person, like, last)| {
            let inside = is_here(person);
            (inside || like >= 0.85).then_some((person, people.get(person as usize)?, like, last, inside))
        })
        .collect();
    let weight = |person: &Person, last: bool| if last { person.seen as f32 } else { person.seen as f32 / 3.0 };
    let all: f32 = fits.iter().map(|fit| weight(fit.1, fit.3)).sum();
    let called = !fits.is_empty();
    let features = evidence.of(&[at]);
    let (mut best, mut second): (Option<Choice>, f32) = (None, f32::MIN);
    for (at, person, like, last, inside) in fits {
        let share = weight(person, last) / all.max(1.0);
        // The more of those who are called so are this one, the surer it is who is meant: wholly from 85 of 100 on.
        let fame = if person.seen >= 3 { 1.5 * ((share - 0.6) / 0.25).clamp(0.0, 1.0) } else { 0.0 };
        let first = if last { 0.0 } else { 1.0 };
        let bare = if inside { 3.5 } else { 0.0 } + 2.0 * share + fame - first - 6.0 * (1.0 - like);
        // Who cannot come near the best however well office and company agree is not asked.
        let most = bare + Evidence::MOST_AGREEMENT;
        if best.as_ref().is_some_and(|best| most < best.points - AHEAD) || most < ENOUGH - AHEAD {
            continue;
        }
        let context = evidence.agreement(&features, &person.features);
        let points = bare + context;
        let reason = match () {
            () if inside => Reason::LoneInDocument,
            () if context >= 1.0 => Reason::LoneByContext,
            () => Reason::LoneByFame,
        };
        // Of two with as many points the first stays the best.
        if best.as_ref().is_none_or(|best| points.total_cmp(&best.points).is_gt()) {
            second = best.map_or(f32::MIN, |best| best.points);
            best = Some(Choice { person: at, points, reason });
        } else {
            second = second.max(points);
        }
    }
    match best.filter(|best| best.points >= ENOUGH && best.points >= second + AHEAD) {
        Some(best) => Placed::With(best),
        None => Placed::Apart(called),
    }
}
