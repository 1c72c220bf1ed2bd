//! What is known of the selection, as rows: who it is, where, what was said.

use crate::{
    annotation::{Entity, Item, Kind, Quote, QuoteKind},
    check::{Checked, SpeakerCheck},
    layout::{self, Direction, Paragraph},
    text::{Span, floor},
    tui::{
        app::{
            context::Context,
            correct::describe::{decided, percent},
            document::OpenDocument,
            geometry::Area,
            selection::Selection,
            speaker::{candidates, is_doubtful, speaker, unknown},
            verdict,
        },
        strings::Phrase,
    },
};
use std::sync::Arc;

/// A row of the detail.
#[derive(Clone, Debug)]
pub enum DetailRow {
    /// A name, in the colour of its kind.
    Name(Kind, String),
    /// Plain words.
    Text(String),
    /// Words that matter less.
    Aside(String),
    /// What the rows below it are.
    Heading(String),
    /// A place in the text with what is around it; the kind of what is named there.
    Place(Span, Option<Kind>),
    /// The beginning of what was said, and by whom where that is not the selection.
    Words(Option<String>, Span),
    /// A row of a longer text.
    Piece {
        /// The text.
        text: Arc<Paragraph>,
        /// Which of its rows.
        row: usize,
        /// The quote that it is of.
        quote: Option<Span>,
        /// Whether the text stands among others.
        listed: bool,
    },
    /// In another document: its number, its name, and how often.
    Document(usize, String, usize),
}

/// The rows: some that stay at the top, and those below them, which scroll.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// Who or what it is.
    pub head: Vec<DetailRow>,
    /// Where it is, what was said.
    pub body: Vec<DetailRow>,
}

/// Columns before a text among others.
pub const LISTED: u16 = 2;

/// The beginning of a quote that a row may show, in bytes.
const WORDS: usize = 400;

/// Makes the rows for an area.
pub struct DetailBuilder<'a> {
    /// What there is to know.
    pub context: &'a Context<'a>,
    /// Where the rows are.
    pub area: Area,
    /// Whether they were scrolled: then all of them are there.
    pub scrolled: bool,
}

