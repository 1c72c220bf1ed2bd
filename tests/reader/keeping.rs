//! What a person corrects in the reader is on the disk: after leaving, after `kill -9`, beside a second rawi, and where
//! nothing can be written it is said.

use super::{LIMIT, Pty, seen};
use crate::in_time::InTime;
use rawi::{
    annotation::Provenance,
    store::{Home, Memory, peek},
    text::{Document, Origin},
};
use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

const ARTICLE: &str = "قالت سلمى الناصر إن «المكتبة مفتوحة».\nوعادت سلمى الناصر إلى مدينة صور.\n";

fn memory(folder: &Path, text: &str, sidecar: bool) -> Memory {
    let path = folder.join("a.txt").display().to_string();
    let document = Document::new("a", text, Origin { path: Some(path), ..Origin::default() });
    peek(&Home { data: folder.join(".local/share/rawi"), sidecar }, &document).unwrap()
}

fn article(folder: &Path) {
    fs::write(folder.join("a.txt"), ARTICLE).unwrap();
}

/// Waits for the findings, and for the cursor on the first name.
fn first_name(pty: &Pty) {
    let counted = |line: &str| line.contains("People") && line.contains(|letter: char| letter.is_ascii_digit());
    pty.wait("findings", |screen| screen.lines().any(counted));
    pty.press("]");
    pty.wait("name", |screen| screen.contains(": 1 of "));
}

/// Accepts the first name.
fn accept(pty: &Pty) {
    first_name(pty);
    pty.press("a");
    pty.wait("what was done", |screen| screen.contains("Accepted: "));
}

/// Leaves where corrections are not kept: the first time it is said.
fn leave_unsaved(mut pty: Pty) {
    pty.press("q");
    pty.wait("warning", |screen| screen.contains("q again quits"));
    pty.press("q");
    assert!(pty.ended().success());
}

#[test]
fn it_is_there_when_the_article_is_opened_again_and_in_exports() {
    for args in [&["a.txt"][..], &["--sidecar", "a.txt"]] {
        let folder = tempfile::tempdir().unwrap();
        article(folder.path());
        let pty = Pty::start(folder.path(), args);
        accept(&pty);
        pty.press("cn");
        pty.press("note 17\r");
        pty.wait("note", |screen| screen.contains("Note on "));
        pty.press("]x");
        pty.wait("rejection", |screen| screen.contains("Rejected: "));
        pty.press("u");
        pty.wait("what was taken back", |screen| screen.contains("Undone: Rejected: "));
        pty.leave();
        let sidecar = args.len() > 1;
        assert_eq!(folder.path().join("a.txt.rawi.json").exists(), sidecar);
        let kept = memory(folder.path(), ARTICLE, sidecar).annotations;
        assert_eq!((kept.mentions.len(), kept.rejected.len()), (1, 0));
        assert!(matches!(kept.mentions.first().unwrap().provenance, Provenance::Person(at) if at > 1_700_000_000));

        let pty = Pty::start(folder.path(), args);
        first_name(&pty);
        pty.wait("decision", |screen| screen.contains("Decided by you") && screen.contains("note 17"));
        pty.leave();
        let mut export = Command::new(env!("CARGO_BIN_EXE_rawi"));
        export.args(["export", "a.txt", "--format", "json"]).current_dir(folder.path()).env("HOME", folder.path());
        export.env_remove("XDG_DATA_HOME").args(sidecar.then_some("--sidecar"));
        let output = export.output_in_time();
        assert!(String::from_utf8_lossy(&output.stdout).contains("note 17"), "{output:?}");
    }
}

#[test]
fn another_tools_result_is_read_and_corrected() {
    let folder = tempfile::tempdir().unwrap();
    article(folder.path());
    // Not what rawi would find: two words of the article as a place, and nothing else.
    fs::write(folder.path().join("result.ann"), "T1\tPlace 21 35\tالمكتبة مفتوحة\n").unwrap();
    let args = ["--annotations", "result.ann", "a.txt"];
    let pty = Pty::start(folder.path(), &args);
    pty.wait("findings", |screen| screen.contains(&seen("المكتبة مفتوحة")) && screen.contains("Places             1"));
    pty.press("]");
    pty.wait("the result", |screen| screen.contains(&seen("المكتبة مفتوحة")) && screen.contains("From another file"));
    pty.press("co");
    pty.wait("what was done", |screen| screen.contains("Organization: "));
    pty.leave();
    let kept = memory(folder.path(), ARTICLE, false).annotations;
    assert_eq!(kept.entities.iter().map(|entity| entity.kind.name()).collect::<Vec<_>>(), ["organization"]);
}

/// A word with a number.
fn word(number: usize) -> String {
    format!("كلمة{number}س")
}

