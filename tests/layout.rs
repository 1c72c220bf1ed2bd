//! Layout as pictures: text in, rows out. A picture shows a row from left to right in Buckwalter's transliteration, so
//! that no editor turns it round: `slm` is سلم as it is read, `mls` as a terminal without bidi has to be sent it. `{lA}` is
//! one cell that stands for both letters.

use rawi::layout::{Cell, Direction, Options, Order, Page, Paragraph, Shaping, line, paragraph};
use rawi::text::{Document, Origin, Span};

const BUCKWALTER: &str = "ء' آ| أ> ؤ& إ< ئ} اA بb ةp تt ثv جj حH خx دd ذ* رr زz سs ش$ صS ضD طT ظZ عE غg ـ_ فf قq كk لl مm نn هh وw ىY يy \
                          ًF ٌN ٍK َa ُu ِi ّ~ ْo ٰ` ،, ؛; ؟?";

fn latin(letter: char) -> char {
    let mut pairs = BUCKWALTER.split_whitespace().filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1)));
    pairs.find(|&(arabic, _)| arabic == letter).map_or(letter, |(_, latin)| latin)
}

/// A row from left to right by what its cells stand for; hidden ones left out.
fn picture(paragraph: &Paragraph, text: &str) -> Vec<String> {
    let cell = |cell: Cell<'_>| {
        let source = text.get(cell.source.range()).unwrap_or_default();
        let shown: String = source.chars().map(latin).collect();
        if source.chars().nth(1).is_some() { format!("{{{shown}}}") } else { shown }
    };
    let rows = paragraph.iter().map(|row| row.cells().filter(|cell| cell.width > 0).map(cell).collect());
    rows.collect()
}

fn options(width: usize) -> Options {
    Options { width, ..Options::default() }
}

fn rows(text: &str, width: usize) -> Vec<String> {
    picture(&paragraph(text, 0, &options(width), &[]), text)
}

/// The row as it is sent.
fn sent(text: &str, options: &Options) -> String {
    let laid_out = paragraph(text, 0, options, &[]);
    laid_out.iter().flat_map(|row| row.emit(Order::Visual, 0)).map(|glyph| glyph.symbol.into_owned()).collect()
}

#[test]
fn rows_are_cut_in_reading_order_and_turned_one_by_one() {
    assert_eq!(rows("قال الوزير إن الأمر واضح", 11), ["ryzwlA lAq", "rm{l>}A n<", "HDAw"]);
    assert_eq!(rows("قال  الوزير", 20), ["ryzwlA  lAq"]);
}

#[test]
fn letters_take_their_forms_and_lam_alef_is_one_cell() {
    assert_eq!(sent("سلم", &options(20)), "\u{FEE2}\u{FEE0}\u{FEB3}");
    assert_eq!(sent("سلام", &options(20)), "\u{FEE1}\u{FEFC}\u{FEB3}");
    let unshaped = Options { shaping: Shaping::None, ..options(20) };
    assert_eq!(sent("سلام", &unshaped), "\u{0645}\u{0627}\u{0644}\u{0633}");
}

#[test]
fn no_letters_share_a_cell_across_a_seam() {
    let text = "بلا";
    let width = |cell_breaks: &[usize]| paragraph(text, 100, &options(20), cell_breaks).row(0).unwrap().width();
    assert_eq!(width(&[]), 2);
    assert_eq!(width(&[104]), 3, "between lam and alef");
    assert_eq!(width(&[102, 106]), 2, "around them");
}

#[test]
fn a_label_fits_one_row() {
    let label = line("وزارة الخارجية والمغتربين", &options(10));
    assert_eq!(label.height(), 1);
    let row = label.row(0).unwrap();
    assert_eq!(row.width(), 10);
    assert_eq!(row.cells().next().map(|cell| cell.symbol), Some("…"));
    // In an English label the Arabic words go on at their left.
    let text = "Quote: نعم للسلام";
    let label = line(text, &Options { direction: Direction::Ltr, ..options(12) });
    let shown: Vec<&str> = label.row(0).unwrap().cells().map(|cell| cell.symbol).collect();
    assert_eq!((shown.get(7), shown.len()), (Some(&"…"), 12), "{shown:?}");
    let label = line("Reuters", &Options { direction: Direction::Rtl, ..options(10) });
    assert_eq!(label.row(0).unwrap().indent(10), 3);
}

