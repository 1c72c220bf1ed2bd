//! `rawi export` as people call it: another tool's result goes in by `--annotations` and comes out in another format,
//! and nothing is written over the article. (The formats themselves are in src/export/tests.rs, their own readers in
//! tests/clients.)

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod in_time;

use in_time::InTime;
use rawi::{
    annotation::Annotations,
    export::{Format, json},
    text::Document,
};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// A document of tests/clients, its text in a folder as `خبر.txt`.
fn article(folder: &Path, name: &str) -> (Document, Annotations) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/documents").join(name).with_extension("json");
    let (document, annotations) = json::read(&fs::read_to_string(path).unwrap()).unwrap();
    fs::write(folder.join("خبر.txt"), document.text()).unwrap();
    (document, annotations)
}

fn rawi(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
    command.args(args).current_dir(folder).env("HOME", folder).env_remove("XDG_DATA_HOME").output_in_time()
}

fn written(folder: &Path, args: &[&str]) -> String {
    let output = rawi(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Exit code 1, nothing on standard output, one line that has these words.
fn refused(folder: &Path, args: &[&str], words: &str) {
    let output = rawi(folder, args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{args:?}: {said}");
    assert!(said.contains(words) && said.lines().count() == 1, "{args:?}: {said}");
}

/// Start, end and words of the mentions of an export in JSON, and of its quotes.
fn places(export: &str) -> Vec<(u64, u64, String)> {
    let read: serde_json::Value = serde_json::from_str(export).unwrap();
    let items = ["mentions", "quotes"].iter().flat_map(|key| read.get(key).unwrap().as_array().unwrap());
    let number = |item: &serde_json::Value, key| item.get(key).unwrap().as_u64().unwrap();
    let words = |item: &serde_json::Value| item.get("text").unwrap().as_str().unwrap().to_owned();
    let mut places: Vec<_> = items.map(|item| (number(item, "start"), number(item, "end"), words(item))).collect();
    places.sort_unstable();
    places
}

#[test]
fn what_another_tool_gave_back_is_written_in_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (document, annotations) = article(folder, "crossing");
    let mut made = Vec::new();
    Format::Json.write(&document, &annotations, &mut made).unwrap();
    fs::write(folder.join("made.json"), &made).unwrap();
    let wanted = places(&String::from_utf8(made).unwrap());
    for format in Format::READABLE {
        // A name that says its format, and one that says nothing.
        let (named, plain) = (format!("result.{}", format.extension()), format!("{}-result", format.name()));
        let export = ["export", "خبر.txt", "--annotations", "made.json", "--format", format.name(), "-o", &named];
        written(folder, &export);
        fs::copy(folder.join(&named), folder.join(&plain)).unwrap();
        let back = ["export", "خبر.txt", "--format", "json", "--annotations"];
        let guessed = written(folder, &[&back[..], &[&*named]].concat());
        let told = written(folder, &[&back[..], &[&*plain, "--from", format.name()]].concat());
        assert_eq!(guessed, told, "{format:?}");
        let found = places(&guessed);
        if *format == Format::Conll {
            // What it said that it leaves out: quotes, and the inner of two names.
            assert!(found.len() < wanted.len() && found.iter().all(|place| wanted.contains(place)), "{found:?}");
        } else {
            assert_eq!(found, wanted, "{format:?}");
        }
    }
}

#[test]
fn annotations_that_do_not_fit_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (document, annotations) = article(folder, "lines");
    let mut made = Vec::new();
    Format::Brat.write(&document, &annotations, &mut made).unwrap();
    fs::write(folder.join("made.ann"), &made).unwrap();
    fs::write(folder.join("other.txt"), "نص آخر لا صلة له به.\n").unwrap();
    fs::write(folder.join("bytes.ann"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(folder.join("notes"), "كلام لا صيغة له").unwrap();
    let read = |article: &str, file: &str, words: &str| {
        refused(folder, &["export", article, "--format", "csv", "--annotations", file], words);
    };
    read("other.txt", "made.ann", "made.ann: T");
    read("خبر.txt", "missing.ann", "missing.ann: No such file");
    read("خبر.txt", "bytes.ann", "bytes.ann: ");
    read("خبر.txt", "notes", "notes: no known format of annotations; say --from");
    let from = |format| ["export", "خبر.txt", "--format", "csv", "--annotations", "made.ann", "--from", format];
    refused(folder, &from("xmi"), "made.ann: ");
    assert_eq!(rawi(folder, &from("csv")).status.code(), Some(2), "a format that is only written");
    assert_eq!(rawi(folder, &["export", "خبر.txt", "--format", "csv", "--from", "brat"]).status.code(), Some(2));
    assert_eq!(rawi(folder, &["--annotations", "made.ann", "خبر.txt", "other.txt"]).status.code(), Some(1));
}

#[test]
fn nothing_is_written_over_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (document, _) = article(folder, "lines");
    fs::create_dir(folder.join("مجلد")).unwrap();
    std::os::unix::fs::symlink("خبر.txt", folder.join("link.txt")).unwrap();
    std::os::unix::fs::symlink("خبر.txt", folder.join("link.typesystem.xml")).unwrap();
    let export = |format: &str, target: &str| {
        refused(folder, &["export", "خبر.txt", "--format", format, "-o", target], "this is the article itself");
        assert_eq!(fs::read_to_string(folder.join("خبر.txt")).unwrap(), document.text(), "{format} {target}");
    };
    for format in Format::ALL {
        for target in ["خبر.txt", "./مجلد/../خبر.txt", "link.txt"] {
            export(format.name(), target);
        }
    }
    // The second file of brat and of XMI.
    export("brat", "خبر.ann");
    export("brat", "link.ann");
    export("xmi", "link.xmi");
    assert!(!folder.join("خبر.ann").exists() && !folder.join("link.xmi").exists(), "nothing is half written");
}

#[test]
fn a_folder_is_written_into_a_folder_or_into_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let inside = folder.join("in/2026");
    fs::create_dir_all(&inside).unwrap();
    fs::write(folder.join("in/a.txt"), "قالت الوزيرة هدى السالم إن العمل بدأ.\n").unwrap();
    fs::write(inside.join("b.txt"), "وصل الوزير سامر نادر إلى عمان.\n").unwrap();
    fs::write(inside.join("b.md"), "# خبر\n\nوصلت هدى السالم إلى الرباط.\n").unwrap();
    written(folder, &["export", "in", "--format", "html", "--out", "pages"]);
    for name in ["a.html", "2026/b.html", "2026/b-2.html"] {
        assert!(fs::read_to_string(folder.join("pages").join(name)).unwrap().contains("<article>"), "{name}");
    }
    let table = written(folder, &["export", "in", "--format", "csv"]);
    assert!(table.trim_start_matches('\u{feff}').starts_with("\"document\",\"table\""), "{table}");
    assert!(table.lines().any(|row| row.starts_with("\"a\"") && row.contains("هدى السالم")), "{table}");
    assert_eq!(written(folder, &["export", "in/a.txt", "in/2026/b.txt", "--format", "jsonl"]).lines().count(), 2);
    written(folder, &["export", "in", "--format", "jsonl", "-o", "all.jsonl"]);
    assert_eq!(fs::read_to_string(folder.join("all.jsonl")).unwrap().lines().count(), 3);
    refused(folder, &["export", "in", "--format", "html"], "name a folder with --out");
    refused(folder, &["export", "in", "--format", "jsonl", "-o", "in/a.txt"], "this is the article itself");
    // One that cannot be read is said, and the others are written.
    fs::write(folder.join("in/c.txt"), [0; 64]).unwrap();
    let output = rawi(folder, &["export", "in", "--format", "jsonl"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).lines().count()), (Some(1), 3), "{said}");
    assert!(said.contains("c.txt") && said.contains("1 of 4"), "{said}");
}
