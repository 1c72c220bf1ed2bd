//! A small library of made-up articles: `name|date|outlet|text`, where ⟦P1:…⟧ marks a mention, ⟦D P1:…⟧ a quote.

use super::{
    Added, Decision, Error, Library, Meta, Source,
    find::Hit,
    sources::{Filter, quoted},
};
use crate::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Speaker,
};
use crate::text::{Document, Origin, Span};
use std::collections::HashSet;
use std::path::Path;

/// An article with its marks taken out and annotated.
pub(crate) fn article(name: &str, marked: &str) -> (Document, Annotations) {
    let (mut text, mut found) = (String::new(), Annotations::default());
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text += rest.get(..at).unwrap();
        let opens = rest.get(at..).unwrap().starts_with('⟦');
        rest = rest.get(at + '⟦'.len_utf8()..).unwrap();
        if opens {
            let (head, left) = rest.split_once(':').unwrap();
            open.push((head.to_owned(), text.len()));
            rest = left;
            continue;
        }
        let (head, start) = open.pop().unwrap();
        let span = Span::new(start, text.len());
        let number = |id: &str| id.get(1..).unwrap().parse::<u32>().unwrap();
        if let Some(speaker) = head.strip_prefix("D ") {
            let speaker = (speaker != "?").then(|| Speaker {
                entity: Some(EntityId(number(speaker))),
                span: found.mentions.first().map_or(span, |mention| mention.span),
                confidence: 0.9,
            });
            let quote = Quote {
                id: QuoteId(u32::try_from(found.quotes.len()).unwrap()),
                kind: QuoteKind::Direct,
                span,
                speaker,
                cue: None,
                candidates: Vec::new(),
                confidence: 0.9,
                why: String::new(),
                provenance: Provenance::Model,
                note: None,
            };
            found.quotes.push(quote);
            continue;
        }
        let (id, kind) = (
            EntityId(number(&head)),
            match head.chars().next() {
                Some('P') => Kind::Person,
                Some('O') => Kind::Organization,
                _ => Kind::Place,
            },
        );
        if found.entity(id).is_none() {
            found.entities.push(Entity {
                id,
                kind,
                name: text.get(start..).unwrap().to_owned(),
                aliases: Vec::new(),
                roles: Vec::new(),
                provenance: Provenance::Model,
                note: None,
            });
        }
        found.mentions.push(Mention {
            id: MentionId(u32::try_from(found.mentions.len()).unwrap()),
            entity: id,
            span,
            confidence: 0.9,
            link_confidence: 1.0,
            provenance: Provenance::Model,
            note: None,
        });
    }
    text += rest;
    (Document::new(name, text, Origin::default()), found)
}

fn source(path: &str) -> Source {
    Source { path: path.to_owned(), size: 1, modified: 1 }
}

pub(crate) fn add(library: &mut Library, line: &str) -> Added {
    let mut fields = line.splitn(4, '|');
    let mut field = || fields.next().unwrap();
    let (name, date, outlet, text) = (field(), field(), field(), field());
    let (document, annotations) = article(name, text);
    let meta = Meta { title: None, date: Some(date.to_owned()), outlet: Some(outlet.to_owned()) };
    let source = source(&format!("/news/{name}.txt"));
    library.add((&source, ""), &document, &annotations, (&meta, "test")).unwrap()
}

const ARTICLES: [&str; 5] = [
    "a|2026-11-01|الضفاف|زار ⟦P1:غريغور هاغن⟧ ⟦L2:القاهرة⟧، وقال ⟦P1:هاغن⟧: «⟦D P1:لن نترك المدينة وحدها هذا الشتاء⟧». وحضر وزير الصحة.",
    "b|2026-11-03|الضفاف|التقى ⟦P1:جريجور هاجن⟧ وفدا من ⟦O2:الأمم المتحدة⟧ في ⟦L3:القاهره⟧ أمس الأول.",
    "c|2026-11-05|النهار الجديد|قالت ⟦P1:رنا الوادي⟧ إن للأمم المتحدة دورا، والوزير لم يحضر.",
    "d|2026-12-09|النهار الجديد|أعلن عن وكالة للصحة، وتحدثت ⟦P1:رنا الوادي⟧ عن ⟦P2:غريغور هاغن⟧ طويلا.",
    "e|2026-12-10|الشراع|إله البحر في الأسطورة القديمة.",
];

fn library() -> Library {
    let mut library = Library::memory().unwrap();
    for line in ARTICLES {
        assert_eq!(add(&mut library, line), Added::New);
    }
    library.link().unwrap();
    library
}

