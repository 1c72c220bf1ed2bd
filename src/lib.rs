//! rawi (راوي, "the one who relays what was said"): a terminal reader for Arabic news.
//!
//! One picture, read from left to right:
//!
//! ```text
//! bytes --source--> Document --extract--> Annotations --export--> bytes
//!                      |        (arabic, model)   |
//!                      +--layout--> Page ---------+--tui--> screen
//! gold + corpora --train (outside the binary)--> assets/model
//! gold + predicted --eval--> scores
//! ```
//!
//! Two nouns, [`text::Document`] and [`annotation::Annotations`]. Every other module is a function between them and
//! the edges. Text is kept in logical order everywhere; visual order exists only in [`layout`]. Spans are byte ranges
//! on character boundaries into the document's text.
//!
//! Who may use whom is a table in `tests/architecture.rs`, which holds the code to it. The wiring (files, threads, the
//! terminal's event loop) belongs to the binary, so no module of the library can reach for it.

pub mod annotation;
pub mod arabic;
pub mod eval;
pub mod export;
pub mod extract;
pub mod layout;
pub mod model;
pub mod source;
pub mod store;
#[cfg(feature = "tui")]
pub mod terminal;
pub mod text;
#[cfg(feature = "tui")]
pub mod tui;
