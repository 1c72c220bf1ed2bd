//! Web pages: the article with headline, byline, date and paragraphs. Left out, and counted: pictures, recordings,
//! embedded pages, form controls, tables' columns, and the text around the article (menus, comments, advertising).

use super::{
    Reason, around,
    article::{Article, Paragraphs},
    cost,
};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::collections::HashSet;

/// The encoding that a page names in its first kilobytes. Text that is UTF-8 all through is that, whatever it says.
pub fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() || simdutf8::basic::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default().to_ascii_lowercase();
    let finder = memchr::memmem::find_iter(&head, b"charset");
    let label = finder.filter_map(|at| {
        let rest = head.get(at + 7..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))?;
        Encoding::for_label_no_replacement(rest.get(..end)?)
    });
    // A page whose name could be read byte for byte is not in UTF-16; the standard reads it as UTF-8.
    label.map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding }).next()
}

/// The article of a page.
pub fn article(html: &str) -> Result<Article, Reason> {
    let page = parse(html)?;
    let whole = blocks(&page.root());
    let heading = single(&page.select_single("h1").text());
    // Boxes between the paragraphs are regions with names: what else there is to read, who wrote it.
    let all: usize = whole.paragraphs.iter().map(String::len).sum();
    let regions = page.select("section[role=region], section[aria-label], section[aria-labelledby]");
    let small: Vec<_> = regions.iter().filter(|region| region.text().len() < all / 4).collect();
    // Where most of the page lies in such regions, they are the article's own chapters.
    if small.iter().map(|region| region.text().len()).sum::<usize>() < all / 2 {
        small.iter().for_each(dom_query::Selection::remove);
    }
    let config = Config { max_elements_to_parse: 0, ..Config::default() };
    let mut reader = Readability::with_document(page, None, Some(config)).map_err(|error| fault(&error))?;
    let Ok(found) = reader.parse() else {
        // Too little for an article: all that there is, then.
        return Ok(whole);
    };
    let mut article = blocks(&parse(&found.content)?.root());
    if article.paragraphs.is_empty() {
        return Ok(whole);
    }
    // Titles of pages end with the name of the site; the heading does not.
    let title = if !heading.is_empty() && found.title.contains(&heading) { heading } else { found.title };
    let parts = [Some(title), found.byline, found.published_time];
    let parts = parts.map(|part| part.map(|part| single(&part)).filter(|part| !part.is_empty()));
    let [title, writer, date] = parts;
    article.head = title.into_iter().collect();
    around::tidy(&mut article, (writer, date), &whole.paragraphs);
    let kept: HashSet<&String> = article.head.iter().chain(&article.paragraphs).collect();
    let outside = whole.paragraphs.iter().filter(|line| !kept.contains(line)).count();
    article.left_out = whole.left_out;
    article.left_out.insert("lines around the article", outside);
    Ok(article)
}

/// The paragraphs of a page or of a piece of one, with all its text.
pub fn paragraphs(html: &str) -> Result<Article, Reason> {
    Ok(blocks(&parse(html)?.root()))
}

fn fault(error: &dyn std::fmt::Display) -> Reason {
    Reason::Format("a web page", error.to_string())
}

fn parse(html: &str) -> Result<Document, Reason> {
    if let Some(reason) = cost::refusal(html) {
        return Err(reason);
    }
    let page = Document::from(html);
    let mut steps = vec![(page.root(), 0)];
    while let Some((node, depth)) = steps.pop() {
        if depth > cost::DEPTH {
            return Err(cost::too_deep());
        }
        steps.extend(node.children_it(true).map(|child| (child, depth + 1)));
    }
    Ok(page)
}

fn single(text: &str) -> String {
    let mut paragraphs = Paragraphs::default();
    paragraphs.push(text);
    paragraphs.finish().into_iter().next().unwrap_or_default()
}

/// What an element is to its text.
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

