use super::*;
use crate::annotation::{Entity, EntityId, Mention, MentionId, QuoteId, Rejected, Role, Speaker, fixture::article};
use crate::text::Span;
use std::cmp::Reverse;

fn written(format: Format) -> (String, Report) {
    let (document, annotations) = article();
    written_of(format, &document, &annotations)
}

fn written_of(format: Format, document: &Document, annotations: &Annotations) -> (String, Report) {
    let mut out = Vec::new();
    let report = format.write(document, annotations, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), report)
}

#[test]
fn every_format_has_a_name_of_its_own_and_carries_the_names() {
    for &format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
        let text = written(format).0;
        assert!(text.contains("Nour"), "{format:?}");
    }
}

#[test]
fn nothing_of_a_document_becomes_markup() {
    for format in [Format::Html, Format::Tei, Format::Xmi, Format::Markdown] {
        let text = written(format).0;
        assert!(!text.contains("<لن>") && text.contains("&lt;لن"), "{format:?}");
    }
    assert!(written(Format::Csv).0.contains("\"'=\"\"ملاحظة"), "a formula is not run");
}

/// Nothing of a document reaches a terminal as a command, and what was changed for that is said.
#[test]
fn control_characters_are_counted() {
    let marked = documents().into_iter().find(|(document, _)| document.id() == "controls").unwrap();
    for &format in Format::ALL {
        let (text, report) = written_of(format, &marked.0, &marked.1);
        let kept = text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
        assert!(!kept, "{format:?}");
        let said = report.left_out.iter().any(|entry| entry.0 == Loss::Controls);
        assert_eq!(said, text.contains('\u{fffd}'), "{format:?}: {report}");
    }
}

#[test]
fn a_report_counts_what_is_not_there() {
    let said = written(Format::Conll).1.to_string();
    assert!(said.starts_with("left out: 1 aliases, 1 roles, 3 links of mentions to entities, 4 quotes"), "{said}");
    assert_eq!(written(Format::Json).1, Report::default());
}

#[test]
fn brat_counts_lines_as_it_reads_them() {
    let text = written(Format::Brat).0;
    let long = text.lines().find(|line| line.contains("نشكر")).unwrap();
    let (_, places, words) = {
        let mut columns = long.split('\t');
        (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap())
    };
    assert_eq!(words, "نشكر شركة Nour & Co وبحارة المرسى، وننتظر \"الخير\" منهم");
    assert_eq!(places, "DirectQuote 88 122;123 142");
}

/// The article with what else a person can make of it: notes of several lines, a role without a place, an entity that no
/// mention has, a speaker who is a pronoun, spans that overlap in part or are the same, a tab in a span.
fn rich() -> (Document, Annotations) {
    let (document, mut annotations) = article();
    let span = |words: &str, nth: usize| {
        let (at, found) = document.text().match_indices(words).nth(nth).unwrap();
        Span::new(at, at + found.len())
    };
    let note = |note: &str| Some(note.to_owned());
    let salwa = &mut annotations.entities[0];
    (salwa.provenance, salwa.note) = (Provenance::Person(1_700_000_009), note("=سطر\nسطر ثان: <b>"));
    let placeless = Role { text: "من أهل المرسى".to_owned(), span: Span::default(), confidence: 0.5 };
    salwa.roles.push(placeless);
    let (salwa, town) = (annotations.entities[0].id, annotations.entities[1].id);
    annotations.entities.push(Entity {
        id: EntityId(9),
        kind: Kind::Person,
        name: "غائب".to_owned(),
        aliases: vec!["الغائب".to_owned()],
        roles: Vec::new(),
        provenance: Provenance::Person(1_700_000_010),
        note: note("لم يذكر"),
    });
    let mention = |id: u32, entity: EntityId, span: Span| Mention {
        id: MentionId(id),
        entity,
        span,
        confidence: 0.5,
        link_confidence: 0.75,
        provenance: Provenance::Person(1_700_000_011),
        note: note("في الحاشية"),
    };
    // «الراوي» at the edge of one and of the next; a place inside a role; a name over a tab.
    let across = Span::new(span("سلوى الراوي", 0).start + "سلوى ".len(), span("رئيسة", 0).end);
    annotations.mentions.push(mention(20, town, across));
    annotations.mentions.push(mention(21, town, span("المرسى 😀", 0)));
    annotations.mentions.push(mention(22, salwa, Span::new(span("الرَّاوي", 0).start, span("نشكر", 0).end)));
    let of = |entity, span| Some(Speaker { entity, span, confidence: 0.5 });
    let quote = |id: u32, kind, span, speaker| Quote {
        id: QuoteId(id),
        kind,
        span,
        candidates: Vec::new(),
        speaker,
        cue: None,
        confidence: 0.5,
        why: String::new(),
        provenance: Provenance::Person(1_700_000_012),
        note: note("أول\nثان"),
    };
    let same = span("العمل بدأ & <لن> يتوقف", 0);
    annotations.quotes.push(quote(20, QuoteKind::Indirect, same, of(Some(salwa), span("أعلنت", 0))));
    annotations.quotes.push(quote(
        21,
        QuoteKind::Indirect,
        Span::new(same.start + "العمل ".len(), span("وقالت", 0).end),
        None,
    ));
    annotations.rejected.push(Rejected { span: same, kind: None, at: 7 });
    annotations.sort();
    (document, annotations)
}

