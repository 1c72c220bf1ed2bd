//! Attacks on memory and time: endless files, numbers that nobody means, books that name one chapter a million times,
//! pipes where a file should be.

use super::{Place, article, make_pipe, run};
use std::{fs, io::Write, os::unix::fs::symlink};

/// Exit code 1 or 2, one line, soon. [`super::run`] has the limit of time.
#[track_caller]
fn refused(place: &Place, arguments: &[&str]) -> String {
    let ended = place.run(arguments);
    assert!(matches!(ended.code, Some(1 | 2)), "{arguments:?}: {:?} {}", ended.code, ended.error);
    assert!(!ended.error.contains("panicked"), "{}", ended.error);
    ended.error
}

#[test]
fn endless_files_are_refused_wherever_a_file_is_read() {
    let place = Place::new();
    place.write("a.txt", article(1));
    let sparse = fs::File::create(place.path("large")).unwrap();
    sparse.set_len(8 << 30).unwrap();
    for endless in ["/dev/zero", "large"] {
        for arguments in [
            &["export", "a.txt", "--format", "csv", "--annotations", endless][..],
            &["eval", endless],
            &["tag", "--model", endless],
            &["extract", endless],
            &["print", endless],
        ] {
            let error = refused(&place, arguments);
            assert_eq!(error.lines().count(), 1, "{arguments:?}: {error}");
            assert!(error.contains(endless), "{arguments:?}: {error}");
        }
    }
}

#[test]
fn a_pipe_where_a_file_should_be_is_not_waited_for() {
    let place = Place::new();
    place.write("a.txt", article(1));
    make_pipe(&place.path("pipe"));
    for arguments in [
        &["export", "a.txt", "--format", "csv", "--annotations", "pipe"][..],
        &["eval", "pipe"],
        &["tag", "--model", "pipe"],
    ] {
        let error = refused(&place, arguments);
        assert!(error.contains("is a pipe or a device, not a file"), "{error}");
    }
    // A store that is one, beside the article and in the data directory.
    make_pipe(&place.path("a.txt.rawi.json"));
    let ended = place.run(["export", "a.txt", "--format", "csv", "--sidecar"]);
    assert!(ended.error.contains("a.txt.rawi.json"), "{}", ended.error);
    let document = rawi::source::read(place.path("a.txt"), &rawi::source::Options::default()).unwrap();
    let home = rawi::store::Home { data: place.data(), sidecar: false };
    let (mut store, memory) = rawi::store::Store::open(&home, &document).unwrap();
    store.save(&document, &memory).unwrap();
    let path = store.path().to_owned();
    drop(store);
    fs::remove_file(&path).unwrap();
    make_pipe(&path);
    let ended = place.run(["export", "a.txt", "--format", "csv"]);
    assert!(ended.code.is_some() && ended.error.lines().count() >= 1, "{}", ended.error);
}

#[test]
fn numbers_that_nobody_means_are_refused() {
    let place = Place::new();
    place.write("a.txt", article(1));
    for arguments in [
        &["print", "a.txt", "--width", "1000000000"][..],
        &["print", "a.txt", "--width", "65536"],
        &["print", "a.txt", "--width", "0"],
        &["extract", "a.txt", "-j", "1000000"],
        &["extract", "a.txt", "-j", "0"],
        &["tag", "--threads", "1000000"],
    ] {
        refused(&place, arguments);
    }
    assert_eq!(place.run(["print", "a.txt", "--width", "10000"]).code, Some(0));
}

#[test]
fn an_endless_sentence_of_tokens_is_refused() {
    let place = Place::new();
    let endless = "كلمة\n".repeat(300_000);
    let ended = run(&mut place.rawi(["tag"]), endless.as_bytes());
    assert_eq!(ended.code, Some(1));
    assert!(ended.error.contains("without a blank line"), "{}", ended.error);
    let ended = run(&mut place.rawi(["tag"]), "ك".repeat(2 << 20).as_bytes());
    assert_eq!(ended.code, Some(1), "{}", ended.error);
    assert!(ended.error.contains("a line of more than"), "{}", ended.error);
}

#[test]
fn a_book_that_names_a_chapter_a_million_times_stays_small() {
    let place = Place::new();
    let chapter = format!("<html><body>{}</body></html>", "<p>قال سامر إن الكتاب طويل جدا.</p>".repeat(100));
    let book = |times: usize| {
        let spine = "<itemref idref=\"c\"/>".repeat(times);
        let package = format!(
            "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
             unique-identifier=\"i\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier \
             id=\"i\">x</dc:identifier><dc:title>كتاب</dc:title><dc:language>ar</dc:language></metadata><manifest>\
             <item id=\"c\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine>{spine}</spine>\
             </package>"
        );
        let container = "<?xml version=\"1.0\"?><container version=\"1.0\" \
             xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"p.opf\" \
             media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", container),
            ("p.opf", &package),
            ("c.xhtml", &chapter),
        ] {
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    place.write("twice.epub", book(2));
    let ended = place.run(["extract", "twice.epub"]);
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    assert!(ended.out.len() < 200_000, "{} bytes", ended.out.len());
    place.write("bomb.epub", book(200_000));
    let ended = place.run(["extract", "bomb.epub"]);
    assert!(ended.out.len() < 200_000, "{} bytes", ended.out.len());
}

#[test]
fn settings_and_a_configuration_that_cannot_be_read_are_said() {
    let place = Place::new();
    place.write("a.txt", article(1));
    fs::create_dir_all(place.path("home/.config/rawi")).unwrap();
    for kind in ["folder", "pipe", "bytes"] {
        let path = place.path("home/.config/rawi/config.toml");
        match kind {
            "folder" => fs::create_dir(&path).unwrap(),
            "pipe" => {
                fs::remove_dir(&path).unwrap();
                make_pipe(&path);
            }
            _ => {
                fs::remove_file(&path).unwrap();
                fs::write(&path, b"ui = \"\xff\"").unwrap();
            }
        }
        let mut screen = super::terminal::Pty::start(&place, &["a.txt"]);
        screen.wait("the fault", |seen| seen.contains("config.toml"));
        screen.kill();
    }
    // A link to an endless file.
    fs::remove_file(place.path("home/.config/rawi/config.toml")).unwrap();
    symlink("/dev/zero", place.path("home/.config/rawi/config.toml")).unwrap();
    let mut screen = super::terminal::Pty::start(&place, &["a.txt"]);
    screen.wait("the fault", |seen| seen.contains("config.toml"));
    screen.kill();
}
