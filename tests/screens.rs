//! What the reader draws, as pictures: an article with known findings, keys, and the screen that follows, compared with
//! `tests/screens/NAME.txt`. `RAWI_UPDATE_SCREENS=1 cargo test --test screens` writes them anew, to be looked at.
//!
//! A picture is in visual order with joined letters, as a terminal without bidi shows it. Under a row stand its styles:
//! T headline and headings, p o l names by kind, q quote, S selected, C cursor, H hit, M marked, R the row of the panel,
//! and in the text the sentence or paragraph that the cursor is on.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has to stop")]

mod collection;
#[path = "screens/contents.rs"]
mod contents;
#[path = "screens/doubt.rs"]
mod doubt;
#[path = "screens/habits.rs"]
mod habits;
#[path = "screens/library.rs"]
mod library;
#[path = "screens/links.rs"]
mod links;
#[path = "screens/parts.rs"]
mod parts;
#[path = "screens/plain.rs"]
mod plain;
mod stage;

use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Cell, CellWidth},
};
use rawi::{
    annotation::{Annotations, EntityId, Kind, Provenance, Quote, QuoteId, QuoteKind, Role, Speaker},
    layout,
    text::{Document, Origin, Span},
    tui::{
        action::{DocumentAction, Setting},
        app::{
            App, Config, DocumentEvent, Effect, Event, Format, Mouse, Pointer,
            detail::{self, Detail},
        },
        keymap::Mode,
        strings::Strings,
        theme::Theme,
        view,
    },
};
use stage::{Stage, compare, drawn, entity, mention, rows, span, words};
use std::{fmt::Write, sync::Arc};
use unicode_bidi::{Level, ParagraphBidiInfo};

const ARTICLE: &str = "\
افتتاح مكتبة في بلدة وادي الزيتون
أعلنت رئيسة البلدية سلمى الناصر، اليوم، افتتاح مكتبة عامة في وادي الزيتون بتمويل من «مؤسسة القلم».
وقالت الناصر: «انتظر أهل البلدة هذا اليوم عشرين عاما، وسيجدون فيها عشرة آلاف كتاب».
ورأى الكاتب يوسف حداد أن المكتبة ستعيد الشباب إلى القراءة.
وختمت سلمى الناصر قائلة إن الأبواب ستفتح (من 9 إلى 17) كل يوم.
";

fn document(id: &str, text: &str) -> Arc<Document> {
    Arc::new(Document::new(id, text, Origin::default()))
}

fn findings() -> Annotations {
    let mut entities = vec![
        entity(1, Kind::Place, "وادي الزيتون", &[]),
        entity(2, Kind::Person, "سلمى الناصر", &["الناصر"]),
        entity(3, Kind::Organization, "مؤسسة القلم", &[]),
        entity(4, Kind::Person, "يوسف حداد", &[]),
    ];
    let role = "رئيسة البلدية";
    entities[1].roles.push(Role { text: role.into(), span: span(ARTICLE, role, 0), confidence: 1.0 });
    let places = [
        ("وادي الزيتون", 0, 1),
        ("سلمى الناصر", 0, 2),
        ("وادي الزيتون", 1, 1),
        ("مؤسسة القلم", 0, 3),
        ("الناصر", 1, 2),
        ("يوسف حداد", 0, 4),
        ("سلمى الناصر", 1, 2),
    ];
    let mentions = places
        .iter()
        .zip(0..)
        .map(|(&(words, occurrence, entity), number)| mention(number, entity, span(ARTICLE, words, occurrence)));
    let quote = |id, kind, words: &str, speaker: (u32, Span), cue: &str| Quote {
        id: QuoteId(id),
        kind,
        span: span(ARTICLE, words, 0),
        candidates: Vec::new(),
        speaker: Some(Speaker { entity: Some(EntityId(speaker.0)), span: speaker.1, confidence: 1.0 }),
        cue: Some(span(ARTICLE, cue, 0)),
        confidence: 1.0,
        why: String::new(),
        provenance: Provenance::Model,
        note: None,
    };
    let quotes = vec![
        quote(
            1,
            QuoteKind::Direct,
            "انتظر أهل البلدة هذا اليوم عشرين عاما، وسيجدون فيها عشرة آلاف كتاب",
            (2, span(ARTICLE, "الناصر", 1)),
            "وقالت",
        ),
        quote(2, QuoteKind::Indirect, "المكتبة ستعيد الشباب إلى القراءة", (4, span(ARTICLE, "يوسف حداد", 0)), "ورأى"),
    ];
    Annotations { entities, mentions: mentions.collect(), quotes, ..Annotations::default() }
}

