//! Whether text is sound: fonts of some programs name their letters wrongly, and what is read then looks like Arabic and
//! is none. Such letters follow each other as they do in no language (a model of three letters, by `train/letters.py`).

use flate2::read::ZlibDecoder;
use std::{io::Read, sync::OnceLock};

/// The letters of the table, in its order; 0 is the edge of a word.
const LETTERS: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئةىپچژگٹڈڑںے";

/// How many places the table has for a letter.
const SIZE: usize = 43;

/// Languages of the table: Arabic, Persian, Urdu.
const LANGUAGES: usize = 3;

/// Text of fewer letters is not judged.
pub const ENOUGH: usize = 40;

/// Text that is more unlikely than this in Arabic, Persian and Urdu is none of them. Sound text has 1.8 to 2.4, 2.5 to
/// 2.8 and 2.9 to 3.2 in its own language, unsound Arabic text 3.0, 4.3 and 4.1 (for Persian and Urdu there are fewer
/// counts, so all is less likely).
const MOST: [f64; LANGUAGES] = [2.72, 3.1, 3.45];

fn table() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Vec::new();
        drop(ZlibDecoder::new(&include_bytes!("../../../assets/letters.bin")[..]).read_to_end(&mut table));
        table
    })
}

fn cost(language: usize, [one, two, three]: [usize; 3]) -> f64 {
    // Two cells a byte, and a whole number of bytes for each language.
    let bytes = (SIZE * SIZE * SIZE).div_ceil(2);
    let at = (one * SIZE + two) * SIZE + three;
    let byte = table().get(language * bytes + at / 2).copied().unwrap_or_default();
    f64::from(if at.is_multiple_of(2) { byte & 15 } else { byte >> 4 }) / 2.0
}

fn place(letter: char) -> Option<usize> {
    let folded = match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ی' => 'ى',
        'ک' => 'ك',
        'ہ' | 'ھ' | 'ە' | 'ۃ' => 'ه',
        other => other,
    };
    LETTERS.chars().position(|known| known == folded).map(|at| at + 1)
}

/// How unlikely the letters of a text are in each language: the negative logarithm of the probability of one, on
/// average. The second value is how many letters were judged.
pub fn unlikeliness(text: &str) -> ([f64; LANGUAGES], usize) {
    let mut sums = [0.0; LANGUAGES];
    let (mut before, mut count) = ([0, 0], 0);
    let seen = text.chars().filter(|letter| !super::sheet::is_mark(*letter) && *letter != 'ـ').chain([' ']);
    for letter in seen {
        let now = place(letter).unwrap_or_default();
        let [one, two] = before;
        if two != 0 {
            for (language, sum) in sums.iter_mut().enumerate() {
                *sum += cost(language, [one, two, now]);
            }
            count += 1;
        }
        before = if now == 0 { [0, 0] } else { [two, now] };
    }
    let letters = f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    (sums.map(|sum| sum / letters), count)
}

/// Whether a text is sound, as far as its letters tell.
pub fn is_sound(text: &str) -> bool {
    let (unlikely, count) = unlikeliness(text);
    count < ENOUGH || unlikely.iter().zip(MOST).any(|(unlikely, most)| *unlikely < most)
}
