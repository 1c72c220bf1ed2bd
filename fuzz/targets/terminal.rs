//! What a terminal sends: the same however a line cuts it up, and whatever it was, the keyboard is not lost.

#![no_main]

use rawi::terminal::{Parser, Sent};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let mut whole = Parser::default();
    let mut sent = whole.take(bytes);
    sent.extend(whole.rest());
    let mut parser = Parser::default();
    let mut parts: Vec<Sent> = bytes.chunks(usize::from(*first).max(1)).flat_map(|part| parser.take(part)).collect();
    parts.extend(parser.rest());
    assert!(sent == parts || bytes.len() > 1 << 12, "{sent:?} {parts:?}");
    let after = parser.take(b"q");
    let key = Sent::Event(crossterm::event::Event::Key(crossterm::event::KeyCode::Char('q').into()));
    assert_eq!(after, [key]);
    assert_eq!(parser.patience(), None);
});
