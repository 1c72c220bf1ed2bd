//! The binary in a pseudo-terminal that answers as real ones do.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test whose pseudo-terminal fails has to stop"
)]

mod in_time;

use portable_pty::{CommandBuilder, ExitStatus, PtySize, native_pty_system};
use ratatui::style::Color;
use rawi::{
    annotation::Kind,
    terminal::{Environment, Overrides, Replies, Screen, Session, decide},
    tui::theme::{Depth, Theme},
};
use std::{
    io::{self, Write},
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

/// A program in a pseudo-terminal of 80 by 24, and all that it has written.
struct Pty {
    screen: Receiver<Vec<u8>>,
    seen: String,
    keys: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    _home: tempfile::TempDir,
}

/// Ends a test that would wait for ever.
const PATIENCE: Duration = Duration::from_secs(60);

impl Pty {
    fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_program(Path::new(env!("CARGO_BIN_EXE_rawi")), arguments, variables)
    }

    fn start_program(program: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        // What the person at this machine has read and set is not what is tested.
        let home = tempfile::tempdir().unwrap();
        command.env("HOME", home.path());
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (output, (send, screen)) = (pair.master.try_clone_reader().unwrap(), channel());
        let keys = pair.master.take_writer().unwrap();
        thread::spawn(move || {
            let _open = pair.master;
            // A test that has seen enough takes no more.
            in_time::each_output(output, |bytes| drop(send.send(bytes.to_vec())));
        });
        Self { screen, seen: String::new(), keys, child, _home: home }
    }

    fn wait_for(&mut self, what: &str) {
        while !self.seen.contains(what) {
            let bytes = self.screen.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {what:?} in {:?}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    fn send(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Answers the question as a terminal would; `^` stands for ESC.
    fn answer(&mut self, replies: &str) {
        self.wait_for("\u{1b}[c");
        self.send(&replies.replace('^', "\u{1b}"));
    }

    fn end(mut self) -> (String, ExitStatus) {
        let status = in_time::pty_ended_in_time(self.child.as_mut());
        while let Ok(bytes) = self.screen.recv_timeout(PATIENCE) {
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        (self.seen, status)
    }
}

fn doctor(replies: &str, variables: &[(&str, &str)], options: &[&str]) -> serde_json::Value {
    let mut pty = Pty::start(&[&["doctor", "--json"], options].concat(), variables);
    pty.answer(replies);
    let (seen, status) = pty.end();
    assert!(status.success(), "{seen}");
    let json = seen.find('{').unwrap_or_else(|| panic!("no report in {seen:?}"));
    serde_json::from_str(&seen[json..]).unwrap()
}

#[test]
fn the_doctor_says_what_was_answered_and_what_follows() {
    for (replies, variables, mode, mode8) in [
        ("^]11;rgb:0000/0000/0000^\\^[8;1$y^[?65;1;9c", ("VTE_VERSION", "7006"), "explicit", Some(1)),
        ("^]11;rgb:ffff/ffff/ffff^\\^[8;0$y^P>|XTerm(379)^\\^[?64;1;2c", ("TERM", "xterm"), "visual", Some(0)),
        ("^P>|Konsole 22.12.3^\\^[?62;1;4c", ("KONSOLE_VERSION", "221203"), "logical", None),
        ("^[8;0$y^P>|kitty(0.26.5)^\\^[?62;c", ("TERM", "xterm-kitty"), "kitty", Some(0)),
        ("^[8;0$y^[?63;1;2c", ("TERM", "mlterm"), "mlterm", Some(0)),
    ] {
        let report = doctor(replies, &[variables], &[]);
        assert_eq!(report["decision"]["mode"], mode, "{report}");
        assert_eq!(report["replies"]["mode_8"].as_u64(), mode8, "{report}");
        assert_eq!(report["environment"][variables.0], variables.1, "{report}");
    }
}

#[test]
fn a_terminal_that_says_nothing_is_not_waited_for() {
    let report = doctor("", &[], &[]);
    assert_eq!(report["decision"]["mode"], "visual");
    assert!(report["replies"]["attributes"].is_null());
}

#[test]
fn options_count_more_than_answers() {
    let report = doctor("^[8;1$y^[?65;1;9c", &[], &["--bidi=kitty", "--shaping=forms"]);
    assert_eq!((&report["decision"]["mode"], &report["decision"]["forms"]), (&"kitty".into(), &true.into()));
}

#[test]
fn a_dumb_terminal_is_not_asked() {
    let (seen, status) = Pty::start(&["doctor", "--json"], &[("TERM", "dumb")]).end();
    assert!(status.success());
    assert!(!seen.contains('\u{1b}'), "{seen:?}");
}

/// What a terminal has is set and taken back, by a terminal that has none of it nothing is seen.
#[test]
fn only_what_the_terminal_says_it_has_is_used() {
    let all = ["[?1004h", "[>1u", "[?2026h", "[?2026l", "[?2031h", "]2;"];
    for (answers, used) in [("^[?2026;2$y^[?1004;2$y^[?2031;2$y^[?0u^[?62c", true), ("^[?2026;0$y^[?6c", false)] {
        let mut pty = Pty::start(&["--ui", "en"], &[("TERM", if used { "xterm-kitty" } else { "linux" })]);
        pty.answer(answers);
        pty.wait_for("keys");
        // The key q as kitty reports it, where it was asked to.
        pty.send(if used { "\u{1b}[113;1u" } else { "q" });
        let (seen, status) = pty.end();
        assert!(status.success(), "{seen:?}");
        let (_, page) = seen.split_once("\u{1b}[?1049h").unwrap();
        for sequence in all {
            assert_eq!(page.contains(sequence), used, "{sequence}: {page:?}");
        }
        let (_, end) = page.rsplit_once("\u{1b}[?1006l").unwrap();
        assert!(end.contains("\u{1b}[?1049l"), "{end:?}");
        for sequence in ["[<1u", "[?1004l", "[?2031l", "[23;2t"] {
            assert_eq!(page.contains(sequence), used, "{sequence}: {page:?}");
        }
    }
}

/// Over a slow line the answers come when the page is there already, and in parts. None of them is a key.
#[test]
fn answers_that_come_late_are_no_keys() {
    let mut pty = Pty::start(&["--ui", "en"], &[]);
    pty.wait_for("keys");
    for part in ["^]11;rgb:ffff/", "ffff/ffff^\\^[8;0$y^P>|XTe", "rm(379)^\\^[?2026;0$y^[?62;2", "2c"] {
        pty.answer(part);
        thread::sleep(Duration::from_millis(20));
    }
    pty.send("]");
    pty.wait_for("next");
    pty.send("q");
    let (seen, status) = pty.end();
    assert!(status.success() && !seen.contains("nothing here"), "{seen:?}");
}

/// Answers of commands other than the reader come out in the order that the terminal needs.
#[test]
fn lists_on_a_terminal_are_in_the_order_that_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "قال سامر الحداد: «سنبدأ العمل غدا».\n").unwrap();
    // VTE is told to leave cells where they are; Konsole gets letters as they are read.
    for (answers, begins, logical) in
        [("^[8;1$y^[?65;1;9c", "\u{1b}[8l", false), ("^P>|Konsole 22.12.3^\\^[?62;1;4c", "\u{2067}", true)]
    {
        let mut pty = Pty::start(&["sources", path.to_str().unwrap()], &[]);
        pty.answer(answers);
        let (seen, status) = pty.end();
        assert!(status.success(), "{seen:?}");
        let place = seen.find(begins).unwrap_or_else(|| panic!("no {begins:?} in {seen:?}"));
        assert_eq!(seen[place..].contains("سامر"), logical, "{seen:?}");
    }
}

/// Names on a light ground are not in the pale letters that are for a dark one.
#[test]
fn a_printed_page_has_the_colours_of_its_ground() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "قال سامر الحداد: «سنبدأ العمل غدا».\n").unwrap();
    let person = |theme: &str| {
        let style = Theme::shipped(theme).0.at(Depth::Indexed).kind(Kind::Person);
        let Some(Color::Indexed(number)) = style.fg else { panic!("{theme}: {style:?}") };
        format!(";38;5;{number}m")
    };
    for (answers, background, theme, other) in [
        ("^]11;rgb:ffff/ffff/ffff^\\^[?64;1;2c", "", "light", "dark"),
        ("^]11;rgb:0000/0000/0000^\\^[?64;1;2c", "0;15", "dark", "light"),
        ("^[?64;1;2c", "0;15", "light", "dark"),
        ("^[?64;1;2c", "", "dark", "light"),
    ] {
        let mut pty = Pty::start(&["print", path.to_str().unwrap()], &[("COLORFGBG", background)]);
        pty.answer(answers);
        let (seen, status) = pty.end();
        assert!(status.success(), "{seen:?}");
        assert!(seen.contains(&person(theme)) && !seen.contains(&person(other)), "{theme}: {seen:?}");
    }
    // Where nobody says what is behind the text, the configuration counts.
    std::fs::create_dir_all(folder.path().join(".config/rawi")).unwrap();
    std::fs::write(folder.path().join(".config/rawi/config.toml"), "theme = 'light'\n").unwrap();
    let mut pty = Pty::start(&["print", path.to_str().unwrap()], &[("HOME", folder.path().to_str().unwrap())]);
    pty.answer("^[?64;1;2c");
    assert!(pty.end().0.contains(&person("light")));
}

