//! The shape of the source tree: who may use whom, no circles between files, no file and no type that nobody can hold in
//! mind. Change the table when a better picture is found, and change the crate docs with it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot read the tree has to stop"
)]

#[path = "architecture/displays.rs"]
mod displays;
#[path = "architecture/tree.rs"]
mod tree;
#[path = "architecture/waits.rs"]
mod waits;

use std::{collections::BTreeMap, path::Path};
use tree::{Tree, circles, read_file};

/// A module (or a part of one; the longest match counts), what it may name of the crate, what of other crates is not
/// for it.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("text", &[], &["ratatui", "crossterm", "std::fs"]),
    ("files", &["text"], &["ratatui", "crossterm"]),
    ("source", &["text", "arabic", "files"], &["ratatui", "crossterm"]),
    ("arabic", &["text"], &["ratatui", "crossterm", "std::fs"]),
    ("layout", &["text", "arabic"], &["ratatui", "crossterm", "std::fs"]),
    ("annotation", &["text"], &["ratatui", "crossterm", "std::fs"]),
    ("model", &["text", "arabic"], &["ratatui", "crossterm", "std::fs"]),
    ("extract", &["text", "arabic", "model", "annotation"], &["ratatui", "crossterm", "std::fs"]),
    ("identity", &["text", "arabic", "annotation"], &["ratatui", "crossterm", "std::fs"]),
    ("library", &["text", "arabic", "annotation", "identity", "files"], &["ratatui", "crossterm"]),
    ("check", &["text", "arabic", "annotation", "library"], &["ratatui", "crossterm", "std::fs"]),
    ("eval", &["text", "annotation"], &["ratatui", "crossterm"]),
    ("export", &["text", "annotation", "library", "check"], &["ratatui", "crossterm", "std::fs"]),
    ("store", &["text", "arabic", "annotation", "files"], &["ratatui", "crossterm"]),
    ("terminal", &["text", "layout"], &["ratatui"]),
    ("tui", &["text", "arabic", "layout", "annotation", "identity", "library", "check", "terminal", "tui"], &[]),
    (
        "tui/app",
        &["text", "arabic", "layout", "annotation", "identity", "library", "check", "tui"],
        &["ratatui", "crossterm", "std::fs", "std::io"],
    ),
    ("tui/action", &["text", "annotation", "tui"], &["ratatui", "crossterm", "std::fs", "std::io"]),
];

/// The most lines of a file, and the most methods of a type.
const LINES: usize = 400;
const METHODS: usize = 30;