/// What is left of annotations when a format has lost that. Numbers are by position, since no tool has to keep ours.
fn without(lost: &Report, annotations: &Annotations) -> Annotations {
    let mut left = annotations.clone();
    let lost = |loss: Loss| lost.left_out.iter().any(|entry| entry.0 == loss);
    if lost(Loss::Quotes) {
        left.quotes.clear();
    }
    if lost(Loss::Rejected) {
        left.rejected.clear();
    }
    if lost(Loss::Unmentioned) {
        left.entities.retain(|entity| annotations.mentions_of(entity.id).next().is_some());
    }
    if lost(Loss::Overlaps) {
        let mut last = 0;
        left.mentions.retain(|mention| {
            mention.span.start >= last && {
                last = mention.span.end;
                true
            }
        });
    }
    if lost(Loss::Entities) {
        let kinds: Vec<_> = left.entities.iter().map(|entity| (entity.id, entity.kind)).collect();
        for mention in &mut left.mentions {
            let kind = kinds.iter().find(|known| known.0 == mention.entity).unwrap().1;
            mention.entity = kinds.iter().find(|known| known.1 == kind).unwrap().0;
        }
        left.entities.retain(|entity| left.mentions.iter().any(|mention| mention.entity == entity.id));
    }
    let numbers: Vec<_> = left.entities.iter().map(|entity| entity.id).collect();
    let number = |id| EntityId(numbers.iter().position(|known| *known == id).map_or(999, |at| at as u32));
    for entity in &mut left.entities {
        entity.id = number(entity.id);
        if lost(Loss::Names) || lost(Loss::Entities) {
            entity.name.clear();
        }
        // Where the name is lost, the forms in the text make name and aliases.
        if lost(Loss::Aliases) || lost(Loss::Names) || lost(Loss::Entities) {
            entity.aliases.clear();
        }
        if lost(Loss::Roles) {
            entity.roles.clear();
        }
        entity.roles.sort_by_key(|role| role.text.clone());
        for role in entity.roles.iter_mut().filter(|_| lost(Loss::Confidence)) {
            role.confidence = 1.0;
        }
        for role in entity.roles.iter_mut().filter(|_| lost(Loss::Places)) {
            role.span = Span::default();
        }
    }
    for (at, mention) in left.mentions.iter_mut().enumerate() {
        (mention.id, mention.entity) = (MentionId(at as u32), number(mention.entity));
        if lost(Loss::Confidence) {
            (mention.confidence, mention.link_confidence) = (1.0, 1.0);
        }
    }
    left.quotes.sort_by_key(|quote| (quote.span.start, Reverse(quote.span.end), quote.kind));
    for (at, quote) in left.quotes.iter_mut().enumerate() {
        (quote.id, quote.why) = (QuoteId(at as u32), String::new());
        if let Some(speaker) = &mut quote.speaker {
            speaker.entity = speaker.entity.map(number);
            if lost(Loss::Confidence) {
                speaker.confidence = 1.0;
            }
            if lost(Loss::Places) {
                speaker.span = Span::default();
            }
        }
        if lost(Loss::Confidence) {
            quote.confidence = 1.0;
        }
        quote.speaker = quote.speaker.take().filter(|_| !lost(Loss::Speakers));
        quote.cue = quote.cue.filter(|_| !lost(Loss::Cues));
    }
    let items = left.entities.iter_mut().map(|item| (&mut item.note, &mut item.provenance));
    let items = items.chain(left.mentions.iter_mut().map(|item| (&mut item.note, &mut item.provenance)));
    let items = items.chain(left.quotes.iter_mut().map(|item| (&mut item.note, &mut item.provenance)));
    for (note, provenance) in items {
        if lost(Loss::Notes) {
            *note = None;
        }
        if lost(Loss::Provenance) || *provenance == Provenance::Model {
            *provenance = Provenance::Imported;
        }
    }
    left
}

/// The documents that tests/clients loads with the formats' own readers.
fn documents() -> Vec<(Document, Annotations)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/documents");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    files.map(|file| json::read(&file).unwrap()).collect()
}

