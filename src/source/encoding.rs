//! Which encoding bytes are in, and their text, a chunk at a time.
//!
//! Order of belief: what the user said; a byte order mark; the look of UTF-16; UTF-8, which other encodings' text hardly
//! ever is by accident; chardetng, leaning to the encodings of the Arab world. It is decided on the first chunk with
//! anything but ASCII in it and then kept, so that the beginning of a file reads the same whether or not the rest was
//! looked at.

use super::error::Reason;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// How many bytes are decoded at a time: they stay in the processor's cache between being checked and being copied.
pub const CHUNK: usize = 1 << 16;

/// Text that grows as bytes come in.
pub struct Text {
    /// What was decoded so far.
    pub text: String,
    /// How many U+FFFD stand for bytes that the encoding does not have.
    pub replaced: usize,
    /// Whether the last byte was reached.
    pub complete: bool,
    state: State,
}

enum State {
    /// Nothing but ASCII so far; it may become anything.
    Open,
    Utf8,
    Other(Box<Decoder>),
}

impl Text {
    /// No text yet, in the encoding that was asked for.
    pub fn new(asked: Option<&'static Encoding>) -> Self {
        let state =
            asked.map_or(State::Open, |encoding| State::Other(Box::new(encoding.new_decoder_without_bom_handling())));
        Self { text: String::new(), replaced: 0, complete: false, state }
    }

    /// All of these bytes.
    pub fn of(bytes: &[u8], asked: Option<&'static Encoding>) -> Result<Self, Reason> {
        let mut text = Self::new(asked);
        text.read(&mut &*bytes, false, (bytes.len(), u64::MAX))?;
        Ok(text)
    }

    /// The encoding; UTF-8 for pure ASCII.
    pub fn encoding(&self) -> &'static Encoding {
        match &self.state {
            State::Open | State::Utf8 => UTF_8,
            State::Other(decoder) => decoder.encoding(),
        }
    }

    /// Reads to the end, or to the end of the line in which byte number `bytes` lies. With `doubt`, what does not look
    /// like text is refused. `size` is how many bytes are expected.
    pub fn read(&mut self, input: &mut dyn Read, doubt: bool, (size, bytes): (usize, u64)) -> Result<(), Reason> {
        let mut buffer = vec![0; CHUNK];
        let (mut kept, mut total) = (0, 0);
        loop {
            let filled = kept + fill(input, buffer.get_mut(kept..).unwrap_or_default())?;
            let last = filled < CHUNK;
            let chunk = buffer.get(..filled).unwrap_or_default();
            let mark = if total == 0 { self.begin(chunk, doubt, (size, bytes))? } else { 0 };
            let used = mark + self.push(chunk.get(mark..).unwrap_or_default(), last);
            buffer.copy_within(used.min(filled)..filled, 0);
            kept = filled.saturating_sub(used);
            total += used as u64;
            if last || total >= bytes {
                self.complete = last;
                self.cut();
                return Ok(());
            }
        }
    }

    /// Looks at the first chunk: what it is, how much room the text will take. Gives the length of a byte order mark.
    fn begin(&mut self, head: &[u8], doubt: bool, (size, bytes): (usize, u64)) -> Result<usize, Reason> {
        if doubt && let Some(kind) = magic(head) {
            return Err(Reason::Binary(kind));
        }
        let mark = match (&self.state, Encoding::for_bom(head)) {
            (State::Open, Some((encoding, mark))) => {
                self.set_encoding(encoding);
                mark
            }
            // Asked for one UTF-16, the mark still tells which.
            (State::Other(decoder), Some((encoding, mark))) if same_family(decoder.encoding(), encoding) => {
                self.set_encoding(encoding);
                mark
            }
            (State::Open, None) => {
                if let Some(encoding) = utf16(head) {
                    self.set_encoding(encoding);
                } else if doubt && let Some(kind) = binary(head) {
                    return Err(Reason::Binary(kind));
                }
                0
            }
            _ => 0,
        };
        let expected = usize::try_from(bytes).map_or(size, |bytes| size.min(bytes.saturating_add(CHUNK)));
        if matches!(self.state, State::Open | State::Utf8) {
            self.text.reserve_exact(expected);
        }
        Ok(mark)
    }

    /// Decodes a chunk. Gives how many bytes were used: all but the beginning of a letter whose end is yet to come.
    fn push(&mut self, chunk: &[u8], last: bool) -> usize {
        let whole = if last { chunk.len() } else { boundary(chunk) };
        let chunk_whole = chunk.get(..whole).unwrap_or_default();
        if matches!(self.state, State::Open) && !chunk_whole.is_ascii() {
            self.set_encoding(guess(chunk_whole, last));
        }
        let State::Other(decoder) = &mut self.state else {
            if let Ok(text) = simdutf8::basic::from_utf8(chunk_whole) {
                self.text.push_str(text);
            } else {
                let (text, _) = UTF_8.decode_without_bom_handling(chunk_whole);
                self.replaced += text.matches('\u{fffd}').count();
                self.text.push_str(&text);
            }
            return whole;
        };
        let (mut used, before) = (0, self.text.len());
        let mut replaced = false;
        loop {
            let rest = chunk.get(used..).unwrap_or_default();
            self.text.reserve(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(CHUNK));
            let (result, read, bad) = decoder.decode_to_string(rest, &mut self.text, last);
            (used, replaced) = (used + read, replaced || bad);
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if replaced {
            self.replaced += self.text.get(before..).unwrap_or_default().matches('\u{fffd}').count();
        }
        used
    }

    fn set_encoding(&mut self, encoding: &'static Encoding) {
        self.state = if encoding == UTF_8 {
            State::Utf8
        } else {
            State::Other(Box::new(encoding.new_decoder_without_bom_handling()))
        };
    }

    /// Ends a beginning with its last whole line, where it has one.
    fn cut(&mut self) {
        if !self.complete
            && let Some(at) = memchr::memrchr(b'\n', self.text.as_bytes())
        {
            self.text.truncate(at + 1);
        }
    }
}

