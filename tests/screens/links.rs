//! Addresses of the text as links of the terminal, and the key that opens them.

use super::{document, press, reader};
use crate::stage::{drawn, rows, words};
use ratatui::{Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect};
use rawi::{
    text::{Address, Document, Metadata, Origin, is_command},
    tui::{
        app::{App, Effect},
        strings::Strings,
        theme::Theme,
        view,
    },
};
use std::{
    io::{self, Write},
    num::NonZero,
    sync::{Arc, Mutex},
};

const TEXT: &str = "\
انظر https://example.com/خبر?a=1، وكذلك (http://example.org/b).
قال سامر: «راسلوا mailto:a@example.com اليوم».
سطر بلا شيء.
";

fn linked(text: &str) -> App {
    let mut app = reader((80, 12), Strings::english(), vec![document("links", text)]);
    app.config.links = true;
    app
}

/// The address in a cell and the cell without its link.
fn parts(symbol: &str) -> (Option<&str>, &str) {
    let Some(rest) = symbol.strip_prefix("\x1b]8;id=") else { return (None, symbol) };
    let (head, rest) = rest.split_once("\x1b\\").unwrap();
    (Some(head.split_once(';').unwrap().1), rest.strip_suffix("\x1b]8;;\x1b\\").unwrap())
}

#[test]
fn every_cell_of_an_address_is_the_link_and_nothing_else_is() {
    let (buffer, without) =
        (drawn(&linked(TEXT)), drawn(&reader((80, 12), Strings::english(), vec![document("links", TEXT)])));
    let mut counts = std::collections::BTreeMap::new();
    for (cell, plain) in buffer.content.iter().zip(&without.content) {
        let (address, symbol) = parts(cell.symbol());
        assert_eq!((symbol, cell.style()), (plain.symbol(), plain.style()));
        *counts.entry(address).or_insert(0) += 1;
    }
    counts.remove(&None);
    let wanted = [
        ("http://example.org/b", "http://example.org/b".len()),
        ("https://example.com/%D8%AE%D8%A8%D8%B1?a=1", "https://example.com/خبر?a=1".chars().count()),
        ("mailto:a@example.com", "mailto:a@example.com".len()),
    ];
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), wanted.map(|(address, count)| (Some(address), count)));
}

#[test]
fn no_text_gets_into_a_link_as_a_command() {
    let text = "https://example.com/\u{1b}]8;;file:///x\u{7}y https://e.com/\u{9b}2J\u{202e}z http://\u{1b}\\.com/ https://e.com/a;b:c?d=\u{200f}e\n";
    for row in rows(&drawn(&linked(text))) {
        for cell in row {
            let (address, symbol) = parts(cell.symbol());
            assert!(!symbol.contains(is_command), "{symbol:?}");
            let address = address.unwrap_or_default();
            assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "{address:?}");
            assert!(address.is_empty() || address.starts_with("http"), "{address:?}");
        }
    }
}

/// Frames one after the other, as a terminal that knows no links shows them.
#[test]
fn frames_that_change_leave_no_half_of_a_link() {
    #[derive(Clone, Default)]
    struct Sent(Arc<Mutex<Vec<u8>>>);
    impl Write for Sent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let sent = Sent::default();
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 80, 12)) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(sent.clone()), options).unwrap();
    let mut screen = vt100::Parser::new(NonZero::new(12).unwrap(), NonZero::new(80).unwrap(), 0);
    let theme = Theme::shipped("dark").0;
    let mut app = linked(&TEXT.repeat(6));
    for keys in ["", "j", "j", "?", "esc", "space", "p", "L", "k", "T", "g", ":", "esc"] {
        if !keys.is_empty() {
            press(&mut app, keys);
        }
        terminal.draw(|frame| view::draw(&app, &theme, frame)).unwrap();
        screen.process(&std::mem::take(&mut *sent.0.lock().unwrap()));
        let plain = |row: &str| row.trim_end().to_owned();
        let shown: Vec<String> = screen.screen().rows(0, 80).map(|row| plain(&row)).collect();
        let stripped =
            |row: &[ratatui::buffer::Cell]| row.iter().map(|cell| parts(cell.symbol()).1).collect::<String>();
        let wanted: Vec<String> = rows(&drawn(&app)).map(|row| plain(&stripped(row))).collect();
        assert_eq!(shown, wanted, "after {keys}: {:?}", rows(&drawn(&app)).map(words).collect::<Vec<_>>());
    }
}

#[test]
fn a_key_opens_the_address_under_the_cursor_or_that_of_the_article() {
    let open = |address: &str| Some(Effect::OpenAddress(Address::read(address).unwrap()));
    let mut app = linked(TEXT);
    assert_eq!(press(&mut app, "O"), open("https://example.com/خبر?a=1"), "the first of the row");
    // The sentence has a mailbox only.
    press(&mut app, "2 enter");
    assert_eq!(press(&mut app, "O"), None);
    assert_eq!(app.notice.as_ref().unwrap().text, "No link here");
    let metadata = Metadata { url: Some("https://news.example/1".into()), ..Metadata::default() };
    let article = Document::new("a", "سطر بلا شيء.\n", Origin::default()).with_metadata(metadata);
    let mut app = reader((80, 12), Strings::english(), vec![Arc::new(article)]);
    assert_eq!(press(&mut app, "O"), open("https://news.example/1"));
    let origin = Origin { path: Some("javascript:alert(1)".into()), ..Origin::default() };
    let mut app = reader((80, 12), Strings::english(), vec![Arc::new(Document::new("a", "سطر.\n", origin))]);
    assert_eq!(press(&mut app, "O"), None);
}