fn names(hits: &[Hit]) -> String {
    let mut names: Vec<&str> = hits.iter().map(|hit| hit.document.as_str()).collect();
    names.sort_unstable();
    names.join(" ")
}

fn find(library: &Library, query: &str) -> String {
    library.find(query, 10).map_or_else(|error| error.to_string(), |hits| names(&hits))
}

#[test]
fn words_are_found_in_any_spelling_and_after_proclitics() {
    let library = library();
    assert_eq!(find(&library, "الامم المتحده"), "b c");
    assert_eq!(find(&library, "\"الأمم المتحدة\""), "b c");
    assert_eq!(find(&library, "وزير"), "a c");
    assert_eq!(find(&library, "\"وزير الصحة\""), "a");
    assert_eq!(find(&library, "صحة"), "a d");
    assert_eq!(find(&library, "وكالة"), "d", "not إله, which has the same stem");
    assert_eq!(find(&library, "وكا*"), "d");
    assert_eq!(find(&library, "الصحة -وزير"), "d");
    assert_eq!(find(&library, "هاغن NEAR/2 القاهرة"), "a");
    assert_eq!(find(&library, "أسطورة OR وفدا"), "b e");
    assert_eq!(find(&library, "فراشة"), "");
}

#[test]
fn fields_ask_for_people_places_outlets_and_days() {
    let library = library();
    assert_eq!(find(&library, "person:هاغن"), "a b d");
    assert_eq!(find(&library, "person:Hagen"), "a b d", "in Latin letters too");
    assert_eq!(find(&library, "person:هاغن place:القاهرة"), "a b");
    assert_eq!(find(&library, "org:\"الأمم المتحدة\""), "b");
    assert_eq!(find(&library, "person:\"رنا الوادي\" since:2026-12"), "d");
    assert_eq!(find(&library, "person:\"رنا الوادي\" until:2026-11"), "c");
    assert_eq!(find(&library, "outlet:الضفاف"), "a b");
    assert_eq!(find(&library, "المدينة said-by:هاجن"), "a");
    assert_eq!(find(&library, "القاهرة said-by:هاجن"), "", "it is in the article and in no quote");
    assert_eq!(find(&library, "(person:هاغن OR outlet:الشراع) -المدينة"), "b d e");
    assert!(find(&library, "since:غدا").contains("a date is"));
}

#[test]
fn a_hit_knows_its_place_and_its_words() {
    let library = library();
    let hits = library.find("\"الأمم المتحدة\"", 10).unwrap();
    let hit = hits.iter().find(|hit| hit.document == "c").unwrap();
    assert_eq!(hit.text, "للأمم المتحدة");
    let text = library.text(hit.number).unwrap().unwrap();
    let letters: String = text.chars().skip(hit.start).take(hit.end - hit.start).collect();
    assert_eq!(letters, hit.text);
    let marked: Vec<&str> = hit.marks.iter().map(|mark| hit.context.get(mark.range()).unwrap()).collect();
    assert_eq!(marked, ["للأمم المتحدة"]);
}

#[test]
fn one_person_has_one_page() {
    let library = library();
    let found = library.named("Gregor Hagen", Some(Kind::Person), 5).unwrap();
    assert_eq!(found.len(), 1);
    let page = library.page(found[0].id).unwrap().unwrap();
    assert_eq!((page.entry.documents, page.entry.mentions, page.entry.quotes), (3, 4, 1));
    assert_eq!(page.entry.first.as_deref(), Some("2026-11-01"));
    let spellings: Vec<&str> = page.spellings.iter().map(|spelling| spelling.0.as_str()).collect();
    assert_eq!(spellings, ["غريغور هاغن", "جريجور هاجن", "هاغن"]);
    assert_eq!(page.said[0].text, "لن نترك المدينة وحدها هذا الشتاء");
    assert_eq!(page.months, [("2026-11".to_owned(), 2), ("2026-12".to_owned(), 1)]);
    assert!(page.beside.iter().any(|beside| beside.name.starts_with("القاهر") && beside.documents == 2));
}

