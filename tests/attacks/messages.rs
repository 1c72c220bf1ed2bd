//! Attacks on who reads messages: control characters of names, stores, servers and files; passwords; endless words.

use super::{Place, article, run};
use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write},
    net::TcpListener,
    os::unix::ffi::OsStrExt,
    process::{Command, Stdio},
    thread,
};

const HOSTILE: &str = "a\u{1b}]0;TITLE\u{7}\u{9b}2J\u{202e}txt.\u{2066}\n";

#[track_caller]
fn harmless(error: &str) {
    let bad = |letter: &char| {
        letter.is_control() && *letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!error.chars().any(|letter| bad(&letter)), "{error:?}");
    for line in error.lines() {
        assert!(line.chars().count() <= 200 + "rawi: ".len(), "{line}");
    }
}

#[test]
fn no_name_reaches_the_terminal_as_a_command() {
    let place = Place::new();
    place.write("a.txt", article(1));
    place.write("bad.json", "{\"entities\": \u{1b}[2J}");
    for arguments in [
        &["extract", HOSTILE][..],
        &["extract", "a.txt", HOSTILE],
        &["export", HOSTILE, "--format", "json"],
        &["export", "a.txt", "--format", HOSTILE],
        &["export", "a.txt", "--format", "json", "-o", "no/\u{1b}[2J/x"],
        &["export", "a.txt", "--format", "json", "--annotations", HOSTILE],
        &["export", "a.txt", "--format", "json", "--annotations", "bad.json"],
        &["print", HOSTILE],
        &["print", "a.txt", "--encoding", HOSTILE],
        &["eval", HOSTILE],
        &["eval", "a.txt", "--pred", HOSTILE],
        &["tag", "--model", HOSTILE],
        &["extract", "a.txt", "--out", "a.txt/\u{1b}[2J"],
        &["extract", "http://127.0.0.1:1/\u{1b}[2J\u{202e}"],
        &[HOSTILE],
        &["--theme", HOSTILE],
        &["--no-such-\u{1b}[2J"],
    ] {
        let ended = place.run(arguments);
        assert_ne!(ended.code, Some(0), "{arguments:?}");
        harmless(&ended.error);
    }
}

#[test]
fn no_file_and_no_store_reaches_the_terminal_as_a_command() {
    let place = Place::new();
    place.write("a.txt", article(1));
    for store in [
        "{\"format\": \"rawi-store/9\u{9b}2J\u{202e}\"}",
        "{\"format\": \"\u{9b}2J\u{202e}\"}",
        "{\"format\": \"rawi-store/1\", \"\u{9b}2J\u{202e}",
    ] {
        place.write("a.txt.rawi.json", store);
        let ended = place.run(["export", "a.txt", "--format", "json", "--sidecar"]);
        harmless(&ended.error);
        assert!(ended.error.contains("a.txt.rawi.json"), "{}", ended.error);
        assert_eq!(fs::read_to_string(place.path("a.txt.rawi.json")).unwrap(), store, "left as it is");
    }
    for (name, bytes) in [
        ("x.html", "<title>\u{9b}2J</title>".to_owned() + &"<div \u{1b}[2J>".repeat(5000)),
        ("x.docx", "PK\u{3}\u{4}\u{1b}[2J".to_owned()),
        ("x.jsonl", "{\"id\": \"\u{9b}2J\u{202e}\", \"text\": 7}\n{\u{9b}2J}\n".to_owned()),
        ("x.xml", "<rss><channel><item><title>\u{9b}2J</title></channel></rss>".to_owned()),
        ("x.ann", "T1\tPerson \u{9b}2J 1\t\u{202e}\n".to_owned()),
    ] {
        place.write(name, bytes);
        harmless(&place.run(["extract", name]).error);
        harmless(&place.run(["export", "a.txt", "--format", "csv", "--annotations", name]).error);
    }
}

#[test]
fn no_title_turns_the_rest_of_a_file_around() {
    let place = Place::new();
    let name = "gpj\u{202e}\u{2066}x.txt";
    place.write(name, article(1));
    for format in ["html", "markdown", "tei"] {
        let ended = place.run(["export", name, "--format", format]);
        let out = ended.out();
        let title = out.lines().find(|line| line.contains("gpj") && (line.contains("title") || line.starts_with('#')));
        let title = title.unwrap_or_else(|| panic!("{format}: no title"));
        let heading: String = title.split("sourceDesc").next().unwrap().to_owned();
        assert!(!heading.contains(['\u{202e}', '\u{2066}']), "{format}: {heading:?}");
    }
}

/// A server that answers everything with these bytes.
fn server(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer);
        }
    });
    port
}

