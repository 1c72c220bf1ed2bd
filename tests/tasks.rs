//! `docs/TASKS.md`, line by line: its keys are pressed, and its words have to be on the screen then. What is found is
//! found by the extractor, in the articles that the text names.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has to stop")]

mod collection;
mod in_time;
mod stage;

use collection::Collection;
use in_time::InTime;
use rawi::{
    annotation::Annotations,
    export,
    extract::extract,
    layout::{self, Order},
    source,
    text::Document,
    tui::{
        action::LibraryAction,
        app::{App, Config, DocumentEvent, Event, Format},
        keymap::{Code, Key},
        strings::Strings,
    },
};
use stage::{Stage, screen};
use std::{fs, process::Command, sync::Arc};

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

/// The rows of a table of the text: task, keys, words.
fn rows(table: usize) -> Vec<Vec<&'static str>> {
    let part = TASKS.split("\n## ").nth(table).unwrap();
    let rows = part.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// What is missing of the words that a row promises.
fn missing(row: &[&str], shown: &str, as_shown: impl Fn(&str) -> String) -> Vec<String> {
    let mut faults = Vec::new();
    for part in parts(row[2]) {
        match part {
            Part::Words(words) if shown.contains(&as_shown(&words)) => {}
            missing => faults.push(format!("{}: no {missing:?} after {}:\n{shown}", row[0], row[1])),
        }
    }
    faults
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
    let rows = rows(1);
    assert!(rows.len() >= 20, "{} tasks", rows.len());
    let mut faults = Vec::new();
    for row in rows {
        assert_eq!(row.len(), 3, "three cells: {row:?}");
        let mut app = reader(&documents);
        let mut count = 0;
        for part in parts(row[1]) {
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
        faults.extend(missing(&row, &screen(&app), seen));
        if count > 6 {
            faults.push(format!("{}: {count} keys are more than a handful", row[0]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The words of a command, by blanks and single quotation marks as a shell has them.
fn command_words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn every_task_with_a_collection_takes_what_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let tasks = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tasks");
    fs::copy(tasks.join("draft.txt"), folder.path().join("draft.txt")).unwrap();
    let run = |words: &[String]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
        command.args(words).current_dir(folder.path()).env("RAWI_LIBRARY", folder.path().join("library.sqlite"));
        command.env("LANG", "C.UTF-8").env("HOME", folder.path());
        let output = command.output_in_time();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let index = ["index".to_owned(), collection::path().to_string_lossy().into_owned()];
    assert!(run(&index).contains("8 documents"));
    let mut collection = Collection::new();
    let rows = rows(2);
    assert!(rows.len() >= 10, "{} tasks", rows.len());
    let mut faults = Vec::new();
    for row in rows {
        assert_eq!(row.len(), 3, "three cells: {row:?}");
        if let Some(command) = row[1].strip_prefix("`rawi ") {
            let said = run(&command_words(command.trim_end_matches('`')));
            faults.extend(missing(&row, &said, str::to_owned));
            continue;
        }
        let config = Config { library: true, ..stage::config(Strings::english()) };
        let mut app = App::new(config, Vec::new(), (100, 30));
        collection.tell(&mut app, Event::Act(LibraryAction::Home.into()));
        let mut count = 0;
        for part in parts(row[1]) {
            match part {
                Part::Code(key) => {
                    collection.press(&mut app, key);
                    count += 1;
                }
                Part::Words(text) => collection.type_in(&mut app, &text),
            }
        }
        faults.extend(missing(&row, &screen(&app), seen));
        if count > 6 {
            faults.push(format!("{}: {count} keys are more than a handful", row[0]));
        }
        // The next one begins with the library as it was.
        if collection.decisions() > 0 {
            collection.press(&mut app, "u");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
