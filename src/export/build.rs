//! Annotations from what another tool gave back: spans with labels, gathered into entities.

use super::{Error, facts::Fact, one_line};
use crate::annotation::{
    Annotations, Entity, EntityId, Item, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Role,
};
use crate::text::{Document, Span};
use std::collections::{HashMap, HashSet};

/// What a label stands for.
#[derive(Clone, Copy)]
pub(super) enum Label {
    /// A name of this kind.
    Name(Kind),
    /// A quote of this kind.
    Quote(QuoteKind),
}

impl Label {
    /// The label as our writers spell it, or as the common corpora do; none for anything else.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace([' ', '_', '-'], "");
        Some(match name.as_str() {
            "per" | "pers" | "person" => Self::Name(Kind::Person),
            "org" | "organization" | "organisation" => Self::Name(Kind::Organization),
            "loc" | "location" | "place" | "gpe" => Self::Name(Kind::Place),
            "directquote" | "direct" => Self::Quote(QuoteKind::Direct),
            "indirectquote" | "indirect" => Self::Quote(QuoteKind::Indirect),
            _ => return None,
        })
    }
}

/// Gathers what a file has. Everything is sure, and [`Provenance::Imported`], until told otherwise.
pub(super) struct Builder<'a> {
    document: &'a Document,
    pub(super) annotations: Annotations,
    /// Who decided, where nothing else is said.
    pub(super) provenance: Provenance,
    /// What the file calls an entity, within its kind.
    groups: HashMap<(Kind, String), EntityId>,
    /// The words of mentions, for those that the file puts into no group.
    words: HashMap<(Kind, String), EntityId>,
    numbers: Numbers,
    named: HashSet<EntityId>,
}

impl<'a> Builder<'a> {
    /// For a file that was made for `text`.
    pub(super) fn new(document: &'a Document, text: Option<&str>) -> Result<Self, Error> {
        if let Some(text) = text.filter(|text| *text != document.text()) {
            let pairs = text.chars().zip(document.text().chars());
            let place = pairs.take_while(|(one, two)| one == two).count();
            return Err(Error::Syntax(format!("made for another text; they part at code point {place}")));
        }
        Ok(Self {
            document,
            annotations: Annotations::default(),
            provenance: Provenance::Imported,
            groups: HashMap::new(),
            words: HashMap::new(),
            numbers: Numbers::default(),
            named: HashSet::new(),
        })
    }

    /// The entity of that kind that the file calls so, new at its first call.
    pub(super) fn entity(&mut self, kind: Kind, group: &str) -> EntityId {
        if let Some(&known) = self.groups.get(&(kind, group.to_owned())) {
            return known;
        }
        let id = EntityId(self.numbers.take(group));
        self.groups.insert((kind, group.to_owned()), id);
        let (name, aliases, roles) = (String::new(), Vec::new(), Vec::new());
        self.annotations.entities.push(Entity {
            id,
            kind,
            name,
            aliases,
            roles,
            provenance: self.provenance,
            note: None,
        });
        id
    }

    /// A mention; those of one group are of one entity. Without a group it joins an entity of the same words, so those
    /// that have one should come first.
    pub(super) fn mention(&mut self, span: Span, kind: Kind, group: Option<&str>) -> &mut Mention {
        let words = one_line(self.document.slice(span));
        let entity = match (group, self.words.get(&(kind, words.clone()))) {
            (Some(group), _) => self.entity(kind, group),
            (None, Some(&known)) => known,
            (None, None) => self.entity(kind, &words),
        };
        self.words.entry((kind, words)).or_insert(entity);
        let id = MentionId(number(self.annotations.mentions.len()));
        let (confidence, link_confidence, provenance) = (1.0, 1.0, self.provenance);
        let mention = Mention { id, entity, span, confidence, link_confidence, provenance, note: None };
        self.annotations.mentions.push_mut(mention)
    }

    /// A quote without a speaker and a cue.
    pub(super) fn quote(&mut self, span: Span, kind: QuoteKind) -> &mut Quote {
        let id = QuoteId(number(self.annotations.quotes.len()));
        let (confidence, why, provenance) = (1.0, String::new(), self.provenance);
        let (speaker, cue, note) = (None, None, None);
        self.annotations.quotes.push_mut(Quote {
            id,
            kind,
            span,
            speaker,
            cue,
            confidence,
            why,
            provenance,
            note,
            candidates: Vec::new(),
        })
    }

