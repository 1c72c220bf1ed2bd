//! What operators change and glyphs are placed by: the graphics state, the pen, marked content.

use super::{
    face::{Face, FaceLetter},
    sheet::{GlyphBox, PlacedGlyph},
};
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::object::Number;
use std::rc::Rc;

/// The graphics state, as far as text goes.
#[derive(Clone)]
pub struct State<'a> {
    pub matrix: Affine,
    pub clip: GlyphBox,
    pub face: Option<Rc<Face<'a>>>,
    pub size: f64,
    pub letter_gap: f64,
    pub word_gap: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        let clip = GlyphBox { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        Self {
            matrix: Affine::IDENTITY,
            clip,
            face: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Marked content that is open.
pub struct Marked {
    /// The text that its writer says it has.
    pub actual: Option<String>,
    /// The number of glyphs before it.
    pub from: usize,
    pub hidden: bool,
}

/// The path that is being drawn, and the matrices of text.
#[derive(Default)]
pub struct Pen {
    pub points: Vec<(f64, f64)>,
    pub edges: Vec<GlyphBox>,
    pub clips: bool,
    pub line: Affine,
    pub place: Affine,
}

impl Pen {
    /// To the beginning of another line.
    pub fn next(&mut self, by: (f64, f64)) {
        self.line *= Affine::translate(by);
        self.place = self.line;
    }

    /// Along the line.
    pub fn advance(&mut self, by: (f64, f64)) {
        self.place *= Affine::translate(by);
    }
}

/// A letter where it stands; none where it is not seen.
pub fn glyph(letter: &FaceLetter, face: &Face<'_>, whole: Affine, seen: GlyphBox) -> Option<PlacedGlyph> {
    let [a, b, c, d, ..] = whole.as_coeffs();
    let tall = c.hypot(d) * face.drawn.unwrap_or(1000.0);
    let wide = a.hypot(b);
    if !(tall.is_finite() && wide.is_finite() && tall > 0.01 && wide > 0.0) {
        return None;
    }
    // Quarters clockwise; what stands aslant goes with the nearest.
    let turned = (b.atan2(a) / std::f64::consts::FRAC_PI_2).round().rem_euclid(4.0);
    let shift = whole * Affine::translate(letter.shift);
    let (start, mut end) = (shift * Point::ORIGIN, shift * Point::new(letter.advance, 0.0));
    if !face.horizontal {
        end = shift * Point::new(1000.0, 0.0);
    }
    let ink = letter.ink.map(|ink| ink.center());
    let middle =
        ink.map_or(Point::new(f64::midpoint(start.x, end.x), f64::midpoint(start.y, end.y)), |ink| shift * ink);
    if !middle.is_finite() || !start.is_finite() || !end.is_finite() || !seen.holds(middle.x, middle.y, tall / 4.0) {
        return None;
    }
    let back = |point: Point| match turned as u8 {
        1 => (point.y, -point.x),
        2 => (-point.x, -point.y),
        3 => (-point.y, point.x),
        _ => (point.x, point.y),
    };
    let ((from, base), (to, _), (middle, _)) = (back(start), back(end), back(middle));
    Some(PlacedGlyph {
        text: letter.text.as_deref().unwrap_or_default().to_owned(),
        left: from.min(to),
        right: from.max(to),
        middle,
        base,
        size: tall,
        ink: letter.ink.is_some(),
        flat: letter.is_flat(),
        named: letter.text.is_some(),
        place: 0,
        turned: turned as u8,
    })
}

/// The matrix of six operands.
pub fn matrix(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}
