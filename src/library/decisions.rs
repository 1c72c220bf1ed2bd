//! What a person decided about people over all documents: a file of its own beside the library, JSON, that outlives
//! every new index.
//!
//! A decision speaks of names and documents, not of the library's numbers, which are made anew. It is written to a
//! temporary file that takes the old one's place when it is on the disk; a lock keeps two programs from undoing each
//! other's.

use super::Error;
use crate::{annotation::Kind, files};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

const FORMAT: &str = "rawi-decisions/1";

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "what")]
pub enum Decision {
    /// All who bear either name are one.
    Merge {
        /// Of what kind they are.
        kind: Kind,
        /// One name.
        name: String,
        /// The other.
        with: String,
    },
    /// Who bears the name in these documents is another than who bears it elsewhere.
    Split {
        /// Of what kind they are.
        kind: Kind,
        /// The name.
        name: String,
        /// The names of the documents.
        documents: Vec<String>,
    },
    /// Who bears the name is shown under another.
    Rename {
        /// Of what kind they are.
        kind: Kind,
        /// The name.
        name: String,
        /// What is shown.
        to: String,
    },
    /// The name names nobody: it is no name of that kind in any document.
    Reject {
        /// The kind that it is not.
        kind: Kind,
        /// The name.
        name: String,
    },
}

/// A decision with its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// When, in seconds since 1970, UTC.
    pub at: u64,
    /// What.
    #[serde(flatten)]
    pub decision: Decision,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: String,
    decisions: Vec<Dated>,
}

/// All decisions of a library, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Decisions {
    path: PathBuf,
    made: Vec<Dated>,
}

/// The decisions' file of a library.
#[must_use]
pub fn beside(library: &Path) -> PathBuf {
    library.with_extension("decisions.json")
}

impl Decisions {
    /// Reads them; none where there is no file.
    ///
    /// # Errors
    /// [`Error::Decisions`] where the file is not one of ours; it is left as it is.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let corrupt = |reason: String| Error::Decisions { path: path.to_owned(), reason };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { path: path.to_owned(), made: Vec::new() });
            }
            Err(source) => return Err(Error::Io { path: path.to_owned(), source }),
        };
        let stored: Stored = serde_json::from_slice(&bytes).map_err(|error| corrupt(error.to_string()))?;
        if stored.format != FORMAT {
            return Err(corrupt(format!("its format is “{}”", stored.format)));
        }
        Ok(Self { path: path.to_owned(), made: stored.decisions })
    }

    /// In the order in which they were made.
    #[must_use]
    pub fn made(&self) -> &[Dated] {
        &self.made
    }

    /// Adds one. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`Error::Io`]: the old ones are untouched then.
    pub fn add(&mut self, decision: Decision, at: u64) -> Result<(), Error> {
        self.change(|made| made.push(Dated { at, decision }))
    }

    /// Takes the last one back and gives it.
    ///
    /// # Errors
    /// As [`Decisions::add`].
    pub fn undo(&mut self) -> Result<Option<Dated>, Error> {
        let mut undone = None;
        self.change(|made| undone = made.pop())?;
        Ok(undone)
    }

    /// Changes what is in the file now, which another program may have changed since it was read.
    fn change(&mut self, change: impl FnOnce(&mut Vec<Dated>)) -> Result<(), Error> {
        let fail = |source| Error::Io { path: self.path.clone(), source };
        // The lock's file stays: taking it away would let two programs lock two files of one name.
        let lock = self.path.with_extension("lock");
        let lock = File::options().create(true).append(true).open(&lock).map_err(fail)?;
        lock.lock().map_err(fail)?;
        let mut made = Self::read(&self.path)?.made;
        change(&mut made);
        let stored = Stored { format: FORMAT.to_owned(), decisions: made };
        let bytes = serde_json::to_vec_pretty(&stored).map_err(|error| fail(error.into()))?;
        files::replace(&self.path, files::Access::Owner, &bytes).map_err(fail)?;
        self.made = stored.decisions;
        Ok(())
    }
}
