//! PDF: glyphs and where they stand, made into text in the order in which it is read, or refused.
//!
//! ```text
//! bytes --face, content--> Sheet --lines--> Lines --tables, columns--> blocks --paragraphs, order--> text --gate--> Article
//! ```
//!
//! Left out, and counted: heads and numbers of pages, pages that are pictures, pages whose font names their letters
//! wrongly. Not read: forms' fields, notes pinned to the page, pictures.

mod about;
mod columns;
mod content;
mod face;
mod gate;
mod layers;
mod limits;
mod lines;
mod names;
mod order;
mod page;
mod paragraphs;
mod sheet;
mod spelling;
mod state;
mod tables;

use super::error::Reason;
use crate::text::{Block, BlockKind, LeftOut, Metadata, Span};
use face::Faces;
use hayro_syntax::{LoadPdfError, Pdf, object::Dict};
use layers::Layers;
use limits::Budget;
use page::{Draft, PageFault, PageText};
use paragraphs::{ParagraphKind, PdfParagraph};
use std::{
    collections::{BTreeMap, VecDeque},
    panic::{self, AssertUnwindSafe},
};

/// What is asked of a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The password, where it has one.
    pub password: Option<&'a str>,
    /// Whether pages are given whose letters cannot be trusted.
    pub anyway: bool,
    /// As much text is enough, in bytes; the page in which it is reached is given whole.
    pub bytes: u64,
}

/// The text of a PDF.
#[derive(Debug, Default)]
pub struct Read {
    /// Its text, a paragraph a line.
    pub text: String,
    /// Where each page begins, in bytes of the text.
    pub pages: Vec<usize>,
    /// What the text does not have.
    pub left_out: Vec<LeftOut>,
    /// A line for each page that was refused, or is doubtful.
    pub remarks: Vec<String>,
    /// Headings and notes.
    pub blocks: Vec<Block>,
    /// What the file says about itself.
    pub metadata: Metadata,
    /// Whether this is all of it.
    pub complete: bool,
}

/// As much of a text is its beginning, in bytes.
const BEGINNING: u64 = 4096;

/// How many pages around a page show what is said on every page.
const AROUND: usize = 2;

/// What is wrong with it.
fn damaged(what: String) -> Reason {
    Reason::Format("a PDF", what)
}

/// The text of a PDF, and whether it is all.
pub fn document(bytes: Vec<u8>, wanted: Wanted<'_>) -> Result<(Read, bool), Reason> {
    // A beginning is for a screen: one page is most often more than that.
    let enough = if wanted.bytes == u64::MAX { u64::MAX } else { wanted.bytes.min(BEGINNING) };
    read(bytes, Wanted { bytes: enough, ..wanted }).map(|read| {
        let complete = read.complete;
        (read, complete)
    })
}

/// Reads a PDF.
pub fn read(bytes: Vec<u8>, wanted: Wanted<'_>) -> Result<Read, Reason> {
    // Whatever a damaged file leads the parser to do, it is the file's fault.
    let read = panic::catch_unwind(AssertUnwindSafe(|| open(bytes, wanted)));
    read.unwrap_or_else(|_| Err(damaged("its objects make no sense".to_owned())))
}

fn open(bytes: Vec<u8>, wanted: Wanted<'_>) -> Result<Read, Reason> {
    if !limits::is_bounded(&bytes) {
        return Err(damaged(format!("its parts unpack to more than {} MiB", limits::STREAM >> 20)));
    }
    let pdf = Pdf::new_with_password(bytes, wanted.password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(hayro_syntax::DecryptionError::PasswordProtected) => Reason::Password,
        LoadPdfError::Decryption(_) => damaged("its encryption is not known".to_owned()),
        LoadPdfError::Invalid => damaged("it has no pages that can be found".to_owned()),
    })?;
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let (mut faces, layers) = (Faces::default(), Layers::of(catalog.as_ref()));
    let mut budget = Budget::default();
    let mut writer = Writer { anyway: wanted.anyway, ..Writer::default() };
    writer.read.metadata = about::metadata(pdf.metadata());
    let mut drafts: VecDeque<Draft> = VecDeque::new();
    let mut pages = pdf.pages().iter().take(limits::PAGES);
    let (mut at, mut ended) = (0, false);
    loop {
        while !ended && drafts.len() <= at + AROUND {
            match pages.next() {
                Some(page) if !budget.is_over() => {
                    drafts.push_back(Draft::of(content::sheet(page, &mut faces, &layers, &mut budget)));
                }
                more => {
                    ended = true;
                    writer.late += usize::from(more.is_some()) * (1 + pages.len());
                }
            }
        }
        let Some(draft) = drafts.get(at) else { break };
        let around: Vec<&Draft> =
            drafts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, draft)| draft).collect();
        writer.page(&draft.text(&around), draft.cut);
        if at == AROUND {
            drafts.pop_front();
        } else {
            at += 1;
        }
        if writer.read.text.len() as u64 > wanted.bytes && !(ended && drafts.len() <= at) {
            return Ok(writer.beginning());
        }
    }
    writer.finish()
}

