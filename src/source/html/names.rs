//! Whose article it is: its own headline among those of the page, its writer among the names around it, the paper.

use super::{
    inline::has_token,
    stated::Stated,
    tree,
    wording::{is_no_writer, strip_writer_words},
};
use crate::{arabic::normalize::fold, source::dates, text::Metadata};
use dom_query::{Document, NodeRef};

/// A title of fewer words may be the name of a section or of a site.
const LONG: usize = 4;

/// The most letters of a writer's name.
const NAME: usize = 60;

/// What a page calls its article, its writer and itself.
#[derive(Debug, Default)]
pub struct Names {
    /// What was found; the title may be none.
    pub metadata: Metadata,
    /// The line of the page that is the headline, where it is another than the title.
    pub heading: Option<String>,
    /// The article in a sentence or two, as the page states it.
    pub description: Option<String>,
}

impl Names {
    /// Looks at what a page states and shows.
    pub fn of(page: &Document, stated: &Stated) -> Self {
        let mut metadata = stated.metadata.clone();
        let all = headings(page);
        let headings: Vec<String> = all.iter().map(|heading| heading.text.clone()).collect();
        let (title, site) = title(stated, &headings, &all);
        metadata.outlet = metadata.outlet.or(site);
        metadata.author = author(page, stated, metadata.outlet.as_deref());
        metadata.date = metadata.date.filter(|date| dates::day(date).is_some()).or_else(|| shown_date(page));
        let heading = title.as_ref().and_then(|title| headings.iter().find(|heading| same(heading, title)).cloned());
        metadata.title = title;
        Self { metadata, heading, description: stated.description.clone() }
    }
}

/// A heading of the page.
#[derive(Debug)]
struct Heading {
    /// 1 is the highest.
    level: u8,
    text: String,
    /// Whether all of it is a link, as to another article.
    leads: bool,
}

/// The headings of a page, the highest first.
fn headings(page: &Document) -> Vec<Heading> {
    let mut headings = Vec::new();
    for (level, name) in (1..).zip(["h1", "h2", "h3"]) {
        for node in page.select(name).nodes().iter().take(20) {
            let text = line(node);
            let leads = node.descendants_it().any(|inner| inner.has_name("a") && line(&inner) == text);
            if !text.is_empty() {
                headings.push(Heading { level, text, leads });
            }
        }
    }
    headings
}

