//! What a part of the reader wants done after an action: requests, which the application fulfils in their order. So no
//! part reaches into another.

use super::{
    correct::subject::{MarkPurpose, Purpose, Subject, Writing},
    document::reading::Way,
    event::{Effect, Notice},
    jumps::Location,
    library::{ask::LibraryOpening, spot::Spot},
    revision::Change,
    selection::{Focus, Selection},
};
use crate::{
    annotation::{Edge, Edit, EntityId, QuoteId},
    library::Decision,
    text::Span,
    tui::action::{Action, Revision},
};

/// What lies over the rest from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The keys.
    Help,
    /// Every action, to choose from.
    Palette,
    /// The documents, narrowed down.
    Documents(String),
    /// The line for searching.
    Search,
    /// The line that narrows the panel down.
    Filter,
    /// A letter is waited for, to set a mark or to go to it.
    Letter {
        /// Whether it is to be set.
        set: bool,
    },
    /// The export dialog.
    Export,
    /// The corrections of something.
    Menu(Subject),
    /// A choice among entities.
    Choose(Purpose),
    /// A line to be written, with what it begins with.
    Write(Writing, String),
    /// Marking words by keyboard.
    Span(MarkPurpose, Edge),
    /// What was rejected.
    Rejected,
    /// Corrections without a place in the text.
    Orphans,
    /// What is doubtful.
    Doubts,
    /// The headings of the document.
    Contents,
    /// The other places of the words of a span.
    Places(Span),
    /// Something over the library.
    Library(LibraryOpening),
}

/// Something that the application is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Says something in the status line.
    Say(Notice),
    /// Asks the binary for something.
    Effect(Effect),
    /// Opens what lies over the rest, in the place of what did.
    Open(Opening),
    /// Closes it.
    Close,
    /// Opens the list of what is doubtful again, with that line chosen.
    Reopen(usize),
    /// Does another action.
    Do(Action),
    /// Remembers where the reader is, to come back to.
    Leave,
    /// Remembers another place, to come back to.
    LeaveFrom(Location),
    /// Goes to a place.
    Go(Location),
    /// Reads another document.
    OpenDocument(usize),
    /// Brings the row of that byte to the upper edge.
    ScrollTo(usize),
    /// Selects something and shows its first place, unless one is on the screen already.
    Select(Selection),
    /// Selects something, or nothing, and leaves the text where it is.
    Highlight(Option<Selection>),
    /// Puts the cursor on a span and shows it.
    PutCursor(Span),
    /// Puts the cursor on a span that is on the screen, or need not be.
    Point(Span),
    /// Shows a span.
    Reveal(Span),
    /// Sends the keys to the text or the panel.
    Focus(Focus),
    /// Shows the panel.
    ShowPanel,
    /// Scrolls the panel to what is selected.
    ShowSelected,
    /// Marks words, or none.
    Mark(Option<Span>),
    /// Corrects something.
    Edit(Edit),
    /// Makes the words of a span a person, who says the quote.
    NewSpeaker(QuoteId, Span),
    /// Makes names of an entity of several spans, as one correction.
    AddMentions(EntityId, Vec<Span>),
    /// Offers the other places of a name that was added.
    OfferPlaces(Span),
    /// Changes what is shown, and says so.
    Change(Change, String),
    /// Says that what was typed has narrowed the panel, which before had another filter.
    Filtered {
        /// The filter before.
        before: String,
        /// What is said.
        said: String,
    },
    /// Takes the last change back, or makes it again.
    Revise(Revision),
    /// Searches anew for what is typed.
    Search,
    /// Forgets what the search found.
    ForgetHits,
    /// Opens a page of the library.
    Visit(Spot),
    /// Opens its home page as it was left.
    VisitHome,
    /// Keeps a decision about people over all documents; the words that say it.
    Decide(Decision, String),
    /// To the next place of the list of the library that the document was opened from, in another document.
    Step(Way),
}

/// What is to be done, in this order.
#[must_use = "an outcome is only described: the application has to apply it"]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome(Vec<Request>);

impl Outcome {
    /// Nothing.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// A message.
    pub fn say(text: String) -> Self {
        Request::Say(Notice { text, fault: false }).into()
    }

    /// A message that something went wrong.
    pub fn fault(text: String) -> Self {
        Request::Say(Notice { text, fault: true }).into()
    }

    /// This, and then that.
    pub fn then(mut self, request: impl Into<Self>) -> Self {
        self.0.extend(request.into().0);
        self
    }
}

impl From<Request> for Outcome {
    fn from(request: Request) -> Self {
        Self(vec![request])
    }
}

impl<const N: usize> From<[Request; N]> for Outcome {
    fn from(requests: [Request; N]) -> Self {
        Self(requests.into())
    }
}

impl From<Option<Request>> for Outcome {
    fn from(request: Option<Request>) -> Self {
        Self(request.into_iter().collect())
    }
}

impl IntoIterator for Outcome {
    type Item = Request;
    type IntoIter = std::vec::IntoIter<Request>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
