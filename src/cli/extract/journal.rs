//! What of a folder of results is finished: a line of JSON for each result, written after it has its name. The open file
//! is also the lock that keeps a second batch out of the folder.
//!
//! With it `--resume` leaves out a result only where it is whole, was made of the input as it is now, by this version of
//! the program, and in the same way.

use crate::{
    cli::failure::Failure,
    files::{self, Access},
};
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// Its name in the folder. Files of hidden names are no inputs.
const NAME: &str = ".rawi-batch.jsonl";

/// The most bytes of a journal that are read: ten million results.
const LARGEST: u64 = 4 << 30;

/// A finished result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// The result's path below the folder.
    pub result: String,
    /// SHA-256 of the result.
    pub sha256: String,
    /// SHA-256 of its input.
    pub input: String,
    /// The program and what it was asked for: other arguments give other results.
    pub made_by: String,
}

/// The journal of a folder, and what stands in it.
pub struct Journal {
    folder: PathBuf,
    file: File,
    made_by: String,
    finished: HashMap<String, Finished>,
}

impl Journal {
    /// Makes the folder where there is none, and locks it. `made_by` says what makes the results.
    ///
    /// # Errors
    /// Where the folder cannot be written, or another batch writes into it.
    pub fn open(folder: &Path, made_by: String) -> anyhow::Result<Self> {
        let name = || folder.to_string_lossy().into_owned();
        files::create_folder(folder, Access::Umask).with_context(name)?;
        let path = folder.join(NAME);
        let file = files::open_append(&path, Access::Umask).with_context(name)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(Failure::Busy { folder: name() }),
            Err(TryLockError::Error(error)) => return Err(error).with_context(name),
        }
        let text = files::read_limited(&path, LARGEST).with_context(|| path.to_string_lossy().into_owned())?;
        let mut finished = HashMap::new();
        for line in text.split(|byte| *byte == b'\n') {
            // The last line may be the half of one: its process was killed.
            if let Ok(entry) = serde_json::from_slice::<Finished>(line) {
                finished.insert(entry.result.clone(), entry);
            }
        }
        let mut journal = Self { folder: folder.to_owned(), file, made_by, finished };
        if text.last().is_some_and(|last| *last != b'\n') {
            journal.file.write_all(b"\n").with_context(name)?;
        }
        Ok(journal)
    }

    /// Whether a result is there, whole, and would come out the same again.
    pub fn has(&self, result: &Path, input: &Path) -> bool {
        let Some(entry) = self.finished.get(&self.name(result)) else { return false };
        entry.made_by == self.made_by
            && sum(result).is_ok_and(|sum| sum == entry.sha256)
            && sum(input).is_ok_and(|sum| sum == entry.input)
    }

    /// Says that a result, which has its name now, is finished. `input` is the hash of what it was made of, taken before
    /// it was read; what has none (standard input, an address) is made again the next time.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn finish(&mut self, result: &Path, sha256: String, input: Option<String>) -> io::Result<()> {
        let Some(input) = input else { return Ok(()) };
        let entry = Finished { result: self.name(result), sha256, input, made_by: self.made_by.clone() };
        let mut line = serde_json::to_vec(&entry)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }

    fn name(&self, result: &Path) -> String {
        result.strip_prefix(&self.folder).unwrap_or(result).to_string_lossy().into_owned()
    }
}

/// SHA-256 of a file in hexadecimal; an error where it is no file.
pub fn sum(path: &Path) -> io::Result<String> {
    let mut file = files::open_file(path)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(count) => hash.update(buffer.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What this program is: its version and its model.
pub fn program() -> String {
    // The whole program is what counts: between two versions there are others.
    let own = std::env::current_exe().and_then(fs::metadata).map_or(0, |data| data.len());
    format!("rawi {} ({own} bytes)", env!("CARGO_PKG_VERSION"))
}