fn line(node: &NodeRef<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// The headline, and the name of the site where the page's title tells it.
fn title(stated: &Stated, headings: &[String], all: &[Heading]) -> (Option<String>, Option<String>) {
    let outlet = stated.metadata.outlet.as_deref();
    let is_outlet = |text: &str| outlet.is_some_and(|outlet| same(text, outlet));
    let parts = parts(&stated.page_title);
    // What the page states for others to show is the article's, but for the name of the site at its end.
    let shared = stated.metadata.title.as_deref().map(|title| without_site(title, outlet, headings));
    let heading = |wanted: &str| headings.iter().find(|heading| same(heading, wanted)).cloned();
    let known = shared.filter(|title| !title.is_empty() && !is_outlet(title));
    let by_heading = || {
        // Of the parts of the title that stand on the page as headings, the one that is no name of a site: the lower one
        // where there are two.
        let shown: Vec<&String> = parts.iter().filter(|part| heading(part).is_some() && !is_outlet(part)).collect();
        shown.iter().max_by_key(|part| part.split_whitespace().count()).map(|part| (*part).clone())
    };
    let in_title = || {
        headings.iter().find(|heading| {
            heading.split_whitespace().count() > 2
                && !is_outlet(heading)
                && stated.page_title.contains(heading.as_str())
        })
    };
    let longest = || parts.iter().filter(|part| !is_outlet(part)).max_by_key(|part| part.chars().count()).cloned();
    let own = all.iter().find(|heading| heading.level == 1 || !heading.leads).map(|heading| &heading.text);
    let title = known
        .or_else(by_heading)
        .or_else(|| in_title().cloned())
        .or_else(longest)
        .or_else(|| own.cloned().filter(|heading| !is_outlet(heading)));
    // «محليات | الأفق»: where all that a page's title says is short, it is a section or the site, unless the highest heading
    // says so too; the headline is the first longer one that stands on the page.
    let is_short = |text: &str| text.split_whitespace().count() < LONG;
    let named_so = |text: &str| all.iter().any(|heading| heading.level == 1 && same(&heading.text, text));
    let own = |heading: &&Heading| !heading.leads && !is_outlet(&heading.text);
    let count = |text: &str| text.split_whitespace().count();
    let longer = |short: &str| {
        let long = all.iter().filter(own).find(|heading| !is_short(&heading.text));
        long.or_else(|| {
            all.iter().filter(own).find(|heading| heading.level == 1 && count(&heading.text) > count(short))
        })
    };
    let title = match title {
        Some(short) if is_short(&short) && parts.iter().all(|part| is_short(part)) && !named_so(&short) => {
            Some(longer(&short).map_or_else(|| short.clone(), |heading| heading.text.clone()))
        }
        title => title,
    };
    let site = match (&title, parts.as_slice()) {
        (Some(title), [_, _, ..]) => parts.iter().rev().find(|part| !title.contains(part.as_str())).cloned(),
        _ => None,
    };
    (title, site)
}

/// A title as the parts between its signs: «افتتاح الجسر | صحيفة المرسى».
fn parts(title: &str) -> Vec<String> {
    let separated = title.replace(" - ", "\u{1}").replace(" – ", "\u{1}").replace(" — ", "\u{1}");
    let parts = separated.split(['\u{1}', '|', '»', '•', '·']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A title without the name of the site at its end.
fn without_site(title: &str, outlet: Option<&str>, headings: &[String]) -> String {
    let parts = parts(title);
    let [first, .., last] = parts.as_slice() else { return title.to_owned() };
    let is_site = outlet.is_some_and(|outlet| same(outlet, last))
        || headings
            .iter()
            .any(|heading| same(heading, first) || (parts.len() > 2 && title.starts_with(heading.as_str())));
    if !is_site {
        return title.to_owned();
    }
    let end = title.rfind(last.as_str()).unwrap_or(title.len());
    let title = title.get(..end).unwrap_or_default();
    title.trim_end_matches([' ', '-', '–', '—', '|', '•', '·']).to_owned()
}

/// Who wrote the article: the first of all that are named whose name can be a person's.
fn author(page: &Document, stated: &Stated, outlet: Option<&str>) -> Option<String> {
    let stated = stated.writers.iter().filter_map(|writer| person(writer, outlet));
    let marked = page.select("[class*=author], [class*=byline], [class*=writer], [id*=author], [class*=Author], .by");
    let marked = marked.nodes().iter().filter(|node| {
        has_token(node, &["author", "authors", "byline", "writer", "by"]) && node.normalized_char_count() <= 2 * NAME
    });
    // A label and the name behind it are lines of their own.
    let shown = marked.flat_map(|node| tree::passages(node, None).passages);
    let shown = shown.filter_map(|shown| person(&shown.text, outlet));
    stated.chain(shown).next()
}

/// A name where it can be a writer's: not the site, a section of it, who made the page, an address.
pub fn person(name: &str, outlet: Option<&str>) -> Option<String> {
    let name = without_place(strip_writer_words(name.trim()));
    let folded = fold(&name);
    let length = name.chars().count();
    let is_other = name.is_empty()
        || !(3..=NAME).contains(&length)
        || name.split_whitespace().count() > 8
        || name.contains(['@', '/', '|', '<', ':', '؟', '?'])
        || name.contains(char::is_numeric)
        || is_no_writer(&folded)
        || outlet.is_some_and(|outlet| same(outlet, &name) || fold(outlet).contains(&folded));
    (!is_other).then_some(name)
}

/// «بيروت - منى الخوري»: the part that has more than a word, where only one has.
fn without_place(name: String) -> String {
    let Some((left, right)) = [" - ", " – ", " — "].iter().find_map(|sign| name.split_once(sign)) else {
        return name;
    };
    let is_name = |part: &str| part.split_whitespace().count() > 1;
    match (is_name(left), is_name(right)) {
        (true, false) => left.trim().to_owned(),
        (false, true) => right.trim().to_owned(),
        _ => name,
    }
}

/// The first day that an element of the page states for programs, below its headline.
fn shown_date(page: &Document) -> Option<String> {
    let times = page.select("article time[datetime], main time[datetime], header time[datetime], time[datetime]");
    times.nodes().iter().find_map(|node| {
        let stated = node.attr("datetime")?.to_string();
        dates::day(&stated).map(|_| stated)
    })
}

#[cfg(test)]
mod tests {
    use crate::source::html::article;

    const TEXT: &str = "<p>أعلنت بلدية المرفأ صباح اليوم بدء العمل في توسعة الرصيف الشمالي، وهو مشروع طال انتظاره في المدينة.</p>\
        <p>وقال مدير المشروع إن الأعمال ستنجز على ثلاث مراحل، وإن المرحلة الأولى منها تنتهي في الخريف المقبل.</p>";

    /// The metadata of a page with this title, and this before its text.
    fn told(title: &str, before: &str) -> crate::text::Metadata {
        let page = format!(
            "<!doctype html><html dir=rtl><title>{title}</title><body><nav><a href=/>الرئيسية</a></nav><main>{before}{TEXT}</main>"
        );
        article(&page).unwrap().metadata
    }

    #[test]
    fn the_headline_is_the_articles_and_no_section_or_site() {
        let headline = "بدء توسعة الرصيف الشمالي";
        for (title, before) in [
            ("صحيفة الأفق", "<h1>الأفق</h1><h2>بدء توسعة الرصيف الشمالي</h2>"),
            ("محليات | الأفق", "<h3>محليات</h3><h1>بدء توسعة الرصيف الشمالي</h1>"),
            (
                "بدء توسعة الرصيف الشمالي - صحيفة الأفق",
                "<h1><a href=/>صحيفة الأفق</a></h1><h2>بدء توسعة الرصيف الشمالي</h2>",
            ),
            ("خبر", "<h2><a href=/1>حريق كبير في سوق السمك</a></h2><h2>بدء توسعة الرصيف الشمالي</h2>"),
        ] {
            assert_eq!(told(title, before).title.as_deref(), Some(headline), "{title}");
        }
        // A short headline is one where the page's first heading says so.
        let short = told("توسعة الرصيف", "<h1>توسعة الرصيف</h1><h2>مشروع طال انتظاره في المدينة</h2>");
        assert_eq!(short.title.as_deref(), Some("توسعة الرصيف"));
    }

    #[test]
    fn the_writer_is_a_person() {
        for before in [
            "<div><span>بقلم/ منى الخوري</span> | <span>السبت 14 آذار 2026</span></div>",
            "<p class=byline>بيروت - منى الخوري</p>",
            "<address class=author>كتبت: منى الخوري</address>",
        ] {
            let before = format!("<h1>بدء توسعة الرصيف الشمالي</h1>{before}");
            assert_eq!(told("بدء توسعة الرصيف الشمالي", &before).author.as_deref(), Some("منى الخوري"), "{before}");
        }
        for writer in ["قسم الاقتصاد", "Softline Web Design", "محرر الشؤون العربية", "admin"]
        {
            let before = format!("<h1>بدء توسعة الرصيف الشمالي</h1><p class=byline>{writer}</p>");
            assert_eq!(told("بدء توسعة الرصيف الشمالي", &before).author, None, "{writer}");
        }
    }
}
