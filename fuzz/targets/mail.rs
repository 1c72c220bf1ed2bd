//! A mail, a box of mails, or a page saved as one.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for input in [Input::Mail, Input::Mbox, Input::Mhtml] {
        rawi_fuzz::read(bytes, input);
    }
});
