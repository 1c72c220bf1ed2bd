//! What does not change with the document: settings, keys, the language.

use super::revision::Change;
use crate::{
    layout,
    tui::{
        action::Setting,
        keymap::Keymap,
        settings::{Digits, Settings},
        strings::{Phrase, Strings, number},
        theme::Theme,
    },
};

/// A format that documents can be exported in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its name, as `rawi export --format` takes it.
    pub name: String,
    /// The ending of its files, without the dot.
    pub ending: String,
}

/// What does not change with the document: settings, keys, the language.
#[derive(Debug, Default)]
pub struct Config {
    /// What is set.
    pub settings: Settings,
    /// The keys.
    pub keymap: Keymap,
    /// The words of the interface.
    pub strings: Strings,
    /// How the terminal wants text.
    pub layout: layout::Options,
    /// The order in which the terminal wants the cells of a row.
    pub order: layout::Order,
    /// What documents can be exported in.
    pub formats: Vec<Format>,
    /// Whether there is a library at hand.
    pub library: bool,
    /// Whether the terminal takes links.
    pub links: bool,
}

/// Columns that a key changes the measure by, and the least and the most that it may be.
const MEASURE: (i16, u16, u16) = (4, 20, 200);

impl Config {
    /// A number in the digits of the interface.
    #[must_use]
    pub fn number(&self, value: usize) -> String {
        number(value, self.settings.digits)
    }

    /// A phrase in the language of the interface.
    #[must_use]
    pub fn text(&self, phrase: Phrase<'_>) -> String {
        self.strings.text(phrase)
    }

    /// The change that a key makes to a setting, and what the status line says of it.
    #[must_use]
    pub fn toggled(&self, setting: Setting) -> (Change, String) {
        let mut settings = self.settings.clone();
        let said = match setting {
            Setting::Language => {
                let arabic = !self.strings.rtl;
                let strings = if arabic { Strings::arabic() } else { Strings::english() };
                return (Change::Language { arabic }, strings.text(Phrase::LanguageChanged));
            }
            Setting::Invisibles => {
                let shown = !self.layout.invisibles;
                let phrase = if shown { Phrase::InvisiblesOn } else { Phrase::InvisiblesOff };
                return (Change::Invisibles(shown), self.text(phrase));
            }
            Setting::Theme => {
                let names: Vec<&str> = Theme::names().collect();
                let at = names.iter().position(|name| *name == settings.theme).unwrap_or_default();
                names.get((at + 1) % names.len().max(1)).copied().unwrap_or_default().clone_into(&mut settings.theme);
                self.text(Phrase::ThemeChanged { name: self.strings.theme(&settings.theme) })
            }
            Setting::Digits => {
                settings.digits = if settings.digits == Digits::Latin { Digits::Arabic } else { Digits::Latin };
                self.text(Phrase::DigitsChanged { digits: &number(1_234_567_890, settings.digits) })
            }
            Setting::Wider | Setting::Narrower => {
                let (step, least, most) = MEASURE;
                let step = if setting == Setting::Wider { step } else { -step };
                settings.measure = settings.measure.saturating_add_signed(step).clamp(least, most);
                self.text(Phrase::MeasureChanged { columns: &self.number(settings.measure.into()) })
            }
            Setting::Tashkeel => {
                settings.tashkeel = !settings.tashkeel;
                self.text(if settings.tashkeel { Phrase::TashkeelOn } else { Phrase::TashkeelOff })
            }
            Setting::Doubt => {
                settings.doubt = if settings.doubt == 0 { Settings::default().doubt } else { 0 };
                if settings.doubt == 0 {
                    self.text(Phrase::DoubtOff)
                } else {
                    self.text(Phrase::DoubtOn { percent: &self.number(settings.doubt.into()) })
                }
            }
            Setting::Panel => {
                settings.shown = !settings.shown;
                self.text(if settings.shown { Phrase::PanelShown } else { Phrase::PanelHidden })
            }
        };
        (Change::Settings(Box::new(settings)), said)
    }
}
