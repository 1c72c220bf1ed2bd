//! Content streams: the operators that place text, followed as far as it takes to know where every glyph stands. What
//! only paints is passed over, but for thin lines, which part tables and notes, and the room that pictures take.
//!
//! Operators are those of ISO 32000-1, 8.4 (state), 8.5 (paths), 9.4 (text) and 14.6 (marked content).

use super::{
    face::Faces,
    layers::Layers,
    limits::{self, Budget},
    sheet::{GlyphBox, PlacedGlyph, Sheet},
    state::{Marked, Pen, State, glyph, matrix},
    text_string,
};
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction as Op},
    object::{Array, Dict, Name, Number, Object, Rect, Stream, dict_or_stream},
    page::{Page, Resources},
};

/// The page as it is shown, read as far as the budget goes.
pub fn sheet<'a>(page: &Page<'a>, faces: &mut Faces<'a>, layers: &Layers, budget: &mut Budget) -> Sheet {
    let (width, height) = page.render_dimensions();
    let room = GlyphBox { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let sheet = Sheet { height: room.bottom, ..Sheet::default() };
    let state = State { matrix: upright, clip: room, ..State::default() };
    budget.begin_page();
    let mut walk = Walk { faces, layers, budget, sheet, state, saved: Vec::new(), marked: Vec::new(), depth: 0, room };
    match page_bytes(page, walk.budget) {
        Some(bytes) => walk.run(&bytes, page.resources()),
        None => walk.sheet.cut = true,
    }
    let mut sheet = walk.sheet;
    sheet.pictures = (sheet.pictures / (room.width() * room.height()).max(1.0)).min(1.0);
    sheet
}

/// The streams of a page in a row.
fn page_bytes(page: &Page<'_>, budget: &mut Budget) -> Option<Vec<u8>> {
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => limits::unpack(&stream, budget).map(std::borrow::Cow::into_owned),
        Some(Object::Array(streams)) => {
            let mut bytes = Vec::new();
            for stream in streams.iter::<Stream<'_>>() {
                bytes.extend_from_slice(&limits::unpack(&stream, budget)?);
                bytes.push(b'\n');
            }
            Some(bytes)
        }
        _ => Some(Vec::new()),
    }
}

struct Walk<'a, 'w> {
    faces: &'w mut Faces<'a>,
    layers: &'w Layers,
    budget: &'w mut Budget,
    sheet: Sheet,
    state: State<'a>,
    saved: Vec<State<'a>>,
    marked: Vec<Marked>,
    depth: usize,
    room: GlyphBox,
}

