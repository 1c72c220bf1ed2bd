//! What the reader remembers of a document: corrections, position, bookmarks.
//!
//! One JSON file a document, written whole at every change through [`crate::files`], so the file is always one that was
//! written, and a kill loses at most the change under way. It lies in the platform's data directory under the hash of
//! the text, readable by its owner alone; or, where asked for, beside the document as `FILE.rawi.json`.
//!
//! A document is known by what it is, not by how its path is spelled: the canonical file, and in a file that holds
//! several (a feed, JSON Lines, chapters) the entry. That identity leads to the text that was read of it last, so what
//! was decided is found again when the text has changed: everything is anchored anew by its words and what stood around
//! them ([`Orphan`] is what found no place). Where a text changes back, what was decided in between goes over what was
//! decided before ([`Memory::brought`]). What has no path (standard input, the sample) is known by its text alone.
//!
//! A second rawi on a document, or on another document with the same text, may read and not save.

mod anchor;
mod error;
mod file;

use crate::annotation::{Annotations, Past};
use crate::files::{self, Access};
use crate::text::Document;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub use anchor::{Anchor, Orphan, Stray};
pub use error::Error;

/// The most bytes of a store that are read: corrections of a long book are far below.
const LIMIT: u64 = 64 << 20;

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

    /// Where the store of a document is. Beside a file it is named after the file itself, not after a link to it.
    fn store(&self, document: &Document, text: &str) -> PathBuf {
        match &document.origin().path {
            // An address is no file that something could lie beside.
            Some(path) if self.sidecar && document.origin().entry.is_none() && Path::new(path).is_file() => {
                let file = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
                let (own, spelled) = (beside(&file), beside(Path::new(path)));
                // Before, it lay beside the link.
                if !own.exists() && spelled.exists() { spelled } else { own }
            }
            _ => self.by_text(text),
        }
    }

    fn by_text(&self, text: &str) -> PathBuf {
        self.data.join("documents").join(format!("{text}.json"))
    }

    /// The file that holds the hash of the text that was last read of the document.
    fn pointer(&self, document: &Document) -> Option<PathBuf> {
        Some(self.data.join("paths").join(hash(&identity(document)?)))
    }

    fn lock(&self, of: &[u8]) -> Result<Lock, Error> {
        lock(self, &self.data.join("locks").join(hash(of)))
    }
}

/// The store beside a file.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".rawi.json");
    PathBuf::from(name)
}

/// What a document is, however its path is spelled; none where only its text tells.
fn identity(document: &Document) -> Option<Vec<u8>> {
    let origin = document.origin();
    let path = origin.entry.as_ref().map_or(origin.path.as_ref(), |entry| Some(&entry.container))?;
    let file = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    let mut identity = file.into_os_string().into_encoded_bytes();
    if let Some(entry) = &origin.entry {
        identity.push(0);
        identity.extend_from_slice(entry.key.as_bytes());
    }
    Some(identity)
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
    /// Whether all this was decided on another text of the document, or some of it was: to be said, since two sets of
    /// corrections have become one.
    pub brought: bool,
    /// Hashes of the stores whose content is in here.
    pub includes: Vec<String>,
    /// The last corrections, to be taken back; none where they were made on another text.
    pub past: Past,
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

/// A document's store, locked against a second rawi until it is dropped.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    access: Access,
    pointer: Option<PathBuf>,
    text: String,
    _locks: Vec<Lock>,
}

impl Store {
    /// Locks the document's store and reads it; an empty memory where there is none yet.
    ///
    /// # Errors
    /// [`Error`]; the caller may read on without saving, with what [`peek`] gives.
    pub fn open(home: &Home, document: &Document) -> Result<(Self, Memory), Error> {
        let text = hash(document.text().as_bytes());
        let path = home.store(document, &text);
        let whole = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
        let mut locks = vec![home.lock(whole.as_os_str().as_encoded_bytes())?];
        if let Some(identity) = identity(document) {
            locks.push(home.lock(&identity)?);
        }
        let memory = read(home, document, &path)?;
        let access = if path.starts_with(&home.data) { Access::Owner } else { Access::Umask };
        let pointer = if access == Access::Umask { None } else { home.pointer(document) };
        Ok((Self { path, access, pointer, text, _locks: locks }, memory))
    }

