//! A search under way, piece by piece, so that no key waits for its end.

use crate::{
    arabic::normalize::Folded,
    text::{Document, Span},
};
use regex::{Regex, RegexBuilder};

/// A search under way: piece by piece, so that no key waits for its end. From where it began to the end of the text,
/// then from the beginning. A hit lies in one piece, so in one line.
#[derive(Clone, Debug)]
pub struct Scan {
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

impl Scan {
    /// A search for what was typed, exactly as it is spelled or not, as a regular expression or not, from the beginning of
    /// a line.
    ///
    /// # Errors
    /// What is wrong with the expression.
    pub fn new(query: &str, (exact, regex): (bool, bool), origin: usize) -> Result<Self, String> {
        let pattern = if regex { query.to_owned() } else { regex::escape(query) };
        let pattern = if exact { pattern } else { fold_pattern(&pattern) };
        match RegexBuilder::new(&pattern).case_insensitive(!exact).multi_line(true).build() {
            Ok(expression) => Ok(Self { expression, exact, origin, next: origin, before: None }),
            Err(error) => {
                let last = error.to_string().lines().last().unwrap_or_default().to_owned();
                Err(last.trim_start_matches("error: ").to_owned())
            }
        }
    }

    /// Searches one more piece; whether anything is left to search.
    pub fn advance(&mut self, document: &Document, hits: &mut Vec<Span>) -> bool {
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
    let mut folded = String::with_capacity(pattern.len());
    for letter in pattern.chars() {
        if letter.is_ascii() {
            folded.push(letter);
        } else {
            folded.push_str(&regex::escape(Folded::with_digits(letter.encode_utf8(&mut [0; 4])).as_str()));
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Origin, slice};

    fn all(scan: &mut Scan, document: &Document) -> Vec<Span> {
        let mut hits = Vec::new();
        while scan.advance(document, &mut hits) {}
        hits
    }

    fn found(query: &str, how: (bool, bool)) -> Vec<&'static str> {
        let document = Document::new("t", TEXT, Origin::default());
        let mut scan = Scan::new(query, how, 0).unwrap();
        all(&mut scan, &document).into_iter().map(|hit| slice(TEXT, hit)).collect()
    }

    #[test]
    fn piece_by_piece_and_around_the_end_every_hit_is_found_once_in_its_order() {
        let line = format!("{} نهر\n", "كلمة ".repeat(5000));
        let text = line.repeat(60);
        let document = Document::new("t", text.as_str(), Origin::default());
        let all: Vec<usize> = text.match_indices("نهر").map(|(at, _)| at).collect();
        for origin in [0, line.len(), line.len() * 31, line.len() * 60] {
            let mut scan = Scan::new("نهر", (false, false), origin).unwrap();
            let (mut hits, mut pieces) = (Vec::new(), 1);
            while scan.advance(&document, &mut hits) {
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
        let forgiving = (false, false);
        assert_eq!(found("انقرة", forgiving), ["أَنْقَرة", "انقره", "أنقـــرة"]);
        assert_eq!(found("25", forgiving), ["٢٥", "25"]);
        assert_eq!(found("٢٥", forgiving), ["٢٥", "25"]);
        assert_eq!(found("nato", forgiving), ["NATO"]);
        let exact = (true, false);
        assert_eq!(found("انقره", exact), ["انقره"]);
        assert_eq!(found("nato", exact), [""; 0]);
    }

    #[test]
    fn expressions_mean_something_only_where_they_are_wanted() {
        assert_eq!(found("و..ر", (false, false)), [""; 0]);
        let expression = (false, true);
        assert_eq!(found(r"وز\w+", expression), ["وزيرا"]);
        assert_eq!(found("أ(نقرة|ثينا)", expression).len(), 3);
        assert!(Scan::new("(", expression, 0).unwrap_err().contains("unclosed group"));
    }
}
