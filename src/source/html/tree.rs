//! A tree of elements to passages with their marks: headings, lists, tables, verse, code, quotations, notes, directions.

use super::inline;
use crate::{
    source::{
        article::Article,
        passage::{Passage, PassageBuilder},
    },
    text::{BlockKind, Direction},
};
use dom_query::NodeRef;
use std::collections::BTreeMap;

/// What an element is to its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It is part of the line.
    Inline,
    /// It is a line of its own.
    Block,
    /// Its line ends are meant.
    Verbatim,
    /// It is no text; with what it is counted as, if at all.
    Nothing(Option<&'static str>),
}

fn role(name: &str) -> Role {
    match name {
        "script" | "style" | "template" | "noscript" | "head" | "title" | "area" | "map" => Role::Nothing(None),
        "img" | "picture" | "svg" | "canvas" => Role::Nothing(Some("pictures")),
        "audio" | "video" => Role::Nothing(Some("recordings")),
        "iframe" | "object" | "embed" | "frame" => Role::Nothing(Some("embedded pages")),
        "input" | "button" | "select" | "textarea" => Role::Nothing(Some("form controls")),
        "math" => Role::Nothing(Some("formulas")),
        "pre" => Role::Verbatim,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn" | "em"
        | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "q" | "ruby" | "rb" | "rt" | "rp" | "s" | "samp"
        | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time" | "tt" | "u" | "var" | "wbr" => Role::Inline,
        _ => Role::Block,
    }
}

/// What is left to do in a tree that is gone through without recursion, so that depth costs nothing.
enum Step<'a> {
    Enter(NodeRef<'a>, bool),
    EndLine,
    CloseBlock,
    CloseDirection,
    CloseIsolate,
    CloseLink,
    CloseQuote,
    CloseList,
    /// The present line, from that byte on, names the source of the quotation.
    NameSource(usize),
}

/// The passages of a tree, whose text runs in that direction where no element says another.
pub fn passages(root: &NodeRef<'_>, direction: Option<Direction>) -> Article {
    let mut walk = Walk::default();
    if let Some(direction) = direction {
        walk.text.open_direction(direction);
    }
    let mut steps = vec![Step::Enter(*root, false)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node, verbatim) => walk.enter(node, verbatim, &mut steps),
            Step::EndLine => walk.text.end(),
            Step::CloseBlock => {
                walk.text.close_block();
                walk.quotations.retain(|(depth, _)| *depth < walk.depth);
                walk.depth = walk.depth.saturating_sub(1);
            }
            Step::CloseDirection => walk.text.close_direction(),
            Step::CloseIsolate => drop(walk.text.close_isolate()),
            Step::CloseLink => walk.text.close_link(),
            Step::CloseQuote => {
                walk.quotes = walk.quotes.saturating_sub(1);
                walk.text.push(if walk.quotes.is_multiple_of(2) { "»" } else { "”" });
            }
            Step::CloseList => drop(walk.lists.pop()),
            Step::NameSource(start) => {
                if let Some((_, block)) = walk.quotations.last() {
                    walk.text.source_of(*block, start);
                }
            }
        }
    }
    let forms = walk.text.forms;
    let passages = walk.text.finish().into_iter().filter(|passage| !is_leftover(passage)).collect();
    Article { passages, left_out: walk.left_out, forms, ..Article::default() }
}

/// The end of a comment of the page, which some pages show.
fn is_leftover(passage: &Passage) -> bool {
    matches!(passage.text.trim(), "-->" | "<!--" | "//-->" | "]]>" | "--" | "&nbsp;")
}

#[derive(Default)]
struct Walk {
    text: PassageBuilder,
    left_out: BTreeMap<&'static str, usize>,
    /// How many blocks are open, and the quotations among them with the number of each.
    depth: usize,
    quotations: Vec<(usize, u32)>,
    /// The number of the next item of each open list; none where it has no numbers.
    lists: Vec<Option<u32>>,
    /// How many tables there were, and the row and column of the next cell.
    tables: u32,
    cell: (u32, u32),
    /// How many quotation elements are open.
    quotes: usize,
}

