//! gzip and zstd, unpacked as they are read: every member of a gzip file, every frame of a zstd file.

use super::limits::FORMAT_LIMIT;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};
use std::{
    borrow::Cow,
    io::{self, BufRead, Read},
    path::{Path, PathBuf},
};

/// How often what was unpacked is unpacked again.
pub const DEPTH: usize = 2;

/// Beyond [`FORMAT_LIMIT`], as many bytes may come out for each that goes in. Text gives 10, the same line over and over
/// 100; a bomb made with gzip gives 1,000, one made with zstd many more.
const RATIO: u64 = 500;

/// Whether bytes that begin like this are packed.
pub fn is_packed(head: &[u8]) -> bool {
    // A zstd file may begin with a frame that has nothing in it.
    matches!(head, [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// A name without the endings of packing: what is in `article.html.gz` is called `article.html`.
pub fn strip_ending(path: &Path) -> PathBuf {
    let mut inner = path.to_owned();
    for _ in 0..DEPTH {
        if inner.extension().is_some_and(|end| end.eq_ignore_ascii_case("gz") || end.eq_ignore_ascii_case("zst")) {
            inner.set_extension("");
        }
    }
    inner
}

/// What a stream that begins like this begins with when it is unpacked, as far as can be told.
pub fn beginning(head: &[u8]) -> Cow<'_, [u8]> {
    let mut head = Cow::Borrowed(head);
    for _ in 0..DEPTH {
        if is_packed(&head) {
            let mut inside = Vec::new();
            // The rest is not there, so it ends with an error.
            drop(Decompressor::new(&*head).take(1 << 16).read_to_end(&mut inside));
            head = Cow::Owned(inside);
        }
    }
    head
}

/// A stream as often unpacked as it is packed, up to the limit.
pub fn decompressed(mut input: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    for _ in 0..DEPTH {
        if is_packed(input.fill_buf()?) {
            input = Box::new(io::BufReader::new(Decompressor::new(input)));
        }
    }
    Ok(input)
}

/// What is in a packed stream.
pub struct Decompressor<R> {
    packing: Packing<R>,
    given: u64,
}

enum Packing<R> {
    Gzip(Box<MultiGzDecoder<Counted<R>>>),
    Zstd(Counted<R>, Box<FrameDecoder>),
}

impl<R: BufRead> Decompressor<R> {
    /// Unpacks a stream that [`is_packed`].
    pub fn new(mut input: R) -> Self {
        let gzip = input.fill_buf().is_ok_and(|head| head.starts_with(b"\x1f"));
        let input = Counted { input, count: 0 };
        let packing = if gzip {
            Packing::Gzip(Box::new(MultiGzDecoder::new(input)))
        } else {
            Packing::Zstd(input, Box::new(FrameDecoder::new()))
        };
        Self { packing, given: 0 }
    }

    fn taken(&self) -> u64 {
        match &self.packing {
            Packing::Gzip(gzip) => gzip.get_ref().count,
            Packing::Zstd(input, _) => input.count,
        }
    }
}

impl<R: BufRead> Read for Decompressor<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.packing {
            Packing::Gzip(gzip) => gzip.read(buffer),
            Packing::Zstd(input, frame) => zstd(input, frame, buffer),
        };
        let count =
            count.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("damaged archive: {error}")))?;
        self.given += count as u64;
        if self.given > FORMAT_LIMIT && self.given / RATIO > self.taken() {
            return Err(io::Error::other(format!("unpacks to more than {RATIO} times its size")));
        }
        Ok(count)
    }
}

/// Reads from the frame, and from those after it.
fn zstd(input: &mut impl BufRead, frame: &mut FrameDecoder, buffer: &mut [u8]) -> io::Result<usize> {
    while frame.can_collect() == 0 {
        if !frame.is_finished() {
            frame.decode_blocks(&mut *input, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
            continue;
        }
        if input.fill_buf()?.is_empty() {
            return Ok(0);
        }
        match frame.init(&mut *input) {
            Ok(()) => {}
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut input.take(length.into()), &mut io::sink())?;
            }
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    frame.read(buffer)
}

/// A stream that counts what was taken from it.
struct Counted<R> {
    input: R,
    count: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.input.consume(count);
    }
}