fn reader(size: (u16, u16), strings: Strings, documents: Vec<Arc<Document>>) -> App {
    let formats = vec![Format { name: "json".into(), ending: "json".into() }];
    App::new(Config { formats, ..stage::config(strings) }, documents, size)
}

fn article(size: (u16, u16)) -> App {
    let mut app = reader(size, Strings::english(), vec![document("library", ARTICLE)]);
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(findings()), 100)));
    app
}

/// Presses keys and answers the last effect.
fn press(app: &mut App, keys: &str) -> Option<Effect> {
    stage::press(app, keys).pop()
}

fn style(cell: &Cell, theme: &Theme) -> char {
    let marks = [
        ('C', theme.current.bg),
        ('H', theme.hit.bg),
        ('S', theme.selected.bg),
        ('M', theme.marked.bg),
        ('R', theme.row_away.bg),
    ];
    let names = [('p', theme.person.fg), ('o', theme.organization.fg), ('l', theme.place.fg), ('q', theme.quote.fg)];
    let behind = marks.iter().find(|(_, colour)| *colour == Some(cell.bg));
    let named = || names.iter().find(|(_, colour)| *colour == Some(cell.fg));
    let title = cell.fg == theme.title.fg.unwrap_or_default() && cell.bg == ratatui::style::Color::Reset;
    behind.or_else(named).map_or(if title && cell.symbol() != " " { 'T' } else { ' ' }, |(mark, _)| *mark)
}

fn picture(app: &App) -> String {
    let theme = Theme::shipped("dark").0;
    let mut out = String::new();
    for row in rows(&drawn(app)) {
        let marks: String = row.iter().map(|cell| style(cell, &theme)).collect();
        writeln!(out, "│{}", words(row)).unwrap();
        if !marks.trim().is_empty() {
            writeln!(out, " {}", marks.trim_end()).unwrap();
        }
    }
    out
}

fn check(name: &str, app: &App) {
    compare(("screens", name), &picture(app));
}

#[test]
fn the_text_is_there_before_the_findings() {
    check("text-first", &reader((80, 20), Strings::english(), vec![document("library", ARTICLE)]));
}

#[test]
fn a_person_is_selected_in_the_panel_and_walked_through_in_the_text() {
    let mut app = article((80, 24));
    press(&mut app, "tab j");
    check("person", &app);
    press(&mut app, "enter n");
    check("next-mention", &app);
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "الناصر");
    press(&mut app, "n n");
    assert_eq!(app.notice.as_ref().unwrap().text, "Wrapped to the first");
    press(&mut app, "o");
    assert_eq!(app.documents.here().cursor, Span::default(), "back to before the jump");
}

#[test]
fn a_quote_leads_to_its_speaker_and_a_person_to_their_quotes() {
    let mut app = article((80, 24));
    press(&mut app, "}");
    check("quote", &app);
    press(&mut app, "s");
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "الناصر");
    press(&mut app, "s");
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor).split(' ').next(), Some("انتظر"));
}

#[test]
fn search_forgives_spelling_and_shows_all_hits() {
    let mut app = article((80, 20));
    press(&mut app, "/ ا ل ي و م");
    check("search", &app);
    press(&mut app, "enter");
    assert_eq!(app.documents.here().hits.len(), 2);
    press(&mut app, "/ ق ق ق enter");
    assert!(app.notice.as_ref().unwrap().fault);
}

