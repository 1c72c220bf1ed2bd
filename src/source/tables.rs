//! Tables with an article in each row (CSV, TSV and their kin with semicolons): the first row names the fields.
//!
//! Quotes may hold line ends, and a row with too few or too many fields is read as far as it goes.

use super::{error::Reason, records::Record};
use crate::text::Document;

/// The documents of a table.
///
/// # Errors
/// A table without a field for the text; one that is no table.
pub fn documents(text: &str, wanted: Option<&str>) -> Result<Vec<Document>, Reason> {
    const WHAT: &str = "a table";
    let text = text.trim_start_matches('\u{feff}');
    let fault = |error: &dyn std::fmt::Display| Reason::Format(WHAT, error.to_string());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| fault(&error))?.clone();
    let (mut documents, mut rows) = (Vec::new(), 0_u64);
    for row in reader.records() {
        let row = row.map_err(|error| fault(&error))?;
        rows += 1;
        let mut record = Record::default();
        for (name, value) in names.iter().zip(&row) {
            record.take(name.trim(), || Some(value.to_owned()), wanted);
        }
        documents.extend(record.document(rows, None));
    }
    if documents.is_empty() && (rows > 0 || wanted.is_some()) {
        let all = names.iter().collect::<Vec<_>>().join(", ");
        return Err(Reason::NoTextField(all));
    }
    Ok(documents)
}

/// What separates the fields: the sign that the first row has most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0_usize; 4], false);
    let signs = [b',', b'\t', b';', b'|'];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(count) = signs.iter().position(|sign| *sign == byte).and_then(|at| counts.get_mut(at)) {
                    *count += 1;
                }
            }
        }
    }
    let most = counts.iter().zip(signs).rev().max_by_key(|(count, _)| **count);
    most.map_or(b',', |(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, wanted: Option<&str>) -> Vec<(String, String, Option<String>)> {
        let documents = documents(text, wanted).unwrap();
        let told = |document: &Document| {
            (document.id().to_owned(), document.text().to_owned(), document.metadata().title.clone())
        };
        documents.iter().map(told).collect()
    }

    #[test]
    fn a_row_is_an_article() {
        let expected =
            |id: &str, text: &str, title: Option<&str>| (id.to_owned(), text.to_owned(), title.map(str::to_owned));
        assert_eq!(
            told("\u{feff}id,Title,content\n7,افتتاح,\"قال \"\"نعم\"\",\nثم صمت\"\n8,ثان,نص\n", None),
            [expected("7", "قال \"نعم\",\nثم صمت", Some("افتتاح")), expected("8", "نص", Some("ثان"))]
        );
        assert_eq!(told("نص\tرقم\nخبر، طويل\t1\n", Some("نص")), [expected("1", "خبر، طويل", None)]);
        assert_eq!(told("text;date\nخبر, أول;1\n", None), [expected("1", "خبر, أول", None)]);
    }

    #[test]
    fn a_table_without_a_text_says_what_it_has() {
        let fault = documents("name,city\nأ,ب\n", None).unwrap_err().to_string();
        assert!(fault.contains("name, city"), "{fault}");
    }
}
