//! Attacks on what is written: links, names of others, full disks, the article itself.

use super::{Place, article, run};
use std::{
    fs,
    os::unix::fs::{MetadataExt, symlink},
    process::Command,
};

#[test]
fn a_link_under_the_name_of_a_result_is_not_followed() {
    let place = Place::new();
    place.write("w.txt", article(1));
    let other = place.write("other", "theirs");
    symlink(&other, place.path("out.json")).unwrap();
    let ended = place.run(["export", "w.txt", "--format", "json", "-o", "out.json"]);
    assert_eq!((ended.code, ended.error.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
    assert!(fs::read_to_string(place.path("out.json")).unwrap().contains("rawi/1"), "OUT itself is replaced");
    // Whatever temporary names could be foreseen.
    for name in ["out.json.tmp", "out.json.part", "results/w.json.part", "results/w.json"] {
        fs::create_dir_all(place.path("results")).unwrap();
        symlink(&other, place.path(name)).unwrap();
    }
    place.run(["export", "w.txt", "--format", "json", "-o", "out.json"]);
    place.run(["extract", "w.txt", "--out", "results"]);
    assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
}

#[test]
fn nothing_but_the_named_file_is_replaced() {
    let place = Place::new();
    let text = place.write("a.txt", article(1));
    fs::hard_link(&text, place.path("hard.json")).unwrap();
    symlink(&text, place.path("soft.ann")).unwrap();
    fs::create_dir(place.path("d")).unwrap();
    symlink(place.folder.path(), place.path("d/up")).unwrap();
    place.write("w.txt", "mine, and no text of a brat file");
    place.write("kept.rawi.json", "corrections");
    for (format, out, words) in [
        ("json", "a.txt", "this is the article itself"),
        ("json", "hard.json", "this is the article itself"),
        ("json", "d/up/a.txt", "this is the article itself"),
        ("json", "./d/../a.txt", "this is the article itself"),
        ("brat", "a.ann", "this is the article itself"),
        ("brat", "w.ann", "w.txt: is there already and is not what belongs beside this export"),
        ("brat", "b.txt", "b.txt: the second file of this format would have the same name"),
        ("json", "kept.rawi.json", "rawi keeps corrections under such a name"),
        ("json", "d", "it is a folder"),
    ] {
        let before = fs::read(place.path(out)).ok();
        let ended = place.run(["export", "a.txt", "--format", format, "-o", out]);
        assert_eq!(ended.code, Some(1), "{out}: {}", ended.error);
        assert!(ended.error.contains(words) && ended.error.lines().count() == 1, "{out}: {}", ended.error);
        assert_eq!(fs::read(place.path(out)).ok(), before, "{out}");
    }
    assert_eq!(fs::read_to_string(place.path("w.txt")).unwrap(), "mine, and no text of a brat file");
    assert_eq!(fs::read_to_string(&text).unwrap(), article(1));
    // What an export before wrote is replaced again.
    for _ in 0..2 {
        let ended = place.run(["export", "a.txt", "--format", "brat", "-o", "pair.ann"]);
        assert_eq!(ended.code, Some(0), "{}", ended.error);
    }
}

#[test]
fn pipes_and_devices_are_written_as_they_are() {
    let place = Place::new();
    place.write("a.txt", article(1));
    let plain = place.run(["export", "a.txt", "--format", "jsonl"]);
    for out in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let ended = place.run(["export", "a.txt", "--format", "jsonl", "-o", out]);
        assert_eq!((ended.code, ended.out()), (Some(0), plain.out()), "{out}: {}", ended.error);
    }
    let ended = place.run(["export", "a.txt", "--format", "jsonl", "-o", "/dev/null"]);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    let full = place.run(["export", "a.txt", "--format", "jsonl", "-o", "/dev/full"]);
    assert_eq!((full.code, full.error.lines().count()), (Some(1), 1), "{}", full.error);
}

/// A limit of the size of files: the signal for it would end the program in the middle.
#[test]
fn a_write_that_fails_leaves_the_old_file_whole() {
    let place = Place::new();
    place.write("a.txt", article(1).repeat(300));
    place.write("out.json", "the old one");
    let binary = super::binary();
    let shell = |command: &str| {
        let mut shell = Command::new("bash");
        shell
            .args(["-c", command, "bash"])
            .arg(&binary)
            .current_dir(place.folder.path())
            .env("HOME", place.path("home"));
        run(&mut shell, b"")
    };
    let ended = shell("ulimit -f 8; \"$1\" export a.txt --format json -o out.json");
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    assert!(ended.error.starts_with("rawi: out.json: ") && ended.error.lines().count() == 1, "{}", ended.error);
    assert_eq!(fs::read_to_string(place.path("out.json")).unwrap(), "the old one");
    let ended = shell("ulimit -f 8; \"$1\" extract a.txt --out results");
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    let left: Vec<_> = fs::read_dir(place.path("results")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [".rawi-batch.jsonl"], "no half result, no leftover");
}

#[test]
fn stores_are_for_their_owner_and_sidecars_for_the_team() {
    use rawi::{
        source,
        store::{Home, Memory, Store},
    };
    let place = Place::new();
    let text = place.write("a.txt", article(1));
    let document = source::read(&text, &source::Options::default()).unwrap();
    // As an earlier version left them.
    fs::create_dir_all(place.data().join("documents")).unwrap();
    let open = |sidecar| Store::open(&Home { data: place.data(), sidecar }, &document).unwrap();
    let (mut store, _) = open(false);
    store.save(&document, &Memory::default()).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(store.path()), 0o600);
    for folder in ["", "documents", "paths", "locks"] {
        assert_eq!(mode(&place.data().join(folder)), 0o700, "{folder}");
    }
    drop(store);
    let (mut store, _) = open(true);
    store.save(&document, &Memory::default()).unwrap();
    assert_eq!(mode(store.path()) & 0o600, 0o600);
    assert_eq!(mode(store.path()), mode(&text), "as the umask says");
}
