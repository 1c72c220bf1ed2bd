//! The last row: what is read, how far, what just happened, and the line that is being typed.

use super::paint::{Align, Canvas};
use crate::tui::{
    app::{
        App, Overlay, address,
        document::Progress,
        geometry::{Area, Areas},
        library::{catalogue::Typing, decide::LibraryDialog},
        navigation,
        selection::{Focus, Selection},
        speaker::{is_doubtful, speaker, unknown},
    },
    strings::Phrase,
    theme::Theme,
};
use ratatui::style::Style;

/// Words a minute of someone who reads news in Arabic, and bytes of a word with its blank.
const BYTES_A_MINUTE: usize = 170 * 11;

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    if areas.status.height == 0 {
        return;
    }
    canvas.fill(areas.status, theme.status);
    let strings = &app.config.strings;
    let mut area = areas.status.inset(1, 1);
    let place = place(app);
    if area.width > 40 {
        let used = canvas.label(area, &place, Align::End, theme.status);
        area = if strings.rtl { area.inset(used + 2, 0) } else { area.inset(0, used + 2) };
    }
    let in_library = app.focus == Focus::Library;
    if !in_library && app.documents.here().overrides && area.width > 40 {
        let used = canvas.label(area, &strings.text(Phrase::Overrides), Align::Start, theme.fault);
        area = if strings.rtl { area.inset(0, used + 2) } else { area.inset(used + 2, 0) };
    }
    if let Some(prompt) = prompt(app) {
        canvas.label(area, &prompt, Align::Start, theme.notice);
        return;
    }
    if let Some(notice) = &app.notice {
        canvas.label(area, &notice.text, Align::Start, if notice.fault { theme.fault } else { theme.notice });
        return;
    }
    if in_library {
        let fits = hint(&strings.text(Phrase::HintLibrary), area.width, canvas);
        canvas.label(area, &fits, Align::Start, theme.status);
        return;
    }
    let here = app.documents.here();
    let aside = if theme.dim.bg.is_some() { theme.status } else { theme.status.patch(theme.dim) };
    let work = match here.progress {
        Progress::Loading => strings.text(Phrase::Loading),
        Progress::Extracting(done) => strings.text(Phrase::Extracting { percent: &app.config.number(done.into()) }),
        Progress::Done => selection(app).unwrap_or_default(),
    };
    let checked = matches!(here.selected, Some(Selection::Quote(id)) if here.checked.source(id).is_some());
    let keys = strings.text(if checked { Phrase::HintChecked } else { keys(here.selected) });
    if work.is_empty() {
        let fits = hint(&keys, area.width, canvas);
        let used = canvas.label(area, &fits, Align::Start, theme.status);
        return document(app, aside, area, (used, canvas));
    }
    // However narrow it is, there is room for one key.
    let first = keys.split("   ").next().map_or(0, |first| canvas.width(first) + 3);
    let spare = if here.progress == Progress::Done && area.width > first * 2 { first } else { 0 };
    let room = if strings.rtl { area.inset(spare, 0) } else { area.inset(0, spare) };
    let mut used = canvas.label(room, &work, Align::Start, theme.status);
    if let Progress::Extracting(done) = here.progress
        && area.width > used + BAR + 2
    {
        let x = if strings.rtl { area.right() - used - 1 - BAR } else { area.x + used + 1 };
        bar((theme.notice, aside), (x, area.y), done, (canvas, strings.rtl));
        used += BAR + 1;
    }
    if here.progress == Progress::Done && area.width > used + 3 {
        let rest = if strings.rtl { area.inset(0, used + 3) } else { area.inset(used + 3, 0) };
        let fits = hint(&keys, rest.width, canvas);
        used += canvas.label(rest, &fits, Align::Start, aside) + 3;
    }
    document(app, aside, area, (used, canvas));
}

/// What is read, where there is room for it.
fn document(app: &App, style: Style, area: Area, (used, canvas): (u16, &mut Canvas<'_>)) {
    if area.width > used + 16 {
        let rest = if app.config.strings.rtl { area.inset(0, used + 3) } else { area.inset(used + 3, 0) };
        let here = app.documents.here();
        let width = canvas.label(rest, here.label(), Align::End, style);
        if let Some(address) = address::source(here).filter(|_| app.config.links) {
            let x = if app.config.strings.rtl { rest.x } else { rest.right() - width };
            canvas.link((x, rest.y), width, &address);
        }
    }
}

/// The keys that go with what is selected.
const fn keys(selected: Option<Selection>) -> Phrase<'static> {
    match selected {
        Some(Selection::Entity(_)) => Phrase::HintEntity,
        Some(Selection::Quote(_)) => Phrase::HintQuote,
        Some(Selection::EntityOf(..) | Selection::QuoteOf(..)) => Phrase::HintElsewhere,
        Some(Selection::Hits) => Phrase::HintHits,
        Some(Selection::Group(_)) | None => Phrase::Hint,
    }
}

