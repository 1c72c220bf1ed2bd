//! Dates as Arabic pages, mails and chats write them, to the day: `28 آب/أغسطس 2013`, `17.03.2020`, `November 9, 2020`,
//! `2 تیر 1399`. The names of months and the words around dates are in `assets/dates.txt`.

use super::wordlists::entries;
use crate::arabic::normalize::{Folded, fold};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl std::fmt::Display for Day {
    /// As ISO 8601 has it: `2026-03-01`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Years of the Gregorian calendar that an article can be of.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2199;

/// Years of the Iranian calendar that are not also Gregorian years.
const PERSIAN_YEARS: std::ops::RangeInclusive<u32> = 1200..=1500;

struct Words {
    /// Month names, folded, to their number and whether they are Persian.
    months: HashMap<String, (u32, bool)>,
    /// What else may stand in a line that is nothing but a date, folded.
    others: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { months: HashMap::new(), others: HashSet::new() };
    for (section, line) in entries(include_str!("../../assets/dates.txt")) {
        let mut names = line.split_whitespace().map(|name| fold(&name.replace('_', " ")));
        if section == "word" {
            words.others.extend(names);
        } else if let Some(number) = names.next().and_then(|number| number.parse().ok()) {
            words.months.extend(names.map(|name| (name, (number, section == "persian month"))));
        }
    }
    words
});

/// A word of a line with dates in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    /// A number, and the sign right after it.
    Number(u32, Option<char>),
    Month(u32, bool),
    Word(&'a str),
}

/// The words of a line that [`Folded::with_digits`] folded.
fn tokens(line: &str) -> Vec<Token<'_>> {
    let words = || {
        let mut rest = line;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            let first = rest.chars().next()?;
            let same = |letter: &char| letter.is_alphanumeric() && letter.is_numeric() == first.is_numeric();
            let end = rest.char_indices().find(|(_, letter)| !same(letter)).map_or(rest.len(), |(at, _)| at);
            let (word, after) = rest.split_at_checked(end)?;
            rest = after;
            Some((word, after))
        })
    };
    let mut tokens = Vec::new();
    let mut words = words().peekable();
    while let Some((word, after)) = words.next() {
        if let Ok(number) = word.parse() {
            tokens.push(Token::Number(number, after.chars().next()));
            continue;
        }
        let two = words.peek().map(|(next, _)| format!("{word} {next}"));
        if let Some((month, persian)) = two.and_then(|two| WORDS.months.get(&two)) {
            words.next();
            tokens.push(Token::Month(*month, *persian));
        } else if let Some((month, persian)) = WORDS.months.get(word) {
            tokens.push(Token::Month(*month, *persian));
        } else {
            tokens.push(Token::Word(word));
        }
    }
    tokens
}

/// The first day that a line names; none where it names none with its year.
pub fn day(line: &str) -> Option<Day> {
    let folded = Folded::with_digits(line);
    let tokens = tokens(folded.as_str());
    numeric(&tokens).or_else(|| named(&tokens))
}

