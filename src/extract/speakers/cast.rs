//! Those who are named in a text, as the choice of a speaker looks at them.

use crate::annotation::{Kind, Role};
use crate::arabic::normalize::fold;
use crate::extract::lexicon::Form;
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
            let head = scene.words.fold(range.start);
            let head = if scene.name(before).is_none()
                && crate::extract::gazetteer::LISTS.is_left_head(scene.words.fold(before))
            {
                scene.words.fold(before)
            } else {
                head
            };
            Some(head.ends_with('ه') || head.ends_with("ات"))
        }
        Kind::Person => scene.cue(before).filter(|form: &Form| form.is_finite()).map(|form| form.feminine),
    }
}