impl Walk {
    fn enter<'a>(&mut self, node: NodeRef<'a>, verbatim: bool, steps: &mut Vec<Step<'a>>) {
        if node.is_text() {
            if verbatim {
                self.text.push_lines(&node.text());
            } else {
                self.text.push(&node.text());
            }
            return;
        }
        let name = node.node_name().unwrap_or_default();
        let role = if node.is_element() { role(&name) } else { Role::Inline };
        if let Role::Nothing(what) = role {
            if let Some(what) = what {
                *self.left_out.entry(what).or_default() += 1;
            }
            return;
        }
        if node.is_comment() || node.is_doctype() || is_hidden(&node) {
            return;
        }
        if name.as_ref() == "figcaption" && is_caption(&node) {
            *self.left_out.entry("captions of pictures").or_default() += 1;
            return;
        }
        if role == Role::Inline {
            if self.enter_inline(&node, &name, steps) {
                return;
            }
        } else {
            self.enter_block(&node, &name, steps);
        }
        let verbatim = verbatim || role == Role::Verbatim;
        steps.extend(node.children_it(true).map(|child| Step::Enter(child, verbatim)));
    }

    /// Begins an element inside a line; true where all of it is read.
    fn enter_inline(&mut self, node: &NodeRef<'_>, name: &str, steps: &mut Vec<Step<'_>>) -> bool {
        match name {
            "sup" | "sub" => return inline::raised(&mut self.text, node, name == "sup"),
            "a" if inline::is_way_back(node) => return true,
            "a" => {
                self.text.open_link();
                steps.push(Step::CloseLink);
            }
            "q" => {
                let marked = matches!(self.text.last_letter(), Some('«' | '“' | '"'));
                if !marked {
                    self.text.push(if self.quotes.is_multiple_of(2) { "«" } else { "“" });
                    self.quotes += 1;
                    steps.push(Step::CloseQuote);
                }
            }
            "cite" if !self.quotations.is_empty() => steps.push(Step::NameSource(self.text.length())),
            _ => {}
        }
        let stated = node.attr("dir").and_then(|value| direction(&value));
        let isolated = match name {
            "bdi" => Some(stated.unwrap_or(Direction::Auto)),
            _ => stated,
        };
        if let Some(direction) = isolated {
            self.text.open_isolate(direction, name == "bdo");
            steps.push(Step::CloseIsolate);
        }
        false
    }

    fn enter_block(&mut self, node: &NodeRef<'_>, name: &str, steps: &mut Vec<Step<'_>>) {
        self.text.end();
        if let Some(direction) = node.attr("dir").and_then(|value| direction(&value)) {
            self.text.open_direction(direction);
            steps.push(Step::CloseDirection);
        }
        if name == "ul" || name == "ol" {
            let start = node.attr("start").and_then(|start| start.parse().ok());
            self.lists.push((name == "ol").then(|| start.unwrap_or(1)));
            steps.push(Step::CloseList);
        }
        if name == "table" && is_data(node) {
            self.tables += 1;
            self.cell = (0, 0);
        }
        if name == "tr" {
            self.cell = (self.cell.0 + u32::from(self.cell.1 > 0), 0);
        }
        let kind = self.kind(node, name);
        let is_quotation = matches!(kind, Some(BlockKind::Quotation { .. }));
        if let Some(kind) = kind {
            self.depth += 1;
            let number = self.text.open_block(kind);
            if is_quotation {
                self.quotations.push((self.depth, number));
            }
            steps.push(Step::CloseBlock);
        }
        steps.push(Step::EndLine);
        let names_source = matches!(name, "footer" | "figcaption") && !self.quotations.is_empty();
        if names_source {
            steps.push(Step::NameSource(0));
        }
    }

    /// What kind of block an element is; none where it is a paragraph or a box.
    fn kind(&mut self, node: &NodeRef<'_>, name: &str) -> Option<BlockKind> {
        let is_verse = || inline::has_token(node, &["poem", "poetry", "verse", "verses", "shaer"]);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.get(1..)?.parse().ok()?;
                Some(BlockKind::Heading { level })
            }
            "li" => Some(self.item(node)),
            "td" | "th" => {
                let table = node.ancestors_it(Some(4)).find(|above| above.has_name("table"))?;
                if !is_data(&table) {
                    return None;
                }
                let (row, column) = self.cell;
                self.cell.1 += 1;
                Some(BlockKind::Cell { table: self.tables - 1, row, column, header: name == "th" })
            }
            "pre" if is_verse() => Some(BlockKind::Verse),
            "pre" => Some(BlockKind::Code),
            "blockquote" if is_verse() => Some(BlockKind::Verse),
            "blockquote" if node.parent().is_some_and(|parent| quotes(&parent)) => None,
            "blockquote" => Some(BlockKind::Quotation { source: None }),
            "figure" if quotes(node) => Some(BlockKind::Quotation { source: None }),
            "p" | "div" if is_verse() => Some(BlockKind::Verse),
            "aside" | "div" | "p" => inline::note_label(node).map(|label| BlockKind::Note { label }),
            _ => None,
        }
    }

    fn item(&mut self, node: &NodeRef<'_>) -> BlockKind {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1);
        let Some(Some(next)) = self.lists.last_mut() else { return BlockKind::Item { depth, number: None } };
        let number = node.attr("value").and_then(|value| value.parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(1);
        match inline::note_label(node) {
            Some(_) => BlockKind::Note { label: number.to_string() },
            None => BlockKind::Item { depth, number: Some(number) },
        }
    }
}

