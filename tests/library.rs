//! The library through the real program: index, people, find, sources and check; killed, damaged, asked by two at once.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot run the program has to stop")]

mod in_time;

use in_time::{ChildInTime, InTime};
use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

fn rawi(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
    command.env("RAWI_LIBRARY", folder.join("library.sqlite")).current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    rawi(folder).args(arguments).output_in_time()
}

/// Standard output of a run that has to be well.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn rows(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Six hundred made-up names: no two have the same first and the same last name.
fn person(number: usize) -> String {
    let first = [
        "سامي",
        "كريم",
        "رنا",
        "ليلى",
        "فادي",
        "هدى",
        "طارق",
        "نبيل",
        "جميل",
        "زياد",
        "وليد",
        "منى",
        "عمر",
        "بسام",
        "غادة",
        "شادي",
        "لؤي",
        "مروان",
        "ثريا",
        "خالد",
        "داليا",
        "فراس",
        "صفاء",
        "حازم",
        "ريم",
    ];
    let last = [
        "الخطيب",
        "الدباغ",
        "النجار",
        "الحلواني",
        "القصار",
        "الطحان",
        "الزيات",
        "الشماع",
        "الغزال",
        "العطار",
        "البيطار",
        "الكتبي",
        "الفحام",
        "السقا",
        "الورداني",
        "الهاشمي",
        "التونسي",
        "الرماح",
        "البغدادي",
        "الموصلي",
        "الدمياطي",
        "الحمصي",
        "الكردي",
        "النابلسي",
    ];
    format!("{} {}", first[number % first.len()], last[number / first.len() % last.len()])
}

/// Results as `rawi extract` writes them, of made-up articles: each names a person of its own and the same minister.
fn results(folder: &Path, count: usize) {
    let mut lines = String::new();
    for number in 0..count {
        let person = person(number);
        let text = format!(
            "خبر {number}\nقال غريغور هاغن إن {person} وصل. وأضاف: «سنبني الجسر الجديد رقم {number} قبل نهاية العام المقبل»."
        );
        let place = |needle: &str| {
            let start = text.split(needle).next().unwrap().chars().count();
            (start, start + needle.chars().count())
        };
        let quote = format!("سنبني الجسر الجديد رقم {number} قبل نهاية العام المقبل");
        let ((a, b), (c, d), (e, f)) = (place("غريغور هاغن"), place(&person), place(&quote));
        let value = serde_json::json!({
            "schema": "rawi/1", "id": format!("خبر-{number}"), "text": text, "date": "2026-11-24", "outlet": "الضفاف",
            "entities": [
                {"id": "p1", "kind": "person", "name": "غريغور هاغن", "aliases": [], "roles": ["الوزير"]},
                {"id": "p2", "kind": "person", "name": person, "aliases": [], "roles": []},
            ],
            "mentions": [{"entity": "p1", "start": a, "end": b}, {"entity": "p2", "start": c, "end": d}],
            "quotes": [{"kind": "direct", "start": e, "end": f, "speaker": {"entity": "p1", "start": a, "end": b}}],
        });
        writeln!(lines, "{value}").unwrap();
    }
    fs::write(folder.join("results.jsonl"), lines).unwrap();
}

#[test]
fn files_go_in_once_and_out_when_they_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("news")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join("news").join(name), text).unwrap();
    write("a-20261124.txt", "قمة في الميناء\nوصل سامر الخطيب إلى تونس اليوم.");
    write("b.txt", "عاد سامر الخطيب من تونس مساء الخميس.");
    assert!(said(folder, &["index", "news"]).starts_with("2 new, 0 changed, 0 unchanged, 0 taken out"));
    assert!(said(folder, &["index", "news"]).contains("2 files not read again"));
    // The same text at another time is not looked through again; another text is.
    write("a-20261124.txt", "قمة في الميناء\nوصل سامر الخطيب إلى تونس اليوم.");
    write("b.txt", "عاد سامر الخطيب من قطر مساء الخميس.");
    let again = said(folder, &["index", "news"]);
    assert!(again.starts_with("0 new, 1 changed, 1 unchanged"), "{again}");
    let hits = rows(&said(folder, &["find", "الميناء", "--format", "jsonl"]));
    assert_eq!((hits[0]["title"].as_str(), hits[0]["date"].as_str()), (Some("قمة في الميناء"), Some("2026-11-24")));
    assert_eq!(said(folder, &["find", "تونس مساء"]), "nothing found\n");
    fs::remove_file(folder.join("news/b.txt")).unwrap();
    assert!(said(folder, &["index", "news"]).contains(" 0 taken out"));
    assert!(said(folder, &["index", "news", "--prune"]).contains(" 1 taken out"));
    assert_eq!(said(folder, &["find", "مساء"]), "nothing found\n");
}