/// kitty turns each font by itself: a full stop beside a bold name is not of its word, and nothing is italic.
#[test]
fn a_printed_page_keeps_fonts_apart_in_kitty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "وصل إلى بيروت سامر الحداد.\n").unwrap();
    let mut pty = Pty::start(&["print", path.to_str().unwrap()], &[("TERM", "xterm-kitty")]);
    pty.answer("^[8;0$y^P>|kitty(0.26.5)^\\^[?62;c");
    let (seen, status) = pty.end();
    assert!(status.success(), "{seen:?}");
    let page = &seen[seen.rfind("\u{1b}[c").unwrap()..];
    let stop = page.find('.').unwrap();
    assert!(page[..stop].ends_with(' ') && page[stop + 1..].starts_with('\u{1b}'), "{page:?}");
    assert!(!page.contains(";3;") && !page.contains(";3m"), "{page:?}");
}

/// What a screen reader hears of the plain mode is what is written: whole lines in reading order, nothing else.
#[test]
fn the_plain_mode_writes_lines_in_reading_order_and_puts_the_cursor_on_what_is_read() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("a.txt"), "افتتاح الميناء\nقال سامر الحداد: «سنبدأ العمل غدا».\n").unwrap();
    let article = home.path().join("a.txt");
    let variables = [("HOME", home.path().to_str().unwrap()), ("LANG", "en_US.UTF-8")];
    let mut pty = Pty::start(&[article.to_str().unwrap(), "--plain"], &variables);
    pty.answer("^[8;1$y^[?2026;2$y^[?65;1;9c");
    pty.wait_for("paragraph 1 of 2");
    pty.send("\t");
    pty.wait_for("سامر الحداد, Mentions: 1");
    pty.send("\t]");
    // The name and its number are written again as a whole, and the cursor goes where the name begins.
    let name = "person سامر الحداد, mention 1 of 1, paragraph 2 of 2";
    pty.wait_for(name);
    pty.wait_for("\u{1b}[3;5H\u{1b}[?25h");
    let (before, after) = pty.seen.split_once(name).unwrap();
    assert!(before.trim_end_matches(' ').ends_with("\u{1b}[24;1H\u{1b}[2K"), "{before:?}");
    assert!(after.trim_start_matches('.').starts_with("\u{1b}[3;5H\u{1b}[?25h"), "{after:?}");
    pty.send("q");
    let (seen, status) = pty.end();
    assert!(status.success(), "{seen:?}");
    let (_, inside) = seen.split_once("\u{1b}[?1049h").unwrap();
    assert!(inside.contains("قال سامر الحداد: «سنبدأ العمل غدا».") && inside.contains("افتتاح الميناء"), "{inside:?}");
    for never in ["\u{1b}[8l", "[?1000h", "[38;", "[48;", "\u{2067}", "│", "─", "╭"] {
        assert!(!inside.contains(never), "{never:?} in {inside:?}");
    }
    assert!(!inside.contains(|letter: char| ('\u{FE70}'..'\u{FEFF}').contains(&letter)), "{inside:?}");
    // The same by the configuration, which `doctor` knows of.
    std::fs::create_dir_all(home.path().join(".config/rawi")).unwrap();
    std::fs::write(home.path().join(".config/rawi/config.toml"), "plain = true\n").unwrap();
    let report = doctor("^[8;1$y^[?65;1;9c", &variables, &[]);
    assert_eq!((&report["plain"], &report["decision"]["mode"]), (&true.into(), &"off".into()));
    let mut pty = Pty::start(&[article.to_str().unwrap()], &variables);
    pty.answer("^[?62c");
    pty.wait_for("paragraph 1 of 2");
    pty.send("q");
    assert!(pty.end().1.success());
}

