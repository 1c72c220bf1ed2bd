//! Quotation marks of Arabic texts, and which way they look.
//!
//! Guillemets say themselves whether they open or close. The straight mark and, in many newsrooms, the curled ones do
//! not: “ and ” stand in either order.

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// It says not: the blanks around it do.
    Either,
}

/// Every quotation mark. A new one is a line here.
const MARKS: &[(&str, Side)] = &[
    ("«", Side::Open),
    ("»", Side::Close),
    ("‹", Side::Open),
    ("›", Side::Close),
    ("‹‹", Side::Open),
    ("››", Side::Close),
    ("\"", Side::Either),
    ("＂", Side::Either),
    ("“", Side::Either),
    ("”", Side::Either),
    ("„", Side::Either),
    ("‟", Side::Either),
    ("‘", Side::Either),
    ("’", Side::Either),
    ("‚", Side::Either),
    ("‛", Side::Either),
    ("″", Side::Either),
    ("״", Side::Either),
    ("''", Side::Either),
    ("'", Side::Either),
    ("``", Side::Either),
    ("((", Side::Open),
    ("))", Side::Close),
    ("（（", Side::Open),
    ("））", Side::Close),
    ("<<", Side::Open),
    (">>", Side::Close),
    ("《", Side::Open),
    ("》", Side::Close),
    ("〈", Side::Open),
    ("〉", Side::Close),
    ("「", Side::Open),
    ("」", Side::Close),
    ("『", Side::Open),
    ("』", Side::Close),
    ("〝", Side::Open),
    ("〞", Side::Close),
    ("〟", Side::Close),
    ("❝", Side::Either),
    ("❞", Side::Either),
    ("❛", Side::Either),
    ("❜", Side::Either),
];

/// What `mark`, a whole token, does as a quotation mark; none where it is none.
#[must_use]
pub fn side(mark: &str) -> Option<Side> {
    MARKS.iter().find(|(known, _)| *known == mark).map(|(_, side)| *side)
}

/// Whether two of this mark, side by side, are one quotation mark.
#[must_use]
pub const fn is_doubled(mark: char) -> bool {
    matches!(mark, '\'' | '`' | '(' | ')' | '<' | '>' | '‹' | '›' | '（' | '）')
}

/// Whether the mark is an apostrophe or a sign of abbreviation where letters stand on both sides of it.
#[must_use]
pub fn may_be_apostrophe(mark: &str) -> bool {
    matches!(mark, "'" | "‘" | "’" | "‛" | "″" | "״")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guillemets_look_one_way_and_straight_marks_either() {
        assert_eq!(
            (side("«"), side("»"), side("\""), side("(")),
            (Some(Side::Open), Some(Side::Close), Some(Side::Either), None)
        );
    }
}
