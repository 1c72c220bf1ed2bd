//! What the formats have in common: an article's parts, and the text with its marks that they become.

use super::{dates, letters::Letters, passage::Passage};
use crate::text::{Block, BlockKind, Directed, Document, LeftOut, Metadata, NoteReference, Origin, Span, Structure};
use std::collections::BTreeMap;

/// An article taken out of its format.
#[derive(Debug, Default)]
pub struct Article {
    /// What its source says about it.
    pub metadata: Metadata,
    /// Headline, byline and date, as far as there are any.
    pub head: Vec<(BlockKind, String)>,
    /// Its paragraphs in order, without line ends.
    pub passages: Vec<Passage>,
    /// What the text does not have, by name.
    pub left_out: BTreeMap<&'static str, usize>,
    /// How many letters were presentation forms.
    pub forms: usize,
}

impl Article {
    /// One more of these is left out.
    pub fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Takes over what was left out and changed in a part of it.
    pub fn add_counts(&mut self, left_out: BTreeMap<&'static str, usize>, forms: usize) {
        for (what, count) in left_out {
            *self.left_out.entry(what).or_default() += count;
        }
        self.forms += forms;
    }

    /// Makes the head of what the metadata say.
    pub fn head_from_metadata(&mut self) {
        let Metadata { title, author, date, .. } = &self.metadata;
        let parts =
            [(BlockKind::Heading { level: 1 }, title), (BlockKind::Byline, author), (BlockKind::Dateline, date)];
        self.head = parts
            .into_iter()
            .filter_map(|(kind, part)| Some((kind, part.clone().filter(|part| !part.is_empty())?)))
            .collect();
    }

    /// The lines of the head, for what compares them.
    #[cfg(test)]
    pub fn head_lines(&self) -> Vec<&str> {
        self.head.iter().map(|(_, line)| line.as_str()).collect()
    }

    /// The paragraphs, for what compares them.
    #[cfg(test)]
    pub fn texts(&self) -> Vec<&str> {
        self.passages.iter().map(|line| line.text.as_str()).collect()
    }

    /// Its text: a line for each part of the head, an empty line, a line for each paragraph; with its marks.
    pub fn document(mut self, id: String, mut origin: Origin) -> Document {
        self.turn(&mut origin);
        let mut text = String::new();
        let mut structure = Structure::default();
        for (kind, line) in self.head.drain(..) {
            let span = Span::new(text.len(), text.len() + line.len());
            structure.blocks.push(Block { span, kind });
            text.extend([&line, "\n"]);
        }
        if !text.is_empty() && !self.passages.is_empty() {
            text.push('\n');
        }
        let mut blocks: BTreeMap<u32, Block> = BTreeMap::new();
        for line in self.passages {
            line.put(&mut text, &mut blocks, &mut structure);
        }
        structure.blocks.extend(blocks.into_values());
        let entry = |what: &str, count: usize| LeftOut { what: what.to_owned(), count };
        let left_out = self.left_out.into_iter().filter(|(_, count)| *count > 0);
        origin.left_out.extend(left_out.map(|(what, count)| entry(what, count)));
        if self.forms > 0 {
            origin.changed.push(entry("presentation forms", self.forms));
        }
        let mut metadata = self.metadata;
        metadata.date = metadata.date.map(|date| dates::day(&date).map_or(date, |day| day.to_string()));
        Document::new(id, text, origin).with_metadata(metadata).with_structure(structure)
    }

    /// Turns lines that are in the order of the screen.
    fn turn(&mut self, origin: &mut Origin) {
        let sample: String = self.passages.iter().take(200).flat_map(|line| [line.text.as_str(), "\n"]).collect();
        let mut letters = Letters::detect(&sample);
        if !letters.visual {
            return;
        }
        for line in &mut self.passages {
            if let Some(plain) = letters.plain(&line.text) {
                (line.text, line.directions, line.notes) = (plain, Vec::new(), Vec::new());
            }
        }
        origin.changed.push(LeftOut { what: "lines in visual order".to_owned(), count: letters.turned });
    }
}

impl Passage {
    /// Puts the line at the end of a text, and its marks among those of the document.
    fn put(self, text: &mut String, blocks: &mut BTreeMap<u32, Block>, structure: &mut Structure) {
        let base = text.len();
        text.push_str(&self.text);
        let whole = Span::new(base, text.len());
        text.push('\n');
        for (id, kind) in self.blocks {
            blocks.entry(id).or_insert(Block { span: whole, kind }).span.end = whole.end;
        }
        if let Some((id, span)) = self.source_of
            && let Some(Block { kind: BlockKind::Quotation { source }, .. }) = blocks.get_mut(&id)
        {
            *source = Some(span.shifted(base));
        }
        let shifted = |directed: Directed| Directed { span: directed.span.shifted(base), ..directed };
        structure.directions.extend(self.directions.into_iter().map(shifted));
        let placed = |note: NoteReference| NoteReference { at: note.at + base, ..note };
        structure.notes.extend(self.notes.into_iter().map(placed));
    }
}
