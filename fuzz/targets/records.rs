//! JSON of other shapes, or a table: told apart by how it begins.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let input = if bytes.starts_with(b"[") || bytes.starts_with(b"{") { Input::Json } else { Input::Csv };
    rawi_fuzz::read(bytes, input);
});
