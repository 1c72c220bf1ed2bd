//! Titles of works and events: what stands in quotation marks behind «برنامج» or «فيلم» names no person, body or place.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use crate::text::Span;
use std::collections::HashSet;
use std::ops::Range;

/// The titles that a document shows.
#[derive(Debug, Default)]
pub struct Titles {
    spans: Vec<Span>,
    /// The titles, folded.
    forms: HashSet<String>,
}

/// As many words as a title has at most: what is longer may be a speech.
const LONGEST: usize = 15;

/// As many words as describe a work between its noun and its title: الفيلم *التونسي القصير* "البحر".
const DESCRIBED: usize = 2;

impl Titles {
    /// Finds them. Of 264 titles that stand in marks behind these nouns in the annotated articles, one has a name marked.
    #[must_use]
    pub fn new(words: &Words<'_>) -> Self {
        let mut titles = Self::default();
        let mut after_title = None;
        let mut index = 0;
        while index < words.len() {
            let inner = quoted(words, index).filter(|_| after_title == Some(index) || is_headed(words, index));
            let Some(inner) = inner else {
                index += 1;
                continue;
            };
            index = inner.end + 1;
            // فيلمي "البحر" و"الجبل": a title follows a title.
            let comma = usize::from(words.is_comma(index));
            after_title = words.is(index + comma, WordClass::And).then_some(index + comma + 1);
            let span = words.span(inner);
            titles.forms.insert(words.fold_of(span).to_owned());
            titles.spans.push(span);
        }
        titles
    }

    /// Whether a name is a title or a part of one. A body that is called as a title of the document is one where it stands
    /// behind the noun of a body, or is listed.
    #[must_use]
    pub fn hold(&self, words: &Words<'_>, name: &Name) -> bool {
        let at = self.spans.partition_point(|span| span.end < name.span.end);
        let inside = self.spans.get(at).is_some_and(|span| span.start <= name.span.start && name.span.end <= span.end);
        let form = words.fold_of(name.span);
        let called = || {
            let head = affix::without_and(words.fold_before(words.within(name.span).start));
            let body = LISTS.is_left_head(head) || LISTS.is_kept_head(head);
            self.forms.contains(form) && !body && LISTS.kind(form) != Some(Kind::Organization)
        };
        inside || name.kind == Kind::Organization && called()
    }
}

/// The words between the quotation mark at `mark` and the next in its sentence, where they are few enough for a title.
fn quoted(words: &Words<'_>, mark: usize) -> Option<Range<usize>> {
    let first = mark + 1;
    let close = words.is_quotation(mark).then(|| (first..=first + LONGEST).find(|&at| words.is_quotation(at)))??;
    (close > first && words.same_sentence(mark, close)).then_some(first..close)
}

/// Whether the noun of a work stands before the word: فيلم, برامجه, الفيلم التونسي.
fn is_headed(words: &Words<'_>, at: usize) -> bool {
    let is_head = |back: usize| {
        let word = at.checked_sub(back).map_or("", |head| words.fold(head));
        let bare = affix::without_and(word);
        let cores = [word, bare, affix::without_article(bare)];
        let bound = [affix::BY, affix::TO].into_iter().filter_map(|proclitic| bare.strip_prefix(proclitic));
        cores.into_iter().chain(bound).any(|core| grammar::is(core, WordClass::Work))
    };
    let described = |back: usize| at.checked_sub(back).is_some_and(|at| affix::is_definite(words.fold(at)));
    (1..=DESCRIBED + 1).take_while(|&back| back == 1 || described(back - 1)).any(is_head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    /// The names, each given by its kind and words, that are no part of a title.
    fn kept(text: &str, names: &[(Kind, &str)]) -> Vec<String> {
        let words = Words::new(text);
        let titles = Titles::new(&words);
        let mut found = Vec::new();
        for &(kind, name) in names {
            let spans = text.match_indices(name).map(|(start, _)| Span::new(start, start + name.len()));
            found.extend(spans.map(|span| Name { span, kind, confidence: 0.9 }));
        }
        let names = found.iter().filter(|name| !titles.hold(&words, name));
        names.map(|name| slice(text, name.span).to_owned()).collect()
    }

    #[test]
    fn what_a_work_is_called_is_no_name() {
        let body = |name| [(Kind::Organization, name)];
        assert!(kept("أطلق المصرف برنامج \"نماء\" أمس.", &body("نماء")).is_empty());
        assert!(kept("عرض الفيلم التونسي \"ليالي صفاقس\".", &[(Kind::Place, "صفاقس")]).is_empty());
        assert!(kept("اخترق ببرنامج التجسس «عقرب» ثم انتشر عقرب.", &body("عقرب")).is_empty());
        assert!(kept("فاز فيلما \"البحر\" و\"سوق الميناء\".", &body("سوق الميناء")).is_empty());
    }

    #[test]
    fn a_body_in_marks_is_one() {
        let body = |name| [(Kind::Organization, name)];
        assert_eq!(kept("قالت شركة \"نماء\" ذلك.", &body("نماء")), ["نماء"]);
        assert_eq!(kept("أطلقت شركة نماء برنامج \"نماء\".", &body("نماء")), ["نماء"]);
        assert_eq!(kept("في الفيلم قال سمير \"زرت صفاقس\".", &[(Kind::Place, "صفاقس")]), ["صفاقس"]);
    }
}
