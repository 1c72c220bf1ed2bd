//! Arabic names by their sound in Latin letters, as English and French newspapers write them: fidan finds فيدان, khaled
//! and khalid find خالد, chafik and shafiq find شفيق.
//!
//! ```text
//! latin    ben  k  i  r  a  ne        consonants one by one, each in the ways that it is written;
//! arabic   بن   ك  ي  ر  ا  ن          between them the long vowels have to be there, short ones may
//! ```
//!
//! A match begins with a word, its article or not, and ends anywhere, so that it holds while it is typed. Typed without
//! any vowel, consonants alone count.

mod spellings;

use super::normalize::{fold, fold_letter};
use spellings::{ARTICLE, PAIRS, SKIPPED, is_glide, is_soft, is_vowel, long, plain, spellings};
use std::collections::HashSet;

/// What a person typed to find a name.
#[derive(Clone, Debug, Default)]
pub struct NameQuery {
    folded: String,
    /// Small letters from a to z; empty where other letters were typed.
    latin: Vec<u8>,
    /// Whether no vowel was typed.
    bare: bool,
}

impl NameQuery {
    /// Prepares what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let latin = typed.chars().filter(|letter| letter.is_alphanumeric()).map(plain).collect::<Option<Vec<u8>>>();
        let latin = latin.unwrap_or_default();
        let bare = latin.len() > 1 && !latin.iter().copied().any(is_vowel);
        Self { folded: fold(typed).trim().to_owned(), latin, bare }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether a text holds what was typed, spelling forgiven, or in Latin letters the sound of it.
    #[must_use]
    pub fn finds(&self, name: &str) -> bool {
        self.spells(name) || self.sounds(name)
    }

    /// Whether a text holds what was typed, spelling forgiven.
    #[must_use]
    pub fn spells(&self, text: &str) -> bool {
        // Most texts have no Latin letter, which is faster seen than folded.
        if !self.latin.is_empty() && !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return false;
        }
        fold(text).contains(&self.folded)
    }

    fn sounds(&self, name: &str) -> bool {
        if self.latin.is_empty() {
            return false;
        }
        let mut letters: Vec<Letter> = Vec::with_capacity(name.len() / 2);
        let mut starts = true;
        for letter in name.chars().filter(|letter| fold_letter(*letter).is_some()) {
            if letter.is_whitespace() || letter == '-' {
                starts = true;
            } else {
                letters.push(Letter { letter, starts: std::mem::take(&mut starts) });
            }
        }
        let mut ways = Ways { latin: &self.latin, bare: self.bare, lost: HashSet::new() };
        let begins = |at: &usize| letters.get(*at).is_some_and(|letter| letter.starts);
        (0..letters.len()).filter(begins).any(|at| ways.on(letters.get(at..).unwrap_or_default(), 0))
    }
}

/// A letter of a name, and whether a word begins with it.
#[derive(Clone, Copy, Debug)]
struct Letter {
    letter: char,
    starts: bool,
}

/// Vowels with one letter for each sound: Mounir, Dawood, Tayyip.
fn single(typed: &[u8]) -> Vec<u8> {
    let mut vowels: Vec<u8> = Vec::with_capacity(typed.len());
    for vowel in typed {
        match (vowels.last_mut(), vowel) {
            (Some(before @ b'o'), b'o' | b'u') => *before = b'u',
            (Some(before @ b'e'), b'e') => *before = b'i',
            (Some(b'a'), b'a') | (Some(b'y'), b'y') | (Some(b'w'), b'w') => {}
            _ => vowels.push(*vowel),
        }
    }
    vowels
}

/// The ways through a name.
struct Ways<'a> {
    latin: &'a [u8],
    bare: bool,
    /// Letters left of the name, and the place in what was typed, from where there is no way on. Without it, a name and
    /// a filter that are both one long run of a letter have more ways than can be walked.
    lost: HashSet<(usize, usize)>,
}

