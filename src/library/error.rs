//! What can keep a library from answering.

use crate::text::Escaped;
use std::{io, path::Path, path::PathBuf};

/// Why a library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none.
    #[error("{}: there is no library; `rawi index FOLDER` makes one", Escaped(path.display()))]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file that is something else, or whose tables or triggers somebody has changed.
    #[error("{}: this is no library of rawi: its tables or triggers are others", Escaped(path.display()))]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error("{}: the library is damaged ({}); `rawi index` puts it aside and makes it again", Escaped(path.display()), Escaped(reason))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// A later rawi made it.
    #[error("{}: made by a later rawi (its version is {version})", Escaped(path.display()))]
    Later {
        /// The file.
        path: PathBuf,
        /// Its schema's version.
        version: u32,
    },
    /// Another program writes to it for longer than one waits.
    #[error("{}: another program is writing to the library", Escaped(path.display()))]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full, or the file may not grow.
    #[error("{}: the library cannot be written ({}); what is in it stays", Escaped(path.display()), Escaped(reason))]
    Full {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// Something that was asked for is not there, or is not to be understood.
    #[error("{}", Escaped(.0))]
    Question(String),
    /// The decisions cannot be read.
    #[error("{}: the decisions cannot be read ({}); the file is left as it is", Escaped(path.display()), Escaped(reason))]
    Decisions {
        /// Their file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The operating system said no.
    #[error("{}: {}", Escaped(path.display()), Escaped(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// SQLite said no.
    #[error("{}: {}", Escaped(path.display()), Escaped(source))]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Sorts what SQLite says.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path, reason: source.to_string() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DiskFull) => Self::Full { path, reason: "the disk is full".to_owned() },
            Some(ErrorCode::SystemIoFailure) if is_write(&source) => Self::Full { path, reason: source.to_string() },
            _ => Self::Sqlite { path, source },
        }
    }
}

/// Whether it was writing that failed, as it does where a file may not grow.
fn is_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    let writing =
        [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_TRUNCATE, ffi::SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|error| writing.contains(&error.extended_code))
}
