//! Puts an article together: which lines of its page are its text, and which stand around it.
//!
//! The lines that readability finds are the heart of it. What it loses, a lead outside the body or a paragraph between
//! two others, comes back; pointers, buttons, counters and headlines of other articles go, by links and elements first
//! and by their words where there is nothing else.

use super::{
    names::{Names, person},
    wording::{about, is_button, is_call, is_ending, is_other, writer},
};
use crate::{
    arabic::normalize::fold,
    source::{article::Article, passage::Passage},
    text::BlockKind,
};

/// A line of so many letters that ends a sentence is prose.
const PROSE: usize = 80;

/// Some pages have the day above the headline, or behind the lead, so many lines at most.
const AROUND: usize = 2;

/// As many lines behind the article may name its source.
const BEHIND: usize = 2;

/// The article of a page, from its lines, how many there were before boxes were taken out, and those that were found to
/// be its text.
pub fn article((whole, all): (Article, usize), found: Vec<Passage>, names: &Names) -> Article {
    let Article { passages: lines, left_out, forms, .. } = whole;
    let mut article = Article { metadata: names.metadata.clone(), left_out, forms, ..Article::default() };
    if found.is_empty() {
        // Too little for an article: all that there is, then.
        article.metadata.title = article.metadata.title.filter(|_| names.heading.is_some());
        let title = article.metadata.title.clone();
        let is_around = |line: &Passage| {
            let text = line.text.as_str();
            is_button(text) || is_ending(text) || 10 * line.links >= 9 * text.len()
        };
        let is_text = |line: &Passage| title.as_ref() != Some(&line.text) && !is_around(line);
        article.passages = lines.into_iter().filter(is_text).collect();
        article.head_from_metadata();
        return article;
    }
    let (begin, mut chosen) = choose(&lines, found, names);
    let top = chosen.iter().position(|chosen| is_prose(&chosen.passage));
    let above = head_lines(&lines, &chosen, begin, top);
    complete(&mut article, &above, &around(&lines, &chosen, begin, top));
    take_out(&mut chosen, &article, names, &above, top);
    article.passages = chosen.into_iter().map(|chosen| chosen.passage).collect();
    // What the head has from the page's metadata alone is none of its lines.
    let of_page = |part: &&(BlockKind, String)| lines.iter().any(|line| line.text == part.1);
    let kept = article.passages.len() + article.head.iter().filter(of_page).count();
    article.left_out.insert("lines around the article", all.saturating_sub(kept));
    article
}

/// A line of the article, and which line of the page it is.
struct Chosen {
    at: Option<usize>,
    passage: Passage,
}

/// The lines of the page that are the article's, with the first line that may be.
fn choose(lines: &[Passage], found: Vec<Passage>, names: &Names) -> (usize, Vec<Chosen>) {
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut from = 0;
    for passage in found {
        let rest = lines.get(from..).unwrap_or_default();
        let at = rest.iter().position(|line| line.text == passage.text).map(|at| from + at);
        from = at.map_or(from, |at| at + 1);
        // The page's own line has its marks.
        let passage = at.and_then(|at| lines.get(at)).cloned().unwrap_or(passage);
        chosen.push(Chosen { at, passage });
    }
    let places: Vec<usize> = chosen.iter().filter_map(|chosen| chosen.at).collect();
    let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else { return (0, chosen) };
    let heading = names.heading.as_deref().or(names.metadata.title.as_deref());
    let before = lines.get(..=first).unwrap_or_default();
    let headline = before.iter().rposition(|line| Some(line.text.as_str()) == heading);
    let description = names.description.as_deref().map(fold).unwrap_or_default();
    let is_lead = |line: &Passage| {
        let folded = fold(&line.text);
        is_prose(line) || (folded.chars().count() > 40 && !description.is_empty() && description.starts_with(&folded))
    };
    let begin = headline.map_or(first, |at| at + 1);
    // Without a headline a lead is near: what stands above may be anything.
    let near = headline.map_or(first.saturating_sub(3), |at| at + 1);
    let lost = (near..=last).filter(|at| !places.contains(at));
    let lost: Vec<usize> = lost
        .filter(|at| lines.get(*at).is_some_and(|line| if *at < first { is_lead(line) } else { is_prose(line) }))
        .collect();
    let quotations: Vec<u32> = chosen.iter().flat_map(|chosen| quotations(&chosen.passage)).collect();
    let named = |line: &Passage| line.source_of.as_ref().is_some_and(|(block, _)| quotations.contains(block));
    // Whose words a quotation is stands in it, though it is no sentence; the source of the article right behind it.
    let sources = (begin..lines.len()).filter(|at| !places.contains(at) && !lost.contains(at)).filter(|at| {
        let is_behind = *at > last && *at <= last + BEHIND;
        lines.get(*at).is_some_and(|line| named(line) || (is_behind && is_source(line)))
    });
    let sources: Vec<usize> = sources.collect();
    for at in lost.into_iter().chain(sources) {
        let place = chosen.iter().position(|chosen| chosen.at.is_some_and(|other| other > at)).unwrap_or(chosen.len());
        if let Some(line) = lines.get(at) {
            chosen.insert(place, Chosen { at: Some(at), passage: line.clone() });
        }
    }
    (begin, chosen)
}