/// Puts pages together.
#[derive(Default)]
struct Writer {
    read: Read,
    anyway: bool,
    /// The last paragraph, where it may go on on the next page: its size.
    open: Option<f64>,
    /// Notes, until the paragraph that they interrupt is at its end.
    notes: Vec<String>,
    /// Whether only headlines came so far.
    head: bool,
    begun: bool,
    refused: BTreeMap<&'static str, Vec<usize>>,
    heads: usize,
    cut: usize,
    /// Pages for which there was no time.
    late: usize,
}

const WRONG: &str = "pages whose font names their letters wrongly";
const PICTURES: &str = "pages that are pictures";
const DOUBTFUL: &str = "doubtful pages, whose font seems to name their letters wrongly";

impl Writer {
    fn page(&mut self, page: &PageText, cut: bool) {
        let number = self.read.pages.len() + 1;
        self.heads += page.heads;
        self.cut += usize::from(cut);
        let refused = match page.fault {
            Some(PageFault::Letters) => Some((
                if self.anyway { DOUBTFUL } else { WRONG },
                format!(
                    "the letters of page {number} cannot be {}: its font names them wrongly",
                    if self.anyway { "trusted" } else { "read" }
                ),
            )),
            Some(PageFault::Picture) => Some((PICTURES, format!("page {number} cannot be read: it is a picture"))),
            None => None,
        };
        if let Some((what, line)) = refused {
            self.refused.entry(what).or_default().push(number);
            self.read.remarks.push(line);
        }
        let mut place = None;
        if page.fault.is_none() || (self.anyway && page.fault == Some(PageFault::Letters)) {
            for paragraph in page.paragraphs.iter().filter(|paragraph| !paragraph.text.is_empty()) {
                let start = self.paragraph(paragraph, place.is_none());
                place = place.or(start);
            }
        } else {
            self.open = None;
        }
        self.read.pages.push(place.unwrap_or(self.read.text.len()));
    }

    /// Where it begins; none for a note, whose place comes later.
    fn paragraph(&mut self, paragraph: &PdfParagraph, first: bool) -> Option<usize> {
        if paragraph.kind == ParagraphKind::Note {
            self.notes.push(paragraph.text.clone());
            return None;
        }
        let text = &mut self.read.text;
        let ended = text.trim_end().ends_with(['.', '؟', '!', ':', '؛', '»', '"', '?']);
        let goes_on = first && paragraph.kind == ParagraphKind::Text && paragraph.goes_on && !ended;
        if goes_on && self.open.is_some_and(|size| (size - paragraph.size).abs() < size * 0.05) {
            text.truncate(text.trim_end().len());
            text.push(' ');
        } else {
            self.flush();
            if self.head && paragraph.kind != ParagraphKind::Heading {
                self.read.text.push('\n');
                self.head = false;
            }
        }
        if !self.begun {
            self.begun = true;
            self.head = paragraph.kind == ParagraphKind::Heading;
        }
        let start = self.read.text.len();
        self.read.text.extend([&paragraph.text, "\n"]);
        if paragraph.kind == ParagraphKind::Heading {
            let kind = BlockKind::Heading { level: if self.head { 1 } else { 2 } };
            self.read.blocks.push(Block { span: Span::new(start, start + paragraph.text.len()), kind });
        }
        self.open = (paragraph.kind == ParagraphKind::Text && paragraph.stays_open).then_some(paragraph.size);
        Some(start)
    }

    fn flush(&mut self) {
        for note in self.notes.drain(..) {
            self.read.text.extend([&note, "\n"]);
        }
    }

    /// What there is so far: a beginning of what there will be.
    fn beginning(mut self) -> Read {
        if self.open.is_some() {
            // The paragraph may go on.
            self.read.text.truncate(self.read.text.trim_end().len());
        }
        self.read
    }

    fn finish(mut self) -> Result<Read, Reason> {
        self.flush();
        if self.read.text.is_empty() {
            return Err(damaged(match self.read.remarks.as_slice() {
                [] if self.cut > 0 => "its pages are larger than what is read of one".to_owned(),
                [] => "there is no text in it".to_owned(),
                [only] => only.clone(),
                [first, ..] => format!("{first}; neither can the others"),
            }));
        }
        for (what, numbers) in &self.refused {
            let shown: Vec<String> = numbers.iter().take(20).map(usize::to_string).collect();
            let more = if numbers.len() > shown.len() { ", …" } else { "" };
            let what = format!("{what} ({}{more})", shown.join(", "));
            self.read.left_out.push(LeftOut { what, count: numbers.len() });
        }
        for (what, count) in [
            ("heads and numbers of pages", self.heads),
            ("pages that are larger than what is read of one", self.cut),
            ("pages for which there was no time", self.late),
        ] {
            if count > 0 {
                self.read.left_out.push(LeftOut { what: what.to_owned(), count });
            }
        }
        self.read.complete = true;
        Ok(self.read)
    }
}

/// A text string of a PDF: UTF-16 or UTF-8 where a mark says so, else PDFDocEncoding, of which the Latin part is read.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