impl DetailBuilder<'_> {
    /// The rows for what is selected.
    #[must_use]
    pub fn detail(&self) -> Detail {
        let here = self.context.here();
        let searching = self.context.searching && !here.hits.is_empty();
        let found = match here.selected {
            _ if searching => Some(self.of_hits(here)),
            Some(Selection::Entity(id)) => here.entity(id).map(|entity| self.of_entity(entity, here)),
            Some(Selection::Quote(id)) => here.quote(id).map(|quote| self.of_quote(quote, here)),
            Some(target @ (Selection::EntityOf(document, _) | Selection::QuoteOf(document, _))) => {
                self.context.documents.all().get(document).map(|opened| self.of_other(opened, target))
            }
            Some(Selection::Hits) => Some(self.of_hits(here)),
            Some(Selection::Group(_)) | None => None,
        };
        found.unwrap_or_else(|| Detail {
            head: Vec::new(),
            body: self.wrapped(&self.context.text(Phrase::DetailHint), self.area.width, None),
        })
    }

    fn of_hits(&self, here: &OpenDocument) -> Detail {
        let count = self.context.number(here.hits.len());
        let head = vec![DetailRow::Heading(self.context.config.strings.text(Phrase::Hits { count: &count }))];
        let at = here.hits.iter().position(|hit| *hit == here.cursor).unwrap_or_default();
        // A letter may be found a hundred thousand times.
        let (from, rows) =
            if self.scrolled { (0, usize::MAX) } else { (at.saturating_sub(2), usize::from(self.area.height)) };
        Detail { head, body: here.hits.iter().skip(from).take(rows).map(|hit| DetailRow::Place(*hit, None)).collect() }
    }

    fn head_of(&self, entity: &Entity) -> Vec<DetailRow> {
        let strings = &self.context.config.strings;
        let mut head = vec![DetailRow::Name(entity.kind, entity.name.clone())];
        head.extend(entity.roles.iter().take(2).map(|role| DetailRow::Text(role.text.clone())));
        if !entity.aliases.is_empty() {
            let aliases = entity.aliases.join(&strings.text(Phrase::Comma));
            head.push(DetailRow::Aside(strings.text(Phrase::Also { names: &aliases })));
        }
        head
    }

    fn of_entity(&self, entity: &Entity, here: &OpenDocument) -> Detail {
        let strings = &self.context.config.strings;
        let count = |count| self.context.number(count);
        let heading = |phrase: Phrase<'_>| DetailRow::Heading(strings.text(phrase));
        let mut head = self.head_of(entity);
        head.extend(self.decided_on(here, Item::Entity(entity.id)));
        let places = here.places(Selection::Entity(entity.id));
        let of = |index: &std::collections::HashMap<_, Vec<_>>| -> Vec<&Quote> {
            index.get(&entity.id).into_iter().flatten().filter_map(|id| here.quote(*id)).collect()
        };
        let (said, named) = (of(&here.index.said), of(&here.index.named));
        let others = self.elsewhere(Selection::Entity(entity.id));
        // Unless it was scrolled, the mentions leave half of the room to the rest.
        let below = [said.len(), named.len(), others.len()].map(|count| if count == 0 { 0 } else { count + 1 });
        let room = usize::from(self.area.height).saturating_sub(head.len() + 1);
        let rows = room.saturating_sub(below.iter().sum::<usize>().min(room / 2)).max(1);
        let current = places.iter().position(|place| *place == here.cursor).unwrap_or_default();
        let from = current.saturating_sub(rows - 1);
        let shown = if self.scrolled { places } else { places.get(from..).unwrap_or_default() };
        let limit = if self.scrolled { usize::MAX } else { rows };
        let mut body = vec![heading(Phrase::Mentions { count: &count(places.len()) })];
        body.extend(shown.iter().take(limit).map(|place| DetailRow::Place(*place, Some(entity.kind))));
        if !said.is_empty() {
            body.push(heading(Phrase::Said { count: &count(said.len()) }));
            body.extend(said.into_iter().map(|quote| DetailRow::Words(None, words(here, quote))));
        }
        if !named.is_empty() {
            body.push(heading(Phrase::NamedBy { count: &count(named.len()) }));
            let by = |quote: &Quote| {
                let name = speaker(here, quote).map(str::to_owned);
                let doubt = || is_doubtful(here, quote).then(|| unknown(strings.rtl).to_owned());
                Some(name.or_else(doubt).unwrap_or_else(|| strings.text(Phrase::Somebody)))
            };
            body.extend(named.into_iter().map(|quote| DetailRow::Words(by(quote), words(here, quote))));
        }
        if !others.is_empty() {
            body.push(heading(Phrase::AlsoIn { count: &count(others.len()) }));
            body.extend(others);
        }
        let body = self.spelled_out(body, here, head.len());
        Detail { head, body }
    }

    /// The other documents that a target is in.
    fn elsewhere(&self, target: Selection) -> Vec<DetailRow> {
        let current = self.context.documents.current();
        if self.context.documents.all().len() < 2 {
            return Vec::new();
        }
        let members = self.context.documents.cluster_of(current, target).map(|cluster| cluster.members.as_slice());
        let others = members.unwrap_or_default().iter().filter(|member| member.0 != current);
        let row = |&(number, target): &(usize, Selection)| {
            let opened = self.context.documents.all().get(number)?;
            Some(DetailRow::Document(number, opened.label().to_owned(), opened.places(target).len()))
        };
        others.filter_map(row).collect()
    }

    /// What is only in other documents.
    fn of_other(&self, opened: &OpenDocument, target: Selection) -> Detail {
        let mut detail = match target {
            Selection::EntityOf(_, id) => {
                let head = opened.entity(id).map(|entity| self.head_of(entity)).unwrap_or_default();
                Detail { head, body: Vec::new() }
            }
            Selection::QuoteOf(_, id) => opened.quote(id).map(|quote| self.of_quote(quote, opened)).unwrap_or_default(),
            _ => Detail::default(),
        };
        let others = self.elsewhere(target);
        detail.body.push(DetailRow::Heading(
            self.context.config.strings.text(Phrase::AlsoIn { count: &self.context.number(others.len()) }),
        ));
        detail.body.extend(others);
        detail
    }

    fn of_quote(&self, quote: &Quote, opened: &OpenDocument) -> Detail {
        let strings = &self.context.config.strings;
        let kind = if quote.kind == QuoteKind::Direct { Phrase::DirectQuote } else { Phrase::IndirectQuote };
        let mut head = vec![DetailRow::Heading(strings.text(kind))];
        let entity = quote.said_by(opened.doubt).and_then(|speaker| opened.entity(speaker.entity?));
        head.push(match entity {
            _ if is_doubtful(opened, quote) => DetailRow::Text(strings.text(Phrase::SpeakerInDoubt)),
            Some(entity) => DetailRow::Name(entity.kind, entity.name.clone()),
            None => {
                DetailRow::Text(speaker(opened, quote).map_or_else(|| strings.text(Phrase::NoSpeaker), str::to_owned))
            }
        });
        if is_doubtful(opened, quote) {
            head.extend(candidates(opened, quote).into_iter().take(3).map(|(name, chance)| {
                let percent = self.context.number(percent(chance));
                DetailRow::Aside(strings.text(Phrase::Chance { name, percent: &percent }))
            }));
        }
        head.extend(entity.and_then(|entity| entity.roles.first()).map(|role| DetailRow::Aside(role.text.clone())));
        if let Some(cue) = quote.cue {
            head.push(DetailRow::Aside(strings.text(Phrase::Cue { words: opened.document.slice(cue) })));
        }
        head.extend(self.decided_on(opened, Item::Quote(quote.id)));
        let checked = opened.checked.of(quote.id);
        head.extend(checked.map(|checked| DetailRow::Heading(self.verdict(checked))));
        let mut body = checked.map(|checked| self.of_source(checked)).unwrap_or_default();
        body.extend(self.wrapped(opened.document.slice(quote.span), self.area.width, Some(quote.span)));
        Detail { head, body }
    }

    /// What became of a quote, in a sign and words.
    fn verdict(&self, checked: &Checked) -> String {
        let text = |phrase| self.context.text(phrase);
        let mut said = format!("{} {}", verdict::sign(checked), text(verdict::word(checked)));
        if checked.speaker_check == SpeakerCheck::Other {
            said = format!("{said}{}{}", text(Phrase::Comma), text(Phrase::VerdictOther));
        }
        said
    }

    /// What differs in the source of a quote, and the source's own words.
    fn of_source(&self, checked: &Checked) -> Vec<DetailRow> {
        let width = self.area.width;
        let mut rows = Vec::new();
        for change in &checked.changes {
            let said = self.context.text(verdict::change(change));
            rows.extend(self.wrapped(
                &format!("{}{said}", if self.context.is_rtl() { "\u{200f}" } else { "" }),
                width,
                None,
            ));
        }
        for source in checked.source.iter().chain(&checked.spliced_with) {
            rows.push(DetailRow::Heading(self.context.text(Phrase::CheckSource)));
            let title = source.title.as_ref().unwrap_or(&source.document);
            let about = [Some(title), source.outlet.as_ref(), source.date.as_ref(), source.speaker.as_ref()];
            let about = about.into_iter().flatten().map(|text| self.context.text(Phrase::Isolated { text }));
            let about = about.collect::<Vec<_>>().join(&self.context.text(Phrase::Comma));
            rows.extend(self.wrapped(&about, width, None));
            rows.extend(self.wrapped(&source.context, width, Some(Span::default())));
        }
        rows
    }

    /// Who decided, and what a person wrote beside it.
    fn decided_on(&self, opened: &OpenDocument, item: Item) -> Vec<DetailRow> {
        decided(self.context, opened, item).iter().flat_map(|line| self.wrapped(line, self.area.width, None)).collect()
    }

    /// A text on as many rows as it needs.
    fn wrapped(&self, text: &str, width: u16, quote: Option<Span>) -> Vec<DetailRow> {
        let width = usize::from(width).max(1);
        let options = layout::Options { width, direction: Direction::Auto, ..self.context.config.layout };
        let rows = text.lines().flat_map(|line| {
            let text = Arc::new(layout::paragraph(line, 0, &options, &[]));
            let piece = |row| DetailRow::Piece { text: Arc::clone(&text), row, quote, listed: false };
            (0..text.height()).map(piece).collect::<Vec<_>>()
        });
        rows.collect()
    }

    /// The same rows with all that was said instead of its beginning, where there is room for it.
    fn spelled_out(&self, body: Vec<DetailRow>, here: &OpenDocument, head: usize) -> Vec<DetailRow> {
        let inside = self.area.width.saturating_sub(LISTED);
        let mut rows = Vec::with_capacity(body.len());
        for row in &body {
            let DetailRow::Words(speaker, span) = row else {
                rows.push(row.clone());
                continue;
            };
            if let Some(speaker) = speaker {
                rows.push(DetailRow::Aside(self.context.config.strings.text(Phrase::Says { name: speaker })));
            }
            let whole =
                here.quotes_in(*span).find(|quote| quote.span.start == span.start).map_or(*span, |quote| quote.span);
            for row in self.wrapped(here.document.slice(whole), inside, Some(whole)) {
                rows.push(match row {
                    DetailRow::Piece { text, row, quote, .. } => DetailRow::Piece { text, row, quote, listed: true },
                    other => other,
                });
            }
            if head + rows.len() > usize::from(self.area.height) {
                return body;
            }
        }
        if head + rows.len() > usize::from(self.area.height) { body } else { rows }
    }
}

fn words(here: &OpenDocument, quote: &Quote) -> Span {
    let end = floor(here.document.text(), quote.span.end.min(quote.span.start + WORDS));
    Span::new(quote.span.start, end)
}
