//! Many documents in one file: what was found in each, who is who over all of them, and questions to it.
//!
//! ```text
//! Document + Annotations --add--> library.sqlite --link (identity)--> people over all documents
//!                                      |                                  |
//!                 library.decisions.json (what a person decided) ---------+--> people, find, check, sources
//! ```
//!
//! The store is SQLite with a schema that a person can read (`schema.sql`, docs/LIBRARY.md). A document is one
//! transaction, so whatever ends the program, no document is half in. What a person decided lies in a file of its own
//! beside it and outlives every new index. Offsets in the tables are Unicode code points, as in rawi's JSON.

mod add;
pub mod browse;
mod copies;
pub mod decisions;
mod error;
pub mod find;
mod fulltext;
mod link;
pub mod passages;
pub mod people;
pub mod query;
pub mod sources;
mod store;
pub mod tables;
#[cfg(test)]
pub(crate) mod tests;
pub mod words;

pub use add::{Added, Known, Meta, Source};
pub use decisions::{Decision, Decisions};
pub use error::Error;
pub use link::Linked;
pub use store::{Counts, Library, VERSION};
