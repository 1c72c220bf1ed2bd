//! Order, mirroring, joining and ligatures against GNU FriBidi, line by line: `fribidi --reordernsm --nobreak --nopad --rtl`
//! and our rows in visual order have to be the same text, after what is done differently on purpose has been made equal.
//! Every such difference is a step of [`theirs`] or [`ours`] with its reason.
//!
//! The lines are those of tests/fribidi/sentences.txt and, where the environment variable RAWI_CORPUS names a file or a
//! folder of `.txt` files, theirs as well.

#![cfg(test)]

mod in_time;

use in_time::ChildInTime;
use rawi::arabic::chars::{LAM, presentation};
use rawi::arabic::shape::{Form, JoiningType, get_joining_type};
use rawi::layout::{Direction, Options, Order, paragraph};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// With this FriBidi fills the second half of a ligature.
const FILLER: char = '\u{FEFF}';

/// What neither is asked about: line ends and tabs, which end a line of the comparison or depend on the column; and
/// the filler.
fn prepared(line: &str) -> String {
    line.chars().map(|letter| if letter.is_control() || letter == FILLER { ' ' } else { letter }).collect()
}

fn ours(line: &str) -> String {
    let options = Options { width: usize::MAX, direction: Direction::Rtl, ..Options::default() };
    let paragraph = paragraph(line, 0, &options, &[]);
    let mut text = String::new();
    for glyph in paragraph.iter().flat_map(|row| row.emit(Order::Visual, 0)) {
        let mut letters: Vec<char> = glyph.symbol.chars().collect();
        let source: Vec<char> = line.get(glyph.source.range()).unwrap().chars().collect();
        if let (Some((alef, lam)), Some(&LAM)) = (letters.first().and_then(|&pair| halves(pair)), source.first()) {
            // We ligate lam and alef with marks between them, they do not: compare the two letters, each with its own.
            let second = source.iter().skip(1).position(|&letter| !is_mark(letter)).unwrap() + 1;
            text.push(alef);
            text.extend(source[second + 1..].iter().filter(|&&mark| is_mark(mark)));
            text.push(lam);
            text.extend(&source[1..second]);
            continue;
        }
        // The ae of Kurdish and Uyghur has no forms; where it joins we draw it as the heh that it looks like.
        if source.first() == Some(&'\u{6D5}') {
            letters[0] = '\u{6D5}';
        }
        text.extend(letters);
    }
    text
}

/// The alef and the lam that a ligature stands for.
fn halves(pair: char) -> Option<(char, char)> {
    let (index, alefs) = ((pair as u32).checked_sub(0xFEF5)?, ['\u{622}', '\u{623}', '\u{625}', '\u{627}']);
    let alef = presentation(*alefs.get(index as usize / 2)?, Form::Final)?;
    Some((alef, presentation(LAM, if index % 2 == 0 { Form::Initial } else { Form::Medial })?))
}

fn is_mark(letter: char) -> bool {
    get_joining_type(letter) == JoiningType::Transparent && !is_invisible(letter)
}

/// Bidi controls, joiners and others that have no cell with us.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}')
        || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | FILLER)
}

fn theirs(line: &str) -> String {
    let mut text = String::new();
    let mut lam = None;
    for (at, letter) in line.char_indices() {
        // A ligature of its making is followed by a filler, one of the text's own is not.
        let after =
            line.get(at + letter.len_utf8()..).unwrap().chars().find(|&after| !is_mark(after) || after == FILLER);
        match letter {
            FILLER => text.extend(lam.take()),
            _ if is_invisible(letter) => {}
            // Number signs: terminals give them no column or one, so we send a stand-in.
            '\u{600}'..='\u{605}' => text.push('#'),
            '\u{6DD}' => text.push('○'),
            // Spaces of all widths are one column.
            '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' => text.push(' '),
            // It leaves the one form of hamza as the letter.
            '\u{621}' => text.push('\u{FE80}'),
            _ => match halves(letter).filter(|_| after == Some(FILLER)) {
                Some((alef, second)) => {
                    text.push(alef);
                    lam = Some(second);
                }
                None => text.push(letter),
            },
        }
    }
    text
}

/// What FriBidi is given: we write a mark that follows white space on a dotted circle of its own, it leaves the mark with
/// the space.
fn circled(line: &str) -> String {
    let mut text = String::new();
    for letter in line.chars() {
        let bare = text.chars().next_back().is_none_or(|before| before.is_whitespace() && before != '\u{A0}');
        if bare && is_mark(letter) {
            text.push('\u{25CC}');
        }
        text.push(letter);
    }
    text
}

fn fribidi(lines: &[String]) -> Option<Vec<String>> {
    let arguments = ["--reordernsm", "--nobreak", "--nopad", "--rtl"];
    let mut program =
        Command::new("fribidi").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = program.stdin.take().unwrap();
    let text = lines.join("\n") + "\n";
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = program.finished_in_time();
    writer.join().unwrap().unwrap();
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

fn corpus(path: &Path, lines: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            corpus(&entry.unwrap().path(), lines);
        }
    } else if path.extension().is_some_and(|ending| ending == "txt") {
        lines.extend(std::fs::read_to_string(path).unwrap().lines().map(str::to_owned));
    }
}

#[test]
fn order_and_forms_agree_with_fribidi() {
    let mut lines = Vec::new();
    corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fribidi"), &mut lines);
    if let Some(path) = std::env::var_os("RAWI_CORPUS") {
        corpus(Path::new(&path), &mut lines);
    }
    // FriBidi's program reads at most 65,000 characters a line.
    let mut lines: Vec<String> = lines.iter().map(|line| prepared(line)).collect();
    lines.retain(|line| !line.trim().is_empty() && line.len() < 65_000);
    let Some(output) = fribidi(&lines.iter().map(|line| circled(line)).collect::<Vec<_>>()) else {
        assert!(
            std::env::var_os("RAWI_STRICT").is_none(),
            "there is no program `fribidi` here (Debian: libfribidi-bin)"
        );
        println!("left out: there is no program `fribidi` here (Debian: libfribidi-bin)");
        return;
    };
    assert_eq!(lines.len(), output.len());
    let mut faults = Vec::new();
    for (line, shown) in lines.iter().zip(&output) {
        let (ours, theirs) = (ours(line), theirs(shown));
        if ours != theirs {
            faults.push(format!("{line}\n  ours   {}\n  theirs {}", escaped(&ours), escaped(&theirs)));
        }
    }
    println!("fribidi: {} lines, {} differ", lines.len(), faults.len());
    assert!(faults.is_empty(), "{}", faults[..faults.len().min(20)].join("\n"));
}

fn escaped(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("{:x} ", letter as u32) })
        .collect()
}
