//! A page of the library: its head, the names of its lists, the list that is open.

pub mod head;

use super::paint::{Align, Canvas};
use crate::{
    library::{browse::Article, find::Hit, people::Entry},
    text::Span,
    tui::{
        app::{
            App,
            geometry::Area,
            library::{ask::Row, frame::Frame, spot::Tab},
            selection::Focus,
        },
        strings::Phrase,
        theme::Theme,
    },
};
use head::HeadPart;
use ratatui::style::Style;

/// Draws the page that is open; whether one is.
pub fn draw(app: &App, theme: &Theme, canvas: &mut Canvas<'_>) -> bool {
    if app.focus != Focus::Library {
        return false;
    }
    let frame = Frame::of(&app.library, &app.context());
    Page { app, theme, frame, canvas }.draw();
    true
}

/// A page under way.
struct Page<'a, 'c> {
    app: &'a App,
    theme: &'a Theme,
    frame: Frame,
    canvas: &'a mut Canvas<'c>,
}

/// Columns of a date, of a number and of an outlet beside it.
const DATE: u16 = 12;
const NUMBER: u16 = 12;
/// From this width on there is a column for mentions and one for the last date.
const WIDE: u16 = 70;

impl Page<'_, '_> {
    fn draw(&mut self) {
        self.head();
        self.tabs();
        if let Some((text, is_fault)) = head::nothing(self.app) {
            let style = if is_fault { self.theme.title } else { self.theme.dim };
            self.canvas.wrapped(self.frame.list, &text, style);
            return;
        }
        let list = &self.app.library.list;
        self.columns();
        let tab = self.app.library.tab;
        let height = u16::try_from(tab.height()).unwrap_or(1);
        for line in 0..self.frame.lines(tab) {
            let number = list.top + line;
            let y = self.frame.list.y + u16::try_from(line).unwrap_or(0) * height;
            let area = Area { y, height, ..self.frame.list };
            if area.bottom() > self.frame.list.bottom() {
                break;
            }
            if let Some(row) = list.row(number) {
                self.row(row, area);
            }
            if number == list.choice && list.total.is_some_and(|total| number < total) {
                self.canvas.tint(Area { x: 0, width: self.app.size.0, ..area }, self.theme.row);
                // What was looked for is seen on the chosen line too.
                if let Some(row) = list.row(number) {
                    self.words(row, area, true);
                }
            }
        }
    }

    fn text(&self, phrase: Phrase<'_>) -> String {
        self.app.config.text(phrase)
    }

    fn count(&self, value: u64) -> String {
        self.app.config.number(usize::try_from(value).unwrap_or(usize::MAX))
    }

    const fn rtl(&self) -> bool {
        self.app.config.strings.rtl
    }

    /// Cuts columns off the side where lines end: the strip, and the rest.
    fn cut_end(&self, area: Area, width: u16) -> (Area, Area) {
        let width = width.min(area.width);
        if self.rtl() {
            area.columns(width)
        } else {
            let (rest, strip) = area.columns(area.width - width);
            (strip, rest)
        }
    }

    /// Cuts columns off the side where lines start: the strip, and the rest.
    fn cut_start(&self, area: Area, width: u16) -> (Area, Area) {
        let width = width.min(area.width);
        if self.rtl() {
            let (rest, strip) = area.columns(area.width - width);
            (strip, rest)
        } else {
            area.columns(width)
        }
    }

    /// Whose page it is, and in numbers.
    fn head(&mut self) {
        for (row, (line, part)) in (0..self.frame.head.height).zip(head::lines(self.app)) {
            let area = Area { y: self.frame.head.y + row, height: 1, ..self.frame.head };
            let style = match part {
                HeadPart::Title => self.theme.title,
                HeadPart::Name(kind) => self.kind_style(kind.name()),
                HeadPart::Aside => self.theme.dim,
                HeadPart::Text => self.theme.text,
            };
            self.canvas.label(area, &line, Align::Start, style);
        }
    }

    fn kind_style(&self, kind: &str) -> Style {
        // Underlining a whole column of names is noise: the list says what they are.
        Style { add_modifier: self.theme.text.add_modifier, ..self.theme.kind(head::kind(kind)) }
    }

    fn tabs(&mut self) {
        let tabs = Tab::of(self.app.library.subject);
        for (number, tab) in tabs.iter().enumerate() {
            let area = self.frame.tab((number, tabs.len()), self.rtl());
            let open = *tab == self.app.library.tab;
            let name = head::tab_name(self.app, *tab);
            let name = if open { format!("[{name}]") } else { name };
            let style = if open { self.theme.heading } else { self.theme.dim };
            self.canvas.label(area.inset(0, 1), &name, Align::Start, style);
        }
    }

    /// What the columns of a list of people, organizations or places are.
    fn columns(&mut self) {
        if self.app.library.tab.kind().is_none() || self.frame.columns.height == 0 {
            return;
        }
        let phrases = [Phrase::TabIn, Phrase::TabMentions, Phrase::TabSaid];
        let names = phrases.map(|phrase| self.text(phrase));
        self.numbers(self.frame.columns, &names, "");
    }

    /// Numbers at the end of a row; what is left of it.
    fn numbers(&mut self, area: Area, [documents, mentions, quotes]: &[String; 3], last: &str) -> Area {
        let wide = area.width >= WIDE;
        let mut rest = area;
        let shown = [(last, wide), (quotes.as_str(), true), (mentions.as_str(), wide), (documents.as_str(), true)];
        for (text, _) in shown.into_iter().filter(|shown| shown.1) {
            let (strip, left) = self.cut_end(rest, NUMBER);
            self.canvas.label(strip, text, Align::End, self.theme.dim);
            rest = left;
        }
        rest
    }

