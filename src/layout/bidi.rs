//! Embedding levels of a paragraph (UAX #9, rules P2 to I2). L1, L2 and L4 belong to a row and are applied there.
//!
//! A text without embeddings, overrides and isolates is one isolating run sequence, and nearly every text is one:
//! those are resolved here, in a few passes over one array. What holds such controls goes to unicode-bidi. That both
//! give the same levels is a property test; both pass Unicode's conformance tests.

use super::Direction;
use super::letters::Letter;
use crate::text::{self, Directed};
use std::cell::Cell;
use unicode_bidi::BidiClass::{self, AL, AN, B, BN, CS, EN, ES, ET, FSI, L, LRE, LRI, LRO, NSM, ON, PDF, PDI, R};
use unicode_bidi::BidiClass::{RLE, RLI, RLO};
use unicode_bidi::{BidiDataSource, HardcodedBidiData, Level, ParagraphBidiInfo};

/// As many brackets as may be open at a time (BD16).
const OPEN_BRACKETS: usize = 63;

/// Sets the level of every letter; gives the paragraph's own.
pub(super) fn resolve(text: &str, letters: &mut [Letter], direction: Direction, isolates: &[Directed]) -> u8 {
    let base = match direction {
        Direction::Ltr => 0,
        Direction::Rtl => 1,
        Direction::Auto => first_strong(letters, isolates).unwrap_or(0),
        Direction::AutoRtl => first_strong(letters, isolates).unwrap_or(1),
    };
    let mut classes = 0;
    for letter in letters.iter_mut() {
        classes |= bit(letter.traits.bidi);
        letter.level = base;
    }
    // What runs against the paragraph. Without it all resolves to the paragraph's direction (W7, N1, N2).
    let against = if base == 0 { bit(R) | bit(AL) | bit(AN) } else { bit(L) | bit(EN) | bit(AN) };
    if !isolates.is_empty() {
        isolated(text, letters, base, isolates);
    } else if classes & EXPLICIT != 0 {
        let level = if base == 1 { Level::rtl() } else { Level::ltr() };
        let info = ParagraphBidiInfo::new(text, Some(level));
        for letter in letters {
            letter.level = info.levels.get(letter.at as usize).map_or(base, Level::number);
        }
    } else if classes & against != 0 {
        let both = classes & bit(L) != 0 && classes & (bit(R) | bit(AL) | bit(AN)) != 0;
        if (base == 0 || both) && letters.iter().filter(|letter| letter.traits.bracket).nth(1).is_some() {
            sequence(letters, base);
        } else {
            stretches(letters, base, against);
        }
    }
    base
}

/// Levels of a text whose writer isolated parts of it: those of the same text with the controls of Unicode around them
/// (HL3; `bdo` is an isolate with an override in it).
fn isolated(text: &str, letters: &mut [Letter], base: u8, isolates: &[Directed]) {
    let mut edges: Vec<(usize, usize, &str)> = Vec::with_capacity(2 * isolates.len());
    for (index, isolate) in isolates.iter().enumerate().filter(|(_, isolate)| !isolate.span.is_empty()) {
        let (open, close) = match (isolate.direction, isolate.forced) {
            (text::Direction::Ltr, false) => ("\u{2066}", "\u{2069}"),
            (text::Direction::Rtl, false) => ("\u{2067}", "\u{2069}"),
            (text::Direction::Auto, _) => ("\u{2068}", "\u{2069}"),
            (text::Direction::Ltr, true) => ("\u{2066}\u{202d}", "\u{202c}\u{2069}"),
            (text::Direction::Rtl, true) => ("\u{2067}\u{202e}", "\u{202c}\u{2069}"),
        };
        // At one place what ends comes before what begins, and of those that end the inner before the outer.
        edges.push((isolate.span.start, isolates.len() + index, open));
        edges.push((isolate.span.end, isolates.len() - 1 - index, close));
    }
    edges.sort_unstable();
    let (mut with, mut from) = (String::with_capacity(text.len() + 6 * edges.len()), 0);
    // From each of these bytes of the text on, the other text is so many bytes longer.
    let mut shifts = Vec::with_capacity(edges.len());
    for (at, _, controls) in edges {
        with.push_str(text.get(from..at).unwrap_or_default());
        with.push_str(controls);
        from = at;
        shifts.push((at, with.len() - at));
    }
    with.push_str(text.get(from..).unwrap_or_default());
    let info = ParagraphBidiInfo::new(&with, Some(if base == 1 { Level::rtl() } else { Level::ltr() }));
    let mut shifts = shifts.into_iter().peekable();
    let mut shift = 0;
    for letter in letters {
        while let Some((_, next)) = shifts.next_if(|(at, _)| *at <= letter.at as usize) {
            shift = next;
        }
        letter.level = info.levels.get(letter.at as usize + shift).map_or(base, Level::number);
    }
}

