//! Glyphs to words and lines.

use super::{
    order,
    sheet::{PlacedGlyph, Sheet, is_mark},
};
use unicode_normalization::UnicodeNormalization;

/// Letters of a line between two spaces, as they are seen from left to right.
#[derive(Clone, Debug, Default)]
pub struct PlacedWord {
    /// Letters and ligatures with their marks.
    pub pieces: Vec<String>,
    /// The left edge.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// How many of its glyphs have a meaning that their font does not say.
    pub unnamed: usize,
}

/// Words on one baseline, from left to right.
#[derive(Clone, Debug, Default)]
pub struct PlacedLine {
    /// The words.
    pub words: Vec<PlacedWord>,
    /// The baseline.
    pub base: f64,
    /// The size of most of its letters.
    pub size: f64,
}

impl PlacedLine {
    /// The left edge.
    pub fn left(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.left)
    }

    /// The right edge.
    pub fn right(&self) -> f64 {
        self.words.last().map_or(0.0, |word| word.right)
    }
}

/// Glyphs on other baselines than this share of their size away are on other lines.
const SAME_LINE: f64 = 0.25;

/// A gap of this share of the size of the letters is a space, where nothing tells better.
const SPACE: f64 = 0.18;

/// The same where the line has blanks of its own.
const WIDE: f64 = 0.35;

/// The lines of a page, from its top, of the glyphs that are turned by that many quarters.
pub fn lines(sheet: &Sheet, turned: u8) -> Vec<PlacedLine> {
    let mut letters: Vec<PlacedGlyph> = Vec::new();
    let mut marks = Vec::new();
    let shown = sheet.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.turned == turned);
    for (place, glyph) in shown {
        let text = plain(&glyph.text);
        if is_named_twice(&sheet.glyphs, place) {
            continue;
        }
        let glyph = PlacedGlyph { text, place, ..glyph.clone() };
        if glyph.is_mark() {
            marks.push(glyph);
        } else {
            letters.push(glyph);
        }
    }
    drop_doubles(&mut letters);
    let mut rows = rows(letters);
    for mark in marks {
        attach(&mut rows, &mark);
    }
    raise(&mut rows);
    let mut lines: Vec<PlacedLine> = rows.into_iter().filter_map(line).collect();
    lines.sort_by(|one, other| one.base.total_cmp(&other.base));
    lines
}

/// Whether a glyph without room of its own is named like the one beside it: some producers name each glyph of a mark and
/// its letter with both.
fn is_named_twice(glyphs: &[PlacedGlyph], place: usize) -> bool {
    let Some(glyph) = glyphs.get(place) else { return false };
    let is_thin = |glyph: &PlacedGlyph| glyph.width() < glyph.size * 0.02;
    let beside = |at: usize| {
        glyphs.get(at).filter(|other| other.text == glyph.text && (other.left - glyph.left).abs() < glyph.size)
    };
    let letter = glyph.text.chars().next().is_some_and(|letter| !is_mark(letter) && !letter.is_whitespace());
    let before = place.checked_sub(1).and_then(beside);
    is_thin(glyph) && letter && (before.is_some_and(|other| !is_thin(other)) || beside(place + 1).is_some())
}

/// Presentation forms as the letters that they are forms of; without invisible characters, and without the space that
/// stands in for the letter under a mark that has none.
fn plain(text: &str) -> String {
    let is_form = |letter: char| matches!(letter, '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdf9}' | '\u{fdfc}' | '\u{fe70}'..='\u{fefc}');
    let is_unseen = |letter: &char| {
        matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
            || (letter.is_control() && !letter.is_whitespace())
    };
    let mut plain = String::new();
    for letter in text.chars().filter(|letter| !is_unseen(letter)) {
        if is_form(letter) {
            let whole: String = std::iter::once(letter).nfkc().collect();
            plain.push_str(whole.trim());
        } else {
            plain.push(if letter.is_whitespace() { ' ' } else { letter });
        }
    }
    // A mark by itself is often named with a blank, which it stands on.
    if is_marks(plain.trim()) { plain.trim().to_owned() } else { plain }
}

