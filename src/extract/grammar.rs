//! Closed word classes, read from `assets/grammar.txt`, which shows an example of each.

use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::extract::asset::{Set, named, sections};
use std::collections::HashMap;
use std::sync::LazyLock;

named! {
    /// A class of the table; its name there is its name here.
    WordClass {
        Complementizer = "complementizer",
        ComplementizerAfterBy = "complementizer after ب",
        Unsaid = "unsaid",
        Not = "not",
        Perhaps = "perhaps",
        ClauseOpener = "clause opener",
        Relative = "relative",
        RelativeFeminine = "relative feminine",
        PhraseStop = "phrase stop",
        In = "in",
        InIt = "in it",
        About = "about",
        AboutThem = "about them",
        On = "on",
        Study = "study",
        Published = "published",
        Sight = "sight",
        Pronoun = "pronoun",
        Tongue = "tongue",
        OneOfThem = "one of them",
        Afterwards = "afterwards",
        ToThose = "to those",
        OwnBy = "own by",
        Issue = "issue",
        SeldomNamed = "seldom named",
        That = "that",
        From = "from",
        Of = "of",
        Hanging = "hanging",
        ToReporter = "to reporter",
        OfMany = "of many",
        Count = "count",
        Honour = "honour",
        KnownAs = "known as",
        What = "what",
        Return = "return",
        Occasion = "occasion",
        PerCent = "per cent",
        Hundred = "hundred",
        Deputy = "deputy",
        InTheNameOf = "in the name of",
        Same = "same",
        SameBefore = "same before",
        Was = "was",
        Perfect = "perfect",
        And = "and",
        Trailing = "trailing",
        Impersonal = "impersonal",
        Amma = "amma",
        SentenceOpener = "sentence opener",
        Reply = "reply",
        Ask = "ask",
        ToWhom = "to whom",
        Preposition = "preposition",
        WorthSaying = "worth saying",
        Connector = "connector",
        Resumption = "resumption",
        Relayed = "relayed",
        Relay = "relay",
        Ascribe = "ascribe",
        Object = "object",
        TitleGoesOn = "title goes on",
        BodyBeforeName = "body before its name",
        Things = "things",
        Question = "question",
        Answer = "answer",
        Called = "called",
        Official = "official",
        Group = "group",
        News = "news",
        Dangling = "dangling",
        Minister = "minister",
        Ministers = "ministers",
        OuterHead = "outer head",
        ClubOfPeople = "club of people",
        Common = "common",
        Work = "work",
        SiteHead = "site head",
        Kunya = "kunya",
        Family = "family",
        Division = "division",
        NameUnit = "name unit",
        NameOpener = "name opener",
        NamePart = "name part",
        Whereabouts = "whereabouts",
        RoleStop = "role stop",
        Apposition = "apposition",
        PointsBack = "points back",
        OneOf = "one of",
    }
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Grammar::read(include_str!("../../assets/grammar.txt")));

#[derive(Debug, Default)]
struct Grammar {
    words: HashMap<String, Set>,
    stems: Vec<(String, usize)>,
}

impl Grammar {
    fn read(text: &str) -> Self {
        let mut grammar = Self::default();
        for (section, line) in sections(text) {
            let Some(class) = WordClass::ALL.iter().position(|class| class.name() == section) else { continue };
            for word in line.split_whitespace().map(fold) {
                match word.strip_suffix('-') {
                    Some(stem) => grammar.stems.push((stem.to_owned(), class)),
                    None => grammar.words.entry(word).or_default().note(class, true),
                }
            }
        }
        grammar
    }
}

/// The classes that a folded word is in.
#[must_use]
pub fn classes(word: &str) -> Set {
    let mut found = GRAMMAR.words.get(word).copied().unwrap_or_default();
    if let Some(core) = word.strip_prefix(affix::BY)
        && let Some(classes) = GRAMMAR.words.get(core)
    {
        let after_by =
            classes.has(WordClass::Complementizer as usize) || classes.has(WordClass::ComplementizerAfterBy as usize);
        found.note(WordClass::Complementizer as usize, after_by);
    }
    for (stem, class) in &GRAMMAR.stems {
        found.note(*class, word.trim_start_matches([affix::AND, affix::THEN]).starts_with(stem.as_str()));
    }
    found
}

/// Whether a folded word is in the class. Of a word of the text, [`crate::extract::words::Words::is`] knows it already.
#[must_use]
pub fn is(word: &str, class: WordClass) -> bool {
    classes(word).has(class as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_class_and_every_class_has_words() {
        let text = include_str!("../../assets/grammar.txt");
        for (section, _) in sections(text) {
            assert!(WordClass::ALL.iter().any(|class| class.name() == section), "[{section}] is no class");
        }
        for class in WordClass::ALL {
            assert!(sections(text).any(|(section, _)| section == class.name()), "{} has no words", class.name());
        }
    }

    #[test]
    fn a_complementizer_may_have_by_on_it_and_a_stem_a_conjunction() {
        for word in ["ان", "بانها", "بانا"] {
            assert!(is(word, WordClass::Complementizer), "{word}");
        }
        assert!(!is("انا", WordClass::Complementizer) && !is("وان", WordClass::Complementizer));
        assert!(is("ونقلت", WordClass::Relay) && !is("انتقل", WordClass::Relay));
    }
}
