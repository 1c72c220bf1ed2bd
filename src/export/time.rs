//! Moments as other tools write them: RFC 3339.

pub(super) use crate::annotation::timestamp as written;

/// The other way. Parts of a second are dropped, an offset from UTC is taken off; none for anything else and for what
/// was before 1970.
pub(super) fn read(words: &str) -> Option<u64> {
    let number = |from: usize, to: usize| words.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hours, minutes, seconds) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year < 1970 {
        return None;
    }
    let (year, shifted) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year / 400, year % 400);
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * shifted + 2) / 5 + day - 1;
    let utc = days.checked_sub(719_468)? * 86_400 + hours * 3600 + minutes * 60 + seconds;
    let zone = words.get(19..)?.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    let offset = || Some(zone.get(1..3)?.parse::<u64>().ok()? * 3600 + zone.get(4..6)?.parse::<u64>().ok()? * 60);
    match zone.get(..1)? {
        "Z" => Some(utc),
        "+" => utc.checked_sub(offset()?),
        "-" => Some(utc + offset()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_moment_as_people_write_it() {
        for (seconds, words) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_796_000_000, "2026-11-30T00:53:20Z"),
        ] {
            assert_eq!(super::written(seconds), words);
            assert_eq!(super::read(words), Some(seconds));
        }
        assert_eq!(super::read("2000-02-29T02:30:00.125+02:30"), Some(951_782_400));
        assert_eq!(super::read("2000-02-28T22:00:00-02:00"), Some(951_782_400));
        for wrong in
            ["", "2000", "2000-13-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T00:00:00 ", "٢٠٠٠-02-29T0"]
        {
            assert_eq!(super::read(wrong), None, "{wrong}");
        }
    }
}