impl<'a> Walk<'a, '_> {
    fn run(&mut self, bytes: &[u8], resources: &Resources<'a>) {
        let (states, marked) = (self.saved.len(), self.marked.len());
        let mut pen = Pen::default();
        let mut operators = TypedIter::new(bytes);
        while let Some(operator) = operators.next() {
            if !self.budget.step() || self.sheet.glyphs.len() >= limits::GLYPHS {
                self.sheet.cut = true;
                break;
            }
            match &operator {
                Op::SaveState(_) if self.saved.len() < limits::STATES => self.saved.push(self.state.clone()),
                Op::RestoreState(_) if self.saved.len() > states => {
                    self.state = self.saved.pop().unwrap_or_default();
                }
                Op::Transform(m) => self.state.matrix *= matrix([m.0, m.1, m.2, m.3, m.4, m.5]),
                Op::SetGraphicsState(name) => self.graphics(name.0, resources),
                Op::XObject(name) => self.drawing(name.0, resources),
                Op::InlineImage(_) => self.picture(),
                Op::BeginMarkedContent(_) => self.begin(None, false),
                Op::BeginMarkedContentWithProperties(marked) => {
                    let name = marked.1.clone().into_name();
                    let list = name.as_ref().and_then(|name| resources.properties.get::<Dict<'_>>(name));
                    let list = list.or_else(|| dict_or_stream(marked.1).map(|(list, _)| list.clone()));
                    let layer = name.and_then(|name| resources.properties.get_ref(&*name));
                    let hidden = **marked.0 == *b"OC" && self.layers.hides(list.as_ref(), layer);
                    let actual = list.and_then(|list| list.get::<hayro_syntax::object::String<'_>>("ActualText"));
                    self.begin(actual.map(|text| text_string(&text)), hidden);
                }
                Op::EndMarkedContent(_) if self.marked.len() > marked => self.end(),
                other => {
                    self.path(other, &mut pen);
                    self.text(other, &mut pen, resources);
                }
            }
        }
        while self.marked.len() > marked {
            self.end();
        }
        if self.saved.len() > states {
            self.saved.truncate(states + 1);
            self.state = self.saved.pop().unwrap_or_default();
        }
    }

    fn graphics(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let font = resources.get_ext_g_state(name).and_then(|state| state.get::<Array<'a>>("Font"));
        let Some(font) = font else { return };
        let mut items = font.flex_iter();
        if let (Some(dict), Some(size)) = (items.next::<Dict<'a>>(), items.next::<Number>()) {
            self.state.face = self.faces.face(&dict, self.budget);
            self.state.size = size.as_f64();
        }
    }

    /// A form or a picture.
    fn drawing(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"Image") {
            return self.picture();
        }
        let hidden = self.layers.hides(dict.get::<Dict<'_>>("OC").as_ref(), dict.get_ref("OC"));
        if self.depth >= limits::DEPTH || hidden || self.is_hidden() {
            return;
        }
        self.budget.draw();
        let Some(bytes) = limits::unpack(&stream, self.budget) else {
            self.sheet.cut = true;
            return;
        };
        let before = self.state.clone();
        if let Some(own) = dict.get::<[f64; 6]>("Matrix") {
            self.state.matrix *= Affine::new(own);
        }
        if let Some(room) = dict.get::<Rect>("BBox") {
            let corners = [(room.x0, room.y0), (room.x1, room.y0), (room.x0, room.y1), (room.x1, room.y1)];
            self.clip(corners.map(|corner| self.at(corner)));
        }
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        self.depth += 1;
        self.run(&bytes, own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        self.state = before;
    }

    fn picture(&mut self) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|corner| self.at(corner));
        if let Some(area) = GlyphBox::around(corners).filter(|_| !self.is_hidden()) {
            let area = area.cut(self.state.clip);
            self.sheet.pictures += area.width() * area.height();
        }
    }

    fn begin(&mut self, actual: Option<String>, hidden: bool) {
        let hidden = hidden || self.is_hidden();
        // Deeper ones than anyone writes are only counted, by the limit on steps.
        self.marked.push(Marked { actual, from: self.sheet.glyphs.len(), hidden });
    }

    fn is_hidden(&self) -> bool {
        self.marked.last().is_some_and(|marked| marked.hidden)
    }

    /// Marked content ends: what its writer says that it reads as stands for its glyphs, as one.
    fn end(&mut self) {
        let Some(Marked { actual: Some(actual), from, .. }) = self.marked.pop() else { return };
        let Some(glyphs) = self.sheet.glyphs.get(from..) else { return };
        // The widest is the letter, whatever marks stand on it.
        let widest = glyphs.iter().max_by(|one, other| one.width().total_cmp(&other.width()));
        let Some(first) = widest.cloned() else { return };
        let same_line =
            |glyph: &PlacedGlyph| glyph.turned == first.turned && (glyph.base - first.base).abs() < first.size;
        let vague = actual.chars().any(|letter| matches!(letter, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
        if vague || !glyphs.iter().all(same_line) {
            return;
        }
        let edge = |edge: fn(&PlacedGlyph) -> f64, better: fn(f64, f64) -> f64| {
            glyphs.iter().map(edge).fold(edge(&first), better)
        };
        let (left, right) = (edge(|glyph| glyph.left, f64::min), edge(|glyph| glyph.right, f64::max));
        let ink = glyphs.iter().any(|glyph| glyph.ink);
        // What takes no room, a mark on a letter, stays where its ink is.
        let middle = if right - left > first.size / 50.0 { f64::midpoint(left, right) } else { first.middle };
        self.sheet.glyphs.truncate(from);
        self.sheet.glyphs.push(PlacedGlyph { text: actual, left, right, middle, ink, named: true, ..first });
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let point = self.state.matrix * Point::new(x, y);
        (point.x, point.y)
    }

    fn clip(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        if let Some(area) = GlyphBox::around(points) {
            self.state.clip = self.state.clip.cut(area);
        }
    }

    fn path(&mut self, operator: &Op<'_, '_>, pen: &mut Pen) {
        let at = |x: Number, y: Number| self.at((x.as_f64(), y.as_f64()));
        match operator {
            Op::MoveTo(to) => pen.points.push(at(to.0, to.1)),
            Op::LineTo(to) => {
                let to = at(to.0, to.1);
                pen.edges.extend(pen.points.last().and_then(|from| GlyphBox::around([*from, to])));
                pen.points.push(to);
            }
            Op::CubicTo(to) => pen.points.push(at(to.4, to.5)),
            Op::CubicStartTo(to) => pen.points.push(at(to.2, to.3)),
            Op::CubicEndTo(to) => pen.points.push(at(to.2, to.3)),
            Op::RectPath(r) => {
                let [x, y, width, height] = [r.0, r.1, r.2, r.3].map(|number| number.as_f64());
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)].map(|at| self.at(at));
                pen.edges.extend(GlyphBox::around(corners));
                pen.points.extend(corners);
            }
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => pen.clips = true,
            Op::EndPath(_) => self.end_path(pen, false),
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.end_path(pen, true),
            _ => {}
        }
    }

    fn end_path(&mut self, pen: &mut Pen, painted: bool) {
        if painted && self.sheet.rules.len() < limits::RULES && !self.is_hidden() {
            let shown = pen.edges.iter().map(|edge| edge.cut(self.state.clip));
            self.sheet.rules.extend(shown.filter(|edge| edge.right >= edge.left && edge.bottom >= edge.top));
        }
        if std::mem::take(&mut pen.clips) {
            self.clip(std::mem::take(&mut pen.points));
        }
        pen.points.clear();
        pen.edges.clear();
    }

    fn text(&mut self, operator: &Op<'_, '_>, pen: &mut Pen, resources: &Resources<'a>) {
        let state = &mut self.state;
        match operator {
            Op::BeginText(_) => (pen.line, pen.place) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::SetTextMatrix(m) => {
                pen.line = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                pen.place = pen.line;
            }
            Op::NextLine(by) => pen.next((by.0.as_f64(), by.1.as_f64())),
            Op::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                pen.next((by.0.as_f64(), by.1.as_f64()));
            }
            Op::NextLineUsingLeading(_) => pen.next((0.0, -state.leading)),
            Op::TextFont(font) => {
                state.size = font.1.as_f64();
                // A font that cannot be loaded has no letters; one that is not there is Helvetica, as readers have it.
                state.face = match resources.get_font(font.0) {
                    Some(dict) => self.faces.face(&dict, self.budget),
                    None => self.faces.fallback(),
                };
            }
            Op::CharacterSpacing(gap) => state.letter_gap = gap.0.as_f64(),
            Op::WordSpacing(gap) => state.word_gap = gap.0.as_f64(),
            Op::HorizontalScaling(stretch) => state.stretch = stretch.0.as_f64() / 100.0,
            Op::TextLeading(leading) => state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => state.rise = rise.0.as_f64(),
            Op::ShowText(text) => self.show(text.0, pen),
            Op::NextLineAndShowText(text) => {
                pen.next((0.0, -self.state.leading));
                self.show(text.0, pen);
            }
            Op::ShowTextWithParameters(text) => {
                (state.word_gap, state.letter_gap) = (text.0.as_f64(), text.1.as_f64());
                pen.next((0.0, -self.state.leading));
                self.show(text.2, pen);
            }
            Op::ShowTexts(texts) => {
                for item in texts.0.iter::<Object<'_>>() {
                    match item {
                        Object::Number(back) => {
                            let by = -back.as_f64() / 1000.0 * self.state.size;
                            let horizontal = self.state.face.as_ref().is_none_or(|face| face.horizontal);
                            pen.advance(if horizontal { (by * self.state.stretch, 0.0) } else { (0.0, by) });
                        }
                        Object::String(text) => self.show(&text, pen),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, text: &[u8], pen: &mut Pen) {
        let Some(face) = self.state.face.clone() else { return };
        let hidden = self.is_hidden();
        let mut at = 0;
        while at < text.len() && self.budget.step() && self.sheet.glyphs.len() < limits::GLYPHS {
            let (code, length) = face.code(text, at);
            at += length;
            let letter = face.letter(code);
            let state = &self.state;
            if !hidden {
                let font = Affine::new([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
                let whole = state.matrix * pen.place * font * Affine::scale(0.001);
                self.sheet.glyphs.extend(glyph(&letter, &face, whole, state.clip.cut(self.room)));
            }
            let word = if code == 32 && length == 1 { state.word_gap } else { 0.0 };
            let by = letter.advance / 1000.0 * state.size + state.letter_gap + word;
            pen.advance(if face.horizontal { (by * state.stretch, 0.0) } else { (0.0, by) });
        }
    }
}
