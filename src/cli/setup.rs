//! What the reader and `print` need before they start: the configuration, the words, the colours.

use crate::{
    files,
    terminal::Background,
    tui::{
        keymap::Keymap,
        settings::{Language, Settings},
        strings::Strings,
        theme::{Depth, Theme},
    },
};
use std::{env, io, path::PathBuf};

/// The most bytes of a configuration.
const LARGEST: u64 = 1 << 20;

/// The configuration as it was found, and what is wrong with it.
pub struct Setup {
    pub settings: Settings,
    pub keymap: Keymap,
    pub faults: Vec<String>,
    /// Whether there was nothing to read, or it could be read as TOML.
    pub is_read: bool,
    colours: Option<toml::Value>,
}

/// Where the configuration is looked for.
pub fn config_path() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")));
    Some(folder?.join("rawi").join("config.toml"))
}

/// The folder for themes of one's own: each a file NAME.toml.
pub fn themes_folder() -> Option<PathBuf> {
    Some(config_path()?.with_file_name("themes"))
}

/// The names of all themes: those that ship inside, and one's own.
pub fn themes() -> Vec<String> {
    let mut names: Vec<String> = Theme::names().map(str::to_owned).collect();
    let files = themes_folder().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut own: Vec<String> = files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| !names.contains(name))
        .collect();
    own.sort();
    names.append(&mut own);
    names
}

/// A theme by its name: one that ships inside, or a file of one's own.
fn named_theme(name: &str) -> (Theme, Vec<String>) {
    if Theme::source(name).is_some() {
        return Theme::shipped(name);
    }
    // The name is that of a file in the folder, not a path to somewhere else.
    let file = themes().iter().any(|known| known == name).then(themes_folder).flatten();
    match file.map(|folder| files::read_text_limited(&folder.join(format!("{name}.toml")), LARGEST)) {
        Some(Ok(source)) => {
            let (theme, faults) = Theme::parse(&source);
            (theme, faults.into_iter().map(|fault| format!("themes/{name}.toml: {fault}")).collect())
        }
        Some(Err(error)) => (Theme::shipped("dark").0, vec![format!("themes/{name}.toml: {error}")]),
        None => (Theme::shipped("dark").0, vec![format!("theme: no theme is called '{name}'")]),
    }
}

impl Setup {
    /// The same with other settings.
    pub fn with(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Everything that is wrong with the configuration and with the theme that it names.
    pub fn faults(&self) -> Vec<String> {
        let name = if self.settings.theme == "auto" { "dark" } else { &self.settings.theme };
        let (_, faults) = self.theme(name, Depth::True, None);
        self.faults.iter().cloned().chain(faults).collect()
    }

    /// Reads the configuration. A fault in it is to be said in the status line; the rest counts.
    pub fn read() -> Self {
        let (keymap, faults) = Keymap::shipped();
        let mut setup = Self { settings: Settings::default(), keymap, faults, is_read: true, colours: None };
        let text = match config_path().map(|path| files::read_text_limited(&path, LARGEST)) {
            Some(Ok(text)) => text,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
                setup.faults.push(error.to_string());
                setup.is_read = false;
                return setup;
            }
            _ => return setup,
        };
        match text.parse::<toml::Table>() {
            Ok(table) => {
                setup.faults.extend(setup.settings.change(&table));
                if let Some(keys) = table.get("keys") {
                    setup.faults.extend(setup.keymap.change(keys));
                }
                setup.colours = table.get("colours").cloned();
            }
            Err(error) => {
                setup.faults.push(error.message().trim().to_owned());
                setup.is_read = false;
            }
        }
        setup
    }

    /// The words of the interface: as set, else as the locale says.
    pub fn strings(&self) -> Strings {
        let locale =
            || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
        let arabic = match self.settings.ui {
            Language::Auto => locale().is_some_and(|locale| locale.starts_with("ar")),
            Language::Ar => true,
            Language::En => false,
        };
        if arabic { Strings::arabic() } else { Strings::english() }
    }

    /// A theme by its name, with what a person changed, in as many colours as there are. It brings its own background
    /// unless the terminal is known to have one that goes with it.
    pub fn theme(&self, name: &str, depth: Depth, ground: Option<Background>) -> (Theme, Vec<String>) {
        let fits = matches!((name, ground), ("dark", Some(Background::Dark)) | ("light", Some(Background::Light)));
        let name = if depth == Depth::Mono { "mono" } else { name };
        let (mut theme, mut faults) = named_theme(name);
        if let Some(colours) = &self.colours {
            faults.extend(theme.change(colours));
        }
        (if fits { theme } else { theme.on_paper() }.at(depth), faults)
    }
}

/// How many colours the terminal has, as its environment says.
pub fn depth() -> Depth {
    let get = |name| env::var(name).unwrap_or_default();
    let (term, colour) = (get("TERM"), get("COLORTERM"));
    if !get("NO_COLOR").is_empty() || term == "dumb" || term.starts_with("vt") {
        Depth::Mono
    } else if (colour == "truecolor" || colour == "24bit") && get("STY").is_empty() || term.ends_with("-direct") {
        // GNU screen takes the numbers of such a colour for other attributes; the variable is that of the terminal
        // around it.
        Depth::True
    } else if term.contains("256") || !get("XTERM_VERSION").is_empty() || !get("TMUX").is_empty() {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

/// The theme for a background.
pub const fn theme_for(ground: Option<Background>) -> &'static str {
    match ground {
        Some(Background::Light) => "light",
        Some(Background::Dark) | None => "dark",
    }
}
