//! Attacks on the reader's terminal: killed, out of memory, out of files, answered with megabytes.

use super::{LIMIT, Place, article, binary, in_time::InTime};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::{
    fs,
    io::Write,
    num::NonZero,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// The program in a pseudo-terminal, and all that it sent.
pub struct Pty {
    screen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
}

impl Pty {
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut words = vec![binary().to_string_lossy().into_owned()];
        words.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        Self::start_as(place, &words, b"\x1b[?62c".to_vec())
    }

    /// Starts a command on a terminal that answers so when it is asked what it is.
    pub fn start_as(place: &Place, words: &[String], answer: Vec<u8>) -> Self {
        let size = PtySize { rows: 24, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&words[0]);
        command.args(&words[1..]);
        command.cwd(place.folder.path());
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")] {
            command.env(name, value);
        }
        command.env("HOME", place.path("home"));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(100).unwrap(), 0);
        let screen = Arc::new(Mutex::new((parser, Vec::new())));
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (reader, seen, answers) =
            (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen), Arc::clone(&writer));
        thread::spawn(move || {
            super::in_time::each_output(reader, |part| {
                {
                    let mut seen = seen.lock().unwrap();
                    seen.0.process(part);
                    seen.1.extend_from_slice(part);
                }
                if part.windows(3).any(|three| three == b"\x1b[c") {
                    // On a thread of its own: megabytes are not taken at once.
                    let (answers, answer) = (Arc::clone(&answers), answer.clone());
                    thread::spawn(move || drop(answers.lock().unwrap().write_all(&answer)));
                }
            });
        });
        Self { screen, writer, master: pair.master, child }
    }

    pub fn press(&self, keys: &str) {
        self.writer.lock().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    pub fn wait(&self, what: &str, done: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let contents = self.screen.lock().unwrap().0.screen().contents();
            if done(&contents) {
                return contents;
            }
            assert!(start.elapsed() < LIMIT, "no {what} on the screen:\n{contents}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until bytes were sent.
    fn wait_for_bytes(&self, wanted: &str) {
        super::until(wanted, || {
            let seen = self.screen.lock().unwrap();
            seen.1.windows(wanted.len()).any(|part| part == wanted.as_bytes())
        });
    }

    pub fn ended(&mut self) {
        super::until("the program ends", || self.child.try_wait().unwrap().is_some());
    }

    pub fn kill(&mut self) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-9", &id]).output_in_time().status.success());
        self.ended();
    }

    /// Whether the terminal echoes and edits lines, as before.
    fn is_cooked(&self) -> bool {
        let terminal = self.master.tty_name().unwrap();
        let said = Command::new("stty").arg("-a").arg("-F").arg(terminal).output_in_time();
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let on = |name: &str| said.split_whitespace().any(|word| word.trim_end_matches(';') == name);
        on("icanon") && on("echo") && on("isig") && on("opost") && on("icrnl")
    }
}

/// The first child of a process that has that name.
fn child_of(parent: &str, name: &str) -> Option<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut stats = processes.filter_map(|process| fs::read_to_string(process.path().join("stat")).ok());
    stats.find_map(|stat| {
        // `PID (NAME) STATE PARENT …`
        let (before, after) = stat.rsplit_once(')')?;
        let (id, its) = before.split_once(" (")?;
        (its == name && after.split_whitespace().nth(1) == Some(parent)).then(|| id.to_owned())
    })
}

fn page(seen: &str) -> bool {
    // The first words of the article in visual order hold its number.
    seen.contains('4') && seen.lines().count() > 5
}

/// The reader runs in a shell, as it does for people: the terminal is the shell's and goes on.
#[test]
fn the_terminal_is_given_back_by_a_reader_that_is_killed() {
    let place = Place::new();
    place.write("a.txt", article(4));
    let mut words: Vec<String> = ["sh", "-c", "\"$0\" a.txt; read line"].map(str::to_owned).to_vec();
    words.push(binary().to_string_lossy().into_owned());
    let mut pty = Pty::start_as(&place, &words, b"\x1b[?62c".to_vec());
    pty.wait("page", page);
    super::until("raw mode", || !pty.is_cooked());
    let reader = child_of(&pty.child.process_id().unwrap().to_string(), "rawi").unwrap();
    // The guard is there once its shell runs; a busy machine takes its time.
    super::until("the guard's shell", || child_of(&reader, "sh").is_some());
    // It holds this terminal open: by its name it could set another one, opened since this one's window was closed.
    let held = fs::read_link(format!("/proc/{}/fd/1", child_of(&reader, "sh").unwrap())).unwrap();
    assert_eq!(Some(held), pty.master.tty_name());
    assert!(Command::new("kill").args(["-9", &reader]).output_in_time().status.success());
    pty.wait_for_bytes("\u{1b}[?1049l");
    pty.wait_for_bytes("may not be.");
    super::until("the terminal's settings are back", || pty.is_cooked());
    pty.press("\r");
    pty.ended();
}

