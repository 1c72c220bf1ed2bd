//! The list of what was found.

use super::paint::{Align, Canvas};
use crate::annotation::{QuoteId, QuoteKind};
use crate::tui::{
    action::{Command, DocumentAction, Marking},
    app::{
        App, Focus, Overlay,
        cross_document::Cluster,
        document::{OpenDocument, Progress},
        geometry::{Area, Areas},
        panel::{PanelLine, Why},
        selection::{Group, Scope, Selection},
        speaker::{is_doubtful, speaker_short, unknown},
        verdict,
    },
    strings::Phrase,
    theme::Theme,
};
use ratatui::style::Style;

pub fn draw(app: &App, theme: &Theme, areas: &Areas, canvas: &mut Canvas<'_>) {
    for row in areas.rule.y..areas.rule.bottom() {
        canvas.put(areas.rule.x, row, "│", theme.rule);
    }
    let selected = app.panel.selected_line(&app.context());
    let rows = app.panel.lines.iter().enumerate().skip(app.panel.top).take(usize::from(areas.panel.height));
    for (at, (number, line)) in rows.enumerate() {
        let area = Area { y: areas.panel.y + at as u16, height: 1, ..areas.panel };
        let here = selected == Some(number);
        match line {
            PanelLine::Heading(group, shown, total) => heading(app, theme, (*group, *shown, *total), area, canvas),
            PanelLine::Item(target) => item(app, theme, *target, area, canvas),
            PanelLine::Nothing(why) => nothing(app, theme, *why, (area, canvas)),
        }
        if here {
            let on = app.focus == Focus::Panel && matches!(app.overlay, Overlay::None | Overlay::Filter);
            canvas.tint(area, if on { theme.row } else { theme.row_away });
        }
    }
}

fn heading(
    app: &App,
    theme: &Theme,
    (group, shown, total): (Group, usize, usize),
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let strings = &app.config.strings;
    let name = strings.group(group);
    let style = match group {
        Group::Kind(kind) => theme.heading.patch(Style { fg: theme.kind(kind).fg, ..Style::default() }),
        Group::Quotes => theme.heading.patch(Style { fg: theme.margin.fg, ..Style::default() }),
    };
    let folded = app.documents.here().folded.contains(&group);
    let arrow = match (folded, strings.rtl) {
        (false, _) => "▾",
        (true, false) => "▸",
        (true, true) => "◂",
    };
    let area = area.inset(1, 1);
    canvas.label(area, arrow, Align::Start, theme.dim);
    let count = if total == 0 {
        match app.documents.here().progress {
            Progress::Done => strings.text(Phrase::NoneFound),
            _ => "…".to_owned(),
        }
    } else if shown < total {
        strings.text(Phrase::Of { shown: &app.config.number(shown), total: &app.config.number(total) })
    } else if app.panel.scope == Scope::All {
        strings.text(Phrase::InAll { count: &app.config.number(total) })
    } else {
        app.config.number(total)
    };
    let used = canvas.label(area, &count, Align::End, theme.dim);
    let room = if strings.rtl { area.inset(used + 1, 2) } else { area.inset(2, used + 1) };
    canvas.label(room, name, Align::Start, style);
}

/// What is said where there is no text, and what to press.
pub fn empty_document(app: &App) -> String {
    let key = |action| app.config.keymap.first(action);
    let (list, quit) = (key(DocumentAction::List.into()), key(Command::Quit.into()));
    app.config.text(Phrase::EmptyDocument { list: &list, quit: &quit })
}

/// Why there is nothing.
pub fn why_in_words(app: &App, why: Why) -> String {
    let strings = &app.config.strings;
    let here = app.documents.here();
    match why {
        Why::Working => strings.text(Phrase::WhyWorking),
        Why::NoText => here.fault.clone().unwrap_or_else(|| empty_document(app)),
        Why::NothingFound => strings.text(Phrase::WhyNothing { key: &app.config.keymap.first(Marking::Begin.into()) }),
        Why::TooLong => {
            let mebibytes = app.config.number(here.document.text().len() >> 20);
            strings.text(Phrase::WhyLong {
                mebibytes: &mebibytes,
                key: &app.config.keymap.first(Command::LookHere.into()),
            })
        }
        Why::Filter => strings.text(Phrase::WhyFilter { text: app.panel.filter.text() }),
    }
}

/// Why there is nothing, on as many rows as it takes.
fn nothing(app: &App, theme: &Theme, why: Why, (area, canvas): (Area, &mut Canvas<'_>)) {
    let text = why_in_words(app, why);
    let bottom = app.areas().panel.bottom();
    let area = Area { y: area.y + 1, height: bottom.saturating_sub(area.y + 1), ..area }.inset(2, 1);
    canvas.wrapped(area, &text, theme.dim);
}

/// What a row says: who or what, in which style, how much room its count takes.
struct Item<'a> {
    name: &'a str,
    style: Style,
    role: Option<&'a str>,
    count: usize,
}

