//! The lists that ship inside the binary: places, organizations, given names, roles, plain words.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::normalize::fold;
use crate::arabic::tokens::splits;
use crate::extract::asset::{lines, sections};
use crate::extract::grammar::WordClass;
use crate::extract::words::Words;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lists, read once.
pub static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

/// What the lists know.
#[derive(Debug, Default)]
pub struct Lists {
    phrases: HashMap<String, Vec<Phrase>>,
    /// Folded names of one thing, in a row; the number is the same for all of them.
    groups: HashMap<String, u32>,
    /// Places whose names are plain words too.
    doubtful: HashSet<String>,
    given: HashSet<String>,
    unsure: HashSet<String>,
    families: HashSet<String>,
    women: HashSet<String>,
    plain: HashSet<String>,
    keep: HashSet<String>,
    leave: HashSet<String>,
    roles: HashMap<String, Role>,
}

/// A name of several words.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    kind: Kind,
}

/// What sort of word leads a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// وزير: takes a complement.
    Office,
    /// اللواء: stands right before the name.
    Rank,
    /// المحلل: takes adjectives.
    Calling,
    /// زوجة: the name after it may be another's.
    Kin,
}

impl Lists {
    fn read() -> Self {
        let mut lists = Self::default();
        for line in lines(include_str!("../../assets/places.txt")) {
            lists.add(line, Kind::Place);
        }
        for (section, line) in sections(include_str!("../../assets/organizations.txt")) {
            match section {
                "keep" => lists.keep.extend(forms(line)),
                "leave" => lists.leave.extend(forms(line)),
                _ => lists.add(line, Kind::Organization),
            }
        }
        for (section, line) in sections(include_str!("../../assets/given-names.txt")) {
            let names = match section {
                "sure" => &mut lists.given,
                "unsure" => &mut lists.unsure,
                "families" => &mut lists.families,
                _ => &mut lists.women,
            };
            names.extend(line.split_whitespace().map(fold));
        }
        for line in lines(include_str!("../../assets/function-words.txt")) {
            lists.plain.extend(line.split_whitespace().map(fold));
        }
        for (section, line) in sections(include_str!("../../assets/roles.txt")) {
            lists.add_role(section, line);
        }
        lists
    }

    fn add(&mut self, line: &str, kind: Kind) {
        let group = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let doubtful = line.starts_with('!');
        for name in line.trim_start_matches('!').split('=').map(|name| fold(name.trim())) {
            if doubtful {
                self.doubtful.insert(name.clone());
            }
            let mut words = name.split_whitespace().map(str::to_owned);
            let Some(first) = words.next() else { continue };
            self.phrases.entry(first).or_default().push(Phrase { rest: words.collect(), kind });
            self.groups.entry(name).or_insert(group);
        }
    }

    fn add_role(&mut self, section: &str, line: &str) {
        let role = match section {
            "office" => Role::Office,
            "rank" => Role::Rank,
            "calling" => Role::Calling,
            _ => Role::Kin,
        };
        let mut words = line.split_whitespace().map(fold);
        let Some(head) = words.next() else { return };
        let stem = head.strip_suffix(affix::YEH).filter(|_| head.chars().count() > 3);
        let mut all = forms(&head).collect::<Vec<_>>();
        all.extend(affix::duals(&head));
        all.extend(stem.map(str::to_owned));
        for plural in words {
            all.push(affix::with_article(&plural));
            all.push(plural);
        }
        for form in all {
            self.roles.entry(form).or_insert(role);
        }
    }

    /// The longest listed name that begins at the word `index`: how many bytes of the first word are a proclitic, how
    /// many words it takes, its kind.
    #[must_use]
    pub fn name_at(&self, words: &Words<'_>, index: usize) -> Option<(usize, usize, Kind)> {
        let first = words.fold(index);
        let cuts = std::iter::once(0).chain(splits(first));
        cuts.filter_map(|cut| self.phrase_at(words, index, cut))
            .max_by_key(|&(cut, count, _)| (count, usize::MAX - cut))
    }

    fn phrase_at(&self, words: &Words<'_>, index: usize, cut: usize) -> Option<(usize, usize, Kind)> {
        let first = words.fold(index).get(cut..)?;
        // للأمم hides the alef of the article.
        let article = (cut > 0).then(|| affix::show_article(first)).flatten();
        let phrases = [Some(first), article.as_deref()];
        let fits = phrases.into_iter().flatten().filter_map(|first| self.phrases.get(first)).flatten();
        let before = |phrase: &&Phrase| {
            !(phrase.kind == Kind::Place && phrase.rest.is_empty() && self.is_doubtful_place(first))
                || words.is_before(index, WordClass::Whereabouts)
                || cut > 0
        };
        fits.filter(before)
            .filter(|phrase| phrase.rest.iter().zip(index + 1..).all(|(word, at)| words.fold(at) == word))
            .map(|phrase| (cut, 1 + phrase.rest.len(), phrase.kind))
            .max_by_key(|&(_, count, _)| count)
    }

    /// Whether a folded word is a place and a plain word.
    #[must_use]
    pub fn is_doubtful_place(&self, word: &str) -> bool {
        self.doubtful.contains(word)
    }

    /// A number shared by all listed names of one thing; `name` is folded.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<u32> {
        self.groups.get(name).copied()
    }

    /// What a listed name is; `name` is folded.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<Kind> {
        let mut words = name.split_whitespace();
        let phrases = self.phrases.get(words.next()?)?;
        let rest: Vec<&str> = words.collect();
        phrases.iter().find(|phrase| phrase.rest == rest).map(|phrase| phrase.kind)
    }

    /// Whether a folded word is the name of a family that everybody knows by it alone.
    #[must_use]
    pub fn is_family(&self, word: &str) -> bool {
        self.families.contains(word)
    }

    /// Whether a folded word is a given name and nothing else.
    #[must_use]
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains(word)
    }

    /// Whether a folded word is a given name that is also a plain word.
    #[must_use]
    pub fn may_be_given(&self, word: &str) -> bool {
        self.unsure.contains(word)
    }

    /// Whether a folded given name is a woman's; none where the word is no given name.
    #[must_use]
    pub fn is_woman(&self, word: &str) -> Option<bool> {
        let woman = self.women.contains(word);
        (woman || self.given.contains(word)).then_some(woman)
    }

    /// Whether a folded word is never part of a name.
    #[must_use]
    pub fn is_plain(&self, word: &str) -> bool {
        self.plain.contains(word)
    }

    /// Whether a folded word heads the name of an organization and belongs to it.
    #[must_use]
    pub fn is_kept_head(&self, word: &str) -> bool {
        self.keep.contains(word)
    }

    /// Whether a folded word heads the name of an organization and stays outside.
    #[must_use]
    pub fn is_left_head(&self, word: &str) -> bool {
        self.leave.contains(word)
    }

    /// What role a folded word leads, if any.
    #[must_use]
    pub fn role(&self, word: &str) -> Option<Role> {
        self.roles.get(word).copied()
    }
}

/// A head with and without article, masculine and feminine.
fn forms(head: &str) -> impl Iterator<Item = String> {
    let head = fold(head);
    let feminine = (!affix::is_feminine(&head)).then(|| format!("{head}{}", affix::FEMININE));
    std::iter::once(head).chain(feminine).flat_map(|form| [affix::with_article(&form), form])
}
