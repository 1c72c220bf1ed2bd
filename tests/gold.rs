//! A small gold set of our own (`tests/gold`): what is found in ten invented articles may not become less right.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot read its articles has to stop"
)]

use rawi::{
    annotation::Annotations,
    eval::{self, Scores},
    export::json,
    extract,
    text::Document,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

/// The least F1 of each measure, some points below what is reached, so that only a real loss is one.
const LEAST: [(&str, f64); 4] =
    [("names", 0.89), ("direct quotes", 0.94), ("reported speech", 0.92), ("quotes with their speaker", 0.88)];

#[test]
fn names_quotes_and_speakers_are_found_as_a_person_marked_them() {
    let mut scores = Scores::default();
    for (document, marked) in articles() {
        eval::add(&mut scores, &document, &marked, &extract::extract(&document).unwrap());
    }
    let all = [Scores::sum(&scores.mentions), scores.direct, scores.indirect_overlap, scores.quotes_with_speaker()];
    println!("{scores}");
    for ((measure, least), counts) in LEAST.into_iter().zip(all) {
        assert!(counts.f1() >= least, "{measure}: F1 {:.3} is below {least}\n{scores}", counts.f1());
    }
}

/// The markup of the articles is read as it is meant.
#[test]
fn markup_is_read_as_spans_of_the_text() {
    let (document, marked) =
        read("x", "قال ⟦P1|عمر⟧: \"⟪D:P1|إن ⟦L1|بيروت⟧ بخير⟫\". وقال شاهد إن ⟪I:\"شاهد\"|البحر هادئ⟫.");
    assert_eq!(document.text(), "قال عمر: \"إن بيروت بخير\". وقال شاهد إن البحر هادئ.");
    let words = |span| document.slice(span);
    assert_eq!(marked.mentions.iter().map(|mention| words(mention.span)).collect::<Vec<_>>(), ["عمر", "بيروت"]);
    assert_eq!(
        marked.quotes.iter().map(|quote| words(quote.span)).collect::<Vec<_>>(),
        ["إن بيروت بخير", "البحر هادئ"]
    );
    let speakers = marked.quotes.iter().map(|quote| words(quote.speaker.as_ref().unwrap().span));
    assert_eq!(speakers.collect::<Vec<_>>(), ["عمر", "شاهد"]);
}

fn articles() -> Vec<(Document, Annotations)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let articles: Vec<_> = texts
        .map(|path| read(&path.file_stem().unwrap().to_string_lossy(), &fs::read_to_string(path).unwrap()))
        .collect();
    assert_eq!(articles.len(), 10);
    articles
}

/// An open mark: what stands before its bar, and where the words begin, in code points.
type Open = (char, String, usize);

/// A document and what the marks in it say.
fn read(id: &str, marked: &str) -> (Document, Annotations) {
    let (mut text, mut open) = (Vec::<char>::new(), Vec::<Open>::new());
    let (mut mentions, mut quotes) = (Vec::<(String, usize, usize)>::new(), Vec::<(String, usize, usize)>::new());
    let mut letters = marked.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '⟦' | '⟪' => {
                open.push((letter, letters.by_ref().take_while(|&letter| letter != '|').collect(), text.len()));
            }
            '⟧' | '⟫' => {
                let (_, name, start) = open.pop().unwrap();
                let list = if letter == '⟧' { &mut mentions } else { &mut quotes };
                list.push((name, start, text.len()));
            }
            letter => text.push(letter),
        }
    }
    assert!(open.is_empty(), "{id}: a mark is not closed");
    mentions.sort_by_key(|mention| mention.1);
    let words = |start: usize, end: usize| text[start..end].iter().collect::<String>();
    let mut entities = BTreeMap::new();
    for (name, start, end) in &mentions {
        let kind = match &name[..1] {
            "P" => "person",
            "O" => "organization",
            _ => "place",
        };
        let entity = json!({"id": name, "kind": kind, "name": words(*start, *end), "aliases": [], "roles": []});
        entities.entry(name.clone()).or_insert(entity);
    }
    let speaker = |name: &str, quote: usize| -> Value {
        let nominal = name.trim_matches('"');
        if name == "?" {
            return Value::Null;
        }
        if nominal != name {
            let at = nearest(&text, &nominal.chars().collect::<Vec<_>>(), quote);
            return json!({"text": nominal, "start": at, "end": at + nominal.chars().count()});
        }
        let nearest =
            mentions.iter().filter(|mention| mention.0 == name).min_by_key(|mention| mention.1.abs_diff(quote));
        let (_, start, end) = nearest.unwrap_or_else(|| panic!("{id}: no {name}"));
        json!({"entity": name, "start": start, "end": end})
    };
    let quotes = quotes.iter().enumerate().map(|(number, (name, start, end))| {
        let (kind, who) = name.split_once(':').unwrap();
        let kind = if kind == "D" { "direct" } else { "indirect" };
        json!({"id": format!("q{}", number + 1), "kind": kind, "start": start, "end": end, "text": words(*start, *end),
            "speaker": speaker(who, *start), "cue": null})
    });
    let spans = mentions.iter().enumerate().map(|(number, (name, start, end))| {
        json!({"id": format!("m{}", number + 1), "entity": name, "start": start, "end": end, "text": words(*start, *end),
            "confidence": 1.0})
    });
    let whole = json!({"schema": "rawi/1", "id": id, "text": text.iter().collect::<String>(),
        "entities": entities.values().collect::<Vec<_>>(), "mentions": spans.collect::<Vec<_>>(),
        "quotes": quotes.collect::<Vec<_>>()});
    json::read(&whole.to_string()).unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// Where words stand that are nearest to a place.
fn nearest(text: &[char], words: &[char], place: usize) -> usize {
    let all = text.windows(words.len()).enumerate().filter(|(_, window)| *window == words);
    all.map(|(at, _)| at).min_by_key(|at| at.abs_diff(place)).unwrap()
}
