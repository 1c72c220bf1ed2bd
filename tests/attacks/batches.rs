//! Attacks on batches: inputs that break off, results in the way, two batches at once, a batch that reads what it writes.

use super::{Place, article, make_pipe, run, until};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

fn results(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != ".rawi-batch.jsonl");
    names.sort();
    names
}

fn lines(count: usize) -> String {
    let line = |number: usize| format!("{}\n", serde_json::json!({"id": number, "text": article(number)}));
    (0..count).map(line).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn an_input_that_breaks_off_has_no_result() {
    let place = Place::new();
    let whole = packed(lines(60).as_bytes());
    place.write("in/cut.jsonl.gz", &whole[..whole.len() / 2]);
    place.write("in/good.txt", article(1));
    let text = packed(article(7).repeat(50).as_bytes());
    place.write("in/cut.txt.gz", &text[..text.len() - 9]);
    let ended = place.run(["extract", "in", "--out", "out"]);
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    assert_eq!(results(&place.path("out")), ["good.txt.jsonl"], "{}", ended.error);
    // The next time they are there.
    place.write("in/cut.jsonl.gz", &whole);
    place.write("in/cut.txt.gz", &text);
    let ended = place.run(["extract", "in", "--out", "out", "--resume"]);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert_eq!(results(&place.path("out")).len(), 3);
    let all = fs::read_to_string(place.path("out/cut.jsonl.gz.jsonl")).unwrap();
    assert_eq!(all.lines().count(), 60);
}

#[test]
fn resuming_trusts_nothing_that_it_finds() {
    let place = Place::new();
    for number in 0..6 {
        place.write(&format!("in/{number}.txt"), article(number));
    }
    let result = |number: usize| place.path(format!("out/{number}.txt.jsonl"));
    let extract = |more: &[&str]| {
        let ended = place.run([&["extract", "in", "--out", "out", "--resume"], more].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.error);
    };
    extract(&[]);
    let read = || (0..6).map(|number| fs::read(result(number)).unwrap()).collect::<Vec<_>>();
    let good = read();
    // Half a result, none of ours, an input that has changed; one is left alone, which its time tells.
    fs::write(result(0), &good[0][..good[0].len() / 2]).unwrap();
    fs::write(result(1), "{}").unwrap();
    place.write("in/2.txt", article(22));
    fs::remove_file(result(3)).unwrap();
    let untouched = fs::metadata(result(4)).unwrap().modified().unwrap();
    extract(&[]);
    let again = read();
    for number in [0, 1, 3, 4, 5] {
        assert!(again[number] == good[number], "{number}");
    }
    assert!(again[2] != good[2]);
    assert_eq!(fs::metadata(result(4)).unwrap().modified().unwrap(), untouched, "what is whole is not done again");
    // Asked for something else, everything is another result.
    extract(&["--explain"]);
    assert!(read()[4] != good[4]);
    // A result that nobody vouches for.
    fs::remove_file(place.path("out/.rawi-batch.jsonl")).unwrap();
    fs::write(result(5), "{\"schema\": \"rawi/1\"}\n").unwrap();
    extract(&[]);
    assert!(read()[5] == good[5]);
}

#[test]
fn one_bad_document_ends_no_batch() {
    let place = Place::new();
    place.write("in/a.txt", article(1));
    place.write(&format!("in/{}", "n".repeat(253)), article(2));
    place.write("in/b.txt", article(3));
    fs::create_dir_all(place.path("out/b.txt.jsonl/x")).unwrap();
    place.write("in/c.txt", article(4));
    place.write("in/d/e.txt", article(5));
    place.write("out/d", "a file where a folder should be");
    make_pipe(&place.path("in/pipe.txt"));
    make_pipe(&place.path("in/pipe.jsonl"));
    let ended = place.run(["extract", "in", "--out", "out", "--timeout", "20"]);
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    let names = results(&place.path("out"));
    assert!(names.contains(&"a.txt.jsonl".to_owned()) && names.contains(&"c.txt.jsonl".to_owned()), "{names:?}");
    assert!(ended.error.lines().all(|line| line.chars().count() <= 200 + "rawi: ".len()), "{}", ended.error);
    for bad in ["nnn", "b.txt", "out/d"] {
        assert!(ended.error.lines().any(|line| line.contains(bad)), "{bad}: {}", ended.error);
    }
}

#[test]
fn a_pipe_to_which_nobody_writes_is_given_up() {
    let place = Place::new();
    place.write("a.txt", article(1));
    make_pipe(&place.path("pipe.jsonl"));
    make_pipe(&place.path("pipe"));
    let ended = place.run(["extract", "pipe.jsonl", "pipe", "a.txt", "--timeout", "10"]);
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    assert_eq!(ended.out().lines().count(), 1, "{}", ended.error);
    assert!(ended.error.contains("pipe.jsonl") && ended.error.lines().count() == 3, "{}", ended.error);
}

#[test]
fn two_batches_do_not_write_into_one_folder() {
    let place = Place::new();
    place.write("a.txt", article(1));
    let mut first = place.rawi(["extract", "-", "--input", "jsonl", "--out", "out"]);
    let mut first = first.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let lock = place.path("out/.rawi-batch.jsonl");
    until("the first batch has the folder", || lock.exists());
    let second = place.run(["extract", "a.txt", "--out", "out"]);
    drop(first.stdin.take());
    assert_eq!(second.code, Some(1), "{}", second.error);
    assert!(second.error.contains("another rawi is writing into this folder"), "{}", second.error);
    assert!(super::ended(first).status.success());
    assert_eq!(place.run(["extract", "a.txt", "--out", "out"]).code, Some(0));
}

#[test]
fn a_batch_does_not_read_what_it_writes() {
    let place = Place::new();
    for number in 0..4 {
        place.write(&format!("in/{number}.txt"), article(number));
    }
    let output = fs::File::create(place.path("in/all.jsonl")).unwrap();
    let mut command = place.rawi(["extract", "in"]);
    let child = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::piped()).spawn().unwrap();
    let ended = super::ended(child);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(fs::read_to_string(place.path("in/all.jsonl")).unwrap().lines().count(), 4);
    fs::remove_file(place.path("in/all.jsonl")).unwrap();
    for _ in 0..2 {
        let ended = place.run(["extract", "in", "--out", "in/results"]);
        assert_eq!(ended.code, Some(0), "{}", ended.error);
        assert_eq!(results(&place.path("in/results")).len(), 4);
    }
    let output = fs::File::options().append(true).open(place.path("in/0.txt")).unwrap();
    let mut command = place.rawi(["extract", "in/0.txt"]);
    let child = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::piped()).spawn().unwrap();
    assert!(!super::ended(child).status.success());
    assert_eq!(fs::read_to_string(place.path("in/0.txt")).unwrap(), article(0));
}

#[test]
fn a_result_is_what_one_run_writes_whatever_was_there() {
    let place = Place::new();
    place.write("in/a.jsonl", lines(20));
    let fresh = run(&mut place.rawi(["extract", "in"]), b"");
    place.write("out/a.jsonl.jsonl", "old\n");
    let leftover: PathBuf = place.write("out/.rawi-abc.tmp", "left by a killed batch");
    assert_eq!(place.run(["extract", "in", "--out", "out"]).code, Some(0));
    assert_eq!(fs::read(place.path("out/a.jsonl.jsonl")).unwrap(), fresh.out);
    assert!(!leftover.exists());
}
