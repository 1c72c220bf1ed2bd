//! What is said of an edit, and of who decided.

use crate::{
    annotation::{Edit, Item, Kind, Mention, Provenance, QuoteKind, Refused, SpeakerRef, Target, timestamp},
    tui::{
        app::{context::Context, document::OpenDocument},
        strings::{Phrase, Strings},
    },
};

/// Below this, the extractor is not sure.
const SURE: f32 = 0.6;

/// Whether the extractor is not sure, and nobody has decided.
#[must_use]
pub fn is_unsure(by: Provenance, confidence: f32) -> bool {
    by == Provenance::Model && confidence < SURE
}

/// A chance from 0 to 1 in whole per cent.
#[must_use]
pub fn percent(chance: f32) -> usize {
    (chance.clamp(0.0, 1.0) * 100.0).round() as usize
}

/// Why an edit was not made.
#[must_use]
pub const fn refusal(refused: Refused) -> Phrase<'static> {
    match refused {
        Refused::Missing => Phrase::RefusedMissing,
        Refused::Place => Phrase::RefusedPlace,
        Refused::Overlap(_) => Phrase::RefusedOverlap,
        Refused::Name => Phrase::RefusedName,
        Refused::Itself => Phrase::RefusedItself,
        Refused::Entity => Phrase::NotForThis,
    }
}

/// What an edit does, in the state before it.
#[must_use]
pub fn describe(edit: &Edit, context: &Context<'_>) -> String {
    let strings = context.config.strings;
    let (here, name) = (context.here(), |item| context.name(item));
    let entity = |id| context.name(Item::Entity(id));
    match edit {
        Edit::Accept(item) => strings.text(Phrase::DidAccept { name: &name(*item) }),
        Edit::Reject(item) | Edit::Remove(item) => strings.text(Phrase::DidReject { name: &name(*item) }),
        Edit::Relabel(id, kind) => describe_kind(&entity(*id), *kind, strings),
        Edit::Link(id, Target::New(_)) => strings.text(Phrase::DidSplit { name: &name(Item::Mention(*id)) }),
        Edit::Link(id, Target::Entity(whose)) => {
            strings.text(Phrase::DidLink { name: &name(Item::Mention(*id)), entity: &entity(*whose) })
        }
        Edit::Respan(_, span) => strings.text(Phrase::DidRespan { words: &context.words(*span) }),
        Edit::AddMention(span, Target::New(kind)) => describe_kind(&context.words(*span), *kind, strings),
        Edit::AddMention(span, Target::Entity(whose)) => {
            strings.text(Phrase::DidLink { name: &context.words(*span), entity: &entity(*whose) })
        }
        Edit::AddQuote(span, ..) => strings.text(Phrase::DidQuote { words: &context.words(*span) }),
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

fn describe_kind(name: &str, kind: Kind, strings: Strings) -> String {
    strings.text(match kind {
        Kind::Person => Phrase::DidPerson { name },
        Kind::Organization => Phrase::DidOrganization { name },
        Kind::Place => Phrase::DidPlace { name },
    })
}

/// Who decided on an item and the mention of it under the cursor, and the notes on both.
#[must_use]
pub fn decided(context: &Context<'_>, here: &OpenDocument, item: Item) -> Vec<String> {
    let strings = context.config.strings;
    let by = |by: Provenance, confidence: f32| match by {
        Provenance::Model => strings.text(Phrase::ByModel { percent: &context.number(percent(confidence)) }),
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
