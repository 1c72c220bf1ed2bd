//! The reader: what it knows ([`app`]), what can be done in it ([`action`]), which keys do it ([`keymap`]), and how it
//! looks ([`view`], [`theme`]).
//!
//! ```text
//! event --keymap--> Action --update--> App --draw--> frame
//!                                 \--> Effect, which the binary carries out
//! ```
//!
//! [`app::App::handle`] is pure: it reads no file and no clock, and says what is to be done as an [`app::Effect`].
//! [`view::draw`] is a function of the state. Text and panel read the same [`app::App::selected`], so they are linked
//! without messages between them.

pub mod action;
pub mod answers;
pub mod app;
pub mod keymap;
pub mod settings;
pub mod strings;
pub mod theme;
pub mod tour;
pub mod view;
