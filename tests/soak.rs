//! The reader under random keys, mouse, pastes and resizes, on random documents: no panic, nothing on the screen that is
//! a command, memory that stays flat. The same keys every time; `RAWI_SOAK=3600 cargo test --release --test soak` goes on
//! for that many seconds a test, with `RAWI_SOAK_SEED` for other keys.

#![cfg(unix)]
#![expect(
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot go on has to stop, and says where it was"
)]

mod collection;
mod in_time;
mod stage;

use collection::Collection;
use in_time::InTime;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rawi::{
    export::Format as Export,
    extract::{Extractor, RuleTagger},
    layout::{self, Order, Shaping},
    terminal::clipboard,
    text::{Document, Origin},
    tui::{
        action::{Action, LibraryAction},
        app::{
            App, Config, DocumentEvent, Effect, Event, Format, Mouse, Notice, Pointer,
            document::{Persistence, Remembered},
        },
        keymap::{Code, Key},
        strings::Strings,
    },
};
use stage::Stage;
use std::{
    env, fs,
    io::{self, Write},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        Self(env::var("RAWI_SOAK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// How long a test goes on: so many sessions, or as long as was asked for.
fn time_is_up(start: Instant, sessions: usize, enough: usize) -> bool {
    let asked = env::var("RAWI_SOAK").ok().and_then(|seconds| seconds.parse().ok());
    asked.map_or(sessions >= enough, |seconds| start.elapsed() >= Duration::from_secs(seconds))
}

/// Memory of a process in KiB; 0 where the system does not say, which RAWI_STRICT does not let pass.
fn memory(process: &str) -> usize {
    let said = env::var_os("RAWI_STRICT").is_none() || Path::new("/proc/self/status").exists();
    assert!(said, "there is no /proc here: nobody says how much memory is used");
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

const WORDS: &[&str] = &[
    "قال",
    "وأضاف",
    "الوزير",
    "سامر العلي",
    "هدى السالم",
    "في",
    "بلدة",
    "وادي الزيتون",
    "«العمل",
    "اكتمل»",
    "\"نعم\"",
    "،",
    "12%",
    "٣٤٥",
    "Delta",
    "(90)",
    "بَّ",
    "لا",
    "ﷲ",
    "شركة",
    "رئيسة البلدية",
    "إن",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ". ",
    "👍🏽",
    "一語",
    "\u{202e}",
    "\u{2067}",
    "\u{200f}",
    "\u{1b}[2J",
    "\u{9b}31m",
    "\u{7}",
    "\u{0}",
    "\u{feff}",
    "\u{fffd}",
    "\u{64b}",
];

fn words(dice: &mut Dice, count: usize) -> String {
    let mut text = String::new();
    for _ in 0..count {
        text.push_str(dice.of(WORDS));
        match dice.below(60) {
            0 => text.push_str(&"ه".repeat(300)),
            1 => text.push_str(&"\u{651}".repeat(40)),
            2..20 => {}
            _ => text.push(' '),
        }
    }
    text
}

fn document(dice: &mut Dice) -> Arc<Document> {
    let size = dice.of(&[0, 1, 30, 300, 1500]);
    Arc::new(Document::new(words(dice, 3), words(dice, size), Origin::default()))
}

const CODES: &[Code] = &[
    Code::Enter,
    Code::Esc,
    Code::Tab,
    Code::Backspace,
    Code::Delete,
    Code::Up,
    Code::Down,
    Code::Left,
    Code::Right,
    Code::PageUp,
    Code::PageDown,
    Code::Home,
    Code::End,
    Code::Function(1),
    Code::Function(9),
];

fn key(dice: &mut Dice) -> Key {
    let code = match dice.below(10) {
        0..6 => Code::Char(char::from(b'!' + dice.below(94) as u8)),
        6 => Code::Char(dice.of(&['ش', 'ذ', 'ل', 'ا', '؟', 'é', ' ', '\u{202e}'])),
        _ => dice.of(CODES),
    };
    Key { code, control: dice.below(12) == 0, alt: dice.below(20) == 0, shift: dice.below(20) == 0 }
}

fn event(dice: &mut Dice, app: &App, extractor: &Extractor) -> Event {
    let count = app.documents.all().len();
    match dice.below(100) {
        0..8 => Event::Resize(dice.of(&[0, 1, 2, 7, 40, 80, 81, 133, 250]), dice.of(&[0, 1, 2, 5, 24, 25, 60])),
        8..18 => {
            let pointer =
                dice.of(&[Pointer::Press, Pointer::Drag, Pointer::Release, Pointer::WheelUp, Pointer::WheelDown]);
            Event::Mouse(Mouse { pointer, column: dice.below(260) as u16, row: dice.below(70) as u16 })
        }
        18..21 => {
            let count = dice.below(6);
            Event::Paste(words(dice, count))
        }
        21..28 => Event::Act(dice.of(Action::ALL)),
        28 => {
            let number = dice.below(count + 1);
            let found = app.documents.all().get(number).map(|opened| extractor.extract(&opened.document).unwrap());
            let mut found = found.unwrap_or_default();
            if dice.below(3) == 0 {
                found.mentions.truncate(dice.below(9));
                found.quotes.truncate(dice.below(3));
            }
            Event::Document(number, DocumentEvent::Found(Box::new(found), dice.below(101) as u8))
        }
        29 => match dice.below(4) {
            0 => {
                let (number, more) = (dice.below(count), document(dice));
                let opened = app.documents.all().get(number);
                let known = opened.map(|opened| opened.document.text().to_owned()).unwrap_or_default();
                Event::Document(
                    number,
                    DocumentEvent::Loaded(Arc::new(Document::new("whole", known + more.text(), Origin::default()))),
                )
            }
            1 => Event::Document(dice.below(count + 1), DocumentEvent::Loading),
            2 => Event::Document(dice.below(count), DocumentEvent::Found(Box::default(), 100)),
            _ => Event::Notice(Notice { text: words(dice, 4), fault: true }),
        },
        _ => Event::Key(key(dice)),
    }
}

fn config(dice: &mut Dice) -> Config {
    let strings = if dice.below(2) == 0 { Strings::english() } else { Strings::arabic() };
    let format = |format: &Export| Format { name: format.name().to_owned(), ending: format.extension().to_owned() };
    Config {
        layout: layout::Options { shaping: dice.of(&[Shaping::Forms, Shaping::None]), ..Default::default() },
        order: dice.of(&[Order::Visual, Order::Logical, Order::LogicalMirrored, Order::Kitty]),
        formats: Export::ALL.iter().map(format).collect(),
        ..stage::config(strings)
    }
}

fn draw(app: &App) {
    // Where the terminal reorders by itself, the reader sends isolates and overrides of its own.
    let own = app.config.order != Order::Visual;
    for cell in &stage::drawn(app).content {
        let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let command = |letter: char| letter.is_control() || (turns(letter) && !own);
        assert!(!cell.symbol().contains(command), "{:?}", cell.symbol());
    }
}

/// Says where it was when something panics.
struct Where(usize, usize);

impl Drop for Where {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("in session {}, step {}", self.0, self.1);
        }
    }
}

#[test]
fn random_keys_never_break_the_reader_and_cost_no_memory() {
    let (start, mut dice, mut at) = (Instant::now(), Dice::new(), Where(0, 0));
    let extractor = Extractor::new(RuleTagger);
    let (mut early, mut steps) = (0, 0_u64);
    while !time_is_up(start, at.0, 6) {
        let documents = (0..=dice.below(3)).map(|_| document(&mut dice)).collect();
        let mut app = App::new(config(&mut dice), documents, (80, 24));
        for number in 0..app.documents.all().len() {
            let nothing = Remembered { persistence: Persistence::Session, ..Remembered::default() };
            app.tell(Event::Document(number, DocumentEvent::Remembered(Box::new(nothing))));
        }
        for step in 0..400 {
            at.1 = step;
            let event = event(&mut dice, &app, &extractor);
            let after = format!("{event:.200?}");
            for effect in app.handle(event) {
                match effect {
                    Effect::Copy(text) => drop(clipboard::copy(&text)),
                    Effect::Export { document, format, .. } | Effect::Preview(document, format) => {
                        let opened = app.documents.all().get(document).unwrap();
                        let format = Export::named(&format).unwrap();
                        format.write(&opened.document, &opened.annotations, &mut io::sink()).unwrap();
                    }
                    Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Look(..) | Effect::Save(_) => {}
                    Effect::Extract(_) | Effect::Library(_) | Effect::OpenAddress(_) => {}
                }
            }
            draw(&app);
            let here = app.documents.here();
            assert!(
                here.document.text().get(here.cursor.range()).is_some(),
                "{:?} in {:?} after {after}",
                here.cursor,
                here.document.text()
            );
            assert!(here.document.text().is_char_boundary(here.top));
        }
        (at.0, steps) = (at.0 + 1, steps + 400);
        // By then everything that is made once has been made.
        if at.0 == 3 || (early > 0 && at.0 == 60) {
            early = memory("self");
        }
    }
    let late = memory("self");
    eprintln!("{steps} steps, {} sessions, {:?}; memory {early} KiB, then {late} KiB", at.0, start.elapsed());
    assert!(late <= early + (48 << 10), "memory grew from {early} to {late} KiB");
}

#[test]
fn random_keys_never_break_the_library() {
    let (start, mut dice, mut at) = (Instant::now(), Dice::new(), Where(0, 0));
    let extractor = Extractor::new(RuleTagger);
    while !time_is_up(start, at.0, 4) {
        // What they are called and what they say is as hostile as it gets.
        let documents: Vec<Document> = (0..5).map(|_| document(&mut dice).as_ref().clone()).collect();
        let mut collection = Collection::of(documents, Extractor::new(RuleTagger));
        let mut app = App::new(Config { library: true, ..config(&mut dice) }, Vec::new(), (80, 24));
        collection.tell(&mut app, Event::Act(LibraryAction::Home.into()));
        for step in 0..400 {
            at.1 = step;
            let event = event(&mut dice, &app, &extractor);
            collection.tell(&mut app, event);
            draw(&app);
            let here = app.documents.here();
            assert!(here.document.text().get(here.cursor.range()).is_some());
        }
        at.0 += 1;
    }
}

/// The memory of a process once it has stopped growing: on a busy machine the model is loaded late.
fn settled(process: &str) -> usize {
    let mut before = memory(process);
    for _ in 0..40 {
        thread::sleep(Duration::from_millis(250));
        let now = memory(process);
        if now <= before + 256 {
            return now;
        }
        before = now;
    }
    before
}

/// Bytes that a keyboard, or somebody who leans on it, sends; not Ctrl-Z, which stops the process for good here.
fn keys(dice: &mut Dice) -> Vec<u8> {
    const SEQUENCES: &[&str] = &[
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[H",
        "\x1b[F",
        "\x1b",
        "\t",
        "\r",
        "\x7f",
        "\x1b[<0;20;9M",
        "\x1b[<0;20;9m",
        "\x1b[<64;9;9M",
        "\x1b[<65;9;9M",
        "\x1b[200~\u{1b}نص\x1b[201~",
        "ش",
        "لا",
        "\x1b[?62c",
        "\x1b[3;4R",
        "\x1b]11;rgb:0/0/0\x1b\\",
        "\x1b[<999;0;0M",
    ];
    match dice.below(3) {
        0 => dice.of(SEQUENCES).as_bytes().to_vec(),
        1 => vec![b' ' + dice.below(95) as u8],
        _ => vec![dice.of(b"jk\x06\x02\x04\x15n]}[{s/fdey:?LTAptgG+-mo'i.,uU")],
    }
}

#[test]
fn the_program_itself_lives_through_random_keys() {
    let (start, mut dice, mut at) = (Instant::now(), Dice::new(), Where(0, 0));
    let folder = tempfile::tempdir().unwrap();
    for number in 0..6 {
        fs::write(folder.path().join(format!("{number}.txt")), &*document(&mut dice).text().replace('\0', "")).unwrap();
    }
    fs::write(folder.path().join("f.html"), "<html><body><h1>أ</h1><p>قال سامر العلي: «نعم».</body></html>").unwrap();
    let listed = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let own = listed(folder.path());
    let (mut keys_sent, mut grown) = (0_u64, 0);
    while !time_is_up(start, at.0, 2) {
        // What was exported would be articles of the next run, and after an hour there would be thousands.
        for more in listed(folder.path()).iter().filter(|path| path.is_file() && !own.contains(path)) {
            fs::remove_file(more).unwrap();
        }
        let size = |rows, cols| PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size(24, 80)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rawi"));
        command.args(["."]);
        command.cwd(folder.path());
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder.path());
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let drain = thread::spawn(move || {
            let mut last = Vec::new();
            in_time::each_output(reader, |bytes| {
                last.extend_from_slice(bytes);
                last.drain(..last.len().saturating_sub(1 << 15));
            });
            last
        });
        writer.write_all(b"\x1b[?62c").unwrap();
        let process = child.process_id().unwrap().to_string();
        let mut early = 0;
        for step in 0..2500 {
            at.1 = step;
            if child.try_wait().unwrap().is_some() {
                break;
            }
            if dice.below(40) == 0 {
                pair.master.resize(size(dice.below(60) as u16, dice.below(200) as u16)).unwrap();
            }
            // A program that has ended reads nothing.
            drop(writer.write_all(&keys(&mut dice)));
            keys_sent += 1;
            // Somebody who types faster than this fills the terminal's own buffer.
            thread::sleep(Duration::from_millis(3));
            if step == 600 {
                early = settled(&process);
            }
        }
        if early > 0 {
            grown = grown.max(memory(&process).saturating_sub(early));
        }
        let mut tries = 0;
        while child.try_wait().unwrap().is_none() {
            // The list of actions has one that stops it, as Ctrl-Z does.
            drop(std::process::Command::new("kill").args(["-s", "CONT", &process]).output_in_time());
            drop(writer.write_all(b"\x1b\x1b"));
            thread::sleep(Duration::from_millis(30));
            drop(writer.write_all(b"q"));
            thread::sleep(Duration::from_millis(30));
            tries += 1;
            // A pasted text whose end got lost in the terminal ends with silence.
            if tries % 50 == 0 {
                thread::sleep(Duration::from_secs(3));
            }
            assert!(tries < 1000, "the program does not end");
        }
        let status = in_time::pty_ended_in_time(child.as_mut());
        drop((writer, pair.master));
        let last = drain.join().unwrap();
        let last = String::from_utf8_lossy(&last);
        let message = last.find("panicked").or_else(|| status.success().then_some(last.len()));
        let message = last.split_at(message.unwrap_or_default()).1;
        assert!(message.is_empty(), "{status:?}: {message:?}");
        at.0 += 1;
    }
    eprintln!("{keys_sent} keys, {} runs, {:?}; grown by at most {grown} KiB in a run", at.0, start.elapsed());
    assert!(grown <= 64 << 10, "memory grew by {grown} KiB");
}
