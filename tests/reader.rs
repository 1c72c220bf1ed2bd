//! The real binary in a pseudo-terminal. It waits for what should be on the screen, never for a time.
//!
//! The screen is in visual order with joined letters: [`seen`] says what a word looks like there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod in_time;

use in_time::{ChildInTime, InTime};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rawi::layout::{self, Order};
use std::{
    io::{Read, Write},
    num::NonZero,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

#[path = "reader/keeping.rs"]
mod keeping;
#[path = "reader/library.rs"]
mod library;
#[path = "reader/settings.rs"]
mod settings;
#[path = "reader/tour.rs"]
mod tour;

/// As long as anything is waited for, on the slowest machine.
const LIMIT: Duration = Duration::from_secs(60);

struct Pty {
    screen: Arc<Mutex<vt100::Parser>>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    /// What the terminal answers when it is asked for its background.
    ground: Arc<Mutex<&'static str>>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    fn start(folder: &Path, args: &[&str]) -> Self {
        Self::start_with(folder, args, &[])
    }

    fn start_with(folder: &Path, args: &[&str], more: &[(&str, &str)]) -> Self {
        Self::start_on("", folder, args, more)
    }

    /// On a terminal that answers so when it is asked for its background.
    fn start_on(ground: &'static str, folder: &Path, args: &[&str], more: &[(&str, &str)]) -> Self {
        let words: Vec<&str> = [env!("CARGO_BIN_EXE_rawi")].into_iter().chain(args.iter().copied()).collect();
        Self::start_by(&words, ground, folder, more)
    }

    /// By the words of a command.
    fn start_by(words: &[&str], ground: &'static str, folder: &Path, more: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(24, 80)).unwrap();
        let mut command = CommandBuilder::from_argv(words.iter().map(Into::into).collect());
        command.cwd(folder);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        command.env("HOME", folder);
        for (name, value) in more {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0)));
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let ground = Arc::new(Mutex::new(ground));
        let (reader, parser, answers, colour) =
            (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen), Arc::clone(&writer), Arc::clone(&ground));
        thread::spawn(move || {
            in_time::each_output(reader, |part| {
                parser.lock().unwrap().process(part);
                // A terminal says what it is when it is asked.
                if part.windows(5).any(|five| five == b"]11;?") {
                    answers.lock().unwrap().write_all(colour.lock().unwrap().as_bytes()).unwrap();
                }
                if part.windows(3).any(|three| three == b"\x1b[c") {
                    answers.lock().unwrap().write_all(b"\x1b[?62c").unwrap();
                }
            });
        });
        Self { screen, writer, ground, master: pair.master, child }
    }

    fn contents(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn press(&self, keys: &str) {
        self.writer.lock().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    fn wait(&self, what: &str, done: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let contents = self.contents();
            if done(&contents) {
                return contents;
            }
            assert!(start.elapsed() < LIMIT, "no {what} on the screen:\n{contents}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn resize(&self, rows: u16, columns: u16) {
        let (high, wide) = (NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap());
        self.screen.lock().unwrap().screen_mut().set_size(high, wide);
        self.master.resize(size(rows, columns)).unwrap();
    }

    /// Waits until the program has ended; one that does not is ended, and what was on its screen is said.
    fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            let late = start.elapsed() > LIMIT;
            if late {
                self.child.kill().unwrap();
            }
            assert!(!late, "the reader goes on:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn leave(mut self) {
        self.press("q");
        let status = self.ended();
        assert!(status.success(), "{status:?}");
        let start = Instant::now();
        while self.screen.lock().unwrap().screen().alternate_screen() {
            assert!(start.elapsed() < LIMIT, "the alternate screen is left");
            thread::sleep(Duration::from_millis(5));
        }
        assert!(!self.screen.lock().unwrap().screen().hide_cursor());
    }
}

/// A text as the screen shows it.
fn seen(text: &str) -> String {
    let laid = layout::line(text, &layout::Options::default());
    let row = laid.row(0).unwrap();
    let glyphs = row.emit(Order::Visual, row.width());
    let mut out = String::new();
    for glyph in glyphs {
        while layout::line(&out, &layout::Options::default()).row(0).unwrap().width() < glyph.column {
            out.push(' ');
        }
        out.push_str(&glyph.symbol);
    }
    out
}

#[test]
fn the_sample_is_read_from_the_first_frame_to_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start(folder.path(), &[]);
    let name = seen("الحمداني");
    pty.wait("text", |screen| screen.contains(&name));
    pty.wait("findings", |screen| screen.contains("? keys"));
    // A person, and their mentions.
    pty.press("\tj");
    pty.wait("detail", |screen| screen.contains("Mentions:"));
    pty.press("\rn");
    pty.wait("second mention", |screen| screen.contains(": 2 of "));
    pty.press("n");
    pty.wait("third mention", |screen| screen.contains(": 3 of "));
    // Search, without caring for hamza.
    pty.press("/الارصفة");
    pty.wait("hits", |screen| screen.contains("matches: ") && !screen.contains("matches: 0"));
    pty.press("\r");
    pty.wait("hit", |screen| screen.contains(": 1 of "));
    // Export.
    pty.press("e");
    pty.wait("dialog", |screen| screen.contains("File: sample.json"));
    pty.press("\r");
    pty.wait("path", |screen| screen.contains("Exported to sample.json"));
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("sample.json")).unwrap()).unwrap();
    assert_eq!(json["schema"], "rawi/1");
    // brat wants two files.
    pty.press("e");
    pty.press(&"\x1b[B".repeat(7));
    pty.wait("dialog", |screen| screen.contains("File: sample.ann"));
    pty.press("\r");
    pty.wait("path", |screen| screen.contains("Exported to sample.ann"));
    let article = std::fs::read_to_string(folder.path().join("sample.txt")).unwrap();
    assert!(article.contains("الحمداني") && folder.path().join("sample.ann").exists());
    // Another size: the hit stays in sight.
    pty.resize(15, 60);
    let hit = seen("الأرصفة");
    pty.wait("hit after the resize", |screen| screen.contains(&hit) && screen.contains(" min left"));
    pty.resize(3, 10);
    pty.press("?");
    pty.resize(24, 80);
    pty.wait("the keys", |screen| screen.contains("Moving"));
    // Escape and what follows it in one breath would be Alt with a key.
    pty.press("\x1b");
    pty.wait("the whole again", |screen| screen.contains("People") && !screen.contains("Moving"));
    pty.leave();
}

