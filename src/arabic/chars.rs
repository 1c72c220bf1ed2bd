//! Letters of the Arabic script: which have presentation forms, which pairs are written as one, which marks a reader
//! may do without.

use super::shape::Form;

/// Base letter, its isolated form, and how many of isolated, final, initial and medial follow each other from there in
/// the code charts. From the `<isolated>`, `<final>`, `<initial>` and `<medial>` mappings of single letters in
/// UnicodeData.txt; ligatures of whole words (U+FDF2 and the like) are left out on purpose, they change the text.
#[rustfmt::skip]
const FORMS: &[(char, char, u8)] = &[
    ('\u{0621}', '\u{FE80}', 1), ('\u{0622}', '\u{FE81}', 2), ('\u{0623}', '\u{FE83}', 2), ('\u{0624}', '\u{FE85}', 2),
    ('\u{0625}', '\u{FE87}', 2), ('\u{0626}', '\u{FE89}', 4), ('\u{0627}', '\u{FE8D}', 2), ('\u{0628}', '\u{FE8F}', 4),
    ('\u{0629}', '\u{FE93}', 2), ('\u{062A}', '\u{FE95}', 4), ('\u{062B}', '\u{FE99}', 4), ('\u{062C}', '\u{FE9D}', 4),
    ('\u{062D}', '\u{FEA1}', 4), ('\u{062E}', '\u{FEA5}', 4), ('\u{062F}', '\u{FEA9}', 2), ('\u{0630}', '\u{FEAB}', 2),
    ('\u{0631}', '\u{FEAD}', 2), ('\u{0632}', '\u{FEAF}', 2), ('\u{0633}', '\u{FEB1}', 4), ('\u{0634}', '\u{FEB5}', 4),
    ('\u{0635}', '\u{FEB9}', 4), ('\u{0636}', '\u{FEBD}', 4), ('\u{0637}', '\u{FEC1}', 4), ('\u{0638}', '\u{FEC5}', 4),
    ('\u{0639}', '\u{FEC9}', 4), ('\u{063A}', '\u{FECD}', 4), ('\u{0641}', '\u{FED1}', 4), ('\u{0642}', '\u{FED5}', 4),
    ('\u{0643}', '\u{FED9}', 4), ('\u{0644}', '\u{FEDD}', 4), ('\u{0645}', '\u{FEE1}', 4), ('\u{0646}', '\u{FEE5}', 4),
    ('\u{0647}', '\u{FEE9}', 4), ('\u{0648}', '\u{FEED}', 2), ('\u{0649}', '\u{FEEF}', 2), ('\u{064A}', '\u{FEF1}', 4),
    ('\u{0671}', '\u{FB50}', 2), ('\u{0677}', '\u{FBDD}', 1), ('\u{0679}', '\u{FB66}', 4), ('\u{067A}', '\u{FB5E}', 4),
    ('\u{067B}', '\u{FB52}', 4), ('\u{067E}', '\u{FB56}', 4), ('\u{067F}', '\u{FB62}', 4), ('\u{0680}', '\u{FB5A}', 4),
    ('\u{0683}', '\u{FB76}', 4), ('\u{0684}', '\u{FB72}', 4), ('\u{0686}', '\u{FB7A}', 4), ('\u{0687}', '\u{FB7E}', 4),
    ('\u{0688}', '\u{FB88}', 2), ('\u{068C}', '\u{FB84}', 2), ('\u{068D}', '\u{FB82}', 2), ('\u{068E}', '\u{FB86}', 2),
    ('\u{0691}', '\u{FB8C}', 2), ('\u{0698}', '\u{FB8A}', 2), ('\u{06A4}', '\u{FB6A}', 4), ('\u{06A6}', '\u{FB6E}', 4),
    ('\u{06A9}', '\u{FB8E}', 4), ('\u{06AD}', '\u{FBD3}', 4), ('\u{06AF}', '\u{FB92}', 4), ('\u{06B1}', '\u{FB9A}', 4),
    ('\u{06B3}', '\u{FB96}', 4), ('\u{06BA}', '\u{FB9E}', 2), ('\u{06BB}', '\u{FBA0}', 4), ('\u{06BE}', '\u{FBAA}', 4),
    ('\u{06C0}', '\u{FBA4}', 2), ('\u{06C1}', '\u{FBA6}', 4), ('\u{06C5}', '\u{FBE0}', 2), ('\u{06C6}', '\u{FBD9}', 2),
    ('\u{06C7}', '\u{FBD7}', 2), ('\u{06C8}', '\u{FBDB}', 2), ('\u{06C9}', '\u{FBE2}', 2), ('\u{06CB}', '\u{FBDE}', 2),
    ('\u{06CC}', '\u{FBFC}', 4), ('\u{06D0}', '\u{FBE4}', 4), ('\u{06D2}', '\u{FBAE}', 2), ('\u{06D3}', '\u{FBB0}', 2),
];

const FIRST: u32 = 0x0621;
const LAST: u32 = 0x06D5;

/// [`FORMS`] spread out, so that a letter's forms are one look-up. A letter stands in the place of a form it lacks.
static TABLE: [[char; 4]; (LAST - FIRST + 1) as usize] = spread();

