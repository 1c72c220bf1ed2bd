//! The way back: the layers and features that the header names, in whatever order; those of other layers are passed.

use crate::annotation::{Annotations, Item, Speaker};
use crate::export::{
    Error,
    build::{self, Builder, Label},
    facts::Fact,
    visible,
};
use crate::text::{Document, Offsets, Span, Unit};
use std::collections::HashMap;

/// A layer of the header: its name, its features, and its first column.
struct Layer<'a> {
    name: &'a str,
    features: Vec<&'a str>,
    column: usize,
}

/// An annotation, gathered from the lines of its tokens.
struct Found {
    layer: usize,
    span: Span,
    features: Vec<String>,
}

/// Reads a file whose tokens are those of this text.
pub(in crate::export) fn read(document: &Document, file: &str) -> Result<Annotations, Error> {
    if !file.starts_with("#FORMAT=WebAnno TSV 3") {
        return Err(Error::Syntax("not WebAnno TSV 3".to_owned()));
    }
    let layers = layers(file);
    let found = found(document, file, &layers)?;
    let mut builder = Builder::new(document, None)?;
    let feature = |item: &Found, name: &str| {
        let layer = layers.get(item.layer)?;
        let at = layer.features.iter().position(|feature| *feature == name)?;
        item.features.get(at).filter(|value| !value.is_empty()).cloned()
    };
    let of = |name: &'static str| {
        let layer = layers.iter().position(|layer| layer.name.ends_with(name));
        found.iter().filter(move |item| Some(item.layer) == layer)
    };
    // Those that name their entity come first, so that others may join it by their words.
    let (linked, others): (Vec<_>, Vec<_>) = of(".NamedEntity").partition(|item| feature(item, "identifier").is_some());
    let mut entities = HashMap::new();
    for item in linked.into_iter().chain(others) {
        let (group, value) = (feature(item, "identifier"), feature(item, "value").unwrap_or_default());
        let Some(Label::Name(kind)) = Label::of(&value) else { continue };
        let mention = builder.mention(item.span, kind, group.as_deref());
        entities.extend(group.map(|group| (group, mention.entity)));
    }
    for item in of(".Quote") {
        let Some(Label::Quote(kind)) = Label::of(&feature(item, "kind").unwrap_or_default()) else { continue };
        let speaker = feature(item, "speaker").and_then(|said| {
            let entity = entities.get(&said).copied();
            let places: Vec<Span> = match entity {
                Some(id) => builder.annotations.mentions_of(id).map(|mention| mention.span).collect(),
                None => build::occurrences(document, &said),
            };
            let span = build::nearest(&places, item.span);
            (!span.is_empty()).then_some(Speaker { entity, span, confidence: 1.0 })
        });
        let quote = builder.quote(item.span, kind);
        quote.speaker = speaker;
        let id = Item::Quote(quote.id);
        feature(item, "note").into_iter().for_each(|note| builder.tell(id, Fact::Note(note)));
    }
    Ok(builder.done())
}

/// A span layer has a column a feature, or one where it has none; a relation has one more, for its other end.
fn layers(file: &str) -> Vec<Layer<'_>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut column = 3;
    for line in file.lines().take_while(|line| line.starts_with('#') || line.is_empty()) {
        let Some((kind, rest)) = line.strip_prefix("#T_").and_then(|rest| rest.split_once('=')) else { continue };
        let mut parts = rest.split('|');
        let name = parts.next().unwrap_or_default();
        let features: Vec<&str> = parts.collect();
        let columns = features.len().max(1);
        // Chains and relations have spans of another sort.
        layers.push(Layer { name: if kind == "SP" { name } else { "" }, features, column });
        column += columns;
    }
    layers
}

