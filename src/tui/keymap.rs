//! Which keys do what. The defaults are `assets/keymap.toml`; a person's configuration changes single actions.
//!
//! Arabic keyboards: a key that types an Arabic letter does what the Latin letter on the same key does, so nobody has
//! to change the layout to move about.

mod key;

use crate::tui::action::Action;
use serde::Deserialize;
use std::collections::BTreeMap;

pub use key::{Code, Key};

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
    /// In the library.
    Library,
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
    pub const ALL: [Self; 8] =
        [Self::Always, Self::Text, Self::Panel, Self::Library, Self::List, Self::Correct, Self::Span, Self::Line];

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
