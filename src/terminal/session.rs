//! The terminal while the reader has it, and the ways back.

use std::{
    io::{self, Write},
    panic,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use signal_hook::{consts::signal, iterator::Signals, low_level::emulate_default_handler};

use super::{Decision, Mode, Protocols, guard::Guard};
use crate::text::Escaped;

/// What is set on the terminal and unset again, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    mode: Mode,
    was_explicit: bool,
    plain: bool,
    protocols: Protocols,
}

impl Screen {
    /// The reader's screen: the alternate one, without cursor, with bracketed paste and what more the terminal has
    /// ([`Protocols`]). In the plain mode its lines take their direction from their text where the terminal reorders;
    /// otherwise there is the mouse (buttons, wheel and dragging).
    #[must_use]
    pub const fn new(decision: &Decision, plain: bool) -> Self {
        Self { mode: decision.mode, was_explicit: decision.was_explicit, plain, protocols: decision.protocols }
    }

    /// What sets it. The clear comes after the mode: VTE applies a change only to rows that are erased afterwards.
    #[must_use]
    pub fn enter(&self) -> String {
        let mouse = if self.plain { "" } else { "\x1b[?1000h\x1b[?1002h\x1b[?1006h" };
        let more = self.protocols.enter();
        format!("\x1b[?1049h{}\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h{mouse}{more}", self.order().0)
    }

    /// What unsets it, in the opposite order.
    #[must_use]
    pub fn leave(&self) -> String {
        let mouse = if self.plain { "" } else { "\x1b[?1006l\x1b[?1002l\x1b[?1000l" };
        let more = self.protocols.leave();
        format!("{more}{mouse}\x1b[?2004l\x1b[0m\x1b[?25h{}\x1b[?1049l", self.order().1)
    }

    const fn order(&self) -> (&'static str, &'static str) {
        match self.mode {
            // The direction goes with it: a shell may have set right-to-left, which mirrors explicit rows too.
            Mode::Explicit if self.was_explicit => ("\x1b[1 k", "\x1b[0 k"),
            Mode::Explicit => ("\x1b[8l\x1b[1 k", "\x1b[8h\x1b[0 k"),
            Mode::Mlterm => ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07"),
            // Mode 2501 ("BiDi in Terminal Emulators"): each line has the direction of its first strong letter.
            Mode::Off if self.plain => match (self.was_explicit, self.protocols.directions) {
                (true, true) => ("\x1b[8h\x1b[?2501h", "\x1b[?2501l\x1b[8l"),
                (true, false) => ("\x1b[8h", "\x1b[8l"),
                (false, true) => ("\x1b[?2501h", "\x1b[?2501l"),
                (false, false) => ("", ""),
            },
            Mode::Visual | Mode::Override | Mode::Logical | Mode::Kitty | Mode::Off => ("", ""),
        }
    }
}

/// The reader's hold on the terminal: raw mode and a [`Screen`]. The terminal is as before once it is dropped, also
/// after a panic of its thread.
#[derive(Debug)]
pub struct Session(Arc<Held>);

#[derive(Debug)]
struct Held {
    screen: Screen,
    set: AtomicBool,
    /// Stopped by [`Session::suspend`], which takes the terminal again by itself.
    suspended: AtomicBool,
    /// Gives the terminal back where this process cannot.
    guard: Mutex<Option<JoinHandle<Option<Guard>>>>,
    /// The words of panics on other threads; they would land in the middle of the page.
    panics: Mutex<Vec<String>>,
}

impl Session {
    /// Takes the terminal, and hands signals to `send` from a thread of their own. A loop that does not end within two
    /// seconds of a [`SessionNotice::Quit`] is ended, the terminal restored.
    ///
    /// # Errors
    /// Where there is no terminal, it is gone, or the system takes no handler.
    pub fn enter(screen: Screen, send: impl Fn(SessionNotice) + Send + 'static) -> io::Result<Self> {
        let held = Arc::new(Held {
            screen,
            set: false.into(),
            suspended: false.into(),
            guard: Mutex::default(),
            panics: Mutex::default(),
        });
        // Before the terminal is taken: from the first changed setting on, no signal ends the process unseen.
        let signals = Signals::new(WATCHED)?;
        held.enter()?;
        let session = Self(held);
        session.restore_before_panics_speak();
        session.post_guard()?;
        session.watch(signals, send)?;
        Ok(session)
    }