#[test]
fn a_search_that_goes_on_in_another_document_ends_there() {
    let long = format!("{ARTICLE}{ARTICLE}وفي الختام قالت البلدية شكرا.\n");
    let documents = vec![document("short", "بلدية\n"), document("long", &long)];
    let mut app = reader((80, 24), Strings::english(), documents);
    press(&mut app, "/ ب ل د ي");
    app.tell(Event::Act(DocumentAction::Next.into()));
    while app.is_busy() {
        app.search_on();
    }
    press(&mut app, "ة enter");
    while app.is_busy() {
        app.search_on();
    }
    let here = app.documents.here();
    assert_eq!((app.documents.current(), here.document.slice(here.cursor)), (1, "بلدية"));
    press(&mut app, "o");
    assert_eq!(app.documents.current(), 0, "and the way back leads to where it began");
}

#[test]
fn a_long_text_is_searched_between_the_keys() {
    let text = format!("{}\nختام النهر\n", "سطر من كلام طويل\n".repeat(100_000));
    let mut app = reader((80, 20), Strings::english(), vec![document("long", &text)]);
    press(&mut app, "/ ا ل ن ه ر");
    assert!(app.is_busy() && app.documents.here().hits.is_empty());
    assert!(picture(&app).contains("matches: 0…"));
    press(&mut app, "enter");
    assert!(app.is_busy(), "it goes there when it is found");
    while app.is_busy() {
        app.search_on();
    }
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "النهر");
    assert_eq!(app.mode(), Mode::Text);
    press(&mut app, "/ س ط ر");
    assert!(app.is_busy());
    press(&mut app, "esc");
    assert!(!app.is_busy() && app.documents.here().hits.is_empty());
}

#[test]
fn bidi_overrides_are_told_of_and_shown_on_request() {
    let text = "دفع \u{202E}100\u{202C} دينار";
    let mut app = reader((80, 10), Strings::english(), vec![document("turned", text)]);
    let before = picture(&app);
    assert!(before.contains("Bidi overrides in the text!") && !before.contains('\u{202E}'), "{before}");
    let stand_in = layout::paragraph("\u{202E}", 0, &layout::Options { invisibles: true, ..Default::default() }, &[]);
    let stand_in = stand_in.row(0).unwrap().cells().next().unwrap().symbol.to_owned();
    assert!(!before.contains(&stand_in));
    app.tell(Event::Act(Setting::Invisibles.into()));
    let shown = picture(&app);
    assert!(shown.contains(&stand_in));
    let (page, status) = shown.trim_end().rsplit_once('│').unwrap();
    assert_eq!(status.replace(|letter: char| letter.is_ascii(), ""), "", "none of the program's own: {page}");
    let plain = reader((80, 10), Strings::english(), vec![document("plain", "دفع 100 دينار")]);
    assert!(!picture(&plain).contains("overrides"));
}

/// A row of the screen as a terminal shows it that reorders each row by itself and does not mirror.
fn reordered(row: &str) -> String {
    let seen = ParagraphBidiInfo::new(row, Some(Level::ltr())).reorder_line(0..row.len()).into_owned();
    let controls = ['\u{200E}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2069}'];
    seen.replace(controls, "").trim_end().to_owned()
}

#[test]
fn every_row_of_the_screen_comes_out_right_where_the_terminal_reorders() {
    for (order, shaping) in [
        (layout::Order::Overridden, layout::Shaping::Forms),
        (layout::Order::LogicalMirrored, layout::Shaping::Ligatures),
    ] {
        let shown = |order| {
            let mut app = article((100, 30));
            app.config.order = order;
            app.config.layout.shaping = shaping;
            app.fit();
            press(&mut app, "tab j enter");
            picture(&app)
        };
        // The styles stand under the cells as they are sent: letters only.
        let rows = |order, seen: fn(&str) -> String| {
            shown(order).lines().filter(|row| row.starts_with('│')).map(seen).collect::<Vec<_>>()
        };
        assert_eq!(rows(order, reordered), rows(layout::Order::Visual, str::to_owned), "{order:?}");
    }
}

