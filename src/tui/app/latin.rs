//! Arabic names by their sound in Latin letters, roughly: fidan finds فيدان, shaibani finds الشيباني.
//!
//! Newspapers spell names many ways, so only the consonants count, in classes that hold what is confused: q and k, g and
//! j, the two s. Vowels, long ones and و and ي too, are left out.

use crate::arabic::normalize::fold;

/// The consonants of a name in either script.
#[must_use]
pub fn skeleton(text: &str) -> String {
    let mut sounds = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let small = letter.to_ascii_lowercase();
        let pair = (small, letters.peek().map_or(' ', char::to_ascii_lowercase));
        let digraph = match pair {
            ('s' | 'c', 'h') => Some('X'),
            ('k', 'h') => Some('K'),
            ('g', 'h') | ('d', 'j') => Some('j'),
            ('t', 'h') => Some('T'),
            ('d', 'h') => Some('z'),
            _ => None,
        };
        if digraph.is_some() {
            letters.next();
        }
        let sound = digraph.or_else(|| sound(small));
        // A doubled letter is one sound: mohammad, محمد.
        if let Some(sound) = sound.filter(|sound| !sounds.ends_with(*sound)) {
            sounds.push(sound);
        }
    }
    sounds
}

const fn sound(letter: char) -> Option<char> {
    Some(match letter {
        'ب' | 'پ' | 'b' | 'p' => 'b',
        'ت' | 'ط' | 't' => 't',
        'ث' => 'T',
        'ج' | 'چ' | 'غ' | 'گ' | 'j' | 'g' => 'j',
        'ح' | 'ه' | 'h' => 'h',
        'خ' => 'K',
        'د' | 'ض' | 'd' => 'd',
        'ذ' | 'ز' | 'ظ' | 'z' => 'z',
        'ر' | 'r' => 'r',
        'س' | 'ص' | 's' => 's',
        'ش' => 'X',
        'ف' | 'ڤ' | 'f' | 'v' => 'f',
        'ق' | 'ك' | 'k' | 'q' | 'c' | 'x' => 'k',
        'ل' | 'l' => 'l',
        'م' | 'm' => 'm',
        'ن' | 'n' => 'n',
        ' ' | '-' => ' ',
        _ => return None,
    })
}

/// What a person typed to find a name.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    folded: String,
    /// Empty where nothing Latin was typed.
    sounds: String,
}

impl Wanted {
    /// Prepares what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let latin = typed.chars().any(|letter| letter.is_ascii_alphabetic());
        let sounds = if latin { skeleton(typed).trim().to_owned() } else { String::new() };
        Self { folded: fold(typed).trim().to_owned(), sounds }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether a name is meant, in either script.
    #[must_use]
    pub fn finds(&self, name: &str) -> bool {
        let name = fold(name);
        name.contains(&self.folded) || (!self.sounds.is_empty() && skeleton(&name).contains(&self.sounds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_either_script() {
        for (typed, name) in [
            ("fidan", "هاكان فيدان"),
            ("Fidan", "هاكان فيدان"),
            ("hakan f", "هاكان فيدان"),
            ("shaibani", "أسعد الشيباني"),
            ("guler", "يشار غولر"),
            ("qasra", "مرهف أبو قصرة"),
            ("mohammed", "محمد"),
            ("khalil", "خليل"),
            ("فيدان", "فِيدان"),
            ("انقره", "أنقرة"),
            ("nato", "NATO"),
        ] {
            assert!(Wanted::new(typed).finds(name), "{typed} {name}");
        }
        assert!(!Wanted::new("fidan").finds("يشار غولر"));
        assert!(!Wanted::new("غولر").finds("هاكان فيدان"));
    }
}
