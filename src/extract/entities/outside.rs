//! Where no name stands, whatever a tagger says: in a hashtag, a handle, an address.

use crate::arabic::tokens::Class;
use crate::extract::words::Words;
use crate::text::{Span, slice};

/// Whether the span lies in a hashtag (#كلمة_كلمة), a handle (@name), an e-mail or the address of a page.
#[must_use]
pub fn is_outside(words: &Words<'_>, span: Span) -> bool {
    is_tag(words, words.within(span).start) || is_address(words.text(), span)
}

/// Whether the word is glued, over letters, digits and _ alone, to a # or @ before it.
fn is_tag(words: &Words<'_>, word: usize) -> bool {
    let glued = |at: usize| {
        at > 0 && words.get(at - 1).zip(words.get(at)).is_some_and(|(before, this)| before.span.end == this.span.start)
    };
    let mut at = word;
    while glued(at) {
        at -= 1;
        if words.is_mark(at, &['#', '＃', '@']) {
            return true;
        }
        let inner = words.get(at).is_some_and(|word| word.class != Class::Mark) || words.is_mark(at, &['_']);
        if !inner {
            return false;
        }
    }
    false
}

/// Whether the run of letters without a blank around the span has what only an address has.
fn is_address(text: &str, span: Span) -> bool {
    let (before, after) = (slice(text, Span::new(0, span.start)), slice(text, Span::new(span.end, text.len())));
    let blank = |letter: char| letter.is_whitespace();
    let start = before.rfind(blank).map_or(0, |at| at + 1);
    let start = (start..=span.start).find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    let end = span.end + after.find(blank).unwrap_or(after.len());
    let run = slice(text, Span::new(start, end));
    run.contains("://") || run.contains("www.") || (run.contains('@') && run.is_ascii()) || {
        let (domain, path) = run.split_once('/').unwrap_or((run, ""));
        run.is_ascii() && domain.contains('.') && !path.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside(text: &str, name: &str) -> bool {
        let start = text.find(name).expect("a part of the text");
        is_outside(&Words::new(text), Span::new(start, start + name.len()))
    }

    #[test]
    fn tags_handles_and_addresses_hold_no_names() {
        assert!(outside("شكرا #سمير_الوادي على العمل", "الوادي"));
        assert!(outside("كتب @سمير أمس", "سمير"));
        assert!(outside("راسلوا info@sahel.org غدا", "sahel"));
        assert!(outside("على https://sahel.org/news اليوم", "sahel"));
        assert!(!outside("قال سمير الوادي: نعم", "الوادي"));
        assert!(!outside("حضر وفد من Sahel.org أمس", "Sahel"));
    }
}
