//! Label Studio's tasks: one task with its regions (code points), for a configuration with `<Labels name="label"
//! toName="text">` (Person, Organization, Place, Direct quote, Indirect quote, Speaker, Cue, Role), `<Relations>` and
//! `<Text name="text">`. Speakers, cues and roles are regions with a relation to them; the entity of a mention, names,
//! notes and who decided stand in the `meta` of a region ([`Fact`]).
//!
//! Left out: confidences, entities without a mention, and what was rejected.

use super::{
    Error, Loss, Report,
    build::{Builder, Label},
    facts::{self, Fact},
    one_line, time, title,
};
use crate::annotation::{Annotations, Item, Provenance, Quote, QuoteKind, Speaker};
use crate::text::{Document, Offsets, Span, Unit};
use serde_json::{Value, json};
use std::{collections::BTreeMap, io};

struct Writer<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
    result: Vec<Value>,
}

impl Writer<'_> {
    fn region(&mut self, id: &str, span: Span, label: &str, facts: &[Fact]) {
        let (start, end) = self.offsets.from_span(span);
        let meta = facts.iter().map(Fact::written).map(|(key, words)| format!("{key}: {words}"));
        self.result.push(json!({
            "id": id, "from_name": "label", "to_name": "text", "type": "labels",
            "value": {"start": start, "end": end, "text": self.document.slice(span), "labels": [label]},
            "meta": {"text": meta.collect::<Vec<_>>()},
        }));
    }

    fn relation(&mut self, from: &str, to: &str, label: &str) {
        self.result
            .push(json!({"type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [label]}));
    }
}

pub(super) fn write(document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<Report> {
    let mut writer = Writer { document, offsets: Offsets::new(document.text(), Unit::CodePoint), result: Vec::new() };
    for mention in &annotations.mentions {
        let Some(entity) = annotations.entity(mention.entity) else { continue };
        let mut beside = vec![Fact::Entity(entity.to_string())];
        beside.extend(facts::of_mention(document, annotations, mention));
        writer.region(&format!("m{}", mention.id.0), mention.span, title(entity.kind), &beside);
    }
    for entity in &annotations.entities {
        let Some(first) = annotations.mentions_of(entity.id).next() else { continue };
        for (index, role) in entity.roles.iter().filter(|role| facts::has_place(document, role)).enumerate() {
            let id = format!("{entity}r{index}");
            writer.region(&id, role.span, "Role", &[]);
            writer.relation(&format!("m{}", first.id.0), &id, "role");
        }
    }
    for quote in &annotations.quotes {
        let label = if quote.kind == QuoteKind::Direct { "Direct quote" } else { "Indirect quote" };
        let id = format!("q{}", quote.id.0);
        writer.region(&id, quote.span, label, &facts::of_quote(quote));
        if let Some(speaker) = quote.speaker.as_ref().filter(|speaker| !speaker.span.is_empty()) {
            let mut mentions = annotations.mentions.iter();
            let own = mentions.find(|m| m.span == speaker.span && Some(m.entity) == speaker.entity);
            let to = own.map_or_else(|| format!("{id}s"), |mention| format!("m{}", mention.id.0));
            if own.is_none() {
                let of = speaker.entity.and_then(|entity| annotations.entity(entity));
                let of: Vec<Fact> = of.map(|entity| Fact::Entity(entity.to_string())).into_iter().collect();
                writer.region(&to, speaker.span, "Speaker", &of);
            }
            writer.relation(&id, &to, "speaker");
        }
        if let Some(cue) = quote.cue {
            let to = format!("{id}c");
            writer.region(&to, cue, "Cue", &[]);
            writer.relation(&id, &to, "cue");
        }
    }
    let tasks = json!([{"id": 1, "data": {"text": document.text(), "id": document.id()},
                        "annotations": [{"id": 1, "result": writer.result}]}]);
    super::plain::json(out, &tasks, true)?;
    Ok(Report::of(annotations, &[Loss::Confidence, Loss::Unmentioned, Loss::Rejected]))
}

/// A region as it comes back.
struct Region<'a> {
    id: &'a str,
    label: &'a str,
    span: Span,
    facts: Vec<Fact>,
}

/// Reads the first annotation of the task that has this text. Where the task says when that was saved, a person saved
/// it: what carries no date of its own was decided then.
pub(super) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let tasks: Value = serde_json::from_str(file)?;
    let tasks = tasks.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |task: &Value| task.pointer("/data/text").and_then(Value::as_str).map(str::to_owned);
    let own = tasks.iter().find(|task| text(task).as_deref() == Some(document.text())).or(tasks.first());
    let task = own.ok_or_else(|| Error::Syntax("no task in it".to_owned()))?;
    let mut builder = Builder::new(document, text(task).as_deref())?;
    let work = task.pointer("/annotations/0").or(task.pointer("/predictions/0"));
    let saved = work.map(|work| (word(work, "/updated_at"), word(work, "/created_at")));
    if let Some(at) = saved.and_then(|(updated, created)| time::read(updated).or_else(|| time::read(created))) {
        builder.provenance = Provenance::Person(at);
    }
    let result = work.and_then(|work| work.get("result")).and_then(Value::as_array).map(Vec::as_slice);
    let result = result.unwrap_or_default();
    let relations: Vec<_> = result.iter().filter(|item| word(item, "/type") == "relation").collect();
    let target = |from: &str, label: &str| {
        let is = |item: &&&Value| word(item, "/from_id") == from && word(item, "/labels/0").eq_ignore_ascii_case(label);
        relations.iter().find(is).map(|item| word(item, "/to_id"))
    };
    let mut regions = regions(document, result)?;
    regions.sort_by_key(|region| group(&region.facts).is_none());
    let (mut items, mut entities) = (BTreeMap::new(), BTreeMap::new());
    for region in &regions {
        let item = match Label::of(region.label) {
            Some(Label::Name(kind)) => {
                let mention = builder.mention(region.span, kind, group(&region.facts));
                entities.insert(region.id, mention.entity);
                if let Some(group) = group(&region.facts) {
                    entities.insert(group, mention.entity);
                }
                Item::Mention(mention.id)
            }
            Some(Label::Quote(kind)) => Item::Quote(builder.quote(region.span, kind).id),
            None => continue,
        };
        items.insert(region.id, item);
        region.facts.iter().for_each(|fact| builder.tell(item, fact.clone()));
    }
    let find = |id: &str| regions.iter().find(|region| region.id == id);
    for region in &regions {
        let to = |label: &str| target(region.id, label).and_then(find);
        if let Some(&entity) = entities.get(region.id) {
            let roles = relations.iter().filter(|item| word(item, "/from_id") == region.id);
            let roles = roles.filter(|item| word(item, "/labels/0").eq_ignore_ascii_case("role"));
            roles.filter_map(|item| find(word(item, "/to_id"))).for_each(|role| builder.role(entity, role.span));
        }
        let is = |quote: &&mut Quote| items.get(region.id) == Some(&Item::Quote(quote.id));
        if let Some(quote) = builder.annotations.quotes.iter_mut().find(is) {
            quote.cue = to("cue").map(|cue| cue.span);
            quote.speaker = to("speaker").map(|said| {
                let of = entities.get(said.id).or_else(|| entities.get(group(&said.facts)?));
                Speaker { entity: of.copied(), span: said.span, confidence: 1.0 }
            });
        }
    }
    Ok(builder.done())
}

fn word<'a>(item: &'a Value, at: &str) -> &'a str {
    item.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

