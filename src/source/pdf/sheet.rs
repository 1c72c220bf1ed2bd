//! What is drawn on a page, as far as reading needs it: glyphs and where they stand, thin lines, how much is pictures.
//!
//! Lengths are in points (1/72 inch); x grows to the right, y downwards, as the page is shown.

/// A glyph on a page.
#[derive(Clone, Debug, Default)]
pub struct PlacedGlyph {
    /// What it stands for: mostly one letter, several for a ligature, none where its font does not say.
    pub text: String,
    /// The left edge of the room that it takes in its line.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// The middle of its ink, from left to right; of its room, where there is no ink.
    pub middle: f64,
    /// The baseline that it stands on.
    pub base: f64,
    /// The size of its font.
    pub size: f64,
    /// Whether something is drawn.
    pub ink: bool,
    /// Whether it is a stroke along the baseline, from edge to edge: it lengthens a word, whatever its font calls it.
    pub flat: bool,
    /// Whether its font says what it stands for.
    pub named: bool,
    /// Its place among the glyphs of the page, in the order in which they are drawn.
    pub place: usize,
    /// By how many quarters its line is turned, clockwise. The other fields are of the page turned back.
    pub turned: u8,
}

impl PlacedGlyph {
    /// Whether it is a space, or as good as one. A stroke that lengthens a word is named a space by LibreOffice.
    pub fn is_blank(&self) -> bool {
        !self.ink && self.text.chars().all(char::is_whitespace)
    }

    /// Whether it stands above or below another letter.
    pub fn is_mark(&self) -> bool {
        let mut letters = self.text.chars();
        letters.clone().next().is_some() && letters.all(is_mark)
    }

    /// The width of its room.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// Marks of Arabic, and the general ones.
pub fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{8d3}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}')
}

/// A rectangle, edges included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphBox {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

impl GlyphBox {
    /// The smallest one around points; none without any.
    pub fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        points.into_iter().filter(|point| point.0.is_finite() && point.1.is_finite()).fold(None, |area, (x, y)| {
            let area = area.unwrap_or(Self { left: x, top: y, right: x, bottom: y });
            Some(Self {
                left: area.left.min(x),
                top: area.top.min(y),
                right: area.right.max(x),
                bottom: area.bottom.max(y),
            })
        })
    }

    /// What two have in common; it has no inside where they do not meet.
    pub fn cut(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// Whether a point is in it, or no farther than that from it.
    pub fn holds(self, x: f64, y: f64, slack: f64) -> bool {
        x >= self.left - slack && x <= self.right + slack && y >= self.top - slack && y <= self.bottom + slack
    }

    /// The width.
    pub fn width(self) -> f64 {
        (self.right - self.left).max(0.0)
    }

    /// The height.
    pub fn height(self) -> f64 {
        (self.bottom - self.top).max(0.0)
    }
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// In the order in which they are drawn.
    pub glyphs: Vec<PlacedGlyph>,
    /// Thin lines and the edges of boxes.
    pub rules: Vec<GlyphBox>,
    /// The page's height.
    pub height: f64,
    /// The part of it that pictures cover, at most 1.
    pub pictures: f64,
    /// Whether a limit ended it early.
    pub cut: bool,
}
