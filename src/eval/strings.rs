//! When two spans are the same name.

use crate::text::{Span, slice};
use std::collections::BTreeSet;
use unicode_normalization::char::is_combining_mark;

/// What may stand at the edge of a span without changing it.
fn is_edge(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{A0}' | '"' | '\'' | '“' | '”' | '«' | '»' | '‘' | '’' | '(' | ')'
        | '[' | ']' | '{' | '}' | '،' | '؛' | ':' | '.' | ',' | '…' | '-' | '–' | '—' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}')
}

/// Longest first: what may be attached to a name.
const PROCLITICS: [&str; 11] = ["وال", "فال", "بال", "كال", "ولل", "لل", "و", "ف", "ب", "ل", "ك"];

/// The span without what may stand at its edges.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inside = slice(text, span);
    let start = span.start + (inside.len() - inside.trim_start_matches(is_edge).len());
    let rest = slice(text, Span::new(start, span.end));
    Span::new(start, start + rest.trim_end_matches(is_edge).len())
}

/// A name as it is compared: without marks and tatweel, one letter for its variants, single spaces.
pub(super) fn fold(text: &str) -> String {
    let bare =
        |letter: &char| !matches!(letter, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' | '\u{200C}'..='\u{200F}');
    let same = |letter: char| match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        letter => letter,
    };
    let folded: String = text.chars().filter(bare).map(same).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two spans are one name: equal after trimming, or apart by a proclitic at the start.
pub(super) fn same_span(text: &str, a: Span, b: Span) -> bool {
    let (a, b) = (trim(text, a), trim(text, b));
    if a.end != b.end || a.start == b.start {
        return a.end == b.end;
    }
    let (low, high) = (a.start.min(b.start), a.start.max(b.start));
    let head = fold(slice(text, Span::new(low, high)));
    let before = slice(text, Span::new(0, low)).chars().next_back().unwrap_or(' ');
    let letter = before.is_alphabetic() && !is_combining_mark(before);
    !letter && PROCLITICS.contains(&head.as_str())
}

/// The name without its proclitic where that makes it one of `known`.
pub(super) fn without_proclitic(name: &str, known: &BTreeSet<String>) -> String {
    let cut = PROCLITICS.iter().filter_map(|proclitic| name.strip_prefix(proclitic));
    let found = if known.contains(name) { None } else { cut.into_iter().find(|rest| known.contains(*rest)) };
    found.unwrap_or(name).to_owned()
}
