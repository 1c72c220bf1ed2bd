//! What each edit does.

use super::{Edit, Item, Refused, SpeakerRef, Target};
use crate::annotation::{
    Annotations, Entity, EntityId, Kind, Mention, MentionId, Provenance, Quote, QuoteId, QuoteKind, Rejected, Speaker,
};
use crate::text::{Document, Span};

/// The annotations as they are after an edit.
pub(super) fn after(before: &Annotations, document: &Document, edit: &Edit, at: u64) -> Result<Annotations, Refused> {
    let mut plan = Plan { document, at, after: before.clone() };
    plan.make(edit)?;
    Ok(plan.after)
}

/// An edit on its way: the annotations as they will be.
struct Plan<'a> {
    document: &'a Document,
    at: u64,
    after: Annotations,
}

impl Plan<'_> {
    fn make(&mut self, edit: &Edit) -> Result<(), Refused> {
        match edit {
            Edit::Accept(item) => self.accept(*item),
            Edit::Reject(item) => self.take(*item, true),
            Edit::Remove(item) => self.take(*item, false),
            Edit::Relabel(id, kind) => {
                self.accept(Item::Entity(*id))?;
                self.entity(*id)?.kind = *kind;
                Ok(())
            }
            Edit::Link(id, target) => self.link(*id, *target),
            Edit::Respan(Item::Entity(_), _) => Err(Refused::Entity),
            Edit::Respan(Item::Mention(id), span) => self.respan(*id, *span),
            Edit::Respan(Item::Quote(id), span) => {
                let span = self.place(*span)?;
                self.quote(*id)?.span = span;
                self.clear_quotes(*id)
            }
            Edit::AddMention(span, target) => self.add_mention(*span, *target),
            Edit::AddQuote(span, kind, said) => self.add_quote(*span, *kind, *said),
            Edit::Rename(id, name) => self.rename(*id, name),
            Edit::Merge(from, into) => self.merge(*from, *into),
            Edit::Speaker(id, said) => {
                let start = self.quote(*id)?.span.start;
                let speaker = said.map(|said| self.speaker(said, start)).transpose()?;
                let quote = self.quote(*id)?;
                (quote.speaker, quote.candidates) = (speaker, Vec::new());
                Ok(())
            }
            Edit::QuoteKind(id, kind) => {
                self.quote(*id)?.kind = *kind;
                self.clear_quotes(*id)
            }
            Edit::Note(item, text) => self.note(*item, text.clone().filter(|text| !text.trim().is_empty())),
        }
    }

    /// The entity, marked as decided.
    fn entity(&mut self, id: EntityId) -> Result<&mut Entity, Refused> {
        let entity = self.after.entities.iter_mut().find(|entity| entity.id == id).ok_or(Refused::Missing)?;
        entity.provenance = Provenance::Person(self.at);
        Ok(entity)
    }

    /// The mention, marked as decided.
    fn mention(&mut self, id: MentionId) -> Result<&mut Mention, Refused> {
        let mention = self.after.mentions.iter_mut().find(|mention| mention.id == id).ok_or(Refused::Missing)?;
        mention.provenance = Provenance::Person(self.at);
        Ok(mention)
    }

    /// The quote, marked as decided.
    fn quote(&mut self, id: QuoteId) -> Result<&mut Quote, Refused> {
        let quote = self.after.quotes.iter_mut().find(|quote| quote.id == id).ok_or(Refused::Missing)?;
        quote.provenance = Provenance::Person(self.at);
        Ok(quote)
    }

    fn place(&self, span: Span) -> Result<Span, Refused> {
        if self.document.slice(span).trim().is_empty() { Err(Refused::Place) } else { Ok(span) }
    }

    fn accept(&mut self, item: Item) -> Result<(), Refused> {
        match item {
            Item::Mention(id) => self.mention(id).map(drop),
            Item::Quote(id) => self.quote(id).map(drop),
            Item::Entity(id) => {
                self.entity(id)?;
                let by = Provenance::Person(self.at);
                self.after.mentions.iter_mut().filter(|m| m.entity == id).for_each(|mention| mention.provenance = by);
                Ok(())
            }
        }
    }

    fn take(&mut self, item: Item, for_good: bool) -> Result<(), Refused> {
        match item {
            Item::Mention(id) => self.take_mention(id, for_good),
            Item::Entity(id) => {
                let mentions: Vec<MentionId> = self.after.mentions_of(id).map(|mention| mention.id).collect();
                self.after.entity(id).ok_or(Refused::Missing)?;
                for mention in mentions {
                    self.take_mention(mention, for_good)?;
                }
                self.forget(id, None);
                Ok(())
            }
            Item::Quote(id) => {
                let span = self.quote(id)?.span;
                self.after.quotes.retain(|quote| quote.id != id);
                self.reject(span, None, for_good);
                Ok(())
            }
        }
    }

    fn take_mention(&mut self, id: MentionId, for_good: bool) -> Result<(), Refused> {
        let Mention { span, entity, .. } = *self.mention(id)?;
        let kind = self.after.entity(entity).map(|entity| entity.kind);
        self.after.mentions.retain(|mention| mention.id != id);
        self.reject(span, kind, for_good);
        self.leave(entity, span, None);
        Ok(())
    }

    fn reject(&mut self, span: Span, kind: Option<Kind>, for_good: bool) {
        let known = |item: &Rejected| item.span == span && item.kind.is_some() == kind.is_some();
        if for_good && !self.after.rejected.iter().any(known) {
            self.after.rejected.push(Rejected { span, kind, at: self.at });
        }
    }

    /// What a mention that went away leaves behind: no alias that is gone from the text, no entity without mentions.
    fn leave(&mut self, id: EntityId, span: Span, heir: Option<EntityId>) {
        if self.after.mentions_of(id).next().is_none() {
            return self.forget(id, heir);
        }
        let words = words(self.document.slice(span));
        if self.after.mentions_of(id).any(|mention| words_of(self.document, mention) == words) {
            return;
        }
        if let Some(entity) = self.after.entities.iter_mut().find(|entity| entity.id == id) {
            entity.aliases.retain(|alias| *alias != words);
        }
    }

    /// Drops an entity; what it said is the heir's, or nobody's by name.
    fn forget(&mut self, id: EntityId, heir: Option<EntityId>) {
        self.after.entities.retain(|entity| entity.id != id);
        let speakers = self.after.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut());
        speakers.filter(|speaker| speaker.entity == Some(id)).for_each(|speaker| speaker.entity = heir);
        let candidates = self.after.quotes.iter_mut().flat_map(|quote| &mut quote.candidates);
        candidates.filter(|candidate| candidate.entity == Some(id)).for_each(|candidate| candidate.entity = heir);
    }

    fn target(&mut self, target: Target, span: Span) -> Result<EntityId, Refused> {
        let name = words(self.document.slice(span));
        match target {
            Target::Entity(id) => {
                self.entity(id)?.learn(&name);
                Ok(id)
            }
            Target::New(kind) => {
                let id = EntityId(self.after.entities.iter().map(|entity| entity.id.0).max().unwrap_or(0) + 1);
                let provenance = Provenance::Person(self.at);
                let (aliases, roles) = (Vec::new(), Vec::new());
                self.after.entities.push(Entity { id, kind, name, aliases, roles, provenance, note: None });
                Ok(id)
            }
        }
    }

    fn link(&mut self, id: MentionId, target: Target) -> Result<(), Refused> {
        let Mention { span, entity: old, .. } = *self.mention(id)?;
        let new = self.target(target, span)?;
        self.mention(id)?.entity = new;
        self.mention(id)?.link_confidence = 1.0;
        if old != new {
            // So that extraction, run again, gives the rest of its mentions to the entity that lost this one.
            self.entity(old)?;
            self.leave(old, span, Some(new));
        }
        Ok(())
    }

    /// Clears the way for a person's mention: the extractor's give way, another person's does not.
    fn clear(&mut self, span: Span, own: MentionId) -> Result<(), Refused> {
        let in_way = self.after.mentions.iter().filter(|m| m.id != own && m.span.overlaps(span));
        let in_way: Vec<(MentionId, Provenance)> = in_way.map(|mention| (mention.id, mention.provenance)).collect();
        if let Some((id, _)) = in_way.iter().find(|(_, by)| *by != Provenance::Model) {
            return Err(Refused::Overlap(*id));
        }
        for (id, _) in in_way {
            let entity = self.mention(id)?.entity;
            self.take_mention(id, false)?;
            if self.after.entity(entity).is_some() {
                // As in a link: the rest of its mentions stay with the entity that lost this one.
                self.entity(entity)?;
            }
        }
        Ok(())
    }

    fn respan(&mut self, id: MentionId, span: Span) -> Result<(), Refused> {
        let span = self.place(span)?;
        let Mention { span: old, entity, .. } = *self.mention(id)?;
        self.clear(span, id)?;
        self.mention(id)?.span = span;
        let (before, now) = (words(self.document.slice(old)), words(self.document.slice(span)));
        self.leave(entity, old, None);
        let other = self.after.mentions_of(entity).any(|mention| words_of(self.document, mention) == before);
        let entity = self.entity(entity)?;
        if entity.name == before && !other {
            entity.aliases.retain(|alias| *alias != now);
            entity.name = now;
        } else {
            entity.learn(&now);
        }
        Ok(())
    }

    fn add_mention(&mut self, span: Span, target: Target) -> Result<(), Refused> {
        let span = self.place(span)?;
        let entity = self.target(target, span)?;
        let id = MentionId(self.after.mentions.iter().map(|mention| mention.id.0).max().unwrap_or(0) + 1);
        let provenance = Provenance::Person(self.at);
        let mention = Mention { id, entity, span, confidence: 1.0, link_confidence: 1.0, provenance, note: None };
        self.after.mentions.push(mention);
        self.clear(span, id)?;
        self.after.rejected.retain(|item| item.span != span || item.kind.is_none());
        Ok(())
    }

    fn add_quote(&mut self, span: Span, kind: QuoteKind, said: Option<SpeakerRef>) -> Result<(), Refused> {
        let span = self.place(span)?;
        let speaker = said.map(|said| self.speaker(said, span.start)).transpose()?;
        let id = QuoteId(self.after.quotes.iter().map(|quote| quote.id.0).max().unwrap_or(0) + 1);
        let provenance = Provenance::Person(self.at);
        let (cue, confidence, why, note) = (None, 1.0, String::new(), None);
        self.after.quotes.push(Quote {
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
        });
        self.after.rejected.retain(|item| item.span != span || item.kind.is_some());
        self.clear_quotes(id)
    }

    /// The extractor's quotes that are about the same as a person's give way, as they do when it runs again.
    fn clear_quotes(&mut self, id: QuoteId) -> Result<(), Refused> {
        let (span, kind) = self.after.quote(id).map(|quote| (quote.span, quote.kind)).ok_or(Refused::Missing)?;
        let stays = |quote: &Quote| {
            quote.id == id
                || quote.provenance != Provenance::Model
                || quote.note.is_some()
                || !quote.is_like(span, kind)
        };
        self.after.quotes.retain(stays);
        Ok(())
    }

    fn rename(&mut self, id: EntityId, name: &str) -> Result<(), Refused> {
        let name = words(name);
        if name.is_empty() {
            return Err(Refused::Name);
        }
        let entity = self.entity(id)?;
        let old = std::mem::replace(&mut entity.name, name);
        entity.aliases.retain(|alias| *alias != entity.name);
        entity.learn(&old);
        Ok(())
    }

    fn merge(&mut self, from: EntityId, into: EntityId) -> Result<(), Refused> {
        if from == into {
            return Err(Refused::Itself);
        }
        let lost = self.entity(from)?.clone();
        let kept = self.entity(into)?;
        std::iter::once(&lost.name).chain(&lost.aliases).for_each(|name| kept.learn(name));
        kept.roles.extend(lost.roles);
        kept.note = match (kept.note.take(), lost.note) {
            (Some(one), Some(two)) => Some(format!("{one}\n{two}")),
            (one, two) => one.or(two),
        };
        for mention in self.after.mentions.iter_mut().filter(|mention| mention.entity == from) {
            mention.entity = into;
            mention.provenance = Provenance::Person(self.at);
        }
        self.forget(from, Some(into));
        Ok(())
    }

    fn speaker(&self, said: SpeakerRef, quote: usize) -> Result<Speaker, Refused> {
        let (entity, span) = match said {
            SpeakerRef::Words(span) => (None, self.place(span)?),
            SpeakerRef::Entity(id) => {
                self.after.entity(id).ok_or(Refused::Missing)?;
                let before = self.after.mentions_of(id).rev().find(|mention| mention.span.end <= quote);
                let mention = before.or_else(|| self.after.mentions_of(id).next());
                (Some(id), mention.map(|mention| mention.span).unwrap_or_default())
            }
        };
        Ok(Speaker { entity, span, confidence: 1.0 })
    }

    fn note(&mut self, item: Item, text: Option<String>) -> Result<(), Refused> {
        let note = match item {
            Item::Entity(id) => self.after.entities.iter_mut().find(|entity| entity.id == id).map(|e| &mut e.note),
            Item::Mention(id) => self.after.mentions.iter_mut().find(|mention| mention.id == id).map(|m| &mut m.note),
            Item::Quote(id) => self.after.quotes.iter_mut().find(|quote| quote.id == id).map(|q| &mut q.note),
        };
        *note.ok_or(Refused::Missing)? = text;
        Ok(())
    }
}

impl Entity {
    /// Knows the entity by this form too.
    fn learn(&mut self, form: &str) {
        if self.name != form && !self.aliases.iter().any(|alias| alias == form) {
            self.aliases.push(form.to_owned());
        }
    }
}

/// Words with one space between them, as a name is shown.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words_of(document: &Document, mention: &Mention) -> String {
    words(document.slice(mention.span))
}
