//! Corrections: what a person decides about what was found, while reading.
//!
//! ```text
//! what is marked, under the cursor, or selected --Subject--> Correction --Edit--> OpenDocument::history --Effect::Save--> store
//! ```

pub mod choose;
pub mod describe;
pub mod doubts;
pub mod lists;
pub mod menu;
pub mod places;
pub mod span;
pub mod subject;
pub mod write;

use super::{
    context::Context,
    outcome::{Opening, Outcome, Request},
    selection::Selection,
};
use crate::{
    annotation::{Edge, Edit, Item, Kind, QuoteKind, Target},
    text::Span,
    tui::{action::Correction, strings::Phrase},
};
use choose::known;
use subject::{MarkPurpose, Purpose, Subject, Writing};

/// Does a correction, or asks for the rest of it. It is of `subject`, which the menu was opened for, or else of what it
/// would be about now.
pub fn correct(correction: Correction, subject: Option<Subject>, context: &Context<'_>) -> Outcome {
    let here = context.here();
    match correction {
        Correction::Orphans if here.orphans.is_empty() => return Outcome::say(context.text(Phrase::LostNone)),
        Correction::Orphans => return Request::Open(Opening::Orphans).into(),
        Correction::Rejected if here.annotations.rejected.is_empty() => {
            return Outcome::say(context.text(Phrase::RejectedNone));
        }
        Correction::Rejected => return Request::Open(Opening::Rejected).into(),
        Correction::Doubtful if doubts::doubtful(here).is_empty() => {
            return Outcome::say(context.text(Phrase::DoubtfulNone));
        }
        Correction::Doubtful => return Request::Open(Opening::Doubts).into(),
        _ => {}
    }
    let closed = Outcome::from(Request::Close);
    let Some(subject) = subject.or_else(|| Subject::of(context)) else {
        let elsewhere = matches!(context.selected(), Some(Selection::EntityOf(..) | Selection::QuoteOf(..)));
        let phrase = if elsewhere { Phrase::InOtherDocument } else { Phrase::NothingToCorrect };
        return closed.then(Outcome::say(context.text(phrase)));
    };
    if let Some(reason) = here.persistence.refusal() {
        return closed.then(Outcome::fault(context.text(reason)));
    }
    if correction == Correction::Menu {
        return closed.then(Request::Open(Opening::Menu(subject)));
    }
    if !possible(subject, context).contains(&correction) {
        return closed.then(Outcome::fault(context.text(Phrase::NotForThis)));
    }
    match subject {
        Subject::Words(span) => {
            let named = kind(correction).map(|_| Request::OfferPlaces(span));
            closed.then(correct_words(span, correction, context)).then(named)
        }
        Subject::Item(item) => closed.then(correct_item(item, correction, context)),
    }
}

/// The corrections that go with a subject, in the order of the menu.
#[must_use]
pub fn possible(subject: Subject, context: &Context<'_>) -> Vec<Correction> {
    use Correction::{
        Accept, AsDirect, AsIndirect, AsOrganization, AsPerson, AsPlace, Edges, Link, Merge, Note, Reject, Rename,
        Speaker, Split, Whole,
    };
    let here = context.here();
    let item = match subject {
        Subject::Words(_) => return vec![AsPerson, AsOrganization, AsPlace, Link, AsDirect, AsIndirect],
        Subject::Item(item) => item,
    };
    if let Item::Quote(id) = item {
        let direct = here.annotations.quote(id).is_some_and(|quote| quote.kind == QuoteKind::Direct);
        return vec![Accept, Reject, Edges, if direct { AsIndirect } else { AsDirect }, Speaker, Note];
    }
    let entity = here.entity_of(item).and_then(|id| here.annotations.entity(id));
    let kinds = [(Kind::Person, AsPerson), (Kind::Organization, AsOrganization), (Kind::Place, AsPlace)];
    let others = kinds.iter().filter(|(kind, _)| entity.is_some_and(|entity| entity.kind != *kind));
    let mut all = vec![Accept, Reject];
    let mention = matches!(item, Item::Mention(_));
    if mention {
        all.push(Edges);
    }
    all.extend(others.map(|(_, action)| *action));
    all.push(Rename);
    if here.annotations.entities.len() > 1 {
        all.push(Merge);
        if mention {
            all.push(Link);
        }
    }
    if mention {
        if entity.is_some_and(|entity| here.annotations.mentions_of(entity.id).nth(1).is_some()) {
            all.push(Split);
        }
        all.extend([Note, Whole]);
    } else {
        all.push(Note);
    }
    all
}

/// The kind that a correction makes something.
const fn kind(correction: Correction) -> Option<Kind> {
    match correction {
        Correction::AsPerson => Some(Kind::Person),
        Correction::AsOrganization => Some(Kind::Organization),
        Correction::AsPlace => Some(Kind::Place),
        _ => None,
    }
}

fn correct_words(span: Span, correction: Correction, context: &Context<'_>) -> Request {
    if let Some(kind) = kind(correction) {
        let known = known(span, kind, context);
        return Request::Edit(Edit::AddMention(span, known.map_or(Target::New(kind), Target::Entity)));
    }
    match correction {
        Correction::AsDirect => Request::Edit(Edit::AddQuote(span, QuoteKind::Direct, None)),
        Correction::AsIndirect => Request::Edit(Edit::AddQuote(span, QuoteKind::Indirect, None)),
        _ => Request::Open(Opening::Choose(Purpose::Name(span))),
    }
}

fn correct_item(item: Item, correction: Correction, context: &Context<'_>) -> Option<Request> {
    let here = context.here();
    let entity = here.entity_of(item);
    if let Some(kind) = kind(correction) {
        return Some(Request::Edit(Edit::Relabel(entity?, kind)));
    }
    Some(match (correction, item) {
        (Correction::Accept, _) => Request::Edit(Edit::Accept(item)),
        (Correction::Reject, _) => Request::Edit(Edit::Reject(item)),
        (Correction::AsDirect, Item::Quote(id)) => Request::Edit(Edit::QuoteKind(id, QuoteKind::Direct)),
        (Correction::AsIndirect, Item::Quote(id)) => Request::Edit(Edit::QuoteKind(id, QuoteKind::Indirect)),
        (Correction::Split, Item::Mention(id)) => {
            Request::Edit(Edit::Link(id, Target::New(here.annotations.entity(entity?)?.kind)))
        }
        (Correction::Whole, _) => Request::Open(Opening::Menu(Subject::Item(Item::Entity(entity?)))),
        (Correction::Rename, _) => {
            let name = here.annotations.entity(entity?).map(|entity| entity.name.clone()).unwrap_or_default();
            Request::Open(Opening::Write(Writing::Name(entity?), name))
        }
        (Correction::Note, _) => {
            Request::Open(Opening::Write(Writing::Note(item), here.note(item).unwrap_or_default().to_owned()))
        }
        (Correction::Merge, _) => Request::Open(Opening::Choose(Purpose::Merge(entity?))),
        (Correction::Link, Item::Mention(id)) => Request::Open(Opening::Choose(Purpose::Link(id))),
        (Correction::Speaker, Item::Quote(id)) => Request::Open(Opening::Choose(Purpose::Speaker(id))),
        (Correction::Edges, _) => Request::Open(Opening::Span(MarkPurpose::Span(item), Edge::End)),
        _ => return None,
    })
}
