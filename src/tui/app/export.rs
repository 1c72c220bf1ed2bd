//! The export dialog: a format, what it will look like, and the name of the file.

use super::{App, Effect, Mouse, Overlay, geometry::Area};
use crate::tui::{action::Action, strings::Phrase};

/// From this width on, the formats are beside the preview.
pub const WIDE: u16 = 60;
/// Columns of the formats.
pub const FORMATS: u16 = 14;

/// What is chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialog {
    /// The number of the format in [`super::Config::formats`].
    pub choice: usize,
    /// The file's name.
    pub name: String,
    /// Whether a person typed it.
    pub typed: bool,
    /// The file that Enter would write over now.
    pub taken: Option<String>,
    /// What the file will look like.
    pub preview: Preview,
    /// Whether it is being written.
    pub writing: bool,
}

/// What a file will look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The name of the format.
    pub format: String,
    /// The first lines.
    pub lines: Vec<String>,
    /// What the format has no room for, and how many of it there are.
    pub left_out: Vec<(Phrase<'static>, usize)>,
}

impl App {
    /// Opens the dialog.
    pub(super) fn open_export(&mut self) -> Option<Effect> {
        self.overlay = Overlay::Export(Dialog::default());
        self.ask_preview()
    }

    /// Asks what the file will look like.
    pub(super) fn ask_preview(&self) -> Option<Effect> {
        let Overlay::Export(dialog) = &self.overlay else { return None };
        let format = self.config.formats.get(dialog.choice)?;
        Some(Effect::Preview(self.documents.current(), format.name.clone()))
    }

    /// Takes what the file will look like.
    pub(super) fn take_preview(&mut self, preview: Preview) {
        let Overlay::Export(dialog) = &mut self.overlay else { return };
        if self.config.formats.get(dialog.choice).is_some_and(|format| format.name == preview.format) {
            dialog.preview = preview;
        }
    }

    /// Takes a name for the file, unless a person typed one.
    pub(super) fn suggest_name(&mut self, name: String) {
        if let Overlay::Export(dialog) = &mut self.overlay
            && !dialog.typed
        {
            dialog.name = name;
        }
    }

    /// There is that file already.
    pub(super) fn name_taken(&mut self, path: String) {
        if let Overlay::Export(dialog) = &mut self.overlay {
            (dialog.taken, dialog.writing) = (Some(path), false);
            self.notice = None;
        }
    }

    /// The file could not be written.
    pub(super) fn not_exported(&mut self, reason: String) {
        if let Overlay::Export(dialog) = &mut self.overlay {
            dialog.writing = false;
        }
        self.fault(reason);
    }

    /// The file has been written.
    pub(super) fn exported(&mut self, path: &str) {
        if let Overlay::Export(_) = self.overlay {
            self.overlay = Overlay::None;
        }
        self.say(self.config.strings.text(Phrase::Exported { path }));
    }

    /// The format above or below.
    pub(super) fn beside_format(&mut self, action: Action) -> Option<Effect> {
        let Overlay::Export(dialog) = &self.overlay else { return None };
        let last = self.config.formats.len().saturating_sub(1);
        self.choose_format(if action == Action::Older {
            dialog.choice.saturating_sub(1)
        } else {
            (dialog.choice + 1).min(last)
        })
    }

    /// Chooses a format; a name that was typed takes its ending.
    pub(super) fn choose_format(&mut self, choice: usize) -> Option<Effect> {
        let Overlay::Export(dialog) = &mut self.overlay else { return None };
        let ending = |choice: usize| self.config.formats.get(choice).map(|format| format.ending.as_str());
        let (before, now) = (ending(dialog.choice)?, ending(choice)?);
        if let Some(stem) = dialog.name.strip_suffix(before).filter(|stem| stem.ends_with('.')) {
            dialog.name = format!("{stem}{now}");
        }
        (dialog.choice, dialog.taken) = (choice, None);
        self.ask_preview()
    }

    /// Chooses the format that was clicked; a click beside the dialog closes it.
    pub(super) fn press_export(&mut self, mouse: Mouse) -> Option<Effect> {
        let Overlay::Export(dialog) = &self.overlay else { return None };
        let list = self.export_list();
        if list.contains(mouse.column, mouse.row) {
            let top = (dialog.choice + 1).saturating_sub(list.height.into());
            return self.choose_format(top + usize::from(mouse.row - list.y));
        }
        if !self.export_frame().contains(mouse.column, mouse.row) {
            self.overlay = Overlay::None;
        }
        None
    }

    /// Changes the name that is typed.
    pub(super) fn change_name(&mut self, change: impl FnOnce(&mut String)) {
        if let Overlay::Export(dialog) = &mut self.overlay {
            change(&mut dialog.name);
            (dialog.typed, dialog.taken, dialog.writing) = (true, None, false);
        }
    }

    /// Writes the file, unless there is one of that name and it was not asked yet.
    pub(super) fn enter_export(&mut self) -> Option<Effect> {
        let Overlay::Export(dialog) = &mut self.overlay else { return None };
        if dialog.writing {
            return None;
        }
        let format = self.config.formats.get(dialog.choice)?.name.clone();
        let path = dialog.name.trim().to_owned();
        if path.is_empty() {
            self.say(self.config.strings.text(Phrase::ExportNoName));
            return None;
        }
        dialog.writing = true;
        let over = dialog.taken.is_some();
        self.say(self.config.strings.text(Phrase::Writing { path: &path }));
        Some(Effect::Export { document: self.documents.current(), format, path, over })
    }
}

impl App {
    /// Where the export dialog lies, its margins included.
    #[must_use]
    pub fn export_frame(&self) -> Area {
        let screen = Area { x: 0, y: 0, width: self.size.0, height: self.size.1.saturating_sub(1) };
        screen.middle(100.min(self.size.0.saturating_sub(4)), 24.min(screen.height.saturating_sub(2)))
    }

    /// Where its formats are.
    #[must_use]
    pub fn export_list(&self) -> Area {
        let below = self.export_frame().inset(2, 2).rows(4).1;
        let below = Area { height: below.height.saturating_sub(1), ..below };
        if below.width < WIDE {
            return below.rows(below.height / 2).0;
        }
        if self.config.strings.rtl { below.columns(below.width - FORMATS).1 } else { below.columns(FORMATS).0 }
    }
}
