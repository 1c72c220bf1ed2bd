//! The cues of reported speech, with every form of them, read from `assets/cues.txt`, which explains the linguistics.

use crate::arabic::normalize::fold;
use crate::extract::gazetteer::sections;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lexicon, read once.
pub static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(include_str!("../../assets/cues.txt")));

/// What a cue does with the words that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// قال: its clause is speech.
    Say,
    /// اعتبر: opinion, reported as speech.
    Think,
    /// نفى.
    Deny,
    /// وصف: the words after ب are the speaker's.
    Call,
    /// طالب: no clause, but somebody speaks.
    Urge,
    /// تناول: its subject is spoken of further.
    Hold,
    /// جاء في: its subject is the paper behind في.
    Read,
}

/// The form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// قال, قالت.
    Past,
    /// يقول.
    Present,
    /// قائلا: no subject of its own.
    Participle,
    /// قوله: speaks through the pronoun.
    Noun,
}

/// One form of a cue.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What it does.
    pub act: Act,
    /// Its form.
    pub shape: Shape,
    /// The prepositions and marks that may lead to the words.
    frames: u16,
    /// Whether a conjunction is written on it.
    pub joined: bool,
    /// Whether it is feminine singular.
    pub feminine: bool,
    /// Whether it is plural or dual: a finite form then has its subject before it or nowhere.
    pub plural: bool,
    /// Whether the same letters are a plain word.
    pub doubtful: bool,
    /// Whether it counts only right before the words.
    pub strict: bool,
}

const FRAMES: [&str; 9] = ["ان", "ب", "الي", "علي", "من", "عن", "في", "ل", ":"];

impl Form {
    /// Whether `lead` (أن, a preposition, a colon; folded) may stand between the cue and the words.
    #[must_use]
    pub fn takes(self, lead: &str) -> bool {
        FRAMES.iter().position(|frame| *frame == lead).is_some_and(|bit| self.frames & (1 << bit) != 0)
    }

    /// Whether it has a subject after it.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        matches!(self.shape, Shape::Past | Shape::Present)
    }

    /// Whether its clause is reported speech.
    #[must_use]
    pub const fn reports(self) -> bool {
        matches!(self.act, Act::Say | Act::Think | Act::Deny | Act::Read)
    }
}

/// The lexicon.
#[derive(Debug, Default)]
pub struct Cues {
    forms: HashMap<String, Form>,
    /// Forms that are cues only before في and a paper: ورد is also و and رد.
    readings: HashMap<String, Form>,
    after: Vec<Vec<String>>,
    self_nouns: HashSet<String>,
    channels: HashSet<String>,
    sources: HashSet<String>,
    many: HashSet<String>,
    times: HashSet<String>,
    adverbs: HashSet<String>,
    circumstances: HashSet<String>,
    prepositions: HashSet<String>,
    titled: HashSet<String>,
    never: HashSet<String>,
}

/// The endings of the tables.
#[derive(Default)]
struct Tables<'a> {
    conjunctions: Vec<&'a str>,
    past: Vec<Ending<'a>>,
    present: Vec<Ending<'a>>,
    participle: Vec<Ending<'a>>,
    noun: Vec<Ending<'a>>,
}

/// An ending, and whether it is feminine singular, or more than one.
type Ending<'a> = (&'a str, bool, bool);

impl Cues {
    fn read(text: &str) -> Self {
        let mut cues = Self::default();
        let mut tables = Tables::default();
        for (section, line) in sections(text) {
            let ending = || {
                let (ending, rest) = line.split_once(' ').unwrap_or((line, ""));
                (ending, rest.trim() == "3 f s", rest.ends_with(['d', 'p']))
            };
            match section {
                "conjunctions" => tables.conjunctions.extend(line.split_whitespace()),
                "past" => tables.past.push(ending()),
                "present" => tables.present.push(ending()),
                "participle" => tables.participle.push(ending()),
                "noun" => tables.noun.push(ending()),
                "verbs" => cues.add_verb(line, &tables),
                "after" => cues.after.push(line.split_whitespace().map(fold).collect()),
                "self" => cues.self_nouns.extend(line.split_whitespace().map(fold)),
                "channels" => cues.channels.extend(with_article(line)),
                "sources" => cues.sources.extend(with_article(line)),
                "many" => cues.many.extend(line.split_whitespace().map(fold)),
                "times" => cues.times.extend(line.split_whitespace().map(fold)),
                "adverbs" => cues.adverbs.extend(line.split_whitespace().map(fold)),
                "circumstances" => cues.circumstances.extend(line.split_whitespace().map(fold)),
                "prepositions" => cues.prepositions.extend(line.split_whitespace().map(fold)),
                "titled" => cues.titled.extend(line.split_whitespace().map(fold)),
                _ => cues.never.extend(line.split_whitespace().map(fold)),
            }
        }
        cues
    }

