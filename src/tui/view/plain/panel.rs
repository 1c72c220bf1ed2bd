//! The panel in words, and below it what is known of the selection.

use super::{detail, sheet::Sheet};
use crate::{
    annotation::{QuoteId, QuoteKind},
    tui::{
        app::{
            App,
            document::{OpenDocument, Progress},
            panel::PanelLine,
            selection::{Scope, Selection},
            speaker::{is_doubtful, speaker},
            verdict,
        },
        strings::Phrase,
        view::{decided, panel},
    },
};

/// The lines of the panel, the selected one chosen.
pub fn sheet(app: &App) -> Sheet {
    let context = app.context();
    let choice = app.panel.selected_line(&context);
    Sheet {
        head: Vec::new(),
        lines: app.panel.lines.iter().map(|line| words(app, *line)).collect(),
        choice,
        place: choice.map(|choice| (choice, app.panel.lines.len())),
        foot: detail::lines(app),
    }
}

fn words(app: &App, line: PanelLine) -> String {
    let strings = &app.config.strings;
    match line {
        PanelLine::Heading(group, shown, total) => {
            let name = strings.group(group);
            let folded = app.documents.here().folded.contains(&group);
            let name = if folded { strings.text(Phrase::Folded { group: name }) } else { name.to_owned() };
            let count = match (shown, total, app.documents.here().progress) {
                (_, 0, Progress::Done) => strings.text(Phrase::NoneFound),
                (_, 0, _) => "…".to_owned(),
                (shown, total, _) if shown < total => {
                    strings.text(Phrase::Of { shown: &app.config.number(shown), total: &app.config.number(total) })
                }
                _ => app.config.number(total),
            };
            strings.text(Phrase::PlainCount { what: &name, count: &count })
        }
        PanelLine::Nothing(why) => panel::why_in_words(app, why),
        PanelLine::Item(target) => item(app, target).unwrap_or_default(),
    }
}

fn item(app: &App, target: Selection) -> Option<String> {
    let (opened, own) = match target {
        Selection::EntityOf(number, id) => (app.documents.all().get(number)?, Selection::Entity(id)),
        Selection::QuoteOf(number, id) => (app.documents.all().get(number)?, Selection::Quote(id)),
        other => (app.documents.here(), other),
    };
    let mut parts = match own {
        Selection::Entity(id) => {
            let entity = opened.entity(id)?;
            let all = app.panel.scope == Scope::All;
            let cluster = all.then(|| app.documents.cluster_of(app.documents.current(), target)).flatten();
            let counted = |phrase, count: usize| {
                app.config.text(Phrase::PlainCount { what: &app.config.text(phrase), count: &app.config.number(count) })
            };
            let count = match cluster {
                Some(cluster) => counted(Phrase::Documents, cluster.members.len()),
                None => app.config.text(Phrase::Mentions { count: &app.config.number(opened.places(own).len()) }),
            };
            let role = entity.roles.first().map(|role| role.text.clone());
            [Some(entity.name.clone()), role, Some(count)].into_iter().flatten().collect::<Vec<_>>()
        }
        Selection::Quote(id) => quote(app, opened, id)?,
        _ => return None,
    };
    let mark = decided::mark(opened, own).trim();
    if !mark.is_empty() {
        parts.insert(0, mark.to_owned());
    }
    Some(parts.join(&app.config.text(Phrase::Comma)))
}

/// Who said it, its words, and the verdict on it.
fn quote(app: &App, opened: &OpenDocument, id: QuoteId) -> Option<Vec<String>> {
    let quote = opened.quote(id)?;
    let by = match speaker(opened, quote) {
        _ if is_doubtful(opened, quote) => app.config.text(Phrase::SpeakerInDoubt),
        Some(name) => app.config.text(Phrase::QuoteOf { name }),
        None => app.config.text(Phrase::NoSpeaker),
    };
    let kind = if quote.kind == QuoteKind::Direct { Phrase::DirectQuote } else { Phrase::IndirectQuote };
    let verdict = opened.checked.of(id).map(|checked| app.config.text(verdict::short(checked)));
    let words = opened.document.slice(quote.span).to_owned();
    Some([Some(app.config.text(kind)), Some(by), verdict, Some(words)].into_iter().flatten().collect())
}