#[test]
fn a_changed_document_replaces_the_old_and_leaves_nothing_behind() {
    let mut library = library();
    assert_eq!(add(&mut library, ARTICLES[0]), Added::Same);
    let changed = add(&mut library, "a|2026-11-01|الضفاف|سافر ⟦P1:كريم السعدي⟧ إلى ⟦L2:طنجة⟧.");
    assert_eq!(changed, Added::Changed);
    library.link().unwrap();
    assert_eq!(find(&library, "المدينة"), "");
    assert_eq!(find(&library, "person:\"كريم السعدي\""), "a");
    assert_eq!(library.remove_source("/news/a.txt").unwrap(), 1);
    library.link().unwrap();
    assert!(library.named("كريم السعدي", Some(Kind::Person), 5).unwrap().is_empty());
    assert_eq!(library.fault().unwrap(), None);
    // A source whose parts are known keeps no others.
    let gone = library.complete(&source("/news/b.txt"), Some(&HashSet::new()), "test").unwrap();
    assert_eq!((gone, library.counts().unwrap().documents), (1, 3));
}

#[test]
fn numbers_of_people_stay_while_documents_come_and_go() {
    let mut library = library();
    let number = |library: &Library| library.named("غريغور هاغن", Some(Kind::Person), 1).unwrap()[0].id;
    let before = number(&library);
    add(&mut library, "f|2026-12-11|الشراع|قال ⟦P1:كريم السعدي⟧ لـ⟦P2:غريغور هاغن⟧ شيئا.");
    library.remove_source("/news/a.txt").unwrap();
    library.link().unwrap();
    assert_eq!(number(&library), before);
}

#[test]
fn copies_count_once() {
    let mut library = Library::memory().unwrap();
    let long = "اجتمع ⟦P1:سامر الخطيب⟧ مع وفد التجار في قاعة البلدية صباح الخميس وبحث معهم أسعار القمح والزيت والسكر في \
                الأسواق القريبة، ثم زار المرفأ القديم حيث ترسو سفن الصيد الصغيرة منذ عقود طويلة، ووعد بإصلاح الرصيف \
                قبل حلول الشتاء، وطلب من المهندسين تقريرا مفصلا عن كلفة العمل ومدته والمواد اللازمة له.";
    add(&mut library, &format!("one|2026-11-01|الضفاف|{long}"));
    add(&mut library, &format!("two|2026-11-02|الشراع|{long} (وكالات)"));
    add(&mut library, "three|2026-11-03|الشراع|عاد ⟦P1:سامر الخطيب⟧ إلى مكتبه.");
    library.link().unwrap();
    let samer = &library.named("سامر الخطيب", Some(Kind::Person), 5).unwrap()[0];
    assert_eq!((samer.documents, library.counts().unwrap().copies), (2, 1));
    let hits = library.find("المرفأ", 10).unwrap();
    assert_eq!((names(&hits), hits[0].copies), ("one".to_owned(), 1));
    assert_eq!(find(&library, "المرفأ outlet:الشراع"), "two");
    // The copy takes the place of an original that goes.
    library.remove_source("/news/one.txt").unwrap();
    library.link().unwrap();
    assert_eq!(find(&library, "المرفأ"), "two");
}

#[test]
fn what_a_person_decides_outlives_a_new_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    let make = || {
        let mut library = Library::create(&path).unwrap();
        for line in ARTICLES {
            add(&mut library, line);
        }
        library.link().unwrap();
        library
    };
    let people = |library: &Library| {
        let entries = library.most_named(Kind::Person, 10).unwrap();
        entries.into_iter().map(|entry| format!("{} {}", entry.name, entry.documents)).collect::<Vec<_>>()
    };
    let mut library = make();
    assert_eq!(people(&library), ["غريغور هاغن 3", "رنا الوادي 2"]);
    let kind = Kind::Person;
    let split = Decision::Split { kind, name: "غريغور هاغن".into(), documents: vec!["b".into()] };
    library.decide(split, 1).unwrap();
    assert_eq!(people(&library).len(), 3);
    library.decide(Decision::Rename { kind, name: "رنا الوادي".into(), to: "رنا سامي الوادي".into() }, 2).unwrap();
    drop(library);
    std::fs::remove_file(&path).unwrap();
    let mut library = make();
    assert_eq!(people(&library).len(), 3);
    assert!(people(&library).contains(&"رنا سامي الوادي 2".to_owned()));
    library.undo().unwrap();
    library.undo().unwrap();
    assert_eq!(people(&library), ["غريغور هاغن 3", "رنا الوادي 2"]);
    library.decide(Decision::Merge { kind, name: "غريغور هاغن".into(), with: "رنا الوادي".into() }, 3).unwrap();
    assert_eq!(people(&library), ["غريغور هاغن 4"]);
    library.undo().unwrap();
    library.decide(Decision::Reject { kind, name: "رنا الوادي".into() }, 4).unwrap();
    assert_eq!(people(&library), ["غريغور هاغن 3"]);
    assert_eq!(library.undo().unwrap(), Some(Decision::Reject { kind, name: "رنا الوادي".into() }));
}