    fn add_verb(&mut self, line: &str, tables: &Tables<'_>) {
        let mut fields = line.split('|').map(str::trim);
        let parts: Vec<String> = fields.next().unwrap_or_default().split_whitespace().map(fold).collect();
        let [past, present, participle, noun] = parts.as_slice() else { return };
        let bit = |frame: &str| FRAMES.iter().position(|known| *known == fold(frame)).map_or(0, |bit| 1 << bit);
        let frames = fields.next().unwrap_or_default().split_whitespace().map(bit).sum();
        let act = fields.next().unwrap_or_default();
        let (doubtful, strict) = (act.ends_with('?'), act.ends_with('!'));
        let act = match act.trim_end_matches(['?', '!']).trim() {
            "say" => Act::Say,
            "think" => Act::Think,
            "deny" => Act::Deny,
            "call" => Act::Call,
            "urge" => Act::Urge,
            "read" => Act::Read,
            _ => Act::Hold,
        };
        let form = Form {
            act,
            shape: Shape::Past,
            frames,
            joined: false,
            feminine: false,
            plural: false,
            doubtful: false,
            strict,
        };
        // رأى, دعا: the weak end gives way to the ending.
        let weak = past.strip_suffix(['ي', 'ا']).filter(|stem| stem.chars().count() >= 2);
        let weak = weak.filter(|_| present.ends_with(['ي', 'و']) || past.ends_with('ي'));
        for &(ending, feminine, plural) in &tables.past {
            let ending = fold(ending.trim_start_matches('-'));
            let whole = if ending.is_empty() || weak.is_none() { past.as_str() } else { weak.unwrap_or(past) };
            let form = Form { feminine, plural, doubtful: doubtful && ending.is_empty(), ..form };
            self.add(&format!("{whole}{ending}"), form, &tables.conjunctions);
        }
        let stem = present.strip_prefix('ي').unwrap_or(present);
        for &(affixes, feminine, plural) in &tables.present {
            let (before, after) = affixes.split_once('-').unwrap_or_default();
            let cut = if after.is_empty() { stem } else { stem.trim_end_matches(['ي', 'و']) };
            let form = Form { shape: Shape::Present, feminine, plural, ..form };
            self.add(&format!("{before}{cut}{after}"), form, &tables.conjunctions);
        }
        let restored = if weak.is_some() && !participle.ends_with('ي') { "ي" } else { "" };
        for &(ending, feminine, plural) in &tables.participle {
            let ending = fold(ending.trim_start_matches('-'));
            let form = Form { shape: Shape::Participle, feminine, plural, ..form };
            self.add(&format!("{participle}{restored}{ending}"), form, &tables.conjunctions);
        }
        for &(ending, feminine, plural) in &tables.noun {
            // تسمية + ه is تسميته: the written t comes back before an ending.
            let stem = noun.strip_suffix('ه').map_or_else(|| noun.clone(), |stem| format!("{stem}ت"));
            let form = Form { shape: Shape::Noun, feminine, plural, ..form };
            self.add(&format!("{stem}{}", fold(ending.trim_start_matches('-'))), form, &["و", "ف", "ب", "ل"]);
        }
        for bare in [format!("ال{noun}"), format!("بال{noun}")] {
            if act == Act::Say && noun == "قول" {
                self.add(&bare, Form { shape: Shape::Noun, ..form }, &[]);
            }
        }
    }

    fn add(&mut self, word: &str, form: Form, conjunctions: &[&str]) {
        let forms = if form.act == Act::Read { &mut self.readings } else { &mut self.forms };
        for conjunction in conjunctions {
            let joined = Form { joined: true, doubtful: false, ..form };
            forms.entry(format!("{conjunction}{word}")).or_insert(joined);
        }
        forms.entry(word.to_owned()).or_insert(form);
    }

    /// The cue that a folded word is a form of.
    #[must_use]
    pub fn form(&self, word: &str) -> Option<Form> {
        self.forms.get(word).copied()
    }

    /// The form of جاء or ورد that a folded word is, where في and a paper follow.
    #[must_use]
    pub fn reading(&self, word: &str) -> Option<Form> {
        self.readings.get(word).copied().filter(|form| form.is_finite())
    }

