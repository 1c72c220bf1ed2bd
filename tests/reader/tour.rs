//! `rawi tour`, key by key.

use super::{Pty, seen};
use std::path::Path;

/// What is asked for in each step, pressed.
const KEYS: [&str; 10] = ["]]", "n", "}", "s", "\t", "cl", "u", "/البحر\r", "e", "?"];

/// Every file below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

fn lead(language: &str, step: impl Fn(usize) -> String, done: &str) {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start(folder.path(), &["tour", "--ui", language]);
    let first = step(1);
    pty.wait("first step", |screen| screen.contains(&first));
    // What is found comes while the first step is read: somebody whom the text names below the screen is in the panel.
    let singer = seen("إلياس رزق");
    pty.wait("findings", |screen| screen.contains(&singer));
    for (number, keys) in (1..).zip(KEYS) {
        if number == 10 {
            // The export dialog closes first.
            pty.press("\x1b");
            pty.wait("closed dialog", |screen| !screen.contains("sample.json"));
        }
        pty.press(keys);
        let next = if number == 10 { done.to_owned() } else { step(number + 1) };
        pty.wait(&format!("step after {number}"), |screen| screen.contains(&next));
        if number == 9 {
            pty.wait("export dialog", |screen| screen.contains("sample.json"));
        }
    }
    pty.press("\x1b");
    pty.wait("closed help", |screen| screen.contains(done) && !screen.contains("Ctrl-") && !screen.contains("ctrl-"));
    pty.press("\x1b");
    pty.wait("the reader alone", |screen| !screen.contains(done));
    pty.leave();
    assert_eq!(files(folder.path()), Vec::<String>::new(), "nothing of it is kept");
}

#[test]
fn it_leads_through_ten_steps_in_english_and_keeps_nothing() {
    lead("en", |number| format!("Tour {number}/10."), "That was the tour");
}

#[test]
fn it_leads_through_ten_steps_in_arabic_and_keeps_nothing() {
    lead("ar", |number| seen(&format!("الجولة {number} من 10.")), &seen("انتهت الجولة"));
}

#[test]
fn every_step_can_be_left_out_and_the_tour_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start(folder.path(), &["tour", "--ui=en"]);
    for number in 1..=10 {
        pty.wait("step", |screen| screen.contains(&format!("Tour {number}/10.")));
        pty.press("\x1bOQ");
    }
    pty.wait("end", |screen| screen.contains("That was the tour"));
    pty.press("\x1b");
    pty.wait("the reader alone", |screen| !screen.contains("That was the tour"));
    pty.leave();
    // In the plain mode the tour is lines as well; other keys than the one asked for do what they do.
    let pty = Pty::start(folder.path(), &["tour", "--ui=en", "--plain"]);
    pty.wait("step", |screen| screen.contains("Tour 1/10.") && screen.contains("paragraph 1 of"));
    pty.press("jj");
    pty.wait("another row", |screen| screen.contains("paragraph 2 of") && screen.contains("Tour 1/10."));
    pty.press("\x1b");
    pty.wait("the reader alone", |screen| !screen.contains("Tour 1/10."));
    pty.leave();
    assert_eq!(files(folder.path()), Vec::<String>::new());
}
