//! Markdown (CommonMark with tables, footnotes, strike-through and front matter): its text, with headings, lists, tables,
//! code, quotations and notes as marks on it. Left out, and counted: pictures, the addresses of links, pieces of HTML but
//! for the directions they state, short codes of site generators.

use super::{article::Article, front_matter, passage::PassageBuilder};
use crate::text::{BlockKind, Direction, Metadata};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// The article of a Markdown text; its headline is what its front matter says, or a first heading of the first level.
pub fn article(markdown: &str) -> Article {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut walk = Walk::default();
    for event in Parser::new_ext(markdown, options) {
        walk.take(event);
    }
    walk.finish()
}

#[derive(Default)]
struct Walk {
    text: PassageBuilder,
    left_out: BTreeMap<&'static str, usize>,
    metadata: Metadata,
    /// Inside pictures and front matter nothing is text.
    hidden: usize,
    in_metadata: bool,
    verbatim: bool,
    /// Whether the first block is a heading of the first level; none before it.
    first: Option<bool>,
    /// The number of the next item of each open list; none where it has no numbers.
    lists: Vec<Option<u32>>,
    tables: u32,
    row: u32,
    column: u32,
    in_header: bool,
    /// Pieces of HTML that stated a direction and have not ended: by the name of the element.
    directed: Vec<String>,
    /// How many block quotes are open.
    quotations: usize,
    /// Whether the line of the file has ended and that of the text has not yet.
    soft_break: bool,
}

