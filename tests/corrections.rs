//! Corrections while reading, as pictures: keys in; what the status line says and the annotations out. A picture has a
//! line for each entity (its id, names, mentions) and each quote (its kind, speaker, words); a star is a person's
//! decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

mod stage;

use proptest::prelude::*;
use rawi::{
    annotation::{
        Annotations, Edit, Entity, EntityId, Item, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind,
        Rejected, Speaker,
    },
    text::{Document, Origin, Span},
    tui::{
        app::{
            App, Config, DocumentEvent, Effect, Event, ExportEvent, Format, Mouse, Overlay, Pointer,
            correct::subject::Subject,
            document::{Orphan, Persistence, Remembered},
            event::Preview,
            input::LineInput,
        },
        keymap::Keymap,
        strings::{Phrase, Strings},
    },
};
use stage::{Stage, compare, entity, press, screen};
use std::sync::Arc;

const TEXT: &str = "\
زار الوزير عمر حداد مدينة تونس أمس.
وقال حداد: «تونس جميلة في الشتاء».
ثم عاد عمر إلى بيروت.
";

const NOW: u64 = 1_790_000_000;

fn document() -> Arc<Document> {
    Arc::new(Document::new("visit", TEXT, Origin::default()))
}

fn span(words: &str, occurrence: usize) -> Span {
    stage::span(TEXT, words, occurrence)
}

fn found() -> Annotations {
    let mention = |id, entity, words, occurrence| Mention {
        confidence: 0.875,
        link_confidence: 0.9,
        ..stage::mention(id, entity, span(words, occurrence))
    };
    let speaker = Speaker { entity: Some(EntityId(1)), span: span("حداد", 1), confidence: 0.9 };
    let quote = Quote {
        id: QuoteId(1),
        kind: QuoteKind::Direct,
        span: span("تونس جميلة في الشتاء", 0),
        candidates: Vec::new(),
        speaker: Some(speaker),
        cue: Some(span("قال", 0)),
        confidence: 0.5,
        why: String::new(),
        provenance: Provenance::Model,
        note: None,
    };
    let mut annotations = Annotations {
        entities: vec![
            entity(1, Kind::Person, "عمر حداد", &["حداد"]),
            entity(2, Kind::Place, "تونس", &[]),
            entity(3, Kind::Person, "عمر", &[]),
        ],
        mentions: vec![
            mention(1, 1, "عمر حداد", 0),
            mention(2, 2, "تونس", 0),
            mention(3, 1, "حداد", 1),
            mention(4, 2, "تونس", 1),
            mention(5, 3, "عمر", 1),
        ],
        quotes: vec![quote],
        ..Annotations::default()
    };
    annotations.sort();
    annotations
}

fn reader(strings: Strings, size: (u16, u16)) -> App {
    let mut app = App::new(stage::config(strings), vec![document()], size);
    app.tell(Event::Time(NOW));
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found()), 100)));
    app.tell(remembered(Persistence::Saved));
    app
}

fn remembered(persistence: Persistence) -> Event {
    Event::Document(0, DocumentEvent::Remembered(Box::new(Remembered { persistence, ..Remembered::default() })))
}

fn article() -> App {
    reader(Strings::english(), (80, 24))
}

/// Writes a text key by key.
fn write(app: &mut App, text: &str) {
    for letter in text.chars() {
        app.tell(Event::Key(rawi::tui::keymap::Key::char(letter)));
    }
}

/// The status line's message, without the isolates.
fn told(app: &App) -> String {
    let text = app.notice.as_ref().map_or("", |notice| &notice.text);
    text.chars().filter(|letter| !('\u{2066}'..='\u{2069}').contains(letter)).collect()
}

