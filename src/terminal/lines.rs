//! A screen of whole lines, for the plain mode: a row that has changed is written from its beginning to its end, so that a
//! screen reader says it whole, and the cursor is put where it is read.

use std::fmt::Write;

/// What is on the screen.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    rows: Vec<String>,
    cursor: Option<(u16, u16)>,
    columns: u16,
}

impl Lines {
    /// What is to be written so that the screen shows these rows, and the cursor stands in a column of a row; nothing where
    /// it does so already. The rows hold no control characters.
    pub fn frame(&mut self, rows: Vec<String>, cursor: (u16, u16), columns: u16) -> String {
        let mut out = String::new();
        if self.columns != columns || self.rows.len() != rows.len() {
            // A terminal that changes its size moves its rows about.
            *self = Self { columns, ..Self::default() };
            out.push_str("\x1b[0m\x1b[2J");
        }
        for (number, row) in rows.iter().enumerate() {
            let before = self.rows.get(number).map_or("", String::as_str);
            if before != row {
                // Writing to a string does not fail.
                let _ = write!(out, "\x1b[{};1H\x1b[2K{row}", number + 1);
            }
        }
        if !out.is_empty() || self.cursor != Some(cursor) {
            let _ = write!(out, "\x1b[{};{}H\x1b[?25h", u32::from(cursor.1) + 1, u32::from(cursor.0) + 1);
        }
        (self.rows, self.cursor) = (rows, Some(cursor));
        out
    }

    /// The screen was given away: the next frame is written whole.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn rows(rows: &[&str]) -> Vec<String> {
        rows.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_has_changed_is_written_in_whole_rows_and_the_cursor_last() {
        let mut lines = Lines::default();
        let first = lines.frame(rows(&["سلام", "", "a"]), (0, 0), 20);
        assert_eq!(first, "\x1b[0m\x1b[2J\x1b[1;1H\x1b[2Kسلام\x1b[3;1H\x1b[2Ka\x1b[1;1H\x1b[?25h");
        assert_eq!(lines.frame(rows(&["سلام", "", "a"]), (0, 0), 20), "");
        assert_eq!(lines.frame(rows(&["سلام", "", "a"]), (2, 0), 20), "\x1b[1;3H\x1b[?25h");
        assert_eq!(lines.frame(rows(&["سلام", "", "ab"]), (2, 0), 20), "\x1b[3;1H\x1b[2Kab\x1b[1;3H\x1b[?25h");
        // What is gone is erased; another size is another screen.
        assert_eq!(lines.frame(rows(&["", "", "ab"]), (2, 0), 20), "\x1b[1;1H\x1b[2K\x1b[1;3H\x1b[?25h");
        assert!(lines.frame(rows(&["", "", "ab"]), (2, 0), 21).starts_with("\x1b[0m\x1b[2J"));
        lines.forget();
        assert!(lines.frame(rows(&["", "", "ab"]), (2, 0), 21).starts_with("\x1b[0m\x1b[2J"));
    }
}