#[test]
fn a_folder_is_a_list_of_all_that_can_be_read_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("news");
    std::fs::create_dir(&inside).unwrap();
    let feed = "<rss version='2.0'><channel><title>t</title>\
        <item><title>خبر الشريط الأول</title><description>نص أول.</description></item>\
        <item><title>خبر الشريط الثاني</title><description>نص ثان.</description></item></channel></rss>";
    let files: [(&str, &str); 6] = [
        ("a.txt", "مقال عادي\nقال إلياس رزق إن البحر هادئ.\n"),
        ("b.md", "# مقال مرقوم\n\nقال إلياس رزق إن الميناء مفتوح.\n"),
        ("c.xml", feed),
        ("d.jsonl", "{\"id\": \"سطر\", \"text\": \"مقال في سطر\\nنصه.\"}\n"),
        ("e.bin", "\u{7f}ELF\u{2}\u{1}\0\0\0\0"),
        (".hidden.txt", "لا يظهر"),
    ];
    for (name, text) in files {
        std::fs::write(inside.join(name), text).unwrap();
    }
    let pty = Pty::start(folder.path(), &["news"]);
    pty.wait("findings", |screen| screen.contains("People") && !screen.contains("Looking"));
    pty.press("d");
    for title in ["مقال عادي", "مقال مرقوم", "خبر الشريط الأول", "خبر الشريط الثاني", "مقال في سطر"]
    {
        pty.wait(title, |screen| screen.contains(&seen(title)));
    }
    pty.press("j");
    let name = seen("إلياس رزق");
    pty.wait("who is in both", |screen| screen.contains(&format!("People in both: {name}")));
    pty.press("\r");
    pty.wait("the other article", |screen| screen.contains(&seen("الميناء مفتوح")));
    pty.press("o");
    pty.wait("the first again", |screen| screen.contains(&seen("البحر هادئ")));
    pty.leave();
}

