//! What the reader remembers, for the same text and for another; HASH in it stands for the hash of the text.

#![no_main]

use rawi::{
    annotation::Annotations,
    store::{self, Home},
    text::{Document, Origin},
};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf, sync::LazyLock};

/// With the file in it beside which the store lies.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder").keep();
    fs::write(folder.join("a.txt"), "").expect("a file");
    folder
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (text, stored) = rawi_fuzz::halves(bytes);
    let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let path = FOLDER.join("a.txt").to_string_lossy().into_owned();
    fs::write(format!("{path}.rawi.json"), stored.replace("HASH", &hash)).expect("a file");
    let document = Document::new("fuzz", text, Origin { path: Some(path), ..Origin::default() });
    let home = Home { data: FOLDER.join("data"), sidecar: true };
    if let Ok(memory) = store::peek(&home, &document) {
        let merged = memory.annotations.merge_over(Annotations::default());
        for mention in &merged.mentions {
            assert!(document.text().get(mention.span.range()).is_some());
        }
        let (mut store, again) = store::Store::open(&home, &document).expect("what was read is read again");
        store.save(&document, &again).expect("saved");
        let (_, saved) = (drop(store), store::peek(&home, &document).expect("what was saved is read"));
        assert_eq!(saved.view, again.view);
    }
});
