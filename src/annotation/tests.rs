//! Edits as pictures: annotations, what a person does, annotations; and that all of it can be undone.

use super::*;
use crate::annotation::fixture::{Builder, article};
use crate::text::Document;
use proptest::prelude::*;

/// One line an entity: its kind, name, aliases, and mentions; a star is a person's decision. Then the quotes.
fn picture(document: &Document, annotations: &Annotations) -> String {
    let star = |by: Provenance| if by == Provenance::Model { "" } else { "*" };
    let mut lines = Vec::new();
    for entity in &annotations.entities {
        let mentions = annotations.mentions_of(entity.id);
        let mentions: Vec<String> =
            mentions.map(|m| format!("{}{}", document.slice(m.span), star(m.provenance))).collect();
        let names: Vec<&str> = std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str).collect();
        let names = names.join("/");
        lines.push(format!("{entity}{} {names}: {}", star(entity.provenance), mentions.join(", ")));
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

fn small() -> (Document, Annotations) {
    let mut builder = Builder::new("زار عمر حداد تونس. قال حداد إن «تونس جميلة». وعاد عمر.");
    let omar = builder.entity(Kind::Person, "عمر حداد", &["حداد"], None);
    let tunis = builder.entity(Kind::Place, "تونس", &[], None);
    let other = builder.entity(Kind::Person, "عمر", &[], None);
    builder.mention(omar, "عمر حداد", 0);
    builder.mention(tunis, "تونس", 0);
    builder.mention(omar, "حداد", 1);
    builder.mention(tunis, "تونس", 1);
    builder.mention(other, "عمر", 1);
    let speaker = Speaker { entity: Some(omar), span: builder.span("حداد", 1), confidence: 0.5 };
    builder.quote(QuoteKind::Direct, "تونس جميلة", Some(speaker), Some("قال"));
    builder.done()
}

/// The picture after edits, having checked that undoing them all gives the beginning.
fn after(edits: &[Edit]) -> String {
    let (document, before) = small();
    let (mut annotations, mut history) = (before.clone(), History::default());
    for edit in edits {
        history.apply(&mut annotations, &document, edit.clone(), 9).unwrap();
    }
    let shown = picture(&document, &annotations);
    while history.undo(&mut annotations).is_some() {}
    assert_eq!(annotations, before);
    shown
}

const OMAR: EntityId = EntityId(1);
const TUNIS: EntityId = EntityId(2);
const OTHER: EntityId = EntityId(3);

#[test]
fn the_beginning() {
    assert_eq!(after(&[]), "p1 عمر حداد/حداد: عمر حداد, حداد\nl2 تونس: تونس, تونس\np3 عمر: عمر\ndirect p1: تونس جميلة");
}

#[test]
fn two_entities_become_one_and_one_becomes_two() {
    assert_eq!(
        after(&[Edit::Merge(OTHER, OMAR)]),
        "p1* عمر حداد/حداد/عمر: عمر حداد, حداد, عمر*\nl2 تونس: تونس, تونس\ndirect p1: تونس جميلة"
    );
    assert_eq!(
        after(&[Edit::Link(MentionId(3), Target::New(Kind::Person))]),
        "p1* عمر حداد: عمر حداد\nl2 تونس: تونس, تونس\np4* حداد: حداد*\np3 عمر: عمر\ndirect p1: تونس جميلة"
    );
    assert_eq!(
        after(&[Edit::Link(MentionId(5), Target::Entity(OMAR))]),
        "p1* عمر حداد/حداد/عمر: عمر حداد, حداد, عمر*\nl2 تونس: تونس, تونس\ndirect p1: تونس جميلة"
    );
}

#[test]
fn names_kinds_and_speakers() {
    assert_eq!(
        after(&[
            Edit::Rename(OMAR, " عمر  بن حداد ".into()),
            Edit::Relabel(TUNIS, Kind::Organization),
            Edit::Speaker(QuoteId(1), Some(SpeakerRef::Entity(OTHER))),
            Edit::QuoteKind(QuoteId(1), QuoteKind::Indirect),
        ]),
        "p1* عمر بن حداد/حداد/عمر حداد: عمر حداد, حداد\no2* تونس: تونس*, تونس*\np3 عمر: عمر\nindirect* p3: تونس جميلة"
    );
}

#[test]
fn what_is_rejected_is_gone_and_its_words_still_speak() {
    assert_eq!(
        after(&[Edit::Reject(Item::Entity(OMAR)), Edit::Remove(Item::Mention(MentionId(2)))]),
        "l2 تونس: تونس\np3 عمر: عمر\ndirect حداد: تونس جميلة"
    );
    assert_eq!(
        after(&[Edit::Reject(Item::Quote(QuoteId(1)))]),
        "p1 عمر حداد/حداد: عمر حداد, حداد\nl2 تونس: تونس, تونس\np3 عمر: عمر"
    );
}

#[test]
fn a_persons_span_takes_the_place_of_the_extractors() {
    let (document, _) = small();
    let long = Span::new(document.text().find("عمر").unwrap(), document.text().find(". قال").unwrap());
    assert_eq!(
        after(&[Edit::Respan(Item::Mention(MentionId(2)), long)]),
        "l2* تونس/عمر حداد تونس: عمر حداد تونس*, تونس\np1* عمر حداد/حداد: حداد\np3 عمر: عمر\ndirect p1: تونس جميلة"
    );
    let verb = Span::new(0, 6);
    assert_eq!(document.slice(verb), "زار");
    assert_eq!(
        after(&[Edit::AddMention(verb, Target::New(Kind::Person)), Edit::AddQuote(verb, QuoteKind::Direct, None)]),
        "p4* زار: زار*\np1 عمر حداد/حداد: عمر حداد, حداد\nl2 تونس: تونس, تونس\np3 عمر: عمر\n\
         direct* nobody: زار\ndirect p1: تونس جميلة"
    );
    let last = Span::new(document.text().rfind("وعاد").unwrap(), document.text().len() - 1);
    assert!(
        after(&[Edit::Respan(Item::Mention(MentionId(5)), last)]).contains("p3* وعاد عمر: وعاد عمر*"),
        "a name of one mention follows it"
    );
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let (document, before) = small();
    let mut annotations = before.clone();
    let mut refuse = |edit: Edit| annotations.apply(&document, &edit, 1).unwrap_err();
    assert_eq!(refuse(Edit::Accept(Item::Quote(QuoteId(9)))), Refused::Missing);
    assert_eq!(refuse(Edit::Merge(OMAR, OMAR)), Refused::Itself);
    assert_eq!(refuse(Edit::Merge(OMAR, EntityId(9))), Refused::Missing);
    assert_eq!(refuse(Edit::Rename(OMAR, " \n".into())), Refused::Name);
    assert_eq!(refuse(Edit::AddMention(Span::new(1, 6), Target::Entity(OMAR))), Refused::Place);
    assert_eq!(refuse(Edit::AddMention(Span::new(6, 7), Target::Entity(OMAR))), Refused::Place);
    assert_eq!(refuse(Edit::Respan(Item::Entity(OMAR), Span::new(0, 6))), Refused::Entity);
    assert_eq!(annotations, before);
    annotations.apply(&document, &Edit::Accept(Item::Mention(MentionId(2))), 1).unwrap();
    let taken = annotations.mentions.iter().find(|mention| mention.id == MentionId(2)).unwrap().span;
    let edit = Edit::AddMention(taken, Target::New(Kind::Person));
    assert_eq!(annotations.apply(&document, &edit, 1), Err(Refused::Overlap(MentionId(2))));
}

/// What stands after the extractor, run again, finds what it found the first time.
fn again(edits: &[Edit]) -> String {
    let (document, found) = small();
    let mut annotations = found.clone();
    for edit in edits {
        annotations.apply(&document, edit, 9).unwrap();
    }
    let merged = annotations.merge_over(found.clone());
    let shown = picture(&document, &merged);
    assert_eq!(picture(&document, &merged.decided().merge_over(found)), shown, "also when only the decisions are kept");
    shown
}

#[test]
fn a_persons_decisions_outlive_the_extractor() {
    let document = small().0;
    let verb = Span::new(0, 6);
    let wide = Span::new(document.text().find("عمر").unwrap(), document.text().find(". قال").unwrap());
    for edits in [
        vec![],
        vec![Edit::Merge(OTHER, OMAR)],
        vec![Edit::Merge(OMAR, OTHER)],
        vec![Edit::Link(MentionId(3), Target::New(Kind::Person))],
        vec![Edit::Rename(OMAR, "عمر بن حداد".into())],
        vec![Edit::Relabel(TUNIS, Kind::Organization)],
        vec![Edit::Reject(Item::Entity(OTHER))],
        vec![Edit::Relabel(OTHER, Kind::Place), Edit::Reject(Item::Entity(OTHER))],
        vec![Edit::Reject(Item::Mention(MentionId(2))), Edit::Reject(Item::Quote(QuoteId(1)))],
        vec![Edit::AddMention(verb, Target::New(Kind::Person)), Edit::AddQuote(verb, QuoteKind::Direct, None)],
        vec![Edit::Respan(Item::Mention(MentionId(2)), wide)],
        vec![
            Edit::Speaker(QuoteId(1), Some(SpeakerRef::Words(verb))),
            Edit::QuoteKind(QuoteId(1), QuoteKind::Indirect),
        ],
        vec![Edit::Note(Item::Mention(MentionId(4)), Some("أي تونس؟".into()))],
    ] {
        assert_eq!(again(&edits), after(&edits), "{edits:?}");
    }
    assert_eq!(
        again(&[Edit::Remove(Item::Entity(OTHER))]),
        after(&[]).replace("p3", "p4").replace("p4 عمر: عمر", "p3 عمر: عمر"),
        "what was only removed is found again"
    );
}

#[test]
fn the_same_things_keep_their_ids() {
    let (document, found) = small();
    let mut renumbered = found.clone();
    renumbered.entities.iter_mut().for_each(|entity| entity.id.0 += 40);
    renumbered.mentions.iter_mut().for_each(|mention| (mention.id.0, mention.entity.0) = (90, mention.entity.0 + 40));
    let speaker = renumbered.quotes[0].speaker.as_mut().unwrap();
    speaker.entity = Some(EntityId(41));
    renumbered.quotes[0].id = QuoteId(70);
    assert_eq!(found.merge_over(renumbered), found);
    assert_eq!(picture(&document, &found), after(&[]));
}

/// One of the edits, by numbers that may name what is not there.
fn edit() -> impl Strategy<Value = Edit> {
    let entity = (1u32..8).prop_map(EntityId);
    let mention = (1u32..14).prop_map(MentionId);
    let quote = (1u32..8).prop_map(QuoteId);
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let span = (0usize..280, 1usize..40).prop_map(|(start, length)| Span::new(start, start + length));
    let target = prop_oneof![entity.clone().prop_map(Target::Entity), kind.clone().prop_map(Target::New)];
    let said = prop_oneof![entity.clone().prop_map(SpeakerRef::Entity), span.clone().prop_map(SpeakerRef::Words)];
    let quote_kind = prop::sample::select(vec![QuoteKind::Direct, QuoteKind::Indirect]);
    let item = prop_oneof![
        entity.clone().prop_map(Item::Entity),
        mention.clone().prop_map(Item::Mention),
        quote.clone().prop_map(Item::Quote)
    ];
    prop_oneof![
        item.clone().prop_map(Edit::Accept),
        item.clone().prop_map(Edit::Reject),
        item.clone().prop_map(Edit::Remove),
        (entity.clone(), kind).prop_map(|(id, kind)| Edit::Relabel(id, kind)),
        (mention, target.clone()).prop_map(|(id, target)| Edit::Link(id, target)),
        (item.clone(), span.clone()).prop_map(|(item, span)| Edit::Respan(item, span)),
        (span.clone(), target).prop_map(|(span, target)| Edit::AddMention(span, target)),
        (span, quote_kind.clone(), prop::option::of(said.clone())).prop_map(|(s, k, who)| Edit::AddQuote(s, k, who)),
        (entity.clone(), "[أ-ي]{0,4}").prop_map(|(id, name)| Edit::Rename(id, name)),
        (entity.clone(), entity).prop_map(|(from, into)| Edit::Merge(from, into)),
        (quote.clone(), prop::option::of(said)).prop_map(|(id, said)| Edit::Speaker(id, said)),
        (quote, quote_kind).prop_map(|(id, kind)| Edit::QuoteKind(id, kind)),
        (item, prop::option::of("[أ-ي]{0,4}")).prop_map(|(item, text)| Edit::Note(item, text)),
    ]
}

fn sound(document: &Document, annotations: &Annotations) {
    for mention in &annotations.mentions {
        assert!(annotations.entity(mention.entity).is_some(), "a mention of nobody");
        assert!(!document.slice(mention.span).is_empty());
    }
    for quote in &annotations.quotes {
        let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity);
        assert!(speaker.is_none_or(|id| annotations.entity(id).is_some()), "a speaker that is not there");
    }
    let mut ids: Vec<EntityId> = annotations.entities.iter().map(|entity| entity.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), annotations.entities.len(), "two entities of one number");
}