#[test]
fn a_vast_text_is_looked_through_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let filler = "سطر لا اسم فيه ولا اقتباس\n".repeat(400_000);
    let text = format!("{filler}وقال وزير الصحة سامر الحمداني: «لن نغلق المركز».\n");
    assert!(text.len() > 16 << 20);
    std::fs::write(folder.path().join("vast.txt"), text).unwrap();
    let pty = Pty::start(folder.path(), &["vast.txt"]);
    pty.wait("how to ask", |screen| screen.contains("X looks for"));
    pty.press("GX");
    let name = seen("سامر الحمداني");
    let screen = pty.wait("the part", |screen| screen.contains("100% of this text"));
    assert_eq!(screen.matches(&name).count(), 2, "in the text and in the panel:\n{screen}");
    pty.leave();
}

#[test]
fn it_starts_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (1..200).map(|number| format!("السطر رقم {number} من نص طويل.\n")).collect();
    std::fs::write(folder.path().join("long.txt"), lines).unwrap();
    let pty = Pty::start(folder.path(), &["long.txt"]);
    pty.wait("findings", |screen| screen.contains("No names"));
    pty.press("/150");
    pty.wait("hit", |screen| screen.contains("matches: 1"));
    pty.press("\r\t ");
    pty.wait("folded", |screen| screen.contains("▸"));
    pty.leave();
    let pty = Pty::start(folder.path(), &["long.txt"]);
    pty.wait("the place", |screen| screen.contains("150") && screen.contains("▸ People"));
    pty.press("/\x1b[A");
    pty.wait("the earlier search", |screen| screen.contains("Search: 150"));
    pty.press("\x1b");
    pty.wait("the line to close", |screen| !screen.contains("Search: 150"));
    pty.leave();
}

#[test]
fn what_comes_through_a_pipe_is_read_and_the_keys_come_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "خبر من الأنبوب\nقال إلياس رزق إن البحر هادئ.\n").unwrap();
    let pty = Pty::start_by(
        &["/bin/sh", "-c", concat!("/bin/cat a.txt | ", env!("CARGO_BIN_EXE_rawi"))],
        "",
        folder.path(),
        &[],
    );
    let title = seen("خبر من الأنبوب");
    pty.wait("the text", |screen| screen.contains(&title) && screen.contains("People"));
    pty.leave();
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "HUP"] {
        let folder = tempfile::tempdir().unwrap();
        let mut pty = Pty::start(folder.path(), &[]);
        pty.wait("text", |screen| screen.contains("People"));
        let id = pty.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).output_in_time().status.success());
        pty.ended();
        let start = Instant::now();
        while pty.screen.lock().unwrap().screen().alternate_screen() {
            assert!(start.elapsed() < LIMIT, "{signal}");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn without_colour_names_are_told_apart_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start_with(folder.path(), &[], &[("NO_COLOR", "1")]);
    pty.wait("findings", |screen| screen.contains("? keys"));
    let screen = pty.screen.lock().unwrap().screen().clone();
    let cells: Vec<_> = (0..24).flat_map(|row| (0..80).map(move |column| (row, column))).collect();
    let cells = || cells.iter().filter_map(|&(row, column)| screen.cell(row, column));
    assert!(cells().all(|cell| cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default));
    assert!(cells().any(vt100::Cell::bold) && cells().any(vt100::Cell::underline) && cells().any(vt100::Cell::italic));
    drop(screen);
    pty.leave();
}

