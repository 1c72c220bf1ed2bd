//! A text of LibreOffice: as bytes, or its content inside a sound archive.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return rawi_fuzz::read(bytes, Input::Odt);
    }
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.text";
    rawi_fuzz::read(&rawi_fuzz::zip(&[("mimetype", mimetype), ("content.xml", bytes)]), Input::Odt);
});
