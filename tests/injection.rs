//! A document whose every word is an attack, written in every format: nothing of it becomes a command, a formula, markup
//! or a line of its own.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that finds nothing has to stop")]

use rawi::{
    annotation::{
        Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Role, Speaker,
    },
    export::Format,
    text::{Document, Origin, Span},
};

const ATTACKS: &[&str] = &[
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    " =1",
    "\t=1",
    "\u{1}=1",
    "＝1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</article></main><h1>x</h1>",
    "]]><!-- --> <!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "[x](javascript:alert(1)) ![x](http://x/y.png) <http://x> `code` **b** _i_ http://example.org",
    "# title\n\n- item\n\n    code\n\n***\n\n| a |\n|---|",
    "[a]: http://x 'y'",
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}P+q\u{1b}\\",
    "\u{9b}31m\u{9d}52;c;x\u{9c}\u{7f}\u{0}\u{8}",
    "\u{fffe}\u{ffff}\u{85}\u{b}\u{c}",
    "\u{202e}gpj.exe\u{202c}",
    "../../etc/passwd",
    "T1\tPerson 0 1\tx\nR1\tSpeaker Arg1:T1 Arg2:T1\r#1\tNote T1\tx",
    "الكلمة\tB-PER\n\nأخرى\tO",
    "#Text=x\n1-1\t0-1\tx\t*[1]|_\\_\t",
    "Name: x\nDecided: 2020-01-01T00:00:00Z",
];

/// Every attack is a line of the text, a mention, a name, an alias, a role, a note, a speaker and a quote.
fn hostile() -> (Document, Annotations) {
    let mut text = String::from("خبر\n");
    let mut annotations = Annotations::default();
    for (number, attack) in ATTACKS.iter().enumerate() {
        let id = u32::try_from(number).unwrap() + 1;
        let span = Span::new(text.len(), text.len() + attack.len());
        text.push_str(attack);
        text.push_str("\nقال:\n");
        let kind = Kind::ALL[number % 3];
        let (words, note, provenance) = ((*attack).to_owned(), Some((*attack).to_owned()), Provenance::Person(1));
        annotations.entities.push(Entity {
            id: EntityId(id),
            kind,
            name: words.clone(),
            aliases: vec![words.clone()],
            roles: vec![
                Role { text: words.clone(), span, confidence: 1.0 },
                Role { text: words, span: Span::default(), confidence: 1.0 },
            ],
            provenance,
            note: note.clone(),
        });
        annotations.mentions.push(Mention {
            id: MentionId(id),
            entity: EntityId(id),
            span,
            confidence: 1.0,
            link_confidence: 1.0,
            provenance,
            note: note.clone(),
        });
        let kinds = [QuoteKind::Direct, QuoteKind::Indirect];
        annotations.quotes.push(Quote {
            id: QuoteId(id),
            kind: kinds[number % 2],
            span,
            candidates: Vec::new(),
            speaker: Some(Speaker { entity: (number % 2 == 0).then_some(EntityId(id)), span, confidence: 1.0 }),
            cue: Some(span),
            confidence: 1.0,
            why: (*attack).to_owned(),
            provenance,
            note,
        });
    }
    let origin = Origin { path: Some(ATTACKS.concat()), encoding: "UTF-8".to_owned(), ..Origin::default() };
    (Document::new(ATTACKS.concat(), text, origin), annotations)
}