fn tree() -> Tree {
    Tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn every_module_names_only_what_the_table_allows() {
    let mut faults = Vec::new();
    for file in tree().0.values() {
        let name = &file.name;
        if name == "lib" || name == "cli" || name.starts_with("cli/") {
            continue;
        }
        let inside = |place: &str| name == place || name.starts_with(&format!("{place}/"));
        let Some((place, may, never)) = TABLE.iter().filter(|row| inside(row.0)).max_by_key(|row| row.0.len()) else {
            faults.push(format!("src/{name}.rs has no row in the table"));
            continue;
        };
        let own = place.split('/').next().unwrap();
        for named in &file.named {
            match named.path.split_first() {
                Some((first, rest)) if first == "crate" => {
                    let used = rest.first().map_or(own, String::as_str);
                    if used != own && !may.contains(&used) {
                        faults.push(format!("src/{name}.rs:{}: {place} may not use {used}", named.line));
                    }
                }
                _ => {
                    // Tests may read and write files.
                    if named.in_tests || file.for_tests {
                        continue;
                    }
                    let whole = named.path.join("::");
                    let word = |word: &&&str| whole == **word || whole.starts_with(&format!("{word}::"));
                    if let Some(word) = never.iter().find(word) {
                        faults.push(format!("src/{name}.rs:{}: {place} may not use {word}", named.line));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let tree = tree();
    let edges = tree.edges();
    let faults: Vec<String> = circles(&edges)
        .into_iter()
        .map(|circle| {
            let inside = |file: &&str| {
                let targets = edges[*file].iter().filter(|target| circle.contains(target));
                format!("  {file} -> {}", targets.copied().collect::<Vec<_>>().join(", "))
            };
            circle.iter().map(inside).collect::<Vec<_>>().join("\n")
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
}

#[test]
fn files_and_types_can_be_held_in_mind() {
    let tree = tree();
    let long = tree.0.values().filter(|file| file.lines > LINES);
    let long = long.map(|file| format!("src/{}.rs has {} lines", file.name, file.lines));
    let large = tree.methods().into_iter().filter(|(_, count)| *count > METHODS);
    let faults: Vec<String> = long.chain(large.map(|(name, count)| format!("{name} has {count} methods"))).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_test_waits_without_a_limit() {
    let faults = waits::endless(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Every `Display` that is written by hand, and why no text of others passes through it as it is.
const DISPLAYS: &[(&str, &str)] = &[
    ("Counts", "numbers"),
    ("Day", "numbers"),
    ("Entity", "a letter and a number"),
    ("Escaped", "escapes"),
    ("Excerpt", "shows an Escaped"),
    ("Faulty", "a sentence of ours"),
    ("Isolated", "a value on the screen, whose cells hold no control character (tests/injection.rs)"),
    ("Key", "keys' names as the configuration has them; only ever shown on the screen"),
    ("Label", "names of ours"),
    ("Report", "numbers and words of ours"),
    ("Scores", "numbers"),
];

/// Names of files, words of documents, sentences of other libraries: an error shows them escaped.
#[test]
fn no_display_shows_a_text_of_others_as_it_is() {
    let mut faults = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for name in tree().0.keys() {
        let text = std::fs::read_to_string(root.join(name).with_extension("rs")).unwrap();
        faults.extend(displays::faults(name, &text, DISPLAYS));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    let seen = displays::faults(
        "x",
        "#[derive(Error)] enum E { #[error(\"{0}: {n} {}\", .0)] A(String, usize), #[error(\"{1}\")] B(u8, u32) }
         impl fmt::Display for Word {}
         #[derive(Error)] #[error(\"{}: {count}\", Escaped(path.display()))] struct F { path: PathBuf, count: usize }",
        DISPLAYS,
    );
    assert_eq!(seen.len(), 4, "{seen:?}");
}

/// Standard error has one door, `cli::tell`, which escapes. A session tells of panics itself, escaped too, and a batch
/// asks whether standard error is the file that it reads.
#[test]
fn standard_error_is_written_to_in_one_place() {
    let doors = ["cli/tell", "terminal/session", "cli/extract/inputs"];
    let tree = tree();
    let other = tree.0.values().filter(|file| !file.for_tests && !doors.contains(&file.name.as_str()));
    let faults: Vec<String> = other
        .flat_map(|file| {
            let named = file.named.iter().filter(|named| !named.in_tests);
            let named = named.filter(|named| named.path.ends_with(&["io".to_owned(), "stderr".to_owned()]));
            named.map(|named| format!("src/{}.rs:{}: say it through cli::tell", file.name, named.line))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The test sees what it looks for: grouped and renamed imports, paths in code and in macros, re-exports.
#[test]
fn the_reader_of_the_tree_sees_circles_and_imports() {
    let files = [
        ("lib", "mod a; mod b; mod c;"),
        ("a", "pub use x::Thing; mod x; mod y;"),
        ("a/x", "use super::{y as other, super::b::{self as bee, Two}}; pub struct Thing; fn f() { other::g(); }"),
        ("a/y", "pub fn g() { println!(\"{}\", crate::a::Thing); }"),
        ("b", "pub struct Two; #[cfg(test)] mod tests { use crate::c::C; }"),
        ("c", "pub struct C(crate::b::Two); impl C { fn one(&self) {} fn two(&self) {} }"),
    ];
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("a")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(format!("{name}.rs")), text).unwrap();
    }
    let tree = Tree::read(folder.path());
    let edges: BTreeMap<&str, Vec<&str>> =
        tree.edges().into_iter().map(|(file, others)| (file, others.into_iter().collect())).collect();
    assert_eq!(edges["a/x"], ["a/y", "b"]);
    assert_eq!(edges["a/y"], ["a/x"], "through the re-export");
    assert_eq!(edges["b"], [""; 0], "tests do not count");
    assert_eq!(edges["c"], ["b"]);
    assert_eq!(circles(&tree.edges()), [vec!["a/x", "a/y"]]);
    assert_eq!(tree.methods()["c::C"], 2);
    let grouped = read_file("g".to_owned(), "use std::{fs, io::{self, Read as R}};");
    let named: Vec<String> = grouped.named.iter().map(|named| named.path.join("::")).collect();
    assert_eq!(named, ["std::fs", "std::io", "std::io::Read"]);
}
