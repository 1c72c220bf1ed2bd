//! The cues of reported speech, with every form of them, read from `assets/cues.txt`, which explains the linguistics.

mod conjugate;
mod form;

use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::extract::asset::sections;
use conjugate::Tables;
pub use form::{Act, Form, Frame, Shape};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lexicon, read once.
pub static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::read(include_str!("../../assets/cues.txt")));

/// The lexicon.
#[derive(Debug, Default)]
pub struct Cues {
    forms: HashMap<String, Form>,
    /// Forms that are cues only before في and a paper: ورد is also و and رد.
    readings: HashMap<String, Form>,
    /// Attributing phrases, by their first word.
    after: HashMap<String, Vec<Phrase>>,
    stances: HashSet<String>,
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

/// An attributing phrase behind its first word.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    /// Whether a verb of saying stands behind it.
    verb: bool,
    /// Whether nothing but its source may follow in the sentence.
    closing: bool,
}

/// An attributing phrase where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributing {
    /// How many words it takes, its verb counted.
    pub length: usize,
    /// How many words behind its first its verb stands.
    pub verb: Option<usize>,
    /// Whether nothing but its source may follow in the sentence.
    pub closing: bool,
}

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
                "noun proclitics" => tables.noun_proclitics.extend(line.split_whitespace()),
                "conjunctions" => tables.conjunctions.extend(line.split_whitespace()),
                "past" => tables.past.push(ending()),
                "present" => tables.present.push(ending()),
                "objects" => tables.objects.extend(line.split_whitespace()),
                "participle" => tables.participle.push(ending()),
                "noun" => tables.noun.push(ending()),
                "verbs" => {
                    for (word, form) in tables.forms(line) {
                        let known = if form.act == Act::Read { &mut cues.readings } else { &mut cues.forms };
                        known.entry(word).or_insert(form);
                    }
                }
                "after" => cues.add_phrase(line, false),
                "after verb" => cues.add_phrase(line, true),
                "stance" => cues.stances.extend(line.split_whitespace().map(fold)),
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
        self.is_channel(word) || affix::strip_possessive(word).is_some_and(|word| self.is_channel(word))
    }

    fn add_phrase(&mut self, line: &str, verb: bool) {
        let closing = line.starts_with('.');
        let mut words = line.trim_start_matches('.').split_whitespace().map(fold);
        let Some(first) = words.next() else { return };
        self.after.entry(first).or_default().push(Phrase { rest: words.collect(), verb, closing });
    }

    /// The longest attributing phrase (بحسب, على حد قول, وفقا ل, حسبما with its verb) that begins with these folded words;
    /// the words are asked for by their distance.
    pub fn after<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<Attributing> {
        let known =
            [word(0), affix::without_and(word(0))].into_iter().filter_map(|first| self.after.get(first)).flatten();
        let fits = |phrase: &&Phrase| {
            let same = |(at, part): (usize, &String)| {
                let word = word(at + 1);
                word == part || (affix::is_to(part) && word.starts_with(affix::TO))
            };
            let said = || self.form(word(phrase.rest.len() + 1)).is_some_and(|form| form.is_finite() && form.reports());
            phrase.rest.iter().enumerate().all(same) && (!phrase.verb || said())
        };
        let attributing = |phrase: &Phrase| {
            // A preposition that is written on the next word is not counted.
            let bound = usize::from(phrase.rest.last().is_some_and(|part| affix::is_to(part)));
            Attributing {
                length: 1 + phrase.rest.len() - bound + usize::from(phrase.verb),
                verb: phrase.verb.then_some(phrase.rest.len() + 1),
                closing: phrase.closing,
            }
        };
        known.filter(fits).map(attributing).max_by_key(|found| found.length)
    }

    /// ثقته, التأكيد: stands between a verb of feeling or doing and its clause.
    #[must_use]
    pub fn is_stance(&self, word: &str) -> bool {
        self.stances.contains(word)
            || affix::strip_possessive(word).is_some_and(|stem| {
                self.stances.contains(stem)
                    || affix::close_feminine(stem).is_some_and(|stem| self.stances.contains(&stem))
            })
    }

    /// تعبيره, قولها: closes the report of the one who speaks already.
    #[must_use]
    pub fn is_self_noun(&self, word: &str) -> bool {
        affix::strip_possessive(word).is_some_and(|stem| {
            self.self_nouns.contains(stem)
                || affix::close_feminine(stem).is_some_and(|stem| self.self_nouns.contains(&stem))
        })
    }

    /// تعبير, قول: the same noun before the one who speaks: حسب تعبير الوزير.
    #[must_use]
    pub fn is_noun_of_speech(&self, word: &str) -> bool {
        self.self_nouns.contains(word)
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

    /// أمس, يوليو: a word of time.
    #[must_use]
    pub fn is_time(&self, word: &str) -> bool {
        self.times.contains(word)
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
        self.never.contains(word) || affix::strip_and(word).is_some_and(|word| self.never.contains(word))
    }
}

fn with_article(line: &str) -> impl Iterator<Item = String> {
    line.split_whitespace().map(fold).flat_map(|word| [affix::with_article(&word), word])
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
            "ادعائه",
            "ادعاؤه",
            "يتنبؤون",
            "يهنئون",
            "تنبؤوا",
            "مذكرا",
            "عد",
        ] {
            let known = CUES.form(&fold(word)).is_some();
            assert_eq!(known, word != "ناف", "{word}");
        }
        let form = CUES.form("اشارت").unwrap();
        assert!(form.feminine && form.takes(Frame::To) && !form.takes(Frame::On) && form.is_finite());
        assert!(CUES.form("بين").unwrap().doubtful && !CUES.form("بينت").unwrap().doubtful);
        assert!(CUES.is_self_noun("تعبيره") && CUES.is_self_noun("قولها") && !CUES.is_self_noun("تعبير"));
        let after = |words: &[&'static str]| {
            CUES.after(|at| words.get(at).copied().unwrap_or_default()).map(|found| (found.length, found.closing))
        };
        assert_eq!(after(&["علي", "حد", "قول", "زيد"]), Some((3, false)));
        assert_eq!(after(&["وفقا", "للوزير"]), Some((1, false)));
        assert_eq!(after(&["حسبما", "افاد", "المصدر"]), Some((2, false)));
        assert_eq!((after(&["كما", "قال", "الوزير"]), after(&["كما", "كان", "الوزير"])), (Some((2, true)), None));
    }
}
