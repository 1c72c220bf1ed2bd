//! Where the parts of the screen are. Drawing and the mouse read the same answer.

use crate::tui::settings::Side;

/// A rectangle of cells; `x` and `y` are its left top corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Column of the left edge.
    pub x: u16,
    /// Row of the top edge.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell is inside.
    #[must_use]
    pub const fn contains(self, column: u16, row: u16) -> bool {
        self.x <= column && column < self.x + self.width && self.y <= row && row < self.y + self.height
    }

    /// One past the last column.
    #[must_use]
    pub const fn right(self) -> u16 {
        self.x + self.width
    }

    /// One past the last row.
    #[must_use]
    pub const fn bottom(self) -> u16 {
        self.y + self.height
    }

    /// Cut in two side by side, the left one `width` columns wide.
    #[must_use]
    pub fn columns(self, width: u16) -> (Self, Self) {
        let width = width.min(self.width);
        (Self { width, ..self }, Self { x: self.x + width, width: self.width - width, ..self })
    }

    /// Cut in two, the upper one `height` rows high.
    #[must_use]
    pub fn rows(self, height: u16) -> (Self, Self) {
        let height = height.min(self.height);
        (Self { height, ..self }, Self { y: self.y + height, height: self.height - height, ..self })
    }

    /// Without so many columns at the left and at the right.
    #[must_use]
    pub const fn inset(self, left: u16, right: u16) -> Self {
        let width = self.width.saturating_sub(left).saturating_sub(right);
        let left = if left < self.width { left } else { self.width };
        Self { x: self.x + left, width, ..self }
    }

    /// A rectangle of that size in the middle, or as much of it as there is.
    #[must_use]
    pub fn middle(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self { x: self.x + (self.width - width) / 2, y: self.y + (self.height - height) / 2, width, height }
    }
}

/// What the screen is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Columns of the terminal.
    pub columns: u16,
    /// Rows of the terminal.
    pub rows: u16,
    /// Whether the article runs from right to left.
    pub rtl: bool,
    /// Where the panel is wanted.
    pub side: Side,
    /// Whether the panel is wanted.
    pub panel: bool,
    /// Whether the keys go to the panel, which is alone on a narrow screen then.
    pub panel_focused: bool,
    /// The widest that the text may be.
    pub measure: u16,
    /// Whether there is one part at a time and nothing beside it.
    pub plain: bool,
}

/// The parts of the screen. A part that has no room has no cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Lines of the article.
    pub page: Area,
    /// The column beside the start of the lines, for the marks of quotes.
    pub margin: Area,
    /// Columns beside the margin, for the names of speakers.
    pub speakers: Area,
    /// The column of the map of the document.
    pub map: Area,
    /// The line between text and panel.
    pub rule: Area,
    /// The line between text and detail, where the detail has a column of its own.
    pub detail_rule: Area,
    /// The list of what was found.
    pub panel: Area,
    /// What is known of the selection.
    pub detail: Area,
    /// The last row.
    pub status: Area,
}

/// Below this width, text and panel are not shown side by side.
const NARROW: u16 = 58;
/// From this width on, the detail has a column of its own.
const WIDE: u16 = 150;
/// Below this height of the panel, there is no detail under it.
const SHORT: u16 = 14;
/// Room beside the text from which on the names of speakers are shown in it.
const SPEAKER: u16 = 14;
/// The narrowest text that makes room for them.
const COMFORTABLE: u16 = 64;

impl Areas {
    /// The parts for a shape.
    #[must_use]
    pub fn of(shape: Shape) -> Self {
        let mut areas = Self::default();
        let screen = Area { x: 0, y: 0, width: shape.columns, height: shape.rows };
        let (mut body, status) = screen.rows(if shape.rows < 2 { shape.rows } else { shape.rows - 1 });
        areas.status = status;
        if shape.plain {
            if shape.panel_focused {
                areas.split_panel(body);
            } else {
                areas.page = body.columns(shape.measure.max(10)).0;
            }
            return areas;
        }
        let left = match shape.side {
            Side::Auto => shape.rtl,
            Side::Left => true,
            Side::Right => false,
        };
        if shape.columns < NARROW {
            if shape.panel_focused {
                areas.split_panel(body);
                return areas;
            }
        } else if shape.panel {
            let width = (shape.columns * 3 / 10).clamp(22, 46);
            let (panel, rest) = cut(body, width, left);
            let (rule, rest) = cut(rest, 1, left);
            areas.rule = rule;
            body = rest;
            if shape.columns >= WIDE {
                let (detail, rest) = cut(body, (shape.columns / 4).clamp(30, 52), !left);
                let (rule, detail) = cut(detail, 1, left);
                areas.panel = panel;
                (areas.detail_rule, areas.detail) = (rule, detail.inset(1, 1));
                body = rest;
            } else {
                areas.split_panel(panel);
            }
        }
        // Beside the line to a panel where lines start, the margin has a blank before it.
        let beside = u16::from(areas.rule.width > 0 && left != shape.rtl);
        areas.split_text(if left { body.inset(beside, 0) } else { body.inset(0, beside) }, shape);
        areas
    }

    fn split_panel(&mut self, whole: Area) {
        let detail = if whole.height < SHORT { 0 } else { whole.height * 2 / 5 };
        (self.panel, self.detail) = whole.rows(whole.height - detail);
    }

