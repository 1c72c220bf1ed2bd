//! Names that hold the old bytes or the new ones, links, pipes; and a disk whose power goes.

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
    assert_eq!(read_limited(Path::new("/dev/zero"), 10).unwrap_err().to_string(), "is a pipe or a device, not a file");
    let file = folder.path().join("file");
    fs::write(&file, "\u{feff}خبر").unwrap();
    assert_eq!(read_limited(&file, 8).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    assert_eq!(read_text_limited(&file, 9).unwrap(), "خبر");
}

/// A disk whose power goes after so many steps. What was not synchronised is there or not, as the disk likes.
struct Failing {
    steps: usize,
    synced: bool,
    named: bool,
    name_synced: bool,
}

impl Failing {
    fn step(&mut self) -> io::Result<()> {
        self.steps = self.steps.checked_sub(1).ok_or_else(|| io::Error::other("the power is gone"))?;
        Ok(())
    }

    /// What the name can hold when the power is back.
    fn outcomes(&self) -> Vec<&'static str> {
        let new = if self.synced { "new" } else { "nothing, or half of it" };
        match (self.named, self.name_synced) {
            (false, _) => vec!["old"],
            (true, false) => vec!["old", new],
            (true, true) => vec![new],
        }
    }
}

impl Disk for Failing {
    fn sync(&mut self, _: &File) -> io::Result<()> {
        self.step()?;
        self.synced = true;
        Ok(())
    }

    fn name(&mut self, file: NamedTempFile, target: &Path, new: bool) -> io::Result<()> {
        self.step()?;
        self.named = true;
        System.name(file, target, new)
    }

    fn sync_folder(&mut self, _: &Path) -> io::Result<()> {
        self.step()?;
        self.name_synced = true;
        Ok(())
    }
}

#[test]
fn a_power_failure_leaves_the_old_bytes_or_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.json");
    for steps in 0..=3 {
        fs::write(&target, "old").unwrap();
        let mut file = Replacement::begin(&target, Access::Umask).unwrap();
        file.write_all(b"new").unwrap();
        let mut disk = Failing { steps, synced: false, named: false, name_synced: false };
        let said = file.finish(&mut disk, false);
        let outcomes = disk.outcomes();
        assert!(outcomes.iter().all(|outcome| ["old", "new"].contains(outcome)), "after {steps} steps: {outcomes:?}");
        if said.is_ok() {
            assert_eq!(outcomes, ["new"], "it was said to be kept");
        }
        let found = fs::read_to_string(&target).unwrap();
        assert!(outcomes.contains(&found.as_str()), "{found}");
    }
    // The test can fail: named before it is synchronised, the name may hold nothing.
    let disk = Failing { steps: 0, synced: false, named: true, name_synced: false };
    assert_eq!(disk.outcomes(), ["old", "nothing, or half of it"]);
}
