//! The vocabulary of the reader: everything a person can do, each with the name that the keymap, the configuration, the
//! help and the palette use.
//!
//! Every part of the reader matches the groups that it handles exhaustively: an action that is added here does not compile
//! until each of them has decided on it.

use serde::{Deserialize, Serialize, de};
use std::str::FromStr;

macro_rules! actions {
    ($($(#[$group_doc:meta])* $group:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)* })*) => {
        /// Something a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$group_doc])* $group($group),)*
        }

        $(
            $(#[$group_doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub enum $group {
                $($(#[$doc])* $variant,)*
            }

            impl $group {
                const fn name(self) -> &'static str {
                    match self { $(Self::$variant => $name),* }
                }
            }

            impl From<$group> for Action {
                fn from(action: $group) -> Self {
                    Self::$group(action)
                }
            }
        )*

        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &[Self] = &[$($(Self::$group($group::$variant),)*)*];

            /// The name that keymap and palette use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$group(action) => action.name()),* }
            }
        }
    };
}

actions! {
    /// Going about in the text or in a list.
    Motion {
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
    }
    /// Into what is selected, out of what is open, from one part of the screen to the other.
    Control {
        /// To the selected thing in the text; in a list or a line, done.
        Enter = "enter",
        /// Out of what is open; else nothing selected.
        Cancel = "cancel",
        /// Between text and panel.
        Focus = "focus",
    }
    /// From one thing in the text to the next.
    Walk {
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
        /// The next page of a file that has pages.
        NextPage = "next-page-of-file",
        /// The page before.
        PreviousPage = "previous-page-of-file",
        /// The next heading.
        NextHeading = "next-heading",
        /// The heading before.
        PreviousHeading = "previous-heading",
        /// The headings, to choose from.
        Contents = "contents",
        /// From a quote to its speaker, from a person to what they said.
        Counterpart = "speaker-or-quotes",
    }
    /// To places that were left or marked.
    Jump {
        /// To where the last jump came from.
        Back = "back",
        /// Undoes `Back`.
        Forward = "forward",
        /// Remembers the place under a letter.
        SetMark = "set-mark",
        /// Goes to a remembered place.
        GoToMark = "go-to-mark",
    }
    /// Searching the text.
    Find {
        /// Searches the text.
        Open = "search",
        /// Searches with exact spelling, or not.
        Exact = "exact-spelling",
        /// Searches for a regular expression, or not.
        Regex = "regular-expression",
        /// Searches all documents, or the one that is read.
        Everywhere = "search-all-documents",
    }
    /// What the panel shows.
    PanelAction {
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
    }
    /// Scrolling the detail of the selection.
    DetailAction {
        /// Further down in the detail of the selection.
        Down = "detail-down",
        /// Further up in it.
        Up = "detail-up",
    }
    /// From one document to another.
    DocumentAction {
        /// The list of documents.
        List = "documents",
        /// The next document.
        Next = "next-document",
        /// The document before.
        Previous = "previous-document",
    }
    /// Taking changes back.
    Revision {
        /// Takes the last change back.
        Undo = "undo",
        /// Makes it again.
        Redo = "redo",
    }
    /// Deciding about what was found.
    Correction {
        /// The corrections that go with what is marked, under the cursor or selected.
        Menu = "correct",
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
        /// Shows what was rejected, to bring it back.
        Rejected = "rejected",
        /// Shows the corrections that found no place in the text.
        Orphans = "lost-corrections",
        /// Shows what is doubtful, one after another.
        Doubtful = "doubtful",
    }
    /// Marking words by keyboard.
    Marking {
        /// Marks words by keyboard.
        Begin = "mark-words",
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
    }
    /// What concerns the whole program.
    Command {
        /// Looks for names and quotes around the place that is read, in a text too long to be looked through.
        LookHere = "look-here",
        /// Copies what is under the cursor, in logical order.
        Copy = "copy",
        /// Copies it with who says it and where it stands.
        CopyWithSource = "copy-with-source",
        /// Opens the address under the cursor, or that of the article.
        OpenAddress = "open-address",
        /// Exports.
        Export = "export",
        /// Every action, to choose from.
        Palette = "palette",
        /// The keys.
        Help = "help",
        /// Draws the screen anew, where another program has written over it.
        Redraw = "redraw",
        /// Stops, to go on with `fg`.
        Suspend = "suspend",
        /// Leaves.
        Quit = "quit",
    }
    /// The library: many documents, and who is who over all of them.
    LibraryAction {
        /// Its home page.
        Home = "library",
        /// Who is selected, over all documents.
        Who = "who-in-library",
        /// Puts the document into it.
        Add = "add-to-library",
        /// Checks the quotes of the document against it.
        Check = "check-quotes",
    }
    /// How it looks, kept for the next time.
    Setting {
        /// Hides the panel, or shows it.
        Panel = "panel",
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
        /// Doubtful speakers named, or not.
        Doubt = "doubt",
    }
    /// Editing a line that is typed.
    LineEdit {
        /// The search before, in the line for searching.
        Older = "older",
        /// The search after.
        Newer = "newer",
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
}

impl FromStr for Action {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|action| action.name() == name);
        found.copied().ok_or_else(|| format!("no action is called '{name}'"))
    }
}

impl Serialize for Action {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
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
        assert_eq!("fly".parse::<Action>(), Err("no action is called 'fly'".to_owned()));
    }

    /// The names that people have in their configuration from earlier releases.
    #[test]
    fn names_of_earlier_releases_go_on_working() {
        for name in NAMES.split_whitespace() {
            assert!(name.parse::<Action>().is_ok(), "{name}");
        }
    }

    const NAMES: &str = "\
        down up left right page-down page-up half-page-down half-page-up start end enter cancel focus next \
        previous next-name previous-name next-quote previous-quote next-sentence previous-sentence \
        next-paragraph previous-paragraph speaker-or-quotes back forward set-mark go-to-mark search \
        exact-spelling regular-expression older newer filter sort all-documents fold next-group \
        previous-group detail-down detail-up panel documents next-document previous-document undo redo \
        correct accept reject as-person as-organization as-place as-direct-quote as-indirect-quote move-ends \
        rename link merge split set-speaker note whole-entity mark-words other-end letter-left letter-right \
        next-word previous-word look-here rejected lost-corrections copy export palette help language theme \
        digits wider narrower tashkeel invisibles suspend quit word-left word-right delete erase erase-word \
        erase-all";
}