/// Goes through a tree without recursion, so that depth costs nothing.
fn blocks(root: &NodeRef<'_>) -> Article {
    let (mut article, mut paragraphs) = (Article::default(), Paragraphs::default());
    // A node to enter, or a block to leave; with whether line ends are meant there.
    let mut steps = vec![(Some(*root), false)];
    while let Some((step, verbatim)) = steps.pop() {
        let Some(node) = step else {
            paragraphs.end();
            continue;
        };
        if node.is_text() {
            if verbatim {
                paragraphs.push_lines(&node.text());
            } else {
                paragraphs.push(&node.text());
            }
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        let role = if node.is_element() { role(&name) } else { Role::Inline };
        match role {
            Role::Nothing(what) => {
                if let Some(what) = what {
                    article.leave_out(what);
                }
                continue;
            }
            _ if node.is_comment() || node.is_doctype() || node.has_attr("hidden") => continue,
            Role::Inline => {}
            Role::Block | Role::Verbatim => {
                paragraphs.end();
                steps.push((None, false));
            }
        }
        let verbatim = verbatim || matches!(role, Role::Verbatim);
        steps.extend(node.children_it(true).map(|child| (Some(child), verbatim)));
    }
    article.paragraphs = paragraphs.finish();
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!doctype html><html dir=rtl><head><title>افتتاح الجسر الجديد - صحيفة المرسى</title><meta name=author content='سلمى ناصر'><meta property='article:published_time' content='2026-03-01T08:00:00Z'><script>alert('لا')</script></head><body>{body}</body></html>"
        )
    }

    #[test]
    fn an_article_is_taken_out_of_its_page() {
        let sentence = "قال المهندس طارق العلي إن الجسر الجديد سيفتح أمام السيارات مطلع الشهر المقبل، بعد عامين من العمل المتواصل فيه. ";
        let html = page(&format!(
            "<nav><ul><li><a href=/>الرئيسية</a><li><a href=/s>رياضة</a></ul></nav><article><h1>افتتاح الجسر الجديد</h1>\
             <p>{0}{0}</p><figure><img src=x alt=صورة></figure><p>وأضاف:<br>«نعم&nbsp;اكتمل <b>العمل</b>».\n  {0}{0}</p></article>\
             <aside><a href=#>اقرأ أيضا</a></aside><footer>جميع الحقوق محفوظة</footer>",
            sentence
        ));
        let article = article(&html).unwrap();
        assert_eq!(article.head, ["افتتاح الجسر الجديد", "سلمى ناصر", "2026-03-01T08:00:00Z"]);
        let twice = format!("{0}{0}", sentence).trim_end().to_owned();
        assert_eq!(article.paragraphs, [twice.clone(), "وأضاف:".into(), format!("«نعم\u{a0}اكتمل العمل». {twice}")]);
        let count = |what| article.left_out.get(what).copied().unwrap_or_default();
        assert_eq!((count("pictures"), count("lines around the article")), (1, 4));
    }

    #[test]
    fn boxes_between_the_paragraphs_are_none_of_them() {
        let sentence = "قال المهندس طارق العلي إن الجسر الجديد سيفتح أمام السيارات مطلع الشهر المقبل، بعد عامين من العمل المتواصل فيه. ";
        let box_ = "<section aria-label='قد يهمك'><strong>قد يهمك</strong><ul><li><a>خبر آخر</a></ul></section>";
        let html = format!(
            "<!doctype html><title>افتتاح الجسر - صحيفة</title><main><h1>افتتاح الجسر</h1><section role=region><span>الكاتب، </span>\
             <span>مها القاضي</span></section><time>1 مارس 2026</time><div><p>&nbsp;&nbsp;{0}{0}</div>{box_}<div><p>{0}{0}</div></main>",
            sentence
        );
        let article = article(&html).unwrap();
        let twice = format!("{0}{0}", sentence).trim_end().to_owned();
        assert_eq!(article.head, ["افتتاح الجسر", "الكاتب، مها القاضي", "1 مارس 2026"]);
        assert_eq!(article.paragraphs, [twice.clone(), twice]);
        assert_eq!(article.left_out["lines around the article"], 2);
    }

    #[test]
    fn chapters_that_are_regions_with_names_stay() {
        let words =
            "قال المهندس طارق العلي إن الجسر الجديد سيفتح أمام السيارات مطلع الشهر المقبل، بعد عامين من العمل فيه. ";
        let chapter = |number: usize| {
            format!(
                "<section aria-labelledby=c{number}><h2 id=c{number}>الفصل {number}</h2><p>{number} {0}{0}</section>",
                words
            )
        };
        let chapters: String = (1..=6).map(chapter).collect();
        let html = format!(
            "<!doctype html><title>الجسر</title><main><h1>الجسر</h1><article><p>{0}{0}{0}<p>{0}{0}{0}{1}</article></main>",
            words, chapters
        );
        let article = article(&html).unwrap();
        for number in 1..=6 {
            let begins = format!("{number} قال");
            assert!(
                article.paragraphs.iter().any(|line| line.starts_with(&begins)),
                "{number}: {:?}",
                article.paragraphs
            );
        }
    }

    #[test]
    fn a_page_with_little_text_gives_all_of_it() {
        let article =
            article("<html><body><div>سطر</div><pre>a\n  b</pre><p hidden>لا</p><table><tr><td>1<td>2</table>").unwrap();
        assert_eq!(article.paragraphs, ["سطر", "a", "  b", "1", "2"]);
    }

    #[test]
    fn the_encoding_that_a_page_names_is_believed_unless_it_is_utf8_all_through() {
        let named = |head: &str, rest: &[u8]| encoding(&[head.as_bytes(), rest].concat()).map(Encoding::name);
        assert_eq!(named("<meta charset=windows-1256>", b"\xc7"), Some("windows-1256"));
        assert_eq!(
            named("<META http-equiv=x content='text/html; charset = \"ISO-8859-6\"'>", b"\xc7"),
            Some("ISO-8859-6")
        );
        assert_eq!(named("<meta charset=utf-16>", b"\xc7"), Some("UTF-8"));
        assert_eq!(named("<meta charset=windows-1256>", "ا".as_bytes()), None);
        assert_eq!(named("<meta charset=none-such>", b"\xc7"), None);
        assert_eq!(named("charset", b"\xc7"), None);
    }

    #[test]
    fn depth_and_number_are_limited() {
        let deep = "<div>".repeat(100_000);
        assert!(matches!(article(&deep), Err(Reason::Format(..))));
        assert!(matches!(article(&"<b>".repeat(600_000)), Err(Reason::Format(..))));
        assert!(article(&"<div>".repeat(100)).is_ok());
    }
}
