//! Text of others on its way to a person: [`Escaped`].

use std::fmt::{self, Write};

/// What something displays, as one line that a terminal obeys in nothing: what it could take for a command, what turns
/// the order of letters around, and ends of lines are written as escapes (`\u{1b}`). Whatever comes from outside (the
/// name of a file, a document, a configuration, an archive, a server, the error of another library) is printed through
/// it; tests/architecture.rs looks through every error for it.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<T>(pub T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

/// Writes on, with escapes.
struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            if is_command(letter) {
                write!(self.0, "{}", letter.escape_unicode())?;
            } else {
                self.0.write_char(letter)?;
            }
        }
        Ok(())
    }
}

/// Whether a terminal or a viewer could obey the character rather than show it: control characters, marks of direction,
/// isolates and overrides, separators of lines, invisible letters of tags.
#[must_use]
pub const fn is_command(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The most letters of a message: one line that can be read at a glance.
const LETTERS: usize = 200;

/// A message of one line, [`Escaped`], of at most 200 letters: of one that is longer the beginning and the end, since
/// the file is named first and the reason last.
#[must_use]
pub fn one_line(message: &str) -> String {
    let escaped = Escaped(message).to_string();
    let count = escaped.chars().count();
    if count <= LETTERS {
        return escaped;
    }
    let head = LETTERS / 2 - 1;
    let tail = LETTERS - head - 1;
    escaped.chars().take(head).chain(['…']).chain(escaped.chars().skip(count - tail)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let text = "خبر\n\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}!";
        assert_eq!(Escaped(text).to_string(), r"خبر\u{a}\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}!");
    }

    #[test]
    fn a_message_has_at_most_200_letters() {
        let long = format!("{}: no such file", "ب".repeat(900));
        let said = one_line(&long);
        assert_eq!(said.chars().count(), 200);
        assert!(said.starts_with("ببب") && said.ends_with("ب: no such file"), "{said}");
        assert_eq!(one_line("خبر"), "خبر");
    }
}