/// As many glyphs at one place are compared.
const CROWD: usize = 40;

/// A letter that is drawn twice at its place, to look bold or to throw a shadow, is there once.
fn drop_doubles(letters: &mut Vec<PlacedGlyph>) {
    let mut order: Vec<usize> = (0..letters.len()).collect();
    let key = |at: usize| letters.get(at).map_or((0.0, 0.0), |glyph| (glyph.middle, glyph.base));
    order.sort_by(|&one, &other| key(one).0.total_cmp(&key(other).0));
    let mut double = vec![false; letters.len()];
    for (place, &at) in order.iter().enumerate() {
        let Some(glyph) = letters.get(at) else { continue };
        let near = glyph.size * 0.07;
        for &other in order.iter().skip(place + 1).take(CROWD) {
            let Some(next) = letters.get(other) else { continue };
            if next.middle - glyph.middle > near {
                break;
            }
            let same = (next.base - glyph.base).abs() < near
                && (next.left - glyph.left).abs() < near
                && (next.right - glyph.right).abs() < near
                && next.text == glyph.text
                && (next.size - glyph.size).abs() < near;
            if same
                && !glyph.text.trim().is_empty()
                && let Some(double) = double.get_mut(at.max(other))
            {
                *double = true;
            }
        }
    }
    let mut double = double.into_iter();
    letters.retain(|_| !double.next().unwrap_or_default());
}

/// Glyphs by their baselines, each row from left to right.
fn rows(mut letters: Vec<PlacedGlyph>) -> Vec<Vec<PlacedGlyph>> {
    letters.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut rows: Vec<Vec<PlacedGlyph>> = Vec::new();
    let mut last: Option<(f64, f64)> = None;
    for glyph in letters {
        let same = last.is_some_and(|(base, size)| glyph.base - base <= SAME_LINE * size.min(glyph.size));
        let size = if glyph.is_blank() { last.map_or(glyph.size, |last| last.1) } else { glyph.size };
        last = Some((glyph.base, if same { last.map_or(size, |last| last.1.max(size)) } else { size }));
        match rows.last_mut() {
            Some(row) if same => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| along(one).total_cmp(&along(other)));
    }
    rows
}

/// Where a glyph stands in its line: the middle of its room, or of its ink where it takes no room.
fn along(glyph: &PlacedGlyph) -> f64 {
    if glyph.width() > glyph.size * 0.05 { f64::midpoint(glyph.left, glyph.right) } else { glyph.middle }
}

/// Puts a mark on the letter that it stands over or under.
fn attach(rows: &mut [Vec<PlacedGlyph>], mark: &PlacedGlyph) {
    let far = |glyph: &PlacedGlyph| {
        let aside = (glyph.left - mark.middle).max(mark.middle - glyph.right).max(0.0);
        aside * 4.0 + (glyph.middle - mark.middle).abs() / 4.0 + (glyph.base - mark.base).abs()
    };
    // Rows come by their baselines, and their glyphs by their places: a page of marks alone is no reason to look at all.
    let reach = mark.size * 1.2;
    let base = |row: &Vec<PlacedGlyph>| row.first().map_or(0.0, |glyph| glyph.base);
    let first = rows.partition_point(|row| base(row) <= mark.base - reach);
    let last = rows.partition_point(|row| base(row) < mark.base + reach);
    let rows = rows.get_mut(first..last.max(first)).unwrap_or_default();
    let near = rows
        .iter_mut()
        .take(CROWD)
        .flat_map(|row| {
            let from = row.partition_point(|glyph| along(glyph) < mark.middle - reach * 1.5);
            row.iter_mut().skip(from).take(CROWD)
        })
        .filter(|glyph| carries(glyph) && (glyph.middle - mark.middle).abs() < glyph.size * 1.5)
        .min_by(|one, other| far(one).total_cmp(&far(other)));
    if let Some(letter) = near {
        letter.text.push_str(&mark.text);
        // Marks of some fonts take room of their own, which is no gap between letters.
        if mark.left - letter.right < mark.size * 0.1 && letter.left - mark.right < mark.size * 0.1 {
            letter.left = letter.left.min(mark.left);
            letter.right = letter.right.max(mark.right);
        }
    }
}

