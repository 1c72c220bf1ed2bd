//! Which mentions name one thing.
//!
//! Forms are compared, not mentions: each distinct form of a kind joins the longest form that it can stand for. A short
//! form that fits two people is decided mention by mention, for the one named last. Nothing merges without a ground.

use crate::annotation::Kind;
use crate::arabic::affix;
use crate::extract::entities::NameForm;
use crate::extract::gazetteer::LISTS;
use crate::extract::grammar::{self, WordClass};
use crate::extract::names::{parts, stands_for, stems};
use crate::extract::rule;
use crate::extract::tagger::Name;
use crate::extract::words::Words;
use std::collections::HashMap;

/// Which cluster a mention belongs to, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The cluster's number, in order of first mention.
    pub cluster: usize,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A distinct form of a kind.
struct Form {
    kind: Kind,
    text: String,
    parts: Vec<String>,
    /// The forms that it can stand for, itself first where it stands alone, with how sure that is.
    roots: Vec<(usize, f32)>,
}

/// The link of each name, in their order.
#[must_use]
pub fn link(words: &Words<'_>, names: &[Name], name_forms: &[NameForm]) -> Vec<Link> {
    let mut forms: Vec<Form> = Vec::new();
    let mut index: HashMap<(Kind, &str), usize> = HashMap::new();
    let mut form_of = Vec::with_capacity(names.len());
    for (name, form) in names.iter().zip(name_forms) {
        let text = form.folded.as_str();
        let next = forms.len();
        let at = *index.entry((name.kind, text)).or_insert(next);
        if at == next {
            let parts = if name.kind == Kind::Person { parts(text) } else { stems(text) };
            forms.push(Form { kind: name.kind, text: text.to_owned(), parts, roots: Vec::new() });
        }
        form_of.push(at);
    }
    let glosses = glosses(words, names, &form_of);
    find_roots(&mut forms, &glosses);
    choose(names, &form_of, &forms)
}

/// Pairs of forms that the text itself calls one: a name and, right after it, its gloss in brackets or marks.
fn glosses(words: &Words<'_>, names: &[Name], form_of: &[usize]) -> Vec<(usize, usize)> {
    let pairs = names.windows(2).zip(form_of.windows(2));
    let glossed = pairs.filter_map(|(pair, forms)| {
        let ([left, right], [long, short]) = (pair, forms) else { return None };
        let between = words.at(left.span.end)..words.within(right.span).start;
        let alone = between.len() == 1 || (between.len() == 2 && words.is_quotation(between.start));
        let last = between.end.saturating_sub(1);
        let opens = words.is_quotation(last) || words.is_mark(last, &['(']);
        let next = words.at(right.span.end);
        let closes = words.is_quotation(next) || words.is_mark(next, &[')']);
        // المعروف بلقب "أبو يوسف": the text says itself that it is another name.
        let called = |at: usize| words.is(at, WordClass::Called);
        let also = between.len() <= 6 && (between.start..between.end).any(called);
        (left.kind == right.kind && long != short && (also || alone && opens && closes)).then_some((*long, *short))
    });
    glossed.collect()
}

/// Finds for each form the longer forms that it can stand for.
fn find_roots(forms: &mut [Form], glosses: &[(usize, usize)]) {
    let mut order: Vec<usize> = (0..forms.len()).collect();
    order.sort_by_key(|&at| forms.get(at).map_or(0, |form| usize::MAX - form.parts.len()));
    let mut roots: Vec<usize> = Vec::new();
    for at in order {
        let Some(form) = forms.get(at) else { continue };
        let glossed = glosses.iter().find(|pair| pair.1 == at).map(|pair| pair.0);
        let direct = glossed.and_then(|long| forms.get(long)).and_then(|long| long.roots.first()).map(|root| root.0);
        let mut fits: Vec<(usize, f32)> = match direct.or(glossed.filter(|long| roots.contains(long))) {
            Some(root) => vec![(root, rule::confidence("a gloss"))],
            None => {
                let fit = |&root: &usize| forms.get(root).map(|long| (root, fit(form, long))).filter(|fit| fit.1 > 0.0);
                roots.iter().filter_map(fit).collect()
            }
        };
        let best = fits.iter().map(|fit| fit.1).fold(0.0, f32::max);
        fits.retain(|fit| fit.1 > best - 0.12);
        if fits.is_empty() {
            roots.push(at);
            fits.push((at, 1.0));
        }
        if let Some(form) = forms.get_mut(at) {
            form.roots = fits;
        }
    }
}

/// How sure it is that `short` names what `long` names.
fn fit(short: &Form, long: &Form) -> f32 {
    if short.kind != long.kind {
        return 0.0;
    }
    if let (Some(left), Some(right)) = (LISTS.group(&short.text), LISTS.group(&long.text)) {
        return if left == right { 1.0 } else { 0.0 };
    }
    match short.kind {
        Kind::Person => stands_for(&short.parts, &long.parts),
        Kind::Place => f32::from(u8::from(short.parts == long.parts)),
        Kind::Organization => short_organization(&short.parts, &long.parts),
    }
}

/// A short form of an organization leaves out its nationality or its tail (وزارة الخزانة for وزارة الخزانة البريطانية) or
/// its generic head (الزمالك for نادي الزمالك).
fn short_organization(short: &[String], long: &[String]) -> f32 {
    if short == long {
        return 1.0;
    }
    if short.len() == 1 && short.first().is_some_and(|word| LISTS.is_kept_head(word)) {
        return 0.0;
    }
    // شبكة الساحل الإعلامية, شبكة الساحل, الساحل الإخبارية, الساحل.
    let name = without_news(short);
    let named = |words: &[String]| {
        words == short
            || without_news(words) == name
            || words.split_last().is_some_and(|(last, words)| words == short && affix::is_relation(last))
    };
    let headless = long.first().is_some_and(|head| LISTS.is_left_head(head)) && long.get(1..).is_some_and(named);
    if headless || without_news(long) == name {
        return rule::confidence("a body without its generic head");
    }
    let mut rest = long.iter();
    let inside = short.iter().all(|word| rest.any(|other| other == word));
    let heads = short.first() == long.first();
    if inside && heads && short.len() > 1 { rule::confidence("a body without its tail") } else { 0.0 }
}

/// The words of a body without the adjective of one that gives news: الساحل *الإخبارية*.
fn without_news(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() && grammar::is(last, WordClass::News) => rest,
        _ => words,
    }
}

/// Follows each mention to its cluster; where a form fits several, to the one mentioned last before it, else next after.
fn choose(names: &[Name], form_of: &[usize], forms: &[Form]) -> Vec<Link> {
    let mut clusters: HashMap<usize, usize> = HashMap::new();
    let mut last_seen: HashMap<usize, usize> = HashMap::new();
    let mut links = Vec::with_capacity(names.len());
    for (position, &at) in form_of.iter().enumerate() {
        let roots = forms.get(at).map_or(&[] as &[_], |form| form.roots.as_slice());
        let latest = roots.iter().max_by_key(|root| last_seen.get(&root.0).map_or(0, |seen| seen + 1));
        let (root, sure) = latest.copied().unwrap_or((at, 1.0));
        let confidence = if roots.len() > 1 { sure * rule::confidence("a form that fits several") } else { sure };
        last_seen.insert(root, position);
        let next = clusters.len();
        let cluster = *clusters.entry(root).or_insert(next);
        links.push(Link { cluster, confidence });
    }
    links
}
