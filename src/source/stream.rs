//! Where bytes come from: a file, standard input, an address, memory; unpacked, counted, and summed up where asked.

#[cfg(feature = "web")]
use super::fetch;
use super::{
    decompress, encoding,
    error::Reason,
    format::{self, Input},
    limits::{FORMAT_LIMIT, LIMIT},
    naming,
};
use crate::text::Origin;
use encoding_rs::Encoding;
use std::{
    fs::File,
    io::{self, Cursor, Read},
    path::Path,
};

/// Bytes on their way in. Reading more than [`LIMIT`] is an error.
pub struct Source<'a> {
    /// The name that the document will have.
    pub id: String,
    /// How many bytes are expected; 0 where nobody knows.
    pub size: usize,
    /// The encoding that came with the bytes.
    pub declared: Option<&'static Encoding>,
    path: Option<String>,
    ending: String,
    reader: Box<dyn Read + 'a>,
    total: u64,
    hash: Option<sha2::Sha256>,
    sum: Option<String>,
}

impl<'a> Source<'a> {
    pub fn open(path: &Path) -> Result<Self, Reason> {
        if path == Path::new("-") {
            return Ok(Self::new("stdin", Box::new(io::stdin())));
        }
        let name = naming::display_name(path);
        if naming::is_address(path) {
            return Self::fetch(&path.to_string_lossy(), name);
        }
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length > LIMIT {
            return Err(Reason::Large(LIMIT));
        }
        let size = usize::try_from(length).unwrap_or_default();
        let ending = naming::ending(path);
        Ok(Self { path: Some(name), ending, size, ..Self::new(&naming::id(path), Box::new(file)) })
    }

    #[cfg(feature = "web")]
    fn fetch(address: &str, name: String) -> Result<Self, Reason> {
        let page = fetch::open(address)?;
        Ok(Self { path: Some(name), declared: page.encoding, ending: page.ending, ..Self::new(&page.id, page.reader) })
    }

    #[cfg(not(feature = "web"))]
    fn fetch(_address: &str, _name: String) -> Result<Self, Reason> {
        Err(Reason::Fetch("this build of rawi fetches nothing".to_owned()))
    }

    pub fn memory(id: &str, bytes: &'a [u8]) -> Self {
        Self { size: bytes.len(), ..Self::new(id, Box::new(bytes)) }
    }

    fn new(id: &str, reader: Box<dyn Read + 'a>) -> Self {
        let (id, ending) = (id.to_owned(), String::new());
        Self { id, size: 0, declared: None, path: None, ending, reader, total: 0, hash: None, sum: None }
    }

    /// Sums up what is read from here on.
    pub fn sum_up(&mut self, wanted: bool) {
        self.hash = wanted.then(sha2::Digest::new);
    }

    /// Finds out the format, after unpacking what is packed.
    pub fn format(&mut self, asked: Input) -> Result<Input, Reason> {
        for _ in 0..decompress::DEPTH {
            if asked == Input::Text || !decompress::is_packed(&self.peek()?) {
                break;
            }
            let unpacked = decompress::Decompressor::new(Cursor::new(self.rest()?));
            // The sum is of what was packed. What is unpacked is trusted with less.
            self.sum = self.hash.take().map(hexadecimal).or(self.sum.take());
            (self.size, self.total) = (0, LIMIT - FORMAT_LIMIT);
            self.reader = Box::new(unpacked);
        }
        if asked != Input::Auto {
            return Ok(asked);
        }
        let head = self.peek()?;
        Ok(format::sniff(&head, &self.ending))
    }

    /// The first bytes, which stay to be read.
    pub fn peek(&mut self) -> Result<Vec<u8>, Reason> {
        let mut head = vec![0; encoding::CHUNK];
        let filled = encoding::fill(&mut self.reader, &mut head)?;
        head.truncate(filled);
        let reader = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(Cursor::new(head.clone()).chain(reader));
        Ok(head)
    }

    /// All bytes that are left, at most [`FORMAT_LIMIT`].
    pub fn rest(&mut self) -> Result<Vec<u8>, Reason> {
        let mut bytes = Vec::with_capacity(self.size.min(1 << 24));
        let count = self.by_ref().take(FORMAT_LIMIT + 1).read_to_end(&mut bytes)?;
        if count as u64 > FORMAT_LIMIT { Err(Reason::Large(FORMAT_LIMIT)) } else { Ok(bytes) }
    }

    /// Where it came from. The sum is known once all is read.
    pub fn origin(&self, encoding: &'static Encoding) -> Origin {
        let sum = self.sum.clone().or_else(|| self.hash.clone().map(hexadecimal));
        Origin { path: self.path.clone(), sha256: sum, encoding: encoding.name().to_owned(), ..Origin::default() }
    }
}

impl Read for Source<'_> {
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
