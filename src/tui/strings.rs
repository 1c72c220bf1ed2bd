//! The words of the interface in both languages. The compiler checks that every phrase is there in each, and that each
//! uses all that is filled in.

mod actions;
mod phrases;

pub use phrases::Phrase;

use crate::{
    annotation::Kind,
    tui::{action::Action, app::selection::Group, keymap::Mode},
};
use std::fmt;

/// Makes an enum of phrases: each variant with the names of its blanks, its English and its Arabic. A blank that a
/// language does not use, or one that it makes up, is an error of the compiler.
macro_rules! messages {
    ($(#[$doc:meta])* $vis:vis enum $name:ident {
        $($variant:ident $({ $($blank:ident),+ })? = $english:literal, $arabic:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name<'a> {
            $(#[doc = $english] $variant $({ $(#[doc = stringify!($blank)] $blank: &'a str),+ })?,)*
        }

        impl $name<'_> {
            /// The phrase in English, filled in.
            #[must_use]
            pub fn english(self) -> String {
                match self {
                    $(Self::$variant $({ $($blank),+ })? => format!($english $($(, $blank = Isolated($blank))+)?),)*
                }
            }

            /// The phrase in Arabic, filled in.
            #[must_use]
            pub fn arabic(self) -> String {
                match self {
                    $(Self::$variant $({ $($blank),+ })? => format!($arabic $($(, $blank = Isolated($blank))+)?),)*
                }
            }
        }
    };
}
use messages;

/// What is filled into a phrase, isolated (UAX #9, FSI and PDI): a name keeps its direction and leaves that of the
/// phrase alone.
struct Isolated<'a>(&'a str);

impl fmt::Display for Isolated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\u{2068}{}\u{2069}", self.0)
    }
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    /// Whether it is written from right to left, which mirrors lists and menus: Arabic, else English.
    pub rtl: bool,
}

impl Strings {
    /// English.
    #[must_use]
    pub const fn english() -> Self {
        Self { rtl: false }
    }

    /// Arabic.
    #[must_use]
    pub const fn arabic() -> Self {
        Self { rtl: true }
    }

    /// A phrase.
    #[must_use]
    pub fn text(self, phrase: Phrase<'_>) -> String {
        if self.rtl { phrase.arabic() } else { phrase.english() }
    }

    const fn pick(self, (english, arabic): (&'static str, &'static str)) -> &'static str {
        if self.rtl { arabic } else { english }
    }

    /// The heading of the entities of a kind.
    #[must_use]
    pub const fn kind(self, kind: Kind) -> &'static str {
        self.pick(match kind {
            Kind::Person => ("People", "أشخاص"),
            Kind::Organization => ("Organizations", "جهات"),
            Kind::Place => ("Places", "أماكن"),
        })
    }

    /// What an entity of a kind is.
    #[must_use]
    pub const fn one(self, kind: Kind) -> &'static str {
        self.pick(match kind {
            Kind::Person => ("person", "شخص"),
            Kind::Organization => ("organization", "جهة"),
            Kind::Place => ("place", "مكان"),
        })
    }

    /// The heading of a group of the panel.
    #[must_use]
    pub const fn group(self, group: Group) -> &'static str {
        match group {
            Group::Kind(kind) => self.kind(kind),
            Group::Quotes => self.pick(("Quotes", "اقتباسات")),
        }
    }

    /// A place of the keymap, as a heading of the help.
    #[must_use]
    pub const fn mode(self, mode: Mode) -> &'static str {
        self.pick(match mode {
            Mode::Always => ("Everywhere", "في كل مكان"),
            Mode::Text => ("In the text", "في النص"),
            Mode::Panel => ("In the panel", "في اللوحة"),
            Mode::Library => ("In the library", "في المكتبة"),
            Mode::List => ("In lists", "في القوائم"),
            Mode::Correct => ("In the correction menu", "في قائمة التصحيح"),
            Mode::Span => ("While selecting words", "أثناء التحديد"),
            Mode::Line => ("While typing", "أثناء الكتابة"),
        })
    }

    /// What an action does.
    #[must_use]
    pub const fn action(self, action: Action) -> &'static str {
        self.pick(actions::describe(action))
    }

    /// The name of a theme. Those that are not rawi's own have names that are the same in every language.
    #[must_use]
    pub fn theme(self, name: &str) -> &str {
        match name {
            "dark" => self.pick(("dark", "داكن")),
            "light" => self.pick(("light", "فاتح")),
            "contrast" => self.pick(("high contrast", "تباين عال")),
            "mono" => self.pick(("no colours", "بلا ألوان")),
            other => other,
        }
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
    fn what_is_filled_in_is_isolated_and_digits_follow_the_setting() {
        let phrase = Phrase::Of { shown: "1", total: "2" };
        assert_eq!(Strings::english().text(phrase), "\u{2068}1\u{2069} of \u{2068}2\u{2069}");
        assert_eq!(Strings::arabic().text(phrase), "\u{2068}1\u{2069} من \u{2068}2\u{2069}");
        assert_eq!(number(1290, crate::tui::settings::Digits::Arabic), "١٢٩٠");
    }
}