    fn row(&mut self, row: &Row, area: Area) {
        match row {
            Row::Entry(entry) => self.entry(entry, area),
            Row::Beside(beside) => {
                let (strip, rest) = self.cut_end(area, NUMBER);
                let count = self.count(beside.documents);
                self.canvas.label(strip, &count, Align::End, self.theme.dim);
                let style = self.kind_style(&beside.kind);
                self.canvas.label(rest, &beside.name, Align::Start, style);
            }
            Row::Article(article) => self.article(article, area, (self.theme.text, 0)),
            Row::Passage(passage) => {
                let (first, second) = area.rows(1);
                if self.app.library.tab == Tab::In {
                    return self.article(&passage.article, first, (self.theme.text, 0));
                }
                self.article(&passage.article, first, (self.theme.dim, 0));
                if self.app.library.tab == Tab::Mentions {
                    return self.words(row, area, false);
                }
                let second = self.cut_start(second, 2).1;
                let mut room = second;
                if let Some(name) = &passage.speaker {
                    let half = self.cut_start(second, second.width / 3).0;
                    let says = self.text(Phrase::Says { name });
                    let used = self.canvas.label(half, &says, Align::Start, self.theme.margin) + 1;
                    room = self.cut_start(second, used).1;
                }
                let (words, style) = if passage.direct {
                    (format!("«{}»", passage.context), self.theme.quote)
                } else {
                    (passage.context.clone(), self.theme.quote.patch(self.theme.indirect))
                };
                self.canvas.label(room, &words, Align::Start, style);
            }
            Row::Hit(hit) => {
                self.hit(hit, area.rows(1).0);
                self.words(row, area, false);
            }
            Row::Search(text) => _ = self.canvas.label(area, text, Align::Start, self.theme.text),
        }
    }

    fn entry(&mut self, entry: &Entry, area: Area) {
        let numbers = [entry.documents, entry.mentions, entry.quotes].map(|count| self.count(count));
        let last = entry.last.as_deref().map(|text| self.text(Phrase::Isolated { text })).unwrap_or_default();
        let rest = self.numbers(area, &numbers, &last);
        let style = self.kind_style(&entry.kind);
        self.canvas.label(rest, &entry.name, Align::Start, style);
    }

    /// A document: its date, its headline, who published it; `copies` other documents have nearly its words.
    fn article(&mut self, article: &Article, area: Area, (style, copies): (Style, u64)) {
        let (date, rest) = self.cut_start(area, DATE);
        let when = article.date.as_deref().unwrap_or("–").get(..10).or(article.date.as_deref()).unwrap_or("–");
        let when = self.text(Phrase::Isolated { text: when });
        self.canvas.label(date, &when, Align::Start, self.theme.dim);
        let mut end = article.outlet.clone().unwrap_or_default();
        if copies > 0 {
            end = format!("{end} {}", self.text(Phrase::Isolated { text: &format!("+{}", self.count(copies)) }));
        }
        let (half, _) = self.cut_end(rest, rest.width / 3);
        let used =
            if end.trim().is_empty() { 0 } else { self.canvas.label(half, &end, Align::End, self.theme.dim) + 2 };
        let room = self.cut_end(rest, used).1;
        let title = article.title.as_deref().unwrap_or(&article.name);
        self.canvas.label(room, title, Align::Start, style);
    }

    /// The words around the places of a line, on its second row.
    fn words(&mut self, row: &Row, area: Area, chosen: bool) {
        let base = if chosen { self.theme.text.patch(self.theme.row) } else { self.theme.text };
        let second = self.cut_start(area.rows(1).1, 2).1;
        match row {
            Row::Passage(passage) if self.app.library.tab == Tab::Mentions => {
                let kind = self.app.library.head.as_ref().map(|head| head.entry.kind.clone()).unwrap_or_default();
                let style = Style { bg: None, ..self.kind_style(&kind) };
                self.context(second, &passage.context, &[passage.mark], (base, style));
            }
            Row::Hit(hit) => self.context(second, &hit.context, &hit.marks, (base, self.theme.hit)),
            _ => {}
        }
    }

    fn hit(&mut self, hit: &Hit, area: Area) {
        let article = Article {
            number: hit.number,
            name: hit.document.clone(),
            title: hit.title.clone(),
            date: hit.date.clone(),
            outlet: hit.outlet.clone(),
        };
        self.article(&article, area, (self.theme.dim, hit.copies));
    }

    /// Words around places, so many of them that the first place is seen.
    fn context(&mut self, area: Area, text: &str, marks: &[Span], (base, style): (Style, Style)) {
        let first = marks.first().copied().unwrap_or_default();
        let mut from = 0;
        let room = area.width / 3 * 2;
        while from < first.start {
            let before = crate::text::slice(text, Span::new(from, first.end));
            if self.canvas.width(before) <= room {
                break;
            }
            let word = before.find(' ').map_or(first.start, |blank| from + blank + 1);
            from = word.min(first.start);
        }
        let dots = if from > 0 { "…" } else { "" };
        let shown = format!("{dots}{}", text.get(from..).unwrap_or_default());
        let marked = |source: Span| {
            let start = source.start + from;
            let source = Span::new(start.saturating_sub(dots.len()), (source.end + from).saturating_sub(dots.len()));
            if marks.iter().any(|mark| mark.covers(source)) { base.patch(style) } else { base }
        };
        self.canvas.label_in(area, &shown, Align::Start, marked);
    }
}
