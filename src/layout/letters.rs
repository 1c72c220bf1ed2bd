//! What layout knows of one character, and a paragraph read into an array of them.

use crate::arabic::shape::{Form, JoiningType, get_joining_type};
use std::sync::LazyLock;
use unicode_bidi::{BidiClass, BidiDataSource, HardcodedBidiData, bidi_class};
use unicode_bidi_mirroring::get_mirrored;
use unicode_width::UnicodeWidthChar;

/// How a character is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A cell of its own.
    Base,
    /// Written over or under the base before it.
    Mark,
    /// Belongs to the base before it and is never sent: joiners, variation selectors. Terminals disagree on its width.
    Attached,
    /// The skin colour of an emoji: some terminals merge it with the emoji, some give it two columns. Never sent.
    Modifier,
    /// Half a flag; two of them share a cell two columns wide.
    Regional,
    /// A number sign of Arabic or Syriac: no column or one, depending on the terminal. A stand-in is sent.
    Sign,
    /// Control characters, bidi controls, other invisible ones: never sent, no column.
    Hidden,
    /// Ends a row inside a paragraph.
    Break,
    /// White space that a row may end in and hide.
    Space,
    /// White space up to the next tab stop.
    Tab,
}

/// What Unicode and the terminals say of a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    pub(super) bidi: BidiClass,
    pub(super) joining: JoiningType,
    pub(super) kind: Kind,
    /// Columns; 0 for what never has any.
    pub(super) width: u8,
    /// Whether it has a mirror image that is sent at odd levels (rule L4).
    pub(super) mirrored: bool,
    /// Whether it is a bracket that rule N0 pairs.
    pub(super) bracket: bool,
}

/// A character of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// Byte offset in the paragraph.
    pub(super) at: u32,
    pub(super) letter: char,
    pub(super) traits: Traits,
    pub(super) level: u8,
    pub(super) form: Form,
}

/// Latin, Hebrew, Arabic and general punctuation, looked up once and kept: nearly all of every text.
static NEAR: LazyLock<(Vec<Traits>, Vec<Traits>)> = LazyLock::new(|| {
    let table = |from: u32, to: u32| (from..to).filter_map(char::from_u32).map(decide).collect();
    (table(0, 0x800), table(PUNCTUATION, PUNCTUATION + 0x100))
});

const PUNCTUATION: u32 = 0x2000;

/// The characters of a paragraph, levels and forms not yet known.
pub(super) fn read(text: &str) -> Vec<Letter> {
    let (near, punctuation) = &*NEAR;
    // Two bytes a letter in Arabic; an array of Latin text grows once.
    let mut letters = Vec::with_capacity(text.len() / 2 + 16);
    letters.extend(text.char_indices().map(|(at, letter)| {
        let code = letter as usize;
        let known = near.get(code).or_else(|| punctuation.get(code.wrapping_sub(PUNCTUATION as usize)));
        let traits = known.copied().unwrap_or_else(|| decide(letter));
        Letter { at: at as u32, letter, traits, level: 0, form: Form::Isolated }
    }));
    letters
}

fn decide(letter: char) -> Traits {
    let width = UnicodeWidthChar::width(letter).unwrap_or(0).min(2) as u8;
    let kind = kind(letter, width);
    let width = match kind {
        Kind::Mark | Kind::Attached | Kind::Hidden | Kind::Break => 0,
        Kind::Tab | Kind::Sign | Kind::Space | Kind::Regional => 1,
        Kind::Base | Kind::Modifier => width.max(1),
    };
    let mirrored = get_mirrored(letter).is_some();
    let bracket = HardcodedBidiData.bidi_matched_opening_bracket(letter).is_some();
    Traits { bidi: bidi_class(letter), joining: get_joining_type(letter), kind, width, mirrored, bracket }
}

fn kind(letter: char, width: u8) -> Kind {
    match letter {
        '\t' => Kind::Tab,
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Break,
        ' ' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' => Kind::Space,
        '\u{0600}'..='\u{0605}' | '\u{06DD}' | '\u{070F}' | '\u{0890}' | '\u{0891}' | '\u{08E2}' => Kind::Sign,
        '\u{110BD}' | '\u{110CD}' => Kind::Sign,
        '\u{034F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{200C}' | '\u{200D}' => Kind::Attached,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Kind::Attached,
        '\u{1F3FB}'..='\u{1F3FF}' => Kind::Modifier,
        '\u{1F1E6}'..='\u{1F1FF}' => Kind::Regional,
        _ if is_hidden(letter) => Kind::Hidden,
        _ if width == 0 => Kind::Mark,
        _ => Kind::Base,
    }
}

/// Control characters, and what DerivedCoreProperties.txt calls Default_Ignorable_Code_Point and [`kind`] has not named.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
            | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// What is sent in the place of a character that is not: of a number sign always, of the others where the reader asked
/// to see them. All have one column in every terminal.
pub(super) fn stand_in(letter: char) -> char {
    match letter {
        // ECMA-48's own pictures of C0 and DEL.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + letter as u32).unwrap_or('␦'),
        '\u{7F}' => '␡',
        '\u{85}' | '\u{2028}' => '␤',
        '\u{2029}' => '¶',
        '\u{06DD}' | '\u{08E2}' => '○',
        '\u{0600}'..='\u{0605}' | '\u{070F}' | '\u{0890}' | '\u{0891}' | '\u{110BD}' | '\u{110CD}' => '#',
        '\u{200E}' => '↦',
        '\u{200F}' => '↤',
        '\u{061C}' => '↩',
        '\u{202A}' => '⇢',
        '\u{202B}' => '⇠',
        '\u{202C}' => '⇡',
        '\u{202D}' => '⇨',
        '\u{202E}' => '⇦',
        '\u{2066}' => '⇥',
        '\u{2067}' => '⇤',
        '\u{2068}' => '⇄',
        '\u{2069}' => '⇪',
        '\u{200B}' => '␣',
        '\u{200C}' => '‸',
        '\u{200D}' => '‿',
        '\u{2060}' | '\u{FEFF}' => '⁔',
        '\u{AD}' => '¬',
        _ => '␦',
    }
}