fn picture(annotations: &Annotations) -> String {
    let document = document();
    let star = |by: Provenance| match by {
        Provenance::Model => "",
        Provenance::Person(NOW) => "*",
        _ => " by somebody else",
    };
    let mut lines = Vec::new();
    for entity in &annotations.entities {
        let mentions = annotations.mentions_of(entity.id);
        let mentions: Vec<String> =
            mentions.map(|m| format!("{}{}", document.slice(m.span), star(m.provenance))).collect();
        let names: Vec<&str> = std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str).collect();
        lines.push(format!("{entity}{} {}: {}", star(entity.provenance), names.join("/"), mentions.join(", ")));
    }
    for quote in &annotations.quotes {
        let speaker = quote.speaker.as_ref().map_or_else(
            || "nobody".to_owned(),
            |speaker| match speaker.entity.and_then(|id| annotations.entity(id)) {
                Some(entity) => entity.to_string(),
                None => document.slice(speaker.span).to_owned(),
            },
        );
        let kind = if quote.kind == QuoteKind::Direct { "direct" } else { "indirect" };
        lines.push(format!("{kind}{} {speaker}: {}", star(quote.provenance), document.slice(quote.span)));
    }
    lines.join("\n")
}

const OMAR: &str = "p1 عمر حداد/حداد: عمر حداد, حداد";
const TUNIS: &str = "l2 تونس: تونس, تونس";
const OTHER: &str = "p3 عمر: عمر";
const QUOTE: &str = "direct p1: تونس جميلة في الشتاء";

/// Keys in an article; what is said and the annotations that follow. Then undone and made again.
fn check(keys: &str, said: &str, lines: &[&str]) -> App {
    let mut app = article();
    let effects = press(&mut app, keys);
    assert_eq!(effects, [Effect::Save(0)], "{keys}: one edit, saved at once: {}", told(&app));
    assert_eq!(told(&app), said, "{keys}");
    let after = app.documents.here().annotations.clone();
    assert_eq!(picture(&after), lines.join("\n"), "{keys}");
    assert_eq!(press(&mut app, "u"), [Effect::Save(0)]);
    assert_eq!(app.documents.here().annotations, found(), "{keys}, taken back");
    assert_eq!(told(&app), format!("Undone: {said}"));
    assert_eq!(press(&mut app, "ctrl-r"), [Effect::Save(0)]);
    assert_eq!(app.documents.here().annotations, after, "{keys}, made again");
    app
}

#[test]
fn the_beginning() {
    assert_eq!(picture(&article().documents.here().annotations), [OMAR, TUNIS, OTHER, QUOTE].join("\n"));
}

#[test]
fn accept_and_reject() {
    check("] a", "Accepted: عمر حداد", &["p1 عمر حداد/حداد: عمر حداد*, حداد", TUNIS, OTHER, QUOTE]);
    check("tab j a", "Accepted: عمر حداد", &["p1* عمر حداد/حداد: عمر حداد*, حداد*", TUNIS, OTHER, QUOTE]);
    check("} a", "Accepted: تونس جميلة في الشتاء", &[OMAR, TUNIS, OTHER, "direct* p1: تونس جميلة في الشتاء"]);
    check("] ] x", "Rejected: تونس", &[OMAR, "l2 تونس: تونس", OTHER, QUOTE]);
    check("tab j x", "Rejected: عمر حداد", &[TUNIS, OTHER, "direct حداد: تونس جميلة في الشتاء"]);
    check("} x", "Rejected: تونس جميلة في الشتاء", &[OMAR, TUNIS, OTHER]);
    let app = check("] c tab a", "Accepted: عمر حداد", &["p1* عمر حداد/حداد: عمر حداد*, حداد*", TUNIS, OTHER, QUOTE]);
    assert_eq!(
        Subject::of(&app.context()),
        Subject::of(&article_with("]").context()),
        "what was accepted stays under the cursor"
    );
}

fn article_with(keys: &str) -> App {
    let mut app = article();
    press(&mut app, keys);
    app
}