#[test]
fn what_is_no_library_is_said_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.sqlite");
    assert!(matches!(Library::open(&path), Err(Error::Missing { .. })));
    std::fs::write(&path, "these are notes, and not a database at all".repeat(99)).unwrap();
    assert!(matches!(Library::create(&path), Err(Error::Damaged { .. })));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("these are notes"));
    let other = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    assert!(matches!(Library::create(&other), Err(Error::Foreign { .. })));
    let later = folder.path().join("later.sqlite");
    rusqlite::Connection::open(&later).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Library::create(&later), Err(Error::Later { version: 99, .. })));
    std::fs::write(super::decisions::beside(Path::new(&path)), "{}").unwrap();
    assert!(matches!(super::Decisions::read(&super::decisions::beside(&path)), Err(Error::Decisions { .. })));
}

/// Whether the full-text index holds together, and how many documents have a word.
fn index(path: &Path, word: &str) -> usize {
    let db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch("INSERT INTO search (search) VALUES ('integrity-check')").unwrap();
    db.query_row("SELECT count(*) FROM search WHERE search MATCH ?", [word], |row| row.get(0)).unwrap()
}

/// Other programs read the library with the SQLite that they bring, which may be years old.
#[test]
fn the_full_text_index_is_one_that_any_sqlite_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    let mut library = Library::create(&path).unwrap();
    add(&mut library, "a|2026-11-01|الضفاف|وصلت سفينة إلى الميناء.");
    assert_eq!((index(&path, "سفينه"), index(&path, "قطار")), (1, 0));
    add(&mut library, "a|2026-11-01|الضفاف|وصل قطار إلى المدينة.");
    assert_eq!((index(&path, "سفينه"), index(&path, "قطار")), (0, 1));
    let sql: String = rusqlite::Connection::open(&path)
        .unwrap()
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'search'", [], |row| row.get(0))
        .unwrap();
    assert!(!sql.contains("contentless"), "{sql}");
}

/// A library whose index was made in another way: version 1, or other words.
#[test]
fn an_index_of_an_earlier_version_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    let mut library = Library::create(&path).unwrap();
    add(&mut library, "a|2026-11-01|الضفاف|وصلت سفينة إلى الميناء.");
    drop(library);
    let before = "DROP TABLE search;
        CREATE VIRTUAL TABLE search USING fts5 (
    words, stems, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\"
);
        DELETE FROM facts WHERE name = 'words';
        DROP TABLE compared; DROP TABLE crowded; PRAGMA user_version = 1;";
    let other = "UPDATE facts SET value = 0 WHERE name = 'words'; INSERT INTO search (search) VALUES ('delete-all')";
    for change in [before, other] {
        rusqlite::Connection::open(&path).unwrap().execute_batch(change).unwrap();
        assert_eq!(find(&Library::open(&path).unwrap(), "سفينة").lines().count(), 1, "{change}");
        assert_eq!(index(&path, "سفينه"), 1, "{change}");
    }
}

/// Words that are made in another way need another number, or documents leave traces when they are taken out.
#[test]
fn the_number_of_the_words_changes_with_them() {
    let text = "والوزيرةُ قالت: للشركة ٣٤٫٥٪ وbيوم 12/5، أإآٱ ىئؤ ﷲ لا-في كالصحّة";
    let words: Vec<String> = super::words::words(text).into_iter().map(|word| word.word).collect();
    let stems: Vec<&str> = words.iter().map(|word| super::words::stem(word)).collect();
    let made = format!("{} | {}", words.join(" "), stems.join(" "));
    let version_2 = "والوزيره قالت للشركه 345 و b يوم 12 5 اااا ييو الله لا في كالصحه | \
                     زيره قالت شركه 345 و b يوم 12 5 اااا ييو الله لا في صحه";
    assert_eq!((super::fulltext::VERSION, made.as_str()), (2, version_2), "raise fulltext::VERSION");
}

#[test]
fn sources_are_counted() {
    let library = library();
    let count = quoted(&library, &Filter::default()).unwrap();
    assert_eq!((count.quotes, count.direct, count.named), (1, 1, 1));
    let hagen = &count.sources[0];
    assert_eq!((hagen.name.as_str(), hagen.words, hagen.named), ("غريغور هاغن", 6, true));
    assert_eq!(hagen.outlets.get("الضفاف"), Some(&1));
    let later = Filter { since: Some("2026-12".into()), ..Filter::default() };
    assert_eq!(quoted(&library, &later).unwrap().quotes, 0);
}
