//! A screen of whole lines, for the plain mode: a row that has changed is written from its beginning to its end, so that a
//! screen reader says it whole, and the cursor is put where it is read.
//!
//! VTE tells a screen reader only what lies between the first letter of the screen that has changed and the last one: where
//! «person …, paragraph 2 of 5» took the place of «place …», Orca 43 said «erson», and of «paragraph 3 of 5» it said
//! «paragraph 3». The row that says what is under the cursor therefore begins and ends with another letter each time.

use std::fmt::Write;

/// What is on the screen.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    rows: Vec<String>,
    cursor: Option<(u16, u16)>,
    columns: u16,
    /// The row that says what is under the cursor, as it was written.
    said: String,
}

impl Lines {
    /// What is to be written so that the screen shows these rows, and the cursor stands in a column of a row; nothing where
    /// it does so already. The rows hold no control characters. `said` is the number of the row that says what is under the
    /// cursor; it has two columns to spare.
    pub fn frame(&mut self, rows: Vec<String>, said: Option<usize>, cursor: (u16, u16), columns: u16) -> String {
        let mut out = String::new();
        if self.columns != columns || self.rows.len() != rows.len() {
            // A terminal that changes its size moves its rows about.
            *self = Self { columns, ..Self::default() };
            out.push_str("\x1b[0m\x1b[2J");
        }
        for (number, row) in rows.iter().enumerate() {
            let before = self.rows.get(number).map_or("", String::as_str);
            if before != row {
                let row = if said == Some(number) {
                    self.said = apart(row, &self.said);
                    &self.said
                } else {
                    row
                };
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

/// A row that begins and ends otherwise than what stood there before: with a blank before it, and a full stop after it,
/// where the letters would be the same.
fn apart(row: &str, before: &str) -> String {
    let begins = row.chars().next().filter(|first| before.starts_with(*first)).map_or("", |_| " ");
    let ends = match row.chars().next_back().filter(|last| before.ends_with(*last)) {
        None => "",
        Some('.') => ";",
        Some(_) => ".",
    };
    format!("{begins}{row}{ends}")
}

#[cfg(test)]
mod tests {
    use super::{Lines, apart};

    fn rows(rows: &[&str]) -> Vec<String> {
        rows.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_has_changed_is_written_in_whole_rows_and_the_cursor_last() {
        let mut lines = Lines::default();
        let first = lines.frame(rows(&["سلام", "", "a"]), None, (0, 0), 20);
        assert_eq!(first, "\x1b[0m\x1b[2J\x1b[1;1H\x1b[2Kسلام\x1b[3;1H\x1b[2Ka\x1b[1;1H\x1b[?25h");
        assert_eq!(lines.frame(rows(&["سلام", "", "a"]), None, (0, 0), 20), "");
        assert_eq!(lines.frame(rows(&["سلام", "", "a"]), None, (2, 0), 20), "\x1b[1;3H\x1b[?25h");
        assert_eq!(lines.frame(rows(&["سلام", "", "ab"]), None, (2, 0), 20), "\x1b[3;1H\x1b[2Kab\x1b[1;3H\x1b[?25h");
        // What is gone is erased; another size is another screen.
        assert_eq!(lines.frame(rows(&["", "", "ab"]), None, (2, 0), 20), "\x1b[1;1H\x1b[2K\x1b[1;3H\x1b[?25h");
        assert!(lines.frame(rows(&["", "", "ab"]), None, (2, 0), 21).starts_with("\x1b[0m\x1b[2J"));
        lines.forget();
        assert!(lines.frame(rows(&["", "", "ab"]), None, (2, 0), 21).starts_with("\x1b[0m\x1b[2J"));
    }

    #[test]
    fn what_is_said_differs_from_what_was_said_in_its_first_and_last_letter() {
        let mut lines = Lines::default();
        let mut said = |text: &str| {
            let frame = lines.frame(rows(&["سلام", text]), Some(1), (0, 0), 40);
            let (_, row) = frame.rsplit_once("\x1b[2K").unwrap();
            row.split('\x1b').next().unwrap().to_owned()
        };
        let told: Vec<String> =
            ["person A, 12 of 5", "place B, 2 of 5", "place C, 3 of 5", "no", "yes."].map(&mut said).into();
        assert_eq!(told, ["person A, 12 of 5", " place B, 2 of 5.", "place C, 3 of 5", "no", "yes."]);
        for pair in told.windows(2) {
            assert!(pair[0].chars().next() != pair[1].chars().next(), "{pair:?}");
            assert!(pair[0].chars().next_back() != pair[1].chars().next_back(), "{pair:?}");
        }
        assert_eq!(apart("yes.", "no."), "yes.;");
        // The same is not said again.
        assert_eq!(lines.frame(rows(&["سلام", "yes."]), Some(1), (0, 0), 40), "");
    }
}