#[test]
fn results_made_elsewhere_make_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 30);
    assert!(said(folder, &["index", "--from", "results.jsonl"]).starts_with("30 new"));
    assert!(said(folder, &["index", "--from", "results.jsonl"]).contains("1 files not read again"));
    let people = rows(&said(folder, &["people", "--format", "jsonl"]));
    assert_eq!(people.len(), 31);
    assert_eq!((people[0]["name"].as_str(), people[0]["quotes"].as_u64()), (Some("غريغور هاغن"), Some(30)));
    assert_eq!(people[0]["roles"][0]["documents"], 30);
    assert_eq!(people[0]["documents"][0]["id"], "خبر-0");
    for name in ["هاغن", "جريجور هاجن", "Gregor Hagen"] {
        let found = rows(&said(folder, &["people", name, "--format", "jsonl"]));
        assert_eq!(found[0]["name"], "غريغور هاغن", "{name}");
    }
    let sources = rows(&said(folder, &["sources", "--format", "jsonl"]));
    assert_eq!((sources[0]["quotes"].as_u64(), sources[0]["months"]["2026-11"].as_u64()), (Some(30), Some(30)));
    let html = said(folder, &["sources", "--format", "html"]);
    assert!(html.contains("<svg") && !html.contains("http"), "it works offline");
    let decided = said(folder, &["people", "هاغن", "--rename", "غريغور فون هاغن"]);
    assert!(decided.contains("shown as"), "{decided}");
    assert!(said(folder, &["people"]).starts_with("غريغور فون هاغن"));
    said(folder, &["people", "--undo"]);
    assert!(said(folder, &["people"]).starts_with("غريغور هاغن"));
}

