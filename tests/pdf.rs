//! PDFs as programs print them, against what was printed: `tests/pdf/make.py` made the files of `tests/pdf` from the
//! texts beside them. And what no program prints: damaged files, bombs, fonts that name letters wrongly.

#![cfg(feature = "formats")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot read its files has to stop")]

use rawi::source::{self, Options, Password};
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

/// As long as a file may take on a busy machine, in seconds.
const LIMIT: u64 = 100;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf")
}

fn printed() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    files.sort();
    files
}

/// The article that a file was printed from: what comes after the first `-` of its name.
fn article(path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_str()?.split_once('-')?.1.to_owned();
    let text = fs::read_to_string(folder().join(name + ".txt")).ok()?;
    Some(text.lines().map(|line| line.trim_start_matches("^ ").replace('|', " ") + "\n").collect())
}

/// Runs of letters and digits, without marks; letters that look alike are one.
fn words(text: &str) -> Vec<String> {
    let plain = text.chars().filter(|letter| !matches!(letter, '\u{64b}'..='\u{655}' | '\u{670}' | 'ـ' | '\u{200c}'));
    let folded: String = plain
        .map(|letter| match letter {
            'ی' | 'ى' => 'ي',
            'ک' => 'ك',
            'ھ' => 'ه',
            other => other,
        })
        .collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// How many of some things are among others, each as often as it is in both.
fn both<T: Eq + std::hash::Hash>(some: impl IntoIterator<Item = T>, others: impl IntoIterator<Item = T>) -> usize {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for one in others {
        *counts.entry(one).or_default() += 1;
    }
    let mut found = 0;
    for one in some {
        if let Some(count) = counts.get_mut(&one).filter(|count| **count > 0) {
            *count -= 1;
            found += 1;
        }
    }
    found
}

fn pairs(words: &[String]) -> Vec<(&str, &str)> {
    words.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect()
}

/// What came of reading bytes: the text, or the reason; within the limit.
fn read(name: &str, bytes: Vec<u8>, options: Options) -> Result<String, String> {
    let (sender, receiver) = mpsc::channel();
    let owned = name.to_owned();
    thread::spawn(move || {
        let read = source::decode(&owned, &bytes, &options);
        drop(sender.send(read.map(|document| document.text().to_owned()).map_err(|error| error.to_string())));
    });
    receiver.recv_timeout(Duration::from_secs(LIMIT)).map_err(|error| format!("{name}: {error}")).unwrap()
}

#[test]
fn what_was_printed_is_read() {
    let (mut found, mut neighbours, mut of, mut of_neighbours, mut read_words) = (0, 0, 0, 0, 0);
    let mut table = String::new();
    for path in printed() {
        let Some(article) = article(&path) else { continue };
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = read(name, fs::read(&path).unwrap(), Options::default()).unwrap();
        let (gold, words) = (words(&article), words(&text));
        let (one, two) = (both(gold.iter(), words.iter()), both(pairs(&gold), pairs(&words)));
        writeln!(
            table,
            "{name}: words {one} of {}, pairs {two} of {}, read {}",
            gold.len(),
            gold.len() - 1,
            words.len()
        )
        .unwrap();
        (found, neighbours, read_words) = (found + one, neighbours + two, read_words + words.len());
        (of, of_neighbours) = (of + gold.len(), of_neighbours + gold.len() - 1);
    }
    assert!(of > 500, "there are files");
    assert!(
        found * 100 >= of * 99 && neighbours * 100 >= of_neighbours * 97 && found * 100 >= read_words * 99,
        "{table}"
    );
}

/// A generator of numbers that are the same in every run (Knuth's).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

#[test]
fn two_hundred_damaged_files_give_text_or_a_reason() {
    let files: Vec<Vec<u8>> = printed().iter().map(|path| fs::read(path).unwrap()).collect();
    let mut numbers = Numbers(7);
    for count in 0..200 {
        let mut bytes = files[count % files.len()].clone();
        match count % 4 {
            0 => bytes.truncate(numbers.below(bytes.len())),
            1 => {
                for _ in 0..1 + count / 8 {
                    let at = numbers.below(bytes.len());
                    bytes[at] = numbers.below(256) as u8;
                }
            }
            2 => {
                let (from, length) = (numbers.below(bytes.len()), numbers.below(2000));
                let to = (from + length).min(bytes.len());
                bytes.drain(from..to);
            }
            _ => {
                let (from, to) = (numbers.below(bytes.len()), numbers.below(bytes.len()));
                let length = numbers.below(500).min(bytes.len() - from.max(to));
                let piece = bytes[from..from + length].to_vec();
                bytes.splice(to..to, piece);
            }
        }
        if let Err(reason) = read(&format!("damaged {count}"), bytes, Options::default()) {
            assert!(!reason.contains('\n') && reason.len() < 1000, "{reason}");
        }
    }
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).unwrap();
    file
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>stream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const CATALOG: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &[u8] = b"<</Type/Pages/Kids[3 0 R]/Count 1>>";

#[test]
fn bombs_do_not_go_off() {
    let page =
        |more: &str| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R{more}>>").into_bytes();
    let zeros = packed(&vec![b' '; 300 << 20]);
    let twice = packed(&zeros);
    let mut bombs: Vec<(&str, Vec<u8>)> = vec![
        ("a stream of 300 MiB", pdf(&[CATALOG.into(), PAGES.into(), page(""), stream("/Filter/FlateDecode", &zeros)])),
        (
            "a stream packed twice",
            pdf(&[CATALOG.into(), PAGES.into(), page(""), stream("/Filter[/FlateDecode/FlateDecode]", &twice)]),
        ),
        ("objects of 300 MiB", {
            let mut file = pdf(&[CATALOG.into(), PAGES.into(), page(""), stream("", b"q Q")]);
            let bomb = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &zeros);
            file.splice(9..9, [b"9 0 obj\n", bomb.as_slice(), b"\nendobj\n"].concat());
            file
        }),
        ("pages in a circle", pdf(&[CATALOG.into(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".into()])),
        ("states on states", pdf(&[CATALOG.into(), PAGES.into(), page(""), stream("", &b"q ".repeat(2 << 20))])),
        (
            "arrays in arrays",
            pdf(&[
                CATALOG.into(),
                PAGES.into(),
                page(""),
                stream("", &[b"[".repeat(1 << 20), b" TJ".to_vec()].concat()),
            ]),
        ),
    ];
    // Each form draws the next ten times.
    let forms: Vec<Vec<u8>> = (5..25)
        .map(|number| {
            let next = number + 1;
            stream(
                &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {next} 0 R>>>>"),
                &b"/F Do ".repeat(10),
            )
        })
        .collect();
    let mut objects =
        vec![CATALOG.to_vec(), PAGES.to_vec(), page("/Resources<</XObject<</F 5 0 R>>>>"), stream("", b"/F Do")];
    objects.extend(forms);
    bombs.push(("forms in forms", pdf(&objects)));
    let mut many = vec![CATALOG.to_vec(), PAGES.to_vec(), page(""), stream("", b"q Q")];
    many.extend(std::iter::repeat_n(b"<<>>".to_vec(), 1_000_000));
    let mut lost = pdf(&many);
    bombs.push(("a million objects", lost.clone()));
    lost.truncate(lost.len() - (20 << 20));
    bombs.push(("a million objects without a table", lost));
    for (name, bytes) in bombs {
        assert!(read(name, bytes, Options::default()).is_err(), "{name} has no text");
    }
}

#[test]
fn letters_that_their_font_names_wrongly_are_refused() {
    let bytes = fs::read(folder().join("unsound.pdf")).unwrap();
    let reason = read("unsound", bytes.clone(), Options::default()).unwrap_err();
    assert_eq!(
        reason,
        "unsound: cannot be read as a PDF: the letters of page 1 cannot be read: its font names them wrongly"
    );
    let anyway = source::decode("unsound", &bytes, &Options { anyway: true, ..Options::default() }).unwrap();
    assert!(words(anyway.text()).len() > 50);
    assert_eq!(anyway.remarks(), ["the letters of page 1 cannot be trusted: its font names them wrongly"]);
    assert_eq!(anyway.origin().left_out.first().unwrap().count, 1, "and it is marked");
}

#[test]
fn an_encrypted_file_is_read_with_its_password() {
    let bytes = fs::read(folder().join("encrypted.pdf")).unwrap();
    let with = |password: Option<&str>| {
        let options =
            Options { password: password.map(|letters| Password::new(letters.to_owned())), ..Options::default() };
        read("encrypted", bytes.clone(), options)
    };
    let refused = "encrypted: has a password, which is not the one given (--password-file)";
    assert_eq!(with(None).unwrap_err(), refused);
    assert_eq!(with(Some("سمسم")).unwrap_err(), refused);
    assert!(with(Some("open sesame")).unwrap().contains("سلوى الراجحي"));
}

#[test]
fn a_beginning_is_a_beginning_and_pages_have_places() {
    let path = folder().join("weasyprint-long.pdf");
    let whole = source::read(&path, &Options::default()).unwrap();
    let (beginning, complete) = source::prefix(&path, 1000, &Options::default()).unwrap();
    assert!(!complete && beginning.text().len() > 1000 && beginning.text().len() < whole.text().len());
    assert!(whole.text().starts_with(beginning.text()));
    assert!(whole.pages().len() > 2 && whole.pages().is_sorted());
    assert_eq!(whole.page_at(0), Some(1));
    assert_eq!(whole.page_at(whole.text().len() - 1), Some(whole.pages().len()));
    assert!(!whole.text().contains("نشرة الأخبار"), "what stands at the head of every page is no part of the text");
}
