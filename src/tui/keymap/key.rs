//! Keys, and how the keymap writes them.

use serde::{Deserialize, de};
use std::{fmt, str::FromStr};

/// A key of the keyboard, without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed, shift included.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// F1 to F12.
    Function(u8),
    /// Two characters, one after the other: ZZ.
    Pair(char, char),
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// With control.
    pub control: bool,
    /// With alt.
    pub alt: bool,
    /// With shift, where shift does not change the character.
    pub shift: bool,
}

/// The names of keys that are not one character, as the keymap spells them.
const NAMES: [(&str, Code); 15] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("home", Code::Home),
    ("end", Code::End),
    ("f1", Code::Function(1)),
];

/// The Arabic letters of the layout Arabic (101), and the Latin ones on the same keys.
const ARABIC_KEYBOARD: [(char, char); 40] = [
    ('ض', 'q'),
    ('ص', 'w'),
    ('ث', 'e'),
    ('ق', 'r'),
    ('ف', 't'),
    ('غ', 'y'),
    ('ع', 'u'),
    ('ه', 'i'),
    ('خ', 'o'),
    ('ح', 'p'),
    ('ج', '['),
    ('د', ']'),
    ('ش', 'a'),
    ('س', 's'),
    ('ي', 'd'),
    ('ب', 'f'),
    ('ل', 'g'),
    ('ا', 'h'),
    ('ت', 'j'),
    ('ن', 'k'),
    ('م', 'l'),
    ('ك', ';'),
    ('ط', '\''),
    ('ئ', 'z'),
    ('ء', 'x'),
    ('ؤ', 'c'),
    ('ر', 'v'),
    ('ى', 'n'),
    ('ة', 'm'),
    ('و', ','),
    ('ز', '.'),
    ('ظ', '/'),
    ('؟', '?'),
    ('آ', 'N'),
    ('أ', 'H'),
    ('ـ', 'J'),
    ('،', 'K'),
    ('؛', 'P'),
    ('ذ', '`'),
    ('إ', 'Y'),
];

impl Key {
    /// A character without modifiers.
    #[must_use]
    pub const fn char(letter: char) -> Self {
        Self { code: Code::Char(letter), control: false, alt: false, shift: false }
    }

    /// The same key on a Latin layout; the key itself where it is one already.
    pub(super) fn latin(self) -> Self {
        let latin = |letter| ARABIC_KEYBOARD.iter().find(|pair| pair.0 == letter).map_or(letter, |pair| pair.1);
        match self.code {
            Code::Char(letter) => Self { code: Code::Char(latin(letter)), ..self },
            Code::Pair(first, second) => Self { code: Code::Pair(latin(first), latin(second)), ..self },
            _ => self,
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            let flag = match rest.split_once('-') {
                Some(("ctrl", tail)) if !tail.is_empty() => (&mut key.control, tail),
                Some(("alt", tail)) if !tail.is_empty() => (&mut key.alt, tail),
                Some(("shift", tail)) if !tail.is_empty() => (&mut key.shift, tail),
                _ => break,
            };
            *flag.0 = true;
            rest = flag.1;
        }
        let mut letters = rest.chars();
        key.code = match (letters.next(), letters.next()) {
            (Some(letter), None) => Code::Char(letter),
            (Some(first), second) => {
                let named = NAMES.iter().find_map(|(name, code)| (*name == rest).then_some(*code));
                let pair = second.filter(|_| letters.next().is_none()).map(|second| Code::Pair(first, second));
                named.or(pair).ok_or_else(|| format!("no key is called '{text}'"))?
            }
            (None, _) => return Err(format!("no key is called '{text}'")),
        };
        Ok(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.control, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(letter)) => write!(f, "{letter}"),
            (None, Code::Pair(first, second)) => write!(f, "{first}{second}"),
            (None, Code::Function(number)) => write!(f, "f{number}"),
            (None, _) => Ok(()),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
