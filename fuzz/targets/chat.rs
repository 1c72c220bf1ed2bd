//! A chat that WhatsApp exported as text, or Telegram as a page or JSON.

#![no_main]

use rawi::source::Input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let input = match bytes.first() {
        Some(b'<') => Input::Html,
        Some(b'{') => Input::Json,
        _ => Input::Chat,
    };
    rawi_fuzz::read(bytes, input);
});
