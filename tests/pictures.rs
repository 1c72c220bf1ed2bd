//! The extraction as pictures: `tests/pictures/*.txt` hold marked sentences. The marks are taken off, the text is
//! extracted with the names where the picture has them, and what comes out, marked, has to be the picture.
//!
//! `⟦P1|…⟧` is a person (O an organization, L a place) with the number of its cluster; `⟪D:P1|…⟫` direct and `⟪I:P1|…⟫`
//! indirect speech with its speaker, `"…"` for a nominal one, `?` for none; `¶` is the end of a paragraph. After `||` come
//! the roles. A line that begins with `#` says what the pictures under it show.
//! `PICTURES=write cargo test --test pictures` writes what comes out into the files, to be read before it is believed.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a picture that cannot be read has to stop"
)]

use rawi::annotation::{Annotations, Kind, QuoteKind};
use rawi::extract::{Error, Extractor, Name, Tagger};
use rawi::text::{Document, Origin, Span};
use std::{collections::HashMap, fs, path::Path};

/// Answers with the names of the picture, by paragraph.
struct Marked(HashMap<String, Vec<Name>>);

impl Tagger for Marked {
    fn tag(&self, text: &str) -> Result<Vec<Name>, Error> {
        Ok(self.0.get(text).cloned().unwrap_or_default())
    }
}

#[test]
fn every_picture_comes_out_as_it_stands() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut faults, mut count) = (Vec::new(), 0);
    for path in paths {
        let mut written = String::new();
        let mut shows = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if line.is_empty() || line.starts_with('#') {
                shows = line.to_owned();
                written += &format!("{line}\n");
                continue;
            }
            count += 1;
            let drawn = draw(line);
            if drawn != line {
                faults.push(format!("{shows}\n  picture: {line}\n  drawn:   {drawn}"));
            }
            written += &format!("{drawn}\n");
        }
        if std::env::var_os("PICTURES").is_some() {
            fs::write(&path, written).unwrap();
        }
    }
    assert!(count > 100, "only {count} pictures were found");
    assert!(faults.is_empty() || std::env::var_os("PICTURES").is_some(), "\n{}\n", faults.join("\n\n"));
}

/// Takes the marks off a picture and draws it again from what is extracted.
fn draw(picture: &str) -> String {
    let (marked, _) = picture.split_once(" || ").unwrap_or((picture, ""));
    let (text, names) = unmark(marked);
    let mut by_paragraph: HashMap<String, Vec<Name>> = HashMap::new();
    let document = Document::new("picture", text, Origin::default());
    for name in names {
        let paragraph = document.paragraph_at(name.span.start);
        let span = Span::new(name.span.start - paragraph.start, name.span.end - paragraph.start);
        by_paragraph.entry(document.slice(paragraph).to_owned()).or_default().push(Name { span, ..name });
    }
    let found = Extractor::new(Marked(by_paragraph)).extract(&document).unwrap();
    mark(&document, &found)
}

/// The text without its marks, and the names that were marked.
fn unmark(marked: &str) -> (String, Vec<Name>) {
    let (mut text, mut names, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut letters = marked.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '⟦' | '⟪' => {
                let head: String =
                    letters.by_ref().map(|(_, letter)| letter).take_while(|letter| *letter != '|').collect();
                open.push((text.len(), (letter == '⟦').then(|| kind(&head))));
            }
            '⟧' | '⟫' => {
                let (start, kind) = open.pop().unwrap_or_else(|| panic!("nothing is open at {at} of {marked}"));
                if let Some(kind) = kind {
                    names.push(Name { span: Span::new(start, text.len()), kind, confidence: 1.0 });
                }
            }
            '¶' => text.push('\n'),
            _ => text.push(letter),
        }
    }
    (text, names)
}

fn kind(head: &str) -> Kind {
    match head.chars().next().expect("a kind") {
        'P' => Kind::Person,
        'O' => Kind::Organization,
        'L' => Kind::Place,
        other => panic!("no kind {other}"),
    }
}

/// The text with everything that was found in it.
fn mark(document: &Document, found: &Annotations) -> String {
    let mut numbers: HashMap<_, String> = HashMap::new();
    let mut seen = [0; 3];
    for entity in &found.entities {
        let count = &mut seen[entity.kind as usize];
        *count += 1;
        let letter = ['P', 'O', 'L'][Kind::ALL.iter().position(|kind| *kind == entity.kind).unwrap()];
        numbers.insert(entity.id, format!("{letter}{count}"));
    }
    let mut marks: Vec<(Span, String, char)> = Vec::new();
    for mention in &found.mentions {
        marks.push((mention.span, format!("⟦{}|", numbers[&mention.entity]), '⟧'));
    }
    for quote in &found.quotes {
        let letter = if quote.kind == QuoteKind::Direct { 'D' } else { 'I' };
        let speaker = match &quote.speaker {
            None => "?".to_owned(),
            Some(speaker) => match speaker.entity {
                Some(entity) => numbers[&entity].clone(),
                None => format!("\"{}\"", document.slice(speaker.span)),
            },
        };
        marks.push((quote.span, format!("⟪{letter}:{speaker}|"), '⟫'));
    }
    let mut drawn = String::new();
    for (at, letter) in document.text().char_indices().chain([(document.text().len(), '\0')]) {
        let mut closing: Vec<_> = marks.iter().filter(|(span, ..)| span.end == at).collect();
        closing.sort_by_key(|(span, ..)| std::cmp::Reverse(span.start));
        drawn.extend(closing.iter().map(|(.., close)| *close));
        let mut opening: Vec<_> = marks.iter().filter(|(span, ..)| span.start == at).collect();
        opening.sort_by_key(|(span, _, close)| (std::cmp::Reverse(span.end), *close == '⟧'));
        drawn.extend(opening.iter().map(|(_, open, _)| open.as_str()));
        match letter {
            '\0' => {}
            '\n' => drawn.push('¶'),
            _ => drawn.push(letter),
        }
    }
    let roles = found.entities.iter().filter(|entity| !entity.roles.is_empty()).map(|entity| {
        let roles: Vec<_> = entity.roles.iter().map(|role| role.text.as_str()).collect();
        format!("{}: {}", numbers[&entity.id], roles.join("، "))
    });
    let roles: Vec<_> = roles.collect();
    if roles.is_empty() { drawn } else { format!("{drawn} || {}", roles.join(" ; ")) }
}
