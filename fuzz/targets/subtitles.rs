//! Subtitles, SubRip or WebVTT.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rawi_fuzz::read(bytes, Input::Subtitles));
