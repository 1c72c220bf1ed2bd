//! Places, slices and the offsets of other programs.

use super::*;

fn paragraphs(text: &str) -> Vec<&str> {
    let document = Document::new("t", text, Origin::default());
    let spans: Vec<Span> = document.paragraphs().collect();
    spans.into_iter().map(|span| slice(text, span)).collect()
}

#[test]
fn a_file_name_leads_nowhere() {
    let name = |id: &str| Document::new(id, "", Origin::default()).file_name();
    assert_eq!(name("خبر 1.b"), "خبر 1.b");
    assert_eq!(name("../../.profile"), "_.._.profile");
    assert_eq!(name("/etc/x\\y\u{1b}\n"), "_etc_x_y__");
    assert_eq!((name(""), name(".."), name("-o")), ("document".into(), "document".into(), "o".into()));
    assert_eq!(name(&"ب".repeat(999)).len(), 200);
}

#[test]
fn lines_are_paragraphs_without_their_ends() {
    assert_eq!(paragraphs("أول\r\nثان\n\nرابع"), ["أول", "ثان", "", "رابع"]);
    assert_eq!(paragraphs("واحد\n"), ["واحد", ""]);
    assert_eq!(paragraphs(""), [""]);
    assert_eq!(paragraphs("واحد\r"), ["واحد\r"], "found by fuzzing: this had no end");
    assert_eq!(paragraphs("\r\r\n\r"), ["\r", "\r"]);
}

#[test]
fn a_long_line_is_cut_the_same_way_from_everywhere() {
    let word = "كلمة وأخرى ";
    let lines = |count: usize, end: &str| (0..5).map(|index| word.repeat(count + 7 * index) + end).collect::<String>();
    let tight = "ب".repeat(3 * PARAGRAPH_LIMIT);
    for text in [word.repeat(40_000), lines(1700, "\n"), lines(3400, "\r\n"), tight, word.repeat(3300) + "\r\nس"] {
        let document = Document::new("t", text.clone(), Origin::default());
        let forward: Vec<Span> = document.paragraphs().collect();
        assert!(forward.iter().all(|span| span.len() <= PARAGRAPH_LIMIT + 1024));
        let between = forward.windows(2).map(|pair| slice(&text, Span::new(pair[0].end, pair[1].start)));
        assert!(between.into_iter().all(|gap| matches!(gap, "" | "\n" | "\r\n")), "no byte is lost");
        let last = document.paragraph_at(text.len());
        let back = std::iter::successors(Some(last), |&paragraph| document.paragraph_before(paragraph));
        assert!(back.eq(forward.iter().rev().copied()));
        for paragraph in forward {
            for offset in [paragraph.start, (paragraph.start + paragraph.end) / 2, paragraph.end.saturating_sub(1)] {
                let empty = offset < paragraph.start;
                assert!(empty || document.paragraph_at(offset) == paragraph);
            }
        }
    }
}

#[test]
fn a_line_of_any_length_is_walked_through_once() {
    // Were every step to look at the whole line, this would not end.
    let document = Document::new("t", "ب ".repeat(64 << 20), Origin::default());
    assert_eq!(document.paragraphs().map(Span::len).sum::<usize>(), 192 << 20);
}

#[test]
fn offsets_go_there_and_back() {
    let text = "قال 😀 «نعم»".repeat(100);
    for unit in [Unit::CodePoint, Unit::Utf16] {
        let offsets = Offsets::new(&text, unit);
        for (byte, _) in text.char_indices() {
            assert_eq!(offsets.to_byte(offsets.from_byte(byte)), Some(byte));
        }
    }
    assert_eq!(Offsets::new(&text, Unit::Utf16).to_byte(5), None, "inside a surrogate pair");
    assert_eq!(Offsets::new("أب", Unit::CodePoint).to_byte(3), None);
}
