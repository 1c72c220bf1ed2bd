//! Cells of a layout into cells of the screen. The only place that writes into the buffer.

use crate::{
    layout::{self, Direction, Order, Row},
    terminal::linked,
    text::{Address, Span},
    tui::app::{Config, geometry::Area},
};
use ratatui::{
    buffer::{Buffer, CellDiffOption, CellWidth},
    style::{Modifier, Style},
};
use std::num::NonZeroU16;

/// The screen, and how the terminal wants text.
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub config: &'a Config,
}

/// Where a label stands in its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where lines of the interface start: left in English, right in Arabic.
    Start,
    /// Where they end.
    End,
}

impl Canvas<'_> {
    /// Blanks in a style. Of a wide letter that lies half inside nothing stays.
    pub fn fill(&mut self, area: Area, style: Style) {
        for row in area.y..area.bottom() {
            let is_rest = |column| self.buffer.cell((column, row)).is_some_and(|cell| cell.symbol().is_empty());
            let before = area.x.checked_sub(1).filter(|_| is_rest(area.x));
            let after = Some(area.right()).filter(|after| is_rest(*after));
            for half in before.into_iter().chain(after) {
                if let Some(cell) = self.buffer.cell_mut((half, row)) {
                    cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
                }
            }
            for column in area.x..area.right() {
                // Nothing of what was there stays, underlines neither.
                if let Some(cell) = self.buffer.cell_mut((column, row)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Changes the style of what is there.
    pub fn tint(&mut self, area: Area, style: Style) {
        for row in area.y..area.bottom() {
            for column in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((column, row)) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// One symbol. What was there keeps its background where `style` has none.
    pub fn put(&mut self, column: u16, row: u16, symbol: &str, style: Style) {
        let style = drawn(style, self.config.order);
        if let Some(cell) = self.buffer.cell_mut((column, row)) {
            cell.set_symbol(symbol).set_style(style).set_diff_option(CellDiffOption::None);
        }
    }

    /// A symbol that takes so many columns, whatever ratatui counts.
    fn put_wide(&mut self, (column, row): (u16, u16), symbol: &str, width: u16, style: Style) {
        self.put(column, row, symbol, style);
        let forced = NonZeroU16::new(width).filter(|_| symbol.cell_width() != width);
        if let (Some(width), Some(cell)) = (forced, self.buffer.cell_mut((column, row))) {
            cell.set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        for rest in 1..width {
            self.put(column + rest, row, "", style);
        }
    }

    /// A row of the layout in a pane of one row of the screen; `style` answers for each place of the text.
    pub fn row(&mut self, pane: Area, row: Row<'_>, indent: usize, style: impl Fn(Span) -> Style) {
        self.row_with_links(pane, row, indent, (style, &[]));
    }

    /// The same where some places are links.
    pub fn row_with_links(
        &mut self,
        pane: Area,
        row: Row<'_>,
        indent: usize,
        (style, links): (impl Fn(Span) -> Style, &[(Span, Address)]),
    ) {
        let order = self.config.order;
        let pane_width = usize::from(pane.width);
        let shift = indent as isize - row.indent(pane_width) as isize;
        let font = |source| (drawn(style(source), order).add_modifier & (Modifier::BOLD | Modifier::ITALIC)).bits();
        let glyphs = row.emit_in(order, pane_width, font);
        // While the terminal changes its size, a pane may reach beyond it: half of a wide letter is not put there.
        let seen = pane_width.min(usize::from(self.buffer.area.right().saturating_sub(pane.x)));
        let first = glyphs.first().and_then(|glyph| (usize::from(pane.x) + glyph.column).checked_add_signed(shift));
        if let Some(before) = first.and_then(|first| first.checked_sub(1)) {
            self.append(before as u16, pane.y, &row.opening(order));
        }
        for glyph in glyphs.into_iter().chain(row.marker(order, pane_width)) {
            let Some(column) = glyph.column.checked_add_signed(shift) else { continue };
            if column + glyph.width > seen {
                continue;
            }
            let column = pane.x + column as u16;
            let width = glyph.width as u16;
            self.put_wide((column, pane.y), &glyph.symbol, width, style(glyph.source));
            if let Some((_, address)) = links.iter().find(|(span, _)| span.overlaps(glyph.source)) {
                self.link((column, pane.y), width, address);
            }
        }
    }

    /// Makes a link of what stands in so many columns of a row.
    pub fn link(&mut self, (column, row): (u16, u16), width: u16, address: &Address) {
        for column in column..column + width {
            if let Some(cell) = self.buffer.cell_mut((column, row)).filter(|cell| !cell.symbol().is_empty()) {
                let symbol = linked(address, cell.symbol());
                let width = NonZeroU16::new(cell.cell_width()).unwrap_or(NonZeroU16::MIN);
                cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(width));
            }
        }
    }

    /// Adds controls behind what stands in a cell; where that is the second half of a wide letter, behind the letter.
    fn append(&mut self, column: u16, row: u16, controls: &str) {
        let half = self.buffer.cell((column, row)).is_some_and(|cell| cell.symbol().is_empty());
        let column = column.saturating_sub(u16::from(half));
        if let Some(cell) = self.buffer.cell_mut((column, row)).filter(|_| !controls.is_empty()) {
            let symbol = format!("{}{controls}", cell.symbol());
            cell.set_symbol(&symbol);
        }
    }

    /// A label on one row; how many columns it takes.
    pub fn label(&mut self, area: Area, text: &str, align: Align, style: Style) -> u16 {
        self.label_in(area, text, align, |_| style)
    }

    /// The same where `style` answers for each place of the text, in bytes.
    pub fn label_in(&mut self, area: Area, text: &str, align: Align, style: impl Fn(Span) -> Style) -> u16 {
        if area.width == 0 || area.height == 0 {
            return 0;
        }
        let laid = self.lay(text, area.width);
        let Some(row) = laid.row(0) else { return 0 };
        let pane = usize::from(area.width);
        // A wide letter alone does not fit into one column, and is left out.
        let width = row.width().min(pane);
        let rtl = self.config.strings.rtl;
        let indent = match align {
            Align::Start => {
                if rtl {
                    pane - width
                } else {
                    0
                }
            }
            Align::End => {
                if rtl {
                    0
                } else {
                    pane - width
                }
            }
        };
        let pane = Area { x: area.x + indent as u16, width: width as u16, height: 1, ..area };
        self.row(pane, row, 0, style);
        width as u16
    }

    /// A box with a title in its upper edge. `more`: whether there is more above and below what it shows.
    pub fn boxed(&mut self, frame: Area, title: &str, (style, edge, head): (Style, Style, Style), more: (bool, bool)) {
        self.fill(frame, style);
        if frame.width < 4 || frame.height < 2 {
            return;
        }
        let (right, bottom) = (frame.right() - 1, frame.bottom() - 1);
        let edge = style.patch(Style { fg: edge.fg, add_modifier: edge.add_modifier, ..Style::default() });
        for column in frame.x + 1..right {
            self.put(column, frame.y, "─", edge);
            self.put(column, bottom, "─", edge);
        }
        for row in frame.y + 1..bottom {
            self.put(frame.x, row, "│", edge);
            self.put(right, row, "│", edge);
        }
        for (column, row, corner) in
            [(frame.x, frame.y, "╭"), (right, frame.y, "╮"), (frame.x, bottom, "╰"), (right, bottom, "╯")]
        {
            self.put(column, row, corner, edge);
        }
        let end = if self.config.strings.rtl { frame.x } else { right };
        for (there, row, arrow) in [(more.0, frame.y + 1, "▴"), (more.1, bottom - 1, "▾")] {
            if there && (frame.y + 1..bottom).contains(&row) {
                self.put(end, row, arrow, head);
            }
        }
        let room = Area { height: 1, ..frame }.inset(2, 2);
        let title = format!(" {title} ");
        self.label(room, &title, Align::Start, head);
        self.set_apart(frame);
    }

    /// Sets the rows of a box apart from what is left and right of it, where the terminal reorders: of the text below, the
    /// box may cover the end of an isolate, or its beginning. Without this the terminal takes the row for one text.
    fn set_apart(&mut self, frame: Area) {
        let (before, after) = match self.config.order {
            // An end without a beginning does nothing (UAX #9, BD9); U+200E keeps the box from going with letters beside it.
            Order::Logical | Order::LogicalMirrored => ("\u{2069}\u{2069}\u{2069}\u{2069}\u{200E}", "\u{200E}"),
            // An override without its end goes on, and everything is in visual order.
            Order::Overridden => ("", "\u{202D}"),
            Order::Visual | Order::Kitty | Order::Bare => return,
        };
        for row in frame.y..frame.bottom() {
            if let Some(column) = frame.x.checked_sub(1) {
                self.append(column, row, before);
            }
            self.append(frame.right() - 1, row, after);
        }
    }

    /// How many columns a text takes on one row.
    pub fn width(&self, text: &str) -> u16 {
        self.lay(text, u16::MAX).row(0).map_or(0, |row| row.width() as u16)
    }

    /// A text on as many rows as it needs and there are; how many it took.
    pub fn wrapped(&mut self, area: Area, text: &str, style: Style) -> u16 {
        let width = usize::from(area.width);
        let direction = if self.config.strings.rtl { Direction::AutoRtl } else { Direction::Auto };
        let options = layout::Options { width: width.max(1), direction, invisibles: false, ..self.config.layout };
        let mut y = area.y;
        for line in text.lines() {
            for row in layout::paragraph(line, 0, &options, &[]).iter() {
                if y >= area.bottom() {
                    return y - area.y;
                }
                self.row(Area { y, height: 1, ..area }, row, row.indent(width), |_| style);
                y += 1;
            }
        }
        y - area.y
    }

    /// A label laid out. The isolates that keep its numbers and names apart are not shown with those of the text.
    pub fn lay(&self, text: &str, width: u16) -> layout::Paragraph {
        let options = layout::Options {
            width: usize::from(width).max(1),
            direction: if self.config.strings.rtl { Direction::AutoRtl } else { Direction::Auto },
            invisibles: false,
            ..self.config.layout
        };
        layout::line(text, &options)
    }
}

/// A style as the terminal is sent it. Italic fonts seldom have Arabic letters, and what takes their place spoils a row where
/// the terminal turns it by itself: kitty turns each font by itself, and puts a bracket of an italic word at its other end;
/// Konsole squeezes letters of another width into the cells, and cuts some off.
#[must_use]
pub fn drawn(style: Style, order: Order) -> Style {
    match order {
        Order::Kitty | Order::LogicalMirrored => {
            Style { add_modifier: style.add_modifier.difference(Modifier::ITALIC), ..style }
        }
        Order::Visual | Order::Overridden | Order::Logical | Order::Bare => style,
    }
}