    /// A role that the text gives at `span`.
    pub(super) fn role(&mut self, entity: EntityId, span: Span) {
        let text = one_line(self.document.slice(span));
        if let Some(entity) = self.annotations.entities.iter_mut().find(|known| known.id == entity) {
            entity.roles.push(Role { text, span, confidence: 1.0 });
        }
    }

    /// Takes in what stood beside an item; what is said of an entity may stand beside any of its mentions.
    pub(super) fn tell(&mut self, item: Item, fact: Fact) {
        let Annotations { entities, mentions, quotes, .. } = &mut self.annotations;
        let mention = mentions.iter_mut().rev().find(|mention| item == Item::Mention(mention.id));
        let about = match item {
            Item::Entity(id) => Some(id),
            Item::Mention(_) => mention.as_ref().map(|mention| mention.entity),
            Item::Quote(_) => None,
        };
        let entity = entities.iter_mut().find(|entity| Some(entity.id) == about);
        let own = mention.map(|mention| (&mut mention.note, &mut mention.provenance)).or_else(|| {
            let quote = quotes.iter_mut().rev().find(|quote| item == Item::Quote(quote.id))?;
            Some((&mut quote.note, &mut quote.provenance))
        });
        match (fact, entity, own) {
            (Fact::Name(name), Some(entity), _) => {
                self.named.insert(entity.id);
                entity.name = name;
            }
            (Fact::Alias(alias), Some(entity), _) => entity.aliases.push(alias),
            (Fact::Role(text), Some(entity), _) => {
                entity.roles.push(Role { text, span: Span::default(), confidence: 1.0 });
            }
            (Fact::EntityNote(line), Some(entity), _) => add_line(&mut entity.note, &line),
            (Fact::EntityDecided(at), Some(entity), _) => entity.provenance = Provenance::Person(at),
            (Fact::Note(line), _, Some((note, _))) => add_line(note, &line),
            (Fact::Decided(at), _, Some((_, provenance))) => *provenance = Provenance::Person(at),
            _ => {}
        }
    }

    /// In order; an entity whose name the file does not say is named by its first mention, and its other forms are its
    /// aliases.
    pub(super) fn done(mut self) -> Annotations {
        self.annotations.sort();
        let Annotations { entities, mentions, .. } = &mut self.annotations;
        for entity in entities.iter_mut().filter(|entity| !self.named.contains(&entity.id)) {
            for mention in mentions.iter().filter(|mention| mention.entity == entity.id) {
                let words = one_line(self.document.slice(mention.span));
                if entity.name.is_empty() {
                    entity.name = words;
                } else if entity.name != words && !entity.aliases.contains(&words) {
                    entity.aliases.push(words);
                }
            }
        }
        self.annotations
    }
}

/// Where a speaker without a place of its own is named: of the places, the last before the quote, else the first.
pub(super) fn nearest(places: &[Span], quote: Span) -> Span {
    let before = places.iter().rev().find(|place| place.end <= quote.start);
    before.or(places.first()).copied().unwrap_or_default()
}

/// Everywhere that the text has these words.
pub(super) fn occurrences(document: &Document, words: &str) -> Vec<Span> {
    if words.is_empty() {
        return Vec::new();
    }
    document.text().match_indices(words).map(|(at, word)| Span::new(at, at + word.len())).collect()
}

/// Hands out numbers: the one that an id ends with where it is free, else one above all.
#[derive(Default)]
pub(super) struct Numbers {
    taken: HashSet<u32>,
    top: u32,
}

impl Numbers {
    pub(super) fn take(&mut self, id: &str) -> u32 {
        let own = id.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().ok();
        let number = own.filter(|number| !self.taken.contains(number)).unwrap_or(self.top.saturating_add(1));
        self.taken.insert(number);
        self.top = self.top.max(number);
        number
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1) + 1
}

fn add_line(note: &mut Option<String>, line: &str) {
    match note {
        Some(note) => {
            note.push('\n');
            note.push_str(line);
        }
        None => *note = Some(line.to_owned()),
    }
}
