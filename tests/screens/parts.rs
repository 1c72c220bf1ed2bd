//! What of the reader the pictures of an ordinary session do not show: its settings, themes and sizes, the map of a long
//! text, ways to walk, to search, to sort and to mark, and what is said while work is under way.

use super::{ARTICLE, article, check, document, press, reader, three_articles};
use crate::stage::{self, Stage, compare, drawn_in, entity, mention, rows, screen, span, words};
use ratatui::style::{Color, Modifier};
use rawi::{
    annotation::{Annotations, Kind},
    text::Span,
    tui::{
        app::{App, Config, DocumentEvent, Effect, Event, Mouse, Pointer},
        settings::{Digits, Settings, Side},
        strings::Strings,
        theme::{Depth, Theme},
    },
};
use std::fmt::Write;

/// The sample of the other pictures under other settings.
fn set(size: (u16, u16), strings: Strings, settings: Settings) -> App {
    let found = article(size).documents.here().annotations.clone();
    let config = Config { settings, ..stage::config(strings) };
    let mut app = App::new(config, vec![document("library", ARTICLE)], size);
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
    app
}

/// Writes into the line that is open.
fn write(app: &mut App, text: &str) {
    for letter in text.chars() {
        app.tell(Event::Key(rawi::tui::keymap::Key::char(letter)));
    }
}

/// The first cell in which a place of the document is shown, in the order of the rows.
fn cell(app: &App, place: Span) -> (u16, u16) {
    let (columns, rows) = app.size;
    let mut cells = (0..rows).flat_map(|row| (0..columns).rev().map(move |column| (column, row)));
    cells
        .find(|&(column, row)| app.context().offset_at(column, row).is_some_and(|offset| place.contains(offset)))
        .unwrap()
}

fn mouse(app: &mut App, pointer: Pointer, (column, row): (u16, u16)) {
    app.tell(Event::Mouse(Mouse { pointer, column, row }));
}

#[test]
fn the_text_keeps_its_measure_and_the_space_between_paragraphs() {
    let settings = Settings { measure: 40, spacing: 2, ..Settings::default() };
    check("measure", &set((80, 24), Strings::english(), settings));
    let settings = Settings { spacing: 0, panel: Side::Right, ..Settings::default() };
    check("panel-right", &set((80, 14), Strings::english(), settings));
}

/// Without colours: b bold, u underlined, i italic, r reversed, d dim.
#[test]
fn kinds_selection_and_cursor_need_no_colour() {
    let mut app = article((80, 18));
    press(&mut app, "tab j enter");
    let theme = Theme::shipped("mono").0.at(Depth::Mono);
    let mut picture = String::new();
    for row in rows(&drawn_in(&app, &theme)) {
        assert!(row.iter().all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset)));
        let cues = [
            (Modifier::REVERSED, 'r'),
            (Modifier::UNDERLINED, 'u'),
            (Modifier::ITALIC, 'i'),
            (Modifier::BOLD, 'b'),
            (Modifier::DIM, 'd'),
        ];
        let cue = |cell: &ratatui::buffer::Cell| {
            cues.iter().find(|cue| cell.modifier.contains(cue.0)).map_or(' ', |cue| cue.1)
        };
        let marks: String = row.iter().map(cue).collect();
        writeln!(picture, "│{}\n {}", words(row), marks.trim_end()).unwrap();
    }
    compare(("screens", "no-colours"), &picture);
}

