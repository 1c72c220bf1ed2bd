//! What is taken out of a page before its article is looked for: comments, and boxes that say in their class, id or role
//! that they are none of it.

use super::inline::tokens;
use crate::arabic::normalize::fold;
use dom_query::{Document, NodeRef};

/// Words of class and id that say what a box is, beside those that end with `comments`; taken out whatever it holds, unless
/// it holds the article.
const COMMENTS: &[&str] =
    &["comment", "commentlist", "commentary-list", "commentform", "disqus", "respond", "responses", "reply", "replies"];

/// Headings, folded, of the places where readers write, beside those that end with القراء.
const COMMENT_HEADINGS: &[&str] = &[
    "التعليقات",
    "تعليقات",
    "تعليقات الزوار",
    "تعليقات الجمهور",
    "الردود",
    "ردود",
    "comments",
    "responses",
    "replies",
];

/// Those of boxes that are taken out where they hold little text.
const BOXES: &[&str] = &[
    "related",
    "recommend",
    "recommended",
    "recommendations",
    "recirculation",
    "readmore",
    "seealso",
    "alsoread",
    "morenews",
    "mostread",
    "popular",
    "trending",
    "taboola",
    "outbrain",
    "share",
    "sharing",
    "social",
    "addthis",
    "sharethis",
    "tags",
    "taglist",
    "keywords",
    "newsletter",
    "subscribe",
    "subscription",
    "advert",
    "advertisement",
    "ads",
    "ad",
    "banner",
    "sponsored",
    "cookie",
    "cookies",
    "consent",
    "popup",
    "modal",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "toolbar",
    "rating",
    "views",
    "counter",
    "prevnext",
    "caption",
    "figcaption",
    "signup",
    "optin",
    "mailinglist",
    "toc",
];

/// The same for two words in a row: `read-more`, `prev_next`.
const PAIRS: &[(&str, &str)] = &[
    ("read", "more"),
    ("read", "also"),
    ("also", "read"),
    ("see", "also"),
    ("more", "news"),
    ("more", "on"),
    ("most", "read"),
    ("prev", "next"),
    ("next", "prev"),
    ("details", "next"),
    ("details", "prev"),
    ("post", "tags"),
    ("tag", "list"),
    ("author", "box"),
    ("author", "bio"),
    ("about", "author"),
    ("sign", "up"),
    ("print", "button"),
    ("font", "size"),
    ("you", "may"),
    ("post", "navigation"),
    ("nav", "links"),
    ("table", "contents"),
    ("login", "comment"),
];

/// Elements that are none of the article by their name or role.
const OUTSIDE: &str = "nav, dialog, [role=navigation], [role=complementary], [role=search], [role=dialog], [role=menu], \
    [role=contentinfo], [aria-modal=true]";

/// Takes them out of a page.
pub fn clean(page: &Document) {
    let whole = text_length(&page.root());
    let landmarks: Vec<_> = page.select("h1, [itemprop=articleBody], article").nodes().to_vec();
    let holds_article = |node: &NodeRef<'_>| {
        let inside =
            |mark: &NodeRef<'_>| mark.id == node.id || mark.ancestors_it(None).any(|above| above.id == node.id);
        landmarks.iter().filter(|mark| !is_teaser(mark)).any(inside)
    };
    let mut out = Vec::new();
    let mut steps = vec![page.root()];
    while let Some(node) = steps.pop() {
        if node.is_element() {
            let name = node.node_name().unwrap_or_default();
            let fixed = matches!(name.as_ref(), "html" | "body" | "main" | "head" | "form");
            if !fixed
                && (is_comments(&node) || (is_box(&node, whole) && name.as_ref() != "article"))
                && !holds_article(&node)
            {
                out.push(node);
                continue;
            }
        }
        steps.extend(node.children_it(false));
    }
    for node in page.select(OUTSIDE).nodes() {
        if !holds_article(node) && 4 * text_length(node) < whole {
            out.push(*node);
        }
    }
    out.extend(page.select("form").nodes().iter().filter_map(|form| subscription(form, whole)));
    out.extend(others(page));
    out.iter().for_each(NodeRef::remove_from_parent);
}