impl Ways<'_> {
    /// Whether there is a way through a name from its first letter, with what was typed from `at`.
    fn on(&mut self, name: &[Letter], at: usize) -> bool {
        let here = (name.len(), at);
        if self.lost.contains(&here) {
            return false;
        }
        let found = self.vowels(name, at, &mut Vec::new());
        if !found {
            self.lost.insert(here);
        }
        found
    }

    /// Goes on with the vowels from `at`, of which `seen` stand in the name so far; then with a consonant.
    fn vowels(&mut self, name: &[Letter], at: usize, seen: &mut Vec<char>) -> bool {
        let rest = self.latin.get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|letter| is_vowel(**letter)).count();
        let typed = rest.get(..run).unwrap_or_default();
        let ends = run == rest.len();
        // A long vowel that stands there was meant by the last of what was typed.
        let more =
            ends && run > 0 && name.first().is_some_and(|next| matches!(next.letter, 'ا' | 'أ' | 'إ' | 'آ' | 'ى'));
        // After the last letter only the e of French is written: benkirane.
        let over = run > 0 && name.is_empty() && seen.is_empty() && typed != b"e";
        if !more && !over && self.fit(typed, seen, (at == 0, ends)) && (ends || self.consonant(name, at + run, run > 0))
        {
            return true;
        }
        let Some((first, after)) = name.split_first() else { return false };
        let mut letter = first.letter;
        if let (true, 'ا', [_, lam, word @ ..]) = (first.starts, letter, name)
            && lam.letter == 'ل'
        {
            seen.push(SKIPPED);
            let found = self.vowels(word, at, seen);
            seen.pop();
            if found {
                return true;
            }
            letter = ARTICLE;
        }
        if long(letter).is_none() && !is_soft(letter) {
            return false;
        }
        seen.push(letter);
        let found = self.vowels(after, at, seen);
        seen.pop();
        found
    }

    /// Whether typed vowels stand for those of a name. At the end, more of them may follow.
    fn fit(&self, typed: &[u8], seen: &[char], (begins, ends): (bool, bool)) -> bool {
        if self.bare {
            return true;
        }
        // No Arabic word begins with a vowel that is not written, nor with ع without a vowel.
        let silent = seen.iter().all(|letter| *letter == SKIPPED);
        if begins && (seen.is_empty() && !typed.is_empty() || typed.is_empty() && !silent) {
            return false;
        }
        let typed = single(typed);
        let mut left = typed.as_slice();
        // Vowels that were needed, and those that may stand beside them.
        let (mut used, mut spare) = (0, seen.iter().filter(|letter| is_soft(**letter)).count());
        for (at, letter) in seen.iter().enumerate() {
            let Some(vowels) = long(*letter) else { continue };
            let glide = is_glide(*letter);
            let near = |at: Option<usize>| at.and_then(|at| seen.get(at)).is_some_and(|near| is_glide(*near));
            // Of اي and او one letter is enough: Biden, بايدن.
            if !glide && (near(Some(at + 1)) || near(at.checked_sub(1))) {
                spare += 1;
                continue;
            }
            let found = vowels.iter().find_map(|vowel| left.iter().position(|typed| typed == vowel));
            let Some(found) = found else {
                if glide && at.checked_sub(1).and_then(|at| seen.get(at)) == Some(letter) {
                    continue;
                }
                return ends && left.is_empty();
            };
            if glide {
                let consonant = left.get(found).is_some_and(|typed| matches!(typed, b'y' | b'w')) || typed.len() > 2;
                spare += 1 + usize::from(consonant);
            }
            left = left.get(found + 1..).unwrap_or_default();
            used += 1;
        }
        typed.len() <= used.max(1) + spare
    }

    /// Goes on with a consonant.
    fn consonant(&mut self, name: &[Letter], at: usize, after_vowel: bool) -> bool {
        let rest = self.latin.get(at..).unwrap_or_default();
        // An h that only lengthens the vowel before it: Sarah, John.
        if let [b'h', after @ ..] = rest
            && after_vowel
            && after.first().is_none_or(|next| !is_vowel(*next))
            && (after.is_empty() || self.consonant(name, at + 1, false))
        {
            return true;
        }
        if let [first, second, ..] = name {
            let pair = PAIRS.iter().find(|pair| pair.0 == (first.letter, second.letter));
            if pair.is_some_and(|pair| self.spelled(name, 2, at, pair.1)) {
                return true;
            }
        }
        name.first().is_some_and(|first| self.spelled(name, 1, at, spellings(first.letter)))
    }

    /// Whether one of these spellings stands for the first letters of a name, and the rest goes on from there.
    fn spelled(&mut self, name: &[Letter], letters: usize, at: usize, spellings: &[&str]) -> bool {
        let rest = self.latin.get(at..).unwrap_or_default();
        let last = letters.checked_sub(1).and_then(|last| name.get(last)).map(|last| last.letter);
        let after = name.get(letters..).unwrap_or_default();
        let twice = after.first().map(|next| next.letter) == last;
        spellings.iter().any(|spelling| {
            let spelling = spelling.as_bytes();
            if spelling.starts_with(rest) {
                return true;
            }
            if !rest.starts_with(spelling) {
                return false;
            }
            let end = at + spelling.len();
            let doubled = self.latin.get(end).is_some_and(|next| Some(next) == spelling.last());
            // A doubled letter is one sound, in either script.
            [(false, false), (doubled, false), (false, twice), (doubled, twice)].into_iter().any(|(latin, arabic)| {
                let name = after.get(usize::from(arabic)..).unwrap_or_default();
                self.on(name, end + usize::from(latin))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arabic names, and the ways in which newspapers in English and French write them.
    const NAMES: &[(&str, &str)] = &[
        ("هاكان فيدان", "fidan Fidan hakan hakanf fid"),
        ("أسعد الشيباني", "shaibani chaibani al-shaibani Asaad shaybani"),
        ("يشار غولر", "guler Güler ghuler yashar"),
        ("مرهف أبو قصرة", "qasra abu-qasra kasra"),
        ("خالد", "khaled khalid Khaled"),
        ("شفيق", "chafik shafiq shafik"),
        ("عبد الإله بنكيران", "benkirane benkiran abdelilah"),
        ("عبد الفتاح السيسي", "abdel-fattah abdelfattah sisi sissi al-sisi el-sisi fattah"),
        ("عبد الرحمن", "abdurrahman abderrahmane abdulrahman rahman"),
        ("أنطونيو غوتيريش", "guterres gutteres antonio"),
        ("محمد بن سلمان", "mohammed mohamed muhammad mhmd bin-salman slmn"),
        ("يوسف", "yusuf youssef yousef yossef"),
        ("الباجي قائد السبسي", "essebsi caid beji"),
        ("معمر القذافي", "gaddafi kadhafi qaddafi al-qadhafi"),
        ("جمال خاشقجي", "khashoggi jamal gamal djamal"),
        ("عبد المجيد تبون", "tebboune tebboun abdelmadjid"),
        ("إسماعيل هنية", "haniyeh haniya ismail"),
        ("يحيى السنوار", "sinwar yahya"),
        ("جو بايدن", "biden joe"),
        ("فولوديمير زيلينسكي", "zelensky zelenskyy"),
        ("أولاف شولتس", "scholz olaf"),
        ("شي جين بينغ", "jinping xi"),
        ("تشارلز", "charles"),
        ("بوريس جونسون", "johnson boris"),
        ("سارة", "sarah sara"),
        ("ميشال عون", "aoun michel"),
        ("مير حسين موسوي", "mousavi mir hossein husein"),
        ("علي خامنئي", "khamenei ali"),
        ("ليلى", "leila layla laila"),
        ("عزيز داوود", "aziz daoud dawood"),
        ("واشنطن", "washington"),
        ("وليد جنبلاط", "jumblatt joumblatt walid oualid"),
        ("رفيق الحريري", "hariri rafic rafik"),
        ("إيمانويل ماكرون", "macron emmanuel"),
        ("مارك زوكربيرغ", "zuckerberg mark"),
        ("أبو مازن", "mazen abu abou"),
        ("هيلاري كلينتون", "clinton hillary"),
        ("دونالد ترامب", "trump donald"),
        ("فلاديمير بوتين", "putin poutine vladimir"),
        ("رجب طيب أردوغان", "erdogan erdoğan tayyip"),
        ("نصر الله", "nasrallah nasralla"),
        ("NATO", "nato"),
    ];

    #[test]
    fn names_are_found_as_newspapers_write_them() {
        let finds = |name: &str, typed: &str| NameQuery::new(&typed.replace('-', " ")).finds(name);
        let missed: Vec<String> = NAMES
            .iter()
            .flat_map(|(name, typed)| typed.split(' ').map(move |typed| (*name, typed)))
            .filter(|(name, typed)| !finds(name, typed))
            .map(|(name, typed)| format!("{typed} {name}"))
            .collect();
        assert_eq!(missed, Vec::<String>::new());
    }

    #[test]
    fn nobody_else_is_found() {
        let mut found = Vec::new();
        for (number, (_, typed)) in NAMES.iter().enumerate() {
            for typed in typed.split(' ').filter(|typed| typed.len() > 4) {
                let wanted = NameQuery::new(typed);
                let others = NAMES.iter().enumerate().filter(|other| other.0 != number);
                found.extend(
                    others.filter(|other| wanted.finds(other.1.0)).map(|other| format!("{typed} {}", other.1.0)),
                );
            }
        }
        assert_eq!(found, Vec::<String>::new());
        for (typed, other) in [
            ("fidan", "عفاف الدين"),
            ("fidan", "أفندي"),
            ("fidan", "فادن"),
            ("hadi", "حداد"),
            ("salim", "مسلم"),
            ("khalil", "خالد"),
            ("karim", "كرام"),
            ("salma", "سالم"),
            ("rim", "كريم"),
        ] {
            assert!(!NameQuery::new(typed).finds(other), "{typed} {other}");
        }
    }

    #[test]
    fn what_is_typed_in_arabic_is_forgiven_its_spelling_and_has_no_sound() {
        assert!(NameQuery::new("فيدان").finds("فِيدان"));
        assert!(NameQuery::new("انقره").finds("أنقرة"));
        assert!(!NameQuery::new("غولر").finds("هاكان فيدان"));
        assert!(NameQuery::new(" ").is_empty());
    }

    #[test]
    fn it_is_found_while_it_is_typed() {
        for (name, typed) in [("عبد الفتاح", "abdelfattah"), ("غوتيريش", "guterres"), ("خالد", "khaled")]
        {
            for end in 1..=typed.len() {
                let typed = typed.get(..end).unwrap();
                assert!(NameQuery::new(typed).finds(name), "{typed} {name}");
            }
        }
    }

    #[test]
    fn a_long_run_of_one_letter_is_walked_once() {
        for (letter, typed, last) in
            [('ل', "l", "b"), ('ا', "a", "b"), ('ك', "ck", "b"), ('و', "w", "b"), ('ه', "h", "b")]
        {
            let name = letter.to_string().repeat(60);
            assert!(NameQuery::new(&typed.repeat(60)).finds(&name) || matches!(letter, 'ا' | 'و'), "{letter}");
            assert!(!NameQuery::new(&(typed.repeat(59) + last)).finds(&name), "{letter}");
        }
    }
}