#[test]
fn suspended_it_gives_the_terminal_back_and_takes_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::start(folder.path(), &[]);
    pty.wait("text", |screen| screen.contains("People"));
    pty.press("\x1a");
    let start = Instant::now();
    while pty.screen.lock().unwrap().screen().alternate_screen() {
        assert!(start.elapsed() < LIMIT, "the alternate screen is left");
        thread::sleep(Duration::from_millis(5));
    }
    let id = pty.child.process_id().unwrap().to_string();
    // It gives the screen back before it stops: what comes between the two continues nothing, so that it is sent again.
    let start = Instant::now();
    while !pty.screen.lock().unwrap().screen().alternate_screen() {
        assert!(start.elapsed() < LIMIT, "the alternate screen again");
        assert!(Command::new("kill").args(["-s", "CONT", &id]).output_in_time().status.success());
        thread::sleep(Duration::from_millis(50));
    }
    pty.wait("the page again", |screen| screen.contains("People"));
    pty.leave();
}

/// The end of a pasted text can get lost in the terminal; silence ends it too, and the keys are keys again.
#[test]
fn a_pasted_text_that_never_ends_does_not_take_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut pty = Pty::start(folder.path(), &[]);
    pty.wait("text", |screen| screen.contains("People"));
    pty.press("\x1b[200~lost");
    let start = Instant::now();
    while pty.child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < LIMIT, "the keyboard is lost:\n{}", pty.contents());
        pty.press("q");
        // Longer than the silence.
        thread::sleep(Duration::from_secs(3));
    }
    assert!(pty.ended().success());
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("binary.txt"), b"\x7fELF\x02\x01\0\0\0\0").unwrap();
    std::fs::write(folder.path().join("a.txt"), "نص").unwrap();
    for (args, reason) in [
        (vec!["print", "missing.txt"], "missing.txt: "),
        (vec!["print", "binary.txt"], "binary.txt: "),
        (vec!["print", "."], ".: "),
        (vec!["print", "--encoding", "klingon", "a.txt"], "klingon"),
        (vec!["a.txt"], "terminal"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_rawi"))
            .args(&args)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output_in_time();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?} {said}");
        assert!(said.contains(reason) && said.lines().count() == 1, "{args:?} {said}");
    }
    let usage = Command::new(env!("CARGO_BIN_EXE_rawi")).arg("--no-such").output_in_time();
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn print_is_plain_in_a_pipe_and_survives_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "قالت سلمى: «نعم».\n".repeat(20_000)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rawi"))
        .args(["print", "--width", "30"])
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 200];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.finished_in_time();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let text = String::from_utf8_lossy(&first).into_owned();
    assert!(text.starts_with(&format!("{}{}", " ".repeat(13), seen("قالت سلمى: «نعم»."))), "{text}");
    assert!(!text.contains('\u{1b}'));
}

/// A picture's text is the article's, in its own order, and nothing in the article is markup.
#[test]
fn a_picture_of_the_page_has_its_text_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let article =
        "خبر <b>مهم</b> & عاجل\n\nقال سامر الحداد: «سنبدأ العمل غدا».\nAn English line.\n\u{202e}</text></p>\n";
    std::fs::write(folder.path().join("a.txt"), article).unwrap();
    for (format, line, end) in [
        ("svg", "direction=\"ltr\">An English line.</text>", "</svg>\n"),
        ("html", "<p dir=\"ltr\">An English line.</p>", "</html>\n"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
        let output = command.current_dir(folder.path()).args(["print", "--format", format, "a.txt"]).output_in_time();
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.contains(line) && page.ends_with(end), "{page}");
        assert!(page.contains("خبر &lt;b&gt;مهم&lt;/b&gt; &amp; عاجل") && !page.contains('\u{202e}'), "{page}");
        let named = page.split('>').find(|part| part.starts_with("سامر الحداد<"));
        assert!(named.is_some(), "the name has a look of its own: {page}");
        let body = page.split_once("</title>").unwrap().1;
        assert_eq!(body.matches("&lt;/text&gt;&lt;/p&gt;").count(), 1, "{page}");
    }
}
