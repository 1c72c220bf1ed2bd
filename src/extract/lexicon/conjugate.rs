//! The forms of a verb from its principal parts: `assets/cues.txt` explains how.

use super::form::{Act, Form, Frame, Shape};
use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::extract::asset::Set;

/// Stands for a part that a verb lacks.
const NONE: &str = "-";

/// The endings of the tables.
#[derive(Debug, Default)]
pub struct Tables<'a> {
    /// What a finite form or a participle may have before it.
    pub conjunctions: Vec<&'a str>,
    /// The endings of the past.
    pub past: Vec<Ending<'a>>,
    /// The affixes of the present.
    pub present: Vec<Ending<'a>>,
    /// The pronouns of who is told.
    pub objects: Vec<&'a str>,
    /// The endings of the participle.
    pub participle: Vec<Ending<'a>>,
    /// The endings of the verbal noun.
    pub noun: Vec<Ending<'a>>,
    /// What a verbal noun may have on it.
    pub noun_proclitics: Vec<&'a str>,
}

/// An ending, and whether it is feminine singular, or more than one.
pub type Ending<'a> = (&'a str, bool, bool);

/// The forms made so far.
#[derive(Default)]
struct Made(Vec<(String, Form)>);

impl Made {
    fn add(&mut self, word: &str, form: Form, conjunctions: &[&str]) {
        for conjunction in conjunctions {
            self.0.push((format!("{conjunction}{word}"), Form { joined: true, doubtful: false, ..form }));
        }
        self.0.push((word.to_owned(), form));
    }
}

impl Tables<'_> {
    /// Every form of a verb of the table, with what it is. A form may come up twice: the first counts.
    pub fn forms(&self, line: &str) -> Vec<(String, Form)> {
        let mut made = Made::default();
        self.conjugate(line, &mut made);
        made.0
    }

    /// أخبرها, وصفته: a singular form with the one who is told or called something on it.
    fn told(&self, whole: &str, form: Form, made: &mut Made) {
        let told = Form { tells: false, doubtful: false, ..form };
        let takes = form.tells || form.act == Act::Call;
        for object in self.objects.iter().filter(|_| takes && !form.plural) {
            made.add(&format!("{whole}{object}"), told, &self.conjunctions);
        }
    }

    fn conjugate(&self, line: &str, made: &mut Made) {
        let mut fields = line.split('|').map(str::trim);
        let raw: Vec<&str> = fields.next().unwrap_or_default().split_whitespace().collect();
        let parts: Vec<String> = raw.iter().map(|part| fold(part)).collect();
        let [past, present, participle, noun] = parts.as_slice() else { return };
        let raw_of = |at: usize| raw.get(at).copied().unwrap_or_default();
        let mut frames = Set::default();
        for frame in fields.next().unwrap_or_default().split_whitespace().filter_map(|word| Frame::of(&fold(word))) {
            frames.note(frame as usize, true);
        }
        let act = fields.next().unwrap_or_default();
        let (doubtful, strict, with_article) = (act.ends_with('?'), act.ends_with('!'), act.ends_with('*'));
        let (tells, accuses) = (act.ends_with('+'), act.ends_with('='));
        let act = match act.trim_end_matches(['?', '!', '*', '+', '=']).trim() {
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
            tells,
            accuses,
        };
        // رأى, دعا: the weak end gives way to the ending.
        let weak = affix::strip_weak(past).filter(|stem| stem.chars().count() >= 2);
        let weak = weak.filter(|_| affix::ends_long(present) || affix::ends_yeh(past));
        for &(ending, feminine, plural) in &self.past {
            let ending = fold(ending.trim_start_matches('-'));
            let whole = if ending.is_empty() || weak.is_none() { past.as_str() } else { weak.unwrap_or(past) };
            let form = Form { feminine, plural, doubtful: doubtful && ending.is_empty(), ..form };
            made.add(&format!("{whole}{ending}"), form, &self.conjunctions);
            // وصفه: his description as often as he described him; who stands behind it decides.
            if form.tells || !ending.is_empty() || past != noun {
                self.told(&format!("{whole}{ending}"), form, made);
            }
            // تنبأ + وا is تنبؤوا.
            if let Some(stem) = affix::carried_hamza(raw_of(0), &ending) {
                made.add(&format!("{stem}{ending}"), form, &self.conjunctions);
            }
        }
        let stem = affix::stem_of_present(present);
        for &(affixes, feminine, plural) in &self.present {
            let (before, after) = affixes.split_once('-').unwrap_or_default();
            // يهنئ + ون is يهنئون, يتنبأ + ون is يتنبؤون.
            let carried = affix::carried_hamza(affix::stem_of_present(raw_of(1)), after);
            let cut = if after.is_empty() { stem } else { affix::without_long(stem) };
            let form = Form { shape: Shape::Present, feminine, plural, ..form };
            let whole = format!("{before}{}{after}", carried.as_deref().unwrap_or(cut));
            made.add(&whole, form, &self.conjunctions);
            self.told(&whole, form, made);
            // لنرى, ليعتقد: no words of anybody's.
            if matches!(form.act, Act::Say | Act::Deny) && !affixes.starts_with('ن') {
                let purpose = Form { shape: Shape::Participle, ..form };
                made.add(&format!("{}{whole}", affix::TO), purpose, &self.conjunctions);
            }
        }
        let restored = if weak.is_some() && !affix::ends_yeh(participle) { affix::YEH } else { "" };
        for &(ending, feminine, plural) in self.participle.iter().filter(|_| participle != NONE) {
            let ending = fold(ending.trim_start_matches('-'));
            let form = Form { shape: Shape::Participle, feminine, plural, ..form };
            made.add(&format!("{participle}{restored}{ending}"), form, &self.conjunctions);
        }
        for &(ending, feminine, plural) in self.noun.iter().filter(|_| noun != NONE) {
            let ending = fold(ending.trim_start_matches('-'));
            let form = Form { shape: Shape::Noun, feminine, plural, ..form };
            // تسمية + ه is تسميته, ادعاء + ه is ادعاءه, ادعائه and ادعاؤه by its case.
            for stem in affix::stems_before_pronoun(noun) {
                made.add(&format!("{stem}{ending}"), form, &self.noun_proclitics);
            }
        }
        if with_article {
            let definite = affix::with_article(noun);
            made.add(&format!("{}{definite}", affix::BY), Form { shape: Shape::Noun, ..form }, &[]);
            made.add(&definite, Form { shape: Shape::Noun, ..form }, &[]);
        }
    }
}
