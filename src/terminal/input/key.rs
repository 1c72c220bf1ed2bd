//! Which key or movement of the mouse a sequence stands for: as xterm, VTE, the Linux console and kitty's protocol
//! ("Comprehensive keyboard handling in terminals") send it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The key that sends a letter or a control character.
pub fn typed(letter: char, alt: bool) -> KeyEvent {
    let (code, control) = match letter {
        '\r' => (KeyCode::Enter, false),
        '\t' => (KeyCode::Tab, false),
        '\u{1b}' => (KeyCode::Esc, false),
        '\u{7f}' => (KeyCode::Backspace, false),
        '\0' => (KeyCode::Char(' '), true),
        // Ctrl takes the bits from a letter that make it one.
        '\u{1}'..='\u{1a}' => (KeyCode::Char(moved(letter, 0x60)), true),
        '\u{1c}'..='\u{1f}' => (KeyCode::Char(moved(letter, 0x18)), true),
        other => (KeyCode::Char(other), false),
    };
    let mut held = KeyModifiers::NONE;
    held.set(KeyModifiers::ALT, alt);
    held.set(KeyModifiers::CONTROL, control);
    KeyEvent::new(code, held)
}

fn moved(letter: char, by: u32) -> char {
    char::from_u32(u32::from(letter) + by).unwrap_or(letter)
}

/// What a control sequence says; none for an answer, and for keys that rawi has no use for.
pub fn event(marks: &str, last: u8) -> Option<Event> {
    match (marks, last) {
        ("", b'I') => return Some(Event::FocusGained),
        ("", b'O') => return Some(Event::FocusLost),
        _ => {}
    }
    if let (Some(marks), b'M' | b'm') = (marks.strip_prefix('<'), last) {
        let at = |field| u16::try_from(number(marks, field, 0)?).ok();
        return pointer(number(marks, 0, 0)?, (at(1)?, at(2)?), last == b'M');
    }
    let code = match (last, number(marks, 0, 0)) {
        (b'A'..=b'E', _) if marks == "[" => KeyCode::F(last - b'A' + 1),
        (b'~', Some(number)) => numbered(number)?,
        (b'u', Some(letter)) => kitty(letter)?,
        (b'A', _) => KeyCode::Up,
        (b'B', _) => KeyCode::Down,
        (b'C', _) => KeyCode::Right,
        (b'D', _) => KeyCode::Left,
        (b'F', _) => KeyCode::End,
        (b'H', _) => KeyCode::Home,
        (b'M', _) if marks == "O" => KeyCode::Enter,
        (b'P'..=b'S', _) => KeyCode::F(last - b'P' + 1),
        (b'Z', _) => KeyCode::BackTab,
        _ => return None,
    };
    let mut held = KeyModifiers::NONE;
    let bits = number(marks, 1, 0).map_or(0, |held| held.saturating_sub(1));
    let names = [KeyModifiers::SHIFT, KeyModifiers::ALT, KeyModifiers::CONTROL, KeyModifiers::SUPER];
    names.iter().enumerate().for_each(|(bit, name)| held.set(*name, bits >> bit & 1 == 1));
    held.set(KeyModifiers::SHIFT, held.contains(KeyModifiers::SHIFT) || code == KeyCode::BackTab);
    let kind = match number(marks, 1, 1) {
        Some(2) => KeyEventKind::Repeat,
        Some(3) => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    Some(Event::Key(KeyEvent::new_with_kind(code, held, kind)))
}

/// A number of a sequence: fields between `;`, parts of a field between `:`.
fn number(marks: &str, field: usize, part: usize) -> Option<u32> {
    marks.split(';').nth(field)?.split(':').nth(part)?.parse().ok()
}

/// `CSI number ~`, as the VT220 numbers its keys.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=26 => function(number - 12),
        28..=29 => function(number - 13),
        31..=34 => function(number - 14),
        _ => return None,
    })
}

/// `CSI number u`: a letter by its number in Unicode, or a key of kitty's table.
fn kitty(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 | 57414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        57399..=57408 => KeyCode::Char(char::from_digit(number - 57399, 10)?),
        57409..=57413 => KeyCode::Char(char::from(*b"./*-+".get(usize::try_from(number - 57409).ok()?)?)),
        57415 => KeyCode::Char('='),
        57417 => KeyCode::Left,
        57418 => KeyCode::Right,
        57419 => KeyCode::Up,
        57420 => KeyCode::Down,
        57421 => KeyCode::PageUp,
        57422 => KeyCode::PageDown,
        57423 => KeyCode::Home,
        57424 => KeyCode::End,
        57426 => KeyCode::Delete,
        57376..=57398 => function(number - 57363),
        // The other keys of the table: Caps Lock, those of media, those that are held.
        57344..=63743 => return None,
        letter => KeyCode::Char(char::from_u32(letter).filter(|letter| !letter.is_control())?),
    })
}

fn function(number: u32) -> KeyCode {
    KeyCode::F(u8::try_from(number).unwrap_or(u8::MAX))
}

/// The mouse as X10 reports it.
pub fn x10([done, column, row]: [u8; 3]) -> Option<Event> {
    let [done, column, row] = [done, column, row].map(|byte| byte.saturating_sub(32));
    // Which button was let go is not said.
    let (done, pressed) = if done & 3 == 3 && done < 32 { (0, false) } else { (done, true) };
    pointer(done.into(), (column.into(), row.into()), pressed)
}

/// The mouse: what is done, as SGR (mode 1006) numbers it, the column and the row from 1.
fn pointer(done: u32, (column, row): (u16, u16), pressed: bool) -> Option<Event> {
    /// Shift, Alt and Ctrl.
    const HELD: u32 = 0b1_1100;
    let button = |number| match number {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match done & !HELD {
        done @ 0..=2 if pressed => MouseEventKind::Down(button(done)),
        done @ 0..=2 => MouseEventKind::Up(button(done)),
        done @ 32..=34 => MouseEventKind::Drag(button(done - 32)),
        64 => MouseEventKind::ScrollUp,
        65 => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}
