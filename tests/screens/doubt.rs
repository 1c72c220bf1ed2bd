//! Speakers in doubt are not named: «?» stands in their place, and those who may have spoken are offered with their
//! chances. What is doubtful is gone through one after another.

use super::{ARTICLE, document, findings, press, reader};
use crate::stage::{Stage, screen, span};
use rawi::{
    annotation::{Annotations, Candidate, EntityId, Provenance, QuoteId},
    tui::{
        app::{
            App, DocumentEvent, Effect, Event, Overlay,
            document::{Persistence, Remembered},
        },
        strings::Strings,
    },
};

/// The article with a speaker of 41 per cent for its first quote.
fn doubted() -> Annotations {
    let mut found = findings();
    let quote = &mut found.quotes[0];
    quote.speaker.as_mut().unwrap().confidence = 0.41;
    quote.candidates = vec![
        Candidate { entity: Some(EntityId(2)), span: span(ARTICLE, "الناصر", 1), chance: 0.41 },
        Candidate { entity: Some(EntityId(4)), span: span(ARTICLE, "يوسف حداد", 0), chance: 0.3 },
    ];
    found
}

fn article(strings: Strings) -> App {
    let mut app = reader((100, 24), strings, vec![document("library", ARTICLE)]);
    let memory = Remembered { persistence: Persistence::Session, ..Remembered::default() };
    app.tell(Event::Document(0, DocumentEvent::Remembered(Box::new(memory))));
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(doubted()), 100)));
    app
}

#[test]
fn a_speaker_in_doubt_is_a_question_mark_until_a_key_names_all() {
    for (strings, mark) in [(Strings::english(), "?:"), (Strings::arabic(), "؟:")] {
        let mut app = article(strings);
        press(&mut app, "}");
        assert!(screen(&app).contains(&crate::stage::shown(mark)), "{}", screen(&app));
        press(&mut app, "D");
        assert!(!screen(&app).contains(&crate::stage::shown(mark)), "{}", screen(&app));
        press(&mut app, "u");
        assert!(screen(&app).contains(&crate::stage::shown(mark)));
    }
    let mut app = article(Strings::english());
    press(&mut app, "} s");
    assert_eq!(app.notice.as_ref().unwrap().text, "Speaker in doubt");
    press(&mut app, "tab g j j j");
    let said = app.documents.here().index.said.get(&EntityId(2));
    assert!(said.is_none(), "what is in doubt is in nobody's list: {said:?}");
}

#[test]
fn the_dialog_of_corrections_offers_who_may_have_spoken_with_their_chances() {
    let mut app = article(Strings::english());
    press(&mut app, "} c b");
    let list = app.overlay.list(&app.context()).unwrap();
    let keys: Vec<&str> = list.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys[..2], ["41%", "30%"], "{list:?}");
    assert_eq!(list.lines[1].text, "يوسف حداد");
    assert_eq!(press(&mut app, "down enter"), Some(Effect::Save(0)));
    let quote = app.documents.here().quote(QuoteId(1)).unwrap();
    assert_eq!(quote.speaker.as_ref().unwrap().entity, Some(EntityId(4)));
    assert!(!quote.is_doubtful(0.6));
}

#[test]
fn what_is_doubtful_is_gone_through_and_accepted_by_one_key() {
    let mut found = doubted();
    found.mentions[5].confidence = 0.3;
    let mut app = article(Strings::english());
    app.tell(Event::Document(0, DocumentEvent::Found(Box::new(found), 100)));
    press(&mut app, "w");
    assert!(screen(&app).contains("In doubt: 2"), "{}", screen(&app));
    assert_eq!(press(&mut app, "a"), Some(Effect::Save(0)));
    assert!(screen(&app).contains("In doubt: 1"), "{}", screen(&app));
    assert_eq!(app.documents.here().document.slice(app.documents.here().cursor), "يوسف حداد");
    press(&mut app, "x");
    assert_eq!(app.overlay, Overlay::None);
    let here = app.documents.here();
    assert!(matches!(here.quote(QuoteId(1)).unwrap().provenance, Provenance::Person(_)));
    press(&mut app, "w");
    assert_eq!(app.notice.as_ref().unwrap().text, "Nothing is in doubt");
}

#[test]
fn direct_and_indirect_speech_look_different_without_colour() {
    let mut app = article(Strings::english());
    press(&mut app, "tab G");
    let screen = screen(&app);
    let row = |words: &str| {
        screen.lines().find(|line| line.contains(&crate::stage::shown(words))).unwrap_or_default().to_owned()
    };
    assert!(row("وقالت").ends_with('│') && row("ورأى").ends_with('╏'), "{screen}");
    assert!(screen.contains(&crate::stage::shown("«انتظر أهل")), "{screen}");
}