    /// Where it is.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces what is remembered. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`Error::Io`]: a full disk, a directory that may not be written. What was saved before is untouched then.
    pub fn save(&mut self, document: &Document, memory: &Memory) -> Result<(), Error> {
        replace(&self.path, self.access, &file::write(document, &self.text, memory)?)?;
        if let Some(pointer) = self.pointer.take() {
            // Once a session. A store without it is found by its text, so a failure costs nothing that was decided.
            if text_of(&pointer).ok().flatten().as_deref() != Some(&self.text) {
                replace(&pointer, Access::Owner, self.text.as_bytes())?;
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
    let own = bytes(path)?;
    // What was decided on another text of the same document, after what is in the store of this text.
    let other = match home.pointer(document) {
        Some(pointer) if path.starts_with(&home.data) => match text_of(&pointer)? {
            Some(text) if text != hash(document.text().as_bytes()) => {
                let path = home.by_text(&text);
                bytes(&path)?.map(|bytes| (path, bytes))
            }
            _ => None,
        },
        _ => None,
    };
    let own = own.map(|bytes| Ok::<_, Error>((file::read(path, &bytes, document)?, hash(&bytes)))).transpose()?;
    let Some((path, bytes)) = other else { return Ok(own.map(|(memory, _)| memory).unwrap_or_default()) };
    let mut latest = file::read(&path, &bytes, document)?;
    latest.includes.push(hash(&bytes));
    if let Some((own, content)) = own
        && !latest.includes.contains(&content)
    {
        latest.take_in(own);
        latest.includes.push(content);
    }
    latest.brought = latest.annotations != Annotations::default();
    Ok(latest)
}

impl Memory {
    /// Takes in what was decided before: where both decided on the same words, this one stands.
    fn take_in(&mut self, before: Self) {
        let rejected = before.annotations.rejected.clone();
        let mut both = self.annotations.merge_over(before.annotations);
        for item in rejected {
            let stands = both.mentions.iter().any(|mention| item.kind.is_some() && mention.span == item.span)
                || both.quotes.iter().any(|quote| item.kind.is_none() && quote.span == item.span);
            if !stands && !both.rejected.contains(&item) {
                both.rejected.push(item);
            }
        }
        both.sort();
        self.annotations = both;
        for orphan in before.orphans {
            if !self.orphans.contains(&orphan) {
                self.orphans.push(orphan);
            }
        }
        for (key, offset) in before.view.bookmarks {
            self.view.bookmarks.entry(key).or_insert(offset);
        }
        self.includes.extend(before.includes);
    }
}

/// The hash that a pointer holds; none where there is no pointer.
fn text_of(pointer: &Path) -> Result<Option<String>, Error> {
    let text = bytes(pointer)?;
    Ok(text.map(|text| String::from_utf8_lossy(&text).chars().filter(char::is_ascii_hexdigit).take(64).collect()))
}

fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match files::read_limited(path, LIMIT) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Io { path: path.to_owned(), source }),
    }
}

/// A lock that the operating system takes away with the process, however it ends. The file stays: removing it would let
/// two processes lock two files of one name.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing it is not enough: a program that is just being started holds a copy of the file until it runs, and the
        // lock with it. Where this fails, closing is what is left.
        let _ = self.0.unlock();
    }
}

fn lock(home: &Home, path: &Path) -> Result<Lock, Error> {
    let fail = |source| Error::Io { path: path.to_owned(), source };
    files::create_folder(&home.data, Access::Owner).map_err(fail)?;
    files::create_folder(path.parent().unwrap_or(path), Access::Owner).map_err(fail)?;
    let file = files::open_append(path, Access::Owner).map_err(fail)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked),
        Err(fs::TryLockError::Error(source)) => Err(fail(source)),
    }
}

fn replace(path: &Path, access: Access, bytes: &[u8]) -> Result<(), Error> {
    let written = match (access, path.parent()) {
        (Access::Owner, Some(folder)) => files::create_folder(folder, access),
        _ => Ok(()),
    };
    let written = written.and_then(|()| files::replace(path, access, bytes));
    written.map_err(|source| Error::Io { path: path.to_owned(), source })
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that another thread starts has a copy of every open file for a moment.
    #[test]
    fn a_lock_ends_with_its_store_while_a_copy_of_the_file_is_open() {
        let place = tempfile::tempdir().unwrap();
        let home = Home { data: place.path().to_owned(), sidecar: false };
        let path = place.path().join("locks").join("one");
        let first = lock(&home, &path).unwrap();
        let copy = first.0.try_clone().unwrap();
        assert!(matches!(lock(&home, &path), Err(Error::Locked)));
        drop(first);
        drop(lock(&home, &path).unwrap());
        drop(copy);
    }
}
