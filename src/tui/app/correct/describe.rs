//! What the status line says of an edit.

use crate::{
    annotation::{Edit, Item, Kind, Mention, Provenance, QuoteKind, Refused, SpeakerRef, Target, timestamp},
    text::Span,
    tui::{
        app::{App, documents::OpenDocument},
        strings::Phrase,
    },
};

/// As many characters of a text are said.
const SHORT: usize = 40;

/// Below this, the extractor is not sure.
const SURE: f32 = 0.6;

/// Whether the extractor is not sure, and nobody has decided.
#[must_use]
pub fn is_unsure(by: Provenance, confidence: f32) -> bool {
    by == Provenance::Model && confidence < SURE
}

/// Why an edit was not made.
pub(super) const fn refusal(refused: Refused) -> Phrase<'static> {
    match refused {
        Refused::Missing => Phrase::RefusedMissing,
        Refused::Place => Phrase::RefusedPlace,
        Refused::Overlap(_) => Phrase::RefusedOverlap,
        Refused::Name => Phrase::RefusedName,
        Refused::Itself => Phrase::RefusedItself,
        Refused::Entity => Phrase::NotForThis,
    }
}

impl App {
    /// What an edit does, in the state before it.
    pub(super) fn said(&self, edit: &Edit) -> String {
        let strings = &self.config.strings;
        let (here, name) = (self.documents.here(), |item| self.name(item));
        let entity = |id| self.name(Item::Entity(id));
        match edit {
            Edit::Accept(item) => strings.text(Phrase::DidAccept { name: &name(*item) }),
            Edit::Reject(item) | Edit::Remove(item) => strings.text(Phrase::DidReject { name: &name(*item) }),
            Edit::Relabel(id, kind) => self.said_kind(&entity(*id), *kind),
            Edit::Link(id, Target::New(_)) => strings.text(Phrase::DidSplit { name: &name(Item::Mention(*id)) }),
            Edit::Link(id, Target::Entity(whose)) => {
                strings.text(Phrase::DidLink { name: &name(Item::Mention(*id)), entity: &entity(*whose) })
            }
            Edit::Respan(_, span) => strings.text(Phrase::DidRespan { words: &self.words(*span) }),
            Edit::AddMention(span, Target::New(kind)) => self.said_kind(&self.words(*span), *kind),
            Edit::AddMention(span, Target::Entity(whose)) => {
                strings.text(Phrase::DidLink { name: &self.words(*span), entity: &entity(*whose) })
            }
            Edit::AddQuote(span, ..) => strings.text(Phrase::DidQuote { words: &self.words(*span) }),
            Edit::Rename(id, new) => strings.text(Phrase::DidRename { old: &entity(*id), new }),
            Edit::Merge(from, into) => strings.text(Phrase::DidMerge { from: &entity(*from), into: &entity(*into) }),
            Edit::Speaker(_, None) => strings.text(Phrase::DidNoSpeaker),
            Edit::Speaker(_, Some(SpeakerRef::Entity(id))) => strings.text(Phrase::DidSpeaker { name: &entity(*id) }),
            Edit::Speaker(_, Some(SpeakerRef::Words(span))) => {
                strings.text(Phrase::DidSpeaker { name: here.document.slice(*span) })
            }
            Edit::QuoteKind(_, QuoteKind::Direct) => strings.text(Phrase::DidDirect),
            Edit::QuoteKind(_, QuoteKind::Indirect) => strings.text(Phrase::DidIndirect),
            Edit::Note(item, Some(_)) => strings.text(Phrase::DidNote { name: &name(*item) }),
            Edit::Note(item, None) => strings.text(Phrase::DidNoNote { name: &name(*item) }),
        }
    }

    fn said_kind(&self, name: &str, kind: Kind) -> String {
        self.config.strings.text(match kind {
            Kind::Person => Phrase::DidPerson { name },
            Kind::Organization => Phrase::DidOrganization { name },
            Kind::Place => Phrase::DidPlace { name },
        })
    }

    /// An item in a few words: the entity's name, else its words.
    #[must_use]
    pub fn name(&self, item: Item) -> String {
        let here = self.documents.here();
        match item {
            Item::Entity(id) => here.annotations.entity(id).map(|entity| entity.name.clone()),
            Item::Mention(id) => here.mention(id).map(|mention| self.words(mention.span)),
            Item::Quote(id) => here.annotations.quote(id).map(|quote| self.words(quote.span)),
        }
        .unwrap_or_default()
    }

    /// The beginning of a stretch of the text, on one line.
    #[must_use]
    pub fn words(&self, span: Span) -> String {
        let words = self.documents.here().document.slice(span).split_whitespace();
        let mut said = String::new();
        for word in words {
            if said.chars().count() + word.chars().count() > SHORT {
                said.push('…');
                break;
            }
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(word);
        }
        said
    }

    /// Who decided on an item and the mention of it under the cursor, and the notes on both.
    #[must_use]
    pub fn decided(&self, here: &OpenDocument, item: Item) -> Vec<String> {
        let strings = &self.config.strings;
        let by = |by: Provenance, confidence: f32| match by {
            Provenance::Model => {
                let percent = (confidence.clamp(0.0, 1.0) * 100.0).round() as usize;
                strings.text(Phrase::ByModel { percent: &self.number(percent) })
            }
            Provenance::Imported => strings.text(Phrase::ByImport),
            Provenance::Person(at) => {
                let moment: String = timestamp(at).replace('T', " ").chars().take(16).collect();
                strings.text(Phrase::ByPerson { when: &format!("{moment} UTC") })
            }
        };
        let under = |mention: &&Mention| item == Item::Entity(mention.entity) && mention.span == here.cursor;
        let mention = here.mentions_in(here.cursor).find(under);
        let own = match item {
            Item::Entity(id) => here.entity(id).map(|entity| (entity.provenance, here.index.sureness(id))),
            Item::Quote(id) => here.quote(id).map(|quote| (quote.provenance, quote.confidence)),
            Item::Mention(_) => None,
        };
        let decided = mention.map(|mention| (mention.provenance, mention.confidence)).or(own);
        let notes = [here.note(item), mention.and_then(|mention| mention.note.as_deref())];
        // What the extractor is sure of goes without saying.
        let worth = decided.filter(|&(who, confidence)| who != Provenance::Model || is_unsure(who, confidence));
        let mut lines: Vec<String> = worth.map(|(who, confidence)| by(who, confidence)).into_iter().collect();
        lines.extend(notes.into_iter().flatten().map(|note| strings.text(Phrase::NoteIs { note })));
        lines
    }
}
