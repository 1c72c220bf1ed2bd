//! Bytes to [`Document`]: opens what people name, finds out what it is, and decodes it.
//!
//! A source is read as a stream, so the reader can have the beginning of a large file before the rest of it, and a file
//! is never in memory twice. The text is kept as it was, line ends and stray control characters included; only a byte
//! order mark goes, because it belongs to the encoding. What could not be kept is counted in [`Origin::left_out`].

mod encoding;

use crate::text::{Document, LeftOut, Origin};
use encoding::Text;
use encoding_rs::Encoding;
use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The largest text that is read, in bytes of the source.
pub const LIMIT: u64 = 1 << 30;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding's name as the WHATWG labels it (`windows-1256`, `iso-8859-6`, `utf-16be`); none to find out.
    pub encoding: Option<String>,
    /// The format; by default found out.
    pub input: Input,
    /// Whether [`Origin::sha256`] is wanted. It takes longer than reading does.
    pub checksum: bool,
}

/// The format of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Find out from the first bytes.
    #[default]
    Auto,
    /// Plain text, whatever the bytes look like.
    Text,
}

/// Why a source gave no document. Displays as one line that names the source first and cannot carry a control
/// character.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", Shown(name))]
pub struct Error {
    /// The path as the user gave it; "standard input" for `-`.
    pub name: String,
    /// What was wrong.
    pub reason: Reason,
}

/// What was wrong with a source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Nothing is there.
    #[error("no such file")]
    Missing,
    /// A directory where a file was wanted.
    #[error("is a directory, not a file")]
    Directory,
    /// The operating system said no.
    #[error("cannot be read: {0}")]
    Unreadable(#[source] io::Error),
    /// No text in there; with what it is instead.
    #[error("is not text: {0}")]
    Binary(&'static str),
    /// An encoding that nobody knows.
    #[error("unknown encoding '{}' (try utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-6)", Shown(.0))]
    Encoding(String),
    /// More bytes than [`LIMIT`].
    #[error("is larger than {} MiB", .0 >> 20)]
    Large(u64),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            io::ErrorKind::FileTooLarge => Self::Large(LIMIT),
            _ => Self::Unreadable(error),
        }
    }
}

/// Reads a file, or standard input for `-`. An empty one is an empty document.
///
/// # Errors
/// Whatever keeps it from being a document; the error names it.
pub fn read(path: &str, options: &Options) -> Result<Document, Error> {
    let document = || stream(path)?.document(options, u64::MAX).map(|(document, _)| document);
    document().map_err(|reason| Error { name: name(path), reason })
}

/// Reads the first `bytes` bytes of a file, or a little more, for the reader's first frame: the text is a beginning of
/// the one that [`read`] gives, and ends with a line where there is one. The second value says that it is all there is.
///
/// # Errors
/// As [`read`].
pub fn prefix(path: &str, bytes: u64, options: &Options) -> Result<(Document, bool), Error> {
    let document = || stream(path)?.document(options, bytes);
    document().map_err(|reason| Error { name: name(path), reason })
}

/// Decodes what is already in memory, as a document named `id`.
///
/// # Errors
/// As [`read`]; the error names `id`.
pub fn decode(id: &str, bytes: &[u8], options: &Options) -> Result<Document, Error> {
    let source = Source { id: id.to_owned(), path: None, size: bytes.len(), reader: Box::new(bytes) };
    let document = source.document(options, u64::MAX).map(|(document, _)| document);
    document.map_err(|reason| Error { name: id.to_owned(), reason })
}

/// The article that ships inside, for a first look without a file.
#[must_use]
pub fn sample() -> Document {
    let origin = Origin { encoding: encoding_rs::UTF_8.name().to_owned(), ..Origin::default() };
    Document::new("sample", include_str!("../assets/sample.txt"), origin)
}

/// What a source is called in messages.
fn name(path: &str) -> String {
    if path == "-" { "standard input".to_owned() } else { path.to_owned() }
}

fn stream(path: &str) -> Result<Source<'static>, Reason> {
    if path == "-" {
        return Ok(Source { id: "stdin".to_owned(), path: None, size: 0, reader: Box::new(io::stdin()) });
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len().min(LIMIT);
    let id = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let size = usize::try_from(size).unwrap_or_default();
    Ok(Source { id, path: Some(path.to_owned()), size, reader: Box::new(file) })
}

/// Bytes on their way in.
struct Source<'a> {
    id: String,
    path: Option<String>,
    /// How many bytes are expected; 0 where nobody knows.
    size: usize,
    reader: Box<dyn Read + 'a>,
}

impl Source<'_> {
    /// The document, and whether it is complete: reading stops at the first line end after `bytes` bytes.
    fn document(self, options: &Options, bytes: u64) -> Result<(Document, bool), Reason> {
        let mut input = Metered { reader: self.reader, total: 0, hash: options.checksum.then(sha2::Digest::new) };
        let mut text = Text::new(asked(options)?);
        text.read(&mut input, options.input == Input::Auto, (self.size, bytes))?;
        let left_out = match text.replaced {
            0 => Vec::new(),
            count => vec![LeftOut { what: "bytes outside the encoding".to_owned(), count }],
        };
        let origin = Origin {
            path: self.path,
            sha256: input.hash.filter(|_| text.complete).map(hexadecimal),
            encoding: text.encoding().name().to_owned(),
            left_out,
        };
        Ok((Document::new(self.id, text.text, origin), text.complete))
    }
}

fn asked(options: &Options) -> Result<Option<&'static Encoding>, Reason> {
    let find = |name: &String| {
        Encoding::for_label_no_replacement(name.as_bytes()).ok_or_else(|| Reason::Encoding(name.clone()))
    };
    options.encoding.as_ref().map(find).transpose()
}

/// Counts and, where asked, sums up what is read; more than [`LIMIT`] is an error.
struct Metered<'a> {
    reader: Box<dyn Read + 'a>,
    total: u64,
    hash: Option<sha2::Sha256>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.total += count as u64;
        if self.total > LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if let (Some(hash), Some(bytes)) = (&mut self.hash, buffer.get(..count)) {
            sha2::Digest::update(hash, bytes);
        }
        Ok(count)
    }
}

fn hexadecimal(hash: sha2::Sha256) -> String {
    sha2::Digest::finalize(hash).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A name for a message: what a terminal could take for a command, or could turn around, is written as an escape.
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            let hidden = matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if letter.is_control() || hidden {
                write!(f, "{}", letter.escape_unicode())?;
            } else {
                write!(f, "{letter}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

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
        let sum = |checksum| {
            decode("t", b"abc", &Options { checksum, ..Options::default() }).unwrap().origin().sha256.clone()
        };
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((sum(true), sum(false)), (Some(known.to_owned()), None));
    }
}
