//! Copying through the terminal (OSC 52), which also works over ssh.

use crossterm::{Command, clipboard::CopyToClipboard};

/// The most that is sent, in bytes of text. Terminals that have a limit take a sequence of 100,000 bytes (hterm, and
/// the editors that copy this way): 99,992 of Base64.
pub const LIMIT: usize = 74_994;

/// More text than terminals take; a file can take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} bytes are more than terminals take to the clipboard ({LIMIT})")]
pub struct TooLong(pub usize);

/// What puts text on the clipboard: the letters as they are in the document, in logical order, without the control
/// characters that a shell would obey when it is pasted.
///
/// # Errors
/// Where the text is longer than [`LIMIT`].
pub fn copy(text: &str) -> Result<String, TooLong> {
    let clean = plain(text);
    if clean.len() > LIMIT {
        return Err(TooLong(clean.len()));
    }
    let mut sequence = String::new();
    // Writing to a string does not fail.
    let _ = CopyToClipboard::to_clipboard_from(clean).write_ansi(&mut sequence);
    Ok(sequence)
}

/// Text as it goes to the clipboard or into a file: no control characters but line ends and tabs.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_in_logical_order_and_in_base64() {
        // Base64 by coreutils: printf 'قال «نعم»' | base64
        assert_eq!(copy("قال «نعم»").unwrap(), "\u{1b}]52;c;2YLYp9mEIMKr2YbYudmFwrs=\u{1b}\\");
    }

    #[test]
    fn nothing_that_a_shell_obeys_is_copied() {
        assert_eq!(plain("سطر\r\nثان\t\u{1b}[31m\u{7f}\u{9b}m\u{0}"), "سطر\nثان\t[31mm");
    }

    #[test]
    fn more_than_terminals_take_is_an_error() {
        let most = "س".repeat(LIMIT / 2);
        assert_eq!(copy(&most).unwrap().len(), 99_992 + "\u{1b}]52;c;\u{1b}\\".len());
        assert_eq!(copy(&(most + "س")), Err(TooLong(LIMIT + 2)));
    }
}