#[test]
fn another_kind_or_name() {
    check("] ] c o", "Organization: تونس", &[OMAR, "o2* تونس: تونس*, تونس*", OTHER, QUOTE]);
    check("] ] c p", "Person: تونس", &[OMAR, "p2* تونس: تونس*, تونس*", OTHER, QUOTE]);
    check(
        "] c l",
        "Place: عمر حداد",
        &["l1* عمر حداد/حداد: عمر حداد*, حداد*", TUNIS, OTHER, "direct l1: تونس جميلة في الشتاء"],
    );
    let mut app = article_with("] c r ctrl-u");
    write(&mut app, "عمر بن حداد");
    assert_eq!(press(&mut app, "enter"), [Effect::Save(0)]);
    assert_eq!(told(&app), "عمر حداد renamed to عمر بن حداد");
    assert_eq!(
        picture(&app.documents.here().annotations).lines().next().unwrap(),
        "p1* عمر بن حداد/حداد/عمر حداد: عمر حداد, حداد"
    );
    assert!(press(&mut app, "] c r ctrl-u enter").is_empty());
    assert_eq!(told(&app), "A name needs letters");
}

#[test]
fn a_line_is_corrected_where_it_is_wrong() {
    // The line is Arabic: right is back, left is on.
    let name = |keys: &str, text: &str, more: &str| {
        let mut app = article_with(&format!("] c r {keys}"));
        write(&mut app, text);
        press(&mut app, more);
        press(&mut app, "enter");
        app.documents.here().annotations.entity(EntityId(1)).unwrap().name.clone()
    };
    assert_eq!(name("ctrl-right", "بن ", "left"), "عمر بن حداد");
    assert_eq!(name("home delete delete left", "ا", "end backspace"), "را حدا");
    assert_eq!(name("right right backspace", "بـ", "end"), "عمر حبـاد");
    assert_eq!(name("ctrl-right ctrl-u", "سعد ", "home"), "سعد حداد");
    // A line begins at its end, also after another that was left in its middle.
    let mut app = article_with("] c r home esc c n");
    write(&mut app, "نعم");
    assert_eq!(app.line().map(LineInput::text), Some("نعم"));
    press(&mut app, "home");
    app.tell(Event::Paste("قال ".into()));
    assert_eq!(app.line().map(LineInput::text), Some("قالنعم"), "pasted text is trimmed");
    press(&mut app, "esc");
    // The same keys where one searches, and chooses an action.
    press(&mut app, "/");
    write(&mut app, "دينة");
    press(&mut app, "home");
    write(&mut app, "م");
    assert_eq!((app.line().map(LineInput::text), app.documents.here().hits.len()), (Some("مدينة"), 1));
    press(&mut app, "esc : ctrl-a");
    write(&mut app, "a");
    assert_eq!(app.line().map(LineInput::text), Some("a"));
}

/// Names of what was rejected, as the list has them; enter brings the chosen one back.
#[test]
fn what_was_rejected_is_brought_back() {
    let mut app = article();
    press(&mut app, "R");
    assert_eq!((told(&app).as_str(), &app.overlay), ("Nothing has been rejected", &Overlay::None));
    press(&mut app, "] ] x } x tab g j j x R");
    let rejected = |app: &App| app.documents.here().annotations.rejected.len();
    assert_eq!(rejected(&app), 3);
    look("rejected", &app);
    assert_eq!(press(&mut app, "end enter"), [Effect::Save(0)]);
    assert_eq!(told(&app), "Person: عمر");
    press(&mut app, "R down enter R enter");
    let tunis = "l2* تونس: تونس*, تونس";
    let back = [OMAR, tunis, "p3* عمر: عمر*", &QUOTE.replace("direct", "direct*")].join("\n");
    assert_eq!((picture(&app.documents.here().annotations), rejected(&app)), (back, 0));
    press(&mut app, "u u");
    assert_eq!(rejected(&app), 2, "taken back again");

    // What was rejected when the document was open before, also what the extractor does not find.
    let item = |words: &str, kind| Rejected { span: span(words, 0), kind, at: 7 };
    let annotations = Annotations {
        rejected: vec![item("بيروت", Some(Kind::Place)), item("تونس جميلة في الشتاء", None), item("أمس", None)],
        ..Annotations::default()
    };
    let mut app = App::new(stage::config(Strings::english()), vec![document()], (80, 24));
    app.tell(Event::Time(NOW));
    let memory = Remembered { annotations, persistence: Persistence::Saved, ..Remembered::default() };
    app.tell(Event::Document(0, DocumentEvent::Remembered(Box::new(memory))));
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found()), 100)));
    assert_eq!(picture(&app.documents.here().annotations), [OMAR, TUNIS, OTHER].join("\n"));
    press(&mut app, "R down enter R down enter R enter");
    assert_eq!(
        picture(&app.documents.here().annotations),
        [OMAR, TUNIS, OTHER, "l4* بيروت: بيروت*", "direct* nobody: أمس", &QUOTE.replace("direct", "direct*")]
            .join("\n")
    );
    // Nothing comes back where nothing can be corrected.
    let mut app = article_with("] ] x");
    app.tell(remembered(Persistence::ReadOnly));
    assert!(press(&mut app, "R enter").is_empty());
    assert_eq!(rejected(&app), 1);
}