/// A direction as the attribute `dir` has it.
pub fn direction(value: &str) -> Option<Direction> {
    match value.trim().to_ascii_lowercase().as_str() {
        "ltr" => Some(Direction::Ltr),
        "rtl" => Some(Direction::Rtl),
        "auto" => Some(Direction::Auto),
        _ => None,
    }
}

/// Whether a figure is a quotation with its source below: `<figure><blockquote>…</blockquote><figcaption>…</figcaption></figure>`
/// (HTML, 4.4.4, the blockquote element).
fn quotes(figure: &NodeRef<'_>) -> bool {
    let has = |name: &str| figure.children_it(false).any(|child| child.has_name(name));
    figure.has_name("figure") && has("blockquote") && has("figcaption")
}

/// Whether it belongs to a picture and to nothing else that stays in the text.
fn is_caption(node: &NodeRef<'_>) -> bool {
    let figure = node.ancestors_it(Some(3)).find(|above| above.has_name("figure"));
    figure.is_some_and(|figure| {
        let has = |names: &[&str]| figure.descendants_it().any(|inner| names.iter().any(|name| inner.has_name(name)));
        has(&["img", "picture", "svg", "video", "iframe", "amp-img"]) && !has(&["blockquote", "table", "pre", "q"])
    })
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        })
}

/// Whether a table has data in it: old pages put all they have into tables, to place it.
fn is_data(table: &NodeRef<'_>) -> bool {
    /// Data is short, in letters.
    const CELL: usize = 200;
    let (mut cells, mut rows, mut headers) = (0_usize, 0_usize, false);
    for node in table.descendants_it().filter(NodeRef::is_element) {
        match node.node_name().unwrap_or_default().as_ref() {
            "table" => return false,
            "tr" => rows += 1,
            "th" | "caption" => {
                headers = true;
                cells += 1;
            }
            "td" => {
                cells += 1;
                if node.text().chars().count() > CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells >= 2 && (headers || (rows >= 2 && cells > rows))
}
