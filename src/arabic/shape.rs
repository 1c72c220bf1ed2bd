//! Joining: which of its four forms each letter takes, from the Joining_Type of its neighbours (Unicode, chapter 9.2,
//! rules R1 to R7).

pub use unicode_joining_type::{JoiningType, get_joining_type};

/// The contextual form of a letter. The number is an index into a row of forms; bit 0 says that it joins the letter
/// before it (on its right), bit 1 the one after (on its left).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Form {
    /// Joins nothing.
    #[default]
    Isolated,
    /// Joins the letter before.
    Final,
    /// Joins the letter after.
    Initial,
    /// Joins both.
    Medial,
}

impl Form {
    /// Whether it joins the letter before it, on its right.
    #[must_use]
    pub const fn joins_previous(self) -> bool {
        matches!(self, Self::Final | Self::Medial)
    }

    /// Whether it joins the letter after it, on its left.
    #[must_use]
    pub const fn joins_next(self) -> bool {
        matches!(self, Self::Initial | Self::Medial)
    }

    const fn joining_next(self) -> Self {
        match self {
            Self::Isolated | Self::Initial => Self::Initial,
            Self::Final | Self::Medial => Self::Medial,
        }
    }
}

/// Gives every letter of a paragraph its form. `kind` says the Joining_Type of a letter and its group; letters of
/// different groups do not join (the groups are bidi levels). Marks and other transparent characters are looked through
/// and keep the form they have.
pub fn join<T>(letters: &mut [T], kind: impl Fn(&T) -> (JoiningType, u8), form: impl Fn(&mut T) -> &mut Form) {
    // The last letter that was not transparent, if it may join the next one.
    let mut open: Option<(&mut T, u8)> = None;
    for letter in letters {
        let (kind, group) = kind(letter);
        let (before, after) = match kind {
            JoiningType::Transparent => continue,
            JoiningType::RightJoining => (true, false),
            JoiningType::LeftJoining => (false, true),
            JoiningType::DualJoining | JoiningType::JoinCausing => (true, true),
            _ => (false, false),
        };
        *form(letter) = match open {
            Some((last, same)) if before && same == group => {
                let last = form(last);
                *last = last.joining_next();
                Form::Final
            }
            _ => Form::Isolated,
        };
        open = after.then_some((letter, group));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms of a word, `i`solated, `f`inal, `n` initial, `m`edial.
    fn forms(word: &str) -> String {
        let mut letters: Vec<(char, Form)> = word.chars().map(|letter| (letter, Form::Isolated)).collect();
        join(&mut letters, |&(letter, _)| (get_joining_type(letter), 1), |(_, form)| form);
        letters.iter().map(|&(_, form)| ['i', 'f', 'n', 'm'][form as usize]).collect()
    }

    #[test]
    fn letters_join_their_neighbours() {
        assert_eq!(forms("سلم"), "nmf");
        assert_eq!(forms("دار"), "iii");
        assert_eq!(forms("كتاب"), "nmfi");
        assert_eq!(forms("شيء"), "nfi");
        assert_eq!(forms("بَب"), "nif", "marks are looked through");
        assert_eq!(forms("بـ"), "nf", "a tatweel joins");
        assert_eq!(forms("می\u{200C}خ"), "nfii", "ZWNJ parts");
        assert_eq!(forms("ه\u{200D}"), "nf", "ZWJ joins");
        assert_eq!(forms("ێل"), "nf", "letters without forms of their own join all the same");
        assert_eq!(forms("ب b ب"), "iiiii");
    }
}