fn item(app: &App, theme: &Theme, target: Selection, area: Area, canvas: &mut Canvas<'_>) {
    let here = app.documents.here();
    let (opened, own) = match target {
        Selection::EntityOf(number, id) => (app.documents.all().get(number), Selection::Entity(id)),
        Selection::QuoteOf(number, id) => (app.documents.all().get(number), Selection::Quote(id)),
        other => (Some(here), other),
    };
    let Some(opened) = opened else { return };
    let rtl = app.config.strings.rtl;
    let mark = super::decided::mark(opened, own);
    canvas.put(if rtl { area.right().saturating_sub(2) } else { area.x + 1 }, area.y, mark, theme.dim);
    let area = if rtl { area.inset(1, 3) } else { area.inset(3, 1) };
    let entity = match own {
        Selection::Quote(id) => return quote(app, theme, (opened, id), area, canvas),
        Selection::Entity(id) => opened.entity(id),
        _ => None,
    };
    let Some(entity) = entity else { return };
    let cluster =
        (app.panel.scope == Scope::All).then(|| app.documents.cluster_of(app.documents.current(), target)).flatten();
    let item = Item {
        name: &entity.name,
        // Underlining a whole column of names is noise: the group says what they are.
        style: Style { add_modifier: theme.text.add_modifier, ..theme.kind(entity.kind) },
        role: entity.roles.first().map(|role| role.text.as_str()),
        count: cluster.map_or_else(|| opened.places(own).len(), |cluster| cluster.members.len()),
    };
    let mut used = canvas.label(area, &app.config.number(item.count), Align::End, theme.dim).max(2) + 1;
    // So many parts of the text to a column.
    let together = match area.width {
        28.. => Some(1),
        24.. => Some(2),
        _ => None,
    };
    if let Some(together) = together {
        let strip_area = if rtl { area.inset(used, 0) } else { area.inset(0, used) };
        let counts =
            cluster.map_or_else(|| in_text(opened, own), |cluster| in_documents(cluster, app.documents.all().len()));
        let counts: Vec<usize> = counts.chunks(together).map(|counts| counts.iter().sum()).collect();
        strip(&counts, theme, strip_area, (canvas, rtl));
        used += counts.len() as u16 + 1;
    }
    let room = if rtl { area.inset(used, 0) } else { area.inset(0, used) };
    let used = canvas.label(room, item.name, Align::Start, item.style) + 1;
    if let Some(role) = item.role.filter(|_| room.width >= used + ROLE) {
        let room = if rtl { room.inset(0, used) } else { room.inset(used, 0) };
        canvas.label(room, role, Align::Start, theme.dim);
    }
}

/// Columns below which a role is left out.
const ROLE: u16 = 7;

/// Who said it, as short as they are called, and how it begins.
fn quote(app: &App, theme: &Theme, (opened, id): (&OpenDocument, QuoteId), area: Area, canvas: &mut Canvas<'_>) {
    let Some(quote) = opened.quote(id) else { return };
    let mut room = area;
    let doubt = is_doubtful(opened, quote).then(|| unknown(app.config.strings.rtl));
    // Where there is room for one word, it is the verdict.
    let word = opened.checked.of(id).map(|checked| app.config.text(verdict::short(checked)));
    let word = word.as_deref();
    let roomy = area.width >= ROOMY;
    if let Some(word) = word.filter(|_| roomy) {
        let used = canvas.label(area, word, Align::End, theme.key) + 1;
        room = if app.config.strings.rtl { area.inset(used, 0) } else { area.inset(0, used) };
    }
    let area = room;
    if let Some(name) = word.filter(|_| !roomy).or(doubt).or_else(|| speaker_short(opened, quote)) {
        let strings = &app.config.strings;
        let half = if strings.rtl { area.inset(area.width / 2, 0) } else { area.inset(0, area.width / 2) };
        let used = canvas.label(half, &strings.text(Phrase::Says { name }), Align::Start, theme.margin) + 1;
        room = if strings.rtl { area.inset(0, used) } else { area.inset(used, 0) };
    }
    let whole = opened.document.slice(quote.span);
    let words: String = whole.chars().take(80).collect();
    // What was said in these words is in quotation marks, what is only reported is not.
    let direct = quote.kind == QuoteKind::Direct;
    let end = if words.len() < whole.len() { "" } else { "»" };
    let (words, style) =
        if direct { (format!("«{words}{end}"), theme.text) } else { (words, theme.text.patch(theme.indirect)) };
    canvas.label(room, &words, Align::Start, style);
}

/// Columns from which on a quote has its verdict beside its speaker.
const ROOMY: u16 = 28;

/// Columns of the strip, or half as many where there is little room.
const PARTS: usize = 8;

type Counts = [usize; PARTS];

/// How often a target is in each eighth of the text.
fn in_text(opened: &OpenDocument, target: Selection) -> Counts {
    let total = opened.document.text().len().max(1);
    let mut counts = Counts::default();
    for place in opened.places(target) {
        if let Some(count) = counts.get_mut(place.start * PARTS / total) {
            *count += 1;
        }
    }
    counts
}

/// In how many of each eighth of the documents it is.
fn in_documents(cluster: &Cluster, documents: usize) -> Counts {
    let mut counts = Counts::default();
    for (number, _) in &cluster.members {
        if let Some(count) = counts.get_mut(number * PARTS / documents.max(1)) {
            *count += 1;
        }
    }
    counts
}

/// Draws counts from the side where lines start.
fn strip(counts: &[usize], theme: &Theme, area: Area, (canvas, rtl): (&mut Canvas<'_>, bool)) {
    let parts = counts.len() as u16;
    let left = if rtl { area.x } else { area.right() - parts.min(area.width) };
    for (part, count) in (0u16..).zip(counts) {
        let column = left + if rtl { parts - 1 - part } else { part };
        let symbol = match count {
            0 => "·",
            1 => "▂",
            2 => "▄",
            3 => "▆",
            _ => "█",
        };
        canvas.put(column, area.y, symbol, theme.dim);
    }
}
