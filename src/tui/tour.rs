//! The tour of the reader on the sample article: ten steps, each asks for the key that does a thing, and goes on once it
//! is done. It looks on while the reader is used and changes nothing of it: what the keys do is what they always do.

use crate::tui::{
    action::{Action, Command, Control, Correction, Find, Revision, Walk},
    app::{App, Config, Overlay, selection::Focus},
    keymap::{Code, Key, Mode},
    strings::Phrase,
};

/// Something that the tour shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    NextName,
    NextMention,
    NextQuote,
    Speaker,
    Panel,
    Correct,
    Undo,
    Search,
    Export,
    Help,
}

impl Step {
    /// Every step, in the order of the tour.
    const ALL: [Self; 10] = [
        Self::NextName,
        Self::NextMention,
        Self::NextQuote,
        Self::Speaker,
        Self::Panel,
        Self::Correct,
        Self::Undo,
        Self::Search,
        Self::Export,
        Self::Help,
    ];

    /// What is asked for, with the key that the keymap has for it.
    fn text(self, config: &Config) -> String {
        let key = |action: Action| config.keymap.first(action);
        match self {
            Self::NextName => config.text(Phrase::TourNextName { key: &key(Walk::NextName.into()) }),
            Self::NextMention => config.text(Phrase::TourNextMention { key: &key(Walk::Next.into()) }),
            Self::NextQuote => config.text(Phrase::TourNextQuote { key: &key(Walk::NextQuote.into()) }),
            Self::Speaker => config.text(Phrase::TourSpeaker { key: &key(Walk::Counterpart.into()) }),
            Self::Panel => config.text(Phrase::TourPanel { key: &key(Control::Focus.into()) }),
            Self::Correct => {
                let (key, kind) = (key(Correction::Menu.into()), key(Correction::AsPlace.into()));
                config.text(Phrase::TourCorrect { key: &key, kind: &kind })
            }
            Self::Undo => config.text(Phrase::TourUndo { key: &key(Revision::Undo.into()) }),
            Self::Search => config.text(Phrase::TourSearch { key: &key(Find::Open.into()) }),
            Self::Export => config.text(Phrase::TourExport { key: &key(Command::Export.into()) }),
            Self::Help => config.text(Phrase::TourHelp { key: &key(Command::Help.into()) }),
        }
    }

    /// Whether a key that did an action has done it.
    fn is_done(self, pressed: Pressed, app: &App) -> bool {
        let done = |action: Action| pressed.action == Some(action);
        // What cannot be done is said.
        let quietly = |action: Action| done(action) && app.notice.is_none();
        match self {
            // Somebody who is named more than once: the next step goes to the other places.
            Self::NextName => {
                let places = app.context().selected().map_or(0, |target| app.documents.here().places(target).len());
                quietly(Walk::NextName.into()) && places > 1
            }
            Self::NextMention => done(Walk::Next.into()) && app.context().selected().is_some(),
            Self::NextQuote => quietly(Walk::NextQuote.into()),
            Self::Speaker => quietly(Walk::Counterpart.into()),
            Self::Panel => done(Control::Focus.into()) && app.focus == Focus::Panel,
            Self::Correct => {
                let kinds = [Correction::AsPerson, Correction::AsOrganization, Correction::AsPlace];
                let is_kind = kinds.iter().any(|kind| done((*kind).into()));
                is_kind && app.notice.as_ref().is_some_and(|notice| !notice.fault)
            }
            Self::Undo => done(Revision::Undo.into()),
            Self::Search => pressed.searching && done(Control::Enter.into()) && !app.documents.here().hits.is_empty(),
            Self::Export => matches!(app.overlay, Overlay::Export(_)),
            Self::Help => matches!(app.overlay, Overlay::Help(_)),
        }
    }
}

/// A key that was pressed, as the reader took it.
#[derive(Clone, Copy, Debug, Default)]
struct Pressed {
    action: Option<Action>,
    /// Whether the line for searching was open.
    searching: bool,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// For the reader.
    No,
    /// For the tour, which is at another step now.
    Here,
    /// The tour is left.
    Left,
}

/// Where somebody is in the tour.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tour {
    /// Steps that are behind.
    at: usize,
    pressed: Pressed,
}

/// The key that goes on without doing it.
const SKIP: Code = Code::Function(2);

impl Tour {
    /// Rows that it takes at the foot of the screen.
    pub const ROWS: u16 = 3;

    /// Takes a key before the reader does: F2 leaves a step out; Esc, where it closes nothing, leaves the tour.
    pub fn take(&mut self, key: Key, app: &App) -> Taken {
        if key.code == SKIP {
            self.at = (self.at + 1).min(Step::ALL.len());
            return Taken::Here;
        }
        let open = matches!(app.mode(), Mode::Text | Mode::Panel) && app.overlay == Overlay::None;
        if key.code == Code::Esc && open {
            return Taken::Left;
        }
        let searching = matches!(app.overlay, Overlay::Search);
        self.pressed = Pressed { action: app.config.keymap.action(app.mode(), key), searching };
        Taken::No
    }

    /// After the reader took it: goes on where the step is done.
    pub fn look(&mut self, app: &App) {
        if Step::ALL.get(self.at).is_some_and(|step| step.is_done(self.pressed, app)) {
            self.at += 1;
        }
        self.pressed = Pressed::default();
    }

    /// What is asked for, and which keys lead out of it.
    #[must_use]
    pub fn lines(&self, config: &Config) -> (String, String) {
        let Some(step) = Step::ALL.get(self.at) else {
            return (config.text(Phrase::TourDone), config.text(Phrase::TourLeave));
        };
        let (at, total) = (config.number(self.at + 1), config.number(Step::ALL.len()));
        let asked = step.text(config);
        let head = config.text(Phrase::TourStep { at: &at, total: &total });
        (format!("{head} {asked}"), config.text(Phrase::TourSkip))
    }
}