/// `2026-03-01`, `17.03.2020`, `1/3/2026`. Where the order is open the day comes before the month, as it does in Arabic.
fn numeric(tokens: &[Token<'_>]) -> Option<Day> {
    tokens.windows(3).find_map(|window| {
        let [Token::Number(first, Some(one)), Token::Number(second, Some(two)), Token::Number(third, _)] = window
        else {
            return None;
        };
        if one != two || !"-/.".contains(*one) {
            return None;
        }
        let (year, month, day) = if *first > 31 { (*first, *second, *third) } else { (*third, *second, *first) };
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        if PERSIAN_YEARS.contains(&year) { from_persian(year, month, day) } else { valid(year, month, day) }
    })
}

/// `28 آب/أغسطس 2013`, `November 9, 2020`.
fn named(tokens: &[Token<'_>]) -> Option<Day> {
    tokens.iter().enumerate().find_map(|(at, token)| {
        let Token::Month(month, persian) = *token else { return None };
        let number = |index: usize| match tokens.get(index) {
            Some(Token::Number(number, _)) => Some(*number),
            _ => None,
        };
        // The other name of the month stands between: `28 آب/أغسطس 2013`.
        let twin = |index: usize| matches!(tokens.get(index), Some(Token::Month(other, _)) if *other == month);
        let after = if twin(at + 1) { at + 2 } else { at + 1 };
        let before = at.checked_sub(1).and_then(number);
        let (day, year) = match (before, number(after)) {
            (Some(day), Some(year)) if day <= 31 && year > 31 => (day, year),
            (_, Some(day)) if day <= 31 => (day, number(after + 1)?),
            _ => return None,
        };
        if persian && PERSIAN_YEARS.contains(&year) { from_persian(year, month, day) } else { valid(year, month, day) }
    })
}

fn valid(year: u32, month: u32, day: u32) -> Option<Day> {
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let fits = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day);
    fits.then_some(Day { year, month, day })
}

/// The Gregorian day of one of the Iranian calendar, by its cycle of 33 years, which holds from 1178 to 1633.
fn from_persian(year: u32, month: u32, day: u32) -> Option<Day> {
    let days = if month < 7 { 31 } else { 30 };
    if !(1..=12).contains(&month) || !(1..=days).contains(&day) {
        return None;
    }
    let cycle = year + 1595;
    let before = if month < 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 };
    let mut rest = 365 * cycle + cycle / 33 * 8 + (cycle % 33).div_ceil(4) + day + before - 355_668;
    let mut gregorian = 400 * (rest / 146_097);
    rest %= 146_097;
    if rest > 36_524 {
        rest -= 1;
        gregorian += 100 * (rest / 36_524);
        rest %= 36_524;
        rest += u32::from(rest >= 365);
    }
    gregorian += 4 * (rest / 1461);
    rest %= 1461;
    if rest > 365 {
        gregorian += (rest - 1) / 365;
        rest = (rest - 1) % 365;
    }
    rest += 1;
    (1..=12).find_map(|month| {
        let length = (28..=31).rev().find(|day| valid(gregorian, month, *day).is_some())?;
        if rest <= length {
            return valid(gregorian, month, rest);
        }
        rest -= length;
        None
    })
}

/// Whether a line is a date with its year and nothing else, or says when something was changed last.
#[cfg(feature = "formats")]
pub fn is_date_line(line: &str) -> bool {
    let folded = Folded::with_digits(line);
    let tokens = tokens(folded.as_str());
    let known = |token: &Token<'_>| match token {
        Token::Number(..) | Token::Month(..) => true,
        Token::Word(word) => matches!(*word, "t" | "z") || WORDS.others.contains(*word),
    };
    let year = tokens
        .iter()
        .any(|token| matches!(token, Token::Number(year, _) if YEARS.contains(year) || PERSIAN_YEARS.contains(year)));
    let (dated, changed) = (day(line).is_some(), folded.as_str().starts_with("اخر تحديث"));
    let hijri = || tokens.len() > 3 && year;
    (2..20).contains(&tokens.len()) && tokens.iter().all(known) && (dated || changed || hijri())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        day(line).map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for (line, expected) in [
            ("2026-03-01T08:00:00Z", "2026-03-01"),
            ("٢٠٢٦-٠٣-٠١", "2026-03-01"),
            ("السبت، 5 شباط/فبراير 2011، آخر تحديث 14:00 (GMT+0300)", "2011-02-05"),
            ("نشر الأحد 12 تشرين الثاني / نوفمبر 2017 07:10 صباحا", "2017-11-12"),
            ("كانون الثاني 3, 2019", "2019-01-03"),
            ("July 4, 2021", "2021-07-04"),
            ("Thu, 20 Mar 2025 13:09:28 +0100", "2025-03-20"),
            ("GMT 10:15 05.11.2019 (محدثة GMT 11:00 06.11.2019)", "2019-11-05"),
            ("Published On 1/3/2026", "2026-03-01"),
            ("9/25/2018", "2018-09-25"),
            ("22 بهمن 1403 - 09:00", "2025-02-10"),
            ("1 فروردین 1400", "2021-03-21"),
            ("30 اسفند 1399", "2021-03-20"),
            ("1402/05/15", "2023-08-06"),
            ("31/2/2020", ""),
            ("15 مارس", ""),
            ("في 2020", ""),
            ("", ""),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn a_line_with_nothing_but_a_date_is_known() {
        for line in [
            "الأحد، 01 مارس 2026 10:15 ص",
            "1 مارس/ آذار 2026",
            "Published On 1/3/2026",
            "٢٠٢٦-٠٣-٠١",
            "2026-03-01T08:00:00Z",
            "تم نشره الجمعة 3 أيار / مايو 2019 09:22 مساءً",
            "آخر تحديث: الثلاثاء 10:00",
            "12 رمضان 1447 هـ",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["2026", "حصاد مارس 2026", "في مارس", "1 2 3", "من 2024 إلى 2026", "قتل 12 في 2020", ""]
        {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