#[test]
fn two_are_one_and_one_is_two() {
    // The nearest of the same kind is offered first: for عمر that is عمر حداد.
    check(
        "tab j j c m enter",
        "Merged عمر into عمر حداد",
        &["p1* عمر حداد/حداد/عمر: عمر حداد, حداد, عمر*", TUNIS, QUOTE],
    );
    check("] ] ] c s", "Split off: حداد", &["p1* عمر حداد: عمر حداد", TUNIS, "p4* حداد: حداد*", OTHER, QUOTE]);
    let mut app = article_with("] ] ] c w");
    write(&mut app, "omar");
    press(&mut app, "down down up");
    write(&mut app, "x");
    press(&mut app, "ctrl-u");
    write(&mut app, "عمر");
    assert_eq!(press(&mut app, "enter"), [Effect::Save(0)], "{}", told(&app));
    assert_eq!(told(&app), "حداد linked to عمر");
    assert_eq!(
        picture(&app.documents.here().annotations),
        ["p1* عمر حداد: عمر حداد", TUNIS, "p3* عمر/حداد: حداد*, عمر", QUOTE].join("\n")
    );
}

#[test]
fn ends_go_by_word_and_by_letter() {
    let wider = "l2* تونس/مدينة تونس: مدينة تونس*, تونس";
    check("] ] c e tab right enter", "New bounds: مدينة تونس", &[OMAR, wider, OTHER, QUOTE]);
    check("] ] c e left enter", "New bounds: تونس أمس", &[OMAR, "l2* تونس/تونس أمس: تونس أمس*, تونس", OTHER, QUOTE]);
    check("] ] c e shift-right enter", "New bounds: تون", &[OMAR, "l2* تونس/تون: تون*, تونس", OTHER, QUOTE]);
    check("] c e right enter", "New bounds: عمر", &["p1* عمر/حداد: عمر*, حداد", TUNIS, OTHER, QUOTE]);
    check("} c e right right enter", "New bounds: تونس جميلة", &[OMAR, TUNIS, OTHER, "direct* p1: تونس جميلة"]);
    let mut app = article_with("] ] c e left esc");
    assert_eq!((app.marked, told(&app)), (None, String::new()), "let go, nothing has changed");
    assert!(press(&mut app, "] c e enter").is_empty(), "the same ends are no edit");
}

