//! Keys and the mouse, in the reader's words.

use super::message::Message;
use crate::{
    terminal::{self, Sent},
    tui::{
        app::{Event, Mouse, Pointer},
        keymap::{Code, Key},
    },
};
use crossterm::event as term;
use std::{
    io,
    sync::mpsc::Sender,
    time::{Duration, Instant},
};

/// Reads the terminal on threads of its own.
pub fn listen(sender: Sender<Message>) -> io::Result<()> {
    terminal::listen(move |sent| {
        let message = match sent {
            Ok(Sent::Event(event)) => Message::Terminal(event),
            Ok(Sent::Background(ground)) => Message::Background(ground),
            Ok(Sent::Theme) => Message::Theme,
            // Without keys nobody could leave: the loop ends, and says why.
            Err(error) => Message::Unreadable(error),
        };
        sender.send(message).is_ok()
    })
}

/// As long as the second click of two may take.
const DOUBLE: Duration = Duration::from_millis(400);

/// The last click: when and where.
#[derive(Debug, Default)]
pub struct Clicks(Option<(Instant, u16, u16)>);

impl Clicks {
    /// Whether a click is the second one at once in the same cell.
    fn again(&mut self, column: u16, row: u16) -> bool {
        let now = Instant::now();
        let again = self.0.take_if(|(at, x, y)| (*x, *y) == (column, row) && now.duration_since(*at) < DOUBLE);
        if again.is_none() {
            self.0 = Some((now, column, row));
        }
        again.is_some()
    }
}

/// What the terminal says, in the reader's words.
pub fn translate(event: &term::Event, clicks: &mut Clicks) -> Option<Event> {
    Some(match event {
        term::Event::Key(key) if key.kind != term::KeyEventKind::Release => Event::Key(key_of(key)?),
        term::Event::Paste(text) => Event::Paste(text.clone()),
        term::Event::Mouse(mouse) => {
            let pointer = match mouse.kind {
                term::MouseEventKind::Down(term::MouseButton::Left) if clicks.again(mouse.column, mouse.row) => {
                    Pointer::PressAgain
                }
                term::MouseEventKind::Down(term::MouseButton::Left) => Pointer::Press,
                term::MouseEventKind::Drag(term::MouseButton::Left) => Pointer::Drag,
                term::MouseEventKind::Up(term::MouseButton::Left) => Pointer::Release,
                term::MouseEventKind::ScrollUp => Pointer::WheelUp,
                term::MouseEventKind::ScrollDown => Pointer::WheelDown,
                _ => return None,
            };
            Event::Mouse(Mouse { pointer, column: mouse.column, row: mouse.row })
        }
        _ => return None,
    })
}

fn key_of(key: &term::KeyEvent) -> Option<Key> {
    let code = match key.code {
        term::KeyCode::Char(letter) => Code::Char(letter),
        term::KeyCode::Enter => Code::Enter,
        term::KeyCode::Esc => Code::Esc,
        term::KeyCode::Tab | term::KeyCode::BackTab => Code::Tab,
        term::KeyCode::Backspace => Code::Backspace,
        term::KeyCode::Delete => Code::Delete,
        term::KeyCode::Up => Code::Up,
        term::KeyCode::Down => Code::Down,
        term::KeyCode::Left => Code::Left,
        term::KeyCode::Right => Code::Right,
        term::KeyCode::PageUp => Code::PageUp,
        term::KeyCode::PageDown => Code::PageDown,
        term::KeyCode::Home => Code::Home,
        term::KeyCode::End => Code::End,
        term::KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    let held = |modifier| key.modifiers.contains(modifier);
    // Shift is in the character already.
    let shift = held(term::KeyModifiers::SHIFT) && !matches!(code, Code::Char(_));
    Some(Key { code, control: held(term::KeyModifiers::CONTROL), alt: held(term::KeyModifiers::ALT), shift })
}

pub fn typed(letter: char) -> Key {
    let code = match letter {
        '\r' | '\n' => Code::Enter,
        '\t' => Code::Tab,
        other => Code::Char(other),
    };
    Key { code, ..Key::char(' ') }
}
