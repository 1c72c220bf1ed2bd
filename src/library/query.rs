//! The language of `rawi find`: words, "phrases", OR, NOT (or - before a word), NEAR, parentheses, and the fields
//! `person:`, `org:`, `place:`, `said-by:`, `role:`, `outlet:`, `since:`, `until:`. Words side by side have all to be
//! there; a * at a word's end stands for any ending.

use super::words::{folded, stem, words};
use crate::text::slice;

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded.
    pub word: String,
    /// Whether longer words count that begin with it.
    pub begins: bool,
}

/// What restricts documents without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Names a person.
    Person(String),
    /// Names an organization.
    Organization(String),
    /// Names a place.
    Place(String),
    /// Quotes a person or an organization; the words have to be in the quotes.
    SaidBy(String),
    /// Gives somebody a role that has these words.
    Role(String),
    /// Was published by.
    Outlet(String),
    /// Has this date or a later one.
    Since(String),
    /// Has this date or an earlier one; a month or a year counts to its end.
    Until(String),
}

/// A query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Words in a row; mostly one.
    Phrase(Vec<Term>),
    /// Phrases with at most so many words between them.
    Near(Vec<Vec<Term>>, u32),
    /// A restriction.
    Field(Field),
    /// All of them.
    All(Vec<Query>),
    /// One of them at least.
    Any(Vec<Query>),
    /// The opposite.
    Not(Box<Query>),
}

/// How far apart NEAR lets words be that does not say it.
const NEAR: u32 = 10;

/// How deep parentheses may lie in each other.
const DEEP: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Or,
    Not,
    Near(Option<u32>),
    Comma,
    Word(String),
    Quoted(String),
    Field(String, String),
}

/// Reads a query.
///
/// # Errors
/// One line that says what is wrong.
pub fn parse(text: &str) -> Result<Query, String> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, deep: 0 };
    let query = parser.any()?;
    match parser.peek() {
        None => Ok(query),
        Some(Token::Close) => Err("a parenthesis closes that was not opened".to_owned()),
        Some(token) => Err(format!("{token:?} is not understood where it stands")),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = |count: usize| rest.get(count..).unwrap_or_default();
        if let Some((token, length)) = match first {
            '(' => Some((Token::Open, 1)),
            ')' => Some((Token::Close, 1)),
            ',' | '،' => Some((Token::Comma, first.len_utf8())),
            _ => None,
        } {
            found.push(token);
            rest = after(length).trim_start();
            continue;
        }
        if is_quote(first) {
            let (quoted, left) = quoted(rest)?;
            found.push(Token::Quoted(quoted));
            rest = left.trim_start();
            continue;
        }
        if first == '-' && rest.chars().nth(1).is_some_and(|next| !next.is_whitespace()) {
            found.push(Token::Not);
            rest = after(1);
            continue;
        }
        let stop = |letter: char| letter.is_whitespace() || "()،,".contains(letter) || is_quote(letter);
        let end = rest.find(stop).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let left = after(end);
        match word.split_once(':') {
            Some((name, value)) if is_field(name) => {
                let (value, left) = if value.is_empty() && left.starts_with(is_quote) {
                    quoted(left)?
                } else {
                    (value.to_owned(), left)
                };
                if value.trim().is_empty() {
                    return Err(format!("{name}: what? (a name of several words stands in quotation marks)"));
                }
                found.push(Token::Field(name.to_owned(), value));
                rest = left.trim_start();
            }
            _ => {
                found.push(plain(word));
                rest = left.trim_start();
            }
        }
    }
    Ok(found)
}

fn plain(word: &str) -> Token {
    match word {
        "OR" | "|" => Token::Or,
        "NOT" => Token::Not,
        "AND" => Token::Word(String::new()),
        "NEAR" => Token::Near(None),
        _ => match word.strip_prefix("NEAR/").map(str::parse) {
            Some(Ok(distance)) => Token::Near(Some(distance)),
            _ => Token::Word(word.to_owned()),
        },
    }
}

const fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '«' | '»' | '“' | '”' | '„')
}

/// What stands in quotation marks, and what is left.
fn quoted(text: &str) -> Result<(String, &str), String> {
    let mut letters = text.char_indices();
    let start = letters.next().map_or(0, |(_, mark)| mark.len_utf8());
    let Some((end, mark)) = letters.find(|(_, letter)| is_quote(*letter)) else {
        return Err("a quotation mark is not closed".to_owned());
    };
    let inside = text.get(start..end).unwrap_or_default().to_owned();
    Ok((inside, text.get(end + mark.len_utf8()..).unwrap_or_default()))
}

