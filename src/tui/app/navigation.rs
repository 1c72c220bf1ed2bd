//! Going about in the text: by rows and screens, by names, quotes, sentences and paragraphs, and from one thing to what
//! goes with it.

use super::{
    context::Context,
    document::{
        OpenDocument,
        reading::{Way, Window},
    },
    event::Effect,
    library::ask::LibraryEffect,
    outcome::{Opening, Outcome, Request},
    search::everywhere,
    selection::{Focus, Scope, Selection},
};
use crate::{
    arabic::tokens,
    text::{Span, slice},
    tui::{
        action::{Motion, Walk},
        strings::Phrase,
    },
};

/// What a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Every name.
    Name,
    /// Every quote.
    Quote,
    /// Every sentence.
    Sentence,
    /// Every paragraph that has words.
    Paragraph,
    /// Every heading.
    Heading,
}

/// Moves the text, or from name to name.
pub fn motion(motion: Motion, context: &Context<'_>) -> Outcome {
    let (here, window) = (context.here(), context.window());
    let screen = window.height.saturating_sub(2);
    let top = match motion {
        Motion::Down => here.scrolled(1, window),
        Motion::Up => here.scrolled(-1, window),
        Motion::PageDown => here.turned(screen, Way::On, window),
        Motion::PageUp => here.turned(screen, Way::Back, window),
        Motion::HalfDown => here.turned(window.height / 2, Way::On, window),
        Motion::HalfUp => here.turned(window.height / 2, Way::Back, window),
        Motion::Start => return Outcome::from(Request::Leave).then(Request::ScrollTo(0)),
        Motion::End => return Outcome::from(Request::Leave).then(Request::ScrollTo(here.last_top(window))),
        Motion::Left | Motion::Right => {
            let on = here.rtl == (motion == Motion::Left);
            return to_next(Stop::Name, if on { Way::On } else { Way::Back }, context);
        }
    };
    Request::ScrollTo(top).into()
}

/// To the paragraph of that number, from one on, of those that have words; to the last where there are not so many.
pub fn to_paragraph(number: usize, context: &Context<'_>) -> Outcome {
    let here = context.here();
    let text = here.document.text();
    let mut words = here.document.paragraphs().map(|paragraph| tokens::trim(text, paragraph));
    let mut last = None;
    for _ in 0..number {
        let Some(next) = words.find(|words| !words.is_empty()) else { break };
        last = Some(next);
    }
    match last {
        Some(span) => [Request::Leave, Request::PutCursor(span)].into(),
        None => Outcome::none(),
    }
}

/// To the page of that number, from one on; to the last where there are not so many.
pub fn to_page(number: usize, context: &Context<'_>) -> Outcome {
    let document = &context.here().document;
    let pages = document.pages();
    let Some(start) = pages.get(number.saturating_sub(1).min(pages.len().saturating_sub(1))) else {
        return Outcome::say(context.text(Phrase::NoPages));
    };
    let paragraph = document.paragraph_at(*start);
    let words = tokens::trim(document.text(), Span::new(*start, paragraph.end));
    let said = said_page(document.page_at(*start).unwrap_or(number), context);
    Outcome::from([Request::Leave, Request::PutCursor(words)]).then(Outcome::say(said))
}

/// «page 3 of 12».
fn said_page(page: usize, context: &Context<'_>) -> String {
    let (page, pages) = (context.number(page), context.number(context.here().document.pages().len()));
    context.text(Phrase::OnPage { page: &page, pages: &pages })
}

/// The page of the file, from 1, that the cursor is on, or else the top of the screen; none where the document has none.
pub fn current_page(context: &Context<'_>) -> Option<usize> {
    let (here, seen) = (context.here(), context.here().seen(context.window()));
    let at = if here.cursor.overlaps(seen) { here.cursor.start } else { seen.start };
    here.document.page_at(at)
}

/// To the page after the current one, or to the one before.
fn beside_page(way: Way, context: &Context<'_>) -> Outcome {
    let count = context.here().document.pages().len();
    let phrase = match (current_page(context), way) {
        (None, _) => Phrase::NoPages,
        (Some(page), Way::On) if page < count => return to_page(page + 1, context),
        (Some(page), Way::Back) if page > 1 => return to_page(page - 1, context),
        (Some(_), Way::On) => Phrase::NoMoreAfter,
        (Some(_), Way::Back) => Phrase::NoMoreBefore,
    };
    Outcome::say(context.text(phrase))
}

