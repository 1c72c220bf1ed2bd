//! The formats that people read, through files and through a server on the loopback: the text that comes out, what is
//! counted as left out, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot write its files has to stop")]

use rawi::source::{self, Options, Reason};
use std::{
    fs,
    io::{Cursor, Read, Write},
    net::TcpListener,
    path::PathBuf,
    thread,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const SENTENCE: &str = "قالت الوزيرة هدى السالم: سنبدأ العمل غدا.";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Text, or the reason why there is none.
    fn text(&self, name: &str, bytes: &[u8]) -> Result<String, Reason> {
        let document = source::read(self.file(name, bytes), &Options::default());
        document.map(|document| document.text().to_owned()).map_err(|error| error.reason)
    }
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::fast()).read_to_end(&mut out).unwrap();
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn epub(chapters: &[&[u8]]) -> Vec<u8> {
    let names: Vec<String> = (0..chapters.len()).map(|index| format!("OEBPS/c{index}.xhtml")).collect();
    let items: String = (0..chapters.len())
        .map(|i| format!("<item id='c{i}' href='c{i}.xhtml' media-type='application/xhtml+xml'/>"))
        .collect();
    let spine: String = (0..chapters.len()).rev().map(|i| format!("<itemref idref='c{i}'/>")).collect();
    let package = format!(
        "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='u'>\
         <metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='u'>x</dc:identifier><dc:title>كتاب الجسور</dc:title>\
         <dc:creator>سلمى ناصر</dc:creator><dc:language>ar</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let container = b"<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'>\
        <rootfiles><rootfile full-path='OEBPS/content.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/content.opf", package.as_bytes()),
    ];
    entries.extend(names.iter().map(String::as_str).zip(chapters.iter().copied()));
    zip(&entries)
}

fn docx(body: &str) -> Vec<u8> {
    let body = format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body.as_bytes())])
}

#[test]
fn a_book_is_its_chapters_in_reading_order() {
    let second = format!(
        "<html><head><title>لا</title></head><body><h1>الفصل الأول</h1><p>{SENTENCE}</p><img src='a.png'/></body></html>"
    );
    let folder = Folder::new();
    let path = folder
        .file("book.epub", &epub(&["<html><body><h1>الفصل الثاني</h1></body></html>".as_bytes(), second.as_bytes()]));
    let document = source::read(path, &Options::default()).unwrap();
    assert_eq!(document.text(), format!("كتاب الجسور\nسلمى ناصر\n\nالفصل الأول\n{SENTENCE}\nالفصل الثاني\n"));
    assert_eq!(
        document.origin().left_out.iter().map(|left| (&*left.what, left.count)).collect::<Vec<_>>(),
        [("pictures", 1)]
    );
    assert_eq!(document.id(), "book");
}

#[test]
fn a_word_document_is_its_paragraphs() {
    let bytes = docx(&format!("<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p><w:p><w:r><w:t>ثان</w:t></w:r></w:p>"));
    assert_eq!(Folder::new().text("a.docx", &bytes).unwrap(), format!("{SENTENCE}\nثان\n"));
}

#[test]
fn an_archive_of_something_else_is_named_and_refused() {
    let fault = Folder::new().text("a.zip", &zip(&[("a.txt", SENTENCE.as_bytes())])).unwrap_err();
    assert_eq!(fault.to_string(), "is not text: a ZIP archive");
}