fn found(document: &Document, file: &str, layers: &[Layer]) -> Result<Vec<Found>, Error> {
    let offsets = Offsets::new(document.text(), Unit::Utf16);
    let mut found: Vec<Found> = Vec::new();
    let mut numbered: HashMap<(usize, String), usize> = HashMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |at: usize| columns.get(at).copied().unwrap_or("_");
        let mut numbers = column(1).split('-').map(|number| number.parse().unwrap_or(usize::MAX));
        let (start, end) = (numbers.next().unwrap_or(usize::MAX), numbers.next().unwrap_or(usize::MAX));
        let place = || Error::Place { item: column(0).to_owned(), start, end };
        let token = offsets.to_span((start, end)).ok_or_else(place)?;
        let (here, expected) = (visible(document.slice(token)), unescape(column(2)));
        if here != expected {
            return Err(Error::Text { item: column(0).to_owned(), found: here.into_owned(), expected });
        }
        for (index, layer) in layers.iter().enumerate().filter(|layer| !layer.1.name.is_empty()) {
            let count = layer.features.len().max(1);
            let cells: Vec<Vec<&str>> = (0..count).map(|at| split(column(layer.column + at))).collect();
            let values = cells.first().map_or(0, Vec::len);
            for at in 0..values {
                let values = cells.iter().map(|cell| value(cell.get(at).copied().unwrap_or("*")));
                let (features, ids): (Vec<String>, Vec<Option<&str>>) = values.unzip();
                let known = ids.into_iter().flatten().next().map(|id| (index, id.to_owned()));
                match known.as_ref().and_then(|key| numbered.get(key)).and_then(|&at| found.get_mut(at)) {
                    Some(known) => {
                        known.span = Span::new(known.span.start.min(token.start), known.span.end.max(token.end));
                    }
                    None => {
                        numbered.extend(known.map(|key| (key, found.len())));
                        found.push(Found { layer: index, span: token, features });
                    }
                }
            }
        }
    }
    Ok(found)
}

/// The values of a cell, still escaped; none in one that has only `_`.
fn split(cell: &str) -> Vec<&str> {
    if cell == "_" {
        return Vec::new();
    }
    let (mut escaped, mut start, mut values) = (false, 0, Vec::new());
    for (at, letter) in cell.char_indices() {
        if letter == '|' && !escaped {
            values.push(cell.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    values.push(cell.get(start..).unwrap_or_default());
    values
}

/// A value without its escapes, and the number that follows it in brackets. `*` is no value.
fn value(text: &str) -> (String, Option<&str>) {
    let numbered = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let numbered = numbered.filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let (text, number) = numbered.map_or((text, None), |(text, number)| (text, Some(number)));
    (if text == "*" { String::new() } else { unescape(text) }, number)
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next() } else { None };
        plain.push(match escaped {
            Some('t') => '\t',
            Some('r') => '\r',
            Some('n') => '\n',
            other => other.unwrap_or(letter),
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Kind;

    #[test]
    fn what_inception_writes_is_read() {
        // A layer of its own before ours, one without features, a name of one token without a number, a part of a token.
        let document = Document::new("d", "زار عمر وتونس 😀 أمس", crate::text::Origin::default());
        let file = "#FORMAT=WebAnno TSV 3.3\n\
            #T_SP=custom.Span|\n\
            #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue\n\
            #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n\
            #Text=زار عمر وتونس 😀 أمس\n\
            1-1\t0-3\tزار\t_\tV\t_\t_\t_\t\n\
            1-2\t4-7\tعمر\t_\t_\t_\t*\tPER\t\n\
            1-3\t8-13\tوتونس\t_\t_\t_\t_\t_\t\n\
            1-3.1\t9-13\tتونس\t*\t_\t_\tQ948[2]\tLOC[2]\t\n\
            1-4\t14-16\t😀\t_\t_\t_\t_\t_\t\n\
            1-5\t17-20\tأمس\t_\t_\t_\t_\t_\t\n";
        let read = read(&document, file).unwrap();
        let found: Vec<(&str, Kind)> = read
            .mentions
            .iter()
            .map(|mention| (document.slice(mention.span), read.entity(mention.entity).unwrap().kind))
            .collect();
        assert_eq!(found, [("عمر", Kind::Person), ("تونس", Kind::Place)]);
    }

    #[test]
    fn escapes_go_both_ways() {
        for text in ["a[1]|b_c;d*->e\\f\tg\r\n", "\\t", "*", "_", "|"] {
            let cell = super::super::escape_value(text);
            assert_eq!(split(&cell), [cell.as_str()], "{text}");
            assert_eq!(value(&format!("{cell}[7]")), (text.to_owned(), Some("7")));
        }
    }
}
