//! How things look: a style for each part of the screen, read from `assets/themes/*.toml` and from a person's
//! configuration, in as many colours as the terminal has.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::str::FromStr;

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal that says so. Bold, underline and reverse are left.
    Mono,
    /// The sixteen of ANSI.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    #[default]
    True,
}

macro_rules! theme {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// A style for each part of the screen.
        #[derive(Clone, Debug, Default)]
        pub struct Theme {
            $($(#[$doc])* pub $field: Style,)*
        }

        impl Theme {
            fn part(&mut self, name: &str) -> Option<&mut Style> {
                match name { $(stringify!($field) => Some(&mut self.$field),)* _ => None }
            }

            /// The names of the parts.
            pub const PARTS: &[&str] = &[$(stringify!($field)),*];
        }
    };
}

theme! {
    /// What is behind everything, painted where the terminal's own background would not do.
    paper,
    /// The article.
    text,
    /// Its headline.
    title,
    /// What matters less: hints, empty panels, the scroll bar.
    dim,
    /// The line between text and panel.
    rule,
    /// The name of a person in the text, and their group in the panel.
    person,
    /// An organization.
    organization,
    /// A place.
    place,
    /// What the extractor is not sure of, over the rest of its looks.
    unsure,
    /// The words of a quote.
    quote,
    /// What is reported in other words, over the looks of a quote.
    indirect,
    /// The mark in the margin beside a quote.
    margin,
    /// Every mention of what is selected.
    selected,
    /// The mention that the cursor is on.
    current,
    /// The sentence or paragraph that the cursor is on.
    cursor,
    /// What the search found.
    hit,
    /// What is marked with the mouse.
    marked,
    /// The heading of a group.
    heading,
    /// The row of a list that the cursor is on, where keys go to the list.
    row,
    /// The same row while keys go elsewhere.
    row_away,
    /// The status line.
    status,
    /// A message there.
    notice,
    /// A message about something that went wrong.
    fault,
    /// What lies over the rest: help, palette.
    overlay,
    /// A key in the help.
    key,
}

/// The themes that ship inside, by name.
const SHIPPED: [(&str, &str); 11] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("catppuccin", include_str!("../../assets/themes/catppuccin.toml")),
    ("catppuccin-latte", include_str!("../../assets/themes/catppuccin-latte.toml")),
    ("gruvbox", include_str!("../../assets/themes/gruvbox.toml")),
    ("gruvbox-light", include_str!("../../assets/themes/gruvbox-light.toml")),
    ("solarized", include_str!("../../assets/themes/solarized.toml")),
    ("solarized-light", include_str!("../../assets/themes/solarized-light.toml")),
];

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The TOML of the shipped theme of that name.
    #[must_use]
    pub fn source(name: &str) -> Option<&'static str> {
        SHIPPED.iter().find_map(|(other, source)| (*other == name).then_some(*source))
    }

    /// The shipped theme of that name; the first one where there is none.
    #[must_use]
    pub fn shipped(name: &str) -> (Self, Vec<String>) {
        // Where a theme does not say it, what is reported is told apart without a colour.
        let theme = Self { indirect: Style::new().add_modifier(Modifier::ITALIC), ..Self::default() };
        let source = Self::source(name).or_else(|| Self::source("dark")).unwrap_or_default();
        theme.with(source)
    }

    /// A theme from a file of somebody's own, and what is wrong with it. Parts that it leaves out are those of `dark`.
    #[must_use]
    pub fn parse(source: &str) -> (Self, Vec<String>) {
        Self::shipped("dark").0.with(source)
    }

    fn with(mut self, source: &str) -> (Self, Vec<String>) {
        let table: toml::Table = match source.parse() {
            Ok(table) => table,
            Err(error) => return (self, vec![error.message().trim().to_owned()]),
        };
        let mut faults = table.get("colours").map(|parts| self.change(parts)).unwrap_or_default();
        faults.extend(table.keys().filter(|name| *name != "colours").map(|name| format!("{name}: no such table")));
        (self, faults)
    }

    /// Takes over what a `[colours]` table says, and answers what is wrong with the rest of it.
    pub fn change(&mut self, parts: &toml::Value) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, value) in parts.as_table().into_iter().flatten() {
            match (self.part(name), StyleSpec::deserialize(value.clone())) {
                (None, _) => faults.push(format!("colours.{name}: no such part")),
                (Some(part), Ok(StyleSpec(style))) => *part = style,
                (_, Err(error)) => faults.push(format!("colours.{name}: {}", error.message())),
            }
        }
        faults
    }

    /// The same theme in as many colours as there are.
    #[must_use]
    pub fn at(mut self, depth: Depth) -> Self {
        for name in Self::PARTS {
            if let Some(style) = self.part(name) {
                style.fg = style.fg.and_then(|colour| nearest(colour, depth));
                style.bg = style.bg.and_then(|colour| nearest(colour, depth));
            }
        }
        self
    }

    /// With its own background behind everything.
    #[must_use]
    pub fn on_paper(mut self) -> Self {
        self.text = self.paper.patch(self.text);
        self
    }

    /// The style of a kind of entity.
    #[must_use]
    pub const fn kind(&self, kind: crate::annotation::Kind) -> Style {
        match kind {
            crate::annotation::Kind::Person => self.person,
            crate::annotation::Kind::Organization => self.organization,
            crate::annotation::Kind::Place => self.place,
        }
    }
}

