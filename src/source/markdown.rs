//! Markdown (CommonMark with tables, footnotes and strike-through): its text. Left out, and counted: pictures, the
//! addresses of links, pieces of HTML, front matter.

use super::article::{Article, Paragraphs};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The article of a Markdown text; a first heading of the first level is its headline.
pub fn article(markdown: &str) -> Article {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let (mut article, mut paragraphs) = (Article::default(), Paragraphs::default());
    // Inside these nothing is text.
    let (mut hidden, mut verbatim, mut first) = (0_usize, false, None);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Image { .. } => {
                    article.leave_out("pictures");
                    hidden += 1;
                }
                Tag::MetadataBlock(_) => {
                    article.leave_out("front matter");
                    hidden += 1;
                }
                Tag::Link { .. } => article.leave_out("addresses of links"),
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
                Tag::CodeBlock(_) => {
                    paragraphs.end();
                    verbatim = true;
                }
                Tag::Heading { level, .. } => {
                    paragraphs.end();
                    first = first.or(Some(level == HeadingLevel::H1));
                }
                _ => {
                    paragraphs.end();
                    first = first.or(Some(false));
                }
            },
            Event::End(tag) => match tag {
                TagEnd::Image | TagEnd::MetadataBlock(_) => hidden = hidden.saturating_sub(1),
                TagEnd::Link
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript => {}
                _ => {
                    paragraphs.end();
                    verbatim = false;
                }
            },
            _ if hidden > 0 => {}
            Event::Text(text) if verbatim => paragraphs.push_lines(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                paragraphs.push(&text);
            }
            Event::SoftBreak => paragraphs.push(" "),
            Event::HardBreak | Event::Rule => paragraphs.end(),
            Event::Html(_) | Event::InlineHtml(_) => article.leave_out("pieces of HTML"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => article.leave_out("marks of footnotes and tasks"),
        }
    }
    article.paragraphs = paragraphs.finish();
    if first == Some(true) && !article.paragraphs.is_empty() {
        article.head = vec![article.paragraphs.remove(0)];
    }
    article
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
        assert_eq!(article.head, ["افتتاح الجسر"]);
        assert_eq!(
            article.paragraphs,
            ["قال الوزير إن العمل اكتمل.", "سطر", "بند", "آخر ب", "a  b", "c", "أ", "ب", "1", "2"]
        );
        let counts: Vec<_> = article.left_out.into_iter().collect();
        assert_eq!(counts, [("addresses of links", 1), ("front matter", 1), ("pictures", 1), ("pieces of HTML", 2)]);
    }

    #[test]
    fn what_is_no_headline_is_none() {
        assert_eq!(article("## ثان\n\n# أول").head, [""; 0]);
        assert_eq!(article("نص\n\n# أول").head, [""; 0]);
    }
}
