//! Whom a nominal stands for: the minister, the same source, the ministry.

use super::reader::{RECENT, Reader};
use crate::annotation::Kind;
use crate::arabic::affix;
use crate::arabic::tokens::splits;
use crate::extract::grammar::{self, WordClass};
use crate::extract::lexicon::CUES;
use crate::extract::phrase::is_body;
use crate::extract::rule::{self, Rule};
use crate::extract::speakers::features::How;
use crate::extract::speakers::participants::same_noun;
use crate::extract::speakers::{self, Source};
use std::ops::Range;

/// As far before a paper its verb of issuing may stand, in words.
const ISSUE: usize = 12;

impl Reader<'_, '_> {
    /// The source that a nominal stands for, itself where it stands for nobody known; a name stands for itself.
    pub fn resolve(&self, source: Source) -> Source {
        if source.cluster.is_some() {
            return source;
        }
        let words = self.analysis.words.within(source.span);
        let second = self.analysis.words.fold(words.start + 1);
        let definite = affix::is_definite(&source.head);
        // الشركة, الشركة الأوروبية ذاتها: an article and no complement, so somebody known is meant.
        let same = words.len() > 1 && self.analysis.words.is(words.end - 1, WordClass::Same);
        let length = words.len() - usize::from(same);
        let bare = definite && (length == 1 || (length == 2 && affix::is_definite(second)));
        let nominal = Nominal { reader: self, source: &source, words, second, definite, bare };
        match rule::first(STANDS_FOR, |apply| apply(&nominal)) {
            Some((_, known)) => known,
            None => source,
        }
    }
}

/// A nominal as the rules see it.
struct Nominal<'a, 'b, 's> {
    reader: &'a Reader<'b, 's>,
    source: &'a Source,
    /// Its words, and the folded second of them.
    words: Range<usize>,
    second: &'a str,
    /// Whether its head has the article.
    definite: bool,
    /// Whether it has the article and no complement.
    bare: bool,
}

impl Nominal<'_, '_, '_> {
    /// أطلقت نوكيا هاتفا. وقالت *الشركة*: the body named last in this paragraph or the one before, where bodies of this kind
    /// seldom have the head in their names and this one has no other.
    fn named_without_head(&self, head: &str) -> Option<usize> {
        let analysis = self.reader.analysis;
        if !grammar::is(head, WordClass::SeldomNamed) {
            return None;
        }
        let line = |at: usize| analysis.words.get(at).map(|word| word.line);
        let near =
            |at: usize| line(self.words.start).zip(line(at)).is_some_and(|(here, there)| here.abs_diff(there) <= 2);
        let other = |at: usize| is_body(affix::without_article(analysis.words.fold(at)));
        let names = analysis.names.iter().enumerate().rev();
        let before = names.skip_while(|(_, name)| name.span.start >= self.source.span.start);
        let mut bodies =
            before.take(RECENT).filter(|(_, name)| name.kind == Kind::Organization).map(|(index, _)| index);
        let fits = |index: &usize| {
            let start = analysis.range(*index).start;
            near(start) && !other(start) && !start.checked_sub(1).is_some_and(other)
        };
        bodies.find(fits).and_then(|index| analysis.cluster(index))
    }
}