    /// From the start of a line to its end: speakers, margin, a blank, the text, a blank, the map.
    fn split_text(&mut self, body: Area, shape: Shape) {
        let (map, body) = cut(body, u16::from(body.width > 12), shape.rtl);
        self.map = map;
        let marks = if body.width > 20 { 2 } else { u16::from(body.width > 12) };
        let blank = u16::from(body.width > 12);
        let mut width = body.width.saturating_sub(marks + blank).min(shape.measure.max(10));
        let whole = body.width.saturating_sub(marks + blank);
        // The speakers get their column as long as the text keeps a good measure.
        if whole.saturating_sub(SPEAKER) >= COMFORTABLE {
            width = width.min(whole - SPEAKER);
        }
        let spare = whole.saturating_sub(width);
        let beside = if spare / 2 < SPEAKER && spare >= SPEAKER { spare.min(SPEAKER + SPEAKER / 2) } else { spare / 2 };
        let (before, rest) = cut(body, beside + marks, !shape.rtl);
        let (margin, speakers) = cut(before, marks, shape.rtl);
        self.margin = cut(margin, 1, shape.rtl && marks > 1).1;
        if marks > 1 {
            self.margin = if shape.rtl { margin.inset(1, 0) } else { margin.inset(0, 1) };
        }
        if speakers.width >= SPEAKER {
            self.speakers = speakers;
        }
        self.page = cut(rest, width, !shape.rtl).0;
    }
}

/// Cuts a strip off the left edge, or off the right one: the strip, and the rest.
fn cut(area: Area, width: u16, left: bool) -> (Area, Area) {
    let width = width.min(area.width);
    if left {
        area.columns(width)
    } else {
        let (rest, strip) = area.columns(area.width - width);
        (strip, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        columns: 0,
        rows: 0,
        rtl: true,
        side: Side::Auto,
        panel: true,
        panel_focused: false,
        measure: 84,
        plain: false,
    };

    /// The screen as letters: a part each, blank where nothing is.
    fn picture(shape: Shape) -> Vec<String> {
        let areas = Areas::of(shape);
        let parts = [
            ('t', areas.page),
            ('m', areas.margin),
            ('s', areas.speakers),
            ('#', areas.map),
            ('|', areas.rule),
            ('|', areas.detail_rule),
            ('p', areas.panel),
            ('d', areas.detail),
            ('_', areas.status),
        ];
        let at = |column, row| {
            let found: Vec<char> =
                parts.iter().filter(|part| part.1.contains(column, row)).map(|part| part.0).collect();
            assert!(found.len() < 2, "{found:?} overlap at {column},{row} of {shape:?}");
            found.first().copied().unwrap_or('.')
        };
        (0..shape.rows).map(|row| (0..shape.columns).map(|column| at(column, row)).collect()).collect()
    }

    #[test]
    fn an_ordinary_screen_has_the_panel_where_lines_end() {
        let right = picture(Shape { columns: 60, rows: 4, ..SHAPE });
        assert_eq!(right[0], format!("{}|#.{}.m", "p".repeat(22), "t".repeat(33)));
        assert_eq!(right[3], "_".repeat(60));
        let left = picture(Shape { columns: 60, rows: 4, rtl: false, ..SHAPE });
        assert_eq!(left[0], format!("m.{}.#|{}", "t".repeat(33), "p".repeat(22)));
        let other = picture(Shape { columns: 60, rows: 4, side: Side::Right, ..SHAPE });
        assert_eq!(other[0], format!("#.{}.m.|{}", "t".repeat(32), "p".repeat(22)));
    }

    #[test]
    fn a_wide_screen_has_the_detail_beside_the_text_and_the_speakers_in_the_margin() {
        let wide = picture(Shape { columns: 200, rows: 3, measure: 60, ..SHAPE });
        let body = format!("{}|#", "p".repeat(46));
        assert!(wide[0].starts_with(&body), "{}", wide[0]);
        assert_eq!(wide[0].matches('t').count(), 60);
        assert_eq!(wide[0].matches('d').count(), 47);
        assert_eq!(wide[0].matches('|').count(), 2);
        assert!(wide[0].matches('s').count() > 12, "{}", wide[0]);
    }

    #[test]
    fn a_narrow_screen_shows_one_part_at_a_time() {
        assert_eq!(picture(Shape { columns: 30, rows: 3, ..SHAPE })[0], format!("#.{}.m", "t".repeat(26)));
        let panel = picture(Shape { columns: 30, rows: 3, panel_focused: true, ..SHAPE });
        assert_eq!(panel[0], "p".repeat(30));
    }

    #[test]
    fn the_plain_mode_has_one_part_at_a_time_and_nothing_beside_it() {
        let plain = Shape { columns: 60, rows: 3, plain: true, ..SHAPE };
        assert_eq!(picture(plain)[0], "t".repeat(60));
        assert_eq!(picture(Shape { panel_focused: true, ..plain })[0], "p".repeat(60));
    }

    #[test]
    fn no_size_makes_parts_overlap_or_leave_the_screen() {
        for (columns, rows) in (0..40).flat_map(|columns| (0..6).map(move |rows| (columns * 7, rows * 9))) {
            for (rtl, plain) in [(true, false), (false, false), (true, true)] {
                for panel_focused in [true, false] {
                    let shape = Shape { columns, rows, rtl, panel_focused, plain, ..SHAPE };
                    picture(shape);
                    let areas = Areas::of(shape);
                    for area in [areas.page, areas.margin, areas.map, areas.panel, areas.detail, areas.status] {
                        assert!(area.right() <= columns && area.bottom() <= rows, "{area:?} of {shape:?}");
                    }
                }
            }
        }
    }
}
