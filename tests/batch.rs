//! `rawi extract` over many documents, through the real binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has to stop")]

mod in_time;

use in_time::{ChildInTime, InTime};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

fn rawi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
    command.arg("extract");
    command
}

fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(pipe.write_all(input.as_bytes())));
    let output = child.finished_in_time();
    writer.join().unwrap();
    output
}

/// Id and text of each line of output.
fn documents(output: &[u8]) -> Vec<(String, String)> {
    let field = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap().to_owned();
    let lines = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).unwrap())
        .map(|value| (field(&value, "id"), field(&value, "text")))
        .collect()
}

fn errors(output: &Output) -> Vec<String> {
    String::from_utf8(output.stderr.clone()).unwrap().lines().map(str::to_owned).collect()
}

/// Files of different lengths, so that they are not done in the order in which they were begun.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    for index in 0..count {
        let text = format!("قال الوزير سامر الخطيب إن الرقم هو {index}.\n").repeat(1 + (index * 7) % 40);
        let place = if index % 2 == 0 { format!("a{index:03}.txt") } else { format!("b/b{index:03}.txt") };
        fs::write(folder.path().join(place), text).unwrap();
    }
    folder
}

#[test]
fn results_are_in_the_order_of_the_inputs_whatever_the_jobs() {
    let folder = folder(60);
    let one = run(rawi().arg(folder.path()).args(["--jobs", "1"]), "");
    let many = run(rawi().arg(folder.path()).args(["--jobs", "7"]), "");
    assert!(one.status.success() && one.stderr.is_empty(), "{:?}", errors(&one));
    assert_eq!(String::from_utf8(one.stdout.clone()).unwrap(), String::from_utf8(many.stdout).unwrap());
    let ids: Vec<String> = documents(&one.stdout).into_iter().map(|(id, _)| id).collect();
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!((ids.len(), &ids), (60, &sorted), "by name, the files before the folder b");
}

