//! Texts of LibreOffice (odt): the paragraphs of the body, with headings, lists, tables and notes as marks. Left out, and
//! counted: pictures, comments, deleted passages. Headers and footers are not part of the body.

use super::{
    archive,
    article::Article,
    encoding::Text,
    error::Reason,
    passage::PassageBuilder,
    xml::{self, Node},
};
use crate::text::BlockKind;
use quick_xml::events::BytesStart;
use std::{collections::BTreeMap, io::Read};

const WHAT: &str = "an OpenDocument text";

/// The document's article.
///
/// # Errors
/// A damaged archive, and one without a text.
pub fn article(bytes: &[u8]) -> Result<Article, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Format(WHAT, error.to_string());
    let mut archive = archive::open(bytes, WHAT)?;
    let mut xml = Vec::new();
    let mut body = archive.by_name("content.xml").map_err(|error| fault(&error))?;
    body.read_to_end(&mut xml).map_err(|error| fault(&error))?;
    read(&Text::of(&xml, xml::encoding(&xml))?.text)
}

#[derive(Default)]
struct Walk {
    text: PassageBuilder,
    left_out: BTreeMap<&'static str, usize>,
    /// The depth of an element whose content is none of the text.
    hidden: Option<usize>,
    lists: u8,
    tables: u32,
    cell: (u32, u32),
    /// The notes: the label of the one that is being read, and their paragraphs, which come after the text.
    note: Option<String>,
    notes: Vec<(String, String)>,
    in_citation: bool,
}

fn read(xml: &str) -> Result<Article, Reason> {
    let mut walk = Walk::default();
    xml::walk(xml, WHAT, |node, depth, _| {
        match node {
            Node::Open(_) | Node::Text(_) if walk.hidden.is_some() => {}
            Node::Open(start) => walk.open(&start, depth),
            Node::Text(text) => walk.push(&text),
            Node::Close(_) if walk.hidden == Some(depth) => walk.hidden = None,
            Node::Close(_) if walk.hidden.is_some() => {}
            Node::Close(name) => walk.close(&name),
        }
        Ok(())
    })?;
    for (label, text) in std::mem::take(&mut walk.notes) {
        walk.text.end();
        walk.text.open_block(BlockKind::Note { label });
        walk.text.push(&text);
        walk.text.end();
        walk.text.close_block();
    }
    let forms = walk.text.forms;
    Ok(Article { passages: walk.text.finish(), left_out: walk.left_out, forms, ..Article::default() })
}

impl Walk {
    fn push(&mut self, text: &str) {
        match &mut self.note {
            Some(label) if self.in_citation => label.push_str(text.trim()),
            Some(_) => {
                if let Some((_, note)) = self.notes.last_mut() {
                    note.push_str(text);
                }
            }
            None => self.text.push(text),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, depth: usize) {
        let attribute =
            |name: &str| start.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value.into_owned());
        match start.name().as_ref() {
            "text:h" => {
                self.text.end();
                let level = attribute("text:outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                self.text.open_block(BlockKind::Heading { level: u8::min(level, 6) });
            }
            "text:p" if self.note.is_none() => self.text.end(),
            "text:p" => self.push(" "),
            "text:list" => self.lists += 1,
            "text:list-item" => {
                self.text.end();
                self.text.open_block(BlockKind::Item { depth: self.lists, number: None });
            }
            "table:table" => {
                self.text.end();
                self.tables += 1;
                self.cell = (0, 0);
            }
            "table:table-cell" => {
                self.text.end();
                let (row, column) = self.cell;
                self.cell.1 += 1;
                self.text.open_block(BlockKind::Cell {
                    table: self.tables.saturating_sub(1),
                    row,
                    column,
                    header: false,
                });
            }
            "text:s" | "text:tab" => self.push(" "),
            "text:line-break" => match self.note {
                None => self.text.end(),
                Some(_) => self.push(" "),
            },
            "text:note" => self.note = Some(String::new()),
            "text:note-citation" => self.in_citation = true,
            "text:note-body" => {
                if let Some(label) = self.note.clone() {
                    self.text.note(&label);
                    self.notes.push((label, String::new()));
                }
            }
            "draw:image" => *self.left_out.entry("pictures").or_default() += 1,
            "office:annotation" => {
                *self.left_out.entry("comments").or_default() += 1;
                self.hidden = Some(depth);
            }
            "text:tracked-changes" => {
                *self.left_out.entry("deleted passages").or_default() += 1;
                self.hidden = Some(depth);
            }
            "office:styles" | "office:automatic-styles" | "office:font-face-decls" | "office:scripts" => {
                self.hidden = Some(depth);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "text:h" | "text:list-item" | "table:table-cell" => {
                self.text.end();
                self.text.close_block();
            }
            "text:p" if self.note.is_none() => self.text.end(),
            "text:list" => self.lists = self.lists.saturating_sub(1),
            "table:table-row" => self.cell = (self.cell.0 + 1, 0),
            "text:note-citation" => self.in_citation = false,
            "text:note" => self.note = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_with_their_marks() {
        let article = read(
            "<?xml version='1.0'?><office:document-content><office:automatic-styles><x>لا</x></office:automatic-styles><office:body><office:text>\
             <text:tracked-changes><text:p>حذف</text:p></text:tracked-changes><text:h text:outline-level='2'>العمل</text:h>\
             <text:p>قال<text:s/>سامر<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p></text:note-body></text:note> نعم</text:p>\
             <text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list>\
             <table:table><table:table-row><table:table-cell><text:p>أ</text:p></table:table-cell><table:table-cell><text:p>ب</text:p></table:table-cell></table:table-row></table:table>\
             </office:text></office:body></office:document-content>",
        )
        .unwrap();
        assert_eq!(article.texts(), ["العمل", "قال سامر نعم", "بند", "أ", "ب", "حاشية"]);
        assert_eq!(article.passages[0].blocks[0].1, BlockKind::Heading { level: 2 });
        assert_eq!(article.passages[1].notes[0].label, "1");
        assert_eq!(article.passages[4].blocks[0].1, BlockKind::Cell { table: 0, row: 0, column: 1, header: false });
        assert_eq!(article.passages[5].blocks[0].1, BlockKind::Note { label: "1".to_owned() });
    }
}
