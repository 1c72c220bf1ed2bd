//! The tour, on the last rows of the screen, below the reader.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{App, geometry::Area},
    theme::Theme,
    tour::Tour,
};
use ratatui::Frame;

/// Draws it below the reader, whose screen ends there.
pub fn draw(tour: &Tour, app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let mut canvas = Canvas { buffer: frame.buffer_mut(), config: &app.config };
    let whole = Area { x: 0, y: app.size.1, width: app.size.0, height: Tour::ROWS };
    canvas.fill(whole, theme.overlay);
    let (asked, out) = tour.lines(&app.config);
    let (text, foot) = whole.inset(1, 1).rows(Tour::ROWS - 1);
    canvas.wrapped(text, &asked, theme.overlay);
    canvas.label(foot, &out, Align::Start, theme.overlay.patch(theme.dim));
}
