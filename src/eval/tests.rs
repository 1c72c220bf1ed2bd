use super::*;
use crate::annotation::{Entity, EntityId, MentionId, Provenance, QuoteId, Speaker};
use crate::text::Origin;

const TEXT: &str = "قال وزير الخارجية هاكان فيدان وأنقرة «نعم» إن فيدان عاد";

/// Mentions as (words, entity's number, kind); a quote as (words, kind, number of the speaker's entity).
fn annotations(mentions: &[(&str, u32, Kind)], quotes: &[(&str, QuoteKind, Option<u32>)]) -> Annotations {
    let mut out = Annotations::default();
    let mut from = 0;
    let mut span = |words: &str| {
        let at = from + slice(TEXT, Span::new(from, TEXT.len())).find(words).expect("the words are in the text");
        from = at;
        Span::new(at, at + words.len())
    };
    for (number, &(words, entity, kind)) in (0..).zip(mentions) {
        let entity = EntityId(entity);
        if out.entity(entity).is_none() {
            let (name, provenance) = (words.to_owned(), Provenance::Model);
            out.entities.push(Entity {
                id: entity,
                kind,
                name,
                aliases: vec![],
                roles: vec![],
                provenance,
                note: None,
            });
        }
        let (confidence, link_confidence, provenance) = (1.0, 1.0, Provenance::Model);
        let span = span(words);
        out.mentions.push(Mention {
            id: MentionId(number),
            entity,
            span,
            confidence,
            link_confidence,
            provenance,
            note: None,
        });
    }
    for (number, &(words, kind, entity)) in (0..).zip(quotes) {
        let at = TEXT.find(words).expect("the words are in the text");
        let speaker =
            entity.map(|entity| Speaker { entity: Some(EntityId(entity)), span: Span::default(), confidence: 1.0 });
        let (span, why, provenance) = (Span::new(at, at + words.len()), String::new(), Provenance::Model);
        let id = QuoteId(number);
        out.quotes.push(Quote {
            id,
            kind,
            span,
            speaker,
            cue: None,
            confidence: 1.0,
            why,
            provenance,
            note: None,
            candidates: Vec::new(),
        });
    }
    out
}

fn scores(gold: &Annotations, found: &Annotations) -> Scores {
    let mut scores = Scores::default();
    add(&mut scores, &Document::new("t", TEXT, Origin::default()), gold, found);
    scores
}

fn counts(right: usize, found: usize, gold: usize) -> Counts {
    Counts { right, found, gold }
}

#[test]
fn a_proclitic_at_the_start_does_not_matter_and_a_title_does() {
    let gold = annotations(&[("هاكان فيدان", 1, Kind::Person), ("أنقرة", 2, Kind::Place)], &[]);
    let proclitic = annotations(&[("هاكان فيدان", 1, Kind::Person), ("وأنقرة «", 2, Kind::Place)], &[]);
    assert_eq!(scores(&gold, &proclitic).mentions, [counts(1, 1, 1), counts(0, 0, 0), counts(1, 1, 1)]);
    assert_eq!(scores(&gold, &proclitic).names[2], counts(1, 1, 1), "also as a name of the panel");
    let title = annotations(&[("الخارجية هاكان فيدان", 1, Kind::Person)], &[]);
    assert_eq!(scores(&gold, &title).mentions[0], counts(0, 1, 1));
    let kind = annotations(&[("هاكان فيدان", 1, Kind::Organization)], &[]);
    assert_eq!(scores(&gold, &kind).mentions, [counts(0, 0, 1), counts(0, 1, 0), counts(0, 0, 1)]);
}

#[test]
fn clusters_that_fall_apart_cost_recall() {
    let gold = annotations(&[("هاكان فيدان", 1, Kind::Person), ("فيدان عاد", 1, Kind::Person)], &[]);
    let apart = annotations(&[("هاكان فيدان", 1, Kind::Person), ("فيدان عاد", 2, Kind::Person)], &[]);
    let scores = scores(&gold, &apart);
    assert!(
        scores
            .to_string()
            .contains("clusters (B-cubed)         P 100.00  R  50.00  F1  66.67   (over 2 matched mentions)"),
        "{scores}"
    );
}

#[test]
fn quotes_by_span_by_overlap_and_by_speaker() {
    let names = [("هاكان فيدان", 1, Kind::Person), ("أنقرة", 2, Kind::Place)];
    let (direct, indirect) = (QuoteKind::Direct, QuoteKind::Indirect);
    let gold = annotations(&names, &[("نعم", direct, Some(1)), ("فيدان عاد", indirect, None)]);
    let found = annotations(&names, &[("«نعم»", direct, Some(2)), ("إن فيدان عاد", indirect, None)]);
    let scores = scores(&gold, &found);
    assert_eq!(scores.direct, counts(1, 1, 1), "quotation marks at the edges do not matter");
    assert_eq!(scores.indirect_overlap, counts(1, 1, 1));
    assert_eq!(
        (scores.speakers, scores.named_speakers),
        (counts(1, 2, 2), counts(0, 1, 1)),
        "nobody is right where nobody is"
    );
    assert_eq!(scores.quotes_with_speaker(), counts(1, 2, 2));
}

#[test]
fn nothing_found_is_zero_and_not_a_division_by_it() {
    let gold = annotations(&[("أنقرة", 2, Kind::Place)], &[]);
    let scores = scores(&gold, &Annotations::default());
    assert!(
        scores
            .to_string()
            .starts_with("person                     P   0.00  R   0.00  F1   0.00   (0 right of 0 found, 0 gold)\n"),
        "{scores}"
    );
}