/// Where the terminal reorders, lines of the plain mode take their direction from their text, and every way out takes that
/// back. What a shell has set itself stays set.
#[test]
fn lines_of_the_plain_mode_have_a_direction_each_where_the_terminal_can() {
    let home = tempfile::tempdir().unwrap();
    let variables = [("HOME", home.path().to_str().unwrap()), ("LANG", "en_US.UTF-8")];
    for (answers, set, unset) in [
        ("^[8;1$y^[?2501;2$y^[?65;1;9c", "\u{1b}[?2501h", "\u{1b}[?2501l"),
        ("^[8;2$y^[?2501;2$y^[?65;1;9c", "\u{1b}[8h\u{1b}[?2501h", "\u{1b}[?2501l\u{1b}[8l"),
        ("^[8;2$y^[?2501;1$y^[?65;1;9c", "\u{1b}[8h", "\u{1b}[8l"),
        ("^[8;1$y^[?2501;1$y^[?65;1;9c", "", ""),
        ("^[8;0$y^[?2501;0$y^[?64;1;2c", "", ""),
        ("^[?62;1;4c", "", ""),
    ] {
        for by_signal in [false, true] {
            let mut pty = Pty::start(&["--plain", "--ui=en"], &variables);
            pty.answer(answers);
            pty.wait_for("paragraph 1 of");
            if by_signal {
                let process = rustix::process::Pid::from_raw(pty.child.process_id().unwrap().try_into().unwrap());
                rustix::process::kill_process(process.unwrap(), rustix::process::Signal::TERM).unwrap();
            } else {
                pty.send("q");
            }
            let (seen, status) = pty.end();
            assert_eq!(status.success(), !by_signal, "{seen:?}");
            let (_, inside) = seen.split_once("\u{1b}[?1049h").unwrap();
            assert!(inside.starts_with(&format!("{set}\u{1b}[2J")), "{answers}: {inside:?}");
            assert!(inside.contains(&format!("\u{1b}[?25h{unset}\u{1b}[?1049l")), "{answers}: {inside:?}");
            assert_eq!(inside.contains("2501"), !unset.is_empty() && set.contains("2501"), "{answers}: {inside:?}");
        }
    }
    // With boxes there is no such line: the panel and the text share the rows.
    let mut pty = Pty::start(&["--bidi=off", "--ui=en"], &variables);
    pty.answer("^[8;1$y^[?2501;2$y^[?65;1;9c");
    pty.wait_for("keys");
    pty.send("q");
    let (seen, _) = pty.end();
    assert!(!seen.contains("[?2501h"), "{seen:?}");
}