/// The numbers of the quotations that a line lies in.
fn quotations(line: &Passage) -> impl Iterator<Item = u32> {
    let quoted = line.blocks.iter().filter(|(_, kind)| matches!(kind, BlockKind::Quotation { .. }));
    quoted.map(|(block, _)| *block)
}

/// «المصدر: وكالات».
fn is_source(line: &Passage) -> bool {
    let length = line.text.chars().count();
    length < PROSE && fold(&line.text).strip_prefix("المصدر").is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// A sentence or more that is no link and no teaser, which ends in dots.
fn is_prose(line: &Passage) -> bool {
    let text = line.text.trim_end();
    let ends =
        text.trim_end_matches(['»', '"', '”', ')', ' ']).ends_with(['.', '؟', '!', ':', '؛']) && !text.ends_with("..");
    ends && text.chars().count() >= PROSE && 2 * line.links < text.len() && !is_ending(text)
}

/// The lines between the headline and the first sentence.
fn head_lines(lines: &[Passage], chosen: &[Chosen], begin: usize, top: Option<usize>) -> Vec<String> {
    let longest = || chosen.iter().enumerate().max_by_key(|(_, chosen)| chosen.passage.text.len()).map(|(at, _)| at);
    let prose = top.or_else(longest).and_then(|at| chosen.get(at)).and_then(|chosen| chosen.at);
    let range = lines.get(begin.min(prose.unwrap_or_default())..prose.unwrap_or_default());
    range.unwrap_or_default().iter().map(|line| line.text.clone()).collect()
}

/// The lines behind the lead and those above the headline, where the day is looked for last.
fn around<'a>(lines: &'a [Passage], chosen: &[Chosen], begin: usize, top: Option<usize>) -> Vec<&'a Passage> {
    let lead = top.and_then(|at| chosen.get(at)).and_then(|chosen| chosen.at);
    let behind = lead.map_or(&[][..], |at| lines.get(at + 1..).unwrap_or_default()).iter().take(AROUND);
    let headline = begin.saturating_sub(1);
    let above = lines.get(headline.saturating_sub(AROUND)..headline).unwrap_or_default();
    behind.chain(above.iter().rev()).collect()
}

/// The head, with the writer and the day where the page says them only in its text.
fn complete(article: &mut Article, above: &[String], around: &[&Passage]) {
    let outlet = article.metadata.outlet.clone();
    let says = |line: &String| about(line).and_then(|about| about.writer).or_else(|| writer(line, true));
    let written = above.iter().find_map(|line| Some((line, person(&says(line)?, outlet.as_deref())?)));
    let day = |line: &String| about(line)?.date;
    let dated = above.iter().find_map(day);
    let dated = dated.or_else(|| around.iter().find_map(|line| day(&line.text)));
    let metadata = &mut article.metadata;
    if metadata.author.is_none() {
        metadata.author = written.as_ref().map(|(_, name)| name.clone());
    }
    if metadata.date.is_none() {
        metadata.date.clone_from(&dated);
    }
    let day = metadata.date.as_deref().and_then(crate::source::dates::day).map(|day| day.to_string());
    let by = match written {
        Some((line, name)) if metadata.author.as_ref() == Some(&name) => Some(line.clone()),
        _ => metadata.author.clone(),
    };
    let parts = [
        (BlockKind::Heading { level: 1 }, metadata.title.clone()),
        (BlockKind::Byline, by),
        (BlockKind::Dateline, dated.or_else(|| day.clone())),
    ];
    metadata.date = day;
    article.head = parts.into_iter().filter_map(|(kind, part)| Some((kind, part?))).collect();
}

