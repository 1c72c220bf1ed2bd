//! Search: what is typed, how it is meant, and where it is found.

use crate::{
    arabic::normalize::{Folded, fold_letter},
    text::Span,
};
use regex::RegexBuilder;

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What was typed.
    pub query: String,
    /// Only the very spelling; else hamza, ta marbuta, alef maqsura, vowel signs, tatweel, digits and case do not count.
    pub exact: bool,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Earlier ones, the latest last.
    pub history: Vec<String>,
    /// Which of them is in the line; none while something new is typed.
    pub recalled: Option<usize>,
    /// What is wrong with the expression.
    pub fault: Option<String>,
}

/// As many hits are kept; more help nobody.
const HITS: usize = 100_000;

impl Search {
    /// Finds all hits in a text, by position. Sets or clears [`Search::fault`].
    pub fn find(&mut self, text: &str) -> Vec<Span> {
        self.fault = None;
        if self.query.trim().is_empty() {
            return Vec::new();
        }
        let pattern = if self.regex { self.query.clone() } else { regex::escape(&self.query) };
        let pattern = if self.exact { pattern } else { fold_pattern(&pattern) };
        let built = RegexBuilder::new(&pattern).case_insensitive(!self.exact).multi_line(true).build();
        let expression = match built {
            Ok(expression) => expression,
            Err(error) => {
                let last = error.to_string().lines().last().unwrap_or_default().to_owned();
                self.fault = Some(last.trim_start_matches("error: ").to_owned());
                return Vec::new();
            }
        };
        let hits = |text: &str| {
            let found = expression.find_iter(text).map(|hit| Span::new(hit.start(), hit.end()));
            found.filter(|hit| !hit.is_empty()).take(HITS).collect::<Vec<Span>>()
        };
        if self.exact {
            return hits(text);
        }
        let folded = Folded::with_digits(text);
        hits(folded.as_str()).into_iter().map(|hit| folded.span(hit)).collect()
    }

    /// Remembers what was searched for.
    pub fn remember(&mut self) {
        self.recalled = None;
        if !self.query.is_empty() {
            self.history.retain(|earlier| *earlier != self.query);
            self.history.push(self.query.clone());
        }
    }

    /// Brings back an earlier search, or a later one again; an empty line after the latest.
    pub fn recall(&mut self, older: bool) {
        let now = self.recalled.unwrap_or(self.history.len());
        let next = if older { now.saturating_sub(1) } else { (now + 1).min(self.history.len()) };
        self.query = self.history.get(next).cloned().unwrap_or_default();
        self.recalled = (next < self.history.len()).then_some(next);
    }
}

/// Folds the Arabic letters of a pattern and leaves the rest alone, which may mean something.
fn fold_pattern(pattern: &str) -> String {
    let letters =
        pattern.chars().filter_map(|letter| if letter.is_ascii() { Some(letter) } else { fold_letter(letter) });
    letters.map(digit).collect()
}

fn digit(letter: char) -> char {
    match letter {
        '٠'..='٩' => char::from_u32(letter as u32 - 0x660 + 0x30).unwrap_or(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    fn found<'a>(search: &mut Search, query: &str, text: &'a str) -> Vec<&'a str> {
        search.query = query.to_owned();
        search.find(text).into_iter().map(|hit| slice(text, hit)).collect()
    }

    const TEXT: &str = "زار أَنْقَرة ثم انقره، وقال إنّ ٢٥ وزيرا في أنقـــرة. NATO عام 25";

    #[test]
    fn spelling_does_not_count_unless_asked() {
        let mut search = Search::default();
        assert_eq!(found(&mut search, "انقرة", TEXT), ["أَنْقَرة", "انقره", "أنقـــرة"]);
        assert_eq!(found(&mut search, "25", TEXT), ["٢٥", "25"]);
        assert_eq!(found(&mut search, "٢٥", TEXT), ["٢٥", "25"]);
        assert_eq!(found(&mut search, "nato", TEXT), ["NATO"]);
        search.exact = true;
        assert_eq!(found(&mut search, "انقره", TEXT), ["انقره"]);
        assert_eq!(found(&mut search, "nato", TEXT), [""; 0]);
    }

    #[test]
    fn expressions_mean_something_only_where_they_are_wanted() {
        let mut search = Search::default();
        assert_eq!(found(&mut search, "و..ر", TEXT), [""; 0]);
        search.regex = true;
        assert_eq!(found(&mut search, r"وز\w+", TEXT), ["وزيرا"]);
        assert_eq!(found(&mut search, "أ(نقرة|ثينا)", TEXT).len(), 3);
        assert_eq!(found(&mut search, "(", TEXT), [""; 0]);
        assert!(search.fault.unwrap().contains("unclosed group"));
    }

    #[test]
    fn earlier_searches_come_back() {
        let mut search = Search::default();
        for query in ["أول", "ثان", "أول"] {
            search.query = query.to_owned();
            search.remember();
        }
        assert_eq!(search.history, ["ثان", "أول"]);
        search.recall(true);
        assert_eq!(search.query, "أول");
        search.recall(true);
        search.recall(true);
        assert_eq!(search.query, "ثان");
        search.recall(false);
        search.recall(false);
        assert_eq!(search.query, "");
    }
}