/// Addresses are links only where the terminal is known to take them; the key hands one to the system's opener as a single
/// argument, whatever is in it.
#[cfg(target_os = "linux")]
#[test]
fn addresses_are_links_where_they_are_taken_and_a_key_opens_them() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    std::fs::write(path("a.txt"), "انظر https://example.com/خبر?a=$(id)&b='x';c الآن.\n").unwrap();
    std::fs::create_dir(path("bin")).unwrap();
    let script = "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > \"$HOME/part\" && mv \"$HOME/part\" \"$HOME/opened\"\n";
    std::fs::write(path("bin/xdg-open"), script).unwrap();
    std::fs::set_permissions(path("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!("{}:/usr/bin:/bin", path("bin").display());
    let variables = [("HOME", home.path().to_str().unwrap()), ("LANG", "en_US.UTF-8"), ("PATH", &search)];
    let article = path("a.txt");
    let address = "https://example.com/%D8%AE%D8%A8%D8%B1?a=$(id)&b='x';c";
    for (answers, links) in [("^P>|foot(1.13.1)^\\^[?62;4;22c", true), ("^P>|XTerm(379)^\\^[?64;1;2c", false)] {
        let mut pty = Pty::start(&[article.to_str().unwrap()], &variables);
        pty.answer(answers);
        pty.send("O");
        pty.wait_for("Opening");
        for _ in 0..600 {
            if path("opened").exists() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(std::fs::read_to_string(path("opened")).unwrap(), format!("1\n{address}\n"));
        std::fs::remove_file(path("opened")).unwrap();
        pty.send("q");
        let (seen, status) = pty.end();
        assert!(status.success(), "{seen:?}");
        assert_eq!(seen.contains(&format!(";{address}\u{1b}\\")), links, "{seen:?}");
        assert_eq!(seen.contains("\u{1b}]8;"), links, "{seen:?}");
    }
    std::fs::remove_file(path("bin/xdg-open")).unwrap();
    let mut pty = Pty::start(&[article.to_str().unwrap()], &[("PATH", "/nowhere"), variables[0], variables[1]]);
    pty.answer("^[?62c");
    pty.send("O");
    pty.wait_for("xdg-open did not open");
    pty.send("q");
    assert!(pty.end().1.success());
}

/// Run by the test below in a pseudo-terminal of its own.
#[test]
#[ignore = "ends as RAWI_END says"]
fn ends() {
    let enter = || {
        // As in a terminal that answers the query of mode 8, and with the mouse: the most that is to be unset.
        let decision = decide(&Replies::read(b"\x1b[8;1$y"), &Environment::default(), &Overrides::default());
        Session::enter(Screen::new(&decision, false), |_| {})
    };
    match std::env::var("RAWI_END").as_deref() {
        Ok("panic") => {
            let _session = enter().unwrap();
            panic!("the words");
        }
        Ok("panic elsewhere") => {
            let session = enter().unwrap();
            assert!(thread::spawn(|| panic!("the words")).join().is_err());
            println!("the page goes on");
            drop(session);
        }
        Ok("error") => {
            let read = || -> io::Result<()> {
                let _session = enter()?;
                Err(io::Error::other("the words"))
            };
            read().unwrap();
        }
        _ => {}
    }
}

#[test]
fn a_panic_and_an_error_are_said_on_the_screen_of_the_shell() {
    let this = std::env::current_exe().unwrap();
    let arguments = ["--ignored", "--exact", "--nocapture", "--test-threads=1", "ends"];
    for (end, succeeds) in [("panic", false), ("panic elsewhere", true), ("error", false)] {
        let (seen, status) = Pty::start_program(&this, &arguments, &[("RAWI_END", end)]).end();
        assert_eq!(status.success(), succeeds, "{end}: {seen:?}");
        let (_, inside) = seen.split_once("\u{1b}[?1049h").unwrap();
        let (page, after) = inside.split_once("\u{1b}[?1049l").unwrap();
        assert!(!page.contains("the words") && after.contains("the words"), "{end}: {seen:?}");
        assert_eq!(page.contains("the page goes on"), succeeds, "{end}: {seen:?}");
        for (set, unset) in
            [("[8l", "[8h"), ("[1 k", "[0 k"), ("[?25l", "[?25h"), ("[?2004h", "[?2004l"), ("[?1006h", "[?1006l")]
        {
            assert!(page.contains(set) && page.rfind(unset) > page.rfind(set), "{end}: {unset} {page:?}");
        }
        // Out of raw mode: the terminal driver puts the carriage return before each line feed.
        assert!(!after.replace("\r\n", "").contains('\n'), "{end}: {after:?}");
        assert_eq!(seen.matches("\u{1b}[?1049l").count(), 1, "{end}: once");
    }
}
