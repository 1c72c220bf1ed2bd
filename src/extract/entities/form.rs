//! The form of a name as it is compared and shown: its letters, with the article that لل hides.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::gazetteer::LISTS;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use std::collections::HashSet;

/// A form of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForm {
    /// The letters, folded.
    pub folded: String,
    /// Whether the alef of its article is not written, as in للأردن.
    pub hides_article: bool,
}

/// The form of each name. Behind لل stands an article whose alef is not written (للأردن), or a name that begins with ل
/// (للبنان): the names elsewhere in the document and the lists tell which, else what is likelier of the kind.
#[must_use]
pub fn forms(words: &Words<'_>, names: &[Name]) -> Vec<NameForm> {
    let shown: HashSet<&str> =
        names.iter().filter(|name| !follows_lam(words, name)).map(|name| words.fold_of(name.span)).collect();
    let is_known = |form: &str| shown.contains(form) || LISTS.group(form).is_some();
    let form = |name: &Name| {
        let text = words.fold_of(name.span);
        let with_article = affix::show_article(text).filter(|_| follows_lam(words, name));
        match with_article {
            Some(whole) if is_known(&whole) || !(is_known(text) || name.kind == Kind::Person) => {
                NameForm { folded: whole, hides_article: true }
            }
            _ => NameForm { folded: text.to_owned(), hides_article: false },
        }
    };
    names.iter().map(form).collect()
}

/// Whether the letter right before the name, in the same word, is the preposition ل.
fn follows_lam(words: &Words<'_>, name: &Name) -> bool {
    let first = words.within(name.span).start;
    let before = words.get(first).map_or("", |word| {
        words.fold_of(crate::text::Span::new(word.span.start.min(name.span.start), name.span.start))
    });
    before.ends_with(affix::TO)
}
