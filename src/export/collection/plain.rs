//! Text of documents on its way into tables and pages.

/// A value, or nothing.
pub fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}

/// Without control characters, and without what turns text around.
pub fn clean(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' => letter,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(plain).collect()
}

/// One line, clean.
pub fn line(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text as HTML has it, on one line.
pub fn html(text: &str) -> String {
    line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Months as a row of blocks whose height is the count, with the first and the last month beside it.
#[must_use]
pub fn strip(months: &[(String, u64)]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = months.iter().map(|month| month.1).max().unwrap_or(1).max(1);
    let number = |month: &str| -> Option<u64> {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<u64>().ok()? * 12 + month.parse::<u64>().ok()?.saturating_sub(1))
    };
    let placed: Vec<(u64, u64)> = months.iter().filter_map(|(month, count)| Some((number(month)?, *count))).collect();
    let (Some(&(first, _)), Some(&(last, _))) = (placed.first(), placed.last()) else { return String::new() };
    // At most sixty columns: a long time has several months to a column.
    let step = (last - first) / 60 + 1;
    let mut columns = vec![0_u64; usize::try_from((last - first) / step + 1).unwrap_or(1)];
    for (month, count) in placed {
        let at = usize::try_from((month - first) / step).unwrap_or(0);
        if let Some(column) = columns.get_mut(at) {
            *column += count;
        }
    }
    let most = columns.iter().copied().max().unwrap_or(most).max(1);
    let block = |count: &u64| match count {
        0 => '·',
        count => {
            BLOCKS.get(usize::try_from((count * 8).div_ceil(most)).unwrap_or(8).clamp(1, 8) - 1).copied().unwrap_or('█')
        }
    };
    let row: String = columns.iter().map(block).collect();
    let name = |month: u64| format!("{:04}-{:02}", month / 12, month % 12 + 1);
    if first == last { format!("{} {row}", name(first)) } else { format!("{} {row} {}", name(first), name(last)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_a_strip() {
        let months = |counts: &[(&str, u64)]| {
            counts.iter().map(|(month, count)| ((*month).to_owned(), *count)).collect::<Vec<_>>()
        };
        assert_eq!(strip(&months(&[("2026-11", 3)])), "2026-11 █");
        assert_eq!(strip(&months(&[("2026-01", 1), ("2026-04", 8)])), "2026-01 ▁··█ 2026-04");
        assert_eq!(strip(&[]), "");
    }
}
