//! A page: its lines, which of them are its head and number, its paragraphs, and whether it can be read.

use super::{
    columns, gate,
    lines::{self, PlacedLine},
    order::{self, Manner},
    paragraphs::{self, ParagraphKind, PdfParagraph, counts},
    sheet::{GlyphBox, Sheet},
    spelling,
    tables::{self, Part},
};

/// A page whose lines are known.
#[derive(Debug, Default)]
pub struct Draft {
    /// The lines, from the top; those of each of the ways in which text is turned, the most used way first.
    turns: Vec<Vec<PlacedLine>>,
    rules: Vec<GlyphBox>,
    /// The part of the page that is pictures.
    pictures: f64,
    /// Whether it runs from right to left.
    right: bool,
    /// Whether its brackets are named as they look.
    drawn: bool,
    /// Whether a limit ended it early.
    pub cut: bool,
    edges: Vec<Edge>,
}

/// A line at the top or the foot of a page.
#[derive(Debug)]
struct Edge {
    /// Its number among the lines.
    line: usize,
    /// Its words, with `#` for every number.
    key: String,
    base: f64,
    /// Whether it holds nothing but the page's number.
    number: bool,
}

/// Why the text of a page is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFault {
    /// Its font names its letters wrongly, or not at all.
    Letters,
    /// It is a picture.
    Picture,
}

/// What a page says.
#[derive(Debug, Default)]
pub struct PageText {
    /// Its paragraphs in the order in which they are read, notes at the end.
    pub paragraphs: Vec<PdfParagraph>,
    /// Why they are not to be trusted.
    pub fault: Option<PageFault>,
    /// How many lines were heads or numbers of pages.
    pub heads: usize,
}

impl Draft {
    /// The lines of what is drawn.
    pub fn of(sheet: Sheet) -> Self {
        let mut ways: Vec<(usize, u8)> = (0..4)
            .map(|way| (sheet.glyphs.iter().filter(|glyph| glyph.turned == way && !glyph.is_blank()).count(), way))
            .filter(|(count, _)| *count > 0)
            .collect();
        ways.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let turns: Vec<Vec<PlacedLine>> = ways.iter().map(|&(_, way)| lines::lines(&sheet, way)).collect();
        let main = turns.first().map(Vec::as_slice).unwrap_or_default();
        let (to_left, to_right) =
            main.iter().map(|line| counts(&line.words)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let right = to_left >= to_right;
        let (as_named, as_drawn) = main
            .iter()
            .map(|line| {
                order::balance(&reading(line, Manner { right: counts(&line.words).0 > 0, drawn: false, begins: false }))
            })
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let drawn = as_drawn > as_named;
        let edges = edges(main, Manner { right, drawn, begins: true }, sheet.height);
        let upright = ways.first().is_none_or(|way| way.1 == 0);
        Self {
            rules: if upright { sheet.rules } else { Vec::new() },
            pictures: sheet.pictures,
            cut: sheet.cut,
            right,
            drawn,
            edges,
            turns,
        }
    }

    /// The page's text, with the pages around it, which show what is said on every page.
    pub fn text(&self, around: &[&Self]) -> PageText {
        let heads = self.heads(around);
        let mut found = PageText { heads: heads.len(), ..PageText::default() };
        for (turn, lines) in self.turns.iter().enumerate() {
            let kept = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| turn > 0 || !heads.contains(at))
                .map(|(_, line)| line.clone());
            let rules = if turn == 0 { self.rules.as_slice() } else { &[] };
            found.paragraphs.extend(self.paragraphs(kept.collect(), rules));
        }
        found.fault = self.fault(&found.paragraphs);
        spelling::letters(found.paragraphs.iter_mut().map(|paragraph| &mut paragraph.text).collect());
        self.mark(&mut found.paragraphs);
        found
    }

    fn paragraphs(&self, lines: Vec<PlacedLine>, rules: &[GlyphBox]) -> Vec<PdfParagraph> {
        let mut found = Vec::new();
        for part in tables::parts(lines, rules) {
            match part {
                Part::Text(lines) => {
                    for block in columns::blocks(lines, rules, self.right) {
                        paragraphs::go_on(&mut found, paragraphs::paragraphs(&block, self.drawn, self.right));
                    }
                }
                // Cells that hold much are columns, whatever is drawn around them.
                Part::Row(mut cells) => {
                    if self.right {
                        cells.reverse();
                    }
                    let long = cells.iter().any(|cell| cell.len() > 8);
                    let cells: Vec<Vec<PdfParagraph>> =
                        cells.iter().map(|cell| paragraphs::paragraphs(cell, self.drawn, self.right)).collect();
                    if long {
                        found.extend(cells.into_iter().flatten());
                    } else {
                        found.extend(paragraphs::row(&cells));
                    }
                }
            }
        }
        found
    }