/// Whether marks stand on it.
fn carries(glyph: &PlacedGlyph) -> bool {
    glyph.text.chars().next().is_some_and(|letter| letter.is_alphabetic() || letter == 'ـ')
}

/// Small raised or lowered letters beside others belong to their line.
fn raise(rows: &mut Vec<Vec<PlacedGlyph>>) {
    let size =
        |row: &[PlacedGlyph]| row.iter().filter(|glyph| !glyph.is_blank()).map(|glyph| glyph.size).fold(0.0, f64::max);
    let base = |row: &[PlacedGlyph]| row.first().map_or(0.0, |glyph| glyph.base);
    let sizes: Vec<(f64, f64)> = rows.iter().map(|row| (base(row), size(row))).collect();
    let mut moved: Vec<(usize, PlacedGlyph)> = Vec::new();
    for (at, small) in sizes.iter().enumerate() {
        let hosts: Vec<usize> = (at.saturating_sub(3)..(at + 4).min(rows.len()))
            .filter(|&other| other != at)
            .filter(|&other| {
                sizes.get(other).is_some_and(|big| small.1 < big.1 * 0.9 && (small.0 - big.0).abs() < big.1 * 0.7)
            })
            .collect();
        for host in hosts {
            let edges: Vec<(f64, f64, f64)> = rows
                .get(host)
                .map(|row| {
                    row.iter()
                        .filter(|glyph| !glyph.is_blank())
                        .map(|glyph| (glyph.left, glyph.right, glyph.size))
                        .collect()
                })
                .unwrap_or_default();
            let Some(row) = rows.get_mut(at) else { continue };
            let beside = |glyph: &PlacedGlyph| {
                edges.iter().any(|&(left, right, size)| {
                    let gap = (glyph.left - right).max(left - glyph.right);
                    gap < size * 0.5 && gap > -size * 0.3
                })
            };
            if row.iter().filter(|glyph| !glyph.is_blank()).count() <= 6
                && row.iter().any(|glyph| !glyph.is_blank() && beside(glyph))
            {
                moved.extend(row.drain(..).map(|glyph| (host, glyph)));
            }
        }
    }
    for (host, mut glyph) in moved {
        let Some(row) = rows.get_mut(host) else { continue };
        let (base, size) = row.first().map_or((glyph.base, glyph.size), |first| (first.base, first.size));
        if glyph.base < base - size * 0.15
            && let Some(digits) = raised(&glyph.text)
        {
            // A number that stands raised after an Arabic word points to a note: it is no part of the word.
            let near = row
                .iter()
                .min_by(|one, other| (one.middle - glyph.middle).abs().total_cmp(&(other.middle - glyph.middle).abs()));
            let word = near.is_some_and(|near| order::letters(&near.text).0 > 0);
            glyph.text = if word { format!(" {digits}") } else { digits };
        }
        row.push(glyph);
    }
    for row in rows.iter_mut() {
        row.sort_by(|one, other| along(one).total_cmp(&along(other)));
    }
    rows.retain(|row| !row.is_empty());
}

/// Digits as they are written raised.
fn raised(text: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |letter: char| match letter {
        '0'..='9' => u32::from(letter) - u32::from('0'),
        '\u{660}'..='\u{669}' => u32::from(letter) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(letter) - 0x6f0,
        _ => u32::MAX,
    };
    let digits: Option<String> = text.chars().map(|letter| RAISED.get(digit(letter) as usize).copied()).collect();
    digits.filter(|digits| !digits.is_empty())
}