#[test]
fn a_draft_is_checked_and_the_exit_code_tells() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 5);
    let draft = |text: &str| fs::write(folder.join("draft.txt"), text).unwrap();
    draft("قال غريغور هاغن: «سنبني الجسر الجديد رقم 3 قبل نهاية العام المقبل».");
    let missing = run(folder, &["check", "draft.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("there is no library"));
    said(folder, &["index", "--from", "results.jsonl"]);
    let right = run(folder, &["check", "draft.txt", "--format", "json"]);
    let verdicts: serde_json::Value = serde_json::from_slice(&right.stdout).unwrap();
    let quote = &verdicts["quotes"][0];
    assert_eq!((quote["verdict"].as_str(), quote["source"]["document"].as_str()), (Some("verbatim"), Some("خبر-3")));
    assert_eq!(right.status.code(), Some(0));
    draft("قال غريغور هاغن: «سنهدم الجسر الجديد رقم 3 قبل نهاية العام المقبل».");
    let wrong = run(folder, &["check", "draft.txt", "--format", "json"]);
    let verdicts: serde_json::Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!(verdicts["quotes"][0]["verdict"], "altered");
    assert_eq!(verdicts["quotes"][0]["changes"][0], serde_json::json!({"draft": "سنهدم", "source": "سنبني"}));
    assert_eq!((wrong.status.code(), wrong.stderr.len()), (Some(3), 0));
    assert_eq!(run(folder, &["check"]).status.code(), Some(2));
}

#[test]
fn a_kill_at_any_moment_leaves_whole_documents_and_every_decision() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let count = 600;
    results(folder, count);
    said(folder, &["index", "--from", "results.jsonl"]);
    said(folder, &["people", "هاغن", "--rename", "غريغور فون هاغن"]);
    fs::remove_file(folder.join("library.sqlite")).unwrap();
    for ending in ["-wal", "-shm"] {
        drop(fs::remove_file(folder.join(format!("library.sqlite{ending}"))));
    }
    let decisions = || -> Vec<serde_json::Value> {
        let text = fs::read_to_string(folder.join("library.decisions.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["decisions"].as_array().unwrap().clone()
    };
    let kills = std::env::var("RAWI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    for kill in 0..kills {
        let before = decisions();
        // Decisions and pruning are killed too; the first decision is never the one that is taken back.
        let arguments: &[&str] = match kill % 4 {
            1 => &["people", "هاغن", "--merge", "كريم الخطيب"],
            2 if before.len() > 1 => &["people", "--undo"],
            3 => &["index", "--from", "results.jsonl", "--prune"],
            _ => &["index", "--from", "results.jsonl"],
        };
        let mut child = rawi(folder)
            .args(arguments)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(5 + (kill * 37) % 400));
        child.kill().unwrap();
        child.ended_in_time();
        // What was decided is there, all of it or with the last step done or not.
        let (after, kept) = (decisions(), before.len() - usize::from(arguments.contains(&"--undo")));
        assert_eq!(after[..kept], before[..kept], "a decision is lost after kill {kill}");
        let most = before.len() + usize::from(arguments.contains(&"--merge"));
        assert!((kept..=most).contains(&after.len()), "{arguments:?} decided something else");
        if !folder.join("library.sqlite").exists() {
            continue;
        }
        let db = rusqlite::Connection::open(folder.join("library.sqlite")).unwrap();
        let ask = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap_or_default();
        assert_eq!(ask("PRAGMA integrity_check"), "ok");
        let half = "SELECT cast(count(*) AS TEXT) FROM documents WHERE \
                    (SELECT count(*) FROM entities WHERE document = documents.id) <> 2 OR \
                    (SELECT count(*) FROM quotes WHERE document = documents.id) <> 1";
        let half = ask(half);
        assert!(half == "0" || half.is_empty(), "{half} documents are half in after kill {kill}");
    }
    said(folder, &["index", "--from", "results.jsonl"]);
    let people = said(folder, &["people", "--format", "jsonl"]);
    assert!(rows(&people).len() >= count, "all of it is in");
    assert!(people.contains("غريغور فون هاغن"), "and what was decided holds");
}

/// A file that may not grow is a disk that is full: one line, and what is in is in whole.
#[test]
fn a_full_disk_ends_the_run_with_one_line_and_leaves_whole_documents() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 400);
    // Files of at most 600 blocks of 512 or 1024 bytes; without the signal, writing beyond is an error like another.
    let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" index --from results.jsonl";
    let full = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_rawi")])
        .env("RAWI_LIBRARY", folder.join("library.sqlite"))
        .current_dir(folder)
        .output_in_time();
    let error = String::from_utf8_lossy(&full.stderr).into_owned();
    assert_eq!((full.status.code(), error.lines().count()), (Some(1), 1), "{error}");
    assert!(error.contains("library.sqlite") && error.contains("cannot be written"), "{error}");
    let db = rusqlite::Connection::open(folder.join("library.sqlite")).unwrap();
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let documents = number("SELECT count(*) FROM documents");
    assert!(documents < 400, "the disk was not full");
    let half = "SELECT count(*) FROM documents WHERE \
                (SELECT count(*) FROM entities WHERE document = documents.id) <> 2 OR \
                (SELECT count(*) FROM quotes WHERE document = documents.id) <> 1";
    assert_eq!(number(half), 0);
    db.close().unwrap();
    assert!(run(folder, &["people"]).status.success(), "it opens");
    said(folder, &["index", "--from", "results.jsonl"]);
    assert_eq!(rows(&said(folder, &["people", "--format", "jsonl"])).len(), 401, "and goes on with room");
}

#[test]
fn one_writes_while_another_asks() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 400);
    fs::copy(folder.join("results.jsonl"), folder.join("first.jsonl")).unwrap();
    said(folder, &["index", "--from", "first.jsonl"]);
    let mut writer =
        rawi(folder).args(["index", "--from", "results.jsonl"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    let mut asked = 0;
    while writer.try_wait().unwrap().is_none() {
        assert!(said(folder, &["find", "الجسر", "--limit", "3"]).contains("الجسر"));
        asked += 1;
        assert!(begun.elapsed() < Duration::from_secs(120), "the index does not end");
    }
    assert!(asked > 0 && writer.ended_in_time().success());
}

#[test]
fn a_damaged_library_is_kept_aside_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 20);
    said(folder, &["index", "--from", "results.jsonl"]);
    said(folder, &["people", "هاغن", "--rename", "غريغور فون هاغن"]);
    fs::write(folder.join("library.sqlite"), "no database".repeat(900)).unwrap();
    for ending in ["-wal", "-shm"] {
        drop(fs::remove_file(folder.join(format!("library.sqlite{ending}"))));
    }
    let asked = run(folder, &["find", "الجسر"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("damaged"));
    let again = run(folder, &["index", "--from", "results.jsonl"]);
    assert!(again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("is kept as"));
    assert!(folder.join("library.damaged-1.sqlite").exists());
    assert!(said(folder, &["people"]).starts_with("غريغور فون هاغن"), "what was decided is there");
}

