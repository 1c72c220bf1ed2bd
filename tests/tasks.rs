//! `docs/TASKS.md`, line by line: its keys are pressed, and its words have to be on the screen then. What is found is
//! found by the extractor, in the articles that the text names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod stage;

use rawi::{
    annotation::Annotations,
    export,
    extract::extract,
    layout::{self, Order},
    source,
    text::Document,
    tui::{
        app::{App, Config, DocumentEvent, Event, Format},
        keymap::{Code, Key},
        strings::Strings,
    },
};
use stage::{Stage, screen};
use std::sync::Arc;

const TASKS: &str = include_str!("../docs/TASKS.md");

/// A key, or a word on the screen, as the table writes it.
#[derive(Debug)]
enum Part<'t> {
    Code(&'t str),
    Words(String),
}

/// What a cell of the table holds: `keys` and "words". A quotation mark in words is written \".
fn parts(cell: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), cell.trim());
    while let Some(first) = rest.chars().next() {
        let (part, after) = if let Some(code) = rest.strip_prefix('`') {
            let (code, after) = code.split_once('`').unwrap();
            (Part::Code(code), after)
        } else {
            assert_eq!(first, '"', "neither a key nor words: {rest}");
            let body = rest.get(1..).unwrap();
            let end = body.match_indices('"').find(|(at, _)| !body.get(..*at).unwrap().ends_with('\\')).unwrap().0;
            (Part::Words(body.get(..end).unwrap().replace("\\\"", "\"")), body.get(end + 1..).unwrap())
        };
        parts.push(part);
        rest = after.trim_start();
    }
    parts
}

fn reader(documents: &[(Arc<Document>, Annotations)]) -> App {
    let formats = export::Format::ALL
        .iter()
        .map(|format| Format { name: format.name().to_owned(), ending: format.extension().to_owned() });
    let config = Config { formats: formats.collect(), ..stage::config(Strings::english()) };
    let mut app = App::new(config, documents.iter().map(|(document, _)| Arc::clone(document)).collect(), (80, 24));
    for (number, (_, found)) in documents.iter().enumerate() {
        app.tell(Event::Document(number, DocumentEvent::Found(Box::new(found.clone()), 100)));
    }
    app
}

/// Words as the screen shows them.
fn seen(words: &str) -> String {
    let laid = layout::line(words, &layout::Options::default());
    let row = laid.row(0).unwrap();
    row.emit(Order::Visual, row.width()).into_iter().map(|glyph| glyph.symbol.into_owned()).collect()
}

#[test]
fn every_task_takes_the_keys_that_the_table_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = ["assets/sample.txt", "tests/tasks/ferry.txt"].map(|path| {
        assert!(TASKS.contains(path), "the text names {path}");
        let document = source::read(root.join(path), &source::Options::default()).unwrap();
        let found = extract(&document).unwrap();
        (Arc::new(document), found)
    });
    let rows = TASKS.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows: Vec<Vec<&str>> = rows.map(|row| row.trim_matches('|').split(" | ").collect()).collect();
    assert!(rows.len() >= 20, "{} tasks", rows.len());
    let mut faults = Vec::new();
    for row in rows {
        let [task, keys, words] = row.as_slice() else { panic!("three cells: {row:?}") };
        let mut app = reader(&documents);
        let mut count = 0;
        for part in parts(keys) {
            match part {
                Part::Code(key) => {
                    app.tell(Event::Key(key.parse().unwrap()));
                    count += 1;
                }
                Part::Words(text) => {
                    for letter in text.chars() {
                        app.tell(Event::Key(Key { code: Code::Char(letter), ..Key::char(' ') }));
                    }
                }
            }
        }
        while app.is_busy() {
            app.search_on();
        }
        let screen = screen(&app);
        for part in parts(words) {
            let Part::Words(words) = part else { panic!("words are written \"so\": {row:?}") };
            if !screen.contains(&seen(&words)) {
                faults.push(format!("{task}: no “{words}” after {keys}:\n{screen}"));
            }
        }
        if count > 6 {
            faults.push(format!("{task}: {count} keys are more than a handful"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
