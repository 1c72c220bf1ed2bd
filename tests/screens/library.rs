//! The library in the reader: its home page, the page of a person, a search in all of it, the way into documents and
//! back, decisions, and the quotes of a draft.

use super::{check, document, press};
use crate::{
    collection::Collection,
    stage::{self, screen, shown},
};
use rawi::{
    library::browse::Listed,
    tui::{
        action::LibraryAction,
        app::{
            App, Config, DocumentEvent, Event, Mouse, Pointer,
            library::{
                ask::{LibraryEvent, Reading, Remark},
                spot::{Subject, Tab},
            },
            selection::Selection,
        },
        keymap::Mode,
        strings::Strings,
    },
};

fn home(collection: &mut Collection, size: (u16, u16), strings: Strings) -> App {
    let config = Config { library: true, ..stage::config(strings) };
    let mut app = App::new(config, Vec::new(), size);
    collection.tell(&mut app, Event::Act(LibraryAction::Home.into()));
    let opened = LibraryEvent::Opened("/somewhere/library.sqlite".to_owned(), Vec::new(), Vec::new());
    collection.tell(&mut app, Event::Library(opened));
    app
}

#[test]
fn the_home_page_and_the_page_of_a_person() {
    let mut collection = Collection::new();
    for (strings, language) in [(Strings::english(), "en"), (Strings::arabic(), "ar")] {
        for size in [(80, 24), (100, 30)] {
            let mut app = home(&mut collection, size, strings);
            check(&format!("library-home-{language}-{}x{}", size.0, size.1), &app);
            collection.press(&mut app, "enter");
            check(&format!("library-person-{language}-{}x{}", size.0, size.1), &app);
        }
    }
}

#[test]
fn every_list_of_a_page_is_a_key_away() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    let mut seen = vec![app.library.tab];
    for _ in 0..4 {
        collection.press(&mut app, "tab");
        seen.push(app.library.tab);
    }
    assert_eq!(seen, Tab::of(Subject::Home));
    collection.press(&mut app, "left left");
    assert_eq!((app.library.subject, app.library.tab), (Subject::Home, Tab::Places));
    check("library-places", &app);
    collection.press(&mut app, "left left enter tab");
    check("library-quotes", &app);
    collection.press(&mut app, "tab");
    check("library-quotes-of-others", &app);
    collection.press(&mut app, "tab tab");
    check("library-documents-of-a-person", &app);
    collection.press(&mut app, "esc");
    assert_eq!((app.library.subject, app.library.tab), (Subject::Home, Tab::People));
}

#[test]
fn a_place_is_a_key_away_and_so_is_the_way_back() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    collection.press(&mut app, "enter j enter");
    let here = app.documents.here();
    assert_eq!((app.mode(), here.document.slice(here.cursor)), (Mode::Text, "القباني"));
    assert!(matches!(here.selected, Some(Selection::Entity(_))), "who is there is selected");
    // The places of this document, then those of the next one.
    collection.press(&mut app, "n");
    assert_eq!((app.documents.current(), app.documents.all().len()), (1, 2));
    collection.press(&mut app, "o");
    assert_eq!((app.documents.current(), app.mode()), (0, Mode::Text));
    collection.press(&mut app, "o");
    assert_eq!((app.mode(), app.library.subject), (Mode::Library, Subject::Entity(person(&app))));
    collection.press(&mut app, "o");
    assert_eq!(app.library.subject, Subject::Home);
    collection.press(&mut app, "i i");
    assert_eq!(app.mode(), Mode::Text);
    collection.press(&mut app, "H");
    assert_eq!((app.mode(), app.library.subject), (Mode::Library, Subject::Home));
    collection.press(&mut app, "esc");
    assert_eq!(app.mode(), Mode::Text);
    // Who is selected, over everything.
    collection.press(&mut app, "A");
    assert!(matches!(app.library.subject, Subject::Home), "two documents are open: they come first");
}

fn person(app: &App) -> i64 {
    match app.library.subject {
        Subject::Entity(id) => id,
        Subject::Home | Subject::Query(_) => 0,
    }
}

#[test]
fn a_list_is_narrowed_down_in_any_spelling_and_sorted() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    for (typed, found) in [("hagen", 1), ("هاجن", 1), ("الحل", 1), ("ولي", 2), ("كمال", 0), ("سلمى القب", 1)]
    {
        collection.press(&mut app, "f");
        collection.type_in(&mut app, typed);
        assert_eq!(app.library.list.total, Some(found), "{typed}");
        collection.press(&mut app, "esc");
    }
    assert_eq!(app.library.list.total, Some(8));
    collection.press(&mut app, "t");
    assert_eq!(app.notice.as_ref().unwrap().text, "Sorted by number of quotes");
    collection.press(&mut app, "tab tab tab f");
    collection.type_in(&mut app, "2026-10");
    assert_eq!(app.library.list.total, Some(4), "documents by date");
    collection.press(&mut app, "ctrl-u");
    collection.type_in(&mut app, "الموج");
    assert_eq!(app.library.list.total, Some(2), "and by outlet");
    collection.press(&mut app, "enter t");
    check("library-documents", &app);
    collection.press(&mut app, "enter");
    assert_eq!(app.mode(), Mode::Text);
}

