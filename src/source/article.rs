//! What the formats have in common: an article's parts, and the text that they become.

use crate::text::{Document, LeftOut, Origin};
use std::collections::BTreeMap;

/// An article taken out of its format.
#[derive(Debug, Default)]
pub struct Article {
    /// Headline, byline and date, as far as there are any.
    pub head: Vec<String>,
    /// In order, without line ends.
    pub paragraphs: Vec<String>,
    /// What the text does not have, by name.
    pub left_out: BTreeMap<&'static str, usize>,
}

impl Article {
    /// One more of these is left out.
    pub fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Its text: a line for each part of the head, an empty line, a line for each paragraph.
    pub fn document(self, id: String, mut origin: Origin) -> Document {
        let mut text = String::new();
        for line in &self.head {
            text.extend([line, "\n"]);
        }
        if !self.head.is_empty() && !self.paragraphs.is_empty() {
            text.push('\n');
        }
        for paragraph in &self.paragraphs {
            text.extend([paragraph, "\n"]);
        }
        let left_out = self.left_out.into_iter().filter(|(_, count)| *count > 0);
        origin.left_out.extend(left_out.map(|(what, count)| LeftOut { what: what.to_owned(), count }));
        Document::new(id, text, origin)
    }
}

/// Paragraphs that grow as text comes in, with white space as HTML has it: a run of it is one space, none at the edges.
/// Spaces that do not break are kept but for those at the edges, which old pages indent with.
#[derive(Debug, Default)]
pub struct Paragraphs {
    done: Vec<String>,
    line: String,
    space: bool,
}

impl Paragraphs {
    /// More of the present paragraph.
    pub fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = true;
            } else if letter != '\u{a0}' || !self.line.is_empty() {
                if self.space && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.space = false;
                self.line.push(letter);
            }
        }
    }

    /// More of it, where line ends are line ends.
    pub fn push_lines(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end();
            }
            self.line.push_str(line.trim_end_matches('\r'));
        }
    }

    /// The present paragraph is over.
    pub fn end(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.truncate(line.trim_end_matches('\u{a0}').len());
        if !line.trim().is_empty() {
            self.done.push(line);
        }
        self.space = false;
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<String> {
        self.end();
        self.done
    }
}
