//! Standard output. A document's own characters can pass for commands on a terminal, whatever JSON or Markdown makes of
//! them; so where it is a terminal that reads, they go out as pictures. A pipe or a file gets every byte as it is.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Standard output for a program that others read from: buffered, and an error rather than a panic when it is closed.
pub fn output() -> BufWriter<Output> {
    let lock = io::stdout().lock();
    let terminal = lock.is_terminal();
    BufWriter::new(Output { lock, terminal, begun: Vec::new() })
}

/// Standard output for what may command the terminal: colours that we chose ourselves.
pub fn commands() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// The writer behind [`output`].
pub struct Output {
    lock: StdoutLock<'static>,
    terminal: bool,
    /// The beginning of a character whose end is in the next write.
    begun: Vec<u8>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.lock.write(bytes);
        }
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        self.lock.write_all(harmless(&String::from_utf8_lossy(&text)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock.flush()
    }
}

/// A text in which nothing is a command: control characters as their pictures (U+2400 and on), what has none, and what
/// turns text around, as U+FFFD. Line ends and tabs stay.
fn harmless(text: &str) -> String {
    let harmless = |letter: char| match letter {
        '\n' | '\t' => letter,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(harmless("خبر\t\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}!\n"), "خبر\t␛]0;x␇\u{fffd}2J␡\u{fffd}!\n");
    }
}