/// Goes from one thing in the text to the next.
pub fn walk(walk: Walk, context: &Context<'_>) -> Outcome {
    match walk {
        Walk::Next => next_of_selected(Way::On, context),
        Walk::Previous => next_of_selected(Way::Back, context),
        Walk::NextName => to_next(Stop::Name, Way::On, context),
        Walk::PreviousName => to_next(Stop::Name, Way::Back, context),
        Walk::NextQuote => to_next(Stop::Quote, Way::On, context),
        Walk::PreviousQuote => to_next(Stop::Quote, Way::Back, context),
        Walk::NextSentence => to_next(Stop::Sentence, Way::On, context),
        Walk::PreviousSentence => to_next(Stop::Sentence, Way::Back, context),
        Walk::NextParagraph => to_next(Stop::Paragraph, Way::On, context),
        Walk::PreviousParagraph => to_next(Stop::Paragraph, Way::Back, context),
        Walk::NextPage => beside_page(Way::On, context),
        Walk::PreviousPage => beside_page(Way::Back, context),
        Walk::NextHeading => to_next(Stop::Heading, Way::On, context),
        Walk::PreviousHeading => to_next(Stop::Heading, Way::Back, context),
        Walk::Contents => Request::Open(Opening::Contents).into(),
        Walk::Counterpart => counterpart(context),
    }
}

/// To the next stop; what the cursor comes to is selected.
fn to_next(stop: Stop, way: Way, context: &Context<'_>) -> Outcome {
    let here = context.here();
    let Some(span) = next_stop(here, stop, way, context.window()) else {
        let phrase = if way == Way::On { Phrase::NoMoreAfter } else { Phrase::NoMoreBefore };
        return Outcome::say(context.text(phrase));
    };
    let selected = match stop {
        Stop::Name => {
            let mention = here.mentions_in(span).find(|mention| mention.span == span);
            Some(mention.map(|mention| Selection::Entity(mention.entity)))
        }
        Stop::Quote => {
            let quote = here.quotes_in(span).find(|quote| quote.span == span);
            Some(quote.map(|quote| Selection::Quote(quote.id)))
        }
        Stop::Sentence | Stop::Paragraph | Stop::Heading => None,
    };
    Outcome::from(selected.map(Request::Highlight)).then(Request::PutCursor(span))
}

/// The next place of what is selected.
fn next_of_selected(way: Way, context: &Context<'_>) -> Outcome {
    let Some(target) = context.selected() else {
        return Outcome::say(context.text(Phrase::NothingSelected));
    };
    if matches!(target, Selection::EntityOf(..) | Selection::QuoteOf(..)) {
        return to_other_document(way, context);
    }
    let (here, window) = (context.here(), context.window());
    let places = here.places(target);
    let on_it = places.contains(&here.cursor);
    // The first step goes to the first place: from the panel, "next" means the one that is looked for.
    let step = if on_it || way == Way::Back {
        next_place(here, places, way, window)
    } else {
        let seen = here.seen(window);
        let visible = places.iter().find(|place| place.overlaps(seen));
        visible.or(places.first()).map(|span| (*span, false))
    };
    let Some((span, around)) = step else {
        return Outcome::say(context.text(Phrase::NotInText));
    };
    if around && here.library.is_some() && here.trail == Some(target) {
        return Request::Step(way).into();
    }
    if around && context.scope == Scope::All && is_elsewhere(target, context) {
        return to_other_document(way, context);
    }
    if around
        && context.everywhere
        && target == Selection::Hits
        && let Some(outcome) = to_hits_beside(way, context)
    {
        return outcome;
    }
    let said = around.then(|| {
        let phrase = if way == Way::On { Phrase::AroundToFirst } else { Phrase::AroundToLast };
        Outcome::say(context.text(phrase))
    });
    Outcome::from(Request::PutCursor(span)).then(said.unwrap_or_default())
}

