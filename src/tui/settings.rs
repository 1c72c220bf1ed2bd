//! What a person can set: `assets/settings.toml` has every setting with its default and what it means.

use crate::annotation::THRESHOLD;
use serde::{Deserialize, Serialize};

/// The defaults, with comments.
#[cfg_attr(not(feature = "internals"), allow(dead_code, reason = "tests compare it"))]
pub const DEFAULT: &str = include_str!("../../assets/settings.toml");

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// That of the locale.
    #[default]
    Auto,
    /// Arabic.
    Ar,
    /// English.
    En,
}

/// A side of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Where lines of the text end: left of an Arabic article.
    #[default]
    Auto,
    /// Left.
    Left,
    /// Right.
    Right,
}

/// The digits of the interface. Those of the article stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123456789.
    #[default]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩.
    Arabic,
}

/// The order of the entities in a group of the panel. Quotes are always in the order of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// By first mention.
    #[default]
    Appearance,
    /// The most mentioned first.
    Number,
    /// By the alphabet, without the article.
    Alphabet,
}

impl Sort {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Appearance => Self::Number,
            Self::Number => Self::Alphabet,
            Self::Alphabet => Self::Appearance,
        }
    }
}

/// What is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The language of the interface.
    pub ui: Language,
    /// Where the panel is.
    pub panel: Side,
    /// Whether it is shown.
    pub shown: bool,
    /// The order of its names.
    pub sort: Sort,
    /// The widest that the text gets, in cells.
    pub measure: u16,
    /// Blank rows between paragraphs.
    pub spacing: u16,
    /// The digits of the interface.
    pub digits: Digits,
    /// Whether marks on letters are shown.
    pub tashkeel: bool,
    /// The chance in per cent under which a speaker is not said; 0 says all of them.
    pub doubt: u8,
    /// Whether the screen is lines of text and nothing else, for screen readers and Braille lines.
    pub plain: bool,
    /// The name of the theme; `auto` asks the terminal for its background.
    pub theme: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ui: Language::Auto,
            panel: Side::Auto,
            shown: true,
            sort: Sort::Appearance,
            measure: 84,
            spacing: 1,
            digits: Digits::Latin,
            tashkeel: true,
            doubt: (THRESHOLD * 100.0).round() as u8,
            plain: false,
            theme: "auto".to_owned(),
        }
    }
}

impl Settings {
    /// The chance under which a speaker is not said, 0 to 1.
    #[must_use]
    pub fn threshold(&self) -> f32 {
        f32::from(self.doubt.min(100)) / 100.0
    }

    /// Takes over what a configuration says, and answers what is wrong with the rest of it. The tables `keys` and
    /// `colours` are for others.
    pub fn change(&mut self, table: &toml::Table) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, value) in table {
            let done = match name.as_str() {
                "ui" => set(&mut self.ui, value),
                "panel" => set(&mut self.panel, value),
                "shown" => set(&mut self.shown, value),
                "sort" => set(&mut self.sort, value),
                "measure" => set(&mut self.measure, value),
                "spacing" => set(&mut self.spacing, value),
                "digits" => set(&mut self.digits, value),
                "tashkeel" => set(&mut self.tashkeel, value),
                "doubt" => set(&mut self.doubt, value),
                "plain" => set(&mut self.plain, value),
                "theme" => set(&mut self.theme, value),
                "keys" | "colours" => Ok(()),
                _ => Err("no such setting".to_owned()),
            };
            faults.extend(done.err().map(|reason| format!("{name}: {reason}")));
        }
        faults
    }

    /// What a person changed while reading, for the next time, as TOML: each setting with what the configuration says
    /// and what it was changed to. `began` is how the reader began, `kept` what was kept before.
    #[must_use]
    pub fn keep(&self, configured: &Self, began: &Self, kept: &str) -> String {
        let [now, began, configured] =
            [self, began, configured].map(|settings| toml::Table::try_from(settings).unwrap_or_default());
        let mut kept: toml::Table = kept.parse().unwrap_or_default();
        for (name, value) in now {
            let was = configured.get(&name);
            if began.get(&name) != Some(&value) {
                kept.remove(&name);
                if let Some(was) = was.filter(|was| **was != value) {
                    kept.insert(name, toml::Value::Array(vec![was.clone(), value]));
                }
            }
        }
        kept.to_string()
    }

    /// These settings after the configuration was saved: what it says now and did not say before, the rest as it is.
    #[must_use]
    pub fn taking(&self, was: &Self, now: &Self) -> Self {
        let [was, now] = [was, now].map(|settings| toml::Table::try_from(settings).unwrap_or_default());
        let changed = now.into_iter().filter(|(name, value)| was.get(name) != Some(value)).collect();
        let mut settings = self.clone();
        // They have been read once already.
        drop(settings.change(&changed));
        settings
    }

    /// Takes what was kept, where the configuration still says what it said then.
    pub fn recall(&mut self, kept: &str) {
        let configured = toml::Table::try_from(&*self).unwrap_or_default();
        let kept: toml::Table = kept.parse().unwrap_or_default();
        let wanted = kept.into_iter().filter_map(|(name, value)| match value.as_array().map(Vec::as_slice) {
            Some([was, now]) if configured.get(&name) == Some(was) => Some((name, now.clone())),
            _ => None,
        });
        // A setting that there is no more is no fault of the reader's.
        drop(self.change(&wanted.collect()));
    }
}

fn set<'de, T: Deserialize<'de>>(place: &mut T, value: &toml::Value) -> Result<(), String> {
    *place = T::deserialize(value.clone()).map_err(|error| error.message().trim().to_owned())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let mut settings = Settings {
            measure: 1,
            spacing: 9,
            tashkeel: false,
            doubt: 1,
            shown: false,
            sort: Sort::Number,
            plain: true,
            ..Settings::default()
        };
        assert_eq!(settings.change(&DEFAULT.parse().unwrap()), Vec::<String>::new());
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn faults_are_named_and_the_rest_is_taken() {
        let mut settings = Settings::default();
        let table = "measure = 60\nspacing = 'wide'\nui = 'ar'\ncolour = 1\n".parse().unwrap();
        let faults = settings.change(&table);
        assert_eq!((settings.measure, settings.ui), (60, Language::Ar));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults.contains(&"colour: no such setting".to_owned()), "{faults:?}");
    }

    #[test]
    fn what_was_changed_is_kept_until_the_configuration_says_something_else() {
        let configured = Settings { spacing: 2, ..Settings::default() };
        // The reader found out what `auto` stands for.
        let began = Settings { theme: "dark".to_owned(), ..configured };
        let left = Settings { measure: 60, sort: Sort::Alphabet, shown: false, ..began.clone() };
        let kept = left.keep(&configured, &began, "");
        let mut again = configured.clone();
        again.recall(&kept);
        assert_eq!(again, Settings { theme: "auto".to_owned(), ..left });
        // What was changed back is not kept, what was not touched stays.
        let back = Settings { measure: 84, ..left.clone() };
        let kept = back.keep(&configured, &left, &kept);
        assert!(!kept.contains("measure") && kept.contains("sort"), "{kept}");
        let mut edited = Settings { sort: Sort::Number, ..configured };
        edited.recall(&kept);
        assert_eq!((edited.sort, edited.shown), (Sort::Number, false));
        let mut damaged = Settings::default();
        damaged.recall("measure = [84, 'wide']\nsort = 3\nfly = [1, 2]\n[");
        assert_eq!(damaged, Settings::default());
    }
}
