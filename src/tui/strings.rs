//! The words of the interface, one file a language under `assets/strings`.

use crate::{
    annotation::Kind,
    tui::{action::Action, app::documents::Group, keymap::Mode},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A language of the interface.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strings {
    /// Whether it is written from right to left, which mirrors lists and menus.
    pub rtl: bool,
    /// The heading of a group of the panel, by kind.
    kinds: BTreeMap<Kind, String>,
    /// The places of the keymap, as headings of the help.
    modes: BTreeMap<Mode, String>,
    /// What each action does, for help and palette.
    actions: BTreeMap<Action, String>,
    /// Everything else. `{}` stands for what is filled in.
    words: BTreeMap<String, String>,
}

impl Strings {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        toml::from_str(include_str!("../../assets/strings/en.toml")).unwrap_or_default()
    }

    /// Arabic.
    #[must_use]
    pub fn arabic() -> Self {
        toml::from_str(include_str!("../../assets/strings/ar.toml")).unwrap_or_default()
    }

    /// The heading of a group.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> &str {
        self.kinds.get(&kind).map_or(kind.name(), String::as_str)
    }

    /// The heading of a group of the panel.
    #[must_use]
    pub fn group(&self, group: Group) -> &str {
        match group {
            Group::Kind(kind) => self.kind(kind),
            Group::Quotes => self.get("quotes"),
        }
    }

    /// A place of the keymap.
    #[must_use]
    pub fn mode(&self, mode: Mode) -> &str {
        self.modes.get(&mode).map_or("", String::as_str)
    }

    /// What an action does.
    #[must_use]
    pub fn action(&self, action: Action) -> &str {
        self.actions.get(&action).map_or(action.name(), String::as_str)
    }

    /// A word or phrase; its own name where the file has none, which a test rules out.
    #[must_use]
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.words.get(name).map_or(name, String::as_str)
    }

    /// A phrase with its blanks filled in, in order, each isolated (UAX #9): a name keeps its direction and leaves that
    /// of the phrase alone.
    #[must_use]
    pub fn fill(&self, name: &str, values: &[&str]) -> String {
        let mut parts = self.get(name).split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut values = values.iter();
        for part in parts {
            text.push('\u{2068}');
            text.push_str(values.next().unwrap_or(&""));
            text.push('\u{2069}');
            text.push_str(part);
        }
        text
    }
}

/// A number in the digits of the interface.
#[must_use]
pub fn number(value: usize, digits: super::settings::Digits) -> String {
    let latin = value.to_string();
    match digits {
        super::settings::Digits::Latin => latin,
        super::settings::Digits::Arabic => latin.chars().map(eastern).collect(),
    }
}

fn eastern(digit: char) -> char {
    digit.to_digit(10).and_then(|value| char::from_u32(0x660 + value)).unwrap_or(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let (english, arabic) = (Strings::english(), Strings::arabic());
        assert!(!english.rtl && arabic.rtl);
        let keys = |strings: &Strings| strings.words.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&english), keys(&arabic));
        for strings in [&english, &arabic] {
            for action in Action::ALL {
                assert!(strings.actions.contains_key(action), "{} is not described", action.name());
            }
            assert_eq!((strings.kinds.len(), strings.modes.len()), (Kind::ALL.len(), Mode::ALL.len()));
        }
        for (name, english) in &english.words {
            let blanks = |text: &str| text.matches("{}").count();
            assert_eq!(blanks(english), blanks(arabic.get(name)), "{name}");
        }
    }

    #[test]
    fn every_word_that_the_code_asks_for_is_there() {
        let english = Strings::english();
        let mut missing = Vec::new();
        let source = concat!(
            include_str!("app.rs"),
            include_str!("app/detail.rs"),
            include_str!("app/switching.rs"),
            include_str!("app/undo.rs"),
            include_str!("app/correct.rs"),
            include_str!("app/correct/memory.rs"),
            include_str!("app/correct/describe.rs"),
            include_str!("app/correct/span.rs"),
            include_str!("app/export.rs"),
            include_str!("view/export.rs"),
            include_str!("app/navigation.rs"),
            include_str!("view/correct.rs"),
            include_str!("app/input.rs"),
            include_str!("view/detail.rs"),
            include_str!("view/list.rs"),
            include_str!("view/panel.rs"),
            include_str!("view/status.rs"),
        );
        for part in source.split("strings.get(\"").chain(source.split("strings.fill(\"")).skip(1) {
            let name = part.split('"').next().unwrap();
            if !name.contains(char::is_whitespace) && !english.words.contains_key(name) {
                missing.push(name.to_owned());
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn phrases_are_filled_in_and_digits_follow_the_setting() {
        let strings = Strings { words: BTreeMap::from([("of".into(), "{} of {}".into())]), ..Strings::default() };
        assert_eq!(strings.fill("of", &["1", "2"]), "\u{2068}1\u{2069} of \u{2068}2\u{2069}");
        assert_eq!(number(1290, crate::tui::settings::Digits::Arabic), "١٢٩٠");
    }
}
