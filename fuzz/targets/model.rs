//! A model file under a right checksum; what loads has to run.

#![no_main]

use rawi::model::{Head, Model};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    let sum = crc32fast::hash(&bytes);
    bytes.extend(sum.to_le_bytes());
    if let Ok(model) = Model::load(bytes, Some(1)) {
        let words = ["وصل", "سالم", "إلى", "القاهرة", "", "\u{64b}", "ا"];
        let tags = model.tag(&[words.to_vec(), Vec::new()], Head::Guide).expect("a model that loads runs");
        assert_eq!(tags.first().map(Vec::len), Some(words.len()));
    }
});
