//! The parts of a text, as formats with elements have them: lists around items, tables around rows around cells.

use crate::text::{BlockKind, Document, Span};

/// An element around a paragraph or several. The number is that of the block, so that two that follow each other are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A heading of that level.
    Heading(usize, u8),
    /// A list, in so many others; whether its items have numbers.
    List(u8, bool),
    /// An item of it.
    Item(usize, Option<u32>),
    /// A table.
    Table(u32),
    /// A row of it.
    Row(u32),
    /// A cell of that; whether it names its column or row.
    Cell(usize, bool),
    /// A quotation.
    Quotation(usize),
    /// Verse.
    Verse(usize),
    /// Code.
    Code(usize),
    /// A note, with what its reference shows.
    Note(usize, String),
}

/// What a paragraph lies in, the outermost first.
fn parts(document: &Document, paragraph: Span) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in document.structure().blocks_at(paragraph) {
        // Blocks begin at different places, or are of different kinds: either tells them apart.
        let place = block.span.start;
        match &block.kind {
            BlockKind::Heading { level } => parts.push(Part::Heading(place, *level)),
            BlockKind::Byline | BlockKind::Dateline => {}
            BlockKind::Item { depth, number } => {
                parts.extend([Part::List(*depth, number.is_some()), Part::Item(place, *number)]);
            }
            BlockKind::Cell { table, row, header, .. } => {
                parts.extend([Part::Table(*table), Part::Row(*row), Part::Cell(place, *header)]);
            }
            BlockKind::Quotation { .. } => parts.push(Part::Quotation(place)),
            BlockKind::Verse => parts.push(Part::Verse(place)),
            BlockKind::Code => parts.push(Part::Code(place)),
            BlockKind::Note { label } => parts.push(Part::Note(place, label.clone())),
        }
    }
    parts
}

/// Which elements are open while the paragraphs are written in their order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    open: Vec<Part>,
}

impl Outline {
    /// Goes to a paragraph: what ends before it, the innermost first, and what begins with it, the outermost first.
    pub(super) fn turn(&mut self, document: &Document, paragraph: Span) -> (Vec<Part>, Vec<Part>) {
        self.to(parts(document, paragraph))
    }

    /// Ends all that is open.
    pub(super) fn end(&mut self) -> Vec<Part> {
        self.to(Vec::new()).0
    }

    fn to(&mut self, next: Vec<Part>) -> (Vec<Part>, Vec<Part>) {
        let same = self.open.iter().zip(&next).take_while(|(open, next)| open == next).count();
        let mut closed = self.open.split_off(same);
        closed.reverse();
        let opened = next.get(same..).unwrap_or_default().to_vec();
        self.open = next;
        (closed, opened)
    }

    /// In how many elements the paragraph lies.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether it is a line of verse.
    pub(super) fn is_verse(&self) -> bool {
        matches!(self.open.last(), Some(Part::Verse(_)))
    }

    /// Whether the paragraph lies in an element.
    pub(super) fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::{Block, Origin, Structure};

    /// A document with one part of each kind, the words of which say what they are.
    pub(in crate::export) fn document() -> Document {
        let lines: [(&str, &[BlockKind]); 12] = [
            ("الخطة", &[BlockKind::Heading { level: 1 }]),
            ("تمهيد", &[]),
            ("المراحل", &[BlockKind::Heading { level: 2 }]),
            ("أولا", &[BlockKind::Item { depth: 1, number: Some(3) }]),
            ("ثانيا", &[BlockKind::Item { depth: 1, number: Some(4) }]),
            ("فرع", &[BlockKind::Item { depth: 1, number: Some(4) }, BlockKind::Item { depth: 2, number: None }]),
            ("السنة", &[BlockKind::Cell { table: 0, row: 0, column: 0, header: true }]),
            ("العدد", &[BlockKind::Cell { table: 0, row: 0, column: 1, header: true }]),
            ("2026", &[BlockKind::Cell { table: 0, row: 1, column: 0, header: false }]),
            ("7", &[BlockKind::Cell { table: 0, row: 1, column: 1, header: false }]),
            ("قيل", &[BlockKind::Quotation { source: None }]),
            ("حاشية", &[BlockKind::Note { label: "1".to_owned() }]),
        ];
        let (mut text, mut blocks): (String, Vec<Block>) = (String::new(), Vec::new());
        for (line, kinds) in lines {
            let span = Span::new(text.len(), text.len() + line.len());
            text.extend([line, "\n"]);
            for kind in kinds {
                // An item goes on to the end of the list in it.
                match blocks.iter_mut().rev().find(|block| block.kind == *kind) {
                    Some(block) => block.span.end = span.end,
                    None => blocks.push(Block { span, kind: kind.clone() }),
                }
            }
        }
        let structure = Structure { blocks, ..Structure::default() };
        Document::new("خطة", text, Origin::default()).with_structure(structure)
    }

    #[test]
    fn lists_and_tables_stand_around_what_is_in_them() {
        let document = document();
        let (mut outline, mut told) = (Outline::default(), String::new());
        for paragraph in document.paragraphs().filter(|paragraph| !paragraph.is_empty()) {
            let (closed, opened) = outline.turn(&document, paragraph);
            closed.iter().for_each(|_| told.push(')'));
            for part in opened {
                told.push_str(match part {
                    Part::Heading(..) => "h(",
                    Part::List(_, true) => "ol(",
                    Part::List(_, false) => "ul(",
                    Part::Item(..) => "li(",
                    Part::Table(_) => "t(",
                    Part::Row(_) => "r(",
                    Part::Cell(..) => "c(",
                    Part::Quotation(_) => "q(",
                    Part::Note(..) => "n(",
                    Part::Verse(_) | Part::Code(_) => "x(",
                });
            }
            told.push('.');
        }
        outline.end().iter().for_each(|_| told.push(')'));
        assert_eq!(told, "h(.).h(.)ol(li(.)li(.ul(li(.))))t(r(c(.)c(.))r(c(.)c(.)))q(.)n(.)");
    }
}
