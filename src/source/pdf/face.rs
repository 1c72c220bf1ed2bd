//! Fonts: what a code of a content stream stands for, how wide it is, and where its ink lies.

use super::{
    limits::{self, Budget},
    names::{self, Names},
};
use hayro_font::{
    Font, FontCache, FontGlyph, StandardFont,
    hayro_cmap::{BfString, CMapName},
    kurbo::{Rect, Shape, Vec2},
};
use hayro_syntax::object::{Array, Dict, Name, Number, Stream};
use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::Arc};

/// A letter of a font, in thousandths of the font's size.
#[derive(Clone, Debug)]
pub struct FaceLetter {
    /// What it stands for; none where the font does not say.
    pub text: Option<Rc<str>>,
    /// How far the next letter is.
    pub advance: f64,
    /// The box of its ink; none where nothing is drawn.
    pub ink: Option<Rect>,
    /// Where it is drawn, from where it stands: not at zero in vertical writing.
    pub shift: Vec2,
}

impl FaceLetter {
    /// Whether its ink is a stroke along the baseline, as wide as its room.
    pub fn is_flat(&self) -> bool {
        self.ink.is_some_and(|ink| {
            ink.y0 > -150.0
                && ink.y1 < 200.0
                && ink.height() < 200.0
                && ink.width() > self.advance * 0.85
                && self.advance > 0.0
        })
    }
}

/// A font of the document.
pub struct Face<'a> {
    /// Whether lines run from left to right.
    pub horizontal: bool,
    /// The height of its box in thousandths of the size, where its letters are drawings.
    pub drawn: Option<f64>,
    font: Font<'a>,
    names: Names,
    letters: RefCell<HashMap<u32, FaceLetter>>,
}

impl<'a> Face<'a> {
    /// The code at a place in a string, and its length in bytes.
    pub fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What a code stands for.
    pub fn letter(&self, code: u32) -> FaceLetter {
        if let Some(letter) = self.letters.borrow().get(&code) {
            return letter.clone();
        }
        let glyph = self.font.map_code(code);
        let (text, ink) = match self.font.glyph(glyph, code) {
            FontGlyph::Outline(glyph) => {
                let outline = glyph.outline();
                (glyph.as_unicode(), (!outline.is_empty()).then(|| outline.bounding_box()))
            }
            FontGlyph::Type3(glyph) => {
                let advance = f64::from(glyph.advance_width());
                let drawn = glyph.program().is_some_and(|program| program.raw_data().len() > 24);
                (glyph.as_unicode(), drawn.then(|| Rect::new(0.0, 0.0, advance, 500.0)))
            }
        };
        let text = text.map(|text| match text {
            BfString::Char(letter) => Rc::from(letter.to_string()),
            BfString::String(text) => Rc::from(text),
        });
        let text = self.names.get(&code).cloned().or(text);
        let stretch = self.font.glyph_stretch(glyph, code);
        let ink =
            ink.filter(|ink| ink.is_finite()).map(|ink| Rect { x0: ink.x0 * stretch, x1: ink.x1 * stretch, ..ink });
        let advance = self.font.code_advance(code);
        let letter = FaceLetter {
            text: text.filter(|text: &Rc<str>| !text.contains('\0')),
            advance: if self.horizontal { advance.x } else { advance.y },
            ink,
            shift: self.font.origin_displacement(code),
        };
        self.letters.borrow_mut().insert(code, letter.clone());
        letter
    }
}

/// The fonts of a document, each loaded once.
#[derive(Default)]
pub struct Faces<'a> {
    cache: FontCache<'a>,
    known: HashMap<(usize, usize), Option<Rc<Face<'a>>>>,
    fallback: Option<Rc<Face<'a>>>,
}

impl<'a> Faces<'a> {
    /// The font of a dictionary; none where it cannot be loaded, or is packed beyond all measure.
    pub fn face(&mut self, dict: &Dict<'a>, budget: &mut Budget) -> Option<Rc<Face<'a>>> {
        // A dictionary is a piece of the document's bytes, so its place names it.
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(face) = self.known.get(&key) {
            return face.clone();
        }
        let font = sound(dict, budget)
            .then(|| self.cache.font(dict, &(Arc::new(resolve) as _), &(Arc::new(|_: CMapName<'_>| None) as _)))
            .flatten();
        let face = font.map(|font| {
            let names = dict.get::<Stream<'_>>("ToUnicode").and_then(|map| limits::unpack(&map, budget));
            let names = names.map(|map| names::read(&map)).unwrap_or_default();
            let drawn = (dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Type3")).then(|| box_height(dict));
            Rc::new(Face { horizontal: font.is_horizontal(), drawn, font, names, letters: RefCell::default() })
        });
        self.known.insert(key, face.clone());
        face
    }

    /// What stands in for a font that is not there.
    pub fn fallback(&mut self) -> Option<Rc<Face<'a>>> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(StandardFont::Helvetica, &(Arc::new(resolve) as _))?;
            let names = Names::new();
            self.fallback =
                Some(Rc::new(Face { horizontal: true, drawn: None, font, names, letters: RefCell::default() }));
        }
        self.fallback.clone()
    }
}

fn resolve(query: &hayro_font::FontQuery) -> Option<(hayro_font::FontData, u32)> {
    match query {
        hayro_font::FontQuery::Standard(font) => Some(font.get_font_data()),
        hayro_font::FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
    }
}

/// The height of the box of a font whose letters are drawings, in thousandths of the size.
fn box_height(dict: &Dict<'_>) -> f64 {
    let numbers = |key: &str| -> Vec<f64> {
        dict.get::<Array<'_>>(key)
            .map(|array| array.iter::<Number>().map(|number| number.as_f64()).collect())
            .unwrap_or_default()
    };
    let scale = numbers("FontMatrix").get(3).copied().unwrap_or(0.001).abs();
    let height = match numbers("FontBBox").as_slice() {
        [_, low, _, high] => (high - low).abs(),
        _ => 0.0,
    };
    let height = height * scale * 1000.0;
    if height > 1.0 && height.is_finite() { height } else { 1000.0 }
}

/// Whether the streams of a font unpack to something reasonable: the loader unpacks without asking how much.
fn sound(dict: &Dict<'_>, budget: &mut Budget) -> bool {
    let mut holders = vec![dict.clone()];
    holders.extend(dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next()));
    holders.extend(holders.clone().iter().filter_map(|holder| holder.get::<Dict<'_>>("FontDescriptor")));
    holders.iter().all(|holder| {
        ["ToUnicode", "Encoding", "CIDToGIDMap", "FontFile", "FontFile2", "FontFile3"]
            .iter()
            .filter_map(|key| holder.get::<Stream<'_>>(key))
            .all(|stream| limits::unpack(&stream, budget).is_some())
    })
}