/// The least gap that is a space, in a line without blanks, as a share of the size: gaps in words and between them are
/// of two kinds.
fn narrow(row: &[PlacedGlyph], size: f64) -> f64 {
    let mut edge = f64::MAX;
    let mut gaps: Vec<f64> = Vec::new();
    for glyph in row.iter().filter(|glyph| !glyph.is_blank()) {
        gaps.extend(Some((glyph.left - edge) / size).filter(|gap| (0.0..0.6).contains(gap)));
        edge = if edge == f64::MAX { glyph.right } else { edge.max(glyph.right) };
    }
    gaps.sort_by(f64::total_cmp);
    // The variance between the two kinds (Otsu 1979); of splits that are nearly as good, that of the wider gaps.
    let count = gaps.len() as f64;
    let whole: f64 = gaps.iter().sum();
    let mut best = (0.0, SPACE);
    let (mut below, mut sum) = (0.0, 0.0);
    for pair in gaps.windows(2) {
        let [one, other] = pair else { continue };
        (below, sum) = (below + 1.0, sum + one);
        let between = (whole - sum) / (count - below) - sum / below;
        let parted = below * (count - below) * between * between;
        let middle = f64::midpoint(*one, *other);
        if (0.05..0.3).contains(&middle) && other - one > 0.02 && parted > best.0 * 0.95 {
            best = (parted.max(best.0), middle);
        }
    }
    if gaps.len() > 8 { best.1 } else { SPACE }
}

/// The words of a row.
fn line(row: Vec<PlacedGlyph>) -> Option<PlacedLine> {
    let mut sizes: Vec<f64> = row.iter().filter(|glyph| !glyph.is_blank()).map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = *sizes.get(sizes.len() / 2)?;
    let base = row.iter().find(|glyph| (glyph.size - size).abs() < 0.1 && !glyph.is_blank())?.base;
    let blanks = row.iter().filter(|glyph| glyph.is_blank() && glyph.width() > size * 0.05).count();
    let space = if blanks * 14 > row.len() { WIDE } else { narrow(&row, size) };
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut blank: Option<(f64, f64, Vec<usize>)> = None;
    let mut edge = f64::MIN;
    let mut before = usize::MAX;
    for glyph in row {
        if glyph.is_blank() {
            let known = blank.get_or_insert((glyph.left, glyph.right, Vec::new()));
            *known = (known.0.min(glyph.left), known.1.max(glyph.right), std::mem::take(&mut known.2));
            known.2.push(glyph.place);
            continue;
        }
        let gap = glyph.left - edge;
        // A blank that lies under letters is none.
        let spaced = blank.take().is_some_and(|(left, right, places)| {
            let free = right.min(glyph.left) - left.max(edge);
            // One that was written between the two is, however closely they are set.
            let written = |place: &usize| {
                before.abs_diff(glyph.place) <= 4
                    && place.abs_diff(before) < 4
                    && (*place > before) == (glyph.place > before)
            };
            (free > (right - left) * 0.5 && free > size * 0.02)
                || (free > (right - left) * 0.1 && right - left > size * 0.05 && places.iter().any(written))
        });
        before = glyph.place;
        let right = glyph.right;
        let unnamed = usize::from(!glyph.named && glyph.ink);
        match words.last_mut() {
            Some(word) if !spaced && gap < space * size => {
                word.right = word.right.max(right);
                word.unnamed += unnamed;
                word.pieces.push(stroke(glyph));
            }
            _ => words.push(PlacedWord { left: glyph.left, right, unnamed, pieces: vec![stroke(glyph)] }),
        }
        edge = edge.max(right);
    }
    Some(PlacedLine { words, base, size }).filter(|line| !line.words.is_empty())
}

/// What a glyph reads as; a stroke that lengthens a word as nothing.
fn stroke(glyph: PlacedGlyph) -> String {
    let names_letter = glyph.text.chars().any(|letter| letter.is_alphanumeric() && letter != 'ـ');
    if glyph.text.trim().is_empty() || (glyph.flat && !names_letter && glyph.text != "ـ") {
        String::new()
    } else {
        glyph.text
    }
}

/// Whether a text is marks alone.
fn is_marks(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_mark)
}
