//! What the reader asks of the library and what it is answered. The questions are effects: the binary asks them on a
//! thread of its own, and no key waits for the answer.

use super::spot::{Subject, Tab};
use crate::{
    annotation::Kind,
    check::Checked,
    library::{
        Decision,
        browse::{Article, Glance, Head, Listed, Order, Part, Passage},
        find::Hit,
        people::{Beside, Entry},
    },
    text::{Document, Span},
};
use std::sync::Arc;

/// A list that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuestion {
    /// Of whose page.
    pub subject: Subject,
    /// Which.
    pub tab: Tab,
    /// What it is narrowed down to; the query of a search.
    pub typed: String,
    /// In which order.
    pub order: Order,
    /// Which lines of it.
    pub part: Part,
}

/// Who is decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The number over all documents.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// The name.
    pub name: String,
}

/// What is to lie over the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryOpening {
    /// The line that is typed.
    Line,
    /// What can be decided about somebody; the name of the document in which it may be another.
    Menu(Who, Option<String>),
    /// A choice among those with whom somebody may be one.
    Whom(Who),
    /// A line for another name.
    Name(Who),
}

/// Something to be asked of the library or done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryEffect {
    /// What there is at a glance.
    Glance,
    /// What stands at the head of one's page.
    Head(i64),
    /// Lines of a list.
    List(ListQuestion),
    /// Who may be meant by what is typed, of that kind, without that one.
    Whom(Kind, i64, String),
    /// Who a name of a document is over all documents: the name and its kind.
    Find(Kind, String),
    /// The document of that number, to be read at a place, in code points.
    Open(i64, (usize, usize)),
    /// The document of that name, the same way.
    OpenNamed(String, (usize, usize)),
    /// Keep a decision.
    Decide(Decision),
    /// Take a decision back.
    TakeBack(Decision),
    /// Put the document of that number, as it is open, into the library.
    Add(usize),
    /// Take what was put in out again: its source.
    TakeOut(String),
    /// Remember what was searched for.
    Searches(Vec<String>),
    /// Check the quotes of the document of that number, as it is open.
    Check(usize),
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A person, an organization, a place.
    Entry(Entry),
    /// Who appears with one.
    Beside(Beside),
    /// A document.
    Article(Article),
    /// A place in a document.
    Passage(Passage),
    /// What a search found in a document.
    Hit(Box<Hit>),
    /// An earlier search.
    Search(String),
}

/// Something that became known of the library.
#[derive(Clone, Debug)]
pub enum LibraryEvent {
    /// It is there: its path, what was searched for before, what was decided before, in words.
    Opened(String, Vec<String>, Vec<(String, Decision)>),
    /// It cannot be asked, and why.
    Failed(String),
    /// What there is at a glance.
    Glance(Glance),
    /// What stands at the head of one's page; none where nobody has the number any more.
    Head(i64, Option<Box<Head>>),
    /// Lines of a list, with what was asked.
    List(ListQuestion, Listed<Row>),
    /// A question that has no answer, and why.
    Unanswered(ListQuestion, String),
    /// Who may be meant by what was typed.
    Whom(String, Vec<Entry>),
    /// Who a name is over all documents; none where the library does not know it.
    Found(String, Option<Entry>),
    /// A document to be read at a place; what is to be said of its source.
    Read(Box<Reading>),
    /// A decision was kept; where it was not, why.
    Decided(Result<(), String>),
    /// A decision was not taken back, and why.
    NotTakenBack(String),
    /// The document of that number was put in: its source, where taking it out again takes nothing else along.
    Added(usize, Option<String>),
    /// What is in it is not what it was.
    Changed,
    /// The quotes of the document of that number are checked.
    Checked(usize, Vec<Checked>),
    /// Something went wrong.
    Fault(String),
}

/// A document of the library, to be read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its number there.
    pub number: i64,
    /// Its text.
    pub document: Arc<Document>,
    /// Its date, where the library knows it.
    pub date: Option<String>,
    /// The place.
    pub place: Span,
    /// Why it is not read from its source.
    pub remark: Option<Remark>,
}

/// Why a document is shown as the library has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Its source is gone.
    Gone,
    /// Its source says something else now.
    Changed,
    /// Its source cannot be read.
    Unreadable,
}
