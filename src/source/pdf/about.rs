//! What a PDF says about itself: the title, the writer and the day of its `Info` dictionary.

use super::text_string;
use crate::text::Metadata;
use hayro_syntax::metadata::Metadata as Info;

/// Beginnings and endings by which a title is the name of a file, or of nothing: the programs that write PDFs put it there
/// where the writer gave none.
const NO_TITLE: [&str; 9] = [
    "microsoft word",
    "microsoft powerpoint",
    "untitled",
    "document",
    "slide 1",
    "layout 1",
    "print",
    "about:blank",
    "http",
];

/// Endings of names of files.
const FILES: [&str; 9] = [".doc", ".docx", ".indd", ".pdf", ".qxd", ".qxp", ".htm", ".html", ".odt"];

/// The title, the writer and the day that it was made, as far as they are stated and can be meant.
pub fn metadata(info: &Info) -> Metadata {
    let plain = |bytes: &Option<Box<[u8]>>| {
        let text = text_string(bytes.as_deref()?);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty() && !text.contains(char::REPLACEMENT_CHARACTER)).then_some(text)
    };
    let is_title = |text: &String| {
        let lower = text.to_lowercase();
        !NO_TITLE.iter().any(|start| lower.starts_with(start)) && !FILES.iter().any(|end| lower.ends_with(end))
    };
    // The name of an account, `user`, is no writer.
    let is_name =
        |text: &String| text.contains(' ') || text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter));
    Metadata {
        title: plain(&info.title).filter(is_title),
        author: plain(&info.author).filter(is_name),
        date: info.creation_date.map(|at| format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)),
        ..Metadata::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Info, metadata};

    fn info(title: &str, author: &str) -> Info {
        let bytes = |text: &str| {
            let units = text.encode_utf16().flat_map(u16::to_be_bytes);
            Some([0xfe, 0xff].into_iter().chain(units).collect())
        };
        Info { title: bytes(title), author: bytes(author), ..Info::default() }
    }

    /// What a person wrote stays, what a program put there goes.
    #[test]
    fn a_title_is_no_name_of_a_file() {
        let found = metadata(&info("تقرير  السنة", "سلمى ناصر"));
        assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("تقرير السنة"), Some("سلمى ناصر")));
        let found = metadata(&info("Microsoft Word - بيان.doc", "user"));
        assert_eq!((found.title, found.author), (None, None));
        assert_eq!(metadata(&info("bayan_final.indd", "")).title, None);
    }
}
