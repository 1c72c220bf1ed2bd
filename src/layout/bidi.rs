//! Embedding levels of a paragraph (UAX #9, rules P2 to I2). L1, L2 and L4 belong to a row and are applied there.

use super::Direction;
use super::letters::Letter;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo};

/// Sets the level of every letter; gives the paragraph's own.
pub(super) fn resolve(text: &str, letters: &mut [Letter], direction: Direction) -> u8 {
    let base = match direction {
        Direction::Ltr => 0,
        Direction::Rtl => 1,
        Direction::Auto => first_strong(letters).unwrap_or(0),
        Direction::AutoRtl => first_strong(letters).unwrap_or(1),
    };
    let level = if base == 1 { Level::rtl() } else { Level::ltr() };
    let info = ParagraphBidiInfo::new(text, Some(level));
    for letter in letters {
        letter.level = info.levels.get(letter.at as usize).map_or(base, Level::number);
    }
    base
}

/// Rules P2 and P3: the level that the first strong character outside isolates asks for.
fn first_strong(letters: &[Letter]) -> Option<u8> {
    let mut depth = 0_usize;
    for letter in letters {
        match letter.traits.bidi {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => depth += 1,
            BidiClass::PDI => depth = depth.saturating_sub(1),
            BidiClass::L if depth == 0 => return Some(0),
            BidiClass::R | BidiClass::AL if depth == 0 => return Some(1),
            BidiClass::B => return None,
            _ => {}
        }
    }
    None
}