#[test]
fn what_is_packed_is_unpacked_and_named_by_its_inner_ending() {
    let folder = Folder::new();
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode(SENTENCE);
    for bytes in
        [gzip(SENTENCE.as_bytes()), zstd(SENTENCE.as_bytes()), gzip(&windows), gzip(&zstd(SENTENCE.as_bytes()))]
    {
        assert_eq!(folder.text("a.txt.gz", &bytes).unwrap(), SENTENCE);
    }
    assert_eq!(folder.text("a.md.zst", &zstd(b"# a\n\n*b*")).unwrap(), "a\n\nb\n");
    let page = format!("<html><body><p>{SENTENCE}</p></body></html>");
    let path = folder.file("page.html.gz", &gzip(page.as_bytes()));
    let document = source::read(path, &Options { checksum: true, ..Options::default() }).unwrap();
    assert_eq!((document.id(), document.text()), ("page", &*format!("{SENTENCE}\n")));
    let path = folder.file("page.html.gz.zst", &zstd(&gzip(page.as_bytes())));
    let document = source::read(path, &Options::default()).unwrap();
    assert_eq!((document.id(), document.text()), ("page", &*format!("{SENTENCE}\n")));
    // What was packed in parts is all of it; a frame that zstd skips has four bytes for its length.
    let parts = [&b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd("قال ".as_bytes()), &zstd(b""), &zstd("سامر".as_bytes())];
    assert_eq!(folder.text("parts.zst", &parts.concat()).unwrap(), "قال سامر");
    assert_eq!(
        folder.text("parts.gz", &[gzip("قال ".as_bytes()), gzip("سامر".as_bytes())].concat()).unwrap(),
        "قال سامر"
    );
    let cut = &gzip(SENTENCE.repeat(100).as_bytes())[..60];
    assert!(folder.text("a.gz", cut).unwrap_err().to_string().starts_with("cannot be read: damaged archive"));
}

#[test]
fn the_sum_is_of_the_file_as_it_lies_there() {
    let folder = Folder::new();
    let packed = gzip(SENTENCE.as_bytes());
    let sum = |name: &str, bytes: &[u8]| {
        let options = Options { checksum: true, ..Options::default() };
        source::read(folder.file(name, bytes), &options).unwrap().origin().sha256.clone().unwrap()
    };
    // Text that is not packed is summed up in passing; read as text, the packed bytes would have the same sum.
    let plain = |bytes: &[u8]| {
        let options = Options {
            checksum: true,
            input: source::Input::Text,
            encoding: Some("windows-1256".to_owned()),
            ..Options::default()
        };
        source::read(folder.file("raw", bytes), &options).unwrap().origin().sha256.clone().unwrap()
    };
    assert_eq!(sum("a.gz", &packed), plain(&packed));
    let page = b"<html><body><p>a</p></body></html>";
    assert_eq!(sum("a.html", page), plain(page));
}

#[test]
fn bombs_are_refused() {
    let folder = Folder::new();
    let zeros = gzip(&vec![b' '; (source::FORMAT_LIMIT + 1) as usize]);
    assert!(matches!(folder.text("a.txt.gz", &zeros), Err(Reason::Large(_))));
    let body = vec![b' '; 200 << 20];
    let many = zip(&[("word/document.xml", b"<a/>"), ("word/a", &body), ("word/b", &body)]);
    assert!(matches!(folder.text("a.docx", &many), Err(Reason::Expansion(_))));
    drop(body);
    let names: Vec<String> = (0..10_001).map(|index| format!("word/{index}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(matches!(folder.text("b.docx", &zip(&entries)), Err(Reason::Expansion(_))));
    // Three times packed is left as it is, which is no text.
    assert!(matches!(folder.text("c.gz", &gzip(&gzip(&gzip(b"a")))), Err(Reason::Binary(_))));
    let deep = "<w:p>".repeat(100_000);
    assert!(matches!(folder.text("d.docx", &docx(&deep)), Err(Reason::Format(..))));
}

#[test]
fn a_file_that_is_too_large_is_not_begun() {
    let folder = Folder::new();
    for name in ["a.txt", "a.html", "a.txt.gz", "a.jsonl"] {
        // A hole: it takes no room, and reading it would take a while.
        fs::File::create(folder.0.path().join(name)).unwrap().set_len(source::LIMIT + 1).unwrap();
        let fault = source::read(folder.0.path().join(name), &Options::default()).unwrap_err();
        assert!(fault.to_string().ends_with(": is larger than 1024 MiB, the most that is read at once"), "{fault}");
    }
}

#[test]
fn paths_in_an_archive_lead_nowhere() {
    let folder = Folder::new();
    let bytes = zip(&[
        ("word/document.xml", "<w:document><w:p><w:t>نص</w:t></w:p></w:document>".as_bytes()),
        ("../../escaped", b"x"),
        ("/tmp/rawi-escaped", b"x"),
    ]);
    assert_eq!(folder.text("a.docx", &bytes).unwrap(), "نص\n");
    assert!(!folder.0.path().join("../../escaped").exists() && !PathBuf::from("/tmp/rawi-escaped").exists());
}

/// Answers one request after the other, each with the next response.
fn server(responses: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            drop(stream.read(&mut request));
            drop(stream.write_all(&response));
        }
    });
    address
}

