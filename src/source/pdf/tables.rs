//! Tables whose cells have lines around them: the words of a cell belong together, and cells are read in rows.

use super::{
    lines::{PlacedLine, PlacedWord},
    sheet::GlyphBox,
};

/// What stands between two places where tables begin or end.
#[derive(Clone, Debug)]
pub enum Part {
    /// Lines of text.
    Text(Vec<PlacedLine>),
    /// The cells of a row from left to right, each with its lines.
    Row(Vec<Vec<PlacedLine>>),
}

/// The edges that are drawn: those that lie and those that stand.
struct Edges {
    /// Height, left and right end.
    lying: Vec<(f64, f64, f64)>,
    /// Place from the left, upper and lower end.
    standing: Vec<(f64, f64, f64)>,
}

/// What is thinner than this, in points, is a line.
const THIN: f64 = 2.5;

/// More edges than this belong to a drawing.
const EDGES: usize = 4000;

impl Edges {
    fn of(rules: &[GlyphBox]) -> Self {
        let (mut lying, mut standing) = (Vec::new(), Vec::new());
        for rule in rules {
            let (wide, high) = (rule.width() > THIN, rule.height() > THIN);
            if wide {
                lying.push((rule.top, rule.left, rule.right));
                if high {
                    lying.push((rule.bottom, rule.left, rule.right));
                }
            }
            if high {
                standing.push((rule.left, rule.top, rule.bottom));
                if wide {
                    standing.push((rule.right, rule.top, rule.bottom));
                }
            }
        }
        if lying.len() + standing.len() > EDGES {
            (lying, standing) = (Vec::new(), Vec::new());
        }
        Self { lying, standing }
    }

    /// The cell around a place, its edges in points: left, upper, right, lower.
    fn cell(&self, x: f64, y: f64) -> Option<[i64; 4]> {
        let at_x = self.lying.iter().filter(|edge| edge.1 - 1.0 <= x && x <= edge.2 + 1.0).map(|edge| edge.0);
        let at_y = self.standing.iter().filter(|edge| edge.1 - 1.0 <= y && y <= edge.2 + 1.0).map(|edge| edge.0);
        let below = at_x.clone().filter(|edge| *edge > y).min_by(f64::total_cmp)?;
        let above = at_x.filter(|edge| *edge <= y).max_by(f64::total_cmp)?;
        let right = at_y.clone().filter(|edge| *edge > x).min_by(f64::total_cmp)?;
        let left = at_y.filter(|edge| *edge <= x).max_by(f64::total_cmp)?;
        Some([left, above, right, below].map(|edge| edge.round() as i64))
    }
}

/// Takes the tables out of a page's lines.
pub fn parts(lines: Vec<PlacedLine>, rules: &[GlyphBox]) -> Vec<Part> {
    let edges = Edges::of(rules);
    if edges.standing.len() < 2 || edges.lying.len() < 2 {
        return vec![Part::Text(lines)];
    }
    let cell = |word: &PlacedWord, line: &PlacedLine| {
        edges.cell(f64::midpoint(word.left, word.right), line.base - line.size * 0.3)
    };
    let celled: Vec<(PlacedLine, Vec<Option<[i64; 4]>>)> = lines
        .into_iter()
        .map(|line| {
            let cells = line.words.iter().map(|word| cell(word, &line)).collect();
            (line, cells)
        })
        .collect();
    let mut parts = Vec::new();
    let mut band: Vec<(PlacedLine, Vec<Option<[i64; 4]>>)> = Vec::new();
    for (line, cells) in celled {
        let shared = band.iter().any(|(_, known)| cells.iter().flatten().any(|cell| known.contains(&Some(*cell))));
        if !shared {
            close(std::mem::take(&mut band), &mut parts);
        }
        band.push((line, cells));
    }
    close(band, &mut parts);
    parts
}

/// Lines that share cells are a row, where there are several cells.
fn close(band: Vec<(PlacedLine, Vec<Option<[i64; 4]>>)>, parts: &mut Vec<Part>) {
    let mut cells: Vec<[i64; 4]> = band.iter().flat_map(|(_, cells)| cells).flatten().copied().collect();
    cells.sort_unstable();
    cells.dedup();
    let outside = band.iter().flat_map(|(_, cells)| cells).filter(|cell| cell.is_none()).count();
    let side_by_side =
        cells.len() >= 2 && cells.windows(2).any(|pair| matches!(pair, [one, other] if one[0] < other[0]));
    if !side_by_side || outside > 0 {
        let lines = band.into_iter().map(|(line, _)| line);
        match parts.last_mut() {
            Some(Part::Text(text)) => text.extend(lines),
            _ => parts.push(Part::Text(lines.collect())),
        }
        return;
    }
    let row = cells.iter().map(|cell| {
        let lines = band.iter().map(|(line, known)| {
            let words =
                line.words.iter().zip(known).filter(|(_, of)| **of == Some(*cell)).map(|(word, _)| word.clone());
            PlacedLine { words: words.collect(), ..*line }
        });
        lines.filter(|line| !line.words.is_empty()).collect()
    });
    parts.push(Part::Row(row.collect()));
}
