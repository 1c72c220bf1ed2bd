//! A form of a cue: what it does, what it is made like, what may follow it.

use crate::extract::asset::{Set, named};

/// What a cue does with the words that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// قال: its clause is speech.
    Say,
    /// اعتبر: opinion, reported as speech.
    Think,
    /// نفى.
    Deny,
    /// وصف: the words after ب are the speaker's.
    Call,
    /// طالب: no clause, but somebody speaks.
    Urge,
    /// تناول: its subject is spoken of further.
    Hold,
    /// جاء في: its subject is the paper behind في.
    Read,
}

/// The form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// قال, قالت.
    Past,
    /// يقول.
    Present,
    /// قائلا: no subject of its own.
    Participle,
    /// قوله: speaks through the pronoun.
    Noun,
}

/// One form of a cue.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What it does.
    pub act: Act,
    /// Its form.
    pub shape: Shape,
    /// The prepositions and marks that may lead to the words.
    pub frames: Set,
    /// Whether a conjunction is written on it.
    pub joined: bool,
    /// Whether it is feminine singular.
    pub feminine: bool,
    /// Whether it is plural or dual: a finite form then has its subject before it or nowhere.
    pub plural: bool,
    /// Whether the same letters are a plain word.
    pub doubtful: bool,
    /// Whether it counts only right before the words.
    pub strict: bool,
    /// Whether its object is the one who is told: أبلغ الوزير وكالة الساحل أن.
    pub tells: bool,
    /// Whether a noun of action behind ب is what somebody is said to have done: اتهم الوزير بإخفاء الملف.
    pub accuses: bool,
}

named! {
    /// What may stand between a cue and the words, folded.
    Frame {
        /// قال إن
        Clause = "ان",
        By = "ب",
        To = "الي",
        On = "علي",
        From = "من",
        About = "عن",
        In = "في",
        For = "ل",
        Colon = ":",
    }
}

impl Frame {
    /// Whether it is a preposition that is a word by itself, or ب before a mark.
    #[must_use]
    pub const fn is_preposition(self) -> bool {
        !matches!(self, Self::Clause | Self::For | Self::Colon)
    }

    /// The frame that a folded word is.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|frame| frame.name() == word)
    }
}

impl Form {
    /// Whether `frame` may stand between the cue and the words.
    #[must_use]
    pub const fn takes(self, frame: Frame) -> bool {
        self.frames.has(frame as usize)
    }

    /// The form with the gender and number of a folded word that ends in a pronoun: عنه, عنها, عنهم.
    #[must_use]
    pub fn agreeing(self, word: &str) -> Self {
        Self { feminine: word.ends_with("ها"), plural: word.contains("هم"), ..self }
    }

    /// Whether it has a subject after it.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        matches!(self.shape, Shape::Past | Shape::Present)
    }

    /// Whether its clause is reported speech.
    #[must_use]
    pub const fn reports(self) -> bool {
        matches!(self.act, Act::Say | Act::Think | Act::Deny | Act::Read)
    }
}