#[test]
fn everything_is_searched_from_the_home_page() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (100, 30), Strings::english());
    collection.press(&mut app, "/");
    collection.type_in(&mut app, "الرصيف said-by:الحلواني");
    collection.press(&mut app, "enter");
    check("library-search", &app);
    collection.press(&mut app, "enter");
    let here = app.documents.here();
    assert_eq!(here.document.slice(here.cursor), "الرصيف");
    collection.press(&mut app, "o esc");
    collection.press(&mut app, "/ ( enter");
    assert!(app.library.list.fault.is_some(), "what is no query is said");
    collection.press(&mut app, "esc tab tab tab tab");
    assert_eq!((app.library.tab, app.library.list.total), (Tab::Searches, Some(2)));
    collection.press(&mut app, "j enter");
    assert_eq!(app.library.list.total, Some(1), "an earlier search is made again");
}

#[test]
fn two_are_made_one_and_taken_apart_again() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    collection.press(&mut app, "f");
    collection.type_in(&mut app, "البيطار");
    collection.press(&mut app, "enter c");
    check("library-decide", &app);
    collection.press(&mut app, "m");
    collection.type_in(&mut app, "سالم");
    check("library-merge", &app);
    collection.press(&mut app, "enter esc");
    assert_eq!(app.library.list.total, Some(7));
    collection.press(&mut app, "u");
    assert_eq!(app.library.list.total, Some(8));
    collection.press(&mut app, "U");
    assert_eq!(app.library.list.total, Some(7));
    collection.press(&mut app, "u G c x");
    assert_eq!(app.library.list.total, Some(7), "nobody is called so");
    collection.press(&mut app, "u g c r ctrl-u");
    collection.type_in(&mut app, "سلمى بنت القباني");
    collection.press(&mut app, "enter");
    assert!(screen(&app).contains(&shown("سلمى بنت القباني")));
    // In one document it is another.
    collection.press(&mut app, "u enter G c s esc");
    assert_eq!(app.library.list.total, Some(9));
    collection.press(&mut app, "u");
    assert_eq!(app.library.list.total, Some(8));
}

#[test]
fn a_library_that_cannot_be_asked_is_one_line_and_the_reader_lives_on() {
    let config = Config { library: true, ..stage::config(Strings::english()) };
    let mut app = App::new(config, vec![document("library", "نص قصير.\n")], (80, 24));
    press(&mut app, "H");
    let failed = LibraryEvent::Failed("library.sqlite: another program is writing to the library".to_owned());
    app.handle(Event::Library(failed)).into_iter().for_each(drop);
    check("library-fault", &app);
    press(&mut app, "esc");
    assert_eq!(app.mode(), Mode::Text);
    // Without one there is nothing to open.
    let mut app = App::new(stage::config(Strings::english()), vec![document("library", "نص قصير.\n")], (80, 24));
    press(&mut app, "H");
    assert_eq!(app.mode(), Mode::Text);
    assert!(app.notice.as_ref().unwrap().text.contains("--library"));
}

#[test]
fn of_a_source_that_is_gone_the_library_shows_its_own_text() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    let document = document("gone", "نص كان في ملف.\n");
    let reading = Reading { number: 99, document, date: None, place: Default::default(), remark: Some(Remark::Gone) };
    collection.tell(&mut app, Event::Library(LibraryEvent::Read(Box::new(reading))));
    assert!(app.notice.as_ref().unwrap().text.starts_with("The source is gone"));
    assert_eq!(app.mode(), Mode::Text);
}

#[test]
fn an_answer_to_another_question_changes_nothing() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    let effects = press(&mut app, "t");
    let Some(rawi::tui::app::Effect::Library(rawi::tui::app::library::ask::LibraryEffect::List(question))) = effects
    else {
        panic!("a list is asked for")
    };
    let mut other = question;
    other.typed = "قديم".to_owned();
    app.handle(Event::Library(LibraryEvent::List(other, Listed::default()))).into_iter().for_each(drop);
    assert_eq!(app.library.list.total, None);
}

#[test]
fn the_mouse_finds_lines_and_lists() {
    let mut collection = Collection::new();
    let mut app = home(&mut collection, (80, 24), Strings::english());
    let click = |column, row| Event::Mouse(Mouse { pointer: Pointer::Press, column, row });
    collection.tell(&mut app, click(20, 2));
    assert_eq!(app.library.tab, Tab::Organizations);
    collection.tell(&mut app, click(2, 2));
    collection.tell(&mut app, click(5, 6));
    assert_eq!(app.library.list.choice, 2);
    collection.tell(&mut app, click(5, 6));
    assert!(matches!(app.library.subject, Subject::Entity(_)));
}

#[test]
fn the_quotes_of_a_draft_carry_their_verdicts() {
    let mut collection = Collection::new();
    let text = include_str!("../tasks/draft.txt");
    for (strings, size, name) in [
        (Strings::english(), (80, 24), "library-check-en"),
        (Strings::arabic(), (100, 30), "library-check-ar"),
        (Strings::english(), (160, 30), "library-check-wide"),
    ] {
        let config = Config { library: true, ..stage::config(strings) };
        let draft = document("draft", text);
        let found = collection.extract(&draft);
        let mut app = App::new(config, vec![draft], size);
        collection.tell(&mut app, Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
        collection.press(&mut app, "Q } } }");
        check(name, &app);
        collection.press(&mut app, "enter");
        let here = app.documents.here();
        assert_eq!(
            (app.documents.current(), here.document.slice(here.cursor)),
            (1, "رأيت الرافعات بعيني، وهذا وعد تحقق")
        );
        collection.press(&mut app, "o");
        assert_eq!(app.documents.current(), 0);
    }
}
