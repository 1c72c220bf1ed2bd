//! The detail: what is known of the selection, below the panel or beside the text.

mod rows;

use super::{
    context::Context,
    document::reading::Way,
    geometry::Area,
    navigation,
    outcome::{Outcome, Request},
    page::WHEEL,
    selection::{Focus, Selection},
};
use crate::{text::Span, tui::action::DetailAction};
use rows::{Detail as Rows, DetailBuilder};

pub use rows::{DetailRow, LISTED};

/// Rows that a key moves it by.
const STEP: isize = 3;

/// How far the detail is scrolled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// The topmost row of those that scroll; none until somebody scrolls.
    top: Option<usize>,
}

impl Detail {
    /// Where its rows are: below the line that parts it from the panel, where there is one.
    #[must_use]
    pub fn area(context: &Context<'_>) -> Area {
        let areas = context.areas();
        let whole = areas.detail;
        if whole.height < 3 || whole.width < 8 {
            return Area::default();
        }
        if whole.x == areas.panel.x { whole.rows(1).1.inset(1, 1) } else { whole }
    }

    fn all(self, context: &Context<'_>, area: Area) -> Rows {
        DetailBuilder { context, area, scrolled: self.top.is_some() }.detail()
    }

    /// The rows that are shown, from the top.
    #[must_use]
    pub fn rows(self, context: &Context<'_>) -> Vec<DetailRow> {
        let area = Self::area(context);
        if area.height == 0 {
            return Vec::new();
        }
        let detail = self.all(context, area);
        let height = usize::from(area.height);
        let room = height.saturating_sub(detail.head.len());
        let top = self.top.unwrap_or_default().min(detail.body.len().saturating_sub(room));
        detail.head.into_iter().chain(detail.body.into_iter().skip(top)).take(height).collect()
    }

    /// Whether there are rows below those that are shown.
    #[must_use]
    pub fn goes_on(self, context: &Context<'_>) -> bool {
        let end = self.end(context);
        self.top.map_or(end > 0, |top| top < end)
    }

    /// The furthest that it scrolls.
    fn end(self, context: &Context<'_>) -> usize {
        let area = Self::area(context);
        let detail = self.all(context, area);
        (detail.head.len() + detail.body.len()).saturating_sub(usize::from(area.height))
    }

    /// From the top again, after something else was selected.
    pub fn reset(&mut self) {
        self.top = None;
    }

    /// Scrolls it.
    pub fn update(&mut self, action: DetailAction, context: &Context<'_>) {
        self.scroll(if action == DetailAction::Down { STEP } else { -STEP }, context);
    }

    /// The wheel over it.
    pub fn wheel(&mut self, way: Way, context: &Context<'_>) {
        self.scroll(if way == Way::On { WHEEL.cast_signed() } else { -WHEEL.cast_signed() }, context);
    }

    fn scroll(&mut self, rows: isize, context: &Context<'_>) {
        // Scrolled, all rows are there; until then only as many mentions as leave room for what was said.
        let wanted = self.top.unwrap_or_default().saturating_add_signed(rows);
        self.top = Some(wanted);
        self.top = Some(wanted.min(self.end(context)));
    }

    /// Goes where a row that was clicked is about.
    pub fn press(self, row: usize, context: &Context<'_>) -> Outcome {
        let selected = context.selected();
        match self.rows(context).into_iter().nth(row) {
            // What was said in another document stands at a place of that one.
            Some(DetailRow::Piece { quote: Some(_), .. }) if matches!(selected, Some(Selection::QuoteOf(..))) => {
                Outcome::from(Request::Focus(Focus::Text)).then(navigation::to_other_document(Way::On, context))
            }
            Some(
                DetailRow::Place(span, _) | DetailRow::Words(_, span) | DetailRow::Piece { quote: Some(span), .. },
            ) => {
                let span = if context.here().places_cursor(span) { span } else { Span::new(span.start, span.start) };
                [Request::Leave, Request::PutCursor(span)].into()
            }
            Some(DetailRow::Document(number, ..)) => {
                let documents = context.documents;
                let cluster = selected.and_then(|target| documents.cluster_of(documents.current(), target));
                let member = cluster.and_then(|cluster| cluster.members.iter().find(|member| member.0 == number));
                Outcome::from([Request::Leave, Request::OpenDocument(number)])
                    .then(member.map(|(_, target)| Request::Select(*target)))
            }
            Some(
                DetailRow::Name(..)
                | DetailRow::Text(_)
                | DetailRow::Aside(_)
                | DetailRow::Heading(_)
                | DetailRow::Piece { quote: None, .. },
            )
            | None => Outcome::none(),
        }
    }
}
