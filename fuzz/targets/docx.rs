//! A Word document: as bytes, or its body inside a sound archive.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return rawi_fuzz::read(bytes, Input::Docx);
    }
    rawi_fuzz::read(
        &rawi_fuzz::zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bytes)]),
        Input::Docx,
    );
});