/// As much of the hint as there is room for, whole keys of it.
fn hint(text: &str, room: u16, canvas: &Canvas<'_>) -> String {
    let mut fits = String::new();
    for part in text.split("   ") {
        let longer = if fits.is_empty() { part.to_owned() } else { format!("{fits}   {part}") };
        if canvas.width(&longer) > room {
            break;
        }
        fits = longer;
    }
    fits
}

/// Columns of the progress bar.
const BAR: u16 = 16;

/// How much is done, from the side where lines start.
fn bar((full_style, rest_style): (Style, Style), (x, y): (u16, u16), done: u8, (canvas, rtl): (&mut Canvas<'_>, bool)) {
    let full = u16::from(done.min(100)) * BAR / 100;
    for part in 0..BAR {
        let column = x + if rtl { BAR - 1 - part } else { part };
        let (symbol, style) = if part < full { ("━", full_style) } else { ("─", rest_style) };
        canvas.put(column, y, symbol, style);
    }
}

/// Which of how many: the mention that the cursor is on.
fn selection(app: &App) -> Option<String> {
    let here = app.documents.here();
    let target = here.selected.filter(|target| !matches!(target, Selection::Group(_)))?;
    let places = here.places(target);
    let at = places.iter().position(|place| *place == here.cursor);
    let of = app.config.number(places.len());
    let name = match target {
        Selection::Entity(id) => here.annotations.entity(id)?.name.clone(),
        Selection::Quote(id) => {
            let quote = here.quote(id)?;
            let doubt = is_doubtful(here, quote).then(|| unknown(app.config.strings.rtl));
            let by = doubt.or_else(|| speaker(here, quote));
            return Some(match by {
                Some(name) => app.config.strings.text(Phrase::QuoteOf { name }),
                None => app.config.strings.text(Phrase::NoSpeaker),
            });
        }
        Selection::Hits => app.search.query.text().to_owned(),
        _ => return None,
    };
    let at = at.map_or_else(|| "–".to_owned(), |at| app.config.number(at + 1));
    Some(app.config.strings.text(Phrase::Selection { name: &name, at: &at, total: &of }))
}

/// The page, where there are pages; how far in per cent, and the minutes that are left.
fn place(app: &App) -> String {
    if app.focus == Focus::Library {
        let list = &app.library.list;
        let Some(total) = list.total.filter(|total| *total > 0) else { return String::new() };
        let (shown, total) = (app.config.number(list.choice + 1), app.config.number(total));
        return app.config.text(Phrase::Of { shown: &shown, total: &total });
    }
    let here = app.documents.here();
    let total = here.document.text().len();
    let seen = here.seen(app.context().window());
    // The end of the text is on the screen: nothing is left.
    let rest = total.saturating_sub(seen.end);
    let share = if rest == 0 { 100 } else { seen.end * 100 / total.max(1) };
    let minutes = if rest == 0 { 0 } else { total.saturating_sub(seen.start).div_ceil(BYTES_A_MINUTE) };
    let strings = &app.config.strings;
    let far = strings.text(Phrase::Place { percent: &app.config.number(share), minutes: &app.config.number(minutes) });
    match navigation::current_page(&app.context()) {
        None => far,
        Some(page) => {
            let (page, pages) = (app.config.number(page), app.config.number(here.document.pages().len()));
            format!("{}  {far}", strings.text(Phrase::OnPage { page: &page, pages: &pages }))
        }
    }
}

/// The line that is being typed.
pub fn prompt(app: &App) -> Option<String> {
    let strings = &app.config.strings;
    let line = app.line().map(|line| line.shown(usize::from(app.size.0) / 2));
    match (&app.overlay, line) {
        (Overlay::Search, Some(line)) => {
            let count = app.documents.here().hits.len();
            let found = match &app.search.fault {
                Some(fault) => fault.clone(),
                None if app.search.query.text().is_empty() && app.documents.all().len() > 1 => {
                    strings.text(Phrase::SearchHintAll)
                }
                None if app.search.query.text().is_empty() => strings.text(Phrase::SearchHint),
                None => {
                    let more = if app.is_busy() { "…" } else { "" };
                    strings.text(Phrase::Hits { count: &format!("{}{more}", app.config.number(count)) })
                }
            };
            let mut how = Vec::new();
            if app.search.exact {
                how.push(strings.text(Phrase::Exact));
            }
            if app.search.everywhere {
                how.push(strings.text(Phrase::SearchEverywhere));
            }
            if app.search.regex {
                how.push(strings.text(Phrase::Regex));
            }
            how.push(found);
            Some(strings.text(Phrase::Search { typed: &line, how: &how.join(&strings.text(Phrase::Comma)) }))
        }
        (Overlay::Filter, Some(line)) => Some(strings.text(Phrase::Filter { text: &line })),
        (Overlay::Library(LibraryDialog::Line), Some(line)) => Some(match app.library.typing {
            Typing::Filter => strings.text(Phrase::Filter { text: &line }),
            Typing::Query if app.library.line.text().is_empty() => {
                strings.text(Phrase::LibrarySearchHint { typed: &strings.text(Phrase::LibrarySearch { typed: &line }) })
            }
            Typing::Query => strings.text(Phrase::LibrarySearch { typed: &line }),
        }),
        (overlay, _) => overlay.prompt(&app.context()),
    }
}
