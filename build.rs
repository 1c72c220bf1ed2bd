//! Says whether there is a model to embed: without `assets/model/rawi.model` the program builds and finds names by rule.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(embedded_model)");
    println!("cargo::rerun-if-changed=assets/model");
    if std::path::Path::new("assets/model/rawi.model").exists() {
        println!("cargo::rustc-cfg=embedded_model");
    }
}