#[expect(clippy::indexing_slicing, reason = "runs in the compiler: an index out of bounds does not build")]
const fn spread() -> [[char; 4]; (LAST - FIRST + 1) as usize] {
    let mut table = [['\0'; 4]; (LAST - FIRST + 1) as usize];
    let mut row = 0;
    while row < FORMS.len() {
        let (letter, first, count) = FORMS[row];
        let mut form = 0;
        while form < 4 {
            table[(letter as u32 - FIRST) as usize][form] = match char::from_u32(first as u32 + form as u32) {
                Some(shaped) if form < count as usize => shaped,
                _ => letter,
            };
            form += 1;
        }
        row += 1;
    }
    // Alef maqsura joins on both sides in Uyghur and Kazakh; those two forms are in another block than the rest.
    table[(0x0649 - FIRST) as usize] = ['\u{FEEF}', '\u{FEF0}', '\u{FBE8}', '\u{FBE9}'];
    // The ae of Kurdish and Uyghur has no forms of its own. It is drawn as a heh that joins to the right only, which is
    // what these two look like.
    table[(0x06D5 - FIRST) as usize] = ['\u{06D5}', '\u{FEEA}', '\u{06D5}', '\u{FEEA}'];
    table
}

/// The presentation form of a letter; none where it has none (and for everything that is no Arabic letter).
#[must_use]
pub fn presentation(letter: char, form: Form) -> Option<char> {
    let row = (letter as u32).checked_sub(FIRST).and_then(|index| TABLE.get(index as usize))?;
    row.get(form as usize).copied().filter(|&shaped| shaped != letter && shaped != '\0')
}

/// The letter that a presentation form is a form of; none for ligatures and everything else.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "the index is under the length")]
pub const fn base(form: char) -> Option<char> {
    let mut row = 0;
    while row < FORMS.len() {
        let (letter, first, count) = FORMS[row];
        if form as u32 >= first as u32 && (form as u32) < first as u32 + count as u32 {
            return Some(letter);
        }
        row += 1;
    }
    match form {
        '\u{FBE8}' | '\u{FBE9}' => Some('\u{0649}'),
        _ => None,
    }
}

/// The form that a presentation form of a single letter shows; none for everything else.
#[must_use]
pub fn form_of(letter: char) -> Option<Form> {
    const ORDER: [Form; 4] = [Form::Isolated, Form::Final, Form::Initial, Form::Medial];
    if let '\u{FEF5}'..='\u{FEFC}' = letter {
        // A lam-alef joins nothing after it.
        return Some(if (letter as u32).is_multiple_of(2) { Form::Final } else { Form::Isolated });
    }
    if !matches!(letter, '\u{FB50}'..='\u{FBFF}' | '\u{FE80}'..='\u{FEF4}') {
        return None;
    }
    FORMS.iter().find_map(|&(_, first, count)| {
        let index = (letter as u32).checked_sub(first as u32)?;
        ORDER.get(index as usize).copied().filter(|_| index < u32::from(count))
    })
}

/// Calls `push` with the letters that a presentation form stands for, from its compatibility decomposition, and says
/// whether it is one. Signs that are meant as such (ﷺ, ﷽, ornate parentheses) are none; a vowel sign on a blank or a
/// tatweel is the sign alone.
pub fn decompose(letter: char, mut push: impl FnMut(char)) -> bool {
    let is_form = matches!(letter,
        '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDC7}' | '\u{FDF0}'..='\u{FDF9}'
        | '\u{FE70}'..='\u{FEFC}');
    if !is_form {
        return false;
    }
    let is_mark = matches!(letter, '\u{FE70}'..='\u{FE7F}' | '\u{FC5E}'..='\u{FC63}' | '\u{FCF2}'..='\u{FCF4}');
    // A letter with its hamza is one letter, as it is typed.
    let mut last: Option<char> = None;
    unicode_normalization::char::decompose_compatible(letter, |plain| {
        if plain == letter || (is_mark && matches!(plain, ' ' | '\u{640}')) {
            return;
        }
        last = match last {
            None => Some(plain),
            Some(before) => unicode_normalization::char::compose(before, plain).or_else(|| {
                push(before);
                Some(plain)
            }),
        };
    });
    last.map(push).is_some()
}

/// The lam of a lam-alef.
pub const LAM: char = '\u{0644}';

/// The ligature of a lam and this alef, by whether the lam joins the letter before it; none where `alef` is no alef.
#[must_use]
pub const fn lam_alef(alef: char, lam: Form) -> Option<char> {
    let joined = matches!(lam, Form::Final | Form::Medial);
    match alef {
        '\u{0622}' => Some(if joined { '\u{FEF6}' } else { '\u{FEF5}' }),
        '\u{0623}' => Some(if joined { '\u{FEF8}' } else { '\u{FEF7}' }),
        '\u{0625}' => Some(if joined { '\u{FEFA}' } else { '\u{FEF9}' }),
        '\u{0627}' => Some(if joined { '\u{FEFC}' } else { '\u{FEFB}' }),
        _ => None,
    }
}

/// Whether a mark is tashkeel: short vowels, tanwin, shadda, sukun, dagger alef and the signs of the Quran. The hamzas
/// and madda of decomposed letters (U+0653 to U+0655) are not: without them the word is another.
#[must_use]
pub const fn is_tashkeel(mark: char) -> bool {
    matches!(mark,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{0652}' | '\u{0656}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{0898}'..='\u{089F}' | '\u{08CA}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}')
}