#[test]
fn what_was_missed_is_added() {
    // From the last name on: v marks it, w the words after it.
    let beirut = "l4* بيروت: بيروت*";
    check("] ] ] ] ] v w w enter l", "Place: بيروت", &[OMAR, TUNIS, OTHER, beirut, QUOTE]);
    check(
        "] ] ] ] ] v w w enter w down enter",
        "بيروت linked to تونس",
        &[OMAR, "l2* تونس/بيروت: تونس, تونس, بيروت*", OTHER, QUOTE],
    );
    let mut app = article();
    press(&mut app, "] ] v w enter");
    assert_eq!(press(&mut app, "p"), [Effect::Save(0)]);
    assert_eq!(told(&app), "Person: أمس");
    // A word that is known by that name joins the one that has it.
    let mut app = article_with("] ] ] ] ] x");
    press(&mut app, "g v b");
    let marked = span("عمر", 1);
    app.marked = Some(marked);
    press(&mut app, "esc");
    drag(&mut app, marked);
    assert_eq!(told(&app), "Selected: c name or quote, y copies, Esc clears");
    assert_eq!(press(&mut app, "c p"), [Effect::Save(0)]);
    assert_eq!(told(&app), "Person: عمر");
    let last = "direct* nobody: عاد عمر";
    check("] ] ] ] ] v tab right enter d", "Quote added: عاد عمر", &[OMAR, TUNIS, OTHER, QUOTE, last]);
    check(
        "] ] ] ] ] v tab right enter i",
        "Quote added: عاد عمر",
        &[OMAR, TUNIS, OTHER, QUOTE, &last.replace("direct", "indirect")],
    );
}

/// Draws the mouse over a span.
fn drag(app: &mut App, span: Span) {
    let cells: Vec<(u16, u16)> = (0..24).flat_map(|row| (0..80).map(move |column| (column, row))).collect();
    let at = |app: &App, offset: usize| {
        cells.iter().copied().find(|&(column, row)| app.context().offset_at(column, row) == Some(offset)).unwrap()
    };
    let (first, last) = (at(app, span.start), at(app, rawi::text::floor(TEXT, span.end - 1)));
    for (pointer, (column, row)) in [(Pointer::Press, first), (Pointer::Drag, last), (Pointer::Release, last)] {
        app.tell(Event::Mouse(Mouse { pointer, column, row }));
    }
    assert_eq!(app.marked, Some(span));
}

#[test]
fn a_quote_has_a_kind_and_a_speaker() {
    let words = "تونس جميلة في الشتاء";
    check("} c i", "Indirect quote", &[OMAR, TUNIS, OTHER, &format!("indirect* p1: {words}")]);
    check("} c b down enter", "Speaker: عمر", &[OMAR, TUNIS, OTHER, &format!("direct* p3: {words}")]);
    check(
        "} c b up up down down down down enter",
        "No speaker",
        &[OMAR, TUNIS, OTHER, &format!("direct* nobody: {words}")],
    );
    // Words of the text that name nobody: from those that are said to speak now, a word back.
    check(
        "} c b down down down enter b enter",
        "Speaker: وقال",
        &[OMAR, TUNIS, OTHER, &format!("direct* وقال: {words}")],
    );
}

#[test]
fn a_note_on_anything() {
    for (open, item) in
        [("]", Item::Mention(MentionId(1))), ("tab j", Item::Entity(EntityId(1))), ("}", Item::Quote(QuoteId(1)))]
    {
        let mut app = article_with(open);
        press(&mut app, "c n");
        write(&mut app, "هل هو عمر الآخر؟");
        assert_eq!(press(&mut app, "enter"), [Effect::Save(0)]);
        assert!(told(&app).starts_with("Note on "), "{}", told(&app));
        assert_eq!(app.documents.here().note(item), Some("هل هو عمر الآخر؟"));
        assert!(screen(&app).contains("Note: "), "the note is in the detail");
        press(&mut app, "c n ctrl-u enter");
        assert!(told(&app).starts_with("Note removed"), "{}", told(&app));
        assert_eq!(app.documents.here().annotations, found());
    }
}