#[test]
fn a_bad_file_is_a_line_and_the_run_goes_on() {
    let folder = folder(6);
    fs::write(folder.path().join("a001.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let gone = folder.path().join("gone.txt");
    let output = run(rawi().arg(folder.path()).arg(&gone), "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(documents(&output.stdout).len(), 6);
    let place = folder.path().display();
    assert_eq!(
        errors(&output),
        [
            format!("rawi: {place}/a001.png: is not text: a PNG picture"),
            format!("rawi: {place}/gone.txt: no such file"),
            "rawi: 2 of 8 documents could not be read".to_owned(),
        ]
    );
}

#[test]
fn a_document_that_takes_too_long_is_a_line_and_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("b.txt");
    for name in ["a.txt", "c.txt", "d.txt"] {
        fs::write(folder.path().join(name), "قال سامر نعم.\n").unwrap();
    }
    fs::write(&slow, "قال الوزير سامر الخطيب إن العمل اكتمل.\n".repeat(100_000)).unwrap();
    let began = std::time::Instant::now();
    let output = run(rawi().arg(folder.path()).args(["--timeout", "15", "--jobs", "2"]), "");
    assert_eq!((output.status.code(), documents(&output.stdout).len()), (Some(1), 3), "{:?}", errors(&output));
    let late = format!("rawi: {}: took longer than 15 s (--timeout)", slow.display());
    assert_eq!(errors(&output), [late.as_str(), "rawi: 1 of 4 documents could not be read"]);
    // A single file is given the time that was asked for, and no other.
    let output = run(rawi().arg(&slow).args(["--timeout", "1"]), "");
    assert_eq!(errors(&output), [format!("rawi: {}: took longer than 1 s (--timeout)", slow.display())]);
    let line = |text: &str| format!("{{\"id\": 1, \"text\": \"{text}\"}}\n");
    let lines = line(&"قال سامر نعم. ".repeat(200_000)) + &line("قال سامر نعم.");
    let output = run(rawi().args(["--input", "jsonl", "--timeout", "15", "-"]), &lines);
    assert_eq!((output.status.code(), documents(&output.stdout).len()), (Some(1), 1));
    assert_eq!(errors(&output)[0], "rawi: standard input:1: took longer than 15 s (--timeout)");
    assert!(began.elapsed().as_secs() < 120, "it is given up, not waited for");
}

#[test]
fn one_file_is_indented_and_several_are_a_line_each() {
    let folder = folder(2);
    let (one, two) = (folder.path().join("a000.txt"), folder.path().join("b/b001.txt"));
    let indented = run(rawi().arg(&one), "");
    assert!(String::from_utf8(indented.stdout.clone()).unwrap().starts_with("{\n"));
    let value: serde_json::Value = serde_json::from_slice(&indented.stdout).unwrap();
    assert_eq!(value["id"], "a000");
    assert_eq!(value["source"]["path"], one.to_str().unwrap());
    assert_eq!(value["source"]["encoding"], "UTF-8");
    assert_eq!(value["source"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(documents(&run(rawi().arg(&one).arg(&two), "").stdout).len(), 2);
    assert_eq!(documents(&run(rawi().arg(&one).args(["--format", "jsonl"]), "").stdout).len(), 1);
}

#[test]
fn a_filter_answers_each_line_before_the_next_comes() {
    for arguments in [&["-"][..], &["-", "--input", "jsonl", "--jobs", "3"], &["--input", "jsonl"]] {
        let mut child = rawi().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        for index in 0..3 {
            writeln!(input, "{{\"id\": \"n{index}\", \"text\": \"قال سامر «نعم».\"}}").unwrap();
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            assert_eq!(documents(line.as_bytes()), [(format!("n{index}"), "قال سامر «نعم».".to_owned())]);
        }
        drop(input);
        assert!(child.ended_in_time().success());
    }
}

#[test]
fn a_bad_line_is_named_by_its_number() {
    let output = run(
        rawi().args(["--input", "jsonl", "-"]),
        "{\"id\":1,\"text\":\"أ\"}\n{\"id\":2}\n\n{\"id\":4,\"text\":\"ب\"}\n",
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(documents(&output.stdout), [("1".to_owned(), "أ".to_owned()), ("4".to_owned(), "ب".to_owned())]);
    assert_eq!(
        errors(&output),
        [
            "rawi: standard input:2: is not a JSON object with a text: missing field `text` at line 1 column 8",
            "rawi: 1 of 3 documents could not be read",
        ]
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child =
        rawi().arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // More than any pipe holds; the program leaves in the middle of it.
    while writeln!(input, "{{\"id\": 1, \"text\": \"{}\"}}", "نص ".repeat(1000)).is_ok() {}
    let output = child.finished_in_time();
    assert_eq!((output.status.code(), errors(&output)), (Some(0), Vec::new()));
}

#[test]
fn results_in_a_folder_are_named_after_the_inputs_and_a_resumed_run_does_only_the_rest() {
    let folder = folder(8);
    fs::write(folder.path().join("lines.jsonl"), "{\"id\":\"../x\",\"text\":\"أ\"}\n{\"id\":\"y\",\"text\":\"ب\"}\n")
        .unwrap();
    // Inside the inputs, and not taken for one of them.
    let out = folder.path().join("out");
    let batch = |resume: &[&str]| {
        let output = run(rawi().arg(folder.path()).arg("--out").arg(&out).args(resume), "");
        assert!(output.status.success() && output.stdout.is_empty(), "{:?}", errors(&output));
    };
    batch(&[]);
    let whole = snapshot(&out);
    assert_eq!(whole.len(), 9);
    assert_eq!(documents(&fs::read(out.join("lines.jsonl.jsonl")).unwrap()).len(), 2);
    assert_eq!(documents(&fs::read(out.join("b/b003.txt.jsonl")).unwrap())[0].0, "b003");
    // As after an interruption: one result is missing, one half-written, one is there and is not made again, one is
    // there and is not what was written.
    fs::remove_file(out.join("a002.txt.jsonl")).unwrap();
    fs::rename(out.join("b/b001.txt.jsonl"), out.join("b/.rawi-b001.tmp")).unwrap();
    fs::write(out.join("a000.txt.jsonl"), "half").unwrap();
    let untouched = || fs::metadata(out.join("a004.txt.jsonl")).unwrap().modified().unwrap();
    let before = untouched();
    batch(&["--resume"]);
    assert_eq!(snapshot(&out), whole);
    assert_eq!(untouched(), before);
}

fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name != ".rawi-batch.jsonl" {
                files.push((path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn two_inputs_of_one_name_are_refused_before_anything_is_written() {
    let folder = folder(2);
    fs::write(folder.path().join("b/a000.txt"), "نص").unwrap();
    let out = folder.path().join("out");
    let output = run(
        rawi().arg(folder.path().join("a000.txt")).arg(folder.path().join("b/a000.txt")).arg("--out").arg(&out),
        "",
    );
    assert_eq!(errors(&output), ["rawi: two inputs are called a000.txt: their results would overwrite each other"]);
    assert!(output.status.code() == Some(1) && !out.exists());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzEncoder::new(bytes, flate2::Compression::fast()), &mut out)
        .unwrap();
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn lines_are_found_in_whatever_they_are_packed() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..40).map(|index| format!("{{\"id\":{index},\"text\":\"قال سامر {index}\"}}\n")).collect();
    let bytes = lines.as_bytes();
    for (name, content) in [
        ("a.jsonl.gz", gzip(bytes)),
        ("a.jsonl.zst", zstd(bytes)),
        ("a.json.gz", gzip(bytes)),
        ("a.gz", gzip(bytes)),
        ("a.zst", zstd(bytes)),
        ("a.jsonl.gz.zst", zstd(&gzip(bytes))),
        ("a", bytes.to_vec()),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, &content).unwrap();
        let from_file = run(rawi().arg(&path), "");
        let from_pipe = rawi().stdin(fs::File::open(&path).unwrap()).output_in_time();
        for output in [from_file, from_pipe] {
            assert!(output.status.success(), "{name}: {:?}", errors(&output));
            let found = documents(&output.stdout);
            assert_eq!(found.len(), 40, "{name}");
            assert_eq!(found[7], ("7".to_owned(), "قال سامر 7".to_owned()), "{name}");
        }
    }
}

#[test]
fn a_stream_that_breaks_off_gives_what_came_before_and_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    // Noise does not pack, so the break is far from the beginning.
    let noise =
        |index: u32| (0..40).map(move |turn: u32| format!("{:x}", (index * 40 + turn).wrapping_mul(2_654_435_761)));
    let lines: String =
        (0..40).map(|index| format!("{{\"text\":\"{}\"}}\n", noise(index).collect::<String>())).collect();
    let packed = gzip(lines.as_bytes());
    let path = folder.path().join("a.jsonl.gz");
    fs::write(&path, &packed[..packed.len() * 3 / 4]).unwrap();
    let output = run(rawi().arg(&path), "");
    assert_eq!(output.status.code(), Some(1));
    assert!((10..40).contains(&documents(&output.stdout).len()));
    let said = errors(&output);
    assert!(said.len() <= 2 && said[0].contains("a.jsonl.gz: cannot be read: damaged archive: "), "{said:?}");
}

#[test]
fn every_article_of_a_feed_is_a_result() {
    let folder = tempfile::tempdir().unwrap();
    let items: String = (1..4).map(|index| format!("<item><title>خبر {index}</title></item>")).collect();
    fs::write(folder.path().join("feed.xml"), format!("<rss><channel>{items}</channel></rss>")).unwrap();
    let path = folder.path().join("feed.xml");
    for argument in [folder.path(), &path] {
        let output = run(rawi().arg(argument), "");
        let wanted = [1, 2, 3].map(|index| (format!("feed-{index}"), format!("خبر {index}\n")));
        assert_eq!(documents(&output.stdout), wanted, "{:?}", errors(&output));
    }
    let out = folder.path().join("out");
    assert!(run(rawi().arg(folder.path()).arg("--out").arg(&out), "").status.success());
    assert_eq!(documents(&fs::read(out.join("feed.xml.jsonl")).unwrap()).len(), 3);
}

#[test]
fn lines_at_an_address_are_documents_too() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/a.jsonl", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        drop(std::io::Read::read(&mut stream, &mut [0; 4096]));
        drop(
            stream.write_all("HTTP/1.1 200 OK\r\n\r\n{\"id\":1,\"text\":\"أ\"}\n{\"id\":2,\"text\":\"ب\"}".as_bytes()),
        );
    });
    let output = run(rawi().arg(address), "");
    let wanted = [("1".to_owned(), "أ".to_owned()), ("2".to_owned(), "ب".to_owned())];
    assert_eq!(documents(&output.stdout), wanted, "{:?}", errors(&output));
}
