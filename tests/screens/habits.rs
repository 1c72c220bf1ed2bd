//! What people try who know other programs: counts, `:q`, ZZ, lists that are searched, a second click, a name that is
//! everywhere in the text.

use super::{ARTICLE, article as found, document, press, reader, three_articles};
use crate::stage::{Stage, screen, span};
use ratatui::style::Modifier;
use rawi::{
    annotation::{EntityId, Kind, QuoteId},
    text::{Document, Origin},
    tui::{
        app::{
            App, DocumentEvent, Effect, Event, Format, Mouse, Overlay, Pointer,
            document::{Persistence, Remembered},
        },
        keymap::Key,
        strings::Strings,
        theme::Theme,
    },
};
use std::sync::Arc;

/// The article, whose corrections last as long as the reader runs.
fn article(size: (u16, u16)) -> App {
    let mut app = found(size);
    remember(&mut app);
    app
}

fn remember(app: &mut App) {
    let memory = Remembered { persistence: Persistence::Session, ..Remembered::default() };
    app.tell(Event::Document(0, DocumentEvent::Remembered(Box::new(memory))));
}

fn write(app: &mut App, text: &str) {
    for letter in text.chars() {
        app.tell(Event::Key(Key::char(letter)));
    }
}

/// The line of the list that is chosen.
fn chosen(app: &App) -> usize {
    app.overlay.list(&app.context()).unwrap().choice.unwrap()
}

