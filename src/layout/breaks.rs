//! Where a row of text may end.

use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Where a row of this text may end (UAX #14), as byte offsets, and whether it must. The end of the text is the last one.
pub fn opportunities(text: &str) -> impl Iterator<Item = (usize, bool)> {
    linebreaks(text).map(|(at, kind)| (at, kind == BreakOpportunity::Mandatory))
}
