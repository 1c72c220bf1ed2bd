//! Where the results of a batch go: standard output, or a file for each input in a folder.

use super::journal::{Journal, hex};
use crate::{
    cli::{
        failure::Failure,
        output::{Output, output},
    },
    files::{self, Access, Replacement},
};
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where results go.
pub enum Sink {
    /// To standard output.
    Standard(BufWriter<Output>),
    /// To a folder.
    Folder(Box<Folder>),
}

/// A folder of results. What has its name in there is complete: of an input that was read to its end.
pub struct Folder {
    journal: Arc<std::sync::Mutex<Journal>>,
    open: Option<Open>,
    /// Folders in which leftovers of killed batches were looked for.
    cleaned: HashSet<PathBuf>,
}

/// The file that is being written.
struct Open {
    target: Arc<Path>,
    file: Replacement,
    hash: Sha256,
    input: Option<String>,
}

/// Why a result could not be put in its place.
pub enum Fault {
    /// This result alone; the others go on.
    Result(anyhow::Error),
    /// All that would follow.
    All(anyhow::Error),
}

impl Sink {
    /// To standard output.
    pub fn standard() -> Self {
        Self::Standard(output())
    }

    /// To the folder of a journal.
    pub fn folder(journal: Arc<std::sync::Mutex<Journal>>) -> Self {
        Self::Folder(Box::new(Folder { journal, open: None, cleaned: HashSet::new() }))
    }

    /// Takes a result, after [`Sink::turn_to`]. In a folder the results of one input, which come one after the other,
    /// share a file.
    pub fn put(&mut self, target: Option<&Arc<Path>>, input: Option<String>, bytes: &[u8]) -> Result<(), Fault> {
        match (self, target) {
            (Self::Standard(out), _) => {
                out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Fault::All(error.into()))
            }
            (Self::Folder(folder), Some(target)) => folder.put(target, input, bytes),
            (Self::Folder(_), None) => Err(Fault::Result(anyhow::anyhow!("a result without a place to go"))),
        }
    }

    /// The input of a result could not be read to its end: what came of it so far is given up.
    pub fn give_up(&mut self, target: &Arc<Path>) {
        if let Self::Folder(folder) = self
            && folder.open.as_ref().is_some_and(|open| open.target == *target)
        {
            folder.open = None;
        }
    }

    /// Gives the file that is open its name where the next result goes to another.
    pub fn turn_to(&mut self, target: Option<&Arc<Path>>) -> Result<(), Fault> {
        match self {
            Self::Folder(folder) if folder.open.as_ref().map(|open| &open.target) != target => folder.finish(),
            _ => Ok(()),
        }
    }

    /// Gives the file that is open its name.
    pub fn finish(&mut self) -> Result<(), Fault> {
        match self {
            Self::Standard(_) => Ok(()),
            Self::Folder(folder) => folder.finish(),
        }
    }
}

impl Folder {
    fn put(&mut self, target: &Arc<Path>, input: Option<String>, bytes: &[u8]) -> Result<(), Fault> {
        if self.open.is_none() {
            let begun = self.begin(target).map_err(|error| fault(target, error))?;
            self.open = Some(Open { target: Arc::clone(target), file: begun, hash: Sha256::new(), input });
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        open.hash.update(bytes);
        let written = open.file.write_all(bytes);
        written.map_err(|error| {
            self.open = None;
            fault(target, error)
        })
    }

    fn begin(&mut self, target: &Path) -> io::Result<Replacement> {
        let folder = target.parent().unwrap_or(Path::new("."));
        files::create_folder(folder, Access::Umask)?;
        if self.cleaned.insert(folder.to_owned()) {
            files::remove_leftovers(folder);
        }
        Replacement::begin(target, Access::Umask)
    }

    fn finish(&mut self) -> Result<(), Fault> {
        let Some(Open { target, file, hash, input }) = self.open.take() else { return Ok(()) };
        file.commit().map_err(|error| fault(&target, error))?;
        let mut journal = self.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let written = journal.finish(&target, hex(&hash.finalize()), input);
        written.context(Failure::NoJournal).map_err(Fault::All)
    }
}

/// A full disk is no fault of one result.
fn fault(target: &Path, error: io::Error) -> Fault {
    let kind = error.kind();
    let error = anyhow::Error::from(error).context(Failure::NotWritten { path: target.to_string_lossy().into_owned() });
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::ReadOnlyFilesystem => {
            Fault::All(error)
        }
        _ => Fault::Result(error),
    }
}