/// What memory there is ends while a long document is looked through.
#[test]
fn the_terminal_is_given_back_by_a_reader_without_memory() {
    let place = Place::new();
    place.write("a.txt", article(4).repeat(40_000));
    let words = ["bash", "-c", "ulimit -v 260000; exec \"$0\" a.txt"];
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    words.push(binary().to_string_lossy().into_owned());
    let mut pty = Pty::start_as(&place, &words, b"\x1b[?62c".to_vec());
    let start = Instant::now();
    while pty.child.try_wait().unwrap().is_none() && start.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(20));
    }
    if pty.child.try_wait().unwrap().is_none() {
        // It had enough.
        pty.press("q");
        pty.ended();
    }
    super::until("the terminal's settings are back", || pty.is_cooked());
}

#[test]
fn without_files_a_correction_is_said_to_be_not_kept() {
    let place = Place::new();
    place.write("a.txt", article(4));
    fs::create_dir_all(place.data()).unwrap();
    // The data directory is a file: nothing can be kept.
    fs::remove_dir(place.data()).unwrap();
    fs::write(place.data(), "no folder").unwrap();
    let mut pty = Pty::start(&place, &["a.txt"]);
    pty.wait("page", page);
    pty.wait("warning", |seen| seen.contains("not") && (seen.contains("saved") || seen.contains("kept")));
    pty.press("q");
    pty.ended();
}

/// However few files may be open: the reader works and can be left, or it says why not. It is never there without keys.
#[test]
fn without_file_descriptors_nobody_is_caught_in_the_reader() {
    for files in [4, 5, 6, 7, 8, 9, 10, 12, 14, 20] {
        let place = Place::new();
        place.write("a.txt", article(4));
        let mut words: Vec<String> = ["sh", "-c"].map(str::to_owned).to_vec();
        words.push(format!("ulimit -n {files}; exec \"$0\" a.txt"));
        words.push(binary().to_string_lossy().into_owned());
        let mut pty = Pty::start_as(&place, &words, b"\x1b[?62c".to_vec());
        let start = Instant::now();
        while pty.child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < LIMIT, "{files} files: the reader cannot be left");
            pty.press("q");
            thread::sleep(Duration::from_millis(100));
        }
        super::until("the terminal's settings are back", || pty.is_cooked());
    }
}

#[test]
fn a_terminal_that_answers_with_megabytes_is_no_trouble() {
    let place = Place::new();
    place.write("a.txt", article(4));
    let mut answer = b"\x1bP>|".repeat(1 << 18);
    answer.extend_from_slice(b"\x1b\\\x1b[?62c");
    let words = vec![binary().to_string_lossy().into_owned(), "a.txt".to_owned()];
    let mut pty = Pty::start_as(&place, &words, answer);
    pty.wait("page", page);
    pty.kill();
}

#[test]
fn two_readers_of_one_document_by_any_spelling_say_so() {
    let place = Place::new();
    place.write("real/a.txt", article(4));
    std::os::unix::fs::symlink(place.path("real"), place.path("linked")).unwrap();
    for arguments in [&[][..], &["--sidecar"]] {
        let mut first = Pty::start(&place, &[&["real/a.txt"], arguments].concat());
        first.wait("page", page);
        let lock = || fs::read_dir(place.data().join("locks")).is_ok_and(|mut locks| locks.next().is_some());
        super::until("the first reader has the document", lock);
        thread::sleep(Duration::from_millis(300));
        let mut second = Pty::start(&place, &[&["linked/../linked/a.txt"], arguments].concat());
        second.wait("read-only", |seen| seen.contains("another rawi"));
        first.kill();
        second.kill();
    }
}
