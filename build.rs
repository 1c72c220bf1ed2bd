//! Says whether there is a model to embed: without `assets/model/rawi.model` the program builds and finds names by rule.
//! And which commit a release is of.

use std::process::Command;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(embedded_model)");
    println!("cargo::rerun-if-changed=assets/model");
    if std::path::Path::new("assets/model/rawi.model").exists() {
        println!("cargo::rustc-cfg=embedded_model");
    }
    println!("cargo::rustc-env=RAWI_MAKER={}", maker());
    println!("cargo::rustc-env=RAWI_COMMIT={}", commit().map(|commit| format!(" ({commit})")).unwrap_or_default());
}

/// The commit, where git is at hand; of a release only, so that other builds are not made anew for each commit.
fn commit() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
    };
    if std::env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return None;
    }
    // A folder above that is a repository of something else says nothing about this one.
    let here = std::fs::canonicalize(".").ok()?;
    if std::fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()? != here {
        return None;
    }
    println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    git(&["rev-parse", "--short=7", "HEAD"])
}

/// A number for what finds names and quotes: the sources of the rules, the lists and the model. A library looks through
/// a document again when another number did it.
fn maker() -> String {
    let mut files = Vec::new();
    for folder in ["src/extract", "src/arabic", "src/model", "assets"] {
        println!("cargo::rerun-if-changed={folder}");
        visit(std::path::Path::new(folder), &mut files);
    }
    files.sort();
    let mut hasher = std::hash::DefaultHasher::new();
    for file in files {
        std::hash::Hash::hash(&std::fs::read(file).unwrap_or_default(), &mut hasher);
    }
    format!("{:016x}", std::hash::Hasher::finish(&hasher))
}

fn visit(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { visit(&path, files) } else { files.push(path) }
    }
}
