//! How much of a PDF is looked at: a file of a few kilobytes can ask for years of work and all memory there is.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Dict, Name, Object, Stream};
use std::{
    borrow::Cow,
    io::Read,
    time::{Duration, Instant},
};

/// The most that one stream unpacks to, in bytes.
pub const STREAM: u64 = 64 << 20;

/// The most that all streams of a document unpack to that are looked at, in bytes.
pub const STREAMS: u64 = 512 << 20;

/// The most operators and glyphs of a page.
pub const STEPS: u64 = 5_000_000;

/// As many steps a drawing takes.
const DRAWING: u64 = 500;

/// The most glyphs of a page.
pub const GLYPHS: usize = 200_000;

/// The most thin lines of a page that are remembered.
pub const RULES: usize = 20_000;

/// Drawings in drawings.
pub const DEPTH: usize = 16;

/// Saved states on top of each other.
pub const STATES: usize = 256;

/// The most pages.
pub const PAGES: usize = 20_000;

/// How long a document may take.
pub const TIME: Duration = Duration::from_secs(60);

/// What is left of what a document may cost.
#[derive(Debug)]
pub struct Budget {
    bytes: u64,
    steps: u64,
    until: Instant,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: STREAMS, steps: STEPS, until: Instant::now() + TIME }
    }
}

impl Budget {
    /// A page begins.
    pub const fn begin_page(&mut self) {
        self.steps = STEPS;
    }

    /// One more step of a page; false where there were enough.
    pub fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0 && (!self.steps.is_multiple_of(4096) || !self.is_over())
    }

    /// A drawing begins, which costs as much as that many operators.
    pub const fn draw(&mut self) {
        self.steps = self.steps.saturating_sub(DRAWING);
    }

    /// Whether the time is over.
    pub fn is_over(&self) -> bool {
        Instant::now() > self.until
    }

    fn take(&mut self, bytes: u64) -> bool {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.unwrap_or_default();
        left.is_some()
    }
}

/// What a stream unpacks to; none where that is too much, or is packed twice, or is a picture.
pub fn unpack<'a>(stream: &Stream<'a>, budget: &mut Budget) -> Option<Cow<'a, [u8]>> {
    let filters = filters(stream.dict());
    // What a filter makes of a byte at most: deflate 1032 (RFC 1951), LZW of twelve bits 2730, runs 64.
    let most = |filter: &Vec<u8>| match filter.as_slice() {
        b"FlateDecode" | b"Fl" => Some(1032),
        b"LZWDecode" | b"LZW" => Some(2730),
        b"RunLengthDecode" | b"RL" => Some(64),
        _ => None,
    };
    let mut packed = filters.iter().filter_map(most);
    let (first, second) = (packed.next(), packed.next());
    if second.is_some() {
        return None;
    }
    let raw = stream.raw_data();
    if raw.len() as u64 * first.unwrap_or(4) > STREAM {
        match filters.first().and_then(most) {
            Some(1032) => drop(measure(&raw)?),
            _ if first.is_some() || raw.len() as u64 > STREAM => return None,
            _ => {}
        }
    }
    let data = stream.decoded_data().ok()?;
    budget.take(data.len() as u64).then_some(data)
}

/// The names of the filters of a stream, the outermost first.
pub fn filters(dict: &Dict<'_>) -> Vec<Vec<u8>> {
    let named = dict.get::<Object<'_>>("Filter").or_else(|| dict.get::<Object<'_>>("F"));
    match named {
        Some(Object::Name(name)) => vec![name.to_vec()],
        Some(Object::Array(names)) => names.iter::<Name<'_>>().map(|name| name.to_vec()).collect(),
        _ => Vec::new(),
    }
}

/// How much packed bytes unpack to; none where that is more than [`STREAM`].
pub fn measure(packed: &[u8]) -> Option<u64> {
    let count = |reader: &mut dyn Read| {
        let mut buffer = vec![0; 1 << 16];
        let mut total = 0;
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            total += count as u64;
            if total > STREAM {
                return None;
            }
        }
        Some(total)
    };
    let zlib = count(&mut ZlibDecoder::new(packed))?;
    if zlib > 0 { Some(zlib) } else { count(&mut DeflateDecoder::new(packed)) }
}

/// Whether the streams that the parser unpacks by itself, those that hold objects, unpack to something reasonable. They
/// are told by the keys that they need; a name with an escape in it could be any.
pub fn is_bounded(file: &[u8]) -> bool {
    let mut left = STREAMS;
    for found in memchr::memmem::find_iter(file, b"stream") {
        let (before, after) = file.split_at_checked(found).unwrap_or_default();
        let after = after.get(6..).unwrap_or_default();
        if before.ends_with(b"end") || !after.starts_with(b"\r") && !after.starts_with(b"\n") {
            continue;
        }
        let window = before.get(before.len().saturating_sub(2048)..).unwrap_or_default();
        let dict = window.get(memchr::memmem::rfind(window, b" obj").unwrap_or_default()..).unwrap_or_default();
        let has = |name: &[u8]| memchr::memmem::find(dict, name).is_some();
        if !(has(b"/First") || has(b"/W") || has(b"#")) {
            continue;
        }
        let packed = after.trim_ascii_start();
        let end = memchr::memmem::find(packed, b"endstream").unwrap_or(packed.len());
        let packed = packed.get(..end).unwrap_or_default();
        let doubly = ["FlateDecode", "LZWDecode", "RunLengthDecode", "/Fl", "/LZW", "/RL"];
        let times: usize =
            doubly.iter().take(3).map(|name| memchr::memmem::find_iter(dict, name.as_bytes()).count()).sum();
        let short: usize =
            doubly.iter().skip(3).map(|name| memchr::memmem::find_iter(dict, name.as_bytes()).count()).sum();
        let bound = packed.len() as u64 * 1032;
        if times.max(short) > 1 || (has(b"#") && times == 0 && bound > STREAM) {
            return false;
        }
        if bound > STREAM {
            let Some(count) = measure(packed) else { return false };
            let Some(rest) = left.checked_sub(count) else { return false };
            left = rest;
        }
    }
    true
}
