//! Runs the extraction over gold annotations, for development: `gold FILE.jsonl [gold|names|tags [MODEL]] >
//! pred.jsonl`.
//!
//! With `gold`, the names are the gold ones, so that aliases, quotes and speakers are measured apart from the tagger;
//! with `names` (the default) they are the tagger's. Where DECISIONS is set in the environment, each line has every
//! choice of a speaker too: what `train/quotes.py` fits the weights to. The file may be one that this program wrote: its
//! names are then taken as they stand, with their confidence. `tags` writes the tagger's names as they came; `gold` over
//! them is the rest of the extraction, in seconds for hundreds of articles.

use anyhow::{Context, Result, anyhow};
use rawi::annotation::{Annotations, Kind};
use rawi::extract::{Decision, Error, Extractor, Memory, ModelTagger, Name, Pass, Tagger};
use rawi::model::Model;
use rawi::text::{Document, Offsets, Origin, Span, Unit};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::sync::{Arc, Mutex};

/// Answers with what the gold says of a paragraph.
struct Gold(HashMap<String, Vec<Name>>);

impl Tagger for Gold {
    fn tag(&self, text: &str) -> std::result::Result<Vec<Name>, Error> {
        Ok(self.0.get(text).cloned().unwrap_or_default())
    }
}

/// A paragraph and the names that were found in it.
type Heard = (String, Vec<Name>);

/// A tagger that keeps what it found.
struct Listened {
    tagger: Box<dyn Tagger>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Tagger for Listened {
    fn tag(&self, text: &str) -> std::result::Result<Vec<Name>, Error> {
        Ok(self.tag_all(&[text], &|| true)?.and_then(|mut all| all.pop()).unwrap_or_default())
    }

    fn tag_all(
        &self,
        paragraphs: &[&str],
        go_on: &dyn Fn() -> bool,
    ) -> std::result::Result<Option<Vec<Vec<Name>>>, Error> {
        let names = self.tagger.tag_all(paragraphs, go_on)?;
        if let (Some(names), Ok(mut heard)) = (&names, self.heard.lock()) {
            heard.extend(paragraphs.iter().map(ToString::to_string).zip(names.iter().cloned()));
        }
        Ok(names)
    }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("which file of gold annotations?")?;
    let mode = arguments.next().unwrap_or_default();
    let gold = mode == "gold";
    let mut out = BufWriter::new(std::io::stdout().lock());
    let start = std::time::Instant::now();
    let lines = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let real: Box<dyn Tagger> = match arguments.next() {
        Some(weights) => Box::new(ModelTagger(Model::load(std::fs::read(weights)?, None)?)),
        None => Box::new(ModelTagger(Model::embedded(None)?.context("built without a model")?)),
    };
    let heard = Arc::new(Mutex::new(Vec::new()));
    let real = Extractor::new(Listened { tagger: real, heard: Arc::clone(&heard) });
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line)?;
        let text = value.get("text").and_then(Value::as_str).context("no text")?;
        let document =
            Document::new(value.get("id").and_then(Value::as_str).unwrap_or_default(), text, Origin::default());
        let own = gold.then(|| Extractor::new(Gold(paragraphs(&document, &value))));
        let mut pass = Pass::new(&document, Memory::default());
        for paragraph in document.paragraphs() {
            pass.tag(own.as_ref().unwrap_or(&real), paragraph)?;
        }
        let heard = std::mem::take(&mut *heard.lock().map_err(|_| anyhow!("the tagger failed"))?);
        if mode == "tags" {
            writeln!(out, "{}", untouched(&document, &heard))?;
            continue;
        }
        let (found, decisions) = pass.decisions();
        let mut line = written(&document, &found);
        if let Some(line) = line.as_object_mut().filter(|_| std::env::var_os("DECISIONS").is_some()) {
            line.insert("decisions".into(), laid_open(&document, &found, &decisions));
        }
        writeln!(out, "{line}")?;
    }
    writeln!(std::io::stderr(), "{:?}", start.elapsed())?;
    Ok(())
}

