//! Documents made to harm: nothing of theirs reaches the terminal as a command, leads out of a folder, or keeps rawi busy
//! for good. What the terminal gets is taken apart here ([`commands`]) and compared with what a harmless document of the
//! same shape sends: a document may add letters to the output and nothing else.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod in_time;

mod stage;

use in_time::InTime;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rawi::{
    annotation::{
        Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Role,
    },
    extract::{Extractor, RuleTagger},
    layout::{self, Direction, Page},
    source::{self, Options},
    terminal::clipboard,
    text::{Document, Origin, Span},
    tui::{
        app::{App, DocumentEvent, Event, Notice},
        keymap::Key,
        strings::Strings,
    },
};
use stage::Stage;
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// What terminals obey, by every way to say it: C0, escape sequences, C1 as characters, what turns text round.
const COMMANDS: &[&str] = &[
    "\u{1b}]0;TITLE\u{7}",
    "\u{1b}]52;c;cm0gLXJm\u{1b}\\",
    "\u{1b}]8;;http://x.example\u{1b}\\",
    "\u{1b}]1337;File=:AA\u{7}",
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}[6n",
    "\u{1b}[?1049l",
    "\u{1b}[5i",
    "\u{1b}c",
    "\u{1b}#8",
    "\u{1b}P$qm\u{1b}\\",
    "\u{1b}_Gf=24;AAAA\u{1b}\\",
    "\u{1b}^x\u{1b}\\",
    "\u{1b}X y\u{1b}\\",
    "\u{9b}2J",
    "\u{9d}0;TITLE\u{9c}",
    "\u{90}q\u{9c}",
    "\u{8d}",
    "\u{85}",
    "\u{98}z\u{9c}",
    "\u{9f}a\u{9c}",
    "\u{7}",
    "\u{8}\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{e}",
    "\u{f}",
    "\u{5}",
    "\u{1a}",
    "\u{7f}",
    "\r\u{1}",
    "\u{202a}",
    "\u{202b}",
    "\u{202d}",
    "\u{202e}",
    "\u{2066}",
    "\u{2067}",
    "\u{2068}",
    "\u{202c}\u{202c}",
    "\u{2069}\u{2069}",
    "\u{61c}",
    "\u{200e}",
    "\u{200f}",
    "\u{e0041}\u{e007f}",
    "\u{feff}",
    "\u{fff9}\u{fffb}",
];

/// A text with every one of them between letters.
fn hostile() -> String {
    COMMANDS.iter().map(|command| format!("قال{command}سامر ")).collect()
}

/// The same text without them.
fn harmless() -> String {
    "قالسامر ".repeat(COMMANDS.len())
}

/// What an output does besides showing letters, each thing once: `CSI ?h`, `OSC 52`, `C1 9b`, `TURN 202e`.
fn commands(output: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(output).into_owned();
    let (mut letters, mut found) = (text.chars().peekable(), BTreeSet::new());
    while let Some(letter) = letters.next() {
        let turns =
            matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        match letter {
            '\u{1b}' => match letters.next().unwrap_or(' ') {
                '[' => {
                    let mut name = String::new();
                    for letter in letters.by_ref() {
                        if !matches!(letter, '0'..='9' | ';' | ':') {
                            name.push(letter);
                        }
                        if ('@'..='~').contains(&letter) {
                            break;
                        }
                    }
                    found.insert(format!("CSI {name}"));
                }
                kind @ (']' | 'P' | 'X' | '^' | '_') => {
                    let mut string = String::new();
                    while let Some(letter) = letters.next_if(|letter| !matches!(letter, '\u{7}' | '\u{1b}')) {
                        string.push(letter);
                    }
                    let name = if kind == ']' { string.split(';').next().unwrap_or_default() } else { &string };
                    found.insert(format!("STRING {kind} {name}"));
                    if letters.next() == Some('\u{1b}') {
                        letters.next();
                    }
                }
                other => drop(found.insert(format!("ESC {other}"))),
            },
            '\n' | '\r' | '\t' => {}
            _ if letter.is_control() => drop(found.insert(format!("CONTROL {:x}", u32::from(letter)))),
            _ if turns => drop(found.insert(format!("TURN {:x}", u32::from(letter)))),
            _ => {}
        }
    }
    found
}

#[test]
fn output_is_taken_apart() {
    let found = commands("a\u{1b}[?25l\u{1b}[1;2H\u{1b}]52;c;AA\u{1b}\\ب\u{9b}2J\u{202e}\u{1b}7\u{7}".as_bytes());
    let told = ["CONTROL 7", "CONTROL 9b", "CSI ?l", "CSI H", "ESC 7", "STRING ] 52", "TURN 202e"];
    assert_eq!(found, told.map(String::from).into());
}