    /// بيان, بيانه: whether the word is a paper or an occasion, with or without an ending of possession.
    #[must_use]
    pub fn is_own_channel(&self, word: &str) -> bool {
        self.is_channel(word) || self.is_channel(word.trim_end_matches("ها").trim_end_matches('ه'))
    }

    /// How many words of an attributing phrase (بحسب, على حد قول, وفقا ل) begin with these folded words; the words are
    /// asked for by their distance. The last may be a preposition written on the next word: it is not counted.
    pub fn after<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<usize> {
        let fits = |phrase: &Vec<String>| {
            phrase.iter().enumerate().all(|(at, part)| {
                let bare = if at == 0 { word(at).strip_prefix('و').unwrap_or(word(at)) } else { word(at) };
                bare == part || word(at) == part || (part == "ل" && bare.starts_with('ل'))
            })
        };
        let length = |phrase: &Vec<String>| phrase.len() - usize::from(phrase.last().is_some_and(|part| part == "ل"));
        self.after.iter().filter(|phrase| fits(phrase)).map(length).max()
    }

    /// تعبيره, قولها: closes the report of the one who speaks already.
    #[must_use]
    pub fn is_self_noun(&self, word: &str) -> bool {
        let stem = ["هما", "ها", "هم", "هن", "ه"].iter().find_map(|ending| word.strip_suffix(ending));
        stem.is_some_and(|stem| {
            self.self_nouns.contains(stem)
                || stem.strip_suffix('ت').is_some_and(|stem| self.self_nouns.contains(&format!("{stem}ه")))
        })
    }

    /// بيان, تدوينة: the occasion of speech.
    #[must_use]
    pub fn is_channel(&self, word: &str) -> bool {
        self.channels.contains(word)
    }

    /// مصدر, تقارير: speaks without a name.
    #[must_use]
    pub fn is_source(&self, word: &str) -> bool {
        self.sources.contains(word)
    }

    /// شهود, سكان: people in a broken plural.
    #[must_use]
    pub fn is_many(&self, word: &str) -> bool {
        self.many.contains(word)
    }

    /// اليوم, بدوره: stands between a verb and its subject.
    #[must_use]
    pub fn is_adverb(&self, word: &str) -> bool {
        self.times.contains(word) || self.adverbs.contains(word)
    }

    /// خلال, اليوم: a subject ends before it.
    #[must_use]
    pub fn is_circumstance(&self, word: &str) -> bool {
        self.times.contains(word) || self.circumstances.contains(word)
    }

    /// في, عن: begins a phrase.
    #[must_use]
    pub fn is_preposition(&self, word: &str) -> bool {
        self.prepositions.contains(word)
    }

    /// فيلم, عملية: what is in marks after it is its name.
    #[must_use]
    pub fn is_titled(&self, word: &str) -> bool {
        self.titled.contains(word)
    }

    /// قبل, يمكن: nobody speaks in the أن after it.
    #[must_use]
    pub fn is_never(&self, word: &str) -> bool {
        self.never.contains(word) || word.strip_prefix('و').is_some_and(|word| self.never.contains(word))
    }
}

fn with_article(line: &str) -> impl Iterator<Item = String> {
    line.split_whitespace().map(fold).flat_map(|word| [format!("ال{word}"), word])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_makes_every_form() {
        for word in [
            "قال",
            "وقالت",
            "يقول",
            "قائلا",
            "قوله",
            "رأت",
            "نفوا",
            "مدعيا",
            "أفادت",
            "ولفتا",
            "بقوله",
            "معتبرين",
            "ناف",
        ] {
            let known = CUES.form(&fold(word)).is_some();
            assert_eq!(known, word != "ناف", "{word}");
        }
        let form = CUES.form("اشارت").unwrap();
        assert!(form.feminine && form.takes("الي") && !form.takes("علي") && form.is_finite());
        assert!(CUES.form("بين").unwrap().doubtful && !CUES.form("بينت").unwrap().doubtful);
        assert!(CUES.is_self_noun("تعبيره") && CUES.is_self_noun("قولها") && !CUES.is_self_noun("تعبير"));
        assert_eq!(CUES.after(|at| ["علي", "حد", "قول", "زيد"].get(at).copied().unwrap_or_default()), Some(3));
        assert_eq!(CUES.after(|at| ["وفقا", "للوزير"].get(at).copied().unwrap_or_default()), Some(1));
    }
}
