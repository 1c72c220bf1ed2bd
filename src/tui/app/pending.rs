//! What is typed before a key: how many times, or the first key of a pair.

use crate::tui::keymap::{Code, Key, Keymap, Mode};

/// What is typed of a command that is not complete yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// How many times.
    pub count: Option<usize>,
    /// The first key of a pair.
    first: Option<char>,
}

/// The largest count, and the most times that anything is done.
pub const MOST: usize = 9_999;

impl Pending {
    /// Takes a key, and answers the one that is complete with it, and how many times it is meant.
    pub fn take(&mut self, key: Key, mode: Mode, keymap: &Keymap) -> Option<(Key, Option<usize>)> {
        if mode.is_closed() {
            *self = Self::default();
            return Some((key, None));
        }
        let letter = match key.code {
            Code::Char(letter) if !key.control && !key.alt => Some(letter),
            _ => None,
        };
        if let (Some(first), Some(second)) = (self.first.take(), letter) {
            let pair = Key { code: Code::Pair(first, second), ..key };
            if keymap.action(mode, pair).is_some() {
                return Some((pair, self.count.take()));
            }
        }
        if keymap.action(mode, key).is_none()
            && let Some(letter) = letter
        {
            if let Some(digit) = digit(letter).filter(|digit| *digit > 0 || self.count.is_some()) {
                self.count = Some((self.count.unwrap_or_default() * 10 + digit).min(MOST));
                return None;
            }
            if keymap.begins_pair(mode, letter) {
                self.first = Some(letter);
                return None;
            }
        }
        Some((key, self.count.take()))
    }
}

/// The value of a digit, Latin or Arabic.
fn digit(letter: char) -> Option<usize> {
    let arabic = (letter as u32).checked_sub(0x660).filter(|value| *value < 10);
    letter.to_digit(10).or(arabic).and_then(|value| usize::try_from(value).ok())
}
