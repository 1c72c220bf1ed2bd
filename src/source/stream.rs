//! Where bytes come from: a file, standard input, an address, memory; unpacked, counted, and summed up where asked.

use super::{FORMAT_LIMIT, Input, LIMIT, Reason, encoding, format, packed, web};
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
        let name = name(path);
        if is_address(path) {
            let page = web::open(&path.to_string_lossy())?;
            return Ok(Self {
                path: Some(name),
                declared: page.encoding,
                ending: page.ending,
                ..Self::new(&page.id, page.reader)
            });
        }
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length > LIMIT {
            return Err(Reason::Large(LIMIT));
        }
        let size = usize::try_from(length).unwrap_or_default();
        let id = packed::inner(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { path: Some(name), ending: ending(path), size, ..Self::new(&id, Box::new(file)) })
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
        for _ in 0..packed::DEPTH {
            if asked == Input::Text || !packed::is_packed(&self.peek()?) {
                break;
            }
            let unpacked = packed::Unpacked::new(Cursor::new(self.rest()?));
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

/// What a source is called in messages.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else if is_address(path) {
        without_password(&path.to_string_lossy())
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// An address without the name and the password in it, which are nobody else's business: `https://user:word@host/x` is
/// `https://host/x`.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else { return address.to_owned() };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    format!("{scheme}//{}{path}", host.rsplit('@').next().unwrap_or(host))
}

/// Whether it is the address of something on another machine, as no name of a file begins.
pub fn is_address(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    [&b"https://"[..], b"http://"]
        .iter()
        .any(|scheme| name.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// What a name says that its file is: the ending of `article.html.gz` is `html`.
pub fn ending(path: &Path) -> String {
    packed::inner(path).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn hexadecimal(hash: sha2::Sha256) -> String {
    sha2::Digest::finalize(hash).iter().map(|byte| format!("{byte:02x}")).collect()
}