fn written(format: Format) -> String {
    let (document, annotations) = hostile();
    let mut out = Vec::new();
    format.write(&document, &annotations, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn no_format_has_control_characters() {
    let (document, _) = hostile();
    for &format in Format::ALL {
        let mut beside = Vec::new();
        format.write_companion(&document, &mut beside).unwrap();
        for file in [written(format), String::from_utf8(beside).unwrap()] {
            let found = file.chars().find(|letter| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'));
            assert_eq!(found, None, "{format:?}");
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let file = written(Format::Csv);
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in file.trim_start_matches('\u{feff}').chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                // Two in a row stand for one.
                cells.last_mut().unwrap().push('"');
            }
            ',' | '\n' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    assert_eq!(cells.len(), 18 * (1 + 3 * ATTACKS.len()) + 1, "every row has its cells");
    for cell in &cells {
        let inner = cell.trim_end_matches('\r').trim_matches('"');
        let first = inner.trim_start_matches([' ', '\u{fffd}']).chars().next();
        assert!(!first.is_some_and(|first| "=+-@\t\r\n＝".contains(first)), "{cell:?}");
    }
}

#[test]
fn nothing_becomes_html() {
    let page = dom_query::Document::from(written(Format::Html));
    assert_eq!(page.select("script").length(), 1, "its own");
    assert_eq!(page.select("img, h1, iframe, object, form, base").length(), 0);
    for element in page.select("*").iter() {
        for attribute in element.attrs() {
            let (name, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            assert!(!name.starts_with("on") && name != "src", "{name}={value}");
            assert!(name != "href" || value.starts_with('#') || value.starts_with("data:,"), "{name}={value}");
        }
    }
    let (document, _) = hostile();
    let shown = page.select("article").text().replace('\u{fffd}', "");
    let wanted: String = document.text().replace('\r', "\n");
    let wanted =
        wanted.replace(|l: char| (l.is_control() && l != '\t' && l != '\n') || "\u{fffe}\u{ffff}".contains(l), "");
    assert_eq!(shown, wanted, "the text is all there, as text");
}

#[test]
fn nothing_becomes_markdown() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let file = written(Format::Markdown);
    for event in Parser::new_ext(&file, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                assert!(["<div dir=\"rtl\" lang=\"ar\">", "</div>"].contains(&html.trim()), "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Table(_)) | Event::Code(_) => {
                panic!("{event:?}")
            }
            Event::Start(Tag::Emphasis) | Event::Rule | Event::FootnoteReference(_) => panic!("{event:?}"),
            _ => {}
        }
    }
    assert_eq!(file.lines().filter(|line| line.starts_with('#')).count(), 5, "the headings are the report's own");
}

#[test]
fn xml_is_well_formed_and_has_only_its_own_elements() {
    for format in [Format::Tei, Format::Xmi] {
        let file = written(format);
        let allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(file.chars().all(allowed), "{format:?}");
        let mut reader = quick_xml::Reader::from_str(&file);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                    let name = tag.name().as_ref().to_owned();
                    assert!(!["script", "img", "h1"].contains(&name.as_str()), "{name}");
                }
                quick_xml::events::Event::DocType(_) | quick_xml::events::Event::Comment(_) => panic!("{format:?}"),
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
    }
}

#[test]
fn no_line_is_forged() {
    for line in written(Format::Brat).lines() {
        let (id, rest) = line.split_once('\t').unwrap();
        let columns = if id.starts_with(['T', '#']) { 2 } else { 1 };
        assert!(id.starts_with(['T', 'R', '#', '*']) && rest.split('\t').count() == columns, "{line:?}");
    }
    for line in written(Format::Conll).lines().filter(|line| !line.is_empty()) {
        let (_, tag) = line.split_once('\t').unwrap();
        let tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];
        assert!(tags.contains(&tag), "{line:?}");
    }
    for line in written(Format::Webanno).split('\n').filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert_eq!(line.split('\t').count(), 9, "{line:?}");
    }
    for format in [Format::Jsonl, Format::Doccano, Format::Spacy] {
        assert_eq!(written(format).lines().count(), 1, "{format:?}");
    }
}

/// What comes back from a file that was written here is the text's and nobody's forgery.
#[test]
fn an_attack_comes_back_as_words() {
    let (document, before) = hostile();
    for &format in Format::READABLE {
        let after = format.read(&document, &written(format)).unwrap();
        assert!(after.mentions.len() <= before.mentions.len(), "{format:?}");
        assert!(after.mentions.iter().all(|mention| mention.span.end <= document.text().len()), "{format:?}");
        assert!(after.mentions.len() + 3 >= before.mentions.len() || format == Format::Conll, "{format:?}");
    }
    assert!(!document.file_name().contains('/') && !document.file_name().starts_with('.'));
}