/// Forty paragraphs: a person in every eighth, a quote in every tenth, a word to search for in one.
fn long() -> App {
    let (mut text, mut found) = ("خبر طويل\n".to_owned(), Annotations::default());
    found.entities.push(entity(1, Kind::Person, "هناء القصاب", &[]));
    let mut quotes = article((80, 24)).documents.here().annotations.quotes.clone();
    quotes.truncate(1);
    for number in 0..40u32 {
        if number % 8 == 2 {
            let start = text.len() + "وصلت ".len();
            text.push_str("وصلت هناء القصاب. ");
            found.mentions.push(mention(number, 1, Span::new(start, start + "هناء القصاب".len())));
        }
        if number % 10 == 5 {
            let start = text.len() + "قيل: «".len();
            text.push_str("قيل: «الأمر هين». ");
            let mut quote = quotes.first().cloned().unwrap();
            (quote.id.0, quote.span) = (number, Span::new(start, start + "الأمر هين".len()));
            (quote.speaker, quote.cue) = (None, None);
            found.quotes.push(quote);
        }
        text.push_str(if number == 30 {
            "وهناك نهر.\n"
        } else {
            "وكان الكلام طويلا في ذلك اليوم.\n"
        });
    }
    let mut app = reader((60, 20), Strings::english(), vec![document("long", &text)]);
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
    app
}

#[test]
fn the_scroll_bar_is_a_map() {
    let mut app = long();
    press(&mut app, "/");
    write(&mut app, "نهر");
    press(&mut app, "enter g tab j");
    check("map", &app);
    // A click on it goes there.
    let map = app.areas().map;
    mouse(&mut app, Pointer::Press, (map.x, map.bottom() - 1));
    assert!(app.documents.here().top > app.documents.here().document.text().len() / 2);
    press(&mut app, "o");
    assert_eq!(app.documents.here().top, 0);
}

#[test]
fn names_are_sorted_by_appearance_by_number_and_by_the_alphabet() {
    let text = "زار وليد والسامري وأحمد وآدم وأحمد ثم السامري وأحمد بيتا.\n";
    let names = ["وليد", "السامري", "أحمد", "آدم"];
    let mut found = Annotations::default();
    for (id, name) in names.iter().zip(1..).map(|(name, id)| (id, *name)) {
        found.entities.push(entity(id, Kind::Person, name, &[]));
        let places = text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len()));
        found.mentions.extend(places.map(|place| mention(place.start as u32, id, place)));
    }
    found.sort();
    let mut app = reader((60, 12), Strings::english(), vec![document("names", text)]);
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
    let mut picture = screen(&app);
    for _ in 0..2 {
        press(&mut app, "t");
        picture += &screen(&app);
    }
    compare(("screens", "sorted"), &picture);
}

#[test]
fn sentences_and_paragraphs_are_walked_and_the_way_back_is_kept() {
    let mut app = article((80, 24));
    let at = |app: &App| app.documents.here().document.slice(app.documents.here().cursor).to_owned();
    press(&mut app, ") )");
    assert!(at(&app).starts_with("أعلنت") && at(&app).ends_with("القلم»."), "{}", at(&app));
    check("sentence", &app);
    press(&mut app, "> >");
    assert!(at(&app).starts_with("ورأى"), "{}", at(&app));
    press(&mut app, "<");
    assert!(at(&app).starts_with("وقالت"), "{}", at(&app));
    press(&mut app, "(");
    assert!(at(&app).starts_with("أعلنت"), "{}", at(&app));
    // Jumps, back and forward.
    press(&mut app, "m a } s");
    let speaker = at(&app);
    press(&mut app, "o");
    assert_ne!(at(&app), speaker);
    press(&mut app, "i");
    assert_eq!(at(&app), speaker);
    check("forward", &app);
    press(&mut app, "i");
    assert!(screen(&app).contains("No place to go forward to"));
    press(&mut app, "' a");
    assert_eq!(app.documents.here().cursor, Span::new(app.documents.here().top, app.documents.here().top));
    press(&mut app, "' b");
    assert!(screen(&app).contains("Mark b is not set"));
}

#[test]
fn a_search_is_an_expression_or_exact_by_a_key_and_earlier_ones_come_back() {
    let mut app = article((80, 16));
    press(&mut app, "/ alt-r");
    write(&mut app, "مكتب.");
    check("expression", &app);
    press(&mut app, "ctrl-u");
    write(&mut app, "(");
    check("expression-fault", &app);
    press(&mut app, "esc / alt-r alt-e");
    write(&mut app, "اعلنت");
    check("exact", &app);
    press(&mut app, "alt-e");
    assert!(screen(&app).contains("matches: 1"));
    press(&mut app, "enter / up");
    check("earlier", &app);
}