/// A box covers the ends of isolates of the text below, or their beginnings: its own rows come out right all the same.
#[test]
fn every_row_of_a_box_over_the_text_comes_out_right_where_the_terminal_reorders() {
    for (order, shaping) in [
        (layout::Order::Overridden, layout::Shaping::Forms),
        (layout::Order::LogicalMirrored, layout::Shaping::Ligatures),
    ] {
        for (strings, keys) in [(Strings::arabic(), "?"), (Strings::english(), "?")] {
            let shown = |order| {
                let mut app = reader((100, 30), strings, vec![document("library", ARTICLE)]);
                app.tell(Event::Document(0, DocumentEvent::Found(Box::new(findings()), 100)));
                app.config.order = order;
                app.config.layout.shaping = shaping;
                app.fit();
                press(&mut app, keys);
                drawn(&app)
            };
            // What stands in the box, by its columns, once the terminal has turned each row.
            let visual = shown(layout::Order::Visual);
            let corner = |corner: &str| {
                let at = visual.content.iter().position(|cell| cell.symbol() == corner);
                let at = at.unwrap_or_else(|| {
                    panic!("no {corner} for {keys}: {:#?}", rows(&visual).map(words).collect::<Vec<_>>())
                });
                (at % 100, at / 100)
            };
            let ((left, top), (right, bottom)) = (corner("╭"), corner("╯"));
            let inside = |row: &str| row.chars().skip(left).take(right + 1 - left).collect::<String>();
            let sent: Vec<String> = rows(&shown(order)).map(|row| inside(&reordered(&words(row)))).collect();
            let wanted: Vec<String> = rows(&visual).map(|row| inside(&words(row))).collect();
            assert!(bottom - top > 5, "{order:?} {keys}");
            // The row of the title is left out: a blank of the title and a piece of the border may change places in it.
            assert_eq!(sent[top + 1..=bottom], wanted[top + 1..=bottom], "{order:?} {keys}");
        }
    }
}

/// A frame may be drawn for a size that the terminal no longer has, and ratatui counts some letters otherwise than the
/// layout does: the comparison of two frames went beyond the end of the screen with both.
#[test]
fn half_of_a_wide_letter_is_never_shown_at_the_edge() {
    let theme = Theme::shipped("light").0.on_paper();
    let empty = reader((120, 24), Strings::english(), vec![document("empty", "")]);
    for letters in ["一語", "ﾊ\u{ff9e}", "\u{17d8}", "👍🏽"] {
        let text = format!("{}\n", letters.repeat(40)).repeat(12);
        let mut full = reader((120, 24), Strings::english(), vec![document("wide", &text)]);
        press(&mut full, "p");
        for (width, height) in (30..120).flat_map(|width| [(width, 3), (width, 8)]) {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            terminal.draw(|frame| view::draw(&full, &theme, frame)).unwrap();
            for row in rows(terminal.backend().buffer()) {
                assert!(row.last().unwrap().cell_width() < 2, "{width}: {}", words(row));
            }
            terminal.draw(|frame| view::draw(&empty, &theme, frame)).unwrap();
        }
    }
}

#[test]
fn a_list_over_wide_letters_leaves_no_half_of_one() {
    for shift in ["", "a"] {
        let text = format!("{shift}{}\n", "一語".repeat(60)).repeat(12);
        let mut app = reader((120, 24), Strings::english(), vec![document("wide", &text)]);
        press(&mut app, "p");
        for keys in ["?", "esc :", "esc e", "esc d"] {
            press(&mut app, keys);
            drawn(&app);
        }
    }
}

#[test]
fn the_panel_is_narrowed_in_latin_letters() {
    let mut app = article((80, 24));
    press(&mut app, "f h a d d a d");
    check("filter", &app);
}

