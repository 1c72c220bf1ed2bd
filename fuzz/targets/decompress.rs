//! gzip and zstd around anything, and bytes of which nobody said what they are.

#![no_main]

use flate2::{Compression, read::GzEncoder};
use rawi::source::Input;
use std::io::Read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rawi_fuzz::read(bytes, Input::Auto);
    // Damage inside a sound wrapping, twice at most.
    let mut wrapped = Vec::new();
    GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut wrapped).expect("memory");
    rawi_fuzz::read(&wrapped, Input::Auto);
});
