//! What stands behind words in marks and says that they were said, and by whom.

use super::marks::QuotedSpan;
use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::analysis::Analysis;
use crate::extract::grammar::WordClass;
use crate::extract::speakers::Source;
use crate::extract::speakers::features::How;

/// A word or two in marks are as often a name.
const PHRASE: usize = 3;

/// «…»، قال X: the cue right behind the comma.
#[must_use]
pub fn cue(analysis: &Analysis<'_>, quoted: &QuotedSpan) -> Option<usize> {
    let comma = quoted.inner.end + 1;
    let after = analysis.words.is_comma(comma).then_some(comma + 1)?;
    let tells = |at: &usize| {
        let leads = analysis.words.is(at + 1, WordClass::Complementizer);
        !leads && analysis.cue(*at).is_some_and(|form| form.is_finite() && form.reports() && !form.joined)
    };
    (after..after + 2).find(tells)
}

/// «…»، هكذا ختم X حديثه; «…»، بهذه الكلمات بدأ X: the verb behind what points back to the marks.
#[must_use]
pub fn pointed(analysis: &Analysis<'_>, quoted: &QuotedSpan) -> Option<usize> {
    let words = analysis.words;
    let after = quoted.inner.end + 2;
    if quoted.inner.len() < PHRASE || !words.is_comma(after - 1) || !words.is(after, WordClass::PointsBack) {
        return None;
    }
    // هكذا stands right before its verb, بهذه before its noun.
    let verb = after + if words.fold(after).starts_with(affix::BY) { 2 } else { 1 };
    (analysis.name(verb).is_none() && words.same_sentence(after, verb)).then_some(verb)
}

/// «…» — X: whoever is named behind the dash, in a line that the marks open.
#[must_use]
pub fn signed(analysis: &Analysis<'_>, quoted: &QuotedSpan) -> Option<Source> {
    let words = analysis.words;
    let line = |at: usize| words.get(at).map(|word| word.line);
    let mark = quoted.inner.start.checked_sub(1).filter(|_| quoted.inner.len() >= PHRASE)?;
    let opens = mark.checked_sub(1).is_none_or(|before| line(before) != line(mark));
    let is_between = |at: usize| words.is_comma(at) || words.is_mark(at, &['.']);
    let dash = (quoted.inner.end + 1..quoted.inner.end + 3).find(|&at| !is_between(at))?;
    let name = analysis.name(dash + 1).filter(|_| analysis.kind(dash + 1) == Some(Kind::Person))?;
    let fits = opens && words.is_mark(dash, &['—', '–', '-', '―']) && line(dash) == line(mark);
    fits.then(|| Source::named(analysis, name, How::Nominal))
}
