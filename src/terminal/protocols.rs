//! What terminals offer beyond cells and colours. Each is asked for (DECRQM, `CSI ? u`), used only where the terminal
//! answered that it has it, and taken back on every way out.

use super::{Environment, Replies, link};
use crate::text::Escaped;
use std::fmt::Write;

/// The questions, which every terminal may leave unanswered.
pub const QUESTIONS: &[u8] = b"\x1b[?2026$p\x1b[?1004$p\x1b[?2031$p\x1b[?2501$p\x1b[?u";

/// What is used of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that a terminal has or has not")]
pub struct Protocols {
    /// Frames are shown whole: mode 2026, "Synchronized Output".
    pub frames: bool,
    /// The terminal says when it gets the focus: mode 1004.
    pub focus: bool,
    /// It says when its theme changes: mode 2031 ("Dark and Light Mode detection", Contour). What it says is whether it is
    /// dark or light now; the reader asks for the background itself, which counts.
    pub theme: bool,
    /// It says which keys were held, with Arabic letters too: kitty's keyboard protocol, flag 1.
    pub keyboard: bool,
    /// It has a title, and a stack to put the one before on (XTWINOPS 22 and 23).
    pub title: bool,
    /// It is known to take links (OSC 8).
    pub links: bool,
    /// It reorders, and can be told to take the direction of each line from the line: mode 2501. Used in the plain mode,
    /// by [`Screen`](super::Screen). Where the mode is set already, there is nothing to do and nothing to take back.
    pub directions: bool,
}

impl Protocols {
    /// What this terminal has. Nobody answers for titles: every terminal that answers at all knows them, but for the
    /// console, and GNU screen, which would keep ours.
    pub(super) fn of(replies: &Replies, environment: &Environment) -> Self {
        Self {
            frames: replies.has_mode(2026),
            focus: replies.has_mode(1004),
            theme: replies.has_mode(2031),
            keyboard: replies.keyboard.is_some(),
            title: replies.complete() && environment.get("TERM") != "linux" && !environment.has("STY"),
            links: link::takes_links(replies, environment),
            directions: replies.modes.contains(&(2501, 2)),
        }
    }

    /// What sets them, on the alternate screen, which has keyboard flags of its own.
    pub(super) fn enter(self) -> String {
        let theme = (self.theme, "\x1b[?2031h");
        self.chosen([(self.title, "\x1b[22;2t"), (self.focus, "\x1b[?1004h"), theme, (self.keyboard, "\x1b[>1u")])
    }

    /// What unsets them, in the opposite order, a frame that was broken off first.
    pub(super) fn leave(self) -> String {
        let theme = (self.theme, "\x1b[?2031l");
        let rest = [(self.keyboard, "\x1b[<1u"), theme, (self.focus, "\x1b[?1004l"), (self.title, "\x1b[23;2t")];
        self.frame().1.to_owned() + &self.chosen(rest)
    }

    fn chosen(self, parts: [(bool, &str); 4]) -> String {
        parts.into_iter().filter_map(|(wanted, part)| wanted.then_some(part)).collect()
    }

    /// What goes before and after the bytes of a frame.
    #[must_use]
    pub const fn frame(self) -> (&'static str, &'static str) {
        if self.frames { ("\x1b[?2026h", "\x1b[?2026l") } else { ("", "") }
    }

    /// The sequence that gives the window a title (OSC 2): nothing where titles are not used. Whatever the title holds,
    /// it cannot end the sequence.
    #[must_use]
    pub fn titled(self, title: &str) -> String {
        /// The most letters; windows show fewer.
        const LETTERS: usize = 80;
        let mut sequence = String::new();
        if self.title {
            let short: String = title.chars().take(LETTERS).collect();
            // Writing to a string cannot fail.
            let _ = write!(sequence, "\x1b]2;{}\x1b\\", Escaped(short));
        }
        sequence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(answers: &str, term: &str) -> Protocols {
        let environment = Environment::read(|name| (name == "TERM").then(|| term.to_owned()));
        Protocols::of(&Replies::read(answers.replace('^', "\u{1b}").as_bytes()), &environment)
    }

    #[test]
    fn only_what_the_terminal_has_is_set_and_all_of_it_is_unset() {
        let kitty = of("^[?2026;2$y^[?1004;2$y^[?2031;2$y^[?0u^[?62c", "xterm-kitty");
        assert_eq!(kitty.enter(), "\u{1b}[22;2t\u{1b}[?1004h\u{1b}[?2031h\u{1b}[>1u");
        assert_eq!(kitty.leave(), "\u{1b}[?2026l\u{1b}[<1u\u{1b}[?2031l\u{1b}[?1004l\u{1b}[23;2t");
        // 0: unknown to it; 4: it can never be set.
        let old = of("^[?2026;0$y^[?1004;4$y^[?2031;0$y^[?62c", "xterm");
        assert_eq!(old, Protocols { title: true, ..Protocols::default() });
        assert_eq!(of("^[?6c", "linux"), Protocols::default());
        assert_eq!(of("", "xterm"), Protocols::default());
        assert_eq!((of("", "xterm").enter(), of("", "xterm").leave()), (String::new(), String::new()));
    }

    #[test]
    fn a_title_is_no_command() {
        let all = of("^[?62c", "xterm");
        assert_eq!(all.titled("خبر\u{1b}\\\u{7}\u{9c}"), "\u{1b}]2;خبر\\u{1b}\\\\u{7}\\u{9c}\u{1b}\\");
        assert_eq!(Protocols::default().titled("خبر"), "");
        assert_eq!(all.titled(&"ب".repeat(999)).chars().count(), 80 + 6);
    }
}
