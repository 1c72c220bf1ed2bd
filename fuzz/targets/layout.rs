//! Text laid out: every byte is in one cell, no row is too wide, no control gets out.

#![no_main]

use rawi::layout::{Direction, Options, Order, Shaping, line, paragraph};
use rawi::text::{Document, Origin, Span};

const DIRECTIONS: [Direction; 4] = [Direction::Auto, Direction::AutoRtl, Direction::Rtl, Direction::Ltr];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&[width, flags, cell_break], bytes)) = bytes.split_first_chunk::<3>() else { return };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let options = Options {
        width: usize::from(width).max(1),
        direction: DIRECTIONS[usize::from(flags & 3)],
        shaping: if flags & 4 == 0 { Shaping::Forms } else { Shaping::None },
        tashkeel: flags & 8 == 0,
        invisibles: flags & 16 != 0,
    };
    let cell_breaks = [rawi::text::floor(&text, usize::from(cell_break).min(text.len()))];
    for laid in [paragraph(&text, 0, &options, &cell_breaks), line(&text, &options)] {
        let mut sources: Vec<Span> = Vec::new();
        for (number, row) in laid.iter().enumerate() {
            assert!(row.width() <= options.width);
            for cell in row.cells() {
                assert!(!cell.symbol.contains(char::is_control), "{:?}", cell.symbol);
                sources.push(cell.source);
            }
            for order in [Order::Visual, Order::Logical, Order::LogicalMirrored, Order::Kitty] {
                for glyph in row.emit(order, options.width) {
                    assert!(glyph.column + glyph.width <= options.width);
                }
            }
            for column in 0..row.width() {
                let offset = laid.hit(number, column).expect("a column of the row");
                assert!(text.is_char_boundary(offset));
            }
        }
        sources.sort();
        let end = sources.iter().fold(0, |end, source| {
            assert_eq!(source.start, end);
            source.end
        });
        assert_eq!(end, text.len());
    }
    let document = Document::new("fuzz", text, Origin::default());
    rawi_fuzz::look(&document);
});
