//! How long a frame takes: an event, what follows from it, and the drawing of a screen of 200 by 60, in a document of
//! 1 MiB with 5,000 mentions and 1,000 quotes. `cargo bench --bench frame`. The bound is 8 ms: a key is answered before
//! the next frame of a screen that shows 120 of them a second.

#![expect(clippy::unwrap_used, reason = "a bench stops where it cannot go on")]

use divan::Bencher;
use ratatui::{Terminal, backend::TestBackend};
use rawi::{
    annotation::{
        Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Role, Speaker,
    },
    layout,
    text::{Document, Origin, Span},
    tui::{
        app::{App, Config, DocumentEvent, Event},
        keymap::Keymap,
        strings::Strings,
        theme::Theme,
        view,
    },
};
use std::sync::Arc;

fn main() {
    divan::main();
}

const SIZE: (u16, u16) = (200, 60);
const PEOPLE: usize = 500;

/// 1,000 paragraphs of about 1 KiB with five names and a quote in each.
fn article() -> (Arc<Document>, Annotations) {
    let filler = "وكان موسم الصيد في ذلك العام أفضل المواسم، ثم هجر كثير من البحارة المدينة إلى أعمال أخرى. ";
    let given = ["ليث", "هناء", "محمود", "سلمى", "إلياس", "نادين", "غريغور", "يوسف", "مريم", "خالد"];
    let (mut text, mut found) = ("خبر طويل عن ميناء قديم\n".to_owned(), Annotations::default());
    for number in 0..PEOPLE {
        let kind = Kind::ALL.get(number % 3).copied().unwrap();
        let name = format!("{} الرقم{number}", given.get(number % 10).unwrap());
        found.entities.push(Entity {
            id: EntityId(number as u32),
            kind,
            name,
            aliases: vec![format!("الرقم{number}")],
            roles: vec![Role { text: "وزير النقل".to_owned(), span: Span::new(0, 0), confidence: 1.0 }],
            provenance: Provenance::Model,
            note: None,
        });
    }
    for paragraph in 0..1000u32 {
        let mut speaker = None;
        for place in 0..5 {
            // One person of the first rank: every fifth mention is theirs.
            let who = if place == 0 { 0 } else { (paragraph as usize * 5 + place) % PEOPLE };
            let entity = found.entities.get(who).unwrap();
            text.push_str("وقال ");
            let span = Span::new(text.len(), text.len() + entity.name.len());
            text.push_str(&entity.name);
            text.push_str(" إن الأمر هين. ");
            speaker = Some(Speaker { entity: Some(entity.id), span, confidence: 1.0 });
            found.mentions.push(Mention {
                id: MentionId(found.mentions.len() as u32),
                entity: EntityId(who as u32),
                span,
                confidence: 1.0,
                link_confidence: 1.0,
                provenance: Provenance::Model,
                note: None,
            });
        }
        text.push('«');
        let start = text.len();
        text.push_str(filler);
        found.quotes.push(Quote {
            id: QuoteId(paragraph),
            kind: QuoteKind::Direct,
            span: Span::new(start, text.len()),
            candidates: Vec::new(),
            speaker,
            cue: None,
            confidence: 1.0,
            why: String::new(),
            provenance: Provenance::Model,
            note: None,
        });
        text.push('»');
        while text.len() < (paragraph as usize + 1) * (1 << 20) / 1000 {
            text.push_str(filler);
        }
        text.push('\n');
    }
    (Arc::new(Document::new("long", text, Origin::default())), found)
}

