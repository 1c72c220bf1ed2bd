//! The terminal: what it does with Arabic by itself, what it must be sent so that the page comes out right, and how it
//! is left as it was found.
//!
//! Terminals reorder and shape right-to-left text by themselves (VTE, Konsole, mlterm, mintty), half (kitty) or not at
//! all (xterm, alacritty, foot, tmux). [`negotiate`] asks before the event reader starts and [`decide`] turns the
//! answer into a [`Decision`]: the order in which a row's cells are sent, who joins the letters, and the sequences that
//! [`Session`] sets and unsets. The sequences are those of "BiDi in Terminal Emulators" (E. Koblinger): mode 8 (BDSM)
//! and SCP.
//!
//! For whoever writes the event loop:
//! - call [`negotiate`] before [`listen`], or its threads take the replies;
//! - keys that were typed while the terminal was asked are in [`Negotiation::typed`];
//! - [`listen`] reads what the terminal sends, its answers too, however late they come; nothing else may read it
//!   (`crossterm::event` neither);
//! - a new size, a signal and the end of the terminal are a [`SessionNotice`].

mod ask;
pub mod clipboard;
mod decide;
mod environment;
mod guard;
mod input;
mod line;
mod lines;
mod link;
mod protocols;
mod replies;
mod session;

use std::time::Duration;

pub use decide::decide;
pub use environment::Environment;
pub use input::{Parser, Sent, listen};
pub use lines::Lines;
pub use link::linked;
pub use protocols::Protocols;
pub use replies::Replies;
pub use session::{Screen, Session, SessionNotice};

/// How the page reaches the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Visual order, after the terminal was told not to reorder (mode 8 reset).
    Explicit,
    /// Visual order in a terminal that leaves cells where they are put.
    Visual,
    /// Visual order between U+202D and U+202C, in a terminal that reorders by itself.
    Override,
    /// Logical order between U+2067 and U+2069; the terminal reorders and joins.
    Logical,
    /// Runs of cells in the order that kitty turns into the right one.
    Kitty,
    /// Visual order, after mlterm's own sequence that switches its reordering off.
    Mlterm,
    /// Logical order and nothing else, as `cat` would send it.
    Off,
}

/// What the user asked for instead of [`Mode`]; the values of `--bidi`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Bidi {
    /// Ask the terminal.
    #[default]
    Auto,
    /// Tell the terminal not to reorder, send visual order.
    Explicit,
    /// Send visual order.
    Visual,
    /// Send visual order in an override.
    Override,
    /// Send logical order between isolates.
    Logical,
    /// Send the order that kitty reverses.
    Kitty,
    /// Send logical order bare.
    Off,
}

/// Who joins the letters; the values of `--shaping`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Shaping {
    /// What the mode needs.
    #[default]
    Auto,
    /// rawi sends presentation forms.
    Forms,
    /// The terminal or its font joins.
    None,
}

/// The colour behind the text, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Background {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
}

/// What the user set by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--bidi`.
    pub bidi: Bidi,
    /// `--shaping`.
    pub shaping: Shaping,
}

/// What is done, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Decision {
    /// The terminal as far as it is known: `VTE`, `kitty(0.26.5)`, `Konsole 22.12.3 in tmux`.
    pub terminal: String,
    /// The order of a row's cells.
    pub mode: Mode,
    /// Whether rawi sends presentation forms; otherwise the terminal joins.
    pub forms: bool,
    /// Whether rawi sends lam-alef as one letter all the same.
    pub ligatures: bool,
    /// Whether the terminal shows brackets as they are sent, so that rawi mirrors those in right-to-left text. Only
    /// [`Mode::Logical`] leaves a choice; in the other modes layout knows.
    pub mirrored: bool,
    /// Whether letters keep their marks on screen; false where marks make letters vanish or land on others.
    pub tashkeel: bool,
    /// Whether mode 8 was already reset when rawi came, and stays so when it leaves.
    pub was_explicit: bool,
    /// What is used beyond cells and colours.
    pub protocols: Protocols,
    /// Dark or light, where the terminal or `COLORFGBG` says so.
    pub background: Option<Background>,
    /// One sentence.
    pub reason: String,
}

/// All that was learnt from the terminal.
#[derive(Clone, Debug)]
pub struct Negotiation {
    /// What it answered.
    pub replies: Replies,
    /// What the environment says of it.
    pub environment: Environment,
    /// From the question to the last reply; none where nothing was asked.
    pub elapsed: Option<Duration>,
    /// Why nothing was asked.
    pub unasked: Option<String>,
    /// What follows.
    pub decision: Decision,
}

impl Negotiation {
    /// The keys that were typed while the terminal was asked: printable characters, Enter and Tab.
    #[must_use]
    pub fn typed(&self) -> String {
        self.replies.typed()
    }
}

/// The question for the background (OSC 11) that the reader asks again; [`Sent::Background`] is the answer.
pub const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";

/// The longest wait for a terminal that does not answer.
pub const LIMIT: Duration = Duration::from_millis(500);

/// Asks the terminal and decides. Never fails: where there is nobody to ask, the environment decides.
#[must_use]
pub fn negotiate(overrides: &Overrides) -> Negotiation {
    let mut environment = Environment::read(|name| std::env::var(name).ok());
    let client = environment.ask_tmux();
    let asked = if environment.is_dumb() {
        Err("the terminal has no escape sequences".to_owned())
    } else {
        ask::ask(LIMIT, !environment.has("STY"))
    };
    environment.tmux_client = client.and_then(environment::TmuxClient::answer);
    let (replies, elapsed, unasked) = match asked {
        Ok((bytes, elapsed)) => (Replies::read(&bytes), Some(elapsed), None),
        Err(why) => (Replies::default(), None, Some(why)),
    };
    let decision = decide(&replies, &environment, overrides);
    Negotiation { replies, environment, elapsed, unasked, decision }
}