/// The report of a writer is what a round trip loses, no more and no less.
#[test]
fn what_a_format_carries_comes_back() {
    let documents = documents();
    assert!(documents.len() >= 6);
    for (document, before) in documents.into_iter().chain([article(), rich()]) {
        for &format in Format::READABLE {
            let (text, report) = written_of(format, &document, &before);
            let after = format.read(&document, &text).unwrap_or_else(|error| panic!("{format:?}: {error}\n{text}"));
            let format = (format, document.id());
            let (before, after) = (without(&report, &before), without(&report, &after));
            assert_eq!(after.entities, before.entities, "{format:?}: {report}");
            assert_eq!(after.mentions, before.mentions, "{format:?}: {report}");
            assert_eq!(after.quotes, before.quotes, "{format:?}: {report}");
            assert_eq!(after.rejected, before.rejected, "{format:?}: {report}");
        }
    }
}

#[test]
fn a_file_that_was_made_for_another_text_is_refused() {
    let other = Document::new("x", "نص آخر", crate::text::Origin::default());
    for &format in Format::READABLE {
        let error = format.read(&other, &written(format).0).unwrap_err().to_string();
        assert!(error.contains("code point") || error.contains("text"), "{format:?}: {error}");
    }
}

/// docs/FORMATS.md, from the reports of the writers for a document that has something of everything.
#[test]
fn the_table_of_the_docs_is_what_the_writers_report() {
    let (document, annotations) = rich();
    let rows = [
        Loss::Entities,
        Loss::Names,
        Loss::Aliases,
        Loss::Roles,
        Loss::Unmentioned,
        Loss::Quotes,
        Loss::Speakers,
        Loss::Places,
        Loss::Cues,
        Loss::Notes,
        Loss::Provenance,
        Loss::Confidence,
        Loss::Links,
        Loss::Overlaps,
        Loss::Rejected,
    ];
    let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let mut table = format!("| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    let reports: Vec<Report> =
        Format::ALL.iter().map(|&format| written_of(format, &document, &annotations).1).collect();
    for loss in rows {
        let cell = |report: &Report| {
            let own = report.left_out.iter().find(|entry| entry.0 == loss);
            let taken = report.left_out.iter().any(|entry| loss.goes_with(entry.0));
            match own {
                Some(entry) if entry.1 < loss.count(&annotations) => "in part",
                None if !taken => "yes",
                _ => "–",
            }
        };
        let cells: Vec<&str> = reports.iter().map(cell).collect();
        table += &format!("| {} | {} |\n", loss.what(), cells.join(" | "));
    }
    let back = |format: &Format| if Format::READABLE.contains(format) { "yes" } else { "–" };
    table += &format!("| comes back | {} |\n", Format::ALL.iter().map(back).collect::<Vec<_>>().join(" | "));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/FORMATS.md");
    let docs = std::fs::read_to_string(path).unwrap();
    assert!(docs.contains(&table), "docs/FORMATS.md should have\n{table}");
}

/// Headings, lists, tables, quotations and notes of the text are elements where a format has them, and come back.
#[test]
fn the_parts_of_a_text_are_carried() {
    let document = outline::tests::document();
    let found = Annotations::default();
    let html = written_of(Format::Html, &document, &found).0;
    let text = html.split_once("<article>").unwrap().1.split_once("</article>").unwrap().0;
    assert_eq!(
        text,
        "<h2>الخطة</h2>تمهيد\n<h3>المراحل</h3><ol><li value=\"3\">أولا</li><li value=\"4\">ثانيا<ul><li>فرع</li></ul></li></ol>\
         <table><tr><th>السنة</th><th>العدد</th></tr><tr><td>2026</td><td>7</td></tr></table><blockquote>قيل</blockquote>\
         <aside role=\"doc-footnote\"><sup>1</sup> حاشية</aside>"
    );
    let tei = written_of(Format::Tei, &document, &found).0;
    let body = tei.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0.replace('\n', "");
    assert_eq!(
        body,
        "<div><head>الخطة</head><p>تمهيد</p><div><head>المراحل</head><list rend=\"numbered\"><item n=\"3\"><p>أولا</p></item>\
         <item n=\"4\"><p>ثانيا</p><list rend=\"bulleted\"><item><p>فرع</p></item></list></item></list><table><row>\
         <cell role=\"label\"><p>السنة</p></cell><cell role=\"label\"><p>العدد</p></cell></row><row><cell role=\"data\"><p>2026</p>\
         </cell><cell role=\"data\"><p>7</p></cell></row></table><quote><p>قيل</p></quote><note place=\"foot\" n=\"1\"><p>حاشية</p>\
         </note></div></div>"
    );
    let json = written_of(Format::Json, &document, &found).0;
    assert_eq!(json::read(&json).unwrap().0.structure(), document.structure());
}
