//! Says whether there is a model to embed: without `assets/model/rawi.model` the program builds and finds names by rule.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(embedded_model)");
    println!("cargo::rerun-if-changed=assets/model");
    if std::path::Path::new("assets/model/rawi.model").exists() {
        println!("cargo::rustc-cfg=embedded_model");
    }
    println!("cargo::rustc-env=RAWI_MAKER={}", maker());
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