/// A database that is not ours is not touched, and one that lies about itself is not asked.
#[test]
fn a_file_that_is_no_library_or_lies_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 3);
    let file = folder.join("library.sqlite");
    let lies = [
        ("another program's", false, "CREATE TABLE notes (text TEXT)"),
        ("another program's with our number", false, "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1"),
        ("a trigger", true, "CREATE TRIGGER spy AFTER INSERT ON documents BEGIN DELETE FROM quotes; END"),
        ("a view for a table", true, "ALTER TABLE roles RENAME TO hidden; CREATE VIEW roles AS SELECT 1, 'x'"),
        ("a column that is missing", true, "ALTER TABLE documents DROP COLUMN outlet"),
    ];
    for (lie, ours, sql) in lies {
        for ending in ["", "-wal", "-shm"] {
            drop(fs::remove_file(folder.join(format!("library.sqlite{ending}"))));
        }
        if ours {
            said(folder, &["index", "--from", "results.jsonl"]);
        }
        let db = rusqlite::Connection::open(&file).unwrap();
        db.execute_batch(sql).unwrap();
        db.close().unwrap();
        let before = fs::read(&file).unwrap();
        let asked: [&[&str]; 4] =
            [&["people"], &["find", "الجسر"], &["index", "--from", "results.jsonl"], &["sources"]];
        for arguments in asked {
            let output = run(folder, arguments);
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{lie}, {arguments:?}: {error}");
            assert!(error.contains("no library of rawi") && error.lines().count() == 1, "{lie}: {error}");
        }
        assert_eq!(fs::read(&file).unwrap(), before, "{lie}: the file is as it was");
    }
}

/// Names with SQL in them are names; values of another type than the column's are an error or nothing.
#[test]
fn hostile_names_and_values_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    results(folder, 3);
    let sql = "غريغور هاغن'; DROP TABLE documents; --";
    let text = fs::read_to_string(folder.join("results.jsonl")).unwrap();
    fs::write(folder.join("results.jsonl"), text.replace("\"name\":\"غريغور هاغن\"", &format!("\"name\":\"{sql}\"")))
        .unwrap();
    said(folder, &["index", "--from", "results.jsonl"]);
    let asked: [&[&str]; 4] = [
        &["people", sql],
        &["people", "هاغن", "--rename", sql],
        &["find", "person:\"هاغن' OR 1=1 --\""],
        &["find", "الجسر'; DROP TABLE documents; --"],
    ];
    for arguments in asked {
        let code = run(folder, arguments).status.code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}");
    }
    assert!(said(folder, &["people"]).contains(sql), "it is a name");
    assert!(said(folder, &["find", "الجسر"]).contains("الجسر"), "the documents are there");
    let db = rusqlite::Connection::open(folder.join("library.sqlite")).unwrap();
    let large = "UPDATE mentions SET start = -5, end = 9223372036854775807; UPDATE quotes SET start = 9223372036854775807; \
                 UPDATE documents SET outlet = zeroblob(30000000) WHERE id = 1; UPDATE entities SET name = x'ff00ff' WHERE id = 1";
    db.execute_batch(large).unwrap();
    db.close().unwrap();
    fs::write(folder.join("draft.txt"), "قال غريغور هاغن: «سنبني الجسر الجديد رقم 2 قبل نهاية العام المقبل».").unwrap();
    let asked: [&[&str]; 6] = [
        &["people"],
        &["people", "هاغن"],
        &["find", "الجسر"],
        &["find", "person:هاغن"],
        &["sources"],
        &["check", "draft.txt"],
    ];
    for arguments in asked {
        let output = run(folder, arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1 | 3)), "{arguments:?}: {code:?} {error}");
        assert!(error.lines().count() <= 1 && !error.contains("panicked"), "{arguments:?}: {error}");
    }
}
