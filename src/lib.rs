//! rawi (راوي, "the one who relays what was said"): a terminal reader for Arabic news.
//!
//! One picture, read from left to right:
//!
//! ```text
//! bytes --source--> Document --extract--> Annotations --export--> bytes
//!                      |        (arabic, model)   |
//!                      +--layout--> Page ---------+--tui--> screen
//! many Annotations --identity--> people across documents --library--> answers (people, find, sources, check)
//! gold + corpora --train (outside the binary)--> assets/model
//! gold + predicted --eval--> scores
//! ```
//!
//! Two nouns, [`text::Document`] and [`annotation::Annotations`]. Every other module is a function between them and
//! the edges. Text is kept in logical order everywhere; visual order exists only in [`layout`]. Spans are byte ranges
//! on character boundaries into the document's text.
//!
//! Who may use whom is a table in `tests/architecture.rs`, which holds the code to it; the wiring (arguments, files,
//! threads, the terminal's event loop) is `cli`, which no other module may name.
//!
//! # Features
//!
//! Without any the crate is what other programs use: text, layout, extraction, evaluation and exports.
//!
//! - `formats`: files other than plain text and JSON Lines: web pages, feeds, Markdown, EPUB, docx, packed files.
//! - `library`: many documents in one SQLite file, and who is who over all of them.
//! - `web`: addresses (one request each, within limits of time and size).
//! - `tui`: the reader's state, screen and stores, with `library`. They are no part of the interface.
//! - `cli` (the default): the program `rawi`, with all of them.

pub mod annotation;
pub mod arabic;
#[cfg(feature = "library")]
pub mod check;
pub mod eval;
pub mod export;
pub mod extract;
pub mod identity;
pub mod layout;
#[cfg(feature = "library")]
pub mod library;
pub mod model;
pub mod source;
pub mod text;

// The reader's own modules. Tests and benches see them by the feature `internals`, which their build turns on.
#[cfg(feature = "cli")]
mod cli;
#[cfg(any(feature = "tui", feature = "library"))]
#[cfg_attr(
    not(feature = "cli"),
    allow(dead_code, reason = "the stores and the library use a part of it, the program all")
)]
mod files;
#[cfg(all(feature = "tui", not(feature = "internals")))]
mod store;
#[cfg(all(feature = "tui", feature = "internals"))]
#[doc(hidden)]
pub mod store;
#[cfg(all(feature = "tui", not(feature = "internals")))]
mod terminal;
#[cfg(all(feature = "tui", feature = "internals"))]
#[doc(hidden)]
pub mod terminal;
#[cfg(all(feature = "tui", not(feature = "internals")))]
mod tui;
#[cfg(all(feature = "tui", feature = "internals"))]
#[doc(hidden)]
pub mod tui;

/// Runs the program `rawi` with the arguments of this process, and gives its exit code.
#[cfg(feature = "cli")]
#[must_use]
pub fn main() -> std::process::ExitCode {
    cli::main()
}
