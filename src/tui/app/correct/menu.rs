//! The menu of corrections: what can be said about its subject.

use super::{Dialog, Subject};
use crate::{
    annotation::{Item, Kind, QuoteKind},
    tui::{
        action::Action,
        app::{App, Effect, Overlay, geometry::Area},
    },
};

impl App {
    /// The corrections that go with a subject, in the order of the menu.
    #[must_use]
    pub fn possible(&self, subject: Subject) -> Vec<Action> {
        use Action::{
            Accept, AsDirect, AsIndirect, AsOrganization, AsPerson, AsPlace, Edges, Link, Merge, Note, Reject, Rename,
            Speaker, Split, Whole,
        };
        let here = self.documents.here();
        let item = match subject {
            Subject::Words(_) => return vec![AsPerson, AsOrganization, AsPlace, Link, AsDirect, AsIndirect],
            Subject::Item(item) => item,
        };
        if let Item::Quote(id) = item {
            let direct = here.annotations.quote(id).is_some_and(|quote| quote.kind == QuoteKind::Direct);
            return vec![Accept, Reject, Edges, if direct { AsIndirect } else { AsDirect }, Speaker, Note];
        }
        let entity = here.entity_of(item).and_then(|id| here.annotations.entity(id));
        let kinds = [(Kind::Person, AsPerson), (Kind::Organization, AsOrganization), (Kind::Place, AsPlace)];
        let others = kinds.iter().filter(|(kind, _)| entity.is_some_and(|entity| entity.kind != *kind));
        let mut all = vec![Accept, Reject];
        let mention = matches!(item, Item::Mention(_));
        if mention {
            all.push(Edges);
        }
        all.extend(others.map(|(_, action)| *action));
        all.push(Rename);
        if here.annotations.entities.len() > 1 {
            all.push(Merge);
            if mention {
                all.push(Link);
            }
        }
        if mention {
            if entity.is_some_and(|entity| here.annotations.mentions_of(entity.id).nth(1).is_some()) {
                all.push(Split);
            }
            all.extend([Note, Whole]);
        } else {
            all.push(Note);
        }
        all
    }

    /// Takes an action while the menu is open.
    pub(in crate::tui::app) fn in_menu(&mut self, action: Action) -> Option<Effect> {
        let Overlay::Correct(Dialog::Menu { subject, choice }) = &self.overlay else { return None };
        let (subject, choice) = (*subject, *choice);
        let lines = self.possible(subject);
        let last = lines.len().saturating_sub(1);
        let choice = match action {
            Action::Down => (choice + 1).min(last),
            Action::Up => choice.saturating_sub(1),
            Action::Start => 0,
            Action::End => last,
            Action::Enter => return lines.get(choice).and_then(|action| self.correct(*action)),
            Action::Cancel | Action::Correct => {
                self.overlay = Overlay::None;
                return None;
            }
            _ => return self.correct(action),
        };
        self.overlay = Overlay::Correct(Dialog::Menu { subject, choice });
        None
    }
}

/// Columns of the menu: it lies beside what is corrected rather than on it.
const MENU: u16 = 46;

impl App {
    /// How many lines a dialog has.
    pub(in crate::tui::app) fn dialog_len(&self, dialog: &Dialog) -> usize {
        match dialog {
            Dialog::Menu { subject, .. } => self.possible(*subject).len(),
            Dialog::Choose { found, .. } => found.len(),
            Dialog::Orphans { .. } => self.documents.here().orphans.len(),
            Dialog::Rejected { .. } => self.documents.here().annotations.rejected.len(),
            Dialog::Write { .. } | Dialog::Span { .. } => 0,
        }
    }

    /// Where a dialog lies: in the corner of the panel.
    pub(in crate::tui::app) fn dialog_frame(&self, dialog: &Dialog, screen: Area) -> Area {
        // A list that is typed into keeps its size.
        let lines = if matches!(dialog, Dialog::Choose { .. }) { 10 } else { self.dialog_len(dialog) };
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2).min(screen.height);
        let width = MENU.min(screen.width);
        let panel = self.areas().panel;
        let right = panel.width > 0 && panel.x > 0;
        Area { x: if right { screen.width - width } else { 0 }, y: screen.height - height, width, height }
    }

    /// Chooses the line of a dialog that was clicked.
    pub(in crate::tui::app) fn press_dialog(&mut self, line: usize) -> Option<Effect> {
        match &mut self.overlay {
            Overlay::Correct(Dialog::Menu { choice, .. }) => {
                *choice = line;
                self.in_menu(Action::Enter)
            }
            Overlay::Correct(Dialog::Choose { choice, found, .. }) if line < found.len() => {
                *choice = line;
                self.enter_correction()
            }
            _ => None,
        }
    }
}