/// A style as the themes write it: `#rrggbb on #rrggbb bold underline`, each part optional; colours also by their ANSI
/// names and by number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct StyleSpec(Style);

impl<'de> Deserialize<'de> for StyleSpec {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for StyleSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut style = Style::new();
        let mut behind = false;
        for word in text.split_whitespace() {
            let modifier = match word {
                "on" => {
                    behind = true;
                    continue;
                }
                "bold" => Modifier::BOLD,
                "dim" => Modifier::DIM,
                "italic" => Modifier::ITALIC,
                "underline" => Modifier::UNDERLINED,
                "reverse" => Modifier::REVERSED,
                _ => {
                    let colour: Color = word.parse().map_err(|_| format!("no colour is called '{word}'"))?;
                    style = if behind { style.bg(colour) } else { style.fg(colour) };
                    continue;
                }
            };
            style = style.add_modifier(modifier);
        }
        Ok(Self(style))
    }
}

/// The sixteen colours of ANSI as xterm shows them.
const ANSI: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The colour of the terminal that is most like `colour`; none where it has no colours.
fn nearest(colour: Color, depth: Depth) -> Option<Color> {
    let Color::Rgb(red, green, blue) = colour else { return (depth > Depth::Mono).then_some(colour) };
    match depth {
        Depth::Mono => None,
        Depth::True => Some(colour),
        Depth::Indexed => Some(Color::Indexed(indexed([red, green, blue]))),
        Depth::Sixteen => {
            if let Some(named) = pastel([red, green, blue]) {
                return Some(named);
            }
            let distance = |other: &[u8; 3]| apart([red, green, blue], *other);
            ANSI.iter().min_by_key(|(_, other)| distance(other)).map(|(name, _)| *name)
        }
    }
}

/// The colour of ANSI that has the hue of a pale one, to which grey would be nearer; none where it has hardly any hue.
fn pastel(colour: [u8; 3]) -> Option<Color> {
    const PALE: u8 = 90;
    const HUES: [Color; 6] = [
        Color::LightRed,
        Color::LightYellow,
        Color::LightGreen,
        Color::LightCyan,
        Color::LightBlue,
        Color::LightMagenta,
    ];
    let [red, green, blue] = colour.map(f32::from);
    let (least, most) = (colour.into_iter().min()?, colour.into_iter().max()?);
    let range = f32::from(most - least);
    if least < PALE || range < 0.25 * f32::from(most) {
        return None;
    }
    let sixth = if most == colour[0] {
        (green - blue) / range
    } else if most == colour[1] {
        2.0 + (blue - red) / range
    } else {
        4.0 + (red - green) / range
    };
    HUES.get(sixth.rem_euclid(6.0).round() as usize % HUES.len()).copied()
}