impl Walk {
    fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    fn take(&mut self, event: Event<'_>) {
        if std::mem::take(&mut self.soft_break) {
            // The source of a quotation has a line of its own.
            let is_source = self.quotations > 0
                && matches!(&event, Event::Text(text) if text.starts_with(['—', '–', '―']) || text.starts_with("--"));
            if is_source {
                self.text.end();
            } else {
                self.text.push(" ");
            }
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_metadata => self.metadata = front_matter::read(&text),
            _ if self.hidden > 0 => {}
            Event::Text(text) if self.verbatim => self.text.push_lines(&text),
            Event::Text(text) => {
                let text = self.without_short_codes(&text);
                self.text.push(&text);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text.push(&text),
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak | Event::Rule => self.text.end(),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::FootnoteReference(label) => self.text.note(&label),
            Event::TaskListMarker(done) => self.text.push(if done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let is_inline = matches!(
            tag,
            Tag::Image { .. }
                | Tag::MetadataBlock(_)
                | Tag::Link { .. }
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
        );
        if !is_inline {
            self.text.end();
            let is_title = matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. });
            if !matches!(tag, Tag::HtmlBlock) {
                self.first = self.first.or(Some(is_title));
            }
        }
        match tag {
            Tag::Image { .. } => {
                self.leave_out("pictures");
                self.hidden += 1;
            }
            Tag::MetadataBlock(_) => {
                self.in_metadata = true;
                self.hidden += 1;
            }
            Tag::Link { .. } => self.leave_out("addresses of links"),
            Tag::CodeBlock(kind) => {
                let is_verse =
                    matches!(kind, CodeBlockKind::Fenced(info) if matches!(&**info, "verse" | "poem" | "شعر"));
                self.text.open_block(if is_verse { BlockKind::Verse } else { BlockKind::Code });
                self.verbatim = true;
            }
            Tag::Heading { level, .. } => drop(self.text.open_block(BlockKind::Heading { level: *level as u8 })),
            Tag::BlockQuote(_) => {
                self.quotations += 1;
                self.text.open_block(BlockKind::Quotation { source: None });
            }
            Tag::List(start) => self.lists.push(start.map(|start| u32::try_from(start).unwrap_or(u32::MAX))),
            Tag::Item => {
                let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
                let number = self.lists.last_mut().and_then(Option::as_mut).map(|next| {
                    *next = next.saturating_add(1);
                    *next - 1
                });
                self.text.open_block(BlockKind::Item { depth, number });
            }
            Tag::Table(_) => {
                self.tables += 1;
                (self.row, self.column) = (0, 0);
            }
            Tag::TableHead => self.in_header = true,
            Tag::TableCell => {
                let (row, column, header) = (self.row, self.column, self.in_header);
                self.column += 1;
                self.text.open_block(BlockKind::Cell { table: self.tables - 1, row, column, header });
            }
            Tag::FootnoteDefinition(label) => drop(self.text.open_block(BlockKind::Note { label: label.to_string() })),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::MetadataBlock(_) => {
                self.in_metadata = false;
                self.hidden = self.hidden.saturating_sub(1);
            }
            TagEnd::Link
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => self.text.end(),
        }
        match tag {
            TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition => {
                if matches!(tag, TagEnd::BlockQuote(_)) {
                    self.quotations = self.quotations.saturating_sub(1);
                }
                self.text.close_block();
                self.verbatim = false;
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableHead | TagEnd::TableRow => {
                (self.row, self.column, self.in_header) = (self.row + 1, 0, false);
            }
            _ => {}
        }
    }

    /// A piece of HTML: only the direction that it states is kept.
    fn html(&mut self, html: &str) {
        self.leave_out("pieces of HTML");
        let html = html.trim();
        let name: String =
            html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        if html.starts_with("</") {
            if self.directed.last() == Some(&name) {
                self.directed.pop();
                self.text.close_isolate();
            }
            return;
        }
        let lower = html.to_ascii_lowercase();
        let stated = ["ltr", "rtl", "auto"].into_iter().zip([Direction::Ltr, Direction::Rtl, Direction::Auto]);
        let states = |value: &str| {
            [format!("dir={value}"), format!("dir=\"{value}\""), format!("dir='{value}'")]
                .iter()
                .any(|attribute| lower.contains(attribute.as_str()))
        };
        let direction = stated.into_iter().find(|(value, _)| states(value)).map(|(_, direction)| direction);
        let direction = direction.or((name == "bdi").then_some(Direction::Auto));
        if let Some(direction) = direction.filter(|_| !html.contains("</")) {
            self.text.open_isolate(direction, name == "bdo");
            self.directed.push(name);
        }
    }

    /// A text without the short codes of site generators: `{{ image(src="a.jpg") }}`, `{% ... %}`.
    fn without_short_codes(&mut self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once("{{").or_else(|| rest.split_once("{%")) {
            let Some((_, after)) = after.split_once("}}").or_else(|| after.split_once("%}")) else { break };
            self.leave_out("short codes");
            out.push_str(before);
            rest = after;
        }
        out + rest
    }

    fn finish(self) -> Article {
        let forms = self.text.forms;
        let mut passages = self.text.finish();
        let mut metadata = self.metadata;
        if self.first == Some(true) && !passages.is_empty() && metadata.title.is_none() {
            metadata.title = Some(passages.remove(0).text);
        } else if passages.first().is_some_and(|first| metadata.title.as_ref() == Some(&first.text)) {
            passages.remove(0);
        }
        let mut article = Article { passages, metadata, left_out: self.left_out, forms, ..Article::default() };
        article.head_from_metadata();
        article
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_without_its_marks() {
        let article = article(
            "---\ntitle: x\n---\n# افتتاح **الجسر**\n\nقال [الوزير](http://x.example) \nإن *العمل* اكتمل.  \nسطر\n\n\
             ![صورة](a.png)\n\n- بند\n- آخر <b>ب</b>\n\n```\na  b\nc\n```\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(article.head_lines(), ["x"]);
        assert_eq!(
            article.texts(),
            ["افتتاح الجسر", "قال الوزير إن العمل اكتمل.", "سطر", "بند", "آخر ب", "a  b", "c", "أ", "ب", "1", "2"]
        );
        let counts: Vec<_> = article.left_out.into_iter().collect();
        assert_eq!(counts, [("addresses of links", 1), ("pictures", 1), ("pieces of HTML", 2)]);
    }

    #[test]
    fn what_is_no_headline_is_none() {
        assert_eq!(article("## ثان\n\n# أول").head_lines(), [""; 0]);
        assert_eq!(article("نص\n\n# أول").head_lines(), [""; 0]);
    }

    #[test]
    fn what_blocks_are_is_kept_as_marks() {
        let article = article(
            "# الخطة\n\n## المراحل\n\n3. الحفر\n4. البناء\n   - أساس\n\n> قال\n\nنص[^1] <span dir=ltr>+212 5</span> هنا\n\n\
             | أ | ب |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n\n[^1]: حاشية\n",
        );
        let kinds = |text: &str| {
            let passage = article.passages.iter().find(|passage| passage.text == text).unwrap();
            passage.blocks.iter().map(|(_, kind)| kind.clone()).collect::<Vec<_>>()
        };
        assert_eq!(article.head_lines(), ["الخطة"]);
        assert_eq!(kinds("المراحل"), [BlockKind::Heading { level: 2 }]);
        assert_eq!(kinds("البناء"), [BlockKind::Item { depth: 1, number: Some(4) }]);
        assert_eq!(kinds("أساس")[1], BlockKind::Item { depth: 2, number: None });
        assert_eq!(kinds("قال"), [BlockKind::Quotation { source: None }]);
        assert_eq!(kinds("2"), [BlockKind::Cell { table: 0, row: 1, column: 1, header: false }]);
        assert_eq!(kinds("x"), [BlockKind::Code]);
        assert_eq!(kinds("حاشية"), [BlockKind::Note { label: "1".to_owned() }]);
        let line = article.passages.iter().find(|passage| passage.text.starts_with("نص")).unwrap();
        assert_eq!((line.text.as_str(), line.notes[0].at), ("نص +212 5 هنا", "نص".len()));
        let isolate = line.directions[0];
        assert_eq!((line.text.get(isolate.span.range()), isolate.direction), (Some("+212 5"), Direction::Ltr));
    }

    #[test]
    fn front_matter_says_title_writer_and_day() {
        let yaml = article("---\ntitle: \"خبر: أول\"\nauthor: سلمى\ndate: 2026-03-01\ntags: [أ]\n---\n\nنص\n");
        let toml = article(
            "+++\ntitle = 'خبر'\ndate = 2026-03-01T08:00:00Z\n[extra]\ntitle = 'لا'\n+++\n\n{{ image(src=\"a\") }}\n\nنص\n",
        );
        assert_eq!(yaml.head_lines(), ["خبر: أول", "سلمى", "2026-03-01"]);
        assert_eq!((toml.head_lines(), toml.texts()), (vec!["خبر", "2026-03-01"], vec!["نص"]));
    }
}
