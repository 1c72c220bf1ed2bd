//! Where the paragraphs of a document begin.

use crate::{arabic::tokens, text::Document};
use std::cell::OnceCell;

/// The first byte of each paragraph that has words: counted when first asked for, as a long text takes its time.
#[derive(Clone, Debug, Default)]
pub struct Paragraphs(OnceCell<Vec<usize>>);

impl Paragraphs {
    /// Which of the document's paragraphs an offset, in bytes, lies in, from 1 on, and how many there are; none where no
    /// paragraph has words.
    #[must_use]
    pub fn at(&self, document: &Document, offset: usize) -> Option<(usize, usize)> {
        let starts = self.0.get_or_init(|| {
            let paragraphs = document.paragraphs();
            let with_words = paragraphs.filter(|paragraph| !tokens::trim(document.text(), *paragraph).is_empty());
            with_words.map(|paragraph| paragraph.start).collect()
        });
        let at = starts.partition_point(|&start| start <= offset).max(1);
        (!starts.is_empty()).then_some((at, starts.len()))
    }
}
