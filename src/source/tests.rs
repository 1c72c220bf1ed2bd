use super::*;
use std::io::{self, Write};

const ARTICLE: &str =
    "أعلنت وزيرة الصحة ليلى المنصوري، اليوم الثلاثاء، عن حملة تطعيم جديدة.\r\nوقالت: «نحن مستعدون؛ فهل أنتم؟»\n";

fn text(bytes: &[u8]) -> (String, String) {
    let document = decode("t", bytes, &Options::default()).unwrap();
    (document.text().to_owned(), document.origin().encoding.clone())
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn the_encodings_of_arabic_are_found_and_line_ends_kept() {
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode(ARTICLE);
    let plain = ARTICLE.replace(['«', '»'], "");
    let (iso, _, lost) = encoding_rs::ISO_8859_6.encode(&plain);
    assert!(!lost);
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
    let told = |text: &str, encoding: &str| (text.to_owned(), encoding.to_owned());
    assert_eq!(text(ARTICLE.as_bytes()), told(ARTICLE, "UTF-8"));
    assert_eq!(text(&marked(b"\xef\xbb\xbf", ARTICLE.into())), told(ARTICLE, "UTF-8"));
    assert_eq!(text(&marked(b"\xff\xfe", utf16(ARTICLE, u16::to_le_bytes))), told(ARTICLE, "UTF-16LE"));
    assert_eq!(text(&marked(b"\xfe\xff", utf16(ARTICLE, u16::to_be_bytes))), told(ARTICLE, "UTF-16BE"));
    assert_eq!(text(&utf16(ARTICLE, u16::to_le_bytes)), told(ARTICLE, "UTF-16LE"));
    assert_eq!(text(&utf16(ARTICLE, u16::to_be_bytes)), told(ARTICLE, "UTF-16BE"));
    assert_eq!(text(&windows), told(ARTICLE, "windows-1256"));
    assert_eq!(text(&iso), told(&plain, "ISO-8859-6"));
    assert_eq!(text(b"plain\r\n"), told("plain\r\n", "UTF-8"));
    assert_eq!(text(b""), told("", "UTF-8"));
}

#[test]
fn an_encoding_that_was_asked_for_is_used() {
    let asked = |encoding: &str, bytes: &[u8]| {
        let options = Options { encoding: Some(encoding.to_owned()), ..Options::default() };
        decode("t", bytes, &options).map(|document| document.text().to_owned()).map_err(|error| error.to_string())
    };
    assert_eq!(asked("iso-8859-6", b"\xc7\xe4").unwrap(), "ال");
    assert_eq!(asked("windows-1256", b"\xc7\xe1").unwrap(), "ال");
    assert_eq!(asked("utf-16", b"\xfe\xff\x06\x27").unwrap(), "ا", "the mark tells the order of the bytes");
    assert_eq!(
        asked("\u{1b}[2Jutf-9", b"").unwrap_err(),
        "t: unknown encoding '\\u{1b}[2Jutf-9' (try utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-6)"
    );
}

#[test]
fn damaged_utf8_stays_utf8_and_the_damage_is_counted() {
    let mut bytes = ARTICLE.as_bytes().to_vec();
    bytes.splice(21..22, *b"\xff");
    bytes.push(0xd9);
    let document = decode("t", &bytes, &Options::default()).unwrap();
    assert!(document.text().starts_with("أعلنت وزيرة\u{fffd}الصحة"), "{}", document.text());
    assert_eq!(document.origin().left_out, [LeftOut { what: "bytes outside the encoding".to_owned(), count: 2 }]);
}

#[test]
fn a_letter_across_two_chunks_is_whole() {
    for shift in 0..4 {
        let long = format!("{}{}", "a".repeat(shift), "كلمة 😀 ".repeat(20_000));
        assert_eq!(text(long.as_bytes()).0, long);
        assert_eq!(text(&utf16(&long, u16::to_le_bytes)).0, long);
    }
    let late = format!("{}قال الوزير إن الأمر انتهى", "plain words\n".repeat(20_000));
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode(&late);
    assert_eq!(text(&windows), (late, "windows-1256".to_owned()));
}

#[test]
fn a_prefix_is_a_beginning_of_the_whole() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let long = "سطر من الخبر\n".repeat(50_000);
    for encoding in [encoding_rs::UTF_8, encoding_rs::WINDOWS_1256] {
        file.as_file().set_len(0).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        file.write_all(&encoding.encode(&long).0).unwrap();
        let path = file.path().to_str().unwrap();
        let (head, complete) = prefix(path, 1000, &Options::default()).unwrap();
        assert!(!complete && head.text().len() > 1000 && head.text().ends_with("الخبر\n"));
        assert!(read(path, &Options::default()).unwrap().text().starts_with(head.text()));
    }
    file.as_file().set_len(20).unwrap();
    assert!(prefix(file.path().to_str().unwrap(), 1000, &Options::default()).unwrap().1);
}

#[test]
fn what_cannot_be_read_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let fault = |name: &str, bytes: Option<&[u8]>| {
        let path = folder.path().join(name);
        if let Some(bytes) = bytes {
            std::fs::write(&path, bytes).unwrap();
        }
        let error = read(path.to_str().unwrap(), &Options::default()).unwrap_err().to_string();
        error.strip_prefix(folder.path().to_str().unwrap()).unwrap().to_owned()
    };
    assert_eq!(fault("gone.txt", None), "/gone.txt: no such file");
    assert_eq!(fault("", None), "/: is a directory, not a file");
    assert_eq!(fault("a\u{202e}\u{7}", None), "/a\\u{202e}\\u{7}: no such file");
    assert_eq!(fault("p.txt", Some(b"\x89PNG\r\n\x1a\n\0\0")), "/p.txt: is not text: a PNG picture");
    assert_eq!(fault("b.txt", Some(b"abc\0def\x01\x02")), "/b.txt: is not text: NUL bytes, as in binary data");
    let noise: Vec<u8> = (1..=255).collect();
    assert_eq!(fault("n.txt", Some(&noise)), "/n.txt: is not text: control bytes, as in binary data");
}

#[test]
fn the_checksum_is_of_the_bytes() {
    let sum =
        |checksum| decode("t", b"abc", &Options { checksum, ..Options::default() }).unwrap().origin().sha256.clone();
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!((sum(true), sum(false)), (Some(known.to_owned()), None));
}