#[test]
fn the_interface_is_mirrored_in_arabic() {
    let mut app = article((100, 24));
    press(&mut app, "L tab j");
    check("arabic", &app);
    press(&mut app, "?");
    check("arabic-help", &app);
}

#[test]
fn the_help_and_the_palette_come_from_one_table() {
    let mut app = article((80, 24));
    press(&mut app, "?");
    check("help", &app);
    press(&mut app, "esc : e x p");
    check("palette", &app);
    assert_eq!(press(&mut app, "enter"), Some(Effect::Preview(0, "json".into())));
}

#[test]
fn a_click_on_a_name_selects_it() {
    let mut app = article((80, 24));
    let runs = |app: &App| {
        (0..24).flat_map(|row| (0..80).map(move |column| (column, row))).find(|&(column, row)| {
            let place = span(ARTICLE, "يوسف حداد", 0);
            app.context().offset_at(column, row).is_some_and(|offset| place.contains(offset))
        })
    };
    let (column, row) = runs(&app).unwrap();
    app.tell(Event::Mouse(Mouse { pointer: Pointer::Press, column, row }));
    app.tell(Event::Mouse(Mouse { pointer: Pointer::Release, column, row }));
    check("click", &app);
}

#[test]
fn documents_are_opened_from_a_list_and_the_way_back_is_kept() {
    let other = document("other", "خبر ثان\nلا شيء فيه.\n");
    let mut app = reader((80, 12), Strings::english(), vec![document("library", ARTICLE), other]);
    press(&mut app, "d j");
    // Nobody has looked for names yet.
    check("documents", &app);
    press(&mut app, "enter");
    assert_eq!(app.documents.current(), 1);
    press(&mut app, "o");
    assert_eq!(app.documents.current(), 0);
}

/// Two articles with a person in common, under two spellings, and one with nobody.
fn three_articles() -> App {
    let second = "جائزة للمكتبات\n1 مارس 2026\nتسلمت سلمي الناصر الجائزة أمس.\nقال يوسف حداد إن الناصر تستحقها.\n";
    let documents = [("library", ARTICLE), ("prize", second), ("empty", "لا أحد\nلا شيء فيه.\n")];
    let documents = documents.map(|(id, text)| document(id, text)).to_vec();
    let mut app = reader((100, 24), Strings::english(), documents);
    let mut other = findings();
    other.entities.remove(2);
    other.entities.remove(0);
    other.entities[0].name = "سلمي الناصر".into();
    other.entities[0].roles.clear();
    let places = [("سلمي الناصر", 2), ("يوسف حداد", 4), ("الناصر", 2)];
    other.mentions.truncate(3);
    for (mention, (words, entity)) in other.mentions.iter_mut().zip(places) {
        mention.entity = EntityId(entity);
        mention.span = span(second, words, usize::from(words == "الناصر"));
    }
    other.quotes.truncate(1);
    other.quotes[0].kind = QuoteKind::Indirect;
    other.quotes[0].span = span(second, "الناصر تستحقها", 0);
    other.quotes[0].speaker =
        Some(Speaker { entity: Some(EntityId(4)), span: span(second, "يوسف حداد", 0), confidence: 1.0 });
    other.quotes[0].cue = Some(span(second, "قال", 0));
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(findings()), 100)));
    app.tell(Event::Document(1, DocumentEvent::Found(Box::new(other), 100)));
    app.tell(Event::Document(2, DocumentEvent::Found(Box::default(), 100)));
    app
}

#[test]
fn the_panel_shows_all_documents_and_leads_from_one_to_the_next() {
    let mut app = three_articles();
    press(&mut app, "A tab j");
    check("all-documents", &app);
    press(&mut app, "enter n n");
    assert_eq!(app.documents.current(), 0);
    press(&mut app, "n");
    assert_eq!(app.documents.current(), 1, "after the last mention comes the next document");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "سلمي الناصر");
    check("next-document", &app);
    press(&mut app, "n n");
    assert_eq!(app.documents.current(), 0, "and around");
}

