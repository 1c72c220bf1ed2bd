//! Who may use whom, held by reading the `use crate::` lines of the library. Change the table when a better picture is
//! found, and change the crate docs with it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has to stop")]

use std::{fs, path::Path};

/// A module (or a part of one; the longest match counts), what it may name of the crate, what of other crates is not
/// for it.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("text", &[], &["ratatui", "crossterm", "std::fs"]),
    ("source", &["text"], &["ratatui", "crossterm"]),
    ("arabic", &["text"], &["ratatui", "crossterm", "std::fs"]),
    ("layout", &["text", "arabic"], &["ratatui", "crossterm", "std::fs"]),
    ("annotation", &["text"], &["ratatui", "crossterm", "std::fs"]),
    ("model", &["text", "arabic"], &["ratatui", "crossterm", "std::fs"]),
    ("extract", &["text", "arabic", "model", "annotation"], &["ratatui", "crossterm", "std::fs"]),
    ("eval", &["text", "annotation"], &["ratatui", "crossterm"]),
    ("export", &["text", "annotation"], &["ratatui", "crossterm"]),
    ("store", &["text", "annotation"], &["ratatui", "crossterm"]),
    ("terminal", &["layout"], &["ratatui"]),
    ("tui", &["text", "arabic", "layout", "annotation", "terminal", "tui"], &[]),
    ("tui/app", &["text", "arabic", "layout", "annotation", "tui"], &["ratatui", "crossterm", "std::fs", "std::io"]),
    ("tui/action", &["text", "annotation", "tui"], &["ratatui", "crossterm", "std::fs", "std::io"]),
];

#[test]
fn every_module_names_only_what_the_table_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    visit(&root, &mut |path| {
        let name = path.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
        if name == "lib" || name == "main" || name == "cli" || name.starts_with("cli/") {
            return;
        }
        let inside = |place: &str| name == place || name.starts_with(&format!("{place}/"));
        let Some((place, may, never)) = TABLE.iter().filter(|row| inside(row.0)).max_by_key(|row| row.0.len()) else {
            faults.push(format!("src/{name}.rs has no row in the table"));
            return;
        };
        let own = place.split('/').next().unwrap();
        for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for used in code.split("crate::").skip(1) {
                let used: String =
                    used.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                if !used.is_empty() && used != own && !may.contains(&used.as_str()) {
                    faults.push(format!("src/{name}.rs:{}: {place} may not use {used}", number + 1));
                }
            }
            for word in never.iter().filter(|word| code.contains(&format!("{word}::"))) {
                faults.push(format!("src/{name}.rs:{}: {place} may not use {word}", number + 1));
            }
        }
    });
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn visit(folder: &Path, see: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, see);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            see(&path);
        }
    }
}
