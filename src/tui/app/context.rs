//! What every part of the reader may look at while it decides what an action does.

use super::{
    config::Config,
    document::{
        OpenDocument,
        reading::{ScreenLine, Window},
    },
    documents::Documents,
    geometry::{Area, Areas, Shape},
    jumps::Location,
    library::spot::Spot,
    selection::{Focus, Scope, Selection},
};
use crate::{
    annotation::{EntityId, Item},
    text::{Span, ceil, floor},
    tui::strings::Phrase,
};

/// As many characters of a text are said.
const SHORT: usize = 40;

/// What every part of the reader may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The documents.
    pub documents: &'a Documents,
    /// Settings, keys, language.
    pub config: &'a Config,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where the keys go.
    pub focus: Focus,
    /// What is marked.
    pub marked: Option<Span>,
    /// Whose findings the panel shows.
    pub scope: Scope,
    /// Whether the line for searching is open.
    pub searching: bool,
    /// Whether a search is over all documents.
    pub everywhere: bool,
    /// Where in the library the reader is, where the library is shown.
    pub spot: Option<Spot>,
}

impl<'a> Context<'a> {
    /// The document that is read.
    #[must_use]
    pub fn here(&self) -> &'a OpenDocument {
        self.documents.here()
    }

    /// What is selected, in the text and in the panel.
    #[must_use]
    pub fn selected(&self) -> Option<Selection> {
        self.here().selected
    }

    /// Where the reader is.
    #[must_use]
    pub fn location(&self) -> Location {
        let here = self.here();
        let (document, spot) = (self.documents.current(), self.spot);
        Location { document, top: here.top, cursor: here.cursor, selected: here.selected, spot }
    }

    /// A phrase in the language of the interface.
    #[must_use]
    pub fn text(&self, phrase: Phrase<'_>) -> String {
        self.config.text(phrase)
    }

    /// A number in the digits of the interface.
    #[must_use]
    pub fn number(&self, value: usize) -> String {
        self.config.number(value)
    }

    /// Where the parts of the screen are.
    #[must_use]
    pub fn areas(&self) -> Areas {
        let settings = &self.config.settings;
        Areas::of(Shape {
            columns: self.size.0,
            rows: self.size.1,
            rtl: self.here().rtl,
            side: settings.panel,
            panel: settings.shown,
            panel_focused: self.focus == Focus::Panel,
            measure: settings.measure,
            plain: settings.plain,
        })
    }

    /// The screen without its last row, over which lists lie.
    #[must_use]
    pub const fn screen(&self) -> Area {
        Area { x: 0, y: 0, width: self.size.0, height: self.size.1.saturating_sub(1) }
    }

    /// The window onto the text.
    #[must_use]
    pub fn window(&self) -> Window {
        let height = usize::from(self.areas().page.height).max(1);
        Window { height, spacing: usize::from(self.config.settings.spacing) }
    }

    /// Whether the words of the interface run from right to left.
    #[must_use]
    pub const fn is_rtl(&self) -> bool {
        self.config.strings.rtl
    }

    /// An item in a few words: the entity's name, else its words.
    #[must_use]
    pub fn name(&self, item: Item) -> String {
        let here = self.here();
        match item {
            Item::Entity(id) => here.annotations.entity(id).map(|entity| entity.name.clone()),
            Item::Mention(id) => here.mention(id).map(|mention| self.words(mention.span)),
            Item::Quote(id) => here.annotations.quote(id).map(|quote| self.words(quote.span)),
        }
        .unwrap_or_default()
    }

    /// The beginning of a part of the text, on one line.
    #[must_use]
    pub fn words(&self, span: Span) -> String {
        let words = self.here().document.slice(span).split_whitespace();
        let mut said = String::new();
        for word in words {
            if said.chars().count() + word.chars().count() > SHORT {
                said.push('…');
                break;
            }
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(word);
        }
        said
    }

    /// How often an entity is named in the document that is read.
    #[must_use]
    pub fn mentions(&self, id: EntityId) -> usize {
        self.here().places(Selection::Entity(id)).len()
    }

    /// The byte of the document that is shown in a cell of the screen.
    #[must_use]
    pub fn offset_at(&self, column: u16, row: u16) -> Option<usize> {
        let page = self.areas().page;
        if !page.contains(column, row) {
            return None;
        }
        match self.here().lines(self.window()).get(usize::from(row - page.y))? {
            ScreenLine::Gap => None,
            ScreenLine::Text(placed) => {
                let row = placed.row()?;
                let column = usize::from(column - page.x).checked_sub(row.indent(usize::from(page.width)))?;
                row.cell_at(column).map(|cell| cell.source.start)
            }
        }
    }

    /// The byte that is nearest to a cell of the screen: beside a row its first letter or its last, and in a gap the last
    /// of the row above.
    #[must_use]
    pub fn offset_near(&self, column: u16, row: u16) -> Option<usize> {
        let page = self.areas().page;
        let here = self.here();
        let lines = here.lines(self.window());
        let row = usize::from(row.clamp(page.y, page.bottom().saturating_sub(1)) - page.y);
        let above = lines.iter().take(row + 1).enumerate().rev();
        let mut rows = above.filter_map(|(number, line)| match line {
            ScreenLine::Text(placed) => Some((number, placed)),
            ScreenLine::Gap => None,
        });
        let (number, placed) = rows.next()?;
        let first = placed.span().start;
        let words = here.document.slice(placed.span()).trim_end().len();
        let last = floor(here.document.text(), first + words.saturating_sub(1));
        let laid = placed.row()?;
        let from = usize::from(page.x) + laid.indent(usize::from(page.width));
        let column = usize::from(column);
        let start = if here.rtl { column >= from + laid.width() } else { column < from };
        let end = number < row || if here.rtl { column < from } else { column >= from + laid.width() };
        if end {
            return Some(last);
        }
        if start { Some(first) } else { laid.cell_at(column - from).map(|cell| cell.source.start) }
    }

    /// The byte after the letter at an offset.
    #[must_use]
    pub fn after(&self, offset: usize) -> usize {
        ceil(self.here().document.text(), offset + 1)
    }
}
