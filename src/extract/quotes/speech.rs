//! Whether what stands in quotation marks is speech, or a name, a title, a term.

use crate::annotation::QuoteKind;
use crate::arabic::tokens::Class;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{Act, CUES, Shape};
use crate::extract::quotes::Found;
use crate::extract::quotes::marks::{Stretch, is_proclitic};
use crate::extract::scene::{Scene, is_complementizer};

/// Heads of things that have titles: what is in marks after them is the title.
fn has_title(word: &str) -> bool {
    CUES.is_titled(word.trim_start_matches(['و', 'ب', 'ل']).trim_start_matches("ال"))
}

/// How sure it is (as often as the rule was right on the annotated articles) that the stretch is speech, and by which rule; none where it is not.
///
/// `found` is what was found right before.
pub fn weigh(scene: &Scene<'_>, stretch: &Stretch, cue: Option<usize>, found: &[Found]) -> Option<(f32, &'static str)> {
    let inner = stretch.inner.clone();
    let mark = inner.start.checked_sub(1)?;
    let words = inner.clone().filter(|&at| scene.words.get(at).is_some_and(|word| word.class != Class::Mark)).count();
    if words == 0 {
        return None;
    }
    // A stretch that is nothing but a name names.
    let one_name = scene.name(inner.start).is_some_and(|name| scene.range(name).end >= inner.end);
    if one_name {
        return None;
    }
    let before = scene.words.fold_before(mark);
    let two_before = mark.checked_sub(2).map_or("", |at| scene.words.fold(at));
    let foreign = inner.clone().all(|at| scene.words.get(at).is_some_and(|word| word.class != Class::Arabic));
    if foreign
        || has_title(before)
        || (words <= 6 && (LISTS.is_left_head(before) || (before.starts_with("ال") && has_title(two_before))))
    {
        return None;
    }
    let colon = before == ":";
    let complementizer = is_complementizer(before);
    let adjacent = cue.is_some_and(|cue| cue + 1 == mark);
    let form = cue.and_then(|cue| scene.cue(cue));
    let in_direct = found.iter().any(|quote| {
        quote.kind == QuoteKind::Direct && quote.words.start <= inner.start && inner.end <= quote.words.end
    });
    let in_report = found.iter().any(|quote| {
        quote.kind == QuoteKind::Indirect && quote.words.start <= inner.start && inner.end <= quote.words.end
    });
    if in_direct {
        // Speech inside speech needs a cue of its own.
        let own = cue.is_some_and(|cue| found.iter().any(|quote| quote.words.contains(&cue)));
        return (own && (colon || adjacent) && words > 1)
            .then_some((0.7, "a quotation inside a quotation, with its own cue"));
    }
    if (colon || adjacent) && form.is_some_and(|form| form.reports() || words > 3) {
        return Some((0.95, "marks after a cue"));
    }
    if complementizer {
        return Some((0.96, "marks after أن"));
    }
    if form.is_some_and(|form| form.act == Act::Call) {
        return Some((0.8, "marks in what somebody calls it"));
    }
    if in_report {
        return (words >= 2 || is_proclitic(before)).then_some((0.8, "marks inside reported speech"));
    }
    let Some(form) = form else {
        return (words >= 8)
            .then_some((0.8, "a long stretch in marks"))
            .or((colon && words > 3).then_some((0.8, "marks after a colon")));
    };
    let reported = form.reports() || form.act == Act::Urge || form.shape == Shape::Noun;
    match (reported, words) {
        (true, 5..) => Some((0.92, "marks in the sentence of a cue")),
        (true, 3..) => Some((0.7, "a phrase in marks in the sentence of a cue")),
        (false, 6..) => Some((0.8, "a long stretch in marks")),
        _ => None,
    }
}