proptest! {
    /// Fifty corrections, with undo and redo at random in between: every state is one that was seen before, in order.
    #[test]
    fn fifty_edits_undone_and_redone_end_where_they_should(
        steps in prop::collection::vec((0u8..4, edit()), 120)
    ) {
        let (document, before) = article();
        let (mut annotations, mut history) = (before.clone(), History::default());
        let (mut states, mut at) = (vec![before], 0usize);
        let mut made = 0;
        for (what, edit) in steps {
            match what {
                0 => {
                    prop_assert_eq!(history.undo(&mut annotations).is_some(), at > 0);
                    at = at.saturating_sub(1);
                }
                1 => {
                    prop_assert_eq!(history.redo(&mut annotations).is_some(), at + 1 < states.len());
                    at = (at + 1).min(states.len() - 1);
                }
                _ if made < 50 && history.apply(&mut annotations, &document, edit, 5).is_ok() => {
                    states.truncate(at + 1);
                    states.push(annotations.clone());
                    (at, made) = (at + 1, made + 1);
                }
                _ => {}
            }
            prop_assert_eq!(&annotations, &states[at]);
            prop_assert_eq!(history.depth(), (at, states.len() - 1 - at));
            sound(&document, &annotations);
        }
    }

    /// Whatever was decided stands after the extractor has run again.
    #[test]
    fn decisions_are_never_lost(edits in prop::collection::vec(edit(), 20)) {
        let (document, found) = article();
        let mut annotations = found.clone();
        for edit in &edits {
            let _ = annotations.apply(&document, edit, 5);
        }
        let merged = annotations.merge_over(found);
        sound(&document, &merged);
        let kept = merged.decided();
        for mention in annotations.decided().mentions {
            prop_assert!(kept.mentions.contains(&mention));
        }
        for quote in annotations.decided().quotes {
            prop_assert!(kept.quotes.contains(&quote));
        }
        for entity in annotations.decided().entities {
            prop_assert!(merged.entity(entity.id).is_some());
        }
        prop_assert_eq!(kept.rejected, annotations.rejected);
    }
}