fn response(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn fetch(address: &str) -> Result<(String, String), String> {
    let document = source::read(address, &Options::default());
    document.map(|found| (found.id().to_owned(), found.text().to_owned())).map_err(|error| error.to_string())
}

#[test]
fn an_address_is_read_as_what_the_server_says_it_is() {
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode("<p>قال سامر");
    let address = server(vec![response("text/html; charset=windows-1256", &windows)]);
    assert_eq!(
        fetch(&format!("{address}/news/bridge.html?x=1")).unwrap(),
        ("bridge".to_owned(), "قال سامر\n".to_owned())
    );
}

#[test]
fn an_encoding_that_cannot_be_is_not_believed() {
    let page = |meta: &str| format!("<html><head><meta charset={meta}></head><body><p>{SENTENCE}</p></body></html>");
    let windows = |meta: &str| encoding_rs::WINDOWS_1256.encode(&page(meta)).0.into_owned();
    for (server_says, bytes) in [
        ("windows-1256", page("utf-8").into_bytes()),
        ("iso-8859-1", page("utf-8").into_bytes()),
        ("utf-8", windows("windows-1256")),
        ("iso-8859-1", windows("windows-1256")),
        ("windows-1256", windows("utf-8")),
        ("utf-8", windows("utf-8")),
    ] {
        let address = server(vec![response(&format!("text/html; charset={server_says}"), &bytes)]);
        assert_eq!(fetch(&address).unwrap().1, format!("{SENTENCE}\n"), "{server_says}");
    }
    let address =
        server(vec![response("text/plain; charset=iso-8859-1", &encoding_rs::WINDOWS_1256.encode(SENTENCE).0)]);
    assert_eq!(fetch(&address).unwrap().1, SENTENCE);
}

#[test]
fn an_address_that_gives_nothing_says_why() {
    let address = server(vec![b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()]);
    assert_eq!(fetch(&address).unwrap_err(), format!("{address}: cannot be fetched: http status: 404"));
    let again = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
    let address = server(vec![again; 20]);
    assert_eq!(fetch(&address).unwrap_err(), format!("{address}: cannot be fetched: too many redirects"));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(fetch(&format!("http://{closed}/")).unwrap_err().contains("cannot be fetched: io: Connection refused"));
}

/// What a person reads on each page of `tests/pages`: the article's lines, and nothing of what stands around them.
#[test]
fn of_a_page_the_article_is_read_and_nothing_around_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let mut names: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    assert!(names.len() > 15, "{}", names.len());
    let mut faults = Vec::new();
    for path in names {
        let document = source::read(&path, &Options::default()).unwrap();
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (stated, body) = expected.split_once("\n\n").unwrap();
        let metadata = document.metadata();
        let said = [("title", &metadata.title), ("author", &metadata.author), ("date", &metadata.date)];
        let said: Vec<String> =
            said.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}: {value}"))).collect();
        let text = document.text();
        let read: Vec<&str> = text.split_once("\n\n").map_or(text, |parts| parts.1).lines().collect();
        if said.join("\n") != stated || read != body.lines().collect::<Vec<_>>() {
            faults.push(format!("{}:\n{}\n\n{}", path.display(), said.join("\n"), read.join("\n")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
