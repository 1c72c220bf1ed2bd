//! Those who are named in a text, as the choice of a speaker looks at them.

use crate::annotation::{Kind, Role};
use crate::arabic::normalize::fold;
use crate::extract::gazetteer::LISTS;
use crate::extract::lexicon::{CUES, Form};
use crate::extract::scene::Scene;

/// One cluster.
#[derive(Debug)]
pub struct Member {
    /// What it is.
    pub kind: Kind,
    /// The first word of each of its mentions, in order.
    pub starts: Vec<usize>,
    /// Its roles, as bare words, each once.
    pub roles: Vec<Vec<String>>,
    /// The bare words of its names and the word before each.
    pub words: Vec<String>,
    /// Whether it is of feminine gender, where the text shows it.
    pub feminine: Option<bool>,
}

/// All of them, and who stands out.
#[derive(Debug, Default)]
pub struct Cast {
    /// By cluster.
    pub members: Vec<Member>,
    /// The first word of each name of the scene.
    pub starts: Vec<usize>,
    /// The clusters that are first and most named, for persons and for organizations.
    pub first: [Option<usize>; 2],
    /// See `first`.
    pub most: [Option<usize>; 2],
    /// How many there are of each kind.
    pub counts: [usize; 3],
}

/// A word without the article.
#[must_use]
pub fn bare(word: &str) -> &str {
    word.strip_prefix("ال").or_else(|| word.strip_prefix("لل")).unwrap_or(word)
}

/// Whether two bare words are one, gender apart.
#[must_use]
pub fn same_word(left: &str, right: &str) -> bool {
    left == right || left.strip_suffix('ه').unwrap_or(left) == right.strip_suffix('ه').unwrap_or(right)
}

/// Whether two heads are forms of one noun: مصدر and مصادر, مسؤول and مسؤولون, ثري and أثرياء have the same consonants.
#[must_use]
pub fn alike(left: &str, right: &str) -> bool {
    let root = |word: &str| -> String {
        let bare = bare(word);
        let stem = ["ون", "ين", "ات"].iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
        stem.chars().filter(|letter| !matches!(letter, 'ا' | 'و' | 'ي' | 'ه' | 'ء')).collect()
    };
    let (one, other) = (root(left), root(right));
    one == other && one.chars().count() > 1
}

/// Nouns of things in the plural, which take the verb of the feminine singular.
const THINGS: [&str; 12] =
    ["مصادر", "وسائل", "تقارير", "صحف", "سلطات", "وكالات", "دوائر", "نتائج", "مصالح", "جهات", "اوساط", "معلومات"];

/// Whether the head of a nominal takes a feminine verb.
#[must_use]
pub fn is_feminine(head: &str) -> bool {
    let bare = bare(head);
    bare.ends_with('ه') || bare.ends_with("ات") || THINGS.contains(&bare)
}

/// Whether the head of a nominal is a plural of people.
#[must_use]
pub fn is_many(head: &str) -> bool {
    let bare = bare(head);
    let sound = (bare.ends_with("ون") || bare.ends_with("ين")) && bare.chars().count() > 4;
    sound || CUES.is_many(bare)
}

impl Cast {
    /// Looks over the names and the roles once.
    #[must_use]
    pub fn new(scene: &Scene<'_>, titles: &[(usize, Role)]) -> Self {
        let mut cast = Self::default();
        for (index, name) in scene.names.iter().enumerate() {
            let Some(cluster) = scene.cluster(index) else { continue };
            let range = scene.range(index);
            cast.starts.push(range.start);
            while cast.members.len() <= cluster {
                let (starts, roles, words) = (Vec::new(), Vec::new(), Vec::new());
                cast.members.push(Member { kind: name.kind, starts, roles, words, feminine: None });
            }
            let Some(member) = cast.members.get_mut(cluster) else { continue };
            if member.starts.is_empty() {
                member.kind = name.kind;
            }
            member.starts.push(range.start);
            let before = range.start.saturating_sub(2)..range.start;
            for at in before.filter(|&at| scene.name(at).is_none()).chain(range.clone()) {
                let word = bare(scene.words.fold(at));
                if !member.words.iter().any(|known| known == word) {
                    member.words.push(word.to_owned());
                }
            }
            let shown = gender(scene, name.kind, &range);
            member.feminine = member.feminine.or(shown);
        }
        for (cluster, role) in titles {
            let Some(member) = cast.members.get_mut(*cluster) else { continue };
            let words: Vec<String> = fold(&role.text).split_whitespace().map(|word| bare(word).to_owned()).collect();
            member.feminine = member.feminine.or_else(|| words.first().map(|head| head.ends_with('ه')));
            if !member.roles.contains(&words) {
                member.roles.push(words);
            }
        }
        for (slot, kind) in [Kind::Person, Kind::Organization].into_iter().enumerate() {
            let of_kind = || cast.members.iter().enumerate().filter(|(_, member)| member.kind == kind);
            let first = of_kind().min_by_key(|(_, member)| member.starts.first().copied()).map(|found| found.0);
            let most = of_kind()
                .max_by_key(|(index, member)| (member.starts.len(), std::cmp::Reverse(*index)))
                .map(|found| found.0);
            if let (Some(one), Some(other)) = (cast.first.get_mut(slot), cast.most.get_mut(slot)) {
                (*one, *other) = (first, most);
            }
        }
        for member in &cast.members {
            if let Some(count) = cast.counts.get_mut(member.kind as usize) {
                *count += 1;
            }
        }
        cast
    }
}

/// What the words around a name show of its gender: the verb before it, the ending of a body's head. Places are
/// feminine.
fn gender(scene: &Scene<'_>, kind: Kind, range: &std::ops::Range<usize>) -> Option<bool> {
    let before = range.start.checked_sub(1)?;
    match kind {
        Kind::Place => Some(true),
        Kind::Organization => {
            let (outer, first) = (scene.words.fold(before), scene.words.fold(range.start));
            let outer = Some(outer).filter(|word| scene.name(before).is_none() && LISTS.is_left_head(word));
            let head = outer.or_else(|| Some(first).filter(|word| LISTS.is_kept_head(word) || is_feminine(word)));
            let verb = || scene.cue(before).filter(|form: &Form| form.is_finite()).map(|form| form.feminine);
            head.map(is_feminine).or_else(verb)
        }
        Kind::Person => {
            let verb = scene.cue(before).filter(|form: &Form| form.is_finite()).map(|form| form.feminine);
            let word = scene.words.fold(before);
            let title = LISTS.role(word).filter(|_| scene.name(before).is_none()).map(|_| word.ends_with('ه'));
            verb.or_else(|| LISTS.is_woman(scene.words.fold(range.start))).or(title)
        }
    }
}