    /// The lines that are on the pages around too, or hold the page's number.
    fn heads(&self, around: &[&Self]) -> Vec<usize> {
        let repeated = |edge: &Edge| {
            let others = around.iter().flat_map(|page| &page.edges);
            others.into_iter().any(|other| other.key == edge.key && (other.base - edge.base).abs() < 6.0)
        };
        self.edges.iter().filter(|edge| edge.number || repeated(edge)).map(|edge| edge.line).collect()
    }

    fn fault(&self, paragraphs: &[PdfParagraph]) -> Option<PageFault> {
        let text: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = text.join("\n");
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        let unnamed: usize = paragraphs.iter().map(|paragraph| paragraph.unnamed).sum();
        if letters + unnamed == 0 {
            return (self.pictures > 0.3).then_some(PageFault::Picture);
        }
        // A picture of a page, with the little that a machine could read of it.
        if self.pictures > 0.8 && letters < 15 {
            return Some(PageFault::Picture);
        }
        let many = unnamed > 10 && unnamed * 8 > letters + unnamed;
        let private = text.chars().filter(|letter| matches!(letter, '\u{e000}'..='\u{f8ff}')).count();
        (many || private * 8 > letters + 10 || !gate::is_sound(&text)).then_some(PageFault::Letters)
    }

    /// Tells headlines and notes by the size of their letters.
    fn mark(&self, paragraphs: &mut [PdfParagraph]) {
        let mut sizes: Vec<(f64, usize)> =
            paragraphs.iter().map(|paragraph| (paragraph.size, paragraph.text.chars().count())).collect();
        sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let half = sizes.iter().map(|size| size.1).sum::<usize>() / 2;
        let mut seen = 0;
        let body = sizes.iter().find(|size| {
            seen += size.1;
            seen > half
        });
        let Some(&(body, _)) = body else { return };
        for paragraph in paragraphs.iter_mut().filter(|paragraph| paragraph.kind == ParagraphKind::Text) {
            if paragraph.size > body * 1.15 && paragraph.text.chars().count() < 200 {
                paragraph.kind = ParagraphKind::Heading;
            }
        }
        // From the foot upwards, as long as letters are small; the first of them is numbered.
        let small = |paragraph: &PdfParagraph| paragraph.kind == ParagraphKind::Text && paragraph.size < body * 0.9;
        let count = paragraphs.iter().rev().take_while(|paragraph| small(paragraph)).count();
        let tail = paragraphs.len() - count;
        let tail = paragraphs.get_mut(tail..).unwrap_or_default();
        let first = tail.iter().position(|paragraph| is_numbered(&paragraph.text)).unwrap_or(usize::MAX);
        for paragraph in tail.iter_mut().skip(first) {
            paragraph.kind = ParagraphKind::Note;
        }
    }
}

/// Whether a note's number or star stands at its beginning.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '[', '{', ')']);
    text.starts_with(|letter: char| letter.is_numeric() || matches!(letter, '*' | '†' | '٭'))
}

fn reading(line: &PlacedLine, manner: Manner) -> String {
    spelling::spaces(&paragraphs::text(&line.words, manner))
}

/// The two first and the two last lines of a page.
fn edges(lines: &[PlacedLine], manner: Manner, height: f64) -> Vec<Edge> {
    let count = lines.len();
    let at_edge = |at: &usize| *at < 2 || at + 2 >= count;
    (0..count)
        .filter(at_edge)
        .filter_map(|at| {
            let line = lines.get(at)?;
            let text = reading(line, manner);
            let mut key = String::new();
            for letter in text.chars() {
                if !letter.is_numeric() {
                    key.push(letter);
                } else if !key.ends_with('#') {
                    key.push('#');
                }
            }
            let outer = line.base < height * 0.1 || line.base > height * 0.88;
            let other = if at == 0 { lines.get(1) } else { at.checked_sub(1).and_then(|at| lines.get(at)) };
            let alone = other.is_none_or(|other| (other.base - line.base).abs() > other.size.max(line.size) * 1.5);
            let last = alone && (at == 0 || at + 1 == count);
            Some(Edge { line: at, number: outer && last && count > 2 && is_page_number(&key), key, base: line.base })
        })
        .collect()
}

/// Whether a line is a page's number, alone or as people write it.
fn is_page_number(key: &str) -> bool {
    let words: Vec<&str> = key
        .split(|letter: char| letter.is_whitespace() || "-–—|/().[]".contains(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let known =
        |word: &&str| matches!(*word, "#" | "صفحة" | "الصفحة" | "ص" | "من" | "Page" | "page" | "of" | "صفحه" | "از");
    words.contains(&"#") && words.iter().all(known)
}
