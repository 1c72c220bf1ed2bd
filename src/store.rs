//! What the reader remembers of a document: corrections, position, bookmarks.
//!
//! One JSON file a document, written whole at every change: to a temporary file, synchronised, renamed over the old one.
//! So the file is always one that was written, and a kill loses at most the change under way. It lies in the platform's
//! data directory under the hash of the text, beside nothing of the user's, or where asked for as `FILE.rawi.json`.
//! What has no path (standard input, the sample, an article of a page or a feed) is known by its text alone and kept in
//! the data directory too.
//! A path leads to the last text that was read from it; when the text has changed since, everything is anchored again
//! by its words and what stood around them ([`Orphan`] is what found no place).

mod anchor;
mod file;

use crate::annotation::Annotations;
use crate::text::Document;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

pub use anchor::{Anchor, Orphan, Stray};

/// Where stores are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The directory of rawi's data. Locks are there also when sidecars are asked for.
    pub data: PathBuf,
    /// Whether a document that has a path keeps its store beside itself.
    pub sidecar: bool,
}

impl Home {
    /// rawi's directory below the platform's for data (`~/.local/share/rawi`).
    ///
    /// # Errors
    /// [`Error::Nowhere`] where the platform has none.
    pub fn platform(sidecar: bool) -> Result<Self, Error> {
        use etcetera::BaseStrategy;
        let base = etcetera::choose_base_strategy().map_err(|_| Error::Nowhere)?;
        Ok(Self { data: base.data_dir().join("rawi"), sidecar })
    }

    fn store(&self, document: &Document, text: &str) -> PathBuf {
        match &document.origin().path {
            // An address is no file that something could lie beside.
            Some(path) if self.sidecar && Path::new(path).is_file() => PathBuf::from(format!("{path}.rawi.json")),
            _ => self.data.join("documents").join(format!("{text}.json")),
        }
    }

    /// The file that holds the hash of the text that was last read from the document's path.
    fn pointer(&self, document: &Document) -> Option<PathBuf> {
        let path = document.origin().path.as_ref()?;
        let whole = fs::canonicalize(path).ok()?;
        Some(self.data.join("paths").join(hash(whole.as_os_str().as_encoded_bytes())))
    }

    fn lock(&self, store: &Path) -> PathBuf {
        let whole = std::path::absolute(store).unwrap_or_else(|_| store.to_owned());
        self.data.join("locks").join(hash(whole.as_os_str().as_encoded_bytes()))
    }
}

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    /// What a person decided; [`Annotations::merge_over`] puts it over what the extractor finds.
    pub annotations: Annotations,
    /// What a person decided about words that the text no longer has. They are kept, and tried again at every opening.
    pub orphans: Vec<Orphan>,
    /// Where the reader was.
    pub view: View,
}

/// Where the reader was in a document. All offsets are bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The first byte of the top row.
    pub position: usize,
    /// Marks by their key.
    pub bookmarks: BTreeMap<char, usize>,
    /// The last searches, newest last.
    pub searches: Vec<String>,
    /// Settings of the document, as the reader names them.
    pub settings: BTreeMap<String, String>,
}

/// Why nothing is remembered, or nothing can be saved. The file that was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The platform names no directory for data.
    #[error("there is no data directory: HOME is not set")]
    Nowhere,
    /// Another rawi has the document.
    #[error("another rawi has this document open; corrections made here are not saved")]
    Locked,
    /// The store is not one that rawi wrote.
    #[error("{}: the saved corrections cannot be read ({reason}); the file is left as it is", path.display())]
    Corrupt {
        /// The store.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by a later rawi.
    #[error("{}: saved by a later rawi ({version})", path.display())]
    Later {
        /// The store.
        path: PathBuf,
        /// Its format.
        version: String,
    },
    /// The operating system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A document's store, locked against a second rawi until it is dropped.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    pointer: Option<PathBuf>,
    text: String,
    _lock: File,
}

impl Store {
    /// Locks the document's store and reads it; an empty memory where there is none yet.
    ///
    /// # Errors
    /// [`Error`]; the caller may read on without saving, with what [`peek`] gives.
    pub fn open(home: &Home, document: &Document) -> Result<(Self, Memory), Error> {
        let text = hash(document.text().as_bytes());
        let path = home.store(document, &text);
        let lock = lock(&home.lock(&path))?;
        let memory = read(home, document, &path)?;
        let pointer = if home.sidecar { None } else { home.pointer(document) };
        Ok((Self { path, pointer, text, _lock: lock }, memory))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces what is remembered. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`Error::Io`]: a full disk, a directory that may not be written. What was saved before is untouched then.
    pub fn save(&mut self, document: &Document, memory: &Memory) -> Result<(), Error> {
        replace(&self.path, &file::write(document, &self.text, memory))?;
        if let Some(pointer) = self.pointer.take() {
            // Once a session. A store without it is found by its text, so a failure costs nothing that was decided.
            if fs::read_to_string(&pointer).ok().as_deref() != Some(&self.text) {
                replace(&pointer, self.text.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// What is remembered of a document, without the right to change it; empty where nothing is.
///
/// # Errors
/// [`Error`], except [`Error::Locked`].
pub fn peek(home: &Home, document: &Document) -> Result<Memory, Error> {
    let path = home.store(document, &hash(document.text().as_bytes()));
    read(home, document, &path)
}

fn read(home: &Home, document: &Document, path: &Path) -> Result<Memory, Error> {
    let found = match bytes(path)? {
        Some(found) => Some((path.to_owned(), found)),
        None if home.sidecar => None,
        None => previous(home, document)?,
    };
    match found {
        Some((path, bytes)) => file::read(&path, &bytes, document),
        None => Ok(Memory::default()),
    }
}

/// The store of the text that was at the document's path before.
fn previous(home: &Home, document: &Document) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
    let Some(pointer) = home.pointer(document) else { return Ok(None) };
    let Some(text) = bytes(&pointer)? else { return Ok(None) };
    let name: String = String::from_utf8_lossy(&text).chars().filter(char::is_ascii_hexdigit).collect();
    let path = home.data.join("documents").join(format!("{name}.json"));
    Ok(bytes(&path)?.map(|bytes| (path, bytes)))
}

fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Io { path: path.to_owned(), source }),
    }
}

/// A lock that the operating system takes away with the process, however it ends. The file stays: removing it would let
/// two processes lock two files of one name.
fn lock(path: &Path) -> Result<File, Error> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(fail)?;
    let file = File::options().create(true).append(true).open(path).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked),
        Err(fs::TryLockError::Error(source)) => Err(fail(source)),
    }
}

/// Writes a file so that at every moment its name holds the old bytes or the new ones.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(fail)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    let temporary = folder.join(name);
    let written = (|| {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        // The rename itself has to reach the disk; where a directory cannot be opened, it is the system's affair.
        File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
    })();
    written.map_err(|source| {
        let _ = fs::remove_file(&temporary);
        fail(source)
    })
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
