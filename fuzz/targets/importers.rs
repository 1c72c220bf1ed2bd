//! Annotations from other tools' files, and what comes of them in every format.

#![no_main]

use rawi::{
    export::Format,
    text::{Document, Origin},
};
use std::io;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let (text, file) = rawi_fuzz::halves(bytes);
    let document = Document::new("fuzz", text, Origin::default());
    let format = Format::READABLE[usize::from(*choice) % Format::READABLE.len()];
    match format.read(&document, &file) {
        Ok(annotations) => {
            for format in Format::ALL {
                format.write(&document, &annotations, &mut io::sink()).expect("nothing to go wrong");
            }
        }
        Err(error) => drop(error.to_string()),
    }
});
