//! Search: what is typed, how it is meant, and where it is found.

use crate::{
    arabic::normalize::{Folded, fold_letter},
    text::{Document, Span},
};
use regex::{Regex, RegexBuilder};

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
    /// The search that is under way.
    pub hunt: Option<Hunt>,
    /// What [`Self::hunt`] has not done yet: shown its first hit, gone there because Enter was pressed.
    pub(super) due: Due,
    /// The document, and its length in bytes, that was last searched to its end.
    pub(super) searched: Option<(usize, usize)>,
}

/// What is to be done when a search has its first hit, or has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Due {
    #[default]
    Nothing,
    Show,
    ShowAndEnter,
}

/// A search under way: piece by piece, so that no key waits for its end. From where it began to the end of the text,
/// then from the beginning. A hit lies in one piece, so in one line.
#[derive(Clone, Debug)]
pub struct Hunt {
    expression: Regex,
    exact: bool,
    origin: usize,
    next: usize,
    /// How many hits lie before the origin; none while what comes after it is searched.
    before: Option<usize>,
}

/// Bytes that are searched at a time; with the drawing of a frame less than 8 ms (benches/frame.rs).
const PIECE: usize = 1 << 17;

/// The search ends with the piece that has as many hits; more help nobody.
const HITS: usize = 100_000;

impl Search {
    /// Begins to search from a place: the beginning of a line. Sets or clears [`Search::fault`].
    pub fn begin(&mut self, origin: usize) {
        (self.fault, self.hunt, self.due, self.searched) = (None, None, Due::Nothing, None);
        if self.query.trim().is_empty() {
            return;
        }
        let pattern = if self.regex { self.query.clone() } else { regex::escape(&self.query) };
        let pattern = if self.exact { pattern } else { fold_pattern(&pattern) };
        match RegexBuilder::new(&pattern).case_insensitive(!self.exact).multi_line(true).build() {
            Ok(expression) => {
                self.hunt = Some(Hunt { expression, exact: self.exact, origin, next: origin, before: None });
            }
            Err(error) => {
                let last = error.to_string().lines().last().unwrap_or_default().to_owned();
                self.fault = Some(last.trim_start_matches("error: ").to_owned());
            }
        }
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

impl Hunt {
    /// Searches one more piece; whether anything is left to search.
    pub fn go_on(&mut self, document: &Document, hits: &mut Vec<Span>) -> bool {
        let mut room = PIECE;
        while hits.len() < HITS {
            let stop = if self.before.is_some() { self.origin } else { document.text().len() };
            let far = self.next + room;
            let end = if far < stop { document.paragraph_at(far).end.min(stop) } else { stop };
            let piece = Span::new(self.next, end);
            let found = self.find(document.slice(piece)).map(|hit| hit.shifted(piece.start));
            match &mut self.before {
                None => hits.extend(found),
                Some(before) => {
                    let (at, old) = (*before, hits.len());
                    hits.splice(at..at, found);
                    *before += hits.len() - old;
                }
            }
            self.next = end;
            if end == stop {
                if self.before.is_some() || self.origin == 0 {
                    return false;
                }
                (self.before, self.next) = (Some(0), 0);
            }
            match room.checked_sub(piece.len()) {
                Some(rest @ 1..) => room = rest,
                _ => return true,
            }
        }
        false
    }

    fn find(&self, text: &str) -> std::vec::IntoIter<Span> {
        let hits = |text: &str| -> Vec<Span> {
            let found = self.expression.find_iter(text).map(|hit| Span::new(hit.start(), hit.end()));
            found.filter(|hit| !hit.is_empty()).take(HITS).collect()
        };
        let found = if self.exact {
            hits(text)
        } else {
            let folded = Folded::with_digits(text);
            hits(folded.as_str()).into_iter().map(|hit| folded.span(hit)).collect()
        };
        found.into_iter()
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
    use crate::text::{Origin, slice};

    fn found<'a>(search: &mut Search, query: &str, text: &'a str) -> Vec<&'a str> {
        let document = Document::new("t", text, Origin::default());
        search.query = query.to_owned();
        search.begin(0);
        let mut hits = Vec::new();
        while search.hunt.as_mut().is_some_and(|hunt| hunt.go_on(&document, &mut hits)) {}
        hits.into_iter().map(|hit| slice(text, hit)).collect()
    }

    #[test]
    fn piece_by_piece_and_around_the_end_every_hit_is_found_once_in_its_order() {
        let line = format!("{} نهر\n", "كلمة ".repeat(5000));
        let text = line.repeat(60);
        let document = Document::new("t", text.as_str(), Origin::default());
        let all: Vec<usize> = text.match_indices("نهر").map(|(at, _)| at).collect();
        for origin in [0, line.len(), line.len() * 31, line.len() * 60] {
            let mut search = Search { query: "نهر".to_owned(), ..Search::default() };
            search.begin(origin);
            let (mut hits, mut pieces) = (Vec::new(), 1);
            let mut hunt = search.hunt.unwrap();
            while hunt.go_on(&document, &mut hits) {
                pieces += 1;
                assert!(hits.is_sorted());
            }
            assert_eq!(hits.iter().map(|hit| hit.start).collect::<Vec<_>>(), all, "from {origin}");
            assert!(pieces > 2, "{pieces}");
        }
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
