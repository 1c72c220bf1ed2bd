//! What comes in and what goes out: what happened to the reader, and what the binary is to do about it.

use super::{
    document::Remembered,
    library::ask::{LibraryEffect, LibraryEvent},
};
use crate::{
    annotation::Annotations,
    text::{Address, Document, Span},
    tui::{
        action::Action,
        keymap::{Key, Keymap},
        settings::Settings,
        strings::{Phrase, Strings},
    },
};
use std::sync::Arc;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has so many columns and rows.
    Resize(u16, u16),
    /// An action was chosen without a key: the home page of the library at the beginning.
    Act(Action),
    /// The configuration was saved: the settings, the keys and the language from now on.
    Configured(Box<(Settings, Keymap, Strings)>),
    /// What time it is: seconds since 1970, UTC.
    Time(u64),
    /// Something became known of the document of that number.
    Document(usize, DocumentEvent),
    /// Something became known of the file that is being exported.
    Export(ExportEvent),
    /// Something became known of the library.
    Library(LibraryEvent),
    /// A message: done, or gone wrong.
    Notice(Notice),
}

/// Something that became known of a document.
#[derive(Clone, Debug)]
pub enum DocumentEvent {
    /// Only its beginning is there yet.
    Loading,
    /// It is complete.
    Loaded(Arc<Document>),
    /// The day on which its file was written, where the text itself does not say one.
    Dated(String),
    /// Found so far, of which so many of a hundred are done.
    Found(Box<Annotations>, u8),
    /// It is too long to be looked through: what is found is of this part of it, which is empty where nobody asked yet.
    Partly(Span),
    /// The search for names and quotes is so many of a hundred along.
    Progress(u8),
    /// It could not be read, and why.
    Unread(String),
    /// What is remembered of it.
    Remembered(Box<Remembered>),
}

/// Something that became known of the file that is being exported.
#[derive(Clone, Debug)]
pub enum ExportEvent {
    /// A name that no file has.
    Name(String),
    /// What it will look like.
    Preview(Box<Preview>),
    /// There is this file already.
    Taken(String),
    /// It was written.
    Done(String),
    /// It could not be written, and why.
    Failed(String),
}

/// What a file will look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The name of the format.
    pub format: String,
    /// The first lines.
    pub lines: Vec<String>,
    /// What the format has no room for, and how many of it there are.
    pub left_out: Vec<(Phrase<'static>, usize)>,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// The left button went down.
    Press,
    /// It went down again at once in the same place.
    PressAgain,
    /// It moved while it was down.
    Drag,
    /// It went up.
    Release,
    /// The wheel, away from the hand.
    WheelUp,
    /// The wheel, towards it.
    WheelDown,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub pointer: Pointer,
    /// Column of the screen.
    pub column: u16,
    /// Row of the screen.
    pub row: u16,
}

/// Something for the binary to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Stop, as Ctrl-Z does.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
    /// Put this on the clipboard.
    Copy(String),
    /// Open this address.
    OpenAddress(Address),
    /// Look for names and quotes around this byte of the document.
    Look(usize, usize),
    /// Look for names and quotes in the whole document of that number.
    Extract(usize),
    /// Ask the library, or change it.
    Library(LibraryEffect),
    /// Save what a person decided about the document.
    Save(usize),
    /// Say what the document looks like in the format of that name.
    Preview(usize, String),
    /// Export a document.
    Export {
        /// Its number.
        document: usize,
        /// The name of the format.
        format: String,
        /// Where to.
        path: String,
        /// Whether a file that is there may go.
        over: bool,
    },
}

/// What the binary is to do, in this order.
#[must_use = "effects are only described: somebody has to carry them out"]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects(Vec<Effect>);

impl Effects {
    /// One more, after the others.
    pub(super) fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = std::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A message in the status line, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub fault: bool,
}
