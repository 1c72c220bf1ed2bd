//! The vocabulary of the reader: everything a person can do, each with the name that the keymap, the configuration, the
//! help and the palette use.

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name that keymap and palette use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

actions! {
    /// A row down, in the text or in a list.
    Down = "down",
    /// A row up.
    Up = "up",
    /// In the text: the next name in the direction of the arrow. In the panel: folds or unfolds.
    Left = "left",
    /// As `Left`, the other way.
    Right = "right",
    /// A screen down.
    PageDown = "page-down",
    /// A screen up.
    PageUp = "page-up",
    /// Half a screen down.
    HalfDown = "half-page-down",
    /// Half a screen up.
    HalfUp = "half-page-up",
    /// To the beginning.
    Start = "start",
    /// To the end.
    End = "end",
    /// To the selected thing in the text; in a list or a line, done.
    Enter = "enter",
    /// Out of what is open; else nothing selected.
    Cancel = "cancel",
    /// Between text and panel.
    Focus = "focus",
    /// The next place of what is selected: a mention, or a hit of the search.
    Next = "next",
    /// The place before.
    Previous = "previous",
    /// The next name in the text, whosever it is.
    NextName = "next-name",
    /// The name before.
    PreviousName = "previous-name",
    /// The next quote.
    NextQuote = "next-quote",
    /// The quote before.
    PreviousQuote = "previous-quote",
    /// The next sentence.
    NextSentence = "next-sentence",
    /// The sentence before.
    PreviousSentence = "previous-sentence",
    /// The next paragraph.
    NextParagraph = "next-paragraph",
    /// The paragraph before.
    PreviousParagraph = "previous-paragraph",
    /// From a quote to its speaker, from a person to what they said.
    Counterpart = "speaker-or-quotes",
    /// To where the last jump came from.
    Back = "back",
    /// Undoes `Back`.
    Forward = "forward",
    /// Remembers the place under a letter.
    SetMark = "set-mark",
    /// Goes to a remembered place.
    GoToMark = "go-to-mark",
    /// Searches the text.
    Search = "search",
    /// Searches with exact spelling, or not.
    Exact = "exact-spelling",
    /// Searches for a regular expression, or not.
    Regex = "regular-expression",
    /// The search before, in the line for searching.
    Older = "older",
    /// The search after.
    Newer = "newer",
    /// Narrows the panel to what is typed.
    Filter = "filter",
    /// Sorts the panel by another key.
    Sort = "sort",
    /// The findings of all documents in the panel, or of one.
    Scope = "all-documents",
    /// Folds a group of the panel, or unfolds it.
    Fold = "fold",
    /// The next group of the panel.
    NextGroup = "next-group",
    /// The group before.
    PreviousGroup = "previous-group",
    /// Further down in the detail of the selection.
    DetailDown = "detail-down",
    /// Further up in it.
    DetailUp = "detail-up",
    /// Hides the panel, or shows it.
    Panel = "panel",
    /// The list of documents.
    Documents = "documents",
    /// The next document.
    NextDocument = "next-document",
    /// The document before.
    PreviousDocument = "previous-document",
    /// Takes the last change back.
    Undo = "undo",
    /// Makes it again.
    Redo = "redo",
    /// The corrections that go with what is marked, under the cursor or selected.
    Correct = "correct",
    /// It is right.
    Accept = "accept",
    /// It is wrong.
    Reject = "reject",
    /// A person.
    AsPerson = "as-person",
    /// An organization.
    AsOrganization = "as-organization",
    /// A place.
    AsPlace = "as-place",
    /// A direct quote.
    AsDirect = "as-direct-quote",
    /// An indirect quote.
    AsIndirect = "as-indirect-quote",
    /// Moves the ends of a mention or a quote.
    Edges = "move-ends",
    /// Another name.
    Rename = "rename",
    /// Whose name it is.
    Link = "link",
    /// Makes two entities one.
    Merge = "merge",
    /// Makes a mention an entity of its own.
    Split = "split",
    /// Who says a quote.
    Speaker = "set-speaker",
    /// Writes something beside it.
    Note = "note",
    /// From a mention to its entity, with all its mentions.
    Whole = "whole-entity",
    /// Marks words by keyboard.
    Mark = "mark-words",
    /// The other end of the marked words moves.
    OtherEdge = "other-end",
    /// The moving end goes a letter to the left.
    LetterLeft = "letter-left",
    /// The moving end goes a letter to the right.
    LetterRight = "letter-right",
    /// Marks the next word.
    NextWord = "next-word",
    /// Marks the word before.
    PreviousWord = "previous-word",
    /// Looks for names and quotes around the place that is read, in a text too long to be looked through.
    Look = "look-here",
    /// Shows what was rejected, to bring it back.
    Rejected = "rejected",
    /// Shows the corrections that found no place in the text.
    Orphans = "lost-corrections",
    /// Copies what is under the cursor, in logical order.
    Copy = "copy",
    /// Exports.
    Export = "export",
    /// Every action, to choose from.
    Palette = "palette",
    /// The keys.
    Help = "help",
    /// The interface in the other language.
    Language = "language",
    /// The next theme.
    Theme = "theme",
    /// The other digits.
    Digits = "digits",
    /// A wider text.
    Wider = "wider",
    /// A narrower text.
    Narrower = "narrower",
    /// With the marks on the letters, or without.
    Tashkeel = "tashkeel",
    /// Invisible characters shown, or not.
    Invisibles = "invisibles",
    /// Stops, to go on with `fg`.
    Suspend = "suspend",
    /// Leaves.
    Quit = "quit",
    /// The caret of a line a word to the left.
    WordLeft = "word-left",
    /// The caret of a line a word to the right.
    WordRight = "word-right",
    /// Takes away the letter after the caret of a line.
    Delete = "delete",
    /// Takes away the letter before it.
    Erase = "erase",
    /// Takes away the word before it.
    EraseWord = "erase-word",
    /// Takes away everything before it.
    EraseAll = "erase-all",
}

impl Action {
    /// Whether it begins a correction.
    #[must_use]
    pub const fn corrects(self) -> bool {
        use Action::{
            Accept, AsDirect, AsIndirect, AsOrganization, AsPerson, AsPlace, Correct, Edges, Link, Mark, Merge, Note,
            Orphans, Reject, Rejected, Rename, Speaker, Split, Whole,
        };
        matches!(
            self,
            Correct
                | Accept
                | Reject
                | AsPerson
                | AsOrganization
                | AsPlace
                | AsDirect
                | AsIndirect
                | Edges
                | Rename
                | Link
                | Merge
                | Split
                | Speaker
                | Note
                | Whole
                | Mark
                | Orphans
                | Rejected
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn names_are_one_to_one() {
        let names: std::collections::BTreeSet<&str> = Action::ALL.iter().map(|action| action.name()).collect();
        assert_eq!(names.len(), Action::ALL.len());
        for name in names {
            let action: Action = serde_json::from_str(&format!("\"{name}\"")).unwrap();
            assert_eq!(action.name(), name);
        }
    }
}