#[test]
fn a_click_on_what_was_said_in_another_document_goes_there() {
    let mut app = three_articles();
    press(&mut app, "A tab G");
    for keys in ["s", "c", "x"] {
        press(&mut app, keys);
        assert_eq!(app.notice.take().unwrap().text, "That is in another document: Enter goes there", "{keys}");
    }
    let context = app.context();
    let rows = app.detail.rows(&context);
    let piece = rows.iter().position(|row| matches!(row, detail::DetailRow::Piece { quote: Some(_), .. })).unwrap();
    let area = Detail::area(&context);
    let (column, row) = (area.x + 2, area.y + u16::try_from(piece).unwrap());
    app.tell(Event::Mouse(Mouse { pointer: Pointer::Press, column, row }));
    let here = app.documents.here();
    assert_eq!((app.documents.current(), here.document.slice(here.cursor)), (1, "الناصر تستحقها"));
    press(&mut app, "o");
    assert_eq!(app.documents.current(), 0);
}

#[test]
fn the_list_of_documents_says_who_is_in_both() {
    let mut app = three_articles();
    press(&mut app, "d j");
    check("in-common", &app);
}

#[test]
fn an_empty_panel_says_why() {
    let mut app = three_articles();
    press(&mut app, ". . tab");
    check("nothing-found", &app);
    let mut app = article((80, 24));
    press(&mut app, "f z x z x z x");
    check("nothing-like-it", &app);
    // Too long to be looked through: the panel says how to ask.
    let mut app = reader((80, 24), Strings::english(), vec![document("a", ARTICLE)]);
    app.tell(Event::Document(0, DocumentEvent::Partly(Span::default())));
    check("too-long", &app);
    press(&mut app, "j");
    let top = app.documents.here().top;
    assert_eq!(press(&mut app, "X"), Some(Effect::Look(0, top)));
    assert_eq!(press(&mut app, "X"), None, "it is being done");
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(findings()), 100)));
    app.tell(Event::Document(0, DocumentEvent::Partly(span(ARTICLE, "سلمى الناصر، اليوم", 0))));
    check("a-part", &app);
}

#[test]
fn the_detail_says_who_speaks_of_a_person_and_scrolls() {
    let mut app = three_articles();
    press(&mut app, ". tab j");
    check("spoken-of", &app);
    press(&mut app, ">");
    check("detail-scrolled", &app);
}

#[test]
fn every_change_says_so_and_is_taken_back() {
    let mut app = article((80, 24));
    let arranged = picture(&app);
    for keys in ["L", "T", "p", "t", "tab space", "+", "-", "f s a l m a enter", "m a"] {
        let before = picture(&app);
        press(&mut app, keys);
        let said = app.notice.clone().unwrap_or_else(|| panic!("{keys} says nothing"));
        press(&mut app, "u");
        let undone = app.notice.take().unwrap().text;
        assert!(undone.contains(&said.text), "{keys}: {undone}");
        app.focus = Default::default();
        app.documents.here_mut().selected = None;
        app.fit();
        app.panel.top = 0;
        assert!(picture(&app) == before, "{keys} is not taken back:\n{}", picture(&app));
    }
    press(&mut app, "L + u u U U");
    assert!(app.config.strings.rtl && app.config.settings.measure == 88);
    press(&mut app, "u u u u u u u u u u u u");
    assert_eq!(app.notice.take().unwrap().text, "Nothing to undo");
    assert!(picture(&app) == arranged);
}

#[test]
fn every_size_has_a_picture_and_the_place_stays() {
    let mut app = article((80, 24));
    press(&mut app, "]");
    let cursor = app.documents.here().cursor;
    for (columns, rows) in [(10, 3), (1, 1), (0, 0), (60, 15), (200, 60), (3, 40), (200, 2)] {
        app.tell(Event::Resize(columns, rows));
        picture(&app);
        press(&mut app, "tab j ? esc : esc e esc tab");
        picture(&app);
    }
    app.tell(Event::Resize(200, 24));
    app.documents.here_mut().cursor = cursor;
    check("wide", &app);
}
