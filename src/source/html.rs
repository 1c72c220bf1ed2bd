//! Web pages: the article with headline, byline, date and paragraphs. Left out, and counted: pictures, recordings,
//! embedded pages, form controls, tables' columns, and the text around the article (menus, comments, advertising).

mod boilerplate;
mod cleanup;
mod inline;
mod limits;
mod names;
mod stated;
mod telegram;
mod tree;
mod wording;

use super::{
    article::Article,
    error::Reason,
    passage::{Passage, PassageBuilder},
};
use crate::text::Direction;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

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
///
/// # Errors
/// A page that would take too long, and one without any text.
pub fn article(html: &str) -> Result<Article, Reason> {
    let page = parse(html)?;
    if let Some(chat) = telegram::chat(&page) {
        return Ok(chat);
    }
    let stated = stated::stated(&page);
    page.select("script, style, template").remove();
    let all_lines = tree::passages(&page.root(), None).passages.len();
    cleanup::clean(&page);
    let direction = page_direction(&page);
    let whole = tree::passages(&page.root(), direction);
    // Boxes between the paragraphs are regions with names: what else there is to read, who wrote it.
    let all: usize = whole.passages.iter().map(|passage| passage.text.len()).sum();
    let regions = page.select("section[role=region], section[aria-label], section[aria-labelledby]");
    let small: Vec<_> = regions.iter().filter(|region| region.text().len() < all / 4).collect();
    // Where most of the page lies in such regions, they are the article's own chapters.
    if small.iter().map(|region| region.text().len()).sum::<usize>() < all / 2 {
        small.iter().for_each(dom_query::Selection::remove);
    }
    let names = names::Names::of(&page, &stated);
    let config = Config { max_elements_to_parse: 0, disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(page, None, Some(config)).map_err(|error| fault(&error))?;
    let found = reader.parse().ok().map(|found| parse(&found.content)).transpose()?;
    let found = found.map(|content| tree::passages(&content.root(), direction).passages).unwrap_or_default();
    let mut article = boilerplate::article((whole, all_lines), found, &names);
    if let Some(body) = stated.body.filter(|body| is_more(body, &article)) {
        article.passages = lines(&body);
        article.head_from_metadata();
    }
    // A title alone is none.
    if article.passages.is_empty() {
        return Err(Reason::Empty);
    }
    Ok(article)
}

/// Whether the text that a page states for search engines is one that it does not show.
fn is_more(body: &str, article: &Article) -> bool {
    let shown: usize = article.passages.iter().map(|passage| passage.text.chars().count()).sum();
    body.chars().count() > 80.max(2 * shown)
}

/// The lines of a text without marks.
fn lines(text: &str) -> Vec<Passage> {
    let mut builder = PassageBuilder::default();
    for line in text.lines() {
        builder.push(line);
        builder.end();
    }
    builder.finish()
}

/// The direction of the page, where it states one.
fn page_direction(page: &Document) -> Option<Direction> {
    let stated = ["html", "body"].iter().find_map(|name| page.select_single(name).attr("dir"));
    stated.and_then(|value| tree::direction(&value))
}

/// The paragraphs of a page or of a piece of one, with all its text.
///
/// # Errors
/// A page that would take too long.
pub fn paragraphs(html: &str) -> Result<Article, Reason> {
    let page = parse(html)?;
    Ok(tree::passages(&page.root(), page_direction(&page)))
}

fn fault(error: &dyn std::fmt::Display) -> Reason {
    Reason::Format("a web page", error.to_string())
}

fn parse(html: &str) -> Result<Document, Reason> {
    if let Some(reason) = limits::refusal(html) {
        return Err(reason);
    }
    let page = Document::from(html);
    let mut steps = vec![(page.root(), 0)];
    while let Some((node, depth)) = steps.pop() {
        if depth > limits::DEPTH {
            return Err(limits::too_deep());
        }
        steps.extend(node.children_it(true).map(|child| (child, depth + 1)));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::BlockKind;

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
        assert_eq!(article.head_lines(), ["افتتاح الجسر الجديد", "سلمى ناصر", "2026-03-01"]);
        let twice = format!("{0}{0}", sentence).trim_end().to_owned();
        assert_eq!(article.texts(), [&twice, "وأضاف:", &format!("«نعم\u{a0}اكتمل العمل». {twice}")]);
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
        assert_eq!(article.head_lines(), ["افتتاح الجسر", "الكاتب، مها القاضي", "1 مارس 2026"]);
        assert_eq!(article.texts(), [&twice, &twice]);
        assert_eq!(article.left_out["lines around the article"], 2);
    }

    #[test]
    fn what_readers_write_is_never_the_article_however_short_that_is() {
        let comment = "كلام جميل جدا وأتمنى أن يستمر هذا العمل الطيب في كل مدننا وقرانا إن شاء الله. ";
        for comments in [
            format!("<section class=responses><h2>الردود</h2><p>{comment}</section>"),
            format!("<div itemprop=comment><p>{comment}</div>"),
            format!("<section><h3>ردود القراء (2)</h3><p>{comment}</section>"),
            format!("<ol class=reply-list><li><p>{comment}</ol>"),
        ] {
            let html = format!(
                "<!doctype html><title>افتتاح</title><body><article><h1>افتتاح الحديقة</h1><p>افتتح رئيس البلدية الحديقة العامة هذا المساء.</article>{comments}"
            );
            let article = article(&html).unwrap();
            assert_eq!(article.texts(), ["افتتح رئيس البلدية الحديقة العامة هذا المساء."], "{comments}");
        }
    }

    #[test]
    fn a_figure_with_a_block_quote_is_a_quotation_and_its_caption_the_source() {
        let html =
            "<figure><blockquote><p>من زرع حصد.</blockquote><figcaption>— رامي البستاني، مزارع</figcaption></figure>";
        let passages = paragraphs(html).unwrap().passages;
        let is_quotation = |passage: &Passage| passage.is_in(|kind| matches!(kind, BlockKind::Quotation { .. }));
        assert!(passages.iter().all(is_quotation), "{passages:?}");
        let (_, source) = passages[1].source_of.unwrap();
        assert_eq!(passages[1].text.get(source.range()), Some("رامي البستاني، مزارع"));
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
            assert!(article.texts().iter().any(|line| line.starts_with(&begins)), "{number}: {:?}", article.texts());
        }
    }

    #[test]
    fn a_page_with_little_text_gives_all_of_it() {
        let article =
            article("<html><body><div>سطر</div><pre>a\n  b</pre><p hidden>لا</p><table><tr><td>1<td>2</table>").unwrap();
        assert_eq!(article.texts(), ["سطر", "a", "  b", "1", "2"]);
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
        assert!(matches!(article(&"<div>".repeat(100)), Err(Reason::Empty)));
    }
}
