//! What is not a readable article: one line that names the file and the reason, and exit code 1. Through the real
//! binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has to stop")]

mod in_time;

use in_time::InTime;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn rawi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rawi")).args(arguments).stdin(Stdio::null()).output_in_time()
}

/// Exit code and standard error of `rawi extract FILE`.
fn extract(file: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = rawi(&[&["extract", file.to_str().unwrap()], more].concat());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn one_line_names_the_file_and_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    type Case<'a> = (&'a str, Option<&'a [u8]>, &'a [&'a str], &'a str);
    let cases: [Case<'_>; 6] = [
        ("gone.txt", None, &[], "no such file"),
        ("program", Some(b"\x7fELF\x02\x01\x01\0"), &[], "is not text: a program"),
        ("nul.txt", Some(b"a\0b\0c\x01\x02\x03"), &[], "is not text: NUL bytes, as in binary data"),
        ("a.pdf", Some(b"%PDF-1.7\n%\xe2\xe3"), &[], "cannot be read as a PDF: it has no pages that can be found"),
        (
            "a.doc",
            Some(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            &[],
            "is not text: an old Office file (doc, xls, ppt); save it as docx or text",
        ),
        (
            "a.txt",
            Some(b"text"),
            &["--encoding", "klingon"],
            "unknown encoding 'klingon' (try utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-6)",
        ),
    ];
    for (name, bytes, more, reason) in cases {
        let path = folder.path().join(name);
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).unwrap();
        }
        assert_eq!(extract(&path, more), (Some(1), format!("rawi: {}: {reason}\n", path.display())));
    }
}

#[test]
fn an_empty_file_is_an_empty_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.txt");
    fs::write(&path, "").unwrap();
    let output = rawi(&["extract", path.to_str().unwrap()]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success());
    assert_eq!((&value["id"], &value["text"]), (&"empty".into(), &"".into()));
}

#[test]
fn a_name_cannot_command_the_terminal_of_the_one_who_reads_the_error() {
    let (code, message) = extract(Path::new("/none/\u{1b}]0;title\u{7}\u{9b}2J\u{202e}txt.exe"), &[]);
    assert_eq!(code, Some(1));
    assert_eq!(message, "rawi: /none/\\u{1b}]0;title\\u{7}\\u{9b}2J\\u{202e}txt.exe: no such file\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.txt");
    fs::write(&path, "نص").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    // Root reads everything: then there is nothing to see here.
    if fs::read(&path).is_err() {
        let message = format!("rawi: {}: cannot be read: Permission denied (os error 13)\n", path.display());
        assert_eq!(extract(&path, &[]), (Some(1), message));
    }
}

#[test]
fn the_encodings_of_old_articles_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let article = "قالت الوزيرة هدى السالم: سنبدأ العمل غدا، ولن نتوقف.\r\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| article.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let cases = [
        ("UTF-8", article.as_bytes().to_vec()),
        ("windows-1256", encoding_rs::WINDOWS_1256.encode(article).0.into_owned()),
        ("ISO-8859-6", encoding_rs::ISO_8859_6.encode(article).0.into_owned()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
    ];
    for (encoding, bytes) in cases {
        let path = folder.path().join("article.txt");
        fs::write(&path, bytes).unwrap();
        for more in [&[][..], &["--encoding", encoding]] {
            let output = rawi(&[&["extract", path.to_str().unwrap()], more].concat());
            let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!((value["text"].as_str(), value["source"]["encoding"].as_str()), (Some(article), Some(encoding)));
        }
    }
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for wrong in
        [&["extract", "--jobs", "0", "a"][..], &["extract", "--resume", "a"], &["extract", "--input", "odd", "a"]]
    {
        assert_eq!(rawi(wrong).status.code(), Some(2), "{wrong:?}");
    }
}