/// Reads until the buffer is full or nothing is left.
pub fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Whether bytes that begin like this can be in an encoding that is said of them. Servers say it of everything they
/// have: UTF-8 is known by its form whatever they say, and windows-1252 is what they say who do not know.
pub fn can_be(said: &'static Encoding, bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(CHUNK)).unwrap_or_default();
    let found = guess(head, false);
    head.is_ascii() || found == said || (found != UTF_8 && said != UTF_8 && said != encoding_rs::WINDOWS_1252)
}

fn same_family(asked: &'static Encoding, marked: &'static Encoding) -> bool {
    let wide = |encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    asked == marked || (wide(asked) && wide(marked))
}

/// Where a UTF-8 letter that is cut off by the end begins, else the length.
fn boundary(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(3).position(|byte| *byte >= 0xc0);
    match tail.and_then(|back| Some((back, bytes.get(bytes.len() - 1 - back)?))) {
        Some((back, lead)) if back + 1 < lead.leading_ones() as usize => bytes.len() - 1 - back,
        _ => bytes.len(),
    }
}

/// The encoding of bytes that are not all ASCII and not UTF-16. UTF-8 with some damage is still UTF-8: letters of other
/// encodings make the form of UTF-8 too seldom to outweigh what they break.
fn guess(bytes: &[u8], last: bool) -> &'static Encoding {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for part in bytes.utf8_chunks() {
        good += part.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!part.invalid().is_empty());
    }
    if good > 2 * bad {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, last);
    detector.guess(Some(b"eg"), Utf8Detection::Deny)
}

/// UTF-16 without a mark: in Arabic and in Latin text most units have 0x06 or 0x00 for their high byte, and no
/// text in a byte encoding has either of them.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let (units, _) = head.as_chunks::<2>();
    let usual =
        |high: u8, low: u8| high == 0x06 || (high == 0 && (low >= b' ' || matches!(low, b'\t' | b'\n' | b'\r')));
    let little = units.iter().filter(|[low, high]| usual(*high, *low)).count();
    let big = units.iter().filter(|[high, low]| usual(*high, *low)).count();
    let most = |count: usize| count > 1 && count * 10 >= units.len() * 6;
    match (most(little), most(big)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Files that people take for text, by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xff\xfe\0\0", "UTF-32 text; convert it to UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 text; convert it to UTF-8"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (doc, xls, ppt); save it as docx or text"),
    (b"{\\rtf", "an RTF file; save it as docx, odt or text"),
    (b"RIFF", "a WebP picture or a recording"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\0\0\0\x18ftyp", "a film, or a HEIC picture"),
    (b"\0\0\0\x1cftyp", "a film, or a HEIC picture"),
    (b"\0\0\0\x20ftyp", "a film, or a HEIC picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
];

fn magic(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"PK\x03\x04") {
        let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
        let kinds: [(&[u8], &str); 4] = [
            (b"xl/", "an Excel workbook (xlsx); save it as CSV"),
            (b"ppt/", "a PowerPoint presentation (pptx); save it as text"),
            (b"opendocument.spreadsheet", "a spreadsheet of LibreOffice (ods); save it as CSV"),
            (b"opendocument.presentation", "a presentation of LibreOffice (odp); save it as text"),
        ];
        if let Some((_, kind)) = kinds.iter().find(|(name, _)| has(name)) {
            return Some(kind);
        }
    }
    MAGIC.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind)
}

/// Whether these are bytes for a machine: NULs, or so many control characters as no text has.
fn binary(head: &[u8]) -> Option<&'static str> {
    let head = head.get(..head.len().min(8192)).unwrap_or_default();
    if memchr::memchr(0, head).is_some() {
        return Some("NUL bytes, as in binary data");
    }
    let usual = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x08);
    let strange = head.iter().filter(|byte| **byte < b' ' && !usual(**byte)).count();
    (strange * 20 > head.len() && simdutf8::basic::from_utf8(head).is_err())
        .then_some("control bytes, as in binary data")
}
