//! What was tried to make rawi lose something, let something in, or hang: each attack that once succeeded, and its kind.
//! docs/RELIABILITY.md counts them. All run in a few minutes; `RAWI_KILLS=1000` kills as often as that.
//!
//! Nothing here waits without a limit. With RAWI_BINARY another binary is attacked.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "an attack that cannot be carried out has to stop")]

mod batches;
mod files;
mod identity;
#[path = "../in_time/mod.rs"]
mod in_time;
mod kills;
mod limits;
mod messages;
mod terminal;

use in_time::{ChildInTime, InTime};
use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// As long as anything may take, on the slowest machine.
const LIMIT: Duration = Duration::from_secs(120);

/// A folder to attack in, and the program with its home in there.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn data(&self) -> PathBuf {
        self.path("home/.local/share/rawi")
    }

    /// The program, at home and in the folder.
    fn rawi<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME").env("HOME", self.path("home"));
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ended {
        run(&mut self.rawi(arguments), b"")
    }
}

fn binary() -> PathBuf {
    std::env::var_os("RAWI_BINARY").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_rawi")), PathBuf::from)
}

/// What became of a run.
struct Ended {
    code: Option<i32>,
    out: Vec<u8>,
    error: String,
}

impl Ended {
    fn out(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

/// Runs a program on an input.
fn run(command: &mut Command, input: &[u8]) -> Ended {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let input = input.to_owned();
    // The program may end without having read it.
    thread::spawn(move || drop(pipe.write_all(&input)));
    let Output { status, stdout, stderr } = ended(child);
    Ended { code: status.code(), out: stdout, error: String::from_utf8(stderr).unwrap() }
}

/// Waits for a program.
fn ended(child: Child) -> Output {
    child.finished_in_time()
}

/// Waits until something holds, no longer than [`LIMIT`].
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < LIMIT, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).output_in_time().status.success());
}

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// A short article; `number` tells it from others.
fn article(number: usize) -> String {
    format!("قال الوزير سامر الخطيب في بيروت إن الرقم هو {number}.\nوأضافت هدى السالم: «الطريق مفتوح».\n")
}
