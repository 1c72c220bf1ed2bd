//! The file that a result goes to: `-o OUT`, and what the reader exports.

use super::{failure::Failure, output};
use crate::{
    export::Format,
    files::{self, Access, Replacement},
};
use anyhow::{Context, bail, ensure};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// What a name leads to.
enum Target {
    /// Standard output by its name, which may be a file that is appended to.
    Standard,
    /// A pipe or a device: written as it is.
    Stream,
    /// A file, or nothing yet.
    File,
}

impl Target {
    fn of(path: &Path) -> Self {
        if ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name)) {
            return Self::Standard;
        }
        let special = fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir());
        if special || path.starts_with("/dev") || path.starts_with("/proc") { Self::Stream } else { Self::File }
    }
}

/// The second file of an export, where its format has one: brat's text, UIMA's types.
pub fn companion(path: &Path, format: Format) -> Option<PathBuf> {
    match Target::of(path) {
        Target::File => format.companion().map(|ending| path.with_extension(ending)),
        // There is no name beside a pipe.
        Target::Standard | Target::Stream => None,
    }
}

/// Refuses to write over what is no earlier result: the article by any of its names, corrections, and a second file that
/// is not the one that would be written.
///
/// # Errors
/// One line that names the file.
pub fn guard(path: &Path, second: Option<(&Path, &[u8])>, article: &Path) -> anyhow::Result<()> {
    for path in std::iter::once(path).chain(second.map(|(second, _)| second)) {
        let name = path.to_string_lossy();
        ensure!(!files::is_same(path, article), Failure::Article { name: name.into_owned() });
        let is_store = path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".rawi.json"));
        ensure!(!is_store, Failure::StoreName { name: name.into_owned() });
    }
    if let Some((second, bytes)) = second {
        let name = second.to_string_lossy();
        ensure!(second != path, Failure::SecondName { name: name.into_owned() });
        // `symlink_metadata`: a link that leads nowhere is somebody's too.
        let ours = || files::read_limited(second, bytes.len() as u64).is_ok_and(|found| found == bytes);
        if fs::symlink_metadata(second).is_ok() && !ours() {
            bail!(Failure::Elsewhere { name: name.into_owned() });
        }
    }
    Ok(())
}

/// Writes a result: a file is replaced when the new one is whole, and is as it was where that fails; pipes and devices
/// are written as they are.
///
/// # Errors
/// One that names the file.
pub fn write<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> anyhow::Result<T> {
    let name = || path.to_string_lossy().into_owned();
    let written = match Target::of(path) {
        Target::Standard => finish(output(), write),
        Target::Stream => File::options().write(true).open(path).and_then(|file| finish(BufWriter::new(file), write)),
        Target::File => Replacement::begin(path, Access::Umask).and_then(|mut file| {
            let done = write(&mut file)?;
            file.commit().map(|()| done)
        }),
    };
    written.with_context(name)
}

/// Writes a new file; one that is there already stays.
///
/// # Errors
/// One that names the file, also where there is one already.
pub fn write_new(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let new = Replacement::begin(path, Access::Umask).and_then(|mut file| {
        write(&mut file)?;
        file.commit_new()
    });
    new.with_context(|| path.to_string_lossy().into_owned())
}

fn finish<T>(mut out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let done = write(&mut out)?;
    out.flush()?;
    Ok(done)
}
