//! How corrections look: the menu and what it asks, who decided, what is unsure.

use crate::{
    annotation::{Item, Provenance},
    tui::{
        action::Action,
        app::{
            App,
            correct::{Choice, Dialog, Marking, Purpose, Subject, Writing, is_unsure},
            documents::{OpenDocument, Selection},
        },
        keymap::Mode,
        strings::Phrase,
    },
};

/// The title of a dialog, its lines as key and text, and which of them is chosen.
type Content = (String, Vec<(String, String)>, Option<usize>);

/// What the list of a dialog shows; none for what has no list.
pub fn content(app: &App, dialog: &Dialog) -> Option<Content> {
    let strings = &app.config.strings;
    Some(match dialog {
        Dialog::Menu { subject, choice } => {
            let actions = app.possible(*subject).into_iter();
            let lines = actions.map(|action| (menu_key(app, action), strings.action(action).to_owned()));
            (title(app, *subject), lines.collect(), Some(*choice))
        }
        Dialog::Choose { purpose, choice, found, .. } => {
            let lines = found.iter().map(|choice| choice_line(app, *choice));
            (question(app, *purpose), lines.collect(), Some(*choice))
        }
        Dialog::Rejected { choice } => {
            let here = app.documents.here();
            let lines = here.annotations.rejected.iter().map(|item| {
                let what = if item.kind.is_some() { Phrase::LostMention } else { Phrase::LostQuote };
                (strings.text(what), app.words(item.span))
            });
            (strings.text(Phrase::Rejected), lines.collect(), Some(*choice))
        }
        Dialog::Orphans { choice } => {
            let lost = app.documents.here().orphans.iter();
            let lines = lost.map(|lost| (strings.text(lost.what), lost.words.clone()));
            (strings.text(Phrase::Lost), lines.collect(), Some(*choice))
        }
        Dialog::Write { .. } | Dialog::Span { .. } => return None,
    })
}

fn menu_key(app: &App, action: Action) -> String {
    app.config.keymap.keys(Mode::Correct, action).first().map(ToString::to_string).unwrap_or_default()
}

/// The keys that lead to an action of the menu from outside: `c p`.
pub fn key_of(app: &App, action: Action) -> Option<String> {
    let keys = &app.config.keymap;
    if !action.corrects() || !keys.keys(Mode::Always, action).is_empty() {
        return None;
    }
    let open = keys.keys(Mode::Always, Action::Correct).first()?;
    keys.keys(Mode::Correct, action).first().map(|key| format!("{open} {key}"))
}

fn title(app: &App, subject: Subject) -> String {
    let strings = &app.config.strings;
    match subject {
        Subject::Words(span) => strings.text(Phrase::OfWords { words: &app.words(span) }),
        Subject::Item(item @ Item::Mention(_)) => strings.text(Phrase::OfMention { words: &app.name(item) }),
        Subject::Item(item @ Item::Quote(_)) => strings.text(Phrase::OfQuote { words: &app.name(item) }),
        Subject::Item(item @ Item::Entity(id)) => {
            let count = app.documents.here().places(Selection::Entity(id)).len();
            strings.text(Phrase::OfEntity { name: &app.name(item), count: &app.number(count) })
        }
    }
}

fn question(app: &App, purpose: Purpose) -> String {
    let (strings, typed) = (&app.config.strings, app.typed().unwrap_or_default());
    match purpose {
        Purpose::Name(span) => strings.text(Phrase::WhoseName { name: &app.words(span), typed: &typed }),
        Purpose::Link(id) => strings.text(Phrase::WhoseName { name: &app.name(Item::Mention(id)), typed: &typed }),
        Purpose::Merge(id) => strings.text(Phrase::OneWith { name: &app.name(Item::Entity(id)), typed: &typed }),
        Purpose::Speaker(id) => strings.text(Phrase::WhoSays { quote: &app.name(Item::Quote(id)), typed: &typed }),
    }
}

fn choice_line(app: &App, choice: Choice) -> (String, String) {
    let strings = &app.config.strings;
    match choice {
        Choice::Entity(id) => {
            let count = app.documents.here().places(Selection::Entity(id)).len();
            (app.number(count), app.name(Item::Entity(id)))
        }
        Choice::Nobody => (String::new(), strings.text(Phrase::Nobody)),
        Choice::Words => (String::new(), strings.text(Phrase::ByWords)),
    }
}

/// What stands in the status line while something is written or marked.
pub fn prompt(app: &App, dialog: &Dialog, line: Option<&str>) -> Option<String> {
    let strings = &app.config.strings;
    match dialog {
        Dialog::Write { what: Writing::Name(_), .. } => Some(strings.text(Phrase::WriteName { typed: line? })),
        Dialog::Write { what: Writing::Note(_), .. } => Some(strings.text(Phrase::WriteNote { typed: line? })),
        Dialog::Span { what: Marking::Any | Marking::Span(_) | Marking::Speaker(_), .. } => {
            Some(strings.text(Phrase::MarkHint { words: &app.words(app.marked?) }))
        }
        _ => None,
    }
}

/// The mark before a line of the panel: decided by a person, or unsure.
pub fn mark(here: &OpenDocument, target: Selection) -> &'static str {
    let (by, confidence) = match target {
        Selection::Entity(id) if here.index.is_settled(id) => return "✓",
        Selection::Entity(id) => {
            let own = here.entity(id).map(|entity| entity.provenance);
            (own.unwrap_or_default(), here.index.sureness(id))
        }
        Selection::Quote(id) => {
            let quote = here.quote(id);
            quote.map_or((Provenance::Model, 1.0), |quote| (quote.provenance, quote.confidence))
        }
        _ => return " ",
    };
    match by {
        Provenance::Person(_) => "✓",
        Provenance::Model if is_unsure(by, confidence) => "?",
        Provenance::Model | Provenance::Imported => " ",
    }
}