const fn bit(class: BidiClass) -> u32 {
    1 << class as u32
}

/// The classes that unicode-bidi is called for.
const EXPLICIT: u32 =
    bit(LRE) | bit(RLE) | bit(LRO) | bit(RLO) | bit(PDF) | bit(LRI) | bit(RLI) | bit(FSI) | bit(PDI) | bit(B);

/// Rules P2 and P3: the level that the first strong character outside isolates asks for.
fn first_strong(letters: &[Letter], isolates: &[Directed]) -> Option<u8> {
    let mut depth = 0_usize;
    let is_isolated = |letter: &Letter| isolates.iter().any(|isolate| isolate.span.contains(letter.at as usize));
    for letter in letters.iter().filter(|letter| !is_isolated(letter)) {
        match letter.traits.bidi {
            LRI | RLI | FSI => depth += 1,
            PDI => depth = depth.saturating_sub(1),
            L if depth == 0 => return Some(0),
            R | AL if depth == 0 => return Some(1),
            B => return None,
            _ => {}
        }
    }
    None
}

/// One character of a sequence: its class, which the rules rewrite.
#[derive(Clone, Copy)]
struct Resolved {
    class: BidiClass,
    was_nsm: bool,
}

/// Resolves what runs against a paragraph that has no brackets to pair (N0), each stretch between two letters of the
/// paragraph's own direction by itself: no other rule sees past them.
fn stretches(letters: &mut [Letter], base: u8, against: u32) {
    let own = if base == 0 { bit(L) } else { bit(R) | bit(AL) };
    let is_own = |letter: &Letter| bit(letter.traits.bidi) & own != 0;
    let mut from = 0;
    while let Some(rest) = letters.get_mut(from..) {
        let Some(at) = rest.iter().position(|letter| bit(letter.traits.bidi) & against != 0) else { break };
        let (before, after) = rest.split_at(at);
        let start = before.iter().rposition(is_own).unwrap_or(0);
        let end = after.iter().position(is_own).map_or(rest.len(), |own| at + own + 1);
        sequence(rest.get_mut(start..end).unwrap_or_default(), base);
        // The letter that ends this stretch may begin the next.
        from += end - usize::from(end < rest.len());
    }
}

/// Resolves a stretch as one isolating run sequence between letters of the paragraph's direction.
fn sequence(letters: &mut [Letter], base: u8) {
    let embedding = if base == 0 { L } else { R };
    let mut items: Vec<Resolved> = Vec::with_capacity(letters.len());
    let mut brackets = Vec::new();
    // X9 takes BN out.
    for letter in letters.iter().filter(|letter| letter.traits.bidi != BN) {
        if letter.traits.bracket {
            brackets.push((items.len(), letter.letter));
        }
        items.push(Resolved { class: letter.traits.bidi, was_nsm: letter.traits.bidi == NSM });
    }
    weak(&mut items, embedding);
    numbers(&mut items, embedding);
    if brackets.len() > 1 {
        paired(&mut items, &brackets, embedding);
    }
    neutral(&mut items, embedding);
    let mut resolved = items.iter();
    let mut level = base;
    for letter in letters {
        if letter.traits.bidi != BN {
            level = match (resolved.next().map(|item| item.class), base) {
                (Some(R), _) => 1,
                (Some(EN | AN), _) | (Some(L), 1) => 2,
                _ => base,
            };
        }
        letter.level = level;
    }
}