/// Takes out what is in the head already, and what is none of the article's.
fn take_out(chosen: &mut Vec<Chosen>, article: &Article, names: &Names, above: &[String], top: Option<usize>) {
    let in_head = |line: &str| {
        article.head.iter().any(|(_, part)| part == line)
            || names.heading.as_deref() == Some(line)
            || article.metadata.author.as_deref() == Some(line)
    };
    let mut number = 0;
    let is_dated = article.metadata.date.is_some();
    let lines = chosen.len();
    chosen.retain(|chosen| {
        number += 1;
        let line = &chosen.passage;
        let text = line.text.as_str();
        let told = || above.contains(&line.text) && about(text).is_some_and(|about| is_dated || about.date.is_none());
        let known = number <= top.unwrap_or_default().max(1) && (in_head(text) || told());
        let is_link = 10 * line.links >= 9 * text.len();
        let heading = line.is_in(|kind| matches!(kind, BlockKind::Heading { .. }));
        let headline = is_link && lines > 2 && (heading || text.chars().count() > 14) && !is_sentence(text);
        !(known || is_other(text) || headline)
    });
    // A page without a sentence of some length has little to lose: all of it stays.
    let Some(top) = top else {
        chosen.retain(|chosen| !is_ending(&chosen.passage.text));
        return;
    };
    if let Some(end) = chosen.iter().skip(top + 1).position(|chosen| is_ending(&chosen.passage.text)) {
        let rest: usize = chosen.iter().skip(top + 1 + end).filter(|chosen| is_prose(&chosen.passage)).count();
        if rest == 0 {
            chosen.truncate(top + 1 + end);
        }
    }
    while chosen.len() > 1 && chosen.last().is_some_and(|chosen| is_tail(&chosen.passage)) {
        chosen.pop();
    }
}

fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '؟', '!', '»', '"']) && !text.trim_end().ends_with("..")
}

/// A line at the end that is none of the article's: a button, a counter, a row of links.
fn is_tail(line: &Passage) -> bool {
    let text = line.text.trim();
    let is_plain = !line.is_in(|kind| !matches!(kind, BlockKind::Heading { .. } | BlockKind::Item { .. }));
    let is_linked = 2 * line.links > text.len() && !is_sentence(text);
    let is_counter = || about(text).is_some_and(|about| about.writer.is_none());
    is_plain && (is_button(text) || is_ending(text) || is_call(text, line.links > 0) || is_linked || is_counter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{source::passage::PassageBuilder, text::Metadata};

    fn passages(lines: &[&str]) -> Vec<Passage> {
        let mut builder = PassageBuilder::default();
        for line in lines {
            builder.push(line);
            builder.end();
        }
        builder.finish()
    }

    fn told(whole: &[&str], found: &[&str], title: &str) -> Article {
        let all = whole.len();
        let whole = Article { passages: passages(whole), ..Article::default() };
        let metadata = Metadata { title: Some(title.to_owned()), ..Metadata::default() };
        article((whole, all), passages(found), &Names { metadata, ..Names::default() })
    }

    const LONG: &str =
        "قال المهندس طارق العلي إن الجسر الجديد سيفتح أمام السيارات مطلع الشهر المقبل، بعد عامين من العمل فيه.";

    #[test]
    fn the_head_is_put_together_and_the_text_has_only_the_article() {
        let whole = ["الرئيسية", "افتتاح الجسر", "كتبت: رانيا سليم", "1 مارس 2026", "نص", LONG, "إعلان", "كتب: آخر"];
        let article = told(&whole, &["1 مارس 2026", "نص", LONG, "إعلان", "اقرأ أيضا: خبر", "كتب: آخر"], "افتتاح الجسر");
        assert_eq!(article.head_lines(), ["افتتاح الجسر", "كتبت: رانيا سليم", "1 مارس 2026"]);
        assert_eq!(article.texts(), ["نص", LONG, "كتب: آخر"]);
        assert_eq!(article.metadata.author.as_deref(), Some("رانيا سليم"));
        assert_eq!(article.metadata.date.as_deref(), Some("2026-03-01"));
    }

    #[test]
    fn a_lead_that_was_lost_comes_back_and_what_follows_the_end_goes() {
        let lead =
            "تفتح المدينة غدا جسرها الجديد على النهر أمام السيارات والمشاة، بعد عامين من الأعمال التي عطلت السير.";
        let whole = ["افتتاح الجسر", "الصفحة الأولى", lead, LONG, LONG, "شارك", "الأكثر قراءة", "خبر آخر"];
        let article = told(&whole, &[LONG, LONG, "شارك", "الأكثر قراءة", "خبر آخر"], "افتتاح الجسر");
        assert_eq!(article.texts(), [lead, LONG, LONG]);
    }
}