#[test]
fn a_page_scrolls_by_rows_and_knows_its_end() {
    let text = "قال الوزير إن الأمر واضح\nسطر قصير\n\nنهاية النص هنا الآن";
    let document = Document::new("t", text, Origin::default());
    let page = Page::new(options(11));
    let shown = |top: usize, height: usize| -> Vec<String> {
        let rows = page.visible(&document, top, height);
        rows.iter().map(|row| document.slice(row.span()).trim().to_owned()).collect()
    };
    assert_eq!(shown(0, 3), ["قال الوزير", "إن الأمر", "واضح"]);
    let top = page.scroll(&document, 0, 2);
    assert_eq!(shown(top, 9), ["واضح", "سطر قصير", "", "نهاية النص", "هنا الآن"]);
    assert_eq!(page.scroll(&document, top, -9), 0);
    let end = page.end(&document, 2);
    assert_eq!(shown(end, 2), ["نهاية النص", "هنا الآن"]);
    let at = text.find("هنا").unwrap();
    let top = page.reveal(&document, Span::new(at, at + 6), 0, 3);
    assert_eq!(shown(top, 3), ["", "نهاية النص", "هنا الآن"]);
}

/// The glyphs of the only row in an order, in Buckwalter.
fn emitted(text: &str, order: Order) -> String {
    let options = Options { shaping: Shaping::None, ..options(40) };
    let paragraph = paragraph(text, 0, &options, &[]);
    let glyphs = paragraph.iter().flat_map(|row| row.emit(order, 0)).collect::<Vec<_>>();
    let controls = ['\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2069}'];
    let letters = glyphs.iter().flat_map(|glyph| glyph.symbol.chars().map(latin).collect::<Vec<_>>());
    letters.filter(|letter| !controls.contains(letter)).collect()
}

#[test]
fn each_order_gets_its_cells_and_its_brackets() {
    let text = "قال (نعم) في BBC";
    assert_eq!(emitted(text, Order::Visual), "BBC yf (mEn) lAq");
    assert_eq!(emitted(text, Order::Logical), "qAl (nEm) fy BBC");
    assert_eq!(emitted(text, Order::LogicalMirrored), "qAl )nEm( fy BBC");
    assert_eq!(emitted(text, Order::Kitty), "BBC fy (nEm) qAl");
    assert_eq!(emitted("قال [1]", Order::Kitty), "[1] qAl");
    assert_eq!(emitted("عام2024 (ب12)", Order::Kitty), "(b21) EAm4202", "kitty turns the digits of such a word too");
    assert_eq!(emitted("of (نعم) here", Order::Kitty), "of (nEm) here");
    assert_eq!(emitted("في a.org/نهر?b", Order::Kitty), "b?rhn/a.org fy", "kitty leaves what begins with Latin alone");
    assert_eq!(emitted("٤٢٪، ثم", Order::Kitty), "vm ٢٤٪,", "the per cent sign is Arabic, the digits are anyone's");
    assert_eq!(emitted(text, Order::Bare), "qAl (nEm) fy BBC");
    // Every blank at the end of a row goes to the side of the screen, not the space of a keyboard alone.
    for blank in [' ', '\u{2007}', '\u{3000}'] {
        assert_eq!(emitted(&format!("قال{blank}"), Order::Logical), "qAl", "{blank:?}");
    }
    assert_eq!(emitted("قال\u{a0}", Order::Logical), "qAl\u{a0}");
}

#[test]
fn kitty_turns_the_letters_of_each_font_and_no_colour() {
    let paragraph = paragraph("وسلم", 0, &options(4), &[2]);
    let row = paragraph.row(0).unwrap();
    let glyphs = |font: fn(Span) -> u16| -> Vec<(usize, String)> {
        row.emit_in(Order::Kitty, 4, font).into_iter().map(|glyph| (glyph.source.start, glyph.symbol.into())).collect()
    };
    let (w, s, l, m) = ("\u{FEED}", "\u{FEB3}", "\u{FEE0}", "\u{FEE2}");
    let is =
        |glyphs: Vec<(usize, String)>| glyphs.iter().map(|(at, symbol)| format!("{at}{symbol}")).collect::<String>();
    assert_eq!(is(glyphs(|_| 0)), format!("6{w}4{s}2{l}0{m}"));
    assert_eq!(is(glyphs(|source| u16::from(source.start >= 2))), format!("6{s}4{l}2{m}0{w}"));
}

