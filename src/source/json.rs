//! JSON with articles in it: a list of objects, an object with such a list, or one object with a text.

use super::{
    error::Reason,
    records::{Record, words},
};
use crate::text::Document;
use serde_json::Value;

/// As deep as a list of articles is looked for.
const DEPTH: usize = 3;

/// Whether bytes begin as JSON that is no line of JSON Lines does.
pub fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let inside = |open: &[u8]| head.strip_prefix(open).map(<[u8]>::trim_ascii_start);
    inside(b"[").is_some_and(|rest| rest.starts_with(b"{") || rest.starts_with(b"]") || rest.starts_with(b"\""))
        || inside(b"{").is_some_and(|rest| rest.starts_with(b"\""))
}

/// Parses the whole of it.
///
/// # Errors
/// No JSON.
pub fn parse(text: &str) -> Result<Value, Reason> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(Reason::Json)
}

/// The documents of a value.
///
/// # Errors
/// No text in it that is known for one.
pub fn documents(value: Value, wanted: Option<&str>) -> Result<Vec<Document>, Reason> {
    let mut names = Vec::new();
    let mut documents = Vec::new();
    collect(value, wanted, DEPTH, (&mut documents, &mut names));
    if documents.is_empty() {
        return Err(Reason::NoTextField(names.join(", ")));
    }
    Ok(documents)
}

fn collect(
    value: Value,
    wanted: Option<&str>,
    depth: usize,
    (documents, names): (&mut Vec<Document>, &mut Vec<String>),
) {
    match value {
        _ if depth == 0 => {}
        Value::Array(values) => {
            for value in values {
                collect(value, wanted, depth - 1, (&mut *documents, &mut *names));
            }
        }
        Value::Object(fields) => {
            let mut record = Record::default();
            for (name, value) in &fields {
                if matches!(value, Value::String(_) | Value::Number(_)) || name != "text" {
                    record.take(name, || words(value.clone()), wanted);
                }
            }
            let number = documents.len() as u64 + 1;
            if let Some(document) = record.document(number, None) {
                documents.push(document);
                return;
            }
            if names.is_empty() {
                names.extend(fields.keys().cloned());
            }
            for (_, value) in fields.into_iter().filter(|(_, value)| value.is_array() || value.is_object()) {
                collect(value, wanted, depth - 1, (&mut *documents, &mut *names));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, wanted: Option<&str>) -> Vec<(String, String)> {
        let documents = documents(parse(text).unwrap(), wanted).unwrap();
        documents.iter().map(|document| (document.id().to_owned(), document.text().to_owned())).collect()
    }

    #[test]
    fn a_list_of_articles() {
        let expected = [("1".to_owned(), "أول".to_owned()), ("ب".to_owned(), "ثان".to_owned())];
        assert_eq!(told(r#"[{"content": "أول", "n": 1}, {"id": "ب", "body": "ثان"}]"#, None), expected);
        assert_eq!(told(r#"{"ok": true, "articles": [{"text": "أول"}, {"id": "ب", "text": "ثان"}]}"#, None), expected);
        assert_eq!(told(r#"{"خبر": "أول", "text": "لا"}"#, Some("خبر")), [("1".to_owned(), "أول".to_owned())]);
        assert!(documents(parse(r#"{"name": "أ"}"#).unwrap(), None).is_err());
    }

    #[test]
    fn prose_in_brackets_is_no_json() {
        assert!(is_json(b"[\n {\"a\": 1}]") && is_json(b"{ \"a\"") && !is_json("[قال]".as_bytes()) && !is_json(b"{x}"));
    }
}