#[test]
fn what_cannot_be_corrected_is_said() {
    let mut app = article();
    assert!(press(&mut app, "a").is_empty());
    assert!(told(&app).starts_with("Nothing to correct here"), "{}", told(&app));
    press(&mut app, "} c");
    assert!(press(&mut app, "m").is_empty());
    assert_eq!(told(&app), "That does not apply to the selection");
    // A person's mention is in the way of another.
    let app = article_with("] a ] c e tab right right enter");
    assert_eq!(told(&app), "This overlaps a name you accepted; reject that one first");
    for (persistence, said) in [
        (Persistence::Pending, "Still reading the file"),
        (Persistence::ReadOnly, "Read-only: another rawi has this document open"),
    ] {
        let mut app = article();
        app.tell(remembered(persistence));
        assert!(press(&mut app, "] x").is_empty());
        assert_eq!(told(&app), said);
        assert_eq!(app.documents.here().annotations, found());
    }
}

#[test]
fn what_a_person_decided_stands_when_the_extractor_comes_with_more() {
    let mut app = article_with("] ] x tab g j c m enter");
    let mut more = found();
    more.entities.push(Entity { id: EntityId(4), name: "بيروت".into(), ..more.entities[1].clone() });
    more.mentions.push(Mention {
        id: MentionId(6),
        entity: EntityId(4),
        span: span("بيروت", 0),
        ..more.mentions[0].clone()
    });
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(more.clone()), 100)));
    assert_eq!(
        picture(&app.documents.here().annotations),
        [
            "p3* عمر/عمر حداد/حداد: عمر حداد*, حداد*, عمر",
            "l2 تونس: تونس",
            "l4 بيروت: بيروت",
            "direct p3: تونس جميلة في الشتاء"
        ]
        .join("\n")
    );
    // What is taken back gives way to what was found since.
    press(&mut app, "u u");
    assert_eq!(app.documents.here().annotations, more);
    press(&mut app, "U U");
    assert!(picture(&app.documents.here().annotations).contains("l4 بيروت: بيروت"));
    assert!(picture(&app.documents.here().annotations).contains("l2 تونس: تونس\n"));
}

#[test]
fn what_is_remembered_comes_before_or_after_what_is_found() {
    let document = document();
    let mut saved = found();
    saved.apply(&document, &Edit::Rename(EntityId(1), "عمر بن حداد".into()), NOW).unwrap();
    let memory = Remembered {
        annotations: saved.decided(),
        orphans: vec![Orphan { what: Phrase::LostMention, words: "صفاقس".into() }],
        persistence: Persistence::Saved,
        ..Remembered::default()
    };
    let events = [
        Event::Document(0, DocumentEvent::Remembered(Box::new(memory))),
        Event::Document(0, DocumentEvent::Found(Box::new(found()), 100)),
    ];
    for events in [events.clone(), [events[1].clone(), events[0].clone()]] {
        let mut app = App::new(
            Config { keymap: Keymap::shipped().0, strings: Strings::english(), ..Config::default() },
            vec![Arc::clone(&document)],
            (80, 24),
        );
        for event in events {
            app.tell(event);
        }
        assert_eq!(picture(&app.documents.here().annotations), picture(&saved));
        assert!(app.documents.here().orphans.len() == 1);
        press(&mut app, ": l o s t enter");
        assert!(screen(&app).contains("Corrections that no longer match"), "{}", screen(&app));
        press(&mut app, "esc");
    }
}

#[test]
fn places_outside_the_text_do_no_harm() {
    let mut app = article();
    let memory = Remembered {
        top: 7,
        marks: [('a', usize::MAX)].into(),
        persistence: Persistence::Saved,
        ..Remembered::default()
    };
    app.tell(Event::Document(0, DocumentEvent::Remembered(Box::new(memory))));
    assert!(TEXT.is_char_boundary(app.documents.here().top));
    press(&mut app, "' a");
    screen(&app);
    // A click that has not been let go while words are marked by keyboard.
    let (column, row) = (0..80)
        .map(|column| (column, 0))
        .find(|&(column, row)| app.context().offset_at(column, row) == Some(0))
        .unwrap();
    press(&mut app, "g v");
    app.tell(Event::Mouse(Mouse { pointer: Pointer::Press, column, row }));
    press(&mut app, "j k left right shift-left w b tab enter");
    screen(&app);
}

