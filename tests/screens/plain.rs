//! The plain mode, as a person reads it: lines in reading order, `»` before the row on which the cursor of the terminal
//! stands, and the column where it stands at the end.

use super::{ARTICLE, document, findings, press};
use crate::stage::{self, Stage, compare};
use rawi::{
    layout,
    text::is_command,
    tui::{
        app::{App, Config, DocumentEvent, Event, Format},
        settings::Settings,
        strings::Strings,
        view::plain,
    },
};
use std::fmt::Write;

fn reader(size: (u16, u16), strings: Strings, text: &str) -> App {
    let formats = vec![Format { name: "json".into(), ending: "json".into() }];
    let mut config = Config { formats, ..stage::config(strings) };
    config.settings = Settings { plain: true, ..Settings::default() };
    config.order = layout::Order::Bare;
    config.layout.shaping = layout::Shaping::None;
    App::new(config, vec![document("library", text)], size)
}

fn article(size: (u16, u16), strings: Strings) -> App {
    let mut app = reader(size, strings, ARTICLE);
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(findings()), 100)));
    app
}

fn picture(app: &App) -> String {
    let screen = plain::screen(app);
    assert_eq!(screen.rows.len(), usize::from(app.size.1));
    let mut out = String::new();
    for (number, row) in screen.rows.iter().enumerate() {
        let here = number == usize::from(screen.cursor.1);
        writeln!(out, "{} {row}", if here { '»' } else { '│' }).unwrap();
    }
    writeln!(out, "column {}", screen.cursor.0).unwrap();
    out
}

fn said(app: &App) -> String {
    plain::screen(app).rows.last().unwrap().clone()
}

#[test]
fn it_is_read_row_by_row_and_name_by_name() {
    let mut app = article((60, 14), Strings::english());
    let mut pictures = picture(&app);
    for keys in ["j j", "]", "}", "tab", "j"] {
        press(&mut app, keys);
        writeln!(pictures, "\n{keys}:\n{}", picture(&app)).unwrap();
    }
    compare(("screens", "plain-en"), &pictures);
}

#[test]
fn it_says_it_in_arabic_where_the_interface_is_arabic() {
    let mut app = article((60, 14), Strings::arabic());
    let mut pictures = picture(&app);
    for keys in ["]", "]", "}", "tab j", ":", "esc e", "esc / ا ل ن", "enter", "?"] {
        press(&mut app, keys);
        writeln!(pictures, "\n{keys}:\n{}", picture(&app)).unwrap();
    }
    compare(("screens", "plain-ar"), &pictures);
}

#[test]
fn every_row_is_reached_by_the_keys_that_go_down_and_up() {
    let mut app = article((30, 6), Strings::english());
    let mut read = Vec::new();
    loop {
        let screen = plain::screen(&app);
        read.push(screen.rows[usize::from(screen.cursor.1)].clone());
        press(&mut app, "j");
        if app.notice.is_some() {
            break;
        }
        assert!(read.len() < 100, "it does not end: {read:?}");
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&read.join(" ")), words(ARTICLE), "every word once, in reading order");
    let mut back = 0;
    while app.documents.here().cursor.start > 0 {
        press(&mut app, "k");
        back += 1;
        assert!(back < 100);
    }
    assert_eq!(back + 1, read.len());
    press(&mut app, "G");
    assert_eq!(said(&app), "paragraph 5 of 5");
    press(&mut app, "g");
    assert_eq!(said(&app), "heading, place وادي الزيتون", "what there is room for");
    press(&mut app, "space");
    assert!(app.documents.here().cursor.start > 0, "a screen further, what is read is what is on it");
}

#[test]
fn what_is_typed_is_read_where_it_is_typed() {
    let mut app = article((60, 10), Strings::english());
    press(&mut app, "/ ا ل ي");
    let screen = plain::screen(&app);
    assert_eq!(usize::from(screen.cursor.1), 9);
    assert_eq!(usize::from(screen.cursor.0), "Search: الي".chars().count());
    assert!(!screen.rows[9].contains('▏') && screen.rows[9].starts_with("Search: الي"), "{:?}", screen.rows[9]);
    press(&mut app, "esc :");
    let screen = plain::screen(&app);
    assert_eq!(screen.cursor.1, 0, "the palette has its line above");
    assert!(screen.rows[9].contains("line 1 of "), "and says what is chosen: {:?}", screen.rows[9]);
}

#[test]
fn nothing_but_words_is_sent() {
    let text = "قال \u{1b}[31mليث\u{1b}]0;x\u{7} \u{202E}كلاما\u{202C} و\u{9b}2J. ▏";
    for size in [(0, 0), (1, 1), (7, 2), (40, 12), (200, 50)] {
        for strings in [Strings::english(), Strings::arabic()] {
            let mut hostile = reader(size, strings, text);
            let mut app = article(size, strings);
            for keys in ["", "tab", "j", "?", "esc :", "esc e", "esc c", "esc tab D", "esc v", "esc / ا", "esc C"] {
                for app in [&mut hostile, &mut app] {
                    if !keys.is_empty() {
                        press(app, keys);
                    }
                    let screen = plain::screen(app);
                    assert_eq!(screen.rows.len(), usize::from(size.1));
                    assert!(usize::from(screen.cursor.1) <= usize::from(size.1) && screen.cursor.0 <= size.0);
                    for row in &screen.rows {
                        assert!(!row.contains(is_command), "{row:?}");
                        let boxes = |letter: char| ('\u{2500}'..'\u{25A0}').contains(&letter);
                        assert!(!row.contains(boxes) || row.contains('▏'), "{row:?}");
                        assert!(!row.contains(|letter: char| ('\u{FE70}'..'\u{FEFF}').contains(&letter)), "{row:?}");
                    }
                }
            }
        }
    }
}
