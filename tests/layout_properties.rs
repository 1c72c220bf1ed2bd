//! What holds of every text, width, direction and span.

#![cfg(test)]

use proptest::prelude::*;
use rawi::arabic::chars::is_tashkeel;
use rawi::layout::{Cell, Direction, Options, Order, Paragraph, Shaping, levels, line, paragraph};
use rawi::text::Span;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

/// Letters of every bidi class and kind of cell, brackets and digits often; no controls that change levels.
const PLAIN: &str = "ابلآأمنيهو سشلا،؛؟ بَّ ًٰٓ123٤٥٦۷%+-.,:/$()[]{}<>«»‹›“”\"'abcXYZ \t אבגבּ₪ 一語ｶ😀👍\u{1F3FD}🇸🇦\u{200C}\u{200D}\u{FE0F}\
                     \u{AD}\u{600}\u{6DD}\u{A0}\u{300}\u{2329}\u{232A}\u{3008}\u{3009}پچگەۆیے";
/// Those that do, and what ends a row.
const CONTROLS: &str = "\u{200E}\u{200F}\u{61C}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\
                        \u{200B}\u{FEFF}\u{1B}\u{7}\u{85}\u{9B}\u{2028}\u{2029}\r";

fn text_of(letters: &str) -> impl Strategy<Value = String> + use<> {
    let letters: Vec<char> = letters.chars().collect();
    prop::collection::vec(prop::sample::select(letters), 0..60).prop_map(String::from_iter)
}

fn any_text() -> impl Strategy<Value = String> {
    let all = [PLAIN, CONTROLS].concat();
    prop_oneof![text_of(PLAIN), text_of(&all), any::<String>()]
}

prop_compose! {
    fn any_options()(
        width in 1..40_usize,
        direction in prop::sample::select(vec![Direction::Auto, Direction::AutoRtl, Direction::Rtl, Direction::Ltr]),
        shaping in prop::sample::select(vec![Shaping::Forms, Shaping::Ligatures, Shaping::None]),
        tashkeel: bool,
        invisibles: bool,
    ) -> Options {
        Options { width, direction, shaping, tashkeel, invisibles }
    }
}

/// A span on character boundaries, from two numbers.
fn span_of(text: &str, base: usize, (one, other): (usize, usize)) -> Span {
    let place = |number: usize| base + text.floor_char_boundary(number % (text.len() + 1));
    Span::new(place(one).min(place(other)), place(one).max(place(other)))
}

