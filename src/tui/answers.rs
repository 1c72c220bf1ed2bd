//! What the library answers to the questions of the reader. The binary asks them on a thread of its own.

use super::app::library::{
    ask::{LibraryEffect, LibraryEvent, ListQuestion, Row},
    spot::{Subject, Tab},
};
use crate::library::{
    Error, Library,
    browse::{self, Listed},
};

/// Those who may be meant by what is typed.
const MEANT: usize = 10;

/// The answer to a question; none where it is no question, but a change or a document to be read. `goes_on` is asked
/// now and then whether anybody still wants to know.
///
/// # Errors
/// Those of the library.
pub fn answer(
    library: &Library,
    question: &LibraryEffect,
    goes_on: &dyn Fn() -> bool,
) -> Option<Result<LibraryEvent, Error>> {
    Some(match question {
        LibraryEffect::Glance => browse::glance(library).map(LibraryEvent::Glance),
        LibraryEffect::Head(id) => browse::head(library, *id).map(|head| LibraryEvent::Head(*id, head.map(Box::new))),
        LibraryEffect::List(question) => {
            list(library, question, goes_on).map(|listed| LibraryEvent::List(question.clone(), listed))
        }
        LibraryEffect::Whom(kind, without, typed) => {
            let found = browse::may_be_meant(library, (*kind, *without), typed, MEANT);
            found.map(|found| LibraryEvent::Whom(typed.clone(), found))
        }
        LibraryEffect::Find(kind, name) => {
            let found = library.named(name, Some(*kind), 1);
            found.map(|found| LibraryEvent::Found(name.clone(), found.into_iter().next()))
        }
        LibraryEffect::Open(..)
        | LibraryEffect::OpenNamed(..)
        | LibraryEffect::Decide(_)
        | LibraryEffect::TakeBack(_)
        | LibraryEffect::Add(_)
        | LibraryEffect::TakeOut(_)
        | LibraryEffect::Searches(_)
        | LibraryEffect::Check(_) => return None,
    })
}

/// Lines of a list.
fn list(library: &Library, question: &ListQuestion, goes_on: &dyn Fn() -> bool) -> Result<Listed<Row>, Error> {
    let ListQuestion { subject, tab, typed, order, part } = question;
    let of = match subject {
        Subject::Entity(id) => *id,
        Subject::Home | Subject::Query(_) => 0,
    };
    Ok(match tab {
        Tab::People | Tab::Organizations | Tab::Places => {
            let kind = tab.kind().unwrap_or(crate::annotation::Kind::Person);
            browse::who(library, kind, typed, (*order, *part))?.map(Row::Entry)
        }
        Tab::Documents => browse::articles(library, typed, (*order, *part), goes_on)?.map(Row::Article),
        Tab::Searches => Listed::default(),
        Tab::Mentions => browse::mentions_of(library, of, *part)?.map(Row::Passage),
        Tab::Said => browse::said(library, of, *part)?.map(Row::Passage),
        Tab::SaidOf => browse::said_of(library, of, *part)?.map(Row::Passage),
        Tab::Beside => browse::beside(library, of, *part)?.map(Row::Beside),
        Tab::In => browse::documents_of(library, of, *part)?.map(Row::Passage),
        Tab::Hits => {
            let hits = library.find(typed, part.from + part.count)?;
            let total = hits.len();
            let rows = hits.into_iter().skip(part.from).map(|hit| Row::Hit(Box::new(hit))).collect();
            Listed { rows, total }
        }
    })
}