/// Everything the program sends to a terminal while these keys are pressed, each after the screen shows `signs` of the
/// key before.
fn session(folder: &Path, arguments: &[&str], keys: &[&str]) -> Vec<u8> {
    let size = PtySize { rows: 24, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rawi"));
    command.args(arguments);
    command.cwd(folder);
    command.env_clear();
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("HOME", folder.to_str().unwrap())] {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let output = Arc::new(Mutex::new(Vec::new()));
    let (reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let taken = Arc::clone(&output);
    let drain = thread::spawn(move || {
        in_time::each_output(reader, |bytes| taken.lock().unwrap().extend_from_slice(bytes));
    });
    let start = Instant::now();
    // It has drawn what it wants to draw when nothing has come for a while.
    let quiet = || {
        let mut before = usize::MAX;
        loop {
            let now = output.lock().unwrap().len();
            if now == before && now > 0 {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "it never comes to rest");
            before = now;
            thread::sleep(Duration::from_millis(250));
        }
    };
    if !keys.is_empty() {
        while !output.lock().unwrap().windows(3).any(|three| three == b"\x1b[c") {
            assert!(start.elapsed() < Duration::from_secs(60), "it asks who the terminal is");
            thread::sleep(Duration::from_millis(5));
        }
        writer.write_all(b"\x1b[?62c").unwrap();
        quiet();
    }
    for key in keys {
        writer.write_all(key.as_bytes()).unwrap();
        quiet();
    }
    in_time::pty_ended_in_time(child.as_mut());
    drop((writer, pair.master));
    drain.join().unwrap();
    let output = output.lock().unwrap();
    output.clone()
}

/// Text, panel, list of documents, search with a paste, copying, the dialog of exports, help; then out.
const KEYS: &[&str] = &[
    "\tj",
    "\r",
    "n",
    "\x1b",
    "d",
    "\x1b",
    "/",
    "\x1b[200~قالسامر\x1b[201~",
    "\r",
    "y",
    "e",
    "\x1b",
    "?",
    "\x1b",
    "G",
    "q",
];

/// The article with a text between the names, so that the panel shows people and quotes.
fn article(between: &str) -> String {
    format!("{between}\nقال وزير النقل سامر العلي{between} في بيان: «العمل {between} اكتمل».\n{between}\n")
}

#[test]
fn a_document_sends_the_terminal_nothing_but_letters() {
    let (bad, good) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let name = "a\u{1b}]0;TITLE\u{7}\u{9b}2J\u{202e}\n\u{8}.txt";
    fs::write(bad.path().join(name), article(&hostile())).unwrap();
    fs::write(good.path().join("a.txt"), article(&harmless())).unwrap();
    let allowed = commands(&session(good.path(), &["a.txt"], KEYS));
    assert!(allowed.len() > 5 && !allowed.iter().any(|command| command.starts_with("TURN")), "{allowed:?}");
    let sent = commands(&session(bad.path(), &[name], KEYS));
    assert_eq!(sent.difference(&allowed).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn results_and_messages_are_letters_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}]0;TITLE\u{7}\u{9b}2J\u{202e}.txt";
    fs::write(folder.path().join(name), article(&hostile())).unwrap();
    let page = format!("<html><body><p>{}</p></body></html>", hostile());
    fs::write(folder.path().join("a.html"), page).unwrap();
    fs::write(folder.path().join("broken.docx"), b"PK\x03\x04 word/ \x1b]0;TITLE\x07").unwrap();
    fs::write(folder.path().join("broken.xml"), "<rss></\u{1b}]0;TITLE\u{7}\u{202e}>").unwrap();
    let odd = "--\u{1b}]0;TITLE\u{7}\u{202e}";
    let formats = ["json", "csv", "brat"];
    let mut runs: Vec<Vec<&str>> = formats.iter().map(|format| vec!["export", name, "--format", format]).collect();
    runs.extend([vec!["extract", name], vec!["extract", name, "a.html", "broken.xml", "broken.docx", "none\u{1b}[2J"]]);
    runs.extend([
        vec!["print", "--no-pager", "--color", "never", name],
        vec!["print", "broken.xml"],
        vec!["extract", odd],
        vec![odd],
    ]);
    runs.extend([
        vec!["export", name, "--format", "\u{9b}2J"],
        vec!["export", "a.html", "--format", "csv", "-o", "no/\u{1b}c"],
    ]);
    for arguments in runs {
        let sent = commands(&session(folder.path(), &arguments, &[]));
        // The progress line clears itself; a page on a terminal asks the terminal what it needs.
        let questions = ["CSI $p", "CSI >q", "CSI ?$p", "CSI ?u", "CSI c", "STRING ] 11"];
        let asks: &[&str] = if arguments[0] == "print" { &questions } else { &[] };
        let left: Vec<_> =
            sent.iter().filter(|command| *command != "CSI K" && !asks.contains(&command.as_str())).collect();
        assert_eq!(left, [""; 0], "{arguments:?}");
    }
}

#[test]
fn a_pipe_gets_the_text_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "قال\u{9b}2J\u{202e}").unwrap();
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_rawi"))
        .args(["extract", "a.txt"])
        .current_dir(folder.path())
        .output_in_time();
    let value: serde_json::Value = serde_json::from_slice(&command.stdout).unwrap();
    assert_eq!(value["text"], "قال\u{9b}2J\u{202e}");
}

