//! Rules as data: each has a name and a function, they stand in ordered tables, and the first that fits decides.
//!
//! `assets/rules.txt` says of every rule how sure it is and shows a sentence in which it fits; a rule that it calls `off`
//! is passed over. To add a rule, write its function, put it in its table at its place, and give it a line there.

use crate::extract::asset::lines;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::read(include_str!("../../assets/rules.txt")));

/// A rule of a table: its name in `assets/rules.txt`, and what it does with its context.
#[derive(Clone, Copy, Debug)]
pub struct Rule<F> {
    /// The name.
    pub name: &'static str,
    /// A function of the context; none where the rule does not fit.
    pub apply: F,
}

#[derive(Debug, Default)]
struct Rules {
    confidence: HashMap<&'static str, f32>,
    off: HashSet<&'static str>,
}

impl Rules {
    fn read(text: &'static str) -> Self {
        let mut rules = Self::default();
        for line in lines(text) {
            let mut fields = line.split('|').map(str::trim);
            let (Some(sure), Some(name)) = (fields.next(), fields.next()) else { continue };
            match sure.parse() {
                Ok(confidence) => drop(rules.confidence.insert(name, confidence)),
                Err(_) if sure == "off" => drop(rules.off.insert(name)),
                Err(_) => {}
            }
        }
        rules
    }
}

/// The first rule of a table that fits, by its name, with what it gives. `apply` calls a rule's function.
pub fn first<F, T>(table: &[Rule<F>], apply: impl Fn(&F) -> Option<T>) -> Option<(&'static str, T)> {
    table.iter().filter(|rule| is_on(rule.name)).find_map(|rule| Some((rule.name, apply(&rule.apply)?)))
}

/// Whether the rule is not switched off.
#[must_use]
pub fn is_on(name: &str) -> bool {
    RULES.off.is_empty() || !RULES.off.contains(name)
}

/// How sure the rule is, 0 to 1: the share in which it was right on the annotated articles. 0 for a rule that the table
/// does not list.
#[must_use]
pub fn confidence(name: &str) -> f32 {
    RULES.confidence.get(name).copied().unwrap_or_default()
}
