//! EPUB books: the chapters in reading order. Left out, and counted: pictures and whatever else [`html`] leaves out,
//! chapters that are damaged, the table of contents (its entries are the chapters' own headings).

use super::{archive, article::Article, error::Reason, html, limits::FORMAT_LIMIT};
use crate::text::Metadata;
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
pub fn article(bytes: &[u8]) -> Result<Article, Reason> {
    let fault = |error: &dyn std::fmt::Display| Reason::Format(WHAT, error.to_string());
    archive::open(bytes, WHAT)?;
    let book = Epub::options().skip_toc(true).read(Cursor::new(bytes.to_vec())).map_err(|error| fault(&error))?;
    let mut article = Article::default();
    let text = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let writers: Vec<String> = book.metadata().creators().filter_map(|writer| text(writer.value())).collect();
    article.metadata = Metadata {
        title: book.metadata().title().and_then(|title| text(title.value())),
        author: text(&writers.join("، ")),
        ..Metadata::default()
    };
    article.head_from_metadata();
    let mut blocks = 0;
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
        article.add_counts(chapter.left_out, chapter.forms);
        // Every chapter numbers its own blocks.
        let above = blocks;
        for mut passage in chapter.passages {
            for (block, _) in &mut passage.blocks {
                *block += above;
                blocks = blocks.max(*block);
            }
            if let Some((block, _)) = &mut passage.source_of {
                *block += above;
            }
            article.passages.push(passage);
        }
    }
    Ok(article)
}
