//! What wakes the reader's event loop.

use super::library::Place;
use crate::{terminal, tui::app::Event};
use crossterm::event as term;

/// A message to the event loop, from one of the threads that serve it.
pub enum Message {
    /// From the worker.
    App(Event),
    /// From the terminal.
    Terminal(term::Event),
    /// The terminal can be read no more.
    Unreadable(std::io::Error),
    /// The terminal has this background now.
    Background(terminal::Background),
    /// The terminal has another theme now, and may have another background.
    Theme,
    /// A file of the configuration was saved.
    Configuration,
    /// The library holds documents of the folder that is read.
    Library(Place),
    /// From outside.
    Signal(terminal::SessionNotice),
}