fn look(name: &str, app: &App) {
    compare(("corrections", name), &screen(app));
}

#[test]
fn the_dialogs_look_like_this() {
    look("mention", &article_with("] c"));
    look("entity", &article_with("tab j c"));
    look("quote", &article_with("} c"));
    look("words", &article_with("] ] ] ] ] v w w enter"));
    look("marking", &article_with("] ] ] ] ] v w"));
    look("merge", &article_with("tab j j c m"));
    look("speaker", &article_with("} c b"));
    look("rename", &article_with("] c r"));
    look("decided", &article_with("] a"));
    look("export", &exporting(80));
    look("export-narrow", &exporting(50));
    let mut arabic = reader(Strings::arabic(), (100, 24));
    press(&mut arabic, "] a ] c");
    look("arabic", &arabic);
}

/// The export dialog over a screen of so many columns.
fn exporting(columns: u16) -> App {
    let format = |name: &str, ending: &str| Format { name: name.into(), ending: ending.into() };
    let formats = vec![format("json", "json"), format("conll", "conll"), format("tei", "xml")];
    let config = Config { formats, ..stage::config(Strings::english()) };
    let mut app = App::new(config, vec![document()], (columns, 24));
    assert_eq!(press(&mut app, "e"), [Effect::Preview(0, "json".into())]);
    assert_eq!(press(&mut app, "down"), [Effect::Preview(0, "conll".into())]);
    app.tell(Event::Export(ExportEvent::Name("visit-2.conll".into())));
    app.tell(Event::Export(ExportEvent::Preview(Box::new(Preview {
        format: "conll".into(),
        lines: ["# text = زار الوزير", "زار\tO", "الوزير\tO", "عمر\tB-PER", "حداد\tI-PER"].map(String::from).into(),
        left_out: vec![(Phrase::LossAliases, 1), (Phrase::LossQuotes, 1)],
    }))));
    app
}

#[test]
fn an_export_is_asked_about_before_it_writes_over_a_file() {
    let mut app = exporting(80);
    let export = |path: &str, over| Effect::Export { document: 0, format: "tei".into(), path: path.into(), over };
    press(&mut app, "ctrl-u");
    write(&mut app, "report.conll");
    press(&mut app, "down");
    assert_eq!(app.line().map(LineInput::text), Some("report.xml"), "a typed name takes the ending of the format");
    assert_eq!(press(&mut app, "enter"), [export("report.xml", false)]);
    app.tell(Event::Export(ExportEvent::Taken("report.xml".into())));
    assert!(screen(&app).contains("report.xml exists"), "{}", screen(&app));
    assert_eq!(press(&mut app, "enter"), [export("report.xml", true)]);
    write(&mut app, "2");
    assert_eq!(press(&mut app, "enter"), [export("report.xml2", false)], "another name is asked about again");
    app.tell(Event::Export(ExportEvent::Done("report.xml2".into())));
    assert_eq!((told(&app).as_str(), &app.overlay), ("Exported to report.xml2", &Overlay::None));
    press(&mut app, "e ctrl-u enter");
    assert_eq!(told(&app), "The file needs a name");
}

#[test]
fn every_dialog_has_a_picture_in_every_size() {
    for size in [(0, 0), (1, 1), (10, 3), (30, 8), (57, 10), (200, 60)] {
        for keys in ["] c", "] c m", "} c b", "] c r", "v", "v enter", "tab j c n"] {
            let mut app = reader(Strings::arabic(), size);
            press(&mut app, keys);
            screen(&app);
            app.tell(Event::Mouse(Mouse { pointer: Pointer::Press, column: size.0 / 2, row: size.1 / 2 }));
            app.tell(Event::Mouse(Mouse { pointer: Pointer::Release, column: size.0 / 2, row: size.1 / 2 }));
            screen(&app);
        }
    }
}

