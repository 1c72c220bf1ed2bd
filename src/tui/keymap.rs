//! Which keys do what. The defaults are `assets/keymap.toml`; a person's configuration changes single actions.
//!
//! Arabic keyboards: a key that types an Arabic letter does what the Latin letter on the same key does, so nobody has
//! to change the layout to move about.

use crate::tui::action::Action;
use serde::{Deserialize, de};
use std::{collections::BTreeMap, fmt, str::FromStr};

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
    fn latin(self) -> Self {
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

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Everywhere but in a line that is being typed, and while something is corrected.
    Always,
    /// In the text.
    Text,
    /// In the panel.
    Panel,
    /// In the help, the palette and other lists that lie over the rest.
    List,
    /// In the menu of corrections.
    Correct,
    /// While words are marked by keyboard.
    Span,
    /// In a line that is being typed: search, filter, palette.
    Line,
}

impl Mode {
    /// Every mode, in the order of the help.
    pub const ALL: [Self; 7] =
        [Self::Always, Self::Text, Self::Panel, Self::List, Self::Correct, Self::Span, Self::Line];

    /// Whether the keys of everywhere do not count there.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Correct | Self::Span | Self::Line)
    }
}

/// Keys to actions, by mode.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: BTreeMap<Mode, BTreeMap<Action, Vec<Key>>>,
}

/// The keymap that ships inside the binary.
pub const DEFAULT: &str = include_str!("../../assets/keymap.toml");

impl Keymap {
    /// The defaults, and what keeps them from being read, which a test rules out.
    #[must_use]
    pub fn shipped() -> (Self, Vec<String>) {
        let mut keymap = Self::default();
        let table: toml::Table = DEFAULT.parse().unwrap_or_default();
        let faults = table.get("keys").map(|keys| keymap.change(keys)).unwrap_or_default();
        (keymap, faults)
    }

    /// Takes over what a `[keys]` table says, and answers what is wrong with the rest of it. An action that is named
    /// gets exactly the keys that are listed; an empty list takes them away.
    pub fn change(&mut self, keys: &toml::Value) -> Vec<String> {
        let mut faults = Vec::new();
        let Some(modes) = keys.as_table() else { return vec!["keys: has to be a table".to_owned()] };
        for (mode_name, actions) in modes {
            let mode = Mode::deserialize(toml::Value::String(mode_name.clone()));
            let (Ok(mode), Some(actions)) = (mode, actions.as_table()) else {
                faults.push(format!("keys.{mode_name}: no such place"));
                continue;
            };
            for (name, keys) in actions {
                let action = Action::deserialize(toml::Value::String(name.clone()));
                match (action, Vec::<Key>::deserialize(keys.clone())) {
                    (Ok(action), Ok(keys)) => {
                        self.bind(mode, action, keys);
                    }
                    (Err(_), _) => faults.push(format!("keys.{mode_name}.{name}: no such action")),
                    (_, Err(error)) => faults.push(format!("keys.{mode_name}.{name}: {}", error.message())),
                }
            }
        }
        faults
    }

    /// Gives an action its keys, taking them from whatever had them in the same mode.
    fn bind(&mut self, mode: Mode, action: Action, keys: Vec<Key>) {
        let actions = self.bindings.entry(mode).or_default();
        for others in actions.values_mut() {
            others.retain(|key| !keys.contains(key));
        }
        actions.insert(action, keys);
    }

    /// What a key does.
    #[must_use]
    pub fn action(&self, mode: Mode, key: Key) -> Option<Action> {
        let find = |mode: Mode, key: Key| {
            let actions = self.bindings.get(&mode)?;
            actions.iter().find_map(|(action, keys)| keys.contains(&key).then_some(*action))
        };
        if mode == Mode::Line {
            return find(mode, key);
        }
        if mode.is_closed() {
            return find(mode, key).or_else(|| find(mode, key.latin()));
        }
        // Where a mode names the keys of an action, those of everywhere do not count for it.
        let own = |action: &Action| self.bindings.get(&mode).is_some_and(|actions| actions.contains_key(action));
        let common = |key| find(Mode::Always, key).filter(|action| !own(action));
        let latin = key.latin();
        find(mode, key).or_else(|| common(key)).or_else(|| find(mode, latin)).or_else(|| common(latin))
    }

    /// The keys that an action has in a mode itself.
    #[must_use]
    pub fn own(&self, mode: Mode, action: Action) -> Option<&[Key]> {
        self.bindings.get(&mode)?.get(&action).map(Vec::as_slice)
    }