/// The cube of 6 x 6 x 6 or the ramp of 24 greys, whichever is nearer.
fn indexed(colour: [u8; 3]) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |part: u8| (0u8..6).min_by_key(|index| STEPS.get(usize::from(*index)).map(|value| value.abs_diff(part)));
    let cube = colour.map(|part| step(part).unwrap_or_default());
    let of_cube = cube.map(|index| STEPS.get(usize::from(index)).copied().unwrap_or_default());
    let mean = colour.iter().map(|part| u16::from(*part)).sum::<u16>() / 3;
    let grey = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or_default().min(23);
    if apart(colour, [8 + grey * 10; 3]) < apart(colour, of_cube) {
        232 + grey
    } else {
        16 + 36 * cube[0] + 6 * cube[1] + cube[2]
    }
}

fn apart(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_styles_every_part_and_nothing_else() {
        for name in Theme::names() {
            let table: toml::Table = Theme::source(name).unwrap().parse().unwrap();
            let parts: Vec<&str> = table["colours"].as_table().unwrap().keys().map(String::as_str).collect();
            for part in Theme::PARTS {
                assert!(parts.contains(part), "{name} has no {part}");
            }
            assert_eq!(Theme::shipped(name).1, Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn kinds_differ_without_colours_too() {
        for name in Theme::names() {
            let theme = Theme::shipped(name).0.at(Depth::Mono);
            assert_ne!(theme.person, theme.organization, "{name}");
            assert_ne!(theme.person, theme.place, "{name}");
            assert_ne!(theme.organization, theme.place, "{name}");
            assert_ne!(theme.selected, theme.current, "{name}");
        }
    }

    #[test]
    fn colours_shrink_to_what_the_terminal_has() {
        let colour = Color::Rgb(0x87, 0xd7, 0xff);
        assert_eq!(nearest(colour, Depth::True), Some(colour));
        assert_eq!(nearest(colour, Depth::Indexed), Some(Color::Indexed(117)));
        assert_eq!(nearest(Color::Rgb(48, 48, 48), Depth::Indexed), Some(Color::Indexed(236)));
        assert_eq!(nearest(Color::Rgb(250, 10, 10), Depth::Sixteen), Some(Color::LightRed));
        assert_eq!(nearest(Color::Red, Depth::Mono), None);
    }

    #[test]
    fn kinds_have_colours_of_their_own_among_sixteen() {
        for name in ["dark", "light", "contrast"] {
            let theme = Theme::shipped(name).0.at(Depth::Sixteen);
            let kinds = [theme.text.fg, theme.person.fg, theme.organization.fg, theme.place.fg];
            let distinct: std::collections::HashSet<_> = kinds.iter().collect();
            assert_eq!(distinct.len(), kinds.len(), "{name}: {kinds:?}");
        }
    }

    #[test]
    fn a_theme_of_its_own_file_stands_on_the_dark_one() {
        let (theme, faults) = Theme::parse("[colours]\nperson = 'red'\n[keys]\n");
        assert_eq!((theme.person, theme.place), (Style::new().fg(Color::Red), Theme::shipped("dark").0.place));
        assert_eq!(faults, ["keys: no such table"]);
        assert_eq!(Theme::parse("[colours").1.len(), 1);
    }

    #[test]
    fn faults_of_a_configuration_are_named() {
        let mut theme = Theme::default();
        let parts: toml::Table = "person = 'mauvish'\nnobody = 'red'\nplace = 'green bold'\n".parse().unwrap();
        let faults = theme.change(&toml::Value::Table(parts));
        assert_eq!(faults, ["colours.nobody: no such part", "colours.person: no colour is called 'mauvish'"]);
        assert_eq!(theme.place, Style::new().fg(Color::Green).add_modifier(Modifier::BOLD));
    }
}
