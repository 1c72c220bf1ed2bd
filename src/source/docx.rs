//! Word documents (docx): the paragraphs of the body, with headings, lists, tables, notes and directions as marks. Left
//! out, and counted: pictures, comments, deleted passages. Headers and footers are not part of the body.

use super::{
    archive,
    article::Article,
    encoding::Text,
    error::Reason,
    passage::PassageBuilder,
    xml::{self, Node},
};
use crate::text::{BlockKind, Direction, Metadata};
use quick_xml::events::BytesStart;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{Cursor, Read},
};
use zip::ZipArchive;

const WHAT: &str = "a Word document";

/// The document's article.
///
/// # Errors
/// A damaged archive, and one without a document.
pub fn article(bytes: &[u8]) -> Result<Article, Reason> {
    let mut archive = archive::open(bytes, WHAT)?;
    let missing = || Reason::Format(WHAT, "it has no word/document.xml".to_owned());
    let body = part(&mut archive, "word/document.xml")?.ok_or_else(missing)?;
    let styles = part(&mut archive, "word/styles.xml")?.map(|xml| styles(&xml)).transpose()?.unwrap_or_default();
    let numbered = part(&mut archive, "word/numbering.xml")?.map(|xml| numbered(&xml)).transpose()?;
    let mut walk = Walk { styles, numbered: numbered.unwrap_or_default(), ..Walk::default() };
    walk.read(&body)?;
    for (name, kind) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        if let Some(notes) = part(&mut archive, name)? {
            walk.read_notes(&notes, kind)?;
        }
    }
    let metadata = part(&mut archive, "docProps/core.xml")?.map(|xml| properties(&xml)).transpose()?;
    let mut article = walk.finish();
    // What the file's properties say is often left from another one: only what its text does not contradict is taken.
    let stated = metadata.unwrap_or_default();
    let first = article.passages.first().map(|passage| passage.text.clone());
    article.metadata.title = stated.title.filter(|title| first.as_ref() == Some(title));
    Ok(article)
}

/// A file of the archive as text; none where it is not there.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Reason> {
    let Ok(mut file) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| Reason::Format(WHAT, error.to_string()))?;
    Ok(Some(Text::of(&bytes, xml::encoding(&bytes))?.text))
}

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// Whether a property is on: it stands there, and its value does not say no.
fn is_on(start: &BytesStart<'_>) -> bool {
    !matches!(value(start, "val").as_deref(), Some("0" | "false" | "off"))
}

