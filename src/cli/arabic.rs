//! Arabic on the terminal of whoever set the interface to Arabic: help, errors, `doctor`. What goes to a pipe or a file
//! stays English, since other programs read it.

pub mod errors;
pub mod help;
mod table;

use super::setup::Setup;
use crate::{
    layout::{self, Direction},
    terminal::{Decision, Environment, Overrides, Replies, decide},
    text::one_line,
};
use std::io::{self, IsTerminal, Write};

/// Columns of a page at most.
const WIDTH: usize = 100;

/// Whether what is written to this stream is to be Arabic.
pub fn wanted(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && Setup::read().strings().rtl
}

/// A value in an Arabic sentence, on one line, escaped and isolated (UAX #9): a path or an option keeps its direction.
pub fn isolated(value: &str) -> String {
    format!("\u{2068}{}\u{2069}", one_line(value))
}

/// Prints lines of Arabic on a terminal, each from the right edge, its indentation kept. The terminal is not asked what
/// it does with Arabic: its environment has to do, as what was typed ahead must not be lost.
pub fn print(text: &str, out: &mut impl Write) -> io::Result<()> {
    let environment = Environment::read(|name| std::env::var(name).ok());
    let decision = decide(&Replies::default(), &environment, &Overrides::default());
    print_as(text, &decision, out)
}

/// As [`print`], on a terminal that is known.
pub fn print_as(text: &str, decision: &Decision, out: &mut impl Write) -> io::Result<()> {
    let columns = crossterm::terminal::size().map_or(80, |size| usize::from(size.0)).clamp(20, WIDTH) - 1;
    let (before, after) = decision.around();
    for line in text.lines() {
        let words = line.trim_start_matches(' ');
        let indent = (line.len() - words.len()).min(columns / 2);
        let options = layout::Options {
            width: columns - indent,
            direction: Direction::Rtl,
            shaping: decision.shaping(),
            tashkeel: decision.tashkeel,
            ..layout::Options::default()
        };
        for row in layout::paragraph(&with_isolates(words), 0, &options, &[]).iter() {
            writeln!(out, "{before}{}", decision.line(row, columns - indent, |_| None).trim_end())?;
        }
    }
    write!(out, "{after}")?;
    out.flush()
}

/// A line in which what is Latin (a path, `--from`, `[FILE]...`) is isolated, so that its hyphens and brackets stay with
/// it.
fn with_isolates(line: &str) -> String {
    if line.contains('\u{2068}') {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut open = false;
    for word in line.split_inclusive(' ') {
        let latin = word.chars().any(|letter| letter.is_ascii_alphanumeric());
        let arabic = word.chars().any(|letter| ('\u{620}'..='\u{64a}').contains(&letter));
        match (open, !arabic && (latin || open)) {
            (false, true) => out.push('\u{2066}'),
            (true, false) => close(&mut out),
            _ => {}
        }
        open = !arabic && (latin || open);
        out.push_str(word);
    }
    if open {
        close(&mut out);
    }
    out
}

/// Ends an isolate before the blanks and the punctuation of the sentence around it.
fn close(out: &mut String) {
    let end = out.trim_end_matches([' ', '؛', '،', ':', '؟']).len();
    out.insert(end, '\u{2069}');
}

#[cfg(test)]
mod tests {
    use super::with_isolates;

    #[test]
    fn what_is_latin_keeps_its_hyphens_and_its_brackets() {
        let isolated = |line: &str| with_isolates(line).replace('\u{2066}', "<").replace('\u{2069}', ">");
        assert_eq!(isolated("اذكرها في --from ثم أعد"), "اذكرها في <--from> ثم أعد");
        assert_eq!(isolated("rawi [OPTIONS] [FILES]..."), "<rawi [OPTIONS] [FILES]...>");
        assert_eq!(isolated("يوجد rawi print؛ وهو كاف"), "يوجد <rawi print>؛ وهو كاف");
        assert_eq!(isolated("بلا لاتينية - هنا"), "بلا لاتينية - هنا");
    }
}
