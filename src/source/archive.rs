//! ZIP archives with a document in them, within limits: nothing is unpacked to disk, so no path in an archive matters.

use super::{error::Reason, limits::FORMAT_LIMIT};
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// The most entries that an archive may have.
const ENTRIES: usize = 10_000;

/// Opens an archive, after unpacking all of it to nowhere: sizes that it states are not believed.
pub fn open<'a>(bytes: &'a [u8], what: &'static str) -> Result<ZipArchive<Cursor<&'a [u8]>>, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Format(what, error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    if archive.len() > ENTRIES {
        return Err(Reason::Expansion(format!("{ENTRIES} files")));
    }
    let mut left = FORMAT_LIMIT;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| fault(&error))?;
        // A damaged picture is no reason to refuse the text.
        let count = io::copy(&mut entry.take(left + 1), &mut io::sink()).unwrap_or_default();
        left = left.checked_sub(count).ok_or_else(|| Reason::Expansion(format!("{} MiB", FORMAT_LIMIT >> 20)))?;
    }
    Ok(archive)
}