    /// Starts the guard on a thread of its own: the first frame does not wait for it. Whoever ends the session does, so
    /// that a guard which is only just starting does not take the end of the program for a kill.
    fn post_guard(&self) -> io::Result<()> {
        let leave = self.0.screen.leave();
        let guard = thread::Builder::new().name("guard".to_owned()).spawn(move || Guard::start(&leave))?;
        *self.0.guard.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
        Ok(())
    }

    fn watch(&self, mut signals: Signals, send: impl Fn(SessionNotice) + Send + 'static) -> io::Result<()> {
        let held = Arc::downgrade(&self.0);
        let obeyed = move || {
            for number in &mut signals {
                match number {
                    signal::SIGTSTP => send(SessionNotice::Suspend),
                    signal::SIGWINCH => send(SessionNotice::Resized),
                    signal::SIGCONT
                        if held.upgrade().is_some_and(|held| held.suspended.swap(false, Ordering::Relaxed)) => {}
                    signal::SIGCONT => send(SessionNotice::Resume),
                    number => {
                        send(SessionNotice::Quit(number));
                        thread::sleep(GRACE);
                        if let Some(held) = held.upgrade() {
                            held.leave();
                        }
                        SessionNotice::Quit(number).obey();
                    }
                }
            }
        };
        thread::Builder::new().name("signals".to_owned()).spawn(obeyed).map(drop)
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when it goes on. The
    /// caller draws everything anew.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn suspend(&self) -> io::Result<()> {
        self.0.leave();
        self.0.suspended.store(true, Ordering::Relaxed);
        // The whole group: a program that waits for rawi (a script, a pager's caller) would hold the shell's prompt
        // back. STOP and not TSTP, which this process has taken over.
        rustix::process::kill_current_process_group(rustix::process::Signal::STOP)?;
        self.0.enter()
    }

    /// Takes the terminal again after the process was stopped by another. The caller draws everything anew.
    ///
    /// # Errors
    /// Where the terminal is gone.
    pub fn resume(&self) -> io::Result<()> {
        self.0.leave();
        self.0.enter()
    }

    fn restore_before_panics_speak(&self) {
        let (held, owner, before) = (Arc::downgrade(&self.0), thread::current().id(), panic::take_hook());
        panic::set_hook(Box::new(move |what| match held.upgrade() {
            Some(held) if thread::current().id() != owner && held.set.load(Ordering::Relaxed) => {
                held.panics.lock().unwrap_or_else(PoisonError::into_inner).push(what.to_string());
            }
            held => {
                if let Some(held) = held {
                    held.leave();
                }
                before(what);
            }
        }));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.0.leave();
        let guard = self.0.guard.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(guard.map(JoinHandle::join));
        for words in self.0.panics.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Nothing is left to do where standard error is gone.
            for line in words.lines() {
                let _ = writeln!(io::stderr(), "{}", Escaped(line));
            }
        }
    }
}

impl Held {
    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        self.set.store(true, Ordering::Relaxed);
        let mut out = io::stdout().lock();
        out.write_all(self.screen.enter().as_bytes()).and_then(|()| out.flush()).inspect_err(|_| self.leave())
    }

    /// As before; once. Errors say that the terminal is gone, and then nothing is to be undone.
    fn leave(&self) {
        if self.set.swap(false, Ordering::Relaxed) {
            let mut out = io::stdout().lock();
            let _ = out.write_all(self.screen.leave().as_bytes()).and_then(|()| out.flush());
            let _ = disable_raw_mode();
        }
    }
}

/// What came from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionNotice {
    /// SIGTERM, SIGHUP, SIGINT or SIGQUIT, by number: save, drop the session, then [`SessionNotice::obey`].
    Quit(i32),
    /// SIGTSTP: [`Session::suspend`], draw everything anew.
    Suspend,
    /// SIGCONT: [`Session::resume`], draw everything anew.
    Resume,
    /// SIGWINCH: the terminal has another size.
    Resized,
}

impl SessionNotice {
    /// Ends the process by the signal that asked for it, so that the parent sees why. After the session is dropped.
    pub fn obey(self) {
        if let Self::Quit(number) = self {
            // It fails only for a signal that cannot be: the caller then ends as it would have.
            let _ = emulate_default_handler(number);
        }
    }
}

/// How long the loop may take to end before the signal ends the process itself.
const GRACE: Duration = Duration::from_secs(2);

/// The signals that end or stop a program, the one that lets it go on, and the one that says that the size is another.
const WATCHED: [i32; 7] = [
    signal::SIGTERM,
    signal::SIGHUP,
    signal::SIGINT,
    signal::SIGQUIT,
    signal::SIGTSTP,
    signal::SIGCONT,
    signal::SIGWINCH,
];
