//! Plain text in any encoding, found out or asked for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rawi::source::{self, Input, Options};

const ENCODINGS: [Option<&str>; 6] =
    [None, Some("utf-8"), Some("utf-16le"), Some("utf-16be"), Some("windows-1256"), Some("iso-8859-6")];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let input = if choice & 0x80 == 0 { Input::Text } else { Input::Auto };
    let encoding = ENCODINGS[usize::from(choice & 0x7f) % ENCODINGS.len()].map(str::to_owned);
    if let Ok(document) = source::decode("fuzz", bytes, &Options { encoding, input, checksum: true, ..Options::default() }) {
        rawi_fuzz::look(&document);
    }
});