fn is_field(name: &str) -> bool {
    matches!(name, "person" | "org" | "organization" | "place" | "said-by" | "role" | "outlet" | "since" | "until")
}

fn field(name: &str, value: &str) -> Result<Field, String> {
    let value = value.trim().to_owned();
    let date = |value: String| {
        let parts: Vec<&str> = value.split('-').collect();
        let digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let right = digits && parts.len() <= 3 && parts.first().is_some_and(|year| year.len() == 4);
        if right { Ok(value) } else { Err(format!("{name}:{value}: a date is 2026, 2026-11 or 2026-11-24")) }
    };
    Ok(match name {
        "person" => Field::Person(value),
        "org" | "organization" => Field::Organization(value),
        "place" => Field::Place(value),
        "said-by" => Field::SaidBy(value),
        "role" => Field::Role(value),
        "outlet" => Field::Outlet(value),
        "since" => Field::Since(date(value)?),
        _ => Field::Until(date(value)?),
    })
}

/// The terms of a word or of a phrase.
fn terms(text: &str) -> Vec<Term> {
    let found = words(text);
    let star = |end: usize| text.get(end..).is_some_and(|rest| rest.starts_with('*'));
    let term = |word: super::words::Word| Term { word: folded(slice(text, word.span)), begins: star(word.span.end) };
    found.into_iter().map(term).collect()
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    deep: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn any(&mut self) -> Result<Query, String> {
        self.deep += 1;
        if self.deep > DEEP {
            return Err("parentheses lie too deep in each other".to_owned());
        }
        let mut ways = vec![self.all()?];
        while self.peek() == Some(&Token::Or) {
            self.next();
            ways.push(self.all()?);
        }
        self.deep -= 1;
        Ok(if ways.len() > 1 { Query::Any(ways) } else { ways.remove(0) })
    }

    fn all(&mut self) -> Result<Query, String> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token::Close | Token::Or) => break,
                Some(Token::Comma) => {
                    self.next();
                }
                Some(_) => parts.extend(self.one()?),
            }
        }
        match parts.len() {
            0 => Err("there is nothing to look for".to_owned()),
            1 => Ok(parts.remove(0)),
            _ => Ok(Query::All(parts)),
        }
    }

    fn one(&mut self) -> Result<Option<Query>, String> {
        let first = match self.next() {
            Some(Token::Open) => {
                let inside = self.any()?;
                match self.next() {
                    Some(Token::Close) => inside,
                    _ => return Err("a parenthesis is not closed".to_owned()),
                }
            }
            Some(Token::Not) => match self.one()? {
                Some(query) => return Ok(Some(Query::Not(Box::new(query)))),
                None => return Err("NOT what?".to_owned()),
            },
            Some(Token::Field(name, value)) => Query::Field(field(&name, &value)?),
            Some(Token::Word(text) | Token::Quoted(text)) => match terms(&text) {
                terms if terms.is_empty() => return Ok(None),
                terms => Query::Phrase(terms),
            },
            Some(Token::Near(distance)) if self.peek() == Some(&Token::Open) => return self.near(distance).map(Some),
            Some(token) => return Err(format!("{token:?} is not understood where it stands")),
            None => return Err("the query ends too early".to_owned()),
        };
        let mut near = Vec::new();
        let mut furthest = 0;
        while let Some(Token::Near(distance)) = self.peek().cloned() {
            self.next();
            furthest = furthest.max(distance.unwrap_or(NEAR));
            match self.next() {
                Some(Token::Word(text) | Token::Quoted(text)) if !terms(&text).is_empty() => near.push(terms(&text)),
                _ => return Err("NEAR stands between two words or phrases".to_owned()),
            }
        }
        match (first, near.is_empty()) {
            (first, true) => Ok(Some(first)),
            (Query::Phrase(first), false) => {
                near.insert(0, first);
                Ok(Some(Query::Near(near, furthest)))
            }
            _ => Err("NEAR stands between two words or phrases".to_owned()),
        }
    }

    /// NEAR(one two, 5), as SQLite writes it.
    fn near(&mut self, mut distance: Option<u32>) -> Result<Query, String> {
        self.next();
        let mut phrases = Vec::new();
        loop {
            match self.next() {
                Some(Token::Close) => break,
                Some(Token::Comma) => match self.next() {
                    Some(Token::Word(number)) => distance = number.parse().ok(),
                    _ => return Err("after the comma of NEAR stands a number".to_owned()),
                },
                Some(Token::Word(text) | Token::Quoted(text)) => phrases.push(terms(&text)),
                _ => return Err("NEAR( … ) holds words and phrases".to_owned()),
            }
        }
        phrases.retain(|phrase| !phrase.is_empty());
        if phrases.len() < 2 {
            return Err("NEAR stands between two words or phrases".to_owned());
        }
        Ok(Query::Near(phrases, distance.unwrap_or(NEAR)))
    }
}