/// What a person might press, each from wherever the last one led.
const KEYS: &[&str] = &[
    "]",
    "[",
    "}",
    "{",
    "tab",
    "j",
    "k",
    "esc",
    "g",
    "a",
    "x",
    "c p",
    "c o",
    "c l",
    "c d",
    "c i",
    "c s",
    "c m enter",
    "c m down enter",
    "c w enter",
    "c b enter",
    "c b down down down enter enter",
    "c r ا enter",
    "c n ب enter",
    "c n ctrl-u enter",
    "c e left enter",
    "c e shift-right enter",
    "c e tab right enter",
    "c tab a",
    "v enter p",
    "v w enter l",
    "v left enter w enter",
    "v j left enter d",
    "v b enter i",
    "R enter",
    "R down enter",
    "esc esc esc",
];

/// Whether keys are about a correction: without anything to correct, those of the menu mean something else, as do those
/// of the list of what was rejected.
fn fits(app: &App, keys: &str) -> bool {
    let rejected = !app.documents.here().annotations.rejected.is_empty();
    (Subject::of(&app.context()).is_some() || !keys.starts_with("c ")) && (rejected || !keys.starts_with('R'))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Fifty corrections through the keys, undone and redone at random in between: every state is one that was seen
    /// before, in order; each is saved; and all of them taken back give the beginning.
    #[test]
    fn fifty_corrections_undone_and_redone_end_where_they_should(steps in prop::collection::vec((0u8..8, 0..KEYS.len()), 400)) {
        let mut app = article();
        let (mut states, mut at) = (vec![found()], 0usize);
        for (what, keys) in steps {
            // Nothing is open: u and U are what they are in the text.
            press(&mut app, "esc esc esc");
            let effects = match what {
                0 => {
                    at = at.saturating_sub(1);
                    press(&mut app, "u")
                }
                1 => {
                    at = (at + 1).min(states.len() - 1);
                    press(&mut app, "U")
                }
                _ if states.len() < 51 && fits(&app, KEYS[keys]) => {
                    let before = app.documents.here().history.depth().0;
                    let effects = press(&mut app, KEYS[keys]);
                    if app.documents.here().history.depth().0 > before {
                        states.truncate(at + 1);
                        states.push(app.documents.here().annotations.clone());
                        at += 1;
                        prop_assert_eq!(effects, [Effect::Save(0)]);
                    } else {
                        prop_assert_eq!(effects, []);
                    }
                    Vec::new()
                }
                _ => Vec::new(),
            };
            prop_assert!(effects.iter().all(|effect| *effect == Effect::Save(0)));
            prop_assert_eq!(&app.documents.here().annotations, &states[at]);
            prop_assert_eq!(app.documents.here().history.depth(), (at, states.len() - 1 - at));
        }
        press(&mut app, "esc esc esc");
        for _ in 0..at {
            press(&mut app, "u");
        }
        prop_assert_eq!(&app.documents.here().annotations, &found());
        for _ in 0..states.len() {
            press(&mut app, "U");
        }
        prop_assert_eq!(&app.documents.here().annotations, states.last().unwrap());
    }

    /// The same, while the extractor comes again and again: what a person decided is what it would be without it.
    #[test]
    fn the_extractor_may_come_at_any_time(steps in prop::collection::vec((0u8..8, 0..KEYS.len()), 120)) {
        let (mut app, mut quiet) = (article(), article());
        for (what, keys) in steps {
            let keys = match what {
                0 => "u",
                1 => "U",
                2 => {
                    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found()), 100)));
                    continue;
                }
                _ if fits(&app, KEYS[keys]) => KEYS[keys],
                _ => continue,
            };
            for app in [&mut app, &mut quiet] {
                press(app, "esc esc esc");
                press(app, keys);
            }
            prop_assert_eq!(picture(&app.documents.here().annotations), picture(&quiet.documents.here().annotations));
        }
    }
}
