//! The export dialog: a format, what it will look like, and the name of the file.

use super::{
    context::Context,
    event::{Effect, ExportEvent, Mouse, Preview},
    geometry::Area,
    input::{Edited, LineInput},
    outcome::{Outcome, Request},
    overlay::list::moved,
};
use crate::tui::{
    action::{Action, Command, Control},
    strings::Phrase,
};

/// From this width on, the formats are beside the preview.
pub const WIDE: u16 = 60;
/// Columns of the formats.
pub const FORMATS: u16 = 14;

/// What is chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportDialog {
    /// The number of the format in [`super::config::Config::formats`].
    pub choice: usize,
    /// The file's name.
    pub input: LineInput,
    /// The file that Enter would write over now.
    pub taken: Option<String>,
    /// What the file will look like.
    pub preview: Preview,
    /// Whether the keys go to the formats rather than to the name.
    pub in_list: bool,
    /// Whether a person typed the name.
    typed: bool,
    /// Whether it is being written.
    writing: bool,
}

impl ExportDialog {
    /// Takes an action; none where it is not for it.
    pub fn update(&mut self, action: Action, context: &Context<'_>) -> Option<Outcome> {
        match action {
            Action::Motion(motion) if self.in_list => {
                let choice = moved(self.choice, motion, context.config.formats.len(), context)?;
                return Some(self.choose(choice, context));
            }
            Action::Control(Control::Focus) => {
                self.in_list = !self.in_list;
                return Some(Outcome::none());
            }
            Action::Command(Command::Quit) if self.in_list => return Some(Request::Close.into()),
            _ => {}
        }
        Some(match self.input.edit(action) {
            Edited::Text => {
                self.renamed();
                Outcome::none()
            }
            Edited::Caret => Outcome::none(),
            Edited::Older => self.choose(self.choice.saturating_sub(1), context),
            Edited::Newer => {
                let last = context.config.formats.len().saturating_sub(1);
                self.choose((self.choice + 1).min(last), context)
            }
            Edited::Not => match action {
                Action::Control(Control::Enter) => self.enter(context),
                Action::Control(Control::Cancel) => Request::Close.into(),
                _ => return None,
            },
        })
    }

    /// Takes letters that are typed into the name.
    pub fn write(&mut self, text: &str) {
        self.input.write(text);
        self.renamed();
    }

    fn renamed(&mut self) {
        (self.typed, self.taken, self.writing) = (true, None, false);
    }

    /// Asks what the file will look like.
    pub fn ask(&self, context: &Context<'_>) -> Outcome {
        let format = context.config.formats.get(self.choice);
        let effect = |name: &String| Request::Effect(Effect::Preview(context.documents.current(), name.clone()));
        Outcome::from(format.map(|format| effect(&format.name)))
    }

    /// Takes what became known of the file.
    pub fn take(&mut self, event: ExportEvent, context: &Context<'_>) {
        match event {
            ExportEvent::Name(name) if !self.typed => self.input.set(name),
            ExportEvent::Preview(preview) => {
                let format = context.config.formats.get(self.choice);
                if format.is_some_and(|format| format.name == preview.format) {
                    self.preview = *preview;
                }
            }
            ExportEvent::Taken(path) => (self.taken, self.writing) = (Some(path), false),
            ExportEvent::Failed(_) => self.writing = false,
            ExportEvent::Name(_) | ExportEvent::Done(_) => {}
        }
    }

    /// Chooses a format; a name that was typed takes its ending.
    fn choose(&mut self, choice: usize, context: &Context<'_>) -> Outcome {
        let ending = |choice: usize| context.config.formats.get(choice).map(|format| format.ending.as_str());
        let (Some(before), Some(now)) = (ending(self.choice), ending(choice)) else { return Outcome::none() };
        if let Some(stem) = self.input.text().strip_suffix(before).filter(|stem| stem.ends_with('.')) {
            self.input.set(format!("{stem}{now}"));
        }
        (self.choice, self.taken) = (choice, None);
        self.ask(context)
    }

    /// Chooses the format that was clicked; a click beside the dialog closes it.
    pub fn press(&mut self, mouse: Mouse, context: &Context<'_>) -> Outcome {
        let list = Self::formats(context);
        if list.contains(mouse.column, mouse.row) {
            return self.choose(self.top(list) + usize::from(mouse.row - list.y), context);
        }
        let inside = Self::frame(context).contains(mouse.column, mouse.row);
        if inside { Outcome::none() } else { Request::Close.into() }
    }

    /// Writes the file, unless there is one of that name and it was not asked yet.
    fn enter(&mut self, context: &Context<'_>) -> Outcome {
        let Some(format) = context.config.formats.get(self.choice).filter(|_| !self.writing) else {
            return Outcome::none();
        };
        let path = self.input.text().trim().to_owned();
        if path.is_empty() {
            return Outcome::say(context.text(Phrase::ExportNoName));
        }
        self.writing = true;
        let said = Outcome::say(context.text(Phrase::Writing { path: &path }));
        let (document, format, over) = (context.documents.current(), format.name.clone(), self.taken.is_some());
        said.then(Request::Effect(Effect::Export { document, format, path, over }))
    }

    /// The topmost format that is seen.
    #[must_use]
    pub fn top(&self, list: Area) -> usize {
        (self.choice + 1).saturating_sub(list.height.into())
    }

    /// Where the dialog lies, its margins included.
    #[must_use]
    pub fn frame(context: &Context<'_>) -> Area {
        let screen = context.screen();
        screen.middle(100.min(context.size.0.saturating_sub(4)), 24.min(screen.height.saturating_sub(2)))
    }

    /// Where its formats are.
    #[must_use]
    pub fn formats(context: &Context<'_>) -> Area {
        let below = Self::frame(context).inset(2, 2).rows(4).1;
        let below = Area { height: below.height.saturating_sub(1), ..below };
        if below.width < WIDE {
            return below.rows(below.height / 2).0;
        }
        if context.is_rtl() { below.columns(below.width - FORMATS).1 } else { below.columns(FORMATS).0 }
    }
}