/// To the next document in which something was found, and its first hit, or to the one before and its last.
fn to_hits_beside(way: Way, context: &Context<'_>) -> Option<Outcome> {
    let (documents, now) = (context.documents, context.documents.current());
    let found = everywhere::found(documents);
    let at = found.iter().position(|found| found.0 == now)?;
    let next = if way == Way::On { at + 1 } else { at + found.len() - 1 };
    let (number, _) = *found.get(next % found.len()).filter(|found| found.0 != now)?;
    let hits = &documents.all().get(number)?.hits;
    let hit = if way == Way::On { hits.first() } else { hits.last() }?;
    let there = [Request::Leave, Request::OpenDocument(number), Request::Highlight(Some(Selection::Hits))];
    Some(Outcome::from(there).then(Request::PutCursor(*hit)))
}

/// To the selected thing in the text.
pub fn enter(context: &Context<'_>) -> Outcome {
    let Some(target) = context.selected() else {
        return Outcome::say(context.text(Phrase::NothingSelected));
    };
    if matches!(target, Selection::EntityOf(..) | Selection::QuoteOf(..)) {
        return Outcome::from(Request::Focus(Focus::Text)).then(to_other_document(Way::On, context));
    }
    let here = context.here();
    let seen = here.seen(context.window());
    let places = here.places(target);
    let on_it = places.contains(&here.cursor) && here.cursor.overlaps(seen);
    if on_it
        && let Selection::Quote(id) = target
        && let Some(source) = here.checked.source(id)
    {
        let place = (source.start, source.end);
        let open = LibraryEffect::OpenNamed(source.document.clone(), place);
        return [Request::Leave, Request::Effect(Effect::Library(open))].into();
    }
    let place = if on_it {
        here.cursor
    } else if let Some(place) = places.iter().find(|place| place.overlaps(seen)).or(places.first()) {
        *place
    } else {
        return Outcome::say(context.text(Phrase::NotInText));
    };
    [Request::Leave, Request::Focus(Focus::Text), Request::PutCursor(place)].into()
}

/// From a quote to its speaker, from a person to the next thing they said.
fn counterpart(context: &Context<'_>) -> Outcome {
    let here = context.here();
    let next = match context.selected() {
        Some(Selection::Quote(id)) => {
            let quote = here.annotations.quote(id);
            let doubtful = quote.is_some_and(|quote| quote.is_doubtful(here.doubt));
            let speaker = quote.and_then(|quote| quote.said_by(here.doubt));
            let none = if doubtful { Phrase::SpeakerInDoubt } else { Phrase::NoSpeaker };
            speaker.map(|speaker| (speaker.entity.map(Selection::Entity), speaker.span)).ok_or(none)
        }
        Some(Selection::Entity(id)) => {
            let said = here.index.said.get(&id).into_iter().flatten();
            let mut quotes = said.filter_map(|id| here.annotations.quote(*id));
            let after = quotes.clone().find(|quote| quote.span.start > here.cursor.start);
            let quote = after.or_else(|| quotes.next());
            quote.map(|quote| (Some(Selection::Quote(quote.id)), quote.span)).ok_or(Phrase::SaidNothing)
        }
        Some(Selection::EntityOf(..) | Selection::QuoteOf(..)) => Err(Phrase::InOtherDocument),
        Some(Selection::Group(_) | Selection::Hits) | None => Err(Phrase::NothingSelected),
    };
    match next {
        Err(phrase) => Outcome::say(context.text(phrase)),
        Ok((target, span)) => {
            let target = target.or(context.selected());
            [Request::Leave, Request::Highlight(target), Request::PutCursor(span)].into()
        }
    }
}

/// Reads the document beside this one.
pub fn beside_document(way: Way, context: &Context<'_>) -> Outcome {
    let (count, now) = (context.documents.all().len(), context.documents.current());
    let next = match way {
        Way::On => Some(now + 1).filter(|next| *next < count),
        Way::Back => now.checked_sub(1),
    };
    match next {
        Some(next) => [Request::Leave, Request::OpenDocument(next)].into(),
        None if count < 2 => Outcome::say(context.text(Phrase::OnlyDocument)),
        None => Outcome::say(context.text(Phrase::NoMoreDocuments)),
    }
}

