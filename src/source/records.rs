//! Objects and rows with an article in them: which of their fields is the text, and what the others say about it.
//!
//! The text is given back letter for letter. Field names are compared without regard to case.

use super::error::Reason;
use crate::text::{Document, Metadata, Origin};
use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// What a text is called, the most usual name first.
const TEXT: &[&str] = &[
    "text",
    "content",
    "body",
    "articlebody",
    "article_body",
    "fulltext",
    "full_text",
    "article",
    "النص",
    "نص",
    "نص الخبر",
    "نص المقال",
    "المحتوى",
    "محتوى",
];
const TITLE: &[&str] = &["title", "headline", "subject", "العنوان", "عنوان", "عنوان الخبر", "عنوان المقال"];
const AUTHOR: &[&str] = &["author", "authors", "byline", "writer", "creator", "الكاتب", "كاتب", "اسم الكاتب", "المؤلف"];
const DATE: &[&str] = &[
    "date",
    "published",
    "datepublished",
    "date_published",
    "published_at",
    "publishedat",
    "publish_date",
    "pubdate",
    "pub_date",
    "datecreated",
    "date_created",
    "created_at",
    "createdat",
    "التاريخ",
    "تاريخ",
    "تاريخ النشر",
];
const OUTLET: &[&str] =
    &["outlet", "publisher", "newspaper", "agency", "site", "source", "الصحيفة", "المصدر", "الموقع", "الوكالة"];
const URL: &[&str] = &["url", "link", "permalink", "الرابط", "رابط"];

/// The fields of a record that say something to us.
#[derive(Debug, Default)]
pub struct Record {
    id: Option<String>,
    /// The best text so far, and the place of its name in [`TEXT`].
    text: Option<(usize, String)>,
    metadata: Metadata,
}

impl Record {
    /// Takes a field in, where it is one of those that are known; `wanted` is the name of the text's where it was said.
    pub fn take(&mut self, name: &str, value: impl FnOnce() -> Option<String>, wanted: Option<&str>) {
        let folded = name.to_ascii_lowercase();
        let is = |names: &[&str]| names.contains(&folded.as_str());
        let rank = match wanted {
            Some(wanted) => (name == wanted).then_some(0),
            None => TEXT.iter().position(|known| *known == folded),
        };
        if let Some(rank) = rank {
            if self.text.as_ref().is_none_or(|(best, _)| rank < *best)
                && let Some(text) = value()
            {
                self.text = Some((rank, text));
            }
            return;
        }
        let field = match () {
            () if folded == "id" => &mut self.id,
            () if is(TITLE) => &mut self.metadata.title,
            () if is(AUTHOR) => &mut self.metadata.author,
            () if is(DATE) => &mut self.metadata.date,
            () if is(OUTLET) => &mut self.metadata.outlet,
            () if is(URL) => &mut self.metadata.url,
            () => return,
        };
        if field.is_none() {
            *field = value().filter(|value| !value.trim().is_empty());
        }
    }

    /// The document of the record, which is named by its number where it has no name; none without a text.
    pub fn document(self, number: u64, path: Option<String>) -> Option<Document> {
        let (_, text) = self.text?;
        let id = self.id.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string());
        let origin = Origin { path, encoding: encoding_rs::UTF_8.name().to_owned(), ..Origin::default() };
        let mut metadata = self.metadata;
        metadata.date = metadata.date.map(|date| super::dates::day(&date).map_or(date, |day| day.to_string()));
        Some(Document::new(id, text, origin).with_metadata(metadata))
    }
}

/// A value of JSON as the words that it stands for; none where it stands for none.
pub fn words(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(mut fields) => fields.remove("name").or_else(|| fields.remove("title")).and_then(words),
        Value::Array(values) => {
            let all: Vec<String> = values.into_iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join("، "))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// The record of a JSON object, read in passing: what is not known is not kept.
///
/// # Errors
/// No object, or one without a text.
pub fn parse(json: &[u8], wanted: Option<&str>) -> Result<Record, Reason> {
    struct Fields<'a>(Option<&'a str>);
    impl<'de> Visitor<'de> for Fields<'_> {
        type Value = Record;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object with a text")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
            let mut record = Record::default();
            let mut wrong = None;
            while let Some(name) = map.next_key::<String>()? {
                if !is_known(&name, self.0) {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                let value: Value = map.next_value()?;
                let is_text = self.0.map_or(name == "text", |wanted| wanted == name);
                if is_text && !value.is_string() {
                    wrong = Some(format!("its {name} is no string"));
                }
                // A source that is an object is where rawi's own JSON has it from.
                let value = if name == "source" && !value.is_string() { Value::Null } else { value };
                record.take(&name, || words(value), self.0);
            }
            match (wrong, &record.text) {
                (Some(wrong), _) => Err(de::Error::custom(wrong)),
                (None, None) => Err(de::Error::custom(format!("missing field `{}`", self.0.unwrap_or("text")))),
                (None, Some(_)) => Ok(record),
            }
        }
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    let record = de::Deserializer::deserialize_map(&mut reader, Fields(wanted)).map_err(Reason::Json)?;
    reader.end().map_err(Reason::Json)?;
    Ok(record)
}

fn is_known(name: &str, wanted: Option<&str>) -> bool {
    let folded = name.to_ascii_lowercase();
    wanted == Some(name)
        || folded == "id"
        || [TEXT, TITLE, AUTHOR, DATE, OUTLET, URL].iter().any(|names| names.contains(&folded.as_str()))
}