/// The gold names of each paragraph, by its text.
fn paragraphs(document: &Document, value: &Value) -> HashMap<String, Vec<Name>> {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let kind_of = |id: &Value| {
        let entity = value["entities"].as_array()?.iter().find(|entity| entity["id"] == *id)?;
        Kind::ALL.into_iter().find(|kind| entity["kind"] == kind.name())
    };
    let mut names: HashMap<String, Vec<Name>> = HashMap::new();
    for mention in value["mentions"].as_array().into_iter().flatten() {
        let number = |key: &str| mention[key].as_u64().and_then(|number| usize::try_from(number).ok());
        let span = number("start").zip(number("end")).and_then(|pair| offsets.to_span(pair));
        let Some((span, kind)) = span.zip(kind_of(&mention["entity"])) else { continue };
        let paragraph = document.paragraph_at(span.start);
        let inside = Span::new(span.start - paragraph.start, span.end - paragraph.start);
        let here = names.entry(document.slice(paragraph).to_owned()).or_default();
        if !here.iter().any(|name| name.span.overlaps(inside)) {
            let confidence = mention["confidence"].as_f64().map_or(1.0, |sure| sure as f32);
            here.push(Name { span: inside, kind, confidence });
        }
    }
    names
}

/// The tagger's names as mentions, each its own entity.
fn untouched(document: &Document, heard: &[Heard]) -> Value {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let (mut entities, mut mentions, mut from) = (Vec::new(), Vec::new(), 0);
    for (paragraph, names) in heard {
        let Some(start) = document.text().get(from..).and_then(|rest| rest.find(paragraph.as_str())) else { continue };
        let start = from + start;
        from = start + paragraph.len();
        for name in names {
            let id = format!("e{}", entities.len());
            let (from, to) = offsets.from_span(name.span.shifted(start));
            mentions.push(json!({"entity": id, "start": from, "end": to, "confidence": name.confidence}));
            entities.push(json!({"id": id, "kind": name.kind.name()}));
        }
    }
    json!({"id": document.id(), "text": document.text(), "entities": entities, "mentions": mentions, "quotes": []})
}

/// The choices of speakers that some quote rests on.
fn laid_open(document: &Document, found: &Annotations, decisions: &[Decision]) -> Value {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let candidates = |decision: &Decision| {
        let each = decision.candidates.iter().map(|candidate| {
            let entity = candidate.entity.and_then(|id| found.entity(id)).map(ToString::to_string);
            let text = document.slice(candidate.span);
            json!({"entity": entity, "text": text, "features": candidate.features})
        });
        each.collect::<Vec<_>>()
    };
    let all = decisions.iter().filter(|decision| !decision.quotes.is_empty()).map(|decision| {
        let quotes = decision.quotes.iter().filter_map(|id| found.quote(*id));
        let spans: Vec<_> = quotes.map(|quote| (quote.kind, offsets.from_span(quote.span))).collect();
        json!({"quotes": spans, "contexts": decision.contexts, "candidates": candidates(decision)})
    });
    Value::Array(all.collect())
}

/// The part of rawi's JSON that is scored, with the reasons.
fn written(document: &Document, found: &Annotations) -> Value {
    let offsets = Offsets::new(document.text(), Unit::CodePoint);
    let id = |id| found.entity(id).map(ToString::to_string);
    let place = |span: Span| {
        let (start, end) = offsets.from_span(span);
        json!({"start": start, "end": end, "text": document.slice(span)})
    };
    let with = |mut value: Value, more: Value| {
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        value
    };
    let entities = found.entities.iter().map(|entity| {
        let roles: Vec<_> = entity.roles.iter().map(|role| &role.text).collect();
        json!({"id": entity.to_string(), "kind": entity.kind.name(), "name": entity.name,
            "aliases": entity.aliases, "roles": roles})
    });
    let mentions = found.mentions.iter().map(|mention| {
        let (sure, link) = (mention.confidence, mention.link_confidence);
        with(place(mention.span), json!({"entity": id(mention.entity), "confidence": sure, "link": link}))
    });
    let quotes = found.quotes.iter().map(|quote| {
        let speaker = quote.speaker.as_ref().map(|speaker| match speaker.entity.and_then(id) {
            Some(entity) => with(place(speaker.span), json!({"entity": entity, "confidence": speaker.confidence})),
            None => with(place(speaker.span), json!({"confidence": speaker.confidence})),
        });
        let more = json!({"kind": quote.kind, "confidence": quote.confidence, "speaker": speaker, "why": quote.why, "cue": quote.cue.map(place)});
        with(place(quote.span), more)
    });
    json!({"id": document.id(), "text": document.text(), "entities": entities.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(), "quotes": quotes.collect::<Vec<_>>()})
}
