//! Reported clauses: which أن belongs to a cue, and how far what is reported reaches.

use crate::arabic::tokens::Class;
use crate::extract::lexicon::{CUES, Shape};
use crate::extract::quotes::marks::Stretch;
use crate::extract::scene::{Scene, is_complementizer};
use crate::extract::speakers::is_comma;
use crate::extract::words::LONGEST;

/// A cue and the أن that it leads to.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The cue.
    pub cue: usize,
    /// The first word after أن.
    pub content: usize,
}

/// How far a cue may stand before its أن, in words.
const REACH: usize = 45;

/// Every cue that leads to a clause, by position.
#[must_use]
pub fn leads(scene: &Scene<'_>, depth: &[usize]) -> Vec<Lead> {
    let mut found: Vec<Lead> = Vec::new();
    for at in 1..scene.words.len() {
        if scene.name(at).is_none()
            && is_complementizer(scene.words.fold(at))
            && let Some(cue) = governor(scene, depth, at, found.last())
        {
            found.push(Lead { cue, content: at + 1 });
        }
    }
    found
}

/// The cue that governs the أن at `at`.
fn governor(scene: &Scene<'_>, depth: &[usize], at: usize, last: Option<&Lead>) -> Option<usize> {
    let mut before = at - 1;
    while before > 0 && (is_comma(scene, before) || scene.is_quotation_mark(before)) {
        before -= 1;
    }
    let word = scene.words.fold(before);
    let preposition = matches!(word, "الي" | "علي" | "من" | "عن" | "في" | "ب");
    let lead = match scene.words.fold(at).starts_with('ب') {
        true => "ب",
        false if preposition => word,
        false => "ان",
    };
    if preposition {
        before = before.checked_sub(1)?;
    }
    let near = scene.words.fold(before);
    if CUES.is_never(near) && scene.cue(before).is_none() {
        return None;
    }
    let impersonal = matches!(
        near,
        "يذكر"
            | "ويذكر"
            | "يعتقد"
            | "ويعتقد"
            | "يشار"
            | "ويشار"
            | "يقال"
            | "ويقال"
            | "ونذكر"
            | "نذكر"
    );
    if impersonal || scene.words.fold_before(before).ends_with("تجدر") {
        return None;
    }
    // A verb that is no cue right before أن takes it: تريد أن.
    let verbal =
        near.starts_with(['ي', 'ت', 'ن']) && near.chars().count() > 3 && !near.ends_with('ه') && !near.contains("ال");
    if verbal && scene.cue(before).is_none() && scene.name(before).is_none() && lead == "ان" && before + 1 == at {
        return None;
    }
    let floor = last.map_or(0, |last| last.content);
    let level = depth.get(at).copied().unwrap_or_default();
    for back in (floor.max(at.saturating_sub(REACH))..=before).rev() {
        if !scene.words.same_sentence(back, at) {
            return None;
        }
        let Some(form) = scene.cue(back) else { continue };
        if depth.get(back).copied().unwrap_or_default() != level {
            continue;
        }
        let fits =
            form.takes(lead) || (lead == "ب" && form.takes("ان")) || (lead == "ان" && back == before && form.reports());
        let strong =
            form.reports() || form.act == crate::extract::lexicon::Act::Call || (back == before && form.takes(lead));
        if fits && strong {
            return Some(back);
        }
    }
    None
}

/// One past the last word of what is reported from `start` on.
#[must_use]
pub fn report_end(scene: &Scene<'_>, stretches: &[Stretch], depth: &[usize], start: usize) -> usize {
    let level = depth.get(start.saturating_sub(1)).copied().unwrap_or_default();
    let line = scene.words.get(start).map(|word| word.line);
    // A clause inside a quotation ends with it.
    let quoted = depth.get(start).is_some_and(|depth| *depth > 0);
    let outer =
        stretches.iter().filter(|stretch| quoted && stretch.inner.contains(&start) && stretch.inner.start < start);
    let limit = outer.map(|stretch| stretch.inner.end).min().unwrap_or(scene.words.len()).min(start + LONGEST);
    let mut at = start;
    while at < limit {
        if scene.words.get(at).map(|word| word.line) != line {
            return at;
        }
        let inside = depth.get(at).copied().unwrap_or_default() > level;
        if !inside {
            let new_sentence = at > start
                && !scene.words.same_sentence(at - 1, at)
                && !(depth.get(at).is_some_and(|depth| *depth > 0) && in_stretch(stretches, at));
            if new_sentence || (at > start && breaks(scene, at)) {
                return at;
            }
        }
        at += 1;
    }
    limit
}

fn in_stretch(stretches: &[Stretch], at: usize) -> bool {
    stretches.iter().any(|stretch| stretch.inner.start < at && at < stretch.inner.end)
}

/// Whether something new begins at the word: another report, an attribution, another scene.
fn breaks(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.words.fold(at);
    if attribution(scene, at).is_some() {
        return true;
    }
    let comma = is_comma(scene, at - 1) || scene.is_quotation_mark(at - 1) || scene.words.is_mark(at - 1, &['.', ')']);
    if let Some(form) = scene.cue(at) {
        let participle = form.shape == Shape::Participle && !scene.words.fold_before(at).starts_with("ال");
        let predicate = form.feminine || word.ends_with('ا') || word.ends_with("ين");
        if participle && predicate && (comma || leads_on(scene, at)) {
            return true;
        }
        if form.is_finite() && form.joined && form.shape == Shape::Past && (comma || leads_on(scene, at)) {
            return true;
        }
    }
    let connector = matches!(
        word,
        "فيما"
            | "بينما"
            | "لكنه"
            | "لكنها"
            | "كما"
            | "حيث"
            | "وقد"
            | "و"
            | "ثم"
            | "وكان"
            | "وكانت"
            | "فقد"
    );
    connector
        && (at + 1..at + 3)
            .any(|next| scene.cue(next).is_some_and(|form| form.is_finite() && form.shape == Shape::Past))
}

/// Whether the cue has its own words right after it.
fn leads_on(scene: &Scene<'_>, cue: usize) -> bool {
    (cue + 1..cue + 4)
        .any(|at| is_complementizer(scene.words.fold(at)) || scene.words.is_mark(at, &[':', '"', '«', '“', '”']))
}

/// بحسب, وفقا لـ and their like at the word: how many words they take. A plain حسب before a thing that cannot speak
/// is left to the caller.
#[must_use]
pub fn attribution(scene: &Scene<'_>, at: usize) -> Option<usize> {
    scene.name(at).is_none().then(|| CUES.after(|ahead| scene.words.fold(at + ahead))).flatten()
}

/// The range without marks and blanks at its edges; a mark of a quotation that opens or closes inside stays.
#[must_use]
pub fn trimmed(scene: &Scene<'_>, start: usize, end: usize) -> std::ops::Range<usize> {
    let loose = |at: usize| {
        scene.words.get(at).is_some_and(|word| word.class == Class::Mark)
            && !scene.words.is_mark(at, &['%', '؟', '?', '!', ')', '"', '»', '”', '“', '«', '('])
    };
    let mut range = start..end.max(start);
    while !range.is_empty() && loose(range.start) {
        range.start += 1;
    }
    while !range.is_empty()
        && (loose(range.end - 1) || (range.end < end && matches!(scene.words.fold(range.end - 1), "و")))
    {
        range.end -= 1;
    }
    while range.len() > 1 && matches!(scene.words.fold(range.end - 1), "و" | "كما") {
        range.end -= 1;
        while range.len() > 1 && loose(range.end - 1) {
            range.end -= 1;
        }
    }
    range
}
