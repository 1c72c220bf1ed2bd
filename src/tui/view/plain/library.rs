//! A page of the library in words.

use super::sheet::Sheet;
use crate::{
    library::browse::Article,
    tui::{
        app::{
            App,
            library::{ask::Row, frame::Frame, spot::Tab},
        },
        strings::Phrase,
        view::library::head,
    },
};

/// Its head, the names of its lists, the lines of the list that is open.
pub fn sheet(app: &App) -> Sheet {
    let frame = Frame::of(&app.library, &app.context());
    let (list, tab) = (&app.library.list, app.library.tab);
    let mut lines_above: Vec<String> = head::lines(app).into_iter().map(|line| line.0).collect();
    let names = Tab::of(app.library.subject).iter().map(|other| {
        let name = head::tab_name(app, *other);
        if *other == tab { format!("[{name}]") } else { name }
    });
    lines_above.push(names.collect::<Vec<_>>().join(&app.config.text(Phrase::Comma)));
    if let Some((nothing, _)) = head::nothing(app) {
        return Sheet { head: lines_above, lines: vec![nothing], choice: Some(0), ..Sheet::default() };
    }
    let last = list.top + frame.lines(tab);
    let lines: Vec<String> =
        (list.top..last).filter_map(|number| list.row(number)).map(|row| words(app, row)).collect();
    Sheet {
        head: lines_above,
        lines,
        choice: Some(list.choice.saturating_sub(list.top)),
        place: list.total.map(|total| (list.choice, total)),
        foot: Vec::new(),
    }
}

fn words(app: &App, row: &Row) -> String {
    let counted = |phrase, count: u64| {
        let count = app.config.number(usize::try_from(count).unwrap_or(usize::MAX));
        app.config.text(Phrase::PlainCount { what: &app.config.text(phrase), count: &count })
    };
    let parts = match row {
        Row::Entry(entry) => {
            let mut parts = vec![
                entry.name.clone(),
                counted(Phrase::TabIn, entry.documents),
                counted(Phrase::TabMentions, entry.mentions),
                counted(Phrase::TabSaid, entry.quotes),
            ];
            parts.extend(entry.last.clone());
            parts
        }
        Row::Beside(beside) => vec![beside.name.clone(), counted(Phrase::TabIn, beside.documents)],
        Row::Article(document) => article(document),
        Row::Passage(passage) => {
            let mut parts = article(&passage.article);
            if app.library.tab != Tab::In {
                parts.extend(passage.speaker.as_ref().map(|name| app.config.text(Phrase::QuoteOf { name })));
                parts.push(passage.context.clone());
            }
            parts
        }
        Row::Hit(hit) => {
            let title = hit.title.clone().unwrap_or_else(|| hit.document.clone());
            let mut parts: Vec<String> =
                [hit.date.clone(), Some(title), hit.outlet.clone()].into_iter().flatten().collect();
            parts.push(hit.context.clone());
            parts
        }
        Row::Search(text) => vec![text.clone()],
    };
    parts.join(&app.config.text(Phrase::Comma))
}

/// A document: its date, its headline, who published it.
fn article(article: &Article) -> Vec<String> {
    let title = article.title.clone().unwrap_or_else(|| article.name.clone());
    let date = article.date.as_ref().map(|date| date.get(..10).unwrap_or(date).to_owned());
    [date, Some(title), article.outlet.clone()].into_iter().flatten().collect()
}