impl Query {
    /// The query in the language of FTS5; none where it asks for more than words, or for their absence.
    #[must_use]
    pub fn full_text(&self) -> Option<String> {
        let phrase = |terms: &[Term]| {
            let stems: Vec<&str> = terms.iter().map(|term| stem(&term.word)).collect();
            format!("\"{}\"", stems.join(" "))
        };
        let join = |parts: &[Self], word: &str| {
            let parts: Option<Vec<String>> = parts.iter().map(Self::full_text).collect();
            parts.map(|parts| format!("({})", parts.join(word)))
        };
        match self {
            Self::Phrase(terms) if terms.iter().any(|term| term.begins) => Some(beginning(terms)),
            Self::Phrase(terms) => Some(format!("stems : {}", phrase(terms))),
            Self::Near(phrases, distance) => {
                let phrases: Vec<String> = phrases.iter().map(|terms| phrase(terms)).collect();
                Some(format!("stems : NEAR({}, {distance})", phrases.join(" ")))
            }
            Self::All(parts) => join(parts, " AND "),
            Self::Any(parts) => join(parts, " OR "),
            Self::Field(_) | Self::Not(_) => None,
        }
    }
}

/// A phrase whose last word only begins so. What has lost its beginning is no beginning of a stem, so it is looked up
/// among the words as they stand, after everything that may be attached before the first of them.
fn beginning(terms: &[Term]) -> String {
    const ATTACHED: [&str; 14] = ["", "ال", "و", "وال", "ف", "فال", "ب", "بال", "ل", "لل", "ك", "كال", "ول", "وب"];
    let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
    let star = if terms.last().is_some_and(|term| term.begins) { " *" } else { "" };
    let ways: Vec<String> =
        ATTACHED.iter().map(|attached| format!("\"{attached}{}\"{star}", words.join(" "))).collect();
    format!("words : ({})", ways.join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(query: &str) -> String {
        parse(query).map_or_else(|error| error, |query| query.full_text().unwrap_or_else(|| format!("{query:?}")))
    }

    #[test]
    fn words_become_stems() {
        assert_eq!(text("قال"), r#"stems : "قال""#);
        assert_eq!(text("وزير الصحة"), r#"(stems : "زير" AND stems : "صحه")"#);
        assert_eq!(text(r#""الأمم المتحدة" OR للأمم"#), r#"(stems : "امم متحده" OR stems : "امم")"#);
        assert_eq!(text("«وزير الصحة»"), r#"stems : "زير صحه""#);
        assert!(text("وزار*").starts_with(r#"words : ("وزار" * OR "الوزار" * OR "#));
        assert_eq!(text("هدنة NEAR غزة"), r#"stems : NEAR("هدنه" "غزه", 10)"#);
        assert_eq!(text("هدنة NEAR/3 غزة"), text("NEAR(هدنة غزة, 3)"));
        assert_eq!(text("(قمة OR اجتماع) AND باريس"), r#"((stems : "قمه" OR stems : "اجتماع") AND stems : "اريس")"#);
    }

    #[test]
    fn fields_and_negations_stand_beside_the_words() {
        let Ok(Query::All(parts)) = parse(r#"قمة person:"سامر الخطيب" since:2026-11 -باريس"#) else {
            unreachable!("four parts")
        };
        assert_eq!(parts.get(1), Some(&Query::Field(Field::Person("سامر الخطيب".into()))));
        assert_eq!(parts.get(2), Some(&Query::Field(Field::Since("2026-11".into()))));
        assert!(matches!(parts.get(3), Some(Query::Not(_))));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(text(""), "there is nothing to look for");
        assert_eq!(text("(قمة"), "a parenthesis is not closed");
        assert_eq!(text("«قمة"), "a quotation mark is not closed");
        assert!(text("since:أمس").contains("a date is"));
        assert!(text("person:").contains("what?"));
        assert!(text(&"(".repeat(99_999)).contains("deep"));
    }
}