#[test]
fn the_mouse_marks_words_and_the_wheel_moves_what_it_is_over() {
    let mut app = article((80, 24));
    let (from, to) = (span(ARTICLE, "الكاتب", 0), span(ARTICLE, "حداد", 0));
    let (press_at, end) = (cell(&app, from), cell(&app, Span::new(to.end - 2, to.end)));
    mouse(&mut app, Pointer::Press, press_at);
    mouse(&mut app, Pointer::Drag, end);
    mouse(&mut app, Pointer::Release, end);
    check("dragged", &app);
    assert_eq!(press(&mut app, "y"), Some(Effect::Copy("الكاتب يوسف حداد".into())), "in the order of the text");
    // Beside a row and into a gap, what is nearest is meant.
    let page = app.areas().page;
    mouse(&mut app, Pointer::Drag, (page.x, end.1));
    assert_eq!(app.documents.here().document.slice(app.marked.unwrap()).split(' ').next_back(), Some("إلى"));
    // A click elsewhere lets go; one on the mark of a quote selects it.
    mouse(&mut app, Pointer::Press, (page.x, page.bottom() - 1));
    assert_eq!(app.marked, None);
    let quote = cell(&app, span(ARTICLE, "انتظر", 0));
    let margin = app.areas().margin;
    mouse(&mut app, Pointer::Press, (margin.x, quote.1));
    assert!(screen(&app).contains("Speaker: "), "{}", screen(&app));
    // The wheel.
    let mut app = long();
    let page = app.areas().page;
    mouse(&mut app, Pointer::WheelDown, (page.x, 2));
    assert!(app.documents.here().top > 0);
    press(&mut app, ":");
    let list = app.overlay.list(&app.context()).unwrap().area;
    mouse(&mut app, Pointer::WheelDown, (list.x, list.y));
    mouse(&mut app, Pointer::WheelDown, (list.x, list.y));
    mouse(&mut app, Pointer::WheelUp, (list.x, list.y));
    check("wheel-in-palette", &app);
    mouse(&mut app, Pointer::Press, (0, 0));
    assert!(!screen(&app).contains("Do:"), "a click beside it closes it");
}

#[test]
fn a_click_while_a_line_is_typed_takes_what_is_typed() {
    let mut app = article((80, 24));
    press(&mut app, "/");
    write(&mut app, "اليوم");
    let name = cell(&app, span(ARTICLE, "يوسف", 0));
    mouse(&mut app, Pointer::Press, name);
    mouse(&mut app, Pointer::Release, name);
    assert!(!screen(&app).contains("Search:"));
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "يوسف حداد");
    press(&mut app, "/ up");
    assert!(screen(&app).contains("matches: 2"));
}

#[test]
fn the_palette_finds_an_action_by_its_key_and_a_key_without_one_says_so() {
    let mut app = article((80, 24));
    press(&mut app, ": }");
    check("palette-key", &app);
    press(&mut app, "enter");
    assert!(screen(&app).contains("Speaker: "));
    press(&mut app, "M");
    check("no-key", &app);
}

#[test]
fn arrows_walk_what_a_filter_has_left() {
    let mut app = article((80, 24));
    press(&mut app, "f");
    write(&mut app, "نا");
    press(&mut app, "down");
    check("filter-down", &app);
}

#[test]
fn digits_are_arabic_where_they_are_wanted() {
    let settings = Settings { digits: Digits::Arabic, ..Settings::default() };
    let mut app = set((100, 24), Strings::arabic(), settings);
    press(&mut app, "tab j enter n");
    check("digits", &app);
    press(&mut app, ":");
    write(&mut app, "أرقام");
    press(&mut app, "enter");
    assert_eq!(app.config.settings.digits, Digits::Latin);
    press(&mut app, "u");
    assert_eq!(app.config.settings.digits, Digits::Arabic);
}

