//! What a person can set: `assets/settings.toml` has every setting with its default and what it means.

use serde::Deserialize;

/// The defaults, with comments.
pub const DEFAULT: &str = include_str!("../../assets/settings.toml");

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123456789.
    #[default]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩.
    Arabic,
}

/// What is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub ui: Language,
    /// Where the panel is.
    pub panel: Side,
    /// The widest that the text gets, in cells.
    pub measure: u16,
    /// Blank rows between paragraphs.
    pub spacing: u16,
    /// The digits of the interface.
    pub digits: Digits,
    /// Whether marks on letters are shown.
    pub tashkeel: bool,
    /// The name of the theme; `auto` asks the terminal for its background.
    pub theme: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ui: Language::Auto,
            panel: Side::Auto,
            measure: 84,
            spacing: 1,
            digits: Digits::Latin,
            tashkeel: true,
            theme: "auto".to_owned(),
        }
    }
}

impl Settings {
    /// Takes over what a configuration says, and answers what is wrong with the rest of it. The tables `keys` and
    /// `colours` are for others.
    pub fn change(&mut self, table: &toml::Table) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, value) in table {
            let done = match name.as_str() {
                "ui" => set(&mut self.ui, value),
                "panel" => set(&mut self.panel, value),
                "measure" => set(&mut self.measure, value),
                "spacing" => set(&mut self.spacing, value),
                "digits" => set(&mut self.digits, value),
                "tashkeel" => set(&mut self.tashkeel, value),
                "theme" => set(&mut self.theme, value),
                "keys" | "colours" => Ok(()),
                _ => Err("no such setting".to_owned()),
            };
            faults.extend(done.err().map(|reason| format!("{name}: {reason}")));
        }
        faults
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
        let mut settings = Settings { measure: 1, spacing: 9, tashkeel: false, ..Settings::default() };
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
}
