//! Files that rawi writes, and reads of its own, so that nothing is lost and nothing is let in.
//!
//! Everything that rawi writes under a name goes through a [`Replacement`]: a new file of a random name beside the
//! target, opened so that no link is followed, synchronised, renamed over the target; then the folder is synchronised.
//! So the name holds the old bytes or the new ones at every moment, also after the power fails, and a write that fails
//! leaves the old file whole. What rawi reads of its own (stores, settings, imports) it reads with [`read_limited`].

#[cfg(test)]
mod tests;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// What stands before and after the random part of a temporary file's name. A file of such a name that nobody writes is
/// what a killed process left.
const PREFIX: &str = ".rawi-";
const SUFFIX: &str = ".tmp";

/// Who may read what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its owner alone: 0600, folders 0700.
    Owner,
    /// Whoever the umask lets. A file that is replaced keeps its permissions.
    Umask,
}

/// A file on its way to its name. Dropped without [`Replacement::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Replacement {
    temporary: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl Replacement {
    /// Begins a file that will stand under the name `target`.
    ///
    /// # Errors
    /// Where the folder is not there or may not be written, or the target is a folder.
    pub fn begin(target: &Path, access: Access) -> io::Result<Self> {
        let before = fs::symlink_metadata(target).ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = if access == Access::Owner { 0o600 } else { 0o666 };
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let temporary = builder.tempfile_in(folder(target))?;
        if let (Access::Umask, Some(before)) = (access, before.filter(fs::Metadata::is_file)) {
            // Another's file cannot be given the same; it has the umask's then.
            drop(temporary.as_file().set_permissions(before.permissions()));
        }
        Ok(Self { temporary: BufWriter::new(temporary), target: target.to_owned() })
    }

    /// Puts the file under its name, instead of what is there. When this returns it is on the disk.
    ///
    /// # Errors
    /// A full disk, a folder that may not be written. What was there is as it was.
    pub fn commit(self) -> io::Result<()> {
        self.finish(&mut System, false)
    }

    /// Puts the file under its name, unless there is one already.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`]; otherwise as [`Replacement::commit`].
    pub fn commit_new(self) -> io::Result<()> {
        self.finish(&mut System, true)
    }

    /// The order is all: what has a name is on the disk before it has it, and the name before this returns.
    fn finish(self, disk: &mut impl Disk, new: bool) -> io::Result<()> {
        let temporary = self.temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
        disk.sync(temporary.as_file())?;
        disk.name(temporary, &self.target, new)?;
        disk.sync_folder(folder(&self.target))
    }
}

/// What a [`Replacement`] asks of the disk: a test is a disk that loses what was not synchronised.
trait Disk {
    /// The file's bytes are on the disk when this returns.
    fn sync(&mut self, file: &File) -> io::Result<()>;
    /// Gives the file its name, at once; not where it is taken and a `new` one is asked for.
    fn name(&mut self, file: NamedTempFile, target: &Path, new: bool) -> io::Result<()>;
    /// The names in the folder are on the disk when this returns.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The disk of the operating system.
struct System;

impl Disk for System {
    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn name(&mut self, file: NamedTempFile, target: &Path, new: bool) -> io::Result<()> {
        let named = if new { file.persist_noclobber(target) } else { file.persist(target) };
        named.map(drop).map_err(|error| error.error)
    }

    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        // Where a folder cannot be opened, it is the system's affair.
        File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temporary.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.flush()
    }
}

/// Writes a whole file under a name.
///
/// # Errors
/// As [`Replacement::begin`] and [`Replacement::commit`]; what was there is as it was.
pub fn replace(target: &Path, access: Access, bytes: &[u8]) -> io::Result<()> {
    let mut file = Replacement::begin(target, access)?;
    file.write_all(bytes)?;
    file.commit()
}

/// Makes a folder, and those that it lies in.
///
/// # Errors
/// Where they cannot be made. That the permissions of one that is there cannot be changed is none.
pub fn create_folder(path: &Path, access: Access) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if access == Access::Owner {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700);
        if let Ok(data) = fs::metadata(path)
            && data.is_dir()
            && data.permissions().mode() & 0o077 != 0
        {
            drop(fs::set_permissions(path, fs::Permissions::from_mode(0o700)));
        }
    }
    builder.create(path)
}

/// Takes away what processes that were killed left in a folder. Only for a folder that no other process writes to now.
pub fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// What is no file (a pipe, a device, a folder) is not waited for; one that is larger is [`io::ErrorKind::FileTooLarge`].
pub fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open_file(path)?;
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if read as u64 > limit {
        let message = format!("is larger than {} MiB, the most that is read", limit >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// The same of a text in UTF-8. A byte order mark at its beginning is left out.
///
/// # Errors
/// As [`read_limited`]; bytes that are not UTF-8 are [`io::ErrorKind::InvalidData`].
pub fn read_text_limited(path: &Path, limit: u64) -> io::Result<String> {
    let bytes = read_limited(path, limit)?;
    let text = String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "is not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Opens a regular file. Anything else is an error at once: opening a pipe would wait until somebody writes to it.
///
/// # Errors
/// Where there is none, or it is something else.
pub fn open_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(NONBLOCK);
    }
    let file = options.open(path)?;
    let data = file.metadata()?;
    if data.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder, not a file"));
    }
    if !data.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "is a pipe or a device, not a file"));
    }
    Ok(file)
}

/// Opens a file to add to its end, or to lock it, and makes it where there is none. No link is followed.
///
/// # Errors
/// Where it cannot be made, or is something else than a file.
pub fn open_append(path: &Path, access: Access) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if access == Access::Owner { 0o600 } else { 0o666 }).custom_flags(NONBLOCK | NOFOLLOW);
    }
    options.open(path)
}

/// `O_NOFOLLOW`: a link is no file of ours.
#[cfg(unix)]
const NOFOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

/// `O_NONBLOCK`: a pipe is opened without waiting for whoever writes to it.
#[cfg(unix)]
const NONBLOCK: i32 = rustix::fs::OFlags::NONBLOCK.bits() as i32;

/// Whether two names are of one file: also through links, and of a file with several names.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (fs::metadata(one), fs::metadata(other)) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

/// The folder that a name lies in.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
