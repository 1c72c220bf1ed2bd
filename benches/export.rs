//! How fast annotations are written and read, on one core: `cargo bench --bench export`. 1 MiB of Arabic news, the
//! sample article with its numbers changed, with 5,000 mentions of 500 entities and 500 quotes, some inside others.

use divan::{Bencher, black_box, counter::BytesCount};
use rawi::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Speaker,
};
use rawi::export::Format;
use rawi::text::{Document, Origin, Span};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

const MENTIONS: usize = 5_000;

static MARKED: LazyLock<(Document, Annotations)> = LazyLock::new(marked);

fn marked() -> (Document, Annotations) {
    let article = include_str!("../assets/sample.txt");
    let mut text = String::new();
    for number in 0.. {
        for line in article.lines().filter(|line| !line.is_empty()) {
            text.push_str(&format!("{line} ({number}).\n"));
        }
        if text.len() > 1 << 20 {
            break;
        }
    }
    let document = Document::new("marked", text, Origin::default());
    let mut at = 0;
    let words = document.text().split([' ', '\n']).map(|word| {
        let span = Span::new(at, at + word.len());
        at = span.end + 1;
        span
    });
    let words: Vec<Span> = words.filter(|word| !word.is_empty()).collect();
    let step = words.len() / MENTIONS;
    let id = |number: usize| u32::try_from(number).unwrap_or_default();
    let mut annotations = Annotations::default();
    for (number, places) in words.chunks_exact(step).take(MENTIONS).enumerate() {
        let (Some(&span), Some(&last)) = (places.first(), places.last()) else { continue };
        let entity = EntityId(id(number % 500));
        if number < 500 {
            let kind = Kind::ALL.get(number % 3).copied().unwrap_or(Kind::Place);
            let name = document.slice(span).to_owned();
            let (aliases, roles, note) = (Vec::new(), Vec::new(), None);
            let provenance = Provenance::Model;
            annotations.entities.push(Entity { id: entity, kind, name, aliases, roles, provenance, note });
        }
        annotations.mentions.push(Mention {
            id: MentionId(id(number)),
            entity,
            span,
            confidence: 0.9,
            link_confidence: 0.9,
            provenance: Provenance::Model,
            note: None,
        });
        if number % 10 == 0 {
            annotations.quotes.push(Quote {
                id: QuoteId(id(number)),
                kind: if number % 20 == 0 { QuoteKind::Direct } else { QuoteKind::Indirect },
                span: Span::new(span.start, last.end),
                candidates: Vec::new(),
                speaker: Some(Speaker { entity: Some(entity), span, confidence: 0.5 }),
                cue: None,
                confidence: 0.5,
                why: String::new(),
                provenance: Provenance::Model,
                note: None,
            });
        }
    }
    annotations.sort();
    (document, annotations)
}

fn written(format: Format) -> Vec<u8> {
    let (document, annotations) = &*MARKED;
    let mut out = Vec::new();
    format.write(document, annotations, &mut out).ok();
    out
}

#[divan::bench(args = Format::ALL, sample_count = 5, sample_size = 1)]
fn write(bencher: Bencher, format: &Format) {
    let size = BytesCount::of_str(MARKED.0.text());
    bencher.counter(size).bench(|| black_box(written(*format)).len());
}

#[divan::bench(args = Format::READABLE, sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher, format: &Format) {
    let (document, annotations) = &*MARKED;
    let file = String::from_utf8(written(*format)).unwrap_or_default();
    let found = format.read(document, &file).map_or(0, |read| read.mentions.len());
    assert_eq!(found, annotations.mentions.len(), "{format:?}");
    bencher.counter(BytesCount::of_str(document.text())).bench(|| format.read(document, black_box(&file)).is_ok());
}