#[test]
fn a_terminal_that_joins_gets_the_joiners_and_no_more() {
    let text = "می\u{200C}خواهم لا e\u{200D}e";
    let emitted = |shaping| {
        let paragraph = paragraph(text, 0, &Options { shaping, ..options(40) }, &[]);
        paragraph.row(0).unwrap().emit(Order::Bare, 0).iter().map(|glyph| glyph.symbol.to_string()).collect::<String>()
    };
    assert_eq!(emitted(Shaping::None), "می\u{200C}خواهم لا ee");
    assert_eq!(emitted(Shaping::Ligatures), "می\u{200C}خواهم \u{FEFB} ee");
    assert!(!emitted(Shaping::Forms).contains('\u{200C}'));
}

#[test]
fn brackets_are_mirrored_and_quotation_marks_of_english_are_not() {
    assert_eq!(sent("«\u{628}» (\u{628})", &options(20)), "(\u{FE8F}) «\u{FE8F}»");
    assert_eq!(sent("\u{628} “\u{628}” \u{628}", &options(20)), "\u{FE8F} ”\u{FE8F}“ \u{FE8F}");
}

#[test]
fn numbers_addresses_and_names_keep_their_order() {
    assert_eq!(rows("بنسبة 12.5% أو ٤٠٪", 40), ["٪٤٠ w> %12.5 pbsnb"]);
    assert_eq!(rows("زر https://a.org/b?c=1 الآن", 40), ["n{l|}A https://a.org/b?c=1 rz"]);
    assert_eq!(rows("قال John Smith أمس", 40), ["sm> John Smith lAq"]);
    assert_eq!(rows("שלום 3", 40), ["3 םולש"]);
}

#[test]
fn nothing_of_a_text_commands_the_terminal() {
    let hostile = "\u{628}\u{1B}[31m\u{7}\u{202E}abc\u{202C}\u{9B}2J\u{200F}\u{FEFF}\r";
    assert_eq!(sent(hostile, &options(40)), "31mcba2J]\u{FE8F}");
    let shown = Options { invisibles: true, ..options(40) };
    let symbols = sent(hostile, &shown);
    assert!(symbols.chars().all(|letter| !letter.is_control() && !('\u{202A}'..='\u{202E}').contains(&letter)));
    assert!(symbols.contains('␛') && symbols.contains('⇦') && symbols.contains('␇'));
    assert!(rawi::layout::has_bidi_overrides(hostile) && !rawi::layout::has_bidi_overrides("\u{628} abc"));
}

#[test]
fn marks_share_the_cell_of_their_base_and_can_be_hidden() {
    let lam_alef = "\u{644}\u{64E}\u{627}\u{64B}";
    assert_eq!(sent(lam_alef, &options(9)), "\u{FEFB}\u{64E}\u{64B}");
    let bare = Options { tashkeel: false, ..options(9) };
    assert_eq!(sent(lam_alef, &bare), "\u{FEFB}");
    assert_eq!(
        sent("\u{64E} \u{64E}", &options(9)),
        "\u{25CC}\u{64E} \u{25CC}\u{64E}",
        "a mark without a base gets one"
    );
    assert_eq!(sent("\u{64E}", &bare), "");
    assert_eq!(sent("\u{627}\u{654}", &bare), "\u{FE8D}\u{654}", "the hamza of a letter is no tashkeel");
    let many = sent(&("\u{628}".to_owned() + &"\u{64E}".repeat(500)), &options(9));
    assert_eq!(many.chars().count(), 9);
}

#[test]
fn widths_are_those_of_every_terminal() {
    assert_eq!(sent("بـ\u{200C}ب", &options(9)), "\u{FE8F}\u{640}\u{FE91}");
    let row = |text: &str| paragraph(text, 0, &options(40), &[]).row(0).unwrap().width();
    assert_eq!(row("漢字"), 4);
    assert_eq!(row("👍\u{1F3FD}"), 2, "a skin colour is never sent");
    assert_eq!(row("🇸🇦"), 2);
    assert_eq!(row("👨\u{200D}👩"), 4, "people are not joined to families");
    assert_eq!(row("\u{6DD}١"), 2, "a circle stands for the end of a verse");
    assert_eq!(row("ب\tب"), 9, "to the tab stop");
    assert_eq!(row("ب\u{FE0F}\u{200B}\u{2060}"), 1);
}

#[test]
fn what_does_not_fit_is_cut_between_cells() {
    assert_eq!(rows("والاستقلالية", 5), ["ts{lA}Aw", "pyl{lA}q"]);
    assert_eq!(rows("ا  ب", 1), ["A", "b"]);
    assert_eq!(rows("قال\u{2028}نعم", 20), ["lAq", "mEn"]);
    assert_eq!(rows("", 5), [""]);
}