/// Rules W1 to W3.
fn weak(items: &mut [Resolved], sos: BidiClass) {
    let (mut before, mut strong) = (sos, sos);
    for item in items {
        if item.class == NSM {
            item.class = before;
        }
        before = item.class;
        match item.class {
            L | R => strong = item.class,
            AL => {
                strong = AL;
                item.class = R;
            }
            EN if strong == AL => item.class = AN,
            _ => {}
        }
    }
}

/// Rules W4, W5 and W7. For W6, what is left of separators and terminators counts as neutral.
fn numbers(items: &mut [Resolved], sos: BidiClass) {
    for window in Cell::from_mut(&mut *items).as_slice_of_cells().windows(3) {
        let [before, item, after] = window else { continue };
        let class = match (before.get().class, item.get().class, after.get().class) {
            (EN, ES | CS, EN) => EN,
            (AN, CS, AN) => AN,
            _ => continue,
        };
        item.set(Resolved { class, ..item.get() });
    }
    let mut before = ON;
    for item in items.iter_mut() {
        if item.class == ET && before == EN {
            item.class = EN;
        }
        before = item.class;
    }
    let mut after = ON;
    for item in items.iter_mut().rev() {
        if item.class == ET && after == EN {
            item.class = EN;
        }
        after = item.class;
    }
    let mut strong = sos;
    for item in items {
        match item.class {
            L | R => strong = item.class,
            EN if strong == L => item.class = L,
            _ => {}
        }
    }
}

/// The side that a class is on for the rules of neutrals; numbers count as right to left.
const fn side(class: BidiClass) -> Option<BidiClass> {
    match class {
        L => Some(L),
        R | EN | AN => Some(R),
        _ => None,
    }
}

/// Rule N0. `brackets` are the places of brackets.
fn paired(items: &mut [Resolved], brackets: &[(usize, char)], embedding: BidiClass) {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut pairs = Vec::new();
    for &(at, letter) in brackets {
        let Some(bracket) = HardcodedBidiData.bidi_matched_opening_bracket(letter) else { continue };
        if bracket.is_open {
            if open.len() == OPEN_BRACKETS {
                break;
            }
            open.push((bracket.opening, at));
        } else if let Some(index) = open.iter().rposition(|&(opening, _)| opening == bracket.opening) {
            pairs.extend(open.get(index).map(|&(_, from)| (from, at)));
            open.truncate(index);
        }
    }
    pairs.sort_unstable();
    for (from, to) in pairs {
        let inside = items.get(from + 1..to).unwrap_or_default();
        let sides = || inside.iter().filter_map(|item| side(item.class));
        let class = if sides().any(|side| side == embedding) {
            embedding
        } else if let Some(other) = sides().next() {
            let before = items.get(..from).unwrap_or_default().iter().rev().find_map(|item| side(item.class));
            if before.unwrap_or(embedding) == other { other } else { embedding }
        } else {
            continue;
        };
        for at in [from, to] {
            let marks = items.get_mut(at..).unwrap_or_default().iter_mut().enumerate();
            for (_, item) in marks.take_while(|(index, item)| *index == 0 || item.was_nsm) {
                item.class = class;
            }
        }
    }
}

/// Rules N1 and N2.
fn neutral(items: &mut [Resolved], embedding: BidiClass) {
    let (mut before, mut from) = (embedding, 0);
    for at in 0..=items.len() {
        let after = match items.get(at) {
            Some(item) => side(item.class),
            None => Some(embedding),
        };
        if let Some(after) = after {
            let class = if before == after { after } else { embedding };
            items.get_mut(from..at).unwrap_or_default().iter_mut().for_each(|item| item.class = class);
            (before, from) = (after, at + 1);
        }
    }
}
