//! Why nothing is remembered, or nothing can be saved.

use crate::text::Escaped;
use std::{io, path::PathBuf};

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
    #[error("{}: the saved corrections cannot be read ({}); the file is left as it is", Escaped(path.display()), Escaped(reason))]
    Corrupt {
        /// The store.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by a later rawi.
    #[error("{}: saved by a later rawi ({})", Escaped(path.display()), Escaped(version))]
    Later {
        /// The store.
        path: PathBuf,
        /// Its format.
        version: String,
    },
    /// What is remembered is no JSON: a fault of rawi.
    #[error("the corrections cannot be written ({}); this is a fault in rawi", Escaped(.0))]
    Unwritable(String),
    /// The operating system said no.
    #[error("{}: {}", Escaped(path.display()), Escaped(source))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
