//! The way back. What another tool does not know of (it may drop our types, or add named entities of its own) is not
//! needed: a named entity with a value is enough.

use crate::annotation::{Annotations, EntityId, Item, Kind, Rejected, Role, Speaker};
use crate::export::{
    Error,
    build::{Builder, Label},
    escape,
    facts::Fact,
};
use crate::text::{Document, Offsets, Span, Unit};
use quick_xml::{Reader, XmlVersion, events::Event};
use std::collections::HashMap;

/// An element: its name without the prefix, and its attributes.
struct Element {
    name: String,
    attributes: HashMap<String, String>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// How sure; where the file does not say, it is.
    fn sure(&self, name: &str) -> f32 {
        self.number(name).unwrap_or(1.0)
    }
}

/// Reads a CAS whose first view has this text.
pub(in crate::export) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    let elements = elements(file)?;
    let sofa = elements.iter().find(|element| element.name == "Sofa");
    let text = sofa.and_then(|sofa| sofa.get("sofaString"));
    let text = text.ok_or_else(|| Error::Syntax("no text in it: not a CAS in XMI".to_owned()))?;
    // What XML cannot hold was replaced when it was written.
    let same = text == document.text() || escape(text) == escape(document.text());
    let mut file = File {
        builder: Builder::new(document, Some(text).filter(|_| !same))?,
        offsets: Offsets::new(document.text(), Unit::Utf16),
        entities: HashMap::new(),
    };
    let view = sofa.and_then(|sofa| sofa.get("id")).unwrap_or_default();
    let own = |element: &&Element| element.get("sofa").is_none_or(|sofa| sofa == view);
    let all = |name: &'static str| elements.iter().filter(own).filter(move |element| element.name == name);
    all("Entity").for_each(|element| file.entity(element));
    all("Role").try_for_each(|element| file.role(element))?;
    // Those that name their entity come first, so that others may join it by their words.
    let (linked, others): (Vec<_>, Vec<_>) =
        all("NamedEntity").partition(|element| element.get("identifier").is_some_and(|id| !id.is_empty()));
    linked.into_iter().chain(others).try_for_each(|element| file.mention(element))?;
    all("Quote").try_for_each(|element| file.quote(element))?;
    for element in all("Rejected") {
        let span = file.span(element, "begin", "end")?;
        let (kind, at) = (element.get("kind").and_then(kind), element.number("decidedAt").unwrap_or_default());
        file.builder.annotations.rejected.push(Rejected { span, kind, at });
    }
    Ok(file.builder.done())
}

fn elements(file: &str) -> Result<Vec<Element>, Error> {
    let fault = |error: &dyn std::fmt::Display| Error::Syntax(format!("not the expected XML: {error}"));
    let mut reader = Reader::from_str(file);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().map_err(|error| fault(&error))? {
            Event::Start(start) | Event::Empty(start) => {
                let mut attributes = HashMap::new();
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| fault(&error))?;
                    let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| fault(&error))?;
                    attributes.insert(attribute.key.local_name().as_ref().to_owned(), value.into_owned());
                }
                elements.push(Element { name: start.local_name().as_ref().to_owned(), attributes });
            }
            Event::Eof => return Ok(elements),
            _ => {}
        }
    }
}

fn kind(label: &str) -> Option<Kind> {
    match Label::of(label) {
        Some(Label::Name(kind)) => Some(kind),
        _ => None,
    }
}

struct File<'a> {
    builder: Builder<'a>,
    offsets: Offsets<'a>,
    entities: HashMap<String, EntityId>,
}

impl File<'_> {
    fn span(&self, element: &Element, from: &str, to: &str) -> Result<Span, Error> {
        let item = || format!("{} {}", element.name, element.get("id").unwrap_or_default());
        let offset = |name: &str| match (element.get(name), element.number(name)) {
            (_, Some(offset)) => Ok(offset),
            (value, None) => {
                Err(Error::Syntax(format!("{}: {name}=\"{}\" is no place", item(), value.unwrap_or_default())))
            }
        };
        let (start, end) = (offset(from)?, offset(to)?);
        self.offsets.to_span((start, end)).ok_or_else(|| Error::Place { item: item(), start, end })
    }

    fn judge(&mut self, item: Item, element: &Element) {
        let (at, note) = (element.number("decidedAt"), element.get("note").map(str::to_owned));
        let (at, note) = match item {
            Item::Entity(_) => (at.map(Fact::EntityDecided), note.map(Fact::EntityNote)),
            _ => (at.map(Fact::Decided), note.map(Fact::Note)),
        };
        at.into_iter().chain(note).for_each(|fact| self.builder.tell(item, fact));
    }

    fn entity(&mut self, element: &Element) {
        let (Some(identifier), Some(kind)) = (element.get("identifier"), element.get("kind").and_then(kind)) else {
            return;
        };
        let id = self.builder.entity(kind, identifier);
        self.entities.insert(identifier.to_owned(), id);
        let item = Item::Entity(id);
        if let Some(name) = element.get("name").filter(|name| !name.is_empty()) {
            self.builder.tell(item, Fact::Name(name.to_owned()));
        }
        for alias in element.get("aliases").unwrap_or_default().lines() {
            self.builder.tell(item, Fact::Alias(alias.to_owned()));
        }
        self.judge(item, element);
    }

    fn role(&mut self, element: &Element) -> Result<(), Error> {
        let span = self.span(element, "begin", "end")?;
        let id = element.get("entity").and_then(|id| self.entities.get(id)).copied();
        if let Some(entity) = self.builder.annotations.entities.iter_mut().find(|entity| Some(entity.id) == id) {
            let text = element.get("text").unwrap_or_default().to_owned();
            entity.roles.push(Role { text, span, confidence: element.sure("confidence") });
        }
        Ok(())
    }

    fn mention(&mut self, element: &Element) -> Result<(), Error> {
        let Some(kind) = element.get("value").and_then(kind) else { return Ok(()) };
        let span = self.span(element, "begin", "end")?;
        let group = element.get("identifier").filter(|group| !group.is_empty());
        let mention = self.builder.mention(span, kind, group);
        (mention.confidence, mention.link_confidence) = (element.sure("confidence"), element.sure("linkConfidence"));
        let (id, entity) = (mention.id, mention.entity);
        if let Some(group) = group {
            self.entities.entry(group.to_owned()).or_insert(entity);
        }
        self.judge(Item::Mention(id), element);
        Ok(())
    }

    fn quote(&mut self, element: &Element) -> Result<(), Error> {
        let Some(Label::Quote(kind)) = element.get("kind").and_then(Label::of) else { return Ok(()) };
        let span = self.span(element, "begin", "end")?;
        let place = |from: &str, to: &str| element.get(from).map(|_| self.span(element, from, to)).transpose();
        let (said, cue) = (place("speakerBegin", "speakerEnd")?, place("cueBegin", "cueEnd")?);
        let entity = element.get("speaker").and_then(|id| self.entities.get(id)).copied();
        let quote = self.builder.quote(span, kind);
        let confidence = element.sure("speakerConfidence");
        quote.speaker = said.map(|span| Speaker { entity, span, confidence });
        (quote.cue, quote.confidence) = (cue, element.sure("confidence"));
        let id = quote.id;
        self.judge(Item::Quote(id), element);
        Ok(())
    }
}
