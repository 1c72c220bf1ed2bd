//! Files that rawi writes, and reads of its own, so that nothing is lost and nothing is let in.
//!
//! Everything that rawi writes under a name goes through a [`Replacement`]: a new file of a random name beside the
//! target, opened so that no link is followed, synchronised, renamed over the target; then the folder is synchronised.
//! So the name holds the old bytes or the new ones at every moment, also after the power fails, and a write that fails
//! leaves the old file whole. What rawi reads of its own (stores, settings, imports) it reads with [`read_limited`].

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
        self.finish(|temporary, target| temporary.persist(target).map_err(|error| error.error))
    }

    /// Puts the file under its name, unless there is one already.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`]; otherwise as [`Replacement::commit`].
    pub fn commit_new(self) -> io::Result<()> {
        self.finish(|temporary, target| temporary.persist_noclobber(target).map_err(|error| error.error))
    }

    fn finish(self, name: impl FnOnce(NamedTempFile, &Path) -> io::Result<File>) -> io::Result<()> {
        let temporary = self.temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
        temporary.as_file().sync_all()?;
        name(temporary, &self.target)?;
        // The name itself has to reach the disk; where a folder cannot be opened, it is the system's affair.
        File::open(folder(&self.target)).map_or(Ok(()), |folder| folder.sync_all())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_the_old_bytes_until_it_holds_the_new_ones() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.json");
        replace(&target, Access::Umask, b"old").unwrap();
        let mut file = Replacement::begin(&target, Access::Umask).unwrap();
        file.write_all(b"new").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        let mut file = Replacement::begin(&target, Access::Umask).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(file.commit_new().unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(replace(folder.path(), Access::Umask, b"").unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_replaced_and_never_followed() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (other, target) = (folder.path().join("other"), folder.path().join("link"));
        fs::write(&other, "theirs").unwrap();
        symlink(&other, &target).unwrap();
        replace(&target, Access::Owner, b"ours").unwrap();
        assert_eq!(fs::read(&other).unwrap(), b"theirs");
        assert_eq!(fs::read(&target).unwrap(), b"ours");
        assert_eq!(fs::metadata(&target).unwrap().mode() & 0o777, 0o600);
        fs::set_permissions(&other, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&other, Access::Umask, b"new").unwrap();
        assert_eq!(fs::metadata(&other).unwrap().mode() & 0o777, 0o640, "kept");
        fs::hard_link(&other, folder.path().join("third")).unwrap();
        assert!(is_same(&other, &folder.path().join("third")) && !is_same(&other, &target));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for_and_a_large_file_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert_eq!(read_limited(&pipe, 10).unwrap_err().to_string(), "is a pipe or a device, not a file");
        assert_eq!(
            read_limited(Path::new("/dev/zero"), 10).unwrap_err().to_string(),
            "is a pipe or a device, not a file"
        );
        let file = folder.path().join("file");
        fs::write(&file, "\u{feff}خبر").unwrap();
        assert_eq!(read_limited(&file, 8).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read_text_limited(&file, 9).unwrap(), "خبر");
    }
}
