//! Two hundred damaged files of each kind, made from the seeds of the fuzz targets: cut short, bytes changed, pieces doubled
//! or dropped. The same ones every time. Each gives a document that can be shown, or one line that names the file and says
//! why not.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has to stop")]

use rawi::{
    export::Format,
    layout::{Options as Layout, Page},
    source::{self, Options},
    store::{self, Home},
    text::{Document, Origin},
};
use std::{fs, io, path::Path};

const COUNT: usize = 200;

fn seed(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name)).unwrap()
}

/// Damaged copies of `bytes`.
fn damaged(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 7_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let bytes = bytes.to_vec();
    (0..COUNT).map(move |round| {
        let mut copy = bytes.clone();
        for _ in 0..=round / 20 {
            let (at, length) = (random(copy.len()), random(16));
            let end = (at + length).min(copy.len());
            match random(5) {
                0 => copy.truncate(random(copy.len() + 1)),
                1 => drop(copy.drain(at..end)),
                2 => {
                    let piece = copy[at..end].to_vec();
                    copy.splice(at..at, piece);
                }
                _ => {
                    if let Some(byte) = copy.get_mut(at) {
                        *byte = random(256) as u8;
                    }
                }
            }
        }
        copy
    })
}

fn is_one_line(said: &str) -> bool {
    !said.contains(char::is_control) && said.chars().count() < 600
}

#[test]
fn sources_give_a_document_or_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let text = |name| seed(name)[1..].to_vec();
    let zstd = ruzstd::encoding::compress_to_vec(&seed("html/page")[..], ruzstd::encoding::CompressionLevel::Fastest);
    let kinds: [(&str, Vec<u8>); 15] = [
        ("utf8.txt", text("text/utf8")),
        ("utf16.txt", text("text/utf16")),
        ("windows.txt", text("text/windows")),
        ("page.html", seed("html/page")),
        ("article.html", seed("html/article")),
        ("rss.xml", seed("feed/rss")),
        ("atom.xml", seed("feed/atom")),
        ("rdf.xml", seed("feed/rdf")),
        ("a.md", seed("markdown/a")),
        ("a.jsonl", seed("jsonl/a")),
        ("book.epub", seed("epub/whole")),
        ("report.docx", seed("docx/whole")),
        ("a.txt.gz", seed("decompress/gz")),
        ("b.html.gz", seed("decompress/gzgz")),
        ("a.html.zst", zstd),
    ];
    for (name, bytes) in kinds {
        let path = folder.path().join(name);
        for copy in damaged(&bytes) {
            fs::write(&path, copy).unwrap();
            match source::read_all(&path, &Options::default()) {
                Ok(documents) => {
                    for document in &documents {
                        let page = Page::new(Layout::default());
                        assert!(!page.visible(document, page.end(document, 24), 24).is_empty(), "{name}");
                    }
                }
                Err(error) => {
                    let said = error.to_string();
                    let reason = said.strip_prefix(&format!("{}: ", path.display()));
                    assert!(reason.is_some_and(|reason| reason.len() > 10) && is_one_line(&said), "{said}");
                }
            }
        }
    }
}

#[test]
fn stores_give_what_is_remembered_or_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let whole = String::from_utf8(seed("store/other")).unwrap();
    let (text, stored) = whole.split_once('\u{c}').unwrap();
    fs::write(&path, text).unwrap();
    let origin = Origin { path: Some(path.display().to_string()), ..Origin::default() };
    let document = Document::new("a", text, origin);
    let home = Home { data: folder.path().join("data"), sidecar: true };
    let mut refused = 0;
    for copy in damaged(stored.as_bytes()) {
        fs::write(folder.path().join("a.txt.rawi.json"), copy).unwrap();
        match store::peek(&home, &document) {
            Ok(memory) => {
                assert!(memory.annotations.mentions.iter().all(|mention| text.get(mention.span.range()).is_some()));
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains("a.txt.rawi.json"), "{error}");
            }
        }
    }
    assert!(refused > COUNT / 2, "most damage is noticed: {refused}");
}

#[test]
fn other_tools_files_give_annotations_or_a_reason() {
    for (number, format) in Format::READABLE.iter().enumerate() {
        let seed = seed(&format!("importers/{}", format.name()));
        assert_eq!(usize::from(seed[0]), number);
        let whole = String::from_utf8(seed[1..].to_vec()).unwrap();
        let (text, file) = whole.split_once('\u{c}').unwrap();
        let document = Document::new("a", text, Origin::default());
        format.read(&document, file).unwrap();
        for copy in damaged(file.as_bytes()) {
            match format.read(&document, &String::from_utf8_lossy(&copy)) {
                Ok(annotations) => {
                    assert!(annotations.mentions.iter().all(|mention| text.get(mention.span.range()).is_some()));
                    for format in Format::ALL {
                        format.write(&document, &annotations, &mut io::sink()).unwrap();
                    }
                }
                Err(error) => assert!(error.to_string().len() > 10, "{error}"),
            }
        }
    }
}
