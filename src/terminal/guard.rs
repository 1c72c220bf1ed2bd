//! The terminal is given back also where this process cannot do it: killed, out of memory, ended by a fault of memory.
//!
//! A shell waits at the other end of a pipe, in a process group of its own, so that what ends this process does not end
//! it. It reads one line when the terminal has been given back; where the pipe ends without that line, it gives the
//! terminal back itself. Where there is no shell there is no guard, and everything else is as with one.

use std::{
    io::{IsTerminal, Write},
    process::{Child, Command, Stdio},
};

/// What the shell does. `$1` is what unsets the screen, `$2` what it says. Signals that are meant for the foreground do
/// not end or stop it; the last settings undo raw mode and leave the terminal's own keys alone. The terminal is the shell's
/// standard output, held open: by name it could be another one, opened since its window was closed.
const SCRIPT: &str = r#"
trap "" HUP INT QUIT TERM TSTP TTIN TTOU
if read line; then exit 0; fi
{ stty brkint icrnl ixon opost isig icanon iexten echo
  printf %s "$1"
  printf '%s\n' "$2"
} <&1 2>&1
"#;

/// What is said where this process ended without a word.
const LAST_WORDS: &str =
    "rawi was ended from outside. Corrections that it called saved are saved; the one under way may not be.";

/// The shell that waits.
#[derive(Debug)]
pub struct Guard(Child);

impl Guard {
    /// Starts it. `leave` unsets the screen.
    pub fn start(leave: &str) -> Option<Self> {
        use std::os::unix::process::CommandExt;
        if !std::io::stdout().is_terminal() {
            return None;
        }
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", SCRIPT, "rawi", leave, LAST_WORDS]).current_dir("/").process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::inherit()).stderr(Stdio::null()).spawn().ok().map(Self)
    }
}

impl Drop for Guard {
    /// The terminal has been given back: the shell has nothing to do any more.
    fn drop(&mut self) {
        if let Some(mut pipe) = self.0.stdin.take() {
            // Where it is gone there is nobody to tell.
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.0.wait();
    }
}
