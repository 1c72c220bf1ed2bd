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
    const fn joining_next(self) -> Self {
        match self {
            Self::Isolated | Self::Initial => Self::Initial,
            Self::Final | Self::Medial => Self::Medial,
        }
    }
}

/// Gives every letter of a paragraph its form. A letter comes with its Joining_Type and a group; letters of different
/// groups do not join (the groups are bidi levels). Marks and other transparent characters get [`Form::Isolated`] and
/// are looked through.
pub fn join(letters: impl Iterator<Item = (JoiningType, u8)>) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::with_capacity(letters.size_hint().0);
    // The last letter that was not transparent, if it may join the next one.
    let mut open: Option<(usize, u8)> = None;
    for (at, (kind, group)) in letters.enumerate() {
        let (before, after) = match kind {
            JoiningType::Transparent => {
                forms.push(Form::Isolated);
                continue;
            }
            JoiningType::RightJoining => (true, false),
            JoiningType::LeftJoining => (false, true),
            JoiningType::DualJoining | JoiningType::JoinCausing => (true, true),
            _ => (false, false),
        };
        let joined = match open {
            Some((last, same)) if before && same == group => forms.get_mut(last),
            _ => None,
        };
        let form = if let Some(last) = joined {
            *last = last.joining_next();
            Form::Final
        } else {
            Form::Isolated
        };
        forms.push(form);
        open = after.then_some((at, group));
    }
    forms
}
