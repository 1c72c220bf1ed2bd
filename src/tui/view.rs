//! How it looks: a function of the state. The article and every label are painted from cells of [`crate::layout`];
//! nothing passes through ratatui's text widgets.

mod decided;
mod detail;
mod export;
mod library;
mod list;
mod page;
mod paint;
mod panel;
pub mod plain;
mod status;
pub mod tour;

pub use paint::drawn;

use crate::tui::{app::App, theme::Theme};
use ratatui::Frame;

/// Draws a frame.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let areas = app.areas();
    let mut canvas = paint::Canvas { buffer: frame.buffer_mut(), config: &app.config };
    let screen = crate::tui::app::geometry::Area { x: 0, y: 0, width: app.size.0, height: app.size.1 };
    canvas.fill(screen, theme.text);
    if !library::draw(app, theme, &mut canvas) {
        page::draw(app, theme, &areas, &mut canvas);
        panel::draw(app, theme, &areas, &mut canvas);
        detail::draw(app, theme, &areas, &mut canvas);
    }
    status::draw(app, theme, &areas, &mut canvas);
    list::draw(app, theme, &mut canvas);
    export::draw(app, theme, &mut canvas);
}