/// Names, roles, notes, labels and messages that nobody checked, in every part of the screen.
#[test]
fn names_cannot_command_either() {
    let text = hostile();
    let entity = |id, kind| Entity {
        id: EntityId(id),
        kind,
        name: text.clone(),
        aliases: vec![text.clone()],
        roles: vec![Role { text: text.clone(), span: Span::new(0, 6), confidence: 1.0 }],
        provenance: Provenance::Model,
        note: Some(text.clone()),
    };
    let mention = |id, entity| Mention {
        id: MentionId(id),
        entity: EntityId(entity),
        span: Span::new(0, text.find(' ').unwrap()),
        confidence: 0.1,
        link_confidence: 0.1,
        provenance: Provenance::Model,
        note: Some(text.clone()),
    };
    let quote = Quote {
        id: QuoteId(1),
        kind: QuoteKind::Direct,
        span: Span::new(0, text.len()),
        candidates: Vec::new(),
        speaker: None,
        cue: None,
        confidence: 1.0,
        why: text.clone(),
        provenance: Provenance::Model,
        note: Some(text.clone()),
    };
    let found = Annotations {
        entities: vec![entity(1, Kind::Person), entity(2, Kind::Place), entity(3, Kind::Organization)],
        mentions: vec![mention(1, 1), mention(2, 2), mention(3, 3)],
        quotes: vec![quote],
        ..Annotations::default()
    };
    let documents = || (0..2).map(|_| Arc::new(Document::new(hostile(), article(&hostile()), Origin::default())));
    for strings in [Strings::english(), Strings::arabic()] {
        let mut app = App::new(stage::config(strings), documents().collect(), (110, 40));
        app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found.clone()), 100)));
        let keys = "tab j j enter n esc / x esc f y esc d esc e esc ? esc : esc A t p p A L s o i ] } i v c esc";
        for key in keys.split(' ') {
            app.tell(Event::Key(key.parse::<Key>().unwrap()));
            if matches!(key, "x" | "y") {
                app.tell(Event::Paste(hostile()));
            }
            if key == "o" {
                app.tell(Event::Notice(Notice { text: hostile(), fault: true }));
            }
            for cell in &stage::drawn(&app).content {
                assert!(commands(cell.symbol().as_bytes()).is_empty(), "after {key}: {:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn the_clipboard_gets_no_command() {
    assert_eq!(commands(clipboard::copy(&hostile()).unwrap().as_bytes()), BTreeSet::from(["STRING ] 52".to_owned()]));
    let plain = clipboard::plain(&hostile());
    assert!(!plain.contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t')));
}

/// The order that is shown is that of the letters: an override shows as a sign and turns nothing round.
#[test]
fn overrides_are_seen() {
    let options = layout::Options { invisibles: true, ..layout::Options::default() };
    for control in ['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}'] {
        let text = format!("a{control}b");
        let laid = layout::paragraph(&text, 0, &options, &[]);
        let cells: Vec<String> = laid.row(0).unwrap().cells().map(|cell| cell.symbol.to_owned()).collect();
        assert_eq!(cells.len(), 3, "{control:?} has a cell of its own: {cells:?}");
        assert!(!cells.concat().contains(control));
    }
    assert!(layout::has_bidi_overrides("a\u{202e}b") && layout::has_bidi_overrides("\u{202d}"));
}

/// The first and the last screen of texts that are one long line, one letter with a million marks, a million controls.
#[test]
fn shapes_of_text_that_cost_much_cost_little() {
    let marks = format!("ب{}", "\u{651}\u{64b}".repeat(1 << 20));
    let deep = format!("{}ا{}", "\u{2067}".repeat(1 << 20), "\u{2069}".repeat(1 << 20));
    let brackets = format!("ا{}{}", "(".repeat(1 << 20), ")".repeat(1 << 20));
    let shapes = [
        ("one line", "كلمة ".repeat(8 << 20)),
        ("one word", "ب".repeat(8 << 20)),
        ("lam without end", "ل".repeat(4 << 20)),
        ("marks", marks),
        ("isolates", deep),
        ("overrides", "\u{202e}\u{202c}".repeat(1 << 20)),
        ("brackets", brackets),
        ("joiners", "ب\u{200d}".repeat(1 << 20)),
        ("flags", "🇸".repeat(1 << 20)),
        ("line ends", "\r".repeat(4 << 20)),
        ("empty lines", "\n".repeat(8 << 20)),
        ("tabs", "\t".repeat(4 << 20)),
    ];
    for (name, text) in shapes {
        let document = Document::new(name, text, Origin::default());
        let page = Page::new(layout::Options { direction: Direction::AutoRtl, ..layout::Options::default() });
        for top in [0, document.text().len() / 2, page.end(&document, 24)] {
            let shown = page.visible(&document, top, 24);
            assert!(!shown.is_empty(), "{name}");
            // What is sent for a cell is bounded too, whatever hangs on its letter.
            let cells = shown.iter().filter_map(|placed| placed.row()).flat_map(|row| row.cells().collect::<Vec<_>>());
            assert!(cells.into_iter().all(|cell| cell.symbol.len() < 64), "{name}");
        }
    }
}

#[test]
fn a_name_in_json_lines_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    let id = "../escaped";
    fs::write(inside.join("a.jsonl"), format!("{{\"id\": \"{id}\", \"text\": \"قال سامر.\"}}\n")).unwrap();
    session(&inside, &["a.jsonl"], &["e", "\r", "\r", "\x1b", "q"]);
    let names = |path: &Path| {
        let mut names: Vec<String> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    };
    assert_eq!(names(folder.path()), ["inside"]);
    assert_eq!(names(&inside), ["_escaped.json", "a.jsonl"]);
}

#[test]
fn names_of_inputs_lead_nowhere_from_the_folder_of_results() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("in/..x")).unwrap();
    fs::write(folder.path().join("in/..x/a.txt"), "قال سامر.").unwrap();
    fs::write(folder.path().join("in/b.txt"), "قال سامر.").unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("in/link")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rawi"));
        command.args(arguments).current_dir(folder.path().join("in")).output_in_time()
    };
    // The folder is named by way of its parent; its results still lie under its own name.
    let output = run(&["extract", "../in/../in", "--out", "../out"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("out/b.txt.jsonl").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    // A document of a name that is a path is read by that path and no other.
    let error = source::read("in/../../nothing-here", &Options::default()).unwrap_err();
    assert!(error.to_string().ends_with("no such file"));
}

/// The same shapes and worse, looked through for names and quotes: the time grows with the text and not with its square.
#[test]
fn shapes_of_text_that_cost_much_are_looked_through() {
    let size = 1 << 20;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let nested = |open: &str, close: &str| format!("قال سامر {}نعم{}", fill(open), fill(close));
    let shapes = [
        ("one word", fill("ب")),
        ("marks", format!("ب{}", fill("\u{651}"))),
        ("quotes that open", fill("«قال ")),
        ("quotes that close", fill("قال» ")),
        ("quotes in quotes", nested("«", "»")),
        ("straight quotes", fill("\"قال ")),
        ("brackets", nested("(", ")")),
        ("one name", fill("سامر العلي ")),
        ("names of one line", fill("قال الوزير سامر العلي إن هدى السالم في تونس وقالت ")),
        ("names of many lines", fill("قال الوزير سامر العلي.\n")),
        ("verbs", fill("قال ")),
        ("that", fill("أن ")),
        ("and", fill("و")),
        ("commas", fill("،")),
        ("ends", fill(". ")),
        ("lines", fill("\n")),
        ("returns", fill("\r")),
        ("isolates", fill("\u{2067}")),
        ("letters of a list", (0..size / 12).map(|number| format!("سامر{number} ")).collect()),
    ];
    let extractor = Extractor::new(RuleTagger);
    for (name, text) in shapes {
        let (document, begun) = (Document::new(name, text, Origin::default()), Instant::now());
        let found = extractor.extract(&document).unwrap();
        let took = begun.elapsed();
        eprintln!(
            "{name}: {} bytes, {took:?}, {} mentions, {} quotes",
            document.text().len(),
            found.mentions.len(),
            found.quotes.len()
        );
        assert!(took < Duration::from_secs(60), "{name}: {took:?}");
    }
}
