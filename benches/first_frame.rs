//! How long it takes until something can be read: from the start of the process in a pseudo-terminal to the first word
//! of the text, next to `less` in the same run. A text of some 400 words, and one of 100 MiB.
//!
//! `cargo bench --bench first_frame`

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where it cannot go on, and prints")]

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::{
    fs,
    io::{Read, Write},
    path::Path,
    time::{Duration, Instant},
};

const RUNS: usize = 15;

/// From the start of the process to the first of `signs` in its output.
fn once(command: &[&str], signs: &[&str]) -> Duration {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut builder = CommandBuilder::new(command.first().unwrap());
    builder.args(command.get(1..).unwrap());
    builder.env("TERM", "xterm-256color");
    builder.env("LANG", "C.UTF-8");
    builder.env("LESSCHARSET", "utf-8");
    let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(builder).unwrap();
    drop(pair.slave);
    let (mut out, mut bytes, mut answered) = (Vec::new(), [0; 1 << 16], false);
    let took = loop {
        let count = reader.read(&mut bytes).unwrap();
        assert!(count > 0, "it ended: {}", String::from_utf8_lossy(&out));
        out.extend_from_slice(bytes.get(..count).unwrap());
        let text = String::from_utf8_lossy(&out);
        if !answered && text.contains("\x1b[c") {
            writer.write_all(b"\x1b[?62c").unwrap();
            answered = true;
        }
        if signs.iter().any(|sign| text.contains(sign)) {
            break start.elapsed();
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    took
}

fn report(what: &str, path: &Path, signs: &[&str]) {
    let path = path.to_str().unwrap();
    for command in [vec![env!("CARGO_BIN_EXE_rawi"), path], vec!["less", path]] {
        once(&command, signs);
        let mut times: Vec<Duration> = (0..RUNS).map(|_| once(&command, signs)).collect();
        times.sort_unstable();
        let name = if command.len() == 2 && command.first() == Some(&"less") { "less" } else { "rawi" };
        let milliseconds = |at: usize| times.get(at).unwrap().as_secs_f64() * 1000.0;
        println!(
            "{what:<12} {name:<5} median {:>7.1} ms   worst {:>7.1} ms",
            milliseconds(RUNS / 2),
            milliseconds(RUNS - 1)
        );
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let article = include_str!("../assets/sample.txt");
    // The last word of the first line: as it is, and joined and in visual order.
    let sign = ["عاما", "\u{fe8e}\u{fee3}\u{fe8e}\u{fecb}"];
    let small = folder.path().join("article.txt");
    fs::write(&small, article).unwrap();
    report("400 words", &small, &sign);
    let large = folder.path().join("large.txt");
    fs::write(&large, article.repeat((100 << 20) / article.len() + 1)).unwrap();
    report("100 MiB", &large, &sign);
}