#[test]
fn a_password_in_an_address_is_neither_printed_nor_stored() {
    let place = Place::new();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nقال سامر نعم.\n";
    let port = server(page.as_bytes());
    let bad = server(b"HTTP/1.1 500 \x1b[2J\x9b2J\r\nConnection: close\r\n\r\n");
    for port in [port, bad, 1] {
        let address = format!("http://user:s3cr3t@127.0.0.1:{port}/a.txt");
        for arguments in [&["extract", &address][..], &["export", &address, "--format", "json"], &["print", &address]] {
            let ended = place.run(arguments);
            harmless(&ended.error);
            assert!(
                !ended.error.contains("s3cr3t") && !ended.out().contains("s3cr3t"),
                "{arguments:?} {}",
                ended.error
            );
        }
    }
    let mut found = 0;
    let mut folders = vec![place.data()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found += usize::from(String::from_utf8_lossy(&fs::read(path).unwrap()).contains("s3cr3t"));
            }
        }
    }
    assert_eq!(found, 0);
}

#[test]
fn errors_are_one_line_that_names_the_file_and_the_place() {
    let place = Place::new();
    place.write("a.txt", article(1));
    let long = "م".repeat(100);
    place.write(&format!("{long}/{long}.json"), "[");
    place.write("bom.json", "\u{feff}".to_owned() + &place.run(["extract", "a.txt"]).out());
    place.write("twice.json", "{\"schema\": \"rawi/1\", \"text\": 5}");
    place.write("minus.xmi", xmi("-1"));
    let import = |file: &str| place.run(["export", "a.txt", "--format", "csv", "--annotations", file]);
    let ended = import(&format!("{long}/{long}.json"));
    assert_eq!((ended.code, ended.error.lines().count()), (Some(1), 1), "{}", ended.error);
    harmless(&ended.error);
    assert_eq!(import("bom.json").code, Some(0), "{}", import("bom.json").error);
    let ended = import("twice.json");
    assert!(ended.error.matches("line 1").count() <= 1, "said once: {}", ended.error);
    let ended = import("minus.xmi");
    assert!(ended.code == Some(1) && ended.error.contains("-1"), "{}", ended.error);
}

fn xmi(begin: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:e=\"http:///x.ecore\"><cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" sofaString=\"{}\"/>\
         <e:NamedEntity xmi:id=\"2\" sofa=\"1\" begin=\"{begin}\" end=\"3\" value=\"PER\"/></xmi:XMI>",
        article(1).replace('\n', "&#10;")
    )
}

#[test]
fn a_name_that_is_no_utf8_works_everywhere() {
    let place = Place::new();
    let name = OsStr::from_bytes(b"\xe3\xc7.txt");
    fs::write(place.path(name), article(1)).unwrap();
    for arguments in [
        &[OsStr::new("extract"), name][..],
        &[OsStr::new("print"), name],
        &[OsStr::new("export"), name, OsStr::new("--format"), OsStr::new("csv")],
        &[OsStr::new("extract"), name, OsStr::new("--out"), OsStr::new("out")],
    ] {
        let ended = place.run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.error);
    }
    fs::remove_file(place.path(name)).unwrap();
    let ended = place.run([OsStr::new("extract"), name]);
    assert!(ended.error.contains('\u{fffd}'), "{}", ended.error);
}

#[test]
fn help_that_cannot_be_written_is_an_error() {
    let place = Place::new();
    for arguments in [&["--help"][..], &["extract", "--help"], &["--version"], &["config"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command: Command = place.rawi(arguments);
        let child = command.stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let ended = super::ended(child);
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}");
        assert_eq!(String::from_utf8(ended.stderr).unwrap().lines().count(), 1);
    }
}

#[test]
fn an_empty_feed_is_said() {
    let place = Place::new();
    place.write("empty.xml", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title></channel></rss>");
    let ended = run(&mut place.rawi(["extract", "empty.xml"]), b"");
    assert_eq!((ended.code, ended.error.lines().count()), (Some(1), 1), "{}", ended.error);
    assert!(ended.error.contains("empty.xml"), "{}", ended.error);
}

/// The name and the password are for the host that was named, and for no other that it points to.
#[test]
fn a_redirect_does_not_take_the_password_along() {
    let place = Place::new();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let seen = thread::spawn(move || {
        let (mut stream, _) = other.accept().unwrap();
        let mut request = [0; 4096];
        let count = stream.read(&mut request).unwrap();
        let page =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\nقال سامر نعم.\n";
        stream.write_all(page.as_bytes()).unwrap();
        String::from_utf8_lossy(&request[..count]).to_lowercase()
    });
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: http://localhost:{port}/b\r\nConnection: close\r\n\r\n");
    let first = server(Box::leak(answer.into_bytes().into_boxed_slice()));
    let ended = place.run(["extract", &format!("http://user:s3cr3t@127.0.0.1:{first}/a.txt")]);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    let seen = seen.join().unwrap();
    assert!(!seen.contains("authorization") && !seen.contains("s3cr3t"), "{seen}");
}