fn lines(app: &App) -> Vec<String> {
    let list = app.overlay.list(&app.context()).unwrap();
    list.lines.iter().map(|line| line.text.clone()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn vi_is_left_as_vi_is_left() {
    for keys in [": q enter", ": q ! enter", ": w q enter", "Z Z", "q"] {
        assert_eq!(press(&mut article((80, 24)), keys), Some(Effect::Quit), "{keys}");
    }
    assert_eq!(press(&mut article((80, 24)), "ctrl-l"), Some(Effect::Redraw));
    // The first key of a pair and another one are two keys.
    let mut app = article((80, 24));
    assert_eq!(press(&mut app, "Z M"), None);
    assert!(screen(&app).contains("M does nothing here"));
}

#[test]
fn a_number_before_a_key_says_how_often_or_which() {
    let long = "سطر\n".repeat(200);
    let top = |keys: &str| {
        let mut app = reader((80, 12), Strings::english(), vec![document("long", &long)]);
        press(&mut app, keys);
        app.documents.here().top
    };
    assert_eq!(top("5 j"), top("j j j j j"));
    assert_eq!(top("1 2 j"), top("5 j 7 j"));
    assert_eq!(top("٣ j"), top("j j j"));
    assert_eq!(top("9 j 4 k"), top("5 j"));
    let mut app = article((80, 24));
    press(&mut app, "3 G");
    let here = app.documents.here();
    assert!(here.document.slice(here.cursor).starts_with("وقالت الناصر"), "the third paragraph");
    press(&mut app, "tab 2 G");
    assert_eq!(app.panel.selected_line(&app.context()), Some(1));
    press(&mut app, "2 n");
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "الناصر");
}

#[test]
fn in_the_palette_a_key_and_a_name_that_are_meant_exactly_come_first() {
    let mut app = article((80, 24));
    for (typed, wanted) in [("x", "Reject"), ("y", "Copy"), ("quit", "Quit"), ("ZZ", "Quit"), ("n", "Next mention")] {
        press(&mut app, ":");
        write(&mut app, typed);
        assert!(lines(&app)[0].starts_with(wanted), "{typed}: {:?}", lines(&app));
        press(&mut app, "esc");
    }
}

#[test]
fn lists_below_a_line_are_walked_by_j_and_k_once_they_have_the_focus() {
    let mut app = article((80, 24));
    press(&mut app, "} c b tab j j k");
    assert_eq!(chosen(&app), 1);
    press(&mut app, "tab j");
    assert_eq!(app.line().unwrap().text(), "j", "in the line it is a letter");
    press(&mut app, "esc : tab j j");
    assert_eq!(chosen(&app), 2);
    press(&mut app, "esc");
    let format = |name: &str| Format { name: name.into(), ending: name.into() };
    app.config.formats = vec![format("json"), format("tei")];
    press(&mut app, "e");
    assert_eq!(press(&mut app, "tab j"), Some(Effect::Preview(0, "tei".into())));
}

#[test]
fn the_speaker_dialog_keeps_what_is_typed_and_takes_a_new_name() {
    let mut app = article((80, 24));
    press(&mut app, "} c b");
    write(&mut app, "ققق");
    press(&mut app, "enter");
    assert_eq!(app.line().unwrap().text(), "ققق");
    assert!(app.notice.as_ref().unwrap().text.starts_with("Not found"));
    press(&mut app, "ctrl-u");
    write(&mut app, "اهل البلدة");
    press(&mut app, "enter");
    let here = app.documents.here();
    let speaker = here.annotations.quote(QuoteId(1)).unwrap().speaker.as_ref().unwrap();
    let entity = here.entity(speaker.entity.unwrap()).unwrap();
    assert_eq!((entity.name.as_str(), entity.kind), ("أهل البلدة", Kind::Person));
    press(&mut app, "esc u u");
    assert_eq!(
        app.documents.here().annotations.quote(QuoteId(1)).unwrap().speaker.as_ref().unwrap().entity,
        Some(EntityId(2))
    );
}

#[test]
fn a_name_that_is_added_is_offered_everywhere_in_the_text() {
    let text = "زار نبيل ميناء صور.\nثم كتب نبيل رسالة، وعاد نبيل.\nولم يكن نبيلا.\n";
    let mut app = reader((80, 16), Strings::english(), vec![document("places", text)]);
    remember(&mut app);
    press(&mut app, "v w enter p");
    assert!(screen(&app).contains("more places: 2"), "{}", screen(&app));
    press(&mut app, "enter");
    assert_eq!(app.documents.here().annotations.mentions.len(), 3);
    press(&mut app, "u");
    assert_eq!(app.documents.here().annotations.mentions.len(), 1, "all of them are one change");
    press(&mut app, "U");
    assert_eq!(app.documents.here().annotations.mentions.len(), 3);
}

#[test]
fn the_status_line_says_at_every_width_what_can_be_done_with_what_is_selected() {
    for width in [30, 40, 58, 80, 120, 200] {
        let mut app = article((width, 24));
        press(&mut app, "]");
        assert!(screen(&app).contains("n next"), "{width}: {}", screen(&app));
        press(&mut app, "}");
        assert!(screen(&app).contains("s speaker"), "{width}: {}", screen(&app));
    }
}

#[test]
fn the_help_is_in_groups_and_is_searched() {
    let mut app = article((80, 24));
    press(&mut app, "?");
    assert!(["Moving", "Searching", "Program"].iter().all(|group| lines(&app).iter().any(|line| line == group)));
    press(&mut app, "/");
    write(&mut app, "copy");
    assert_eq!((lines(&app)[0].as_str(), lines(&app)[2].as_str()), ("Program", "Copy with speaker and source"));
    press(&mut app, "enter esc");
    assert!(lines(&app).len() > 40, "the filter goes first");
    press(&mut app, "esc");
    assert_eq!(app.overlay, Overlay::None);
}

#[test]
fn the_list_of_documents_is_narrowed_down_remembers_it_and_takes_numbers() {
    let mut app = three_articles();
    press(&mut app, "d /");
    write(&mut app, "jaiza");
    assert_eq!(lines(&app), ["جائزة للمكتبات"]);
    press(&mut app, "enter");
    assert_eq!(app.documents.current(), 1);
    press(&mut app, "d");
    assert_eq!(lines(&app).len(), 1, "as it was left");
    press(&mut app, "esc");
    assert_eq!(lines(&app).len(), 3);
    press(&mut app, "3 enter");
    assert_eq!(app.documents.current(), 2);
}

#[test]
fn per_cent_and_minutes_agree() {
    let long = "كلمات كثيرة في سطر طويل من الخبر\n".repeat(300);
    let mut app = reader((80, 12), Strings::english(), vec![document("long", &long)]);
    assert!(!screen(&app).contains("100%") && !screen(&app).contains(" 0 min"), "{}", screen(&app));
    press(&mut app, "G");
    assert!(screen(&app).contains("100%  0 min left"), "{}", screen(&app));
}

#[test]
fn in_high_contrast_doubt_is_no_paler_than_the_rest() {
    let theme = Theme::shipped("contrast").0;
    assert!(!theme.unsure.add_modifier.contains(Modifier::DIM) && !theme.unsure.add_modifier.is_empty());
}

#[test]
fn a_second_click_takes_a_word() {
    let mut app = article((80, 24));
    let word = span(ARTICLE, "الشباب", 0);
    let mut cells = (0..24).flat_map(|row| (0..80).map(move |column| (column, row)));
    let on_it = |&(column, row): &(u16, u16)| app.context().offset_at(column, row).is_some_and(|at| word.contains(at));
    let (column, row) = cells.find(on_it).unwrap();
    for pointer in [Pointer::Press, Pointer::Release, Pointer::PressAgain, Pointer::Release] {
        app.tell(Event::Mouse(Mouse { pointer, column, row }));
    }
    assert_eq!(app.marked, Some(word));
}

#[test]
fn a_quote_is_copied_with_who_said_it_and_where() {
    let mut app = article((80, 24));
    let words = "انتظر أهل البلدة هذا اليوم عشرين عاما، وسيجدون فيها عشرة آلاف كتاب";
    let source = "سلمى الناصر، رئيسة البلدية، افتتاح مكتبة في بلدة وادي الزيتون";
    assert_eq!(press(&mut app, "} Y"), Some(Effect::Copy(format!("«{words}»\n{source}"))));
}

/// A file with pages: the status line says which is read, a number goes to one, and what is copied names it.
#[test]
fn pages_of_a_file_are_shown_and_gone_to() {
    let pages = ["الصفحة الأولى من التقرير.\n", "الصفحة الثانية، وفيها الأرقام.\n", "الصفحة الثالثة والأخيرة.\n"];
    let starts = vec![0, pages[0].len(), pages[0].len() + pages[1].len()];
    let report = Document::new("report", pages.concat(), Origin::default()).with_pages(starts, Vec::new());
    let mut app = reader((80, 10), Strings::english(), vec![Arc::new(report)]);
    assert!(screen(&app).contains("page 1 of 3"), "{}", screen(&app));
    let mut here = |keys: &str| {
        press(&mut app, keys);
        let document = app.documents.here();
        let said =
            app.notice.as_ref().map(|notice| notice.text.replace(['\u{2068}', '\u{2069}'], "")).unwrap_or_default();
        (document.document.slice(document.cursor).to_owned(), said)
    };
    assert_eq!(here("P"), ("الصفحة الثانية، وفيها الأرقام.".into(), "page 2 of 3".into()));
    assert_eq!(here("B"), ("الصفحة الأولى من التقرير.".into(), "page 1 of 3".into()));
    assert_eq!(here("3 P"), ("الصفحة الثالثة والأخيرة.".into(), "page 3 of 3".into()));
    assert_eq!(here("P").1, "Nothing after this");
    let Some(Effect::Copy(text)) = press(&mut app, "Y") else { panic!("nothing is copied") };
    assert!(text.ends_with("page 3 of 3"), "{text}");
    press(&mut app, "2 P");
    assert_eq!(screen(&app).matches("page 2 of 3").count(), 2, "both ends of the line: {}", screen(&app));
    let mut without = article((80, 10));
    press(&mut without, "P");
    assert_eq!(without.notice.map(|notice| notice.text), Some("This document has no pages".into()));
}

#[test]
fn what_was_corrected_before_a_restart_is_taken_back() {
    let mut app = article((80, 24));
    press(&mut app, "] x");
    let here = app.documents.here();
    let (decided, past) = (here.annotations.decided(), here.past.clone());
    assert_eq!(decided.rejected.len(), 1);
    // The reader is begun anew, with what it had saved.
    let mut app = found((80, 24));
    let memory = Remembered { annotations: decided, past, persistence: Persistence::Session, ..Remembered::default() };
    app.tell(Event::Document(0, DocumentEvent::Remembered(Box::new(memory))));
    assert_eq!(app.documents.here().annotations.rejected.len(), 1);
    press(&mut app, "u");
    let here = app.documents.here();
    assert_eq!((here.annotations.rejected.len(), here.past.is_empty()), (0, true));
    assert!(screen(&app).contains("Undone: Rejected"), "{}", screen(&app));
    press(&mut app, "U");
    let here = app.documents.here();
    assert_eq!((here.annotations.rejected.len(), here.past.is_empty()), (1, false));
    press(&mut app, "u u");
    assert!(screen(&app).contains("Nothing to undo"));
}