/// Whether a target of the document that is read is in another one too.
fn is_elsewhere(target: Selection, context: &Context<'_>) -> bool {
    let cluster = context.documents.cluster_of(context.documents.current(), target);
    cluster.is_some_and(|cluster| cluster.members.len() > 1)
}

/// To the next document that the selected thing is in, and its first place there, or its last.
pub fn to_other_document(way: Way, context: &Context<'_>) -> Outcome {
    let documents = context.documents;
    let now = documents.current();
    let cluster = context.selected().and_then(|target| documents.cluster_of(now, target));
    let members = cluster.map(|cluster| cluster.members.as_slice()).unwrap_or_default();
    let next = match way {
        Way::On => members.iter().find(|member| member.0 > now).or(members.first()),
        Way::Back => members.iter().rev().find(|member| member.0 < now).or(members.last()),
    };
    let Some(&(number, target)) = next else { return Outcome::none() };
    let places = documents.all().get(number).map(|document| document.places(target)).unwrap_or_default();
    let place = if way == Way::On { places.first() } else { places.last() };
    Outcome::from([Request::Leave, Request::OpenDocument(number), Request::Highlight(Some(target))])
        .then(place.map(|place| Request::PutCursor(*place)))
}

/// Where a walk starts: at the cursor, or at the edge of the screen where the cursor is out of sight.
fn start(document: &OpenDocument, way: Way, window: Window) -> Option<Span> {
    let seen = document.seen(window);
    if document.cursor.overlaps(seen) {
        return Some(document.cursor);
    }
    match way {
        Way::On => seen.start.checked_sub(1).map(|before| Span::new(before, before)),
        Way::Back => Some(Span::new(seen.end, seen.end)),
    }
}

/// The next of some places, and whether it is the first or the last again, around the end of the document.
fn next_place(document: &OpenDocument, places: &[Span], way: Way, window: Window) -> Option<(Span, bool)> {
    let around = match way {
        Way::On => places.first(),
        Way::Back => places.last(),
    };
    let next = beside(places.iter().copied(), start(document, way, window), way);
    next.map(|span| (span, false)).or_else(|| around.map(|span| (*span, true)))
}

/// The next stop of a walk.
fn next_stop(document: &OpenDocument, stop: Stop, way: Way, window: Window) -> Option<Span> {
    let from = start(document, way, window);
    match stop {
        Stop::Name => beside(document.annotations.mentions.iter().map(|mention| mention.span), from, way),
        Stop::Quote => beside(document.annotations.quotes.iter().map(|quote| quote.span), from, way),
        Stop::Heading => {
            let headings: Vec<Span> = document.document.structure().headings().map(|(_, span)| span).collect();
            beside(headings.into_iter(), from, way)
        }
        Stop::Sentence | Stop::Paragraph => next_stretch(document, stop, from, way),
    }
}

/// The next sentence or paragraph.
fn next_stretch(document: &OpenDocument, stop: Stop, from: Option<Span>, way: Way) -> Option<Span> {
    let document = &document.document;
    let text = document.text();
    let mut paragraph = document.paragraph_at(from.map_or(0, |span| span.start));
    loop {
        let inside: Vec<Span> = if stop == Stop::Sentence {
            tokens::sentences(slice(text, paragraph)).map(|span| span.shifted(paragraph.start)).collect()
        } else {
            let words = tokens::trim(text, paragraph);
            if words.is_empty() { Vec::new() } else { vec![words] }
        };
        if let Some(found) = beside(inside.into_iter(), from, way) {
            return Some(found);
        }
        paragraph = match way {
            Way::On => document.paragraph_after(paragraph)?,
            Way::Back => document.paragraph_before(paragraph)?,
        };
    }
}

/// The first span after `from`, or the last before it; all of them count where there is no `from`.
fn beside(mut spans: impl DoubleEndedIterator<Item = Span>, from: Option<Span>, way: Way) -> Option<Span> {
    let Some(from) = from else { return spans.next().filter(|_| way == Way::On) };
    let key = |span: &Span| (span.start, std::cmp::Reverse(span.end));
    match way {
        Way::On => spans.find(|span| key(span) > key(&from)),
        Way::Back => spans.rev().find(|span| key(span) < key(&from)),
    }
}
