//! Several documents in one file, in the formats whose files may hold them: a line for each, one table, one list of tasks.

use super::{Format, Report, csv};
use crate::{annotation::Annotations, text::Document};
use std::io;

impl Format {
    /// Whether a file of the format may hold several documents.
    #[must_use]
    pub const fn holds_many(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv | Self::Markdown | Self::Conll | Self::Doccano | Self::LabelStudio)
    }
}

/// A file of several documents while it is written.
#[derive(Debug)]
pub struct Together {
    format: Format,
    /// How many documents are in it.
    count: usize,
    /// What the format could not carry, of all of them.
    report: Report,
}

impl Together {
    /// An empty one; none where a file of the format holds one document.
    #[must_use]
    pub fn new(format: Format) -> Option<Self> {
        format.holds_many().then(|| Self { format, count: 0, report: Report::default() })
    }

    /// Writes one document more.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn add(&mut self, document: &Document, annotations: &Annotations, out: &mut dyn io::Write) -> io::Result<()> {
        let is_first = self.count == 0;
        self.count += 1;
        let report = match self.format {
            Format::Csv => csv::write_of_many(document, annotations, is_first, out)?,
            Format::Conll => {
                // As the shared task of 2003 has it.
                writeln!(out, "{}-DOCSTART-\tO\n", if is_first { "" } else { "\n" })?;
                self.format.write(document, annotations, out)?
            }
            Format::LabelStudio => {
                let mut task = Vec::new();
                let report = self.format.write(document, annotations, &mut task)?;
                let task = task.trim_ascii();
                let task = task.strip_prefix(b"[").and_then(|task| task.strip_suffix(b"]")).unwrap_or(task);
                out.write_all(if is_first { b"[" } else { b"," })?;
                out.write_all(task)?;
                report
            }
            _ => {
                if self.format == Format::Markdown && !is_first {
                    writeln!(out)?;
                }
                self.format.write(document, annotations, out)?
            }
        };
        report.left_out.into_iter().for_each(|(loss, count)| self.report.add(loss, count));
        Ok(())
    }

    /// Ends the file, and says what the format could not carry.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(self, out: &mut dyn io::Write) -> io::Result<Report> {
        if self.format == Format::LabelStudio {
            out.write_all(if self.count == 0 { b"[]\n" } else { b"]\n" })?;
        }
        Ok(self.report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::article;

    #[test]
    fn two_documents_are_in_one_file() {
        let (one, found) = article();
        let two = one.clone().with_id("ثان");
        for &format in Format::ALL {
            let Some(mut together) = Together::new(format) else { continue };
            let mut out = Vec::new();
            together.add(&one, &found, &mut out).unwrap();
            together.add(&two, &found, &mut out).unwrap();
            together.end(&mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            match format {
                Format::Jsonl | Format::Doccano => assert_eq!(text.lines().count(), 2, "{text}"),
                Format::LabelStudio => {
                    let tasks: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
                    assert_eq!(tasks.len(), 2);
                }
                Format::Csv => {
                    assert_eq!(text.matches("\"table\"").count(), 1, "{text}");
                    let rows = |id: &str| text.lines().filter(|line| line.starts_with(&format!("\"{id}\","))).count();
                    assert!(rows("ثان") > 3 && rows("ثان") == rows(one.id()), "{text}");
                }
                Format::Conll => assert_eq!(text.matches("-DOCSTART-\tO\n\n").count(), 2),
                _ => assert_eq!(text.matches("\n# ").count(), 2, "{text}"),
            }
        }
        assert!(Together::new(Format::Html).is_none());
    }
}