#[test]
fn work_shows_its_progress_and_blocks_nothing() {
    let mut app = reader((80, 16), Strings::english(), vec![document("library", ARTICLE)]);
    app.tell(Event::Document(0, DocumentEvent::Loading));
    let mut picture = screen(&app);
    app.tell(Event::Document(0, DocumentEvent::Loaded(document("library", ARTICLE))));
    app.tell(Event::Document(0, DocumentEvent::Progress(40)));
    press(&mut app, ")");
    picture += &screen(&app);
    assert!(!app.documents.here().cursor.is_empty(), "keys are obeyed meanwhile");
    compare(("screens", "progress"), &picture);
}

#[test]
fn a_fault_is_said_in_the_status_line() {
    let mut app = article((80, 16));
    let text = "config.toml: colours.person: no colour is called 'mauvish'".to_owned();
    app.tell(Event::Notice(rawi::tui::app::Notice { text, fault: true }));
    check("fault", &app);
}

/// Each part of each theme in as many colours as there may be: the foreground, the background, what else.
#[test]
fn themes_in_all_their_colours_in_256_in_16_and_in_none() {
    let mut picture = String::new();
    for name in Theme::names() {
        for (depth, title) in
            [(Depth::True, "true"), (Depth::Indexed, "256"), (Depth::Sixteen, "16"), (Depth::Mono, "none")]
        {
            let theme = Theme::shipped(name).0.at(depth);
            writeln!(picture, "{name}, {title}").unwrap();
            let parts = [
                ("text", theme.text),
                ("title", theme.title),
                ("person", theme.person),
                ("organization", theme.organization),
                ("place", theme.place),
                ("quote", theme.quote),
                ("selected", theme.selected),
                ("current", theme.current),
                ("hit", theme.hit),
                ("row", theme.row),
                ("status", theme.status),
            ];
            for (part, style) in parts {
                let colour = |colour: Option<Color>| colour.map_or_else(|| "–".to_owned(), |colour| colour.to_string());
                writeln!(
                    picture,
                    "  {part:13}{:10} on {:10} {:?}",
                    colour(style.fg),
                    colour(style.bg),
                    style.add_modifier
                )
                .unwrap();
            }
        }
    }
    compare(("screens", "themes"), &picture);
}

#[test]
fn sizes_from_small_to_large_in_both_languages() {
    for (strings, language) in [(Strings::english as fn() -> Strings, "en"), (Strings::arabic, "ar")] {
        for (columns, rows) in [(60, 15), (140, 45), (200, 60)] {
            let mut app = three_articles();
            app.config.strings = strings();
            app.tell(Event::Resize(columns, rows));
            press(&mut app, "tab j");
            check(&format!("{language}-{columns}x{rows}"), &app);
        }
    }
}

#[test]
fn all_documents_are_searched_with_their_counts() {
    let mut app = three_articles();
    press(&mut app, "/ alt-a ا ل ن ا ص ر");
    while app.is_busy() {
        app.search_on();
    }
    check("search-everywhere", &app);
    let hits: Vec<usize> = app.documents.all().iter().map(|document| document.hits.len()).collect();
    assert!(hits.iter().filter(|count| **count > 0).count() > 1, "{hits:?}");
    press(&mut app, "down enter");
    assert_eq!(app.documents.current(), 1);
    let slice = |app: &App| app.documents.here().document.slice(app.documents.here().cursor).to_owned();
    assert_eq!(slice(&app), "الناصر");
    // Through the hits of this one, then to the next one that has any.
    for _ in 0..hits[1] {
        press(&mut app, "n");
    }
    assert_ne!(app.documents.current(), 1);
    press(&mut app, "N");
    assert_eq!((app.documents.current(), app.documents.here().cursor), (1, *app.documents.here().hits.last().unwrap()));
    press(&mut app, "/ alt-a esc");
    assert!(app.documents.all().iter().all(|document| document.hits.is_empty()), "what was found is forgotten");
}
