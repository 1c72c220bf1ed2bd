//! Lines in words, and the rows of the screen that they take.

use crate::{
    layout::{self, Direction, Order, Row},
    tui::{app::Config, strings::Phrase},
};

/// Lines to read: what they are, the lines, what is known of the chosen one.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What stands above the lines.
    pub head: Vec<String>,
    /// The lines.
    pub lines: Vec<String>,
    /// Which of them is chosen.
    pub choice: Option<usize>,
    /// The number of the chosen line, from 0, and of how many, where that is worth saying.
    pub place: Option<(usize, usize)>,
    /// What stands below the lines.
    pub foot: Vec<String>,
}

impl Sheet {
    /// The chosen line in words.
    pub fn said(&self, config: &Config) -> String {
        let chosen = self.choice.and_then(|choice| self.lines.get(choice)).cloned();
        let place = self.place.map(|(at, total)| {
            let (at, total) = (config.number(at + 1), config.number(total));
            config.text(Phrase::PlainLine { at: &at, total: &total })
        });
        let parts: Vec<String> = chosen.into_iter().chain(place).filter(|part| !part.is_empty()).collect();
        parts.join(&config.text(Phrase::Comma))
    }

    /// At most so many rows of so many columns, and on which of them the chosen line begins. The head stays; of the lines
    /// there are those around the chosen one, of the foot what there is room for.
    pub fn rows(&self, config: &Config, (columns, height): (u16, usize)) -> (Vec<String>, Option<usize>) {
        let wrap = |lines: &[String]| -> Vec<String> {
            lines.iter().flat_map(|line| wrapped(line, config, columns)).collect()
        };
        let mut rows = wrap(&self.head);
        rows.truncate(height / 2);
        let foot = wrap(&self.foot);
        // The foot has at most a third, where the lines need the rest.
        let blocks: Vec<Vec<String>> = self.lines.iter().map(|line| wrapped(line, config, columns)).collect();
        let needed: usize = blocks.iter().map(Vec::len).sum();
        let left = height.saturating_sub(rows.len());
        let below = if foot.is_empty() { 0 } else { (foot.len() + 1).min((left / 3).max(left.saturating_sub(needed))) };
        let room = left - below.min(left);
        let choice = self.choice.unwrap_or_default();
        let mut first = 0;
        let mut used: usize = blocks.iter().take(choice + 1).map(Vec::len).sum();
        while used > room && first < choice {
            used -= blocks.get(first).map_or(0, Vec::len);
            first += 1;
        }
        let above: usize = blocks.iter().take(choice).skip(first).map(Vec::len).sum();
        let at = self.choice.map(|_| rows.len() + above);
        let end = rows.len() + room;
        rows.extend(blocks.into_iter().skip(first).flatten());
        rows.truncate(end);
        if below > 1 {
            rows.push(String::new());
            rows.extend(foot.into_iter().take(below - 1));
        }
        (rows, at)
    }
}

/// A text on as many rows as it takes, in the order in which it is read.
pub fn wrapped(text: &str, config: &Config, columns: u16) -> Vec<String> {
    let options = layout::Options { width: usize::from(columns).max(1), ..options(config) };
    let rows = |line: &str| -> Vec<String> {
        layout::paragraph(line, 0, &options, &[]).iter().map(|row| words(row, config.order).0).collect()
    };
    text.lines().flat_map(rows).collect()
}

/// How many columns a text takes.
pub fn columns(text: &str, config: &Config) -> usize {
    layout::line(text, &layout::Options { width: usize::MAX >> 16, ..options(config) }).row(0).map_or(0, Row::width)
}

fn options(config: &Config) -> layout::Options {
    let direction = if config.strings.rtl { Direction::AutoRtl } else { Direction::Auto };
    layout::Options { direction, invisibles: false, ..config.layout }
}

/// The words of a row from the first column on, and the column of each place of the text that they come from.
pub fn words(row: Row<'_>, order: Order) -> (String, Vec<(usize, crate::text::Span)>) {
    let pane = row.width() + row.margin();
    let mut words: String = row.marker(order, pane).iter().map(|glyph| glyph.symbol.as_ref()).collect();
    if !words.is_empty() {
        words.push(' ');
    }
    let before = if words.is_empty() { 0 } else { row.margin() };
    words.push_str(&row.opening(order));
    let glyphs = row.emit(order, pane);
    let first = glyphs.first().map_or(0, |glyph| glyph.column);
    let places = glyphs.iter().map(|glyph| (before + glyph.column.saturating_sub(first), glyph.source)).collect();
    words.extend(glyphs.iter().map(|glyph| glyph.symbol.as_ref()));
    words.truncate(words.trim_end_matches(' ').len());
    (words, places)
}
