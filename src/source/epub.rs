//! EPUB books: the chapters in reading order. Left out, and counted: pictures and whatever else [`html`] leaves out,
//! chapters that are damaged, the table of contents (its entries are the chapters' own headings).

use super::{FORMAT_LIMIT, Reason, archive, article::Article, html};
use rbook::Epub;
use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    io::Cursor,
};

/// The most chapters of a book.
const CHAPTERS: usize = 10_000;

const WHAT: &str = "an EPUB book";

/// The book as one article, its title and writers at the head.
pub fn article(bytes: Vec<u8>) -> Result<Article, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Format(WHAT, error.to_string());
    archive::open(&bytes, WHAT)?;
    let book = Epub::options().skip_toc(true).read(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let mut article = Article::default();
    let title = book.metadata().title().map(|title| title.value().trim().to_owned());
    let writers: Vec<String> = book.metadata().creators().map(|writer| writer.value().trim().to_owned()).collect();
    article.head.extend(title);
    article.head.push(writers.join("، "));
    article.head.retain(|line| !line.is_empty());
    let (mut seen, mut left) = (HashSet::new(), FORMAT_LIMIT);
    for (number, chapter) in book.reader().enumerate() {
        if number >= CHAPTERS {
            return Err(Reason::Expansion(format!("{CHAPTERS} chapters")));
        }
        // A book of some kilobytes can name one chapter a million times.
        if let Ok(chapter) = &chapter {
            left = left
                .checked_sub(chapter.content().len() as u64)
                .ok_or_else(|| Reason::Expansion(format!("{} MiB", FORMAT_LIMIT >> 20)))?;
            if !seen.insert(BuildHasherDefault::<DefaultHasher>::default().hash_one(chapter.content())) {
                article.leave_out("repeated chapters");
                continue;
            }
        }
        let Ok(chapter) = chapter.map_err(drop).and_then(|chapter| html::paragraphs(chapter.content()).map_err(drop))
        else {
            article.leave_out("damaged chapters");
            continue;
        };
        article.paragraphs.extend(chapter.paragraphs);
        for (what, count) in chapter.left_out {
            *article.left_out.entry(what).or_default() += count;
        }
    }
    Ok(article)
}