fn reader() -> App {
    let config = Config {
        keymap: Keymap::shipped().0,
        strings: Strings::english(),
        layout: layout::Options::default(),
        order: layout::Order::Visual,
        ..Config::default()
    };
    let (document, found) = article();
    let mut app = App::new(config, vec![document], SIZE);
    tell(&mut app, Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
    app
}

/// Tells the reader what happened; its effects are nobody's here.
fn tell(app: &mut App, event: Event) {
    app.handle(event).into_iter().for_each(drop);
}

fn press(app: &mut App, keys: &str) {
    for key in keys.split(' ').filter(|key| !key.is_empty()) {
        tell(app, Event::Key(key.parse().unwrap()));
    }
}

/// `before` once, then each of `keys` in turn with a frame after it.
fn frames(bencher: Bencher<'_, '_>, before: &str, keys: &[&str]) {
    let (mut app, theme) = (reader(), Theme::shipped("dark").0);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    press(&mut app, before);
    terminal.draw(|frame| view::draw(&app, &theme, frame)).unwrap();
    let mut keys = keys.iter().cycle();
    bencher.bench_local(|| {
        press(&mut app, keys.next().unwrap());
        terminal.draw(|frame| view::draw(&app, &theme, frame)).unwrap();
    });
}

#[divan::bench]
fn scroll(bencher: Bencher<'_, '_>) {
    frames(bencher, "", &["j"]);
}

#[divan::bench]
fn scroll_by_screens(bencher: Bencher<'_, '_>) {
    frames(bencher, "", &["space"]);
}

#[divan::bench]
fn to_the_end_and_back(bencher: Bencher<'_, '_>) {
    frames(bencher, "", &["G", "g"]);
}

#[divan::bench]
fn select_in_the_panel(bencher: Bencher<'_, '_>) {
    frames(bencher, "tab j", &["j"]);
}

#[divan::bench]
fn next_of_a_thousand_mentions(bencher: Bencher<'_, '_>) {
    frames(bencher, "tab j", &["n"]);
}

#[divan::bench]
fn next_name(bencher: Bencher<'_, '_>) {
    frames(bencher, "", &["]"]);
}

#[divan::bench]
fn sort(bencher: Bencher<'_, '_>) {
    frames(bencher, "", &["t"]);
}

#[divan::bench]
fn filter_while_typing(bencher: Bencher<'_, '_>) {
    frames(bencher, "f", &["ن", "ا", "د", "ي", "ن", "ctrl-u"]);
}

#[divan::bench]
fn filter_in_latin_letters(bencher: Bencher<'_, '_>) {
    frames(bencher, "f", &["n", "a", "d", "i", "n", "ctrl-u"]);
}

#[divan::bench]
fn search_while_typing(bencher: Bencher<'_, '_>) {
    frames(bencher, "/", &["ا", "ل", "م", "و", "س", "م", "ctrl-u"]);
}

#[divan::bench]
fn palette_while_typing(bencher: Bencher<'_, '_>) {
    frames(bencher, ":", &["s", "e", "a", "r", "c", "h", "ctrl-u"]);
}

#[divan::bench]
fn undo_and_redo(bencher: Bencher<'_, '_>) {
    frames(bencher, "+", &["u", "U"]);
}

#[divan::bench]
fn resize(bencher: Bencher<'_, '_>) {
    let (mut app, theme) = (reader(), Theme::shipped("dark").0);
    press(&mut app, "G");
    let mut columns = [200, 120, 80].into_iter().cycle();
    bencher.bench_local(|| {
        let columns = columns.next().unwrap();
        tell(&mut app, Event::Resize(columns, SIZE.1));
        let mut terminal = Terminal::new(TestBackend::new(columns, SIZE.1)).unwrap();
        terminal.draw(|frame| view::draw(&app, &theme, frame)).unwrap();
    });
}

#[divan::bench]
fn findings_arrive(bencher: Bencher<'_, '_>) {
    let (mut app, theme) = (reader(), Theme::shipped("dark").0);
    let found = app.documents.here().annotations.clone();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    bencher.with_inputs(|| found.clone()).bench_local_values(|found| {
        tell(&mut app, Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
        terminal.draw(|frame| view::draw(&app, &theme, frame)).unwrap();
    });
}
