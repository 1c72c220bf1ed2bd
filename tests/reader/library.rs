//! `rawi --library`: the real program, its threads, its file.

use super::{LIMIT, Pty, seen};
use crate::in_time::InTime;
use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

fn rawi(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
    let library = folder.join("library.sqlite");
    let output =
        command.args(args).current_dir(folder).env("RAWI_LIBRARY", library).env("HOME", folder).output_in_time();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with two articles of the collection, and a library of them.
fn collection(folder: &Path) {
    let lines = include_str!("../tasks/harbour.jsonl");
    for line in lines.lines().take(2) {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| article.get(field).unwrap().as_str().unwrap().to_owned();
        fs::write(folder.join(format!("{}.txt", text("id"))), text("text")).unwrap();
    }
    rawi(folder, &["index", "marsa-2026-10-02.txt", "marsa-2026-10-09.txt"]);
}

#[test]
fn the_library_opens_on_its_home_page_and_leads_to_documents_and_back() {
    let folder = tempfile::tempdir().unwrap();
    collection(folder.path());
    let pty = Pty::start(folder.path(), &["--library=library.sqlite", "--ui", "en"]);
    let name = seen("سلمى القباني");
    pty.wait("people", |screen| screen.contains("[People]") && screen.contains(&name));
    pty.press("\r");
    pty.wait("her page", |screen| screen.contains("[Mentions]") && screen.contains("spellings:"));
    pty.press("\r");
    // Read from its file, and looked through.
    pty.wait("the document", |screen| screen.contains("Document 1 of 1") && screen.contains("Organizations"));
    pty.press("o");
    pty.wait("her page again", |screen| screen.contains("[Mentions]"));
    // A decision is on the disk, and is taken back by the key that takes everything back.
    pty.press("cr\u{15}Mayor\r");
    let decisions = folder.path().join("library.decisions.json");
    let kept = || fs::read_to_string(&decisions).unwrap_or_default();
    pty.wait("the new name", |screen| screen.contains("Mayor") && kept().contains("Mayor"));
    pty.press("u");
    pty.wait("the old name", |screen| screen.contains("Undone") && !kept().contains("Mayor"));
    // The source goes; the text is there.
    fs::remove_file(folder.path().join("marsa-2026-10-09.txt")).unwrap();
    pty.press("G\r");
    pty.wait("the library's own text", |screen| screen.contains("The source is gone"));
    pty.leave();
    assert!(rawi(folder.path(), &["people"]).contains("سلمى القباني"));
}

#[test]
fn a_folder_that_is_in_the_library_opens_on_the_home_page_with_its_articles_behind() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    collection(&articles);
    let start = || Pty::start(folder.path(), &["articles", "--ui", "en"]);
    let name = seen("سلمى القباني");
    let pty = start();
    let article = |screen: &str| screen.contains("▾ People") && !screen.contains("[People]");
    pty.wait("no library: the articles", article);
    pty.leave();
    let data = folder.path().join(".local/share/rawi");
    fs::create_dir_all(&data).unwrap();
    fs::rename(articles.join("library.sqlite"), data.join("library.sqlite")).unwrap();
    let pty = start();
    pty.wait("the home page", |screen| screen.contains("[People]") && screen.contains(&name));
    pty.press("\u{1b}");
    pty.wait("the articles", article);
    pty.leave();
}

#[test]
fn an_article_that_is_read_goes_into_the_library_with_one_key() {
    let folder = tempfile::tempdir().unwrap();
    collection(folder.path());
    fs::write(folder.path().join("new.txt"), "خبر جديد\nقال الصياد وليد البيطار إن البحر هادئ.\n").unwrap();
    let pty = Pty::start(folder.path(), &["--library=library.sqlite", "--ui", "en", "new.txt"]);
    pty.wait("findings", |screen| screen.contains("? keys"));
    let people = || rawi(folder.path(), &["people"]);
    pty.press("S");
    pty.wait("it is in", |screen| screen.contains("Added to the library"));
    assert!(people().contains("وليد البيطار"));
    pty.press("u");
    let start = Instant::now();
    while people().contains("وليد البيطار") {
        assert!(start.elapsed() < LIMIT, "it is taken out again");
        std::thread::sleep(Duration::from_millis(20));
    }
    pty.leave();
}

#[test]
fn a_damaged_library_is_one_line_and_the_article_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("library.sqlite"), "this is no database at all, and long enough to be seen\n")
        .unwrap();
    fs::write(folder.path().join("article.txt"), "قال سامر العلي شيئا.\n").unwrap();
    let pty = Pty::start(folder.path(), &["--library=library.sqlite", "--ui", "en", "article.txt"]);
    pty.wait("the text", |screen| screen.contains(&seen("سامر")));
    pty.press("H");
    // It is said at the beginning too: the home page is waited for. Escape and q together would be Alt-q.
    pty.wait("the fault", |screen| screen.contains("[People]") && screen.contains("library.sqlite:"));
    pty.press("\u{1b}");
    pty.wait("the text again", |screen| !screen.contains("[People]") && screen.contains(&seen("سامر")));
    pty.leave();
}

#[test]
fn a_decision_that_another_program_has_overtaken_stands() {
    let folder = tempfile::tempdir().unwrap();
    collection(folder.path());
    let pty = Pty::start(folder.path(), &["--library=library.sqlite", "--ui", "en"]);
    pty.wait("people", |screen| screen.contains("[People]") && screen.contains(&seen("سلمى القباني")));
    pty.press("cr\u{15}Mayor\r");
    pty.wait("the new name", |screen| screen.contains("Mayor") && screen.contains("renamed"));
    let decisions = folder.path().join("library.decisions.json");
    let kept = || fs::read_to_string(&decisions).unwrap_or_default();
    pty.wait("it is on the disk", |_| kept().contains("Mayor"));
    rawi(folder.path(), &["people", "رامي الحلواني", "--rename", "Minister"]);
    pty.press("u");
    pty.wait("why not", |screen| screen.contains("Another program has decided since"));
    assert!(kept().contains("Mayor") && kept().contains("Minister"));
    pty.leave();
}
