//! A row on a stream: for programs that print a page and end.

use std::fmt::Write;

use super::{Decision, Mode};
use crate::layout::{self, Glyph, Order, Row};

impl Decision {
    /// The order in which layout gives the cells of a row.
    #[must_use]
    pub const fn order(&self) -> Order {
        match (self.mode, self.mirrored) {
            (Mode::Explicit | Mode::Visual | Mode::Mlterm, _) => Order::Visual,
            (Mode::Override, _) => Order::Overridden,
            (Mode::Kitty, _) => Order::Kitty,
            (Mode::Logical, true) => Order::LogicalMirrored,
            (Mode::Logical, false) => Order::Logical,
            (Mode::Off, _) => Order::Bare,
        }
    }

    /// Who joins, in layout's terms.
    #[must_use]
    pub const fn shaping(&self) -> layout::Shaping {
        match (self.forms, self.ligatures) {
            (true, _) => layout::Shaping::Forms,
            (false, true) => layout::Shaping::Ligatures,
            (false, false) => layout::Shaping::None,
        }
    }

    /// A row as it is printed: a blank, then the pane of so many columns. `style` gives the sequences that set and
    /// unset a glyph's look, if it has one.
    pub fn line<'a>(
        &self,
        row: Row<'a>,
        pane: usize,
        style: impl Fn(&Glyph<'a>) -> Option<(&'static str, &'static str)>,
    ) -> String {
        let mut open = row.opening(self.order());
        let mut line = " ".to_owned();
        let mut column = 0;
        for glyph in row.emit(self.order(), pane) {
            let (set, unset) = style(&glyph).unwrap_or_default();
            // Writing to a string does not fail.
            let _ = write!(line, "{:1$}{open}", "", glyph.column.saturating_sub(column));
            let _ = write!(line, "{set}{}{unset}", glyph.symbol);
            column = glyph.column + glyph.width;
            open.clear();
        }
        let _ = write!(line, "{:1$}", "", pane.saturating_sub(column));
        line
    }

    /// What is written before and after printed rows: the sequences of the mode. The first is repeated in front of each
    /// row, since VTE applies the mode to rows that are erased after it.
    #[must_use]
    pub const fn around(&self) -> (&'static str, &'static str) {
        match self.mode {
            Mode::Explicit if self.was_explicit => ("\x1b[2K", ""),
            Mode::Explicit => ("\x1b[8l\x1b[1 k\x1b[2K", "\x1b[8h\x1b[0 k"),
            Mode::Mlterm => ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07"),
            Mode::Visual | Mode::Override | Mode::Logical | Mode::Kitty | Mode::Off => ("", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::{Environment, Overrides, Replies, decide};

    /// What a terminal is sent for one line in a pane of eight columns; `<` and `>` stand for the isolate, `_` for
    /// U+2066, `R`, `L` and `.` for the overrides and their end, `{` and `}` for the highlight of the second letter.
    fn sent(text: &str, mode: Mode, mirrored: bool) -> String {
        let mut decision = decide(&Replies::default(), &Environment::default(), &Overrides::default());
        (decision.mode, decision.mirrored, decision.forms, decision.ligatures) = (mode, mirrored, false, false);
        let options = layout::Options { width: 8, shaping: decision.shaping(), ..layout::Options::default() };
        let page = layout::paragraph(text, 0, &options, &[]);
        let style = |glyph: &Glyph<'_>| (glyph.source.start == 2).then_some(("{", "}"));
        let line = decision.line(page.row(0).unwrap(), 8, style);
        let marks = "\u{2067}<\u{2066}_\u{2069}>\u{202E}R\u{202D}L\u{202C}.".chars().collect::<Vec<_>>();
        let mark = |letter| marks.chunks(2).find(|pair| pair[0] == letter).map_or(letter, |pair| pair[1]);
        line.chars().map(mark).collect()
    }

    #[test]
    fn each_mode_has_its_bytes() {
        // Visual: the text's end is at the left; brackets are mirrored.
        assert_eq!(sent("نم (ab)", Mode::Visual, false), "  (ab) {م}ن");
        assert_eq!(sent("نم (ab)", Mode::Mlterm, false), "  (ab) {م}ن");
        assert_eq!(sent("نم (ab)", Mode::Override, false), "  L(ab) {م}ن.");
        assert_eq!(sent("نم (ab)", Mode::Logical, false), "  <Rن{م} (_Lab>)>");
        assert_eq!(sent("نم (ab)", Mode::Off, false), "  ن{م} (ab)");
        assert_eq!(sent("نم (س)", Mode::Visual, false), "   (س) {م}ن");
        assert_eq!(sent("نم (س)", Mode::Logical, false), "   <Rن{م} (س)>");
        assert_eq!(sent("نم (س)", Mode::Logical, true), "   <Rن{م} )س(>");
        // kitty turns the letters of a word round and leaves its colours where they are.
        assert_eq!(sent("نم (س)", Mode::Kitty, false), "   (س) {ن}م");
        assert_eq!(sent("ab ن", Mode::Logical, false), " _Lab{ <R}ن>>    ");
    }
}
