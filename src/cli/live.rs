//! What changes while the reader runs: its configuration, whenever it is saved, and the background of the terminal.

use super::{
    event_loop::Surface,
    message::Message,
    setup::{Setup, theme_for},
};
use crate::{
    terminal::{ASK_BACKGROUND, Background},
    tui::{
        app::{App, Event, Notice},
        strings::Phrase,
    },
};
use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    sync::mpsc::Sender,
    thread,
    time::{Duration, SystemTime},
};

/// How often the files of the configuration are looked at.
const STEP: Duration = Duration::from_secs(1);

/// Looks after the configuration on a thread of its own, and says when a file of it was saved.
pub fn watch(sender: Sender<Message>) -> io::Result<()> {
    let mut before = stamps();
    let look = move || {
        loop {
            thread::sleep(STEP);
            let now = stamps();
            if now != before {
                before = now;
                if sender.send(Message::Configuration).is_err() {
                    break;
                }
            }
        }
    };
    thread::Builder::new().name("configuration".to_owned()).spawn(look).map(drop)
}

/// The files of the configuration, when each was written, and its length.
fn stamps() -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let stamp = |path: PathBuf| {
        let about = fs::metadata(&path).ok()?;
        Some((path, about.modified().ok(), about.len()))
    };
    let themes = super::setup::themes_folder().and_then(|folder| fs::read_dir(folder).ok());
    let themes = themes.into_iter().flatten().flatten().map(|file| file.path());
    let mut all: Vec<_> = super::setup::config_path().into_iter().chain(themes).filter_map(stamp).collect();
    all.sort();
    all
}

impl Surface {
    /// Asks for the background again, where the theme goes by it.
    pub fn ask_background(&mut self, app: &App) -> io::Result<()> {
        if self.ground.is_none() || !self.goes_by_background(app) {
            return Ok(());
        }
        let out = self.terminal.backend_mut();
        out.write_all(ASK_BACKGROUND.as_bytes())?;
        Write::flush(out)
    }

    /// Whether nobody chose another theme than the one that goes with the background.
    fn goes_by_background(&self, app: &App) -> bool {
        self.automatic.as_deref() == Some(app.config.settings.theme.as_str())
    }

    /// The terminal has this background now.
    pub fn on_background(&mut self, ground: Background, app: &mut App) {
        if self.ground == Some(ground) || !self.goes_by_background(app) {
            return;
        }
        self.ground = Some(ground);
        self.automatic = Some(theme_for(self.ground).to_owned());
        theme_for(self.ground).clone_into(&mut app.config.settings.theme);
    }

    /// Reads the configuration again. What was changed in it counts from now on; what was changed by keys and not in the
    /// file stays. Of a file that is no TOML nothing is taken.
    pub fn configure_again(&mut self, app: &App) -> Vec<Event> {
        let setup = Setup::read();
        let fault = setup.faults().into_iter().next().map(|fault| format!("config.toml: {fault}"));
        if let (false, Some(text)) = (setup.is_read, &fault) {
            return vec![Event::Notice(Notice { text: text.clone(), fault: true })];
        }
        let mut settings = app.config.settings.taking(&self.setup.settings, &setup.settings);
        if self.setup.settings.theme != setup.settings.theme {
            self.automatic = (settings.theme == "auto").then(|| theme_for(self.ground).to_owned());
        }
        // The terminal was asked for one of the two.
        settings.plain = app.config.settings.plain;
        if settings.theme == "auto" {
            theme_for(self.ground).clone_into(&mut settings.theme);
        }
        let strings = if self.setup.settings.ui == setup.settings.ui { app.config.strings } else { setup.strings() };
        let keymap = setup.keymap.clone();
        let notice = match fault {
            Some(text) => Notice { text, fault: true },
            None => Notice { text: strings.text(Phrase::Configured), fault: false },
        };
        self.setup = setup;
        // The theme may be another one under the same name.
        self.name.clear();
        vec![Event::Configured(Box::new((settings, keymap, strings))), Event::Notice(notice)]
    }
}
