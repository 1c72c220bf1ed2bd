//! What the tests of the reader share: an application on a stage, keys for it, and what it shows.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell, CellWidth},
};
use rawi::{
    annotation::{Entity, EntityId, Kind, Mention, MentionId, Provenance},
    layout,
    text::Span,
    tui::{
        app::{App, Config, Effect, Event},
        keymap::Keymap,
        strings::Strings,
        theme::Theme,
        view,
    },
};
use std::{fs, path::Path};

/// How it looks as it is shipped.
pub fn config(strings: Strings) -> Config {
    Config { keymap: Keymap::shipped().0, strings, ..Config::default() }
}

/// A reader whose effects nobody asks about.
pub trait Stage {
    /// Tells it what happened.
    fn tell(&mut self, event: Event);
    /// Lets it search a little further.
    fn search_on(&mut self);
}

impl Stage for App {
    fn tell(&mut self, event: Event) {
        self.handle(event).into_iter().for_each(drop);
    }

    fn search_on(&mut self) {
        self.advance().into_iter().for_each(drop);
    }
}

/// Presses keys, as the keymap spells them, and answers what is to be done.
pub fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    keys.split(' ').flat_map(|key| app.handle(Event::Key(key.parse().unwrap()))).collect()
}

/// The cells of the screen.
pub fn drawn(app: &App) -> Buffer {
    drawn_in(app, &Theme::shipped("dark").0)
}

/// The cells of the screen in a theme.
pub fn drawn_in(app: &App, theme: &Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).unwrap();
    let frame = terminal.draw(|frame| view::draw(app, theme, frame)).unwrap();
    rows(frame.buffer).for_each(whole);
    terminal.backend().buffer().clone()
}

/// A wide letter has its columns to itself, and nothing else has columns without a letter.
fn whole(row: &[Cell]) {
    let mut cells = row.iter();
    while let Some(cell) = cells.next() {
        assert!(!cell.symbol().is_empty(), "half of a letter in {:?}", words(row));
        for _ in 1..cell.cell_width() {
            let rest = cells.next().map_or("the edge", Cell::symbol);
            assert!(rest.is_empty(), "{rest:?} on half of {:?} in {:?}", cell.symbol(), words(row));
        }
    }
}

/// Its rows.
pub fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// The words of a row.
pub fn words(row: &[Cell]) -> String {
    row.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned()
}

/// The screen as a terminal without bidi shows it.
pub fn screen(app: &App) -> String {
    rows(&drawn(app)).map(|row| format!("│{}\n", words(row))).collect()
}

/// A text as the screen shows it: joined letters in visual order.
pub fn shown(text: &str) -> String {
    let laid = layout::line(text, &layout::Options::default());
    let row = laid.row(0).unwrap();
    row.emit(layout::Order::Visual, row.width()).into_iter().map(|glyph| glyph.symbol.to_string()).collect()
}

/// Compares a picture with `tests/FOLDER/NAME.txt`; with RAWI_UPDATE_SCREENS it is written, to be looked at.
pub fn compare((folder, name): (&str, &str), picture: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder).join(name).with_extension("txt");
    if std::env::var_os("RAWI_UPDATE_SCREENS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, picture).unwrap();
        return;
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == picture, "{name} looks different now:\n{picture}");
}

/// The place of words in a text, the first time counted as 0.
pub fn span(text: &str, words: &str, occurrence: usize) -> Span {
    let (at, _) = text.match_indices(words).nth(occurrence).unwrap();
    Span::new(at, at + words.len())
}

/// An entity as the extractor finds it.
pub fn entity(id: u32, kind: Kind, name: &str, aliases: &[&str]) -> Entity {
    Entity {
        id: EntityId(id),
        kind,
        name: name.into(),
        aliases: aliases.iter().map(ToString::to_string).collect(),
        roles: Vec::new(),
        provenance: Provenance::Model,
        note: None,
    }
}

/// A mention as the extractor finds it; it is sure.
pub fn mention(id: u32, entity: u32, span: Span) -> Mention {
    Mention {
        id: MentionId(id),
        entity: EntityId(entity),
        span,
        confidence: 1.0,
        link_confidence: 1.0,
        provenance: Provenance::Model,
        note: None,
    }
}
