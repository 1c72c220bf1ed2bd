//! The library in the reader: a home page, the page of a person, an organization or a place, and what a search over
//! everything found. Each page has lists; Enter goes from a line to what it is about, in the library or in a document.
//!
//! ```text
//! keys --browsing--> catalogue: what is on the screen --ask--> effects, which the binary asks on a thread of its own
//!                        ^---------------- visit -------------- answers, as events
//! ```

pub mod ask;
pub mod browsing;
pub mod catalogue;
pub mod decide;
pub mod frame;
pub mod list;
pub mod spot;
pub mod visit;