fn cells(paragraph: &Paragraph) -> Vec<Cell<'_>> {
    paragraph.iter().flat_map(|row| row.cells()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_cover_the_paragraph_and_share_nothing(text in any_text(), options in any_options(), base in 0..99_usize) {
        let paragraph = paragraph(&text, base, &options, &[]);
        let mut sources: Vec<Span> = cells(&paragraph).iter().map(|cell| cell.source).collect();
        sources.sort();
        let mut end = base;
        for source in sources {
            prop_assert_eq!(source.start, end);
            prop_assert!(!source.is_empty());
            end = source.end;
        }
        prop_assert_eq!(end, base + text.len());
        let mut end = base;
        for row in paragraph.iter() {
            prop_assert_eq!(row.span().start, end);
            prop_assert!(row.cells().all(|cell| row.span().covers(cell.source)));
            end = row.span().end;
        }
        prop_assert_eq!(end, base + text.len());
    }

    #[test]
    fn no_row_is_wider_than_its_width(text in any_text(), options in any_options()) {
        for row in paragraph(&text, 0, &options, &[]).iter() {
            prop_assert_eq!(row.width(), row.cells().map(|cell| cell.width).sum::<usize>());
            prop_assert!(row.width() <= options.width);
        }
        let label = line(&text, &options);
        prop_assert_eq!(label.height(), 1);
        prop_assert!(label.row(0).unwrap().width() <= options.width);
    }

    #[test]
    fn every_visible_letter_is_sent_and_nothing_else(text in any_text(), options in any_options()) {
        let paragraph = paragraph(&text, 0, &options, &[]);
        for cell in cells(&paragraph) {
            let source = text.get(cell.source.range()).unwrap();
            // Tashkeel can be hidden; Hangul's fillers are letters that nobody sees.
            let unseen = |letter| is_tashkeel(letter) || matches!(letter, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}');
            let visible = source.chars().any(|letter| letter.is_alphanumeric() && !unseen(letter));
            prop_assert!(!visible || cell.width > 0, "{source:?} is hidden");
            prop_assert!(!cell.symbol.chars().any(|letter| letter.is_control()));
            prop_assert!(!cell.symbol.chars().any(|letter| CONTROLS.contains(letter)), "{:?}", cell.symbol);
            prop_assert_eq!(cell.symbol.is_empty(), cell.width == 0);
        }
    }

    #[test]
    fn hit_is_the_inverse_of_rows(text in any_text(), options in any_options(), ends: (usize, usize)) {
        let paragraph = paragraph(&text, 7, &options, &[]);
        let span = span_of(&text, 7, ends);
        let mut expected: Vec<usize> = cells(&paragraph)
            .iter()
            .filter(|cell| cell.width > 0 && cell.source.overlaps(span))
            .map(|cell| cell.source.start)
            .collect();
        expected.sort_unstable();
        let runs = paragraph.rows(span);
        let mut found: Vec<usize> =
            runs.iter().flat_map(|run| run.columns.clone().filter_map(|column| paragraph.hit(run.row, column))).collect();
        found.sort_unstable();
        found.dedup();
        prop_assert_eq!(found, expected);
        prop_assert!(runs.windows(2).all(|pair| pair[0].row < pair[1].row || pair[0].columns.end < pair[1].columns.start));
    }

    #[test]
    fn no_cell_lies_across_a_seam_between_letters(text in any_text(), options in any_options(), ends: (usize, usize)) {
        let seam = span_of(&text, 0, ends).start;
        let paragraph = paragraph(&text, 0, &options, &[seam]);
        for cell in cells(&paragraph) {
            let letters = text.get(cell.source.start.max(seam)..cell.source.end).unwrap_or_default();
            if cell.source.start < seam && seam < cell.source.end {
                prop_assert!(!letters.chars().any(|letter| ('\u{620}'..='\u{64A}').contains(&letter)), "{letters:?}");
            }
        }
    }

    #[test]
    fn every_order_sends_the_same_cells(text in any_text(), mut options in any_options()) {
        options.shaping = Shaping::None;
        for row in paragraph(&text, 0, &options, &[]).iter() {
            let sorted = |order: Order| {
                let mut glyphs: Vec<(usize, usize)> = Vec::new();
                let mut end = 0;
                for glyph in row.emit(order, options.width) {
                    assert!(glyph.column >= end);
                    end = glyph.column + glyph.width;
                    glyphs.push((glyph.source.start, glyph.width));
                }
                assert!(end <= options.width);
                glyphs.sort_unstable();
                glyphs
            };
            let visual = sorted(Order::Visual);
            for order in [Order::Kitty, Order::Overridden] {
                prop_assert_eq!(&sorted(order), &visual);
            }
            // Blanks at its end may be left out.
            for order in [Order::Logical, Order::LogicalMirrored, Order::Bare] {
                let sent = sorted(order);
                prop_assert_eq!(&visual[..sent.len()], &sent);
                let blank = |&(at, _): &(usize, usize)| text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
                prop_assert!(visual[sent.len()..].iter().all(blank));
            }
        }
    }

    #[test]
    fn a_terminal_that_reorders_shows_what_others_are_sent(text in any_text(), mut options in any_options(), logical: bool) {
        let order = if logical { Order::Logical } else { Order::Overridden };
        options.shaping = if logical { Shaping::None } else { Shaping::Forms };
        for row in paragraph(&text, 0, &options, &[]).iter() {
            let glyphs = row.emit(order, options.width);
            // The screen's row as the terminal knows it: blanks, what opens the row, its glyphs.
            let mut screen = format!("{}{}", " ".repeat(9), row.opening(order));
            let mut places = Vec::new();
            for glyph in &glyphs {
                places.push(screen.len());
                screen.push_str(&glyph.symbol);
            }
            let seen = ParagraphBidiInfo::new(&screen, Some(Level::ltr()));
            let (levels, runs) = seen.visual_runs(0..screen.len());
            let inside = |run: &std::ops::Range<usize>| {
                let mut inside: Vec<usize> = (0..glyphs.len()).filter(|&at| run.contains(&places[at])).collect();
                if levels[run.start].is_rtl() {
                    inside.reverse();
                }
                inside
            };
            let shown: Vec<usize> = runs.iter().flat_map(inside).map(|at| glyphs[at].source.start).collect();
            let visual = row.emit(Order::Visual, options.width).into_iter().map(|glyph| glyph.source.start);
            let visual: Vec<usize> = visual.filter(|at| shown.contains(at)).collect();
            prop_assert_eq!(shown, visual, "{:?}", screen);
        }
    }

    #[test]
    fn our_levels_are_those_of_unicode_bidi(text in any_text(), rtl: bool) {
        let (direction, level) = if rtl { (Direction::Rtl, Level::rtl()) } else { (Direction::Ltr, Level::ltr()) };
        let (base, ours) = levels(&text, direction);
        let theirs = ParagraphBidiInfo::new(&text, Some(level));
        prop_assert_eq!(base, level.number());
        for ((at, letter), ours) in text.char_indices().zip(ours) {
            // X9 takes BN out; it has no level.
            if bidi_class(letter) != BidiClass::BN {
                prop_assert_eq!(ours, theirs.levels[at].number(), "at {} of {:?}", at, text);
            }
        }
    }
}