/// The box that asks for an address to send news to.
fn subscription<'a>(form: &NodeRef<'a>, whole: usize) -> Option<NodeRef<'a>> {
    const BOX: usize = 400;
    let asks = form.descendants_it().any(|inner| {
        inner.has_name("input")
            && ["type", "name"]
                .iter()
                .any(|name| inner.attr(name).is_some_and(|value| value.to_lowercase().contains("mail")))
    });
    let is_small = |node: &NodeRef<'_>| text_length(node) < BOX && 5 * text_length(node) < whole;
    let fixed = |node: &NodeRef<'_>| ["body", "main", "article", "html"].iter().any(|name| node.has_name(name));
    let around = form.parent().filter(|parent| is_small(parent) && !fixed(parent));
    around.or(Some(*form)).filter(|found| asks && is_small(found))
}

/// The articles that follow the page's own, as pages have them that never end. Where the headline stands in none of them,
/// as in a report that grows by the hour, they are its parts.
fn others(page: &Document) -> Vec<NodeRef<'_>> {
    /// An article has so many letters at least.
    const ARTICLE: usize = 300;
    let articles = page.select("article").nodes().to_vec();
    let has = |node: &NodeRef<'_>, names: &[&str]| {
        node.descendants_it().any(|inner| names.iter().any(|name| inner.has_name(name)))
    };
    let own = articles.iter().position(|article| has(article, &["h1"]) && !is_teaser(article));
    let Some((own, at)) = own.and_then(|at| Some((articles.get(at)?, at))) else { return Vec::new() };
    if text_length(own) < ARTICLE {
        return Vec::new();
    }
    let inside = |node: &NodeRef<'_>| node.ancestors_it(None).any(|above| above.id == own.id);
    let after = articles.iter().skip(at + 1);
    after.filter(|other| !inside(other) && has(other, &["h1", "h2", "h3"])).copied().collect()
}

/// Whether an `article` or `h1` is one of a list of others: all of it is a link, or it holds little.
fn is_teaser(node: &NodeRef<'_>) -> bool {
    let all = text_length(node);
    let links: usize = node.descendants_it().filter(|inner| inner.has_name("a")).map(|link| text_length(&link)).sum();
    node.has_name("article") && (2 * links > all || all < 150)
}

fn text_length(node: &NodeRef<'_>) -> usize {
    node.normalized_char_count()
}

/// Whether it is where readers write: by its class or id, or by the heading that it begins with.
fn is_comments(node: &NodeRef<'_>) -> bool {
    let is_one = |token: &String| COMMENTS.contains(&token.as_str()) || token.ends_with("comments");
    let named = tokens(node).iter().any(is_one);
    // Schema.org's own word for it.
    let stated = || {
        let is = |name: &str, value: &str| node.attr(name).is_some_and(|found| found.ends_with(value));
        is("itemprop", "comment") || is("itemtype", "schema.org/Comment") || is("itemtype", "schema.org/UserComments")
    };
    let headed = || {
        node.first_element_child().is_some_and(|first| {
            let name = first.node_name().unwrap_or_default();
            let heading = matches!(name.as_ref(), "h2" | "h3" | "h4" | "h5" | "h6");
            heading && {
                let text = fold(first.text().trim().trim_matches(|letter: char| !letter.is_alphabetic()));
                let of_readers = text.split(' ').count() <= 4 && text.ends_with(" القراء");
                of_readers || COMMENT_HEADINGS.contains(&text.to_lowercase().as_str())
            }
        })
    };
    named || stated() || headed()
}

/// Whether it is a box with little in it that is called by one of the words.
fn is_box(node: &NodeRef<'_>, whole: usize) -> bool {
    let words = tokens(node);
    let single = words.iter().any(|token| BOXES.contains(&token.as_str()));
    let paired = || words.windows(2).any(|pair| PAIRS.iter().any(|(one, two)| pair.iter().eq([one, two])));
    (single || paired()) && 5 * text_length(node) < whole.max(1)
}