/// The number of the word that the status line names.
fn told(screen: &str) -> Option<usize> {
    let line = screen.lines().find(|line| line.contains("Person: "))?;
    let (_, rest) = line.split_once("Person: ")?;
    let digits = rest.chars().skip_while(|letter| !letter.is_ascii_digit());
    digits.take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

#[test]
fn killed_at_any_moment_it_loses_at_most_the_correction_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let words: Vec<String> = (0..400).map(word).collect();
    let text = format!("{}\n", words.join(" "));
    fs::write(folder.path().join("a.txt"), &text).unwrap();
    let (mut saved, mut rounds) = (0, 0);
    for round in 0..8_u64 {
        let mut pty = Pty::start(folder.path(), &["a.txt"]);
        pty.wait("findings", |screen| screen.contains("? keys") || screen.contains(" of 1"));
        // Each word is searched for, marked and made a person: all keys at once, or one word after the other.
        let keys = |number: usize| format!("/{}\rv\rp", word(number));
        let kept = || memory(folder.path(), &text, false).annotations.mentions.len();
        if round % 2 == 0 {
            pty.press(&(saved..saved + 30).map(keys).collect::<String>());
            let start = Instant::now();
            while kept() == saved {
                assert!(start.elapsed() < LIMIT, "round {round}: nothing more than {saved} kept:\n{}", pty.contents());
                thread::sleep(Duration::from_micros(500));
            }
        } else {
            (saved..saved + 30).map(keys).take(5 + saved % 7).for_each(|keys| {
                pty.press(&keys);
                thread::sleep(Duration::from_millis(2));
            });
            pty.wait("correction", |screen| told(screen).is_some());
        }
        thread::sleep(Duration::from_micros(round * 7_919 % 30_000));
        let id = pty.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-9", &id]).output_in_time().status.success());
        pty.ended();
        let said = told(&pty.contents()).map_or(saved, |last| last + 1);
        let kept = memory(folder.path(), &text, false).annotations;
        let count = kept.mentions.len();
        // What the screen says is on the disk, and nothing is there that does not follow it.
        assert!(count >= said, "round {round}: said {said}, kept {count}");
        let numbers: Vec<String> = (0..count).map(word).collect();
        assert!(kept.entities.iter().map(|entity| &entity.name).eq(&numbers), "round {round}");
        rounds += usize::from(count < saved + 30);
        saved = count;
    }
    assert!(rounds > 0, "no round was killed while it corrected");
}

#[test]
fn beside_a_second_rawi_it_can_be_read_and_not_corrected() {
    let folder = tempfile::tempdir().unwrap();
    article(folder.path());
    let first = Pty::start(folder.path(), &["a.txt"]);
    accept(&first);
    let second = Pty::start(folder.path(), &["a.txt"]);
    second.wait("reason", |screen| screen.contains("Read-only: another rawi"));
    second.press("]");
    second.wait("the other's decision", |screen| screen.contains("Decided by you"));
    second.press("x");
    second.wait("reason", |screen| screen.contains("Read-only: another rawi"));
    second.leave();
    first.press("x");
    first.wait("what was done", |screen| screen.contains("Rejected: "));
    first.leave();
    let third = Pty::start(folder.path(), &["a.txt"]);
    accept(&third);
    third.leave();
    let kept = memory(folder.path(), ARTICLE, false).annotations;
    assert_eq!((kept.mentions.len(), kept.rejected.len()), (1, 1));
}

#[test]
fn where_nothing_can_be_kept_it_is_said_and_the_session_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    article(folder.path());
    // A file where the directory should be.
    fs::write(folder.path().join("no-directory"), "").unwrap();
    let data = folder.path().join("no-directory").display().to_string();
    let pty = Pty::start_with(folder.path(), &["a.txt"], &[("XDG_DATA_HOME", &data)]);
    pty.wait("reason", |screen| screen.contains("Corrections are not kept: "));
    accept(&pty);
    leave_unsaved(pty);

    // A damaged store is left as it is.
    let store = folder.path().join("a.txt.rawi.json");
    fs::write(&store, "{\"format\": \"rawi-st").unwrap();
    let pty = Pty::start(folder.path(), &["--sidecar", "a.txt"]);
    pty.wait("reason", |screen| screen.contains("Corrections are not kept: "));
    accept(&pty);
    leave_unsaved(pty);
    assert_eq!(fs::read_to_string(&store).unwrap(), "{\"format\": \"rawi-st");

    // The disk fails in between, and is there again.
    let pty = Pty::start(folder.path(), &["a.txt"]);
    accept(&pty);
    let documents = folder.path().join(".local/share/rawi/documents");
    fs::rename(&documents, folder.path().join("away")).unwrap();
    fs::write(&documents, "").unwrap();
    pty.press("x");
    pty.wait("reason", |screen| screen.contains("Not saved: "));
    fs::remove_file(&documents).unwrap();
    fs::rename(folder.path().join("away"), &documents).unwrap();
    assert_eq!(memory(folder.path(), ARTICLE, false).annotations.rejected.len(), 0, "the old file is untouched");
    pty.press("]a");
    pty.wait("what was done", |screen| screen.contains("Accepted: "));
    pty.leave();
    let kept = memory(folder.path(), ARTICLE, false).annotations;
    assert_eq!((kept.mentions.len(), kept.rejected.len()), (1, 1), "what was not saved before is saved with the next");
}

#[test]
fn a_correction_without_a_place_is_kept_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    article(folder.path());
    let pty = Pty::start(folder.path(), &["a.txt"]);
    accept(&pty);
    pty.leave();
    let other = "لا صلة لهذا بما سبق.\n";
    fs::write(folder.path().join("a.txt"), other).unwrap();
    for _ in 0..2 {
        let pty = Pty::start(folder.path(), &["a.txt"]);
        pty.wait("how many", |screen| screen.contains("1 of your corrections no longer match"));
        pty.press(":lost\r");
        let name = seen("سلمى الناصر");
        pty.wait("which", |screen| screen.contains("Corrections that no longer match") && screen.contains(&name));
        pty.press("q");
        pty.wait("the page again", |screen| !screen.contains("Corrections that no longer match"));
        pty.leave();
    }
}