    /// Whether a key begins a pair that does something.
    #[must_use]
    pub fn begins_pair(&self, mode: Mode, letter: char) -> bool {
        let modes = [Some(mode), Some(Mode::Always).filter(|_| !mode.is_closed())];
        let bound = modes.into_iter().flatten().filter_map(|mode| self.bindings.get(&mode));
        let mut keys = bound.flat_map(BTreeMap::values).flatten();
        keys.any(|key| matches!(key.code, Code::Pair(first, _) if first == letter))
    }

    /// What there is in a mode, in the order of [`Action::ALL`].
    pub fn of(&self, mode: Mode) -> impl Iterator<Item = (Action, &[Key])> + '_ {
        let actions = self.bindings.get(&mode).into_iter().flatten();
        actions.map(|(action, keys)| (*action, keys.as_slice())).filter(|(_, keys)| !keys.is_empty())
    }

    /// The first key of an action, in the first mode where it has one; empty where it has none.
    #[must_use]
    pub fn first(&self, action: Action) -> String {
        let key = Mode::ALL.iter().find_map(|mode| self.keys(*mode, action).first());
        key.map(ToString::to_string).unwrap_or_default()
    }

    /// The keys of an action in a mode, as the help writes them: `j down`.
    #[must_use]
    pub fn keys(&self, mode: Mode, action: Action) -> &[Key] {
        let find = |mode| self.bindings.get(&mode).and_then(|actions| actions.get(&action)).map(Vec::as_slice);
        find(mode).or_else(|| find(Mode::Always)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::{Command, Motion};

    #[test]
    fn the_shipped_keys_are_read_and_no_two_actions_want_the_same_one() {
        let (keymap, faults) = Keymap::shipped();
        assert_eq!(faults, Vec::<String>::new());
        let table: toml::Table = DEFAULT.parse().unwrap();
        for mode in table["keys"].as_table().unwrap().keys() {
            let mut seen = BTreeMap::new();
            for place in [mode.as_str(), "always"] {
                let closed = Mode::deserialize(toml::Value::String(mode.clone())).unwrap().is_closed();
                if closed && place == "always" {
                    continue;
                }
                for (action, keys) in table["keys"][place].as_table().unwrap() {
                    for key in keys.as_array().unwrap() {
                        let key: Key = key.as_str().unwrap().parse().unwrap();
                        let taken = seen.insert(key, action.clone());
                        assert!(taken.is_none_or(|other| other == *action), "{mode}: {key} is {action} and another");
                    }
                }
            }
        }
        assert_eq!(keymap.action(Mode::Text, Key::char('j')), Some(Motion::Down.into()));
    }

    #[test]
    fn every_action_can_be_done_by_a_key_or_is_in_the_palette() {
        let (keymap, _) = Keymap::shipped();
        assert!(Mode::ALL.iter().any(|mode| !keymap.keys(*mode, Command::Palette.into()).is_empty()));
    }

    #[test]
    fn keys_are_written_as_they_are_read() {
        for text in ["j", "?", "-", "ctrl--", "ctrl-d", "shift-tab", "space", "alt-left", "f1", "ع", "ZZ"] {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
        }
        assert_eq!("hyper".parse::<Key>().unwrap_err(), "no key is called 'hyper'");
    }

    #[test]
    fn two_letters_are_a_pair_of_keys() {
        let (keymap, _) = Keymap::shipped();
        assert!(keymap.begins_pair(Mode::Text, 'Z') && !keymap.begins_pair(Mode::Line, 'Z'));
        assert_eq!(keymap.action(Mode::Panel, "ZZ".parse().unwrap()), Some(Command::Quit.into()));
    }

    #[test]
    fn an_arabic_keyboard_does_what_the_latin_letters_on_it_do() {
        let (keymap, _) = Keymap::shipped();
        assert_eq!(keymap.action(Mode::Text, Key::char('ت')), keymap.action(Mode::Text, Key::char('j')));
        assert_eq!(keymap.action(Mode::Line, Key::char('ت')), None, "in a line it is a letter");
    }

    #[test]
    fn a_few_lines_change_a_few_keys_and_faults_are_named() {
        let (mut keymap, _) = Keymap::shipped();
        let keys: toml::Table = "[text]\ndown = ['e']\nfly = ['x']\n[moon]\n".parse().unwrap();
        let faults = keymap.change(&toml::Value::Table(keys));
        assert_eq!(faults, ["keys.moon: no such place", "keys.text.fly: no such action"]);
        assert_eq!(keymap.action(Mode::Text, Key::char('e')), Some(Motion::Down.into()));
        assert_eq!(keymap.action(Mode::Text, Key::char('j')), None);
    }
}