type NominalRule = Rule<fn(&Nominal<'_, '_, '_>) -> Option<Source>>;

/// Whom a nominal stands for, in the order of the rules.
const STANDS_FOR: &[NominalRule] = &[
    Rule { name: "the paper of a body that was named before", apply: paper_of_body },
    Rule { name: "the paper of the one who issues it in the same clause", apply: paper_issued },
    Rule { name: How::SameSource.name(), apply: same_source },
    Rule { name: "the paper that was spoken of goes on", apply: paper_goes_on },
    Rule { name: How::Title.name(), apply: bearer },
    Rule { name: How::Body.name(), apply: body },
    Rule { name: "a word of honour stands for the person spoken of", apply: honoured },
];

/// *معاليه*: the person who spoke last, else the one named last.
fn honoured(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    let (reader, start) = (nominal.reader, nominal.source.span.start);
    if !grammar::is(&nominal.source.head, WordClass::Honour) {
        return None;
    }
    let person = |cluster: &usize| {
        reader.participants.clusters.get(*cluster).is_some_and(|participant| participant.kind == Kind::Person)
    };
    let spoke = reader.discourse.latest().find(|cluster| person(cluster));
    let before = || {
        let names = reader.analysis.names.iter().enumerate().take_while(|(_, name)| name.span.start < start);
        names.filter_map(|(index, _)| reader.analysis.cluster(index)).filter(|cluster| person(cluster)).last()
    };
    let cluster = spoke.or_else(before)?;
    Some(Source { cluster: Some(cluster), how: How::Title, ..nominal.source.clone() })
}

/// *بلاغ للمكتب*
fn paper_of_body(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    if !CUES.is_channel(&nominal.source.head) {
        return None;
    }
    let issuer = speakers::issuer(nominal.reader.analysis, nominal.words.clone())?;
    let known = nominal.reader.resolve(issuer);
    known.cluster.is_some().then_some(Source { span: nominal.source.span, how: How::Issuer, ..known })
}

/// أصدرت وزارة كذا أمس *بيانا* جاء فيه: the subject of the verb, whose object the paper is.
fn paper_issued(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    let (analysis, paper) = (nominal.reader.analysis, nominal.words.start);
    // بيانا: the object's ending.
    let head = nominal.source.head.strip_suffix('ا').unwrap_or(&nominal.source.head);
    if !(CUES.is_channel(head) || CUES.is_channel(&nominal.source.head)) || nominal.definite {
        return None;
    }
    if let Some(issuer) = issued_before(nominal, paper) {
        return Some(issuer);
    }
    let near = (paper.saturating_sub(2)..paper).rev().filter(|&at| analysis.words.same_sentence(at, paper));
    let issuer = near.filter_map(|at| analysis.name(at)).next()?;
    let verb = analysis.range(issuer).start.checked_sub(1)?;
    let relayed = analysis.words.is(verb, WordClass::Relay) || analysis.words.is(verb, WordClass::Relayed);
    let known = analysis.names.get(issuer).filter(|name| name.kind == Kind::Organization)?;
    let first = verb == analysis.sentence_start(verb) && known.span.end < nominal.source.span.start && !relayed;
    let cluster = analysis.cluster(issuer).filter(|_| first)?;
    Some(Source { cluster: Some(cluster), how: How::Issuer, ..nominal.source.clone() })
}

/// وفي المساء أصدر الاتحاد *بيانا* قال فيه; الشركة، المملوكة للبلدية، أصدرت *بيانا* يقول: whoever the verb of issuing has
/// for its subject, behind it or before.
fn issued_before(nominal: &Nominal<'_, '_, '_>, paper: usize) -> Option<Source> {
    let (reader, analysis) = (nominal.reader, nominal.reader.analysis);
    let start = analysis.sentence_start(paper);
    let mut near = (start.max(paper.saturating_sub(ISSUE))..paper).rev();
    let verb = near.find(|&at| analysis.words.is(at, WordClass::Issue) && analysis.name(at).is_none())?;
    let behind = speakers::subject(analysis, verb + 1..paper);
    let issuer = behind.or_else(|| speakers::topic(analysis, verb)).map(|issuer| reader.resolve(issuer))?;
    let cluster = issuer.cluster?;
    Some(Source { cluster: Some(cluster), how: How::Issuer, ..nominal.source.clone() })
}

/// *المصدر ذاته*, *نفس المصدر*, and a noun that spoke before: المسؤول
fn same_source(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    let (reader, source) = (nominal.reader, nominal.source);
    let last = nominal.words.end.wrapping_sub(1);
    let same = grammar::is(&source.head, WordClass::SameBefore) || reader.analysis.words.is(last, WordClass::Same);
    let again = |known: &Source| {
        let (first, now) = (affix::without_article(&known.head), affix::without_article(&source.head));
        // لكن مسؤولا قال ... وأضاف المسؤول: the ending of the accusative is no part of the noun. قالت مصادر ... وأضاف المصدر.
        !first.is_empty()
            && (first == now || first.strip_suffix(affix::ACCUSATIVE) == Some(now) || same_noun(first, now))
    };
    if same && stands_for_body(nominal) {
        return None;
    }
    let spoke = [&reader.discourse.current, &reader.discourse.before_current];
    let known = spoke.into_iter().flatten().find(|known| same || (nominal.bare && again(known)))?;
    Some(Source { how: How::SameSource, ..known.clone() })
}

/// *البيان*, *نص البيان*: the one whose paper it is goes on.
fn paper_goes_on(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    // بيان له: the pronoun says whose.
    let its = nominal.words.end > nominal.words.start
        && nominal.reader.analysis.words.is(nominal.words.start + 1, WordClass::ToWhom);
    if !CUES.is_channel(&nominal.source.head) || !(nominal.bare || its || CUES.is_channel(nominal.second)) {
        return None;
    }
    nominal.reader.carried(How::Last)
}

/// *الوزير*: the one who bears the title.
fn bearer(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    if !nominal.definite && nominal.words.len() < 2 {
        return None;
    }
    // الفريق: a rank, and the body that was named with this head.
    if stands_for_body(nominal) {
        return None;
    }
    let phrase = nominal.reader.analysis.words.fold_of(nominal.source.span);
    let cluster = nominal.reader.bearers.of(phrase)?;
    Some(Source { cluster: Some(cluster), how: How::Title, ..nominal.source.clone() })
}

/// Whether the nominal is the head of a body, and one was named with it.
fn stands_for_body(nominal: &Nominal<'_, '_, '_>) -> bool {
    nominal.bare && is_body(affix::without_article(&nominal.source.head)) && body(nominal).is_some()
}

/// *الوزارة*: the body named last whose name, or the word before it, is this head.
fn body(nominal: &Nominal<'_, '_, '_>) -> Option<Source> {
    if !nominal.bare {
        return None;
    }
    // المرصد: the head of a name that was said before, or الوزارة: a generic head.
    let generic = is_body(&nominal.source.head);
    let (analysis, start) = (nominal.reader.analysis, nominal.source.span.start);
    let head = affix::without_article(&nominal.source.head);
    let fits = |index: usize| {
        let range = analysis.range(index);
        let first = analysis.words.fold(range.start);
        let heads = |cut: usize| first.get(cut..).is_some_and(|core| affix::bare(core) == head);
        let before = |back: usize| {
            let at = range.start.checked_sub(back)?;
            Some(affix::without_article(analysis.words.fold(at)).ends_with(head))
        };
        let whole = generic || range.len() > 1;
        whole && std::iter::once(0).chain(splits(first)).any(heads)
            || generic && (1..3).any(|back| before(back) == Some(true))
    };
    let bodies = analysis.names.iter().enumerate().take_while(|(_, name)| name.span.start < start);
    let named = bodies.filter(|(index, name)| name.kind == Kind::Organization && fits(*index)).last();
    let cluster = match named {
        Some((index, _)) => analysis.cluster(index),
        // قالت هيومن رايتس ووتش ... وأضافت المنظمة: no name has the head, and a body spoke last.
        None => nominal.reader.discourse.current.as_ref().and_then(|current| current.cluster).filter(|cluster| {
            let known = nominal.reader.participants.clusters.get(*cluster);
            generic && known.is_some_and(|known| known.kind == Kind::Organization)
        }),
    };
    let cluster = cluster.or_else(|| nominal.named_without_head(head));
    cluster.map(|cluster| Source { cluster: Some(cluster), how: How::Body, ..nominal.source.clone() })
}
