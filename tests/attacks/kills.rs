//! Kills at random moments of correcting, exporting and a batch. What was said to be kept is there afterwards.
//!
//! `RAWI_KILLS` says how often in all; the default fits into every run of the tests.

use super::{Dice, Place, article, binary, in_time::ChildInTime};
use rawi::{
    annotation::{Edit, Kind, Target},
    source,
    store::{Home, Memory, Store, peek},
    text::{Document, Span},
};
use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// How often each of the three is killed.
fn kills() -> usize {
    env::var("RAWI_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(45_usize).div_ceil(3)
}

const WORDS: usize = 400;

fn text() -> String {
    (0..WORDS).map(|number| format!("اسم{number} ")).collect()
}

/// The process that is killed: corrects and says what is kept.
#[test]
fn correcting_until_killed() {
    let Some(folder) = env::var_os("RAWI_ATTACKED") else { return };
    let folder = Path::new(&folder);
    let document = source::read(folder.join("a.txt"), &source::Options::default()).unwrap();
    let home = Home { data: folder.join("data"), sidecar: false };
    let (mut store, mut memory) = Store::open(&home, &document).unwrap();
    let mut out = std::io::stdout();
    for number in memory.annotations.mentions.len()..WORDS {
        mark(&document, &mut memory, number);
        store.save(&document, &memory).unwrap();
        writeln!(out, "kept {}", number + 1).unwrap();
        out.flush().unwrap();
    }
}

fn mark(document: &Document, memory: &mut Memory, number: usize) {
    let word = format!("اسم{number} ");
    let start = document.text().find(&word).unwrap();
    let span = Span::new(start, start + word.len() - 1);
    memory.annotations.apply(document, &Edit::AddMention(span, Target::New(Kind::Person)), 1).unwrap();
}

#[test]
fn no_correction_that_was_kept_is_lost() {
    let mut dice = Dice(11);
    let mut place = Place::new();
    let mut kept_in_all = 0;
    for kill in 0..kills() {
        if kill % 6 == 0 {
            place = Place::new();
            place.write("a.txt", text());
        }
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "kills::correcting_until_killed", "--nocapture", "--test-threads", "1"])
            .env("RAWI_ATTACKED", place.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = thread::spawn(move || {
            let kept =
                lines.map_while(Result::ok).filter_map(|line| line.rsplit("kept ").next()?.parse::<usize>().ok());
            kept.last()
        });
        thread::sleep(Duration::from_micros(10_000 + dice.below(150_000)));
        child.kill().unwrap();
        child.ended_in_time();
        let kept = reader.join().unwrap().unwrap_or_default();
        let document = source::read(place.path("a.txt"), &source::Options::default()).unwrap();
        let home = Home { data: place.path("data"), sidecar: false };
        let found = peek(&home, &document).unwrap().annotations.mentions.len();
        assert!(found >= kept, "kill {kill}: {kept} were kept, {found} are there");
        kept_in_all += kept;
    }
    assert!(kept_in_all > 0, "every kill came before the first correction");
    println!("{} kills while correcting, nothing lost", kills());
}

#[test]
fn an_export_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let place = Place::new();
    place.write("a.txt", article(1).repeat(60));
    let export = || place.rawi(["export", "a.txt", "--format", "json", "-o", "out.json"]);
    assert!(super::run(&mut export(), b"").code == Some(0));
    let new = fs::read(place.path("out.json")).unwrap();
    let old = b"the old one".as_slice();
    let start = std::time::Instant::now();
    assert!(super::run(&mut export(), b"").code == Some(0));
    let whole = u64::try_from(start.elapsed().as_micros()).unwrap();
    let mut dice = Dice(12);
    let (mut olds, mut news) = (0, 0);
    for kill in 0..kills() {
        fs::write(place.path("out.json"), old).unwrap();
        let mut child = export().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Mostly near the end, where it writes.
        thread::sleep(Duration::from_micros(whole * 7 / 10 + dice.below(whole / 2)));
        child.kill().unwrap();
        child.ended_in_time();
        let found = fs::read(place.path("out.json")).unwrap();
        assert!(found == old || found == new, "kill {kill}: {} bytes", found.len());
        (olds, news) = (olds + usize::from(found == old), news + usize::from(found == new));
    }
    println!("{} kills while exporting: {olds} old files, {news} new ones, no other", kills());
}

#[test]
fn a_batch_that_is_killed_and_resumed_has_every_result_whole() {
    let mut dice = Dice(13);
    let source = Place::new();
    for number in 0..12 {
        source.write(&format!("in/{number:02}.txt"), article(number).repeat(1 + number % 5));
    }
    let line = |number: usize| format!("{}\n", serde_json::json!({"id": number, "text": article(number)}));
    source.write("in/lines.jsonl", (0..20).map(line).collect::<String>());
    let extract = |out: &str| {
        let mut command = Command::new(binary());
        command.args(["extract", "in", "--out", out, "--resume"]).current_dir(source.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let start = std::time::Instant::now();
    assert!(super::ended(extract("whole").spawn().unwrap()).status.success());
    let whole = u64::try_from(start.elapsed().as_micros()).unwrap();
    let expected = contents(&source.path("whole"));
    assert_eq!(expected.len(), 13);
    let (mut kills_done, mut round) = (0, 0);
    while kills_done < kills() {
        let out = format!("out{round}");
        round += 1;
        for _ in 0..4 {
            let mut child = extract(&out).spawn().unwrap();
            thread::sleep(Duration::from_micros(whole / 4 + dice.below(whole)));
            child.kill().unwrap();
            child.ended_in_time();
            kills_done += 1;
            for (name, bytes) in contents(&source.path(&out)) {
                let same = expected.iter().find(|(other, _)| *other == name).map(|(_, bytes)| bytes);
                assert!(same == Some(&bytes), "kill {kills_done}: {name} is not whole");
            }
        }
        assert!(super::ended(extract(&out).spawn().unwrap()).status.success());
        assert!(contents(&source.path(&out)) == expected, "round {round}");
        fs::remove_dir_all(source.path(&out)).unwrap();
    }
    println!("{kills_done} kills of a batch in {round} folders, every result whole");
}

/// The results in a folder; what is hidden is none.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, fs::read(path).unwrap()))
        .collect();
    all.sort();
    all
}