/// The heading level of each style that is one.
fn styles(xml: &str) -> Result<HashMap<String, u8>, Reason> {
    let (mut styles, mut id) = (HashMap::new(), String::new());
    xml::walk(xml, WHAT, |node, _, _| {
        if let Node::Open(start) = node {
            match start.local_name().as_ref() {
                "style" => id = value(&start, "styleId").unwrap_or_default(),
                "outlineLvl" => {
                    let level = value(&start, "val").and_then(|level| level.parse::<u8>().ok());
                    if let Some(level) = level.filter(|level| *level < 6) {
                        styles.insert(id.clone(), level + 1);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The lists whose items have numbers, each with the level that does.
fn numbered(xml: &str) -> Result<HashSet<(String, u8)>, Reason> {
    let (mut formats, mut lists) = (HashSet::new(), Vec::new());
    let (mut pattern, mut level, mut list) = (String::new(), 0_u8, String::new());
    xml::walk(xml, WHAT, |node, _, _| {
        if let Node::Open(start) = node {
            let stated = |name: &str| value(&start, name).unwrap_or_default();
            match start.local_name().as_ref() {
                "abstractNum" => pattern = stated("abstractNumId"),
                "lvl" => level = stated("ilvl").parse().unwrap_or_default(),
                "numFmt" if !matches!(stated("val").as_str(), "bullet" | "none") => {
                    formats.insert((pattern.clone(), level));
                }
                "num" => list = stated("numId"),
                "abstractNumId" => lists.push((list.clone(), stated("val"))),
                _ => {}
            }
        }
        Ok(())
    })?;
    let levels = |(list, pattern): (String, String)| {
        let all = formats.iter().filter(move |format| format.0 == pattern);
        all.map(move |(_, level)| (list.clone(), *level)).collect::<Vec<_>>()
    };
    Ok(lists.into_iter().flat_map(levels).collect())
}

fn properties(xml: &str) -> Result<Metadata, Reason> {
    let (mut metadata, mut text) = (Metadata::default(), String::new());
    xml::walk(xml, WHAT, |node, _, _| {
        match node {
            Node::Open(_) => text.clear(),
            Node::Text(part) => text.push_str(&part),
            Node::Close(name) => {
                let said = Some(text.trim().to_owned()).filter(|said| !said.is_empty());
                if name.rsplit(':').next() == Some("title") {
                    metadata.title = said;
                }
                text.clear();
            }
        }
        Ok(())
    })?;
    Ok(metadata)
}

#[derive(Default)]
struct Walk {
    styles: HashMap<String, u8>,
    numbered: HashSet<(String, u8)>,
    text: PassageBuilder,
    left_out: BTreeMap<&'static str, usize>,
    in_text: bool,
    /// The depth of an element whose content does not count: what was deleted, what stands in for a text box.
    hidden: Option<usize>,
    /// What the properties of the present paragraph say.
    paragraph: Properties,
    /// Whether the present paragraph has begun, with its marks.
    begun: Begun,
    in_properties: bool,
    /// The table, row and column of each open table.
    tables: Vec<(u32, u32, u32)>,
    all_tables: u32,
    numbers: HashMap<(String, u8), u32>,
    notes: usize,
}

#[derive(Default)]
struct Properties {
    style: Option<String>,
    level: Option<u8>,
    list: Option<(String, u8)>,
    bidi: Option<bool>,
}

/// What was opened for the present paragraph.
#[derive(Default)]
struct Begun {
    yes: bool,
    block: bool,
    direction: bool,
}

impl Walk {
    fn read(&mut self, xml: &str) -> Result<(), Reason> {
        xml::walk(xml, WHAT, |node, depth, _| {
            match node {
                Node::Open(_) | Node::Text(_) if self.hidden.is_some() => {}
                Node::Open(start) => self.open(&start, depth),
                Node::Text(text) => {
                    if self.in_text {
                        self.begin();
                        self.text.push_verbatim(&text.replace(['\n', '\r'], " "));
                    }
                }
                Node::Close(_) if self.hidden == Some(depth) => self.hidden = None,
                Node::Close(_) if self.hidden.is_some() => {}
                Node::Close(name) => self.close(name.rsplit(':').next().unwrap_or_default()),
            }
            Ok(())
        })?;
        self.end_paragraph();
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, depth: usize) {
        let name = start.local_name();
        match name.as_ref() {
            "t" => self.in_text = true,
            "tab" if !self.in_properties => {
                self.begin();
                self.text.push_verbatim("\t");
            }
            "br" | "cr" => self.text.end(),
            "noBreakHyphen" => {
                self.begin();
                self.text.push_verbatim("\u{2011}");
            }
            "drawing" | "pict" | "object" => *self.left_out.entry("pictures").or_default() += 1,
            "commentReference" => *self.left_out.entry("comments").or_default() += 1,
            "footnoteReference" | "endnoteReference" => {
                self.notes += 1;
                self.begin();
                let label = self.notes.to_string();
                self.text.note(&label);
            }
            "del" | "moveFrom" => {
                *self.left_out.entry("deleted passages").or_default() += 1;
                self.hidden = Some(depth);
            }
            "Fallback" => self.hidden = Some(depth),
            "tbl" => {
                self.end_paragraph();
                self.tables.push((self.all_tables, 0, 0));
                self.all_tables += 1;
            }
            "tc" => {
                self.end_paragraph();
                if let Some((table, row, column)) = self.tables.last_mut() {
                    let kind = BlockKind::Cell { table: *table, row: *row, column: *column, header: false };
                    *column += 1;
                    self.text.open_block(kind);
                }
            }
            // Properties have tabs of their own: where they stop.
            "pPr" | "rPr" => self.in_properties = true,
            property if self.in_properties => self.property(property, start),
            _ => {}
        }
    }

    fn property(&mut self, name: &str, start: &BytesStart<'_>) {
        match name {
            "pStyle" => self.paragraph.style = value(start, "val"),
            "outlineLvl" => self.paragraph.level = value(start, "val").and_then(|level| level.parse().ok()),
            "bidi" => self.paragraph.bidi = Some(is_on(start)),
            "ilvl" | "numId" => {
                let list = self.paragraph.list.get_or_insert_default();
                let stated = value(start, "val").unwrap_or_default();
                if name == "ilvl" {
                    list.1 = stated.parse().unwrap_or_default();
                } else {
                    list.0 = stated;
                }
            }
            _ => {}
        }
    }

    /// Opens the marks of the present paragraph, before its first letter.
    fn begin(&mut self) {
        if self.begun.yes {
            return;
        }
        self.begun.yes = true;
        let Properties { style, level, list, bidi } = std::mem::take(&mut self.paragraph);
        let level = level.filter(|level| *level < 6).map(|level| level + 1);
        let level = level.or_else(|| style.and_then(|style| self.styles.get(&style).copied()));
        let item = list.filter(|(list, _)| !list.is_empty() && list != "0").map(|(list, depth)| {
            // A list in a list begins anew.
            self.numbers.retain(|(other, below), _| *other != list || *below <= depth);
            let is_numbered = self.numbered.contains(&(list.clone(), depth));
            let number = self.numbers.entry((list, depth)).or_default();
            *number += 1;
            BlockKind::Item { depth: depth.saturating_add(1), number: is_numbered.then_some(*number) }
        });
        if let Some(kind) = level.map(|level| BlockKind::Heading { level }).or(item) {
            self.text.open_block(kind);
            self.begun.block = true;
        }
        if let Some(bidi) = bidi {
            self.text.open_direction(if bidi { Direction::Rtl } else { Direction::Ltr });
            self.begun.direction = true;
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "pPr" | "rPr" => self.in_properties = false,
            "tc" => {
                self.end_paragraph();
                self.text.close_block();
            }
            "tr" => {
                if let Some((_, row, column)) = self.tables.last_mut() {
                    (*row, *column) = (*row + 1, 0);
                }
            }
            "tbl" => drop(self.tables.pop()),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.text.end();
        let begun = std::mem::take(&mut self.begun);
        self.paragraph = Properties::default();
        if begun.block {
            self.text.close_block();
        }
        if begun.direction {
            self.text.close_direction();
        }
    }

    /// The notes of a part of their own, each as its paragraphs.
    fn read_notes(&mut self, xml: &str, kind: &str) -> Result<(), Reason> {
        let (mut label, mut inside, mut in_text) = (0_usize, false, false);
        xml::walk(xml, WHAT, |node, _, _| {
            match node {
                Node::Open(start) => match start.local_name().as_ref() {
                    // Those with a type are lines between the text and the notes.
                    name if name == kind && value(&start, "type").is_none() => {
                        label += 1;
                        inside = true;
                        self.text.open_block(BlockKind::Note { label: label.to_string() });
                    }
                    "t" => in_text = inside,
                    _ => {}
                },
                Node::Text(text) if in_text => self.text.push(&text),
                Node::Text(_) => {}
                Node::Close(name) => match name.rsplit(':').next().unwrap_or_default() {
                    "t" => in_text = false,
                    "p" => self.text.end(),
                    name if name == kind && inside => {
                        self.text.end();
                        self.text.close_block();
                        inside = false;
                    }
                    _ => {}
                },
            }
            Ok(())
        })
    }

    fn finish(self) -> Article {
        let forms = self.text.forms;
        Article { passages: self.text.finish(), left_out: self.left_out, forms, ..Article::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_the_body() {
        let mut walk = Walk::default();
        walk.read(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>\
             <w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">قال </w:t></w:r>\
             <w:del><w:r><w:delText>لا</w:delText><w:t>لا</w:t></w:r></w:del><w:r><w:t>سامر &amp; هدى</w:t><w:tab/><w:t>نعم</w:t></w:r></w:p>\
             <w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>خلية</w:t><w:br/><w:t>ثانية</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>لا</w:t><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>\
             </w:body></w:document>",
        )
        .unwrap();
        let article = walk.finish();
        assert_eq!(article.texts(), ["قال سامر & هدى\tنعم", "خلية", "ثانية"]);
        let counts: Vec<_> = article.left_out.into_iter().collect();
        assert_eq!(counts, [("deleted passages", 1), ("pictures", 1)]);
    }
}