/// The entity that a mention or a speaker is of.
fn group(facts: &[Fact]) -> Option<&str> {
    facts.iter().find_map(|fact| if let Fact::Entity(id) = fact { Some(id.as_str()) } else { None })
}

fn regions<'a>(document: &Document, result: &'a [Value]) -> Result<Vec<Region<'a>>, Error> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let number = |item: &Value, at: &str| {
        item.pointer(at).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
    };
    let mut regions = Vec::new();
    for item in result.iter().filter(|item| item.pointer("/value/labels/0").is_some()) {
        let (id, start, end) = (word(item, "/id"), number(item, "/value/start"), number(item, "/value/end"));
        let span = offsets.to_span((start, end)).ok_or_else(|| Error::Place { item: id.to_owned(), start, end })?;
        let (found, expected) = (document.slice(span), word(item, "/value/text"));
        // Label Studio shows line ends as blanks or as `\\n`.
        let (found, expected) = (one_line(found), one_line(&expected.replace("\\n", "\n")));
        if !expected.is_empty() && found != expected {
            let item = id.to_owned();
            return Err(Error::Text { item, found, expected });
        }
        let lines = item.pointer("/meta/text").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        // A line that is not one of ours is what a person wrote in Label Studio.
        let fact = |line: &str| {
            let ours = line.split_once(": ").and_then(|(key, words)| Fact::read(key, words));
            ours.unwrap_or_else(|| Fact::Note(line.to_owned()))
        };
        let facts = lines.iter().filter_map(Value::as_str).flat_map(str::lines).map(fact).collect();
        regions.push(Region { id, label: word(item, "/value/labels/0"), span, facts });
    }
    Ok(regions)
}
